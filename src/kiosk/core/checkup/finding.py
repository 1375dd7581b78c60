"""One line of the doctor, and how much it matters."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"
    """The main job would not work."""


class Finding(NamedTuple):
    """One line; the fields are the keys of `--format json`."""

    area: str
    state: State
    text: str
    remedy: str = ""
    """The one thing to do: a command, or a sentence. Empty where nothing is to be done."""


def works(findings: Iterable[Finding]) -> bool:
    """Whether the main job would work."""
    return not any(finding.state is State.BAD for finding in findings)


def count(number: int, one: str, many: str = "") -> str:
    """A number and the noun of it, in the plural where there are several: `many`, or `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def quoted(path: str) -> str:
    """A path as an argument of a command."""
    return f'"{path}"' if " " in path else path
