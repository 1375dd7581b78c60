"""The small files that no item rests on: sayings, notices, prizes."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.adapters.packs import limits, schema
from kiosk.adapters.packs.explain import Reader
from kiosk.adapters.packs.files import Files, Listed
from kiosk.adapters.packs.texts import Language, Texts
from kiosk.core.items import Notice, Saying


def read_sayings(files: Files, pack: str, language: Language) -> tuple[Saying, ...]:
    """`sayings.yaml`."""
    made = []
    for entry, reader in _entries("sayings.yaml", files, schema.Saying):
        before = reader.findings.errors
        texts = Texts(reader, language)
        text = texts.make(entry.model.text, (*entry.loc, "text"), limits.REMEMBER, say=entry.model.say)
        texts.languages()
        if reader.findings.errors == before:
            made.append(Saying(f"{pack}/{entry.word}", entry.model.kind, text))
    return tuple(made)


def read_notices(files: Files, pack: str, language: Language) -> tuple[Notice, ...]:
    """`notices.yaml`."""
    made = []
    for entry, reader in _entries("notices.yaml", files, schema.Notice):
        before = reader.findings.errors
        model = entry.model
        texts = Texts(reader, language, volatile=False)
        text = texts.make(model.text, (*entry.loc, "text"), limits.NOTICE, say=model.say)
        texts.languages()
        files.check_sources(model.sources, entry.loc, reader)
        if model.until < model.since:
            message = f"this ends on {model.until}, before it begins"
            reader.findings.error(reader.document.spot((*entry.loc, "until")), "ends-early", message)
        if reader.findings.errors == before:
            made.append(Notice(f"{pack}/{entry.word}", model.since, model.until, text))
    return tuple(made)


def check_prizes(files: Files, language: Language) -> None:
    """`prizes.yaml`."""
    for entry, reader in _entries("prizes.yaml", files, schema.Named):
        texts = Texts(reader, language)
        texts.make(entry.model.name, (*entry.loc, "name"), limits.NAME)
        texts.languages()


def _entries(
    name: str, files: Files, model: type[schema.Saying] | type[schema.Notice] | type[schema.Named]
) -> Iterator[tuple[Listed, Reader]]:
    """The good entries of an optional file, with ids that are unique in it."""
    reader = files.open(name)
    if reader is None:
        return
    seen: set[str] = set()
    for entry in files.entries(reader, model, reader.document.data):
        if entry.model and entry.word in seen:
            spot = reader.document.spot((*entry.loc, "id"))
            reader.findings.error(spot, "repeated-id", f"'{entry.word}' stands here already")
        elif entry.model:
            yield entry, reader
        seen.add(entry.word)
