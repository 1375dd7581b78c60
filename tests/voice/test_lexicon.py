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
睡一觉 shui4 yi2 jiao4
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
怎么教 zen3 me5 jiao1
谁在教 shui2 zai4 jiao1
视频教清理 shi4 pin2 jiao1 qing1 li3
都教国学 dou1 jiao1 guo2 xue2
教灭火 jiao1 mie4 huo3
大家教您 da4 jia1 jiao1 nin2
主任教大家 zhu3 ren4 jiao1 da4 jia1
教学生 jiao1 xue2 sheng5
教学 jiao4 xue2
教室 jiao4 shi4
家教 jia1 jiao4
请教您 qing3 jiao4 nin2
基督教 ji1 du1 jiao4
这得问问 zhe4 dei3 wen4 wen5
今天得进屋 jin1 tian1 dei3 jin4 wu1
还得打个电话 hai2 dei3 da3 ge5 dian4 hua4
还得家里人看 hai2 dei3 jia1 li3 ren2 kan4
合同还得自己看 he2 tong5 hai2 dei3 zi4 ji3 kan4
规矩得问 gui1 ju5 dei3 wen4
都得排队 dou1 dei3 pai2 dui4
家家得配 jia1 jia1 dei3 pei4
还得到银行去办 hai2 dei3 dao4 yin2 hang2 qu4 ban4
问得到 wen4 de5 dao4
单子用得上 dan1 zi5 yong4 de5 shang4
等得了 deng3 de5 liao3
问得着 wen4 de5 zhao2
还得起 huan2 de5 qi3
都得奖了 dou1 de2 jiang3 le5
也得到了 ye3 de2 dao4 le5
他得了七万 ta1 de2 le5 qi1 wan4
该得的 gai1 de2 de5
出没出事 chu1 mei2 chu1 shi4
开出没多远 kai1 chu1 mei2 duo1 yuan3
收没收到 shou1 mei2 shou1 dao4
一分钱没收 yi4 fen1 qian2 mei2 shou1
没收过礼 mei2 shou1 guo4 li3
没收证件 mo4 shou1 zheng4 jian4
出没无常 chu1 mo4 wu2 chang2
还给您留着 hai2 gei3 nin2 liu2 zhe5
书还给您 shu1 huan2 gei3 nin2
看一眼就还。 kan4 yi4 yan3 jiu4 huan2
五年后还您两万 wu3 nian2 hou4 huan2 nin2 liang3 wan4
把借的还上。 ba3 jie4 de5 huan2 shang4
还上课 hai2 shang4 ke4
还不上房 huan2 bu2 shang4 fang2
还不上班 hai2 bu2 shang4 ban1
补给您 bu3 gei3 nin2
月月给钱 yue4 yue4 gei3 qian2
供给 gong1 ji3
通知来的当天 tong1 zhi1 lai2 de5 dang4 tian1
去了当面登记 qu4 le5 dang1 mian4 deng1 ji4
直截了当 zhi2 jie2 liao3 dang4
上了当 shang4 le5 dang4
当心上当 dang1 xin1 shang5 dang4
一打过去 yi4 da3 guo4 qu5
老号一打心不慌 lao3 hao4 yi4 da3 xin1 bu4 huang1
竹板一打响 zhu2 ban3 yi4 da3 xiang3
一打鸡蛋 yi4 da2 ji1 dan4
血压计 xue4 ya1 ji4
骨折了 gu3 zhe2 le5
养老金调了 yang3 lao3 jin1 tiao2 le5
调令 diao4 ling4
看门诊 kan4 men2 zhen3
看门 kan1 men2
合着买 he2 zhe5 mai3
附着一张 fu4 zhe5 yi4 zhang1
附着力 fu4 zhuo2 li4
数目的 shu4 mu4 de5
目的 mu4 di4
盖着法院的章 gai4 zhe5 fa3 yuan4 de5 zhang1
接着用 jie1 zhe5 yong4
您查不着 nin2 cha2 bu4 zhao2
也是为您好 ye3 shi4 wei4 nin2 hao3
是为难 shi4 wei2 nan2
没空 mei2 kong4
没空调 mei2 kong1 tiao2
楼长 lou2 zhang3
一行小字 yi4 hang2 xiao3 zi4
一行人 yi4 xing2 ren2
远远地点 yuan3 yuan3 de5 dian3
地点 di4 dian3
量来量去 liang2 lai2 liang2 qu4
择豆角 zhai2 dou4 jiao3
选择菜品 xuan3 ze2 cai4 pin3
一沓钱 yi4 da2 qian2
稽查 ji1 cha2
兴许 xing1 xu3
先琢磨 xian1 zuo2 mo5
闷着不说话 men1 zhe5 bu4 shuo1 hua4
纳闷 na4 men4
空着的地方 kong4 zhe5 de5 di4 fang5
空着手 kong1 zhe5 shou3
高兴许多 gao1 xing4 xu3 duo1
哄了 hong3 le5
哄抢 hong1 qiang3
不挣钱 bu2 zheng4 qian2
问一问 wen4 yi2 wen4
买一盒 mai3 yi4 he2
买一送二 mai3 yi1 song4 er4
第一课 di4 yi1 ke4
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
    assert readings("教学，教练，宗教，主教，说教，求教") == {}
    assert readings("有没有，没落，沉没，没收财产") == {}
    assert readings("买一打鸡蛋，第一，统一，十一") == {}
    assert readings("值得，觉得，获得，得到，心得") == {}


@given(st.text(alphabet=st.sampled_from(list("得着了还教调量数中便宜孙子ATM 打的当面给不一没收行，。a1")), max_size=30))
def test_every_place_of_the_text_is_kept(piece: str) -> None:
    """So that the words that are spoken can be followed on the screen."""
    assert len(joined_letters(piece)) == len(piece)
    text, places = respelled(piece)
    assert len(text) == len(places)
    assert sorted(set(places)) == list(range(len(piece)))
