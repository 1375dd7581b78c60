"""The files of a pack's folder, and what lies there that no pack has. Links are never followed."""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path, PurePosixPath

from kiosk.adapters.packs.decoding import read_source
from kiosk.adapters.packs.findings import NOWHERE, Notebook
from kiosk.adapters.packs.folder import ITEM_FOLDERS, OTHER_FOLDERS, ROOT_FILES, reason

_DOCUMENTS = {"readme", "license", "licence", "changelog", "sources"}
"""Stems of files for people, which may lie in any pack."""
_LEFT_BEHIND = {"thumbs.db", "desktop.ini"}
_MOST_ENTRIES = 20_000

Stems = dict[str, list[str]]
"""By folder (`scenarios`, `stories`): the stems of its YAML files, sorted."""


def list_pack(root: Path, notebook: Notebook) -> Stems:
    """What a pack holds; what it should not hold goes into the notebook. `check_recordings` looks into `audio/`."""
    stems: Stems = {folder: [] for folder in ITEM_FOLDERS}
    for entry in entries(root, "", notebook):
        name = entry.name
        if name in ITEM_FOLDERS:
            if is_folder(entry, name, notebook):
                stems[name] = _item_stems(root, name, notebook)
        elif name in OTHER_FOLDERS:
            if is_folder(entry, name, notebook) and name == "events":
                _check_templates(root, name, notebook)
        elif name not in ROOT_FILES and PurePosixPath(name).stem.lower() not in _DOCUMENTS:
            _unknown(name, (*ROOT_FILES, *ITEM_FOLDERS, *OTHER_FOLDERS), notebook)
    return stems


def entries(root: Path, folder: str, notebook: Notebook) -> list[os.DirEntry[str]]:
    """What is in a folder, by name, without what systems and editors leave behind."""
    try:
        with os.scandir(root / folder) as scan:
            found = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        notebook.of(folder).error(NOWHERE, "unreadable", f"this can't be read: {reason(error)}")
        return []
    if len(found) > _MOST_ENTRIES:
        notebook.of(folder).error(NOWHERE, "too-many-files", f"more than {_MOST_ENTRIES:,} files")
    return [
        entry
        for entry in found[:_MOST_ENTRIES]
        if not entry.name.startswith(".") and not entry.name.endswith("~") and entry.name.lower() not in _LEFT_BEHIND
    ]


def is_folder(entry: os.DirEntry[str], name: str, notebook: Notebook) -> bool:
    """Whether an entry that should be a folder is one; else that is reported."""
    if entry.is_symlink():
        notebook.of(name).error(
            NOWHERE, "link", "this is a link, and links are not followed", "put the files themselves here"
        )
        return False
    if not entry.is_dir(follow_symlinks=False):
        notebook.of(name).error(NOWHERE, "not-a-folder", "this is a file; a folder has this name")
        return False
    return True


def _unknown(name: str, known: tuple[str, ...], notebook: Notebook) -> None:
    near = difflib.get_close_matches(PurePosixPath(name).name, known, 1, 0.7)
    hint = f"did you mean '{near[0]}'?" if near else ""
    notebook.of(name).warn(NOWHERE, "unknown-file", "no pack has a file of this name here, so it is not read", hint)


def _item_stems(root: Path, folder: str, notebook: Notebook) -> list[str]:
    stems = []
    for entry in entries(root, folder, notebook):
        stem, _, suffix = entry.name.rpartition(".")
        if suffix == "yaml" and stem:
            stems.append(stem)
        else:
            proposal = f"{stem}.yaml" if suffix in ("yml", "YAML", "YML", "txt") else ""
            _unknown(f"{folder}/{entry.name}", (proposal,) if proposal else (), notebook)
    return stems


def _check_templates(root: Path, folder: str, notebook: Notebook) -> None:
    for entry in entries(root, folder, notebook):
        name = f"{folder}/{entry.name}"
        if not entry.name.endswith(".toml"):
            _unknown(name, (), notebook)
            continue
        findings = notebook.of(name)
        source = read_source(root / name, findings)
        try:
            tomllib.loads(source.text if source else "")
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            findings.error(NOWHERE, "syntax", f"this is no TOML: {error}")
