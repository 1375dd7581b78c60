"""`kiosk content list --coverage`: what a library covers, as a table for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kiosk.core.catalogue import Entry
from kiosk.core.counting import count
from kiosk.core.coverage import LEVELS, Cell, cells, gaps
from kiosk.core.items import Verdict

_NONE = "·"
_WIDTH = 6


def as_json(entries: Sequence[Entry], fraud_types: Sequence[str], channels: Sequence[str]) -> dict[str, Any]:
    """`cells` (type, channel, verdict, level, practised, measured) and `gaps` (kind, name, lack), as JSON has them."""
    return {
        "cells": [cell._asdict() for cell in cells(entries)],
        "gaps": [gap._asdict() for gap in gaps(entries, fraud_types, channels)],
    }


def as_lines(entries: Sequence[Entry], fraud_types: Sequence[str], channels: Sequence[str]) -> Iterator[str]:
    """Two tables, by fraud type with its channels and by channel, and the gaps, one a line.

    A cell is the number of items of a verdict and level that can be practised, `+` that of the measured ones.
    """
    found = cells(entries)
    yield "Cases by verdict and level (1 easy to 3 hard); 2+1 are two to practise and one to measure with."
    yield ""
    first = max(map(len, ("type, channel", "all", *fraud_types, *(f"  {channel}" for channel in channels))))
    yield from _head("type, channel", first)
    for fraud_type in fraud_types:
        of_type = [cell for cell in found if cell.fraud_type == fraud_type]
        yield _row(fraud_type, of_type, first)
        for channel in channels:
            if of_channel := [cell for cell in of_type if cell.channel == channel]:
                yield _row(f"  {channel}", of_channel, first)
    yield ""
    yield from _head("channel", first)
    for channel in channels:
        yield _row(channel, [cell for cell in found if cell.channel == channel], first)
    yield _row("all", found, first)
    yield ""
    lacking = gaps(entries, fraud_types, channels)
    yield count(len(lacking), "gap")
    for gap in lacking:
        yield f"  {gap.kind} {gap.name} {gap.lack}"


def _head(name: str, first: int) -> Iterator[str]:
    of_verdict = "".join(f"{verdict:<{_WIDTH * len(LEVELS)}}" for verdict in Verdict)
    yield f"{'':<{first}}  {of_verdict}{'practised':<11}measured"
    yield f"{name:<{first}}  {''.join(f'{level:<{_WIDTH}}' for _ in Verdict for level in LEVELS)}".rstrip()


def _row(name: str, found: Iterable[Cell], first: int) -> str:
    of_row = list(found)
    counts = "".join(
        f"{_count([cell for cell in of_row if (cell.verdict, cell.level) == (verdict, level)]):<{_WIDTH}}"
        for verdict in Verdict
        for level in LEVELS
    )
    practised, measured = _sums(of_row)
    return f"{name:<{first}}  {counts}{practised or _NONE:<11}{measured or _NONE}"


def _count(found: Sequence[Cell]) -> str:
    practised, measured = _sums(found)
    if not measured:
        return str(practised or _NONE)
    return f"{practised}+{measured}"


def _sums(found: Sequence[Cell]) -> tuple[int, int]:
    """How many can be practised, and how many measure."""
    return sum(cell.practised for cell in found), sum(cell.measured for cell in found)
