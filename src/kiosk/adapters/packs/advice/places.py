"""From the names of texts back to the lines of files, which are read again for it: few are ever looked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.adapters.packs.advice.library import Library, Passage, bare
from kiosk.adapters.packs.conversion import convert
from kiosk.adapters.packs.decoding import read_source
from kiosk.adapters.packs.findings import NOWHERE, Findings, Notebook, Spot
from kiosk.adapters.packs.nodes import Document, Loc
from kiosk.adapters.packs.syntax import read
from kiosk.core.catalogue import Catalogue
from kiosk.core.characters import COUNTERPARTS, spoken_as
from kiosk.core.items import Kind

_ENTRIES = {
    "baselines.yaml": ((), "id"),
    "facts.yaml": ((), "id"),
    "sayings.yaml": ((), "id"),
    "notices.yaml": ((), "id"),
    "help.yaml": (("numbers",), "number"),
    "taxonomy.yaml": (("fraud_types",), "id"),
}
"""Where the entries of a file are, and what they are called by."""


class Places:
    """The files of a pack, and where in them a text stands."""

    def __init__(self, library: Library, notebook: Notebook) -> None:
        self._root: Path = library.root
        self._languages = library.catalogue.packs[0].languages
        self._notebook = notebook
        self._files = _files(library.catalogue)
        self._documents: dict[str, Document | None] = {}

    def warn(self, passage: Passage, language: str, code: str, message: str, hint: str = "") -> None:
        """Warn at a text that was read in this language."""
        findings, spot, key = self._written(passage.file, passage.item, passage.name, (passage.own, language))
        if key != language and spoken_as(key) == language:  # its words are searched for in the file
            message, hint = convert([message, hint], key)
        findings.warn(spot, code, message, hint)

    def warn_part(self, part: str, language: str, code: str, message: str, hint: str = "") -> None:
        """Warn at a text, by the whole name of its part."""
        _, item, name = part.split("/")
        file = self._files.get(item, "baselines.yaml")
        findings, spot, _ = self._written(file, item, name, (language,))
        findings.warn(spot, code, message, hint)

    def warn_item(self, item: str, key: str, code: str, message: str, hint: str = "", *, is_grave: bool = True) -> None:
        """Warn at a key of a scenario or story; or only tell, where it isn't grave."""
        findings, spot = self._find(self._files[bare(item)], bare(item), (key,))
        (findings.warn if is_grave else findings.inform)(spot, code, message, hint)

    def warn_type(self, fraud_type: str, code: str, message: str, hint: str = "") -> None:
        """Warn at a fraud type of the taxonomy."""
        findings, spot = self._find("taxonomy.yaml", fraud_type, ("id",))
        findings.warn(spot, code, message, hint)

    def warn_pack(self, key: str, code: str, message: str, hint: str = "") -> None:
        """Warn of something that concerns the whole pack, at a key of `pack.yaml`."""
        document = self._document("pack.yaml")
        spot = document.key_spot((key,)) if document else NOWHERE
        self._notebook.of("pack.yaml").warn(spot, code, message, hint)

    def _written(self, file: str, item: str, name: str, languages: Sequence[str]) -> tuple[Findings, Spot, str]:
        """Where a text stands: under the first of these languages, or the one that it is made from; and under which."""
        found, loc = self._way(file, item), _loc(file, name)
        keys = (*languages, COUNTERPARTS.get(languages[-1], ""))
        key = next((key for key in keys if found and found[0].has((*found[1], *loc, key))), languages[-1])
        return *self._find(file, item, (*loc, key)), key

    def _find(self, file: str, entry: str, loc: Loc) -> tuple[Findings, Spot]:
        found = self._way(file, entry)
        return self._notebook.of(file), found[0].spot((*found[1], *loc)) if found else NOWHERE

    def _way(self, file: str, entry: str) -> tuple[Document, Loc] | None:
        """A file and the way to an entry of it; None where one of them isn't there."""
        document = self._document(file)
        if document is None:
            return None
        if file not in _ENTRIES or not entry:
            return document, ()
        way, key = _ENTRIES[file]
        entries = document.data
        for step in way:
            entries = entries.get(step, []) if isinstance(entries, dict) else []
        for place, each in enumerate(entries):
            if isinstance(each, dict) and each.get(key) == entry:
                return document, (*way, place)
        return None

    def _document(self, file: str) -> Document | None:
        if file not in self._documents:
            scratch = Findings("")
            source = read_source(self._root / file, scratch)
            self._documents[file] = source and read(source, scratch, self._languages)
        return self._documents[file]


def _files(catalogue: Catalogue) -> dict[str, str]:
    """By item: its file. What is not there is a card."""
    files = {}
    for entry in catalogue.entries:
        item = bare(entry.id)
        files[item] = {
            Kind.SCENARIO: f"scenarios/{item}.yaml",
            Kind.STORY: f"stories/{item}.yaml",
            Kind.FACT: "facts.yaml",
        }[entry.kind]
    return files


def _loc(file: str, name: str) -> Loc:
    """Where the text of a part stands in its item's file, or in its entry."""
    number = [int(step) - 1 if step.isdigit() else step for step in name.split("-")]
    question = () if file == "facts.yaml" else ("question",)
    match number:
        case ["ask", int(choice), *why]:
            return "ask", "choices", choice, *(why or ["text"])
        case ["page", int(page)]:
            return "pages", page, "text"
        case ["page", int(page), "prompt"]:
            return "pages", page, "pause", "prompt"
        case ["page", int(page), "choice", int(choice), *why]:
            return "pages", page, "pause", "choices", choice, *(why or ["text"])
        case ["choice", int(choice), *why]:
            return *question, "choices", choice, *(why or ["text"])
        case ["question"]:
            return *question, "prompt"
        case ["minute", int(minute)]:
            return "first_minutes", minute
    return tuple(number)
