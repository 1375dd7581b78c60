"""A pack with a recorded dialect: visitors change to it with `/`, read the same, and hear the recordings."""

from __future__ import annotations

import cmath
import wave
from array import array
from pathlib import Path
from queue import SimpleQueue

import pytest

from kiosk import wiring
from kiosk.adapters.packs.compiler import read_packs
from kiosk.adapters.speech.voice import Voice
from kiosk.core.catalogue import Catalogue
from kiosk.core.items import Item
from kiosk.core.keys import Key
from kiosk.core.recordings import path_of
from kiosk.core.speech import Failed, Finished, News, Repertoire, Utterance
from kiosk.ports import Words
from tests.adapters.packs.sample import TODAY, write_pack
from tests.end_to_end.premises import Premises, single_line
from tests.end_to_end.terminal import PATIENCE
from tests.usecases.stage import Hall
from tests.waves import RATE, save, tone

HENAN = "zh-henan"
PITCH = 300
"""Hertz, of the tones that stand for a person's voice."""
SECONDS = 0.7


@pytest.fixture(scope="module")
def dialect(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pack with a few parts recorded in its dialect; a tone is as good as a voice."""
    pack = write_pack(tmp_path_factory.mktemp("dialect"))
    scenes = [f"sample/{verdict}-{number}/scene-1" for verdict in ("fraud", "genuine") for number in (1, 2, 3)]
    for part in ("_kiosk/home-hello", *scenes):
        save(pack / path_of(part, HENAN), tone(SECONDS))
    return pack


@pytest.fixture(scope="module")
def content(dialect: Path) -> tuple[Catalogue, dict[str, Item]]:
    """The same, as the kiosk has it."""
    compiled = read_packs([dialect], TODAY)
    return compiled.catalogue, compiled.items


def test_a_visit_in_the_dialect(premises: Premises, dialect: Path, words: Words) -> None:
    """The sign in the head row names it; `/` changes the voice and nothing else; the log tells what was spoken."""
    terminal = premises.open("--content", str(dialect), muted=False)
    assert terminal.shows("河南话 [/]")
    terminal.press(b"1")
    assert terminal.shows(words.write("zh", "home-hello"))
    terminal.press(b"/")
    terminal.until(lambda: terminal.shows("English [/]"), "English is the next")
    assert terminal.shows(words.write("zh", "hint-way-back-times", name="普通话", times="两次"))
    assert terminal.shows(words.write("zh", "home-hello"))
    assert not terminal.shows(words.write("zh", "sign-no-voice"))
    terminal.press(b"1")
    terminal.until(lambda: terminal.shows(words.write("zh", "judge-question")), "the first case")
    terminal.press(b"1")
    terminal.press(b"9")
    terminal.press(b"3")
    terminal.until(lambda: terminal.shows("河南话 [/]"), "the welcome, in Mandarin again")
    (visit,) = premises.until_exported("visit", 1)
    assert (visit["language"], visit["ended_by"]) == (HENAN, "new-person")


def test_the_round_of_languages(premises: Premises, dialect: Path, words: Words) -> None:
    """Where the settings name the dialect it stands where they say, and a visit may begin in it."""
    premises.configure(f'[languages]\noffered = ["en", "{HENAN}"]\n')
    terminal = premises.open("--content", str(dialect), "--lang", HENAN)
    assert terminal.shows(words.write("zh", "welcome-question"))
    assert terminal.shows("English [/]")
    terminal.press(b"/")
    terminal.until(lambda: terminal.shows(words.write("en", "home-hello")), "home in English")
    assert terminal.shows("河南话 [/]")


def test_a_dialect_that_no_pack_has(premises: Premises, dialect: Path) -> None:
    """Exit 2 and a line that says which there are."""
    for more, options, said in (
        ("", ("--lang", "zh-hunan"), "zh-hunan is not offered: choose one of zh, zh-henan, en"),
        ('[languages]\noffered = ["zh", "yue"]\n', (), "there is no yue: choose of en, zh, zh-Hant, zh-henan"),
    ):
        premises.configure(more)
        terminal = premises.open("--content", str(dialect), *options, ready=False)
        assert terminal.until_ended() == 2
        assert said in single_line(terminal.raw.decode())


class Ear:
    """What the voice itself makes of what is to be said."""

    def __init__(self, known: Repertoire, folder: Path) -> None:
        self._folder = folder
        self._news: SimpleQueue[News] = SimpleQueue()
        self._voice = Voice(device="null")
        self._voice.listen(self._news.put)
        self._voice.know(known)

    def hear(self, utterances: tuple[Utterance, ...]) -> array[int]:
        path = self._folder / "heard.wav"
        self._voice.write(utterances, path, 100)
        while not isinstance(told := self._news.get(timeout=PATIENCE), Finished):
            assert not isinstance(told, Failed), told
        with wave.open(str(path)) as sound:
            assert sound.getframerate() == RATE
            return array("h", sound.readframes(sound.getnframes()))

    def close(self) -> None:
        self._voice.close()


def tones(samples: array[int]) -> int:
    """How many of the recorded tones are in it, by the seconds in which next to nothing but their pitch is heard."""
    width = RATE // 30
    wave_of = [cmath.exp(-2j * cmath.pi * PITCH * place / RATE) for place in range(width)]
    pure = 0
    for start in range(0, len(samples) - width, width):
        window = samples[start : start + width]
        energy = sum(sample * sample for sample in window)
        at_pitch = abs(sum(sample * each for sample, each in zip(window, wave_of, strict=True))) ** 2 * 2 / width
        pure += energy > width * 1_000_000 and at_pitch > 0.9 * energy
    return round(pure * width / RATE / SECONDS)


def test_what_is_recorded_is_what_is_heard(
    content: tuple[Catalogue, dict[str, Item]], words: Words, tmp_path: Path
) -> None:
    """Of what a visit says in the dialect, the recorded parts are played and the others synthesised; of what it says
    in Mandarin, none is."""
    hall = Hall(words, content=content)
    known = hall.speech.known[-1]
    assert known.languages == (("zh", "zh"), (HENAN, "zh"), ("en", "en"))
    hall.press("1", "/")
    home = hall.speech.said[-1].utterances
    assert [said.part for said in home if said.part == "_kiosk/home-hello"] == ["_kiosk/home-hello"]
    hall.press(Key.ONE)
    case = hall.speech.said[-1].utterances
    assert {said.language for said in case} == {HENAN}
    mandarin = tuple(said._replace(language="zh") for said in case)
    ear = Ear(known, tmp_path)
    try:
        assert [tones(ear.hear(said)) for said in (home, case, mandarin)] == [1, 1, 0]
    finally:
        ear.close()


def test_the_pack_is_without_fault(dialect: Path) -> None:
    """Its recordings too."""
    assert wiring.check_packs([dialect], TODAY) == []
