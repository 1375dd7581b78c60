"""What a check finds in one file, collected as it goes."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.adapters.packs.folder import ITEM_FOLDERS, OTHER_FOLDERS, ROOT_FILES
from kiosk.core.problems import Problem, Severity

_ORDER = {name: place for place, name in enumerate((*ROOT_FILES, *ITEM_FOLDERS, *OTHER_FOLDERS))}
MOST_PER_FILE = 60
"""A file with more to mend than this is not read by anybody; a hostile one could have a million problems."""

MOST_INFOS = 1000
"""Of one file: a list to go through with the office that confirms them, and a pack may have a hundred cards."""

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
        self._infos = 0
        self._left_out: dict[Severity, int] = {}
        self._settled: set[int] = set()

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

    def take(self, other: Findings, *, errors_only: bool = False) -> None:
        """Add what was found elsewhere in the same file."""
        for found in other.problems:
            if found.severity is Severity.ERROR:
                self.errors += 1
            elif errors_only:
                continue
            self._add(found.severity, (found.line, found.column), found.code, found.message, found.hint)

    def settle(self, line: int = 0) -> None:
        """From now on the line (all lines with an error, if none is named) is explained: see `is_settled`."""
        if line:
            self._settled.add(line)
        elif self.errors:
            errors = (found for found in self._problems.values() if found.severity is Severity.ERROR)
            self._settled.update(found.line for found in errors)

    def fail(self) -> None:
        """Count an error whose cause is reported in another file."""
        self.errors += 1

    def is_any_settled(self, first: int, after: int | None) -> bool:
        """Whether any line from the first up to another (or the end) is explained."""
        return any(first <= line and (after is None or line < after) for line in self._settled)

    def is_settled(self, line: int) -> bool:
        """Whether what is wrong with this line is said, so that what follows from it needs no other sentence."""
        return line in self._settled

    @property
    def problems(self) -> list[Problem]:
        """In the order of the file."""
        if not self._problems:
            return []
        found = sorted(self._problems.values(), key=lambda problem: (problem.line, problem.column))
        for severity, number in self._left_out.items():
            more = f"{number} more of these in this file are not listed"
            found.append(Problem(self.path, 0, 0, severity, "too-many-problems", more))
        return found

    def _add(self, severity: Severity, spot: Spot, code: str, message: str, hint: str) -> None:
        key = (*spot, code, message)
        if key in self._problems:
            return
        if self._is_full(severity):
            self._left_out[severity] = self._left_out.get(severity, 0) + 1
            return
        self._problems[key] = Problem(self.path, *spot, severity, code, message, hint)
        self._infos += severity is Severity.INFO

    def _is_full(self, severity: Severity) -> bool:
        if severity is Severity.INFO:
            return self._infos >= MOST_INFOS
        return len(self._problems) - self._infos >= MOST_PER_FILE


class Notebook:
    """The findings of every file of a pack."""

    def __init__(self, root: Path) -> None:
        self._prefix = "" if str(root) == "." else f"{root}{os.sep}"
        self._root = str(root)
        self._pages: dict[str, Findings] = {}

    def of(self, name: str) -> Findings:
        """Those of one file, by its name relative to the pack with `/`; empty for the folder of the pack."""
        if name not in self._pages:
            self._pages[name] = Findings(self._prefix + name.replace("/", os.sep) if name else self._root)
        return self._pages[name]

    @property
    def problems(self) -> list[Problem]:
        """All of them, in file order: the pack's own files as the format lists them, then its folders."""
        order = sorted(
            self._pages, key=lambda name: (_ORDER.get(name.partition("/")[0], len(_ORDER)) if name else -1, name)
        )
        return [problem for name in order for problem in self._pages[name].problems]
