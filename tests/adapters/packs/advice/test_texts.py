"""Advice on single texts: each rule names the text that breaks it, and leaves one alone that nearly does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wiring
from kiosk.adapters.packs.advice import breath, plain, volatile
from kiosk.adapters.packs.advice.inflection import stems
from kiosk.adapters.packs.advice.library import Column, Passage, Sort
from kiosk.adapters.packs.check import check_pack
from kiosk.core.items import Text
from kiosk.core.problems import Severity
from kiosk.ports import Words
from tests.adapters.packs.advice.told import told, write_many
from tests.adapters.packs.sample import ONE, TODAY, spoil, write_pack

ZH = "“千万别告诉我爸妈。”"
EN = "“Please, do not tell Mum and Dad.”"
TITLE_ZH, TITLE_EN = "孙子出事要现金", "A grandson needs cash"
DO_ZH, DO_EN = "挂断，打存好的号码，再告诉家人。", "Hang up. Ring the saved number. Tell the family."
CHOICE_ZH = "拨回刚才的号码"

BROKEN = [
    # a breath is 16 characters or 14 words
    (ZH, "他说这事千万别告诉家里的爸爸和妈妈", "long-breath", "17 characters"),
    (EN, "He is on and on to me so as to do it by me now", "long-breath", "15 words"),
    # plain words
    (ZH, "一个龅牙的人来了。", "not-plain", "'龅'"),
    (DO_ZH, "挂断，先核实再说。", "not-plain", "'核实' is office language"),
    (EN, "He is an erstwhile friend.", "not-plain", "'erstwhile'"),
    (EN, "They verified my card.", "not-plain", "'verified'"),
    # quotation marks
    (ZH, "把钱转到“安全账户”里。", "scare-quotes", "'安全账户'"),
    (EN, "Move it to the “safe account” today.", "scare-quotes", "'safe account'"),
    (CHOICE_ZH, "找那位“领导”问问", "scare-quotes", "'领导'"),
    # the verdict
    (TITLE_ZH, "骗子要现金", "names-the-verdict", "'骗子' names the verdict: lists show titles before it"),
    (TITLE_ZH, "一个圈套", "names-the-verdict", "'圈套'"),
    (TITLE_EN, "A fake grandson", "names-the-verdict", "'fake'"),
    (EN, "They tricked a neighbour.", "names-the-verdict", "'tricked' names the verdict: this is shown before it"),
    (ZH, "邻居上当了，来找您。", "names-the-verdict", "'上当'"),
    (ZH, "反诈中心的人被骗了。", "names-the-verdict", "'骗'"),  # its name excuses no other word
    (EN, "An anti-fraud officer tricked him.", "names-the-verdict", "'tricked'"),
    (EN, "He warns me. I was tricked.", "names-the-verdict", "'tricked'"),
    # what changes
    (DO_ZH, "存一年，年化四个点。", "volatile-fact", "the rate"),
    (DO_ZH, "月息两分，别信。", "volatile-fact", "the rate '月息两分'"),
    (DO_ZH, "利息三厘，问清楚。", "volatile-fact", "the rate"),
    (DO_ZH, "能报三成补贴。", "volatile-fact", "the rate '三成补贴'"),
    (DO_EN, "They pay 8 percent a year.", "volatile-fact", "a percentage"),
    (DO_EN, "At a rate of 5, ask first.", "volatile-fact", "the rate 'rate of 5'"),
    (DO_EN, "An interest of 12 is high.", "volatile-fact", "the rate 'interest of 12'"),
    (DO_ZH, "月息三分也信。", "volatile-fact", "the rate '月息三分'"),
    (DO_ZH, "一个月三厘，问清楚。", "volatile-fact", "the rate '厘'"),
    (DO_ZH, "第二条规定，可以退。", "volatile-fact", "the law '第二条'"),
    (DO_ZH, "按银行法，可以退。", "volatile-fact", "the law '银行法'"),
    (DO_ZH, "按民法典，可以退。", "volatile-fact", "the law '民法典'"),
    (DO_ZH, "看消费者权益保护法。", "volatile-fact", "the law"),
    (DO_EN, "Under the Consumer Law, ask.", "volatile-fact", "the law 'Law'"),
    (DO_ZH, "打95588问问。", "volatile-fact", "the number '95588'"),
    (DO_ZH, "打九五五八八问问。", "volatile-fact", "the number '九五五八八'"),
    (DO_ZH, "打一一零报警。", "volatile-fact", "the number '一一零'"),
    (DO_ZH, "银行的电话是95588。", "volatile-fact", "the number '95588'"),
    (DO_ZH, "拨打了96300，问清楚。", "volatile-fact", "the number '96300'"),
    (DO_ZH, "问95588客服。", "volatile-fact", "the number '95588'"),
    (DO_EN, "Ring 12315 and ask.", "volatile-fact", "the number '12315'"),
    (DO_EN, "She called 95588.", "volatile-fact", "the number '95588'"),
    (DO_EN, "Ring the bank on 95588.", "volatile-fact", "the number '95588'"),
    (DO_EN, "Call 119 at once.", "volatile-fact", "the number '119'"),
    (DO_ZH, "打400-820-8820问。", "volatile-fact", "the number '400-820-8820'"),
    (DO_ZH, "打10086问问。", "volatile-fact", "the number '10086'"),
    (DO_ZH, "打 95588 问问。", "volatile-fact", "the number '95588'"),
    (DO_ZH, "打 12306 问问。", "volatile-fact", "the number '12306'"),
    (DO_ZH, "打95588人工问问。", "volatile-fact", "the number '95588'"),
    (DO_ZH, "打95588千万别等。", "volatile-fact", "the number '95588'"),
    (DO_ZH, "打62345678问问。", "volatile-fact", "the number '62345678'"),
    (DO_ZH, "打0371-62345678问。", "volatile-fact", "the number '0371-62345678'"),
    (DO_ZH, "店在（0371）62345678，先问。", "volatile-fact", "the number '0371）62345678'"),
    (DO_ZH, "拨打13812345678问。", "volatile-fact", "the number '13812345678'"),
    (DO_ZH, "找老李，138 1234 5678，先问。", "volatile-fact", "the number '138 1234 5678'"),
    (DO_ZH, "找老李，+86-13812345678，先问。", "volatile-fact", "the number '86-13812345678'"),
    (DO_ZH, "打{help:110} 13812345678问。", "volatile-fact", "the number '13812345678'"),
    (DO_EN, "Call 6234 5678 and ask.", "volatile-fact", "the number '6234 5678'"),
    (DO_EN, "Ring 13812345678.", "volatile-fact", "the number '13812345678'"),
    (DO_EN, "Ring  10086 and ask.", "volatile-fact", "the number '10086'"),
    (DO_EN, "Ring 95588 24 hours a day.", "volatile-fact", "the number '95588'"),
    (DO_EN, "Phone: +86 371 6234 5678.", "volatile-fact", "the number '86 371 6234 5678'"),
    (DO_EN, "Their phone number is 6234 5678.", "volatile-fact", "the number '6234 5678'"),
]
LEFT_ALONE = [
    (ZH, "他说这事千万别告诉家里的爸爸妈妈", "long-breath"),
    (ZH, "他说这事，千万别告诉家里的爸爸和妈妈。", "long-breath"),
    (EN, "He is on and on to me so as to do it by me", "long-breath"),
    (EN, "He asks for 5,000 yuan. I said no, and he left.", "long-breath"),
    (ZH, "“请您核实一下信息。”", "not-plain"),  # how an official speaks, or one who passes for him
    (ZH, "他攥着一沓钱。", "not-plain"),
    *(
        (ZH, text, "not-plain")
        for text in (
            "放进行李箱里。",
            "街坊互相关心。",
            "姓名以及时间。",
            "他以前往这里来。",
            "从门前往左走。",
            "应该人来了再说。",
            "也该人家出钱。",
            "应该公司出。",
            "他转告知道的人。",
        )
    ),
    (EN, "ERSTWHILE stands on the card.", "not-plain"),  # in capitals: a mark, or letters that stand for words
    (EN, "He leans on a walking-stick.", "not-plain"),
    (EN, "It isn't Grandma's unread, risky, well-known bag.", "not-plain"),
    (EN, "His homework took a lifetime.", "not-plain"),  # two words in one
    (EN, "He says that old Wukong lent it.", "not-plain"),  # a name
    (EN, "Look at page 9b, or the 10th.", "not-plain"),
    (EN, "Three refunds came, and then the police.", "not-plain"),  # a type's name has the word
    (ZH, "她说：“安全账户”，别的没说。", "scare-quotes"),
    (ZH, "“喂？”那头没有声音。", "scare-quotes"),
    (ZH, "门上写着“停水”两个字。", "scare-quotes"),
    (EN, "She cries, “Grandma!” and stops.", "scare-quotes"),
    (EN, "The sign says “closed” today.", "scare-quotes"),
    (EN, "A letter stamped “District Court” came.", "scare-quotes"),
    (EN, "Then a “Hurry up!” comes from behind.", "scare-quotes"),  # a sentence, which somebody says
    (ZH, "门外一声“快走！”吓了他一跳。", "scare-quotes"),
    (DO_ZH, "没有“安全账户”这回事。", "scare-quotes"),  # after the verdict
    (TITLE_ZH, "反诈民警来敲门", "names-the-verdict"),
    (CHOICE_ZH, "别上当，挂断", "names-the-verdict"),
    (ZH, "骨头断了，上当铺去。", "names-the-verdict"),
    (EN, "They talk of conduct, contents and Constance.", "names-the-verdict"),
    (EN, "An anti-fraud poster warns of tricks.", "names-the-verdict"),
    (DO_ZH, "别上当，挂断。", "names-the-verdict"),
    (DO_ZH, "十分钟就好，三个人一起去。", "volatile-fact"),
    (DO_ZH, "利息两分钟就算好。", "volatile-fact"),
    (DO_ZH, "去法院问问，找律师也行。", "volatile-fact"),
    (DO_ZH, "有了办法再说，第三条路也行。", "volatile-fact"),
    (DO_ZH, "退您12345元，别信。", "volatile-fact"),
    (DO_ZH, "一共96300，别信。", "volatile-fact"),
    (DO_ZH, "刀口三厘米，利息三厘米。", "volatile-fact"),
    (DO_ZH, "找银行法人代表签字。", "volatile-fact"),
    (DO_ZH, "第二条里有个链接，别点。", "volatile-fact"),
    (DO_ZH, "利息一分没有，别信。", "volatile-fact"),
    (DO_ZH, "利息一分钱也没有，别信。", "volatile-fact"),
    (DO_ZH, "打一二三十个电话问。", "volatile-fact"),
    (DO_EN, "It was 120 more, or 12,345 yuan.", "volatile-fact"),
    (DO_EN, "He sent 12300 in all, or owed 96000.", "volatile-fact"),
    (DO_EN, "An interest of 5000, at the rate of 5000 a head.", "volatile-fact"),
    (DO_EN, "The act is over. Ask the law student.", "volatile-fact"),
    *(
        (DO_ZH, text, "volatile-fact")
        for text in (
            "打{help:110}，再打 {help:96110} 问。",
            "打{help:96110} 24 小时都行。",
            "他拿了12000块，又拿两万。",
            "给他打了1200000，又打了 10000。",
            "打 10000 块，打62345678元，别信。",
            "打了 120 分，又打 119 次。",
            "2026年的事，打听到2019-2026。",
            "电话 2026-11-22 来的，十点。",
            "尾号 6234，单号 62345678，记好。",
            "单号10023，卡号码 95588，记好。",
            "5 号 12315 人来，3号 10086 人。",
            "门牌 1201，打车到 3 号楼 1502 室。",
            "打到 10:30，拨到 8-12 点。",
            "包裹 SF13812345678 到了。",
            "卡号 6222 0213 8123 4567 890，别给。",
            "打 6234 56，打不通。",
        )
    ),
    *(
        (DO_EN, text, "volatile-fact")
        for text in (
            "Ring {help:110} or {help:96110}.",
            "Ring {help:96110} 24 hours a day.",
            "He sent 20,000 yuan in 2026.",
            "Call me on 2026-11-22, at 10:30.",
            "Order number 62345678, room number 10012.",
            "Call at 1201, ring 120 times.",
            "The number 62345678 is on the parcel.",
        )
    ),
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def write(pack: Path, old: str, new: str) -> int:
    """Put a text in another's place; its line."""
    quoted = f'"{new}"'
    spoil(pack, ONE, f": {old}\n", f": {quoted}\n")
    lines = (pack / ONE).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if quoted in line)


@pytest.mark.parametrize(("old", "new", "code", "said"), BROKEN)
def test_a_text_that_breaks_a_rule_is_named(pack: Path, words: Words, old: str, new: str, code: str, said: str) -> None:
    line = write(pack, old, new)
    (problem,) = told(pack, words, code)
    assert (problem.path, problem.line) == (str(pack / ONE), line)
    assert problem.column > 1
    assert said in problem.message


@pytest.mark.parametrize(("old", "new", "code"), LEFT_ALONE)
def test_a_near_miss_is_left_alone(pack: Path, words: Words, old: str, new: str, code: str) -> None:
    write(pack, old, new)
    assert told(pack, words, code) == []


@pytest.mark.parametrize("number", ["6234567", "6234 5678", "010-62345678", "0371-6234 5678", "138-1234-5678", "10010"])
@pytest.mark.parametrize(
    "text",
    [
        *("打{}问。", "先拨 {} 问。", "拨打了“{}”。", "电话：{}。", "电话号码是 {}。", "打电话给 {}。"),
        *("Call {}.", "Ring them on {}.", "She phoned {} first.", "Dial ‘{}’.", "The hotline is {}."),
    ],
)
def test_a_number_to_dial_is_found_however_it_is_written(number: str, text: str) -> None:
    column = Column([Passage("x", "x", "do", Sort.WHY, Text({"zh": text.format(number)}))], "zh")
    assert [hit.found for hit in volatile._numbers(column, ())] == [number]


def test_what_is_spoken_is_breathed_and_not_what_is_written(pack: Path, words: Words) -> None:
    spoil(pack, ONE, f"  - zh: {ZH}\n", f"  - zh: {ZH}\n    say: {{zh: {'长' * 20}}}\n")
    (problem,) = told(pack, words, "long-breath")
    assert "20 characters" in problem.message


@given(st.lists(st.text("一二三四五ab, ，。", max_size=40).filter(str.strip), max_size=6))
def test_a_stretch_is_told_just_where_no_mark_breaks_it(texts: list[str]) -> None:
    """However the texts follow each other, a stretch is found in its own text and never runs into the next."""
    passages = [Passage("x", str(place), "do", Sort.WHY, Text({"zh": text})) for place, text in enumerate(texts)]
    column = Column(passages, "zh")
    found = {column.passage_at(at).item for at, _ in breath._stretches(column.whole, 16, counts_characters=True)}
    marked = [text.replace("，", "。").split("。") for text in texts]
    assert found == {str(place) for place, parts in enumerate(marked) if any(len(part) > 16 for part in parts)}


@pytest.mark.parametrize("text", ["{}手续。", "和{}的人说。", "可以{}。", "所以{}。", "请{}他。"])
@pytest.mark.parametrize("word", ["进行", "相关", "及时", "前往", "该人", "该公司", "告知"])
def test_an_office_word_is_told_wherever_it_is_one(pack: Path, words: Words, word: str, text: str) -> None:
    write(pack, DO_ZH, text.format(word))
    (problem,) = told(pack, words, "not-plain")
    assert f"'{word}' is office language" in problem.message


def test_each_word_of_the_list_can_be_found() -> None:
    """One with a hyphen would never be: words are looked for by their letters."""
    assert [word for word in plain._words() if not plain._LATIN.fullmatch(word)] == []


def test_a_word_is_told_once_in_an_item(pack: Path, words: Words) -> None:
    write(pack, EN, "My erstwhile friend came.")
    write(pack, DO_EN, "Ask your erstwhile friend.")
    assert len(told(pack, words, "not-plain")) == 1


def test_the_packs_own_vocabulary_is_plain(pack: Path, words: Words) -> None:
    """What its types, flags, channels, cards and numbers are called is what visitors learn here."""
    write(pack, EN, "He sells a talisman.")
    assert len(told(pack, words, "not-plain")) == 1
    spoil(pack, "baselines.yaml", "en: The police\n", "en: A talisman shop\n")
    assert told(pack, words, "not-plain") == []


def test_a_hint_names_the_plain_word(pack: Path, words: Words) -> None:
    write(pack, EN, "They verified my card.")
    write(pack, DO_ZH, "挂断，先核实再说。")
    assert [problem.hint for problem in told(pack, words, "not-plain")] == ["write check", "write 问清楚"]


@pytest.mark.parametrize(
    ("name", "old", "new", "is_told"),
    [
        ("baselines.yaml", "派出所不会派人上门收现金。", "月息两分的，不要信。", False),
        ("notices.yaml", "近来有人冒充上门，一律先打110问。", "近来有人说月息两分，先问。", False),
        ("stories/coupons.yaml", "老李收着五十八张旧粮票。", "老李存了钱，月息两分。", True),
        ("sayings.yaml", "声音能造假，挂了打回去。", "月息两分，要看清楚。", True),
    ],
)
def test_rates_stand_where_they_lapse(
    pack: Path, words: Words, name: str, old: str, new: str, *, is_told: bool
) -> None:
    spoil(pack, name, old, new)
    problems = told(pack, words, "volatile-fact")
    assert [problem.path for problem in problems] == [str(pack / name)] * is_told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sayings.yaml", "声音能造假，挂了打回去。"),
        ("notices.yaml", "近来有人冒充上门，一律先打110问。"),
        ("help.yaml", "钱已经转出去了"),
        ("help.yaml", "挂断，不再付钱。"),
        ("facts.yaml", "银行会要密码吗？"),
        ("facts.yaml", "密码只有您知道。"),
        ("baselines.yaml", "派出所不会派人上门收现金。"),
        ("stories/coupons.yaml", "有人说值两百万。"),
        ("stories/coupons.yaml", "先问家里人。"),
        (ONE, "同样是家里人要钱：不许问的是骗局，请您问的是真的。"),
    ],
)
def test_every_text_is_found_in_its_file(pack: Path, words: Words, name: str, text: str) -> None:
    spoil(pack, name, text, "一个龅牙的人")
    (problem,) = told(pack, words, "not-plain")
    lines = (pack / name).read_text("utf-8").splitlines()
    assert problem.path == str(pack / name)
    assert "龅" in lines[problem.line - 1]


def test_a_pack_in_other_languages_is_given_the_advice_that_holds_for_all(pack: Path, words: Words) -> None:
    """Rules of words are for the languages that they know; nothing fails on another."""
    for path in pack.rglob("*.yaml"):
        text = path.read_text("utf-8").replace("[zh, en]", "[fr]").replace(" en: ", " fr: ")
        path.write_text(text, "utf-8")
    assert not [found for found in check_pack(pack, TODAY, words).problems if found.code == "not-plain"]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        *(
            ("bags", "bag"),
            ("boxes", "box"),
            ("cries", "cry"),
            ("stopped", "stop"),
            ("making", "make"),
            ("walked", "walk"),
        ),
        *(("nicer", "nice"), ("biggest", "big"), ("happier", "happy"), ("slowly", "slow"), ("gently", "gentle")),
        *(("happily", "happy"), ("sellers", "sell"), ("carried", "carry")),
    ],
)
def test_a_form_leads_to_its_word(word: str, stem: str) -> None:
    assert stem in set(stems(word))


@given(st.from_regex("[a-z]{1,12}", fullmatch=True))
def test_a_stem_is_never_longer_by_more_than_an_e(word: str) -> None:
    assert all(len(stem) <= len(word) for stem in stems(word))


def test_the_sample_and_the_many_are_given_no_advice(pack: Path, words: Words, tmp_path: Path) -> None:
    assert check_pack(pack, TODAY, words).problems == ()
    assert check_pack(write_many(tmp_path), TODAY, words).problems == ()


def test_the_library_is_given_no_advice(words: Words) -> None:
    problems = check_pack(wiring.shipped("content") / "elder-fraud", TODAY, words).problems
    assert [str(problem) for problem in problems if problem.severity is not Severity.INFO] == []


def test_compiling_pays_for_no_advice(pack: Path) -> None:
    """The child that compiles at the kiosk's start loads neither rules nor lists of words nor pages."""
    program = (
        "import sys; from datetime import date; from pathlib import Path; from kiosk import wiring\n"
        f"assert not wiring.read_packs([Path({str(pack)!r})], date(2026, 11, 22)).problems\n"
        "print([name for name in sys.modules if '.advice' in name or name.startswith('kiosk.core.pages')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"
