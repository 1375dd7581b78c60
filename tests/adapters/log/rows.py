"""Valid rows of every table, and how to read a log back."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kiosk.adapters.log.export import open_rows
from kiosk.core.records import TABLES, Answer, Hearing, HelpOpened, Kept, Opened, Row, VisitEnded
from kiosk.ports import Log

DAY = "2026-03-01"
WAIT = 20.0
"""Seconds after which a test gives up waiting; nothing takes that long unless it is broken."""


def opened(visit: str = "visit-1", day: str = DAY, hour: int = 9) -> Opened:
    """A visit that begins."""
    return Opened(day, hour, visit, 2**48 - 1, "zh", "learn")


def answer(visit: str = "visit-1", seq: int = 1, *, ms: int = 1500) -> Answer:
    """A judgement, right."""
    return Answer(
        day=DAY,
        hour=9,
        visit=visit,
        seq=seq,
        item="elder-fraud/t17",
        pack="elder-fraud",
        pack_version="2026.11.1",
        kind="scenario",
        fraud_type="voice-clone",
        verdict="fraud",
        channel="phone",
        round="before",
        step="judge",
        choice=None,
        right=True,
        judged="fraud",
        ms=ms,
    )


def ended(visit: str = "visit-1", answers: int = 1) -> VisitEnded:
    """A visit that ends as it should."""
    return VisitEnded(
        day=DAY,
        hour=9,
        visit=visit,
        seed=2**48 - 1,
        plan="A",
        form="AB",
        language="zh",
        age_band="70-79",
        returning="first",
        mode="learn",
        event=None,
        finished=True,
        ended_by="finished",
        seconds=480,
        idle_seconds=0,
        answers=answers,
        size="71x20",
        muted=False,
        speed=100,
    )


def hearing(visit: str = "visit-1") -> Hearing:
    """A story heard to its end."""
    return Hearing(DAY, 9, visit, "elder-fraud/s1", 6, True, 140)


def help_opened(visit: str = "visit-1") -> HelpOpened:
    """Help."""
    return HelpOpened(DAY, 9, visit)


def whole_visit(visit: str) -> tuple[Row, ...]:
    """A visit of one answer."""
    return (opened(visit), answer(visit), ended(visit))


class Answers:
    """What `done` was told, in order."""

    def __init__(self) -> None:
        self._told: queue.SimpleQueue[Kept] = queue.SimpleQueue()

    def __call__(self, kept: Kept) -> None:
        """Be told."""
        self._told.put(kept)

    def next(self) -> Kept:
        """The next answer, waited for."""
        return self._told.get(timeout=WAIT)

    @property
    def none(self) -> bool:
        """Nothing was told that has not been read."""
        return self._told.empty()


def keep(log: Log, *rows: Row) -> Kept:
    """Keep rows and wait for what became of them."""
    answers = Answers()
    log.keep(rows, answers)
    return answers.next()


def start(log: Log) -> Kept:
    """Start a log and wait for what it says."""
    answers = Answers()
    log.start(answers)
    return answers.next()


def read(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table in a data folder, by column."""
    with open_rows(folder) as rows:
        return [dict(zip(rows.columns(table), row, strict=True)) for row in rows.read(table)]


def on_disk(folder: Path) -> list[Row]:
    """Everything on disk as the core's rows, by table."""
    return [
        row_type(**{field: row[field] for field in row_type._fields})
        for row_type, table in TABLES.items()
        for row in read(folder, table)
    ]


def by_table(rows: Sequence[Row]) -> list[Row]:
    """The rows in the order of `on_disk`."""
    order: Callable[[Row], int] = lambda row: list(TABLES).index(type(row))  # noqa: E731 - a key with a type
    return sorted(rows, key=order)
