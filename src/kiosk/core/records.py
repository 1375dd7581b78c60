"""The rows of the log, as the core makes them.

A field is a column, under the same name, in the order of docs/DATA.md. The writer adds `id` (a random UUIDv4),
`kiosk` and `site`. Nothing here may ever name a visitor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple


class Opened(NamedTuple):
    """A visit that has begun; written in the transaction of its first other row."""

    day: str
    """`YYYY-MM-DD`, local, of the visit's start; `hour` (0–23) likewise."""
    hour: int
    visit: str
    seed: int
    language: str
    mode: str | None
    event: str | None = None


class VisitEnded(NamedTuple):
    """One visit, written when it ends."""

    day: str
    hour: int
    visit: str
    seed: int
    plan: str | None
    """`A` or `B`; null where nothing was measured."""
    form: str | None
    """`AB` or `BA`: the form of before, then of after."""
    language: str
    """That in which the visit ended."""
    age_band: str | None
    """`under-60`, `60-69`, `70-79`, `80-up`, `unsaid`; null when not asked."""
    returning: str | None
    """`first`, `month`, `longer`, `unsaid`; null when not asked."""
    mode: str | None
    """`learn`, `story` or `prize`; null where only help was opened."""
    event: str | None
    finished: bool
    """A result, a story's lesson or a ticket was shown."""
    ended_by: str
    """`finished`, `home`, `idle`, `new-person`, `restart` or `staff`."""
    seconds: int
    idle_seconds: int
    """Of `seconds`, those in which neither a key nor speech came for the idle time."""
    answers: int
    """Answer rows of this visit."""
    size: str
    """The grid at the end: `80x24`, `71x20` or `56x16`."""
    muted: bool
    speed: int
    """Percent of the default rate of speech."""


class Answer(NamedTuple):
    """One key that answered something."""

    day: str
    hour: int
    visit: str
    seq: int
    """1, 2, 3 … within the visit."""
    item: str
    pack: str
    pack_version: str
    kind: str
    fraud_type: str | None
    verdict: str | None
    channel: str | None
    round: str | None
    """`before`, `practice`, `after`, `prize` or `host`; null in a story."""
    step: str
    """`judge`, `see`, `ask`, `compare`, `act`, `fact` or `pause`."""
    choice: str | None
    """The 1-based place in the file; for `see` the line or `0`; for `act` a word; null for `judge`."""
    right: bool | None
    """Null for unsure and for what isn't scored."""
    judged: str | None
    """`fraud`, `genuine` or `unsure`; null but for `judge`."""
    ms: int
    """From the page's last showing to the key."""
    people: int | None = None


class Hearing(NamedTuple):
    """A story heard."""

    day: str
    hour: int
    visit: str
    item: str
    pages: int
    """How many of its pages were shown."""
    heard_to_end: bool
    seconds: int


class HelpOpened(NamedTuple):
    """The help screen was opened."""

    day: str
    hour: int
    visit: str


Row = Opened | VisitEnded | Answer | Hearing | HelpOpened

TABLES: dict[type[Row], str] = {
    Opened: "opened",
    VisitEnded: "visit",
    Answer: "answer",
    Hearing: "hearing",
    HelpOpened: "help_opened",
}
"""The table that a row belongs to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of rows that were handed to the log."""

    counted: bool
    why: str = ""
    """For the log file and the staff, where they were not counted."""

    ALL: ClassVar[Kept]


Kept.ALL = Kept(True)
