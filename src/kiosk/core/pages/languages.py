"""Who writes and speaks in which language, and what the languages are called that a visitor can change to."""

from __future__ import annotations

from kiosk.core.catalogue import varieties
from kiosk.core.visit import Visit
from kiosk.core.wording import Teller, Wording


def teller_for(visit: Visit, words: Wording, language: str) -> Teller:
    """Who writes and speaks for a visit, in a language or a spoken variety."""
    written = visit.catalogue.written(language)
    names = tuple(
        (key.lower(), by_language.get(language) or by_language[written])
        for key, by_language in visit.settings.key_names.items()
        if language in by_language or written in by_language
    )
    numbers = frozenset(number.number for number in visit.catalogue.help_numbers)
    return Teller(words, written, numbers, names, spoken=language)


def written_name(visit: Visit, words: Wording, language: str) -> str:
    """As those write it who speak it. Beside a variety of its own, Chinese is called 普通话."""
    for variety in varieties(visit.catalogue.packs):
        if variety.id == language:
            return variety.name
    return words.write(language, f"language-name{_beside_varieties(visit, language)}")


def _beside_varieties(visit: Visit, language: str) -> str:
    spoken = (code for code in visit.languages if code != language)
    return "-common" if any(visit.catalogue.written(code) == language for code in spoken) else ""


def said_name(visit: Visit, teller: Teller, language: str) -> str:
    """In the language that is spoken now: its own varieties by their own names, others as they are called there."""
    written = visit.catalogue.written(language)
    if written == teller.language:
        return written_name(visit, teller.words, language)
    return teller.words.say(teller.language, f"language-{written}")
