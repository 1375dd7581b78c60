"""One line of the doctor, and how much it matters."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

AREAS = (
    *("system", "settings", "packs", "voice", "sound", "cache", "fonts", "glyphs"),
    *("terminal", "data", "log", "clock", "keyboard"),
)
"""What is looked at, in the order in which it is told; `log` is told with `data`."""


class State(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"
    """The main job would not work."""


class Finding(NamedTuple):
    """One line; the fields are the keys of `--format json`."""

    area: str
    """One of `AREAS`."""
    state: State
    text: str
    remedy: str = ""
    """The one thing to do: a command, or a sentence. Empty where nothing is to be done."""


def works(findings: Iterable[Finding]) -> bool:
    """Whether the main job would work."""
    return not any(finding.state is State.BAD for finding in findings)


def quoted(path: str) -> str:
    """A path as an argument of a command."""
    return f'"{path}"' if " " in path else path
