"""What the kiosk can show, known without reading the items themselves: the index of the compiled packs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from kiosk.core.characters import spoken_as
from kiosk.core.items import HelpNumber, Kind, Notice, Saying, Text, Verdict

SOON = timedelta(days=60)
"""So long before it lapses, something should be gone through again."""


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


class Variety(NamedTuple):
    """A spoken variety (`yue`, `zh-henan`) of a language that it shares the written text of."""

    id: str
    written: str
    """The language it is written in."""
    name: str
    """Its own name, as its speakers call it."""


class PackName(NamedTuple):
    """One pack that is shown."""

    id: str
    version: str
    title: Text
    languages: tuple[str, ...]
    """Written languages, those among them that were made from another's characters."""
    varieties: tuple[Variety, ...] = ()
    folder: str = ""
    """Where its files are; an absolute path as text."""


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

    def written(self, language: str) -> str:
        """The language that a language is written in: its own, but for a spoken variety."""
        return next((variety.written for variety in varieties(self.packs) if variety.id == language), language)


def varieties(packs: Iterable[PackName]) -> tuple[Variety, ...]:
    """The spoken varieties of these packs, each once: what the first pack that has it says of it."""
    found: dict[str, Variety] = {}
    for pack in packs:
        for variety in pack.varieties:
            found.setdefault(variety.id, variety)
    return tuple(found.values())


def voiced(languages: Iterable[str], catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """What the voice must be ready for where these are offered: each with the language by whose voice it is spoken
    where it has none of its own."""
    pairs: dict[str, str] = {}
    for language in languages:
        written = catalogue.written(language)
        spoken = pairs[language] = spoken_as(written)
        if spoken != written:
            pairs.setdefault(spoken, spoken)
    return tuple(pairs.items())


def offered_languages(wanted: Sequence[str], known: Collection[str], packs: Sequence[PackName]) -> tuple[str, ...]:
    """The languages and spoken varieties that visitors can choose, in the order in which `/` goes through them.

    They are those wanted in which every pack is written, else those in which some pack is; one that isn't among them
    leaves its place to the language that it is spoken as. A variety goes by the language it is written in, and stands
    after it unless it is itself wanted, in another place. `known` are the languages that the interface has texts in;
    without any of them that is wanted, it is the first of these.
    """
    written_in = {variety.id: variety.written for variety in varieties(packs)}

    def those(enough: Callable[[Iterable[bool]], bool]) -> tuple[str, ...]:
        def can(code: str) -> bool:
            written = written_in.get(code, code)
            return written in known and enough(written in pack.languages for pack in packs)

        order: list[str] = []
        for code in dict.fromkeys(code if can(code) else spoken_as(code) for code in wanted):
            order += [code, *(each for each, written in written_in.items() if written == code and each not in wanted)]
        return tuple(filter(can, order))

    return those(all) or those(any) or those(lambda _: True) or tuple(known)[:1]
