"""Soft tones beside "right" and "again": low enough for old ears, and quieter than speech."""

from __future__ import annotations

import math
from array import array
from functools import cache

from kiosk.voice.pcm import RATE, Samples

_NOTES: dict[str, tuple[tuple[float, float], ...]] = {
    "right": ((659.3, 0.14), (880.0, 0.24)),
    "again": ((523.3, 0.3),),
}
"""By name: (hertz, seconds) of each note; all between 500 and 1,000 Hz, where age takes least of the hearing."""

_PEAK = 5_000
"""Speech peaks at six times that."""

_ATTACK = 0.02
"""Seconds until a note is loud: soft, and without a click."""


@cache
def tone(name: str) -> Samples:
    """The sound of one of `core.speech.TONES`; nothing for another name."""
    sound: Samples = array("h")
    for hertz, seconds in _NOTES.get(name, ()):
        count = round(RATE * seconds)
        sound.extend(
            round(_PEAK * _loudness(place / RATE, seconds) * math.sin(2 * math.pi * hertz * place / RATE))
            for place in range(count)
        )
    return sound


def _loudness(at: float, seconds: float) -> float:
    """From 0 to 1 and back, as half a wave each way."""
    if at < _ATTACK:
        return (1 - math.cos(math.pi * at / _ATTACK)) / 2
    return (1 + math.cos(math.pi * (at - _ATTACK) / (seconds - _ATTACK))) / 2
