"""Scare quotes: quotation marks around words that nobody says. Before the verdict they give it away."""

from __future__ import annotations

import re

from kiosk.adapters.packs.advice.library import Column
from kiosk.adapters.packs.advice.places import Places

_QUOTED = {
    "zh": re.compile("(?<![：，。！？；“”\n])[“「‘](?P<words>[^“”「」‘’\n]{1,8})[”」’](?=[^。，！？；：\n])"),
    "en": re.compile(r"(?<=[\w’')] )(?<![,:] )[“‘\"](?P<words>[^“”‘\"\n]{1,24})[”’\"](?=[ ,.;?!]|$)", re.MULTILINE),
}
_ENDS = "，。！？；：…,.!?;:"
_SAYS = {
    "zh": re.compile("(?:[说问答喊叫念喊唱讲道回嚷写着印贴标显示字样]|写了|上面是|名叫|题目)[了着过]?$"),
    "en": re.compile(
        r"\b(?:say|says|said|saying|ask|asks|asked|answer\w*|cr(?:y|ies|ied)|shouts?|shouted|whispers?|tells?|told|calls?"
        r"|called|reads?|writ\w+|wrote|print\w*|shows?|marked|titled|sign|stamp\w*|head(?:ed|ing)|signed|label\w*|named?"
        r"|and|or|you|me|him|her|us|them) $",
        re.IGNORECASE,
    ),
}
"""What comes before words that somebody says, or that stand written somewhere."""


def check_quotes(column: Column, places: Places) -> None:
    """Warn of quoted words in the middle of a sentence that are no speech: `把钱转到“安全账户”里`."""
    language = column.language
    main = language.partition("-")[0]
    if main not in _QUOTED:
        return
    for hit in column.find(_QUOTED[main]):
        words = hit.match.group("words")
        if not hit.passage.is_before_verdict or words[-1] in _ENDS or _SAYS[main].search(hit.text[: hit.start]):
            continue
        message = f"'{words}' in quotation marks is said by nobody here: they hint that something is wrong with it"
        places.warn(hit.passage, language, "scare-quotes", message, "leave the marks out, or let somebody say it")
