"""The tables of the log: the columns of docs/DATA.md, in its order and under its names, and no others.

Every column is a number, a date, a word from a short list, or the name of a thing: nothing could hold a person's name,
and a test compares the file with this list so that nothing ever will unnoticed. The same tables serve PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    column,
    quoted_name,
)

from kiosk.core.records import Answer, Hearing, HelpOpened, Opened, Row, VisitEnded

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

_UUID = String(36)
_WORD = String(32)
_NAME = String(128)


def _first() -> list[Column[Any]]:
    """What every table begins with."""
    return [
        Column("id", _UUID, primary_key=True),
        Column("kiosk", _NAME, nullable=False),
        Column("site", _NAME, nullable=False),
        Column("day", String(10), nullable=False),
        Column("hour", Integer, nullable=False),
    ]


def _is_hour() -> CheckConstraint:
    return CheckConstraint("hour BETWEEN 0 AND 23", name="hour")


def _is_day() -> CheckConstraint:
    return CheckConstraint("day LIKE '____-__-__'", name="day")


def _one_of(name: str, words: Iterable[str]) -> CheckConstraint:
    """The words a column may hold; null passes."""
    return CheckConstraint(column(quoted_name(name, quote=True)).in_(list(words)), name=name)


def _at_least(name: str, least: int = 0) -> CheckConstraint:
    return CheckConstraint(column(quoted_name(name, quote=True)) >= least, name=name)


_MODES = ("learn", "story", "prize")

OPENED = Table(
    "opened",
    METADATA,
    *_first(),
    Column("visit", _UUID, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("language", _WORD, nullable=False),
    Column("mode", _WORD),
    Column("event", _NAME),
    UniqueConstraint("visit"),
    _is_day(),
    _is_hour(),
    _one_of("mode", _MODES),
)

VISIT = Table(
    "visit",
    METADATA,
    *_first(),
    Column("visit", _UUID, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("plan", _WORD),
    Column("form", _WORD),
    Column("language", _WORD, nullable=False),
    Column("age_band", _WORD),
    Column("returning", _WORD, quote=True),  # a keyword of SQLite that SQLAlchemy doesn't know as one
    Column("mode", _WORD),
    Column("event", _NAME),
    Column("finished", Boolean, nullable=False),
    Column("ended_by", _WORD, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("idle_seconds", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("size", _WORD),
    Column("muted", Boolean),
    Column("speed", Integer),
    UniqueConstraint("visit"),
    _is_day(),
    _is_hour(),
    _one_of("plan", ("A", "B")),
    _one_of("form", ("AB", "BA")),
    _one_of("age_band", ("under-60", "60-69", "70-79", "80-up", "unsaid")),
    _one_of("returning", ("first", "month", "longer", "unsaid")),
    _one_of("mode", _MODES),
    _one_of("ended_by", ("finished", "home", "idle", "new-person", "restart", "staff")),
    _at_least("seconds"),
    _at_least("idle_seconds"),
    _at_least("answers"),
    _one_of("size", ("80x24", "71x20", "56x16")),
    CheckConstraint(
        "ended_by = 'restart' OR (size IS NOT NULL AND muted IS NOT NULL AND speed IS NOT NULL)", name="known"
    ),
)

ANSWER = Table(
    "answer",
    METADATA,
    *_first(),
    Column("visit", _UUID, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("item", _NAME, nullable=False),
    Column("pack", _NAME, nullable=False),
    Column("pack_version", _NAME, nullable=False),
    Column("kind", _WORD, nullable=False),
    Column("fraud_type", _NAME),
    Column("verdict", _WORD),
    Column("channel", _NAME),
    Column("round", _WORD),
    Column("step", _WORD, nullable=False),
    Column("choice", _WORD),
    Column("right", Boolean),
    Column("judged", _WORD),
    Column("ms", Integer, nullable=False),
    Column("people", Integer),
    UniqueConstraint("visit", "seq"),
    _is_day(),
    _is_hour(),
    _at_least("seq", 1),
    _one_of("kind", ("scenario", "fact", "story")),
    _one_of("verdict", ("fraud", "genuine")),
    _one_of("round", ("before", "practice", "after", "prize", "host")),
    _one_of("step", ("judge", "see", "ask", "compare", "act", "fact", "pause")),
    _one_of("judged", ("fraud", "genuine", "unsure")),
    _at_least("ms"),
    _at_least("people"),
)

HEARING = Table(
    "hearing",
    METADATA,
    *_first(),
    Column("visit", _UUID, nullable=False),
    Column("item", _NAME, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("heard_to_end", Boolean, nullable=False),
    Column("seconds", Integer, nullable=False),
    _is_day(),
    _is_hour(),
    _at_least("pages"),
    _at_least("seconds"),
)

HELP_OPENED = Table(
    "help_opened",
    METADATA,
    *_first(),
    Column("visit", _UUID, nullable=False),
    _is_day(),
    _is_hour(),
)

TABLE_OF: dict[type[Row], Table] = {
    Opened: OPENED,
    VisitEnded: VISIT,
    Answer: ANSWER,
    Hearing: HEARING,
    HelpOpened: HELP_OPENED,
}
"""Where a row of the core belongs."""
