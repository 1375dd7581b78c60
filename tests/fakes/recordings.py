"""The `Recordings` port in memory."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.core.recordings import AudioFile, Heard


class FakeRecordings:
    """What is heard, by path; links apart."""

    def __init__(self, heard: Mapping[str, Heard], links: tuple[str, ...] = ()) -> None:
        self._heard = dict(heard)
        self._links = links
        self.listened: list[str] = []
        """What was listened to."""

    def files(self) -> tuple[AudioFile, ...]:
        return tuple(sorted([*map(AudioFile, self._heard), *(AudioFile(path, is_link=True) for path in self._links)]))

    def listen(self, path: str) -> Heard:
        self.listened.append(path)
        return self._heard[path]
