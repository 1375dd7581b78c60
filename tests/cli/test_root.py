"""The edge of the command line: help without imports, and no traceback whatever happens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli import root


def test_help_lists_every_command_without_importing_one() -> None:
    """So that `kiosk --help` is quick."""
    script = "import sys; from kiosk.cli.root import run; run(['--help']); print('kiosk.cli.run' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")
    for name in ("run", "content", "voice", "export", "config", "doctor"):
        assert f"  {name}" in done.stdout


@pytest.mark.parametrize("name", ["run", "content", "voice", "export", "config", "doctor", "log"])
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And it says what it is for."""
    assert root.run([name, "--help"]) == 0
    assert "Usage: kiosk" in capsys.readouterr().out


def test_a_wrong_call_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    """With what would be right, on stderr."""
    assert root.run(["nonsense"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "No such command" in captured.err


def test_what_nobody_foresaw_is_one_line_and_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Never a traceback on a screen, never a swallowed cause."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by chance")

    monkeypatch.setattr(root.command, "main", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert root.run([]) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "by chance" in captured.err
    assert "ZeroDivisionError" in (tmp_path / "kiosk-fault.log").read_text(encoding="utf-8")
