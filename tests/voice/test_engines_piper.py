"""The real piper library, running a model made here, beside the real pyttsx3 in the same process."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.core.errors import SpeechError
from kiosk.core.pace import expected_seconds
from kiosk.core.settings import SPEEDS
from kiosk.voice import pcm
from kiosk.voice.engine import Pace
from kiosk.voice.mandarin import RESPELLING
from kiosk.voice.piper import Piper

from .conftest import Make
from .neural import make_voice

ZH = "孙子打来电话，说他撞了人。"


def seconds(samples: pcm.Samples) -> float:
    return len(samples) / pcm.RATE


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_voice(tmp_path_factory.mktemp("voices") / "zh.onnx", "cmn")


def test_a_voice_file_goes_before_the_systems_voice(make: Make, chinese: Path) -> None:
    synthesiser = make(models={"zh": chinese})
    assert synthesiser.offer({"zh": "zh", "zh-henan": "zh", "en": "en"}) == ("zh", "zh-henan", "en")
    assert synthesiser.why == ""
    assert [(row.language, row.engine, row.voice, row.used) for row in synthesiser.describe()] == [
        ("zh", "piper", "zh.onnx", True),
        ("zh-henan", "piper", "zh.onnx", True),
        ("en", "espeak", "gmw/en", True),
    ]
    assert synthesiser.signature("zh", 100).startswith(f"piper {version('piper-tts')}-{RESPELLING} ")


def test_both_engines_speak_in_turn_and_neither_disturbs_the_other(make: Make, chinese: Path) -> None:
    """piper carries an espeak-ng of its own, whose calls have the names of the one that pyttsx3 uses."""
    both, alone = make(models={"zh": chinese}), make()
    both.offer({"zh": "zh", "en": "en"})
    alone.offer({"zh": "zh", "en": "en"})
    piece = "Look at it, ask about it."
    expected = len(alone.speak(piece, "en", 100).samples)
    neural = len(both.speak(ZH, "zh", 100).samples)
    for _ in range(5):
        assert len(both.speak(ZH, "zh", 100).samples) == neural
        assert both.phonemes("看", "zh").startswith("k")
        assert len(both.speak(piece, "en", 100).samples) == pytest.approx(expected, rel=0.01)
        assert alone.phonemes("看", "zh") == "kh'a51n_|"
    assert alone.speak(ZH, "zh", 100).words


def test_a_neural_voice_is_measured_and_keeps_the_promise(make: Make, chinese: Path) -> None:
    synthesiser = make(models={"zh": chinese})
    synthesiser.offer({"zh": "zh"})
    while synthesiser.calibrate("zh"):
        pass
    (row,) = synthesiser.describe()
    assert row.per_minute == pytest.approx(200, rel=0.02)
    for speed in SPEEDS:
        spoken = synthesiser.speak(ZH, "zh", speed)
        assert spoken.words == ()
        assert seconds(pcm.trimmed(spoken.samples)) == pytest.approx(expected_seconds(ZH, "zh", speed), rel=0.25)


def test_the_length_goes_by_the_pace_and_by_the_models_own_scale(tmp_path: Path) -> None:
    plain = Piper(make_voice(tmp_path / "plain.onnx", "cmn"))
    slow = Piper(make_voice(tmp_path / "slow.onnx", "cmn", scale=1.5))
    (voice,) = plain.voices()
    once = seconds(plain.speak(ZH, voice, Pace(100)).samples)
    assert seconds(plain.speak(ZH, voice, Pace(50)).samples) == pytest.approx(2 * once, rel=0.01)
    assert seconds(slow.speak(ZH, voice, Pace(100)).samples) == pytest.approx(1.5 * once, rel=0.01)


def test_another_sample_rate_becomes_the_kiosks(tmp_path: Path) -> None:
    usual = Piper(make_voice(tmp_path / "usual.onnx", "cmn"))
    low = Piper(make_voice(tmp_path / "low.onnx", "cmn", rate=16_000))
    (voice,) = usual.voices()
    expected = usual.speak(ZH, voice, Pace(100)).samples
    found = low.speak(ZH, voice, Pace(100)).samples
    assert len(found) == pytest.approx(len(expected), rel=0.001)
    crossings = [sum(a < 0 <= b for a, b in pairwise(each)) for each in (found, expected)]
    assert crossings[0] == pytest.approx(crossings[1], rel=0.01)


def test_phonemes_can_not_be_given(tmp_path: Path) -> None:
    piper = Piper(make_voice(tmp_path / "en.onnx", "en-us"))
    (voice,) = piper.voices()
    assert seconds(piper.speak("[[ a ]] look", voice, Pace(100)).samples) > 0
    assert piper.phonemes("look", voice) == "lˈʊk"


def test_mandarin_has_no_english_letters_in_it(chinese: Path) -> None:
    """Its espeak-ng has the same fault as the one for pyttsx3: 熊 would be "kʃəŋtˈuː"."""
    piper = Piper(chinese)
    (voice,) = piper.voices()
    assert piper.phonemes("熊", voice).strip() == "ɕˈonɡɜ"
    assert piper.phonemes("哪儿", voice) == "nˈɑ2 ˈər1"


def test_a_changed_file_is_another_voice(tmp_path: Path) -> None:
    first = Piper(make_voice(tmp_path / "voice.onnx", "cmn")).version
    assert Piper(tmp_path / "voice.onnx").version == first
    assert Piper(make_voice(tmp_path / "voice.onnx", "cmn", seconds=0.02)).version != first
    assert Piper(make_voice(tmp_path / "voice.onnx", "cmn", scale=1.1)).version != first


def missing(file: Path) -> None:
    file.unlink()


def no_config(file: Path) -> None:
    Path(f"{file}.json").unlink()


def no_model(file: Path) -> None:
    file.write_bytes(b"not a model")


def empty_config(file: Path) -> None:
    Path(f"{file}.json").write_text("{}")


def list_config(file: Path) -> None:
    Path(f"{file}.json").write_text("[]")


def english(file: Path) -> None:
    make_voice(file, "en-us")


def four_times_too_slow(file: Path) -> None:
    make_voice(file, "cmn", seconds=0.1)


def no_such_alphabet(file: Path) -> None:
    make_voice(file, "tlh-nonesuch")


def pinyin(file: Path) -> None:
    make_voice(file, "cmn", phoneme_type="pinyin")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (missing, "zh.onnx is not there"),
        (no_config, "zh.onnx.json is not there"),
        (no_model, "zh.onnx can't be loaded: "),
        (empty_config, "zh.onnx can't be loaded: "),
        (list_config, "zh.onnx can't be loaded: "),
        (english, "for 看"),
        (four_times_too_slow, " s to say “看一看，问一问，比一比。” instead of 2.7 s"),
        (no_such_alphabet, "piper can't pronounce: "),
        (pinyin, "g2pw.onnx is not there"),
    ],
)
def test_a_voice_file_that_will_not_do_leaves_the_language_to_the_system(
    make: Make, tmp_path: Path, spoil: object, why: str
) -> None:
    file = make_voice(tmp_path / "zh.onnx", "cmn")
    assert callable(spoil)
    spoil(file)
    synthesiser = make(models={"zh": file})
    assert synthesiser.offer({"zh": "zh"}) == ("zh",)
    failed, used = synthesiser.describe()
    assert (failed.language, failed.engine, failed.voice, failed.used) == ("zh", "piper", "zh.onnx", False)
    assert why in failed.why
    assert "\n" not in failed.why
    assert synthesiser.why == f"piper for zh: {failed.why}"
    assert (used.engine, used.voice, used.used) == ("espeak", "sit/cmn", True)
    assert synthesiser.speak("好", "zh", 100).samples


def test_without_the_package_the_language_is_left_to_the_system(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    synthesiser = make(models={"zh": make_voice(tmp_path / "zh.onnx", "cmn")})
    assert synthesiser.offer({"zh": "zh"}) == ("zh",)
    assert synthesiser.describe()[0].why == "piper is not installed (see-ask-compare-kiosk[piper])"


def test_a_model_that_fails_while_it_speaks_is_an_error(tmp_path: Path) -> None:
    piper = Piper(make_voice(tmp_path / "zh.onnx", "cmn"))
    (voice,) = piper.voices()
    piper._model.session = None
    with pytest.raises(SpeechError, match="piper can't speak: "):
        piper.speak(ZH, voice, Pace(100))


def test_piper_is_loaded_only_for_a_language_that_has_a_voice_file(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from kiosk.voice.synthesis import Synthesiser
synthesiser = Synthesiser(Path(sys.argv[1]), None, {"yue": Path("/nowhere.onnx")})
assert synthesiser.offer({"zh": "zh", "en": "en"}) == ("zh", "en")
heavy = {"piper", "onnxruntime", "numpy"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, timeout=30, stdout=subprocess.DEVNULL)
