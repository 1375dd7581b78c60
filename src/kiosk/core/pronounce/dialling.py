"""Numbers that are dialled or read out as codes: figure by figure, in groups as they are remembered."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Dialling(NamedTuple):
    """How a language says them."""

    by_figure: Callable[[str], str]
    """Figures, one by one."""
    pause: str
    """What stands between groups."""
    plus: str
    """What is said for the plus of a country's code."""
    ten: tuple[str, ...]
    """How a number of ten figures begins that is grouped by 3, 3 and 4."""

    def number(self, figures: str) -> str:
        """One run of figures."""
        said, start = [], 0
        for size in self._sizes(figures):
            said.append(self.by_figure(figures[start : start + size]))
            start += size
        return self.pause.join(said)

    def as_written(self, match: re.Match[str]) -> str:
        """As it was grouped by whoever wrote it; in one run, as it is remembered."""
        groups = re.findall(r"\d+", match.group())
        said = self.number(groups[0]) if len(groups) == 1 else self.groups(*groups)
        return f"{self.plus}{said}" if match.group().startswith("+") else said

    def groups(self, *groups: str) -> str:
        """Each figure by figure, with a pause between; an empty one is left out."""
        return self.pause.join(self.by_figure(group) for group in groups if group)

    def _sizes(self, figures: str) -> list[int]:
        if len(figures) == 11 and figures[0] == "1":
            sizes = [3, 4, 4]
        elif len(figures) == 10 and figures.startswith(self.ten):
            sizes = [3, 3, 4]
        elif len(figures) == 8 or len(figures) > 11:
            sizes = [4] * (len(figures) // 4)
        else:
            sizes = []
        rest = len(figures) - sum(sizes)
        return [*sizes, rest] if rest else sizes
