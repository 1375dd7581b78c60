"""Printing what commands say."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping

from kiosk.core.problems import Severity


def write(line: str) -> None:
    """A line on stdout, also where the terminal knows no Chinese."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors != "backslashreplace":
        sys.stdout.reconfigure(errors="backslashreplace")
    print(line)


def note(line: str) -> None:
    """A line on stderr, for people."""
    print(f"kiosk: {line}", file=sys.stderr, flush=True)


def count_problems(counted: Mapping[Severity, int]) -> str:
    """How many there are of each severity, in words."""
    named = [f"{counted[kind]} {kind}{'' if counted[kind] == 1 else 's'}" for kind in Severity if counted[kind]]
    return ", ".join(named) or "nothing wrong"
