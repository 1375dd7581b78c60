"""The settings in force, as one frozen value; `kiosk.config` reads them from the file and documents each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class RoundSize(StrEnum):
    """How much a learn visit holds."""

    DEFAULT = "default"
    """2 measured, one twin pair, 2 measured."""
    FULL = "full"
    """2 measured, two twin pairs, 2 measured."""
    SHORT = "short"
    """As default, with only see and decide in practice."""


class Player(StrEnum):
    """What plays the sound."""

    AUTO = "auto"
    """The first of these that is there."""
    MINIAUDIO = "miniaudio"
    PAPLAY = "paplay"
    APLAY = "aplay"


SPEEDS = (50, 65, 80, 100, 125, 160, 200)
"""Percent of the default rate; VVSG 2.0 asks for 50 to 200 %."""

VOLUMES = (0, 20, 40, 60, 80, 100)
"""Percent of full volume."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a site can set. Directories are absolute paths as text; empty means the system's own place."""

    kiosk: str = "kiosk-1"
    """The name of this kiosk in the log."""
    site: str = "centre"
    """The name of the site in the log."""
    languages: tuple[str, ...] = ("zh", "en")
    """The languages and spoken varieties offered, in the order in which `/` goes through them."""
    language: str = ""
    """The one a visit starts in; empty means from the locale."""
    round_size: RoundSize = RoundSize.DEFAULT
    idle_seconds: int = 120
    """Without key and speech, until "are you still there?"."""
    countdown_seconds: int = 60
    """From then until the visit is closed."""
    goodbye_seconds: int = 20
    """After the goodbye was spoken, until the visit is closed."""
    key_repeat_seconds: float = 0.8
    """A key is ignored for so long after it was last seen; 0 switches it off."""
    key_guard_seconds: float = 0.4
    """A choice key is ignored for so long after the screen changed; 0 switches it off."""
    key_names: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """What a key is called at this site, by key (`enter`, `0` … `9`, `*`, `+`, `-`, `/`, `.`) and language."""
    volume: int = 80
    """One of `VOLUMES`; where each visit starts."""
    speed: int = 100
    """One of `SPEEDS`; where each visit starts."""
    muted: bool = False
    sound_device: str = ""
    """Name of the output device; empty for the system's own, `null` for one that plays to nowhere."""
    headphones: str = ""
    """Name of the output device that is used, and announced as private, while it is there; empty for none."""
    player: Player = Player.AUTO
    tones: bool = True
    """Soft tones beside "right" and "again"."""
    piper: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Neural voice files (`.onnx`) by language; absolute paths as text."""
    voice_cache_megabytes: int = 1200
    """How much synthesised speech is kept; 0 for none."""
    content: tuple[str, ...] = ()
    """Packs or folders of packs; empty for those that come with the kiosk."""
    data: str = ""
    """Folder of the participation log."""
    cache: str = ""
    """Folder of the compiled packs."""
