"""The recordings of a pack, by name and size alone: `kiosk voice check` is what listens to them."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from kiosk.adapters.packs.findings import NOWHERE, Findings, Notebook
from kiosk.adapters.packs.listing import entries, is_folder
from kiosk.core.recordings import FOLDER, KIOSK, LARGEST, SUFFIXES

_LAYOUT = f"{FOLDER}/<language>/<item>/<part>.wav"


def check_recordings(
    root: Path,
    languages: Sequence[str],
    list_parts: Callable[[], Mapping[str, Collection[str]]],
    items: Collection[str],
    notebook: Notebook,
) -> None:
    """Say which of them will never be played.

    `languages` are written and spoken ones. `list_parts` tells the names of the parts of every good item; of another of
    the `items` they are not known.
    """
    if (root / FOLDER).is_symlink() or not (root / FOLDER).is_dir():
        return
    parts = list_parts()
    for language, where in _folders(root, FOLDER, notebook):
        if language not in languages:
            _unknown(notebook.of(where), f"'{language}' is no language or variety of this pack", language, languages)
            continue
        for item, folder in _folders(root, where, notebook):
            if item != KIOSK and item not in parts and item not in items:
                _unknown(notebook.of(folder), f"this pack has no item '{item}'", item, [*parts, KIOSK])
                continue
            known = None if item == KIOSK else parts.get(item)
            for entry in entries(root, folder, notebook):
                _check_file(entry, item, known, notebook.of(f"{folder}/{entry.name}"))


def _folders(root: Path, folder: str, notebook: Notebook) -> list[tuple[str, str]]:
    """Name and path of the folders in a folder, in which there should be nothing else."""
    found = []
    for entry in entries(root, folder, notebook):
        where = f"{folder}/{entry.name}"
        if entry.is_symlink() or entry.is_dir(follow_symlinks=False):
            if is_folder(entry, where, notebook):
                found.append((entry.name, where))
        else:
            message = "no recording is played from here"
            notebook.of(where).warn(NOWHERE, "unknown-file", message, f"put it where it belongs: {_LAYOUT}")
    return found


def _check_file(entry: os.DirEntry[str], item: str, known: Collection[str] | None, findings: Findings) -> None:
    path = PurePosixPath(entry.name)
    if entry.is_symlink():
        findings.error(NOWHERE, "link", "this is a link, and links are not followed", "put the file itself here")
    elif not entry.is_file(follow_symlinks=False):
        findings.warn(NOWHERE, "unknown-file", "this is no recording, so it is never played", _LAYOUT)
    elif path.suffix not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        hint = f"rename it to {path.stem}{path.suffix.lower()}" if path.suffix.lower() in SUFFIXES else ""
        findings.warn(NOWHERE, "unknown-file", f"only {kinds} are played", hint or "save it as one of these")
    elif known is not None and path.stem not in known:
        _unknown(findings, f"'{item}' has no part '{path.stem}'", path.stem, known)
    elif (size := entry.stat(follow_symlinks=False).st_size) > LARGEST:
        message = f"{size / 1e6:.0f} MB; a recording may have {LARGEST / 1e6:.0f} MB"
        findings.warn(NOWHERE, "too-big", message, "save it with one channel, or as .ogg")


def _unknown(findings: Findings, what: str, name: str, known: Collection[str]) -> None:
    near = difflib.get_close_matches(name, list(known), 1, 0.6)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known)}" if 0 < len(known) <= 20 else ""
    findings.warn(NOWHERE, "unknown-recording", f"{what}, so this is never played", hint or f"see {_LAYOUT}")
