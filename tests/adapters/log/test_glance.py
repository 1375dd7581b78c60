"""A look at the log that changes nothing: what it is like, and who uses it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.adapters.log import DATABASE, LOCK
from kiosk.adapters.log.export import glance
from kiosk.adapters.log.lock import hold, holder
from kiosk.adapters.log.migrate import upgrade
from kiosk.adapters.log.store import Store
from kiosk.core.checkup import LogSeen, LogState
from tests.adapters.log.rows import ended, opened


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with an empty log."""
    upgrade(tmp_path)
    return tmp_path


def test_where_there_is_none_none_is_made(tmp_path: Path) -> None:
    assert glance(tmp_path / "data") == LogSeen(LogState.NONE)
    assert glance(tmp_path) == LogSeen(LogState.NONE)
    assert list(tmp_path.iterdir()) == []


def test_visits_that_have_ended_are_counted(data: Path) -> None:
    assert glance(data) == LogSeen(LogState.GOOD)
    store = Store(data / DATABASE, "kiosk-1", "centre")
    try:
        store.add([opened("visit-1"), ended("visit-1"), opened("visit-2")])
        assert glance(data) == LogSeen(LogState.GOOD, 1)
    finally:
        store.close()


def test_a_kiosk_that_runs_is_told_and_not_disturbed(data: Path) -> None:
    lock = hold(data)
    assert glance(data) == LogSeen(LogState.GOOD, 0, os.getpid())
    (data / LOCK).write_text("no number\n")
    assert holder(data) == 0
    lock.release()
    assert holder(data) is None
    hold(data).release()


def test_looking_for_a_kiosk_makes_no_lock(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    assert not (tmp_path / LOCK).exists()


def test_a_log_of_a_newer_version_is_told(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as base, base:
        base.execute("UPDATE alembic_version SET version_num = '9999_later'")
    assert glance(data).state is LogState.TOO_NEW


def test_an_empty_file_is_due(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    assert glance(tmp_path).state is LogState.DUE


@pytest.mark.parametrize("where", [0, 4096])
def test_damage_is_told_and_left_alone(data: Path, where: int) -> None:
    """Whether the file is no database any more, or a page in it is spoiled."""
    spoiled = bytearray((data / DATABASE).read_bytes())
    spoiled[where : where + 4096] = b"x" * 4096
    (data / DATABASE).write_bytes(spoiled)
    assert glance(data).state is LogState.DAMAGED
    assert (data / DATABASE).read_bytes() == spoiled


def test_what_can_not_be_opened_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / DATABASE).mkdir()
    seen = glance(tmp_path)
    assert seen.state is LogState.UNREADABLE
    assert seen.why
