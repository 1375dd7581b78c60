"""Advice on slips of the keyboard, and on what was translated in part."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.packs.advice.library import Column, Passage, Sort
from kiosk.adapters.packs.advice.marks import _UNPAIRED, check_marks, odd_quote
from kiosk.core.items import Text
from kiosk.ports import Words
from tests.adapters.packs.advice.told import told
from tests.adapters.packs.sample import ONE, spoil, write_pack

ZH = "“千万别告诉我爸妈。”"
EN = "“Please, do not tell Mum and Dad.”"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


@pytest.mark.parametrize(
    ("text", "new", "code", "message"),
    [
        (EN, "“点开链接。”", "other-language", "is in Chinese characters"),
        (ZH, "“Open the link.”", "other-language", "has no Chinese characters"),
        (ZH, "他说,千万别告诉我爸妈.", "odd-marks", "',' is a half-width mark"),
        (ZH, "“千万别告诉我爸妈。”?", "odd-marks", "'?' is a half-width mark"),
        (ZH, "“千万别告诉我爸妈。", "odd-marks", "“ is never closed"),
        (ZH, "千万别告诉我爸妈。”", "odd-marks", "” closes nothing"),
        (ZH, "”千万别告诉我爸妈。“", "odd-marks", "” closes nothing"),
        (EN, "“Do not “tell Mum.”", "odd-marks", "“ stands where ” should close “"),
    ],
)
def test_a_slip_is_told_at_its_text(pack: Path, words: Words, text: str, new: str, code: str, message: str) -> None:
    spoil(pack, ONE, text, f"'{new}'")
    (problem,) = told(pack, words, code)
    assert message in problem.message
    assert new in (pack / ONE).read_text("utf-8").splitlines()[problem.line - 1]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (ZH, "他说：“打110。”又说：“快。”"),
        (ZH, "AI声音，3.5元，App里有。"),
        (EN, "“Press 骗 here,” he says. “Now.”"),
        (EN, "1,000!"),
        (ZH, "110！"),
    ],
)
def test_what_is_no_slip_is_left_alone(pack: Path, words: Words, text: str, new: str) -> None:
    spoil(pack, ONE, text, f"'{new}'")
    assert told(pack, words, "other-language") == []
    assert told(pack, words, "odd-marks") == []


@pytest.mark.parametrize(
    ("language", "text"), [("yue", "打返去，问清楚。"), ("de", "Er ruft: „Komm!“"), ("ja", "電話を切る。")]
)
def test_languages_whose_marks_and_script_are_not_known_are_left_alone(language: str, text: str) -> None:
    """Others close with “, or are written in Han as well."""

    class Told:
        def warn(self, *told: object) -> None:
            pytest.fail(f"told {told}")

    column = Column([Passage("x", "x", "do", Sort.WHY, Text({language: text}))], language)
    check_marks(column, Told())  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(["好", "“", "”", "「", "」"]), max_size=8))
def test_marks_are_odd_unless_each_is_closed_by_its_own_before_another_opens(signs: list[str]) -> None:
    text = "".join(signs)
    left = text.replace("好", "")
    while any(pair in left for pair in ("“”", "「」")):
        left = left.replace("“”", "", 1).replace("「」", "", 1)
    nested = any(inner in text.replace("好", "") for inner in ("““", "“「", "「「", "「“"))
    assert bool(odd_quote(text)) == bool(left or nested)
    assert bool(text and _UNPAIRED.search(text)) == bool(left or nested)


def test_a_case_that_was_translated_in_part_is_told_once_with_what_it_lacks(pack: Path, words: Words) -> None:
    path = pack / ONE
    lines = [line for line in path.read_text("utf-8").splitlines() if "Please, do not tell" not in line]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    (problem,) = told(pack, words, "half-translated")
    assert problem.message.startswith("1 of ")
    assert "texts of 'fraud-3' not in 'en': where 'en' is offered, neither it" in problem.message
    assert ZH in lines[problem.line - 1]


def test_a_case_in_one_language_alone_is_no_half_work(pack: Path, words: Words) -> None:
    """It is offered where only that one is."""
    path = pack / ONE
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.lstrip(" -").startswith("en:")]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert told(pack, words, "half-translated") == []
