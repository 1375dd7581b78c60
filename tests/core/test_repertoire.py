"""What can be spoken, against what visits do speak: neither has anything that the other lacks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len

from kiosk import wiring
from kiosk.adapters.packs.compiler import read_packs
from kiosk.core.catalogue import Catalogue
from kiosk.core.items import Item, Kind, Scenario
from kiosk.core.keys import Key
from kiosk.core.layout import lay_out
from kiosk.core.page import Page
from kiosk.core.pages import page_of
from kiosk.core.repertoire import repertoire, screens
from kiosk.core.settings import RoundSize, Settings
from kiosk.core.speech import Utterance
from kiosk.core.visit import Fetch, Fetched, Hint, LogChanged, Place, PrivacyChanged, Speak, Visit, live_choices
from kiosk.ports import Words
from tests.adapters.packs.sample import CARD, FILES, PAIRS, TODAY, scenario, spoil, write_pack
from tests.core.walk import Walk
from tests.fakes.glyphs import FakeGlyphs

Content = tuple[Catalogue, dict[str, Item]]

HENAN = "zh-henan"
LANGUAGES = ("zh", HENAN, "en")
STEPS = 150
"""Of one walk: about three rounds."""
WALKS = 500
DOINGS = [*Key, "log", "headphones", "wait", "lost", "leave"]


def write(folder: Path, *, measured: bool) -> Content:
    """The sample pack with so many pairs that a full round can be drawn, and facts that rest on cards of their own."""
    pack = write_pack(folder)
    for number in range(PAIRS + 1, 9):
        for verdict in ("fraud", "genuine"):
            path = pack / "scenarios" / f"{verdict}-{number}.yaml"
            path.write_text(scenario(verdict, number), "utf-8")
    spoil(pack, "facts.yaml", "card: police", "card: shop")
    (pack / "baselines.yaml").write_text(FILES["baselines.yaml"] + CARD.format(name="shop"), "utf-8")
    changed = "  zh: 孙子出事要现金\n"
    spoil(pack, "scenarios/fraud-4.yaml", changed, f"{changed}  say: {{zh-henan: 孙子要现钱}}\n")
    if not measured:
        spoil(pack, "pack.yaml", "measured:\n  - {A: [fraud-1, genuine-1], B: [fraud-2, genuine-2]}\n", "")
    compiled = read_packs([pack], TODAY)
    assert not compiled.problems
    return compiled.catalogue, compiled.items


@pytest.fixture(scope="module", params=[True, False], ids=["measured", "unmeasured"])
def content(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Packs with a pool of what is measured and never practised, and without one."""
    return write(tmp_path_factory.mktemp("pack"), measured=request.param)


class Visitor(Walk):
    """Does what was done least on the page before him, so that everything is done in the end."""

    def begin(self, seed: int, done: Counter[tuple[object, ...]], words: Words) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a test's own chance
        self.curious = [0.0, 0.05, 0.3, 0.8][seed % 4]
        self.done = done
        self.words = words
        self.spoken: list[Utterance] = []
        ids = [entry.id for entry in self.catalogue.entries]
        used = self.chance.sample(ids, self.chance.choice([0, 0, len(ids) - 3, len(ids) - 6]))
        self.visit = replace(self.visit, languages=LANGUAGES, used=frozenset(used))

    def go(self) -> list[Utterance]:
        """One visit; what was spoken in it."""
        for _ in range(STEPS):
            if self.visit.place is Place.OVER:
                break
            doing: object = self.chance.choice([*live_choices(self.visit), Key.ENTER])
            if self.chance.random() < self.curious:
                here = self._here()
                doing = min(DOINGS, key=lambda each: (self.done[here, each], self.chance.random()))
                self.done[here, doing] += 1
            self._do(doing)
            for effect in self.effects:
                if isinstance(effect, Speak):
                    self.spoken += said(self.visit, effect, self.words)
        return self.spoken

    def _here(self) -> tuple[object, ...]:
        visit = self.visit
        if visit.place is not Place.SCRIPT or visit.overlay is not None:
            return visit.place, visit.overlay, visit.minutes_page, visit.language, visit.muted, visit.quiet
        return visit.station.stop, visit.station.part, len(visit.owed), visit.muted, visit.quiet

    def _do(self, doing: object) -> None:
        match doing:
            case Key():
                self.press(doing)
            case "log":
                self.do(LogChanged(not self.visit.refused, self.moment()))
            case "headphones":
                self.do(PrivacyChanged(not self.visit.private, self.moment()))
            case "wait":
                self.now += self.settings.idle_seconds
                self.wait(1)
            case "lost":
                self.items, kept = {}, self.items
                self.press(Key.TWO)
                self.items = kept
            case "leave":
                while self.visit.place is Place.SCRIPT and self.visit.overlay is None:
                    self.press(Key.ZERO)
                self.press(Key.TWO)


def said(visit: Visit, effect: Speak, words: Words) -> tuple[Utterance, ...]:
    """What is spoken, as `Attend` has it spoken."""
    if (visit.muted or visit.quiet) and visit.hint is not Hint.MUTED:
        return ()
    page = page_of(visit, words)
    return (*(page.hint_say if effect.hint else ()), *(page.speech if effect.page and not visit.muted else ()))


def walks(content: Content, words: Words, count: int) -> Iterator[list[Utterance]]:
    """So many visits, in all sizes, languages and moods."""
    catalogue, items = content
    done: Counter[tuple[object, ...]] = Counter()
    for seed in range(count):
        day = "2099-01-01" if seed % 7 == 6 else "2026-11-22"
        settings = replace(Settings(), round_size=[*RoundSize][seed % 3])
        language = LANGUAGES[seed // 3 % 3]
        visitor = Visitor(catalogue, items, seed, language, settings, rehearsal=seed % 11 == 10, day=day)
        visitor.begin(seed, done, words)
        yield visitor.go()


Found = tuple[dict[tuple[str, str], set[str]], dict[tuple[str, str], str]]


@pytest.fixture(scope="module")
def found(content: Content) -> Found:
    """By language and part: what is spoken in many walks, and what the repertoire has."""
    words = wiring.words()
    spoken: dict[tuple[str, str], set[str]] = {}
    for utterances in walks(content, words, WALKS):
        for utterance in utterances:
            if utterance.part:
                spoken.setdefault((utterance.language, utterance.part), set()).add(utterance.text)
    known = {
        (language, utterance.part): utterance.text
        for language in LANGUAGES
        for utterance in repertoire(*content, words, language, content[0].written(language))
    }
    return spoken, known


def test_every_part_that_a_visit_speaks_is_in_the_repertoire(found: Found) -> None:
    spoken, known = found
    assert spoken.keys() - known.keys() == set()


def test_a_part_is_the_same_text_wherever_it_is_spoken(found: Found) -> None:
    spoken, known = found
    assert {key: texts for key, texts in spoken.items() if texts != {known.get(key, "")}} == {}


def test_the_repertoire_has_nothing_that_no_visit_speaks(content: Content, found: Found) -> None:
    """Whatever the language; and items that differ in name alone are taken for one."""
    spoken, known = found

    def kind(part: str) -> str:
        for entry in content[0].entries:
            if entry.kind is Kind.SCENARIO:
                part = part.replace(f"{entry.id}/", f"{entry.verdict} {entry.pool < 0} {bool(entry.form)}/")
        return part

    assert {kind(part) for _, part in known} - {kind(part) for _, part in spoken} == set()
