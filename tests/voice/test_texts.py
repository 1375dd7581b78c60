"""Texts on their way to the engine: cut into pieces that it can pronounce."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice.pieces import MOST, clean, pieces


@given(st.text(max_size=600))
def test_pieces_are_short_and_hold_every_letter_of_the_text(text: str) -> None:
    found = pieces(text)
    letters = [character for character in clean(text) if character.isalnum()]
    assert all(0 < len(piece) <= MOST for piece in found)
    assert [character for piece in found for character in piece if character.isalnum()] == letters


@given(st.text(alphabet=st.characters(codec=None), max_size=50))
def test_a_clean_text_can_be_encoded_and_holds_no_control_characters(text: str) -> None:
    assert clean(text).encode().isascii() or clean(text).isprintable()
    assert "\x00" not in clean(text)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("好。坏。", 100, ["好。坏。"]),
        ("今天好。明天也好。后天呢？", 9, ["今天好。明天也好。", "后天呢？"]),
        ("今天很好，明天也很好", 7, ["今天很好，", "明天也很好"]),
        ("It costs 3.50 now. Pay later.", 20, ["It costs 3.50 now.", "Pay later."]),
        ("20,000 yuan in cash", 8, ["20,000", "yuan in", "cash"]),
        ("这是一个没有标点的长句子", 5, ["这是一个没", "有标点的长", "句子"]),
        ("……", 100, []),
        ("", 100, []),
        ("a\x00b\ud800c", 100, ["a b c"]),
    ],
)
def test_a_text_is_cut_where_a_reader_breathes(text: str, most: int, expected: list[str]) -> None:
    assert pieces(text, most) == expected
