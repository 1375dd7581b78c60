"""A pack's good texts with their places, as advice looks through them: all texts of a language as one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from kiosk.core.catalogue import Catalogue
from kiosk.core.items import Card, HelpNumber, Item, Notice, Saying, Scenario, Text


class Sort(StrEnum):
    """What a text is for."""

    TITLE = "title"
    SCENE = "scene"
    PROMPT = "prompt"
    CHOICE = "choice"
    REPLY = "reply"
    CARD = "card"
    STORY = "story"
    WHY = "why"
    """Of a choice, of what to see, of the verdict; and all else that is said after an answer."""
    SMALL = "small"
    """A saying, a notice, a line of help."""


class Passage(NamedTuple):
    """One text and where it stands."""

    file: str
    """Relative to the pack, with `/`."""
    item: str
    """The id of the item, or of the entry of a list."""
    name: str
    """Of the part, as for recordings."""
    sort: Sort
    text: Text
    own: str = ""
    """The language that has these words for itself, where they stand here in the characters of another."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What no other passage has."""
        return self.file, self.item, f"{self.name} {self.own}"

    @property
    def is_before_verdict(self) -> bool:
        """Whether it is shown before the verdict on a case, or names the case in a list."""
        return self.file.startswith("scenarios/") and self.sort in _BEFORE


_BEFORE = frozenset({Sort.TITLE, Sort.SCENE, Sort.PROMPT, Sort.CHOICE, Sort.REPLY})


class Library(NamedTuple):
    """What is good of a pack, with the words that are its own."""

    root: Path
    languages: tuple[str, ...]
    """Those that its texts are looked at in: of two that differ in characters alone, the one that is spoken."""
    catalogue: Catalogue
    items: Mapping[str, Item]
    """By `pack/item`."""
    cards: tuple[Card, ...] = ()
    sayings: tuple[Saying, ...] = ()
    notices: tuple[Notice, ...] = ()
    help_numbers: tuple[HelpNumber, ...] = ()
    first_minutes: tuple[Text, ...] = ()
    fraud_types: tuple[str, ...] = ()
    names: tuple[Text, ...] = ()
    """Of its types, flags and channels."""

    @property
    def scenarios(self) -> list[Scenario]:
        """In the order of the files."""
        return [item for item in self.items.values() if isinstance(item, Scenario)]


def bare(name: str) -> str:
    """An id as the pack's own files have it."""
    return name.rpartition("/")[2]


class Hit(NamedTuple):
    """Where a pattern was found."""

    passage: Passage
    text: str
    """The whole text."""
    match: re.Match[str]
    """In the column."""
    start: int
    """In the text."""

    @property
    def found(self) -> str:
        """What the pattern matched."""
        return self.match.group()


class Column:
    """Texts in one language under each other, so that a rule looks through all of them at once."""

    def __init__(self, among: Iterable[Passage], language: str, *, spoken: bool = False) -> None:
        self.language = language
        tell = Text.say if spoken else Text.write
        told = [(passage, text) for passage in among if (text := tell(passage.text, language))]
        self._passages = [passage for passage, _ in told]
        texts = [text for _, text in told]
        self.whole = "\n".join(texts)
        """No pattern may match a line break."""
        self._starts = list(accumulate((len(text) + 1 for text in texts), initial=0))

    def only(self, wanted: Callable[[Passage], bool]) -> Column:
        """The same with some of the passages, as they are written."""
        return Column([passage for passage in self._passages if wanted(passage)], self.language)

    def passage_at(self, place: int) -> Passage:
        """The passage that a character of the whole is in."""
        return self._passages[bisect_right(self._starts, place) - 1]

    def find(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Every match, in the order of the passages."""
        for match in pattern.finditer(self.whole):
            place = bisect_right(self._starts, match.start()) - 1
            start = self._starts[place]
            text = self.whole[start : self._starts[place + 1] - 1]
            yield Hit(self._passages[place], text, match, match.start() - start)
