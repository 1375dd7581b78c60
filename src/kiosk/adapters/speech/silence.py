"""The voice that says nothing: a driver like any other, for a kiosk without one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from queue import SimpleQueue

from kiosk.core.speech import Failed, Hushed, News, Ready, Repertoire, Utterance


class Silence:
    """Answers each `say` with `Failed` at once, so that nobody waits for a sentence to begin.

    It tells from a thread of its own, as the real one does: a listener must not hear of a number before it has it.
    """

    def __init__(self, why: str) -> None:
        """`why` there is no voice, for the log."""
        self._ready = Ready((), False, why)
        self._numbers = count(1)
        self._latest = 0
        self._listeners: list[Callable[[News], None]] = []
        self._news: SimpleQueue[Ready | Failed | Hushed | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False

    def start(self) -> None:
        """Tell that there are no voices and no sound."""
        if self._thread is None and not self._closed:
            self._news.put(self._ready)
            self._thread = threading.Thread(target=self._tell, name="silence", daemon=True)
            self._thread.start()

    def know(self, repertoire: Repertoire) -> None:  # noqa: ARG002
        """It speaks none of these."""
        if self._thread is not None:
            self._news.put(self._ready)

    def say(self, utterances: Sequence[Utterance], speed: int, volume: int) -> int:  # noqa: ARG002
        """A number, and word that it failed."""
        self._latest = next(self._numbers)
        self.start()
        self._news.put(Failed(self._latest, self._ready.why))
        return self._latest

    def prepare(self, utterances: Sequence[Utterance], speed: int) -> None:
        """Nothing is said later either."""

    def hush(self) -> None:
        """It is quiet."""
        if self._latest:
            self._news.put(Hushed(self._latest))

    def tune(self, volume: int) -> None:
        """Nothing sounds at any volume."""

    def listen(self, listener: Callable[[News], None]) -> None:
        """Tell it what happens, which is not much."""
        self._listeners.append(listener)
        if self._thread is not None:
            self._news.put(self._ready)

    def close(self) -> None:
        """Tell nothing more."""
        self._closed = True
        self._news.put(None)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(1.0)

    def _tell(self) -> None:
        while (news := self._news.get()) is not None:
            if isinstance(news, Ready) or news.id == self._latest:
                for listener in tuple(self._listeners):
                    # A screen that has closed can't be told anything any more.
                    with suppress(RuntimeError):
                        listener(news)
