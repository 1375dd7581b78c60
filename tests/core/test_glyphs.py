"""Drawing with bitmaps: half blocks, sizes, gaps and what doesn't fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.core.glyphs import ROWS, SIZES, draw, width
from tests.fakes.glyphs import FakeGlyphs

LARGE, SMALL = SIZES[:2]
STEP = {
    "a" + LARGE: ("####", "#...", "####", "...#", "####", "####"),
    "a" + SMALL: ("..", "#.", "##", ".."),
    "b" + LARGE: ("#", "#", "#", "#", "#", "#"),
    "b" + SMALL: (".", ".", "#", "."),
    "c" + SMALL: ("...", "...", "###", "..."),
    " " + LARGE: ("..", "..", "..", "..", "..", ".."),
    " " + SMALL: (".", ".", ".", "."),
}
sizes = st.integers(min_value=-1, max_value=80)


def bitmap(character: str) -> tuple[str, ...]:
    """A font of two sizes in which `c` is only in the smaller one."""
    return STEP.get(character, ())


def test_two_pixels_are_a_cell() -> None:
    """Ink above, below, both and neither have a sign each."""
    assert draw("a", bitmap, 4) == ("█▀▀▀", "▀▀▀█", "████")


def test_gap_is_two_pixels_and_one_where_there_is_no_room() -> None:
    assert draw("ab", bitmap, 7) == ("█▀▀▀  █", "▀▀▀█  █", "████  █")
    assert draw("ab", bitmap, 6) == ("█▀▀▀ █", "▀▀▀█ █", "████ █")


def test_gap_can_be_wider() -> None:
    assert draw("bb", bitmap, 7, gap=5) == ("█     █",) * 3


@pytest.mark.parametrize(("columns", "rows"), [(5, 8), (54, 2), (54, 1)])
def test_smaller_size_where_the_largest_does_not_fit(columns: int, rows: int) -> None:
    """Either too wide or too high."""
    assert draw("ab", bitmap, columns, rows) in (("█▄  ▄",), ("█▄ ▄",))


def test_all_characters_are_of_one_size() -> None:
    """A character that is only in the smaller size makes the whole text small."""
    assert draw("bc", bitmap, 54) == ("▄  ▄▄▄",)


def test_odd_heights_stand_on_the_last_row() -> None:
    assert draw("c", bitmap, 54) == ("▄▄▄",)


@pytest.mark.parametrize("text", ["", " ", "   ", "x", "ax", "a\n", "a\ufe00"])
def test_nothing_to_draw(text: str) -> None:
    assert draw(text, bitmap, 54) == ()


@pytest.mark.parametrize(("columns", "rows"), [(0, 8), (-1, 8), (1, 8), (54, 0), (54, -1)])
def test_no_room(columns: int, rows: int) -> None:
    assert draw("a", bitmap, columns, rows) == ()


def test_width_is_that_of_the_largest_size() -> None:
    assert width("ab", bitmap) == 7
    assert width("a b", bitmap) == 11
    assert width("bc", bitmap) == 6
    assert width("ab", bitmap, gap=1) == 6
    assert width("x", bitmap) == width("", bitmap) == 0


@given(st.text(max_size=20), sizes, sizes, st.integers(min_value=1, max_value=5))
def test_never_larger_than_the_room(text: str, columns: int, rows: int, gap: int) -> None:
    """Any text in any room: rows of one length that fit, or nothing."""
    for font in (bitmap, FakeGlyphs(missing="x").bitmap):
        drawn = draw(text, font, columns, rows, gap)
        assert len(drawn) <= max(0, min(rows, ROWS))
        assert len({len(row) for row in drawn}) <= 1
        assert all(cell_len(row) == len(row) <= columns for row in drawn)
        assert set("".join(drawn)) <= set(" ▀▄█")


@given(st.text(alphabet="abc ", min_size=1, max_size=8))
def test_what_fits_at_its_width_is_drawn_at_its_width(text: str) -> None:
    drawn = draw(text, bitmap, width(text, bitmap))
    assert all(len(row) == width(text, bitmap) for row in drawn)
    assert bool(drawn) == bool(text.strip())
