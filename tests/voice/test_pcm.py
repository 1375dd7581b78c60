"""Sound in files and between silences."""

from __future__ import annotations

import struct
import wave
from array import array
from pathlib import Path

import pytest

from kiosk.core.errors import SpeechError
from kiosk.voice import pcm
from kiosk.voice.pcm import RATE

TONE = array("h", [10_000, -10_000] * 1100)


def aiff(
    samples: bytes, *, kind: bytes = b"AIFF", compression: bytes = b"", bits: int = 16, channels: int = 1
) -> bytes:
    exponent, mantissa = 16383 + 14, RATE << (63 - 14)
    frames = len(samples) // 2 // channels
    common = struct.pack(">hIhHQ", channels, frames, bits, exponent, mantissa) + compression
    sound = struct.pack(">II", 0, 0) + samples
    chunks = b"".join(
        name + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)
        for name, body in ((b"FVER", b"abc"), (b"COMM", common), (b"SSND", sound))
    )
    return b"FORM" + struct.pack(">I", 4 + len(chunks)) + kind + chunks


def test_silence_at_the_ends_is_cut_off_and_that_within_stays() -> None:
    quiet = array("h", [3, -3] * 2000)
    within = TONE + quiet + TONE
    found = pcm.trimmed(quiet + within + quiet)
    assert abs(len(found) - len(within)) <= 220
    assert max(found[:200]) == 10_000
    assert pcm.trimmed(quiet) == array("h")
    assert pcm.trimmed(array("h")) == array("h")
    assert pcm.trimmed(TONE) == TONE


def test_a_wav_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    pcm.write(path, TONE)
    assert pcm.read(path) == TONE
    assert [file.name for file in tmp_path.iterdir()] == ["a.wav"]


def test_another_rate_and_two_channels_become_the_kiosks_own(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(44_100)
        sound.writeframes(bytes(4 * 44_100))
    assert len(pcm.read(path)) == pytest.approx(RATE, abs=4)


@pytest.mark.parametrize(
    ("kind", "compression", "order"), [(b"AIFF", b"", ">"), (b"AIFC", b"NONE", ">"), (b"AIFC", b"sowt", "<")]
)
def test_an_aiff_is_read_whatever_its_name_says(tmp_path: Path, kind: bytes, compression: bytes, order: str) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(aiff(struct.pack(f"{order}4h", 1, -2, 300, -400), kind=kind, compression=compression))
    assert list(pcm.read(path)) == [1, -2, 300, -400]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"RIFF\0\0\0\0WAVEjunk",
        b"FORM",
        b"FORM\0\0\0\x04AIFF",
        aiff(b"1234", bits=8),
        aiff(b"1234", kind=b"AIFC", compression=b"ima4"),
        bytes(1000),
    ],
)
def test_what_is_no_sound_is_an_error_that_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(SpeechError, match="no sound that can be read"):
        pcm.read(path)


def test_a_file_that_can_not_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        pcm.write(tmp_path / "missing" / "a.wav", TONE)
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        pcm.write(tmp_path / "folder", TONE)
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]
