"""Sound as the kiosk plays it: 22,050 samples a second, one channel, 16 bits with a sign."""

from __future__ import annotations

import struct
import sys
import wave
from array import array
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from kiosk.core.errors import SpeechError
from kiosk.core.recordings import in_16_bits

RATE = 22_050

Samples: TypeAlias = "array[int]"

_STILL = 16
"""Below this (of 32,767) is silence."""

_BLOCK = 110
"""Samples that are silence together: 5 ms."""


def silence(seconds: float) -> Samples:
    """So much of nothing."""
    return array("h", bytes(2 * round(RATE * max(0.0, seconds))))


def trimmed(samples: Samples) -> Samples:
    """Without the silence at both ends, so that a pause is as long as was asked for."""
    first, last = ends(samples)
    return samples[first:last]


def ends(samples: Samples) -> tuple[int, int]:
    """Where the sound begins, and where it has ended; equal where there is none."""
    first, last = 0, len(samples)
    while first < last and _still(samples[first : first + _BLOCK]):
        first += _BLOCK
    while last > first and _still(samples[max(first, last - _BLOCK) : last]):
        last -= _BLOCK
    return min(first, last), last


def _still(block: Samples) -> bool:
    return max(block) <= _STILL and min(block) >= -_STILL


def read(path: Path) -> Samples:
    """The sound in a file that an engine wrote: a WAV, or on macOS an AIFF whatever its name says."""
    data = path.read_bytes()
    try:
        rate, channels, frames = _aiff(data) if data[:4] == b"FORM" else _wav(path)
    except (wave.Error, EOFError, ValueError, struct.error) as error:
        raise SpeechError(f"the voice wrote no sound that can be read: {error}") from error
    return converted(array("h", frames), rate, channels)


def converted(samples: Samples, rate: int, channels: int) -> Samples:
    """Interleaved samples of another rate or of several channels, as the kiosk plays them."""
    if (rate, channels) == (RATE, 1):
        return samples
    try:
        import miniaudio
    except ImportError:
        return _resampled(_mixed(samples, channels), rate)
    sixteen = miniaudio.SampleFormat.SIGNED16
    frames = miniaudio.convert_frames(sixteen, channels, rate, samples.tobytes(), sixteen, 1, RATE)
    return array("h", bytes(frames))


def _mixed(samples: Samples, channels: int) -> Samples:
    if channels == 1:
        return samples
    sides = [samples[side::channels] for side in range(channels)]
    return array("h", [sum(frame) // channels for frame in zip(*sides, strict=False)])


def _resampled(samples: Samples, rate: int) -> Samples:
    """By the straight line between neighbours, after taking the mean of those that are too many."""
    if rate >= 2 * RATE:
        every = rate // RATE
        samples = _mixed(samples[: len(samples) // every * every], every)
        rate //= every
    if rate == RATE or not samples:
        return samples
    step = rate / RATE
    last = len(samples) - 1
    found = array("h")
    for place in range(int(len(samples) / step)):
        at = place * step
        left = min(int(at), last)
        found.append(int(samples[left] + (samples[min(left + 1, last)] - samples[left]) * (at - left)))
    return found


def write(path: Path, samples: Samples) -> None:
    """A WAV file, whole or not at all; raises `OSError`."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file, wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(samples.tobytes())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _wav(path: Path) -> tuple[int, int, bytes]:
    """Rate, channels and the frames in 16 bits."""
    with wave.open(str(path), "rb") as sound:
        if not sound.getframerate():
            raise ValueError("no samples a second")
        frames = in_16_bits(sound.readframes(sound.getnframes()), 8 * sound.getsampwidth())
        return sound.getframerate(), sound.getnchannels(), frames


def _aiff(data: bytes) -> tuple[int, int, bytes]:
    """The same of an AIFF or an uncompressed AIFF-C."""
    kind, at = data[8:12], 12
    rate, channels, order = 0, 0, ">"
    while at + 8 <= len(data):
        name, size = struct.unpack_from(">4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        if name == b"COMM":
            channels, _, bits, exponent, mantissa = struct.unpack_from(">hIhHQ", body)
            # An 80-bit float: the mantissa is a whole number of 2 to the -63.
            rate = round(mantissa * 2.0 ** (exponent - 16383 - 63))
            order = "<" if kind == b"AIFC" and body[18:22] == b"sowt" else ">"
            if bits != 16 or (kind == b"AIFC" and body[18:22] not in (b"NONE", b"sowt", b"twos")):
                raise ValueError(f"AIFF with {bits} bits a sample, {body[18:22]!r}")
        elif name == b"SSND" and rate:
            frames = array("h", body[8 : 8 + (len(body) - 8) // 2 * 2])
            if (order == ">") == (sys.byteorder == "little"):
                frames.byteswap()
            return rate, channels, frames.tobytes()
        at += 8 + size + size % 2
    raise ValueError("an AIFF without sound")
