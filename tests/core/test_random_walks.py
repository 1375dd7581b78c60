"""Whatever a hall full of people presses, the invariants of a visit hold."""

from __future__ import annotations

import random
from functools import partial

import pytest
from rich.cells import cell_len

from kiosk.adapters.glyphs import Bitmaps
from kiosk.core.events import Closed, LogChanged, Pressed, Sized
from kiosk.core.items import Item
from kiosk.core.keys import Key
from kiosk.core.layout import lay_out
from kiosk.core.pages import page_of
from kiosk.core.records import Answer, Hearing, HelpOpened, Opened, VisitEnded
from kiosk.core.replay import replay
from kiosk.core.settings import RoundSize
from kiosk.core.step import step
from kiosk.core.visit import Overlay, Place, enter_goes_on, live_choices
from kiosk.ports import Words
from tests.core.walk import Walk, apply, is_over, random_events, walk

EVENTS = 100_000
SIZES = ((80, 24), (71, 20), (56, 16))


def visits(seed: int, events: int, **options: object) -> list[Walk]:
    """The visits that so many random events make."""
    made: list[Walk] = []
    current = walk(seed=seed, **options)  # type: ignore[arg-type]
    for number, event in enumerate(random_events(seed, events)):
        apply(current, event)
        if is_over(current):
            made.append(current)
            current = walk(seed=seed * 1_000_003 + number, **options)  # type: ignore[arg-type]
    return [*made, current]


def check(walker: Walk) -> None:
    """What must hold of every visit, finished or not."""
    opened, ended = walker.of(Opened), walker.of(VisitEnded)
    answers = [row for row in walker.rows if isinstance(row, Answer)]
    assert [row.seq for row in answers] == list(range(1, len(answers) + 1))
    assert len(walker.fetched) == len(set(walker.fetched)), "an item was drawn twice"
    if not walker.visit.counted:
        assert walker.rows == [], "who isn't counted leaves no row"
    if walker.rows:
        assert len(opened) == 1
        assert walker.rows[0] is opened[0], "a visit's first row is `opened`"
    assert len(ended) == (1 if walker.rows and is_over(walker) else 0)
    if ended:
        assert isinstance(ended[0], VisitEnded)
        assert ended[0].answers == len(answers)
        assert ended[0].seconds >= ended[0].idle_seconds >= 0
    assert all(row.ms >= 0 for row in answers)
    assert all((row.step == "judge") == (row.judged is not None) for row in answers)
    assert all(row.right is None for row in answers if row.judged == "unsure")
    assert all(row.round in ("before", "practice", "after", None) for row in answers)
    assert len(walker.of(Hearing)) <= len(walker.catalogue.entries)


def test_faults_in_the_middle_of_random_walks_keep_the_invariants() -> None:
    """The log stops and comes back, the terminal changes, items vanish, it is a rehearsal, staff close the kiosk."""
    chance = random.Random(11)  # noqa: S311 - a test's own chance
    for seed in range(150):
        walker = walk(seed=seed, rehearsal=seed % 10 == 0)
        for event in random_events(seed, 100):
            apply(walker, event)
            dice = chance.random()
            if dice < 0.03:
                walker.do(LogChanged(chance.random() < 0.5, walker.moment()))
            elif dice < 0.06:
                walker.do(Sized(chance.choice(["80x24", "71x20", "56x16"]), walker.moment()))
            elif dice < 0.065 and len(walker.items) > 8:
                del walker.items[chance.choice(sorted(set(walker.items) - set(walker.fetched)))]
            elif dice < 0.067:
                walker.do(Closed(walker.moment()))
            if is_over(walker):
                break
        check(walker)


def way_home(walker: Walk) -> None:
    """From here the visit can be ended by keys alone, in few presses."""
    for _ in range(40):
        if is_over(walker):
            break
        walker.press("3" if walker.visit.overlay is Overlay.LEAVE else "0")
    assert is_over(walker), (walker.visit.place, walker.visit.overlay)


@pytest.mark.parametrize("size", list(RoundSize))
def test_random_walks_keep_the_invariants(size: RoundSize) -> None:
    """100,000 events in all: rows count up, nothing is drawn twice, who isn't counted leaves nothing."""
    made = visits(7, EVENTS // len(RoundSize), size=size)
    for walker in made:
        check(walker)
    assert any(walker.visit.finished for walker in made), "the walks reach the result"
    assert any(not walker.visit.counted for walker in made), "the walks try not being counted"
    assert any(isinstance(row, HelpOpened) for walker in made for row in walker.rows)
    assert {walker.visit.mode for walker in made} >= {"learn", "story"}


def test_every_state_has_a_way_home_by_keys() -> None:
    """After any beginning, `0` and "stop now" end the visit."""
    for seed in range(300):
        walker = walk(seed=seed)
        for event in random_events(seed, seed % 90):
            apply(walker, event)
        if walker.visit.place is Place.WELCOME:
            walker.press(Key.ENTER)
        way_home(walker)
        check(walker)


def pick(items: dict[str, Item], ids: tuple[str, ...]) -> dict[str, Item]:
    return {each: items[each] for each in ids}


def test_a_replay_gives_the_same_rows() -> None:
    """A visit's seed and events are all it takes."""
    for seed in range(60):
        walker = walk(seed=seed)
        for event in random_events(seed, 120):
            apply(walker, event)
        visit, rows = replay(walker.first, walker.events, partial(pick, walker.items))
        assert list(rows) == walker.rows
        assert visit == walker.visit


def test_a_visit_that_is_over_changes_no_more() -> None:
    """Illegal events change nothing."""
    walker = walk()
    walker.press("1", "0")
    assert is_over(walker)
    before, rows = walker.visit, list(walker.rows)
    for key in Key:
        assert step(before, Pressed(key, walker.moment())) == (before, ())
    assert walker.rows == rows


def test_a_key_without_meaning_writes_nothing_and_moves_nothing() -> None:
    """In every state of many walks, a key that is not live leaves place, station and rows as they were."""
    for seed in range(120):
        walker = walk(seed=seed)
        walker.press("1")
        for event in random_events(seed, seed % 60):
            apply(walker, event)
        visit = walker.visit
        if visit.place in (Place.OVER, Place.WELCOME) or visit.warned_at is not None:
            continue
        dead = [Key.OTHER, *(key for key in (Key.FOUR, Key.FIVE, Key.SIX) if key not in live_choices(visit))]
        if not enter_goes_on(visit):
            dead.append(Key.ENTER)
        for key in dead:
            after, effects = step(visit, Pressed(key, walker.moment()))
            assert (after.place, after.at, after.looking, after.overlay) == (
                visit.place,
                visit.at,
                visit.looking,
                visit.overlay,
            )
            assert after.given == visit.given
            assert not any(type(effect).__name__ == "Keep" for effect in effects)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_random_walks_fits_every_grid(language: str, words: Words) -> None:
    """Nothing is clipped: each row is at most as wide as the grid, and there are exactly as many rows."""
    bitmap = Bitmaps().bitmap
    seen: set[str] = set()
    for seed in range(25):
        walker = walk(seed=seed, language=language)
        for event in random_events(seed + 1000, 160):
            apply(walker, event)
            if is_over(walker):
                break
            page = page_of(walker.visit, words)
            if page.name in seen and seed > 3:
                continue
            seen.add(page.name)
            for columns, rows in SIZES:
                leaf = 0
                while True:
                    sheet = lay_out(page, columns, rows, cell_len, bitmap, leaf)
                    assert len(sheet.rows) == rows
                    for row in sheet.rows:
                        assert sum(cell_len(span.text) for span in row) <= columns, page
                    leaf += 1
                    if leaf >= sheet.leaves:
                        break
    assert {"home", "judge", "see", "seen", "ask", "asked", "help", "settings"} <= seen
