"""How long the screens of a pack's items take to be heard, by the pages that visitors see.

Which texts a page speaks depends on the item's shape alone, so the pages are built once for each shape. A rough count,
for all texts at once, shows of most items that no screen of theirs is too long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from string import ascii_letters, digits
from typing import NamedTuple

from kiosk.adapters.packs.advice.library import Library
from kiosk.adapters.packs.advice.places import Places
from kiosk.core.catalogue import Catalogue
from kiosk.core.items import Card, Choice, Fact, Item, Question, Scenario, Story, Text
from kiosk.core.pace import by_character, expected_seconds, normal
from kiosk.core.page import Page
from kiosk.core.repertoire import Words, screens
from kiosk.core.script import Stop
from kiosk.core.speech import Utterance
from kiosk.core.wording import Teller

MOST_SECONDS = 25.0
"""That an item's own texts on one screen may take to be heard: nobody keeps the beginning of more in mind."""
_ROUGH_SECONDS = MOST_SECONDS - 1.0
"""What the rough count must stay below: it knows digits, but no signs that become words, such as a percent sign."""

_SILENT = (Stop.ACT, Stop.DECIDE)
"""Where nothing of an item is spoken."""

_END = b"\0"
_AS_ZERO = bytes.maketrans(digits.encode(), b"0" * len(digits))
_HAN = range(0xE4, 0xEA)
"""How a Chinese character begins in UTF-8."""
_NO_CHARACTER = bytes({*range(256)} - {*_HAN, *ascii_letters.encode(), *digits.encode(), *_END})
_NO_WORD = bytes({*range(256)} - {*b" ", *digits.encode(), *_END})


class _Screen(NamedTuple):
    """What takes time on a screen."""

    name: str
    texts: tuple[int, ...]
    """Which of the item's texts are spoken on it."""
    pauses: float
    """Seconds of silence after them."""
    other: float
    """Seconds of what the kiosk says itself."""


class _Texts(NamedTuple):
    """An item with all its texts that may be spoken, in an order that depends on its shape alone."""

    item: Item
    languages: tuple[str, ...]
    texts: Sequence[Text]


class _TooLong(NamedTuple):
    """A screen that takes too long, and the longest text on it."""

    screen: str
    part: str
    own: float
    """Seconds of the item's own texts and the pauses after them."""
    whole: float
    """Seconds of all that is said."""


def check_hearing(library: Library, words: Words, places: Places) -> None:
    """Warn of screens of a pack whose texts take too long to be heard, at the longest text of each."""
    shapes = _by_shape(library.catalogue, library.items)
    for language in (code for code in library.languages if code in words.languages):
        timing = _Timing(library.catalogue, words, language)
        worst: dict[str, _TooLong] = {}
        for found in (found for alike in shapes for found in timing.too_long(alike)):
            worst[found.part] = max(found, worst.get(found.part, found), key=lambda each: each.own)
        for found in worst.values():
            places.warn_part(
                found.part,
                language,
                "long-to-hear",
                f"on the screen '{found.screen}' this item's texts take about {ceil(found.own)} s to hear in "
                f"'{language}' ({ceil(found.whole)} s with the kiosk's own); they may take {MOST_SECONDS:.0f} s",
                "shorten this one, the longest of them",
            )


class _Timing:
    """Seconds, in one language."""

    def __init__(self, catalogue: Catalogue, words: Words, language: str) -> None:
        self._catalogue = catalogue
        self._words = words
        self._language = language
        self._teller = Teller(words, language, frozenset(number.number for number in catalogue.help_numbers))

    def too_long(self, alike: Sequence[_Texts]) -> Iterator[_TooLong]:
        """The screens of items of one shape that take too long."""
        here = [each for each in alike if self._language in each.languages]
        if not here:
            return
        rough = [self._rough_units(column) for column in zip(*(each.texts for each in here), strict=True)]
        per_second = normal(self._language) / 60
        for screen in self._screens(here[0]):
            most = (_ROUGH_SECONDS - screen.pauses) * per_second
            for row, units in enumerate(map(sum, zip(*(rough[place] for place in screen.texts), strict=True))):
                if units > most:
                    yield from self._look_closely(screen, here[row].texts)

    def _look_closely(self, screen: _Screen, texts: Sequence[Text]) -> Iterator[_TooLong]:
        seconds = {place: self._seconds(self._teller.read(texts[place], 0.0)) for place in screen.texts}
        own = sum(seconds.values()) + screen.pauses
        if own > MOST_SECONDS:
            longest = max(seconds, key=lambda place: seconds[place])
            yield _TooLong(screen.name, texts[longest].part, own, own + screen.other)

    def _rough_units(self, texts: Iterable[Text]) -> list[float]:
        """The characters or words of each text, counting for a number what it can become: 999 is 九百九十九."""
        language = self._language
        said = "\0".join([(text.spoken and text.spoken.get(language)) or text.written[language] for text in texts])
        if by_character(language):
            marked = said.encode().translate(_AS_ZERO, _NO_CHARACTER).split(_END)
            return [len(marks) + marks.count(b"0") for marks in marked]
        marked = said.encode().translate(_AS_ZERO, _NO_WORD).split(_END)
        return [1 + len(marks) + marks.count(b"0") / 3 for marks in marked]

    def _seconds(self, utterances: tuple[Utterance, ...]) -> float:
        return sum(expected_seconds(said.text, said.language) + said.pause for said in utterances)

    def _screens(self, of: _Texts) -> tuple[_Screen, ...]:
        places = {text.part: place for place, text in enumerate(of.texts)}
        pages = screens(of.item, self._catalogue, self._words, self._language, but=_SILENT)
        return _longest([timed for page in pages if (timed := self._time(page, places)).texts])

    def _time(self, page: Page, places: Mapping[str, int]) -> _Screen:
        own = [utterance for utterance in page.speech if utterance.part in places]
        other = tuple(utterance for utterance in page.speech if utterance.part not in places)
        texts = tuple(places[utterance.part] for utterance in own)
        return _Screen(page.name, texts, sum(utterance.pause for utterance in own), self._seconds(other))


def _longest(timed: Sequence[_Screen]) -> tuple[_Screen, ...]:
    """Those that no other is longer than, whatever the texts are."""
    kept: list[_Screen] = []
    for screen in sorted(timed, key=lambda screen: (-len(screen.texts), -screen.pauses, -screen.other)):
        if not any(set(screen.texts) <= set(longer.texts) and screen.pauses <= longer.pauses for longer in kept):
            kept.append(screen)
    return tuple(kept)


def _by_shape(catalogue: Catalogue, items: Mapping[str, Item]) -> Iterable[Sequence[_Texts]]:
    """The items, those together whose pages speak the same texts with the same pauses."""
    pools = {entry.id: entry.pool for entry in catalogue.entries}
    found: dict[object, list[_Texts]] = {}
    for entry in catalogue.entries:
        item = items[entry.id]
        is_practised = entry.pool < 0 and pools.get(entry.twin, 0) < 0
        found.setdefault((_shape(item), is_practised), []).append(_Texts(item, entry.languages, _texts(item)))
    return found.values()


def _shape(item: Item) -> object:
    match item:
        case Scenario():
            answers = _answers(item.ask), _answers(item.card.question.choices)
            return len(item.scene), answers, item.contrast is None
        case Fact():
            return item.question is item.card.question, _answers(item.question.choices)
        case Story():
            return tuple(page.pause and _answers(page.pause.choices) for page in item.pages), item.card is None


def _answers(choices: Sequence[Choice]) -> tuple[tuple[bool, bool], ...]:
    return tuple([(choice.right, choice.why is None) for choice in _right_first(choices)])


def _right_first(choices: Sequence[Choice]) -> list[Choice]:
    """So that the place of the right one in the file, which the kiosk shuffles, makes no other shape."""
    return sorted(choices, key=lambda choice: not choice.right)


def _texts(item: Item) -> list[Text]:
    match item:
        case Scenario():
            last = [item.contrast] if item.contrast else []
            single = [item.title, item.see_why, item.reply, item.explain, item.do, item.remember]
            return [*item.scene, *single, *last, *_choice_texts(item.ask), *_card_texts(item.card)]
        case Fact():
            return [*_question_texts(item.question), *_card_texts(item.card)]
        case Story():
            pauses = [text for page in item.pages if page.pause for text in _question_texts(page.pause)]
            card = _card_texts(item.card) if item.card else []
            return [item.title, *(page.text for page in item.pages), *pauses, *item.lesson, *card]


def _card_texts(card: Card) -> list[Text]:
    return [card.text, *_question_texts(card.question)]


def _question_texts(question: Question) -> list[Text]:
    return [question.prompt, *_choice_texts(question.choices)]


def _choice_texts(choices: Sequence[Choice]) -> list[Text]:
    return [text for choice in _right_first(choices) for text in (choice.text, choice.why) if text]
