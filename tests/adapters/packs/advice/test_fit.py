"""Whether pages fit the smallest screen: by the real pages and the real layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk import wiring
from kiosk.adapters.packs import limits
from kiosk.adapters.packs.advice import fit
from kiosk.adapters.packs.limits import Limit, excess
from kiosk.core.layout import SMALLEST, break_lines, lay_out
from kiosk.core.repertoire import screens
from kiosk.ports import Words
from tests.adapters.packs.advice.told import told
from tests.adapters.packs.sample import ONE, TODAY, spoil, write_pack

BESIDE_THE_CAP = SMALLEST[0] - 2 - len("[1] ")
"""Cells of a choice's or a line's row."""
STRETCHED = {
    "声音能造假。要保密、要现金，就挂断打回去。": 40,
    "挂断，打存好的号码，再告诉家人。": 28,
    "同样是家里人要钱：不许问的是骗局，请您问的是真的。": 40,
    "那头还是他们的人。": 28,
    "孙子接了：“我在上课，没出事。”": 28,
}
"""Texts of a case, and how many characters they may have."""


class Wordy:
    """The interface in which one message is followed by many words, as another language might have it."""

    def __init__(self, words: Words, message: str, more: int) -> None:
        self._words = words
        self._message = message
        self._more = more
        self.languages = words.languages

    def write(self, language: str, message: str, **values: object) -> str:
        return self._words.write(language, message, **values) + "长" * self._more * (message == self._message)

    def say(self, language: str, message: str, **values: object) -> str:
        return self._words.say(language, message, **values)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def test_what_keeps_to_the_limits_fits(pack: Path, words: Words) -> None:
    """Texts as long as they may be, and no page has to be turned over."""
    for text, most in STRETCHED.items():
        spoil(pack, ONE, text, "长，" * (most // 2))
    assert told(pack, words, "turned-over") == []


@pytest.mark.parametrize(
    ("message", "more", "screen", "care"),
    [
        ("do-label", 22, "why", "[3, 4]"),
        ("ask-rule", 250, "asked", "[3, 4]"),
        ("see-question", 250, "see", "[3, 4]"),
        ("seen-other", 250, "seen", "[4]"),
        ("seen-other-many", 250, "seen", "[3, 4]"),
        ("seen-none", 250, "seen", "[4]"),
    ],
)
def test_a_page_that_has_to_be_turned_over_is_told_at_its_longest_text(
    pack: Path, words: Words, message: str, more: int, screen: str, care: str
) -> None:
    """Where the kiosk's own words leave too little room for a case's, whatever lines need care in it."""
    spoil(pack, ONE, "lines: [3, 4]", f"lines: {care}")
    told_of = [
        found for found in told(pack, Wordy(words, message, more), "turned-over") if found.path == str(pack / ONE)
    ]
    assert told_of
    assert all(f"the screen '{screen}' has to be turned over" in found.message for found in told_of)
    for found in told_of:
        line = (pack / ONE).read_text("utf-8").splitlines()[found.line - 1]
        assert line.lstrip(" -").startswith("zh:" if "'zh'" in found.message else "en:")


def test_a_page_without_much_of_the_kiosk_fits_all_the_same(pack: Path, words: Words) -> None:
    """What stands on no page of a case makes none longer."""
    assert told(pack, Wordy(words, "goodbye", 250), "turned-over") == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_longest_of_all_takes_the_rows_of_each(words: Words, language: str) -> None:
    """A page of the longest texts of the library is never shorter than the same page of a case with its own."""
    found = wiring.read_packs([wiring.shipped("content") / "elder-fraud"], TODAY)
    items = [*found.items.values()]
    most: dict[str, int] = {}
    catalogue = found.catalogue._replace(entries=fit._INDEX)
    for worst in fit._worst(items, language):
        for page in screens(worst, catalogue, words, language):
            most[page.name] = max(most.get(page.name, 0), rows(page))
    for item in items:
        for page in screens(item, found.catalogue, words, language):
            assert rows(page) <= most[page.name], (item.id, page.name)


@pytest.mark.parametrize(
    "text",
    ["a" * 36, " ".join(["a" * 21] * 3), " ".join(["a" * 14] * 12), "长，" * 31, "一二三四五" * 20],
    ids=["one row", "three words", "long words", "marks", "Han"],
)
@pytest.mark.parametrize("room", range(fit._NARROW, SMALLEST[0] + 1))
def test_as_many_cells_of_han_take_at_least_the_rows_of_a_text(text: str, room: int) -> None:
    """Whatever each line leaves free because a word, or a character with its mark, doesn't fit there any more."""
    han = "国" * ((fit._cells(text) + 1) // 2)
    assert len(break_lines(han, room, cell_len)) >= len(break_lines(text, room, cell_len))


def test_a_short_text_is_as_wide_as_it_is() -> None:
    """It takes one row wherever it stands, so that no page is thought to be longer than it is."""
    assert fit._cells("a" * 36) == 36
    assert fit._cells("长" * 18) == 36


def rows(page: object) -> int:
    """Rows that the texts of a page take, without the blank ones between them."""
    sheet = lay_out(page, SMALLEST[0], 99, cell_len, lambda _: ("########",) * 16)  # type: ignore[arg-type]
    return sum(any(span.text.strip() for span in row) for row in sheet.rows)


@pytest.mark.parametrize("limit", [limits.SCENE_LINE, limits.CHOICE], ids=["scene line", "choice"])
@given(text=st.text("长一二，。“”、a b0-!", min_size=1, max_size=60).filter(lambda text: text.strip() == text))
def test_a_line_or_a_choice_within_its_limit_takes_one_row(limit: Limit, text: str) -> None:
    """Whatever signs it is made of: that is why there is no rule for a line of two rows."""
    if not excess(text, limit):
        assert len(break_lines(text, BESIDE_THE_CAP, cell_len)) == 1
