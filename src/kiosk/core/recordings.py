"""Recordings: where they lie in a pack, what of each part is played, and what is heard in a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

FOLDER = "audio"

SUFFIXES = (".wav", ".flac", ".mp3", ".ogg")
"""Of what is played; of several recordings of one part, the first of these."""

LONGEST = 60.0
"""Seconds: nobody reads a part for longer, so what is longer is not played."""

LARGEST = 32_000_000
"""Bytes: a minute takes less in every format, so what is larger is not played."""

WAV_BITS = (8, 16, 24, 32)
"""Bits a sample of the WAV files that are played."""

_SIGNED = bytes((*range(128, 256), *range(128)))
"""From samples of 8 bits, which have no sign in a WAV."""

KIOSK = "_kiosk"
"""The item of the interface's own phrases; their parts name no pack, since any pack may have them."""


class AudioFile(NamedTuple):
    """Something in a pack's `audio/` folder that isn't a folder."""

    path: str
    """Relative to the pack, with `/`: `audio/zh/grandson-needs-cash/scene-1.wav`."""
    is_link: bool = False
    """Links are never followed."""


class Place(NamedTuple):
    """What a recording is of, by where it lies."""

    language: str
    """Or spoken variety."""
    item: str
    part: str

    def name(self, pack: str) -> str:
        """The part as everywhere else: `pack/item/part`, or `_kiosk/message`."""
        return f"{self.item}/{self.part}" if self.item == KIOSK else f"{pack}/{self.item}/{self.part}"


class Heard(NamedTuple):
    """What a file sounds like."""

    seconds: float = 0.0
    """All of it, silence at both ends included."""
    level: float = 0.0
    """The peak of its loudest tenth of a second, clicks left aside; 1 is full scale."""
    clipped: int = 0
    """How often the wave was cut off at full scale."""
    before: float = 0.0
    """Seconds of silence before the first sound."""
    after: float = 0.0
    """Seconds of silence after the last."""
    why: str = ""
    """Why it can't be played; empty where it can."""

    @property
    def spoken(self) -> float:
        """Seconds without the silence at both ends."""
        return self.seconds - self.before - self.after


def in_16_bits(frames: bytes, bits: int) -> bytes:
    """Samples of a WAV in 16 bits with a sign, the low byte first; finer ones lose their lowest bits.

    `bits` are those of each, of `WAV_BITS` or `ValueError`; a sample that isn't whole is left out.
    """
    if bits not in WAV_BITS:
        raise ValueError(f"{bits} bits a sample")
    width = bits // 8
    frames = frames[: len(frames) // width * width]
    found = bytearray(len(frames) // width * 2)
    found[1::2] = frames.translate(_SIGNED) if width == 1 else frames[width - 1 :: width]
    if width > 1:
        found[0::2] = frames[width - 2 :: width]
    return bytes(found)


def folder_of(language: str) -> str:
    """Where the recordings in a language or spoken variety lie in a pack, with `/` at its end."""
    return f"{FOLDER}/{language}/"


def path_of(part: str, language: str, suffix: str = SUFFIXES[0]) -> str:
    """Where the recording of a part (`pack/item/part`, `_kiosk/message`) lies in its pack."""
    item_and_part = part if part.startswith(f"{KIOSK}/") else part.partition("/")[2]
    return f"{folder_of(language)}{item_and_part}{suffix}"


def place_of(file: AudioFile) -> Place | None:
    """What it is a recording of; None where it is none."""
    names = file.path.split("/")
    suffix = suffix_of(file.path)
    if file.is_link or suffix not in SUFFIXES or len(names) != 4:
        return None
    _, language, item, name = names
    return Place(language, item, name.removesuffix(suffix))


def suffix_of(path: str) -> str:
    """How the name of a file ends: `.wav`; empty for one without an ending."""
    stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return dot + suffix if stem else ""


def played(files: Iterable[AudioFile]) -> dict[Place, AudioFile]:
    """The recordings of each part that has some; of several the one that is played."""
    found: dict[Place, AudioFile] = {}
    for file in sorted(files, key=_rank):
        place = place_of(file)
        if place:
            found.setdefault(place, file)
    return found


def _rank(file: AudioFile) -> int:
    suffix = suffix_of(file.path)
    return SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES)
