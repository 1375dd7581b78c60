"""YAML's traps meet editors in ordinary sentences, each with the line as it should be; nothing is dropped silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.items import Scenario
from kiosk.core.problems import Problem, Severity
from tests.adapters.packs.sample import ONE, check, codes, found, shown, spoil, write_pack

DO_ZH = "  zh: 挂断，打存好的号码，再告诉家人。\n"
DO_EN = "  en: Hang up. Ring the saved number. Tell the family.\n"
ZH_LINE, EN_LINE = 43, 44
DO = f"do:\n{DO_ZH}{DO_EN}"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def only(pack: Path) -> Problem:
    """The one problem of the spoiled scenario."""
    problems = found(pack, ONE)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def as_it_should_be(problem: Problem) -> str:
    assert problem.hint.startswith("write: "), problem
    return problem.hint.removeprefix("write: ").partition("; or ")[0]


@pytest.mark.parametrize(
    ("line", "code", "should_be"),
    [
        ("  en: He thought: what now\n", "colon-in-text", 'en: "He thought: what now"'),
        ('  en: He said: "Stop it"\n', "colon-in-text", 'en: "He said: “Stop it”"'),
        ("  en: “He thought: what now”\n", "colon-in-text", 'en: "“He thought: what now”"'),
        ("  en: Look:\n", "colon-in-text", 'en: "Look:"'),
        ("  en: Press #1 then\n", "comment-in-text", 'en: "Press #1 then"'),
        ("  en: #1 is the key\n", "comment-in-text", 'en: "#1 is the key"'),
        ("  en:Hang up\n", "space-after-colon", "en: Hang up"),
        ("  en：Hang up\n", "wide-colon", "en: Hang up"),
        ("  en： Hang up\n", "wide-colon", "en: Hang up"),
        ("  en:\u3000Hang up\n", "wide-space", "en: Hang up"),
        ('  en: "Stop," he said\n', "quotes-in-text", 'en: "“Stop,” he said"'),
        ("  en: 'Don't do it'\n", "quotes-in-text", 'en: "Don\'t do it"'),
        ('  en: "Hang up\n', "quotes-in-text", 'en: "Hang up"'),
        ("  en: *fine\n", "alias", 'en: "*fine"'),
        ("  en: !important\n", "tag", 'en: "!important"'),
        ("  en: &c\n", "anchor", 'en: "&c"'),
        ("  en: @home\n", "special-start", 'en: "@home"'),
        ("  en: - a dash\n", "special-start", 'en: "- a dash"'),
        ("  en: [Enter] goes on\n", "special-start", 'en: "[Enter] goes on"'),
        ("  en: {help:110} first\n", "special-start", 'en: "{help:110} first"'),
        ("  en: > 5 people\n", "special-start", 'en: "> 5 people"'),
        ("  en: ? really\n", "special-start", 'en: "? really"'),
    ],
)
def test_a_line_is_answered_with_the_line_as_it_should_be(pack: Path, line: str, code: str, should_be: str) -> None:
    spoil(pack, ONE, DO_EN, line)
    problem = only(pack)
    assert problem.code == code
    assert problem.severity is Severity.ERROR
    assert as_it_should_be(problem) == should_be
    assert problem.line == EN_LINE
    assert "fraud-3" not in shown(pack)
    spoil(pack, ONE, line, f"  {should_be}\n")
    assert [problem for problem in found(pack, ONE) if problem.severity is Severity.ERROR] == []
    assert "fraud-3" in shown(pack)


@pytest.mark.parametrize(
    ("line", "code", "should_be"),
    [
        ("  zh:挂断\n", "space-after-colon", "zh: 挂断"),
        ("  zh：挂断\n", "wide-colon", "zh: 挂断"),
        ("  zh: 拨 #键\n", "comment-in-text", 'zh: "拨 #键"'),
        ("  zh: *号键\n", "special-start", 'zh: "*号键"'),
        ('  zh: "拨{help:110}"，马上\n', "quotes-in-text", 'zh: "“拨{help:110}”，马上"'),
    ],
)
def test_a_line_that_swallows_the_next_is_found_itself(pack: Path, line: str, code: str, should_be: str) -> None:
    spoil(pack, ONE, DO_ZH, line)
    problem = only(pack)
    assert (problem.code, problem.line, as_it_should_be(problem)) == (code, ZH_LINE, should_be)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("do: {zh: 挂断, en: Hang up, then ring}\n", "comma-in-text"),
        ("do: {zh: 挂断, en: Stop, look: listen}\n", "comma-in-text"),
        ("do: {zh: 挂断, en: He thought: what}\n", "colon-in-text"),
        ("do: {zh:挂断, en: Hang up}\n", "space-after-colon"),
        ("do: {zh：挂断, en: Hang up}\n", "wide-colon"),
        ("do: {zh: 挂断，en: Hang up}\n", "wide-comma"),
        ("do: ｛zh: 挂断, en: Hang up｝\n", "wide-brackets"),
        ("do: {zh: 打{help:110}, en: Hang up}\n", "special-start"),
        ('do: {zh: "挂断, en: "Hang up"}\n', "lost-quote"),
        ('do: {zh: "挂断", en: "Hang up}\n', "lost-quote"),
        ('do: {zh: "挂断, 再打, en: Hang up}\n', "lost-quote"),
        ('do: {zh: 挂断", en: "Hang up"}\n', "lost-quote"),
        ('do: {zh: 挂断", en: Hang up"}\n', "lost-quote"),
        ('do: {zh: 挂断, en: Hang up, then ring"}\n', "lost-quote"),
        ("do: {zh: 拨 #键, en: Hang up}\n", "comment-in-text"),
    ],
)
def test_a_one_line_mapping_is_put_into_quotes(pack: Path, line: str, code: str) -> None:
    spoil(pack, ONE, DO, line)
    problem = only(pack)
    assert problem.code == code
    spoil(pack, ONE, line, as_it_should_be(problem) + "\n")
    assert found(pack, ONE) == []


@pytest.mark.parametrize(
    ("line", "should_be"),
    [
        ('  zh: 侄子出事要现金"\n', 'zh: "侄子出事要现金"'),
        ('  zh: 他说“走”，要现金"   # 注\n', 'zh: "他说“走”，要现金"   # 注'),
        ('  zh: 他说"走"，要现金"\n', 'zh: "他说“走”，要现金"'),
        ('  zh: 他说："要现金\n', 'zh: "他说：“要现金”"'),
        ('  zh: 侄子出事\n    要现金"\n', '"侄子出事要现金"'),
        ('  zh: 他说: 要现金"\n', 'zh: "他说: 要现金"'),
    ],
)
def test_a_quotation_mark_without_its_pair_is_an_error(pack: Path, line: str, should_be: str) -> None:
    spoil(pack, ONE, DO_ZH, line)
    problem = next(problem for problem in found(pack, ONE) if problem.severity is Severity.ERROR)
    assert (problem.code, problem.line) == ("colon-in-text" if ": 要" in line else "lost-quote", ZH_LINE)
    assert "comment-in-text" not in codes(found(pack, ONE))
    assert as_it_should_be(problem) == should_be
    assert "fraud-3" not in shown(pack)


@pytest.mark.parametrize(
    "line",
    ['  zh: 他说"走"就走\n', '  zh: 要说"走"\n', '  zh: “"走"”，"走"\n', "  zh: '侄子\"要'\n", '  zh: "侄子"  # "\n'],
)
def test_pairs_of_straight_quotation_marks_are_allowed(pack: Path, line: str) -> None:
    spoil(pack, ONE, DO_ZH, line)
    assert found(pack, ONE) == []


def test_the_text_that_a_comma_cuts_off_is_kept_in_the_hint(pack: Path) -> None:
    spoil(pack, ONE, DO, "do: {zh: 挂断, en: Hang up, then ring}\n")
    assert as_it_should_be(only(pack)) == 'do: {zh: "挂断", en: "Hang up, then ring"}'


def test_a_comma_in_a_nested_mapping_is_found(pack: Path) -> None:
    old = "{id: secrecy, name: {zh: 要求保密, en: Demands secrecy}}"
    spoil(pack, "taxonomy.yaml", old, "{id: secrecy, name: {zh: 要求保密, en: Secrecy, always}}")
    problem = found(pack, "taxonomy.yaml")[0]
    assert problem.code == "comma-in-text"
    assert as_it_should_be(problem) == '- {id: secrecy, name: {zh: "要求保密", en: "Secrecy, always"}}'


@pytest.mark.parametrize(
    ("old", "new", "should_be"),
    [
        ("  lines: [3, 4]\n", "  lines: ［3，4］\n", "lines: [3, 4]"),
        ("  lines: [3, 4]\n", "  lines: [３、４]\n", "lines: [3, 4]"),
        ("  flags: [secrecy, cash-pickup]\n", "  flags: [secrecy，cash-pickup]\n", "flags: [secrecy, cash-pickup]"),
    ],
)
def test_full_width_lists_are_put_right(pack: Path, old: str, new: str, should_be: str) -> None:
    spoil(pack, ONE, old, new)
    problem = found(pack, ONE)[0]
    assert problem.code == "wide-brackets"
    assert as_it_should_be(problem) == should_be


@pytest.mark.parametrize(
    ("new", "spaces"), [("\tzh: 挂断\n", 2), ("\u3000\u3000zh: 挂断\n", 2), ("\u3000zh: 挂断\n", 2)]
)
def test_tabs_and_wide_spaces_before_a_line_are_counted_out(pack: Path, new: str, spaces: int) -> None:
    spoil(pack, ONE, DO_ZH, new)
    problem = found(pack, ONE)[0]
    assert problem.code in ("tab", "wide-space")
    assert problem.hint == f"begin the line with {spaces} ordinary spaces: zh: 挂断"
    assert "fraud-3" not in shown(pack)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("  zh: 挂断\t再打\n", "tab"),
        ("  zh: 挂断\u3000再打\n", "wide-space"),
        ("  zh: ＂挂断再打＂\n", "wide-quotes"),
    ],
)
def test_odd_letters_inside_a_text_are_a_warning(pack: Path, new: str, code: str) -> None:
    spoil(pack, ONE, DO_ZH, new)
    problem = only(pack)
    assert (problem.code, problem.severity) == (code, Severity.WARNING)
    assert as_it_should_be(problem) in ("zh: 挂断 再打", 'zh: "挂断再打"')
    assert "fraud-3" in shown(pack)


@pytest.mark.parametrize(
    ("folded", "language", "joined"),
    [
        ("  zh: 挂断，打存好的号码，\n    再告诉家人。\n", "zh", "挂断，打存好的号码，再告诉家人。"),
        ("  zh: 挂断\n    “再打”。\n", "zh", "挂断“再打”。"),
        ("  zh: >\n    挂断，\n    再打。\n", "zh", "挂断，再打。"),
        ('  zh: "挂断，\n    再打。"\n', "zh", "挂断，再打。"),
        ("  zh: 拨\n    110\n", "zh", "拨 110"),
        ("  zh: 挂断\n\n    再打\n", "zh", "挂断再打"),
    ],
)
def test_a_folded_text_is_one_text_and_a_warning(pack: Path, folded: str, language: str, joined: str) -> None:
    spoil(pack, ONE, DO_ZH, folded)
    problems = [problem for problem in found(pack, ONE) if problem.code != "volatile-fact"]
    assert codes(problems) == ["folded-text"]
    assert f'write "{joined}"' in problems[0].hint
    item = check(pack).items["sample/fraud-3"]
    assert isinstance(item, Scenario)
    assert item.do.written[language] == joined


def test_a_folded_english_text_keeps_its_space(pack: Path) -> None:
    spoil(pack, ONE, DO_EN, "  en: Hang up. Ring the saved number.\n    Tell the family.\n")
    item = check(pack).items["sample/fraud-3"]
    assert isinstance(item, Scenario)
    assert item.do.written["en"] == "Hang up. Ring the saved number. Tell the family."


def test_a_key_that_became_part_of_a_text_is_not_called_folded(pack: Path) -> None:
    spoil(pack, ONE, DO, "do:\n  zh: 挂断\n    en：Hang up\n")
    assert "wide-colon" in codes(found(pack, ONE))
    assert "fraud-3" not in shown(pack)


def test_a_backslash_in_double_quotes_is_refused(pack: Path) -> None:
    spoil(pack, ONE, DO_EN, '  en: "Say \\"no\\"."\n')
    problem = only(pack)
    assert problem.code == "backslash"
    assert "“no”" in problem.hint
    spoil(pack, ONE, '  en: "Say \\"no\\"."\n', '  en: "a\\qb"\n')
    assert only(pack).code == "backslash"


def test_a_comment_beside_a_word_of_the_format_is_nobodys_business(pack: Path) -> None:
    spoil(pack, ONE, "level: 2\n", "level: 2                 # a real-looking surface\n")
    spoil(pack, ONE, "do:\n", "# told after the verdict\ndo:   # here\n")
    spoil(pack, ONE, DO_EN, '  en: "Hang up."   # short\n')
    assert found(pack) == []


def test_every_wrong_line_is_found_in_one_run(pack: Path) -> None:
    spoil(pack, ONE, DO_ZH, "  zh:挂断\n")
    spoil(pack, ONE, "  zh: 孙子出事要现金\n", "  zh：孙子\n")
    spoil(pack, ONE, "  en: A voice can be faked.", "  en: So: a voice can be faked.")
    spoil(pack, ONE, "  - zh: 他说打伤了同学，人在派出所。\n", "  -zh: 他说打伤了同学\n")
    spoil(pack, ONE, "chan" + "nel: phone", "chanel: phone")
    problems = found(pack, ONE)
    assert codes(problems) == ["unknown-key", "wide-colon", "dash", "colon-in-text", "space-after-colon"]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert problems[0].hint == "did you mean 'channel'?"


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("do: {zh: 挂断, en: Hang up\n", "isn't closed"),
        ("do:\n    zh: 挂断\n  en: Hang up\n", "indent"),
        ("do:\n  zh: 挂断\n   en: Hang up\n", "indented too far"),
        ("do\n", "colon"),
    ],
)
def test_what_no_repair_helps_is_said_in_a_sentence(pack: Path, new: str, words: str) -> None:
    spoil(pack, ONE, DO, new)
    problem = only(pack)
    assert problem.code == "syntax"
    assert words in problem.message
    assert problem.line in range(ZH_LINE - 1, EN_LINE + 2)
