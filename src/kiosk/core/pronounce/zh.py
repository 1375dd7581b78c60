"""Chinese: 两万, 百分之三点八五, 幺幺零, 二零二六年, 八点半."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kiosk.core.pronounce import signs
from kiosk.core.pronounce.dialling import Dialling
from kiosk.core.pronounce.signs import NUMBER, Rule, apply, rules

_DIGITS = "零一二三四五六七八九"
_DIALLED = "零幺二三四五六七八九"
_HAN = r"[^\W\d_A-Za-zÀ-ſ]"
"""A Han character, where nothing but letters of the two scripts is left; cheap to compile."""
_LONGEST = 16
"""Figures beyond this are read one by one."""


_OVERRIDES = {
    "3·15": "三幺五", "3.15晚会": "三幺五晚会", "315晚会": "三幺五晚会", "9·18": "九一八", "5·1": "五一",
    "P2P": "P to P", "B2B": "B to B", "B2C": "B to C", "O2O": "O to O", "Wi-Fi": "wifi", "e-mail": "email",
    "和/或": "和或者",
}  # fmt: skip
"""Said otherwise than the rules would have it."""
_SAID = {"wifi": "wifi", "pos": "pos", "pin": "pin", "mr": "mister", "mrs": "missus", "dr": "doctor"}
"""Short words in Latin letters that are not spelled."""
_SPELLED = frozenset({"app", "vip", "atm", "ktv", "sim", "pdf", "usb", "gps", "sms", "led", "otp", "ai", "id"})
"""Spelled also in small letters."""


# Numbers


def whole(figures: str, *, counted: bool = False) -> str:
    """A whole number; 2 as 两 before what is counted."""
    if len(figures) > _LONGEST or (len(figures) > 1 and figures[0] == "0"):
        return one_by_one(figures)
    number = int(figures)
    if number == 2 and counted:
        return "两"
    return _whole(number) if number else "零"


def _whole(number: int) -> str:
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        return _head(high) + "亿" + _rest(low, 10**7)
    return _under_hundred_million(number)


def _under_hundred_million(number: int) -> str:
    if number < 10**4:
        return _four(number, first=True)
    high, low = divmod(number, 10**4)
    return _head(high) + "万" + _rest(low, 10**3)


def _head(number: int) -> str:
    return "两" if number == 2 else _whole(number)


def _rest(number: int, full: int) -> str:
    """What follows 万 or 亿; 零 where it doesn't begin at the next place, which is worth `full`."""
    if not number:
        return ""
    gap = "零" if number < full else ""
    high, low = divmod(number, 10**4)
    if not high:
        return gap + _four(number, first=False)
    return gap + _four(high, first=False) + "万" + _rest(low, 10**3)


def _four(number: int, *, first: bool) -> str:
    """A number under 10,000; `first` where nothing stands before it."""
    said, gap = "", False
    for worth, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // worth % 10
        if not digit:
            gap = bool(said)
            continue
        if gap:
            said += "零"
        gap = False
        if worth == 10 and digit == 1 and first and not said:
            said += name
        else:
            said += ("两" if digit == 2 and worth == 1000 and first else _DIGITS[digit]) + name
    return said


def one_by_one(figures: str) -> str:
    """As in a year or after a decimal point."""
    return "".join(_DIGITS[int(figure)] for figure in figures)


def dialled(figures: str) -> str:
    """As on the telephone, where 1 is 幺."""
    return "".join(_DIALLED[int(figure)] for figure in figures)


def number(text: str, *, counted: bool = False) -> str:
    """A number with or without separators of thousands and decimals."""
    figures, _, decimals = text.replace(",", "").partition(".")
    if not decimals:
        return whole(figures, counted=counted)
    return f"{whole(figures)}点{one_by_one(decimals)}"


# Telephone numbers and codes


_PHONE = Dialling(dialled, pause="，", plus="加", ten=("400", "800"))


def _masked(match: re.Match[str]) -> str:
    first, hidden, last = match.groups()
    return "，".join(filter(None, (dialled(first), "某" * min(len(hidden), 4), dialled(last))))


def _extension(match: re.Match[str]) -> str:
    area, local, inner = match.groups()
    said = f"{dialled(area)}，{_PHONE.number(local)}"
    return f"{said}，转{dialled(inner)}" if inner else said


_NO_QUANTITY = (
    r"(?!\s?(?:[%‰元块万亿个岁斤克米秒字步寸天年月日号次名位件条张倍多余几度页辆套户点毫]|千(?!万别)|公[斤里]|小时|分(?!机)"
    r"|平(?!安)|人(?![员家民来说在问接])|美元|[a-z]{1,2}\b|[,./]\d|\d))"
)
"""What makes figures a quantity may not follow a number to dial."""
_NO_AMOUNT = r"(?<![\d.,-])(?<![共约近超过达压付交给收花足满涨降])(?<![付交给收花]了)"
"""Nor may such words stand before it."""
_SERVICE = r"(?:11[0249]|12[02]|12[135](?!00)\d\d|100(?:1[0158]|86|88)|1118[35]|116114|9[56](?!\d00)\d{3})"
_LABEL = (
    "(?:拨打|拨|致电|热线|专线|电话|号码|尾号|验证码|校验码|密码|口令|卡号|账号|帐号|编号|工号|警号|单号|证号|学号|邮编|代码"
    "|车牌|订单|房号)"
)

_DIALLED_RULES = rules(
    (r"(?<![\dA-Za-z])(\d{2,8})([*]{2,12}|[xX]{3,12})(\d{0,8})(?!\d)", _masked),
    (r"\+86[ -]?(?=1[3-9]\d(?:[ -]?\d{4}){2}(?!\d))", "加八六，"),
    (r"\+\d{1,3}[ -]?\d(?:[ -]?\d){5,14}(?!\d)", _PHONE.as_written),
    (r"(?<![\d.,-])1[3-9]\d(?:[ -]\d{4}){2}(?![\d-])", _PHONE.as_written),
    (r"(?<![\d.,-])[48]00[ -]?\d{3,4}[ -]?\d{3,4}(?![\d-])", _PHONE.as_written),
    (r"(?<![\d.,-])\(?(0\d{2,3})\)?[ -]?(\d{7,8})(?:(?:转|-)(\d{1,6}))?(?![\d-])", _extension),
    (rf"(?<![\d.,])\d{{3,4}}(?: \d{{3,4}}){{2,4}}{_NO_QUANTITY}", _PHONE.as_written),
    (rf"{_NO_AMOUNT}{_SERVICE}{_NO_QUANTITY}(?!-\d)", _PHONE.as_written),
    (
        rf"({_LABEL}[是为叫:“”\" ]{{0,3}}+)(\d{{3,20}}){_NO_QUANTITY}",
        lambda match: match.group(1) + _PHONE.number(match.group(2)),
    ),
    (rf"(?<![\d.,])\d{{8,}}+(?<!0000){_NO_QUANTITY}", _PHONE.as_written),
)


@lru_cache(maxsize=8)
def _given(numbers: frozenset[str]) -> tuple[Rule, ...]:
    """Those of the help page, wherever they stand."""
    longest_first = "|".join(map(re.escape, sorted(numbers, key=len, reverse=True)))
    return rules((rf"{_NO_AMOUNT}(?:{longest_first}){_NO_QUANTITY}(?!-\d)", _PHONE.as_written)) if numbers else ()


# Dates and times


_YEAR = r"((?:19|20)\d\d)"
_MONTH = r"(0?[1-9]|1[0-2])"
_DAY = r"(0?[1-9]|[12]\d|3[01])"


def _date(match: re.Match[str]) -> str:
    year, _, month, day = match.groups()
    return f"{year}年{int(month)}月{int(day)}日"


def _years(match: re.Match[str]) -> str:
    first, last, name = match.groups()
    return f"{one_by_one(first)}到{one_by_one(last)}{name}"


def _time(match: re.Match[str]) -> str:
    hour, minute, second, half = match.groups()
    said = whole(str(int(hour)), counted=True) + "点"
    if minute == "30" and not second:
        said += "半"
    elif minute != "00" or second:
        said += f"{whole(minute)}分"
    return _half(half) + said + (f"{whole(second)}秒" if second else "")


def _half(letter: str | None) -> str:
    return {"a": "上午", "p": "下午"}.get((letter or "").lower(), "")


_DATES = rules(
    (rf"(?<![\d.-]){_YEAR}([-/.]){_MONTH}\2{_DAY}(?![\d-])", _date),
    (rf"(?<![\d.-]){_YEAR}-(0[1-9]|1[0-2])(?![\d-])", lambda match: f"{match.group(1)}年{int(match.group(2))}月"),
    (r"(?<!\d)([12]\d{3}) ?[-–—~至到]{1,2} ?([12]\d{3}) ?(学?年)", _years),
    (r"(?<![\d.,])(1\d{3}|2[01]\d\d|0\d) ?年(?!级)", lambda match: one_by_one(match.group(1)) + "年"),
    (r"(?<![\d.,])(\d\d)年(?=\d{1,2}月)", lambda match: one_by_one(match.group(1)) + "年"),
    (
        r"(?<!\d)([05-9]0|[07-9]5)后(?=[的人老青年一都爱生员，。、!?]|$)",
        lambda match: one_by_one(match.group(1)) + "后",
    ),
)

_TIMES = rules(
    (r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?![\d:])(?: ?([aApP])\.?[mM](?![A-Za-z])\.?)?", _time),
    (
        r"(?<![\d:.])(\d{1,2}) ?([aApP])\.?[mM](?![A-Za-z])\.?",
        lambda match: _half(match.group(2)) + whole(match.group(1), counted=True) + "点",
    ),
    (r"(?<![\d:])(\d{1,3}(?:\.\d+)?):(\d{1,3}(?:\.\d+)?)(?![\d:])", r"\1比\2"),
)


# Ranges, rates, money, units


_CURRENCIES = {
    **dict.fromkeys(("¥", "RMB", "CNY"), "元"),
    **dict.fromkeys(("$", "US$", "USD"), "美元"),
    **{"HK$": "港元", "€": "欧元", "£": "英镑"},
}
_CURRENCY = "(?:" + "|".join(map(re.escape, sorted(_CURRENCIES, key=len, reverse=True))) + ")"
_SCALE = r"(?:万亿|千万|百万|十万|亿|万|千|百)"
_RANGED = r"(?:[%‰万千百亿元块岁个天年月日号点分时楼人次度米克页]|小时|分钟|公里|公斤|[kcm]?[gm]\b|°C?)"
_EACH = (
    r"(?:月|年|日|天|周|次|人|位|小时|时|分钟|分|秒|平方米|平米|斤|公斤|度|件|个|晚|夜|户|张|盒|瓶|份|h|s|min|kg|m2|d)"
    r"(?![A-Za-z])"
)
_PER = {"h": "小时", "s": "秒", "min": "分钟", "kg": "公斤", "m2": "平方米", "d": "天"}
_RATED = r"(?:元|块钱|块|美元|度|次|公里|米|毫升|毫克|升|克|公斤|斤|个|人|[kKM]?[Bbmg])"
_UNITS = {
    "km2": "平方公里", "m2": "平方米", "m3": "立方米", "cm2": "平方厘米", "kWh": "度", "kW": "千瓦", "kg": "公斤",
    "KG": "公斤", "mg": "毫克", "g": "克", "km": "公里", "KM": "公里", "cm": "厘米", "CM": "厘米", "mm": "毫米",
    "m": "米", "ml": "毫升", "mL": "毫升", "l": "升", "L": "升", "°C": "度", "°F": "华氏度", "°": "度",
    "h": "小时", "min": "分钟", "s": "秒", "mmHg": "毫米汞柱",
}  # fmt: skip
_UNIT = "(" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")(?![A-Za-z\d])"


def _chain(match: re.Match[str]) -> str:
    """1-2-301: no range, and no telephone number that is known."""
    return "，".join(dialled(part) if len(part) > 2 else whole(part) for part in match.group().split("-"))


def _range(match: re.Match[str]) -> str:
    first, unit, second = match.groups(default="")
    return f"{first}{unit}{'，' if not unit and signs.falls(first, second) else '到'}"


def _rate(match: re.Match[str]) -> str:
    counted, per = match.groups()
    return f"每{_PER.get(per, per)}{counted}"


def _fraction(match: re.Match[str]) -> str:
    ones, above, below = match.groups()
    if not 0 < int(above) < int(below):
        return f"{ones + ' ' if ones else ''}{above}，{below}"
    return (f"{number(ones)}又" if ones else "") + f"{whole(str(int(below)))}分之{whole(str(int(above)))}"


def _percent(match: re.Match[str]) -> str:
    minus, first, last, sign = match.groups()
    base = "百分之" if sign == "%" else "千分之"
    both = "到".join(base + ("百" if part == "100" and sign == "%" else number(part)) for part in (first, last) if part)
    return ("负" if minus else "") + both


def _money(match: re.Match[str]) -> str:
    minus, currency, figures, scale, last, last_scale = match.groups(default="")
    name = _CURRENCIES[currency]
    said = _amount(figures, scale, name)
    if last:
        said = f"{number(figures, counted=True)}{scale}到{_amount(last, last_scale, name)}"
    return ("负" if minus else "") + said


def _amount(figures: str, scale: str, name: str) -> str:
    """20.5元 is 二十元五角, 3.5块 is 三块五."""
    yuan, _, cents = figures.replace(",", "").partition(".")
    if scale or name not in ("元", "块", "块钱") or not 1 <= len(cents) <= 2:
        cents = cents.rstrip("0")
        return number(f"{yuan}.{cents}" if cents else yuan, counted=True) + scale + name
    ten, one = int(cents[0]), int(cents[1:] or 0)
    said = whole(yuan, counted=True) + name[0] if int(yuan) else ""
    if ten and said and name != "元" and not one:
        return said + _DIGITS[ten]
    if ten:
        said += whole(str(ten), counted=not said) + ("角" if name == "元" else "毛")
    elif one and said:
        said += "零"
    if one:
        said += whole(str(one), counted=not said) + "分"
    return said or f"零{name}"


_QUANTITIES = rules(
    # Ranges first: afterwards a hyphen before figures is a minus.
    (r"(?<![\d.,:-])\d++(?:-\d++){2,}+(?!\d)", _chain),
    (
        rf"(?<![\d.,:])(?<!\d-)(\d++(?:[.,:]\d++)*+)({_RANGED})? ?[-–—~]{{1,2}} ?"
        rf"(?={_CURRENCY}?(\d++(?:,\d{{3}})*+(?:\.\d++)?))",
        _range,
    ),
    (r"(?<=\d)[-–—~](?=(?:早|晚|上午|下午|中午|凌晨|次日)\d)", "到"),
    (r"(?<=[一二三四五六日天月点号])[-–—~](?=周|星期|[一二三四五六七八九十\d])", "到"),
    (rf"(?<={_HAN})~(?={_HAN}|\d)", "到"),
)
_AMOUNTS = rules(
    (rf"((?:{_CURRENCY}|(?<!\d)){NUMBER} ?{_SCALE}?{_RATED}?)/({_EACH})", _rate),
    (rf"(?<=[元块])/(?={_EACH})", "每"),
    (r"(?<![\d/.])(?:(\d{1,4}) )?(\d{1,4})/(\d{1,4})(?![\d/])", _fraction),
    (rf"(?<![\d.,])(-?)({NUMBER})(?:到({NUMBER}))? ?([%‰])", _percent),
    (
        rf"(-?)({_CURRENCY}) ?({NUMBER}) ?({_SCALE})?(?:到{_CURRENCY}?({NUMBER})({_SCALE})?)?"
        r"(?:元|美元|港元|欧元|英镑)?",
        _money,
    ),
    (r"(?<![\d.,])([\d,]++\.\d\d?)(元|块钱|块)", lambda match: _amount(match.group(1), "", match.group(2))),
    (rf"(?<![\d.,])({NUMBER}) ?(?:RMB|CNY|rmb)(?![A-Za-z])", r"\1元"),
    (r"(?<=[\d)]) ?[×xX*] ?(?=\d)", "乘"),
    (r"(?<=[\d)]) ?÷ ?(?=\d)", "除以"),
    (r"(?<=[\d)]) ?\+ ?(?=\d)", "加"),
    (rf"(?<=\d)\+(?={_HAN})", "多"),
    (r"(?<=\d)\+", "以上"),
    (r" ?± ?(?=\d)", "正负"),
    (r"[≥≧] ?(?=\d)", "至少"),
    (r"[≤≦] ?(?=\d)", "最多"),
    (r"[≈≒~] ?(?=\d)", "大约"),
    (r"> ?(?=\d)", "大于"),
    (r"< ?(?=\d)", "小于"),
    (r"-(?=\d[\d.]*+ ?°)", "零下"),
    (r"(?<![\dA-Za-z.])-(?=\d)", "负"),
    (rf"(?<!\d)({NUMBER}) ?{_UNIT}", lambda match: number(match.group(1), counted=True) + _UNITS[match.group(2)]),
    (r"(?<![A-Za-z\d])(km2|m2|m3)(?![A-Za-z\d])", lambda match: _UNITS[match.group(1)]),
)


# What is counted, what is numbered, and figures on their own


_COUNTED = (
    r"(?:个|名|位|口人|人(?!民)|家|户|件|条|只|张|块|元|角|毛|分(?![之店行局])|美元|欧元|英镑|港[元币]|日元|天|年(?!级)|周(?!年)"
    r"|星期|小时|分钟|秒|点(?![\d几])|次|回|遍|趟|下|场|轮|种|类|样|项|间|套|座|台|部(?!队)|辆|架|艘|本|页|篇|段|句|字"
    r"|斤|公斤|[克吨米亩升]|千克|毫克|公里|厘米|毫米|平方|平米|毫升|度|倍|成(?!为)|岁|杯|瓶|碗|盘|包|袋|盒|箱|罐|桶|筒"
    r"|支|枝|根|棵|颗|粒|片|枚|把|双|对|副|组|群|批|笔|门|道|首|顿|封|头|匹|晚|夜|步|盏|滴|勺|份|股|针|卷|堆|串|幅"
    r"|所|处|边|侧|者|地|国|室(?=\d厅)|厅|刻钟|[万千亿]|层)"
)


def _neighbours(match: re.Match[str]) -> str:
    """2、3个 is 两三个."""
    first, second = match.groups()
    if int(second) - int(first) != 1:
        return match.group()
    return whole(first, counted=True) + whole(second)


_NUMBERED = rules(
    (r"(?<![A-Za-z])(?i:no)\.? ?(\d++)(?!\.\d)", lambda match: f"{whole(match.group(1))}号"),
    (r"# ?(\d++)号?", lambda match: f"{whole(match.group(1))}号"),
    (r"第 ?(\d++)", lambda match: f"第{whole(match.group(1))}"),
    (r"(?<!\d)(\d{3,4})(?=室|房间|号房|房(?![子价贷租产])|包间|病房|教室)", lambda match: dialled(match.group(1))),
    (r"(?<!\d)(\d{3,4})(?=路(?![口程人上边过]))", lambda match: dialled(match.group(1))),
    (rf"(?<!\d)([1-9])[、,，]([2-9])(?={_COUNTED})", _neighbours),
    (r"(?<!\d)\d++(?:\.\d++){2,}+", lambda match: "点".join(map(whole, match.group().split(".")))),
)
_FIGURES = rules(
    (
        rf"({NUMBER})(?: ?(?=((?:到{NUMBER} ?)?{_COUNTED})))?",
        lambda match: number(match.group(1), counted=match.group(2) is not None),
    ),
)


# Letters and signs


def _word(word: str) -> str:
    low = word.lower()
    if low in _SAID:
        return _SAID[low]
    if len(word) == 1 or word.isupper() or low in _SPELLED or not any(vowel in low for vowel in "aeiouy"):
        return signs.letters(word)
    return word


def _token(match: re.Match[str]) -> str:
    """Letters and figures in one: 4S, A4, G101."""
    said, after = "", False
    for run in re.findall(r"[A-Za-z]+|\d+", match.group()):
        if run.isdigit():
            said += dialled(run) if after and len(run) > 2 else whole(run)
        else:
            said += _word(run)
        after = not run.isdigit()
    return said


_TOKENS = rules(
    (r"(?<![\d.,])(\d++\.\d++)(?=[A-Za-z])", lambda match: number(match.group(1))),
    (r"(?<![A-Za-z\d])(?=[A-Za-z]*+\d)(?=\d*+[A-Za-z])[A-Za-z\d]++", _token),
)
_WORDS = rules((r"[A-Za-z]++", lambda match: _word(match.group())))

_CAPS = {"enter": "回车键", "*": "星号", "/": "斜杠", ".": "点号", "+": "加号", "-": "减号", "#": "井号"}

_SIGNS = rules(
    (r"(?<=按)#|#(?=键)", "井号"),
    (r"(?<=按)[*]|[*](?=键)", "星号"),
    (r"\.{2,}+|…", "，"),
    (rf"(?<={_HAN})/(?={_HAN})", "或"),
    (rf"(?<={_HAN})-(?={_HAN})", "，"),
    (r"(?<=\w) ?& ?(?=\w)", "和"),
    (r"(?<=\w) ?\+ ?(?=\w)", "加"),
    (r"(?<=\w) ?= ?(?=\w)", "等于"),
    (r"@(?=\w)", "艾特"),
    (r"(?<=[A-Za-z])\.(?=[A-Za-z])", " "),
    (r"(?<![A-Za-z])'|'(?![A-Za-z])", " "),
)

_PAUSES = "，。？！、；："
_STRONGEST = "？！。；：，、"
_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys("()[]{}<>【】〔〕〈〉«»|/\\—–→←↑↓⇒➜•…~" + signs.PAUSE, "，"),
        **dict(zip(",.:;!?", "，。：；！？", strict=True)),
    }
)
_UNSPOKEN = re.compile(rf"[^A-Za-zÀ-ÖØ-öø-ſ {_PAUSES}'\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]++")
_CLUSTER = re.compile(rf"[{_PAUSES}][{_PAUSES} ]*+")
_NEEDLESS = re.compile(rf"(?<={_HAN}) ++| ++(?={_HAN})|(?<=[{_PAUSES}]) ++| ++(?=[{_PAUSES}])")
_BETWEEN_HAN = re.compile(rf"(?<={_HAN}) (?={_HAN})")
_BESIDE_HAN = re.compile(rf"(?<={_HAN}) | (?={_HAN})|(?<=[，。、]) | (?=[，。、])")


def _strongest(match: re.Match[str]) -> str:
    return min((sign for sign in match.group() if sign != " "), key=_STRONGEST.index)


_OVERRIDDEN = rules(
    (
        rf"(?<![A-Za-z\d])(?:{'|'.join(map(re.escape, _OVERRIDES))})(?![A-Za-z\d])",
        lambda match: _OVERRIDES[match.group()],
    ),
)
_ADDRESSES = signs.addresses(
    {".": "点", "@": "艾特", "/": "斜杠", "_": "下划线", "-": "杠"}, lambda figure: _DIALLED[int(figure)], ""
)


def say(text: str, numbers: frozenset[str], keys: Mapping[str, str]) -> str:
    """A text as it is to be pronounced in Chinese."""
    text = signs.normalised(text)
    text = _BESIDE_HAN.sub("", _BETWEEN_HAN.sub("，", text))
    text = signs.capped(apply(_OVERRIDDEN, text), {**_CAPS, **keys})
    text = apply((*_ADDRESSES, *_DATES, *_given(numbers), *_DIALLED_RULES), text)
    text = apply((*_QUANTITIES, *_TIMES, *_AMOUNTS, *_NUMBERED, *_TOKENS, *_FIGURES, *_WORDS, *_SIGNS), text)
    text = _UNSPOKEN.sub(" ", text.translate(_PUNCTUATION))
    text = _CLUSTER.sub(_strongest, _NEEDLESS.sub("", " ".join(text.split())))
    text = text.lstrip(f"{_PAUSES} ").rstrip("，、 ")
    return text if any(map(str.isalpha, text)) else ""
