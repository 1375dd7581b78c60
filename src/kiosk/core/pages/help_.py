"""Help: whom to call, the first thirty minutes, the settings, somebody new."""

from __future__ import annotations

from kiosk.core.keys import Key
from kiosk.core.page import CHOICE_PAUSE, Block, Drawn, Entry, Page, Para, Pick, Tone
from kiosk.core.pages.languages import other_characters, said_name, written_name
from kiosk.core.visit import MINUTES_A_PAGE, Visit, live_choices, minutes_pages
from kiosk.core.wording import Teller

DRAWN_NUMBERS = 2
"""How many numbers of `help.yaml` are drawn: the first ones."""


def help_(visit: Visit, teller: Teller) -> Page:
    """Over every screen, also in the middle of a question; `0` goes back to exactly that place."""
    blocks: list[Block] = []
    for place, number in enumerate(visit.catalogue.help_numbers[:DRAWN_NUMBERS]):
        when = teller.show(number.when)
        variant = number.number.replace(" ", "-").replace("+", "")
        said = teller.say("help-call", variant=variant, when=number.when, number=number.number)
        label = (*_halves(when), teller.write("help-call-now" if place == 0 else "help-call-label"))
        blocks.append(Drawn(number.number, label, say=said))
    staff = teller.say("help-staff")
    first = True
    for key in live_choices(visit):
        pick = teller.pick(key, f"help-{key}")
        blocks.append(pick._replace(tight=not first, say=(*(staff if first else ()), *pick.say)))
        first = False
    return Page(
        name="help",
        language=visit.language,
        head=teller.write("help-head"),
        blocks=tuple(blocks),
        closing=teller.say("help-back"),
        caps=teller.caps(),
    )


def _halves(text: str) -> tuple[str, ...]:
    """A label in lines of at most seven Han or fourteen Latin characters."""
    if any(ord(character) >= 0x2E80 for character in text):  # Han
        return tuple(text[start : start + 7] for start in range(0, len(text), 7))
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= 14:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return tuple(lines)


def minutes(visit: Visit, teller: Teller) -> Page:
    """What to do in the first thirty minutes, four steps a page."""
    first = visit.minutes_page * MINUTES_A_PAGE
    steps = visit.catalogue.first_minutes[first : first + MINUTES_A_PAGE]
    return Page(
        name="minutes",
        language=visit.language,
        head=teller.write("minutes-head", part=visit.minutes_page + 1, parts=minutes_pages(visit)),
        blocks=tuple(
            Entry(f"{number} ", teller.show(step), say=teller.read(step))
            for number, step in enumerate(steps, first + 1)
        ),
        caps=teller.caps_on(),
    )


def settings(visit: Visit, teller: Teller) -> Page:
    """Each press changes a little, and is answered by a spoken sample."""
    picks = []
    for key in live_choices(visit):
        if key is Key.SIX:
            other = visit.other_language
            name = written_name(visit, teller.words, other)
            message = "settings-6-characters" if other_characters(visit, other) else "settings-6"
            said = teller.say(message, CHOICE_PAUSE, variant=other, name=said_name(visit, teller, other))
            picks.append(Pick(key, teller.write("settings-6", name=name), say=said))
        else:
            picks.append(teller.pick(key, f"settings-{key}"))
    intro = Para(teller.write("settings-intro"), Tone.SOFT)
    return Page(
        name="settings",
        language=visit.language,
        head=teller.write("settings-head"),
        blocks=(intro, *picks),
        closing=teller.say("settings-done"),
        caps=teller.caps(),
    )
