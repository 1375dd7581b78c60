"""Advice on a pack as a whole: what gives the answers away, what is missing, what stands there twice."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.adapters.packs.advice.likeness import ALIKE, near_duplicates
from kiosk.core.problems import Severity
from kiosk.ports import Words
from tests.adapters.packs.advice.told import replace_in_all, told, write_many
from tests.adapters.packs.sample import ONE, spoil, write_pack
from tests.growth import is_linear

RIGHT = """    - right: true
      text:
        zh: 打手机里第%d个名字
        en: Ring him, name %d in your phone
"""
ALL = range(24)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    return write_many(tmp_path)


# The right choice


def put_right_first(pack: Path, among: range) -> None:
    for number in among:
        path = pack / "scenarios" / f"case-{number}.yaml"
        right = RIGHT % (number, number)
        text = path.read_text("utf-8").replace(right, "")
        path.write_text(text.replace("  choices:\n", "  choices:\n" + right), "utf-8")


def test_a_right_choice_in_one_place_is_told_of_the_pack(many: Path, words: Words) -> None:
    put_right_first(many, ALL)
    (problem,) = told(many, words, "right-in-one-place")
    assert (problem.path, problem.line) == (str(many / "pack.yaml"), 4)
    assert problem.message == "the right choice is number 1 in 24 of 24 ask questions"
    assert problem.hint.startswith("move it in some: case-0, case-1, ")


def test_half_of_them_are_not_too_many_and_twenty_of_twenty_four_are(many: Path, words: Words) -> None:
    """The right choice is first in every second of the cases; so it is in sixteen, and then in all but six."""
    put_right_first(many, range(0, 1))
    assert told(many, words, "right-in-one-place") == []
    put_right_first(many, range(0, 16))
    (problem,) = told(many, words, "right-in-one-place")
    assert problem.message == "the right choice is number 1 in 20 of 24 ask questions"


def test_eleven_questions_tell_nothing(tmp_path: Path, words: Words) -> None:
    """With fewer than a dozen questions of a kind it is chance."""
    pack = write_many(tmp_path, 10)
    put_right_first(pack, range(10))
    assert told(pack, words, "right-in-one-place") == []


def test_a_right_choice_that_is_always_longest_is_told_in_each_language(many: Path, words: Words) -> None:
    replace_in_all(many, "zh: 打手机里第", "zh: 打自己手机里存着的第", ALL)
    found = [problem for problem in told(many, words, "right-is-longest") if problem.path.endswith("pack.yaml")]
    assert [problem.message for problem in found] == [
        "in 'zh' the right choice is the longest in 24 of 24 ask questions"
    ]


def test_one_question_with_a_far_longer_right_choice_is_named(pack: Path, words: Words) -> None:
    spoil(pack, ONE, "zh: 打孙子手机里存的号码", "zh: 打孙子手机里存的那个老号码问问")
    (problem,) = told(pack, words, "right-is-longest")
    assert problem.path == str(pack / ONE)
    assert problem.message == "in 'zh' the right choice is far longer than the others: 30 cells beside 14"
    spoil(pack, ONE, "zh: 拨回刚才的号码", "zh: 拨回刚才打来的那个号码")
    assert told(pack, words, "right-is-longest") == []


@pytest.mark.parametrize(("word", "numbers", "is_told"), [("核实", 5, True), ("核实", 4, False)])
def test_a_word_of_care_in_right_choices_only(
    many: Path, words: Words, word: str, numbers: int, *, is_told: bool
) -> None:
    replace_in_all(many, "zh: 打手机里", f"zh: {word}手机里", range(numbers))
    messages = [problem.message for problem in told(many, words, "telling-word")]
    assert messages == [f"in 'zh' the word '{word}' stands in {numbers} right choices and in no other"] * is_told
    replace_in_all(many, "zh: 拨回刚才", f"zh: {word}刚才", range(1))
    assert told(many, words, "telling-word") == []


@pytest.mark.parametrize(("numbers", "is_told"), [(9, True), (8, False)])
def test_a_word_of_haste_in_wrong_choices_only(many: Path, words: Words, numbers: int, *, is_told: bool) -> None:
    replace_in_all(many, "en: Ring the same number", "en: Now ring the number", range(numbers))
    messages = [problem.message for problem in told(many, words, "telling-word")]
    assert messages == [f"in 'en' the word 'now' stands in {numbers} wrong choices and in no other"] * is_told


def test_a_part_of_a_word_is_no_word(many: Path, words: Words) -> None:
    """`Know` has no `now` in it."""
    replace_in_all(many, "en: Ring the same number", "en: Know the same number", ALL)
    assert told(many, words, "telling-word") == []


# Twins and duplicates


SCENE = {
    "zh": (
        "座机响了，那头哭着叫奶奶。",
        "他说打伤了同学，人在派出所。",
        "“千万别告诉我爸妈。”",
        "“准备两万现金，有人上门来取。”",
    ),
    "en": (
        "The phone rings. Someone cries, “Grandma!”",
        "He hurt a classmate. He is with the police.",
        "“Please, do not tell Mum and Dad.”",
        "“Get 20,000 in cash. Someone will come for it.”",
    ),
}


def rewrite_twin(pack: Path, language: str, *lines: str) -> str:
    """Give the genuine twin another scene; the file's name."""
    name = "scenarios/genuine-3.yaml"
    for old, new in zip(SCENE[language], lines, strict=True):
        spoil(pack, name, old, new)
    return name


def test_twins_that_share_no_word_are_told(pack: Path, words: Words) -> None:
    name = rewrite_twin(pack, "zh", "楼上漏水了。", "修水管要三百。", "“发票开给您。”", "“修好再付。”")
    (problem,) = told(pack, words, "twin-unlike")
    assert (problem.path, problem.line) == (str(pack / name), 2)
    assert problem.message.endswith("share no content word in 'zh'")


def test_twins_that_share_one_word_are_mentioned(pack: Path, words: Words) -> None:
    """That is for the editor's list, and no reason to fail."""
    rewrite_twin(pack, "zh", "楼上漏水了。", "修水管要三百。", "“收现金，发票开给您。”", "“修好再付。”")
    assert told(pack, words, "twin-unlike") == []
    (problem,) = told(pack, words, "twin-unlike", Severity.INFO)
    assert problem.message.endswith("share only 现金 in 'zh'")


def test_a_scene_told_twice_is_told_at_the_second(pack: Path, words: Words) -> None:
    first = pack / "scenarios" / "fraud-1.yaml"
    scene = first.read_text("utf-8").split("scene:\n")[1].split("see:\n")[0]
    path = pack / ONE
    own = path.read_text("utf-8").split("scene:\n")[1].split("see:\n")[0]
    path.write_text(path.read_text("utf-8").replace(own, scene.replace("茶叶", "点心")), "utf-8")
    problems = told(pack, words, "near-duplicate")
    assert [problem.path for problem in problems] == [str(path)]
    assert "nearly that of 'fraud-1'" in problems[0].message


@pytest.mark.parametrize(("changed", "is_told"), [(9, True), (14, False)])
def test_half_of_a_scene_is_too_much(changed: int, *, is_told: bool) -> None:
    scene = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
    other = "一二三四五六七八九十百千万亿"[:changed] + scene[changed:]
    found = list(near_duplicates([("a", "", scene), ("b", "", other)], "zh"))
    assert bool(found) is is_told


def test_twins_may_be_as_alike_as_they_like() -> None:
    scene = "座机响了，那头哭着叫奶奶。"
    assert list(near_duplicates([("a", "b", scene), ("b", "a", scene)], "zh")) == []
    assert [found[:2] for found in near_duplicates([("a", "b", scene), ("b", "a", scene), ("c", "", scene)], "zh")] == [
        ("c", "a")
    ]


def compare_each_with_each(scenes: list[str]) -> list[tuple[str, str, float]]:
    """Each scene that shares half of all their shingles with an earlier one that isn't told itself, and the nearest."""
    shingles = [{scene[at : at + 3] for at in range(max(1, len(scene) - 2))} for scene in scenes]
    kept: list[int] = []
    found = []
    for number, own in enumerate(shingles):
        shares = {other: len(own & shingles[other]) / len(own | shingles[other]) for other in kept}
        nearest = max(kept, key=lambda other: shares[other], default=-1)
        if kept and shares[nearest] >= ALIKE:
            found.append((str(number), str(nearest), shares[nearest]))
        else:
            kept.append(number)
    return found


def named(scenes: list[str]) -> list[tuple[str, str, str]]:
    """Scenes without twins, each with its number as its id."""
    return [(str(number), "", scene) for number, scene in enumerate(scenes)]


def letters(chance: random.Random, count: int) -> str:
    return "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(count))


@given(st.lists(st.text("甲乙丙丁戊", min_size=3, max_size=14), max_size=12))
def test_a_duplicate_is_what_comparing_each_with_each_finds(scenes: list[str]) -> None:
    assert list(near_duplicates(named(scenes), "zh")) == compare_each_with_each(scenes)


@given(st.integers(0, 99), st.sampled_from([(12, 60), (40, 300)]))
@settings(max_examples=12, deadline=None)
def test_scenes_of_stock_lines_are_all_compared(seed: int, size: tuple[int, int]) -> None:
    """However many scenes have a line, and however many scenes have a line of this one: none is left out."""
    chance = random.Random(seed)  # noqa: S311 - scenes for a test
    lines, count = size
    stock = [letters(chance, 20) for _ in range(lines)]
    scenes = ["".join(chance.sample(stock, 4)) for _ in range(count)]
    found = list(near_duplicates(named(scenes), "zh"))
    assert found == compare_each_with_each(scenes)
    assert found


def test_a_copy_of_any_of_many_scenes_that_begin_alike_is_found() -> None:
    chance = random.Random(2)  # noqa: S311 - scenes for a test
    common = letters(chance, 44)
    scenes = [common + letters(chance, 56) for _ in range(100)]
    for number in (0, 50, 99):
        copy = scenes[number][:80] + letters(chance, 20)
        (told_of,) = near_duplicates(named([*scenes, copy]), "zh")
        assert told_of[:2] == ("100", str(number))


@pytest.mark.parametrize("kind", ["same", "half", "different"])
def test_a_thousand_scenes_are_compared_in_no_time(kind: str) -> None:
    """All the same, all with half of it in common, or with nothing: the time grows with their number alone."""
    chance = random.Random(1)  # noqa: S311 - scenes for a test
    common = letters(chance, 80)
    scenes = {
        "same": [common] * 1000,
        "half": [common[:44] + letters(chance, 36) for _ in range(1000)],
        "different": [letters(chance, 80) for _ in range(1000)],
    }[kind]
    found = {}

    def compare(count: int) -> None:
        found[count] = list(near_duplicates(named(scenes[:count]), "zh"))

    assert is_linear(compare, len(scenes))
    assert len(found[1000]) == (999 if kind == "same" else 0)


def test_a_word_and_its_plural_are_one(pack: Path, words: Words) -> None:
    rewrite_twin(pack, "en", "Receipts lie there.", "He brings tiles.", "“No hurry.”", "He goes.")
    spoil(pack, ONE, "“Please, do not tell Mum and Dad.”", "“Here is a receipt for a tile.”")
    assert told(pack, words, "twin-unlike") == []
    assert told(pack, words, "twin-unlike", Severity.INFO) == []


def test_twins_that_nothing_tells_apart_are_told_at_the_genuine_one(pack: Path, words: Words) -> None:
    assert told(pack, words, "no-contrast") == []
    path = pack / ONE
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("contrast:")] + text[text.index("constructed:") :], "utf-8")
    (problem,) = told(pack, words, "no-contrast")
    name = pack / "scenarios" / "genuine-3.yaml"
    assert (problem.path, problem.message) == (
        str(name),
        "neither this one nor its twin 'fraud-3' says what tells them apart",
    )
    with name.open("a", encoding="utf-8") as file:
        file.write(text[text.index("contrast:") : text.index("constructed:")])
    assert told(pack, words, "no-contrast") == []


# The balance


def test_facts_not_as_many_in_both_forms_are_told(pack: Path, words: Words) -> None:
    assert told(pack, words, "out-of-balance") == []
    spoil(pack, "facts.yaml", "form: B", "form: A")
    (problem,) = told(pack, words, "out-of-balance")
    assert problem.message == "facts: 2 of form A and 0 of form B"


def test_a_type_of_one_channel_is_told_at_the_type(many: Path, words: Words) -> None:
    for number in ALL:
        path = many / "scenarios" / f"case-{number}.yaml"
        text = path.read_text("utf-8")
        if "fraud_type: refund" in text:
            lines = ["channel: sms" if line.startswith("channel:") else line for line in text.splitlines()]
            path.write_text("\n".join(lines) + "\n", "utf-8")
    problems = [found for found in told(many, words, "out-of-balance") if found.path.endswith("taxonomy.yaml")]
    assert [problem.message for problem in problems] == ["type refund has frauds of one channel only: 'sms'"]
    assert "refund" in (many / "taxonomy.yaml").read_text("utf-8").splitlines()[problems[0].line - 1]


def test_a_type_without_frauds_is_told_once_the_pack_has_as_many_frauds_as_types(many: Path, words: Words) -> None:
    line = "  - {id: voice-clone, "
    new = "  - {id: timeshare, name: {zh: 分时度假, en: Timeshare}, official: other}\n"
    spoil(many, "taxonomy.yaml", line, new + line)
    (problem,) = told(many, words, "out-of-balance")
    assert problem.message == "type timeshare has fewer than 2 frauds to practise: none"
    more = "".join(new.replace("timeshare", f"timeshare-{number}") for number in range(12))
    spoil(many, "taxonomy.yaml", line, more + line)
    assert told(many, words, "out-of-balance") == []


@pytest.mark.parametrize(
    ("frauds", "genuine", "is_told"), [(4, 0, True), (3, 1, False), (2, 0, True), (1, 0, False), (4, 1, True)]
)
def test_a_channel_of_nearly_one_verdict_gives_it_away(
    many: Path, words: Words, frauds: int, genuine: int, *, is_told: bool
) -> None:
    """With a quarter of the other verdict it doesn't; and one case tells nothing."""
    spoil(many, "taxonomy.yaml", "channels:\n", "channels:\n  - {id: contract, name: {zh: 合同, en: Contract}}\n")
    for number in (*range(0, 2 * frauds, 2), *range(1, 2 * genuine, 2)):
        path = many / "scenarios" / f"case-{number}.yaml"
        lines = [
            "channel: contract" if line.startswith("channel") else line for line in path.read_text("utf-8").splitlines()
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")
    messages = [found.message for found in told(many, words, "out-of-balance") if "contract" in found.message]
    counted = f"channel contract has {genuine} of {frauds + genuine} items genuine: it gives the verdict away"
    assert messages == [counted] * is_told


def test_easy_cases_alone_are_told(many: Path, words: Words) -> None:
    replace_in_all(many, "level: 2", "level: 1", range(12))
    assert told(many, words, "out-of-balance") == []
    replace_in_all(many, "level: 2", "level: 1", range(12, 13))
    (problem,) = told(many, words, "out-of-balance")
    assert problem.message == "level 2-3 has 11 of 24 items: fewer than half"


def test_two_easy_cases_tell_nothing(pack: Path, words: Words) -> None:
    """So few are no set yet."""
    head = (pack / "pack.yaml").read_text("utf-8")
    (pack / "pack.yaml").write_text(re.sub("measured:\n(?: .*\n)+", "", head), "utf-8")
    for path in (pack / "scenarios").iterdir():
        path.write_text(path.read_text("utf-8").replace("level: 2", "level: 1"), "utf-8")
    (problem,) = told(pack, words, "out-of-balance")
    assert problem.message == "level 2-3 has 0 of 6 items: fewer than half"
    for name in ("fraud-1", "genuine-1", "fraud-2", "genuine-2"):
        (pack / "scenarios" / f"{name}.yaml").unlink()
    assert told(pack, words, "out-of-balance") == []


def test_a_pool_of_few_channels_is_told_at_the_pools(many: Path, words: Words) -> None:
    pools = "measured:\n  - {A: [case-0, case-1, case-2, case-3], B: [case-4, case-5, case-6, case-7]}\nlicense"
    spoil(many, "pack.yaml", "license", pools)
    assert "measured" in (many / "pack.yaml").read_text("utf-8")
    assert told(many, words, "out-of-balance") == []
    for number in range(4):
        path = many / "scenarios" / f"case-{number}.yaml"
        lines = [
            "channel: door" if line.startswith("channel") else line for line in path.read_text("utf-8").splitlines()
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")
    (problem,) = (found for found in told(many, words, "out-of-balance") if "pool" in found.message)
    assert problem.message == "pool 1 A has 1 channel for 4 items"
    assert (many / "pack.yaml").read_text("utf-8").splitlines()[problem.line - 1] == "measured:"


# People


@pytest.mark.parametrize(
    ("women", "men", "is_told"), [(6, 0, True), (5, 0, False), (6, 3, False), (7, 3, True), (2, 5, True)]
)
def test_more_than_twice_as_many_of_one_sex_are_told(
    many: Path, words: Words, women: int, men: int, *, is_told: bool
) -> None:
    for numbers, who in ((range(women), "奶奶"), (range(women, women + men), "老伯")):
        for number in numbers:
            replace_in_all(many, "跟您说起", f"跟{who}说", range(number, number + 1))
    problems = told(many, words, "one-sided-people")
    assert bool(problems) is is_told
    for problem in problems:
        most = ("grandmothers", "grandfathers") if women > men else ("grandfathers", "grandmothers")
        counts = max(women, men), min(women, men)
        assert problem.message.startswith(
            f"{counts[0]} cases and stories name {most[0]} and {counts[1]} name {most[1]}"
        )


def test_who_is_named_after_the_verdict_only_is_in_no_case(many: Path, words: Words) -> None:
    """A rule to tell one's grandmother of makes no case one of hers."""
    replace_in_all(many, "zh: 挂断，打存好的号码。", "zh: 挂断，问奶奶。", ALL)
    assert told(many, words, "one-sided-people") == []


def test_people_are_counted_in_the_first_language(many: Path, words: Words) -> None:
    """The others say the same, and where one names an aunt, another may have a neighbour."""
    replace_in_all(many, "en: He hurt", "en: Aunt hurt", ALL)
    assert told(many, words, "one-sided-people") == []
    spoil(many, "pack.yaml", "[zh, en]", "[en, zh]")
    assert len(told(many, words, "one-sided-people")) == 1
