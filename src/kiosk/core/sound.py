"""What a visit hears: the keys of the voice, which mean the same everywhere, and what the voice tells."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.events import Effect, Hush, Speak, Tune
from kiosk.core.keys import Key
from kiosk.core.settings import SPEEDS, VOLUMES
from kiosk.core.visit import MOST_REPEATS, Hint, Place, Visit, scenario

Stepped = tuple[Visit, tuple[Effect, ...]]
"""A visit, and what is to be done in the world."""

PAGE = Speak(hint=False, page=True)
HINT = Speak(hint=True, page=False)
BOTH = Speak(hint=True, page=True)

WAY_BACK_SECONDS = 10.0
"""For so long the way back to the language just left stands on the screen."""

REPLACED_SECONDS = 1.5
"""A voice that is away for no longer was only being replaced: nothing is said about it."""

_OF_THE_VOICE = frozenset({Key.STAR, Key.PLUS, Key.MINUS, Key.SEVEN, Key.EIGHT, Key.DOT})


def everywhere(visit: Visit, key: Key) -> Stepped | None:
    """What a key does that means the same on every screen; None for any other."""
    if visit.voiceless and key in _OF_THE_VOICE:
        tried = key is Key.STAR and not visit.muted  # the voice may be there again without knowing it
        visit = replace(visit, wrong=0, painted=None, hint=Hint.NO_VOICE, quiet=visit.quiet and not tried)
        return visit, (PAGE,) if tried else ()
    match key:
        case Key.STAR:
            visit = replace(visit, wrong=0)
            if visit.muted:
                return replace(visit, hint=Hint.MUTED), ()
            return replace(visit, hint=None, quiet=False, painted=None), (PAGE,)
        case Key.PLUS | Key.MINUS:
            return _volume(visit, 1 if key is Key.PLUS else -1)
        case Key.SEVEN | Key.EIGHT:
            return _speed(visit, -1 if key is Key.SEVEN else 1)
        case Key.SLASH if len(visit.languages) > 1:
            return _other_language(visit)
        case Key.DOT:
            return _quiet(visit)
    return None


def _neighbour(steps: tuple[int, ...], value: int, change: int) -> int:
    """The step beside a value, which need not be one of the steps."""
    beyond = [step for step in steps if (step > value if change > 0 else step < value)]
    if not beyond:
        return value
    return min(beyond) if change > 0 else max(beyond)


def _volume(visit: Visit, change: int) -> Stepped:
    volume = max(VOLUMES[1], _neighbour(VOLUMES, visit.volume, change))
    visit = replace(
        visit,
        volume=volume,
        muted=visit.muted and change < 0,
        quiet=False,
        hint=Hint.LOUDER if change > 0 else Hint.SOFTER,
        wrong=0,
        painted=None,
    )
    return visit, (Tune(), HINT) if not visit.muted else ()


def _speed(visit: Visit, change: int) -> Stepped:
    visit = replace(
        visit,
        speed=_neighbour(SPEEDS, visit.speed, change),
        hint=Hint.FASTER if change > 0 else Hint.SLOWER,
        wrong=0,
        painted=None,
    )
    return visit, (HINT,) if not visit.muted else ()


def _other_language(visit: Visit) -> Stepped:
    visit = replace(
        visit,
        language=visit.other_language,
        hint=Hint.WAY_BACK,
        hint_language=visit.language,
        hint_until=visit.now + WAY_BACK_SECONDS,
        wrong=0,
        painted=None,
        quiet=False,
    )
    return visit, (BOTH,)


def _quiet(visit: Visit) -> Stepped:
    visit = replace(visit, wrong=0, painted=None)
    if visit.muted:
        return replace(visit, muted=False, quiet=False, hint=Hint.SOUND_ON), (BOTH,)
    if visit.quiet:
        return replace(visit, muted=True, hint=Hint.MUTED), (HINT,)  # said before it happens
    return replace(visit, quiet=True, speaking=False, hint=Hint.STOPPED), (Hush(),)


def spoken(visit: Visit, block: int) -> Visit:
    """The voice has reached a block: its line of a scene is painted."""
    if visit.painted is not None and block >= visit.painted:
        whole = block + 1 >= len(scenario(visit, visit.station).scene)
        visit = replace(visit, painted=None if whole else block + 1)
    return replace(visit, speaking=True)


def changed(visit: Visit, sound: bool) -> Stepped:
    """Speech can be heard, or can't any more; a page that was cut off is said again, a few times."""
    if sound == visit.sound:
        return visit, ()
    visit = replace(visit, sound=sound, speaking=False, lost_at=None if sound else visit.now)
    if not sound:
        return replace(visit, painted=None), ()
    if visit.place is Place.WELCOME:
        return visit, ()
    visit = replace(visit, hint=None if visit.hint is Hint.NO_VOICE else visit.hint)
    if not visit.cut or visit.repeated >= MOST_REPEATS:
        return visit, ()
    return replace(visit, cut=False, repeated=visit.repeated + 1), (PAGE,)


def settled(visit: Visit) -> Visit:
    """A voice that has been away for too long to be only replaced is missing, and the visitor is told."""
    if visit.lost_at is None or visit.now - visit.lost_at < REPLACED_SECONDS:
        return visit
    untold = visit.place is Place.WELCOME or visit.muted or visit.hint is Hint.WAY_BACK
    return replace(visit, lost_at=None, hint=visit.hint if untold else Hint.NO_VOICE)


def silent(visit: Visit) -> Visit:
    """The voice has said all, or won't."""
    # The kiosk's own "are you still there?" is no sign of life.
    active_at = visit.now if visit.warned_at is None else visit.active_at
    return replace(visit, speaking=False, active_at=active_at, painted=None)


def privacy_changed(visit: Visit, private: bool) -> Stepped:
    """Headphones have come or gone: one line says so."""
    if private == visit.private:
        return visit, ()
    visit = replace(visit, private=private)
    if visit.place is Place.WELCOME:
        return visit, ()
    # Who was listening has to put them on, or off, first.
    said = BOTH if visit.speaking else HINT
    return replace(visit, hint=Hint.PRIVATE if private else Hint.PUBLIC, painted=None), (said,)
