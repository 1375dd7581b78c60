"""Recordings of packs: found by the part that they are of, and played as the kiosk plays everything.

At every speed a recording is played as it was spoken: a person who reads for old ears is understood better than any
machine, and stretching a voice spoils it.
"""

from __future__ import annotations

import math
import stat
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from kiosk.core.errors import SpeechError
from kiosk.core.recordings import KIOSK, LARGEST, LONGEST, SUFFIXES, path_of
from kiosk.voice import pcm
from kiosk.voice.pcm import RATE, Samples
from kiosk.voice.recent import Recent

_REMEMBERED = 8_000_000
"""Bytes of samples that are kept."""

_CHUNK = RATE // 8
"""Samples that are decoded at a time: what is heard first must not wait for the rest."""

_BLOCK = RATE // 50
"""Samples over which a level is measured."""

_JUDGED = RATE * 3 // 4
"""Samples by whose level the whole is judged."""

LEVEL = 4_300.0
"""The level that a recording is brought to: espeak-ng's, the root of the mean square where somebody speaks."""

_LEAST, _MOST = 0.5, 4.0
"""Of the factor that does it: what is softer still is noise."""

_PEAK = 32_000


class Recording(NamedTuple):
    """A file as it was found; another one where it has changed since."""

    path: Path
    bytes: int
    changed: int
    """In nanoseconds."""


class Recordings:
    """Those in the `audio/` folders of packs."""

    def __init__(self, folders: Sequence[tuple[str, str]]) -> None:
        """(Pack, its folder); a phrase of the interface is looked for in one after the other."""
        self._folders = {pack: Path(folder) for pack, folder in folders}
        self._recent: Recent[Recording, Samples] = Recent(_REMEMBERED)
        self._refused: set[Recording] = set()

    def find(self, part: str, language: str) -> Recording | None:
        """The recording of a part in a language; `None` where there is none that can be played."""
        pack, _, rest = part.partition("/")
        if not rest:
            return None
        folders = self._folders.values() if pack == KIOSK else filter(None, [self._folders.get(pack)])
        for folder in folders:
            for suffix in SUFFIXES:
                found = _look(folder, path_of(part, language, suffix))
                if found and found not in self._refused:
                    return found
        return None

    def play(self, recording: Recording) -> Iterator[Samples]:
        """Its sound without the silence at both ends, in chunks of which the first comes at once.

        Raises `SpeechError`, before the first chunk unless it is damaged further on; `find` doesn't find it again then.
        """
        whole = self._recent.get(recording)
        if whole is not None:
            yield whole
            return
        whole = array("h")
        try:
            for chunk in _levelled(_without_silence(_decoded(recording))):
                whole += chunk
                yield chunk
        except (SpeechError, OSError) as error:
            self._refused.add(recording)
            print(f"voice: {recording.path} is not played: {error}", file=sys.stderr, flush=True)
            raise SpeechError(str(error)) from error
        self._recent.put(recording, whole, 2 * len(whole))


def _look(folder: Path, path: str) -> Recording | None:
    """Only a plain file that lies just there: no link, and nothing outside."""
    names = path.split("/")
    if len(names) != 4 or {"", ".", ".."} & set(names):
        return None
    try:
        wanted = folder.resolve() / path
        found = wanted.lstat()
        if not stat.S_ISREG(found.st_mode) or wanted.resolve() != wanted:
            return None
    except (OSError, ValueError, RuntimeError):
        return None
    return Recording(wanted, found.st_size, found.st_mtime_ns)


def _decoded(recording: Recording) -> Iterator[Samples]:
    """Chunks of a file of any of the formats; raises `SpeechError`, `OSError`."""
    path = recording.path
    if recording.bytes > LARGEST:
        raise SpeechError(f"it is larger than {LARGEST // 1_000_000} MB")
    try:
        import miniaudio
    except ImportError as error:
        if path.suffix != ".wav":
            raise SpeechError("without miniaudio only WAV can be played") from error
        whole = pcm.read(path)
        if len(whole) > LONGEST * RATE:
            raise SpeechError(_TOO_LONG) from None
        yield whole
        return
    try:
        if miniaudio.get_file_info(str(path)).duration > LONGEST:
            raise SpeechError(_TOO_LONG)
        chunks = miniaudio.stream_file(str(path), miniaudio.SampleFormat.SIGNED16, 1, RATE, _CHUNK)
        count = 0
        for chunk in chunks:
            count += len(chunk)
            if count > (LONGEST + 1) * RATE:
                raise SpeechError(_TOO_LONG)
            yield chunk
    except miniaudio.MiniaudioError as error:
        raise SpeechError(f"it is no sound that can be read ({error.args[0]})") from error


_TOO_LONG = f"it is longer than {LONGEST:g} s"


def _without_silence(chunks: Iterator[Samples]) -> Iterator[Samples]:
    begun = False
    held: Samples = array("h")
    for chunk in chunks:
        first, last = pcm.ends(chunk)
        if first == last:
            # It belongs to the sound only where some follows.
            if begun:
                held += chunk
            continue
        yield held + chunk[0 if begun else first : last]
        begun = True
        held = chunk[last:]
    if not begun:
        raise SpeechError("there is nothing to hear in it")


def _levelled(chunks: Iterator[Samples]) -> Iterator[Samples]:
    """As loud as the voice that speaks before and after it, judged by how it begins."""
    beginning: list[Samples] = []
    for chunk in chunks:
        beginning.append(chunk)
        if sum(map(len, beginning)) >= _JUDGED:
            break
    factor = _factor(array("h", b"".join(chunk.tobytes() for chunk in beginning)))
    most = int(_PEAK / factor)
    for chunk in chain(beginning, chunks):
        if factor == 1.0:
            yield chunk
        elif max(chunk) <= most and min(chunk) >= -most:
            yield array("h", [int(value * factor) for value in chunk])
        else:
            yield array("h", [int(max(-most, min(most, value)) * factor) for value in chunk])


def _factor(samples: Samples) -> float:
    """What brings them to `LEVEL`; 1 where they are near it."""
    level = level_of(samples)
    if not level:
        return 1.0
    factor = min(max(LEVEL / level, _LEAST), _MOST, _PEAK / max(map(abs, samples)))
    return 1.0 if 0.9 < factor < 1.1 else factor


def level_of(samples: Samples) -> float:
    """The root of the mean square where somebody speaks: pauses are left out."""
    powers = []
    for start in range(0, len(samples), _BLOCK):
        block = samples[start : start + _BLOCK : 5]
        powers.append(sum(value * value for value in block) / len(block))
    least = max(powers, default=0.0) / 100
    loud = [power for power in powers if power > least]
    return math.sqrt(sum(loud) / len(loud)) if loud else 0.0
