"""The `Speech` port: one contract over the fake, silence and the real child with its real synthesis."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

import pytest

from kiosk.adapters.speech.child import Child
from kiosk.adapters.speech.patience import Patience
from kiosk.adapters.speech.silence import Silence
from kiosk.adapters.speech.voice import Voice
from kiosk.core.speech import Failed, Finished, Hushed, News, Ready, Repertoire, Sound, Started, Utterance, Word
from tests.fakes.speech import FakeSpeech

LIMIT = 10.0

ZH = (
    "您好！想做什么，请按数字。",
    "孙子打来电话，说他撞了人，要二十万。",
    "先看一看：谁找您？要什么？哪一句最该留心，就按那一句的号码。",
    "这台机器不收钱，不问姓名、电话、身份证。",
    "警察从不上门收现金，也不会叫您瞒着家里人。",
)
EN = (
    "Hello! What would you like? Press a number.",
    "Your grandson rings and says he has hit somebody with his car.",
    "The police never collect cash at your door, and they never ask you to keep it secret.",
    "It is free, and we ask for no name, no phone number and no papers.",
)

ZH_LONG = (
    "电话里的人哭着说，他是您的孙子，急着要用钱。",
    "他说自己是银行的，卡有风险，要您马上转走。",
    "先挂掉电话，再按家里记着的号码打回去。",
    "群里的老师天天荐股，说稳赚不赔。",
    "真的医生会问病情，也不会催您今天就买。",
    "短信里有一个链接，点开要填卡号和密码。",
    "他不让您告诉儿女，这一句，最该留心。",
    "拿不准的时候，问一问家里人，也可以问社区。",
)
EN_LONG = (
    "A bed earns no interest. Interest and bring friends: the scam takes your savings.",
    "A refund comes by itself. Keep your code.",
    "Both wanted money first. Only the scam promised interest.",
    "First pay eight thousand for experts. You get it back.",
    "In a real police case, what about your money?",
    "Nothing to fill in or press. Nobody rings you.",
    "Thank you. The last one is a question.",
    "The station says: They are ours. They came to warn you.",
)


class Ear:
    """Hears the news of a voice."""

    def __init__(self) -> None:
        self._news: SimpleQueue[News] = SimpleQueue()
        self.heard: list[News] = []

    def hear(self, news: News) -> None:
        self._news.put(news)

    def until(self, *wanted: News | type[News]) -> News:
        """The first of the wanted that comes; every other one before it is kept in `heard`."""
        while True:
            try:
                news = self._news.get(timeout=LIMIT)
            except Empty:
                pytest.fail(f"no {wanted}; heard {self.heard[-10:]}")
            self.heard.append(news)
            if any(isinstance(news, one) if isinstance(one, type) else same(news, one) for one in wanted):
                return news

    def listen(self, seconds: float) -> None:
        """Hear what comes within so many seconds, if anything does."""
        with suppress(Empty):
            self.heard.append(self._news.get(timeout=seconds))

    def finished(self) -> list[int]:
        """The numbers of all that finished."""
        return [news.id for news in self.heard if isinstance(news, Finished)]


def same(one: News, other: News) -> bool:
    """Equal and of the same kind: as tuples, `Hushed(1)` equals `Finished(1)`."""
    return type(one) is type(other) and one == other


def spoken(*texts: str, language: str = "zh", pause: float = 0.05) -> tuple[Utterance, ...]:
    return tuple(Utterance(text, language, pause) for text in texts)


@contextmanager
def voice(ear: Ear, **options: object) -> Iterator[Voice]:
    """A started voice on the device that plays to nowhere."""
    it = Voice(**{"device": "null", **options})  # type: ignore[arg-type]
    it.listen(ear.hear)
    it.start()
    try:
        yield it
    finally:
        it.close()


def gone(pid: int) -> bool:
    """Wait until a process of anybody's has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], LIMIT)[0])
    finally:
        os.close(handle)


# The contract


@pytest.fixture(params=["fake", "child"])
def speech(request: pytest.FixtureRequest) -> Iterator[tuple[FakeSpeech | Voice, Ear, Callable[[], None]]]:
    """A voice that is ready, an ear, and what makes the last `say` come to its end."""
    ear = Ear()
    it: FakeSpeech | Voice = FakeSpeech() if request.param == "fake" else Voice(device="null")
    it.listen(ear.hear)
    it.start()
    assert ear.until(Ready) == Ready(("zh", "en"), True)
    yield it, ear, it.speak if isinstance(it, FakeSpeech) else lambda: None
    it.close()


Speaking = tuple[FakeSpeech | Voice, Ear, Callable[[], None]]


def test_each_sentence_starts_in_turn_and_then_all_is_finished(speech: Speaking) -> None:
    it, ear, finish = speech
    number = it.say(spoken("一", "二", "三"), 200, 80)
    finish()
    ear.until(Finished)
    told = [news for news in ear.heard[1:] if not isinstance(news, Word)]
    assert told == [*(Started(number, place) for place in range(3)), Finished(number)]


def test_what_is_said_later_cuts_off_what_was_said_before(speech: Speaking) -> None:
    it, ear, finish = speech
    first = it.say(spoken(*ZH), 100, 80)
    if isinstance(it, Voice):
        ear.until(Started(first, 0))
    second = it.say(spoken("好"), 200, 80)
    finish()
    ear.until(Finished(second))
    assert second > first
    assert first not in ear.finished()


def test_what_is_hushed_never_finishes(speech: Speaking) -> None:
    it, ear, finish = speech
    number = it.say(spoken("一句话"), 200, 80)
    it.hush()
    ear.until(Hushed(number))
    finish()
    later = it.say(spoken("好"), 200, 80)
    finish()
    ear.until(Finished(later))
    assert number not in ear.finished()


def test_hush_and_tune_mean_nothing_while_nothing_is_spoken(speech: Speaking) -> None:
    it, ear, finish = speech
    it.hush()
    it.tune(0)
    it.hush()
    number = it.say(spoken("好"), 200, 0)
    it.tune(100)
    finish()
    ear.until(Finished(number))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "……！？",
        "🙂👮",
        "[@click=app.quit]x[/]",
        "<speak>&amp;",
        "\x00\x07\x1b[2J好\x7f",
        "\ud800 a",
        "%s {}",
    ],
)
def test_a_text_that_is_no_sentence_breaks_nothing(speech: Speaking, text: str) -> None:
    it, ear, finish = speech
    for language in ("zh", "en"):
        number = it.say((*spoken("好"), *spoken(text, language=language)), 200, 0)
        finish()
        ear.until(Started(number, 1), Failed)
        told = [news for news in ear.heard if not isinstance(news, Word)]
        assert told[-2:] == [Started(number, 0), Started(number, 1)]
        it.hush()


def test_a_very_long_text_starts_at_once_and_can_be_hushed(speech: Speaking) -> None:
    it, ear, _ = speech
    for text in ("这是一个没有标点的长句子" * 1000, "a" * 10_000, "9" * 10_000):
        number = it.say(spoken(text), 100, 80)
        if isinstance(it, Voice):
            ear.until(Started(number, 0))
        it.hush()
        ear.until(Hushed(number))


def test_what_was_made_ready_is_neither_heard_nor_told_of(speech: Speaking) -> None:
    it, ear, finish = speech
    it.prepare((*spoken(*ZH), *spoken("", "……"), *spoken("a", language="xx")), 100)
    it.prepare(spoken(*EN, language="en"), 125)
    number = it.say(spoken("好"), 200, 80)
    finish()
    ear.until(Finished(number))
    assert [news for news in ear.heard[1:] if not isinstance(news, Word)] == [Started(number, 0), Finished(number)]


Driver = tuple[FakeSpeech | Voice | Silence, Ear, tuple[str, ...]]


@pytest.fixture(params=["fake", "child", "silence"])
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """Any driver, not started, with an ear; and what it can speak."""
    ear = Ear()
    drivers: dict[str, Callable[[], FakeSpeech | Voice | Silence]] = {
        "fake": FakeSpeech,
        "child": lambda: Voice(device="null"),
        "silence": lambda: Silence("nobody at home"),
    }
    it = drivers[request.param]()
    it.listen(ear.hear)
    yield it, ear, () if request.param == "silence" else ("zh", "en")
    it.close()


def test_another_repertoire_is_answered_with_what_can_be_spoken(driver: Driver) -> None:
    it, ear, languages = driver
    it.know(Repertoire((("zh", "zh"), ("en", "en")), (("sample", "/nowhere"),)))
    it.start()
    for folders in ((), (("other", "/nowhere/either"),)):
        ready = ear.until(Ready)
        assert isinstance(ready, Ready)
        assert ready.languages == languages
        it.know(Repertoire((("zh", "zh"), ("en", "en")), folders))
    ear.until(Ready)


def test_whatever_is_asked_of_a_driver_that_was_not_started_raises_nothing(driver: Driver) -> None:
    it, ear, _ = driver
    it.know(Repertoire(()))
    it.prepare(spoken("好"), 100)
    it.prepare((), 999)
    it.hush()
    it.tune(3)
    it.close()
    assert ear.heard == []


def test_after_close_nothing_raises_and_nothing_is_told(speech: Speaking) -> None:
    it, ear, _ = speech
    it.close()
    told = len(ear.heard)
    it.know(Repertoire((("yue", "zh"),)))
    it.prepare(spoken("好"), 100)
    it.say(spoken("好"), 100, 80)
    it.hush()
    it.tune(20)
    it.close()
    assert len(ear.heard) == told


# Silence


def test_silence_is_a_driver_that_fails_each_say_at_once() -> None:
    ear = Ear()
    it = Silence("nobody at home")
    it.listen(ear.hear)
    it.start()
    ear.until(Ready((), False, "nobody at home"))
    number = it.say(spoken("好"), 100, 80)
    ear.until(Failed(number, "nobody at home"))
    it.hush()
    ear.until(Hushed(number))
    it.close()


# What is spoken


def seconds(path: Path) -> float:
    with wave.open(str(path)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 22_050)
        frames: int = sound.getnframes()
        return frames / 22_050


def expected(text: str, language: str) -> float:
    """By the rule of 200 characters or 125 words a minute."""
    if language == "zh":
        return sum(character.isalnum() for character in text) * 60 / 200
    return len(text.split()) * 60 / 125


Length = Callable[[str, str, int], float]


@pytest.fixture(scope="module")
def length(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Length]:
    """How long a text is in its WAV, in seconds."""
    path = tmp_path_factory.mktemp("wav") / "a.wav"
    ear = Ear()
    with voice(ear) as it:

        def take(text: str, language: str, speed: int) -> float:
            number = it.write(spoken(text, language=language, pause=0), path, speed)
            assert same(ear.until(Finished, Failed), Finished(number))
            return seconds(path)

        yield take


@pytest.mark.parametrize(("text", "language"), [*((text, "zh") for text in ZH), *((text, "en") for text in EN)])
def test_a_sentence_takes_about_as_long_as_it_should(length: Length, text: str, language: str) -> None:
    assert 0.5 <= length(text, language, 100) / expected(text, language) <= 2


@pytest.mark.parametrize(("texts", "language"), [(ZH, "zh"), (EN, "en")])
def test_the_default_rate_is_200_characters_or_125_words_a_minute(
    length: Length, texts: tuple[str, ...], language: str
) -> None:
    takes = sum(length(text, language, 100) for text in texts)
    assert takes == pytest.approx(sum(expected(text, language) for text in texts), rel=0.15)


@pytest.mark.parametrize(("texts", "language"), [(ZH_LONG, "zh"), (EN_LONG, "en")])
def test_sentences_of_several_clauses_take_as_long_as_promised_with_their_pauses(
    length: Length, texts: tuple[str, ...], language: str
) -> None:
    takes = sum(length(text, language, 100) for text in texts)
    assert takes == pytest.approx(sum(expected(text, language) for text in texts), rel=0.1)


@pytest.mark.parametrize(("text", "language"), [(ZH[1], "zh"), (EN[1], "en")])
@pytest.mark.parametrize("speed", [50, 80, 160, 200])
def test_speed_is_a_percentage(length: Length, text: str, language: str, speed: int) -> None:
    assert length(text, language, 100) / length(text, language, speed) == pytest.approx(speed / 100, rel=0.15)


def test_english_letters_are_no_mandarin(length: Length) -> None:
    """An English voice spells Chinese out: "Chinese letter" for each, four times as long."""
    assert length(ZH[1], "en", 100) > 2 * length(ZH[1], "zh", 100)


def test_what_can_not_be_written_or_pronounced_is_said(tmp_path: Path) -> None:
    ear = Ear()
    with voice(ear, languages=("zh", "en", "bo")) as it:
        assert ear.until(Ready) == Ready(("zh", "en"), True, "no voice for bo")
        tries = [
            (spoken("好"), tmp_path / "missing" / "a.wav", "No such file or directory"),
            (spoken("好"), tmp_path, "directory"),
            (spoken("……"), tmp_path / "b.wav", "nothing in it that can be pronounced"),
            (spoken("ཀ", language="bo"), tmp_path / "c.wav", "no voice for bo"),
        ]
        for utterances, path, why in tries:
            number = it.write(utterances, path, 100)
            news = ear.until(Finished, Failed)
            assert isinstance(news, Failed)
            assert news.id == number
            assert why in news.why
        number = it.say(spoken("ཀ", language="bo"), 100, 80)
        ear.until(Failed(number, "no voice for bo"))
        number = it.say((*spoken("ཀ", language="bo"), *spoken("好")), 200, 80)
        ear.until(Finished(number))
        assert list(tmp_path.iterdir()) == []


def test_a_write_is_not_cut_off_by_what_is_said(tmp_path: Path) -> None:
    ear = Ear()
    with voice(ear) as it:
        written = it.write(spoken(*ZH), tmp_path / "a.wav", 100)
        said = it.say(spoken(*ZH), 100, 80)
        it.hush()
        ear.until(Finished(written))
        assert said not in ear.finished()
        assert seconds(tmp_path / "a.wav") > 5


# Faults

QUICK = Patience(answer=1.2, character=0.001, restarts=(0.01,))

CHILD = "import runpy; runpy.run_module('kiosk.voice', run_name='__main__', alter_sys=True)"


def first(tmp_path: Path, script: str) -> list[str]:
    """A child that does this at its first start, and is a real one after that."""
    mark = tmp_path / "started"
    script = f"""
import os, sys
if not os.path.exists({str(mark)!r}):
    open({str(mark)!r}, "w").close()
    {script}
{CHILD}
"""
    return [sys.executable, "-P", "-c", script]


def works(it: Voice, ear: Ear) -> None:
    number = it.say(spoken("好"), 200, 80)
    ear.until(Finished(number))


def test_a_child_that_was_killed_is_started_again() -> None:
    ear = Ear()
    with voice(ear, patience=QUICK) as it:
        ear.until(Ready)
        works(it, ear)
        number = it.say(spoken(*ZH), 100, 80)
        ear.until(Started(number, 0))
        pid = it.pid
        os.kill(pid, signal.SIGKILL)
        lost = ear.until(Sound)
        assert lost == Sound(False, "the voice ended with code -9")
        ear.until(Failed(number, lost.why))
        ear.until(Ready)
        ear.until(Sound(True))
        assert it.pid != pid
        works(it, ear)


def test_a_child_that_hangs_is_killed_and_nobody_waits_for_it() -> None:
    ear = Ear()
    with voice(ear, patience=QUICK) as it:
        ear.until(Ready)
        pid = it.pid
        os.kill(pid, signal.SIGSTOP)
        begun = time.monotonic()
        number = it.say(spoken("好"), 200, 80)
        for _ in range(1000):
            it.tune(50)
        assert time.monotonic() - begun < 0.5
        ear.until(Sound(False, "the voice does not answer"))
        ear.until(Failed(number, "the voice does not answer"))
        assert gone(pid)
        ear.until(Sound(True))
        works(it, ear)


def test_a_child_that_hangs_when_hushed_is_killed_too() -> None:
    ear = Ear()
    with voice(ear, patience=QUICK) as it:
        ear.until(Ready)
        number = it.say(spoken(*ZH), 100, 80)
        ear.until(Started(number, 0))
        os.kill(it.pid, signal.SIGSTOP)
        it.hush()
        ear.until(Sound(False, "the voice does not answer"))
        ear.until(Hushed(number))
        ear.until(Sound(True))


def test_a_child_that_hangs_in_the_middle_of_a_sentence_is_killed() -> None:
    ear = Ear()
    with voice(ear, patience=Patience(answer=1.5, character=0, restarts=(0.01,))) as it:
        ear.until(Ready)
        number = it.say(spoken("这是一个没有标点的长句子" * 20), 100, 80)
        ear.until(Started(number, 0))
        os.kill(it.pid, signal.SIGSTOP)
        ear.until(Failed(number, "the voice does not answer"))
        ear.until(Sound(True))


@pytest.mark.parametrize("how", ["killed", "stopped"])
def test_speech_is_back_within_2_s_of_losing_the_child_in_the_middle(how: str) -> None:
    """With the patience of a real kiosk; after a hang, of noticing it."""
    ear = Ear()
    with voice(ear) as it:
        ear.until(Ready)
        number = it.say(spoken(*ZH), 100, 80)
        ear.until(Started(number, 0))
        os.kill(it.pid, signal.SIGKILL if how == "killed" else signal.SIGSTOP)
        lost = time.monotonic()
        if how == "stopped":
            it.hush()
            it.say(spoken(*ZH), 100, 80)
        ear.until(Sound)
        if how == "stopped":
            lost = time.monotonic()
        ear.until(Sound(True))
        number = it.say(spoken(ZH[0]), 100, 80)
        ear.until(Started(number, 0))
        assert time.monotonic() - lost < 2.0


@pytest.mark.parametrize(
    "garbage",
    [
        "os.write(1, b'ALSA lib pcm.c\\n'); sys.stdin.read()",
        "os.write(1, b'\\xff\\x00' * 100_000); sys.stdin.read()",
        "os.write(1, b'[1]\\n'); sys.stdin.read()",
        'os.write(1, b\'{"type": "ready", "languages": 3}\\n\'); sys.stdin.read()',
        'os.write(1, b\'{"type": "started", "x": 3}\\n\'); sys.stdin.read()',
        "os.close(1); sys.stdin.read()",
        "sys.exit('no library')",
        "sys.stdin.read()",
    ],
)
def test_a_child_that_talks_nonsense_or_does_not_start_is_replaced(tmp_path: Path, garbage: str) -> None:
    ear = Ear()
    with voice(ear, command=first(tmp_path, garbage), patience=Patience(start=2, restarts=(0.01,))) as it:
        lost = ear.until(Sound)
        assert isinstance(lost, Sound)
        assert not lost.sound
        if "exit" in garbage:
            assert lost.why == "the voice ended with code 1: no library"
        ear.until(Sound(True))
        works(it, ear)


def test_a_child_that_reads_nothing_makes_nobody_wait(tmp_path: Path) -> None:
    ready = '{"type": "ready", "languages": ["zh"], "sound": true}'
    deaf = f"os.write(1, {ready.encode()!r} + b'\\n'); import threading; threading.Event().wait()"
    ear = Ear()
    with voice(ear, command=first(tmp_path, deaf), patience=QUICK) as it:
        ear.until(Ready)
        begun = time.monotonic()
        for _ in range(20):
            number = it.say(spoken("长" * 50_000), 100, 80)
        assert time.monotonic() - begun < 0.5
        ear.until(Failed)
        ear.until(Sound(True))
        works(it, ear)
        assert [news.id for news in ear.heard if isinstance(news, Failed)] == [number]


def test_a_voice_that_can_not_be_started_fails_each_say_and_is_tried_ever_more_seldom(tmp_path: Path) -> None:
    ear = Ear()
    patience = Patience(again=0.1, restarts=(0.01, 0.02, 60))
    with voice(ear, command=(str(tmp_path / "nothing"),), patience=patience) as it:
        for _ in range(3):
            news = ear.until(Sound)
            assert isinstance(news, Sound)
            assert "can't be started" in news.why
        for _ in range(2):
            number = it.say(spoken("好"), 100, 80)
            failed = ear.until(Failed)
            assert isinstance(failed, Failed)
            assert failed.id == number
            assert "can't be started" in failed.why
        it.hush()
        ear.until(Hushed(number))
        assert sum(isinstance(news, Sound) for news in ear.heard) == 5, "each that was asked for tried once"


def test_what_is_said_before_the_voice_is_ready_waits_and_only_the_last_counts() -> None:
    ear = Ear()
    it = Voice(device="null")
    it.listen(ear.hear)
    first_, second, third = (it.say(spoken(text), 200, 80) for text in ("一", "二", "三"))
    it.tune(100)
    ear.until(Finished)
    it.close()
    told = [news for news in ear.heard if not isinstance(news, Word)]
    assert told == [Ready(("zh", "en"), True), Started(third, 0), Finished(third)]
    assert first_ < second < third


def test_a_voice_that_nobody_asks_for_is_not_started() -> None:
    ear = Ear()
    it = Voice(device="null")
    it.listen(ear.hear)
    it.hush()
    it.tune(3)
    it.close()
    assert it.pid == 0
    assert ear.heard == []


def test_without_a_sound_device_it_says_why_and_fails_each_say_at_once() -> None:
    ear = Ear()
    with voice(ear, device="a device that nobody has") as it:
        ready = ear.until(Ready)
        assert isinstance(ready, Ready)
        assert ready.languages == ("zh", "en")
        assert not ready.sound
        assert "no sound device" in ready.why
        number = it.say(spoken("好"), 100, 80)
        news = ear.until(Failed, Started)
        assert isinstance(news, Failed)
        assert news.id == number
        assert "no sound device" in news.why


# What is left behind

HANGS = """
import runpy, time
import kiosk.voice.synthesis
def hang(*_):
    print("hanging", file=__import__("sys").stderr, flush=True)
    time.sleep(1000)
kiosk.voice.synthesis.Synthesiser.speak = hang
runpy.run_module("kiosk.voice", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("how", ["end of input", "signal"])
def test_the_child_ends_in_the_middle_of_a_synthesis_that_hangs(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "voice"
    with subprocess.Popen(
        [sys.executable, "-c", HANGS, f"--folder={folder}", "--device=null"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdin.write(b'{"type": "repertoire", "languages": [["en", "en"]]}\n')
        child.stdin.write(b'{"type": "say", "id": 1, "utterances": [["a", "en"]]}\n')
        child.stdin.flush()
        assert child.stderr.readline() == b"hanging\n"
        if how == "signal":
            child.terminate()
        else:
            child.stdin.close()
        assert child.wait(LIMIT) == 0
    assert not folder.exists()


def test_the_kiosk_never_loads_the_engine_or_the_sound_card() -> None:
    script = """
import sys
from threading import Event
from kiosk.adapters.speech.voice import Voice
heard = Event()
voice = Voice(device="null")
voice.listen(lambda _: heard.set())
voice.start()
assert heard.wait(10)
voice.close()
assert not {"pyttsx3", "miniaudio", "espeakng_loader", "kiosk.voice", "wave"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=30)


SPEAKER = """
import sys
from kiosk.adapters.speech.voice import Voice
from kiosk.core.speech import Started, Utterance
voice = Voice(device="null")
def told(news):
    if isinstance(news, Started):
        print(voice.pid, voice._child.folder, flush=True)
voice.listen(told)
voice.say([Utterance("这是一个没有标点的长句子" * 100, "zh")], 100, 80)
sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["kill", "end"])
def test_the_child_never_outlives_the_kiosk(how: str) -> None:
    with subprocess.Popen([sys.executable, "-c", SPEAKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as kiosk:
        assert kiosk.stdin is not None
        assert kiosk.stdout is not None
        pid, folder = kiosk.stdout.readline().split()
        assert Path(folder.decode()).is_dir()
        if how == "kill":
            kiosk.kill()
        else:
            kiosk.stdin.close()
        kiosk.wait(LIMIT)
    assert gone(int(pid))
    assert not Path(folder.decode()).exists()


def test_close_leaves_no_process_and_no_files() -> None:
    ear = Ear()
    with voice(ear) as it:
        ear.until(Ready)
        number = it.say(spoken(*ZH), 100, 80)
        ear.until(Started(number, 0))
        pid = it.pid
        child = it._child
        assert child is not None
        assert child.folder.stat().st_mode & 0o077 == 0
        begun = time.monotonic()
        it.close()
        assert time.monotonic() - begun < 1
        assert gone(pid)
        assert not child.folder.exists()


def test_close_does_not_wait_for_a_child_that_hangs() -> None:
    ear = Ear()
    with voice(ear) as it:
        ear.until(Ready)
        pid = it.pid
        os.kill(pid, signal.SIGSTOP)
        it.close()
        assert gone(pid)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_the_child_has_no_file_of_the_kiosk_open(tmp_path: Path) -> None:
    ear = Ear()
    with (tmp_path / "log.sqlite").open("wb") as file:
        os.set_inheritable(file.fileno(), True)
        with voice(ear) as it:
            ear.until(Ready)
            files = [str(link.readlink()) for link in Path(f"/proc/{it.pid}/fd").iterdir()]
    assert not [name for name in files if "log.sqlite" in name or "/dev/pts" in name or "tty" in name]


def test_a_voice_whose_folder_was_cleaned_up_gets_another() -> None:
    ear = Ear()
    with voice(ear, patience=QUICK) as it:
        ear.until(Ready)
        assert it._child is not None
        it._child.folder.rmdir()
        number = it.say(spoken("好"), 200, 80)
        news = ear.until(Failed)
        assert isinstance(news, Failed)
        assert news.id == number
        assert news.why.endswith("is gone")
        ear.until(Sound(True))
        works(it, ear)


def test_a_child_that_can_not_be_started_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.adapters.speech.child._SHARED_MEMORY", tmp_path)
    with pytest.raises(OSError, match="nothing"):
        Child([str(tmp_path / "nothing")], lambda *_: None, lambda *_: None)
    assert list(tmp_path.iterdir()) == []


def test_a_child_that_is_killed_while_it_removes_its_folder_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.adapters.speech.child.private_folder", lambda: tmp_path / "voice")
    script = """
import pathlib, sys, time
from kiosk.voice import __main__ as program
folder = pathlib.Path(sys.argv[-1])
folder.mkdir()
(folder / "piece.wav").touch()
def slow(*_, **__):
    print("removing", file=sys.stderr, flush=True)
    time.sleep(1000)
program.shutil.rmtree = slow
program.leave(folder, 0)
"""
    child = Child([sys.executable, "-P", "-c", script], lambda *_: None, lambda *_: None)
    until = time.monotonic() + LIMIT
    while not list(tmp_path.glob("voice.*")):
        assert time.monotonic() < until
        time.sleep(0.01)
    child.end(0)
    assert list(tmp_path.iterdir()) == []


def test_what_the_child_complains_of_itself_is_logged_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    script = r"""
import sys
sys.stderr.write("ALSA lib: no card\nvoice: a.wav is not played: " + "x" * 2000 + "\n")
sys.stderr.flush()
sys.stderr.write("voice: it is slow\n" * 100)
"""
    told: SimpleQueue[str] = SimpleQueue()
    with caplog.at_level("WARNING", logger="kiosk.adapters.speech.child"):
        child = Child([sys.executable, "-P", "-c", script], lambda *_: None, lambda _, why: told.put(why))
        assert told.get(timeout=LIMIT) == "the voice ended with code 0: voice: it is slow"
        child.end(0)
    lines = [record.getMessage() for record in caplog.records]
    assert lines[0].startswith("voice: a.wav is not played: x")
    assert len(lines[0]) == 500
    assert lines[1:] == ["voice: it is slow"] * 49


def test_a_device_whose_name_no_command_line_can_hold_is_said() -> None:
    ear = Ear()
    with voice(ear, device="a\0b"):
        assert same(ear.until(Sound), Sound(False, "the voice can't be started: embedded null byte"))
    with voice(ear, device="--help") as it:
        assert isinstance(ear.until(Ready, Sound), Ready)
        assert it.pid


class Footprint(NamedTuple):
    """What a voice takes, in both processes."""

    threads: int
    files: int
    processes: int
    megabytes: float


def footprint(it: Voice) -> Footprint:
    own, child = Path("/proc/self"), Path(f"/proc/{it.pid}")
    children = [each for task in (child / "task").iterdir() for each in (task / "children").read_text().split()]
    pages = sum(int((process / "statm").read_text().split()[1]) for process in (own, child))
    return Footprint(
        sum(len(list((process / "task").iterdir())) for process in (own, child)),
        sum(len(list((process / "fd").iterdir())) for process in (own, child)),
        len(children),
        pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
    )


@pytest.mark.soak
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_after_10_000_utterances_nothing_has_grown(tmp_path: Path) -> None:
    """Heard to the end, hushed or cut off by the next, each another one, with what comes next made ready."""
    ear = Ear()
    cache = tmp_path / "voice"
    before = None
    with voice(ear, cache=str(cache), cache_megabytes=20) as it:
        for turn in range(10_000):
            number = it.say(spoken(f"{turn}"), 200, 0)
            it.prepare(spoken(*(f"{turn + more}" for more in (1, 2, 3))), 200)
            if turn % 100 == 0:
                ear.until(Finished(number))
            else:
                ear.until(Started(number, 0))
            if turn % 2:
                it.hush()
                ear.until(Hushed(number))
            ear.heard.clear()
            if turn == 1000:
                before = footprint(it)
        after = footprint(it)
        assert it._child is not None
        files = len(list(it._child.folder.iterdir()))
    assert before is not None
    assert after[:3] == before[:3]
    assert files <= 2, "in the child's own folder: what is being synthesised"
    assert after.megabytes < before.megabytes + 10
    assert sum(file.stat().st_size for file in cache.rglob("*") if file.is_file()) < 22e6
