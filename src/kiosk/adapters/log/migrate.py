"""Is the file of this version, and what makes it so.

Looking takes sqlite3 alone. Alembic is loaded by `upgrade` only, which the screen's process leaves to a child.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from enum import Enum
from pathlib import Path

from kiosk.adapters.log import DATABASE
from kiosk.core.errors import LogError, LogTooNew

HEAD = "0001_visits"
"""The newest revision in `migrations/versions`; a test holds it to that."""

EARLIER: frozenset[str] = frozenset()
"""The revisions before it."""

CHILD_SECONDS = 60.0
"""How long the child may take: a log of ten years on a memory card."""

CHECK_SECONDS = 1.0
"""How long to look for damage: a large log on a slow card isn't read through. The rest is found when it is read."""

_CHECK_STEPS = 10_000
"""Of SQLite's machine, between two looks at the time."""


class State(Enum):
    """What a data folder holds."""

    CURRENT = "of this version"
    DUE = "none yet, or of an earlier version"
    TOO_NEW = "of a version that this one doesn't know"
    DAMAGED = "unreadable"


def look(folder: Path, *, thorough: bool = False) -> State:
    """The state of the log in `folder`; `thorough` looks for damage inside too.

    Raises `LogError` where the file can't be opened.
    """
    path = folder / DATABASE
    if not path.exists():
        return State.DUE
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)) as base:
            state = state_of(base)
            if thorough and not is_sound(base):
                return State.DAMAGED
    except sqlite3.Error as error:
        if is_damage(error):
            return State.DAMAGED
        raise LogError(f"{path}: {error}") from error
    return state


def state_of(base: sqlite3.Connection) -> State:
    """What the revision written in an open log means. Tables without one are somebody else's."""
    tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return State.DUE
    if "alembic_version" not in tables:
        return State.TOO_NEW
    revisions = [revision for (revision,) in base.execute("SELECT version_num FROM alembic_version")]
    if revisions == [HEAD]:
        return State.CURRENT
    return State.DUE if len(revisions) == 1 and revisions[0] in EARLIER else State.TOO_NEW


def bring_up(folder: Path) -> None:
    """Let a child process begin the log, or bring it to this version."""
    command = [sys.executable, "-P", "-m", "kiosk", "log", "migrate", "--data", str(folder)]
    try:
        child = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=CHILD_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LogError(f"{folder}: the log could not be migrated: {error}") from error
    if child.returncode != 0:
        said = child.stderr.decode("utf-8", "replace").strip().splitlines()
        raise LogError(said[-1].removeprefix("kiosk: ") if said else f"{folder}: the log could not be migrated")


def upgrade(folder: Path) -> bool:
    """Begin the log in `folder`, or bring it to this version, in one transaction; false where nothing was due.

    Raises `LogTooNew` and `LogError`, and changes nothing then.
    """
    state = look(folder)
    if state is State.TOO_NEW:
        raise too_new(folder)
    if state is State.DAMAGED:
        raise LogError(f"{folder / DATABASE} is damaged: the kiosk sets it aside when it starts")
    if state is State.CURRENT:
        return False
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    from kiosk.adapters.log.store import connect

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        with connect(folder / DATABASE, create=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (SQLAlchemyError, CommandError) as error:
        raise LogError(f"{folder / DATABASE}: {getattr(error, 'orig', None) or error}") from error
    return True


def too_new(folder: Path) -> LogTooNew:
    """The error for a log that is left alone."""
    return LogTooNew(
        f"{folder / DATABASE} was not written by this version of the kiosk or an earlier one: install the newer "
        "one, or choose another data folder with --data"
    )


def is_sound(base: sqlite3.Connection) -> bool:
    """No damage was found in the time that looking for it may take."""
    until = time.monotonic() + CHECK_SECONDS
    base.set_progress_handler(lambda: time.monotonic() > until, _CHECK_STEPS)
    try:
        found = [text for (text,) in base.execute("PRAGMA quick_check(1)")]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return True
        raise
    finally:
        base.set_progress_handler(None, 0)
    return found == ["ok"]


def is_damage(error: BaseException | None) -> bool:
    """The file itself is bad, not the disk or the folder."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
