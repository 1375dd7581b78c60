"""Printing what commands say."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.core.counting import count
from kiosk.core.errors import UsageError
from kiosk.core.problems import Problem, Severity


def write(line: str) -> None:
    """A line on stdout, also where the terminal knows no Chinese."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors != "backslashreplace":
        sys.stdout.reconfigure(errors="backslashreplace")
    print(line)


def note(line: str) -> None:
    """A line on stderr, for people."""
    print(f"kiosk: {line}", file=sys.stderr, flush=True)


def write_document(text: str, out: Path | None, *, marked: bool, exact: bool = False) -> None:
    """A whole text on stdout, or in a file; raises `UsageError` where that can't be written.

    `marked` files begin with the mark by which programs of people know UTF-8; an `exact` text has its own line ends,
    and the mark on stdout, too.
    """
    encoded = text.encode("utf-8-sig" if marked else "utf-8")
    if out is not None:
        try:
            out.write_bytes(encoded)
        except OSError as error:
            raise UsageError(f"--out {out}: {(error.strerror or str(error)).lower()}") from error
    elif exact:
        sys.stdout.buffer.write(encoded)
        sys.stdout.buffer.flush()
    else:
        write(text.removesuffix("\n"))


def tell_problems(problems: Sequence[Problem], form: str, where: str, *, strict: bool) -> int:
    """All of them as lines, or as one JSON array, and how many there are; 1 for errors, if strict for warnings too."""
    if form == "json":
        write(json.dumps([problem._asdict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            write(str(problem))
    counted = Counter(problem.severity for problem in problems)
    note(f"{count_problems(counted)} in {where}")
    return int(bool(counted[Severity.ERROR] or (strict and counted[Severity.WARNING])))


def count_problems(counted: Mapping[Severity, int]) -> str:
    """How many there are of each severity, in words."""
    named = [count(counted[kind], kind) for kind in Severity if counted[kind]]
    return ", ".join(named) or "nothing wrong"
