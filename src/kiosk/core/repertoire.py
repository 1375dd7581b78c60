"""Everything that can be spoken, taken from the pages themselves: what is worth recording, and making ready.

Nothing here knows what a page says. Visits are put where every page is, every answer is given, every key is pressed,
and what the real pages then say is collected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from kiosk.core import script
from kiosk.core.catalogue import Catalogue, Entry, offered_languages
from kiosk.core.characters import spoken_as
from kiosk.core.choose import Programme
from kiosk.core.events import Event, Fetched, Moment, Pressed, PrivacyChanged, Speak, Ticked
from kiosk.core.items import Card, Fact, Item, Kind, Scenario, Story, Text, Verdict
from kiosk.core.keys import Key
from kiosk.core.page import Page
from kiosk.core.pages import page_of
from kiosk.core.script import QUESTIONS, Round, Station, Stop
from kiosk.core.settings import RoundSize, Settings
from kiosk.core.speech import Utterance
from kiosk.core.step import score, step
from kiosk.core.visit import Given, Overlay, Place, Visit, begin, enter_goes_on, given_key, live_choices
from kiosk.core.wording import Wording

_DAY = "2000-01-01"
_LONG_AFTER = "9999-12-31"
"""A day on which everything that can expire has."""

_FEEDBACK = frozenset({Stop.SEEN, Stop.ASKED, Stop.COMPARED, Stop.VERDICT, Stop.PAUSED, Stop.OWED})
"""Stations that only an answer leads to."""

_END = Station(Stop.GOODBYE)

_MOST_OWED = 4
"""Answers that a visit can owe."""
_JUDGED = (2, 4, 6, 8)
"""How many judgements a round may have; half of them are of frauds."""


class Words(Wording, Protocol):
    """The interface's own texts, and the languages that it has them in."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Written languages."""


def repertoire(
    catalogue: Catalogue, items: Mapping[str, Item], words: Words, language: str, written: str
) -> tuple[Utterance, ...]:
    """Every part that is spoken in a language or variety, once each.

    First the interface's own phrases, then the packs' texts: cards as they are first needed, facts, help, cases and
    stories, each as its file stands. `written` is the language that it is written in: an item that has not all texts in
    it is never shown, and left out; without texts of the interface in it, nothing is spoken at all. Of a language that
    is spoken as another, all but its own words are utterances of that one.
    """
    if written not in words.languages:
        return ()
    entries = [entry for entry in catalogue.entries if written in entry.languages and entry.id in items]
    forms = {entry.form for entry in entries if entry.kind is Kind.FACT}
    asks_facts = {"A", "B"} <= forms
    shown = [items[entry.id] for entry in entries if asks_facts or entry.kind is not Kind.FACT]
    catalogue = catalogue._replace(entries=tuple(entries))
    found: dict[str, Utterance] = {}
    spoken = (language, spoken_as(language))
    for utterance in _said_by_all(shown, catalogue, words, language, asks_facts=asks_facts):
        if utterance.part and utterance.language in spoken:
            found.setdefault(utterance.part, utterance._replace(block=-1))
    places = {part: place for place, part in enumerate(_parts(shown, catalogue))}
    return tuple(sorted(found.values(), key=lambda utterance: places.get(utterance.part, -1)))


def screens(
    item: Item, catalogue: Catalogue, words: Wording, language: str, but: Collection[Stop] = ()
) -> Iterator[Page]:
    """Every screen on which texts of an item stand, each question of it with every answer that can be given.

    Where the catalogue tells that the item is only measured, or has no twin to be practised with, without the screens
    of practice. A screen that is the same for another number of the round comes once; those of the stations `but` don't
    come at all.
    """
    for visit in _item_visits(item, catalogue, language):
        if visit.station.stop not in but:
            yield page_of(visit, words)


def _parts(items: Iterable[Item], catalogue: Catalogue) -> dict[str, None]:
    """All there are, in order."""
    found: dict[str, None] = {}

    def collect(value: object) -> None:
        if isinstance(value, Text):
            found[value.part] = None
        elif isinstance(value, tuple) and not isinstance(value, Card):
            for each in value:
                collect(each)

    items = tuple(items)
    cards = tuple(tuple(item.card) for item in items if item.card)
    facts = tuple(item for item in items if isinstance(item, Fact))
    collect((cards, facts, catalogue.help_numbers, catalogue.first_minutes, items))
    return found


# What is said


def _said_by_all(
    items: Iterable[Item], catalogue: Catalogue, words: Words, language: str, *, asks_facts: bool
) -> Iterator[Utterance]:
    known: set[object] = set()
    wanted = dict.fromkeys(code for pack in catalogue.packs for code in pack.languages)
    others = [code for code in offered_languages((*wanted,), words.languages, catalogue.packs) if code != language]
    yield from _explored(_homes(catalogue, (language, *others[:1])), known, words)
    fetching = replace(_begun(catalogue, (language,)), place=Place.FETCHING)
    yield from _said(fetching, (Fetched({}, _moment(fetching)),), words)
    for pair in (pair for other in others for pair in ((language, other), (other, language))):
        settings = replace(_begun(catalogue, pair), place=Place.HOME, overlay=Overlay.SETTINGS)
        yield from page_of(settings, words).speech
        yield from _said(settings, (Pressed(Key.SLASH, _moment(settings)),), words)
    practised: Scenario | None = None
    for item in items:
        for visit in _item_visits(item, catalogue, language):
            if asks_facts or visit.station.stop is not Stop.ACT:
                yield from page_of(visit, words).speech
                yield from _explored((visit,), known, words)
            if isinstance(item, Scenario) and visit.station.stop is Stop.SEE:
                practised = practised or item
    if practised is not None:
        yield from _explored(_rounds(practised, catalogue, language), known, words)
        for visit in (*_other_cases(practised, catalogue, language), *_results(practised, catalogue, language)):
            yield from page_of(visit, words).speech


def _explored(starts: Iterable[Visit], known: set[object], words: Words) -> Iterator[Utterance]:
    """What is said on these screens, on what lies over them, and when something happens there."""
    waiting = list(starts)
    while waiting:
        visit = waiting.pop()
        state = _state(visit)
        if state in known:
            continue
        known.add(state)
        yield from page_of(visit, words).speech
        for events in _doings(visit):
            yield from _said(visit, events, words)
        for key in Key:
            after = _after(visit, key)
            is_here = (after.place, after.language, after.position) == (visit.place, visit.language, visit.position)
            if is_here and after.hint is None:
                waiting.append(after)


def _state(visit: Visit) -> object:
    """What the interface's own phrases depend on."""
    stands = (visit.place, visit.overlay, visit.minutes_page, live_choices(visit), enter_goes_on(visit))
    if visit.place is Place.SCRIPT and visit.overlay is None:
        return (*stands, visit.station.stop, visit.station.opens, len(visit.owed))
    return (*stands, visit.language, visit.counted, visit.refused, visit.rehearsal, visit.hint)


def _doings(visit: Visit) -> Iterator[tuple[Event, ...]]:
    """What visitors and the world may do to a screen."""
    at = _moment(visit)
    yield from ((Pressed(key, at),) for key in Key)
    yield (Pressed(Key.OTHER, at),) * 3
    yield (Pressed(Key.DOT, at),) * 3
    yield PrivacyChanged(private=True, at=at), PrivacyChanged(private=False, at=at)
    yield (Ticked(at._replace(seconds=visit.now + visit.settings.idle_seconds)),)


def _said(visit: Visit, events: Iterable[Event], words: Words) -> Iterator[Utterance]:
    """What is spoken as these events happen."""
    for event in events:
        visit, effects = step(visit, event)
        for effect in effects:
            if isinstance(effect, Speak):
                page = page_of(visit, words)
                yield from page.hint_say if effect.hint else ()
                yield from page.speech if effect.page else ()


# The visits that stand on an item's screens


def _item_visits(item: Item, catalogue: Catalogue, language: str) -> Iterator[Visit]:
    own = {entry.id: entry for entry in catalogue.entries if entry.id in (item.id, getattr(item, "twin", ""))}
    visit = _at_item(catalogue._replace(entries=tuple(own.values())), language, item)
    match item:
        case Scenario():
            yield from _measured(visit, item)
            if _is_practised(item, own):
                yield from _practised(visit, item)
        case Fact():
            for round_ in (Round.BEFORE, Round.AFTER):
                yield from _answered(visit, Station(Stop.FACT, item.id, round_, 2, 2), Station(Stop.OWED))
        case Story():
            yield from _answered(visit, *(station for station in script.story(item) if station.item))
            if item.card is not None:
                yield from _lapsed(visit, Station(Stop.CARD, item.id))


def _is_practised(item: Scenario, entries: Mapping[str, Entry]) -> bool:
    if item.id not in entries:
        return True
    return all(name in entries and entries[name].pool < 0 for name in (item.id, item.twin))


def _measured(visit: Visit, item: Scenario) -> Iterator[Visit]:
    first = Station(Stop.JUDGE, item.id, Round.BEFORE, 1, 1, opens=True)
    yield from _answered(visit, first, Station(Stop.OWED))
    for round_ in (Round.BEFORE, Round.AFTER):
        for part, parts in ((1, 2), (2, 2), (1, 1)):
            station = first._replace(round=round_, part=part, parts=parts, opens=part == 1)
            if station != first:
                yield from _answered(visit, station)
    yield from _answered(visit, Station(Stop.ACT, item.id, Round.BEFORE, 1, 2))


def _practised(visit: Visit, item: Scenario) -> Iterator[Visit]:
    """As the first of two twins; what is different for the second, in a short round, and when it has lapsed."""
    stations = _of_item(item, (item.id, item.twin))
    yield from _answered(visit, *stations.values())
    yield from _answered(visit, _of_item(item, (item.twin, item.id))[Stop.WHY])
    short = replace(visit, settings=replace(visit.settings, round_size=RoundSize.SHORT))
    yield from _answered(short, stations[Stop.DECIDE])
    yield from _lapsed(visit, stations[Stop.COMPARE], stations[Stop.COMPARED])


def _of_item(item: Scenario, *pairs: tuple[str, str]) -> dict[Stop, Station]:
    """The stations of an item, where it is first in a round of these pairs."""
    found: dict[Stop, Station] = {}
    for station in script.learn(Programme("A", "AB", (), pairs, ()), {}, RoundSize.FULL, counted=True):
        if station.item == item.id:
            found.setdefault(station.stop, station)
    return found


def _lapsed(visit: Visit, *stations: Station) -> Iterator[Visit]:
    """The same after the day on which the item expired, where it can."""
    if any(entry.id == stations[0].item and entry.expires for entry in visit.catalogue.entries):
        yield from _answered(replace(visit, began=Moment(0.0, _LONG_AFTER, 0)), *stations)


def _answered(visit: Visit, *stations: Station) -> Iterator[Visit]:
    """A visit at each of the stations, and where each answer leads to."""
    visit = replace(visit, script=(*stations, _END))
    for place, station in enumerate(stations):
        here = replace(visit, at=place)
        if station.stop not in _FEEDBACK:
            yield here
        if station.stop in QUESTIONS and stations[place + 1 : place + 2] and stations[place + 1].stop in _FEEDBACK:
            for key in live_choices(here):
                given, _ = score(here, key)
                yield replace(here, at=place + 1, given={given_key(station, station.stop): given})


# The visits that stand where no item's texts are, or only those that were met


def _homes(catalogue: Catalogue, languages: tuple[str, ...]) -> Iterator[Visit]:
    """The start, in all its forms."""
    begun = _begun(catalogue, languages)
    everything = frozenset(entry.id for entry in catalogue.entries)
    stories = frozenset(entry.id for entry in catalogue.entries if entry.kind is Kind.STORY)
    yield _after(begun, Key.ONE)
    yield _after(_begun(catalogue, languages[:1]), Key.ONE)
    for changed in (
        replace(begun, opened=True),
        replace(begun, counted=False),
        replace(begun, refused=True),
        replace(begun, rehearsal=True, counted=False),
        replace(begun, used=everything),
        replace(begun, used=stories),
        replace(begun, used=everything - stories),
    ):
        yield _after(changed, Key.ONE)


def _rounds(item: Scenario, catalogue: Catalogue, language: str) -> Iterator[Visit]:
    """The end of a round, and leaving in the middle of one, with every number of answers owed."""
    visit = _at_item(catalogue, language, item)
    for counted in (True, False):
        closing = script.closing(owes=False, counted=counted)
        for place in range(len(closing)):
            yield replace(visit, script=closing, at=place, counted=counted)
    first = _of_item(item, (item.id, item.twin))[Stop.SEE]
    for owed in range(1, _MOST_OWED + 1):
        judged = (Station(Stop.JUDGE, item.id, Round.BEFORE, 1, owed),) * owed
        given = {(item.id, Stop.JUDGE): Given(1, right=True)}
        for station in (first, Station(Stop.OWED), Station(Stop.OWED, opens=True)):
            yield replace(visit, script=(*judged, station, _END), at=owed, given=given)


def _other_cases(item: Scenario, catalogue: Catalogue, language: str) -> Iterator[Visit]:
    """The scene as every case of a round but the first."""
    visit = _at_item(catalogue, language, item)
    first, second, others = (item.id, item.twin), (item.twin, item.id), ("", "")
    for pairs in ((second,), (others, first), (others, second)):
        yield replace(visit, script=(_of_item(item, *pairs)[Stop.SEE], _END))


def _results(item: Scenario, catalogue: Catalogue, language: str) -> Iterator[Visit]:
    """The result with every number that can stand in it."""
    for judged in _JUDGED:
        for right in range(judged + 1):
            yield _result(item, catalogue, language, [True] * right + [False] * (judged - right))
    half = _JUDGED[-1] // 2
    for sure in range(half + 1):
        for right in range(sure + 1):
            of_one = [True] * right + [False] * (sure - right) + [None] * (half - sure)
            of_other: list[bool | None] = [False] * half
            yield _result(item, catalogue, language, of_one + of_other, facts=(right > 0, right > 1))
            yield _result(item, catalogue, language, of_other + of_one)


def _result(
    item: Scenario, catalogue: Catalogue, language: str, answers: Sequence[bool | None], facts: Sequence[bool] = ()
) -> Visit:
    """The result of these judgements, the first half of them of frauds, and of these facts."""
    half = len(answers) // 2
    verdicts = [Verdict.FRAUD] * half + [Verdict.GENUINE] * half
    judged = [item._replace(id=str(place), verdict=verdict) for place, verdict in enumerate(verdicts)]
    given = {(each.id, Stop.DECIDE): Given(0, right) for each, right in zip(judged, answers, strict=True)}
    given |= {(f"fact {place}", Stop.FACT): Given(0, right) for place, right in enumerate(facts)}
    stations = tuple(Station(stop, name) for name, stop in given)
    visit = _at_item(catalogue, language, *judged)
    return replace(visit, script=(*stations, Station(Stop.RESULT), _END), at=len(stations), given=given)


# Visits


def _begun(catalogue: Catalogue, languages: tuple[str, ...]) -> Visit:
    """A visit at the welcome that speaks the first of the languages."""
    visit = begin(Settings(), catalogue, languages, "", 0, languages[0], sound=True)
    return replace(visit, began=Moment(0.0, _DAY, 0))


def _at_item(catalogue: Catalogue, language: str, *items: Item) -> Visit:
    return replace(_begun(catalogue, (language,)), place=Place.SCRIPT, items={item.id: item for item in items})


def _after(visit: Visit, key: Key) -> Visit:
    return step(visit, Pressed(key, _moment(visit)))[0]


def _moment(visit: Visit) -> Moment:
    return Moment(visit.now + 1.0, visit.began.day if visit.began else _DAY, 0)
