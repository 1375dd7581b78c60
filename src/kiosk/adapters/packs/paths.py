"""What `kiosk content check PATH…` means by a path: a pack, a folder of packs, or something inside a pack."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kiosk.adapters.packs.compiler import read_packs
from kiosk.adapters.packs.folder import PACK_FILE, find_packs, is_pack, looks_like_a_pack, reason
from kiosk.core.errors import UsageError
from kiosk.core.problems import Problem, Severity
from kiosk.ports import Words

_LEVELS = 4
"""`audio/zh/item/scene-1.wav` is so many folders inside its pack."""


def check_paths(paths: Sequence[Path], today: date, interface: Words) -> list[Problem]:
    """Every problem at these paths. Raises `UsageError` where there is nothing to check."""
    roots: dict[Path, None] = {}
    parts: dict[Path, Path] = {}
    strays: list[Problem] = []
    for path in paths:
        pack = _pack_around(path)
        if pack:
            roots[pack] = None
            parts[Path(os.path.abspath(path))] = path  # noqa: PTH100 - links stay as they are named
        else:
            roots.update(dict.fromkeys(find_packs([path])))
            strays += _strays(path)
    problems = read_packs(list(roots), today, interface).problems
    return [*(shown for problem in problems if (shown := _as_reached(problem, parts))), *strays]


def _pack_around(path: Path) -> Path | None:
    """The pack that a path is inside of; None for a pack itself and for what is in none."""
    try:
        path.stat()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {reason(error)}") from error
    if path.is_dir() and is_pack(path):
        return None
    here = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they are named
    around = next((folder for folder in here.parents[:_LEVELS] if is_pack(folder)), None)
    if around is None and not path.is_dir():
        raise UsageError(f"{path}: no pack here: this file lies in no folder with a {PACK_FILE}")
    return around


def _as_reached(problem: Problem, parts: dict[Path, Path]) -> Problem | None:
    """The problem, if it is asked for, with its path as the caller wrote it."""
    if not parts or not os.path.isabs(problem.path):  # noqa: PTH117 - a plain string
        return problem
    place = Path(problem.path)
    for absolute, given in parts.items():
        if place == absolute:
            return problem._replace(path=str(given))
        if absolute in place.parents:
            return problem._replace(path=str(given / place.relative_to(absolute)))
    return None


def _strays(folder: Path) -> list[Problem]:
    """Folders beside packs that nearly are packs."""
    if is_pack(folder):
        return []
    found = []
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink() and entry.is_dir() and (entry / PACK_FILE).is_file():
            message = "this is a link to a pack, and links are not followed"
            found.append(Problem(str(entry), 0, 0, Severity.ERROR, "link", message, "name the pack itself"))
        elif entry.is_dir() and not entry.is_symlink() and not is_pack(entry) and looks_like_a_pack(entry):
            message = f"this looks like a pack, but {PACK_FILE} is missing"
            found.append(Problem(str(entry), 0, 0, Severity.ERROR, "missing-file", message))
    return found
