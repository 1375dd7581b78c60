"""What the items of a pack may name: the words of its taxonomy, its cards and its numbers to dial."""

from __future__ import annotations

import difflib
from typing import Generic, TypeVar

from kiosk.adapters.packs import limits, schema
from kiosk.adapters.packs.explain import Reader
from kiosk.adapters.packs.files import Files
from kiosk.adapters.packs.nodes import Loc
from kiosk.adapters.packs.texts import Language, Texts
from kiosk.core.items import HelpNumber, Text

T = TypeVar("T")

_HELP = "_help"
"""What `help.yaml` is called among the items of a pack, in the names of its parts; no item can have this id."""


class Vocabulary(Generic[T]):
    """Entries by id: those that are good, and those that are there but bad."""

    def __init__(self, what: str, file: str) -> None:
        self.what = what
        """Such as `channel`."""
        self.file = file
        self.good: dict[str, T] = {}
        self.bad: set[str] = set()
        self.is_readable = False
        """Whether the file could be read; if not, it is no use to complain about every word."""

    def put(self, word: str, entry: T | None) -> None:
        """Add an entry, or the id of one that is bad."""
        if entry is not None:
            self.good[word] = entry
        elif word not in self.good:
            self.bad.add(word)

    def find(self, word: str, loc: Loc, reader: Reader) -> T | None:
        """The entry; None, with the reason reported, where there is none that is good."""
        if word in self.good:
            return self.good[word]
        spot = reader.document.spot(loc)
        if word in self.bad:
            message = f"the {self.what} '{word}' has errors in {self.file}, so this is left out"
            reader.findings.error(spot, "rests-on-errors", message)
        elif self.is_readable:
            near = difflib.get_close_matches(word, [*self.good, *self.bad], 1, 0.6)
            hint = f"did you mean '{near[0]}'?" if near else f"write that {self.what}, or correct the name"
            reader.findings.error(spot, "unknown-word", f"there is no {self.what} '{word}' in {self.file}", hint)
        else:
            reader.findings.fail()
        return None


class Taxonomy:
    """`taxonomy.yaml`: the names of fraud types, flags and channels. Tallies are only checked."""

    def __init__(self, files: Files, language: Language) -> None:
        self.fraud_types = Vocabulary[Text]("fraud type", "taxonomy.yaml")
        self.flags = Vocabulary[Text]("flag", "taxonomy.yaml")
        self.channels = Vocabulary[Text]("channel", "taxonomy.yaml")
        reader = files.open("taxonomy.yaml", needed=True)
        if not reader:
            return
        reader.validate(schema.Taxonomy, reader.document.data)
        reader.check_empty_keys(schema.Taxonomy)
        data = reader.document.data if isinstance(reader.document.data, dict) else {}
        for name, vocabulary in {
            "fraud_types": self.fraud_types,
            "flags": self.flags,
            "channels": self.channels,
            "tallies": Vocabulary[Text]("tally", "taxonomy.yaml"),
        }.items():
            if isinstance(data.get(name), list):
                vocabulary.is_readable = True
                _fill(vocabulary, name, data[name], files, reader, language)
        language.characters.fill()  # items put these names together

    @property
    def names(self) -> tuple[Text, ...]:
        """What its types, flags and channels are called."""
        vocabularies = (self.fraud_types, self.flags, self.channels)
        return tuple(name for vocabulary in vocabularies for name in vocabulary.good.values())


def _fill(
    vocabulary: Vocabulary[Text], name: str, data: list[object], files: Files, reader: Reader, language: Language
) -> None:
    model = schema.FraudType if name == "fraud_types" else schema.Named
    for entry in files.entries(reader, model, data, (name,)):
        before = reader.findings.errors
        if entry.model is None:
            vocabulary.put(entry.word, None)
            continue
        texts = Texts(reader, language)
        text = texts.make(entry.model.name, (*entry.loc, "name"), limits.NAME)
        texts.languages()
        if entry.word in vocabulary.good or entry.word in vocabulary.bad:
            spot = reader.document.spot((*entry.loc, "id"))
            reader.findings.error(spot, "repeated-id", f"there is a {vocabulary.what} '{entry.word}' already")
        else:
            vocabulary.put(entry.word, text if reader.findings.errors == before else None)


class Help:
    """`help.yaml`, opened before any text is made: texts name its numbers."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._reader = files.open("help.yaml", needed=True)
        self._models: list[tuple[schema.HelpNumber, Loc]] = []
        self.expires: dict[str, str | None] = {}
        """By number: when it expires."""
        if not self._reader:
            return
        self._reader.validate(schema.Help, self._data)
        self._reader.check_empty_keys(schema.Help)
        if isinstance(self._data.get("numbers"), list):
            for entry in files.entries(self._reader, schema.HelpNumber, self._data["numbers"], ("numbers",)):
                self._take(entry.model, entry.loc, self._reader)

    @property
    def _data(self) -> dict[str, object]:
        data = self._reader.document.data if self._reader else {}
        return data if isinstance(data, dict) else {}

    def _take(self, model: schema.HelpNumber | None, loc: Loc, reader: Reader) -> None:
        if model is None:
            return
        if model.number in self.expires:
            spot = reader.document.spot((*loc, "number"))
            reader.findings.error(spot, "repeated-id", f"the number {model.number} stands here already")
            return
        self.expires[model.number] = model.expires
        self._models.append((model, loc))
        self._files.check_expiry(model.expires, (*loc, "expires"), reader)
        self._files.check_sources(model.sources, loc, reader)

    def numbers(self, language: Language, pack: str) -> tuple[HelpNumber, ...]:
        """The numbers to dial that are without fault."""
        made = []
        for model, loc in self._models:
            if not self._reader:
                break
            before = self._reader.findings.errors
            texts = Texts(self._reader, language, f"{pack}/{_HELP}", volatile=False)
            name = texts.make(model.name, (*loc, "name"), limits.NAME)
            dialled = model.number.replace(" ", "-").replace("+", "")
            when = texts.make(model.when, (*loc, "when"), limits.HELP_LINE, f"when-{dialled}")
            texts.languages()
            if self._reader.findings.errors == before:
                made.append(HelpNumber(model.number, name, when, model.expires))
        return tuple(made)

    def first_minutes(self, language: Language, pack: str) -> tuple[Text, ...]:
        """What to do in the first thirty minutes."""
        made = []
        if self._reader and isinstance(self._data.get("first_minutes"), list):
            listed = self._files.entries(self._reader, schema.Line, self._data["first_minutes"], ("first_minutes",))
            for number, entry in enumerate(listed, 1):
                if entry.model is None:
                    continue
                before = self._reader.findings.errors
                texts = Texts(self._reader, language, f"{pack}/{_HELP}", volatile=False)
                text = texts.make(entry.model.root, entry.loc, limits.HELP_LINE, f"minute-{number}")
                texts.languages()
                if self._reader.findings.errors == before:
                    made.append(text)
        return tuple(made)
