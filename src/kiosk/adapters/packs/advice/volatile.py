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
_DIGITS = re.compile(r"\d[\d -]+\d")
_HOTLINE = re.compile(r"400[ -]?\d{3}[ -]?\d{4}")
"""Numbers that are hardly an amount."""
_SHORT = re.compile(r"1[12]\d|95\d{3}|12[13]\d{2}|96\d{3,4}")
"""Numbers of banks and offices, which are amounts unless somebody dials them."""
_BEFORE = re.compile(
    r"(?:(?:[打拨]|致电)[给了通过]?|(?:电话|号码?|热线|专线|客服)(?:就?是|为)?[：:]?)$"
    r"|\b(?:call|ring|rang|dial|phone)(?:s|l?ed|l?ing)? (?:[a-z ]+ (?:on|at) )?$|\b(?:number|hotline)(?: is)? $",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s?(?:电话|热线|专线|客服|hotline)")
_AMOUNT = re.compile(r"[.,]\d|\s*(?:元|块|万|亿|千|百|斤|岁|个|人|平|户|年|天|多|yuan|people|years|steps)")
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
    found += [("number", hit) for hit in _numbers(column)]
    told: set[tuple[str, tuple[str, str, str]]] = set()
    for what, hit in found:
        if hit.passage.file in _LAPSES or hit.found in known or (what, hit.passage.key) in told:
            continue
        told.add((what, hit.passage.key))
        message = f"the {what} '{hit.found}' stands here: it can change, and belongs into {', '.join(_LAPSES)}"
        hint = "add it to help.yaml and write {help:…}" if what == "number" else ""
        places.warn(hit.passage, column.language, "volatile-fact", message, hint)


def _numbers(column: Column) -> Iterator[Hit]:
    """What looks like a number to dial."""
    for hit in column.find(_DIGITS):
        before, after = hit.text[: hit.start], hit.text[hit.start + len(hit.found) :]
        is_dialled = _SHORT.fullmatch(hit.found) and (_BEFORE.search(before) or _AFTER.match(after))
        if (is_dialled or _HOTLINE.fullmatch(hit.found)) and not _AMOUNT.match(after) and before[-1:] not in (".", ","):
            yield hit
    yield from column.find(_SPELLED)
