"""Where packs are and which files they hold, by name, size and time alone. Links are never followed.

Standard library only: the screen's process asks this whether the compiled cache is still fresh.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from kiosk.core.errors import UsageError

PACK_FILE = "pack.yaml"
ROOT_FILES = (
    PACK_FILE,
    "taxonomy.yaml",
    "baselines.yaml",
    "facts.yaml",
    "help.yaml",
    "sayings.yaml",
    "notices.yaml",
    "prizes.yaml",
)
"""In the order in which problems are printed."""
ITEM_FOLDERS = ("scenarios", "stories")
OTHER_FOLDERS = ("events", "audio")

LARGEST = 1 << 20
"""Bytes; a larger file is refused unread."""

Stamp = list[tuple[str, int, int]]
"""Relative path, size and modification time (ns) of every YAML file of a pack, in the order of the folder."""


def find_packs(paths: Sequence[Path]) -> list[Path]:
    """The packs at these paths, each a pack or a folder of packs, in order and once each.

    Raises `UsageError` for a path where there is none. Only the path itself may be a link.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for pack in _packs_at(path):
            found.setdefault(os.path.realpath(pack), pack)
    return list(found.values())


def _packs_at(path: Path) -> list[Path]:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            raise UsageError(f"{path}: this is no folder; name a pack's folder or a folder of packs")
        names = sorted(entry.name for entry in path.iterdir())
        if PACK_FILE in names:
            return [path]
        packs = [path / name for name in names if is_pack(path / name)]
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {reason(error)}") from error
    if not packs:
        if looks_like_a_pack(path):
            raise UsageError(f"{path}: no pack here: {PACK_FILE} is missing")
        raise UsageError(f"{path}: no pack here: a pack is a folder with a {PACK_FILE}")
    return packs


def is_pack(folder: Path) -> bool:
    """Whether this is a real folder (no link) with a `pack.yaml` of any kind in it."""
    return not folder.is_symlink() and folder.is_dir() and os.path.lexists(folder / PACK_FILE)


def looks_like_a_pack(folder: Path) -> bool:
    """Whether a folder has a pack's files, though it may lack `pack.yaml`."""
    return any(os.path.lexists(folder / name) for name in (*ROOT_FILES, *ITEM_FOLDERS))


def reason(error: OSError | ValueError) -> str:
    """What the operating system says, in words and without the path."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return (getattr(error, "strerror", None) or str(error)).lower()


def stamp(pack: Path) -> Stamp:
    """What must be the same for a compiled pack to be fresh. A folder that can't be read counts as empty."""
    found: Stamp = []
    for folder in ("", *ITEM_FOLDERS):
        found += _stamp_folder(os.fspath(pack / folder), f"{folder}/" if folder else "", follow=not folder)
    return found


def _stamp_folder(folder: str, prefix: str, *, follow: bool) -> Stamp:
    try:
        if not follow and not stat.S_ISDIR(os.lstat(folder).st_mode):
            return []
        if os.scandir not in os.supports_fd:
            return _stamp_entries(folder, prefix)
        opened = os.open(folder, os.O_RDONLY)  # by its number, so that a path is not walked a thousand times
        try:
            return _stamp_entries(opened, prefix)
        finally:
            os.close(opened)
    except OSError:
        return []


def _stamp_entries(folder: str | int, prefix: str) -> Stamp:
    with os.scandir(folder) as entries:
        return [
            (prefix + entry.name, status.st_size, status.st_mtime_ns)
            for entry in entries
            if entry.name.endswith(".yaml")
            for status in (entry.stat(follow_symlinks=False),)
        ]
