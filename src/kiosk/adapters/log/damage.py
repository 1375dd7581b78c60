"""A log that can't be read is set aside, never deleted: most of it can be saved by hand."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path

from kiosk.adapters.log import DATABASE

_BESIDE = ("-wal", "-shm")
"""SQLite's own files beside a database; what was last written may still be in the first."""


def set_aside(folder: Path, today: date) -> Path:
    """Rename the log to `kiosk.damaged-YYYYMMDD-N.sqlite3`, with the files beside it; its new path."""
    old = folder / DATABASE
    stem = f"{old.stem}.damaged-{today:%Y%m%d}"
    new = next(path for n in count(1) if _free(old, path := folder / f"{stem}-{n}{old.suffix}"))
    # The database goes last: SQLite deletes a -wal that it finds without one.
    for suffix in _BESIDE:
        if _beside(old, suffix).exists():
            _beside(old, suffix).rename(_beside(new, suffix))
    old.rename(new)
    return new


def _free(old: Path, new: Path) -> bool:
    """Nothing would be overwritten. A `-wal` there already may be this file's own, moved before a power cut."""
    return not new.exists() and not any(
        _beside(old, suffix).exists() and _beside(new, suffix).exists() for suffix in _BESIDE
    )


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
