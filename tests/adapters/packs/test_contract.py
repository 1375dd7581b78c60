"""The port `Packs`: the same claims about the fake and the real thing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.adapters.packs.cache import CompiledPacks
from kiosk.core.catalogue import Catalogue
from kiosk.core.errors import PackError
from kiosk.core.items import Fact, Kind, Scenario, Story, Verdict
from kiosk.ports import Packs
from tests.adapters.packs.sample import spoil, write_pack
from tests.fakes.packs import FakePacks, small_catalogue


@pytest.fixture(params=["fake", "real"])
def packs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Packs]:
    if request.param == "fake":
        yield FakePacks(*small_catalogue())
        return
    opened = CompiledPacks([write_pack(tmp_path)], tmp_path / "cache")
    yield opened
    opened.close()


@pytest.fixture(params=["fake", "real"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Packs:
    """Packs in which nothing can be shown."""
    if request.param == "fake":
        return FakePacks(Catalogue(), {})
    pack = write_pack(tmp_path)
    spoil(pack, "pack.yaml", "format: 1", "format: 9")
    return CompiledPacks([pack], tmp_path / "cache")


def test_every_entry_can_be_fetched_and_is_of_its_kind(packs: Packs) -> None:
    entries = packs.catalogue().entries
    items = packs.fetch([entry.id for entry in entries])
    kinds = {Kind.SCENARIO: Scenario, Kind.FACT: Fact, Kind.STORY: Story}
    assert list(items) == [entry.id for entry in entries]
    assert all(isinstance(items[entry.id], kinds[entry.kind]) for entry in entries)
    assert all(items[entry.id].id == entry.id for entry in entries)


def test_items_can_be_fetched_before_the_catalogue(packs: Packs) -> None:
    first = next(iter(packs.catalogue().entries)).id
    assert list(packs.fetch([first])) == [first]


def test_an_item_that_is_not_there_is_missing_from_the_answer(packs: Packs) -> None:
    first = packs.catalogue().entries[0].id
    assert list(packs.fetch(["sample/nobody", first, "", "sample/card-1", "sample/police"])) == [first]
    assert packs.fetch([]) == {}


def test_the_catalogue_is_the_same_each_time(packs: Packs) -> None:
    assert packs.catalogue() == packs.catalogue()


def test_twins_have_each_other_and_different_verdicts(packs: Packs) -> None:
    entries = {entry.id: entry for entry in packs.catalogue().entries if entry.kind is Kind.SCENARIO}
    for entry in entries.values():
        twin = entries[entry.twin]
        assert twin.twin == entry.id
        assert {entry.verdict, twin.verdict} == set(Verdict)


def test_what_the_index_says_of_a_scenario_is_what_the_scenario_says(packs: Packs) -> None:
    entries = [entry for entry in packs.catalogue().entries if entry.kind is Kind.SCENARIO]
    items = packs.fetch([entry.id for entry in entries])
    for entry in entries:
        item = items[entry.id]
        assert isinstance(item, Scenario)
        assert (entry.verdict, entry.channel, entry.level) == (item.verdict, item.channel, item.level)
        assert (entry.twin, entry.fraud_type, entry.card) == (item.twin, item.fraud_type, item.card.id)
        assert all(item.title.write(language) for language in entry.languages)


def test_a_pool_has_both_forms_with_both_verdicts(packs: Packs) -> None:
    entries = [entry for entry in packs.catalogue().entries if entry.pool == 0]
    assert packs.catalogue().pools == 1
    assert {(entry.form, entry.verdict) for entry in entries} == {
        (form, verdict) for form in "AB" for verdict in Verdict
    }
    assert all(entry.level >= 2 for entry in entries)


def test_nothing_to_show_is_an_error(nothing: Packs) -> None:
    with pytest.raises(PackError):
        nothing.catalogue()
