"""Questions that can be answered without being understood: by the length, the place or the tone of the right choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from rich.cells import cell_len

from kiosk.adapters.packs.advice.library import Library, bare
from kiosk.adapters.packs.advice.places import Places
from kiosk.core.items import Choice, Fact, Scenario, Story

_WORDS = re.compile(r"[a-z]+")

FEW = 12
"""Questions of a kind: with fewer, a share says nothing."""
MOST_SHARE = 0.5
"""Of the questions of a kind: with three choices, the right one is longest in a third of them, or first, by chance."""
FAR_LONGER = 1.6
"""The right choice, beside the longest of the others …"""
AND_CELLS = 10
"""… and by so many cells: five Chinese characters."""

TELLING: Mapping[str, tuple[str, ...]] = {
    "zh": (
        *("核实", "官方", "正规", "先问", "问清", "查清", "查一查", "商量"),
        *("马上", "全部", "立刻", "赶紧", "赶快", "随便", "照他说", "按他说", "偷偷", "当场", "先交", "反正"),
    ),
    "en": (
        *("check", "official", "verify", "ask first", "make sure"),
        *("at once", "all", "now", "quickly", "straight away", "anyway", "blindly", "hurry", "secretly", "just"),
    ),
}
"""Words of care and of haste. Only these are looked at: that nouns of a topic stand in right choices is no hint."""
TELLS_RIGHT, TELLS_WRONG = 5, 9
"""So often a word must stand in choices, always right or always wrong, before it tells something: where a third of the
choices are right, chance gives one in 240 for the former and one in 38 for the latter."""


class Asked(NamedTuple):
    """One question."""

    kind: str
    item: str
    part: str
    """The whole name of its first choice's part, without the number."""
    choices: tuple[Choice, ...]


def check_choices(library: Library, places: Places) -> None:
    """Warn of right choices that are far longer, mostly longest, mostly in one place, or told by a word."""
    asked = [*_asked(library)]
    for language in library.languages:
        written = [each for each in asked if all(language in choice.text.written for choice in each.choices)]
        sizes = [(each, *_sizes(each, language)) for each in written]
        for each, mine, other in sizes:
            _check_one(each, mine, other, language, places)
        for kind in dict.fromkeys(each.kind for each in written):
            longest = [each for each, mine, other in sizes if each.kind == kind and mine > other]
            _check_lengths(kind, longest, [each for each in written if each.kind == kind], language, places)
        _check_words(written, language, places)
    for kind in dict.fromkeys(each.kind for each in asked):
        _check_order(kind, [each for each in asked if each.kind == kind], places)


def _asked(library: Library) -> Iterator[Asked]:
    for card in library.cards:
        yield Asked("card questions", bare(card.id), f"{card.id}/choice", card.question.choices)
    for item in library.items.values():
        match item:
            case Scenario():
                yield Asked("ask questions", bare(item.id), f"{item.id}/ask", item.ask)
            case Fact() if item.question is not item.card.question:
                yield Asked("facts", bare(item.id), f"{item.id}/choice", item.question.choices)
            case Story():
                for number, page in enumerate(item.pages, 1):
                    if page.pause:
                        part = f"{item.id}/page-{number}-choice"
                        yield Asked("story pauses", bare(item.id), part, page.pause.choices)


def _right(question: Asked) -> int:
    return next(place for place, choice in enumerate(question.choices) if choice.right)


def _sizes(question: Asked, language: str) -> tuple[int, int]:
    """Cells of the right choice, and of the longest other."""
    right = _right(question)
    cells = [cell_len(choice.text.written[language]) for choice in question.choices]
    return cells[right], max(cells[:right] + cells[right + 1 :])


def _check_one(question: Asked, mine: int, other: int, language: str, places: Places) -> None:
    if mine > FAR_LONGER * other and mine >= other + AND_CELLS:
        part = f"{question.part}-{_right(question) + 1}"
        message = f"in '{language}' the right choice is far longer than the others: {mine} cells beside {other}"
        places.warn_part(part, language, "right-is-longest", message, "say less here, or more in another")


def _check_lengths(kind: str, longest: Sequence[Asked], asked: Sequence[Asked], language: str, places: Places) -> None:
    if _is_too_often(len(longest), asked):
        message = f"in '{language}' the right choice is the longest in {len(longest)} of {len(asked)} {kind}"
        places.warn_pack("title", "right-is-longest", message, f"shorten it, or lengthen others: {_names(longest)}")


def _check_order(kind: str, asked: Sequence[Asked], places: Places) -> None:
    for place in range(max((len(each.choices) for each in asked), default=0)):
        here = [each for each in asked if _right(each) == place]
        if _is_too_often(len(here), asked):
            message = f"the right choice is number {place + 1} in {len(here)} of {len(asked)} {kind}"
            places.warn_pack("title", "right-in-one-place", message, f"move it in some: {_names(here)}")


def _is_too_often(count: int, asked: Sequence[Asked]) -> bool:
    """More than half, and more than chance would give once in forty times (two standard deviations)."""
    shares = [1 / len(each.choices) for each in asked]
    chance = sum(shares) + 2 * sqrt(sum(share * (1 - share) for share in shares))
    return len(asked) >= FEW and count > MOST_SHARE * len(asked) and count > chance


def _check_words(asked: Sequence[Asked], language: str, places: Places) -> None:
    main = language.partition("-")[0]
    texts = [
        (choice.right, _bare(choice.text.written[language], main), question)
        for question in asked
        for choice in question.choices
    ]
    for word in TELLING.get(main, ()):
        needle = word if main == "zh" else f" {word} "
        found = [(right, question) for right, text, question in texts if needle in text]
        rights = sum(right for right, _ in found)
        if (rights == len(found) >= TELLS_RIGHT) or (rights == 0 and len(found) >= TELLS_WRONG):
            side = "right" if rights else "wrong"
            message = f"in '{language}' the word '{word}' stands in {len(found)} {side} choices and in no other"
            where = _names([question for _, question in found])
            places.warn_pack("title", "telling-word", message, f"use it in others, or not here: {where}")


def _bare(text: str, main: str) -> str:
    """The words alone, where words have spaces between them."""
    return text if main == "zh" else f" {' '.join(_WORDS.findall(text.lower()))} "


def _names(asked: Sequence[Asked]) -> str:
    names = list(dict.fromkeys(each.item for each in asked))
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
