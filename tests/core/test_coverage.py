"""What a library covers is counted completely, and each thing it lacks is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.catalogue import Entry
from kiosk.core.coverage import FEW, Gap, GapKind, cells, gaps
from kiosk.core.items import Kind, Verdict

TYPES = ("voice-clone", "fake-police", "cheap-tour")
CHANNELS = ("phone", "sms", "door", "letter", "app")


def case(
    number: int,
    verdict: Verdict = Verdict.FRAUD,
    *,
    fraud_type: str = "voice-clone",
    channel: str = "phone",
    level: int = 2,
    pool: int = -1,
    form: str = "",
) -> Entry:
    return Entry(
        f"sample/case-{number}", Kind.SCENARIO, verdict, channel, level, f"sample/twin-{number}", fraud_type, None,
        ("zh", "en"), "sample/card-1", pool, form,
    )  # fmt: skip


def fact(number: int) -> Entry:
    return Entry(f"sample/fact-{number}", Kind.FACT, None, "", 0, "", "", None, ("zh",), "sample/card-1", -1, "A")


entries = st.lists(
    st.builds(
        case,
        st.integers(0, 99),
        st.sampled_from(Verdict),
        fraud_type=st.sampled_from(TYPES),
        channel=st.sampled_from(CHANNELS),
        level=st.integers(1, 3),
        pool=st.integers(-1, 1),
        form=st.sampled_from(("A", "B")),
    ),
    max_size=40,
)


@given(entries)
def test_every_scenario_stands_in_one_cell(made: list[Entry]) -> None:
    """The cells add up to the scenarios, practised and measured apart, and no cell stands twice or is empty."""
    found = cells([*made, fact(1)])
    assert sum(cell.practised for cell in found) == sum(entry.pool < 0 for entry in made)
    assert sum(cell.measured for cell in found) == sum(entry.pool >= 0 for entry in made)
    assert len({cell[:4] for cell in found}) == len(found)
    assert all(cell.practised + cell.measured for cell in found)


def covered() -> list[Entry]:
    """A library without gaps for two types and two channels."""
    places = [(fraud_type, channel) for fraud_type in TYPES[:2] for channel in CHANNELS[:2]]
    return [
        case(2 * number + (verdict is Verdict.FRAUD), verdict, fraud_type=fraud_type, channel=channel)
        for number, (fraud_type, channel) in enumerate(places)
        for verdict in Verdict
    ]


def test_what_lacks_nothing_has_no_gaps() -> None:
    assert gaps(covered(), TYPES[:2], CHANNELS[:2]) == ()


def test_an_empty_type_and_an_empty_channel_are_named() -> None:
    kinds = {(gap.kind, gap.name) for gap in gaps(covered(), TYPES, CHANNELS[:3])}
    assert kinds == {(GapKind.TYPE, "cheap-tour"), (GapKind.CHANNEL, "door")}


def test_two_frauds_of_one_channel_are_a_gap_and_measured_ones_fill_none() -> None:
    """What stands in a pool is never practised, so it teaches nothing."""
    two = [case(1), case(2)]
    assert gaps(two, TYPES[:1], ())[:1] == (
        Gap(GapKind.TYPE, "voice-clone", "has frauds of one channel only: 'phone'"),
    )
    measured = [case(1), case(2, channel="sms", pool=0, form="A")]
    assert [gap.name for gap in gaps(measured, TYPES[:1], ()) if gap.kind is GapKind.TYPE] == ["voice-clone"]
    apart = [case(1), case(2, channel="sms")]
    assert not [gap for gap in gaps(apart, TYPES[:1], ()) if gap.kind is GapKind.TYPE]


@pytest.mark.parametrize(
    ("frauds", "genuine", "tells"),
    [(3, 1, False), (4, 1, True), (1, 1, False), (3, 0, True), (2, 0, True), (1, 0, False), (0, 1, False)],
)
def test_a_channel_of_one_verdict_gives_it_away(frauds: int, genuine: int, tells: bool) -> None:
    """One item can't be of both; two can."""
    made = [case(number) for number in range(frauds)]
    made += [case(number + FEW, Verdict.GENUINE) for number in range(genuine)]
    assert any("gives the verdict away" in gap.lack for gap in gaps(made, (), ("phone",))) is tells


def test_more_easy_items_than_hard_ones_are_a_gap() -> None:
    easy, hard = [case(number, level=1) for number in range(3)], [case(3), case(4, level=3), case(5)]
    assert not gaps(easy + hard, (), ())
    assert [gap.kind for gap in gaps(easy + hard[:2], (), ())] == [GapKind.LEVEL]
    assert len(easy) < FEW
    assert not gaps(easy, (), ())  # of so few, the next may be hard


def test_a_form_of_few_channels_is_a_gap() -> None:
    """Four where it has four scenarios or more, else as many as it has."""
    narrow = [case(number, channel=CHANNELS[number % 3], pool=0, form="A") for number in range(6)]
    wide = [case(number, channel=CHANNELS[number % 4], pool=0, form="B") for number in range(6)]
    small = [case(number, channel=CHANNELS[number], pool=1, form="A") for number in range(2)]
    assert gaps(narrow + wide + small, (), ()) == (Gap(GapKind.POOL, "1 A", "has 3 channels for 6 items"),)
    alone = [case(number, pool=0, form="A") for number in range(2)]
    assert gaps(alone, (), ()) == (Gap(GapKind.POOL, "1 A", "has 1 channel for 2 items"),)
