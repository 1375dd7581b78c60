"""What the check finds beyond YAML: each with a code, a place and a hint; a bad item is left out whole."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pytest

from kiosk.adapters.packs.check import check_pack
from kiosk.core.problems import Severity
from tests.adapters.packs.sample import CARD, FILES, ONE, check, codes, found, scenario, shown, spoil, write_pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


ERRORS = [
    # a scenario by itself
    (ONE, "channel: phone", "chanel: phone", "unknown-key", "did you mean 'channel'?"),
    (ONE, "channel: phone\n", "", "missing", ""),
    (ONE, "channel: phone", "channel:", "missing", ""),
    (ONE, "channel: phone", "channel: fax", "unknown-word", "write that channel, or correct the name"),
    (ONE, "channel: phone", "channel: phones", "unknown-word", "did you mean 'phone'?"),
    (ONE, "verdict: fraud", "verdict: fruad", "unknown-word", "did you mean 'fraud'?"),
    (ONE, "fraud_type: voice-clone\n", "", "missing", ""),
    (ONE, "fraud_type: voice-clone", "fraud_type: voice-cloning", "unknown-word", "did you mean 'voice-clone'?"),
    ("scenarios/genuine-3.yaml", "twin:", "fraud_type: refund\ntwin:", "not-here", "delete the line"),
    (
        ONE,
        "flags: [secrecy, cash-pickup]",
        "flags: [secrecy, cash]",
        "unknown-word",
        "write that flag, or correct the name",
    ),
    (ONE, "  flags: [secrecy, cash-pickup]\n", "", "missing", "name what to see in these lines"),
    (ONE, "card: police", "card: polices", "unknown-word", "did you mean 'police'?"),
    (ONE, "level: 2", "level: 4", "unknown-word", ""),
    (ONE, "cue: 4", "cue: 5", "no-such-line", ""),
    (ONE, "cue: 4", "cue: ４", "not-a-number", "write 4"),
    (ONE, "cue: 4", "cue: four", "not-a-number", ""),
    (ONE, "cue: 4", "cue: 0", "not-a-number", ""),
    (ONE, "cue: 4", "cue: 4\ncue: 3", "repeated-key", ""),
    (ONE, "lines: [3, 4]", "lines: [3, 5]", "no-such-line", ""),
    (ONE, "lines: [3, 4]", "lines: []", "too-few", ""),
    (ONE, "right: true", "right: yes", "not-a-flag", "write true"),
    (ONE, "right: true", "right: True", "not-a-flag", "write true"),
    (ONE, "right: true", "right: maybe", "not-a-flag", ""),
    (ONE, "    - right: true\n      text:", "    - text:", "no-right-choice", "write right: true in one"),
    (ONE, "    - text:\n        zh: 拨回", "    - right: true\n      text:\n        zh: 拨回", "two-right-choices", ""),
    (
        ONE,
        "      why:\n        zh: 那头还是他们的人。\n        en: Their own people would answer.\n",
        "",
        "no-why",
        "add why:",
    ),
    (ONE, "constructed: [scene, ask, reply]\n", "", "no-source", "or say in 'constructed' what is invented"),
    (ONE, "constructed: [scene, ask, reply]", "constructed: [scenes]", "unknown-word", "did you mean 'scene'?"),
    (ONE, "reviewed: 2026-11-22", "reviewed: 2026/11/22", "not-a-day", ""),
    (ONE, "reviewed: 2026-11-22", "reviewed: 2026-02-30", "not-a-day", ""),
    (ONE, "reviewed: 2026-11-22", "reviewed: soon", "not-a-day", ""),
    (ONE, "level: 2", "level: 2\nact: [go, hide]", "unknown-word", ""),
    (ONE, "level: 2", "level: 2\nact: [go, go]", "repeated-word", ""),
    (ONE, "do:\n", "do: Hang up\nx:\n", "wrong-shape", 'such as {zh: "Hang up", en: "…"}'),
    (ONE, "title:\n  zh: 孙子出事要现金", "title:\n  zh: [a]", "wrong-shape", ""),
    (ONE, "  zh: 孙子出事要现金", "  cn: 孙子出事要现金", "unknown-key", ""),
    (ONE, "  zh: 孙子出事要现金", "  zh: 孙子出事要现金\n  eng: x", "unknown-key", "did you mean 'en'?"),
    (ONE, "  zh: 孙子出事要现金", "  zh: 孙子出事要{help:119}", "unknown-number", "known are 110, 96110"),
    (ONE, "  zh: 孙子出事要现金", "  zh: 孙子出事{help: 110}", "unknown-number", "write {help:110}"),
    # twins
    (ONE, "twin: genuine-3", "twin: fraud-3", "bad-twin", ""),
    (ONE, "twin: genuine-3", "twin: genuine-4", "unknown-word", "did you mean 'genuine-3'?"),
    (ONE, "twin: genuine-3", "twin: ward", "unknown-word", "write that file, or correct the name"),
    (ONE, "card: police", "card: shop-till", "unknown-word", "write that card, or correct the name"),
    (ONE, "twin: genuine-3", "twin: genuine-2", "bad-twin", ""),
    # a story
    ("stories/coupons.yaml", "fraud_type: refund", "fraud_type: refunds", "unknown-word", "did you mean 'refund'?"),
    ("stories/coupons.yaml", "card: bank", "card: banks", "unknown-word", "did you mean 'bank'?"),
    ("stories/coupons.yaml", "sources: [{title: a report, read: 2026-11-22}]\n", "", "no-source", None),
    ("stories/coupons.yaml", "  compare: {zh", "  comparing: {zh", "unknown-key", "did you mean 'compare'?"),
    ("stories/coupons.yaml", ", why: {zh: 交了就要不回来。, en: It never comes back.}", "", "no-why", "add why:"),
    # facts
    ("facts.yaml", "form: A", "form: C", "unknown-word", ""),
    ("facts.yaml", "card: police", "card: polices", "unknown-word", "did you mean 'police'?"),
    ("facts.yaml", "id: fact-1", "id: police", "repeated-id", ""),
    ("facts.yaml", "  prompt: {zh: 银行会要密码吗？, en: Does a bank ask for your PIN?}\n", "", "missing", ""),
]


@pytest.mark.parametrize(("name", "old", "new", "code", "hint"), ERRORS)
def test_a_mistake_is_an_error_with_a_place_and_leaves_the_item_out(
    pack: Path, name: str, old: str, new: str, code: str, hint: str | None
) -> None:
    before = shown(pack)
    spoil(pack, name, old, new)
    problems = [problem for problem in found(pack, name) if problem.severity is Severity.ERROR]
    assert code in codes(problems), [str(problem) for problem in problems]
    problem = next(problem for problem in problems if problem.code == code)
    assert problem.line > 0
    assert problem.column > 0
    if hint is not None:
        assert problem.hint == hint
    gone = before - shown(pack)
    assert gone
    assert gone <= {"fraud-3", "genuine-3", "coupons", "fact-1", "fact-2"}
    assert check(pack).faults == len(gone)


WARNINGS = [
    (ONE, "  zh: 孙子出事要现金", "  zh: 你家孙子要钱", "not-polite"),
    (ONE, "  - zh: 座机响了", "  - zh: 这是骗局", "names-the-verdict"),
    (ONE, "    en: The phone rings.", "    en: A scam!", "names-the-verdict"),
    (ONE, "        en: Ring the same number back", "        en: It is real", "names-the-verdict"),
    (ONE, "    en: He answers", "    en: It was FAKE", "names-the-verdict"),
    ("baselines.yaml", "  zh: 真的派出所会怎么办", "  zh: 骗子会怎么办", "names-the-verdict"),
    (ONE, "  zh: 孙子出事要现金", "  zh: 正规的派出所", "wording"),
    (ONE, "  en: A grandson needs cash", "  en: A genuine call", "wording"),
    (ONE, "  zh: 挂断，打存好的号码", "  zh: 挂断，打110", "volatile-fact"),
    (ONE, "  en: Hang up. Ring the saved number.", "  en: Hang up. Ring 96110.", "volatile-fact"),
    (ONE, "  zh: 挂断，打存好的号码", "  zh: 退百分之三十", "volatile-fact"),
    (ONE, "  en: Hang up. Ring the saved number.", "  en: You get 30%.", "volatile-fact"),
    (ONE, "  en: Hang up. Ring the saved number.", "  en: You get 30 per cent.", "volatile-fact"),
    (ONE, "  zh: 挂断，打存好的号码", "  zh: 按《反诈法》办", "volatile-fact"),
    ("sayings.yaml", "zh: 声音能造假，挂了打回去。", "zh: 拿不准，打110。", "volatile-fact"),
    (ONE, "lines: [3, 4]", "lines: [1, 3]", "cue-not-seen"),
    (ONE, "    - right: true\n", "    - right: true\n      why: {zh: 对, en: Right}\n", "why-unused"),
    (
        "baselines.yaml",
        "        why:\n          zh: 警察不上门收钱。\n          en: Police do not collect money.\n",
        "",
        "no-why",
    ),
    ("scenarios/genuine-3.yaml", "constructed:", "contrast: {zh: 甲, en: B}\nconstructed:", "repeated-contrast"),
    ("baselines.yaml", "expires: 2027-11-22", "expires: 2026-11-21", "expired"),
    ("baselines.yaml", "expires: 2027-11-22", "expires: 2027-01-21", "expires-soon"),
    ("help.yaml", "expires: 2027-06-30", "expires: 2026-12-01", "expires-soon"),
]


@pytest.mark.parametrize(("name", "old", "new", "code"), WARNINGS)
def test_a_matter_of_wording_or_time_is_a_warning_and_the_item_is_shown(
    pack: Path, name: str, old: str, new: str, code: str
) -> None:
    before = shown(pack)
    spoil(pack, name, old, new)
    problems = found(pack)
    assert codes(problems) == [code]
    assert problems[0].severity is Severity.WARNING
    assert problems[0].line > 0
    assert shown(pack) == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (ONE, "  zh: 孙子出事要现金", "  zh: “你奶奶在吗”"),
        (ONE, "  zh: 声音能造假。", "  zh: 声音是假的。"),
        (ONE, "  en: Voices can be faked.", "  en: It is a scam."),
        (ONE, "  zh: 挂断，打存好的号码", "  zh: 挂断，打{help:110}"),
        (ONE, "准备两万现金", "准备110元现金"),
        (ONE, "  en: Hang up. Ring the saved number.", "  en: It took 1,104 days."),
        ("baselines.yaml", "  zh: 派出所不会派人上门收现金。", "  zh: 《反诈法》说，110不收钱，一分也是100%不收。"),
        ("notices.yaml", "一律先打110问", "30%的人接到过"),
        ("help.yaml", "en: Hang up. Pay nothing more.", "en: Ring 110 at once."),
        (ONE, "    en: The phone rings.", "    en: Anti-fraud week."),
        ("baselines.yaml", "expires: 2027-11-22", "expires: 2027-01-22"),
    ],
)
def test_what_is_allowed_is_not_warned_of(pack: Path, name: str, old: str, new: str) -> None:
    spoil(pack, name, old, new)
    assert found(pack) == []


@pytest.mark.parametrize(
    ("old", "longest", "too_long"),
    [
        ("  zh: 孙子出事要现金", "  zh: " + "孙" * 12, "  zh: " + "孙" * 13),
        ("  en: A grandson needs cash", "  en: " + "x" * 30, "  en: " + "x" * 31),
        ("  - zh: 座机响了，那头哭着叫奶奶。", "  - zh: " + "座" * 24, "  - zh: " + "座" * 24 + "a"),
        ("  - zh: 座机响了，那头哭着叫奶奶。", "  - zh: " + "座a" * 16, "  - zh: " + "座aa" * 13),
        ("        zh: 拨回刚才的号码", "        zh: " + "拨" * 18, "        zh: " + "拨" * 19),
        ("        en: Ring the same number back", "        en: " + "“" * 42, "        en: " + "“" * 43),
        ("        zh: 那头还是他们的人。", "        zh: " + "那" * 28, "        zh: " + "那" * 29),
        ("  zh: 声音能造假。要保密、要现金，就挂断打回去。", "  zh: " + "声" * 40, "  zh: " + "声" * 41),
        ("  en: Voices can be faked. Hang up, ring back.", "  en: " + "v" * 50, "  en: " + "v" * 51),
    ],
)
def test_a_text_may_be_as_long_as_its_row_and_no_longer(pack: Path, old: str, longest: str, too_long: str) -> None:
    spoil(pack, ONE, old, longest)
    assert found(pack, ONE) == []
    spoil(pack, ONE, longest, too_long)
    problems = found(pack, ONE)
    assert codes(problems) == ["too-long"]
    assert re.match("(1 letter|1 character|2 characters) too long: at most", problems[0].message)
    assert "fraud-3" not in shown(pack)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "  - zh: 座机响了，那头哭着叫奶奶。",
            "  - zh: " + "座" * 40,
            "16 characters too long: at most 24 Chinese characters",
        ),
        (
            "  - zh: 座机响了，那头哭着叫奶奶。",
            "  - zh: " + "座" * 24 + "abc",
            "2 characters too long: at most 24 Chinese characters; two letters or digits count as one",
        ),
        ("  en: A grandson needs cash", "  en: " + "x" * 37, "7 letters too long: at most 30 letters"),
    ],
)
def test_a_length_is_said_in_characters_or_letters(pack: Path, old: str, new: str, message: str) -> None:
    spoil(pack, ONE, old, new)
    assert [problem.message for problem in found(pack, ONE)] == [message]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("22.11.2026", "write it as 2026-11-22"),
        ("11/22/2026", "write it as 2026-11-22"),
        ("2026/3/4", "write it as 2026-03-04"),
        ("2026年11月22日", "write it as 2026-11-22"),
        ("3/4/2026", "write it like 2026-11-22"),
        ("31.02.2026", "write it like 2026-11-22"),
        ("soon", "write it like 2026-11-22"),
    ],
)
def test_a_day_is_answered_with_the_day_as_it_should_be(pack: Path, written: str, said: str) -> None:
    spoil(pack, ONE, "reviewed: 2026-11-22", f"reviewed: {written}")
    assert [problem.message for problem in found(pack, ONE)] == [f"'{written}' is no day: {said}"]


def test_a_text_counts_with_the_number_that_stands_in_it(pack: Path) -> None:
    spoil(pack, ONE, "  zh: 孙子出事要现金", "  zh: 孙子出事要打{help:96110}")
    assert found(pack, ONE) == []
    spoil(pack, ONE, "  zh: 孙子出事要打{help:96110}", "  zh: 孙子出事了，赶快就打{help:96110}")
    assert codes(found(pack, ONE)) == ["too-long"]


def test_a_missing_language_is_an_info_and_the_item_is_offered_in_the_others(pack: Path) -> None:
    spoil(pack, ONE, "  en: A grandson needs cash\n", "")
    spoil(pack, ONE, "  en: Hang up. Ring the saved number. Tell the family.\n", "  en:\n")
    checked = check(pack)
    assert [(problem.severity, problem.code, problem.line) for problem in checked.problems] == [
        (Severity.INFO, "missing-language", 7),
        (Severity.INFO, "missing-language", 42),
    ]
    assert checked.problems[0].message == ("this text is not in 'en': where 'en' is offered, the item is not shown")
    entry = next(entry for entry in checked.entries if entry.id == "sample/fraud-3")
    assert entry.languages == ("zh", "zh-Hant")


def test_an_item_without_any_text_in_a_language_says_so_once(pack: Path) -> None:
    path = pack / "stories/coupons.yaml"
    path.write_text(re.sub(", en: [^}]*}", "}", path.read_text("utf-8")), "utf-8")
    problems = check(pack).problems
    assert codes(list(problems)) == ["missing-language"]
    assert problems[0].message == "no text here is in 'en': where 'en' is offered, the item is not shown"


def test_a_card_with_an_error_takes_what_rests_on_it_with_it_and_nothing_else(pack: Path) -> None:
    (pack / "baselines.yaml").write_text(FILES["baselines.yaml"] + CARD.format(name="shop"), "utf-8")
    spoil(pack, "facts.yaml", "card: police", "card: shop")
    spoil(pack, "baselines.yaml", CARD.format(name="shop"), CARD.format(name="shop").replace("expires:", "expire:"))
    problems = found(pack)
    assert codes(problems) == ["unknown-key", "rests-on-errors"]
    assert problems[1].path.endswith("facts.yaml")
    assert "fact-1" not in shown(pack)
    assert {"fraud-1", "fraud-3", "coupons", "fact-2"} <= shown(pack)


def test_a_broken_vocabulary_file_is_reported_once_and_not_in_every_item(pack: Path) -> None:
    (pack / "taxonomy.yaml").write_text("fraud_types: [", "utf-8")
    assert {problem.path.rpartition("/")[2] for problem in found(pack)} <= {"taxonomy.yaml", "pack.yaml"}
    assert shown(pack) == {"fact-1", "fact-2"}


def test_a_good_item_whose_twin_is_bad_is_shown_with_a_warning(pack: Path) -> None:
    spoil(pack, ONE, "cue: 4", "cue: 9")
    assert codes(found(pack, "scenarios/genuine-3.yaml")) == ["twin-left-out"]
    assert "genuine-3" in shown(pack)
    entry = next(entry for entry in check(pack).entries if entry.id == "sample/genuine-3")
    assert entry.fraud_type == "voice-clone"


def test_a_genuine_item_whose_type_is_unknown_is_left_out_with_its_twin(pack: Path) -> None:
    (pack / ONE).write_text("verdict: [", "utf-8")
    assert codes(found(pack, "scenarios/genuine-3.yaml")) == ["rests-on-errors"]
    assert not {"fraud-3", "genuine-3"} & shown(pack)


POOLS = [
    ("B: [fraud-2, genuine-2]", "B: [fraud-2, genuine-9]", "unknown-word"),
    ("B: [fraud-2, genuine-2]", "B: [fraud-2, genuine-1]", "repeated-item"),
    ("B: [fraud-2, genuine-2]", "B: [fraud-2, fraud-3]", "unbalanced-pool"),
    ("B: [fraud-2, genuine-2]", "B: [fraud-2, genuine-2, fraud-3, genuine-3]", "unmatched-pool"),
    ("A: [fraud-1, genuine-1]", "A: [fraud-1]", "too-few"),
    ("A: [fraud-1, genuine-1], ", "", "missing"),
]


@pytest.mark.parametrize(("old", "new", "code"), POOLS)
def test_a_pool_with_a_mistake_is_left_out_whole(pack: Path, old: str, new: str, code: str) -> None:
    assert {entry.pool for entry in check(pack).entries} == {-1, 0}
    spoil(pack, "pack.yaml", old, new)
    problems = found(pack, "pack.yaml")
    assert code in codes(problems)
    assert problems[0].line == 9
    assert {entry.pool for entry in check(pack).entries} == {-1}
    assert "fraud-1" in shown(pack)


def test_what_measures_is_of_level_two_or_three_and_matched_place_by_place(pack: Path) -> None:
    spoil(pack, "scenarios/fraud-1.yaml", "level: 2", "level: 1")
    assert codes(found(pack, "pack.yaml")) == ["wrong-level"]
    spoil(pack, "scenarios/fraud-1.yaml", "level: 1", "level: 3")
    assert codes(found(pack, "pack.yaml")) == ["unmatched-pool"]
    spoil(pack, "scenarios/fraud-2.yaml", "level: 2", "level: 3")
    assert found(pack) == []


def test_a_pool_with_a_bad_item_says_which(pack: Path) -> None:
    spoil(pack, "scenarios/fraud-1.yaml", "cue: 4", "cue: 9")
    problems = found(pack, "pack.yaml")
    assert codes(problems) == ["rests-on-errors"]
    assert "fraud-1" in problems[0].message


PACK_FILE = [
    ("format: 1", "format: 9", "unknown-format", False),
    ("format: 1\n", "", "missing", False),
    ("id: sample", "id: Sample Pack", "not-an-id", False),
    ("version: 2026.11.1", "version: next one", "not-a-version", False),
    ("languages: [zh, en]", "languages: []", "too-few", False),
    ("license: CC-BY-4.0\n", "", "missing", True),
    ("reviewed: 2026-11-22", "reviewed: never", "not-a-day", True),
    ("text: zh,", "text: de,", "unknown-word", True),
    ("license:", "licence:", "unknown-key", True),
    ("languages: [zh, en]", "languages: [zh, en, zh]", "repeated-word", True),
]


@pytest.mark.parametrize(("old", "new", "code", "is_shown"), PACK_FILE)
def test_a_pack_is_shown_without_what_it_can_do_without(
    pack: Path, old: str, new: str, code: str, is_shown: bool
) -> None:
    spoil(pack, "pack.yaml", old, new)
    assert codes(found(pack, "pack.yaml"))[0] == code
    assert (check(pack).name is not None) == is_shown
    assert bool(shown(pack)) == is_shown


@pytest.mark.parametrize("name", ["taxonomy.yaml", "baselines.yaml", "help.yaml"])
def test_a_file_that_every_pack_has_is_missed(pack: Path, name: str) -> None:
    (pack / name).unlink()
    problem = found(pack, name)[0]
    assert (problem.code, problem.path, problem.line) == ("missing-file", str(pack / name), 0)


@pytest.mark.parametrize("name", ["facts.yaml", "sayings.yaml", "notices.yaml", "prizes.yaml", "stories/coupons.yaml"])
def test_a_file_that_a_pack_may_have_is_not(pack: Path, name: str) -> None:
    (pack / name).unlink()
    assert found(pack) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("notes.txt", ""),
        ("senarios", "did you mean 'scenarios'?"),
        ("fact.yaml", "did you mean 'facts.yaml'?"),
        ("scenarios/more.yml", "did you mean 'more.yaml'?"),
        ("scenarios/drafts", ""),
        ("events/quiz.yaml", ""),
    ],
)
def test_an_unknown_file_is_a_warning(pack: Path, name: str, hint: str) -> None:
    path = pack / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", "utf-8")
    problems = found(pack)
    assert [(problem.code, problem.severity, problem.hint) for problem in problems] == [
        ("unknown-file", Severity.WARNING, hint)
    ]


@pytest.mark.parametrize("name", ["README.md", "LICENSE", ".gitignore", "Thumbs.db", "facts.yaml~"])
def test_what_people_and_systems_leave_in_a_folder_is_not(pack: Path, name: str) -> None:
    (pack / name).write_text("x", "utf-8")
    assert found(pack) == []


def record(pack: Path, place: str, size: int = 4) -> str:
    """Put a file where recordings lie; its path."""
    path = pack / "audio" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    return str(path)


@pytest.mark.parametrize(
    "place",
    [
        "zh/fraud-3/scene-1.wav",
        "en/fraud-3/ask-2-why.flac",
        "zh-henan/fraud-3/see-why.ogg",
        "zh-henan/police/choice-1.mp3",
        "zh/fact-2/question.wav",
        "zh/coupons/page-2-choice-2-why.wav",
        "zh/_help/when-96110.wav",
        "zh-henan/_kiosk/home-hello.wav",
    ],
)
def test_a_recording_of_a_part_is_nothing_to_remark_on(pack: Path, place: str) -> None:
    record(pack, place)
    assert found(pack) == []


@pytest.mark.parametrize(
    ("place", "where", "code", "message", "hint"),
    [
        (
            "zh-hunan/fraud-3/scene-1.wav",
            "zh-hunan",
            "unknown-recording",
            "'zh-hunan' is no language or variety of this pack, so this is never played",
            "did you mean 'zh-henan'?",
        ),
        (
            "fr/fraud-3/scene-1.wav",
            "fr",
            "unknown-recording",
            "'fr' is no language or variety of this pack, so this is never played",
            "there are zh, en, zh-Hant, zh-henan",
        ),
        (
            "zh/fraud-9/scene-1.wav",
            "zh/fraud-9",
            "unknown-recording",
            "this pack has no item 'fraud-9', so this is never played",
            "did you mean 'fraud-3'?",
        ),
        (
            "zh/fraud-3/scene-5.wav",
            "zh/fraud-3/scene-5.wav",
            "unknown-recording",
            "'fraud-3' has no part 'scene-5', so this is never played",
            "did you mean 'scene-4'?",
        ),
        (
            "zh/fact-1/question.wav",
            "zh/fact-1/question.wav",
            "unknown-recording",
            "'fact-1' has no part 'question', so this is never played",
            "see audio/<language>/<item>/<part>.wav",
        ),
        (
            "zh/fraud-3/scene-1.aiff",
            "zh/fraud-3/scene-1.aiff",
            "unknown-file",
            "only .wav, .flac, .mp3, .ogg are played",
            "save it as one of these",
        ),
        (
            "zh/fraud-3/scene-1.WAV",
            "zh/fraud-3/scene-1.WAV",
            "unknown-file",
            "only .wav, .flac, .mp3, .ogg are played",
            "rename it to scene-1.wav",
        ),
        (
            "title.wav",
            "title.wav",
            "unknown-file",
            "no recording is played from here",
            "put it where it belongs: audio/<language>/<item>/<part>.wav",
        ),
        (
            "zh/fraud-3/scene-1/one.wav",
            "zh/fraud-3/scene-1",
            "unknown-file",
            "this is no recording, so it is never played",
            "audio/<language>/<item>/<part>.wav",
        ),
    ],
)
def test_a_recording_that_is_never_played_is_a_warning(
    pack: Path, place: str, where: str, code: str, message: str, hint: str
) -> None:
    record(pack, place)
    (problem,) = found(pack)
    assert problem.path == str(pack / "audio" / where)
    assert (problem.severity, problem.code, problem.message) == (Severity.WARNING, code, message)
    assert problem.hint.startswith(hint)


def test_a_recording_that_is_too_big_is_a_warning(pack: Path) -> None:
    record(pack, "zh/fraud-3/scene-1.wav", 20_000_000)
    assert found(pack) == []
    path = record(pack, "zh/fraud-3/scene-2.wav", 41_000_000)
    assert [(problem.path, problem.severity, problem.message) for problem in found(pack)] == [
        (path, Severity.WARNING, "41 MB; a recording may have 32 MB")
    ]


def test_of_an_item_with_errors_every_recording_passes(pack: Path) -> None:
    spoil(pack, ONE, "cue: 4", "cue: 9")
    record(pack, "zh/fraud-3/scene-7.wav")
    assert found(pack, "audio") == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_link_among_recordings_is_followed(pack: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (pack / "audio" / "zh").mkdir(parents=True)
    (pack / "audio" / "zh" / "fraud-3").symlink_to(elsewhere, target_is_directory=True)
    (pack / "audio" / "zh" / "police").mkdir()
    (pack / "audio" / "zh" / "police" / "text.wav").symlink_to(elsewhere / "text.wav")
    assert codes(found(pack, "audio")) == ["link", "link"]


VARIETY = "- {id: zh-henan, text: zh, name: 河南话}"


@pytest.mark.parametrize(
    ("variety", "code", "message"),
    [
        ("- {id: zh-henan, text: fr, name: 河南话}", "unknown-word", "'fr' is no language of this pack"),
        ("- {id: en, text: zh, name: 河南话}", "repeated-word", "'en' is a written language of this pack"),
        (f"{VARIETY}\n  {VARIETY}", "repeated-word", "'zh-henan' stands here twice"),
        ("- {id: zh-henan, text: zh, name: 一二三四五六七八九十十一十二}", "too-long", "2 characters too long"),
        ("- {id: 河南, text: zh, name: 河南话}", "not-a-language", "'河南' is no language code"),
    ],
)
def test_a_variety_that_is_none_is_an_error_and_the_pack_is_shown_without_it(
    pack: Path, variety: str, code: str, message: str
) -> None:
    spoil(pack, "pack.yaml", VARIETY, variety)
    (problem,) = found(pack, "pack.yaml")
    assert (problem.severity, problem.code) == (Severity.ERROR, code)
    assert problem.message.startswith(message)
    name = check(pack).name
    assert name is not None
    assert [each.id for each in name.varieties] == (["zh-henan"] if variety.count("- {") == 2 else [])


def test_a_template_must_be_toml(pack: Path) -> None:
    (pack / "events").mkdir()
    (pack / "events" / "quiz.toml").write_text('name = "quiz"\n')
    assert found(pack) == []
    (pack / "events" / "quiz.toml").write_text("name = \n")
    assert codes(found(pack)) == ["syntax"]


def test_the_name_of_a_file_is_an_id(pack: Path) -> None:
    (pack / ONE).rename(pack / "scenarios" / "Fraud 3.yaml")
    problems = found(pack, "scenarios/Fraud 3.yaml")
    assert "not-an-id" in codes(problems)
    assert check(pack).items.keys() == {f"sample/{name}" for name in shown(pack)}


def test_an_id_is_unique_over_all_kinds(pack: Path) -> None:
    (pack / "stories" / "police.yaml").write_text(FILES["stories/coupons.yaml"], "utf-8")
    problems = found(pack)
    assert codes(problems) == ["repeated-id"]
    assert problems[0].path.endswith("police.yaml")
    assert "baselines.yaml" in problems[0].message
    assert "coupons" in shown(pack)


def test_problems_come_in_file_order(pack: Path) -> None:
    for name, old in ((ONE, "cue: 4"), ("pack.yaml", "license: CC-BY-4.0"), ("stories/coupons.yaml", "card: bank")):
        spoil(pack, name, old, "odd: 1")
    (pack / "scenarios" / "aa.yaml").write_text(scenario("fraud", 9), "utf-8")
    names = [problem.path.removeprefix(f"{pack}/") for problem in found(pack)]
    order = ["pack.yaml", "scenarios/aa.yaml", ONE, "scenarios/genuine-3.yaml", "stories/coupons.yaml"]
    assert list(dict.fromkeys(names)) == order


def test_expiry_is_counted_from_the_day_of_the_check(pack: Path) -> None:
    assert [problem.code for problem in check_pack(pack, date(2027, 11, 22)).problems if problem.column][:1] == [
        "expires-soon"
    ]
    assert "expired" in codes(list(check_pack(pack, date(2027, 11, 23)).problems))


def test_what_must_be_confirmed_here_is_an_info(pack: Path) -> None:
    spoil(pack, "baselines.yaml", "      read: 2026-11-22", "      read: 2026-11-22\n      confirm: 本地派出所")
    problems = check(pack).problems
    assert [(problem.code, problem.severity) for problem in problems] == [("to-confirm", Severity.INFO)]
    assert problems[0].message == "somebody here should confirm this: 本地派出所"


# Languages by the names that locales have


@pytest.mark.parametrize("empty", ["zh-Hant:", 'zh-Hant: ""'])
def test_an_empty_line_of_what_is_made_is_no_error(pack: Path, empty: str) -> None:
    """No more than an empty `en:` is."""
    spoil(pack, ONE, "  zh: 孙子出事要现金\n", f"  zh: 孙子出事要现金\n  {empty}\n")
    assert found(pack) == []


@pytest.mark.parametrize("key", ["zh-TW", "zh_TW", "zh-MO", "zh-hk", "zh-Hant-TW"])
def test_a_text_by_the_name_of_a_region_is_answered_with_its_language(pack: Path, key: str) -> None:
    for written in (f"{key}: 孫子", f"{key}:"):
        again = write_pack(pack / "again")
        spoil(again, ONE, "  zh: 孙子出事要现金\n", f"  zh: 孙子出事要现金\n  {written}\n")
        (problem,) = found(again, ONE)
        assert (problem.code, problem.line) == ("unknown-key", 8)
        assert "zh-Hant" in problem.hint


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("zh-TW", "write zh-Hant"),
        ("zh-tw", "write zh-Hant"),
        ("zh_hk", "write zh-Hant"),
        ("zh-Hant-TW", "write zh-Hant"),
        ("zh-Hans-HK", ""),
        ("zh-Hans-TW", ""),
        ("zh-yue-HK", ""),
        ("zh-min-nan-TW", ""),
    ],
)
def test_a_language_by_the_name_of_a_region_is_answered_with_what_it_means(pack: Path, code: str, hint: str) -> None:
    """Once; and no other language of the region, nor simplified characters, are taken for it."""
    spoil(pack, "pack.yaml", "languages: [zh, en]", f"languages: [zh, en, {code}]")
    (problem,) = check(pack).problems
    assert (problem.code, problem.hint) == ("not-a-language", hint)


def test_the_way_a_region_speaks_can_be_a_variety(pack: Path) -> None:
    spoil(pack, "pack.yaml", "{id: zh-henan, text: zh, name: 河南话}", "{id: zh-tw, text: zh, name: 台湾话}")
    assert found(pack) == []
    spoil(pack, "pack.yaml", "id: zh-tw", "id: zh-TW")
    (problem,) = found(pack)
    assert (problem.code, problem.hint) == ("not-a-language", "write zh-tw")
