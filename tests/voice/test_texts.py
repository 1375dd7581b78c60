"""Texts on their way to the engine: cut into pieces that it can pronounce."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice.pieces import MOST, Piece, clean, pause_at, pieces


@given(st.text(max_size=600))
def test_pieces_are_short_and_hold_every_letter_of_the_text(text: str) -> None:
    found = pieces(text)
    letters = [character for character in clean(text) if character.isalnum()]
    assert all(0 < len(piece.text) <= MOST for piece in found)
    assert [character for piece in found for character in piece.text if character.isalnum()] == letters
    assert not found or found[-1].pause == 0


@given(st.text(alphabet=st.characters(codec=None), max_size=50))
def test_a_clean_text_can_be_encoded_and_holds_no_control_characters(text: str) -> None:
    assert clean(text).encode().isascii() or clean(text).isprintable()
    assert "\x00" not in clean(text)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("好。坏。", 100, [("好。", 0.5), ("坏。", 0)]),
        ("今天好，明天也好。后天呢？", 100, [("今天好，", 0.4), ("明天也好。", 0.5), ("后天呢？", 0)]),
        ("他说：“别告诉人！”您问谁？", 100, [("他说：", 0.4), ("“别告诉人！”", 0.5), ("您问谁？", 0)]),
        ("煤气、水、电都查", 100, [("煤气、水、电都查", 0)]),
        ("煤气、水、电都查", 4, [("煤气、", 0), ("水、", 0), ("电都查", 0)]),
        (
            "It costs 3.50 now. Pay later, if at all.",
            100,
            [("It costs 3.50 now.", 0.5), ("Pay later,", 0.4), ("if at all.", 0)],
        ),
        ("“Now!” she said.", 100, [("“Now!”", 0.5), ("she said.", 0)]),
        ("20,000 yuan in cash", 8, [("20,000", 0), ("yuan in", 0), ("cash", 0)]),
        ("这是一个没有标点的长句子", 5, [("这是一个没", 0), ("有标点的长", 0), ("句子", 0)]),
        ("……", 100, []),
        ("", 100, []),
        ("a\x00b\ud800c", 100, [("a b c", 0)]),
    ],
)
def test_a_text_is_cut_where_a_reader_breathes(text: str, most: int, expected: list[tuple[str, float]]) -> None:
    assert pieces(text, most) == expected


def test_pauses_are_shorter_in_faster_speech_and_no_longer_in_slower() -> None:
    assert [pause_at(Piece("好，", 0.4), speed) for speed in (50, 100, 200)] == [0.4, 0.4, 0.2]
