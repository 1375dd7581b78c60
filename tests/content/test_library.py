"""The library that a centre opens with: complete, balanced, and every item of it accounted for."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from kiosk import wiring
from kiosk.adapters.packs.compiler import Compiled
from kiosk.core.catalogue import Entry
from kiosk.core.choose import Draw, programme
from kiosk.core.coverage import CHANNELS_A_FORM, gaps
from kiosk.core.items import Act, Kind, Scenario, Story, Verdict
from kiosk.core.problems import Severity
from kiosk.core.settings import RoundSize
from tests.core.rounds import check

TODAY = date(2026, 11, 22)
LIBRARY = wiring.shipped("content") / "elder-fraud"
ROUNDS = 1000


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return wiring.read_packs([LIBRARY], TODAY)


@pytest.fixture(scope="module")
def scenarios(compiled: Compiled) -> list[Entry]:
    return [entry for entry in compiled.catalogue.entries if entry.kind is Kind.SCENARIO]


def listed(name: str) -> list[dict[str, object]]:
    """The entries of one of its files."""
    found = yaml.safe_load((LIBRARY / name).read_text("utf-8"))
    assert isinstance(found, list)
    return found


def test_the_checker_finds_nothing_to_mend() -> None:
    """No error and no warning; what somebody has to confirm on the spot is told as information."""
    worth_mending = [
        str(problem) for problem in wiring.check_packs([LIBRARY], TODAY) if problem.severity is not Severity.INFO
    ]
    assert worth_mending == []


def test_no_type_channel_level_or_pool_lacks_anything(compiled: Compiled) -> None:
    assert len(compiled.fraud_types) == 31
    assert len(compiled.channels) == 13
    assert gaps(compiled.catalogue.entries, compiled.fraud_types, compiled.channels) == ()


def test_as_many_actions_are_scored_in_one_form_of_a_pool_as_in_the_other(compiled: Compiled) -> None:
    """An action that may be any is neither right nor wrong."""
    scored: dict[int, Counter[str]] = {}
    for entry in compiled.catalogue.entries:
        item = compiled.items[entry.id]
        if isinstance(item, Scenario) and entry.pool >= 0:
            scored.setdefault(entry.pool, Counter())[entry.form] += len(item.act) < len(Act)
    assert len(scored) == 3
    assert all(forms["A"] == forms["B"] for forms in scored.values())


def test_there_are_as_many_genuine_items_as_frauds_to_practise(scenarios: list[Entry]) -> None:
    """Seventy of each at least; two thirds of them are of level 2 and 3."""
    practised = [entry for entry in scenarios if entry.pool < 0]
    counted = Counter(entry.verdict for entry in practised)
    assert counted[Verdict.FRAUD] == counted[Verdict.GENUINE] >= 70
    hard = sum(entry.level >= 2 for entry in practised) / len(practised)
    assert 0.6 <= hard <= 0.75


def test_three_pools_measure_in_matched_pairs(compiled: Compiled, scenarios: list[Entry]) -> None:
    """Twelve items each, six a form, frauds and genuine items of the same levels in both, over four channels a form."""
    assert compiled.catalogue.pools == 3
    for pool in range(3):
        forms = [[entry for entry in scenarios if (entry.pool, entry.form) == (pool, form)] for form in "AB"]
        levels = [Counter((entry.verdict, entry.level) for entry in form) for form in forms]
        assert levels[0] == levels[1]
        for form in forms:
            assert len(form) == 6
            assert Counter(entry.verdict for entry in form) == {Verdict.FRAUD: 3, Verdict.GENUINE: 3}
            assert len({entry.channel for entry in form}) >= CHANNELS_A_FORM
            assert min(entry.level for entry in form) >= 2


def test_what_practice_teaches_does_not_give_the_measured_items_away(scenarios: list[Entry]) -> None:
    """A measured item rests on a card that no practised one reads out."""
    practised = {entry.card for entry in scenarios if entry.pool < 0}
    assert [entry.id for entry in scenarios if entry.pool >= 0 and entry.card in practised] == []


@pytest.mark.parametrize("size", RoundSize)
def test_a_thousand_rounds_obey_the_rules_of_balance(compiled: Compiled, size: RoundSize) -> None:
    """In any month: half frauds, three channels, measured items of one pool, topics that are not practised."""
    entries = {entry.id: entry for entry in compiled.catalogue.entries}
    for seed in range(ROUNDS):
        day = f"{2026 + seed % 2}-{seed % 12 + 1:02}-15"
        made = programme(compiled.catalogue, Draw(seed, day, ("zh", "en"), size))
        assert made is not None
        check(compiled.catalogue, made)
        cases = [entries[name] for name in made.items if entries[name].kind is Kind.SCENARIO]
        measured = [entries[name] for name in (*made.before, *made.after) if entries[name].kind is Kind.SCENARIO]
        taught = {entries[name].fraud_type for pair in made.practice for name in pair}
        assert Counter(case.verdict for case in cases)[Verdict.FRAUD] * 2 == len(cases)
        assert len({case.channel for case in cases}) >= 3
        assert len({case.pool for case in measured}) == 1
        assert all(case.level >= 2 for case in measured)
        assert not taught & {case.fraud_type for case in measured}
        assert len(made.practice) == (2 if size is RoundSize.FULL else 1)


def test_stories_tell_of_every_official_category(compiled: Compiled) -> None:
    """Two dozen, five to eight pages with one or two pauses."""
    taxonomy = yaml.safe_load((LIBRARY / "taxonomy.yaml").read_text("utf-8"))
    official = {each["id"]: each["official"] for each in taxonomy["fraud_types"]}
    stories = [item for item in compiled.items.values() if isinstance(item, Story)]
    assert len(stories) >= 24
    assert {official[story.fraud_type] for story in stories} == set(official.values())
    for story in stories:
        assert 5 <= len(story.pages) <= 8, story.id
        assert 1 <= sum(page.pause is not None for page in story.pages) <= 2, story.id
    assert any(len({page.speaker for page in story.pages}) > 1 for story in stories), "a skit for two voices"


def test_every_card_is_read_out_somewhere(compiled: Compiled) -> None:
    """Sixty at least; a card that no item uses would never be seen."""
    cards = {str(card["id"]) for card in listed("baselines.yaml")}
    used = {entry.card.partition("/")[2] for entry in compiled.catalogue.entries}
    assert len(cards) >= 60
    assert cards - used == set()


def test_facts_stand_in_two_forms_of_equal_number(compiled: Compiled) -> None:
    facts = [entry for entry in compiled.catalogue.entries if entry.kind is Kind.FACT]
    forms = Counter(fact.form for fact in facts)
    assert len(facts) >= 60
    assert forms["A"] == forms["B"]


def test_sayings_notices_and_numbers(compiled: Compiled) -> None:
    kinds = Counter(saying.kind for saying in compiled.catalogue.sayings)
    assert kinds["rhyme"] + kinds["slogan"] >= 60
    assert kinds["clapper"] >= 3
    assert kinds["song"] >= 1
    assert len(compiled.catalogue.notices) >= 6
    numbers = {number.number for number in compiled.catalogue.help_numbers}
    assert numbers >= {
        "110", "96110", "12381", "12337", "12345", "12315", "12321", "12333", "12393", "12378", "12363", "12386",
        "12348", "12356", "114",
    }  # fmt: skip


def test_the_ledger_has_one_row_for_each_item(compiled: Compiled) -> None:
    """What is documented and what is made up is told of everything that a visitor can meet."""
    ledger = Path(LIBRARY / "SOURCES.md").read_text("utf-8")
    rows = Counter(re.findall(r"(?m)^\| `?([a-z0-9-]+)`? \|", ledger))
    items = {name.partition("/")[2] for name in compiled.items}
    cards = {str(card["id"]) for card in listed("baselines.yaml")}
    notices = {notice.id.partition("/")[2] for notice in compiled.catalogue.notices}
    numbers = {number.number for number in compiled.catalogue.help_numbers}
    told = items | cards | notices | numbers
    assert told - rows.keys() == set()
    assert {name for name in rows if name in told and rows[name] != 1} == set()


def test_a_scenario_says_what_of_it_is_made_up(compiled: Compiled) -> None:
    """Or names where it is from; the file's `constructed` and `sources` are what the ledger rests on."""
    for name, item in compiled.items.items():
        if isinstance(item, Scenario):
            written = yaml.safe_load((LIBRARY / "scenarios" / f"{name.partition('/')[2]}.yaml").read_text("utf-8"))
            assert written.get("constructed") or written.get("sources"), name
