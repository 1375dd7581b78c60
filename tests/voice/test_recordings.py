"""Recordings in packs: which file is played, and what is heard of it.

`files/tone.mp3` (64 kbit/s, two channels, 44.1 kHz) and `files/tone.ogg` (48 kHz) are 1.2 s of a sine of 500 Hz between
0.3 s of silence.
"""

from __future__ import annotations

import math
import os
import struct
import sys
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.core.errors import SpeechError
from kiosk.voice.pcm import RATE, Samples
from kiosk.voice.recordings import LEVEL, Recording, Recordings, level_of

FILES = Path(__file__).parent / "files"

PART = "pack/item/scene-1"


def sine(seconds: float, loudness: int = 9_000, rate: int = RATE, hertz: float = 500.0) -> Samples:
    return array(
        "h", [round(loudness * math.sin(2 * math.pi * hertz * at / rate)) for at in range(round(rate * seconds))]
    )


def write_wav(path: Path, samples: Samples, rate: int = RATE, channels: int = 1, width: int = 2) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    frames = samples.tobytes()
    if width > 2:
        frames = b"".join(bytes(width - 2) + frames[at : at + 2] for at in range(0, len(frames), 2))
    if channels > 1:
        frames = b"".join(frames[at : at + width] * channels for at in range(0, len(frames), width))
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(frames)


def flac(samples: Samples, rate: int = RATE) -> bytes:
    """A FLAC of verbatim frames, one channel."""

    def crc(data: bytes, polynomial: int, bits: int) -> int:
        value, top = 0, 1 << bits - 1
        for byte in data:
            value ^= byte << bits - 8
            for _ in range(8):
                value = (value << 1 ^ (polynomial if value & top else 0)) & (1 << bits) - 1
        return value

    size = 4096
    whole = len(samples) // size
    info = struct.pack(">HH6s", size, size, bytes(6)) + (rate << 44 | 0 << 41 | 15 << 36 | whole * size).to_bytes(
        8, "big"
    )
    out = b"fLaC" + b"\x80" + (34).to_bytes(3, "big") + info + bytes(16)
    for number in range(whole):
        assert number < 128
        header = bytes([0xFF, 0xF8, 0xC0, 0x08, number])
        header += bytes([crc(header, 0x07, 8)])
        block = samples[number * size : (number + 1) * size]
        frame = header + b"\x02" + struct.pack(f">{size}h", *block)
        out += frame + crc(frame, 0x8005, 16).to_bytes(2, "big")
    return out


def place(pack: Path, suffix: str = ".wav", language: str = "zh", item: str = "item", part: str = "scene-1") -> Path:
    path = pack / "audio" / language / item / f"{part}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def pitch(samples: Samples) -> float:
    rises = [at for at, (one, other) in enumerate(pairwise(samples)) if one < 0 <= other]
    return RATE * (len(rises) - 1) / (rises[-1] - rises[0])


def heard(recordings: Recordings, part: str = PART, language: str = "zh") -> Samples:
    found = recordings.find(part, language)
    assert found
    return array("h", b"".join(chunk.tobytes() for chunk in recordings.play(found)))


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings([("pack", str(tmp_path / "pack")), ("other", str(tmp_path / "other"))])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "pack"


def test_a_part_is_found_in_its_own_pack_item_and_language(recordings: Recordings, pack: Path) -> None:
    write_wav(place(pack), sine(1))
    assert recordings.find(PART, "zh")
    for part, language in ((PART, "en"), ("other/item/scene-1", "zh"), ("pack/item/scene-2", "zh"), ("", "zh")):
        assert recordings.find(part, language) is None
    assert recordings.find("nobody/item/scene-1", "zh") is None


def test_the_interfaces_own_phrases_may_lie_in_any_pack_and_the_first_is_played(
    recordings: Recordings, tmp_path: Path
) -> None:
    second = place(tmp_path / "other", item="_kiosk", part="digit-1")
    write_wav(second, sine(1))
    found = recordings.find("_kiosk/digit-1", "zh")
    assert found
    assert found.path == second
    first = place(tmp_path / "pack", item="_kiosk", part="digit-1")
    write_wav(first, sine(1))
    found = recordings.find("_kiosk/digit-1", "zh")
    assert found
    assert found.path == first


def test_of_several_formats_the_least_compressed_is_played(recordings: Recordings, pack: Path) -> None:
    for suffix in (".ogg", ".mp3", ".flac", ".wav"):
        place(pack, suffix).write_bytes(b"x")
        found = recordings.find(PART, "zh")
        assert found
        assert found.path.suffix == suffix


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".ogg"])
def test_each_format_is_heard_without_the_silence_at_its_ends(recordings: Recordings, pack: Path, suffix: str) -> None:
    path = place(pack, suffix)
    sound = array("h", bytes(2 * 8192)) + sine(1.2) + array("h", bytes(2 * 8192))
    if suffix == ".wav":
        write_wav(path, sound)
    else:
        path.write_bytes(flac(sound) if suffix == ".flac" else (FILES / f"tone{suffix}").read_bytes())
    samples = heard(recordings)
    assert len(samples) / RATE == pytest.approx(1.2, abs=0.06)
    assert pitch(samples[2000:-2000]) == pytest.approx(500, rel=0.01)


@pytest.mark.parametrize(
    ("rate", "channels", "width"), [(44_100, 2, 2), (48_000, 1, 3), (16_000, 1, 4), (22_050, 6, 2)]
)
@pytest.mark.parametrize("with_miniaudio", [True, False])
def test_a_wav_of_any_rate_is_at_its_pitch_with_or_without_miniaudio(
    recordings: Recordings,
    pack: Path,
    monkeypatch: pytest.MonkeyPatch,
    rate: int,
    channels: int,
    width: int,
    with_miniaudio: bool,
) -> None:
    write_wav(place(pack), sine(1.0, rate=rate), rate, channels, width)
    if not with_miniaudio:
        monkeypatch.setitem(sys.modules, "miniaudio", None)
    samples = heard(recordings)
    assert len(samples) / RATE == pytest.approx(1.0, abs=0.02)
    assert pitch(samples) == pytest.approx(500, rel=0.01)


def test_without_miniaudio_the_other_formats_are_refused_and_that_is_said(
    recordings: Recordings, pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place(pack, ".mp3").write_bytes((FILES / "tone.mp3").read_bytes())
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    with pytest.raises(SpeechError, match="without miniaudio"):
        heard(recordings)
    assert "tone" not in capsys.readouterr().err
    assert recordings.find(PART, "zh") is None


def test_silence_within_stays(recordings: Recordings, pack: Path) -> None:
    quiet = array("h", bytes(2 * 2 * RATE))
    write_wav(place(pack), quiet + sine(1) + quiet + sine(1) + quiet)
    assert len(heard(recordings)) / RATE == pytest.approx(4, abs=0.02)


@pytest.mark.parametrize("loudness", [900, 3_000, 6_000, 12_000, 32_000])
def test_loud_and_soft_recordings_come_near_the_voices_level(recordings: Recordings, pack: Path, loudness: int) -> None:
    sound = sine(3, loudness)
    write_wav(place(pack), sound)
    samples = heard(recordings)
    before, after = level_of(sound) / LEVEL, level_of(samples) / LEVEL
    assert abs(math.log(after)) <= abs(math.log(before)) + 0.01
    assert 0.5 <= after <= 2.7
    assert 0.45 <= after / before <= 4.1
    assert max(samples) <= 32_767
    assert pitch(samples) == pytest.approx(500, rel=0.01)


def test_a_click_at_the_beginning_does_not_push_it_over_the_top(recordings: Recordings, pack: Path) -> None:
    write_wav(place(pack), array("h", [32_767, -32_768] * 50) + sine(3, 1_000))
    samples = heard(recordings)
    assert max(samples) <= 32_767
    assert min(samples) >= -32_768


def test_loud_passages_after_a_soft_beginning_are_held_down(recordings: Recordings, pack: Path) -> None:
    write_wav(place(pack), sine(3, 1_500) + sine(1, 32_000))
    samples = heard(recordings)
    assert 30_000 <= max(samples) <= 32_767


def broken(kind: str) -> bytes:
    good = {suffix: (FILES / f"tone{suffix}").read_bytes() for suffix in (".mp3", ".ogg")}
    return {
        "empty": b"",
        "text": b"this is no sound\n" * 500,
        "zeros": bytes(100_000),
        "head": b"RIFF\xff\xff\xff\xffWAVEfmt ",
        "page": good[".ogg"][:100],
    }[kind]


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".ogg"])
@pytest.mark.parametrize("kind", ["empty", "text", "zeros", "head", "page"])
def test_what_is_no_sound_is_refused_once_and_the_next_format_found(
    recordings: Recordings, pack: Path, capsys: pytest.CaptureFixture[str], suffix: str, kind: str
) -> None:
    path = place(pack, suffix)
    path.write_bytes(broken(kind))
    found = recordings.find(PART, "zh")
    assert found
    with pytest.raises(SpeechError):
        next(recordings.play(found))
    assert capsys.readouterr().err.count(str(path)) == 1
    assert recordings.find(PART, "zh") is None
    write_wav(path.with_suffix(".wav"), sine(1))
    os.utime(path.with_suffix(".wav"), (1, 1))
    assert recordings.find(PART, "zh"), "a file that was mended is another one"


@pytest.mark.parametrize(("suffix", "share"), [(".mp3", 0.6), (".ogg", 0.9)])
def test_part_of_a_file_is_played_as_far_as_it_goes(
    recordings: Recordings, pack: Path, suffix: str, share: float
) -> None:
    whole = (FILES / f"tone{suffix}").read_bytes()
    place(pack, suffix).write_bytes(whole[: int(len(whole) * share)])
    assert 0.3 < len(heard(recordings)) / RATE < 1.19


def test_silence_alone_is_no_recording(recordings: Recordings, pack: Path) -> None:
    write_wav(place(pack), array("h", [2, -2] * RATE))
    with pytest.raises(SpeechError, match="nothing to hear"):
        heard(recordings)


@pytest.mark.parametrize("with_miniaudio", [True, False])
def test_what_is_longer_than_a_minute_is_refused(
    recordings: Recordings, pack: Path, monkeypatch: pytest.MonkeyPatch, with_miniaudio: bool
) -> None:
    if not with_miniaudio:
        monkeypatch.setitem(sys.modules, "miniaudio", None)
    write_wav(place(pack), sine(1) * 61)
    with pytest.raises(SpeechError, match="longer than 60 s"):
        heard(recordings)
    write_wav(place(pack), sine(1) * 59)
    assert len(heard(recordings)) / RATE == pytest.approx(59, abs=0.1)


def test_an_mp3_that_does_not_tell_its_length_is_refused_too(recordings: Recordings, pack: Path) -> None:
    place(pack, ".mp3").write_bytes((FILES / "tone.mp3").read_bytes() * 40)
    with pytest.raises(SpeechError, match="longer than 60 s"):
        heard(recordings)


def test_a_file_that_is_too_large_is_not_read(recordings: Recordings, pack: Path) -> None:
    path = place(pack)
    with path.open("wb") as file:
        file.truncate(40_000_000)
    with pytest.raises(SpeechError, match="larger than 32 MB"):
        heard(recordings)


@pytest.mark.parametrize(
    "part",
    [
        "pack/../secret/scene-1",
        "pack/item/../../../../secret",
        "pack//etc/passwd",
        "pack/item/..",
        "pack/item/sub/scene-1",
        "_kiosk/../../../../secret/x",
        "/etc/passwd",
        "pack/item/scene-1\0",
        "pack/" + "x" * 5000 + "/y",
    ],
)
def test_no_name_of_a_part_leads_out_of_the_folder(
    recordings: Recordings, pack: Path, tmp_path: Path, part: str
) -> None:
    for name in ("secret.wav", "secret/scene-1.wav", "secret/x.wav", "pack/secret/scene-1.wav"):
        write_wav(tmp_path / name, sine(1))
    (pack / "audio/zh/item").mkdir(parents=True)
    write_wav(pack / "audio/zh/secret/scene-1.wav", sine(1))
    write_wav(pack / "audio/secret/scene-1.wav", sine(1))
    assert recordings.find(part, "zh") is None


@pytest.mark.parametrize("language", ["..", "../..", "", ".", "zh/item", "/"])
def test_no_language_leads_out_of_the_folder(recordings: Recordings, pack: Path, language: str) -> None:
    write_wav(pack / "audio/zh/item/scene-1.wav", sine(1))
    write_wav(pack / "item/scene-1.wav", sine(1))
    write_wav(pack / "audio/item/scene-1.wav", sine(1))
    assert recordings.find(PART, language) is None


def test_links_are_not_followed(recordings: Recordings, pack: Path, tmp_path: Path) -> None:
    write_wav(tmp_path / "outside/item/scene-1.wav", sine(1))
    place(pack).symlink_to(tmp_path / "outside/item/scene-1.wav")
    (pack / "audio/yue").symlink_to(tmp_path / "outside")
    (pack / "audio/en").mkdir()
    (pack / "audio/en/item").symlink_to(tmp_path / "outside/item")
    for language in ("zh", "yue", "en"):
        assert recordings.find(PART, language) is None


def test_a_pack_that_is_reached_through_a_link_is_a_pack(tmp_path: Path, pack: Path) -> None:
    """Where people put packs is their own business; what lies in one is not."""
    write_wav(place(pack), sine(1))
    (tmp_path / "link").symlink_to(pack)
    assert Recordings([("pack", str(tmp_path / "link"))]).find(PART, "zh")


def test_what_is_no_file_is_not_opened(recordings: Recordings, pack: Path) -> None:
    os.mkfifo(place(pack))
    place(pack, ".mp3").mkdir()
    assert recordings.find(PART, "zh") is None


def test_a_file_that_vanishes_before_it_is_played_is_an_error(recordings: Recordings, pack: Path) -> None:
    write_wav(place(pack), sine(1))
    found = recordings.find(PART, "zh")
    assert isinstance(found, Recording)
    found.path.unlink()
    with pytest.raises(SpeechError):
        next(recordings.play(found))


def test_what_was_heard_is_at_hand_until_the_file_changes(recordings: Recordings, pack: Path) -> None:
    path = place(pack)
    write_wav(path, sine(2))
    found = recordings.find(PART, "zh")
    assert found
    assert len(list(recordings.play(found))) > 1, "in chunks at first"
    assert len(list(recordings.play(found))) == 1, "at once then"
    write_wav(path, sine(1, hertz=800))
    assert pitch(heard(recordings)) == pytest.approx(800, rel=0.01)
