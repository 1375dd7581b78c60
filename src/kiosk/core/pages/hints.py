"""The signs in the head row and the one line over the help row."""

from __future__ import annotations

from kiosk.core.characters import spoken_as
from kiosk.core.keys import Key
from kiosk.core.page import Page, Sign
from kiosk.core.pages.languages import characters_name, spoken_name, teller_for
from kiosk.core.settings import SPEEDS, VOLUMES
from kiosk.core.visit import Hint, Place, Visit, enter_goes_on, is_lapsed, live_choices
from kiosk.core.wording import Teller, Wording, joined


def with_signs(page: Page, visit: Visit, teller: Teller) -> Page:
    """What every screen must say: not counted, rehearsal, no sound."""
    signs: list[Sign] = []
    if visit.rehearsal:
        signs.append(Sign(teller.write("sign-rehearsal")))
    elif not visit.counted:
        signs.append(Sign(teller.write("sign-not-counted")))
    elif visit.refused:
        signs.append(Sign(teller.write("sign-not-counted-today")))
    if visit.place is Place.SCRIPT and visit.overlay is None and is_lapsed(visit, visit.station.item):
        signs.append(Sign(teller.write("sign-lapsed"), Key.NINE))
    if visit.place is not Place.WELCOME:
        if visit.voiceless:
            signs.append(Sign(teller.write("sign-no-voice")))
        elif visit.muted:
            signs.append(Sign(teller.write("sign-muted"), Key.DOT))
        elif visit.private:
            signs.append(Sign(teller.write("sign-private")))
    return page._replace(signs=(*signs, *page.signs))


def with_hint(page: Page, visit: Visit, teller: Teller, words: Wording, *, aloud: bool = False) -> Page:
    """The page with the line that the last key brought, written and to be spoken; `aloud` as for `teller_for`."""
    match visit.hint:
        case None:
            return page._replace(hint=teller.write("hint-hear")) if visit.unheard else page
        case Hint.KEYS | Hint.KEYS_AND_HELP:
            return _keys(page, visit, teller)
        case Hint.WAY_BACK:
            return _way_back(page, visit, teller_for(visit, words, visit.hint_language, aloud=aloud))
        case Hint.LOUDER | Hint.SOFTER:
            level, levels = VOLUMES.index(visit.volume) if visit.volume in VOLUMES else 0, len(VOLUMES) - 1
        case Hint.SLOWER | Hint.FASTER:
            level, levels = SPEEDS.index(visit.speed) + 1 if visit.speed in SPEEDS else 0, len(SPEEDS)
        case _:
            return page._replace(hint=teller.write(f"hint-{visit.hint}"), hint_say=teller.say(f"hint-{visit.hint}"))
    message = f"hint-{visit.hint}"
    return page._replace(hint=teller.write(message, level=level, levels=levels), hint_say=teller.say("hint-sample"))


def _way_back(page: Page, visit: Visit, left: Teller) -> Page:
    """In the language just left; where that is spoken like this one, it is the characters that were left."""
    language, spoken = visit.hint_language, spoken_as(visit.hint_language)
    message, variant, name = "hint-way-back", spoken, spoken_name(visit, left, language)
    if spoken == spoken_as(visit.language):
        message, variant, name = "hint-way-back-characters", language, characters_name(left, language)
    said = left.say(message, variant=variant, name=name)
    if visit.presses_back == 1:
        return page._replace(hint=left.write(message, name=name), hint_say=said)
    times = left.times(visit.presses_back)
    more = left.say("hint-way-back-times", name=name, times=times)
    return page._replace(hint=left.write(f"{message}-times", name=name, times=times), hint_say=joined(said, more))


def _keys(page: Page, visit: Visit, teller: Teller) -> Page:
    """What may be pressed here; at the third key that means nothing, where to get help instead of how to hear again."""
    keys = (*live_choices(visit), *((Key.ZERO,) if visit.overlay else ()))
    more = "hint-help" if visit.hint is Hint.KEYS_AND_HELP or visit.voiceless else "hint-again"
    if keys:
        digits = [teller.words.say(teller.language, f"digit-{key}") for key in keys]
        spoken = digits[-1]
        if len(digits) > 1:
            first = teller.write("hint-comma").join(digits[:-1])
            spoken = teller.words.say(teller.language, "hint-or", first=first, last=spoken)
        written = teller.write("hint-keys", keys=" ".join(f"[{key}]" for key in keys))
        said = teller.speak(teller.words.say(teller.language, "hint-keys", keys=spoken))
    else:
        message = "hint-enter" if enter_goes_on(visit) else "hint-back"
        written, said = teller.write(message), teller.say(message)
    return page._replace(hint=written + teller.write(more), hint_say=joined(said, teller.say(more)))
