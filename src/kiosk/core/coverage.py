"""What a library of cases covers: fraud type × channel × verdict × level, and the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from kiosk.core.catalogue import Entry
from kiosk.core.items import Kind, Verdict

LEVELS = (1, 2, 3)

FRAUDS_A_TYPE = 2
"""Cases of a fraud type that can be practised, in as many channels: one alone teaches its channel, not the type, since
what is learnt does not transfer from one channel to another (Robb & Wendel 2023, J Consumer Policy 46:27)."""

LEAST_SHARE = 0.25
"""Of either verdict among the items of a channel: with less, the channel gives the verdict away."""

FEW = 4
"""With fewer items than this neither the share of a verdict in a channel nor that of a level says anything; only, two
items of a channel may be of both verdicts, and are one-sided if they aren't."""

CHANNELS_A_FORM = 4
"""Different channels among the scenarios of one form of a pool, where it has as many scenarios."""


class Cell(NamedTuple):
    """The items of one fraud type, channel, verdict and level."""

    fraud_type: str
    channel: str
    verdict: Verdict
    level: int
    practised: int
    """How many of them can be practised."""
    measured: int
    """How many stand in a pool."""


class GapKind(StrEnum):
    """Of what something is missing."""

    TYPE = "type"
    CHANNEL = "channel"
    LEVEL = "level"
    POOL = "pool"


class Gap(NamedTuple):
    """Something that a library lacks."""

    kind: GapKind
    name: str
    """Which one: the id of a type or channel, `2-3`, or a pool's number from 1 with its form (`1 A`)."""
    lack: str
    """What is missing, as the end of a sentence."""


def cells(entries: Iterable[Entry]) -> tuple[Cell, ...]:
    """Those that hold any scenario, by type, channel, verdict (frauds first) and level."""
    practised, measured = Counter[tuple[str, str, Verdict, int]](), Counter[tuple[str, str, Verdict, int]]()
    for entry in _scenarios(entries):
        if entry.verdict is not None:
            place = (entry.fraud_type, entry.channel, entry.verdict, entry.level)
            (practised if entry.pool < 0 else measured)[place] += 1
    verdicts = list(Verdict)
    places = sorted(
        practised.keys() | measured.keys(),
        key=lambda place: (place[0], place[1], verdicts.index(place[2]), place[3]),
    )
    return tuple(Cell(*place, practised[place], measured[place]) for place in places)


def gaps(entries: Sequence[Entry], fraud_types: Iterable[str], channels: Iterable[str]) -> tuple[Gap, ...]:
    """What these items of one or more packs lack, for the types and channels that their taxonomies name."""
    scenarios = list(_scenarios(entries))
    return (
        *_type_gaps(scenarios, fraud_types),
        *_channel_gaps(scenarios, channels),
        *_level_gaps(scenarios),
        *_pool_gaps(scenarios),
    )


def _scenarios(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.kind is Kind.SCENARIO)


def _type_gaps(scenarios: Sequence[Entry], fraud_types: Iterable[str]) -> Iterator[Gap]:
    for fraud_type in dict.fromkeys(fraud_types):
        frauds = [
            entry
            for entry in scenarios
            if entry.fraud_type == fraud_type and entry.verdict is Verdict.FRAUD and entry.pool < 0
        ]
        if len(frauds) < FRAUDS_A_TYPE:
            found = "none" if not frauds else f"only '{frauds[0].id}'"
            yield Gap(GapKind.TYPE, fraud_type, f"has fewer than {FRAUDS_A_TYPE} frauds to practise: {found}")
        elif len({entry.channel for entry in frauds}) < FRAUDS_A_TYPE:
            yield Gap(GapKind.TYPE, fraud_type, f"has frauds of one channel only: '{frauds[0].channel}'")


def _channel_gaps(scenarios: Sequence[Entry], channels: Iterable[str]) -> Iterator[Gap]:
    for channel in dict.fromkeys(channels):
        found = [entry for entry in scenarios if entry.channel == channel]
        if not found:
            yield Gap(GapKind.CHANNEL, channel, "has no item")
            continue
        for verdict in Verdict:
            count = sum(entry.verdict is verdict for entry in found)
            if len(found) >= (FEW if count else 2) and count < LEAST_SHARE * len(found):
                lack = f"has {count} of {len(found)} items {verdict}: it gives the verdict away"
                yield Gap(GapKind.CHANNEL, channel, lack)


def _level_gaps(scenarios: Sequence[Entry]) -> Iterator[Gap]:
    hard = sum(entry.level >= 2 for entry in scenarios)
    if len(scenarios) >= FEW and 2 * hard < len(scenarios):
        yield Gap(GapKind.LEVEL, "2-3", f"has {hard} of {len(scenarios)} items: fewer than half")


def _pool_gaps(scenarios: Sequence[Entry]) -> Iterator[Gap]:
    for pool in sorted({entry.pool for entry in scenarios if entry.pool >= 0}):
        for form in ("A", "B"):
            members = [entry for entry in scenarios if (entry.pool, entry.form) == (pool, form)]
            channels = len({entry.channel for entry in members})
            if channels < min(CHANNELS_A_FORM, len(members)):
                number = f"{channels} channel" if channels == 1 else f"{channels} channels"
                yield Gap(GapKind.POOL, f"{pool + 1} {form}", f"has {number} for {len(members)} items")
