"""Visits: opened, visit, answer, hearing, help_opened."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001_visits"
down_revision = None

_UUID = sa.String(36)
_WORD = sa.String(32)
_NAME = sa.String(128)
_MODES = ("learn", "story", "prize")


def upgrade() -> None:
    """Begin a log."""
    _create(
        "opened",
        sa.Column("visit", _UUID, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("language", _WORD, nullable=False),
        sa.Column("mode", _WORD),
        sa.Column("event", _NAME),
        _unique("opened", "visit"),
        *_checks("opened", mode=_MODES),
    )
    _create(
        "visit",
        sa.Column("visit", _UUID, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("plan", _WORD),
        sa.Column("form", _WORD),
        sa.Column("language", _WORD, nullable=False),
        sa.Column("age_band", _WORD),
        sa.Column("returning", _WORD, quote=True),
        sa.Column("mode", _WORD),
        sa.Column("event", _NAME),
        sa.Column("finished", sa.Boolean, nullable=False),
        sa.Column("ended_by", _WORD, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("idle_seconds", sa.Integer, nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("size", _WORD),
        sa.Column("muted", sa.Boolean),
        sa.Column("speed", sa.Integer),
        _unique("visit", "visit"),
        *_checks(
            "visit",
            plan=("A", "B"),
            form=("AB", "BA"),
            age_band=("under-60", "60-69", "70-79", "80-up", "unsaid"),
            returning=("first", "month", "longer", "unsaid"),
            mode=_MODES,
            ended_by=("finished", "home", "idle", "new-person", "restart", "staff"),
            seconds=0,
            idle_seconds=0,
            answers=0,
            size=("80x24", "71x20", "56x16"),
        ),
        sa.CheckConstraint(
            "ended_by = 'restart' OR (size IS NOT NULL AND muted IS NOT NULL AND speed IS NOT NULL)",
            name=op.f("ck_visit_known"),
        ),
    )
    _create(
        "answer",
        sa.Column("visit", _UUID, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("item", _NAME, nullable=False),
        sa.Column("pack", _NAME, nullable=False),
        sa.Column("pack_version", _NAME, nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("fraud_type", _NAME),
        sa.Column("verdict", _WORD),
        sa.Column("channel", _NAME),
        sa.Column("round", _WORD),
        sa.Column("step", _WORD, nullable=False),
        sa.Column("choice", _WORD),
        sa.Column("right", sa.Boolean),
        sa.Column("judged", _WORD),
        sa.Column("ms", sa.Integer, nullable=False),
        sa.Column("people", sa.Integer),
        _unique("answer", "visit", "seq"),
        *_checks(
            "answer",
            seq=1,
            kind=("scenario", "fact", "story"),
            verdict=("fraud", "genuine"),
            round=("before", "practice", "after", "prize", "host"),
            step=("judge", "see", "ask", "compare", "act", "fact", "pause"),
            judged=("fraud", "genuine", "unsure"),
            ms=0,
            people=0,
        ),
    )
    _create(
        "hearing",
        sa.Column("visit", _UUID, nullable=False),
        sa.Column("item", _NAME, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("heard_to_end", sa.Boolean, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        *_checks("hearing", pages=0, seconds=0),
    )
    _create("help_opened", sa.Column("visit", _UUID, nullable=False), *_checks("help_opened"))


def _create(table: str, *rest: sa.schema.SchemaItem) -> None:
    """A table: the columns that all begin with, then its own and its constraints."""
    op.create_table(
        table,
        sa.Column("id", _UUID, nullable=False),
        sa.Column("kiosk", _NAME, nullable=False),
        sa.Column("site", _NAME, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *rest,
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _checks(table: str, **limits: tuple[str, ...] | int) -> list[sa.CheckConstraint]:
    """Day and hour, and by column the words it may hold or the least number."""
    checks: dict[str, Any] = {"day": "day LIKE '____-__-__'", "hour": "hour BETWEEN 0 AND 23"}
    for name, limit in limits.items():
        column: sa.ColumnClause[Any] = sa.column(sa.quoted_name(name, quote=True))
        checks[name] = column >= limit if isinstance(limit, int) else column.in_(limit)
    return [sa.CheckConstraint(check, name=op.f(f"ck_{table}_{name}")) for name, check in checks.items()]
