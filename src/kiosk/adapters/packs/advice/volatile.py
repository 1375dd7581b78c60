"""Facts that change and stand where they don't lapse: rates in words, laws by name, numbers that help.yaml lacks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kiosk.adapters.packs.advice.library import Column, Hit
from kiosk.adapters.packs.advice.places import Places

_NUMBER = "[一二两三四五六七八九十百半几\\d.点]"
_RATE = {
    "zh": (
        re.compile(
            f"(?:年化|[月年日]息|利率|利息|收益率?|回报率?|分红)[^，。！？；：\n“”]{{0,4}}?{_NUMBER}+"
            "(?:个点|厘(?!米)|分(?![钟店行散手文给别]|(?<=一分)钱?[没不都也])|成(?![为了员]))"
        ),
        re.compile(f"(?<=[{_NUMBER[1:-1]}])厘(?!米)|(?<=[{_NUMBER[1:-1]}])个百分点|年化|[千万]分之"),
        re.compile("[一二两三四五六七八九几\\d]成的?(?:利|收益|回报|补贴|报销)"),
    ),
    "en": (
        re.compile(r"[Pp]er(?:centages?| mille)\b|(?:interest|rates?) of \d{1,2}(?!,?\d)|\bAPR\b|\d points a year\b"),
    ),
}
_LAW = {
    "zh": (
        re.compile("(?:刑|诈骗?|保障|处罚|保护|安全|管理|证券|保险|银行|广告|电子商务)法(?![院律官师子庭人])|民法典"),
        re.compile("第[一二三四五六七八九十百\\d]+条(?=里?规定|法|写)"),
    ),
    "en": (
        re.compile(r"(?<=[a-z] )(?:Law|Act|Code)\b(?! [a-z]* [A-Z])"),
        re.compile(r"(?:Article|Section) \d+\b"),
    ),
}
_BETWEEN = "[ )）-]+"
_MOBILE = re.compile(r"(?:86[ -]?)?1[3-9]\d([ -]?)\d{4}\1\d{4}")
_HOTLINE = re.compile(r"400[ -]?\d{3}[ -]?\d{4}|0\d{2,3}[ )）-]{1,2}\d{7,8}")
"""Numbers that are hardly an amount."""
_SHORT = re.compile(r"1[12]\d|100\d{2}|95\d{3}|12[13]\d{2}|96\d{3,4}")
"""Numbers of banks and offices, which are amounts unless somebody dials them."""
_LONG = re.compile(rf"(?:86{_BETWEEN})?\d(?:(?:{_BETWEEN})?\d){{6,11}}")
"""Numbers of homes and shops: so are these, or an order's or a card's."""
_DAY = re.compile(r"(?:19|20)\d\d([ -])[01]?\d\1[0-3]?\d|(?:19|20)\d\d ?- ?(?:19|20)\d\d")
_SUM = re.compile(r"[1-9]\d{0,2}0{4,}")
_SENT = re.compile(r"打了\s*$")
"""Of money, as often as of a telephone."""
_OPENS = "[\\s：:“‘\"'（(+]*$"
_IS = "(?:就?是|为)?"
_DIALLED = re.compile(
    f"(?:(?:[打拨]|致电)(?:[给了通过回个]|一下)?|(?:电话|座机|热线|专线|客服)(?:号码?)?(?:{_IS}|给|打?到)){_OPENS}"
    rf"|\b(?:(?:call|ring|rang|dial)(?:s|l?ed|l?ing)?|phon(?:e[ds]?|ing))(?: [a-z ]+ (?:on|at))?{_OPENS}"
    rf"|\b(?:tel\.?|(?:(?:tele)?phone|mobile) number|hotline|helpline)(?: is)?{_OPENS}",
    re.IGNORECASE,
)
_OTHERS = "".join(f"(?<!{what} )" for what in ("order", "parcel", "card", "account", "case", "room", "house", "seat"))
_NUMBER_IS = re.compile(
    f"(?:[这那个机]号|(?<![单卡证])号码){_IS}{_OPENS}|{_OTHERS}\\bnumber(?: is)?{_OPENS}", re.IGNORECASE
)
_AFTER = re.compile(r"\s?(?:电话|热线|专线|客服|hotline)")
_AMOUNT = re.compile(
    r"[.,]\d|\s*(?:元|块|万|亿|千(?!万[别不要])|百|斤|岁|个|人(?!工)|平|户|年|天|多|次|遍|步|米|分(?!机)"
    r"|yuan|people|years|steps|times|minutes)"
)
_SPELT = "[幺一二三四五六七八九零]"
_SPELLED = re.compile(
    f"{_SPELT}{{3,}}(?=电话|专线|热线)|幺幺零|九六幺幺零|(?<=[打拨]){_SPELT}{{3,}}(?!{_SPELT}|[十百千万个])"
)

_LAPSES = ("baselines.yaml", "help.yaml", "notices.yaml")
"""Files whose facts have a day on which they are reviewed."""


def check_volatile(column: Column, known: Collection[str], places: Places) -> None:
    """Warn of what the format's own rule of this code lets through. `known` are the numbers of help.yaml."""
    main = column.language.partition("-")[0]
    found = [("rate", hit) for pattern in _RATE.get(main, ()) for hit in column.find(pattern)]
    found += [("law", hit) for pattern in _LAW.get(main, ()) for hit in column.find(pattern)]
    found += [("number", hit) for hit in _numbers(column, known)]
    told: set[tuple[str, tuple[str, str, str]]] = set()
    for what, hit in found:
        if hit.passage.file in _LAPSES or hit.found in known or (what, hit.passage.key) in told:
            continue
        told.add((what, hit.passage.key))
        message = f"the {what} '{hit.found}' stands here: it can change, and belongs into {', '.join(_LAPSES)}"
        hint = "add it to help.yaml and write {help:…}" if what == "number" else ""
        places.warn(hit.passage, column.language, "volatile-fact", message, hint)


def _numbers(column: Column, known: Collection[str]) -> Iterator[Hit]:
    """What looks like a number to dial; those of help.yaml too."""
    for hit in column.find(_digits(known)):
        before, after = hit.text[: hit.start], hit.text[hit.start + len(hit.found) :]
        if _AMOUNT.match(after) or before[-1:] in (".", ","):
            continue
        if _MOBILE.fullmatch(hit.found) or _HOTLINE.fullmatch(hit.found) or _is_dialled(hit.found, before, after):
            yield hit
    if column.language.partition("-")[0] == "zh":
        yield from column.find(_SPELLED)


def _digits(known: Collection[str]) -> re.Pattern[str]:
    """Digits that may be one number. A known or a short one ends with itself, though more follow ("24 hours")."""
    names = "".join(rf"{re.escape(number)}(?!\d|-\d)|" for number in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<![\dA-Za-z])(?:{names}(?:{_SHORT.pattern})(?!\d|-\d| \d{{3}})|\d+(?:{_BETWEEN}\d+)*)")


def _is_dialled(number: str, before: str, after: str) -> bool:
    """Whether the words around it make it a number to dial."""
    if _DAY.fullmatch(number) or (_SUM.fullmatch(number) and _SENT.search(before)):
        return False
    if _SHORT.fullmatch(number):
        return any(pattern.search(before) for pattern in (_DIALLED, _NUMBER_IS)) or _AFTER.match(after) is not None
    return _LONG.fullmatch(number) is not None and _DIALLED.search(before) is not None
