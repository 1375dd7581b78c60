"""Which fonts have the characters that are used: fontconfig tells it on Linux, known files tell it on Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from kiosk.core.checkup import FontsSeen

SECONDS = 4.0
"""How long fontconfig may take: the first time after fonts were installed it reads them all."""

_WINDOWS = {
    "msyh.ttc": "Microsoft YaHei",
    "msyh.ttf": "Microsoft YaHei",
    "simsun.ttc": "SimSun",
    "simhei.ttf": "SimHei",
    "deng.ttf": "DengXian",
    "simkai.ttf": "KaiTi",
    "notosanssc-vf.ttf": "Noto Sans SC",
    "msjh.ttc": "Microsoft JhengHei",
    "mingliu.ttc": "MingLiU",
}
"""Files of Windows' own fonts with Chinese, in lower case."""


def look(han: str, blocks: str, system: str = sys.platform) -> FontsSeen:
    """The fonts for these Chinese characters, and whether one has these half blocks."""
    if system == "darwin":
        return FontsSeen(True, ("PingFang SC",))
    if system == "win32":
        return in_folders(_windows_folders())
    command = shutil.which("fc-list")
    if command is None:
        return FontsSeen(False, why="fc-list (package fontconfig) is not installed")
    try:
        return FontsSeen(True, _families(command, han), bool(_families(command, blocks)))
    except subprocess.TimeoutExpired:
        return FontsSeen(False, why=f"fc-list took longer than {SECONDS:g} s")
    except OSError as error:
        return FontsSeen(False, why=f"fc-list: {error.strerror}")


def in_folders(folders: Iterable[Path]) -> FontsSeen:
    """By the names of known files. Half blocks are in each of Windows' fonts for its console."""
    names: set[str] = set()
    for folder in folders:
        if folder.is_dir():
            names |= {path.name.lower() for path in folder.iterdir()}
    return FontsSeen(True, tuple(dict.fromkeys(family for name, family in _WINDOWS.items() if name in names)))


def _windows_folders() -> list[Path]:
    system = Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
    own = Path(os.environ.get("LOCALAPPDATA", ""), "Microsoft", "Windows", "Fonts")
    return [system, own]


def _families(command: str, characters: str) -> tuple[str, ...]:
    """Those that have all of these characters, the likeliest in a terminal first."""
    wanted = " ".join(f"{ord(character):x}" for character in characters)
    done = subprocess.run(
        [command, f":charset={wanted}", "family"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    families = {line.split(",")[0].replace("\\", "").strip() for line in lines} - {""}
    return tuple(sorted(families, key=lambda name: ("Mono" not in name, "SC" not in name, name)))
