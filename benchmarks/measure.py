"""Rows of the table that `make bench` prints, and how two things are timed side by side."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One promise: what we take, what the baseline takes, and the most that ours may be of it."""

    name: str
    ours: float
    """In `unit`."""
    baseline: float
    """Likewise: what it is compared with, or the promise itself where that is a number and not a ratio."""
    ratio: float
    limit: float
    """The most that the ratio may be."""
    unit: str = "s"
    """`s` or `B`."""

    @property
    def is_kept(self) -> bool:
        """Whether the promise is kept."""
        return self.ratio <= self.limit


def alternate(ours: Callable[[], object], baseline: Callable[[], object], runs: int = 11) -> tuple[float, float]:
    """The median seconds of both, run in turn, so that a busy moment of the machine falls on both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for call, found in zip((ours, baseline), times, strict=True):
            gc.collect()
            start = time.perf_counter()
            call()
            found.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def compare(name: str, limit: float, ours: Callable[[], object], baseline: Callable[[], object]) -> Row:
    """A row of two alternating calls."""
    mine, other = alternate(ours, baseline)
    return Row(name, mine, other, mine / other, limit)


def promised(name: str, ours: float, promise: float, unit: str = "s") -> Row:
    """A row of something that may be at most so much, whatever the machine."""
    return Row(name, ours, promise, ours / promise, 1.0, unit)


def p95(values: Sequence[float]) -> float:
    """What 95 of a hundred stay below."""
    return statistics.quantiles(values, n=20, method="inclusive")[18]
