"""The files of one pack, opened one after the other, with what they have in common: ids, days, languages."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from kiosk.adapters.packs import schema
from kiosk.adapters.packs.decoding import read_source
from kiosk.adapters.packs.explain import Reader
from kiosk.adapters.packs.findings import NOWHERE, Notebook
from kiosk.adapters.packs.nodes import Loc
from kiosk.adapters.packs.syntax import read
from kiosk.core.catalogue import SOON

M = TypeVar("M", bound=BaseModel)

DEFAULT_LANGUAGES = ("zh", "en")
"""What texts are read with where `pack.yaml` doesn't say."""


class Listed(NamedTuple):
    """One entry of a list in a file."""

    model: Any
    """None where the entry is not as the format says, or something in its lines is wrong."""
    loc: Loc
    word: str
    """What is written as its id; empty where there is none."""


class Files:
    """A pack's folder while it is being checked."""

    def __init__(self, root: Path, notebook: Notebook, today: date) -> None:
        self.notebook = notebook
        self.languages: tuple[str, ...] = DEFAULT_LANGUAGES
        self._root = root
        self._today = today
        self._ids: dict[str, str] = {}

    def open(self, name: str, *, needed: bool = False) -> Reader | None:
        """A file of the pack itself, which may be missing."""
        if not os.path.lexists(self._root / name):
            if needed:
                self.notebook.of(name).error(NOWHERE, "missing-file", "this file is missing")
            return None
        return self.read(name)

    def read(self, name: str) -> Reader | None:
        """A file that could be read as YAML and holds something."""
        findings = self.notebook.of(name)
        source = read_source(findings.path, findings)
        document = None if source is None else read(source, findings, self.languages)
        if document is None:
            return None
        if document.data is None or document.data == "":
            findings.error(NOWHERE, "empty-file", "this file is empty")
            return None
        return Reader(document, findings, self.languages)

    def entries(self, reader: Reader, model: type[M], data: object, loc: Loc = ()) -> Iterator[Listed]:
        """The entries of a list, each checked by itself, so that a bad one leaves the others alone."""
        spot = reader.document.spot
        if not isinstance(data, list):
            name = f"'{loc[-1]}'" if loc else "this file"
            reader.findings.error(spot(loc), "wrong-shape", f"{name} must be a list of entries: - id: …")
            return
        for place, entry in enumerate(data):
            here = (*loc, place)
            before = reader.findings.errors
            last = spot((*loc, place + 1))[0] if place + 1 < len(data) else None
            is_sound = not reader.findings.is_any_settled(spot(here)[0], last)
            made = reader.validate(model, entry, here)
            reader.check_empty_keys(model, here)
            word = str(entry.get("id", "")) if isinstance(entry, dict) else ""
            yield Listed(made if is_sound and reader.findings.errors == before else None, here, word)

    @property
    def ids(self) -> Collection[str]:
        """All that are taken, by good items and cards and by those with errors."""
        return self._ids.keys()

    def claim(self, word: str, name: str, loc: Loc, reader: Reader) -> bool:
        """Whether the id is still free in this pack; it is taken from now on."""
        if word in self._ids:
            spot = reader.document.spot(loc) if loc else NOWHERE
            reader.findings.error(spot, "repeated-id", f"'{word}' is an id in {self._ids[word]} already")
            return False
        self._ids[word] = name
        return True

    def check_expiry(self, day: str | None, loc: Loc, reader: Reader) -> None:
        """Warn of what has expired or soon will."""
        if day is None:
            return
        left = date.fromisoformat(day) - self._today
        spot = reader.document.spot(loc)
        if left < timedelta():
            reader.findings.warn(
                spot, "expired", f"this expired on {day}", "review it, and set 'reviewed' and 'expires'"
            )
        elif left <= SOON:
            reader.findings.warn(spot, "expires-soon", f"this expires on {day}, in {left.days} days", "review it")

    def check_sources(self, sources: Sequence[schema.Source], loc: Loc, reader: Reader) -> None:
        """Say what somebody here should confirm."""
        for place, source in enumerate(sources):
            if source.confirm:
                spot = reader.document.spot((*loc, "sources", place, "confirm"))
                reader.findings.inform(spot, "to-confirm", f"somebody here should confirm this: {source.confirm}")
