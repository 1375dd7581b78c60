"""The real espeak-ng reads the words of this field as they are said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice.engine import Voice
from kiosk.voice.lexicon import joined_letters, readings
from kiosk.voice.mandarin import respelled
from kiosk.voice.pyttsx import Pyttsx

READINGS = """
银行 yin2 hang2
行不行 xing2 bu5 xing2
拍卖行 pai1 mai4 hang2
内行人 nei4 hang2 ren2
重新 chong2 xin1
重办一张 chong2 ban4 yi4 zhang1
还是 hai2 shi5
还有 hai2 you3
明天就还您。 ming2 tian1 jiu4 huan2 nin2
借钱不还。 jie4 qian2 bu4 huan2
还款 huan2 kuan3
还清楚 hai2 qing1 chu5
长大 zhang3 da4
长相 zhang3 xiang4
处长 chu4 zhang3
转账 zhuan3 zhang4
便宜 pian2 yi5
方便 fang1 bian4
觉得 jue2 de5
睡一觉 shui4 yi1 jiao4
好处 hao3 chu5
处理 chu3 li3
着急 zhao2 ji2
用不着 yong4 bu5 zhao2
瞒着家里 man2 zhe5 jia1 li3
穿着警服 chuan1 zhe5 jing3 fu2
了解 liao3 jie3
办不了 ban4 bu5 liao3
按了手印 an4 le5 shou3 yin4
出了事 chu1 le5 shi4
为了 wei4 le5
认真地 ren4 zhen1 de5
地方 di4 fang5
这两句都得问 zhe4 liang3 ju4 dou1 dei3 wen4
说得对 shuo1 de5 dui4
数一数 shu3 yi4 shu3
只数来了几次 zhi3 shu3 lai2 le5 ji3 ci4
数字 shu4 zi4
存折 cun2 zhe2
教您 jiao1 nin2
免费教炒股 mian3 fei4 jiao1 chao3 gu3
教师 jiao4 shi1
应该 ying1 gai1
答应 da1 ying5
分钟 fen1 zhong1
几乎 ji1 hu1
几点 ji3 dian3
中奖 zhong4 jiang3
真的中了奖 zhen1 de5 zhong4 le5 jiang3
不给您 bu4 gei3 nin2
孙子 sun1 zi5
调声音 tiao2 sheng1 yin1
调查 diao4 cha2
量血压 liang2 xue4 ya1
心里直发慌 xin1 li5 zhi2 fa1 huang1
是我们打的 shi4 wo3 men5 da3 de5
懂行的当面看 dong3 hang2 de5 dang1 mian4 kan4
冲着钱 chong4 zhe5 qian2
挣钱 zheng4 qian2
脏钱 zang1 qian2
心脏 xin1 zang4
种菜 zhong4 cai4
哄您 hong3 nin2
个人信息 ge4 ren2 xin4 xi1
露馅 lou4 xian4
上当 shang4 dang4
"""


def sound(phonemes: str) -> str:
    """Syllables and tones, without stress and word boundaries."""
    return re.sub(r"[_|'\s;,:%]", "", phonemes)


@pytest.fixture(scope="module")
def voices(engine: Pyttsx) -> dict[str, Voice]:
    return {voice.id: voice for voice in engine.voices()}


@pytest.mark.parametrize("line", READINGS.strip().splitlines())
def test_it_reads_what_is_meant(line: str, engine: Pyttsx, voices: dict[str, Voice]) -> None:
    """The same phonemes as of the pinyin, which espeak's other Mandarin voice reads."""
    text, pinyin = line.split(" ", 1)
    meant = "".join(sound(engine.phonemes(syllable, voices["sit/cmn-latn-pinyin"])) for syllable in pinyin.split())
    assert sound(engine.phonemes(text, voices["sit/cmn"])) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("用A P P看", ("'eI", "p'i:", "p'i:")),
        ("A T M机", ("'eI", "t'i:", "'Em")),
        ("A I换脸", ("'eI", "'aI")),
        ("A座", ("'eI",)),
    ],
)
def test_letters_in_chinese_are_called_by_their_names(
    text: str, said: tuple[str, ...], engine: Pyttsx, voices: dict[str, Voice]
) -> None:
    phonemes = engine.phonemes(text, voices["sit/cmn"])
    english = re.findall(r"\(en\)(.*?)\(cmn\)", phonemes)
    assert [re.sub(r"[;_|]", "", each) for each in english] == ["".join(said)]


def test_letters_in_english_are_called_by_their_names(engine: Pyttsx, voices: dict[str, Voice]) -> None:
    """The A of a T M is no article; that of a letter is."""
    assert engine.phonemes("the A T M", voices["gmw/en"]).endswith("'eIt'i:;'Em")
    assert engine.phonemes("A letter", voices["gmw/en"]).startswith("a#")


def test_what_espeak_reads_right_is_left_as_it_is_written() -> None:
    assert readings("银行重新还是觉得着急了解为了处理应该分钟") == {}
    assert readings("便宜") == {0: "pian2", 1: "yi5"}
    assert readings("不给予") == {}
    assert readings("教育，教师，请教") == {}
    assert readings("还有，还是，还等您") == {}


@given(st.text(alphabet=st.sampled_from(list("得着了还教调量数中便宜孙子ATM 打的当面给不，。a1")), max_size=30))
def test_every_place_of_the_text_is_kept(piece: str) -> None:
    """So that the words that are spoken can be followed on the screen."""
    assert len(joined_letters(piece)) == len(piece)
    text, places = respelled(piece)
    assert len(text) == len(places)
    assert sorted(set(places)) == list(range(len(piece)))
