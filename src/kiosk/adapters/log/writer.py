"""The `Log` port over SQLite: a bounded queue, and one thread that owns the file.

Nothing heavier than the standard library is imported before that thread begins, which is after the first frame.

When a write fails (a full disk, a bad card), the rows are refused and the file is let go; it is opened again, looked
through and mended for the next visit. The rest of a visit of which rows were refused is refused too, so that what is
on disk of a visit is always its beginning; it is closed as `restart` when the file is opened again.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.adapters.log import DATABASE
from kiosk.core.errors import LogError
from kiosk.core.records import Kept, Opened, Row, VisitEnded

if TYPE_CHECKING:
    from kiosk.adapters.log.lock import Lock
    from kiosk.adapters.log.store import Store

QUEUE_ROWS = 1000
"""Rows that may wait for a slow disk; some thirty visits."""

CLOSE_SECONDS = 5.0
"""How long `close` waits for them."""

_REMEMBERED = 100
"""Visits of which rows were refused; one at a time is going on."""

_LOG = logging.getLogger("kiosk.log")

Done = Callable[[Kept], None]

_Task = tuple[tuple[Row, ...], Done] | frozenset[str] | None
"""Rows to keep; visits of which no more will come; or the end."""


class Writer:
    """Keeps rows on disk; holds `lock` until it is closed."""

    def __init__(self, folder: Path, kiosk: str, site: str, lock: Lock, *, limit: int = QUEUE_ROWS) -> None:
        self._folder = folder
        self._kiosk = kiosk
        self._site = site
        self._lock = lock
        self._limit = limit
        self._queue: queue.SimpleQueue[_Task] = queue.SimpleQueue()
        self._mutex = threading.Lock()
        # Guarded by the mutex:
        self._thread: threading.Thread | None = None
        self._waiting = 0
        self._turned_away = _Refusals()
        self._closed = False
        # The thread's own:
        self._store: Store | None = None
        self._refused = _Refusals()
        self._going_on: set[str] = set()
        self._cut_off: set[str] = set()
        self._damaged = False

    def start(self, done: Done) -> None:
        """Open the file on the thread; `done` is told there whether visits are being counted."""
        self.keep((), done)

    def keep(self, rows: Sequence[Row], done: Done) -> None:
        """Hand the rows to the thread, which calls `done`; refused at once where too many wait."""
        rows = tuple(rows)
        with self._mutex:
            why = self._turn_away(rows)
            if not why:
                self._waiting += len(rows)
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="log", daemon=True)
                    self._thread.start()
                self._queue.put((rows, done))
        if why:
            done(Kept(False, why))

    def close(self, seconds: float = CLOSE_SECONDS) -> None:
        """Keep what waits, for at most so long, then let go of the file and the folder."""
        with self._mutex:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join(seconds)
            if self._thread.is_alive():
                _LOG.error("closed while %d rows were waiting for the disk", self._waiting)
                return
        self._lock.release()

    def _turn_away(self, rows: tuple[Row, ...]) -> str:
        """Why the rows can't wait in the queue; empty where they can."""
        if self._closed:
            return "the log is closed"
        why = self._turned_away.why(rows)
        if not why and self._waiting + len(rows) > self._limit:
            why = f"{self._waiting} rows are waiting for a slow disk"
            _LOG.warning("not counted: %s", why)
            self._queue.put(frozenset(row.visit for row in rows))
        if why:
            self._turned_away.add(rows, why)
        return why

    # From here on: the thread.

    def _run(self) -> None:
        while (task := self._queue.get()) is not None:
            if isinstance(task, frozenset):
                self._cut_off |= task
                continue
            rows, done = task
            kept = self._keep(rows)
            with self._mutex:
                self._waiting -= len(rows)
            try:
                done(kept)
            except Exception:  # noqa: BLE001 - the thread's edge: a listener that fails must not end the counting
                _LOG.exception("whoever waited for rows failed")
        self._let_go()

    def _keep(self, rows: tuple[Row, ...]) -> Kept:
        why = self._refused.why(rows)
        if not why:
            try:
                self._write(rows)
            except Exception as error:  # noqa: BLE001 - the thread's edge: the next visit is tried again
                why = self._give_up(error)
        if why:
            self._refused.add(rows, why)
            self._cut_off.update(row.visit for row in rows)
            return Kept(False, why)
        return Kept.ALL

    def _write(self, rows: tuple[Row, ...]) -> None:
        store = self._open()
        if any(isinstance(row, Opened) for row in rows) and self._forget_cut_off():
            store.close_cut_off(self._going_on)
        store.add(rows)
        for row in rows:
            if isinstance(row, Opened):
                self._going_on.add(row.visit)
            elif isinstance(row, VisitEnded):
                self._going_on.discard(row.visit)

    def _forget_cut_off(self) -> bool:
        """Visits of which rows were refused are over; whether there were any."""
        cut_off, self._cut_off = self._cut_off, set()
        self._going_on -= cut_off
        return bool(cut_off)

    def _open(self) -> Store:
        """The open log: looked through, mended, brought to this version, with visits that were cut off closed."""
        if self._store is not None:
            return self._store
        from kiosk.adapters.log.damage import set_aside
        from kiosk.adapters.log.migrate import State, bring_up, look, too_new

        state = State.DAMAGED if self._damaged else look(self._folder, thorough=True)
        if state is State.TOO_NEW:
            raise too_new(self._folder)
        if state is State.DAMAGED:
            _LOG.error("the log was damaged and is now %s; a new one begins", set_aside(self._folder, date.today()))
            self._damaged = False
            state = State.DUE
        if state is State.DUE:
            bring_up(self._folder)
        from kiosk.adapters.log.store import Store

        self._store = Store(self._folder / DATABASE, self._kiosk, self._site)
        self._forget_cut_off()
        closed = self._store.close_cut_off(self._going_on)
        if closed:
            _LOG.warning("visits that were cut off: %d", closed)
        return self._store

    def _give_up(self, error: Exception) -> str:
        """Let go of the file where it may be at fault; why rows are refused."""
        import sqlite3

        from kiosk.adapters.log.migrate import is_damage

        cause = getattr(error, "orig", None) or error  # SQLAlchemy wraps what sqlite3 raised
        if not isinstance(cause, sqlite3.IntegrityError):
            self._damaged = is_damage(cause)
            self._let_go()
        if isinstance(cause, LogError | OSError | sqlite3.Error):
            _LOG.warning("not counted: %s", cause)
        else:
            _LOG.error("not counted: %s", cause, exc_info=error)
        return str(cause)

    def _let_go(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            import sqlite3

            from sqlalchemy.exc import SQLAlchemyError

            with suppress(SQLAlchemyError, sqlite3.Error):
                store.close()


class NotCounted:
    """A log that keeps nothing: in a rehearsal, or where the data folder can't be written."""

    def __init__(self, why: str) -> None:
        self._kept = Kept(False, why)

    def start(self, done: Done) -> None:
        """Say at once that nothing is counted."""
        done(self._kept)

    def keep(self, rows: Sequence[Row], done: Done) -> None:  # noqa: ARG002 - they are refused unread
        """Refuse the rows at once."""
        done(self._kept)

    def close(self) -> None:
        """Nothing is held."""


class _Refusals:
    """The visits of which rows were refused, and why, until they end."""

    def __init__(self) -> None:
        self._why: dict[str, str] = {}

    def why(self, rows: Sequence[Row]) -> str:
        """Why rows of these visits are refused; empty where none were."""
        return next((self._why[row.visit] for row in rows if row.visit in self._why), "")

    def add(self, rows: Sequence[Row], why: str) -> None:
        """Refuse what comes of these visits until their end."""
        for row in rows:
            if isinstance(row, VisitEnded):
                self._why.pop(row.visit, None)
            else:
                self._why[row.visit] = why
        while len(self._why) > _REMEMBERED:
            del self._why[next(iter(self._why))]
