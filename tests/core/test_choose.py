"""Every set obeys the rules: balance, twins, channels, nothing twice, and shrinking in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.catalogue import Catalogue
from kiosk.core.choose import Draw, Programme, programme, story
from kiosk.core.items import Kind, Verdict
from kiosk.core.settings import RoundSize
from tests.core.rounds import check
from tests.fakes.packs import small_catalogue

DAY = "2026-11-22"
CATALOGUE, ITEMS = small_catalogue(pairs=8, pools=3)
NO_POOLS, _ = small_catalogue(pairs=8, pools=0)


def drawn(catalogue: Catalogue, seed: int, **options: object) -> Programme:
    made = programme(catalogue, replace_draw(seed, **options))
    assert made is not None
    return made


def replace_draw(seed: int, **options: object) -> Draw:
    return Draw(seed, DAY, ("zh", "en"))._replace(**options)  # type: ignore[arg-type]


@given(seed=st.integers(0, 2**48 - 1), size=st.sampled_from(list(RoundSize)))
def test_every_set_obeys_the_rules(seed: int, size: RoundSize) -> None:
    """With enough items: 2 + pairs + 2, balanced, over three channels at least, measured items from one pool."""
    made = drawn(CATALOGUE, seed, size=size)
    check(CATALOGUE, made)
    entries = {entry.id: entry for entry in CATALOGUE.entries}
    assert len(made.practice) == (2 if size is RoundSize.FULL else 1)
    assert len(made.before) == len(made.after) == 2
    assert len({entries[each].channel for each in made.items if entries[each].channel}) >= 3
    for side, form in zip((made.before, made.after), made.form, strict=True):
        measured = [entries[each] for each in side if entries[each].kind is Kind.SCENARIO]
        assert {case.form for case in measured} == {form}
        assert all(case.level >= 2 for case in measured)
    assert len({entries[each].pool for each in (*made.before, *made.after)} - {-1}) == 1


@given(seed=st.integers(0, 2**48 - 1))
def test_without_pools_measured_items_are_not_those_practised(seed: int) -> None:
    """They are drawn from the rest."""
    made = drawn(NO_POOLS, seed)
    check(NO_POOLS, made)
    assert len(made.before) == len(made.after) == 2
    assert not set(made.before + made.after) & {each for pair in made.practice for each in pair}


@given(seed=st.integers(0, 2**48 - 1), pairs=st.integers(0, 6), facts=st.integers(0, 4), pools=st.integers(0, 1))
def test_a_small_pack_gives_a_shorter_visit_never_an_error(seed: int, pairs: int, facts: int, pools: int) -> None:
    """Down to one pair; with nothing at all there is no visit."""
    catalogue, _ = small_catalogue(pairs=pairs, pools=pools, facts=facts)
    made = programme(catalogue, replace_draw(seed))
    if pairs == 0 and pools == 0:
        assert made is None
        return
    assert made is not None
    check(catalogue, made)
    assert len(made.practice) == min(pairs, 1)
    assert len(made.before) == len(made.after)


@pytest.mark.parametrize(("pairs", "measured"), [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 2)])
def test_what_runs_out_shrinks_in_order(pairs: int, measured: int) -> None:
    """One pair is always practised; before and after shrink together."""
    catalogue, _ = small_catalogue(pairs=pairs, pools=0, facts=0)
    for seed in range(30):
        made = drawn(catalogue, seed, size=RoundSize.FULL)
        wanted = 2 if pairs >= 6 else 1
        assert (len(made.practice), len(made.before), len(made.after)) == (wanted, measured, measured)


def test_plans_forms_and_orders_are_counterbalanced() -> None:
    """Over many seeds, each plan, form, first verdict and order of twins comes about half of the time."""
    made = [drawn(CATALOGUE, seed) for seed in range(600)]
    entries = {entry.id: entry for entry in CATALOGUE.entries}
    shares = [
        sum(each.plan == "A" for each in made),
        sum(each.form == "AB" for each in made),
        sum(entries[each.before[0]].verdict is Verdict.FRAUD for each in made),
        sum(entries[each.practice[0][0]].verdict is Verdict.FRAUD for each in made),
    ]
    assert all(240 < share < 360 for share in shares), shares


def test_every_pair_and_every_measured_item_is_drawn_by_some_seed() -> None:
    """Nothing in a pack is shut out."""
    drawn_items = {each for seed in range(600) for each in drawn(CATALOGUE, seed).items}
    pool = (2026 * 12 + 10) % 3
    wanted = {
        entry.id
        for entry in CATALOGUE.entries
        if entry.kind is Kind.FACT or (entry.kind is Kind.SCENARIO and entry.pool in (-1, pool))
    }
    assert wanted <= drawn_items


def test_a_pool_a_month() -> None:
    """Three months, three pools."""
    entries = {entry.id: entry for entry in CATALOGUE.entries}
    pools = []
    for month in ("2026-11-22", "2026-12-01", "2027-01-31"):
        made = drawn(CATALOGUE, 1, day=month)
        pools.append({entries[each].pool for each in made.before if entries[each].kind is Kind.SCENARIO})
    assert sorted(pool for each in pools for pool in each) == [0, 1, 2]


def test_the_same_seed_draws_the_same_and_the_used_are_left_out() -> None:
    """A draw is repeatable; what this visit has shown does not come again."""
    first = drawn(CATALOGUE, 5)
    assert drawn(CATALOGUE, 5) == first
    second = drawn(CATALOGUE, 5, used=frozenset(first.items), number=1)
    assert not set(first.items) & set(second.items)


def test_lapsed_items_are_left_out_until_too_few_are_left() -> None:
    """Expired ones are not shown while there is enough else, and never in place of a blank kiosk."""
    entries = tuple(
        entry._replace(expires="2026-11-21") if place % 4 < 2 else entry
        for place, entry in enumerate(CATALOGUE.entries)
    )
    some = CATALOGUE._replace(entries=entries)
    for seed in range(40):
        made = drawn(some, seed)
        assert not made.lapsed
        assert all(entry.expires is None for entry in some.entries if entry.id in made.items)
    every = CATALOGUE._replace(entries=tuple(entry._replace(expires="2026-11-21") for entry in CATALOGUE.entries))
    made = drawn(every, 1)
    assert made.lapsed == frozenset(made.items)
    today = CATALOGUE._replace(entries=tuple(entry._replace(expires=DAY) for entry in CATALOGUE.entries))
    assert not drawn(today, 1).lapsed, "shown up to and on that day"


def test_items_incomplete_in_an_offered_language_are_left_out() -> None:
    """Whoever changes the language must be able to go on."""
    entries = tuple(
        entry._replace(languages=("zh",)) if entry.id.endswith("-1") else entry for entry in CATALOGUE.entries
    )
    partly = CATALOGUE._replace(entries=entries)
    for seed in range(60):
        assert not any(each.endswith("-1") for each in drawn(partly, seed).items)
    assert any(each.endswith("-1") for seed in range(60) for each in drawn(partly, seed, languages=("zh",)).items)


def test_stories_come_each_once() -> None:
    """Until none is left."""
    used: frozenset[str] = frozenset()
    seen = []
    while (each := story(CATALOGUE, replace_draw(3, used=used))) is not None:
        seen.append(each)
        used |= {each}
    assert len(seen) == 3


def test_a_draw_from_a_thousand_scenarios_takes_milliseconds() -> None:
    """The number of sets looked at is bounded, however large the pack."""
    big, _ = small_catalogue(pairs=500, pools=3)
    one_channel = replace_channels(big)
    check(one_channel, drawn(one_channel, 1, size=RoundSize.FULL))


def replace_channels(catalogue: Catalogue) -> Catalogue:
    """The worst case: no set can fulfil the wish for three channels."""
    return catalogue._replace(
        entries=tuple(entry._replace(channel=entry.channel and "phone") for entry in catalogue.entries)
    )
