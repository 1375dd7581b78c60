"""The `Log` port in memory: it keeps rows, and can be told to refuse them or to take its time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from kiosk.core.records import Kept, Row, VisitEnded


class FakeLog:
    """Keeps rows in `rows`, in order; answers at once unless told to `hold`."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        """What is on disk."""
        self.closed = False
        self._why = ""
        self._held = False
        self._waiting: deque[tuple[tuple[Row, ...], Callable[[Kept], None]]] = deque()
        self._cut_off: set[str] = set()

    def start(self, done: Callable[[Kept], None]) -> None:
        """Say whether visits are being counted."""
        self._waiting.append(((), done))
        if not self._held:
            self._work()

    def keep(self, rows: Sequence[Row], done: Callable[[Kept], None]) -> None:
        """Keep or refuse them; `done` is called at once unless held."""
        if self.closed:
            done(Kept(False, "the log is closed"))
            return
        self._waiting.append((tuple(rows), done))
        if not self._held:
            self._work()

    def close(self) -> None:
        """Keep what waits, then no more."""
        self.release()
        self.closed = True

    def refuse(self, why: str = "the disk is full") -> None:
        """Refuse whatever comes, until `allow`."""
        self._why = why

    def allow(self) -> None:
        """Keep rows again, of visits that have not been cut off."""
        self._why = ""

    def hold(self) -> None:
        """Let everything wait, as on a slow disk, until `release`."""
        self._held = True

    def release(self, count: int | None = None) -> None:
        """Answer the first `count` that wait and go on holding; without `count` all of them, and hold no more."""
        if count is None:
            self._held = False
        self._work(count)

    @property
    def waiting(self) -> int:
        """How many calls have not been answered."""
        return len(self._waiting)

    def of(self, row_type: type[Row]) -> list[Row]:
        """The rows of one table."""
        return [row for row in self.rows if isinstance(row, row_type)]

    def _work(self, count: int | None = None) -> None:
        while self._waiting and count != 0:
            rows, done = self._waiting.popleft()
            count = None if count is None else count - 1
            visits = {row.visit for row in rows}
            if self._why or visits & self._cut_off:
                self._cut_off |= visits
                kept = Kept(False, self._why or "the beginning of this visit was not counted")
            else:
                self.rows.extend(rows)
                kept = Kept.ALL
            self._cut_off -= {row.visit for row in rows if isinstance(row, VisitEnded)}
            done(kept)
