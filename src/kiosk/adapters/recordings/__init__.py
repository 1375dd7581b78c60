"""The `Recordings` port over a pack's folder: which audio files there are, and what is heard in one."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.recordings.folder import audio_files
from kiosk.core.recordings import AudioFile, Heard


class AudioFolder:
    """A pack's `audio/` folder."""

    def __init__(self, pack: Path) -> None:
        self._pack = pack

    def files(self) -> tuple[AudioFile, ...]:
        """Everything in it, by path."""
        return audio_files(self._pack)

    def listen(self, path: str) -> Heard:
        """What is heard in one of its files."""
        from kiosk.adapters.recordings.listening import listen

        return listen(self._pack / path)
