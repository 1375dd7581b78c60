"""Chance from a seed, the same on every machine and in every version of Python.

Each question asked of a seed ("which of these first?") has a name, so that asking one more never changes the answer
to another, and adding an item to a pack moves no other item.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def rank(seed: int, *names: object) -> int:
    """A whole number from 0 to 2**64 - 1 that the seed gives to the names."""
    text = "\x1f".join([str(seed), *(str(name) for name in names)])
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


def coin(seed: int, *names: object) -> bool:
    """True for half of all seeds."""
    return rank(seed, *names) % 2 == 1


def shuffled(seed: int, purpose: str, values: Iterable[T]) -> tuple[T, ...]:
    """The values in an order of the seed's; their `str` tells them apart."""
    return tuple(sorted(values, key=lambda value: rank(seed, purpose, value)))
