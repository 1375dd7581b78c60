"""What is said in which place: the wording rules that a program can check."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

_SPEECH = re.compile("“[^”]*”|「[^」]*」|‘[^’]*’")
VERDICT = {
    "zh": re.compile("骗局|骗子|假的|是真的"),
    "en": re.compile(r"(?<!anti-)\b(?:scam|fraud|fake)\w*|\bis real\b", re.IGNORECASE),
}
"""Words that name the verdict."""
_NEVER = {"zh": re.compile("正规"), "en": re.compile(r"\bgenuine\b", re.IGNORECASE)}
_INSTEAD = {"zh": "真的", "en": "real"}
_POLITE = re.compile("你")
_PERCENT = re.compile(r"\d\s*[%％]|百分之|\bper ?cent\b", re.IGNORECASE)
_LAW = re.compile("《[^》]*》?")
_AMOUNT = r"(?!\d|[.,]\d|\s*(?:元|块|万|亿|千|百|斤|岁|个|yuan))"
_EVERYWHERE = ("%", "％", "《")
_CHINESE = {"你": "你", "规": "正规", "規": "正規", "百": "百分之"}
_CHINESE_BEFORE = {"骗": "骗", "騙": "騙", "假": "假的", "真": "是真的"}
_ENGLISH = ("genuine", "cent")
_ENGLISH_BEFORE = ("scam", "fraud", "fake", "is real")
"""A text without any of these breaks no rule; those `before` count before the verdict only. A Chinese word is looked
for by one character of it, which takes a twentieth of the time, and as either characters have it."""

Suspects = tuple[list[str], list[str]]
"""What may break a rule in a text, and what may in one that is shown before the verdict."""


class Remark(NamedTuple):
    """A rule that a text breaks."""

    code: str
    message: str
    hint: str = ""


class Wording:
    """The rules for one pack, which knows its service numbers."""

    def __init__(self, service_numbers: Collection[str]) -> None:
        digits = "|".join(sorted(map(re.escape, service_numbers), key=len, reverse=True))
        self._service = re.compile(rf"(?<![\d.,])(?:{digits}){_AMOUNT}") if digits else None
        self._everywhere = (*_EVERYWHERE, *service_numbers)

    def suspects(self, file: str) -> dict[str, Suspects]:
        """By language: what may break a rule in the texts of this file.

        Looked for once in a file, so that most texts need not be looked at.
        """
        everywhere = [sign for sign in self._everywhere if sign in file]
        chinese = everywhere + [word for sign, word in _CHINESE.items() if sign in file]
        small = file.encode().lower()  # of ASCII only, and five times as fast
        english = everywhere + _spellings(_ENGLISH, small)
        before = _spellings(_ENGLISH_BEFORE, small)
        if "fraud" in before and small.count(b"fraud") == small.count(b"verdict: fraud") + small.count(b"fraud_type"):
            before = [word for word in before if word.lower() != "fraud"]  # the format's own words
        return {
            "zh": (chinese, chinese + [word for sign, word in _CHINESE_BEFORE.items() if sign in file]),
            "en": (english, english + before),
            "": (everywhere, everywhere),
        }

    def remarks(self, text: str, language: str, *, before_verdict: bool, volatile: bool) -> Iterator[Remark]:
        """The rules that the text breaks. `volatile` is whether volatile facts are refused here.

        The words are those of languages that are spoken: a text in other characters comes in theirs (`spoken_as`).
        """
        main = language.partition("-")[0]
        if main == "zh" and _POLITE.search(_SPEECH.sub("", text)):
            yield Remark("not-polite", "visitors are 您, not 你", "write 您")
        if before_verdict and main in VERDICT and (found := VERDICT[main].search(text)):
            yield Remark("names-the-verdict", f"'{found.group()}' gives the verdict away: this is shown before it")
        if main in _NEVER and (found := _NEVER[main].search(text)):
            yield Remark("wording", f"visitors don't read '{found.group()}'", f"write {_INSTEAD[main]}")
        if volatile:
            yield from self._volatile(text)

    def _volatile(self, text: str) -> Iterator[Remark]:
        where = "it can change, and belongs into baselines.yaml, help.yaml or notices.yaml"
        if self._service and (found := self._service.search(text)):
            number = found.group()
            yield Remark("volatile-fact", f"the number {number} stands here as digits", f"write {{help:{number}}}")
        if found := _PERCENT.search(text):
            yield Remark("volatile-fact", f"a percentage stands here: {where}")
        if found := _LAW.search(text):
            yield Remark("volatile-fact", f"the law {found.group()} stands here: {where}")


def _spellings(words: Iterable[str], small: bytes) -> list[str]:
    """The words that are there, as they may be written."""
    found = [word for word in words if word.encode() in small]
    return [spelled for word in found for spelled in (word, word.capitalize(), word.upper())]
