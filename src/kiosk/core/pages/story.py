"""A case story: pages read aloud, pauses, the lesson in the three verbs, the card."""

from __future__ import annotations

from kiosk.core.items import NARRATOR, Story
from kiosk.core.page import Block, Entry, Page, Para, Tone
from kiosk.core.pages.learn import answered, better, chosen
from kiosk.core.pages.measured import question_picks
from kiosk.core.script import Station
from kiosk.core.visit import Visit, answer_of, is_lapsed
from kiosk.core.wording import SHORT_PAUSE, Teller, joined


def _story(visit: Visit, station: Station) -> Story:
    item = visit.items[station.item]
    assert isinstance(item, Story)  # noqa: S101 - the script names stations by their items
    return item


def _speaker(item: Story, part: int) -> int:
    """Of a page (from 1): 0 for the narrator, the others 1, 2, … in the order in which they come."""
    order = list(dict.fromkeys([NARRATOR, *(page.speaker or NARRATOR for page in item.pages)]))
    return order.index(item.pages[part - 1].speaker or NARRATOR)


def _page(name: str, visit: Visit, station: Station, teller: Teller, blocks: tuple[Block, ...], *, go_on: bool) -> Page:
    head = teller.write("story-head", part=station.part, parts=station.parts)
    return Page(
        name=name,
        language=visit.language,
        head=head if station.part else teller.write("lesson-head"),
        blocks=blocks,
        caps=teller.caps_on() if go_on else teller.caps(),
    )


def page(visit: Visit, station: Station, teller: Teller) -> Page:
    """One page, in the voice of its speaker; the first begins with the title."""
    item = _story(visit, station)
    text = item.pages[station.part - 1].text
    title: tuple[Block, ...] = ()
    if station.part == 1:
        title = (Para(teller.show(item.title), Tone.STRONG, say=teller.read(item.title, 1.0)),)
    speaker = _speaker(item, station.part)
    said = tuple(utterance._replace(speaker=speaker) for utterance in teller.read(text))
    blocks: tuple[Block, ...] = (*title, Para(teller.show(text), say=said))
    made = _page("story", visit, station, teller, blocks, go_on=True)
    return made._replace(closing=teller.say("go-on-say")) if station.part == 1 else made


def pause(visit: Visit, station: Station, teller: Teller) -> Page:
    """What would you do first?"""
    asked = _story(visit, station).pages[station.part - 1].pause
    assert asked is not None  # noqa: S101 - the script stops here only where there is one
    blocks: tuple[Block, ...] = (
        Para(teller.show(asked.prompt), Tone.STRONG, say=teller.read(asked.prompt)),
        *question_picks(visit, station, teller),
    )
    return _page("pause", visit, station, teller, blocks, go_on=False)


def paused(visit: Visit, station: Station, teller: Teller) -> Page:
    """What the choice would bring."""
    given = answer_of(visit, station)
    right = Para(teller.write("paused-right"), Tone.STRONG, say=teller.say("paused-right"))
    blocks = (
        *chosen(visit, station, teller),
        *((right,) if given is not None and given.right else better(visit, station, teller)),
        Para(teller.write("paused-on"), Tone.SOFT, say=teller.say("paused-on")),
    )
    made = _page("paused", visit, station, teller, blocks, go_on=True)
    return made._replace(opening=answered(visit, station, teller))


def lesson(visit: Visit, station: Station, teller: Teller) -> Page:
    """See, ask, compare: what this story shows."""
    item = _story(visit, station)
    rows = (
        ("lesson-see", item.lesson.see),
        ("lesson-ask", item.lesson.ask),
        ("lesson-compare", item.lesson.compare),
    )
    entries = tuple(
        Entry(teller.write(label), teller.show(text), say=joined(teller.say(label, SHORT_PAUSE), teller.read(text)))
        for label, text in rows
    )
    intro = Para(teller.write("lesson-intro"), Tone.STRONG, say=teller.say("lesson-intro"))
    return _page("lesson", visit, station, teller, (intro, *entries), go_on=True)


def card(visit: Visit, station: Station, teller: Teller) -> Page:
    """How the real one does it."""
    made = _story(visit, station).card
    assert made is not None  # noqa: S101 - the script stops here only where there is one
    lapsed = is_lapsed(visit, station.item)
    staff = (Para(teller.write("ask-staff"), Tone.SOFT, say=teller.say("ask-staff")),) if lapsed else ()
    blocks: tuple[Block, ...] = (
        Para(teller.show(made.title), Tone.STRONG),
        Entry(
            teller.write("compare-real"),
            teller.show(made.text),
            say=joined(teller.say("compare-real", SHORT_PAUSE), teller.read(made.text)),
        ),
        *staff,
    )
    return _page("card", visit, station, teller, blocks, go_on=True)
