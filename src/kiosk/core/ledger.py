"""The rows that a visit writes, made from its value."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.core.items import Fact, Scenario
from kiosk.core.records import Answer, Hearing, HelpOpened, Opened, VisitEnded
from kiosk.core.script import Station
from kiosk.core.visit import Visit


class Scored(NamedTuple):
    """What a key answered, in the words of the log."""

    step: str
    choice: str | None
    right: bool | None
    judged: str | None = None


def _day_hour(visit: Visit) -> tuple[str, int]:
    return (visit.began.day, visit.began.hour) if visit.began else ("1970-01-01", 0)


def opened(visit: Visit) -> Opened:
    """The row that a visit begins with."""
    return Opened(*_day_hour(visit), visit.name, visit.seed, visit.language, visit.mode)


def answer(visit: Visit, station: Station, scored: Scored) -> Answer:
    """The row of an answer just counted in `visit.seq`."""
    item = visit.items[station.item]
    case = item if isinstance(item, Scenario) else None
    kind = "scenario" if case else "fact" if isinstance(item, Fact) else "story"
    return Answer(
        *_day_hour(visit),
        visit=visit.name,
        seq=visit.seq,
        item=item.id,
        pack=item.id.partition("/")[0],
        pack_version=item.pack_version,
        kind=kind,
        fraud_type=None if isinstance(item, Fact) else item.fraud_type,
        verdict=case.verdict if case else None,
        channel=case.channel if case else None,
        round=station.round,
        step=scored.step,
        choice=scored.choice,
        right=scored.right,
        judged=scored.judged,
        ms=max(0, round((visit.now - visit.shown_at) * 1000)),
    )


def hearing(visit: Visit, heard_to_end: bool) -> Hearing:
    """The row of the story being heard."""
    since = visit.now if visit.story_since is None else visit.story_since
    return Hearing(
        *_day_hour(visit),
        visit=visit.name,
        item=visit.story or "",
        pages=visit.story_pages,
        heard_to_end=heard_to_end,
        seconds=round(visit.now - since),
    )


def help_opened(visit: Visit) -> HelpOpened:
    """The row of a look at the help screen."""
    return HelpOpened(*_day_hour(visit), visit.name)


def ended(visit: Visit, ended_by: str) -> VisitEnded:
    """The row that a visit ends with."""
    began = visit.began.seconds if visit.began else visit.now
    idle = visit.idle_seconds + (visit.now - visit.active_at if visit.warned_at is not None else 0)
    return VisitEnded(
        *_day_hour(visit),
        visit=visit.name,
        seed=visit.seed,
        plan=visit.plan,
        form=visit.form,
        language=visit.language,
        age_band=visit.age_band,
        returning=visit.returning,
        mode=visit.mode,
        event=None,
        finished=visit.finished,
        ended_by=ended_by,
        seconds=round(visit.now - began),
        idle_seconds=round(idle),
        answers=visit.seq,
        size=visit.size,
        muted=visit.muted,
        speed=visit.speed,
    )
