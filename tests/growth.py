"""Whether the time that something takes grows with its size, not with the square of it."""

from __future__ import annotations

import time
from collections.abc import Callable

_QUICK = 1.0
"""Seconds of the processor's time, in which none of the squares here would be done."""


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether a size is done quickly, or on a slow machine in eight times what a quarter takes (a square: sixteen)."""
    whole = _seconds(work, size)
    return whole < _QUICK or whole < 8 * _seconds(work, size // 4)


def _seconds(work: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    work(size)
    return time.process_time() - start
