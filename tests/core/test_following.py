"""The word being spoken, on the screen: found where it is written otherwise, marked without moving anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.core.following import follow
from kiosk.core.keys import Key
from kiosk.core.layout import Sheet, lay_out, shown_text
from kiosk.core.page import Block, Countdown, Drawn, Entry, Mark, Page, Para, Pick, Tone
from kiosk.ports import Words
from tests.core.test_layout import BITMAP, TEXTS, page

SIZES = ((80, 24), (71, 20), (56, 16))


def followed(spoken: str, shown: str) -> list[str]:
    """What is marked for each word (or character) that is spoken, in turn."""
    words = re.finditer(r"[a-z']+|[^\W_]", spoken, re.IGNORECASE)
    return [shown[slice(*follow(spoken, shown, word.start(), len(word.group())))] for word in words]


@pytest.mark.parametrize(
    ("spoken", "shown", "marked"),
    [
        ("hear a true story", "Hear a true story (4 minutes)", ["Hear", "a", "true", "story"]),
        ("two: hear a true story", "Hear a true story (4 minutes)", ["", "Hear", "a", "true", "story"]),
        ("story, four minutes", "story (4 minutes)", ["story", "4", "minutes"]),
        ("听故事，四分钟", "听故事（4分钟）", ["听", "故", "事", "4", "分", "钟"]),
        ("打九六幺幺零", "打96110", ["打", "96110", "96110", "96110", "96110", "96110"]),
        ("一千块现金", "1,000块现金", ["1,000", "1,000", "块", "现", "金"]),
        ("a “new” bank", "A ‘new’ bank", ["A", "new", "bank"]),
    ],
)
def test_a_spoken_word_is_found_where_it_is_shown(spoken: str, shown: str, marked: list[str]) -> None:
    """Also where a number or a sign is written for it; what is only said marks nothing."""
    assert followed(spoken, shown) == marked


@pytest.mark.parametrize(
    ("spoken", "shown"),
    [
        ("做法", "先做再说法"),
        ("why", "The office rings nobody."),
        ("记下了。第二件", "您看，这是："),
        ("四", "约4分钟，不问姓名"),
        ("右下角的大键，继续", "[Enter] 继续"),
        ("", "您好"),
        ("您好", ""),
    ],
)
def test_a_text_that_is_said_in_other_words_marks_nothing(spoken: str, shown: str) -> None:
    """A label said before a text, or a `say:` of its own."""
    assert set(followed(spoken, shown)) <= {""}
    assert follow(spoken, shown, 0, 2) == (0, 0)


@pytest.mark.parametrize(
    ("spoken", "shown", "marked"),
    [
        (
            "This is not a test. I will tell you the answers at the end. Go with your feeling.",
            "Not a test. Answers at the end. Your feeling counts.",
            "Not a test Answers at the end Your feeling",
        ),
        (
            "看一看，谁找您，要什么，听听他的口气，想一想他要的东西，再想一想这是为什么",
            "谁找您？要什么？",
            "谁找您要什么",
        ),
        ("Real: press two.", "REAL", "REAL"),
        ("to start, one story: go with the office", "The office rings. No story.", "The office"),
        ("还有一件要记住的事，就在下面写着，再听一遍", "接着听，要记住的", "要记住的"),
    ],
)
def test_runs_that_both_texts_have_are_marked_though_the_rest_is_said_otherwise(
    spoken: str, shown: str, marked: str
) -> None:
    """Two words or three characters at least: fewer may stand there by chance."""
    parts = dict.fromkeys(part for part in followed(spoken, shown) if part)
    assert ("" if "一" in spoken else " ").join(parts) == marked


@pytest.mark.parametrize("language", ["zh", "en"])
def test_most_of_the_first_line_of_a_round_can_be_followed(words: Words, language: str) -> None:
    """It is the longest that stands there while it is spoken."""
    for message in ("before-intro", "before-intro-one", "after-intro", "after-intro-one"):
        spoken = words.say(language, message)
        shown = words.write(language, message)
        marked: set[int] = set()
        for place in range(len(spoken)):
            marked |= set(range(*follow(spoken, shown, place, 1)))
        characters = [place for place, character in enumerate(shown) if character.isalnum()]
        assert 2 * sum(place in marked for place in characters) >= len(characters), message


@given(text=TEXTS, start=st.integers(0, 120), length=st.integers(0, 20))
def test_in_the_same_text_a_word_is_itself(text: str, start: int, length: int) -> None:
    """As far as it has characters that are pronounced; and any numbers at all give a range of the text."""
    first, last = follow(text, text, start, length)
    assert 0 <= first <= last <= len(text)
    assert pronounced(text[start : start + length]) in pronounced(text[first:last])


def pronounced(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(spoken=TEXTS, shown=TEXTS, start=st.integers(-5, 130), length=st.integers(0, 20))
def test_any_two_texts_give_a_range_of_the_shown_one(spoken: str, shown: str, start: int, length: int) -> None:
    """Nothing raises, whatever an engine reports."""
    first, last = follow(spoken, shown, start, length)
    assert 0 <= first <= last <= len(shown)


# On the sheet


def marked(sheet: Sheet) -> str:
    """The characters under the word's mark."""
    return "".join(span.text for row in sheet.rows for span in row if "word" in span.style.split())


def changed(sheet: Sheet, other: Sheet) -> list[int]:
    """The rows that differ."""
    return [place for place, (row, before) in enumerate(zip(sheet.rows, other.rows, strict=True)) if row != before]


def laid(whole: Page, size: tuple[int, int], mark: Mark | None, leaf: int = 0) -> Sheet:
    return lay_out(whole._replace(mark=mark), *size, cell_len, BITMAP, leaf)


def plain(rows: Sequence[Sequence[object]]) -> list[str]:
    return ["".join(span.text for span in row) for row in rows]  # type: ignore[attr-defined]


def blocks_of(text: str) -> tuple[Block, ...]:
    """One of each kind, with the text wherever one can be."""
    return (
        Para(text, Tone.SOFT, indent=2),
        Para(text, Tone.STRONG, centred=True),
        Pick(Key.ONE, text),
        Pick(Key.TWO, text, chosen=True),
        Pick(Key.THREE, text, live=False, care=True),
        Pick(Key.FOUR, text, live=False),
        Entry("为什么", text),
        Drawn("真的", label=("打电话",)),
        Countdown(0.5, "30"),
    )


@given(text=TEXTS, start=st.integers(0, 100), length=st.integers(0, 8), size=st.sampled_from(SIZES))
def test_a_mark_moves_nothing(text: str, start: int, length: int, size: tuple[int, int]) -> None:
    """On each leaf and for each kind of block: the same characters in the same cells, and the same targets."""
    whole = page(*blocks_of(text), hint="提示")
    for block in range(len(whole.blocks)):
        mark = Mark(block, start, start + length)
        leaf = 0
        while True:
            before, after = laid(whole, size, None, leaf), laid(whole, size, mark, leaf)
            assert plain(after.rows) == plain(before.rows)
            assert after._replace(rows=()) == before._replace(rows=())
            leaf += 1
            if leaf == before.leaves:
                break


@given(
    text=st.text(st.sampled_from("您先挂断打回去，。！ ab 96110 [1]"), min_size=1, max_size=90),
    start=st.integers(0, 80),
    length=st.integers(1, 8),
)
def test_exactly_the_word_is_marked_over_the_end_of_a_line_too(text: str, start: int, length: int) -> None:
    """Without the blanks at which a line breaks; key caps in it stay caps or are marked whole or in part."""
    for block in (Para(text), Pick(Key.ONE, text), Entry("问", text)):
        sheet = lay_out(page(block, mark=Mark(0, start, start + length)), 56, 16, cell_len, BITMAP)
        assert re.sub(r"\s", "", marked(sheet)) == re.sub(r"\s", "", shown_text(block)[start : start + length])


def test_only_the_rows_of_the_block_change_and_only_one_when_a_word_does() -> None:
    """What is around it is not painted again."""
    whole = page(Para("您好！想做什么？"), Pick(Key.ONE, "学一学"), Pick(Key.TWO, "听一个真实的故事（4分钟）"))
    before = laid(whole, (71, 20), None)
    marks = [laid(whole, (71, 20), Mark(2, start, start + 1)) for start in (0, 1, 5)]
    row = next(place for place, text in enumerate(before.text.split("\n")) if "[2]" in text)
    for sheet in marks:
        assert changed(sheet, before) == [row]
    assert [marked(sheet) for sheet in marks] == ["听", "一", "的"]


def test_what_is_marked_keeps_its_own_signs() -> None:
    """`>` and `!` stand in the bar; caps and lines that deserve care keep their style but for the word."""
    whole = page(*blocks_of("挂断再打"))
    for block, sign in ((3, ">"), (4, "!")):
        sheet = laid(whole, (80, 24), Mark(block, 2, 3))
        row = next(row for row in sheet.rows if row and row[0].style == "saying")
        assert row[0].text == sign
        assert [span.style for span in row if span.text.startswith("[")] == ["cap"]
        styles = {span.style for span in row[3:]}
        assert styles == ({"chosen said", "chosen word"} if sign == ">" else {"care", "care word"})


def test_a_mark_of_a_block_that_is_not_there_marks_nothing() -> None:
    """News that came late."""
    whole = page(Para("您好"))
    assert laid(whole, (71, 20), Mark(7, 0, 1)) == laid(whole, (71, 20), None)
