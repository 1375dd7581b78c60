"""Whether a folder can be written, and how much room it has. What is tried leaves nothing behind."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from kiosk.core.checkup import DiskSeen


def look(folder: Path) -> DiskSeen:
    """The folder, or where it would be made: only writing tells whether something can be written."""
    try:
        there = next(path for path in (folder, *folder.parents) if path.exists())
    except (OSError, StopIteration) as error:
        return DiskSeen(False, _reason(error), -1)
    if not there.is_dir():
        return DiskSeen(False, f"{there} is a file", -1)
    try:
        with tempfile.TemporaryDirectory(prefix=".kiosk-", dir=there):
            why = ""
    except OSError as error:
        why = _reason(error)
    try:
        free = shutil.disk_usage(there).free
    except OSError:
        free = -1
    return DiskSeen(there == folder, why, free)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or "there is no such place").lower()
