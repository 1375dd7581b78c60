"""What is written becomes what is said, as somebody would say it to a person of eighty."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.pronounce import pronounce
from tests.growth import is_linear

NUMBERS = frozenset({"110", "96110", "12345", "12393", "12333"})

CHINESE = """
# numbers to dial, and quantities that look like them
打110或96110。 | 打幺幺零或九六幺幺零。
告诉110车和长相 | 告诉幺幺零车和长相
报110处理 | 报幺幺零处理
一共1100元，1961101次 | 一共一千一百元，一百九十六万一千一百零一次
花了110元 | 花了一百一十元
交了110，又交了120 | 交了一百一十，又交了一百二十
110、119、120 | 幺幺零、幺幺九、幺二零
血压120/80 | 血压一百二十，八十
12345热线 | 幺二三四五热线
有事打12333。 | 有事打幺二三三三。
12306网站 | 幺二三零六网站
10086发来短信 | 幺零零八六发来短信
95588 | 九五五八八
拨打400-123-4567 | 拨打四零零，幺二三，四五六七
4008008888 | 四零零，八零零，八八八八
010-12345678 | 零幺零，幺二三四，五六七八
0371-65670000转2 | 零三七幺，六五六七，零零零零，转二
13812345678 | 幺三八，幺二三四，五六七八
138-1234-5678 | 幺三八，幺二三四，五六七八
１３９００００１１１１ | 幺三九，零零零零，幺幺幺幺
138****1234 | 幺三八，某某某某，幺二三四
+86 138 1234 5678 | 加八六，幺三八，幺二三四，五六七八
验证码是482913，别告诉人 | 验证码是四八二九幺三，别告诉人
尾号8899 | 尾号八八九九
账号6222 0212 3456 7890 | 账号六二二二，零二幺二，三四五六，七八九零
订单20261122001 | 订单二零二六幺幺二二零零幺
编号007 | 编号零零七
# amounts
¥20,000 | 两万元
￥３．５ | 三元五角
20,000元现金 | 两万元现金
2万元 | 两万元
两万 | 两万
3.5万元 | 三点五万元
22000元 | 两万二千元
220万 | 二百二十万
2亿 | 两亿
110000元 | 十一万元
100300 | 十万零三百
10003 | 一万零三
12,345.67元 | 一万二千三百四十五元六角七分
$3.50 | 三点五美元
£5 | 五英镑
9.9元包邮 | 九元九角包邮
20.05元 | 二十元零五分
0.5元 | 五角
0.2元 | 两角
3.5块 | 三块五
¥1,999.00 | 一千九百九十九元
1500-2000元 | 一千五百到两千元
3万~5万 | 三万到五万
5000元/月 | 每月五千元
0.56元/度 | 每度五角六分
8000元/㎡ | 每平方米八千元
-50元 | 负五十元
# 两 and 二
2个 | 两个
22个 | 二十二个
102个 | 一百零二个
2天 | 两天
2小时 | 两小时
2元 | 两元
2点 | 两点
2个月 | 两个月
2月2日 | 二月二日
2-3天 | 两到三天
2、3个人 | 两三个人
第2条 | 第二条
2楼 | 二楼
2号楼3单元301室 | 二号楼三单元三零幺室
2代身份证 | 二代身份证
200元 | 二百元
2000元 | 两千元
每人限2份 | 每人限两份
# percentages, fractions, ranges, measures
3.85% | 百分之三点八五
100% | 百分之百
10%-20% | 百分之十到百分之二十
5～8% | 百分之五到百分之八
退款1/3 | 退款三分之一
2½杯 | 二又二分之一杯
3–5个 | 三到五个
60～69岁 | 六十到六十九岁
1-2-301 | 一，二，三零幺
≥60岁 | 至少六十岁
60+ | 六十以上
100+人 | 一百多人
-5℃ | 零下五度
38.5℃ | 三十八点五度
25 kg | 二十五公斤
3km | 三公里
80m² | 八十平方米
60km/h | 每小时六十公里
30×40cm | 三十乘四十厘米
3×5=15 | 三乘五等于十五
3:2 | 三比二
# dates and times
2026-11-22 | 二零二六年十一月二十二日
2026年11月22日 | 二零二六年十一月二十二日
11月22日 | 十一月二十二日
2026年 | 二零二六年
二〇二六年 | 二零二六年
2023年至2025年 | 二零二三年至二零二五年
2020-2026年 | 二零二零到二零二六年
25年工龄 | 二十五年工龄
80后 | 八零后
8:30 | 八点半
8：05 | 八点零五分
下午3点 | 下午三点
3:30 PM | 下午三点半
9:00-17:30 | 九点到十七点半
24小时 | 二十四小时
约2.5小时 | 约二点五小时
周一～周五 | 周一到周五
# what is numbered
No.3 | 三号
3楼 | 三楼
5号 | 五号
301路公交 | 三零幺路公交
《民法典》第1043条 | 民法典第一千零四十三条
①打电话②报警 | 一，打电话，二，报警
3·15晚会 | 三幺五晚会
双11 | 双十一
# signs
“安全账户”不安全。 | 安全账户不安全。
学一学：真的，还是骗人的（8分钟） | 学一学：真的，还是骗人的，八分钟
等一等……再说 | 等一等，再说
他说——别告诉人 | 他说，别告诉人
真的？！ | 真的？
和/或 | 和或者
男/女 | 男或女
看→问→比 | 看，问，比
声音&语言 | 声音和语言
您好😀！ | 您好！
看一看  问一问  比一比 | 看一看，问一问，比一比
按 1 键 | 按一键
这里按 [1] [2]。 | 这里按一二。
这里按 [Enter] 继续。 | 这里按右下角的大键继续。
再听一遍，按 [*]。 | 再听一遍，按星号。
# Latin letters and addresses
用APP看 | 用A P P看
下载“国家反诈中心”app | 下载国家反诈中心A P P
AI换脸 | A I换脸
扫QR码 | 扫Q R码
ATM机 | A T M机
ID号 | I D号
连WiFi | 连wifi
去K歌 | 去K歌
VIP客户 | V I P客户
P2P平台 | P to P平台
4S店 | 四S店
5G手机 | 五G手机
A4纸 | A四纸
G101次 | G幺零幺次
gov.cn网站 | gov点C N网站
打开https://www.gov.cn/abc?x=1吧 | 打开W W W点gov点C N斜杠A B C吧
abc@qq.com | A B C艾特Q Q点com
"""

ENGLISH = """
# numbers to dial, and quantities that look like them
Call 110 now. | Call one one zero now.
Tell 110 the car, the man. | Tell one one zero the car, the man.
Ask 12333. | Ask one two three three three.
It cost 110 yuan. | It cost one hundred and ten yuan.
Dial 12381 | Dial one two three eight one
Ring 999 or 911. | Ring nine nine nine or nine one one.
13812345678 | one three eight, one two three four, five six seven eight
138****1234 | one three eight, some hidden numbers, one two three four
+86 138 1234 5678 | plus eight six, one three eight, one two three four, five six seven eight
400-123-4567 | four zero zero, one two three, four five six seven
(010) 1234 5678 | zero one zero, one two three four, five six seven eight
+44 20 7946 0958 | plus four four, two zero, seven nine four six, zero nine five eight
Your code is 482913 | Your code is four eight two nine one three
card ending 8899 | card ending eight eight nine nine
Room 301 | Room three zero one
# amounts
20,000 in cash | twenty thousand in cash
2,280 yuan | two thousand two hundred and eighty yuan
You get 1,050 a month. | You get one thousand and fifty a month.
361 people signed | three hundred and sixty-one people signed
1,000,005 | one million and five
I promise you 1.5 million. | I promise you one point five million.
$3.50 | three dollars fifty
$3.05 | three dollars and five cents
£1 | one pound
£0.05 | five pence
$0.50 | fifty cents
¥20,000 | twenty thousand yuan
$1.5 million | one point five million dollars
$100–200 | one hundred to two hundred dollars
5,000.00 yuan | five thousand yuan
5,000 yuan/month | five thousand yuan a month
-50 | minus fifty
# percentages, fractions, ranges, measures
3.85% | three point eight five percent
10-20% | ten to twenty percent
1/2 | one half
3/4 | three quarters
2/3 of them | two thirds of them
2½ hours | two and a half hours
3–5 days | three to five days
60 to 69 | sixty to sixty-nine
a 10-day tour | a ten day tour
≥60 | at least sixty
60+ | sixty plus
38.5℃ | thirty-eight point five degrees
1 kg | one kilogram
25 kg | twenty-five kilograms
80 m² | eighty square metres
60km/h | sixty kilometres an hour
3×5=15 | three times five equals fifteen
140/90 | one hundred and forty over ninety
# dates and times
in 2026 | in twenty twenty-six
since 1998 | since nineteen ninety-eight
in 1905 | in nineteen oh five
in 2008 | in two thousand and eight
from 2000 people | from two thousand people
2020–2026 | twenty twenty to twenty twenty-six
the 1990s | the nineteen nineties
Nov 22 | November twenty-second
22 November 2026 | the twenty-second of November, twenty twenty-six
the 22nd of November | the twenty-second of November
2026-11-22 | the twenty-second of November, twenty twenty-six
01/12/2026 | the first of December, twenty twenty-six
8:30 | eight thirty
8:05 | eight oh five
8:00 | eight o'clock
8:30 am | eight thirty A M
3 p.m. today | three P M today
9:00-17:30 | nine o'clock to seventeen thirty
24/7 | twenty-four seven
# what is numbered
No. 3 | number three
the 12th floor | the twelfth floor
#3 | number three
1st and 3rd | first and third
# signs
“Safe account”? Not safe at all. | Safe account? Not safe at all.
Learn: is it real or a scam? (10 minutes) | Learn: is it real or a scam? Ten minutes
Wait… then ask | Wait, then ask
He said — tell no one. | He said, tell no one.
Really?! | Really?
and/or | and or
his/her | his or her
see→ask→compare | see, ask, compare
bread & butter | bread and butter
Hello 😀! | Hello!
don’t | don't
Press [1] or [2]. | Press one or two.
Press [Enter] to go on. | Press the tall key at the bottom right to go on.
To hear it again: [*]. | To hear it again: star.
e.g. a bank, i.e. theirs | for example, a bank, that is, theirs
Mr. Li and Dr. Wang | Mister Li and Doctor Wang
# full stops that end no sentence
He lives in St. John's Road. | He lives in Saint John's Road.
Main St. is long. | Main Street is long.
He lives in Main St. | He lives in Main Street.
Acme Co. and Sons Inc. wrote. | Acme Company and Sons Incorporated wrote.
Acme Co., Ltd. called. | Acme Company, Limited called.
He works at Acme Inc. He is rich. | He works at Acme Incorporated. He is rich.
It costs approx. 50 yuan. | It costs approximately fifty yuan.
See you on Mon. at noon. | See you on Monday at noon.
See you on Mon。 | See you on Monday.
On Tues. 5 Nov. 2026. | On Tuesday the fifth of November, twenty twenty-six.
Sat. and Sun. only | Saturday and Sunday only
Come on Sun. He waits. | Come on Sunday. He waits.
In Jan. he paid. | In January he paid.
No. 5 Bank Road | number five Bank Road
No. He said so. | No. He said so.
cats vs. dogs | cats versus dogs
Milk, eggs, etc. and more. | Milk, eggs, and so on and more.
At 9 a.m. he called. | At nine A M he called.
At 9:30 p.m. He left. | At nine thirty P M. He left.
At 9 a.m. Monday | At nine A M Monday
J. Smith called. | J Smith called.
A call from J. R. Smith. | A call from J R Smith.
Dr. J. Smith | Doctor J Smith
It was plan B. Then he left. | It was plan B. Then he left.
Take vitamin C. Eat well. | Take vitamin C. Eat well.
It was I. He knew. | It was I. He knew.
# letters and addresses
Take your ID card. | Take your I D card.
SMS code | S M S code
a SIM card | a sim card
AI voice | A I voice
ATM | A T M
QR code | Q R code
WiFi | wifi
Your PIN | Your pin
5G phone | five-G phone
A4 paper | A-four paper
FREEZE. From another phone, ring. | Freeze. From another phone, ring.
TELL family | Tell family
Now COMPARE. | Now compare.
Go to gov.cn. | Go to gov dot C N.
abc@qq.com | A B C at Q Q dot com
"""


def cases(table: str) -> list[tuple[str, str]]:
    rows = [line.split(" | ") for line in table.strip().splitlines() if not line.startswith("# ")]
    return [(written, spoken) for written, spoken in rows]


@pytest.mark.parametrize(("written", "spoken"), cases(CHINESE))
def test_chinese(written: str, spoken: str) -> None:
    keys = {"enter": "右下角的大键", "*": "星号"}
    assert pronounce(written, "zh", NUMBERS, keys) == spoken
    assert pronounce(spoken, "zh", NUMBERS) == spoken


@pytest.mark.parametrize(("written", "spoken"), cases(ENGLISH))
def test_english(written: str, spoken: str) -> None:
    keys = {"enter": "the tall key at the bottom right", "*": "star"}
    assert pronounce(written, "en", NUMBERS, keys) == spoken
    assert pronounce(spoken, "en", NUMBERS) == spoken


def test_numbers_of_this_site_are_dialled_and_others_of_the_same_length_are_not() -> None:
    """Which numbers are to be dialled comes from the packs."""
    assert pronounce("打88110。", "zh", frozenset({"88110"})) == "打八八幺幺零。"
    assert pronounce("打88110。", "zh") == "打八万八千一百一十。"
    assert pronounce("88110元", "zh", frozenset({"88110"})) == "八万八千一百一十元"
    assert pronounce("Wait for 333.", "en", frozenset({"333"})) == "Wait for three three three."
    assert pronounce("Wait for 333 yuan.", "en", frozenset({"333"})) == "Wait for three hundred and thirty-three yuan."


def test_a_key_without_a_name_is_said_by_what_is_printed_on_it() -> None:
    """And a bracket that holds no key is a pause."""
    assert pronounce("按 [绿键] 继续", "zh") == "按绿键继续"
    assert pronounce("按 [Enter] 继续", "zh") == "按回车键继续"
    assert pronounce("Press [/].", "en", keys={"/": "slash"}) == "Press slash."
    assert pronounce("one [or maybe two]", "en") == "one, or maybe two"


def test_a_language_without_rules_only_loses_what_no_voice_pronounces() -> None:
    """Its engine reads its numbers."""
    assert pronounce("བོད་ཡིག 123 😀\x07", "bo") == "བོད་ཡིག 123"
    assert pronounce("…😀", "bo") == ""


@pytest.mark.parametrize("language", ["zh", "en", "bo"])
@pytest.mark.parametrize("nothing", ["", "  ", "……", "“”", "😀", "→", "。。。", "\u200b"])
def test_where_there_is_nothing_to_say_nothing_is_said(nothing: str, language: str) -> None:
    assert pronounce(nothing, language) == ""


SPOKEN = {
    "zh": re.compile(
        r"(?:[A-Za-zÀ-ÖØ-öø-ſ]|[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]|[，。？！、；：']| (?=[A-Za-zÀ-ſ]))*"
    ),
    "en": re.compile(r"[A-Za-zÀ-ÖØ-öø-ſ ,.?!;:'-]*"),
}
TWO_MARKS = re.compile(r"[，。？！、；：,.?!;:] ?[，。？！、；：,.?!;:]")

FRAGMENTS = re.findall(
    r"\S+",
    "110 20,000 ¥ $ 3.85% 2026-11-22 8:30 138****1234 U.S. e.g. etc. Dr. ID APP WiFi [1] [Enter] http://a.cn/x a@b.cn "
    "1/2 ½ -5℃ kg m² km/h 第 No. 2 个 元 月 万 到 ~ – - / 和 A ， 。 Nov 22 pm . II s ' x 3 0 “ ” 《 》 ( ) + = * # @ "
    "& … — ② ５ é",
)


def holds(text: str, language: str) -> None:
    said = pronounce(text, language, NUMBERS)
    assert SPOKEN[language].fullmatch(said), (text, said)
    assert not TWO_MARKS.search(said), (text, said)
    assert said == said.strip()
    assert pronounce(said, language, NUMBERS) == said, (text, said)
    assert len(said) <= 20 * len(text) + 20


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["zh", "en"]))
def test_of_any_text_only_letters_and_pauses_are_left(text: str, language: str) -> None:
    """No figure, no sign, no control character; what is said stays so; it grows within bounds; it never raises."""
    holds(text, language)


@settings(max_examples=800, deadline=None)
@given(st.lists(st.sampled_from([*FRAGMENTS, " "]), max_size=14).map("".join), st.sampled_from(["zh", "en"]))
def test_of_any_mixture_of_what_the_rules_know_only_letters_and_pauses_are_left(text: str, language: str) -> None:
    holds(text, language)


@given(st.text(alphabet=st.characters(codec=None), max_size=60), st.sampled_from(["bo", "ug", ""]))
def test_in_other_languages_no_control_character_is_left(text: str, language: str) -> None:
    said = pronounce(text, language)
    assert said.isprintable()
    assert pronounce(said, language) == said


UNITS = (
    *(
        "1",
        "0",
        "a",
        "A",
        "好",
        " ",
        "\n",
        "-",
        ".",
        ",",
        "'",
        "(",
        "[",
        "“",
        "1,",
        "1-",
        "1.",
        "1/",
        "1:",
        "1 ",
        "a.",
        "a@",
        "a-",
    ),
    *(
        "1*",
        "~1",
        "¥1",
        "1元/",
        "到1",
        "年1",
        "No.",
        "Nov ",
        "in ",
        "A.",
        "+1 ",
        "http://",
        "1%",
        "①",
        "½",
        "好 ",
        "138 ",
        "=1",
    ),
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ten_thousand_characters_take_no_longer_than_a_hundred_times_a_hundred(language: str) -> None:
    """Whatever is repeated in them: no rule looks at the rest of the text from every place."""
    for unit in UNITS:
        assert is_linear(lambda size, unit=unit: pronounce((unit * size)[:size], language, NUMBERS), 10_000), unit  # type: ignore[misc]
