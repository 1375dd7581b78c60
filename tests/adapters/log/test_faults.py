"""Files that are damaged, of a newer version, or somebody else's; children that fail."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.adapters.log import DATABASE, migrate
from kiosk.adapters.log.damage import set_aside
from kiosk.adapters.log.store import Store
from kiosk.core.errors import LogError, LogTooNew
from tests.adapters.log.conftest import Open
from tests.adapters.log.rows import answer, ended, keep, on_disk, opened, read, start, whole_visit

NEVER = "9999_something_new"


def aside(folder: Path) -> list[Path]:
    """What was set aside."""
    return sorted(folder.glob("kiosk.damaged-*"))


def spoil(path: Path) -> None:
    """Overwrite pages in the middle of a database."""
    content = bytearray(path.read_bytes())
    content[8192:-4096] = b"\xa5" * (len(content) - 12288)
    path.write_bytes(content)


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be one" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_set_aside_and_a_new_log_begins(
    tmp_path: Path, open_writer: Open, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    writer = open_writer(tmp_path)
    assert keep(writer, *whole_visit("visit-1")).counted
    assert len(on_disk(tmp_path)) == 3
    [old] = aside(tmp_path)
    assert old.read_bytes() == content
    assert old.name in caplog.text


def test_damage_inside_the_file_is_found_before_it_is_written_to(folder: Path, open_writer: Open) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as base:
        base.execute("PRAGMA journal_mode = DELETE")
    spoil(folder / DATABASE)
    spoiled = (folder / DATABASE).read_bytes()
    writer = open_writer(folder)
    assert keep(writer, *whole_visit("visit-1")).counted
    assert [path.read_bytes() for path in aside(folder)] == [spoiled]


def test_damage_found_while_writing_is_mended_for_the_next_visit(
    folder: Path, open_writer: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = open_writer(folder)
    assert keep(writer, opened(), answer()).counted

    def malformed(*_: Any) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add", malformed)
        assert not keep(writer, answer(seq=2)).counted
    assert not keep(writer, ended()).counted
    assert keep(writer, *whole_visit("visit-2")).counted
    assert [row.visit for row in on_disk(folder)] == ["visit-2"] * 3
    [old] = aside(folder)
    with closing(sqlite3.connect(old)) as base:
        assert base.execute("SELECT visit FROM answer").fetchall() == [("visit-1",)], "what was counted is still there"


def test_looking_for_damage_ends_in_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "CHECK_SECONDS", -1.0)
    monkeypatch.setattr(migrate, "_CHECK_STEPS", 1)
    assert migrate.look(folder, thorough=True) is migrate.State.CURRENT


def test_nothing_that_was_set_aside_is_overwritten(tmp_path: Path) -> None:
    for content in ("first", "second"):
        (tmp_path / DATABASE).write_text(content)
        set_aside(tmp_path, date(2026, 3, 1))
    (tmp_path / "kiosk.damaged-20260301-3.sqlite3-wal").write_text("left by a power cut in the middle of this")
    (tmp_path / DATABASE).write_text("third")
    set_aside(tmp_path, date(2026, 3, 1))
    (tmp_path / DATABASE).write_text("fourth")
    (tmp_path / f"{DATABASE}-wal").write_text("its wal")
    set_aside(tmp_path, date(2026, 3, 1))
    assert {path.name.removeprefix("kiosk.damaged-20260301-"): path.read_text() for path in aside(tmp_path)} == {
        "1.sqlite3": "first",
        "2.sqlite3": "second",
        "3.sqlite3": "third",
        "3.sqlite3-wal": "left by a power cut in the middle of this",
        "4.sqlite3": "fourth",
        "4.sqlite3-wal": "its wal",
    }


def test_a_log_of_a_newer_version_is_left_alone(folder: Path, open_writer: Open) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as base:
        base.execute("UPDATE alembic_version SET version_num = ?", (NEVER,))
        base.commit()
    before = (folder / DATABASE).read_bytes()
    writer = open_writer(folder)
    kept = start(writer)
    assert not kept.counted
    assert "newer" in kept.why
    assert not keep(writer, *whole_visit("visit-1")).counted
    with pytest.raises(LogTooNew):
        migrate.upgrade(folder)
    assert (folder / DATABASE).read_bytes() == before
    assert aside(folder) == []


def test_a_database_of_somebody_elses_is_left_alone(tmp_path: Path, open_writer: Open) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE)) as base:
        base.execute("CREATE TABLE recipes (name TEXT)")
    before = (tmp_path / DATABASE).read_bytes()
    assert not start(open_writer(tmp_path)).counted
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_folder_in_place_of_the_file_is_not_counted(tmp_path: Path, open_writer: Open) -> None:
    (tmp_path / DATABASE).mkdir()
    kept = start(open_writer(tmp_path))
    assert not kept.counted
    assert "unable to open" in kept.why


def test_the_log_is_counted_again_once_the_fault_is_gone(tmp_path: Path, open_writer: Open) -> None:
    (tmp_path / DATABASE).mkdir()
    writer = open_writer(tmp_path)
    assert not start(writer).counted
    (tmp_path / DATABASE).rmdir()
    assert keep(writer, *whole_visit("visit-1")).counted
    assert len(read(tmp_path, "visit")) == 1


def test_a_child_that_cannot_be_started_is_not_counted(
    tmp_path: Path, open_writer: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    kept = start(open_writer(tmp_path))
    assert not kept.counted
    assert "could not be migrated" in kept.why


def test_a_child_that_fails_says_why(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(LogError, match="is damaged"):
        migrate.bring_up(tmp_path)


def test_a_child_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(command: list[str], timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(LogError, match="could not be migrated"):
        migrate.bring_up(tmp_path)
