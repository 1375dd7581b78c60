"""Stretches without a pause that are too long to be spoken, or followed, in one breath."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.adapters.packs.advice.library import Column
from kiosk.adapters.packs.advice.places import Places
from kiosk.core.pace import by_character, units

MOST_CHARACTERS = 16
"""An old listener's breath is about 5 s; at 200 characters a minute."""
MOST_WORDS = 14
"""A little longer, because a stretch of plain English is half made of words that take no time: the, of, to, it."""

_ZH_PAUSES = "，。：；？！、…—"
_EN_PAUSES = ",.:;?!…"
_AFTER_EN = ' \n”’")'
"""Without one of these after it, a mark is inside a number or a name."""
_TO_BREAK = str.maketrans(_ZH_PAUSES, "\n" * len(_ZH_PAUSES))


def check_breath(column: Column, places: Places) -> None:
    """Warn of sentences, as they are spoken, that go on without a pause mark."""
    language = column.language
    counts_characters = by_character(language)
    most, what = (MOST_CHARACTERS, "characters") if counts_characters else (MOST_WORDS, "words")
    for start, stretch in _stretches(column.whole, most, counts_characters=counts_characters):
        long = units(stretch, language)
        if long > most:
            message = f"{long} {what} without a pause: '{_beginning(stretch)}'; one breath takes {most}"
            passage = column.passage_at(start)
            places.warn(passage, language, "long-breath", message, "put a comma in, or make two sentences")


def _stretches(whole: str, most: int, *, counts_characters: bool) -> Iterator[tuple[int, str]]:
    """What may be too long of the stretches between two pauses, with its place."""
    marked = whole.translate(_TO_BREAK)
    if not counts_characters:
        for mark in _EN_PAUSES:
            for after in _AFTER_EN:
                marked = marked.replace(mark + after, f"\n{after}")
    at = 0
    for stretch in marked.split("\n"):
        if (len(stretch) if counts_characters else stretch.count(" ") + 1) > most:
            yield at, stretch
        at += len(stretch) + 1


def _beginning(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 24 else text[:23] + "…"
