"""The kiosk over a disk that takes two seconds for every commit: `python slow_commits.py run …`."""

from __future__ import annotations

import sqlite3
import sys
import time
from typing import Any

from kiosk.__main__ import main

SECONDS = 2.0

_connect = sqlite3.connect


def _slowly(*arguments: Any, **options: Any) -> sqlite3.Connection:
    connection: sqlite3.Connection = _connect(*arguments, **options)
    connection.set_trace_callback(_trace)
    return connection


def _trace(statement: str) -> None:
    """Called by SQLite before each statement, whoever wrote it."""
    if statement.strip().upper().startswith(("COMMIT", "END")):
        time.sleep(SECONDS)


if __name__ == "__main__":
    sqlite3.connect = _slowly  # type: ignore[assignment]
    sys.exit(main())
