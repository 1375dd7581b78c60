"""Lines break where people would break them, nothing is clipped, and every choice can be touched."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.core.keys import CHOICES, Key
from kiosk.core.layout import break_lines, lay_out
from kiosk.core.page import Caps, Page, Para, Pick
from tests.fakes.glyphs import FakeGlyphs

BITMAP = FakeGlyphs().bitmap
CAPS = Caps(
    back="Back",
    back_key=Key.ZERO,
    back_cap="[0]",
    again="Again",
    again_cap="[*]",
    sound="Sound",
    sound_cap="[+][-]",
    help="Help",
    help_cap="[9]",
    go="Press number",
    go_key=None,
    go_cap="",
    on="Go on",
    on_cap="[Enter]",
)
TEXTS = st.text(
    st.sampled_from("您先挂断打回去，。！？：；“”、abc AB 96110 110 20,000 [1] it's (x) 3%…\u3000"), max_size=120
)


def page(*blocks: object, **options: object) -> Page:
    return Page("test", "zh", "头", tuple(blocks), CAPS)._replace(**options)  # type: ignore[arg-type]


@given(text=TEXTS, columns=st.integers(20, 80))
def test_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    """Every line is at most as wide as the room, and all characters but blanks are still there, in order."""
    lines = break_lines(text, columns, cell_len)
    assert all(cell_len(line) <= columns for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(text=st.text(st.sampled_from("您先挂断打回去，。！？：；”"), min_size=1, max_size=90))
def test_closing_marks_never_begin_a_line(text: str) -> None:
    """，。！？：；” stay with the character before them (unless a text has nothing else)."""
    for line in break_lines("您" + re.sub(r"[，。！？：；”]{4,}", "，", text), 40, cell_len)[1:]:
        assert line[0] not in "，。！？：；”"


def test_numbers_and_words_are_never_torn() -> None:
    """96110 and 20,000 stay whole, also without spaces around them."""
    text = "想问真假就打96110这个号码，他说要20,000元，先打110再说别的事情好不好"
    for columns in range(20, 56):
        lines = break_lines(text, columns, cell_len)
        for whole in ("96110", "20,000", "110"):
            assert any(whole in line for line in lines), (columns, lines)


def test_latin_breaks_at_spaces_only() -> None:
    """A word is cut only when it is wider than the line."""
    lines = break_lines("Call that same number back at once, please", 14, cell_len)
    assert lines == ["Call that same", "number back at", "once, please"]
    assert break_lines("x" * 30, 14, cell_len) == ["x" * 14, "x" * 14, "xx"]


def test_quotation_marks_open_with_what_follows() -> None:
    """“ never ends a line, ” never begins one."""
    text = "他说：“快准备两万现金，有人上门来取。”您先别急着答应，先问一问家里的人再说吧。"
    for columns in range(16, 54):
        for line in break_lines(text, columns, cell_len):
            assert not line.endswith("“")
            assert not line.startswith("”")


def test_each_choice_is_a_line_that_begins_with_its_number() -> None:
    """`[1] …`: and its whole row, with the blank one under it, is its target."""
    sheet = lay_out(page(*(Pick(key, f"选{key}") for key in CHOICES[:4])), 71, 20, cell_len, BITMAP)
    rows = sheet.text.split("\n")
    for key in CHOICES[:4]:
        row = next(place for place, text in enumerate(rows) if text.strip().startswith(f"[{key}]"))
        for column in (0, 35, 70):
            assert sheet.key_at(column, row) is key
            assert sheet.key_at(column, row + 1) is key


def test_the_help_row_has_four_targets_and_a_fifth_from_71_columns() -> None:
    """Each is 14 columns wide; two rows high from 20 rows."""
    small = lay_out(page(Para("您好")), 56, 16, cell_len, BITMAP)
    assert [small.key_at(column, 15) for column in (0, 13, 14, 27, 28, 41)] == [
        Key.ZERO,
        Key.ZERO,
        Key.STAR,
        Key.STAR,
        Key.NINE,
        Key.NINE,
    ]
    go_on = page(Para("您好"), caps=CAPS._replace(go="Go on", go_key=Key.ENTER, go_cap="[Enter]"))
    large = lay_out(go_on, 71, 20, cell_len, BITMAP)
    for row in (18, 19):
        keys = [large.key_at(column, row) for column in (0, 14, 28, 35, 42, 56, 70)]
        assert keys == [Key.ZERO, Key.STAR, Key.PLUS, Key.MINUS, Key.NINE, Key.ENTER, Key.ENTER]


@given(
    texts=st.lists(st.text("您先挂断，打回去。", min_size=1, max_size=60), min_size=1, max_size=12),
    size=st.sampled_from([(56, 16), (71, 20), (80, 24)]),
)
def test_what_does_not_fit_turns_the_page(texts: list[str], size: tuple[int, int]) -> None:
    """All blocks are on some leaf, each leaf has exactly the grid's rows, and every leaf but the last goes on."""
    whole = page(*(Para(text) for text in texts))
    first = lay_out(whole, *size, cell_len, BITMAP)
    shown: list[int] = []
    for leaf in range(first.leaves):
        sheet = lay_out(whole, *size, cell_len, BITMAP, leaf)
        assert len(sheet.rows) == size[1]
        assert all(sum(cell_len(span.text) for span in row) <= size[0] for row in sheet.rows)
        shown += sheet.blocks
        assert (sheet.key_at(size[0] - 1, size[1] - 1) is Key.ENTER) == (leaf + 1 < first.leaves)
    assert shown == list(range(len(texts)))


def test_markup_is_text() -> None:
    """What looks like markup is shown as it stands, in every kind of block."""
    evil = "[@click=app.quit]x[/] [/] [bold]"
    sheet = lay_out(page(Para(evil), Pick(Key.ONE, evil), hint=evil), 80, 24, cell_len, BITMAP)
    assert sheet.text.count("[@click=app.quit]x[/] [/] [bold]") == 3
