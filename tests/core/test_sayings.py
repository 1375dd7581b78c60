"""What stands on the welcome while nobody is there: sayings, and on their days the notices."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kiosk.core.events import Moment, Ticked
from kiosk.core.items import Notice, Saying, Text
from kiosk.core.pages.home import NOTICE_EVERY, SAYING_SECONDS, saying
from kiosk.core.step import step
from tests.core.walk import Walk
from tests.fakes.packs import small_catalogue

CATALOGUE, ITEMS = small_catalogue(pairs=6, pools=1)


def text(words: str) -> Text:
    return Text({"zh": words, "en": words})


def shown(sayings: int, notices: int, *, day: str, turns: int) -> list[str]:
    """What the welcome says in so many quarter minutes."""
    catalogue = CATALOGUE._replace(
        sayings=(
            *(Saying(f"sample/s{number}", "rhyme", text(f"s{number}")) for number in range(sayings)),
            Saying("sample/song", "song", text("song")),
        ),
        notices=tuple(
            Notice(f"sample/n{number}", "2026-12-01", "2026-12-31", text(f"n{number}")) for number in range(notices)
        ),
    )
    visit = replace(Walk(CATALOGUE, ITEMS, now=0.0).visit, catalogue=catalogue)
    found = []
    for turn in range(turns):
        visit, _ = step(visit, Ticked(Moment(turn * SAYING_SECONDS + 1.0, day, 10)))
        found.append(saying(visit))
    return found


@pytest.mark.parametrize(("sayings", "notices"), [(5, 0), (5, 1), (8, 2), (3, 3), (1, 1)])
def test_every_saying_and_every_notice_has_its_turn(sayings: int, notices: int) -> None:
    """In equal parts, whatever their numbers; a song is not for the welcome."""
    seen = Counter(shown(sayings, notices, day="2026-12-15", turns=sayings * max(notices, 1) * NOTICE_EVERY * 3))
    assert set(seen) == {*(f"s{number}" for number in range(sayings)), *(f"n{number}" for number in range(notices))}
    of_sayings = {count for words, count in seen.items() if words.startswith("s")}
    of_notices = {count for words, count in seen.items() if words.startswith("n")}
    assert max(of_sayings) - min(of_sayings) <= 1
    assert not of_notices or max(of_notices) == min(of_notices)


def test_a_notice_is_never_more_than_a_minute_away_on_its_days() -> None:
    for day, there in (("2026-12-01", True), ("2026-12-31", True), ("2026-11-30", False), ("2027-01-01", False)):
        seen = shown(60, 1, day=day, turns=NOTICE_EVERY)
        assert ("n0" in seen) is there


def test_a_library_of_notices_alone_shows_them() -> None:
    assert set(shown(0, 2, day="2026-12-15", turns=8)) == {"n0", "n1"}
    assert shown(0, 0, day="2026-12-15", turns=1) == [""]
