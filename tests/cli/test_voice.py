"""`kiosk voice say`: the same path as the kiosk's, from the command line and in a real terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import wave
from pathlib import Path

import pytest

KIOSK = [sys.executable, "-P", "-m", "kiosk"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Settings with the device that plays to nowhere, and no others."""
    file = tmp_path / "kiosk.toml"
    file.write_text('[voice]\ndevice = "null"\n')
    return {**os.environ, "KIOSK_CONFIG": str(file), "HOME": str(tmp_path)}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KIOSK, "voice", "say", *arguments], env=environment, capture_output=True, text=True, timeout=30, check=False
    )


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
    with wave.open(str(path)) as sound:
        assert least < sound.getnframes() / sound.getframerate() < most
    assert not (tmp_path / "data").exists()


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
        (["……"], 0, ""),
        (["……", "--out", "/tmp/never.wav"], 1, "nothing in it that can be pronounced"),
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
