"""What the kiosk can show, known without reading the items themselves: the index of the compiled packs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.core.items import HelpNumber, Kind, Notice, Saying, Text, Verdict


class Entry(NamedTuple):
    """One item in the index; what a choice needs to know of it."""

    id: str
    """`pack/item`."""
    kind: Kind
    verdict: Verdict | None
    """Scenarios only, as are `channel`, `level` (0 elsewhere) and `twin`."""
    channel: str
    level: int
    twin: str
    fraud_type: str
    expires: str | None
    """The earliest day (`YYYY-MM-DD`) on which something it rests on expires; shown up to and on that day."""
    languages: tuple[str, ...]
    """Those in which every text of it (its card's too) is there."""
    card: str
    """`pack/card` whose question it uses; empty where it has none."""
    pool: int = -1
    """Measured scenarios only: the 0-based number of the pool, counted over all packs; -1 for the others."""
    form: str = ""
    """`A` or `B`: of a measured scenario in its pool, or of a fact."""


class PackName(NamedTuple):
    """One pack that is shown."""

    id: str
    version: str
    title: Text
    languages: tuple[str, ...]


class Catalogue(NamedTuple):
    """All that the kiosk can show, and the small texts that every visit needs."""

    packs: tuple[PackName, ...] = ()
    entries: tuple[Entry, ...] = ()
    sayings: tuple[Saying, ...] = ()
    notices: tuple[Notice, ...] = ()
    help_numbers: tuple[HelpNumber, ...] = ()
    first_minutes: tuple[Text, ...] = ()
    faults: int = 0
    """How many items were left out because of errors in their files."""

    @property
    def pools(self) -> int:
        """How many measured pools there are."""
        return max((entry.pool for entry in self.entries), default=-1) + 1


def offered_languages(wanted: Sequence[str], packs: Sequence[PackName]) -> tuple[str, ...]:
    """The languages a kiosk offers: those wanted that every pack speaks, else those wanted that some pack speaks.

    With no pack, all that are wanted.
    """
    everywhere = tuple(code for code in wanted if all(code in pack.languages for pack in packs))
    somewhere = tuple(code for code in wanted if any(code in pack.languages for pack in packs))
    return everywhere or somewhere or tuple(wanted)
