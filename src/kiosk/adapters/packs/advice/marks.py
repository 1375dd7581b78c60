"""Slips of the keyboard that the format allows: a text in the wrong line, half-width marks, speech that never ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.adapters.packs.advice.library import Column, Hit
from kiosk.adapters.packs.advice.places import Places

_HAN, _LATIN = "\u3400-\u9fff\U00020000-\U0003ffff", "A-Za-z"
_HALF = re.compile(f"[{_HAN}”」』](?P<mark>[,.!?;:])")
_FULL = dict(zip(",.!?;:", "，。！？；：", strict=True))
_PAIRS = {"“": "”", "「": "」"}
_CLOSING = {close: mark for mark, close in _PAIRS.items()}
_SPEECH = "“[^“”「」\n]*”|「[^“”「」\n]*」"
_UNPAIRED = re.compile(rf"^(?!(?:[^“”「」\n]|{_SPEECH})*$).+$", re.MULTILINE)


def _only(script: str, other: str) -> re.Pattern[str]:
    """Texts with letters of one script and none of the other."""
    return re.compile(rf"^[^\n{other}]*[{script}][^\n{other}]*$", re.MULTILINE)


_FOREIGN = {
    "zh": (_only(_LATIN, _HAN), "has no Chinese characters"),
    "en": (_only(_HAN, _LATIN), "is in Chinese characters"),
}
"""What is no text of a language, and what to say of it."""


def check_marks(column: Column, places: Places) -> None:
    """Warn of a text that is not in its language, of half-width marks in Chinese, and of unpaired quotation marks.

    Of Chinese and English only: others may close with “, or be written in Han as well.
    """
    language = column.language
    main = language.partition("-")[0]
    if main not in _FOREIGN:
        return
    foreign, wrong = _FOREIGN[main]
    for hit in column.find(foreign):
        message = f"this text in '{language}' {wrong}: it may stand in another language's line"
        places.warn(hit.passage, language, "other-language", message, f"write it in '{language}'")
    for hit in column.find(_UNPAIRED):
        places.warn(hit.passage, language, "odd-marks", odd_quote(hit.text), "pair them around what somebody says")
    for hit in _first_of_each(column.find(_HALF)) if main == "zh" else ():
        mark = hit.match.group("mark")
        message = f"'{mark}' is a half-width mark in a Chinese text"
        places.warn(hit.passage, language, "odd-marks", message, f"write {_FULL[mark]}")


def odd_quote(text: str) -> str:
    """What is wrong with the quotation marks of a text; empty where they are paired."""
    opened = ""
    for mark in text:
        if mark in _PAIRS:
            if opened:
                return f"{mark} stands where {_PAIRS[opened]} should close {opened}"
            opened = mark
        elif mark in _CLOSING:
            if opened != _CLOSING[mark]:
                return f"{mark} closes nothing"
            opened = ""
    return f"{opened} is never closed" if opened else ""


def _first_of_each(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Once a text."""
    last = None
    for hit in hits:
        if hit.passage is not last:
            last = hit.passage
            yield hit
