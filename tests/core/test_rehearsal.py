"""An editor sees the one case that she asked for, or is told why not."""

from __future__ import annotations

import pytest

from kiosk.core.catalogue import Catalogue
from kiosk.core.choose import Draw, programme, story
from kiosk.core.errors import UsageError
from kiosk.core.items import Kind, Verdict
from kiosk.core.rehearsal import only
from tests.fakes.packs import small_catalogue

CATALOGUE, _ = small_catalogue(pairs=8, pools=1)
CASES = [entry.id for entry in CATALOGUE.entries if entry.kind is Kind.SCENARIO]


@pytest.mark.parametrize("name", CASES)
def test_each_case_is_practised_with_its_twin_and_with_nothing_else(name: str) -> None:
    """Also one that measures, which visitors never practise."""
    twin = next(entry.twin for entry in CATALOGUE.entries if entry.id == name)
    for wanted in (name, name.partition("/")[2]):
        for seed in range(5):
            made = programme(only(CATALOGUE, wanted), Draw(seed, "2026-11-22", ("zh", "en")))
            assert made is not None
            assert set(made.items) == {name, twin}
            assert len(made.practice) == 1


def test_a_story_is_the_only_one() -> None:
    narrowed = only(CATALOGUE, "story-2")
    draw = Draw(1, "2026-11-22", ("zh", "en"))
    assert story(narrowed, draw) == "sample/story-2"
    assert programme(narrowed, draw) is None


def without_twin() -> Catalogue:
    genuine = next(entry for entry in CATALOGUE.entries if entry.verdict is Verdict.GENUINE)
    return CATALOGUE._replace(entries=tuple(entry for entry in CATALOGUE.entries if entry is not genuine))


def twice() -> Catalogue:
    other = CATALOGUE.entries[0]._replace(id=f"other/{CASES[0].partition('/')[2]}")
    return CATALOGUE._replace(entries=(*CATALOGUE.entries, other))


def test_what_visitors_would_never_see_is_told_with_the_language_that_it_lacks() -> None:
    story = next(entry for entry in CATALOGUE.entries if entry.id == "sample/story-2")
    others = [entry for entry in CATALOGUE.entries if entry is not story]
    catalogue = CATALOGUE._replace(entries=(*others, story._replace(languages=("zh",))))
    assert only(catalogue, "story-2", ["zh"]).entries
    with pytest.raises(UsageError, match="not all texts of story-2, or of its card, are in en, which visitors"):
        only(catalogue, "story-2", ["zh", "en"])


@pytest.mark.parametrize(
    ("catalogue", "name", "told"),
    [
        (CATALOGUE, "sample/fraud-l", "did you mean fraud-"),
        (CATALOGUE, "nothing-like-it", "`kiosk content list` names them"),
        (CATALOGUE, "fact-1", "a fact is asked between cases"),
        (without_twin(), CASES[0], "has errors"),
        (twice(), CASES[0].partition("/")[2], "several packs have it"),
    ],
)
def test_what_cannot_be_shown_alone_is_said_in_one_line(catalogue: Catalogue, name: str, told: str) -> None:
    with pytest.raises(UsageError, match=r"^--item ") as raised:
        only(catalogue, name)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
