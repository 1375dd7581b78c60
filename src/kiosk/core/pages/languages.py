"""Who writes and speaks in which language, and what the languages are called that a visitor can change to."""

from __future__ import annotations

from kiosk.core.catalogue import varieties
from kiosk.core.characters import spoken_as
from kiosk.core.visit import Visit
from kiosk.core.wording import Teller, Wording


def teller_for(visit: Visit, words: Wording, language: str, *, aloud: bool = False) -> Teller:
    """Who writes and speaks for a visit, in a language or a spoken variety.

    Where the characters of a language are spoken as another's, one writes, and another (`aloud`) speaks.
    """
    written = visit.catalogue.written(language)
    spoken = spoken_as(written)
    numbers = frozenset(number.number for number in visit.catalogue.help_numbers)
    if not aloud or spoken == written:
        return Teller(words, written, numbers, _key_names(visit, language, written, spoken), spoken=language)
    variety = "" if language == written else language
    names = _key_names(visit, variety, spoken, written)
    return Teller(words, spoken, numbers, names, spoken=variety or spoken, characters=written)


def _key_names(visit: Visit, *languages: str) -> tuple[tuple[str, str], ...]:
    """What this site calls its keys, in the first of the languages that it names each in."""
    found = (
        (key.lower(), [by_language[code] for code in languages if code in by_language])
        for key, by_language in visit.settings.key_names.items()
    )
    return tuple((key, names[0]) for key, names in found if names)


def written_name(visit: Visit, words: Wording, language: str) -> str:
    """As those write it who read it: beside the same in other characters, by the name of its own."""
    written = visit.catalogue.written(language)
    others = {visit.catalogue.written(code) for code in visit.languages} - {written}
    if language == written and any(spoken_as(code) == spoken_as(written) for code in others):
        return words.write(written, "language-name-characters")
    return _spoken_name(visit, words, language, written)


def spoken_name(visit: Visit, teller: Teller, language: str) -> str:
    """As those call it who speak it, whatever it is written in: beside a variety of its own, Chinese is 普通话."""
    return _spoken_name(visit, teller.words, language, teller.language)


def _spoken_name(visit: Visit, words: Wording, language: str, written: str) -> str:
    known = {variety.id: variety for variety in varieties(visit.catalogue.packs)}
    if language in known:
        return known[language].name
    beside = (known[code] for code in visit.languages if code in known)
    common = any(spoken_as(variety.written) == spoken_as(language) for variety in beside)
    return words.write(written, "language-name-common" if common else "language-name")


def characters_name(teller: Teller, written: str) -> str:
    """What the characters of a language are called that is spoken like the teller's."""
    own = written == teller.language
    return teller.words.write(teller.language, "language-name-characters" if own else f"language-{written}")


def said_name(visit: Visit, teller: Teller, language: str) -> str:
    """In the language that is spoken now: its own varieties by their own names, others as they are called there."""
    written = visit.catalogue.written(language)
    if spoken_as(written) != spoken_as(visit.written):
        return teller.words.say(teller.language, f"language-{written}")
    return (
        characters_name(teller, written) if other_characters(visit, language) else spoken_name(visit, teller, language)
    )


def other_characters(visit: Visit, language: str) -> bool:
    """Whether a written language is the one on the screen in other characters."""
    return language not in (visit.written, visit.language) and spoken_as(language) == spoken_as(visit.written)
