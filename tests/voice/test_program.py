"""The child's loop with a sound card that comes and goes, and an engine that can be made to fail."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from kiosk.core.errors import SpeechError
from kiosk.core.speech import (
    Failed,
    Finished,
    Hush,
    Hushed,
    News,
    Playing,
    Ready,
    Say,
    Sound,
    Started,
    Utterance,
    Write,
)
from kiosk.voice import program
from kiosk.voice.pcm import Samples
from kiosk.voice.playback import Stream
from kiosk.voice.synthesis import Stuck


class Engine:
    """Speaks a period of sound for a character."""

    why = ""
    languages = frozenset({"zh"})

    def __init__(self, _: Path) -> None:
        pass

    def offer(self, languages: Sequence[str]) -> tuple[str, ...]:
        return tuple(language for language in languages if language in self.languages)

    def speak(self, piece: str, language: str, speed: int) -> Samples:  # noqa: ARG002
        if piece == "stuck":
            raise Stuck("stuck")
        if piece == "broken":
            raise SpeechError("broken")
        return array("h", [1000]) * (441 * len(piece))


class Card:
    """Is there, or not; asks only when the test does."""

    name = "made of paper"
    alive = True

    def close(self) -> None:
        self.alive = False


class Bench:
    """A program that runs on a thread of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, engine: type[Engine] = Engine) -> None:
        self.card: Card | None = Card()
        self.stream: Stream | None = None
        self._news: SimpleQueue[News | Playing] = SimpleQueue()
        monkeypatch.setattr(program, "Synthesiser", engine)
        monkeypatch.setattr(program, "open_card", self._open)
        monkeypatch.setattr(program, "_RETRY", 0.0)
        self.program = program.Program(Path("nowhere"), ("zh", "en"), "", self._news.put)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _open(self, _: str, stream: Stream) -> Card:
        self.stream = stream
        if self.card is None:
            raise SpeechError("no sound device (paper: torn)")
        return self.card

    def _run(self) -> None:
        try:
            self.program.run()
        except Stuck:
            return

    def ended(self) -> bool:
        self._thread.join(5)
        return not self._thread.is_alive()

    def end(self) -> None:
        self.card = Card()
        self.program.obey(Say(99, (Utterance("stuck", "zh"),)))
        assert self.ended()

    def say(self, number: int, *texts: str, language: str = "zh") -> None:
        self.program.obey(Say(number, tuple(Utterance(text, language, 0.02) for text in texts)))

    def until(self, kind: type[News], *, ask: bool = True) -> News:
        for _ in range(5000):
            if ask and self.stream:
                self.stream.take(441)
            try:
                news = self._news.get(timeout=0.002)
            except Empty:
                continue
            if isinstance(news, kind):
                return news
        pytest.fail(f"no {kind}")


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    it = Bench(monkeypatch)
    yield it
    it.end()


def test_it_reports_voices_and_sound_and_what_is_missing(bench: Bench) -> None:
    assert bench.until(Ready) == Ready(("zh",), True, "no voice for en")


def test_a_card_that_stops_asking_is_reported_and_looked_for_again(bench: Bench) -> None:
    bench.until(Ready)
    bench.say(1, "一二三", "四五六")
    bench.until(Started)
    assert bench.card is not None
    gone, bench.card = bench.card, None
    gone.alive = False
    bench.program._wake.set()
    assert bench.until(Sound, ask=False) == Sound(False, "the sound device (made of paper) has stopped")
    assert bench.until(Failed, ask=False) == Failed(1, "the sound device (made of paper) has stopped")
    bench.say(2, "一")
    assert bench.until(Failed) == Failed(2, "no sound device (paper: torn)")
    bench.card = Card()
    bench.say(3, "一")
    assert bench.until(Sound) == Sound(True)
    assert bench.until(Finished) == Finished(3)


def test_who_waits_to_be_hushed_is_told_when_the_card_is_gone(bench: Bench) -> None:
    bench.until(Ready)
    bench.say(1, "一" * 50)
    bench.until(Started)
    assert bench.stream is not None
    bench.stream.take(441)
    bench.program.obey(Hush())
    assert bench.card is not None
    bench.card.alive = False
    bench.program._wake.set()
    assert bench.until(Hushed, ask=False) == Hushed(1)


def test_a_sentence_that_fails_ends_its_say_and_not_the_program(bench: Bench) -> None:
    bench.until(Ready)
    bench.say(1, "一", "broken", "二")
    assert bench.until(Failed) == Failed(1, "broken")
    bench.say(2, "一", language="en")
    assert bench.until(Failed) == Failed(2, "no voice for en")
    bench.say(3)
    assert bench.until(Finished) == Finished(3)


def test_a_file_that_fails_ends_only_its_write(bench: Bench, tmp_path: Path) -> None:
    bench.until(Ready)
    bench.program.obey(Write(1, (Utterance("broken", "zh"),), str(tmp_path / "a.wav")))
    assert bench.until(Failed) == Failed(1, "broken")
    bench.program.obey(Write(2, (Utterance("一", "zh"),), str(tmp_path / "a.wav")))
    assert bench.until(Finished) == Finished(2)


@pytest.mark.parametrize("how", ["say", "write"])
def test_an_engine_that_is_stuck_ends_the_program_after_saying_so(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    bench = Bench(monkeypatch)
    utterances = (Utterance("stuck", "zh"),)
    bench.program.obey(Say(7, utterances) if how == "say" else Write(7, utterances, "nowhere"))
    assert bench.until(Failed) == Failed(7, "stuck")
    assert bench.ended()


def _raise(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", [ImportError("no pyttsx3"), RuntimeError("no espeak"), OSError("no driver")])
def test_without_an_engine_it_lives_on_and_says_why(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    bench = Bench(monkeypatch, type("Broken", (Engine,), {"__init__": _raise(error)}))
    assert bench.until(Ready) == Ready((), True, f"no voice: {error}")
    bench.say(1, "一")
    assert bench.until(Failed) == Failed(1, f"no voice: {error}")
