"""What a content check finds: a place, a code, a sentence and a hint, as a value."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem matters: an item with an error is not shown."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Problem(NamedTuple):
    """One finding of `kiosk content check`; the fields are the keys of `--format json`."""

    path: str
    """The file, as it was reached from the PATH given."""
    line: int
    """From 1; 0 where a whole file or folder is meant."""
    column: int
    """From 1, in characters; 0 where a whole line is meant."""
    severity: Severity
    code: str
    """A word that stays the same, such as `unknown-key`."""
    message: str
    hint: str = ""
    """What to write instead; empty where the message says it all."""

    def __str__(self) -> str:
        place = ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.severity}[{self.code}] {self.message}{hint}"
