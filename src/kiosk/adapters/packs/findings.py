"""What a check finds in one file, collected as it goes."""

from __future__ import annotations

from kiosk.core.problems import Problem, Severity

MOST_PER_FILE = 60
"""A file with more problems than this is not read by anybody; a hostile one could have a million."""

Spot = tuple[int, int]
"""Line and column, both from 1; 0 where none is meant."""

NOWHERE: Spot = (0, 0)


class Findings:
    """The problems of one file, each once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.errors = 0
        """How many errors there are, kept or not."""
        self._problems: dict[tuple[int, int, str, str], Problem] = {}
        self._left_out = 0

    def error(self, spot: Spot, code: str, message: str, hint: str = "") -> None:
        """Something that keeps an item from being shown."""
        self.errors += 1
        self._add(Severity.ERROR, spot, code, message, hint)

    def warn(self, spot: Spot, code: str, message: str, hint: str = "") -> None:
        """Something that should be mended, though the item is shown."""
        self._add(Severity.WARNING, spot, code, message, hint)

    def inform(self, spot: Spot, code: str, message: str, hint: str = "") -> None:
        """Something to know."""
        self._add(Severity.INFO, spot, code, message, hint)

    def has_line(self, line: int) -> bool:
        """Whether an error on this line is known already: what follows from it is not worth another sentence."""
        return any(place[0] == line and found.severity is Severity.ERROR for place, found in self._problems.items())

    @property
    def problems(self) -> list[Problem]:
        """In the order of the file."""
        found = sorted(self._problems.values(), key=lambda problem: (problem.line, problem.column))
        if self._left_out:
            more = f"{self._left_out} more problems in this file are not listed"
            found.append(Problem(self.path, 0, 0, Severity.ERROR, "too-many-problems", more))
        return found

    def _add(self, severity: Severity, spot: Spot, code: str, message: str, hint: str) -> None:
        if len(self._problems) >= MOST_PER_FILE:
            self._left_out += 1
            return
        self._problems.setdefault((*spot, code, message), Problem(self.path, *spot, severity, code, message, hint))
