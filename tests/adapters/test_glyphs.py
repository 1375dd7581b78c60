"""The `Glyphs` port over its fake and the bitmaps that are shipped, and what has to be among these."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kiosk.adapters.glyphs
from kiosk.adapters.glyphs import Bitmaps
from kiosk.core.glyphs import ROWS, SIZES, draw
from kiosk.ports import Glyphs
from tests.fakes.glyphs import FakeGlyphs

HAN = "按骗局真的等一夜还在吗您请稍没事好换人谢"
MARKS = "?!:.,-'"
ABSENT = "龘"
BITMAPS = Bitmaps().bitmap


@pytest.fixture(params=["fake", "shipped"])
def glyphs(request: pytest.FixtureRequest) -> Glyphs:
    return FakeGlyphs(missing=ABSENT) if request.param == "fake" else Bitmaps()


class TestContract:
    """What every `Glyphs` does."""

    @pytest.mark.parametrize("character", list(HAN + string.ascii_uppercase + string.digits + MARKS))
    def test_rows_are_sixteen_equally_long_and_of_two_signs(self, glyphs: Glyphs, character: str) -> None:
        rows = glyphs.bitmap(character)
        assert len(rows) == 16
        assert len({len(row) for row in rows}) == 1
        assert set("".join(rows)) == {"#", "."}

    def test_space_has_no_ink(self, glyphs: Glyphs) -> None:
        assert set("".join(glyphs.bitmap(" "))) == {"."}

    @pytest.mark.parametrize("character", ["", ABSENT, "AB", "骗局"])
    def test_nothing_for_what_is_not_there(self, glyphs: Glyphs, character: str) -> None:
        assert glyphs.bitmap(character) == ()

    def test_same_again(self, glyphs: Glyphs) -> None:
        assert glyphs.bitmap("A") == glyphs.bitmap("A")

    @given(text=st.text(max_size=12))
    def test_any_text_can_be_asked_for(self, text: str) -> None:
        for glyphs in (FakeGlyphs(), Bitmaps()):
            assert isinstance(glyphs.bitmap(text), tuple)


class TestShipped:
    """The bitmaps in the package."""

    @pytest.mark.parametrize("size", SIZES)
    def test_every_size_has_capitals_digits_marks_and_a_space(self, size: str) -> None:
        for character in string.ascii_uppercase + string.digits + MARKS + " ":
            rows = BITMAPS(character + size)
            assert len(rows) == 16
            assert len({len(row) for row in rows}) == 1
            assert len(rows[0]) > 0

    def test_small_letters_are_in_one_size_at_least(self) -> None:
        for character in string.ascii_lowercase:
            assert any(BITMAPS(character + size) for size in SIZES)

    @pytest.mark.parametrize("size", SIZES)
    def test_capitals_stand_on_one_line(self, size: str) -> None:
        """All but those with a tail end on the same row, and begin on the same."""
        extents = {extent(BITMAPS(character + size)) for character in set(string.ascii_uppercase) - {"Q", "J"}}
        assert len(extents) == 1

    @pytest.mark.parametrize("size", SIZES)
    def test_zero_is_empty_inside(self, size: str) -> None:
        """No slash and no dot: nothing interrupts the hole within its outline."""
        rows = BITMAPS("0" + size)
        top, bottom = extent(rows)
        holes = [row.strip(".").strip("#") for row in rows[top : bottom + 1]]
        inside = [hole for hole in holes if hole]
        assert len(inside) >= len(holes) - 4
        assert all(set(hole) == {"."} for hole in inside)

    def test_han_characters_are_boxes_of_sixteen(self) -> None:
        assert {len(BITMAPS(character)[0]) for character in HAN} == {16}

    def test_no_two_characters_look_alike(self) -> None:
        for size in SIZES:
            drawn = [BITMAPS(character + size) for character in string.ascii_uppercase + string.digits]
            assert len(set(drawn)) == len(drawn)

    @pytest.mark.parametrize(
        ("text", "height"),
        [
            *(
                (text, 8)
                for text in (
                    "骗局",
                    "真的",
                    "等一夜",
                    "还在吗",
                    "请稍等",
                    "按 1",
                    "没事",
                    "好",
                    "换人",
                    "谢谢",
                )
            ),
            *((text, 7) for text in ("SCAM", "REAL", "ASK", "HELLO?", "PRESS 1", "WAIT", "110", "96110", "12345")),
        ],
    )
    def test_what_is_drawn_fits_the_narrowest_screen(self, text: str, height: int) -> None:
        """56 columns less a margin of one on each side."""
        assert len(draw(text, BITMAPS, 54)) == height

    @pytest.mark.parametrize("number", ["110", "96110", "12345"])
    def test_numbers_fit_beside_what_they_are_for(self, number: str) -> None:
        """In the 38 columns that the help screen leaves, and two of them one above the other."""
        assert len(draw(number, BITMAPS, 38)) == 7
        assert len(draw(number, BITMAPS, 38, rows=5)) == 5

    def test_widest_number_of_five_digits_fits_beside_it_too(self) -> None:
        assert len(draw("00000", BITMAPS, 38, rows=5)) == 5

    @pytest.mark.parametrize("word", ["SCAM", "REAL"])
    def test_two_answers_fit_one_above_the_other(self, word: str) -> None:
        assert len(draw(word, BITMAPS, 44, rows=5)) == 5

    @given(
        st.text(alphabet=HAN + string.ascii_letters + string.digits + MARKS + " ", max_size=10),
        st.integers(0, 80),
    )
    def test_never_wider_than_asked_for(self, text: str, columns: int) -> None:
        drawn = draw(text, BITMAPS, columns)
        assert len(drawn) <= ROWS
        assert all(len(row) <= columns for row in drawn)

    def test_licences_lie_beside_the_bitmaps(self) -> None:
        folder = Path(kiosk.adapters.glyphs.__file__).parent
        assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "LICENSE-unifont.txt").read_text(encoding="utf-8")
        assert "Adobe Systems Incorporated" in (folder / "LICENSE-adobe.txt").read_text(encoding="utf-8")


def extent(rows: tuple[str, ...]) -> tuple[int, int]:
    """The first and the last row with ink."""
    inked = [at for at, row in enumerate(rows) if "#" in row]
    return inked[0], inked[-1]
