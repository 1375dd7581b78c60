"""The stations of a visit, one after the other: what is shown, of which item, in which round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from kiosk.core.choose import Programme
from kiosk.core.items import Item, Scenario, Story
from kiosk.core.settings import RoundSize


class Stop(StrEnum):
    """The kinds of station."""

    JUDGE = "judge"
    ACT = "act"
    FACT = "fact"
    SEE = "see"
    SEEN = "seen"
    ASK = "ask"
    ASKED = "asked"
    COMPARE = "compare"
    COMPARED = "compared"
    DECIDE = "decide"
    VERDICT = "verdict"
    WHY = "why"
    AGE = "age"
    RETURNING = "returning"
    RESULT = "result"
    OWED = "owed"
    GOODBYE = "goodbye"
    PAGE = "page"
    PAUSE = "pause"
    PAUSED = "paused"
    LESSON = "lesson"
    CARD = "card"


QUESTIONS = frozenset(
    {
        Stop.JUDGE,
        Stop.ACT,
        Stop.FACT,
        Stop.SEE,
        Stop.ASK,
        Stop.COMPARE,
        Stop.DECIDE,
        Stop.PAUSE,
        Stop.AGE,
        Stop.RETURNING,
    }
)
"""Stations that wait for a choice; all others wait for Enter."""

MEASURED = frozenset({Stop.JUDGE, Stop.ACT, Stop.FACT})
"""Stations of before and after, without feedback, whose answers may be changed."""


class Round(StrEnum):
    """The part of a visit an answer belongs to; also the word in the log."""

    BEFORE = "before"
    PRACTICE = "practice"
    AFTER = "after"


class Station(NamedTuple):
    """One screen of a visit."""

    stop: Stop
    item: str = ""
    round: Round | None = None
    part: int = 0
    """Which of the round's items, from 1; a story's page, from 1."""
    parts: int = 0
    """How many there are."""
    opens: bool = False
    """The first screen of an item (or of the round, in before and after): `0` here asks whether to leave."""
    second: bool = False
    """Of the second of two twins, which the contrast is said after."""


def learn(programme: Programme, items: Mapping[str, Item], size: RoundSize, counted: bool) -> tuple[Station, ...]:
    """The stations of a learn visit."""
    return (
        *_measured(programme.before, Round.BEFORE, items),
        *_practice(programme.practice, size),
        *_measured(programme.after, Round.AFTER, items),
        *closing(bool(programme.before or programme.after), counted),
    )


def closing(owes: bool, counted: bool) -> tuple[Station, ...]:
    """From the last answer to the goodbye. Who isn't counted is asked nothing about himself."""
    asked = (Station(Stop.AGE), Station(Stop.RETURNING)) if counted else ()
    owed = (Station(Stop.OWED),) if owes else ()
    return (*asked, Station(Stop.RESULT, opens=True), *owed, Station(Stop.GOODBYE))


def leaving() -> tuple[Station, ...]:
    """For who leaves early and wants to hear the answers owed."""
    return (Station(Stop.OWED, opens=True), Station(Stop.GOODBYE))


def story(item: Story) -> tuple[Station, ...]:
    """The stations of a story."""
    return tuple(_story(item))


def _measured(ids: tuple[str, ...], round_: Round, items: Mapping[str, Item]) -> Iterator[Station]:
    plan_b = any(not isinstance(items[item], Scenario) for item in ids)
    for part, item in enumerate(ids, 1):
        if isinstance(items[item], Scenario):
            yield Station(Stop.JUDGE, item, round_, part, len(ids), opens=part == 1)
            if plan_b:
                yield Station(Stop.ACT, item, round_, part, len(ids))
        else:
            yield Station(Stop.FACT, item, round_, part, len(ids), opens=part == 1)


def _practice(pairs: tuple[tuple[str, str], ...], size: RoundSize) -> Iterator[Station]:
    parts = 2 * len(pairs)
    steps = [
        Stop.SEE,
        Stop.SEEN,
        Stop.ASK,
        Stop.ASKED,
        Stop.COMPARE,
        Stop.COMPARED,
        Stop.DECIDE,
        Stop.VERDICT,
        Stop.WHY,
    ]
    if size is RoundSize.SHORT:
        steps = [Stop.SEE, Stop.SEEN, Stop.DECIDE, Stop.VERDICT, Stop.WHY]
    for number, pair in enumerate(pairs):
        for place, item in enumerate(pair):
            for stop in steps:
                part = 2 * number + place + 1
                yield Station(stop, item, Round.PRACTICE, part, parts, stop is Stop.SEE, second=place == 1)


def _story(item: Story) -> Iterator[Station]:
    parts = len(item.pages)
    for part, page in enumerate(item.pages, 1):
        yield Station(Stop.PAGE, item.id, None, part, parts, opens=part == 1)
        if page.pause:
            yield Station(Stop.PAUSE, item.id, None, part, parts)
            yield Station(Stop.PAUSED, item.id, None, part, parts)
    yield Station(Stop.LESSON, item.id)
    if item.card:
        yield Station(Stop.CARD, item.id)
    yield Station(Stop.GOODBYE)
