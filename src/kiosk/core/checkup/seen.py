"""What the doctor saw: values of what was looked at, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple

from kiosk.core.speech import Described

NULL_DEVICE = "null"
"""The sound device that nobody hears."""

MEGABYTE = 1_000_000
"""Bytes."""

WINDOWS, MACOS = "win32", "darwin"
"""What `System.name` may be."""


class System(NamedTuple):
    """What is looked at."""

    name: str
    """As `sys.platform` has it."""
    python: str
    """The command that is the Python of this kiosk."""
    about: str
    """Both versions and the system's, for people."""


class Offer(NamedTuple):
    """A language or spoken variety that visitors can choose."""

    language: str
    written: str
    """The language it is written in: itself, but for a variety."""
    name: str = ""
    """What its speakers call it; empty for a language that is no variety."""


class TerminalSeen(NamedTuple):
    """What the doctor was started in."""

    attached: bool
    """Whether any of its three standard streams is a terminal; else nothing of the rest can be told but `remote`."""
    columns: int = 0
    rows: int = 0
    kind: str = ""
    """TERM."""
    colours: int = 0
    """0 where they are switched off by NO_COLOR."""
    encoding: str = ""
    remote: bool = False
    """Whether it is shown by another computer (SSH)."""


class FontsSeen(NamedTuple):
    """The fonts here."""

    told: bool
    """Whether there is a way to tell."""
    han: tuple[str, ...] = ()
    """Families that have the Chinese characters asked for."""
    blocks: bool = True
    """Whether any font has the half blocks."""
    why: str = ""
    """Why it can't be told."""


class SoundSeen(NamedTuple):
    """What there is for sound, without opening any of it."""

    cards: tuple[str, ...] | None = None
    """Names; None where only the player can tell."""
    allowed: bool = True
    """Whether this user may use the cards."""
    players: tuple[str, ...] = ()
    """Programs and libraries that could play: `miniaudio`, `paplay`, `aplay`."""


class DiskSeen(NamedTuple):
    """The data folder's place."""

    exists: bool
    why: str
    """Why nothing can be written there; empty where it can."""
    free: int
    """Bytes; -1 where that can't be told."""


class LogState(Enum):
    """What the data folder's log is like."""

    NONE = auto()
    GOOD = auto()
    DUE = auto()
    """Of an earlier version."""
    TOO_NEW = auto()
    DAMAGED = auto()
    UNREADABLE = auto()


class LogSeen(NamedTuple):
    """The participation log, which was only read."""

    state: LogState
    visits: int = 0
    """Those that have ended."""
    holder: int | None = None
    """The process of the kiosk that uses it now, 0 where its number isn't known; None for none."""
    why: str = ""
    """What was wrong with it."""


class VoiceSeen(NamedTuple):
    """What the voice says of itself."""

    described: Described | None
    why: str = ""
    """Why it could not be asked."""
    recordings: Mapping[str, int] = {}
    """How many are played, by language."""
    unplayed: Mapping[str, int] = {}
    """How many files in the audio folder of a pack, by its folder, are never played."""
