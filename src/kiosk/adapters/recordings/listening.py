"""Listening to an audio file: how long it is, how loud, cut off at full scale or not, and where it is silent."""

from __future__ import annotations

import sys
import wave
from array import array
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.core.recordings import LARGEST, LONGEST, WAV_BITS, Heard, in_16_bits

_BLOCKS = 50
"""In which the sound is looked at, a second."""
_LOUDEST = 5
"""The level is the peak of the so many-th loudest block: of sound that lasts a tenth of a second, so not of a click."""
_STILL = 0.04
"""A block is silent below this part of the level: of speech that is 28 dB, more than a quiet room is below it."""
_NOTHING = 0.0005
"""A block is silent below this part of full scale, whatever the level."""
_FULL = 32_500
"""Full scale of files of 8 bits, too (of 32,767)."""
_FLAT = 4
"""So many samples one after the other at full scale are a wave that was cut off; speech only touches it."""

_NO_SOUND = "this is no {} that can be played: record it again, or save it as WAV"

Samples = Sequence[int]
"""16 bits with a sign, the channels interleaved."""


class _Sound(NamedTuple):
    channels: int
    rate: int
    blocks: Generator[Samples, Any, None]


def listen(path: Path) -> Heard:
    """What is heard in a file; `why` is set where it can't be played."""
    try:
        size = path.stat().st_size
        if size == 0:
            return Heard(why="the file is empty")
        if size > LARGEST:
            return Heard(
                why=f"it is larger than {LARGEST // 1_000_000} MB, so it is not played: save it with one channel"
            )
        opened = _open(path)
        with closing(opened.blocks) as blocks:
            heard = _judge(islice(blocks, round(_BLOCKS * LONGEST) + 2), opened.channels, opened.rate)
    except OSError as error:
        return Heard(why=f"it can't be read: {(error.strerror or str(error)).lower()}")
    except ValueError as error:
        return Heard(why=str(error))
    if heard.seconds > LONGEST:
        return Heard(why=f"it is longer than {LONGEST:g} s, so it is not played: cut it into its parts")
    return heard


def _judge(blocks: Iterable[Samples], channels: int, rate: int) -> Heard:
    samples = 0
    peaks: list[int] = []
    flats = [_Flat() for _ in range(channels)]
    for block in blocks:
        samples += len(block)
        highest, lowest = max(block), min(block)
        peak = max(highest, -lowest)
        peaks.append(peak)
        for channel, flat in enumerate(flats):
            if peak >= _FULL:
                flat.take(block[channel::channels])
            else:
                flat.end()
    if not samples:
        return Heard(why="there is no sound in it")
    clipped = sum(flat.count for flat in flats)
    seconds = samples / channels / rate
    level = sorted(peaks)[-_LOUDEST:][0] / 32_768
    threshold = 32_768 * max(_STILL * level, _NOTHING)
    loud = [place for place, peak in enumerate(peaks) if peak > threshold]
    if not loud:
        return Heard(seconds, level, clipped, before=seconds)
    return Heard(seconds, level, clipped, loud[0] / _BLOCKS, max(0.0, seconds - (loud[-1] + 1) / _BLOCKS))


class _Flat:
    """Counts the runs of samples at full scale in one channel."""

    def __init__(self) -> None:
        self.count = 0
        self._side = 0
        self._length = 0

    def take(self, samples: Samples) -> None:
        """Go on with these."""
        for sample in samples:
            side = (sample >= _FULL) - (sample <= -_FULL)
            if side and side == self._side:
                self._length += 1
                if self._length == _FLAT:
                    self.count += 1
            else:
                self._side, self._length = side, 1

    def end(self) -> None:
        """What comes next is not at full scale."""
        self._side = self._length = 0


def _open(path: Path) -> _Sound:
    """Raises `ValueError` with the reason where it can't be played, or `OSError`."""
    try:
        import miniaudio
    except ImportError:
        return _open_wave(path)
    name = str(path)
    try:
        about: Any = miniaudio.get_file_info(name)
        # In the file's own channels and rate: what is clipped would not be any more after mixing.
        stream = miniaudio.stream_file(
            name,
            nchannels=about.nchannels,
            sample_rate=about.sample_rate,
            frames_to_read=max(1, about.sample_rate // _BLOCKS),
        )
    except miniaudio.MiniaudioError as error:
        raise ValueError(_NO_SOUND.format(path.suffix[1:].upper())) from error
    return _Sound(about.nchannels, about.sample_rate, stream)


def _open_wave(path: Path) -> _Sound:
    """Without miniaudio: only WAV."""
    if path.suffix != ".wav":
        raise ValueError("without miniaudio only WAV can be played here: save it as WAV")
    try:
        file = wave.open(str(path), "rb")  # noqa: SIM115 - the generator closes it
    except (wave.Error, EOFError) as error:
        raise ValueError(_NO_SOUND.format("WAV")) from error
    if 8 * file.getsampwidth() not in WAV_BITS or not file.getframerate():
        file.close()
        raise ValueError("without miniaudio only WAV of 16 bits can be played here: save it as that")
    return _Sound(file.getnchannels(), file.getframerate(), _wave_blocks(file))


def _wave_blocks(file: wave.Wave_read) -> Generator[Samples, Any, None]:
    with file:
        while frames := file.readframes(max(1, file.getframerate() // _BLOCKS)):
            samples = array("h", in_16_bits(frames, 8 * file.getsampwidth()))
            if sys.byteorder == "big":
                samples.byteswap()
            yield samples
