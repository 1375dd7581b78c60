"""The whole flow of a visit: `step(visit, event) -> (visit, effects)`. An event that means nothing changes nothing.

Invariants, held by random walks in the tests: rows count their `seq` from 1 without a gap; no item is drawn twice;
who isn't counted leaves no row; every state has a way home by keys.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.core import ledger, script, sound
from kiosk.core.events import (
    Closed,
    CutOff,
    Event,
    Fetch,
    Fetched,
    Hush,
    Keep,
    LogChanged,
    Moment,
    Pressed,
    PrivacyChanged,
    Silent,
    Sized,
    SoundChanged,
    Spoken,
    Ticked,
    Turned,
)
from kiosk.core.items import Item, Story, Verdict
from kiosk.core.keys import CHOICES, Key
from kiosk.core.records import Row
from kiosk.core.script import Stop
from kiosk.core.sound import BOTH, HINT, PAGE, Stepped
from kiosk.core.visit import (
    ACTS,
    AGE_BANDS,
    RETURNING,
    Given,
    Hint,
    Overlay,
    Place,
    Visit,
    choices,
    enter_goes_on,
    given_key,
    live_choices,
    may_go_uncounted,
    minutes_pages,
    offer,
    scenario,
)

UNHEARD_SECONDS = 4.0
"""With a voice that says nothing for so long, the rest of a scene is painted all the same."""


def step(visit: Visit, event: Event) -> Stepped:
    """The visit after the event, and what is to be done in the world."""
    if visit.place is Place.OVER:
        return visit, ()
    visit = replace(visit, now=max(visit.now, event.at.seconds), today=event.at.day)
    visit = sound.settled(visit)
    match event:
        case Pressed(key, at):
            return _pressed(visit, key, at)
        case Ticked():
            return _ticked(visit)
        case Fetched(items):
            return _fetched(visit, dict(items))
        case Spoken(block):
            return sound.spoken(visit, block), ()
        case Silent():
            return sound.silent(visit), ()
        case CutOff():
            return replace(sound.silent(visit), cut=True), ()
        case Turned():
            return replace(_another_page(visit), active_at=visit.now), ()
        case SoundChanged():
            return sound.changed(visit, event.sound)
        case PrivacyChanged(private):
            return sound.privacy_changed(visit, private)
        case LogChanged(refused):
            return replace(visit, refused=refused), ()
        case Sized(size):
            return replace(visit, size=size), ()
        case Closed():
            return _end(visit, "staff")
    return visit, ()


def _pressed(visit: Visit, key: Key, at: Moment) -> Stepped:
    if visit.warned_at is not None:  # the key that answers "are you still there?" answers nothing else
        idle = visit.now - visit.active_at
        awake = replace(
            visit,
            warned_at=None,
            reminded=False,
            speaking=False,
            cut=False,
            idle_seconds=visit.idle_seconds + idle,
            active_at=visit.now,
            shown_at=visit.now,
        )
        return awake, (Hush(),)
    visit = replace(visit, active_at=visit.now, cut=False)
    if visit.place is Place.WELCOME:
        return _wake(visit, key, at)
    if visit.place is Place.FETCHING:
        return visit, ()
    everywhere = sound.everywhere(visit, key)
    if everywhere is not None:
        return everywhere
    was_painting = visit.painted
    visit = replace(visit, hint=_lasting(visit), painted=None)
    if key is Key.NINE and visit.overlay is not Overlay.HELP:
        return _open_help(visit)
    if visit.overlay is not None:
        return _in_overlay(visit, key)
    if key is Key.ZERO:
        return _back(visit)
    if visit.place is Place.HOME:
        return _at_home(visit, key)
    if key in live_choices(visit):
        if was_painting is not None and not _was_painted(key, was_painting):
            return replace(visit, speaking=False), (Hush(),)  # nobody can mean a line that he has not seen
        return _answer(visit, key)
    if key is Key.ENTER and enter_goes_on(visit):
        return _on(visit)
    return _wrong(visit)


def _was_painted(key: Key, painted: int) -> bool:
    return key is not Key.SIX and CHOICES.index(key) < painted


# Welcome, home


def _wake(visit: Visit, key: Key, at: Moment) -> Stepped:
    visit = replace(visit, began=at)
    visit = _home(visit)
    if key is Key.NINE:
        return _open_help(visit)
    if key in (Key.SLASH, Key.DOT):
        return sound.everywhere(visit, key) or (visit, ())
    if key in (Key.PLUS, Key.MINUS, Key.SEVEN, Key.EIGHT):
        visit, _ = sound.everywhere(visit, key) or (visit, ())
        return replace(visit, hint=None), (PAGE,)
    return visit, (PAGE,)


def _home(visit: Visit) -> Visit:
    programme, story = offer(visit)
    return _fresh(
        replace(
            visit,
            place=Place.HOME,
            overlay=None,
            looking=None,
            script=(),
            at=0,
            programme=programme,
            story=story,
        )
    )


def _lasting(visit: Visit) -> Hint | None:
    """The hint that outlasts keys and pages: the way back to the language just left."""
    return visit.hint if visit.hint is Hint.WAY_BACK else None


def _fresh(visit: Visit) -> Visit:
    """After the page has changed."""
    return replace(_another_page(visit), wrong=0, painted=None, speaking=False)


def _another_page(visit: Visit) -> Visit:
    """What was said of the page before, and was to be heard of it, is over."""
    return replace(visit, hint=_lasting(visit), quiet=False, cut=False, repeated=0, shown_at=visit.now)


def _at_home(visit: Visit, key: Key) -> Stepped:
    if key not in live_choices(visit):
        return _wrong(visit)
    if key is Key.TWO:
        ids: tuple[str, ...] = (visit.story,) if visit.story else ()
        visit = replace(visit, mode=visit.mode or "story", programme=None)
    else:
        ids = visit.programme.items if visit.programme else ()
        visit = replace(visit, mode=visit.mode or "learn", story=None)
        if key is Key.SIX and may_go_uncounted(visit):
            visit = replace(visit, counted=False, pending=())
    return _fresh(replace(visit, place=Place.FETCHING)), (Hush(), Fetch(ids))


def _fetched(visit: Visit, items: dict[str, Item]) -> Stepped:
    if visit.place is not Place.FETCHING:
        return visit, ()
    wanted = visit.programme.items if visit.programme else (visit.story,) if visit.story else ()
    visit = replace(visit, used=visit.used | frozenset(item for item in wanted if item), draws=visit.draws + 1)
    missing = [item for item in wanted if item not in items]
    story_item = items.get(visit.story or "")
    if missing or not wanted:
        # What could be read is free again; what could not stays used, so that it is not drawn once more.
        visit = replace(visit, used=visit.used - frozenset(items))
        programme, story = offer(visit)
        if visit.programme is not None and programme is not None:
            return replace(visit, programme=programme), (Fetch(programme.items),)
        if visit.story is not None and story is not None:
            return replace(visit, story=story), (Fetch((story,)),)
        return replace(_home(visit), hint=Hint.NOTHING_THERE), (BOTH,)
    known = {**visit.items, **items}
    visit = replace(visit, place=Place.SCRIPT, at=0, looking=None, items=known, shown_at=visit.now)
    if isinstance(story_item, Story):
        visit = replace(visit, script=script.story(story_item), story_since=visit.now, story_pages=0)
    elif visit.programme is not None:
        visit = replace(
            visit,
            script=script.learn(visit.programme, visit.items, visit.settings.round_size, visit.counted),
            plan=visit.plan or (visit.programme.plan if visit.programme.before else None),
            form=visit.form or (visit.programme.form if visit.programme.before else None),
        )
    return _arrived(visit)


def _wrong(visit: Visit) -> Stepped:
    wrong = visit.wrong + 1
    hint = Hint.KEYS_AND_HELP if wrong >= 3 else Hint.KEYS
    return replace(visit, wrong=wrong, hint=hint), (HINT,)


# What lies over the place


def _open_help(visit: Visit) -> Stepped:
    rows = (ledger.help_opened(visit),) if visit.overlay in (None, Overlay.LEAVE) else ()
    visit = _fresh(replace(visit, overlay=Overlay.HELP))
    visit, kept = _write(visit, rows, wait=True)
    return visit, (Hush(), *kept, PAGE)


def _in_overlay(visit: Visit, key: Key) -> Stepped:
    if key is Key.ZERO or (key is Key.ENTER and visit.overlay is Overlay.SETTINGS):
        return _overlay_back(visit)
    if key is Key.ENTER and visit.overlay is Overlay.MINUTES:
        last = visit.minutes_page + 1 >= minutes_pages(visit)
        return _over(visit, Overlay.HELP) if last else _over(visit, Overlay.MINUTES, visit.minutes_page + 1)
    if key not in live_choices(visit):
        return _wrong(visit)
    match visit.overlay, key:
        case Overlay.HELP, Key.ONE:
            return _over(visit, Overlay.MINUTES)
        case Overlay.HELP, Key.TWO:
            return _over(visit, Overlay.SETTINGS)
        case Overlay.HELP, Key.THREE:
            return _end(visit, "new-person")
        case Overlay.SETTINGS, _:
            same = {
                Key.ONE: Key.PLUS,
                Key.TWO: Key.MINUS,
                Key.THREE: Key.SEVEN,
                Key.FOUR: Key.EIGHT,
                Key.SIX: Key.SLASH,
            }
            return sound.everywhere(visit, same[key]) or (visit, ())
        case Overlay.LEAVE, Key.ONE:
            return _over(visit, None)
        case Overlay.LEAVE, Key.TWO:
            visit = replace(visit, overlay=None, script=(*visit.script[: visit.at], *script.leaving()), looking=None)
            return _arrived(visit)
        case Overlay.LEAVE, Key.THREE:
            visit, kept = _leave_story(visit)
            return _home(visit), (Hush(), *kept, PAGE)
    return visit, ()


def _overlay_back(visit: Visit) -> Stepped:
    if visit.overlay is Overlay.MINUTES and visit.minutes_page:
        return _over(visit, Overlay.MINUTES, visit.minutes_page - 1)
    if visit.overlay in (Overlay.MINUTES, Overlay.SETTINGS):
        return _over(visit, Overlay.HELP)
    return _over(visit, None)


def _over(visit: Visit, overlay: Overlay | None, page: int = 0) -> Stepped:
    return _fresh(replace(visit, overlay=overlay, minutes_page=page)), (Hush(), PAGE)


# Going through the script


def _arrived(visit: Visit) -> Stepped:
    """The furthest station is on the screen for the first time."""
    visit = _fresh(visit)
    station = visit.station
    if station.stop is Stop.SEE and visit.audible:
        visit = replace(visit, painted=1)
    if station.stop is Stop.RESULT:
        visit = replace(visit, finished=True)
    if station.stop is Stop.PAGE:
        visit = replace(visit, story_pages=max(visit.story_pages, station.part))
    if station.stop is Stop.LESSON:
        visit = replace(visit, finished=True)
        visit, kept = _leave_story(visit, heard_to_end=True)
        return visit, (Hush(), *kept, PAGE)
    return visit, (Hush(), PAGE)


def _on(visit: Visit) -> Stepped:
    """Enter: to the next station, or back from looking."""
    if visit.looking is not None:
        ahead = visit.looking + 1
        visit = replace(visit, looking=None if ahead >= visit.at else ahead)
        return _fresh(visit), (Hush(), PAGE)
    station = visit.station
    if station.stop in (Stop.AGE, Stop.RETURNING):
        return _answer(visit, Key.SIX)
    if station.stop is Stop.GOODBYE:
        return _end(visit, "finished" if visit.finished else "home")
    return _arrived(replace(visit, at=visit.at + 1))


def _back(visit: Visit) -> Stepped:
    if visit.place is Place.HOME:
        return _end(visit, "home")
    if visit.station.opens or visit.position == 0:
        return _over(visit, Overlay.LEAVE)
    return _fresh(replace(visit, looking=visit.position - 1)), (Hush(), PAGE)


def _answer(visit: Visit, key: Key) -> Stepped:
    """A choice on a question of the script."""
    station = visit.station
    given, row = score(visit, key)
    rows: tuple[Row, ...] = ()
    if row is not None:
        visit = replace(visit, seq=visit.seq + 1)
        rows = (ledger.answer(visit, station, row),)
    if station.stop is Stop.AGE:
        visit = replace(visit, age_band=AGE_BANDS[key])
    elif station.stop is Stop.RETURNING:
        visit = replace(visit, returning=RETURNING[key])
    visit = replace(visit, given={**visit.given, given_key(station, station.stop): given})
    visit, kept = _write(visit, rows)
    if visit.looking is not None:  # a measured answer was changed
        visit, effects = _on(visit)
    else:
        visit, effects = _arrived(replace(visit, at=visit.at + 1))
    return visit, (*kept, *effects)


def score(visit: Visit, key: Key) -> tuple[Given, ledger.Scored | None]:
    """The answer behind a key, and how it is written; None where it is not an answer row."""
    station = visit.station
    number = CHOICES.index(key) + 1
    if station.stop in (Stop.AGE, Stop.RETURNING):
        return Given(number, None), None
    if station.stop in (Stop.JUDGE, Stop.DECIDE):
        item = scenario(visit, station)
        judged = {Key.ONE: Verdict.FRAUD, Key.TWO: Verdict.GENUINE}.get(key)
        right = None if judged is None else judged is item.verdict
        return Given(number, right), ledger.Scored("judge", None, right, judged or "unsure")
    if station.stop is Stop.ACT:
        act = ACTS[key]
        acts = scenario(visit, station).act
        right = None if len(acts) == len(ACTS) else act in acts
        return Given(number, right), ledger.Scored("act", act, right)
    if station.stop is Stop.SEE:
        item = scenario(visit, station)
        line = 0 if key is Key.SIX else number
        right = line in item.see_lines or (line == 0 and item.verdict is Verdict.GENUINE)
        return Given(line, right), ledger.Scored("see", str(line), right)
    place, choice = next((place, choice) for each, place, choice in choices(visit, station) if each is key)
    word = {Stop.ASK: "ask", Stop.COMPARE: "compare", Stop.FACT: "fact", Stop.PAUSE: "pause"}[station.stop]
    return Given(place, choice.right), ledger.Scored(word, str(place), choice.right)


# Time


def _ticked(visit: Visit) -> Stepped:
    if visit.hint_until is not None and visit.now >= visit.hint_until:
        way_back = visit.hint is Hint.WAY_BACK
        visit = replace(visit, hint=None if way_back else visit.hint, hint_until=None)
    if visit.painted is not None and not visit.speaking and visit.now - visit.shown_at >= UNHEARD_SECONDS:
        visit = replace(visit, painted=None)
    if visit.place in (Place.WELCOME, Place.FETCHING):
        return visit, ()
    if visit.warned_at is not None:
        waited = visit.now - visit.warned_at
        if waited >= visit.settings.countdown_seconds:
            return _end(visit, "idle")
        if not visit.reminded and waited >= visit.settings.countdown_seconds / 2:
            return replace(visit, reminded=True), (PAGE,)
        return visit, ()
    if visit.speaking:
        return replace(visit, active_at=visit.now), ()
    alone = visit.now - visit.active_at
    at_goodbye = visit.place is Place.SCRIPT and visit.overlay is None and visit.station.stop is Stop.GOODBYE
    if at_goodbye and alone >= visit.settings.goodbye_seconds:
        return _end(visit, "finished" if visit.finished else "home")
    if alone >= visit.settings.idle_seconds:
        warned = replace(visit, warned_at=visit.now, reminded=False, painted=None, cut=False, repeated=0)
        return warned, (Hush(), PAGE)
    return visit, ()


# Rows and the end


def _write(visit: Visit, rows: tuple[Row, ...], *, wait: bool = False) -> Stepped:
    """Hand rows to the log; those that may wait stay until the first that may not."""
    if not visit.counted or not rows:
        return visit, ()
    if wait and not visit.opened:
        return replace(visit, pending=(*visit.pending, *rows)), ()
    opened = () if visit.opened else (ledger.opened(visit), *visit.pending)
    return replace(visit, opened=True, pending=()), (Keep((*opened, *rows)),)


def _leave_story(visit: Visit, *, heard_to_end: bool = False) -> Stepped:
    """Close the story being heard, if there is one."""
    visit, rows = _story_rows(visit, heard_to_end=heard_to_end)
    return _write(visit, rows)


def _story_rows(visit: Visit, *, heard_to_end: bool = False) -> tuple[Visit, tuple[Row, ...]]:
    if visit.story_since is None or visit.story is None:
        return visit, ()
    return replace(visit, story_since=None), (ledger.hearing(visit, heard_to_end),)


def _end(visit: Visit, ended_by: str) -> Stepped:
    """Close the visit; with nothing to write but a look at home, it leaves no row."""
    visit, rows = _story_rows(visit)
    if visit.opened or visit.pending or rows:
        rows = (*rows, ledger.ended(visit, ended_by))
    visit, kept = _write(visit, rows)
    return replace(visit, place=Place.OVER, overlay=None), (Hush(), *kept)
