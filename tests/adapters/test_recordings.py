"""The `Recordings` port over real files: WAV made here, the other formats as encoders make them (`audio/`)."""

from __future__ import annotations

import shutil
import sys
import wave
from pathlib import Path

import pytest

from kiosk.adapters.recordings import AudioFolder
from kiosk.core.errors import SpeechError
from kiosk.core.recordings import WAV_BITS, AudioFile
from kiosk.voice.recordings import Recordings
from tests.waves import RATE, room, save, tone

HERE = Path(__file__).parent / "audio"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "pack"


@pytest.fixture(params=["miniaudio", "without miniaudio"])
def decoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "miniaudio":
        monkeypatch.setitem(sys.modules, "miniaudio", None)
    return str(request.param)


def test_files_are_found_by_path_and_nothing_else_is(pack: Path) -> None:
    for name in ("zh/b/scene-1.wav", "zh/b/scene-1.mp3", "zh/a/do.ogg", "zh/_kiosk/digit-1.wav", "zh/loose.m4a"):
        path = pack / "audio" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for name in (".DS_Store", "zh/.hidden.wav", "zh/a/Thumbs.db", "zh/a/do.wav~"):
        (pack / "audio" / name).touch()
    (pack / "audio" / "en").symlink_to(pack / "audio" / "zh")
    (pack / "audio" / "zh" / "a" / "explain.wav").symlink_to(pack / "audio" / "zh" / "b" / "scene-1.wav")
    assert AudioFolder(pack).files() == (
        AudioFile("audio/en", is_link=True),
        AudioFile("audio/zh/_kiosk/digit-1.wav"),
        AudioFile("audio/zh/a/do.ogg"),
        AudioFile("audio/zh/a/explain.wav", is_link=True),
        AudioFile("audio/zh/b/scene-1.mp3"),
        AudioFile("audio/zh/b/scene-1.wav"),
        AudioFile("audio/zh/loose.m4a"),
    )


def test_a_pack_without_recordings_has_none(pack: Path) -> None:
    assert AudioFolder(pack).files() == ()
    pack.mkdir()
    assert AudioFolder(pack).files() == ()
    (pack / "audio").write_text("a file")
    assert AudioFolder(pack).files() == ()


def test_folders_nested_without_end_are_left(pack: Path) -> None:
    deep = pack / "audio" / "/".join("abcdefghijklmnop")
    deep.mkdir(parents=True)
    (deep / "x.wav").touch()
    assert AudioFolder(pack).files() == ()


@pytest.mark.usefixtures("decoder")
class TestWave:
    """What is heard in a WAV, with miniaudio and without."""

    @pytest.fixture
    def path(self, pack: Path) -> Path:
        return pack / "audio" / "zh" / "item" / "scene-1.wav"

    @pytest.mark.parametrize(("channels", "rate"), [(1, 22_050), (2, 44_100), (1, 48_000), (1, 8_000), (2, 96_000)])
    def test_length_level_and_silence(self, pack: Path, path: Path, channels: int, rate: int) -> None:
        mono = [*room(0.3, rate), *tone(1.2, 0.5, rate), *room(0.5, rate)]
        save(path, [sample for sample in mono for _ in range(channels)], channels, rate=rate)
        heard = AudioFolder(pack).listen("audio/zh/item/scene-1.wav")
        assert heard.seconds == pytest.approx(2.0, abs=0.01)
        assert heard.before == pytest.approx(0.3, abs=0.03)
        assert heard.after == pytest.approx(0.5, abs=0.03)
        assert heard.spoken == pytest.approx(1.2, abs=0.05)
        assert heard.level == pytest.approx(0.5, abs=0.01)
        assert (heard.clipped, heard.why) == (0, "")

    def test_eight_bits(self, pack: Path, path: Path) -> None:
        save(path, [*[0] * RATE, *tone(0.5, 0.5)], width=1)
        heard = AudioFolder(pack).listen("audio/zh/item/scene-1.wav")
        assert heard.seconds == pytest.approx(1.5, abs=0.01)
        assert heard.level == pytest.approx(0.5, abs=0.02)
        assert heard.before == pytest.approx(1.0, abs=0.03)

    def test_a_wave_cut_off_at_full_scale_is_counted_and_one_that_touches_it_is_not(
        self, pack: Path, path: Path
    ) -> None:
        save(path, tone(0.5, 1.0))
        assert AudioFolder(pack).listen("audio/zh/item/scene-1.wav").clipped == 0
        save(path, tone(0.5, 1.4))
        assert AudioFolder(pack).listen("audio/zh/item/scene-1.wav").clipped == pytest.approx(300, abs=5)
        one_side = [sample for cut, fine in zip(tone(0.5, 1.4), tone(0.5, 0.7), strict=True) for sample in (fine, cut)]
        save(path, one_side, channels=2)
        assert AudioFolder(pack).listen("audio/zh/item/scene-1.wav").clipped == pytest.approx(300, abs=5)

    def test_a_click_is_no_level(self, pack: Path, path: Path) -> None:
        samples = room(2.0)
        samples[RATE : RATE + 20] = [30_000] * 20
        save(path, samples)
        assert AudioFolder(pack).listen("audio/zh/item/scene-1.wav").level < 0.01

    def test_digital_silence_is_silent_from_end_to_end(self, pack: Path, path: Path) -> None:
        save(path, [0] * RATE)
        heard = AudioFolder(pack).listen("audio/zh/item/scene-1.wav")
        assert (heard.seconds, heard.level, heard.spoken) == (1.0, 0.0, 0.0)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "the file is empty"),
            (b"RIFF", "no WAV that can be played"),
            (b"hello" * 500, "no WAV that can be played"),
            (bytes(range(1, 256)) * 20, "no WAV that can be played"),
        ],
    )
    def test_what_is_no_sound_says_so(self, pack: Path, path: Path, content: bytes, why: str) -> None:
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        heard = AudioFolder(pack).listen("audio/zh/item/scene-1.wav")
        assert heard.seconds == 0
        assert why in heard.why

    def test_no_samples_is_no_sound(self, pack: Path, path: Path) -> None:
        save(path, [])
        assert AudioFolder(pack).listen("audio/zh/item/scene-1.wav").why

    def test_a_file_that_is_gone_or_a_folder_is_no_error(self, pack: Path, path: Path) -> None:
        assert "no such file" in AudioFolder(pack).listen("audio/zh/item/scene-1.wav").why
        path.mkdir(parents=True)
        assert AudioFolder(pack).listen("audio/zh/item/scene-1.wav").why

    def test_one_that_was_cut_short_is_heard_as_far_as_it_goes(self, pack: Path, path: Path) -> None:
        save(path, tone(1.0))
        path.write_bytes(path.read_bytes()[:22_093])
        assert AudioFolder(pack).listen("audio/zh/item/scene-1.wav").seconds == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("suffix", ["mp3", "ogg", "flac"])
def test_what_encoders_make_is_heard(pack: Path, suffix: str) -> None:
    """Half a second of 440 Hz, 6 dB below full scale."""
    folder = pack / "audio" / "zh" / "item"
    folder.mkdir(parents=True)
    shutil.copy(HERE / f"tone.{suffix}", folder)
    heard = AudioFolder(pack).listen(f"audio/zh/item/tone.{suffix}")
    assert heard.seconds == pytest.approx(0.55, abs=0.06)  # MP3 comes in whole frames
    assert heard.level == pytest.approx(0.5, abs=0.05)
    assert (heard.clipped, heard.why) == (0, "")


@pytest.mark.parametrize("suffix", ["mp3", "ogg", "flac"])
def test_a_name_that_lies_about_the_format_is_told(pack: Path, suffix: str) -> None:
    folder = pack / "audio" / "zh" / "item"
    folder.mkdir(parents=True)
    shutil.copy(HERE / f"tone.{suffix}", folder / "do.wav")
    assert "this is no WAV that can be played" in AudioFolder(pack).listen("audio/zh/item/do.wav").why


@pytest.mark.parametrize("suffix", ["mp3", "ogg", "flac"])
def test_without_miniaudio_other_formats_say_what_to_do(
    pack: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    folder = pack / "audio" / "zh" / "item"
    folder.mkdir(parents=True)
    shutil.copy(HERE / f"tone.{suffix}", folder)
    assert "save it as WAV" in AudioFolder(pack).listen(f"audio/zh/item/tone.{suffix}").why


def test_what_is_too_long_or_too_large_is_not_played_and_says_so(pack: Path) -> None:
    path = pack / "audio" / "zh" / "item" / "do.wav"
    path.parent.mkdir(parents=True)

    def why(seconds: int) -> str:
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(1)
            file.setframerate(8_000)
            file.writeframes(bytes([128, 160, 128, 96]) * 2_000 * seconds)
        return AudioFolder(pack).listen("audio/zh/item/do.wav").why

    assert why(59) == ""
    assert "longer than 60 s" in why(62)
    assert "larger than 32 MB" in why(4_001)


@pytest.mark.parametrize("name", ["tone.mp3", "tone.ogg", "tone.flac", "good.wav", "eight.wav", "stereo.wav"])
def test_what_is_heard_here_is_played_by_the_voice(pack: Path, name: str) -> None:
    assert _judged_alike(pack, name)


@pytest.mark.usefixtures("decoder")
@pytest.mark.parametrize("bits", WAV_BITS)
def test_a_wav_of_any_bits_is_heard_here_and_played_by_the_voice(pack: Path, bits: int) -> None:
    assert _judged_alike(pack, f"{bits}.wav")


@pytest.mark.parametrize("name", ["lie.wav", "empty.wav", "noise.mp3", "text.ogg", "long.wav", "nothing.wav"])
def test_what_is_refused_here_is_refused_by_the_voice(pack: Path, name: str) -> None:
    assert not _judged_alike(pack, name)


def _judged_alike(pack: Path, name: str) -> bool:
    """Whether a file can be heard, of which both programs say the same."""
    path = pack / "audio" / "zh" / "item" / f"part{Path(name).suffix}"
    _make(name, path)
    heard = AudioFolder(pack).listen(f"audio/zh/item/{path.name}")
    recordings = Recordings([("p", str(pack))])
    found = recordings.find("p/item/part", "zh")
    assert found
    try:
        seconds = sum(map(len, recordings.play(found))) / 22_050
    except SpeechError:
        seconds = 0.0
    assert bool(seconds) == (not heard.why and heard.spoken > 0)
    if seconds:
        assert seconds == pytest.approx(heard.spoken, abs=0.1)
    return bool(seconds)


def _sample(value: int, width: int) -> bytes:
    """A value of 16 bits as a WAV has it in so many bytes."""
    if width == 1:
        return bytes([(value >> 8) + 128])
    return (value << 8 * (width - 2)).to_bytes(width, "little", signed=True)


def _make(name: str, path: Path) -> None:
    path.parent.mkdir(parents=True)
    match name:
        case "good.wav":
            save(path, [*[0] * 9_000, *tone(1), *[0] * 9_000])
        case "eight.wav":
            save(path, tone(1), width=1)
        case "stereo.wav":
            save(path, [sample for sample in tone(1, rate=48_000) for _ in range(2)], channels=2, rate=48_000)
        case "8.wav" | "16.wav" | "24.wav" | "32.wav":
            with wave.open(str(path), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(width := int(Path(name).stem) // 8)
                file.setframerate(RATE)
                file.writeframes(b"".join(_sample(value, width) for value in [*[0] * 9_000, *tone(1), *[0] * 9_000]))
        case "lie.wav":
            shutil.copy(HERE / "tone.mp3", path)
        case "empty.wav":
            path.touch()
        case "noise.mp3":
            path.write_bytes(bytes(range(1, 256)) * 20)
        case "text.ogg":
            path.write_bytes(b"hello" * 500)
        case "long.wav":
            save(path, tone(1, rate=8_000) * 62, rate=8_000)
        case "nothing.wav":
            save(path, [0] * RATE)
        case _:
            shutil.copy(HERE / name, path)
