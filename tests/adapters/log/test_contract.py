"""What every participation log does: the fake that other tests use, and the real one on a real file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from kiosk.adapters.log import DATABASE
from kiosk.adapters.log.store import Store
from kiosk.core.records import Kept, Row
from kiosk.ports import Log
from tests.adapters.log.conftest import Open
from tests.adapters.log.rows import (
    Answers,
    answer,
    by_table,
    ended,
    hearing,
    help_opened,
    keep,
    on_disk,
    opened,
    start,
    whole_visit,
)
from tests.fakes.log import FakeLog


class Subject(Protocol):
    """A log, and the disk under it."""

    @property
    def log(self) -> Log:
        """What is tested."""

    def rows(self) -> list[Row]:
        """What is on disk, by table."""

    def fill_up(self) -> None:
        """Let the disk take nothing more."""

    def make_room(self) -> None:
        """Let it take everything again."""

    def hold(self) -> None:
        """Let it take its time."""

    def release(self) -> None:
        """Let it go on."""


class Fake:
    """The fake."""

    def __init__(self) -> None:
        self.log = FakeLog()
        self.fill_up = self.log.refuse
        self.make_room = self.log.allow
        self.hold = self.log.hold
        self.release = self.log.release

    def rows(self) -> list[Row]:
        return by_table(self.log.rows)


class Real:
    """The writer on a file."""

    def __init__(self, log: Log, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.log = log
        self._folder = folder
        self._patch = patch
        self._other = sqlite3.connect(folder / DATABASE, isolation_level=None)

    def rows(self) -> list[Row]:
        return on_disk(self._folder)

    def fill_up(self) -> None:
        def full(*_: Any) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        self._patch.setattr(Store, "add", full)

    def make_room(self) -> None:
        self._patch.undo()

    def hold(self) -> None:
        """Somebody else writes, and a writer waits for that."""
        self._other.execute("BEGIN IMMEDIATE")

    def release(self) -> None:
        self._other.execute("COMMIT")

    def close(self) -> None:
        self._other.close()


@pytest.fixture(params=["fake", "real"])
def subject(
    request: pytest.FixtureRequest, folder: Path, open_writer: Open, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Subject]:
    if request.param == "fake":
        yield Fake()
        return
    real = Real(open_writer(folder), folder, monkeypatch)
    yield real
    real.close()


def test_every_kind_of_row_is_on_disk_when_done_is_told_so(subject: Subject) -> None:
    rows: list[Row] = [opened(), answer(), answer(seq=2), hearing(), help_opened(), ended(answers=2)]
    assert keep(subject.log, *rows) == Kept.ALL
    assert subject.rows() == rows[:1] + rows[5:] + rows[1:5]


def test_rows_keep_the_order_in_which_they_were_handed_over(subject: Subject) -> None:
    answers = Answers()
    subject.log.keep([opened()], answers)
    for seq in range(1, 51):
        subject.log.keep([answer(seq=seq)], answers)
    assert [answers.next() for _ in range(51)] == [Kept.ALL] * 51
    assert answers.none
    assert subject.rows() == [opened(), *(answer(seq=seq) for seq in range(1, 51))]


def test_start_tells_that_visits_are_counted_and_may_be_left_out(subject: Subject) -> None:
    assert start(subject.log) == Kept.ALL
    assert keep(subject.log) == Kept.ALL
    assert subject.rows() == []


def test_keeping_never_waits_for_the_disk(subject: Subject) -> None:
    assert start(subject.log) == Kept.ALL
    subject.hold()
    answers = Answers()
    subject.log.keep([opened(), answer()], answers)
    assert answers.none
    subject.release()
    assert answers.next() == Kept.ALL
    assert subject.rows() == [opened(), answer()]


def test_close_waits_for_what_was_handed_over(subject: Subject) -> None:
    answers = Answers()
    for number in range(20):
        subject.log.keep(whole_visit(f"visit-{number}"), answers)
    subject.log.close()
    assert [answers.next() for _ in range(20)] == [Kept.ALL] * 20
    assert len(subject.rows()) == 60


def test_after_close_rows_are_refused_at_once(subject: Subject) -> None:
    subject.log.close()
    subject.log.close()
    answers = Answers()
    subject.log.keep(whole_visit("late"), answers)
    assert not answers.none
    assert not answers.next().counted
    assert subject.rows() == []


def test_a_refusal_says_why(subject: Subject) -> None:
    subject.fill_up()
    kept = keep(subject.log, opened(), answer())
    assert not kept.counted
    assert "full" in kept.why


def test_a_visit_whose_beginning_was_refused_is_absent(subject: Subject) -> None:
    subject.fill_up()
    assert not keep(subject.log, opened(), answer()).counted
    subject.make_room()
    assert not keep(subject.log, answer(seq=2)).counted
    assert not keep(subject.log, ended()).counted
    assert subject.rows() == []


def test_a_visit_whose_middle_was_refused_is_cut_off_there(subject: Subject) -> None:
    assert keep(subject.log, opened(), answer()).counted
    subject.fill_up()
    assert not keep(subject.log, answer(seq=2)).counted
    subject.make_room()
    assert not keep(subject.log, answer(seq=3)).counted
    assert not keep(subject.log, ended(answers=3)).counted
    assert [row for row in subject.rows() if row.visit == "visit-1"] == [opened(), answer()]


def test_the_next_visit_is_counted_again(subject: Subject) -> None:
    subject.fill_up()
    assert not keep(subject.log, opened(), answer()).counted
    subject.make_room()
    assert keep(subject.log, *whole_visit("visit-2")).counted
    assert [row.visit for row in subject.rows()] == ["visit-2"] * 3
