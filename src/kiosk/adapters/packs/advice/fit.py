"""Pages that an item's texts make too long for one screen at the smallest grid, by the pages and the layout themselves.

Texts within their limits fit beside the kiosk's own words as they are; beside other words, in a language to come, they
may not. So a page is laid out once with the longest of all texts in each of its places, and items are looked at one by
one only where that doesn't fit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from kiosk.adapters.packs.advice.library import Library
from kiosk.adapters.packs.advice.places import Places
from kiosk.core.catalogue import Catalogue, Entry
from kiosk.core.items import Card, Choice, Fact, Item, Kind, Lesson, Question, Scenario, Story, StoryPage, Text, Verdict
from kiosk.core.layout import SMALLEST, lay_out
from kiosk.core.page import Page
from kiosk.core.repertoire import Words, screens
from kiosk.core.script import Stop

_ONE_ROW = 36
"""Cells of a text that takes one row wherever it stands."""
_WASTE = 4
"""Cells that a line of Han may leave free because of marks that end no line or begin none."""
_NARROW = 40
"""Cells of the narrowest room that a text has."""

_LONGEST, _TWIN = "longest", "twin"
_INDEX = (
    Entry(_LONGEST, Kind.SCENARIO, None, "", 0, _TWIN, "", "2000-01-01", (), ""),
    Entry(_TWIN, Kind.SCENARIO, None, "", 0, _LONGEST, "", None, (), ""),
)
"""For an item with the longest texts of all: it is practised with a twin, and it can lapse."""

_ALL_BUT_SEEN = frozenset(Stop) - {Stop.SEEN}
"""All but the station that says something else where not all lines need care."""

_BITMAP = ("#" * 8,) * 16
"""Of any character that is drawn: only the rows count here."""


def check_fit(library: Library, interface: Words, places: Places) -> None:
    """Warn of items whose texts need more rows on a page than the smallest screen has, at the longest of them."""
    for language in (code for code in library.languages if code in interface.languages):
        here = {entry.id for entry in library.catalogue.entries if language in entry.languages}
        items = [item for name, item in library.items.items() if name in here]
        catalogue = library.catalogue._replace(entries=_INDEX)
        longest = _worst(items, language)
        tight = {
            page.name
            for worst in longest
            for each, but in ((worst, ()), *((case, _ALL_BUT_SEEN) for case in _with_lines_that_wait(worst)))
            for page in _turned(each, catalogue, interface, language, but=but)
        }
        told: set[tuple[str, str]] = set()
        for item in items if tight else ():
            for page in _turned(item, library.catalogue, interface, language, tight):
                text = _longest(item, page, language)
                if text and (text.part, page.name) not in told:
                    told.add((text.part, page.name))
                    message = (
                        f"the screen '{page.name}' has to be turned over in '{language}': its texts take more than the "
                        f"{SMALLEST[1]} rows of the largest letters"
                    )
                    places.warn_part(text.part, language, "turned-over", message, "shorten this one, the longest")


def _turned(
    item: Item,
    catalogue: Catalogue,
    interface: Words,
    language: str,
    names: Iterable[str] = (),
    but: Collection[Stop] = (),
) -> Iterator[Page]:
    """The screens of an item (but those of some stations) that take more than one leaf."""
    among = set(names)
    for page in screens(item, catalogue, interface, language, but):
        if (not among or page.name in among) and lay_out(page, *SMALLEST, cell_len, _bitmap).leaves > 1:
            yield page


def _with_lines_that_wait(item: Item) -> Iterator[Item]:
    """A case in which not all lines need care: several, or one."""
    if isinstance(item, Scenario):
        yield item._replace(see_lines=item.see_lines[1:])
        yield item._replace(see_lines=item.see_lines[-1:])


def _bitmap(_: str) -> tuple[str, ...]:
    return _BITMAP


def _longest(item: Item, page: Page, language: str) -> Text | None:
    """The item's longest text on a page."""
    shown = [block.text for block in page.blocks]
    own = [
        text for text in _texts(item) if any(text.write(language) and text.write(language) in each for each in shown)
    ]
    return max(own, key=lambda text: cell_len(text.write(language)), default=None)


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


# The longest of everything


def _worst(items: Sequence[Item], language: str) -> Iterator[Item]:
    """Items with the longest texts of all in each place."""
    longest = _Longest(language)
    scenarios = [item for item in items if isinstance(item, Scenario)]
    for verdict in Verdict:
        if alike := [item for item in scenarios if item.verdict is verdict]:
            yield longest.scenario(alike)
    if facts := [item for item in items if isinstance(item, Fact)]:
        yield facts[0]._replace(
            id=_LONGEST,
            question=longest.question([item.question for item in facts]),
            card=longest.card([f.card for f in facts]),
        )
    if stories := [item for item in items if isinstance(item, Story)]:
        yield longest.story(stories)


class _Longest:
    """Values with the longest of several texts in each place, in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def text(self, texts: Iterable[Text | None]) -> Text:
        """A text that takes as many rows as any of these."""
        every = {text.write(self._language) for text in texts if text}
        longest = max(map(len, every), default=0)
        most = max(
            (_cells(text) for text in every if 2 * len(text) >= longest), default=0
        )  # no wider than two cells each
        return Text({self._language: "国" * ((most + 1) // 2)})

    def column(self, rows: Iterable[Sequence[Text]]) -> tuple[Text, ...]:
        """The longest first texts, second texts and so on."""
        return tuple(self.text(texts) for texts in zip_longest(*rows))

    def choices(self, rows: Iterable[Sequence[Choice]]) -> tuple[Choice, ...]:
        """The right one first: its place makes no row more."""
        sorted_rows = [sorted(choices, key=lambda choice: not choice.right) for choices in rows]
        made = []
        for place, choices in enumerate(zip_longest(*sorted_rows)):
            text = self.text([choice.text for choice in choices if choice])
            why = None if place == 0 else self.text([choice.why for choice in choices if choice])
            made.append(Choice(text, place == 0, why))
        return tuple(made)

    def question(self, questions: Sequence[Question]) -> Question:
        """A prompt and choices."""
        prompt = self.text([question.prompt for question in questions])
        return Question(prompt, self.choices([question.choices for question in questions]))

    def card(self, cards: Sequence[Card]) -> Card:
        """A card that can expire."""
        title, text = self.text([card.title for card in cards]), self.text([card.text for card in cards])
        return Card("", title, text, self.question([card.question for card in cards]), "2000-01-01")

    def scenario(self, alike: Sequence[Scenario]) -> Scenario:
        """A case with all that any has."""
        scene = self.column([item.scene for item in alike])
        return alike[0]._replace(
            id=_LONGEST,
            twin=_TWIN,
            title=self.text([item.title for item in alike]),
            scene=scene,
            see_lines=tuple(range(1, len(scene) + 1)),
            see_why=self.text([item.see_why for item in alike]),
            cue=1,
            ask=self.choices([item.ask for item in alike]),
            reply=self.text([item.reply for item in alike]),
            card=self.card([item.card for item in alike]),
            explain=self.text([item.explain for item in alike]),
            do=self.text([item.do for item in alike]),
            remember=self.text([item.remember for item in alike]),
            contrast=self.text([item.contrast for item in alike]),
        )

    def story(self, stories: Sequence[Story]) -> Story:
        """A story of one page, with a pause."""
        pages = [page for story in stories for page in story.pages]
        pauses = [page.pause for page in pages if page.pause]
        page = StoryPage(self.text([page.text for page in pages]), None, self.question(pauses) if pauses else None)
        lesson = Lesson(*self.column([story.lesson for story in stories]))
        cards = [story.card for story in stories if story.card]
        title = self.text([story.title for story in stories])
        return stories[0]._replace(
            id=_LONGEST, title=title, pages=(page,), lesson=lesson, card=self.card(cards) if cards else None
        )


def _cells(text: str) -> int:
    """Cells that take as many rows as the text does in the narrowest room, whatever its words are; rather too many."""
    width = len(text) + (len(text.encode()) - len(text)) // 2  # Han takes three bytes and two cells
    if width <= _ONE_ROW:
        return width
    word = max(map(len, text.split())) if " " in text else 0  # which may not fit at the end of any line
    waste = min(max(_WASTE, word), _NARROW - 1)
    return width * _NARROW // (_NARROW - waste) + 1
