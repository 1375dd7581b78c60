"""What can be spoken, against what visits do speak: neither has anything that the other lacks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from kiosk import wiring
from kiosk.adapters.packs.compiler import read_packs
from kiosk.core.catalogue import Catalogue
from kiosk.core.events import LogChanged, PrivacyChanged, Speak
from kiosk.core.items import Item, Kind, Scenario
from kiosk.core.keys import Key
from kiosk.core.layout import lay_out
from kiosk.core.page import Drawn, Page
from kiosk.core.pages import page_of
from kiosk.core.repertoire import repertoire, screens
from kiosk.core.settings import RoundSize, Settings
from kiosk.core.speech import Utterance
from kiosk.core.visit import Hint, Place, Visit, live_choices
from kiosk.ports import Words
from tests.adapters.packs.sample import CARD, FILES, PAIRS, TODAY, scenario, spoil, write_pack
from tests.core.walk import Walk
from tests.fakes.glyphs import FakeGlyphs

Content = tuple[Catalogue, dict[str, Item]]

HENAN = "zh-henan"
LANGUAGES = ("zh", HENAN, "en", "zh-Hant")
ORDERS = (LANGUAGES, ("zh", "zh-Hant", "en", HENAN))
"""In which `/` goes through them: so that each is left for another one and for the same in other characters."""
STEPS = 150
"""Of one walk: about three rounds."""
WALKS = 300
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
        self.visit = replace(self.visit, languages=ORDERS[seed // 5 % len(ORDERS)], used=frozenset(used))

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
        language = LANGUAGES[seed // 3 % len(LANGUAGES)]
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
        (utterance.language, utterance.part): utterance.text
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


def test_the_repertoire_is_in_the_order_of_the_files(content: Content, words: Words) -> None:
    """The interface's own phrases, then cards, facts, help, cases and stories; each part once, as its text stands."""
    parts = [utterance.part for utterance in repertoire(*content, words, "en", "en")]
    assert len(set(parts)) == len(parts)
    own = [part for part in parts if not part.startswith("_kiosk/")]
    assert parts[-len(own) :] == own
    items = [part.split("/")[1] for part in own]
    order = list(dict.fromkeys(items))
    assert order == list(ITEMS)
    assert [part.split("/")[2] for part in own if part.startswith("sample/fraud-3/")] == [
        *("title", "scene-1", "scene-2", "scene-3", "scene-4", "see-why", "ask-1", "ask-2", "ask-2-why", "ask-reply"),
        *("explain", "do", "remember", "contrast"),
    ]


ITEMS = (
    *("police", "shop", "bank", "fact-2", "_help"),
    *(f"{verdict}-{number}" for verdict in ("fraud", "genuine") for number in range(1, 9)),
    "coupons",
)
"""Of the pack: cards as they are first needed; a fact with a question of its own; cases in the order of their names."""


def test_what_no_visit_shows_is_not_in_it(content: Content, words: Words) -> None:
    """Titles and expiry of cards, why of a fact's choices, and what lacks a text in the language."""
    parts = {utterance.part for utterance in repertoire(*content, words, "zh", "zh")}
    assert not {"sample/police/title", "sample/fact-2/choice-1-why", "sample/shop/text"} & parts
    catalogue, items = content
    entries = tuple(
        entry._replace(languages=("zh",)) if entry.id.endswith("-8") else entry for entry in catalogue.entries
    )
    lacking = catalogue._replace(entries=entries)
    assert any(part.startswith("sample/fraud-8/") for part in parts)
    english = {utterance.part for utterance in repertoire(lacking, items, words, "en", "en")}
    assert not any(part.startswith(("sample/fraud-8/", "sample/genuine-8/")) for part in english)


def test_a_language_that_the_interface_has_no_texts_in_is_never_spoken(content: Content, words: Words) -> None:
    assert repertoire(*content, words, "de", "de") == ()


def test_a_variety_says_what_it_has_to_say_instead(words: Words, tmp_path: Path) -> None:
    content = write(tmp_path, measured=True)
    spoken = {
        language: {utterance.part: utterance.text for utterance in repertoire(*content, words, language, "zh")}
        for language in ("zh", HENAN)
    }
    assert spoken["zh"]["sample/fraud-4/title"] == "孙子出事要现金"
    assert spoken[HENAN]["sample/fraud-4/title"] == "孙子要现钱"
    assert spoken["zh"]["sample/fraud-5/title"] == spoken[HENAN]["sample/fraud-5/title"]


def pages(content: Content, name: str, words: Words, language: str = "zh") -> list[Page]:
    return list(screens(content[1][f"sample/{name}"], content[0], words, language))


PRACTISED = {"see", "seen", "ask", "asked", "compare", "compared", "decide", "verdict", "why"}


def test_screens_are_those_that_an_item_stands_on(words: Words, tmp_path: Path) -> None:
    content = write(tmp_path, measured=True)
    kinds = {name: {page.name for page in pages(content, name, words)} for name in ("fraud-1", "fraud-3", "coupons")}
    assert kinds == {
        "fraud-1": {"judge", "act", "owed"},
        "fraud-3": {"judge", "act", "owed", *PRACTISED},
        "coupons": {"story", "pause", "paused", "lesson", "card"},
    }
    assert {page.name for page in pages(content, "fact-2", words)} == {"fact", "owed"}
    unknown = content[0]._replace(entries=()), content[1]
    assert {page.name for page in pages(unknown, "fraud-1", words)} == {"judge", "act", "owed", *PRACTISED}


def test_screens_come_with_every_answer(content: Content, words: Words) -> None:
    """Four lines and none; each choice and its why; fraud, genuine and not sure; why with and without the contrast."""
    found = pages(content, "fraud-3", words)
    counted = Counter(page.name for page in found)
    assert (counted["seen"], counted["asked"], counted["verdict"], counted["why"]) == (5, 2, 3, 2)
    item = content[1]["sample/fraud-3"]
    assert isinstance(item, Scenario)
    shown = "\n".join(str(page.blocks) for page in found)
    for text in (*item.scene, item.reply, item.explain, item.contrast, *(each.why for each in item.ask if each.why)):
        assert text is not None
        assert text.write("zh") in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_of_the_library_is_whole_at_the_largest_type(language: str, words: Words) -> None:
    """56×16: whatever a block says can be read on one of the page's leaves."""
    compiled = wiring.read_packs([wiring.shipped("content")], TODAY)
    for item in compiled.items.values():
        for page in screens(item, compiled.catalogue, words, language):
            sheet = lay_out(page, 56, 16, cell_len, FakeGlyphs().bitmap)
            leaves = [lay_out(page, 56, 16, cell_len, FakeGlyphs().bitmap, leaf).text for leaf in range(sheet.leaves)]
            seen = "".join("".join(leaves).split())
            for block in (block for block in page.blocks if not isinstance(block, Drawn)):
                assert "".join(block.text.split()) in seen, (item.id, page.name)
