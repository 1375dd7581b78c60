"""The welcome and the start."""

from __future__ import annotations

from kiosk.core.keys import Key
from kiosk.core.page import Caps, Drawn, Page, Para, Sign, Tone
from kiosk.core.pages.languages import written_name
from kiosk.core.visit import Visit, live_choices
from kiosk.core.wording import Teller, joined

SAYING_SECONDS = 15
"""For so long a saying stands on the welcome; nothing moves."""

NOTICE_EVERY = 4
"""One in so many is a notice: among some sixty sayings it would else come once in a quarter of an hour."""


def welcome(visit: Visit, teller: Teller) -> Page:
    """Silent until a key or a touch: the key to press, drawn; a saying; what is never asked."""
    other = _other_language(visit, teller)
    return Page(
        name="welcome",
        language=visit.language,
        head=teller.write("head"),
        signs=(Sign(f"{other} [/]", Key.SLASH),) if other else (),
        blocks=(
            Drawn(teller.write("welcome-drawn")),
            Para(teller.write("welcome-question"), say=teller.say("welcome-question")),
            Para(saying(visit), Tone.STRONG),
            Para(teller.write("welcome-promise"), tone=Tone.SOFT),
        ),
        caps=Caps(
            back=other,
            back_key=Key.SLASH,
            back_cap=teller.cap(Key.SLASH),
            again=teller.write("cap-speak"),
            again_cap=teller.cap(Key.STAR),
            sound="",
            sound_cap="",
            help=teller.write("cap-help"),
            help_cap=teller.cap(Key.NINE),
            go=teller.write("cap-start"),
            go_key=Key.ONE,
            go_cap=teller.cap(Key.ONE),
            on=teller.write("cap-go-on"),
            on_cap=teller.cap(Key.ENTER),
        ),
    )


def saying(visit: Visit) -> str:
    """The saying or notice of the quarter minute: on days with notices, every fourth is one."""
    language, place = visit.written, int(visit.now // SAYING_SECONDS)
    current = [notice.text for notice in visit.catalogue.notices if notice.since <= visit.today <= notice.until]
    notices = [text.write(language) for text in current if text.write(language)]
    spoken = (entry.text for entry in visit.catalogue.sayings if entry.kind in ("rhyme", "slogan"))
    sayings = [text.write(language) for text in spoken if text.write(language)]
    turn = place // NOTICE_EVERY
    if notices and (not sayings or place % NOTICE_EVERY == 0):
        return notices[turn % len(notices)]
    if notices:
        place -= turn + 1  # the turns that notices took, so that every saying has its own
    return sayings[place % len(sayings)] if sayings else ""


def home(visit: Visit, teller: Teller) -> Page:
    """What to do, and what is counted."""
    other = _other_language(visit, teller)
    offered = live_choices(visit)
    messages = {Key.ONE: "home-learn", Key.TWO: "home-story", Key.SIX: "home-uncounted"}
    picks = tuple(teller.pick(key, message) for key, message in messages.items() if key in offered)
    nothing = () if picks else (Para(teller.write("home-nothing"), say=teller.say("home-nothing")),)
    counting = "home-rehearsal"
    if not visit.rehearsal:
        counting = "home-not-counted" if not visit.counted else "home-refused" if visit.refused else "home-counted"
    privacy = Para(teller.write(counting), tone=Tone.SOFT, say=teller.say(counting))
    uncounted = tuple(pick._replace(say=()) for pick in picks if pick.key is Key.SIX)
    return Page(
        name="home",
        language=visit.language,
        head=teller.write("head"),
        signs=(Sign(f"{other} [/]", Key.SLASH),) if other else (),
        blocks=(
            Para(teller.write("home-hello"), Tone.STRONG, say=teller.say("home-hello")),
            *(pick for pick in picks if pick.key is not Key.SIX),
            *uncounted,
            *nothing,
            privacy,
        ),
        closing=joined(*(pick.say for pick in picks if pick.key is Key.SIX)),
        caps=teller.caps(),
    )


def _other_language(visit: Visit, teller: Teller) -> str:
    if len(visit.languages) < 2:
        return ""
    return written_name(visit, teller.words, visit.other_language)
