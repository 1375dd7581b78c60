"""Reading: rows come back as they were kept, in order, and reading changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kiosk.adapters.log import DATABASE
from kiosk.adapters.log.export import open_rows
from kiosk.core.errors import LogError, LogTooNew, UsageError
from tests.adapters.log.conftest import Open
from tests.adapters.log.rows import answer, keep, opened, read, whole_visit


@contextmanager
def powerless() -> Iterator[None]:
    """Without the rights that let root write anywhere."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def anybodys() -> Iterator[Path]:
    """A folder that everybody may read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def days(folder: Path, since: str | None = None, until: str | None = None) -> list[tuple[str, int, str]]:
    """Day, hour and visit of what is exported."""
    with open_rows(folder) as rows:
        names = rows.columns("opened")
        found = [dict(zip(names, row, strict=True)) for row in rows.read("opened", since, until)]
    return [(row["day"], row["hour"], row["visit"]) for row in found]


@pytest.fixture
def march(folder: Path, open_writer: Open) -> Path:
    """Visits over some days, not written in their order."""
    writer = open_writer(folder)
    for day, hour, visit in [
        ("2026-03-02", 9, "b"),
        ("2026-03-01", 15, "d"),
        ("2026-03-02", 9, "a"),
        ("2026-03-01", 8, "c"),
        ("2026-03-03", 0, "e"),
    ]:
        assert keep(writer, opened(visit, day, hour)).counted
    writer.close()
    return folder


def test_rows_come_by_day_and_hour_and_then_as_they_were_written(march: Path) -> None:
    opened_visits = [row for row in days(march) if row[2] in "abcde"]
    assert [visit for _, _, visit in opened_visits] == ["c", "d", "b", "a", "e"]


def test_the_first_and_the_last_day_are_included(march: Path) -> None:
    assert [visit for _, _, visit in days(march, "2026-03-02")] == ["b", "a", "e"]
    assert [visit for _, _, visit in days(march, None, "2026-03-02")] == ["c", "d", "b", "a"]
    assert [visit for _, _, visit in days(march, "2026-03-02", "2026-03-02")] == ["b", "a"]
    assert days(march, "2026-04-01") == []


def test_a_kiosk_may_be_writing_meanwhile(folder: Path, open_writer: Open) -> None:
    writer = open_writer(folder, limit=2000)
    assert keep(writer, opened(), *(answer(seq=seq) for seq in range(1, 1200))).counted
    with open_rows(folder) as rows:
        found = rows.read("answer")
        first = next(found)
        assert keep(writer, answer(seq=1200)).counted
        assert len([first, *found]) == 1199, "what is exported is what was there when it began"
    assert len(read(folder, "answer")) == 1200


def test_reading_makes_no_log_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no participation log"), open_rows(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_reading_changes_nothing(march: Path) -> None:
    before = (march / DATABASE).read_bytes()
    assert len(days(march)) == 5
    assert (march / DATABASE).read_bytes() == before


def test_it_reads_from_a_folder_that_cannot_be_written(march: Path, anybodys: Path) -> None:
    assert len(days(march)) == 5  # everything is imported before the rights are given up
    shutil.copy(march / DATABASE, anybodys)
    anybodys.chmod(0o555)
    with powerless():
        assert len(days(anybodys)) == 5
    assert [path.name for path in anybodys.iterdir()] == [DATABASE]


def test_it_reads_what_a_power_cut_left_in_the_wal_there_too(march: Path, anybodys: Path) -> None:
    with closing(sqlite3.connect(march / DATABASE)) as base:
        base.execute("UPDATE opened SET hour = 23 WHERE visit = 'e'")
        base.commit()
        for suffix in ("", "-wal"):
            shutil.copy(march / f"{DATABASE}{suffix}", anybodys)
    anybodys.chmod(0o555)
    with powerless():
        assert days(anybodys)[-1] == ("2026-03-03", 23, "e")
    assert sorted(path.name for path in anybodys.iterdir()) == [DATABASE, f"{DATABASE}-wal"]


def test_a_newer_log_is_refused(march: Path) -> None:
    with closing(sqlite3.connect(march / DATABASE)) as base:
        base.execute("UPDATE alembic_version SET version_num = '9999_something_new'")
        base.commit()
    with pytest.raises(LogTooNew, match="newer"), open_rows(march):
        pass


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    with pytest.raises(LogError, match="kiosk log migrate"), open_rows(tmp_path):
        pass


def test_a_damaged_log_is_refused_and_left_where_it_is(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(LogError, match="is damaged"), open_rows(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE]


def test_damage_met_on_the_way_is_an_error_and_not_an_end(folder: Path, open_writer: Open) -> None:
    writer = open_writer(folder)
    for number in range(200):
        writer.keep(whole_visit(f"visit-{number}"), lambda _: None)
    writer.close()
    content = bytearray((folder / DATABASE).read_bytes())
    half = len(content) // 2
    content[half:] = b"\xa5" * (len(content) - half)
    (folder / DATABASE).write_bytes(content)
    with open_rows(folder) as rows, pytest.raises(LogError, match="is damaged"):
        list(rows.read("answer"))
