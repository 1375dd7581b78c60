"""What there is for sound, by name alone: the cards that Linux lists, and what could play."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from kiosk.core.checkup import SoundSeen

_CARDS = Path("/proc/asound/cards")
_DEVICES = Path("/dev/snd")


def look(cards: Path = _CARDS, devices: Path = _DEVICES) -> SoundSeen:
    """Cards and players; elsewhere than on Linux only the player itself can tell of cards."""
    if not sys.platform.startswith("linux"):
        return SoundSeen(players=_players())
    return SoundSeen(_names(cards), _allowed(devices), _players())


def _names(cards: Path) -> tuple[str, ...]:
    """From lines such as ` 0 [PCH            ]: HDA-Intel - HDA Intel PCH`; each has a second one without a bracket."""
    try:
        lines = cards.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return tuple(line.partition("]: ")[2].strip() for line in lines if "]: " in line)


def _allowed(devices: Path) -> bool:
    """Whether one of them may be used by this user; none there forbids nothing."""
    try:
        outputs = [path for path in devices.iterdir() if path.name.startswith("pcm") and path.name.endswith("p")]
    except OSError:
        return not devices.exists()
    return not outputs or any(os.access(path, os.R_OK | os.W_OK) for path in outputs)


def _players() -> tuple[str, ...]:
    library = ("miniaudio",) if find_spec("miniaudio") else ()
    return (*library, *(name for name in ("paplay", "aplay") if shutil.which(name)))
