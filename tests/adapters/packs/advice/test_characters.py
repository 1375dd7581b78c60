"""Advice on packs in traditional characters: what a pack in simplified ones is told, and each thing once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.packs import conversion
from kiosk.adapters.packs.check import check_pack
from kiosk.adapters.packs.conversion import convert
from kiosk.core.problems import Problem, Severity
from kiosk.ports import Words
from tests.adapters.packs.sample import ONE, TODAY, spoil, write_pack

TITLE = "孙子出事要现金"
FAULTS = {
    TITLE: "骗子要现金",
    "座机响了，那头哭着叫奶奶。": "有个骗局，邻居上当被骗。",
    "他说打伤了同学，人在派出所。": "正规的人来了，你是冒充的。",
    "“千万别告诉我爸妈。”": "他说这事千万别告诉家里的爸爸和妈妈",
    "“准备两万现金，有人上门来取。”": "把钱转到“安全账户”里。",
    "打孙子手机里存的号码": "打孙子手机里存的那个老号码问问",
    "孙子接了：“我在上课，没出事。”": f"孙子没事。\n    say: {{zh: {'没事，' * 30}}}",
    "挂断，打存好的号码，再告诉家人。": "先核实资质，按刑法处罚，利率两分，年化百分之四。",
}
"""By a text of the sample: one that the checker says something about."""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def warned(pack: Path, words: Words) -> list[Problem]:
    problems = check_pack(pack, TODAY, words).problems
    assert not [str(problem) for problem in problems if problem.severity is Severity.ERROR]
    return [problem for problem in problems if problem.severity is Severity.WARNING]


def spoil_all(pack: Path) -> None:
    for old, new in FAULTS.items():
        spoil(pack, ONE, f"zh: {old}\n", f"zh: {new}\n")


def write_in_traditional(pack: Path) -> None:
    """The same pack, in traditional characters alone."""
    for file in pack.rglob("*.yaml"):
        made = "\n".join(convert(file.read_text("utf-8").split("\n"), "zh-Hant"))
        file.write_text(made.replace(" zh:", " zh-Hant:").replace("{zh:", "{zh-Hant:").replace("[zh,", "[zh-Hant,")
                        .replace("text: zh,", "text: zh-Hant,"), "utf-8")  # fmt: skip


def test_traditional_characters_alone_are_told_what_simplified_ones_are(pack: Path, words: Words) -> None:
    """At the texts that were written, in the characters in which they stand there."""
    spoil_all(pack)
    simplified = warned(pack, words)
    write_in_traditional(pack)
    traditional = warned(pack, words)
    assert {problem.code for problem in simplified} == {
        *("names-the-verdict", "not-polite", "wording", "long-breath", "scare-quotes", "right-is-longest"),
        *("not-plain", "volatile-fact", "long-to-hear"),
    }
    assert [(each.line, each.code) for each in traditional] == [(each.line, each.code) for each in simplified]
    lines = (pack / ONE).read_text("utf-8").splitlines()
    for problem in traditional:
        assert lines[problem.line - 1][: problem.column - 1].strip(" -") == "zh-Hant:"
    messages = " ".join(problem.message for problem in traditional)
    assert "'騙局' gives the verdict away" in messages
    assert "'核實' is office language" in messages


def test_a_pack_that_names_both_is_told_everything_once(pack: Path, words: Words) -> None:
    spoil_all(pack)
    alone = warned(pack, words)
    spoil(pack, "pack.yaml", "[zh, en]", "[zh, zh-Hant, en]")
    assert warned(pack, words) == alone


@pytest.mark.parametrize("named", ["[zh, en]", "[zh, zh-Hant, en]", "[zh-Hant, en]"])
def test_own_words_are_looked_at_and_told_where_they_stand(pack: Path, words: Words, named: str) -> None:
    """Whichever of the two the pack names."""
    spoil(pack, "pack.yaml", "languages: [zh, en]", f"languages: {named}")
    if named == "[zh-Hant, en]":
        write_in_traditional(pack)
        spoil(pack, ONE, "zh-Hant: 孫子出事要現金\n", f"zh: {TITLE}\n  zh-Hant: 騙子要現鈔，先核實\n")
    else:
        spoil(pack, ONE, f"zh: {TITLE}\n", f"zh: {TITLE}\n  zh-Hant: 騙子要現鈔，先核實\n")
    assert sorted((each.line, each.column, each.code, each.message[:4]) for each in warned(pack, words)) == [
        (8, 12, "names-the-verdict", "'騙子'"),
        (8, 12, "not-plain", "'核實'"),
    ]


def test_the_same_fault_in_own_words_is_told_of_both(pack: Path, words: Words) -> None:
    spoil(pack, ONE, "zh: “千万别告诉我爸妈。”\n", "zh: 骗局，你别说。\n    zh-Hant: 騙局，你別講。\n")
    problems = warned(pack, words)
    assert sorted((each.line, each.code) for each in problems) == [
        *((14, "names-the-verdict"), (14, "not-polite")),
        *((15, "names-the-verdict"), (15, "not-polite")),
    ]


def test_the_same_words_written_in_both_are_told_once(pack: Path, words: Words) -> None:
    """Quotation marks and numbers to fill in make no other words."""
    text = "骗局{help:110}，“你”上当，先核实"
    traditional = convert([text.replace("“", "「").replace("”", "」")], "zh-Hant")[0]
    for written in (f'zh: "{text}"\n    zh-Hant: "{traditional}"', f'zh-Hant: "{traditional}"\n    zh: "{text}"'):
        again = write_pack(pack / "again")
        spoil(again, ONE, "zh: “千万别告诉我爸妈。”\n", f"{written}\n")
        lines = (again / ONE).read_text("utf-8").splitlines()
        problems = warned(again, words)
        assert sorted(each.code for each in problems) == ["names-the-verdict", "not-plain"]
        assert {lines[each.line - 1].strip(" -")[:3] for each in problems} == {"zh:"}


def test_what_is_said_of_the_one_alone_is_breathed_and_heard(pack: Path, words: Words) -> None:
    long = "长" * 20
    spoil(pack, ONE, "zh: “千万别告诉我爸妈。”\n", f"zh: “千万别告诉我爸妈。”\n    say: {{zh-Hant: {long}}}\n")
    (problem,) = warned(pack, words)
    assert (problem.line, problem.code) == (14, "long-breath")
    spoil(pack, ONE, long, "没事，" * 30)
    (problem,) = warned(pack, words)
    assert (problem.line, problem.code) == (14, "long-to-hear")
    assert "in 'zh-Hant'" in problem.message


def test_without_opencc_traditional_characters_are_checked_as_far_as_they_are_known(
    pack: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What needs no words is told all the same, and nothing fails."""

    def missing(_: str) -> None:
        raise ImportError

    spoil_all(pack)
    write_in_traditional(pack)
    monkeypatch.setattr(conversion, "_converter", missing)
    assert {problem.code for problem in warned(pack, words)} >= {"long-breath", "right-is-longest", "not-polite"}
