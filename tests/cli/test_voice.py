"""`kiosk voice say` and `list`: the same path as the kiosk's, from the command line and in a real terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.cli.root import run as run_here
from tests.adapters.packs.sample import write_pack
from tests.cli.office import Office

KIOSK = [sys.executable, "-P", "-m", "kiosk"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it is remembered how fast the voices are, which takes seconds to find out."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def environment(tmp_path: Path, cache: Path) -> dict[str, str]:
    """Settings with the device that plays to nowhere, and hardly any others."""
    file = tmp_path / "kiosk.toml"
    file.write_text(f'[data]\ncache = "{cache.as_posix()}"\n[voice]\ndevice = "null"\n')
    return {**os.environ, "KIOSK_CONFIG": str(file), "HOME": str(tmp_path)}


def run(environment: dict[str, str], *arguments: str, command: str = "say") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KIOSK, "voice", command, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def seconds(path: Path) -> float:
    with wave.open(str(path)) as sound:
        return float(sound.getnframes() / sound.getframerate())


@pytest.mark.parametrize(
    ("arguments", "least", "most"),
    [
        (["孙子打来电话，说他撞了人。"], 2.0, 6.0),
        (["Hang up, and call him yourself."], 1.5, 5.0),
        (["Hang up, and call him yourself.", "--lang", "en"], 1.5, 5.0),
    ],
)
def test_it_writes_a_file(
    environment: dict[str, str], tmp_path: Path, arguments: list[str], least: float, most: float
) -> None:
    path = tmp_path / "它.wav"
    done = run(environment, *arguments, "--out", str(path), "--data", str(tmp_path / "data"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert least < seconds(path) < most
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("speed", "factor"), [("50", 2.0), ("200", 0.5)])
def test_the_speed_is_that_of_the_text(environment: dict[str, str], tmp_path: Path, speed: str, factor: float) -> None:
    text = "孙子打来电话，说他撞了人，要两万块钱。"
    for name, arguments in {"usual": [], "other": ["--speed", speed]}.items():
        assert run(environment, text, *arguments, "--out", str(tmp_path / f"{name}.wav")).returncode == 0
    assert seconds(tmp_path / "other.wav") / seconds(tmp_path / "usual.wav") == pytest.approx(factor, rel=0.15)


def test_numbers_are_spoken_as_the_kiosk_speaks_them(environment: dict[str, str], tmp_path: Path) -> None:
    for name, text in {"digits": "打96110。", "words": "打九六幺幺零。"}.items():
        assert run(environment, text, "--out", str(tmp_path / f"{name}.wav")).returncode == 0
    assert (tmp_path / "digits.wav").read_bytes() == (tmp_path / "words.wav").read_bytes()


def test_the_words_are_shown_and_what_is_left_out_is_named(environment: dict[str, str]) -> None:
    done = run(environment, "按[Enter]，打96110。", "--show")
    assert (done.returncode, done.stdout, done.stderr) == (0, "按右下角的大键，打九六幺幺零。\n", "")
    done = run(environment, "He said 你好好 at 9 a.m.", "--lang", "en", "--show")
    assert (done.returncode, done.stdout) == (0, "He said at nine A M\n")
    assert done.stderr == "kiosk: left out, because it is not spoken in en: 你好\n"


def test_a_variety_of_a_pack_can_be_spoken(environment: dict[str, str], tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    file = Path(environment["KIOSK_CONFIG"])
    file.write_text(f"{file.read_text()}[content]\npacks = ['{pack}']\n")
    done = run(environment, "打110。", "--lang", "zh-henan", "--out", str(tmp_path / "it.wav"))
    assert (done.returncode, done.stderr) == (0, "")
    done = run(environment, "打110。", "--lang", "yue")
    assert done.returncode == 2
    assert done.stderr == "kiosk: --lang yue: this kiosk speaks zh, zh-henan, en\n"


@pytest.mark.parametrize("arguments", [("看著點，打96110。", "--lang", "zh-Hant"), ("看着点，打96110。",)])
def test_a_kiosk_that_offers_traditional_characters_speaks_them(
    environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    """Also where simplified ones, as which they are spoken, aren't offered."""
    with Path(environment["KIOSK_CONFIG"]).open("a") as file:
        file.write('[languages]\noffered = ["zh-Hant", "en"]\n')
    done = run(environment, "--show", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "看着点，打九六幺幺零。\n", "")


def test_other_characters_are_spoken_as_the_same_words(environment: dict[str, str], tmp_path: Path) -> None:
    """To the byte, whichever languages are offered."""
    for name, arguments in {"zh": ["看著點，打96110。"], "hant": ["看著點，打96110。", "--lang", "zh-Hant"]}.items():
        text = arguments[0] if name == "hant" else "看着点，打96110。"
        done = run(environment, text, *arguments[1:], "--out", str(tmp_path / f"{name}.wav"), "--show")
        assert (done.returncode, done.stdout, done.stderr) == (0, "看着点，打九六幺幺零。\n", "")
    assert (tmp_path / "hant.wav").read_bytes() == (tmp_path / "zh.wav").read_bytes()


def test_it_plays_and_waits_until_it_was_heard(environment: dict[str, str]) -> None:
    done = run(environment, "好")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["  "], 2, "no text to speak"),
        (["hi", "--lang", "xx"], 2, "--lang xx: this kiosk speaks zh, en"),
        (["hi", "--out", "/"], 2, "--out / is a folder"),
        (["hi", "--out", "/proc/a.wav"], 1, "/proc/a.wav"),
        (["hi", "--out", "/no/such/folder/a.wav"], 1, "No such file or directory"),
        (["hi", "--out", "/tmp/never.mp3"], 2, "--out /tmp/never.mp3: the sound is written as WAV"),
        (["……"], 2, "there is nothing in it that is spoken in en"),
        (["你好", "--lang", "en", "--show"], 2, "there is nothing in it that is spoken in en"),
    ],
)
def test_what_is_wrong_is_one_line(environment: dict[str, str], arguments: list[str], code: int, why: str) -> None:
    done = run(environment, *arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.count("\n") == bool(why)
    assert why in done.stderr


def test_without_a_sound_device_one_line_is_all_that_the_terminal_sees(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """ALSA writes pages to standard error and pyttsx3 prints to standard output: in the child, where nobody looks."""
    (tmp_path / "kiosk.toml").write_text('[voice]\ndevice = "a device that nobody has"\n')
    main, terminal = pty.openpty()
    with subprocess.Popen(
        [*KIOSK, "voice", "say", "你好"], env=environment, stdin=terminal, stdout=terminal, stderr=terminal
    ) as kiosk:
        os.close(terminal)
        seen = b""
        try:
            while some := os.read(main, 4096):
                seen += some
        except OSError:  # Linux says so when the last one has closed the terminal
            pass
        assert kiosk.wait(30) == 1
    os.close(main)
    lines = seen.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("kiosk: no sound device (")


def test_a_child_started_in_a_terminal_writes_only_messages(tmp_path: Path) -> None:
    main, terminal = pty.openpty()
    folder = tmp_path / "voice"
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "kiosk.voice", "--folder", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=terminal,
    ) as child:
        os.close(terminal)
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(b'nonsense\n{}\n{"type": "repertoire", "languages": [["zh", "zh"]]}\n')
        child.stdin.flush()
        assert child.stdout.readline().startswith(b'{"type": "ready"')
        child.stdin.close()
        assert child.stdout.read() == b""
        assert child.wait(10) == 0
    with pytest.raises(OSError, match="Input/output error"):
        os.read(main, 1)
    os.close(main)
    assert not folder.exists()


class TestList:
    """The voices of each language."""

    def test_each_language_has_its_voice_and_its_rate(self, environment: dict[str, str]) -> None:
        done = run(environment, command="list")
        assert (done.returncode, done.stderr) == (0, "")
        lines = done.stdout.splitlines()
        rows = {code: lines[lines.index(code) + 1] for code in ("zh", "en")}
        assert all(row.startswith("  * ") for row in rows.values())
        assert 180 < float(rows["zh"].split()[-4]) < 220
        assert rows["zh"].endswith(" characters a minute")
        assert 112 < float(rows["en"].split()[-4]) < 138
        assert rows["en"].endswith(" words a minute")

    def test_json_has_the_same_and_varieties_of_packs_are_among_them(
        self, environment: dict[str, str], tmp_path: Path
    ) -> None:
        pack = write_pack(tmp_path)
        done = run(environment, "--content", str(pack), "--format", "json", command="list")
        assert done.returncode == 0
        voices = json.loads(done.stdout)
        assert {voice["language"] for voice in voices if voice["used"]} == {"zh", "zh-henan", "en"}
        assert set(voices[0]) == {"language", "engine", "voice", "name", "used", "why", "per_minute"}
        named = run(environment, "--content", str(pack), command="list").stdout.splitlines()
        assert "zh-henan (河南话)" in named
        assert not any("recording" in line for line in named)
        for name in ("scene-1.wav", "scene-1.mp3", "scene-2.ogg"):
            recording = pack / "audio" / "zh-henan" / "fraud-3" / name
            recording.parent.mkdir(parents=True, exist_ok=True)
            recording.touch()
        lines = run(environment, "--content", str(pack), command="list").stdout.splitlines()
        assert [line.strip() for line in lines if "recording" in line] == ["2 recordings, played instead of a voice"]

    def test_a_language_without_a_voice_is_1(
        self, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("KIOSK_CONFIG", environment["KIOSK_CONFIG"])
        office = Office()
        office.mute = {"zh"}
        monkeypatch.setattr(wiring, "speech", office.hire)
        assert run_here(["voice", "list"]) == 1
        out, err = capsys.readouterr()
        assert out.splitlines()[:2] == ["zh", "    paper  zh  Paper  not used"]
        assert err == "kiosk: no voice for zh: `kiosk doctor` says what to do\n"
        assert office.closed == 1
