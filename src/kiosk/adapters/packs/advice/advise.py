"""All advice on one pack, each rule in a module of its own."""

from __future__ import annotations

from kiosk.adapters.packs.advice.balance import check_balance
from kiosk.adapters.packs.advice.breath import check_breath
from kiosk.adapters.packs.advice.choices import check_choices
from kiosk.adapters.packs.advice.fit import check_fit
from kiosk.adapters.packs.advice.hearing import check_hearing
from kiosk.adapters.packs.advice.languages import check_languages
from kiosk.adapters.packs.advice.library import Column, Library, Passage
from kiosk.adapters.packs.advice.likeness import check_likeness
from kiosk.adapters.packs.advice.marks import check_marks
from kiosk.adapters.packs.advice.passages import own_libraries, own_passages, passages
from kiosk.adapters.packs.advice.people import check_people
from kiosk.adapters.packs.advice.places import Places
from kiosk.adapters.packs.advice.plain import check_plain
from kiosk.adapters.packs.advice.quotes import check_quotes
from kiosk.adapters.packs.advice.verdict_words import check_verdict_words
from kiosk.adapters.packs.advice.volatile import check_volatile
from kiosk.adapters.packs.findings import Notebook
from kiosk.ports import Words


def advise(library: Library, interface: Words, notebook: Notebook) -> None:
    """Warn of everything in a pack that keeps to the format and yet serves its visitors badly."""
    places = Places(library, notebook)
    every = passages(library)
    has_say = any(passage.text.spoken for passage in every)
    own: list[Passage] = []
    for language in library.languages:
        apart = own_passages(every, language) if has_say else []
        own += apart
        among = [*every, *apart]
        texts = Column(among, language)
        check_breath(Column(among, language, spoken=True) if has_say else texts, places)
        check_plain(texts, library, places)
        check_quotes(texts, places)
        check_marks(texts, places)
        check_verdict_words(texts, places)
        check_volatile(texts, {each.number for each in library.help_numbers}, places)
        if language == library.languages[0]:
            check_people(texts, places)
    check_languages(every, library, places)
    check_choices(library, places)
    check_likeness(library, places)
    check_balance(library, places)
    for each in (library, *own_libraries(library, own)):
        check_hearing(each, interface, places)
        check_fit(each, interface, places)
