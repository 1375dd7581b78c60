"""The engine itself: pyttsx3 with the espeak-ng of the wheel, in this process."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.core.errors import SpeechError
from kiosk.voice import pcm
from kiosk.voice.espeak import short_path
from kiosk.voice.synthesis import Stuck, Synthesiser

ZH = "孙子打来电话，说他撞了人，要二十万。"
EN = "Your grandson rings and says he has hit somebody with his car."


@pytest.fixture(scope="module")
def synthesiser(tmp_path_factory: pytest.TempPathFactory) -> Synthesiser:
    it = Synthesiser(tmp_path_factory.mktemp("voice"))
    assert it.offer(["zh", "en", "bo"]) == ("zh", "en")
    return it


def test_the_bundled_library_is_used(synthesiser: Synthesiser) -> None:
    assert synthesiser.why == ""
    version = ctypes.CDLL("libespeak-ng.so.1").espeak_Info
    version.restype = ctypes.c_char_p
    assert version(None).startswith(b"1.52")


def test_mandarin_is_mandarin(synthesiser: Synthesiser) -> None:
    phonemes = synthesiser.phonemes("zh", ZH)
    assert "(en)" not in phonemes
    tones = [character for character in phonemes if character in "12345"]
    assert len(tones) >= 15
    assert "letter" not in phonemes
    assert "l,Et3" not in phonemes
    assert "l,Et3" in synthesiser.phonemes("en", ZH)


def test_english_is_english(synthesiser: Synthesiser) -> None:
    assert synthesiser.phonemes("en", "look") == "l'Uk"
    assert "(en)" in synthesiser.phonemes("zh", "look")


def test_a_voice_that_reads_mandarin_as_english_letters_is_passed_over(
    synthesiser: Synthesiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with espeak-ng 1.51, where only the voice for pinyin pronounces characters."""
    assert synthesiser._espeak is not None
    right = synthesiser._espeak.phonemes

    def phonemes(text: str) -> str:
        return f"(en){right(text)}(cmn)" if synthesiser._voice == "sit/cmn" else right(text)

    with monkeypatch.context() as patch:
        patch.setattr(synthesiser._espeak, "phonemes", phonemes)
        assert synthesiser.offer(["zh"]) == ("zh",)
        assert synthesiser._chosen["zh"].id == "sit/cmn-latn-pinyin"
    assert synthesiser.offer(["zh"]) == ("zh",)
    assert synthesiser._chosen["zh"].id == "sit/cmn"


def test_every_sentence_is_whole_and_at_its_own_speed(synthesiser: Synthesiser) -> None:
    """What was queued for the engine is thrown away where it is still busy with the sentence before."""
    cases = [(ZH, "zh", 50), (EN, "en", 200), ("好", "zh", 100), (EN, "en", 50), (ZH, "zh", 200), (EN, "en", 100)]
    lengths: dict[tuple[str, str, int], list[int]] = {}
    for _ in range(10):
        for case in cases:
            lengths.setdefault(case, []).append(len(synthesiser.speak(*case)))
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
library.espeak_SetParameter(1, 162, 0)
text = sys.argv[1].encode()
library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 1, 0, 0x1001, None, None)
print(count)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, ZH], capture_output=True, text=True, check=True, cwd=tmp_path, timeout=20
    )
    assert len(synthesiser.speak(ZH, "zh", 100)) == pytest.approx(int(done.stdout), rel=0.01)


def test_no_file_is_left_behind(synthesiser: Synthesiser) -> None:
    assert len(pcm.trimmed(synthesiser.speak("好", "zh", 100))) > 1000
    assert list(synthesiser._file.parent.iterdir()) == []


def test_without_its_folder_only_a_new_process_helps(
    synthesiser: Synthesiser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthesiser, "_file", tmp_path / "cleaned up" / "piece.wav")
    with pytest.raises(Stuck, match="is gone"):
        synthesiser.speak("好", "zh", 100)


def test_a_folder_that_can_not_be_written_is_an_error_at_once(
    synthesiser: Synthesiser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(synthesiser, "_file", tmp_path / "file" / "piece.wav")
    with pytest.raises(SpeechError, match="nothing can be written"):
        synthesiser.speak("好", "zh", 100)


def test_an_engine_that_does_not_come_back_is_given_up(
    synthesiser: Synthesiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthesiser._engine, "save_to_file", lambda *_: None)
    monkeypatch.setattr(synthesiser._engine, "runAndWait", lambda: None)
    with pytest.raises(Stuck, match="did not finish"):
        synthesiser.speak("好", "zh", 100)


def test_an_engine_that_refuses_is_an_error(synthesiser: Synthesiser) -> None:
    with pytest.raises(SpeechError, match="the voice can't"):
        synthesiser._set("no such property", 1)


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
