"""Before and after: a judgement, an action, a fact; no feedback, and "noted" at once."""

from __future__ import annotations

from kiosk.core.items import Fact
from kiosk.core.keys import Key
from kiosk.core.page import Block, Page, Para, Pick, Tone
from kiosk.core.script import Round, Station
from kiosk.core.speech import Utterance
from kiosk.core.visit import Visit, answer_of, choices, scenario
from kiosk.core.wording import Teller

INDENT = 2


def _head(station: Station, teller: Teller) -> str:
    if station.parts == 1:
        return teller.write(f"{station.round}-head-one")
    return teller.write(f"{station.round}-head", part=station.part, parts=station.parts)


def _intro(station: Station, teller: Teller, kind: str = "") -> tuple[str, tuple[Utterance, ...]]:
    """The row under the head: what this is, or that the answer before is noted."""
    if station.part == 1:
        message = f"{station.round}-intro" + ("" if station.parts > 1 else "-one")
    elif station.part == station.parts and station.round is Round.AFTER:
        message = "noted-last"
    else:
        message = "noted-next"
    number = teller.ordinal(station.part)
    variant = str(station.part) if message == "noted-next" else ""
    return teller.write(message + kind, number=number), teller.say(message + kind, variant=variant, number=number)


def judge(visit: Visit, station: Station, teller: Teller) -> Page:
    """The scene, and: scam or real?"""
    item = scenario(visit, station)
    intro, said = _intro(station, teller)
    given = answer_of(visit, station)
    lines = tuple(
        Para(teller.show(line), indent=INDENT, tight=place > 0, say=teller.read(line))
        for place, line in enumerate(item.scene)
    )
    return Page(
        name="judge",
        language=visit.language,
        head=_head(station, teller),
        blocks=(
            Para(intro, Tone.SOFT, say=said),
            *lines,
            Para(teller.write("judge-question"), Tone.STRONG, say=teller.say("judge-question")),
            *verdict_picks(teller, chosen=given.place if given else 0),
        ),
        caps=teller.caps(),
    )


def verdict_picks(teller: Teller, chosen: int = 0) -> tuple[Block, ...]:
    """The two verdicts, always at the same keys."""
    return tuple(
        teller.pick(key, message)._replace(chosen=chosen == int(key))
        for key, message in ((Key.ONE, "verdict-1"), (Key.TWO, "verdict-2"))
    )


def act(visit: Visit, station: Station, teller: Teller) -> Page:
    """The same three actions for every item."""
    item = scenario(visit, station)
    given = answer_of(visit, station)
    keys = (Key.ONE, Key.TWO, Key.THREE)
    return Page(
        name="act",
        language=visit.language,
        head=_head(station, teller),
        blocks=(
            Para(teller.show(item.scene[item.cue - 1]), indent=INDENT),
            Para(teller.write("act-question"), Tone.STRONG, say=teller.say("act-question")),
            *(
                teller.pick(key, f"act-{key}")._replace(chosen=given is not None and given.place == int(key))
                for key in keys
            ),
        ),
        caps=teller.caps(),
    )


def fact(visit: Visit, station: Station, teller: Teller) -> Page:
    """A question about how the real office does it."""
    item = visit.items[station.item]
    assert isinstance(item, Fact)  # noqa: S101 - the script names stations by their items
    intro, said = _intro(station, teller, "-question")
    return Page(
        name="fact",
        language=visit.language,
        head=_head(station, teller),
        blocks=(
            Para(intro, Tone.SOFT, say=said),
            Para(teller.show(item.question.prompt), Tone.STRONG, say=teller.read(item.question.prompt)),
            *question_picks(visit, station, teller),
        ),
        caps=teller.caps(),
    )


def question_picks(visit: Visit, station: Station, teller: Teller) -> tuple[Pick, ...]:
    """The shuffled choices of a question, with the one that was chosen marked."""
    given = answer_of(visit, station)
    return tuple(
        Pick(
            key,
            teller.show(choice.text),
            chosen=given is not None and given.place == place,
            say=teller.choice(key, choice.text),
        )
        for key, place, choice in choices(visit, station)
    )
