"""`kiosk export`: the columns of the log under their names, in both formats, and what is said of a wrong call."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.adapters.log import DATABASE
from kiosk.adapters.log.migrate import upgrade
from kiosk.adapters.log.store import Store
from kiosk.cli.root import run
from kiosk.core.records import TABLES, Answer, Hearing, HelpOpened, Opened, Row, VisitEnded

text = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=20)
days = st.dates().map(str)
hours = st.integers(0, 23)
numbers = st.integers(0, 2**31)
seeds = st.integers(0, 2**48 - 1)
unique = st.uuids().map(str)


def maybe(*words: str) -> st.SearchStrategy[str | None]:
    """One of the words, or nothing."""
    return st.sampled_from([None, *words])


ROWS: st.SearchStrategy[Row] = st.one_of(
    st.builds(Opened, days, hours, unique, seeds, text, maybe("learn", "story", "prize"), st.none() | text),
    st.builds(
        VisitEnded,
        day=days,
        hour=hours,
        visit=unique,
        seed=seeds,
        plan=maybe("A", "B"),
        form=maybe("AB", "BA"),
        language=text,
        age_band=maybe("under-60", "unsaid"),
        returning=maybe("first", "longer"),
        mode=maybe("learn", "prize"),
        event=st.none() | text,
        finished=st.booleans(),
        ended_by=st.sampled_from(["finished", "idle", "new-person"]),
        seconds=numbers,
        idle_seconds=numbers,
        answers=numbers,
        size=st.sampled_from(["80x24", "71x20", "56x16"]),
        muted=st.booleans(),
        speed=numbers,
    ),
    st.builds(
        Answer,
        day=days,
        hour=hours,
        visit=unique,
        seq=st.integers(1, 100),
        item=text,
        pack=text,
        pack_version=text,
        kind=st.sampled_from(["scenario", "fact", "story"]),
        fraud_type=st.none() | text,
        verdict=maybe("fraud", "genuine"),
        channel=st.none() | text,
        round=maybe("before", "practice", "after"),
        step=st.sampled_from(["judge", "see", "pause"]),
        choice=st.none() | text,
        right=st.none() | st.booleans(),
        judged=maybe("fraud", "genuine", "unsure"),
        ms=numbers,
        people=st.none() | numbers,
    ),
    st.builds(Hearing, days, hours, unique, text, numbers, st.booleans(), numbers),
    st.builds(HelpOpened, days, hours, unique),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an empty log."""
    upgrade(tmp_path)
    return tmp_path


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    """That log, open."""
    opened = Store(data / DATABASE, '看问比 "1", east', "社区\nB")
    yield opened
    opened.close()


def export(capture: pytest.CaptureFixture[bytes], data: Path, *arguments: str) -> bytes:
    """What `kiosk export` prints."""
    assert run(["export", "--data", str(data), *arguments]) == 0
    captured = capture.readouterr()
    assert captured.err == b""
    return captured.out


def in_csv(value: Any) -> str:
    """A value as CSV has it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=12))
def test_whatever_was_kept_is_exported(
    data: Path, store: Store, capsysbinary: pytest.CaptureFixture[bytes], rows: list[Row]
) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as base:
        for table in TABLES.values():
            base.execute(f"DELETE FROM {table}")
        base.commit()
    store.add(rows)
    for row_type, table in TABLES.items():
        kept = sorted((row for row in rows if isinstance(row, row_type)), key=lambda row: (row.day, row.hour))
        printed = export(capsysbinary, data, "--table", table, "--format", "jsonl").decode("utf-8")
        objects = [json.loads(line) for line in printed.split("\n")[:-1]]
        columns = ["id", "kiosk", "site", *row_type._fields]
        assert all(list(found) == columns for found in objects)
        assert [tuple(found[name] for name in row_type._fields) for found in objects] == [tuple(row) for row in kept]
        assert all((found["kiosk"], found["site"]) == ('看问比 "1", east', "社区\nB") for found in objects)
        assert len({found["id"] for found in objects}) == len(objects)

        printed = export(capsysbinary, data, "--table", table, "--format", "csv").decode("utf-8")
        first, *lines = csv.reader(io.StringIO(printed, newline=""), strict=True)
        assert first == columns
        assert lines == [[in_csv(found[name]) for name in columns] for found in objects]


def test_days_are_chosen_by_from_and_to(data: Path, store: Store, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    store.add([HelpOpened(f"2026-03-0{day}", 9, str(day)) for day in range(1, 6)])
    arguments = ["--table", "help_opened", "--format", "jsonl", "--from", "2026-03-02", "--to", "2026-03-04"]
    printed = export(capsysbinary, data, *arguments)
    assert [json.loads(line)["visit"] for line in printed.splitlines()] == ["2", "3", "4"]


def test_csv_is_rfc_4180(data: Path, store: Store, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    store.add([Hearing("2026-03-01", 9, "v", 'a "quoted", item', 3, True, 60)])
    first, line, end = export(capsysbinary, data, "--table", "hearing", "--format", "csv").split(b"\r\n")
    assert first == b"id,kiosk,site,day,hour,visit,item,pages,heard_to_end,seconds"
    assert line.endswith(b',v,"a ""quoted"", item",3,true,60')
    assert end == b""


def test_a_log_without_rows_is_the_names_alone(data: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert export(capsysbinary, data, "--table", "help_opened", "--format", "jsonl") == b""
    printed = export(capsysbinary, data, "--table", "help_opened", "--format", "csv")
    assert printed == b"id,kiosk,site,day,hour,visit\r\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--table", "answers", "--format", "csv"], "'answers' is not one of"),
        (["--table", "answer", "--format", "xml"], "'xml' is not one of"),
        (["--format", "csv"], "--table"),
        (["--table", "answer", "--format", "csv", "--from", "2026-02-30"], "'2026-02-30' is not a day"),
        (["--table", "answer", "--format", "csv", "--to", "20260301"], "'20260301' is not a day"),
        (["--table", "answer", "--format", "csv", "--to", "yesterday"], "'yesterday' is not a day"),
        (
            ["--table", "answer", "--format", "csv", "--from", "2026-03-02", "--to", "2026-03-01"],
            "--from 2026-03-02 is after --to 2026-03-01",
        ),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(["export", "--data", str(data), *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("name", ["nowhere", "file", ""])
def test_a_folder_without_a_log_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / "file").touch()
    path = str(tmp_path / name) if name else ""
    assert run(["export", "--data", path, "--table", "answer", "--format", "csv"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "--data" in captured.err
    assert not (tmp_path / "nowhere").exists()


def test_a_newer_log_is_one_line_and_exit_1(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as base:
        base.execute("UPDATE alembic_version SET version_num = '9999_something_new'")
        base.commit()
    for command in (["export", "--table", "answer", "--format", "csv"], ["log", "migrate"]):
        assert run([*command, "--data", str(data)]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1
        assert "newer" in captured.err


def test_a_reader_that_goes_away_is_no_traceback(data: Path, store: Store) -> None:
    store.add([HelpOpened("2026-03-01", 9, str(number)) for number in range(5000)])
    command = [
        sys.executable,
        "-m",
        "kiosk",
        "export",
        "--table",
        "help_opened",
        "--format",
        "csv",
        "--data",
        str(data),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""


def test_migrating_by_hand_begins_a_log_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    assert run(["log", "migrate", "--data", str(folder)]) == 0
    assert "up to date" in capsys.readouterr().err
    assert run(["log", "migrate", "--data", str(folder)]) == 0
    assert capsys.readouterr().err == ""


def test_migrating_is_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "--help"]) == 0
    assert "migrate" not in capsys.readouterr().out
