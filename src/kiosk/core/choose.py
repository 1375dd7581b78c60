"""Which items a visit draws: balanced by verdict, spread over channels, never one twice.

A choice is made on the index alone, by the seed. Everything that is wished for but can't always be had (three
channels, other topics, the month's own pool) is a preference: the first set in the seed's order that fulfils most
of them is taken. Everything that must hold (one of each verdict, twins never both measured, no item twice) is a
condition on the candidates, so that a set that breaks it is never made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from kiosk.core.catalogue import Catalogue, Entry
from kiosk.core.chance import coin, rank, shuffled
from kiosk.core.items import Kind, Verdict
from kiosk.core.settings import RoundSize

_TRIED = 400
"""Sets looked at before the best so far is taken; keeps a draw from a thousand items in milliseconds."""

_CANDIDATES = 12
"""Candidates looked at for one place of a set."""


class Draw(NamedTuple):
    """What a choice depends on, beside the catalogue."""

    seed: int
    day: str
    """`YYYY-MM-DD`, local."""
    languages: tuple[str, ...]
    """Those the kiosk offers, as they are written: an item must be complete in all of them."""
    size: RoundSize = RoundSize.DEFAULT
    used: frozenset[str] = frozenset()
    """Items this visit has shown, or that could not be read."""
    number: int = 0
    """How many draws this visit has made before."""


class Programme(NamedTuple):
    """The items of one learn visit."""

    plan: str
    """`A`: two judgements · `B`: a judgement with its action, and a fact."""
    form: str
    """`AB` or `BA`: the form of before, then of after."""
    before: tuple[str, ...]
    """Scenario ids, then at most one fact id."""
    practice: tuple[tuple[str, str], ...]
    """Twins, in the order in which they are shown."""
    after: tuple[str, ...]
    lapsed: frozenset[str] = frozenset()
    """Items shown although what they rest on has expired."""

    @property
    def items(self) -> tuple[str, ...]:
        """All item ids, in order."""
        return (*self.before, *(item for pair in self.practice for item in pair), *self.after)


class _Set(NamedTuple):
    plan: str
    before: tuple[Entry, ...]
    practice: tuple[tuple[Entry, Entry], ...]
    """(fraud, genuine)."""
    after: tuple[Entry, ...]


def programme(catalogue: Catalogue, draw: Draw) -> Programme | None:
    """The items of a learn visit; None where not even one item of each verdict can be shown together.

    What runs out shrinks the practice to one pair, then before and after together, to nothing: a visit that
    measured and did not teach would be of no use to the visitor. Only where no pair is whole is there no practice.
    """
    scenarios, lapsed = _shown(catalogue, draw, Kind.SCENARIO)
    facts, lapsed_facts = _shown(catalogue, draw, Kind.FACT)
    seed, number = draw.seed, draw.number
    plan = "B" if coin(seed, number, "plan") else "A"
    form = "BA" if coin(seed, number, "form") else "AB"
    pairs = list(_pairs(scenarios, draw))
    wanted = 2 if draw.size is RoundSize.FULL else 1
    sizes = dict.fromkeys(((wanted, 2), (1, 2), (1, 1), (1, 0), (0, 2), (0, 1)))
    sets = (
        _best(scenarios, facts, pairs, pair_count, measured_count, plan, form, catalogue.pools, draw)
        for pair_count, measured_count in sizes
        if pair_count <= len(pairs)
    )
    made = next((found for found in sets if found is not None), None)
    if made is None:
        return None
    chosen = Programme(
        plan=made.plan,
        form=form,
        before=tuple(entry.id for entry in made.before),
        practice=tuple(_ordered_pair(pair, draw) for pair in made.practice),
        after=tuple(entry.id for entry in made.after),
    )
    return chosen._replace(lapsed=frozenset(chosen.items) & (lapsed | lapsed_facts))


def story(catalogue: Catalogue, draw: Draw) -> str | None:
    """The next story of this visit, or None."""
    shown, _ = _shown(catalogue, draw, Kind.STORY)
    order = shuffled(draw.seed, "story", (entry.id for entry in shown))
    return order[0] if order else None


def _shown(catalogue: Catalogue, draw: Draw, kind: Kind) -> tuple[list[Entry], frozenset[str]]:
    """The entries of a kind that may be drawn, and the ids of the lapsed among them.

    Lapsed ones are left out, unless fewer than a round needs are left.
    """
    whole = [
        entry
        for entry in catalogue.entries
        if entry.kind is kind and entry.id not in draw.used and set(draw.languages) <= set(entry.languages)
    ]
    fresh = [entry for entry in whole if entry.expires is None or entry.expires >= draw.day]
    if _enough(fresh, kind) or len(fresh) == len(whole):
        return fresh, frozenset()
    kept = {entry.id for entry in fresh}
    return whole, frozenset(entry.id for entry in whole if entry.id not in kept)


def _enough(entries: Sequence[Entry], kind: Kind) -> bool:
    if kind is Kind.FACT:
        return {"A", "B"} <= {entry.form for entry in entries}
    if kind is Kind.STORY:
        return bool(entries)
    verdicts = [entry.verdict for entry in entries]
    return verdicts.count(Verdict.FRAUD) >= 3 and verdicts.count(Verdict.GENUINE) >= 3


def _pairs(scenarios: Iterable[Entry], draw: Draw) -> Iterator[tuple[Entry, Entry]]:
    """The twin pairs that may be practised, (fraud, genuine), in the seed's order."""
    free = {entry.id: entry for entry in scenarios if entry.pool < 0}
    frauds = [entry for entry in free.values() if entry.verdict is Verdict.FRAUD and entry.twin in free]
    for fraud in sorted(frauds, key=lambda entry: rank(draw.seed, draw.number, "practice", entry.id)):
        yield fraud, free[fraud.twin]


def _ordered_pair(pair: tuple[Entry, Entry], draw: Draw) -> tuple[str, str]:
    fraud, genuine = pair[0].id, pair[1].id
    return (genuine, fraud) if coin(draw.seed, draw.number, "order", fraud) else (fraud, genuine)


def _best(
    scenarios: Sequence[Entry],
    facts: Sequence[Entry],
    pairs: Sequence[tuple[Entry, Entry]],
    pair_count: int,
    measured_count: int,
    plan: str,
    form: str,
    pools: int,
    draw: Draw,
) -> _Set | None:
    """The best set from the first source that has one: the pools come before everything else that is wished for."""
    plans = dict.fromkeys((plan, "A") if measured_count == 2 else ("A",))
    for before_from, after_from in _sources(scenarios, form, pools, draw):
        for each in plans:
            found = _fewest_broken(
                _sets(before_from, after_from, facts, pairs, pair_count, measured_count, each, form, draw)
            )
            if found is not None:
                return found
    return None


def _fewest_broken(sets: Iterable[_Set]) -> _Set | None:
    """The first set that breaks no preference, else the one that breaks fewest."""
    best: _Set | None = None
    fewest = float("inf")
    for each in islice(sets, _TRIED):
        broken = _broken(each)
        if broken < fewest:
            best, fewest = each, broken
        if not broken:
            break
    return best


def _broken(made: _Set) -> int:
    """How many preferences a set breaks: three channels, other topics than those taught, each topic once."""
    practised = [entry for pair in made.practice for entry in pair]
    cases = [entry for entry in (*made.before, *made.after) if entry.kind is Kind.SCENARIO]
    everything = [*practised, *cases]
    taught = {entry.fraud_type for entry in practised}
    few_channels = len({entry.channel for entry in everything}) < min(3, len(everything))
    same_topic = any(entry.fraud_type in taught for entry in cases)
    unequal = len({entry.fraud_type for entry in cases}) < len(cases)
    return few_channels + same_topic + unequal


def _sets(
    before_from: Sequence[Entry],
    after_from: Sequence[Entry],
    facts: Sequence[Entry],
    pairs: Sequence[tuple[Entry, Entry]],
    pair_count: int,
    count: int,
    plan: str,
    form: str,
    draw: Draw,
) -> Iterator[_Set]:
    """All sets of this size, in the seed's order."""
    starts = max(1, min(len(pairs) - pair_count + 1, _CANDIDATES))
    for practice in (tuple(pairs[start : start + pair_count]) for start in range(starts)):
        if count == 0:
            yield _Set(plan, (), practice, ())
            continue
        practised = [entry for pair in practice for entry in pair]
        taken = {entry.id for entry in practised}
        before_free = [entry for entry in before_from if entry.id not in taken]
        after_free = [entry for entry in after_from if entry.id not in taken]
        each_practice = islice(_cases(before_free, after_free, count if plan == "A" else 1, draw), _TRIED // 4)
        for before, after in each_practice:
            if plan == "A":
                yield _Set(plan, before, practice, after)
                continue
            cards = {entry.card for entry in (*practised, *before, *after)}
            asked = _facts(facts, cards, form, draw)
            if asked:
                yield _Set(plan, (*before, asked[0]), practice, (*after, asked[1]))


def _sources(
    scenarios: Sequence[Entry], form: str, pools: int, draw: Draw
) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """Where before and after may be drawn from: the month's pool, then the others, then what no pool holds."""
    year, month, _ = (int(part) for part in draw.day.split("-"))
    start = (year * 12 + month - 1) % pools if pools else 0
    for step in range(pools):
        pool = [entry for entry in scenarios if entry.pool == (start + step) % pools]
        yield tuple([entry for entry in pool if entry.form == letter] for letter in form)  # type: ignore[misc]
    free = [entry for entry in scenarios if entry.pool < 0]
    hard = [entry for entry in free if entry.level >= 2]
    yield hard, hard
    yield free, free


def _cases(
    before_from: Sequence[Entry], after_from: Sequence[Entry], count: int, draw: Draw
) -> Iterator[tuple[tuple[Entry, ...], tuple[Entry, ...]]]:
    """Pairs of (before, after) scenarios: no item twice, twins never both, each verdict as often as the other."""

    def candidates(entries: Sequence[Entry], side: str, verdict: Verdict) -> list[Entry]:
        fitting = [entry for entry in entries if entry.verdict is verdict]
        fitting.sort(key=lambda entry: rank(draw.seed, draw.number, side, entry.id))
        return fitting[:_CANDIDATES]

    first = Verdict.FRAUD if coin(draw.seed, draw.number, "verdict") else Verdict.GENUINE
    if count == 2:
        last = Verdict.FRAUD if coin(draw.seed, draw.number, "last-verdict") else Verdict.GENUINE
        places = [("before", first), ("before", first.other), ("after", last), ("after", last.other)]
    else:
        places = [("before", first), ("after", first.other)]
    sources = {"before": before_from, "after": after_from}
    options = [candidates(sources[side], side, verdict) for side, verdict in places]
    for chosen in product(*options):
        if _apart(chosen):
            yield chosen[:count], chosen[count:]


def _apart(chosen: Sequence[Entry]) -> bool:
    ids = {entry.id for entry in chosen}
    return len(ids) == len(chosen) and not any(entry.twin in ids for entry in chosen)


def _facts(facts: Sequence[Entry], used_cards: set[str], form: str, draw: Draw) -> tuple[Entry, Entry] | None:
    """One fact of each form, whose cards nothing else in this visit shows."""
    free = [entry for entry in facts if entry.card not in used_cards]
    free.sort(key=lambda entry: rank(draw.seed, draw.number, "fact", entry.id))
    for before in (entry for entry in free if entry.form == form[0]):
        for after in (entry for entry in free if entry.form == form[1]):
            if before.card != after.card:
                return before, after
    return None
