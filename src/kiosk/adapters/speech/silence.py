"""The voice that says nothing: a driver like any other, for a kiosk without one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import count
from queue import SimpleQueue

from kiosk.core.speech import Failed, Hushed, News, Ready, Utterance


class Silence:
    """Answers each `say` with `Failed` at once, so that nobody waits for a sentence to begin."""

    def __init__(self, why: str) -> None:
        """`why` there is no voice, for the log."""
        self._why = why
        self._numbers = count(1)
        self._latest = 0
        self._news: SimpleQueue[News | None] = SimpleQueue()
        self._listeners: list[Callable[[News], None]] = []
        self._thread: threading.Thread | None = None

    def say(self, utterances: Sequence[Utterance], speed: int, volume: int) -> int:  # noqa: ARG002
        """A number, and word that it failed."""
        self._latest = next(self._numbers)
        self._news.put(Failed(self._latest, self._why))
        return self._latest

    def hush(self) -> None:
        """It is quiet."""
        self._news.put(Hushed(self._latest))

    def tune(self, volume: int) -> None:
        """Nothing sounds at any volume."""

    def listen(self, listener: Callable[[News], None]) -> None:
        """Tell it that there are no voices and no sound; from another thread, as the real one does."""
        self._listeners.append(listener)
        self._news.put(Ready((), False, self._why))
        if self._thread is None:
            self._thread = threading.Thread(target=self._tell, name="silence", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Tell nothing more."""
        self._news.put(None)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(1.0)

    def _tell(self) -> None:
        while (news := self._news.get()) is not None:
            if not isinstance(news, Failed) or news.id == self._latest:
                for listener in tuple(self._listeners):
                    listener(news)
