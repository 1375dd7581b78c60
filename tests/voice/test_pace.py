"""A voice is measured on itself once, and then speaks as fast as was promised."""

from __future__ import annotations

import json
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.core.errors import SpeechError
from kiosk.core.pace import by_character, expected_seconds, normal, units
from kiosk.core.settings import SPEEDS
from kiosk.voice import calibration, pcm
from kiosk.voice.calibration import PASSAGES, Key, Measuring, Memory
from kiosk.voice.engine import Pace, Voice
from kiosk.voice.pace import Curve, guess, pace, per_minute
from kiosk.voice.pieces import pause_at, pieces
from kiosk.voice.pyttsx import _SAPI5_PACES, Pyttsx
from kiosk.voice.spoken import Spoken
from kiosk.voice.synthesis import Synthesiser

from .conftest import Make
from .test_every_sentence import sentences

CURVE: Curve = ((60.0, Pace(80, 10)), (100.0, Pace(80)), (200.0, Pace(160)), (400.0, Pace(300)))
PACES = tuple(pace for _, pace in CURVE)
KEY = Key("espeak", "1.52.0-1", "sit/cmn", "zh")


@pytest.mark.parametrize(
    ("speed", "expected"),
    [
        (15, Pace(40, 10)),
        (40, Pace(80, 5)),
        (50, Pace(80)),
        (75, Pace(120)),
        (100, Pace(160)),
        (150, Pace(230)),
        (300, Pace(450)),
    ],
)
def test_what_was_measured_is_interpolated_and_goes_on_in_proportion(speed: int, expected: Pace) -> None:
    assert pace(CURVE, "zh", speed, 0.0, between=True) == expected
    assert per_minute(CURVE, expected, 0.0) == pytest.approx(2 * speed)


def test_with_pauses_the_words_are_faster_and_the_whole_is_as_promised() -> None:
    """Of 0.3 s for a character at 100 %, 0.06 s are pause: 60 / 0.24 s = 250 characters a minute without it."""
    assert pace(CURVE, "zh", 100, 0.06, between=True) == Pace(195)
    assert per_minute(CURVE, Pace(195), 0.06) == pytest.approx(200)


def test_an_engine_of_steps_takes_the_nearest() -> None:
    assert pace(CURVE, "zh", 70, 0.0, between=False) == Pace(80)
    assert pace(CURVE, "zh", 80, 0.0, between=False) == Pace(160)


def test_the_paces_of_sapi_5_are_its_steps() -> None:
    """As pyttsx3 computes them: whole steps, rounded towards 0."""
    import math

    steps = [int(math.log(pace.rate / 156.63, 1.11)) for pace in _SAPI5_PACES]
    assert steps == list(range(-8, 9))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_before_it_is_measured_a_voice_is_guessed_and_never_slower_at_a_higher_speed(
    engine: Pyttsx, language: str
) -> None:
    curve = guess(engine, language)
    paces = [pace(curve, language, speed, 0.0, between=True) for speed in range(30, 300)]
    assert all(one.rate <= other.rate and one.gap >= other.gap for one, other in pairwise(paces))
    assert guess(engine, language)[-1][0] >= normal(language) * max(SPEEDS) / 100
    assert guess(engine, language)[0][0] <= normal(language) * min(SPEEDS) / 100


def test_varieties_of_chinese_count_characters() -> None:
    assert all(map(by_character, ("zh", "zh-henan", "yue")))
    assert not any(map(by_character, ("en", "en-gb", "zhuang")))
    assert normal("yue") == normal("zh") == 200
    assert normal("en-gb") == 125


def test_what_a_text_should_take() -> None:
    assert expected_seconds("看一看，问一问。", "zh") == pytest.approx(1.8)
    assert expected_seconds("看一看，问一问。", "zh-henan", 200) == pytest.approx(0.9)
    assert expected_seconds("Look – and ask.", "en", 50) == pytest.approx(2.88)


@pytest.fixture(scope="module")
def measured(engine: Pyttsx, tmp_path_factory: pytest.TempPathFactory) -> Synthesiser:
    """Both languages, one synthesis a step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.voice.synthesis.Pyttsx", lambda _: engine)
        synthesiser = Synthesiser(tmp_path_factory.mktemp("measured"), None, {})
    assert synthesiser.offer({"zh": "zh", "en": "en"}) == ("zh", "en")
    for language in ("zh", "en"):
        steps = 0
        while synthesiser.calibrate(language):
            steps += 1
        assert steps == sum(len(pieces(sentence)) for sentence in PASSAGES[language]) * len(engine.paces)
    return synthesiser


@pytest.fixture(scope="module")
def chosen(compiled_cache: Path) -> dict[str, list[str]]:
    """Sentences of the library, by language."""
    found: dict[str, list[str]] = {}
    for language in ("zh", "en"):
        every = sentences(language, compiled_cache)
        fit = [text for text in every if units(text, language) >= 5 and len(text) <= 100]
        found[language] = fit[:: len(fit) // 100]
    return found


@pytest.mark.parametrize("speed", [min(SPEEDS), 65, 100, max(SPEEDS)])  # espeak changes from gaps to rates at 65
@pytest.mark.parametrize("language", ["zh", "en"])
def test_real_sentences_are_as_fast_as_promised(
    measured: Synthesiser, chosen: dict[str, list[str]], language: str, speed: int
) -> None:
    """A hundred sentences of the library together, as they are heard: clause by clause, with the pauses between."""
    seconds = sum(
        len(pcm.trimmed(measured.speak(piece.text, language, speed).samples)) / pcm.RATE + pause_at(piece, speed)
        for text in chosen[language]
        for piece in pieces(text)
    )
    assert len(chosen[language]) >= 100
    per_minute = 60 * sum(units(text, language) for text in chosen[language]) / seconds
    assert per_minute == pytest.approx(normal(language) * speed / 100, rel=0.1)


def test_what_was_measured_is_told(measured: Synthesiser) -> None:
    told = {row.language: row.per_minute for row in measured.describe()}
    assert told["zh"] == pytest.approx(200, rel=0.02)
    assert told["en"] == pytest.approx(125, rel=0.02)


def test_a_voice_is_measured_once_and_remembered(make: Make, tmp_path: Path) -> None:
    memory = tmp_path / "cache" / "paces"
    first = make(memory)
    first.offer({"zh": "zh", "zh-henan": "zh"})
    assert first.describe()[0].per_minute == 0
    before = first.signature("zh", 200)
    while first.calibrate("zh-henan"):
        assert first.signature("zh", 200) == before
    assert first.signature("zh", 200) != before
    assert not first.calibrate("zh")
    second = make(memory)
    second.offer({"zh": "zh"})
    assert not second.calibrate("zh")
    assert second.signature("zh", 200) == first.signature("zh", 200)
    assert [file.suffix for file in memory.iterdir()] == [".json"]


def test_nothing_is_measured_of_a_language_that_is_not_spoken(make: Make) -> None:
    synthesiser = make()
    synthesiser.offer({"zh": "zh"})
    assert not synthesiser.calibrate("en")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        json.dumps({"key": ["espeak", "1.51", "sit/cmn", "zh"], "curve": CURVE}).encode(),
        json.dumps({"key": KEY, "curve": CURVE[:1]}).encode(),
        json.dumps({"key": KEY, "curve": CURVE[::-1]}).encode(),
        json.dumps({"key": KEY, "curve": [[0.0, [80, 10]], *CURVE[1:]]}).encode(),
        json.dumps({"key": KEY, "curve": [["60", [80, 10]], *CURVE[1:]]}).encode(),
        json.dumps({"key": KEY, "curve": [[float("nan"), [80, 10]], *CURVE[1:]]}).encode(),
        json.dumps({"key": KEY, "curve": [*CURVE, [500.0, [9999, 0]]]}).encode(),
        json.dumps({"key": KEY, "curve": [[60.0, [80, 10, 3]], *CURVE[1:]]}).encode(),
        json.dumps({"key": KEY, "curve": 7}).encode(),
    ],
)
def test_a_damaged_memory_is_no_measurement(tmp_path: Path, content: bytes) -> None:
    memory = Memory(tmp_path)
    memory.keep(KEY, PACES, CURVE)
    (file,) = tmp_path.iterdir()
    assert memory.recall(KEY, PACES) == CURVE
    file.write_bytes(content)
    assert memory.recall(KEY, PACES) is None
    memory.keep(KEY, PACES, CURVE)
    assert memory.recall(KEY, PACES) == CURVE


def test_another_voice_version_or_pace_is_another_measurement(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.keep(KEY, PACES, CURVE)
    for other in (KEY._replace(version="1.53.0-1"), KEY._replace(voice="sit/yue"), KEY._replace(engine="piper")):
        assert memory.recall(other, PACES) is None
    assert memory.recall(KEY, PACES[1:]) is None


def test_what_was_measured_otherwise_is_no_measurement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(tmp_path)
    memory.keep(KEY, PACES, CURVE)
    with monkeypatch.context() as patch:
        patch.setattr(calibration, "_METHOD", 0)
        assert memory.recall(KEY, PACES) is None
    with monkeypatch.context() as patch:
        patch.setattr(calibration, "pieces", lambda text: pieces(text, 5))
        assert memory.recall(KEY, PACES) is None
    assert memory.recall(KEY, PACES) == CURVE


def test_what_another_process_has_measured_meanwhile_is_used(tmp_path: Path) -> None:
    """All speak at one rate then, and what one of them keeps serves the others."""
    memory = Memory(tmp_path)
    other = tuple((rate + 1, pace) for rate, pace in CURVE)
    assert memory.keep(KEY, PACES, CURVE) == CURVE
    assert memory.keep(KEY, PACES, other) == CURVE
    assert memory.recall(KEY, PACES) == CURVE
    assert Memory(None).keep(KEY, PACES, other) == other


def test_a_memory_that_can_not_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for memory in (Memory(None), Memory(tmp_path / "file" / "paces")):
        memory.keep(KEY, PACES, CURVE)
        assert memory.recall(KEY, PACES) is None


class Stumbling:
    """An engine that fails at its last pace, or makes no difference between its paces."""

    name, version, between = "stumbling", "1", True
    paces = (Pace(100), Pace(200))

    def __init__(self, *, fails: bool) -> None:
        self._fails = fails

    def guess(self, pace: Pace, *, characters: bool) -> float:
        return float(pace.rate) if characters else pace.rate / 2

    def voices(self) -> tuple[Voice, ...]:
        return ()

    def pitch(self, speaker: int) -> int:
        return speaker

    def phonemes(self, text: str, voice: Voice) -> str:
        return text + voice.id

    def speak(self, piece: str, voice: Voice, pace: Pace) -> Spoken:
        if self._fails and pace.rate == 200:
            raise SpeechError(f"{voice.id} can't say {piece}")
        return Spoken(array("h", [1000]) * pcm.RATE)


@pytest.mark.parametrize("fails", [True, False])
def test_a_voice_that_can_not_be_measured_stays_guessed(fails: bool) -> None:
    measuring = Measuring(Stumbling(fails=fails), Voice("it", "It", ()), "zh")
    while measuring.step():
        pass
    assert measuring.curve() is None
