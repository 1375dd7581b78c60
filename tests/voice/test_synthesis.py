"""The system's own engine: pyttsx3 with the espeak-ng of the wheel, in this process."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from array import array
from pathlib import Path
from statistics import median

import pytest

from kiosk.core.errors import SpeechError
from kiosk.core.settings import SPEEDS
from kiosk.voice import pcm, synthesis
from kiosk.voice.engine import Voice
from kiosk.voice.espeak import short_path
from kiosk.voice.mandarin import RESPELLING
from kiosk.voice.pyttsx import Pyttsx
from kiosk.voice.spoken import Stuck
from kiosk.voice.synthesis import Synthesiser

from .conftest import Make

ZH = "孙子打来电话，说他撞了人，要二十万。"
EN = "Your grandson rings and says he has hit somebody with his car."


@pytest.mark.usefixtures("engine")
def test_the_bundled_library_is_used() -> None:
    version = ctypes.CDLL("libespeak-ng.so.1").espeak_Info
    version.restype = ctypes.c_char_p
    assert version(None).startswith(b"1.52")


def test_mandarin_is_mandarin(synthesiser: Synthesiser) -> None:
    phonemes = synthesiser.phonemes(ZH, "zh")
    assert "(en)" not in phonemes
    tones = [character for character in phonemes if character in "12345"]
    assert len(tones) >= 15
    assert "letter" not in phonemes
    assert "l,Et3" not in phonemes
    assert "l,Et3" in synthesiser.phonemes(ZH, "en")


def test_every_character_of_gb_2312_is_mandarin(synthesiser: Synthesiser) -> None:
    """The 6,763 of the national standard; espeak-ng 1.52 alone reads 兄, 熊, 穷 and 哪儿 as English letters."""
    characters = [
        bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
    ]
    assert sum(map(bool, characters)) == 6763
    assert [each for each in characters if each and "(" in synthesiser.phonemes(each, "zh")] == []
    endings = [f"{each}儿" for each in "哪这那会点事玩花跟画头女儿" if "(" in synthesiser.phonemes(f"{each}儿", "zh")]
    assert endings == []


def test_a_child_is_a_word_and_an_ending_is_none(synthesiser: Synthesiser) -> None:
    assert synthesiser.phonemes("跟儿子说", "zh") == "k'@55n_| '@r35_| ts'i[11_| s.w'o55_|"
    assert synthesiser.phonemes("在哪儿买", "zh") == "ts'ai51_| n'A214_| '@r11_| m'ai214_|"


def test_english_is_english(synthesiser: Synthesiser) -> None:
    assert synthesiser.phonemes("look", "en") == "l'Uk"
    assert "(en)" in synthesiser.phonemes("look", "zh")


def test_a_variety_is_spoken_by_its_own_voice_or_else_by_that_of_its_written_language(make: Make) -> None:
    synthesiser = make()
    offered = {"yue": "zh", "zh-henan": "zh", "en": "en"}
    assert synthesiser.offer(offered) == ("yue", "zh-henan", "en")
    assert synthesiser.phonemes("看", "yue") == "h'o3n_|"
    assert synthesiser.phonemes("看", "zh-henan") == "kh'a51n_|"
    assert [(row.language, row.voice, row.used) for row in synthesiser.describe()] == [
        ("yue", "sit/yue", True),
        ("zh-henan", "sit/cmn", True),
        ("en", "gmw/en", True),
    ]
    assert synthesiser.offer({"zh": "zh"}) == ("zh",)
    assert synthesiser.languages == {"zh"}


def test_a_language_that_is_no_longer_offered_is_an_error(make: Make) -> None:
    synthesiser = make()
    synthesiser.offer({"zh": "zh"})
    synthesiser.offer({"en": "en"})
    for use in (synthesiser.speak, lambda *_: synthesiser.signature("zh", 100)):
        with pytest.raises(SpeechError, match="no voice for zh"):
            use("好", "zh", 100)
    with pytest.raises(SpeechError, match="no voice for zh"):
        synthesiser.phonemes("好", "zh")


def test_a_voice_that_reads_mandarin_as_english_letters_is_passed_over_and_told(
    make: Make, engine: Pyttsx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with espeak-ng 1.51, where only the voice for pinyin pronounces characters."""
    right = engine.phonemes

    def phonemes(text: str, voice: Voice) -> str:
        return "(en)kanf'o@(cmn)_|" if voice.id == "sit/cmn" else right(text, voice)

    monkeypatch.setattr(engine, "phonemes", phonemes)
    synthesiser = make()
    assert synthesiser.offer({"zh": "zh"}) == ("zh",)
    failed, used = synthesiser.describe()
    assert (failed.voice, failed.used, failed.why) == ("sit/cmn", False, "says “(en)kanf'o@(cmn)_|” for 看")
    assert (used.voice, used.used, used.why) == ("sit/cmn-latn-pinyin", True, "")


def test_without_any_engine_there_is_no_language_and_a_reason(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> Pyttsx:
        raise RuntimeError("espeak is not installed")

    monkeypatch.setattr(synthesis, "Pyttsx", broken)
    synthesiser = make()
    assert synthesiser.offer({"zh": "zh", "en": "en"}) == ()
    assert synthesiser.describe() == ()
    assert "espeak is not installed" in synthesiser.why


def test_words_are_told_where_they_sound(synthesiser: Synthesiser) -> None:
    """Each begins after the one before it, and where its own sound begins: a text up to it is as long."""
    piece = "孙子打来电话，胸前挂着牌子，问住哪儿。"
    samples, words = synthesiser.speak(piece, "zh", 100)
    assert "".join(piece[start : start + length] for _, start, length in words) == "孙子打来电话胸前挂着牌子问住哪儿"
    offsets = [offset for offset, _, _ in words]
    assert offsets == sorted(set(offsets))
    assert offsets[0] >= 0
    assert offsets[-1] < len(samples)
    after_comma = next(offset for offset, start, _ in words if piece[start] == "胸")
    assert after_comma == pytest.approx(len(synthesiser.speak("孙子打来电话，", "zh", 100).samples), rel=0.03)


def test_words_of_letters_are_whole(synthesiser: Synthesiser) -> None:
    piece = "Look at it. “Don't” pay the well-known man."
    words = synthesiser.speak(piece, "en", 100).words
    assert [piece[start : start + length] for _, start, length in words] == [
        *("Look", "at it", "Don't", "pay", "the", "well-known", "man")
    ]


def test_the_signature_tells_one_sound_from_another(synthesiser: Synthesiser) -> None:
    every = {synthesiser.signature(language, speed) for language in ("zh", "en") for speed in SPEEDS}
    assert len(every) == 2 * len(SPEEDS)
    assert synthesiser.signature("zh", 100).startswith(f"espeak 1.52.0-{RESPELLING} sit/cmn ")


def fundamental(samples: array[int]) -> float:
    """The median Hz of the loud 40 ms of a voice, by autocorrelation."""
    width = pcm.RATE // 25
    found = []
    for start in range(0, len(samples) - 2 * width, width):
        part = samples[start : start + 2 * width]
        if max(part[:width]) > 3_000:
            lags = range(pcm.RATE // 300, pcm.RATE // 55)
            best = max(lags, key=lambda lag, part=part: sum(part[at] * part[at + lag] for at in range(0, width, 5)))  # type: ignore[misc]
            found.append(pcm.RATE / best)
    return median(found)


@pytest.mark.parametrize(("text", "language"), [("大姐，往那边让让", "zh"), ("The car comes to my door", "en")])
def test_others_who_speak_are_lower_and_higher_and_as_fast_and_the_teller_is_himself_again(
    synthesiser: Synthesiser, text: str, language: str
) -> None:
    before, lower, higher, after = (
        pcm.trimmed(synthesiser.speak(text, language, 100, speaker).samples) for speaker in (0, 1, 2, 0)
    )
    assert fundamental(lower) * 1.1 < fundamental(before) < fundamental(higher) / 1.1
    assert fundamental(after) == pytest.approx(fundamental(before), rel=0.03)
    assert len(lower) == pytest.approx(len(before), rel=0.03)
    assert len(higher) == pytest.approx(len(before), rel=0.03)
    assert len({synthesiser.signature(language, 100, speaker) for speaker in (0, 1, 2)}) == 3
    assert synthesiser.signature(language, 100, 3) == synthesiser.signature(language, 100, 1)


def test_every_sentence_is_whole_and_at_its_own_speed(synthesiser: Synthesiser) -> None:
    """What was queued for the engine is thrown away where it is still busy with the sentence before."""
    cases = [(ZH, "zh", 50), (EN, "en", 200), ("好", "zh", 100), (EN, "en", 50), (ZH, "zh", 200), (EN, "en", 100)]
    lengths: dict[tuple[str, str, int], list[int]] = {}
    for _ in range(10):
        for case in cases:
            lengths.setdefault(case, []).append(len(synthesiser.speak(*case).samples))
    for case, found in lengths.items():
        assert max(found) <= 1.03 * min(found), case
    assert len({min(found) for found in lengths.values()}) == len(cases)


def test_it_is_as_long_as_espeaks_own(synthesiser: Synthesiser, tmp_path: Path) -> None:
    """Nothing is lost between the library and the file; measured in another process, without pyttsx3."""
    script = """
import ctypes, os, sys
import espeakng_loader
os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
library = ctypes.CDLL(espeakng_loader.get_library_path())
library.espeak_Initialize(2, 0, None, 0)
count = 0
def take(_, samples, __):
    global count
    count += samples
    return 0
callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(take)
library.espeak_SetSynthCallback(callback)
library.espeak_SetVoiceByName(b"sit/cmn")
library.espeak_SetParameter(1, int(sys.argv[2]), 0)
text = sys.argv[1].encode()
library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 1, 0, 0x1001, None, None)
print(count)
"""
    rate = synthesiser.signature("zh", 100).split()[3]
    done = subprocess.run(
        [sys.executable, "-c", script, ZH, rate], capture_output=True, text=True, check=True, cwd=tmp_path, timeout=20
    )
    assert len(synthesiser.speak(ZH, "zh", 100).samples) == pytest.approx(int(done.stdout), rel=0.01)


def test_no_file_is_left_behind(synthesiser: Synthesiser, engine: Pyttsx) -> None:
    assert len(pcm.trimmed(synthesiser.speak("好", "zh", 100).samples)) > 1000
    assert list(engine._file.parent.iterdir()) == []


def test_without_its_folder_only_a_new_process_helps(
    synthesiser: Synthesiser, engine: Pyttsx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_file", tmp_path / "cleaned up" / "piece.wav")
    with pytest.raises(Stuck, match="is gone"):
        synthesiser.speak("好", "zh", 100)


def test_a_folder_that_can_not_be_written_is_an_error_at_once(
    synthesiser: Synthesiser, engine: Pyttsx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(engine, "_file", tmp_path / "file" / "piece.wav")
    with pytest.raises(SpeechError, match="nothing can be written"):
        synthesiser.speak("好", "zh", 100)


def test_an_engine_that_does_not_come_back_is_given_up(
    synthesiser: Synthesiser, engine: Pyttsx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine._engine, "save_to_file", lambda *_: None)
    monkeypatch.setattr(engine._engine, "runAndWait", lambda: None)
    with pytest.raises(Stuck, match="did not finish"):
        synthesiser.speak("好", "zh", 100)


def test_an_engine_that_refuses_is_an_error(engine: Pyttsx) -> None:
    with pytest.raises(SpeechError, match="the voice can't"):
        engine._set("no such property", 1)


def test_a_long_path_to_the_data_gets_a_short_name(tmp_path: Path) -> None:
    """espeak-ng ends the process where the path of its data doesn't fit into 160 bytes."""
    data = tmp_path.joinpath(*["a folder with a long name"] * 8) / "espeak-ng-data"
    data.mkdir(parents=True)
    (data / "phontab").write_text("here")
    folder = tmp_path / "short"
    folder.mkdir()
    for _ in range(2):
        assert (short_path(data, folder) / "phontab").read_text() == "here"
    assert short_path(folder, folder) == folder or len(str(folder)) > 120
