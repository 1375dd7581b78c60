"""What lies in a pack's `audio/` folder, by name alone. Links are never followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kiosk.core.recordings import FOLDER, AudioFile

_DEEPEST = 6
"""Folders; a recording lies in three."""
_MOST = 100_000
_LEFT_BEHIND = {"thumbs.db", "desktop.ini"}
"""By systems that people use."""


def audio_files(pack: Path) -> tuple[AudioFile, ...]:
    """All files, sorted by path, without hidden ones. A folder that can't be read counts as empty."""
    found = []
    for file in _walk(os.fspath(pack / FOLDER), FOLDER, 1):
        found.append(file)
        if len(found) == _MOST:
            break
    return tuple(sorted(found))


def _walk(folder: str, path: str, depth: int) -> Iterator[AudioFile]:
    if Path(folder).is_symlink():
        yield AudioFile(path, is_link=True)
        return
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~") or entry.name.lower() in _LEFT_BEHIND:
            continue
        here = f"{path}/{entry.name}"
        if entry.is_symlink():
            yield AudioFile(here, is_link=True)
        elif not entry.is_dir(follow_symlinks=False):
            yield AudioFile(here)
        elif depth < _DEEPEST:
            yield from _walk(entry.path, here, depth + 1)
