"""What a command was started in, told by its streams and its environment alone: nothing is asked of the terminal."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping

from kiosk.core.checkup import TerminalSeen

_MILLIONS = 1 << 24


def look(environ: Mapping[str, str] = os.environ) -> TerminalSeen:
    """Any of the three standard streams may be redirected: the first that is a terminal tells."""
    remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    terminals = [descriptor for descriptor in (1, 2, 0) if _is_terminal(descriptor)]
    if not terminals:
        return TerminalSeen(False, remote=remote)
    columns, rows = _size(terminals)
    kind = environ.get("TERM", "")
    return TerminalSeen(True, columns, rows, kind, _colours(kind, environ), _encoding(), remote)


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False


def _size(terminals: list[int]) -> tuple[int, int]:
    for descriptor in terminals:
        try:
            columns, rows = os.get_terminal_size(descriptor)
        except OSError:
            continue
        return columns, rows
    return 0, 0


def _colours(kind: str, environ: Mapping[str, str]) -> int:
    """As the screen's own library decides it."""
    if environ.get("NO_COLOR"):
        return 0
    if sys.platform == "win32" or environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return _MILLIONS
    ending = kind.strip().lower().rpartition("-")[2]
    return {"truecolor": _MILLIONS, "direct": _MILLIONS, "kitty": _MILLIONS, "256color": 256}.get(ending, 16)


def _encoding() -> str:
    """Of the locale; a Windows console takes any character."""
    return "utf-8" if sys.platform == "win32" else locale.getencoding()
