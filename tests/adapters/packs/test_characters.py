"""Texts that nobody wrote in the other characters: made of those that are there, and what is spoken of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk import wiring
from kiosk.adapters.packs import characters
from kiosk.adapters.packs.characters import convert
from kiosk.core.items import Scenario, Text
from kiosk.usecases.record import texts_in
from tests.adapters.packs.sample import ONE, TODAY, check, codes, found, spoil, write_pack

TITLE = "  zh: 孙子出事要现金\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def scenario(pack: Path) -> Scenario:
    item = check(pack).items["sample/fraud-3"]
    assert isinstance(item, Scenario)
    return item


def title(pack: Path, *lines: str) -> Text:
    """The title of a case, with these lines instead of its Chinese one."""
    spoil(pack, ONE, TITLE, "".join(f"  {line}\n" for line in lines))
    return scenario(pack).title


def test_what_is_not_written_is_made_and_spoken_as_it_was(pack: Path) -> None:
    text = scenario(pack).scene[1]
    assert text.write("zh-Hant") == "他說打傷了同學，人在派出所。"
    assert (text.write("zh"), text.spoken) == ("他说打伤了同学，人在派出所。", {})


def test_a_text_of_its_own_wins_and_the_others_are_made(pack: Path) -> None:
    """Though `pack.yaml` names no such language; how many are its own is told there, and nowhere else."""
    assert title(pack, "zh: 孙子出事要现金", "zh-Hant: 孫子出事要現鈔").write("zh-Hant") == "孫子出事要現鈔"
    assert scenario(pack).do.write("zh-Hant") == "掛斷，打存好的號碼，再告訴家人。"
    (problem,) = check(pack).problems
    assert (problem.code, Path(problem.path).name, problem.line) == ("made-from-other", "pack.yaml", 5)
    assert problem.message.startswith("1 text has 'zh-Hant' of their own; the other ")


def test_a_pack_that_names_both_need_not_write_both(pack: Path) -> None:
    """Nothing is missing in it; a language that can't be made still is."""
    spoil(pack, "pack.yaml", "languages: [zh, en]", "languages: [zh, zh-Hant, en]")
    spoil(pack, ONE, "  en: A grandson needs cash\n", "")
    checked = check(pack)
    assert [(problem.code, problem.message[:27]) for problem in checked.problems] == [
        ("made-from-other", "no texts have 'zh-Hant' of "),
        ("missing-language", "this text is not in 'en': w"),
    ]
    assert {entry.languages for entry in checked.entries} == {("zh", "zh-Hant", "en"), ("zh", "zh-Hant")}


def test_a_text_in_neither_is_missing_in_both(pack: Path) -> None:
    """Told once, of the language that the pack names."""
    spoil(pack, ONE, TITLE, "")
    checked = check(pack)
    assert [problem.message for problem in checked.problems] == [
        "this text is not in 'zh': where 'zh' is offered, the item is not shown"
    ]
    assert next(entry for entry in checked.entries if entry.id == "sample/fraud-3").languages == ("en",)


@pytest.mark.parametrize(
    ("own", "spoken"),
    [
        ("孫子出事要現金", {}),
        ("「孫子」出事要現金！", {}),
        ("孙子出事要现金", {}),
        ("孫子出事要現鈔", {"zh-Hant": "孙子出事要现钞"}),
        ("看著孫子出事", {"zh-Hant": "看着孙子出事"}),
    ],
    ids=["the same", "other marks", "not converted", "another word", "other words"],
)
def test_its_own_words_are_spoken_and_the_same_words_only_once(pack: Path, own: str, spoken: dict[str, str]) -> None:
    """In characters that the voice and the rules of numbers know; marks and characters alone are no other words."""
    assert title(pack, "zh: 孙子出事要现金", f"zh-Hant: {own}").spoken == spoken


def test_what_the_voice_is_told_to_say_comes_in_the_characters_it_reads(pack: Path) -> None:
    made = title(pack, "zh: 孙子出事要现金", "say: {zh: 孙子出事啦, zh-Hant: 孫子出事囉}")
    assert made.spoken == {"zh": "孙子出事啦", "zh-Hant": "孙子出事啰"}


def test_a_pack_in_traditional_characters_alone_is_one_in_simplified_ones_too(pack: Path) -> None:
    """Spoken from these, so that nothing is spoken twice; with what it tells the voice."""
    for file in pack.rglob("*.yaml"):
        lines = file.read_text("utf-8").split("\n")
        made = "\n".join(convert(lines, "zh-Hant")).replace("zh:", "zh-Hant:").replace("[zh,", "[zh-Hant,")
        file.write_text(made.replace("text: zh,", "text: zh-Hant,"), "utf-8")
    checked = check(pack)
    assert checked.problems == ()
    assert checked.name is not None
    assert checked.name.languages == ("zh-Hant", "en", "zh")
    assert {entry.languages for entry in checked.entries} == {("zh-Hant", "en", "zh")}
    text = scenario(pack).scene[1]
    assert (text.write("zh"), text.write("zh-Hant")) == (
        "他说打伤了同学，人在派出所。",
        "他說打傷了同學，人在派出所。",
    )
    spoil(pack, ONE, "  zh-Hant: 孫子出事要現金\n", "  zh-Hant: 孫子出事要現金\n  say: {zh-Hant: 孫子出事了}\n")
    assert scenario(pack).title.spoken == {"zh": "孙子出事了"}


def test_numbers_to_dial_and_fields_stay_as_they_are(pack: Path) -> None:
    spoil(pack, ONE, "挂断，打存好的号码，", "挂断，打{help:96110}，")
    assert scenario(pack).do.write("zh-Hant") == "掛斷，打96110，再告訴家人。"
    assert convert(["还有{total}个“问题”，按 [Enter]。"], "zh-Hant") == ["還有{total}個“問題”，按 [Enter]。"]


def test_names_of_flags_in_a_row_are_made_of_their_own_names(pack: Path) -> None:
    spoil(pack, "taxonomy.yaml", "name: {zh: 上门取现, ", "name: {zh: 上门取现, zh-Hant: 到府收錢, ")
    why = scenario(pack).see_why
    assert why.write("zh-Hant") == "要求保密、到府收錢"
    assert why.spoken == {"zh-Hant": "要求保密、到府收钱"}
    assert scenario(pack).see_why.say("zh") == "要求保密、上门取现"


def test_a_variety_can_be_written_in_what_is_made(pack: Path) -> None:
    spoil(pack, "pack.yaml", "{id: zh-henan, text: zh, name: 河南话}", "{id: yue, text: zh-Hant, name: 廣東話}")
    assert found(pack) == []
    spoil(pack, "pack.yaml", "{id: yue, text", "{id: zh-Hant, text")
    assert codes(found(pack)) == ["repeated-word"]


@pytest.mark.parametrize("written", ["zh-hant", "zh_Hant", "zh-TW", "zh-HK"])
def test_another_name_of_it_is_answered_with_the_right_one(pack: Path, written: str) -> None:
    spoil(pack, "pack.yaml", "languages: [zh, en]", f"languages: [zh, en, {written}]")
    (problem,) = found(pack)
    assert (problem.code, problem.hint) == ("not-a-language", "write zh-Hant")
    spoil(pack, "pack.yaml", f", {written}]", "]")
    spoil(pack, ONE, TITLE, f"{TITLE}  zh-hant: 孫子\n")
    assert [problem.hint for problem in found(pack, ONE)] == ["did you mean 'zh-Hant'?"]


def test_without_opencc_what_is_written_is_offered(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack is shown as it stands: nothing is made, and what is written in both is shown in both."""
    monkeypatch.setattr(characters, "_converter", lambda _: None)
    checked = check(pack)
    assert checked.problems == ()
    assert {entry.languages for entry in checked.entries} == {("zh", "en")}
    spoil(pack, "pack.yaml", "languages: [zh, en]", "languages: [zh, en, zh-Hant]")
    assert "missing-language" in codes(list(check(pack).problems))


def test_words_that_opencc_gets_wrong_are_right() -> None:
    """Each by itself, and in sentences as packs have them; what OpenCC knows better stays."""
    entries = dict(entry.split("=") for entry in characters._WORDS.split())
    made = convert(list(entries), "zh-Hant")
    assert dict(zip(entries, made, strict=True)) == {key: value.replace("着", "著") for key, value in entries.items()}
    for simplified, traditional in {
        "先别着急签合同，卡里还有钱。": "先別著急簽合同，卡裡還有錢。",
        "班长发来消息，明天后天都行。": "班長發來消息，明天後天都行。",
        "合同里写明了，托人也一样。": "合同裡寫明了，託人也一樣。",
        "标签、抽签、三公里、头发、理发店": "標籤、抽籤、三公里、頭髮、理髮店",
    }.items():
        assert convert([simplified], "zh-Hant") == [traditional]


_HAN = st.sampled_from([chr(code) for code in range(0x4E00, 0xA000)])


@given(st.lists(st.text(_HAN | st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc"))), max_size=5))
def test_each_character_becomes_one_as_wide(texts: list[str]) -> None:
    """So the limits hold, and what is spoken is marked where it is shown; any text comes back in its place."""
    made = convert(texts, "zh-Hant")
    assert [len(text) for text in made] == [len(text) for text in texts]
    assert [cell_len(text) for text in made] == [cell_len(text) for text in texts]


def test_the_starter_pack_is_as_wide_and_reads_back_as_it_was_written() -> None:
    """Text by text."""
    compiled = wiring.read_packs([wiring.shipped("content")], TODAY)
    texts = list(texts_in((compiled.items, compiled.catalogue)))
    assert len(texts) > 1000
    for text in texts:
        assert cell_len(text.write("zh-Hant")) == cell_len(text.write("zh")), text
    read = convert([text.write("zh-Hant") for text in texts], "zh")
    differ = [(made, text.write("zh")) for made, text in zip(read, texts, strict=True) if made != text.write("zh")]
    assert [(made, own) for made, own in differ if made.replace("著", "着") != own] == []
