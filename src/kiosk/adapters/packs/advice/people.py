"""Who the cases and stories are about: as many grandfathers as grandmothers."""

from __future__ import annotations

import re

from kiosk.adapters.packs.advice.library import Column, Sort
from kiosk.adapters.packs.advice.places import Places

MOST_OF_ONE = 2
"""To one of the other: beyond it, the visitors of one sex learn that it is the others who are taken in."""
FEW = 6
"""Cases with fewer of them altogether tell nothing."""

_TOLD = frozenset({Sort.SCENE, Sort.STORY, Sort.REPLY})

_WOMEN = {
    "zh": re.compile("奶奶|姥姥|外婆|阿婆|婆婆|大妈|大娘|阿姨|老太太|大婶|婶子|老姐姐|大姐"),
    "en": re.compile(
        r"\b(?:grandmas?|grandmothers?|aunt(?:ie|y)?|madam|old (?:lady|ladies|wom[ae]n)|widow|mrs)\b", re.I
    ),
}
_MEN = {
    "zh": re.compile("爷爷|姥爷|外公|阿公|公公|大爷|大伯|老伯|老爷子|老头|大叔|叔叔|老大哥|老先生|老汉"),
    "en": re.compile(r"\b(?:grandpas?|grandfathers?|uncles?|sir|old (?:gentlem[ae]n|m[ae]n)|widower)\b", re.I),
}


def check_people(column: Column, places: Places) -> None:
    """Warn where far more old women than old men are named, or the other way about."""
    main = column.language.partition("-")[0]
    if main not in _WOMEN:
        return
    women, men = (
        {hit.passage.item: None for hit in column.find(words[main]) if hit.passage.sort in _TOLD}
        for words in (_WOMEN, _MEN)
    )
    most, least = (women, men) if len(women) >= len(men) else (men, women)
    if len(most) + len(least) >= FEW and len(most) > MOST_OF_ONE * len(least):
        who, others = ("grandmothers", "grandfathers") if most is women else ("grandfathers", "grandmothers")
        names = ", ".join([*most][:8]) + (" …" if len(most) > 8 else "")
        message = f"{len(most)} cases and stories name {who} and {len(least)} name {others}; the former are {names}"
        places.warn_pack("title", "one-sided-people", message, f"make some of them {others}")
