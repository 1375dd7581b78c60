"""From a percentage of the default rate to what an engine is set to, by what was measured on the voice."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeAlias

from kiosk.core.pace import by_character, normal
from kiosk.voice.engine import Engine, Pace

Curve: TypeAlias = tuple[tuple[float, Pace], ...]
"""(Characters or words a minute without pauses, the pace that gives so many) of a voice, slowest first; both rise."""


def guess(engine: Engine, language: str) -> Curve:
    """Of a voice that wasn't measured yet."""
    characters = by_character(language)
    return tuple((engine.guess(pace, characters=characters), pace) for pace in engine.paces)


def pace(curve: Curve, language: str, speed: int, pause: float, *, between: bool) -> Pace:
    """What an engine is set to for a percentage of the default rate, with so many seconds of pause a character or word.

    Outside the curve the rate is taken to be in proportion; an engine that can't go so far stops at its own limit.
    """
    wanted = 60 / (60 / (normal(language) * speed / 100) - pause)
    if not between:
        return min(curve, key=lambda point: abs(point[0] - wanted))[1]
    for (slow, slower), (fast, faster) in pairwise(curve):
        if slow <= wanted <= fast:
            share = (wanted - slow) / (fast - slow)
            return Pace(
                round(slower.rate + share * (faster.rate - slower.rate)),
                round(slower.gap + share * (faster.gap - slower.gap)),
            )
    end, nearest = curve[0] if wanted < curve[0][0] else curve[-1]
    return Pace(round(nearest.rate * wanted / end), nearest.gap)


def per_minute(curve: Curve, pace: Pace, pause: float) -> float:
    """Characters or words a minute that a pace gives, with so many seconds of pause a character or word."""
    return 60 / (60 / _without_pauses(curve, pace) + pause)


def _without_pauses(curve: Curve, pace: Pace) -> float:
    place = pace.rate - pace.gap  # one number: of two points of a curve either the rate differs or the gap
    for (slow, slower), (fast, faster) in pairwise(curve):
        low, high = slower.rate - slower.gap, faster.rate - faster.gap
        if low <= place <= high:
            return slow + (fast - slow) * (place - low) / (high - low)
    end, nearest = curve[0] if place < curve[0][1].rate - curve[0][1].gap else curve[-1]
    return end * pace.rate / nearest.rate
