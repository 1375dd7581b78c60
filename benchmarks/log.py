"""How many answers a second reach the disk: through the writer, each waited for, beside a plain loop over sqlite3."""

from __future__ import annotations

import queue
import sqlite3
import tempfile
import uuid
from collections.abc import Iterable
from contextlib import closing
from itertools import count
from pathlib import Path

from benchmarks.measure import Row, compare
from kiosk import wiring
from kiosk.core.records import Answer, Kept, Opened
from kiosk.core.settings import Settings

ANSWERS = 200
"""Of one visit, in each run."""

_INSERT = f"INSERT INTO answer VALUES ({', '.join('?' * 21)})"


def rows() -> Iterable[Row]:
    """At least half as many as the loop: each may take at most twice as long."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name:
        ours, plain = Path(name, "ours"), Path(name, "plain")
        for folder in (ours, plain):
            wiring.migrate_log(Settings(data=str(folder)))
        log, why = wiring.open_log(Settings(data=str(ours)))
        assert not why
        told: queue.SimpleQueue[Kept] = queue.SimpleQueue()
        log.start(told.put)
        assert told.get().counted
        visits = count()

        def through_the_writer() -> None:
            visit = f"visit-{next(visits)}"
            log.keep([Opened("2026-03-01", 9, visit, 1, "zh", "learn")], told.put)
            assert told.get().counted
            for seq in range(1, ANSWERS):
                log.keep([_answer(visit, seq)], told.put)
                assert told.get().counted

        with closing(sqlite3.connect(plain / "kiosk.sqlite3", isolation_level=None)) as base:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = FULL")

            def plainly() -> None:
                visit = f"visit-{next(visits)}"
                for seq in range(ANSWERS):
                    base.execute("BEGIN IMMEDIATE")
                    base.execute(_INSERT, (str(uuid.uuid4()), "kiosk-1", "centre", *_answer(visit, seq + 1)))
                    base.execute("COMMIT")

            yield compare(f"{ANSWERS} durable answers, each waited for", 2.0, through_the_writer, plainly)
        log.close()


def _answer(visit: str, seq: int) -> Answer:
    return Answer(
        day="2026-03-01",
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
        ms=4200,
    )
