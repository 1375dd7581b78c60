"""What espeak-ng 1.52 reads wrong although it knows the characters, and how it is to be read.

Found by comparing its phonemes, over all that the kiosk says and the words that are frequent in Chinese, with those of
the pinyin. Texts stay as they are written for every other engine.
"""

from __future__ import annotations

import re

_WORDS = {
    "便宜": "pian2 yi5",
    "孙子": "sun1 zi5",
    "大爷": "da4 ye5",
    "相册": "xiang4 -",
    "几点": "ji3 -",
    "尽早": "jin3 -",
    "倒计时": "dao4 - -",
    "不得了": "- - liao3",
    "差一点": "cha4 - -",
    "弹窗": "tan2 -",
    "拍卖行": "- - hang2",
    "典当行": "- - hang2",
    "商行": "- hang2",
    "支行": "- hang2",
    "农行": "- hang2",
    "建行": "- hang2",
    "检察长": "- - zhang3",
    "处长": "- zhang3",
    "店长": "- zhang3",
    "区长": "- zhang3",
    "馆长": "- zhang3",
    "连长": "- zhang3",
}
"""By word, the pinyin of each character with its tone; `-` where espeak reads it right."""

_PLACES = (
    # 得 as "must", after what is no verb, and not after one
    (
        r"(?:(?<=[都还才又])|(?<=两句)|(?<=[，。！？；：、])|^)得(?=[问先去要有交花补看等找查让叫给再把用办防留想赶拿带换回记])",
        "dei3",
    ),
    (r"(?<=[做算过分照待赚])得", "de5"),
    (r"(?<=[我你您他她们])得(?=[了到过奖病知])", "de2"),
    # 着, 了 and 的 that end a word; espeak joins them to what follows
    (r"(?<=[拿带挂写戴瞒陪跟抱坐站盯守对看拉握牵举扶等听笑哭隔穿])着(?=[家手眼色地])", "zhe5"),
    (r"(?<=打)着", "zhe5"),
    (r"(?<=穿)着(?![打讲朴得整的])(?=\w)", "zhe5"),
    (r"(?<=[出办完做误坏闹惹犯成])了(?=事)", "le5"),
    (r"了(?=手[印续机里表])", "le5"),
    (r"(?<=打)的(?=电话|[是人，。！？、]|$)", "de5"),
    (r"的(?=当[面初场时])", "de5"),
    (r"(?<=的)当(?=[面初场时])", "dang1"),
    # one reading before these words, another elsewhere
    (r"还(?=[钱款贷息]|清(?!楚)|[您你我他她](?:[，。！？；]|$)|了|得起|不起)", "huan2"),
    (r"还(?=清楚)", "hai2"),
    (r"(?<=[不没要快])还(?=[，。！？；]|$)", "huan2"),
    (r"(?<=不)给(?![予与养])", "gei3"),
    (r"(?<=[一懒大好])觉(?![得悟察])", "jiao4"),
    (r"(?<=直)发(?=[慌抖愁麻冷热呆毛])", "fa1"),
    (r"中(?=了?[一二三头大]?等?奖|了[招计彩签毒])", "zhong4"),
    (r"(?<![曲声语腔强格])调(?=声音|音量|[大小高低快慢亮暗])", "tiao2"),
    (r"(?<![商数质重大容能力])量(?=血压|身高|体重|血糖|一下|个血压)", "liang2"),
    (r"(?<![人次总份位参分指函双单基倍系岁半多少无有算计字变小整大])数(?=[来了着完]|钱|得[清出完])", "shu3"),
    (r"(?<=只)数(?=[来了])", "shu3"),
    (
        r"(?<![宗请指领说调佛道督赐求家受胎文任执助管劝幼早邪传信])教(?=[您你我他她您会人用炒]|大家|老人|奶奶|爷爷|唱|跳|画|写|怎|一)"
        r"(?!会(?![您你我他她老]))",
        "jiao1",
    ),
    (r"(?<![一这那各两几多何每品某三四五此同])种(?=[菜花树地田瓜豆草庄粮])", "zhong4"),
    (r"(?<![很病沉轻严超过体稳贵])重(?=[办装启做买签填打写发登选算置])", "chong2"),
    (r"(?<=[三四五六七八九十几每])只(?=[鸡鸭猫狗手眼耳羊鸟鞋袜箱桶碗杯表])", "zhi1"),
    (r"(?<=一)打(?=[听开电盹扮])", "da3"),
    (r"挣(?!扎)", "zheng4"),
    (r"哄(?=[您你我他她老孩])", "hong3"),
    (r"(?<![心内肾肝脾五])脏(?![器腑])", "zang1"),
    (r"个(?=人(?:信息|账|资料|情况|隐私|名义))", "ge4"),
)
"""By the characters around a character, its pinyin."""

_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_PLACE = [(re.compile(pattern), reading) for pattern, reading in _PLACES]


_LETTER = re.compile(r"(?<![A-Za-z])([A-Z]) (?=[A-Z](?![A-Za-z]))")


def joined_letters(piece: str) -> str:
    """The same text with hyphens between spelled letters (`A-T-M`): alone, `A` is read as the article."""
    return _LETTER.sub(r"\1-", piece)


def readings(piece: str) -> dict[int, str]:
    """By the place of each character that espeak would read wrong, its pinyin with the tone (`ji3`; 5 for none)."""
    found = {match.start(): reading for pattern, reading in _PLACE for match in pattern.finditer(piece)}
    for match in _WORD.finditer(piece):
        for place, reading in enumerate(_WORDS[match.group()].split(), match.start()):
            if reading != "-":
                found[place] = reading
    return found
