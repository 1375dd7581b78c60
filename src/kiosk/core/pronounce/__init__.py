"""From what is written to what is said: numbers, amounts, dates, telephone numbers and signs become words.

What is left are letters, Han and the punctuation that makes pauses, so that every engine says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

_NOT_PLAIN = (
    r"(?!.*\b(?:(?i:mrs?|ms|dr|prof|etc|vs|sms|atm|vip|ktv|usb|pdf|gps|otp|nfc|wifi|wechat)\b"
    r"|(?:[Aa]pprox|St|Ltd|Co|Inc|Corp|Dept|Rd|Ave|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec)\.))"
)
_PLAIN = {
    "zh": re.compile(r"(?:[\u4e00-\u9fff]++[，。？！、；：]?+)*+(?<![，、])"),
    "en": re.compile(_NOT_PLAIN + r"[A-Z]?+(?:[a-z]++(?:[,;:]? |[.?!] [A-Z]|'(?=[a-z]))?+)*+[.?!]?+(?<! )"),
}
"""Texts that are said as they are written: most of them, and cheaper to know than to work through."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def pronounce(
    text: str, language: str, numbers: frozenset[str] = frozenset(), keys: Mapping[str, str] = _NO_NAMES
) -> str:
    """A text as it is to be pronounced in a written language; empty where there is nothing to say.

    `numbers` are read digit by digit wherever they stand; `keys` are the spoken names of keys, by what is printed on
    the cap in small letters (`[Enter]`). A language without rules of its own only loses what no voice pronounces.
    """
    plain = _PLAIN.get(language)
    if plain is not None and plain.fullmatch(text):
        return text
    return _worked_out(text, language, numbers, tuple(keys.items()))


@lru_cache(maxsize=2048)
def _worked_out(text: str, language: str, numbers: frozenset[str], keys: tuple[tuple[str, str], ...]) -> str:
    """The same for a text that may hold anything; kept, because pages are built again with every tick."""
    say = _language(language)
    said = say(text, numbers, dict(keys))
    # What a sign was dropped from may now be something that has words of its own: `Mon 。` is Monday.
    for _ in range(_MOST_ROUNDS):
        again = say(said, numbers, {})
        if again == said:
            break
        said = again
    return said


_MOST_ROUNDS = 4


def _language(language: str) -> Callable[[str, frozenset[str], Mapping[str, str]], str]:
    """The rules of a language; their tables take longer to build than a first frame has."""
    if language == "zh":
        from kiosk.core.pronounce import zh

        return zh.say
    if language == "en":
        from kiosk.core.pronounce import en

        return en.say
    from kiosk.core.pronounce import signs

    return lambda text, numbers, keys: signs.legible(text)  # noqa: ARG005
