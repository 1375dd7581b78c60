"""The writer's own rules: a queue that ends, visits that were cut off, listeners that fail."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.adapters.log import DATABASE
from kiosk.adapters.log.lock import hold
from kiosk.adapters.log.writer import NotCounted
from kiosk.core.errors import LogBusy
from kiosk.core.records import Answer, Kept
from tests.adapters.log.conftest import Open
from tests.adapters.log.rows import Answers, answer, ended, hearing, keep, on_disk, opened, read, start, whole_visit


def test_rows_beyond_the_queue_are_refused_and_their_visit_is_cut_off(folder: Path, open_writer: Open) -> None:
    writer = open_writer(folder, limit=6)
    assert start(writer).counted
    answers = Answers()
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer.keep(whole_visit("visit-0"), answers)
        writer.keep([opened(), answer(seq=1), answer(seq=2)], answers)
        refused = keep(writer, answer(seq=3))
        assert not refused.counted
        assert "slow disk" in refused.why
        assert not keep(writer, *whole_visit("visit-2")).counted
        other.execute("COMMIT")
    assert [answers.next().counted, answers.next().counted] == [True, True]
    assert not keep(writer, answer(seq=4)).counted, "the queue has room, the visit has a gap"
    assert not keep(writer, ended(answers=4)).counted
    assert keep(writer, *whole_visit("visit-3")).counted
    visits = {row["visit"]: row for row in read(folder, "visit")}
    assert set(visits) == {"visit-0", "visit-1", "visit-3"}
    assert (visits["visit-1"]["ended_by"], visits["visit-1"]["answers"]) == ("restart", 2)
    assert visits["visit-3"]["ended_by"] == "finished"


def test_a_visit_cut_off_by_a_crash_is_closed_at_the_next_start(folder: Path, open_writer: Open) -> None:
    first = open_writer(folder)
    assert keep(first, opened(), answer(ms=1800)).counted
    assert keep(first, answer(seq=2, ms=1700)).counted
    assert keep(first, *whole_visit("visit-2")).counted
    first.close()
    second = open_writer(folder)
    assert start(second).counted
    cut_off = next(row for row in read(folder, "visit") if row["visit"] == "visit-1")
    told = {name: value for name, value in cut_off.items() if value is not None and name != "id"}
    assert told == {
        "kiosk": "kiosk-1",
        "site": "centre",
        "day": opened().day,
        "hour": opened().hour,
        "visit": "visit-1",
        "seed": opened().seed,
        "language": "zh",
        "mode": "learn",
        "finished": False,
        "ended_by": "restart",
        "seconds": 3,
        "idle_seconds": 0,
        "answers": 2,
    }
    second.close()
    third = open_writer(folder)
    assert start(third).counted
    assert len(read(folder, "visit")) == 2


def test_a_story_heard_to_its_end_is_finished_also_where_the_visit_was_cut_off(folder: Path, open_writer: Open) -> None:
    first = open_writer(folder)
    assert keep(first, opened(), hearing()._replace(heard_to_end=True)).counted
    assert keep(first, opened("visit-2"), hearing("visit-2")._replace(heard_to_end=False)).counted
    first.close()
    assert start(open_writer(folder)).counted
    assert {row["visit"]: row["finished"] for row in read(folder, "visit")} == {"visit-1": True, "visit-2": False}


def test_a_visit_that_goes_on_is_not_closed_by_another_ones_fault(folder: Path, open_writer: Open) -> None:
    writer = open_writer(folder)
    assert keep(writer, opened("going-on"), answer("going-on")).counted
    assert not keep(writer, opened("wrong"), answer("wrong", seq=0)).counted
    assert keep(writer, *whole_visit("visit-2")).counted
    assert keep(writer, answer("going-on", seq=2), ended("going-on", answers=2)).counted
    assert {row["visit"]: row["ended_by"] for row in read(folder, "visit")} == {
        "visit-2": "finished",
        "going-on": "finished",
    }


def test_rows_of_one_call_are_kept_together_or_not_at_all(folder: Path, open_writer: Open) -> None:
    writer = open_writer(folder)
    assert not keep(writer, opened(), answer(), answer(seq=1)).counted
    assert on_disk(folder) == []


@pytest.mark.parametrize(
    "wrong",
    [
        answer(seq=0),
        answer()._replace(ms=-1),
        answer()._replace(round="lunch"),
        answer()._replace(day="yesterday"),
        answer()._replace(hour=24),
        answer()._replace(judged="a name"),
        answer()._replace(item="\udcff"),
        answer()._replace(ms=2**70),
    ],
    ids=lambda row: str([value for value, usual in zip(row, answer(), strict=True) if value != usual]),
)
def test_a_row_that_means_nothing_is_refused_and_the_log_goes_on(
    folder: Path, open_writer: Open, wrong: Answer
) -> None:
    writer = open_writer(folder)
    kept = keep(writer, opened(), wrong)
    assert not kept.counted
    assert kept.why
    assert keep(writer, *whole_visit("visit-2")).counted


def test_a_listener_that_fails_ends_nothing(folder: Path, open_writer: Open, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Kept) -> None:
        raise RuntimeError("the screen is gone")

    writer = open_writer(folder)
    writer.keep([opened(), answer()], fail)
    assert keep(writer, ended()).counted
    assert "the screen is gone" in caplog.text


def test_close_gives_up_on_a_disk_that_hangs(folder: Path, open_writer: Open, caplog: pytest.LogCaptureFixture) -> None:
    writer = open_writer(folder)
    assert start(writer).counted
    answers = Answers()
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer.keep(whole_visit("visit-1"), answers)
        writer.close(seconds=0.05)
        with pytest.raises(LogBusy):
            hold(folder)
        other.execute("COMMIT")
    assert "3 rows were waiting" in caplog.text
    assert answers.next().counted
    thread = writer._thread
    assert thread is not None
    thread.join(10)


def test_close_lets_go_of_the_folder(folder: Path, open_writer: Open) -> None:
    open_writer(folder).close()
    writer = open_writer(folder)
    assert start(writer).counted
    writer.close()
    hold(folder).release()


def test_closing_leaves_one_whole_file(folder: Path, open_writer: Open) -> None:
    writer = open_writer(folder)
    assert keep(writer, *whole_visit("visit-1")).counted
    writer.close()
    assert sorted(path.name for path in folder.iterdir()) == ["kiosk.lock", DATABASE]


def test_nothing_is_noted_but_what_went_wrong(
    folder: Path, open_writer: Open, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "kiosk")
    writer = open_writer(folder)
    assert keep(writer, *whole_visit("visit-1")).counted
    writer.close()
    assert caplog.text == ""


def test_what_is_not_counted_is_refused_at_once() -> None:
    log = NotCounted("this is a rehearsal")
    answers = Answers()
    log.start(answers)
    log.keep(whole_visit("visit-1"), answers)
    assert not answers.none
    assert [answers.next(), answers.next()] == [Kept(False, "this is a rehearsal")] * 2
    log.close()
