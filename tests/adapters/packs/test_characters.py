"""Texts that nobody wrote in the other characters: made of those that are there, and what is spoken of them."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk import wiring
from kiosk.adapters.packs import conversion
from kiosk.adapters.packs.conversion import can_convert, convert
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
    assert problem.message.startswith("1 text has its own 'zh-Hant'; the other ")


def test_a_pack_that_names_both_need_not_write_both(pack: Path) -> None:
    """Nothing is missing in it; a language that can't be made still is."""
    spoil(pack, "pack.yaml", "languages: [zh, en]", "languages: [zh, zh-Hant, en]")
    spoil(pack, ONE, "  en: A grandson needs cash\n", "")
    checked = check(pack)
    assert [(problem.code, problem.message[:27]) for problem in checked.problems] == [
        ("made-from-other", "no texts have their own 'zh"),
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


def no_opencc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither found nor loaded."""
    monkeypatch.setattr(conversion, "find_spec", lambda _: None)
    monkeypatch.setitem(sys.modules, "opencc", None)
    conversion._converter.cache_clear()


def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """For temporary files."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(tempfile.TemporaryDirectory, "__init__", refuse)
    conversion._converter.cache_clear()


@pytest.mark.parametrize("spoil_it", [no_opencc, no_room])
def test_without_opencc_what_is_written_is_offered(
    pack: Path, monkeypatch: pytest.MonkeyPatch, spoil_it: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """A pack is shown as it stands: nothing is made, and what is written in both is shown in both."""
    spoil_it(monkeypatch)
    checked = check(pack)
    assert checked.problems == ()
    assert {entry.languages for entry in checked.entries} == {("zh", "en")}
    spoil(pack, "pack.yaml", "languages: [zh, en]", "languages: [zh, en, zh-Hant]")
    assert "missing-language" in codes(list(check(pack).problems))


@pytest.mark.parametrize("spoil_it", [no_opencc, no_room])
def test_texts_that_cannot_be_made_are_not_taken_for_made(
    monkeypatch: pytest.MonkeyPatch, spoil_it: Callable[[pytest.MonkeyPatch], None]
) -> None:
    spoil_it(monkeypatch)
    assert not can_convert("zh-Hant")
    with pytest.raises((ImportError, OSError)):
        convert(["孙子"], "zh-Hant")
    assert wiring.in_characters(["孙子"], "zh-Hant") == ["孙子"]


def test_an_opencc_that_cannot_be_used_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mere folder of that name, and one without its dictionaries."""

    def refuse(_: str) -> None:
        raise RuntimeError("STPhrases.ocd2 not found or not accessible")

    fake = ModuleType("opencc")
    fake.__file__ = opencc.__file__
    monkeypatch.setitem(sys.modules, "opencc", fake)
    conversion._converter.cache_clear()
    assert not can_convert("zh")
    monkeypatch.setattr(fake, "OpenCC", refuse, raising=False)
    assert not can_convert("zh")
    assert not can_convert("zh-Hant")


def test_words_that_opencc_gets_wrong_are_right() -> None:
    """Each by itself."""
    entries = dict(entry.split("=") for entry in conversion._WORDS.split())
    made = convert(list(entries), "zh-Hant")
    assert dict(zip(entries, made, strict=True)) == {key: value.replace("着", "著") for key, value in entries.items()}


SENTENCES = {
    "从每家的四万里扣税，一万里扣五百": "從每家的四萬裡扣稅，一萬裡扣五百",
    "请他从四万里扣税": "請他從四萬裡扣稅",
    "请他从奖金里扣税": "請他從獎金裡扣稅",
    "行，卡里反正没有钱": "行，卡裡反正沒有錢",
    "替她拨好，请她在楼道里等。": "替她撥好，請她在樓道裡等。",
    "嗓子哑了别着忙，老号一打心不慌。": "嗓子啞了別著忙，老號一打心不慌。",
    "报了案，钱还没回来，像根刺扎在心里。": "報了案，錢還沒回來，像根刺扎在心裡。",
    "丢了一回心里急，先交税的别再理。": "丟了一回心裡急，先交稅的別再理。",
    "给三个视频点赞，得了六块。": "給三個視頻點讚，得了六塊。",
    "借手机，租电话卡": "借手機，租電話卡",
    "合唱班的群里，班长发了话。": "合唱班的群裡，班長發了話。",
    "她留着一头长发，心里直发慌。": "她留著一頭長髮，心裡直發慌。",
    "真的社区过节发油，怎么领？": "真的社區過節發油，怎麼領？",
    "马上冲奶，饭后再冲药，别冲奶奶发火。": "馬上沖奶，飯後再沖藥，別衝奶奶發火。",
    "“今晚九点关门，三天后退回去。”": "“今晚九點關門，三天後退回去。”",
    "今天后天都行，明天后天也行": "今天後天都行，明天後天也行",
    "半天后，白天后来的，明天后面补": "半天後，白天後來的，明天後面補",
    "天后宫就在十几里外，百里挑一": "天后宮就在十幾里外，百里挑一",
    "十几里地，好几里地，三公里": "十幾里地，好幾里地，三公里",
    "范老板、余老板都认识于老板，余老是老人": "范老闆、余老闆都認識于老闆，余老是老人",
    "其余老人，由于老板不在，至于老师": "其餘老人，由於老闆不在，至於老師",
    "合同里写明了，声明了也一样": "合同裡寫明了，聲明了也一樣",
    "窗口说：“都得排队，托谁也快不了。”": "窗口說：“都得排隊，託誰也快不了。”",
    "托人办房子的事，委托书怎么写？": "託人辦房子的事，委託書怎麼寫？",
    "老伴走不动，您托过社区。": "老伴走不動，您託過社區。",
    "托外人卖房的纸，千万别签名字。": "託外人賣房的紙，千萬別簽名字。",
    "让外人卖房的是骗局，只托收房租的是真的。": "讓外人賣房的是騙局，只託收房租的是真的。",
    "少充一点慢慢用，剩的能退心里松。": "少充一點慢慢用，剩的能退心裡鬆。",
    "我的身份证卷进了洗钱案。": "我的身份證捲進了洗錢案。",
    "挂断，不念。念了，快打银行电话锁卡。": "掛斷，不念。念了，快打銀行電話鎖卡。",
    "先交一半，把床位占上": "先交一半，把床位佔上",
    "先别着急签合同，牙签、标签、抽签": "先別著急簽合同，牙籤、標籤、抽籤",
    "理发店的头发，发票，一只杯子只卖三块": "理髮店的頭髮，發票，一隻杯子只賣三塊",
    "干净的干部不相干": "乾淨的幹部不相干",
}
"""As packs have them, many from the one that is shipped; what OpenCC knows better stays."""


@pytest.mark.parametrize("simplified", SENTENCES)
def test_whole_sentences_are_right(simplified: str) -> None:
    """A word among others may be cut otherwise than by itself."""
    assert convert([simplified], "zh-Hant") == [SENTENCES[simplified]]


_HAN = st.sampled_from([chr(code) for code in range(0x4E00, 0xA000)])


@given(st.lists(st.text(_HAN | st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc"))), max_size=5))
def test_each_character_becomes_one_as_wide(texts: list[str]) -> None:
    """So the limits hold, and what is spoken is marked where it is shown; any text comes back in its place."""
    made = convert(texts, "zh-Hant")
    assert [len(text) for text in made] == [len(text) for text in texts]
    assert [cell_len(text) for text in made] == [cell_len(text) for text in texts]


def test_the_library_is_as_wide_and_reads_back_as_it_was_written() -> None:
    """Text by text."""
    compiled = wiring.read_packs([wiring.shipped("content")], TODAY)
    texts = list(texts_in((compiled.items, compiled.catalogue)))
    assert len(texts) > 1000
    for text in texts:
        assert cell_len(text.write("zh-Hant")) == cell_len(text.write("zh")), text
    read = convert([text.write("zh-Hant") for text in texts], "zh")
    differ = [(made, text.write("zh")) for made, text in zip(read, texts, strict=True) if made != text.write("zh")]
    assert [(made, own) for made, own in differ if made.replace("著", "着") != own] == []
