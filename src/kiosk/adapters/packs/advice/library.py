"""A pack's good texts with their places, as advice looks through them: all texts of a language as one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from kiosk.core.catalogue import Catalogue
from kiosk.core.items import Card, Choice, Fact, HelpNumber, Item, Notice, Question, Saying, Scenario, Story, Text


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

    @property
    def key(self) -> tuple[str, str, str]:
        """What no other passage has."""
        return self.file, self.item, self.name

    @property
    def is_before_verdict(self) -> bool:
        """Whether it is shown before the verdict on a case, or names the case in a list."""
        return self.file.startswith("scenarios/") and self.sort in _BEFORE


_BEFORE = frozenset({Sort.TITLE, Sort.SCENE, Sort.PROMPT, Sort.CHOICE, Sort.REPLY})


class Library(NamedTuple):
    """What is good of a pack, with the words that are its own."""

    root: Path
    languages: tuple[str, ...]
    """Those that its texts are written in."""
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


def passages(library: Library) -> list[Passage]:
    """Every text that is shown, each once."""
    found: list[Passage] = []
    for card in library.cards:
        file, item = "baselines.yaml", bare(card.id)
        found.append(Passage(file, item, "title", Sort.TITLE, card.title))
        found.append(Passage(file, item, "text", Sort.CARD, card.text))
        found += _question(file, item, card.question)
    for value in library.items.values():
        match value:
            case Scenario():
                found += _scenario(value)
            case Fact() if value.question is not value.card.question:
                found += _question("facts.yaml", bare(value.id), value.question)
            case Story():
                found += _story(value)
    found += [Passage("sayings.yaml", bare(each.id), "text", Sort.SMALL, each.text) for each in library.sayings]
    found += [Passage("notices.yaml", bare(each.id), "text", Sort.SMALL, each.text) for each in library.notices]
    found += [Passage("help.yaml", each.number, "when", Sort.SMALL, each.when) for each in library.help_numbers]
    found += [
        Passage("help.yaml", "", f"minute-{place}", Sort.SMALL, line)
        for place, line in enumerate(library.first_minutes, 1)
    ]
    return found


def _scenario(value: Scenario) -> Iterator[Passage]:
    item = bare(value.id)
    file = f"scenarios/{item}.yaml"
    yield Passage(file, item, "title", Sort.TITLE, value.title)
    for place, line in enumerate(value.scene, 1):
        yield Passage(file, item, f"scene-{place}", Sort.SCENE, line)
    yield Passage(file, item, "see-why", Sort.WHY, value.see_why)
    yield from _choices(file, item, "ask", value.ask)
    yield Passage(file, item, "ask-reply", Sort.REPLY, value.reply)
    yield Passage(file, item, "explain", Sort.WHY, value.explain)
    yield Passage(file, item, "do", Sort.WHY, value.do)
    yield Passage(file, item, "remember", Sort.WHY, value.remember)
    if value.contrast and value.contrast.part.split("/")[1:2] == [item]:  # the twin's stands in the twin's file
        yield Passage(file, item, "contrast", Sort.WHY, value.contrast)


def _story(value: Story) -> Iterator[Passage]:
    item = bare(value.id)
    file = f"stories/{item}.yaml"
    yield Passage(file, item, "title", Sort.TITLE, value.title)
    for place, page in enumerate(value.pages, 1):
        yield Passage(file, item, f"page-{place}", Sort.STORY, page.text)
        if page.pause:
            yield from _question(file, item, page.pause, f"page-{place}-")
    for verb, text in zip(("see", "ask", "compare"), value.lesson, strict=True):
        yield Passage(file, item, f"lesson-{verb}", Sort.WHY, text)


def _question(file: str, item: str, question: Question, prefix: str = "") -> Iterator[Passage]:
    yield Passage(file, item, f"{prefix}prompt" if prefix else "question", Sort.PROMPT, question.prompt)
    yield from _choices(file, item, f"{prefix}choice", question.choices)


def _choices(file: str, item: str, name: str, choices: Sequence[Choice]) -> Iterator[Passage]:
    for place, choice in enumerate(choices, 1):
        yield Passage(file, item, f"{name}-{place}", Sort.CHOICE, choice.text)
        if choice.why:
            yield Passage(file, item, f"{name}-{place}-why", Sort.WHY, choice.why)


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
        told = [passage for passage in among if passage.text.written.get(language)]
        self._passages = told
        texts = [passage.text.say(language) if spoken else passage.text.written[language] for passage in told]
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
