"""The child's loop with a sound card that comes and goes, and an engine that can be made to fail or to wait."""

from __future__ import annotations

import random
import threading
import time
from array import array
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

import pytest

from kiosk.core.errors import SpeechError
from kiosk.core.speech import (
    Command,
    Describe,
    Described,
    Failed,
    Finished,
    Hush,
    Hushed,
    News,
    Playing,
    Prepare,
    Ready,
    Render,
    Rendered,
    Repertoire,
    Say,
    Sound,
    Started,
    Utterance,
    Voicing,
    Word,
    Write,
)
from kiosk.voice import errands, output, pcm, program
from kiosk.voice.pcm import RATE
from kiosk.voice.players import Card
from kiosk.voice.program import Options
from kiosk.voice.spoken import Spoken, Stuck
from tests.voice.test_recordings import pitch, place, sine, write_wav

N = TypeVar("N", bound=News | Playing)

ASKED = RATE // 50
"""What is asked for at a time, and how long a character takes."""

ZH = Repertoire((("zh", "zh"), ("en", "en")))


class Engine:
    """Speaks 20 ms of a tone for a character, and tells of each character as a word."""

    why = ""

    def __init__(self, _: Path, memory: Path | None, models: Mapping[str, Path]) -> None:
        self.memory, self.models = memory, models
        self.languages: frozenset[str] = frozenset()
        self.spoken: list[str] = []
        self.measured = 0
        self.to_measure = 3
        self.gate = threading.Event()
        self.gate.set()
        self.waiting = threading.Event()

    def offer(self, languages: Mapping[str, str]) -> tuple[str, ...]:
        self.languages = frozenset(language for language, written in languages.items() if written == "zh")
        return tuple(language for language in languages if language in self.languages)

    def speak(self, piece: str, language: str, speed: int, speaker: int = 0) -> Spoken:  # noqa: ARG002
        if piece == "stuck":
            raise Stuck("stuck")
        if piece == "broken":
            raise SpeechError("broken")
        self.spoken.append(piece)
        self.waiting.set()
        assert self.gate.wait(10)
        quiet = array("h", bytes(2 * ASKED))
        words = tuple((ASKED * (at + 1), at, 1) for at, letter in enumerate(piece) if letter != " ")
        return Spoken(quiet + array("h", [1000, -1000] * (ASKED // 2 * len(piece))) + quiet, words)

    def signature(self, language: str, speed: int, speaker: int = 0) -> str:
        own = "dialect" if language == "yue" else "mandarin"
        return f"{own} {speed} {speaker} {self.measured >= self.to_measure}"

    def calibrate(self, _: str) -> bool:
        if self.measured >= self.to_measure:
            return False
        self.measured += 1
        return True

    def describe(self) -> tuple[Voicing, ...]:
        return (Voicing("zh", "paper", "zh-1", "Paper", used=True),)


class Paper(Card):
    """Is there, or not; asks only when the test does."""

    def __init__(self) -> None:
        super().__init__("paper", "", 0)
        self.there = True

    @property
    def proved(self) -> bool:
        return True

    @property
    def alive(self) -> bool:
        return self.there

    def _begin(self) -> None:
        pass

    def _end(self) -> None:
        self.there = False


class Desk:
    """A player that has what lies on it."""

    name = "paper"
    every = 1.0

    def __init__(self) -> None:
        self.card: Paper | None = Paper()

    def devices(self) -> tuple[str, ...]:
        return ("paper",) if self.card else ()

    def open(self, device: str) -> Card:  # noqa: ARG002
        if self.card is None:
            raise SpeechError("torn")
        return self.card

    def is_gone(self, device: str) -> bool:  # noqa: ARG002
        return False


class Bench:
    """A program that runs on a thread of its own."""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        options: Options | None = None,
        players: tuple[list[Desk], str] | None = None,
    ) -> None:
        self.desk = Desk()
        self._news: SimpleQueue[News | Playing] = SimpleQueue()
        self.told: list[News | Playing] = []
        self.engine: Engine | None = None
        monkeypatch.setattr(program, "Synthesiser", self._engine)
        monkeypatch.setattr(program, "players", lambda *_: players or ([self.desk], ""))
        monkeypatch.setattr(output, "_TICK", 0.005)
        monkeypatch.setattr(output, "_RETRY", 0.05)
        self.program = program.Program(Path("nowhere"), options or Options(), self._news.put)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _engine(self, folder: Path, memory: Path | None, models: Mapping[str, Path]) -> Engine:
        self.engine = Engine(folder, memory, models)
        return self.engine

    def _run(self) -> None:
        try:
            self.program.run()
        except Stuck:
            return

    def know(self, repertoire: Repertoire = ZH) -> Ready:
        self.program.obey(repertoire)
        return self.until(Ready)

    def ended(self) -> bool:
        self._thread.join(5)
        return not self._thread.is_alive()

    def end(self) -> None:
        if self._thread.is_alive():
            assert self.engine
            self.engine.gate.set()
            self.program.obey(Write(99, (Utterance("stuck", "zh"),), "nowhere"))
            assert self.ended()

    def say(self, number: int, *texts: str, language: str = "zh", speed: int = 100) -> None:
        self.program.obey(Say(number, tuple(Utterance(text, language, 0.02) for text in texts), speed))

    def take(self, count: int = ASKED) -> array[int]:
        return self.program._stream.take(count)

    def until(self, kind: type[N], *, ask: bool = True) -> N:
        for _ in range(5000):
            if ask:
                self.take()
            try:
                news = self._news.get(timeout=0.002)
            except Empty:
                continue
            self.told.append(news)
            if isinstance(news, kind):
                return news
        pytest.fail(f"no {kind.__name__}; told {self.told[-10:]}")

    def heard(self, number: int) -> array[int]:
        """All the samples of a `Say` without the silence around them."""
        heard = array("h")
        for _ in range(5000):
            heard += self.take()
            try:
                while True:
                    news = self._news.get_nowait()
                    self.told.append(news)
                    if news == Finished(number) and isinstance(news, Finished):
                        return pcm.trimmed(heard)
            except Empty:
                time.sleep(0.001)
        pytest.fail(f"{number} never finished; told {self.told[-10:]}")

    def idle(self) -> None:
        """Until there is nothing left to do."""
        self.program.obey(Describe(1234))
        while self.until(Described).id != 1234:
            pass


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    it = Bench(monkeypatch)
    yield it
    it.end()


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    """One that keeps what it synthesises."""
    it = Bench(monkeypatch, Options(cache=tmp_path / "cache", megabytes=10))
    yield it
    it.end()


def eventually(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        time.sleep(0.002)


def test_it_reports_voices_and_sound_and_what_is_missing(bench: Bench) -> None:
    assert bench.know() == Ready(("zh",), True, "no voice for en")


def test_it_reports_again_when_the_repertoire_changes(bench: Bench) -> None:
    bench.know()
    repertoire = Repertoire((("zh", "zh"), ("yue", "zh")))
    assert bench.know(repertoire) == Ready(("zh", "yue"), True)


def test_what_is_said_right_after_the_repertoire_waits_for_the_voices(bench: Bench) -> None:
    bench.program.obey(ZH)
    bench.say(1, "一")
    bench.until(Finished)
    assert [type(news) for news in bench.told if not isinstance(news, Playing)] == [Ready, Started, Word, Finished]


def test_a_card_that_stops_asking_is_reported_and_looked_for_again_unasked(bench: Bench) -> None:
    bench.know()
    bench.say(1, "一二三", "四五六")
    bench.until(Started)
    gone, bench.desk.card = bench.desk.card, None
    assert gone
    gone.there = False
    assert bench.until(Sound, ask=False) == Sound(False, "the sound device (paper) has stopped")
    assert bench.until(Failed, ask=False) == Failed(1, "the sound device (paper) has stopped")
    eventually(lambda: "torn" in bench.program._output.why)
    bench.say(2, "一")
    assert bench.until(Failed) == Failed(2, "no sound device (paper: torn)")
    bench.desk.card = Paper()
    assert bench.until(Sound) == Sound(True)
    bench.say(3, "一")
    assert bench.until(Finished) == Finished(3)


def test_who_waits_to_be_hushed_is_told_when_the_card_is_gone(bench: Bench) -> None:
    bench.know()
    bench.say(1, "一" * 50)
    bench.until(Started)
    bench.take()
    bench.program.obey(Hush())
    assert bench.desk.card
    bench.desk.card.there = False
    assert bench.until(Hushed, ask=False) == Hushed(1)


def test_a_sentence_that_fails_is_left_out_and_the_others_are_heard(bench: Bench) -> None:
    bench.know()
    bench.say(1, "一", "broken", "二")
    assert bench.until(Finished) == Finished(1)
    assert [news for news in bench.told if isinstance(news, Started)] == [Started(1, place) for place in range(3)]
    assert [news.utterance for news in bench.told if isinstance(news, Word)] == [0, 2]


def test_a_say_of_which_nothing_can_be_made_fails_and_the_program_goes_on(bench: Bench) -> None:
    bench.know()
    bench.say(1, "broken", "", "broken")
    assert bench.until(Failed) == Failed(1, "broken")
    bench.say(2, "一", language="en")
    assert bench.until(Failed) == Failed(2, "no voice for en")
    bench.say(3)
    assert bench.until(Finished) == Finished(3)


def test_a_file_that_fails_ends_only_its_write(bench: Bench, tmp_path: Path) -> None:
    bench.know()
    bench.program.obey(Write(1, (Utterance("broken", "zh"),), str(tmp_path / "a.wav")))
    assert bench.until(Failed) == Failed(1, "broken")
    bench.program.obey(Write(2, (Utterance("一", "zh"),), str(tmp_path / "missing" / "a.wav")))
    assert "No such file" in bench.until(Failed).why
    bench.program.obey(Write(3, (Utterance("一", "zh"),), str(tmp_path / "a.wav")))
    assert bench.until(Finished) == Finished(3)


@pytest.mark.parametrize("how", ["say", "write", "render", "prepare"])
def test_an_engine_that_is_stuck_ends_the_program_after_saying_so(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    bench = Bench(monkeypatch)
    bench.know()
    stuck = (Utterance("stuck", "zh"),)
    commands: dict[str, Command] = {
        "say": Say(7, stuck),
        "write": Write(7, stuck, "nowhere"),
        "render": Render(7, stuck),
    }
    bench.program.obey(commands.get(how, Prepare(stuck)))
    if how != "prepare":
        assert bench.until(Failed) == Failed(7, "stuck")
    assert bench.ended()


def test_a_sentence_has_started_only_when_there_is_sound_of_it(bench: Bench) -> None:
    bench.know()
    assert bench.engine
    bench.engine.gate.clear()
    bench.say(1, "一", "", "二")
    assert bench.engine.waiting.wait(5)
    for _ in range(20):
        assert not bench.take()
    bench.engine.gate.set()
    bench.until(Finished)
    assert [news for news in bench.told if isinstance(news, Started)] == [Started(1, place) for place in range(3)]


def test_the_same_words_of_another_speaker_are_another_sound(bench: Bench) -> None:
    """Each is synthesised once."""
    bench.know()
    for number, speaker in enumerate((0, 1, 0, 1), 1):
        bench.program.obey(Say(number, (Utterance("一", "zh", 0, speaker=speaker),)))
        bench.until(Finished)
        bench.told.clear()
    assert bench.engine
    assert bench.engine.spoken == ["一", "一"]


# Words


def test_words_are_told_in_turn_by_their_place_in_the_text_however_it_was_cut(bench: Bench) -> None:
    bench.know()
    text = "第一句话说得很长。" * 15 + " 然后，完了！"
    bench.say(1, "前面", text)
    bench.until(Finished)
    words = [news for news in bench.told if isinstance(news, Word) and news.utterance == 1]
    assert len(set(bench.engine.spoken if bench.engine else ())) > 2
    assert [word.start for word in words] == [at for at, letter in enumerate(text) if letter != " "]
    assert all(word.length == 1 for word in words)


def test_a_word_is_told_when_it_is_heard(bench: Bench) -> None:
    """The silence before a sentence is cut off, and the words come as much earlier."""
    bench.know()
    bench.say(1, "一二三")
    bench.until(Started)
    for at in range(3):
        told = [news.start for news in bench.told if isinstance(news, Word)]
        assert told in (list(range(at)), list(range(at + 1)))
        if at < 2:
            bench.until(Word)


# Recordings and tones


def test_a_recording_is_heard_instead_of_the_voice_part_by_part(bench: Bench, tmp_path: Path) -> None:
    write_wav(place(tmp_path, part="scene-1"), sine(0.5))
    bench.know(Repertoire(ZH.languages, (("pack", str(tmp_path)),)))
    recorded = Utterance("一二三", "zh", 0.02, part="pack/item/scene-1")
    bench.program.obey(Say(1, (recorded, Utterance("四", "zh", 0.02, part="pack/item/scene-2")), 100, 100))
    heard = bench.heard(1)
    assert bench.engine
    assert bench.engine.spoken == ["四"]
    assert pitch(heard[500:8000]) == pytest.approx(500, rel=0.01)
    assert [news for news in bench.told if isinstance(news, Word)] == [Word(1, 1, 0, 1)]


def test_a_recording_that_can_not_be_read_is_spoken_instead(bench: Bench, tmp_path: Path) -> None:
    place(tmp_path).write_bytes(b"nothing")
    bench.know(Repertoire(ZH.languages, (("pack", str(tmp_path)),)))
    bench.program.obey(Say(1, (Utterance("一二三", "zh", 0, part="pack/item/scene-1"),)))
    bench.until(Finished)
    assert bench.engine
    assert bench.engine.spoken == ["一二三"]


def test_what_is_recorded_needs_no_voice(bench: Bench, tmp_path: Path) -> None:
    write_wav(place(tmp_path, language="bo"), sine(0.5))
    bench.know(Repertoire((("zh", "zh"), ("bo", "bo")), (("pack", str(tmp_path)),)))
    bench.program.obey(Say(1, (Utterance("ཀ", "bo", 0, part="pack/item/scene-1"),)))
    assert pitch(bench.heard(1)[500:8000]) == pytest.approx(500, rel=0.01)


def test_a_variety_without_a_voice_of_its_own_has_its_languages_recordings(bench: Bench, tmp_path: Path) -> None:
    """The person who read the text is better than the machine that would read it in the same language."""
    write_wav(place(tmp_path, language="zh", part="one"), sine(0.5))
    write_wav(place(tmp_path, language="zh", part="two"), sine(0.5))
    write_wav(place(tmp_path, language="zh-henan", part="two"), sine(0.5, hertz=800))
    languages = (("zh", "zh"), ("zh-henan", "zh"), ("yue", "zh"))
    bench.know(Repertoire(languages, (("pack", str(tmp_path)),)))
    for number, (language, part, hertz) in enumerate((("zh-henan", "one", 500), ("zh-henan", "two", 800)), 1):
        bench.program.obey(Say(number, (Utterance("一", language, 0, part=f"pack/item/{part}"),), 100, 100))
        assert pitch(bench.heard(number)[500:8000]) == pytest.approx(hertz, rel=0.01)
    assert bench.engine
    assert bench.engine.spoken == []
    bench.program.obey(Say(3, (Utterance("一", "yue", 0, part="pack/item/one"),)))
    bench.until(Finished)
    assert bench.engine.spoken == ["一"], "it has a voice of its own"


def test_words_of_its_own_are_not_what_was_recorded_of_others(bench: Bench, tmp_path: Path) -> None:
    """What comes under `zh-Hant` is what `zh` doesn't say; it has recordings of its own, and the voice of `zh`."""
    write_wav(place(tmp_path, language="zh", part="one"), sine(0.5))
    write_wav(place(tmp_path, language="zh", part="two"), sine(0.5))
    write_wav(place(tmp_path, language="zh-Hant", part="two"), sine(0.5, hertz=800))
    bench.know(Repertoire((("zh", "zh"), ("zh-Hant", "zh")), (("pack", str(tmp_path)),)))
    bench.program.obey(Say(1, (Utterance("一", "zh-Hant", 0, part="pack/item/one"),)))
    bench.until(Finished)
    assert bench.engine
    assert bench.engine.spoken == ["一"]
    bench.program.obey(Say(2, (Utterance("二", "zh-Hant", 0, part="pack/item/two"),), 100, 100))
    assert pitch(bench.heard(2)[500:8000]) == pytest.approx(800, rel=0.01)
    assert bench.engine.spoken == ["一"]


def test_a_tone_is_heard_where_one_is_asked_for(bench: Bench) -> None:
    bench.know()
    bench.program.obey(Say(1, (Utterance("", "zh", 0.02, tone="again"), Utterance("一", "zh")), 100, 100))
    assert pitch(bench.heard(1)[500:4000]) == pytest.approx(523, rel=0.02)
    bench.program.obey(Say(2, (Utterance("", "xx", 0.02, tone="gong"),)))
    assert bench.until(Finished) == Finished(2)


# Kept and prepared


def test_what_was_spoken_once_is_not_synthesised_again(keeping: Bench) -> None:
    keeping.know()
    assert keeping.engine
    keeping.engine.to_measure = 0
    keeping.say(1, "一二三")
    first = keeping.heard(1)
    for number, speed in ((2, 100), (3, 125)):
        keeping.say(number, "一二三", speed=speed)
        assert keeping.heard(number) == first
    assert keeping.engine.spoken == ["一二三", "一二三"], "once for each speed"


def test_another_process_finds_what_was_kept(keeping: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keeping.know()
    assert keeping.engine
    assert keeping.engine.memory == tmp_path / "cache" / "paces"
    keeping.engine.to_measure = 0
    keeping.say(1, "一二三")
    keeping.until(Finished)
    keeping.idle()
    again = Bench(monkeypatch, Options(cache=tmp_path / "cache", megabytes=10))
    again.know()
    assert again.engine
    again.engine.to_measure = 0
    again.say(1, "一二三")
    again.until(Finished)
    assert again.engine.spoken == []
    assert [news.start for news in again.told if isinstance(news, Word)] == [0, 1, 2]
    again.end()


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_prepared_is_there_when_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: bool) -> None:
    bench = Bench(monkeypatch, Options(cache=tmp_path, megabytes=10) if kept else Options())
    bench.know()
    assert bench.engine
    bench.engine.to_measure = 0
    texts = ("一", "broken", "二二", "")
    bench.program.obey(Prepare(tuple(Utterance(text, language) for text in texts for language in ("zh", "en"))))
    eventually(lambda: bench.engine is not None and bench.engine.spoken == ["一", "二二"])
    bench.idle()
    bench.say(1, "一", "二二")
    bench.until(Finished)
    assert bench.engine.spoken == ["一", "二二"]
    bench.end()


def test_a_later_prepare_replaces_the_one_before(bench: Bench) -> None:
    bench.know()
    assert bench.engine
    bench.engine.to_measure = 0
    bench.engine.gate.clear()
    bench.program.obey(Prepare(tuple(Utterance(text, "zh") for text in "一二三")))
    assert bench.engine.waiting.wait(5)
    bench.program.obey(Prepare((Utterance("四", "zh"),)))
    bench.engine.gate.set()
    eventually(lambda: bench.engine is not None and "四" in bench.engine.spoken)
    assert bench.engine.spoken == ["一", "四"]


def test_what_is_prepared_is_dropped_when_the_repertoire_changes(bench: Bench) -> None:
    bench.know()
    assert bench.engine
    bench.engine.to_measure = 0
    bench.engine.gate.clear()
    bench.program.obey(Prepare(tuple(Utterance(text, "zh") for text in "一二三")))
    assert bench.engine.waiting.wait(5)
    bench.program.obey(Repertoire((("zh", "zh"), ("yue", "zh"))))
    bench.engine.gate.set()
    bench.until(Ready)
    bench.idle()
    assert bench.engine.spoken == ["一"]


def test_what_was_prepared_before_the_voice_was_measured_is_prepared_again(bench: Bench) -> None:
    bench.know()
    bench.program.obey(Prepare((Utterance("一", "zh"),)))
    bench.say(1, "二")
    bench.until(Finished)
    eventually(lambda: bench.engine is not None and bench.engine.spoken.count("一") == 2)


def test_what_is_said_waits_for_one_piece_of_other_work_only(bench: Bench, tmp_path: Path) -> None:
    bench.know()
    assert bench.engine
    for text, command in (
        ("说", Write(1, tuple(Utterance(f"写{number}", "zh") for number in range(5)), str(tmp_path / "a.wav"))),
        ("讲", Prepare(tuple(Utterance(f"备{number}", "zh") for number in range(5)))),
    ):
        bench.engine.spoken.clear()
        bench.engine.waiting.clear()
        bench.engine.gate.clear()
        bench.program.obey(command)
        assert bench.engine.waiting.wait(5)
        bench.say(2, text)
        bench.engine.gate.set()
        bench.until(Started)
        assert bench.engine.spoken.index(text) == 1
        bench.until(Finished)


def test_there_is_a_sign_of_life_after_each_piece_and_when_a_say_is_taken(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However slow a voice is, and however often it is cut off: nothing here is asked for by a card."""
    monkeypatch.setattr(errands, "_BEAT", 0.0)
    bench.know()
    assert bench.engine
    bench.engine.gate.clear()
    bench.say(1, "一", "二")
    assert bench.until(Playing, ask=False) == Playing(1)
    assert bench.engine.waiting.wait(5)
    bench.say(2, "三", "四")
    bench.engine.gate.set()
    eventually(lambda: bench.engine is not None and "四" in bench.engine.spoken)
    while bench.until(Playing, ask=False) != Playing(2):
        pass
    for _ in range(2):
        assert bench.until(Playing, ask=False) == Playing(2)


def test_what_was_hushed_is_not_synthesised_on(bench: Bench) -> None:
    bench.know()
    assert bench.engine
    bench.engine.to_measure = 0
    bench.engine.gate.clear()
    bench.say(1, "一", "二", "三")
    assert bench.engine.waiting.wait(5)
    bench.program.obey(Hush())
    bench.engine.gate.set()
    bench.until(Hushed)
    bench.idle()
    assert bench.engine.spoken == ["一"]


def test_voices_are_measured_after_the_first_sentence_and_not_before(bench: Bench) -> None:
    bench.know()
    assert bench.engine
    bench.idle()
    assert bench.engine.measured == 0
    bench.say(1, "一")
    bench.until(Started)
    assert bench.engine.measured == 0
    bench.until(Finished)
    eventually(lambda: bench.engine is not None and bench.engine.measured == 3)


def test_voices_are_measured_when_nobody_speaks_for_long(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_QUIET", 0.05)
    bench.know()
    eventually(lambda: bench.engine is not None and bench.engine.measured == 3)


def test_a_file_is_written_at_the_measured_rate(bench: Bench, tmp_path: Path) -> None:
    bench.know()
    bench.program.obey(Write(1, (Utterance("一", "zh"),), str(tmp_path / "a.wav")))
    bench.until(Finished)
    assert bench.engine
    assert bench.engine.measured == 3


# Rendered


def test_what_is_neither_recorded_nor_kept_is_rendered(keeping: Bench, tmp_path: Path) -> None:
    write_wav(place(tmp_path), sine(0.5))
    keeping.know(Repertoire(ZH.languages, (("pack", str(tmp_path)),)))
    utterances = (
        Utterance("录", "zh", part="pack/item/scene-1"),
        Utterance("一二三", "zh"),
        Utterance("四", "zh"),
        Utterance("一二三", "zh"),
        Utterance("", "zh", tone="right"),
        Utterance("……", "zh"),
    )
    keeping.program.obey(Render(5, utterances))
    seconds = 2 * 5 * 0.02 + 3 * 0.02
    rendered = keeping.until(Rendered)
    assert (rendered.id, rendered.characters) == (5, 4)
    assert rendered.seconds == pytest.approx(seconds, rel=0.01)
    keeping.program.obey(Render(6, utterances))
    assert keeping.until(Rendered) == (6, rendered.seconds, 0)
    assert keeping.engine
    assert keeping.engine.spoken == ["一二三", "四"]
    assert keeping.engine.measured == 3, "measured first"


def test_all_that_can_be_rendered_is_whatever_else_fails(keeping: Bench) -> None:
    keeping.know()
    utterances = (Utterance("x", "en"), Utterance("broken", "zh"), Utterance("一", "zh"))
    keeping.program.obey(Render(5, utterances))
    assert keeping.until(Failed) == Failed(5, "no voice for en; broken")
    keeping.program.obey(Render(6, utterances[2:]))
    assert keeping.until(Rendered).characters == 0


def test_the_cache_keeps_to_its_limit_while_much_is_rendered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bench = Bench(monkeypatch, Options(cache=tmp_path, megabytes=1))
    bench.know()
    most = 0

    def noise(piece: str, language: str, speed: int, speaker: int) -> Spoken:  # noqa: ARG001
        nonlocal most
        most = max(most, size())
        return Spoken(array("h", random.Random(piece).randbytes(100_000)))  # noqa: S311

    def size() -> int:
        return sum(file.stat().st_size for file in (tmp_path / "sounds").rglob("*") if file.is_file())

    with monkeypatch.context() as patch:
        patch.setattr(bench.engine, "speak", noise)
        bench.program.obey(Render(5, tuple(Utterance(f"第{number}句", "zh") for number in range(40))))
        bench.until(Rendered)
    assert size() <= 1_000_000
    assert 500_000 < most <= 1_100_000
    bench.end()


def test_rendering_into_nothing_fails(bench: Bench) -> None:
    bench.know()
    for number in (5, 6):
        bench.program.obey(Render(number, (Utterance("一", "zh"),)))
        assert bench.until(Failed) == Failed(number, "there is no cache to keep it in")


def test_there_is_a_sign_of_life_while_much_is_rendered(keeping: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "_BEAT", 0.0)
    keeping.know()
    keeping.program.obey(Render(5, tuple(Utterance(text, "zh") for text in "一二三四五")))
    keeping.until(Rendered)
    assert keeping.told.count(Playing(5)) >= 5


# Described


def test_it_describes_what_there_is(keeping: Bench) -> None:
    keeping.know()
    assert keeping.engine
    keeping.engine.to_measure = 0
    keeping.program.obey(Describe(3))
    voices = (Voicing("zh", "paper", "zh-1", "Paper", used=True),)
    assert keeping.until(Described) == Described(3, voices, "paper", "", ("paper",), "no voice for en", 0, 0)
    keeping.program.obey(Render(4, (Utterance("一", "zh"),)))
    keeping.until(Rendered)
    keeping.program.obey(Describe(5))
    described = keeping.until(Described)
    assert described.cache_files == 1
    assert described.cache_bytes > 56
    assert keeping.desk.card
    keeping.desk.card.there = False
    keeping.desk.card = None
    keeping.until(Sound, ask=False)
    keeping.program.obey(Describe(6))
    described = keeping.until(Described)
    assert (described.player, described.devices) == ("", ())
    assert "paper" in described.why


def test_without_any_player_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(monkeypatch, players=([], "miniaudio is not installed"))
    why = "no sound device (miniaudio is not installed)"
    assert bench.know() == Ready(("zh",), False, f"no voice for en; {why}")
    bench.say(1, "一")
    assert bench.until(Failed) == Failed(1, why)
    bench.end()
