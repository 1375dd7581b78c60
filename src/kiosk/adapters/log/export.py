"""Reads the log: the one place that does, so that whatever is told about it comes from the same rows.

It only reads: no file is made, and the log may be in use, on a read-only disk, or left behind by a power cut.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, create_engine, literal_column, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from kiosk.adapters.log import DATABASE
from kiosk.adapters.log.lock import holder
from kiosk.adapters.log.migrate import State, is_damage, is_sound, state_of, too_new
from kiosk.adapters.log.tables import METADATA
from kiosk.core.checkup import LogSeen, LogState
from kiosk.core.errors import LogError, UsageError

_BATCH = 500
"""Rows fetched at a time."""

_SEEN = {State.DUE: LogState.DUE, State.TOO_NEW: LogState.TOO_NEW, State.CURRENT: LogState.DAMAGED}
"""Of a log that holds nothing to count; one of this version would, if it were sound."""

_INSERTED: ColumnElement[int] = literal_column("rowid")
"""The order in which rows were written; SQLite's own, and no column of ours."""


class Rows:
    """What a log holds, as it was when this was opened."""

    def __init__(self, path: Path, connection: Connection, stack: ExitStack) -> None:
        self._path = path
        self._connection = connection
        self._stack = stack

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns, in order."""
        return tuple(METADATA.tables[table].columns.keys())

    def read(self, table: str, since: str | None = None, until: str | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a table by day, hour and the order of writing; `since` and `until` are days, both included."""
        source = METADATA.tables[table]
        query = select(source).order_by(source.c.day, source.c.hour, _INSERTED)
        if since is not None:
            query = query.where(source.c.day >= since)
        if until is not None:
            query = query.where(source.c.day <= until)
        try:
            result = self._connection.execute(query.execution_options(yield_per=_BATCH))
            # A reader that stops half-way leaves a cursor, which must not outlive the connection.
            self._stack.callback(result.close)
            for row in result:
                yield tuple(row)
        except DBAPIError as error:
            raise _unreadable(self._path, error.orig) from error


@contextmanager
def open_rows(folder: Path) -> Iterator[Rows]:
    """The log in `folder`, until the end of the block.

    Raises `UsageError` where there is none, `LogTooNew`, and `LogError` where it can't be read.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise UsageError(f"{path}: there is no participation log: name the kiosk's data folder with --data")
    with ExitStack() as stack:
        try:
            base = stack.enter_context(closing(_connect(path, stack)))
            state = state_of(base)
        except (sqlite3.Error, OSError) as error:
            raise _unreadable(path, error) from error
        if state is State.TOO_NEW:
            raise too_new(folder)
        if state is State.DUE:
            raise LogError(f"{path} is of an earlier version: start the kiosk once, or run `kiosk log migrate`")
        engine = create_engine("sqlite://", poolclass=StaticPool, creator=lambda: base)
        stack.callback(engine.dispose)
        yield Rows(path, stack.enter_context(engine.connect()), stack)


def glance(folder: Path) -> LogSeen:
    """What the log in `folder` is like, and who uses it."""
    in_use = holder(folder)
    path = folder / DATABASE
    try:
        if not path.exists():
            return LogSeen(LogState.NONE, holder=in_use)
        with ExitStack() as stack:
            base = stack.enter_context(closing(_connect(path, stack)))
            state = state_of(base)
            if state is State.CURRENT and is_sound(base):
                ((visits,),) = base.execute("SELECT count(*) FROM visit")
                return LogSeen(LogState.GOOD, visits, in_use)
    except (sqlite3.Error, OSError) as error:
        seen = LogState.DAMAGED if is_damage(error) else LogState.UNREADABLE
        return LogSeen(seen, holder=in_use, why=str(error))
    return LogSeen(_SEEN[state], holder=in_use)


def _connect(path: Path, stack: ExitStack) -> sqlite3.Connection:
    """A connection that can only read and sees every committed row."""
    try:
        return _readable(f"{path.absolute().as_uri()}?mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
            raise
        # A folder that can't be written has no room for the files by which readers and a writer share a log.
        wal = path.with_name(path.name + "-wal")
        if not wal.exists() or wal.stat().st_size == 0:
            return _readable(f"{path.absolute().as_uri()}?mode=ro&immutable=1")
        copy = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-")))
        for file in (path, wal):
            shutil.copyfile(file, copy / file.name)
        return _readable(f"{(copy / path.name).as_uri()}?mode=rw")


def _readable(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _unreadable(path: Path, error: BaseException | None) -> LogError:
    if is_damage(error):
        return LogError(f"{path} is damaged ({error}): the kiosk sets it aside when it starts, and begins a new one")
    return LogError(f"{path}: {error}")
