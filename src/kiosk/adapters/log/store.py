"""The connection that rows are written through; the writer thread's own."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event, exists, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import NullPool

from kiosk.adapters.log.tables import ANSWER, HEARING, OPENED, TABLE_OF, VISIT
from kiosk.core.records import Row

BUSY_SECONDS = 5.0
"""How long to wait for somebody else's write, as of a migration by hand."""

_INSERTS = {
    row_type: str(table.insert().compile(dialect=sqlite.dialect(paramstyle="qmark")))
    for row_type, table in TABLE_OF.items()
}
"""Compiled once: an answer is written while somebody waits for its feedback, and SQLAlchemy would take as long again
as SQLite itself."""


class Store:
    """A log that is open for writing. Everything it raises is SQLAlchemy's or sqlite3's."""

    def __init__(self, path: Path, kiosk: str, site: str) -> None:
        self._names = (kiosk, site)
        self._connection = _engine(path).connect()
        self._driver = cast("sqlite3.Connection", self._connection.connection.driver_connection)

    def add(self, rows: Sequence[Row]) -> None:
        """Commit the rows in one transaction."""
        self._driver.execute("BEGIN IMMEDIATE")
        try:
            for row in rows:
                self._driver.execute(_INSERTS[type(row)], (str(uuid.uuid4()), *self._names, *row))
            self._driver.execute("COMMIT")
        except BaseException:
            self._driver.rollback()
            raise

    def close_cut_off(self, going_on: Collection[str]) -> int:
        """Write the `visit` row of each visit that was opened, not ended, and isn't going on; how many.

        It says what the log knows: the answers given and the time they took, and whether a story's lesson was shown;
        that a result was shown is not in the log. What only the kiosk knew (plan, form,
        age band, grid, sound) is null; plan and form follow from the seed.
        """
        ended = exists().where(VISIT.c.visit == OPENED.c.visit)
        with self._connection.begin():
            opened = self._connection.execute(select(OPENED).where(~ended)).mappings().all()
            cut_off = [row for row in opened if row["visit"] not in going_on]
            for row in cut_off:
                answers, ms = self._connection.execute(
                    select(func.count(), func.coalesce(func.sum(ANSWER.c.ms), 0)).where(ANSWER.c.visit == row["visit"])
                ).one()
                told = HEARING.c.visit == row["visit"], HEARING.c.heard_to_end
                finished = self._connection.execute(select(exists().where(*told))).scalar_one()
                kept: dict[str, Any] = {**row, "id": str(uuid.uuid4())}
                self._connection.execute(
                    VISIT.insert(),
                    kept
                    | {
                        "finished": finished,
                        "ended_by": "restart",
                        "seconds": ms // 1000,
                        "idle_seconds": 0,
                        "answers": answers,
                    },
                )
        return len(cut_off)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


@contextmanager
def connect(path: Path, *, create: bool = False) -> Iterator[Connection]:
    """A connection for writing, closed afterwards; a file is made with `create` only."""
    with _engine(path, create=create).connect() as connection:
        yield connection


def _engine(path: Path, *, create: bool = False) -> Engine:
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    engine = create_engine("sqlite://", poolclass=NullPool, creator=lambda: _durable(uri))
    event.listen(engine, "begin", _begin)
    return engine


def _durable(uri: str) -> sqlite3.Connection:
    """A connection whose commits are on the disk when they return, and that no export ever waits for."""
    # isolation_level=None: sqlite3 begins no transaction of its own, which it wouldn't for CREATE TABLE.
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # KiB: the kiosk appends and hardly ever reads, so that more pages kept would only be memory lost.
        connection.execute("PRAGMA cache_size = -200")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
