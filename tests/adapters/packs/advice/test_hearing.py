"""How long screens take to be heard: warned of over 25 seconds, where an editor can shorten them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.adapters.packs.advice import hearing
from kiosk.adapters.packs.check import check_pack
from kiosk.core.items import Scenario
from kiosk.core.pace import expected_seconds
from kiosk.core.page import Page
from kiosk.core.problems import Problem, Severity
from kiosk.core.repertoire import screens
from kiosk.ports import Words
from tests.adapters.packs.sample import FILES, ONE, TODAY, spoil, write_pack

LINES = (
    "座机响了，那头哭着叫奶奶。",
    "他说打伤了同学，人在派出所。",
    "“千万别告诉我爸妈。”",
    "“准备两万现金，有人上门来取。”",
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def long(pack: Path, words: Words) -> list[Problem]:
    """The screens that take too long: texts that only fill them break other rules as well."""
    problems = check_pack(pack, TODAY, words).problems
    assert not any(problem.severity is Severity.ERROR for problem in problems)
    return [problem for problem in problems if problem.code == "long-to-hear"]


def line_of(pack: Path, name: str, text: str) -> int:
    lines = (pack / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def stretch(pack: Path, name: str, texts: tuple[str, ...], characters: int) -> None:
    """Make Chinese texts as long as that."""
    for place, text in enumerate(texts):
        spoil(pack, name, text, "说来话长也要说完"[place:] + "长" * (characters - 8 + place))


def test_the_sample_is_heard_in_time(pack: Path, words: Words) -> None:
    assert long(pack, words) == []


def test_a_scene_at_its_limits_is_too_long_to_hear(pack: Path, words: Words) -> None:
    """Each line fits; all four together are heard for half a minute. The longest of them is named."""
    stretch(pack, ONE, LINES[:3], 24)
    stretch(pack, ONE, LINES[3:], 23)
    (problem,) = long(pack, words)
    assert problem.severity is Severity.WARNING
    assert problem.path == str(pack / ONE)
    assert (problem.line, problem.column) == (line_of(pack, ONE, "说来话长也要说完"), 9)
    assert problem.message.startswith("on the screen 'see' this item's texts take about 32 s to hear in 'zh' (")
    assert problem.message.endswith(" with the kiosk's own); they may take 25 s")
    assert problem.hint == "shorten this one, the longest of them"


def test_what_is_measured_alone_is_told_of_its_own_screen(pack: Path, words: Words) -> None:
    """An item of a pool is never practised: its scene is heard before "scam or real", without numbers."""
    stretch(pack, "scenarios/fraud-1.yaml", ("爷爷在公园下棋，来了个年轻人。", "年轻人夸他棋好，递上一包茶叶。"), 24)
    stretch(pack, "scenarios/fraud-1.yaml", ("“茶叶是亲戚种的，一点心意。”", "“明天请到店里坐坐，带上老伴。”"), 24)
    (problem,) = long(pack, words)
    assert "on the screen 'judge'" in problem.message


def test_a_long_say_counts_and_not_the_short_text(pack: Path, words: Words) -> None:
    spoil(pack, ONE, f"  - zh: {LINES[0]}\n", f"  - zh: {LINES[0]}\n    say: {{zh: {'长' * 70}}}\n")
    (problem,) = long(pack, words)
    assert problem.line == line_of(pack, ONE, LINES[0])
    spoil(pack, ONE, "长" * 70, "座机响了")
    assert long(pack, words) == []


def test_a_contrast_is_told_once_for_both_twins_and_in_its_own_file(pack: Path, words: Words) -> None:
    """The contrast stands in the fraud's file and is said after either of the two."""
    zh = "同样是家里人要钱：不许问的是骗局，请您问的是真的。"
    spoil(pack, ONE, zh, "对" * 40)
    for name in (ONE, "scenarios/genuine-3.yaml"):
        spoil(pack, name, "声音能造假。要保密、要现金，就挂断打回去。", "先" * 26)
        spoil(pack, name, "挂断，打存好的号码，再告诉家人。", "再" * 20)
    (problem,) = long(pack, words)
    assert (problem.path, problem.line) == (str(pack / ONE), line_of(pack, ONE, "对" * 40))
    assert "on the screen 'why'" in problem.message


def test_a_card_is_told_once_where_it_stands(pack: Path, words: Words) -> None:
    """However many cases rest on it."""
    card, question = "派出所不会派人上门收现金。", "真的派出所会怎么办？"
    spoil(pack, "baselines.yaml", f"    zh: {card}\n", f"    zh: {card}\n    say: {{zh: {'卡' * 90}}}\n")
    (problem,) = long(pack, words)
    assert (problem.path, problem.line) == (str(pack / "baselines.yaml"), line_of(pack, "baselines.yaml", card))
    assert "on the screen 'compared'" in problem.message
    spoil(pack, "baselines.yaml", "卡" * 90, "短")
    spoil(pack, "baselines.yaml", f"      zh: {question}\n", f"      zh: {question}\n      say: {{zh: {'问' * 90}}}\n")
    (problem,) = long(pack, words)
    assert problem.line == line_of(pack, "baselines.yaml", question)


@pytest.mark.parametrize(
    ("old", "say", "screen"),
    [
        ("    text: {zh: 有人说值两百万。, en: A man said they were worth two million.}", "    say: {zh: %s}", "story"),
        ("      prompt: {zh: 换了您，先做哪一样？", ", say: {zh: %s}", "pause"),
        ("{text: {zh: 先交手续费, en: Pay the fee}", ", say: {zh: %s}", "pause"),
        ("  ask: {zh: 先问家里人。", ", say: {zh: %s}", "lesson"),
    ],
    ids=["page", "prompt", "choice", "lesson"],
)
def test_every_text_of_a_story_is_found_again(pack: Path, words: Words, old: str, say: str, screen: str) -> None:
    name = "stories/coupons.yaml"
    line = line_of(pack, name, old)
    said = say % ("长" * 90)
    spoil(pack, name, old, f"{old}\n{said}" if said.startswith(" ") else f"{old}{said}")
    (problem,) = long(pack, words)
    assert (problem.path, problem.line) == (str(pack / name), line)
    assert f"on the screen '{screen}'" in problem.message


def test_a_facts_own_question_is_found_in_its_file(pack: Path, words: Words) -> None:
    zh = "银行会要密码吗？"
    spoil(pack, "facts.yaml", f"zh: {zh}", f"say: {{zh: {'问' * 90}}}, zh: {zh}")
    (problem,) = long(pack, words)
    assert (problem.path, problem.line) == (str(pack / "facts.yaml"), line_of(pack, "facts.yaml", zh))


def test_a_language_is_timed_by_its_own_words(pack: Path, words: Words) -> None:
    for name in (ONE, "scenarios/genuine-3.yaml"):
        spoil(
            pack,
            name,
            "Secrecy and cash? Hang up and ring back.",
            "If it is so and so, do as I say. Go on to ring him.",
        )
    problems = long(pack, words)
    assert {problem.message.partition(" in ")[2][:4] for problem in problems} == {"'en'"}
    assert len(problems) == 2


def test_a_language_that_the_interface_has_not_is_not_timed(pack: Path, words: Words) -> None:
    """Nobody can be shown it."""
    for path in pack.rglob("*.yaml"):
        text = path.read_text("utf-8").replace("[zh, en]", "[zh, de]").replace(" en: ", " de: ")
        path.write_text(text, "utf-8")
    assert long(pack, words) == []


def own_texts(page: Page, item: Scenario) -> dict[str, float]:
    """Seconds of the texts of an item, its card and its twin that a page speaks; under "" the pauses after them."""
    ids = (f"{item.id}/", f"{item.card.id}/", f"{item.twin}/")
    own = [said for said in page.speech if said.part.startswith(ids)]
    seconds = {said.part: expected_seconds(said.text, said.language) for said in own}
    return {**seconds, "": sum(said.pause for said in own)}


@pytest.mark.parametrize("most", [17.0, 20.0, 22.0])
def test_a_warning_is_what_the_pages_say(words: Words, monkeypatch: pytest.MonkeyPatch, most: float) -> None:
    """Every screen of every case of the library, timed one by one: those over a limit are those warned of.

    Where the longest text is a card's, the warning stands in another file.
    """
    monkeypatch.setattr(hearing, "MOST_SECONDS", most)
    monkeypatch.setattr(hearing, "_ROUGH_SECONDS", most - 1.0)
    pack = wiring.shipped("content") / "elder-fraud"
    compiled = wiring.read_packs([pack], TODAY)
    expected: set[tuple[str, str]] = set()
    for item in compiled.items.values():
        for language in ("zh", "en") if isinstance(item, Scenario) else ():
            for page in screens(item, compiled.catalogue, words, language):
                assert isinstance(item, Scenario)
                seconds = own_texts(page, item)
                if sum(seconds.values()) > most:
                    longest = max(filter(None, seconds), key=lambda part: seconds[part])
                    expected |= set() if longest.startswith(f"{item.card.id}/") else {(longest.split("/")[1], language)}
    found = check_pack(pack, TODAY, words).problems
    told = [problem for problem in found if problem.code == "long-to-hear" and "scenarios" in problem.path]
    assert {(Path(problem.path).stem, problem.message.split(" in '")[1][:2]) for problem in told} == expected
    assert expected


def test_the_library_is_heard_in_time(words: Words) -> None:
    found = check_pack(wiring.shipped("content") / "elder-fraud", TODAY, words).problems
    assert [problem for problem in found if problem.code == "long-to-hear"] == []


@pytest.mark.parametrize("text", ["9" * 9, "999 999 999", "12:30", "1984", "20 %", "3.14", "0371-96110", "2026-11-22"])
def test_numbers_are_counted_as_they_are_spoken(pack: Path, words: Words, text: str) -> None:
    """The rough count is never so short that a screen over 25 s is passed over: a scene of figures is found."""
    filler = "长" * 66
    spoil(pack, ONE, f"  - zh: {LINES[0]}\n", f"  - zh: {LINES[0]}\n    say: {{zh: '{filler}，{text}'}}\n")
    for line in LINES[1:]:
        spoil(pack, ONE, f"  - zh: {line}\n", "  - zh: 好\n")
    item = check_pack(pack, TODAY).items["sample/fraud-3"]
    assert isinstance(item, Scenario)
    catalogue = wiring.read_packs([pack], TODAY).catalogue
    longest = max(sum(own_texts(page, item).values()) for page in screens(item, catalogue, words, "zh"))
    assert bool(long(pack, words)) == (longest > hearing.MOST_SECONDS)


def test_checking_without_the_interface_times_nothing(pack: Path) -> None:
    stretch(pack, ONE, LINES, 24)
    assert check_pack(pack, TODAY).problems == ()
    assert FILES[ONE] != (pack / ONE).read_text("utf-8")
