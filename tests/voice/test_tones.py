"""Soft tones, measured in their samples."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from kiosk.core.speech import TONES
from kiosk.voice.pcm import RATE
from kiosk.voice.tones import tone

QUIET = 12_000
"""Well below where speech peaks, which is full scale."""


def strengths(samples: array[int]) -> dict[int, float]:
    """How much there is of each frequency from 100 to 4,000 Hz, 20 Hz apart."""
    found = {}
    for hertz in range(100, 4001, 20):
        turn = 2 * math.pi * hertz / RATE
        real = sum(value * math.cos(turn * place) for place, value in enumerate(samples))
        imaginary = sum(value * math.sin(turn * place) for place, value in enumerate(samples))
        found[hertz] = math.hypot(real, imaginary)
    return found


def pitch(samples: array[int]) -> float:
    """By how often it rises through nothing."""
    rises = [place for place, (one, other) in enumerate(pairwise(samples)) if one < 0 <= other]
    return RATE * (len(rises) - 1) / (rises[-1] - rises[0])


@pytest.mark.parametrize("name", TONES)
def test_a_tone_is_soft_short_and_between_500_and_1000_hertz(name: str) -> None:
    samples = tone(name)
    assert 0.1 <= len(samples) / RATE <= 0.4
    assert max(map(abs, samples)) <= QUIET
    heard = strengths(samples)
    strongest = max(heard.values())
    assert all(500 <= hertz <= 1000 for hertz, strength in heard.items() if strength > strongest / 4)


@pytest.mark.parametrize("name", TONES)
def test_a_tone_begins_and_ends_without_a_click(name: str) -> None:
    samples = tone(name)
    assert abs(samples[0]) < 100
    assert abs(samples[-1]) < 100
    assert max(abs(one - other) for one, other in pairwise(samples)) < QUIET / 5


def test_right_rises_and_again_is_one_lower_note() -> None:
    right, again = tone("right"), tone("again")
    low, high = pitch(right[: len(right) // 3]), pitch(right[len(right) // 2 :])
    assert high > 1.2 * low
    assert pitch(again) == pytest.approx(pitch(again[: len(again) // 3]), rel=0.03)
    assert pitch(again) < low


def test_an_unknown_tone_is_silent() -> None:
    assert not tone("gong")
