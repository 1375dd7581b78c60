"""The `Speech` port without sound: it keeps what was said, and a test posts the news."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.core.speech import Finished, Hushed, News, Prepare, Ready, Repertoire, Say, Started, Utterance


class FakeSpeech:
    """Says nothing of its own accord but `Ready`, when it is started, and `Hushed`."""

    def __init__(self, ready: Ready = Ready(("zh", "en"), True)) -> None:  # noqa: B008 - a value
        self.said: list[Say] = []
        """Everything that was to be spoken, oldest first."""
        self.known: list[Repertoire] = []
        """What it was to be ready for, oldest first."""
        self.prepared: list[Prepare] = []
        """What it was to have ready, oldest first."""
        self.hushed = 0
        """How often it was told to be quiet."""
        self.volumes: list[int] = []
        """What it was tuned to."""
        self.closed = False
        self._ready = ready
        self._started = False
        self._latest = 0
        self._quiet = 0
        self._listeners: list[Callable[[News], None]] = []

    @property
    def texts(self) -> list[str]:
        """The sentences of the last `say`."""
        return [utterance.text for utterance in self.said[-1].utterances] if self.said else []

    def start(self) -> None:
        """Be ready."""
        if not self._started:
            self._started = True
            self.post(self._ready)

    def know(self, repertoire: Repertoire) -> None:
        """Keep it; what is new is answered."""
        if [repertoire] != self.known[-1:]:
            self.known.append(repertoire)
            if self._started:
                self.post(self._ready)

    def prepare(self, utterances: Sequence[Utterance], speed: int) -> None:
        """Keep it."""
        self.prepared.append(Prepare(tuple(utterances), speed))

    def say(self, utterances: Sequence[Utterance], speed: int, volume: int) -> int:
        """Keep it."""
        self._latest += 1
        self.said.append(Say(self._latest, tuple(utterances), speed, volume))
        return self._latest

    def hush(self) -> None:
        """Count it, and be quiet."""
        self.hushed += 1
        self._quiet = self._latest
        if self._latest:
            self.post(Hushed(self._latest))

    def tune(self, volume: int) -> None:
        """Keep it."""
        self.volumes.append(volume)

    def listen(self, listener: Callable[[News], None]) -> None:
        """Tell it what a test posts, on the thread that posts it."""
        self._listeners.append(listener)
        if self._started:
            listener(self._ready)

    def close(self) -> None:
        """Tell nothing more."""
        self.closed = True
        self._listeners.clear()

    def post(self, news: News) -> None:
        """Tell the listeners."""
        for listener in tuple(self._listeners):
            listener(news)

    def speak(self) -> None:
        """Tell that every sentence of the last `say` began, and that it is finished; nothing where it was hushed."""
        if not self.said or self._quiet == self._latest:
            return
        for place in range(len(self.said[-1].utterances)):
            self.post(Started(self._latest, place))
        self.post(Finished(self._latest))
