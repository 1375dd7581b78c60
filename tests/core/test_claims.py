"""What the pages promise: never scored, contrast after the second, the staff asked where something has lapsed …"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from kiosk.core.choose import Draw, programme
from kiosk.core.items import Kind, Scenario, Story
from kiosk.core.keys import Key
from kiosk.core.layout import lay_out
from kiosk.core.page import Entry, Para
from kiosk.core.pages import page_of
from kiosk.core.records import Hearing, VisitEnded
from kiosk.core.script import Stop
from kiosk.core.visit import Hint, Overlay, Place, live_choices, scenario
from kiosk.ports import Words
from tests.core.test_visit import go, learn, right_key
from tests.core.walk import Walk, walk
from tests.fakes.glyphs import FakeGlyphs
from tests.fakes.packs import small_catalogue


def shown(walker: Walk, words: Words) -> str:
    """All that is written on the page."""
    page = page_of(walker.visit, words)
    sheet = lay_out(page, 71, 20, cell_len, FakeGlyphs().bitmap)
    return sheet.text


def test_facts_of_a_visit_never_share_a_card_with_anything_in_it() -> None:
    """Also where several facts and cases rest on one card."""
    catalogue, _ = small_catalogue()
    few = ["sample/card-1", "sample/card-2", "sample/card-3"]
    entries = tuple(
        entry._replace(card=few[place % 3]) if entry.kind is Kind.FACT else entry
        for place, entry in enumerate(catalogue.entries)
    )
    catalogue = catalogue._replace(entries=entries)
    cards = {entry.id: entry.card for entry in catalogue.entries}
    kinds = {entry.id: entry.kind for entry in catalogue.entries}
    seen = 0
    for seed in range(80):
        made = programme(catalogue, Draw(seed, "2026-11-22", ("zh", "en")))
        assert made is not None
        facts = [each for each in made.items if kinds[each] is Kind.FACT]
        others = [cards[each] for each in made.items if kinds[each] is not Kind.FACT]
        seen += len(facts)
        assert len({cards[each] for each in facts}) == len(facts)
        assert not {cards[each] for each in facts} & set(others)
    assert seen


def test_measured_items_without_pools_are_of_level_two_and_three() -> None:
    """While there are enough of them."""
    catalogue, _ = small_catalogue(pairs=18, pools=0, facts=0)
    level = {entry.id: entry.level for entry in catalogue.entries}
    for seed in range(60):
        made = programme(catalogue, Draw(seed, "2026-11-22", ("zh", "en")))
        assert made is not None
        assert all(level[each] >= 2 for each in (*made.before, *made.after))


def test_not_sure_is_neither_right_nor_wrong_in_the_result(words: Words) -> None:
    """It counts as a case seen, and is named for what it is."""
    walker = go(learn("A"), Stop.DECIDE)
    walker.press("3")
    go(walker, Stop.RESULT)
    text = shown(walker, words)
    assert "今天看了六件事，您认对五件。" in text
    assert "拿不准" in text


def test_the_contrast_comes_after_the_second_twin_only(words: Words) -> None:
    """On its last page."""
    walker = go(learn("A"), Stop.WHY)
    item = walker.visit.items[walker.visit.station.item]
    assert isinstance(item, Scenario)
    assert item.contrast is not None
    assert item.contrast.write("zh") not in shown(walker, words)
    walker.press(Key.ENTER)
    go(walker, Stop.WHY)
    item = walker.visit.items[walker.visit.station.item]
    assert isinstance(item, Scenario)
    assert item.contrast is not None
    assert item.contrast.write("zh") in shown(walker, words)


def test_a_wrong_verdict_can_not_be_read_as_its_opposite(words: Words) -> None:
    """Under SCAM it says what was chosen."""
    walker = go(learn("A"), Stop.DECIDE)
    walker.press("2" if right_key(walker.visit) is Key.ONE else "1")
    text = shown(walker, words)
    assert "您选了“真的”" in text or "小心没错" in text


@pytest.mark.parametrize("key", ["*", "+", "-", "7", "8", "."])
def test_without_a_voice_nothing_promises_one(key: str) -> None:
    """Every key of the voice says that there is none."""
    walker = go(learn("A", sound=False), Stop.ASK)
    before = (walker.visit.volume, walker.visit.speed, walker.visit.muted)
    walker.press(key)
    assert walker.visit.hint is Hint.NO_VOICE
    assert (walker.visit.volume, walker.visit.speed, walker.visit.muted) == before


def test_a_hearing_has_its_seconds() -> None:
    """From the first page to the lesson."""
    walker = walk()
    walker.press("1", "2")
    began = walker.now
    go(walker, Stop.LESSON)
    (hearing,) = walker.of(Hearing)
    assert isinstance(hearing, Hearing)
    assert hearing.seconds == round(walker.now - began) > 0


def test_idle_time_is_the_same_with_and_without_a_voice() -> None:
    """The kiosk's own question is no sign of life."""
    ends = []
    for spoken in (False, True):
        walker = go(learn("A"), Stop.ASK)
        walker.wait(121)
        if spoken:
            walker.heard(0)
            walker.silent()
        walker.wait(61)
        (ended,) = walker.of(VisitEnded)
        assert isinstance(ended, VisitEnded)
        ends.append(ended.idle_seconds)
    assert ends[0] == ends[1] > 170


def test_an_answer_after_waking_is_timed_from_the_waking() -> None:
    """`ms` is no idle time."""
    walker = go(learn("A"), Stop.ASK)
    walker.wait(130)
    walker.press("5")
    walker.press(right_key(walker.visit))
    assert walker.rows[-1].ms < 5000  # type: ignore[union-attr]


def test_who_is_told_not_counted_today_may_still_choose_not_to_be_counted(words: Words) -> None:
    """6 stays: the log may come back in the middle of a visit; and home promises no counting."""
    walker = walk()
    walker.visit = replace(walker.visit, refused=True)
    walker.press("1")
    assert Key.SIX in live_choices(walker.visit)
    assert "只数来了几次" not in shown(walker, words)
    assert "今天不统计" in shown(walker, words)


def test_where_something_has_lapsed_the_staff_are_named_on_every_page_of_it(words: Words) -> None:
    """A sign on each page, a sentence with the card."""
    catalogue, items = small_catalogue(pairs=1, pools=0, facts=0, stories=1)
    lapsed = catalogue._replace(entries=tuple(each._replace(expires="2026-01-01") for each in catalogue.entries))
    walker = Walk(lapsed, items)
    walker.press("1", "1")
    for stop in (Stop.SEE, Stop.ASK, Stop.COMPARED, Stop.VERDICT):
        go(walker, stop)
        assert "请问工作人员" in shown(walker, words)
    go(walker, Stop.RESULT)
    assert "请问工作人员" not in shown(walker, words)
    story = Walk(lapsed, items)
    story.press("1", "2")
    assert "请问工作人员" in shown(story, words)
    fresh = Walk(catalogue, items)
    fresh.press("1", "1")
    assert "请问工作人员" not in shown(fresh, words)


def test_the_way_back_stands_its_ten_seconds_through_keys_and_a_missing_voice() -> None:
    """Whoever pressed `/` by mistake finds back."""
    walker = go(learn("A"), Stop.ASK)
    walker.press("/")
    walker.sound_is(False)
    assert walker.visit.hint is Hint.WAY_BACK
    walker.press(right_key(walker.visit))
    assert walker.visit.hint is Hint.WAY_BACK
    walker.wait(11)
    assert walker.visit.hint is None


def test_help_over_the_question_whether_to_stop_is_written_too() -> None:
    """Each time help is opened from a page."""
    walker = go(learn("A"), Stop.SEE)
    walker.press("0", "9")
    assert type(walker.rows[-1]).__name__ == "HelpOpened"
    assert walker.visit.overlay is Overlay.HELP


def test_who_has_heard_the_answers_is_not_offered_them_again() -> None:
    """After "tell me, then stop", back and back leads to "stop?" without the loop."""
    walker = go(learn("A"), Stop.SEE)
    walker.press("0", "2", "0")
    assert walker.visit.overlay is Overlay.LEAVE
    assert Key.TWO not in live_choices(walker.visit)
    walker.press("3", "0")
    assert walker.visit.place is Place.OVER


def test_a_text_higher_than_a_screen_goes_on_on_the_next() -> None:
    """One block alone, too: the help row is never pushed away."""
    from tests.core.test_layout import page

    long = page(Para("这一段很长，长得一屏放不下。" * 60), Entry("为什么：", "因为" * 300))
    first = lay_out(long, 56, 16, cell_len, FakeGlyphs().bitmap)
    text = ""
    for leaf in range(first.leaves):
        sheet = lay_out(long, 56, 16, cell_len, FakeGlyphs().bitmap, leaf)
        assert len(sheet.rows) == 16
        assert "[9]" in sheet.text.split("\n")[-1]
        text += sheet.text
    assert text.count("。") == 60


def test_with_many_signs_the_head_row_keeps_the_current_step(words: Words) -> None:
    """It drops the other steps first, and never runs over."""
    walker = go(learn("A", language="en", sound=False), Stop.ASK)
    walker.visit = replace(walker.visit, refused=True)
    sheet = lay_out(page_of(walker.visit, words), 56, 16, cell_len, FakeGlyphs().bitmap)
    head = sheet.text.split("\n")[0]
    assert "[ASK]" in head
    assert "NOT COUNTED TODAY" in head
    assert "NO VOICE" in head
    assert cell_len(head) <= 56


def test_each_sign_answers_to_its_own_touch(words: Words) -> None:
    """The mute sign speaks again, the language's changes the language."""
    walker = walk()
    walker.press("1", ".", ".")
    sheet = lay_out(page_of(walker.visit, words), 71, 20, cell_len, FakeGlyphs().bitmap)
    head = sheet.text.split("\n")[0]
    column = cell_len(head[: head.index("不出声")])
    assert sheet.key_at(column + 2, 0) is Key.DOT
    assert sheet.key_at(cell_len(head) - 2, 0) is Key.SLASH


VOUCHES = re.compile("不要紧|没问题|没事|放心|是真的|不假|fine|real|safe|harmless|trust", re.IGNORECASE)


@pytest.mark.parametrize("lines", [(4,), (3, 4)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_said_of_a_line_that_can_wait_tells_no_verdict_and_calls_it_harmless_in_no_case(
    words: Words, language: str, lines: tuple[int, ...]
) -> None:
    """A caller number or a stamp may be genuine here, and is just what a fraudster imitates."""
    shown, heard = {}, {}
    walker = learn("A", language=language)
    for _ in range(2):
        item = scenario(go(walker, Stop.SEE).visit, walker.visit.station)._replace(see_lines=lines)
        walker.visit = replace(walker.visit, items={**walker.visit.items, item.id: item})
        walker.press("1")
        *_, feedback = page_of(walker.visit, words).blocks
        assert isinstance(feedback, Para)
        why = item.see_why.write(language)
        shown[item.verdict] = feedback.text.replace(why, "")
        heard[item.verdict] = " ".join(each.text for each in feedback.say if each.part != item.see_why.part)
    assert len(shown) == 2
    assert len({*shown.values()}) == len({*heard.values()}) == 1
    assert not VOUCHES.search(" ".join([*shown.values(), *heard.values()]))


@pytest.mark.parametrize(
    ("named", "voices"),
    [
        ((None, None, None, None), [0, 0, 0, 0]),
        (("narrator", "grandpa", "neighbour", "grandpa"), [0, 1, 2, 1]),
        ((None, "grandpa", "narrator", "neighbour"), [0, 1, 0, 2]),
        (("grandpa", None, "neighbour", "grandpa"), [1, 0, 2, 1]),
    ],
)
def test_each_speaker_of_a_story_has_a_voice_and_the_title_and_pause_are_the_tellers(
    words: Words, named: tuple[str | None, ...], voices: list[int]
) -> None:
    walker = walk()
    walker.press("1", "2")
    (story,) = (item for item in walker.visit.items.values() if isinstance(item, Story))
    pages = tuple(page._replace(speaker=speaker) for page, speaker in zip(story.pages, named, strict=True))
    visit = replace(walker.visit, items={story.id: story._replace(pages=pages)})
    found = []
    for at, station in enumerate(visit.script):
        *others, last = page_of(replace(visit, at=at), words).blocks if station.item == story.id else [None]
        if station.stop is Stop.PAGE:
            assert isinstance(last, Para)
            found.append({utterance.speaker for utterance in last.say})
            last = None
        said = [utterance for block in (*others, last) if block for utterance in getattr(block, "say", ())]
        assert not any(utterance.speaker for utterance in said)
    assert found == [{voice} for voice in voices]
