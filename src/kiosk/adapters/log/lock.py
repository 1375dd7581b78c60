"""One kiosk a data folder: a locked file, let go by the operating system however the kiosk ends."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from kiosk.adapters.log import LOCK
from kiosk.core.errors import LogBusy, LogError, UsageError

_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO})
"""The folder may be right and can't be written: the kiosk serves, uncounted. Anything else is a wrong path."""

_BUSY = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
"""Somebody else has locked the file."""

if sys.platform == "win32":
    import msvcrt

    _BEYOND = 1 << 30
    """A locked byte can't be read by others: this one lies behind the process number."""

    def _lock(file: int) -> None:
        os.lseek(file, _BEYOND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: int) -> None:
        # Not lockf: that one is lost when anything else in this process closes the file.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held until `release` or the end of the process."""

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    def release(self) -> None:
        """Let another kiosk use the folder. The file stays: removing it would let two hold it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def hold(folder: Path) -> Lock:
    """Make the folder where there is none, and hold it.

    Raises `LogBusy` where another kiosk does, `UsageError` where there can be no such folder, and `LogError` where it
    can't be written.
    """
    make(folder)
    path = folder / LOCK
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LogError(f"{path}: {error.strerror}: let the kiosk write in its data folder") from error
    try:
        _lock(file)
    except OSError as error:
        number = _holder(file)
        os.close(file)
        if error.errno in _BUSY:
            by = f" (process {number})" if number else ""
            raise LogBusy(
                f"{folder}: another kiosk{by} uses this data folder: close it, or give this one its own with --data"
            ) from error
        raise LogError(f"{path}: {error.strerror}: the data folder must be on a disk that can lock files") from error
    try:
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode("ascii"))
    except OSError:
        pass  # a full disk: the number is only told to whoever comes second
    return Lock(file)


def holder(folder: Path) -> int | None:
    """The process of the kiosk that holds the folder, 0 where its number can't be told; None where none does.

    It makes nothing, and to find out holds the folder itself for a moment.
    """
    try:
        file = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return None
    try:
        _lock(file)
    except OSError as error:
        return _holder(file) if error.errno in _BUSY else None
    finally:
        os.close(file)
    return None


def _holder(file: int) -> int:
    os.lseek(file, 0, os.SEEK_SET)
    number = os.read(file, 20).decode("ascii", "replace").strip()
    return int(number) if number.isdecimal() else 0


def make(folder: Path) -> None:
    """Make the data folder. Raises `UsageError` where there can be none, `LogError` where it may not be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except ValueError as error:
        raise UsageError(f"{str(folder)!r}: {error}: name a folder with --data") from error
    except FileExistsError as error:
        raise UsageError(f"{folder} is a file, not a data folder: name a folder with --data") from error
    except OSError as error:
        if error.errno in _REFUSED:
            raise LogError(f"{folder}: {error.strerror}: let the kiosk write in its data folder") from error
        raise UsageError(f"{folder}: {error.strerror}: name a folder with --data") from error
