"""One kiosk a data folder, and which folders can't be one."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.adapters.log.lock import hold
from kiosk.core.errors import LogBusy, LogError, UsageError
from kiosk.core.settings import Settings
from tests.adapters.log.rows import start

HOLDER = """
import sys
from pathlib import Path
from kiosk.adapters.log.lock import hold
lock = hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_the_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "数据"
    hold(folder).release()
    assert folder.is_dir()


def test_a_second_kiosk_is_told_who_is_first(tmp_path: Path) -> None:
    lock = hold(tmp_path)
    with pytest.raises(LogBusy, match=rf"another kiosk \(process {os.getpid()}\) uses this data folder") as refusal:
        hold(tmp_path)
    assert refusal.value.exit_code == 1
    lock.release()
    lock.release()
    hold(tmp_path).release()


def test_a_kiosk_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(LogBusy, match=f"process {child.pid}"):
            hold(tmp_path)
        child.kill()
        child.wait()
        hold(tmp_path).release()


def test_wiring_lets_a_second_kiosk_know(tmp_path: Path) -> None:
    log, why = wiring.open_log(Settings(data=str(tmp_path)))
    assert why == ""
    with pytest.raises(LogBusy):
        wiring.open_log(Settings(data=str(tmp_path)))
    log.close()


def test_a_rehearsal_counts_nothing_and_stands_in_nobodys_way(tmp_path: Path) -> None:
    counting, _ = wiring.open_log(Settings(data=str(tmp_path)))
    rehearsal, why = wiring.open_log(Settings(data=str(tmp_path)), rehearse=True)
    assert "rehearsal" in why
    assert not start(rehearsal).counted
    rehearsal.close()
    counting.close()


@pytest.mark.parametrize("rehearse", [False, True])
@pytest.mark.parametrize("name", ["file", "file/below", "loop", "n" * 300, "\0"])
def test_a_path_that_can_be_no_folder_is_a_wrong_call(tmp_path: Path, name: str, rehearse: bool) -> None:
    (tmp_path / "file").write_text("not a folder")
    if name == "loop":
        (tmp_path / name).symlink_to(tmp_path / name)
    with pytest.raises(UsageError, match="--data") as refusal:
        wiring.open_log(Settings(data=str(tmp_path / name)), rehearse=rehearse)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("seam", ["mkdir", "open"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_that_cannot_be_written_is_served_without_counting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seam: str, code: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path if seam == "mkdir" else os, seam, refuse)
    log, why = wiring.open_log(Settings(data=str(tmp_path / "data")))
    monkeypatch.undo()
    assert os.strerror(code) in why
    kept = start(log)
    assert (kept.counted, kept.why) == (False, why)
    log.close()


def test_a_disk_that_cannot_lock_is_served_without_counting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("kiosk.adapters.log.lock._lock", refuse)
    with pytest.raises(LogError, match="can lock files"):
        hold(tmp_path)
    _, why = wiring.open_log(Settings(data=str(tmp_path)))
    assert "can lock files" in why
