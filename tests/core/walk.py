"""Driving visits without a screen: keys and time in, rows and pages out."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kiosk.core.catalogue import Catalogue
from kiosk.core.events import (
    CutOff,
    Effect,
    Event,
    Fetch,
    Fetched,
    Keep,
    Moment,
    Pressed,
    PrivacyChanged,
    Silent,
    SoundChanged,
    Speak,
    Spoken,
    Ticked,
)
from kiosk.core.items import Item
from kiosk.core.keys import Key
from kiosk.core.records import Row
from kiosk.core.settings import RoundSize, Settings
from kiosk.core.step import step
from kiosk.core.visit import Place, Visit, begin
from tests.fakes.packs import small_catalogue

DAY = "2026-11-22"


@dataclass
class Walk:
    """One visit, its rows so far and everything it asked for."""

    catalogue: Catalogue
    items: dict[str, Item]
    seed: int = 1
    language: str = "zh"
    settings: Settings = field(default_factory=Settings)
    sound: bool = True
    rehearsal: bool = False
    day: str = DAY
    now: float = 100.0
    rows: list[Row] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.visit: Visit = begin(
            self.settings,
            self.catalogue,
            ("zh", "en"),
            "visit-1",
            self.seed,
            self.language,
            rehearsal=self.rehearsal,
            sound=self.sound,
            now=self.now,
        )
        self.first = self.visit

    def moment(self) -> Moment:
        return Moment(self.now, self.day, 10)

    def do(self, event: Event) -> Visit:
        """Carry out one event and what follows from it."""
        self.events.append(event)
        self.visit, effects = step(self.visit, event)
        self.effects = list(effects)
        pending = list(effects)
        while pending:
            effect = pending.pop(0)
            if isinstance(effect, Keep):
                self.rows.extend(effect.rows)
            elif isinstance(effect, Fetch):
                self.fetched.extend(effect.ids)
                there = {item: self.items[item] for item in effect.ids if item in self.items}
                self.visit, more = step(self.visit, Fetched(there, event.at))
                self.effects.extend(more)
                pending.extend(more)
        return self.visit

    def press(self, *keys: Key | str, seconds: float = 2.0) -> Visit:
        for key in keys:
            self.now += seconds
            self.do(Pressed(Key(key), self.moment()))
        return self.visit

    def wait(self, seconds: float) -> Visit:
        """Ticks of one second."""
        for _ in range(round(seconds)):
            self.now += 1
            self.do(Ticked(self.moment()))
        return self.visit

    def heard(self, block: int) -> Visit:
        return self.do(Spoken(block, self.moment()))

    def silent(self) -> Visit:
        return self.do(Silent(self.moment()))

    def sound_is(self, sound: bool) -> Visit:
        return self.do(SoundChanged(sound, self.moment()))

    def of(self, kind: type[Row]) -> list[Row]:
        return [row for row in self.rows if isinstance(row, kind)]

    @property
    def spoke(self) -> bool:
        return any(isinstance(effect, Speak) for effect in self.effects)


def walk(
    pairs: int = 8,
    pools: int = 1,
    facts: int = 12,
    stories: int = 3,
    *,
    seed: int = 1,
    size: RoundSize = RoundSize.DEFAULT,
    **options: object,
) -> Walk:
    """A visit over a generated pack."""
    catalogue, items = small_catalogue(pairs, pools, facts, stories)
    settings = replace(Settings(), round_size=size)
    return Walk(catalogue, items, seed, settings=settings, **options)  # type: ignore[arg-type]


def seed_of_plan(plan: str, *, start: int = 0, **options: object) -> int:
    """The first seed from `start` on that gives this plan."""
    for seed in range(start, start + 200):
        drawn = walk(seed=seed, **options)  # type: ignore[arg-type]
        drawn.press("1")
        if drawn.visit.programme is not None and drawn.visit.programme.plan == plan:
            return seed
    raise AssertionError(plan)


def random_events(seed: int, count: int) -> Iterable[tuple[str, object]]:
    """What a hall full of visitors might do: mostly keys, sometimes nothing for a long time."""
    chance = random.Random(seed)  # noqa: S311 - a test's own chance
    keys = [*Key]
    weights = [8, 5, 4, 2, 1, 2, 1, 1, 1, 3, 10, 1, 1, 1, 1, 1, 1]
    for _ in range(count):
        dice = chance.random()
        if dice < 0.9:
            yield "press", chance.choices(keys, weights)[0]
        elif dice < 0.94:
            yield "heard", chance.randrange(-1, 8)
        elif dice < 0.96:
            yield "silent", None
        elif dice < 0.97:
            yield "sound", chance.random() < 0.7
        elif dice < 0.98:
            yield "wait", chance.choice([3, 30, 130, 200])
        elif dice < 0.985:
            yield "cut", None
        elif dice < 0.99:
            yield "private", chance.random() < 0.5
        else:
            yield "tick", None


def apply(walker: Walk, event: tuple[str, object]) -> None:
    kind, value = event
    match kind:
        case "press":
            walker.press(value, seconds=1.3)  # type: ignore[arg-type]
        case "heard":
            walker.heard(value)  # type: ignore[arg-type]
        case "silent":
            walker.silent()
        case "sound":
            walker.sound_is(bool(value))
        case "cut":
            walker.do(CutOff(walker.moment()))
        case "private":
            walker.do(PrivacyChanged(bool(value), walker.moment()))
        case "wait":
            walker.now += float(value)  # type: ignore[arg-type]
            walker.do(Ticked(walker.moment()))
        case "tick":
            walker.wait(1)


def is_over(walker: Walk) -> bool:
    return walker.visit.place is Place.OVER
