"""What this machine is like: the port `Machine`. Everything is looked at, nothing is opened or changed.

terminal  what the command was started in
fonts     which fonts have the characters that are used
sound     sound cards and programs that play, by name
disk      whether a folder can be written, and its room
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk import __version__
from kiosk.core.checkup import DiskSeen, FontsSeen, SoundSeen, System, TerminalSeen


class ThisMachine:
    """The one that this runs on."""

    def system(self) -> System:
        """Its name and versions."""
        about = f"kiosk {__version__}, Python {platform.python_version()}, {_name()}, {platform.machine()}"
        return System(sys.platform, sys.executable or "python3", about)

    def terminal(self) -> TerminalSeen:
        """What the standard streams are."""
        from kiosk.adapters.machine.terminal import look

        return look()

    def fonts(self, han: str, blocks: str) -> FontsSeen:
        """The fonts that have these characters."""
        from kiosk.adapters.machine.fonts import look

        return look(han, blocks)

    def sound(self) -> SoundSeen:
        """Cards and players."""
        from kiosk.adapters.machine.sound import look

        return look()

    def disk(self, folder: str) -> DiskSeen:
        """Whether a folder can be written, or made."""
        from kiosk.adapters.machine.disk import look

        return look(Path(folder))

    def now(self) -> datetime:
        """The local time, with its zone."""
        return datetime.now().astimezone()


def _name() -> str:
    names: dict[str, Callable[[], str]] = {
        "linux": lambda: platform.freedesktop_os_release()["PRETTY_NAME"],
        "darwin": lambda: f"macOS {platform.mac_ver()[0]}",
    }
    with suppress(OSError, KeyError):
        return names[sys.platform]()
    return f"{platform.system()} {platform.release()}"
