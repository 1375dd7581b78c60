"""The doctor goes on, in order and in time, whatever one part of the machine does."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from kiosk import config, wiring
from kiosk.core.catalogue import Catalogue
from kiosk.core.checkup import AREAS, Finding, State
from kiosk.core.errors import PackError, SpeechError
from kiosk.core.speech import Described, Failed, News, Ready, Rendered, Repertoire, Sound, Utterance, Voicing
from kiosk.usecases.examine import Subject, examine
from tests.fakes.packs import FakePacks


class Told:
    """A voice that tells what a test wants, at once."""

    def __init__(self, *answers: Callable[[int], News]) -> None:
        self._answers = list(answers)
        self._listener: Callable[[News], None] = print
        self.known: list[Repertoire] = []
        self.closed = threading.Event()

    def start(self) -> None:
        pass

    def know(self, repertoire: Repertoire) -> None:
        self.known.append(repertoire)

    def describe(self) -> int:
        number = len(self._answers)
        if self._answers:
            self._listener(self._answers.pop(0)(number))
        return number

    def render(self, utterances: Sequence[Utterance], speed: int) -> int:  # noqa: ARG002
        assert not any(utterance.text for utterance in utterances)
        self._listener(Rendered(99, 0.0, 0))
        return 99

    def listen(self, listener: Callable[[News], None]) -> None:
        self._listener = listener
        listener(Ready((), False, "no sound device"))

    def close(self) -> None:
        self.closed.set()


def described(number: int, per_minute: float = 200.0) -> Described:
    voices = tuple(Voicing(code, "espeak", code, "", True, "", per_minute) for code in ("zh", "en"))
    return Described(number, voices, "alsa", "", (), "", 1, 1)


@pytest.fixture(scope="module")
def cache(compiled_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped packs compiled."""
    return shutil.copytree(compiled_cache, tmp_path_factory.mktemp("examined") / "cache")


@pytest.fixture
def subject(tmp_path: Path, cache: Path) -> Subject:
    """This machine, with a voice that is all right."""
    file = tmp_path / "kiosk.toml"
    file.write_text(f"[data]\nfolder = {str(tmp_path / 'data')!r}\ncache = {str(cache)!r}\n", encoding="utf-8")
    return replace(wiring.subject(config.load(file)), voice=lambda: Told(described))


@pytest.fixture
def stuck() -> Iterator[Callable[..., NoReturn]]:
    """What never comes back, until the test is over."""
    over = threading.Event()

    def wait(*_: object) -> NoReturn:
        over.wait()
        raise AssertionError

    yield wait
    over.set()


def look(subject: Subject, seconds: float = 9.0) -> list[Finding]:
    return list(examine(subject, lambda _: None, seconds))


def areas(findings: list[Finding]) -> list[str]:
    return list(dict.fromkeys(finding.area for finding in findings))


def of(findings: list[Finding], area: str) -> list[Finding]:
    return [finding for finding in findings if finding.area == area]


def test_every_area_is_told_in_order(subject: Subject) -> None:
    assert areas(look(subject)) == [*AREAS]


def test_the_voice_is_asked_for_every_language_with_the_packs_folders(subject: Subject) -> None:
    voice = Told(described)
    look(replace(subject, voice=lambda: voice))
    (repertoire,) = voice.known
    assert repertoire.languages[:2] == (("zh", "zh"), ("en", "en"))
    assert repertoire.folders == (("elder-fraud", str(wiring.shipped("content") / "elder-fraud")),)
    assert voice.closed.wait(5)


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("by chance"), OSError(5, "I/O error"), SpeechError("it is hoarse")]
)
def test_one_part_that_fails_is_a_line_and_the_others_are_told(subject: Subject, error: Exception) -> None:
    def fail() -> NoReturn:
        raise error

    findings = look(replace(subject, voice=fail, log=fail))
    assert areas(findings) == [area for area in AREAS if area != "log"]
    (voice,) = of(findings, "voice")
    assert voice.state is State.BAD
    assert str(error) in voice.text
    assert "\n" not in voice.text
    assert voice.remedy


def test_what_does_not_come_back_is_told_as_that_in_time(subject: Subject, stuck: Callable[..., NoReturn]) -> None:
    begun = time.monotonic()
    findings = look(replace(subject, voice=stuck, log=stuck), 1.5)
    assert time.monotonic() - begun < 5.0
    (voice,) = of(findings, "voice")
    assert (voice.state, voice.text) == (State.BAD, "could not be told within 1.5 s")
    assert of(findings, "packs")[0].state is State.OK
    assert of(findings, "keyboard")


def test_packs_that_can_not_be_shown_are_bad_and_the_voice_is_asked_all_the_same(subject: Subject) -> None:
    class Broken(FakePacks):
        def catalogue(self) -> NoReturn:
            raise PackError("/srv: nothing in it can be shown")

    findings = look(replace(subject, packs=Broken(Catalogue(), {})))
    (packs,) = of(findings, "packs")
    assert packs == Finding("packs", State.BAD, "/srv: nothing in it can be shown", packs.remedy)
    assert packs.remedy == f"kiosk content check {wiring.shipped('content')}"
    assert [finding.state for finding in of(findings, "voice")] == [State.OK, State.OK]


def test_a_voice_that_falls_says_why(subject: Subject) -> None:
    fallen = Told(lambda number: Failed(number, "the voice ended with code 1"))
    (voice,) = of(look(replace(subject, voice=lambda: fallen)), "voice")
    assert (voice.state, voice.text) == (State.BAD, "the voice ended with code 1")


def test_a_voice_that_says_nothing_is_not_waited_for(subject: Subject) -> None:
    dumb = Told(lambda _: Sound(False, "the card has gone"))
    (voice,) = of(look(replace(subject, voice=lambda: dumb), 2.0), "voice")
    assert (voice.state, voice.text) == (State.BAD, "the card has gone")


def test_a_voice_that_was_never_measured_is(subject: Subject) -> None:
    new = Told(lambda number: described(number, 0.0), lambda number: described(number, 199.7))
    voices = of(look(replace(subject, voice=lambda: new)), "voice")
    assert [finding.text for finding in voices] == [
        "zh: espeak zh, 200 characters a minute",
        "en: espeak en, 200 words a minute",
    ]


def test_who_waits_is_told_for_what(subject: Subject) -> None:
    waited: list[str] = []
    list(examine(subject, waited.append))
    assert set(waited) <= set(AREAS)
