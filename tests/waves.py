"""Sound made for tests, and written as WAV."""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path

RATE = 22_050


def tone(seconds: float, peak: float = 0.5, rate: int = RATE) -> list[int]:
    """A sine of 300 Hz; above full scale it is cut off, as a microphone too near does it."""
    made = (peak * 32_767 * math.sin(2 * math.pi * 300 * n / rate) for n in range(round(seconds * rate)))
    return [max(-32_768, min(32_767, round(sample))) for sample in made]


def room(seconds: float, rate: int = RATE) -> list[int]:
    """A quiet room: noise 50 dB below full scale."""
    return [100 * (n % 3 - 1) for n in range(round(seconds * rate))]


def save(path: Path, samples: Sequence[int], channels: int = 1, width: int = 2, rate: int = RATE) -> None:
    """Interleaved samples of 16 bits, in bytes of `width`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = array("h", samples)
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(data.tobytes() if width == 2 else bytes((sample >> 8) + 128 for sample in samples))
