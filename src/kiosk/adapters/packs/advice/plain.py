"""Words that an old visitor doesn't use: rare characters, office language, uncommon English words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from kiosk.adapters.packs.advice.inflection import roots, stems
from kiosk.adapters.packs.advice.library import Column, Hit, Library
from kiosk.adapters.packs.advice.office import BORDERS, INSTEAD
from kiosk.adapters.packs.advice.places import Places
from kiosk.core.items import Text

_FOLDER = Path(__file__).parent / "words"
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]+")
_WORD = re.compile(r"(?<![0-9A-Za-z])(?<![A-Za-z]['’])[A-Za-z]+(?![A-Za-z]|['’]t\b)")
"""Not what an apostrophe leaves of a word: don't, it's."""
_LEAST_PART = 4
"""Letters of a word inside another: `carpet` is no car."""
_SENTENCE_BEGINS = re.compile(r"(?:^|[.?!:…]\s*|[“‘\"(]\s*)$")
_OFFICE = re.compile("|".join(BORDERS.get(word, word) for word in sorted(INSTEAD["zh"], key=len, reverse=True)))


def check_plain(column: Column, library: Library, places: Places) -> None:
    """Warn of words that are not plain, once in an item each."""
    language = column.language
    told: set[tuple[str, str, str]] = set()

    def once(hit: Hit, word: str, message: str, hint: str) -> None:
        key = hit.passage.file, hit.passage.item, word
        if key not in told:
            told.add(key)
            places.warn(hit.passage, language, "not-plain", message, hint)

    own = _own_words(library, language)
    if language in ("zh", "zh-Hans"):
        _check_characters(column, own, once)
        for hit in column.find(_OFFICE):
            if not is_speech(hit):  # how officials speak, and those who pass for them
                once(hit, hit.found, f"'{hit.found}' is office language", f"write {INSTEAD['zh'][hit.found]}")
    elif language.partition("-")[0] == "en":
        _check_words(column, own, once)


def is_speech(hit: Hit) -> bool:
    """Whether it stands between quotation marks."""
    before = hit.text[: hit.start]
    return before.count("“") + before.count("「") > before.count("”") + before.count("」")


def uncommon_words(column: Column, own: str) -> Iterator[Hit]:
    """Where English words stand that neither the list nor the pack's `own` words know; names and letters are let be."""
    known = _words() | {word.lower() for word in _LATIN.findall(own)}
    uncommon = {word for word in set(_LATIN.findall(column.whole)) if not _is_known(word.lower(), known)}
    if not uncommon:
        return
    hits = [hit for hit in column.find(_WORD) if hit.found in uncommon]
    names = {hit.found for hit in hits if hit.found[0].isupper() and not _SENTENCE_BEGINS.search(hit.text[: hit.start])}
    for hit in hits:
        if hit.found not in names and not hit.found.isupper() and len(hit.found) > 1:
            yield hit


def _own_words(library: Library, language: str) -> str:
    """What the pack calls its types, flags, channels, cards and numbers: its vocabulary, which visitors learn here."""
    named: Iterable[Text] = (
        *library.names,
        *(card.title for card in library.cards),
        *(number.name for number in library.help_numbers),
    )
    return "\n".join(text.write(language) for text in named)


def _check_characters(column: Column, own: str, once: Callable[[Hit, str, str, str], None]) -> None:
    rare = {sign for sign in set(column.whole) - _characters() - set(own) if _HAN.match(sign)}
    if rare:
        for hit in column.find(re.compile("[" + "".join(sorted(rare)) + "]")):
            message = f"'{hit.found}' is not among the 3,500 common characters"
            once(hit, hit.found, message, "say it with a common word")


def _check_words(column: Column, own: str, once: Callable[[Hit, str, str, str], None]) -> None:
    for hit in uncommon_words(column, own):
        shown = hit.found.lower()
        plain = next((INSTEAD["en"][word] for word in (shown, *stems(shown)) if word in INSTEAD["en"]), "")
        message = f"'{shown}' is not among the 3,000 common words"
        once(hit, shown, message, f"write {plain}" if plain else "say it with a common word")


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether the word is there, or what it is made of."""
    if word in known:
        return True
    forms = {word, *stems(word)}
    forms |= {stem for form in list(forms) for stem in stems(form)}
    forms |= {root for form in list(forms) for root in roots(form)}
    return not forms.isdisjoint(known) or any(_is_compound(form, known) for form in forms)


def _is_compound(word: str, known: frozenset[str]) -> bool:
    """Whether it is two known words in one, long enough to be heard as such: `homework`."""
    cuts = range(_LEAST_PART, len(word) - _LEAST_PART + 1)
    return any(word[:cut] in known and word[cut:] in known for cut in cuts)


@cache
def _characters() -> frozenset[str]:
    return frozenset((_FOLDER / "zh.txt").read_text(encoding="utf-8"))


@cache
def _words() -> frozenset[str]:
    return frozenset((_FOLDER / "en.txt").read_text(encoding="utf-8").split())
