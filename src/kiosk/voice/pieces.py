"""A text in pieces that an engine can pronounce, each short enough for a newer text not to wait for it."""

from __future__ import annotations

import re
import unicodedata

MOST = 100
"""Characters in a piece."""

_SENTENCE_END = re.compile(r"[。！？；…!?;]|[.](?=\s)")
_BREATH = re.compile(r"[，、：—]|[,:](?=\s)|\s")


def clean(text: str) -> str:
    """Without what no voice pronounces and some engines stumble over: control characters and half surrogates."""
    kept = (" " if unicodedata.category(character)[0] == "C" else character for character in text)
    return " ".join("".join(kept).split())


def pieces(text: str, most: int = MOST) -> list[str]:
    """Cut after a sentence where one ends in time, else after a comma or a space, else anywhere."""
    rest = clean(text)
    found: list[str] = []
    while len(rest) > most:
        window = rest[: most + 1]
        ends = [end for mark in (_SENTENCE_END, _BREATH) for end in _ends(mark, window, most)[-1:]]
        cut = ends[0] if ends else most
        found.append(rest[:cut])
        rest = rest[cut:]
    return [piece.strip() for piece in (*found, rest) if _can_be_pronounced(piece)]


def _ends(mark: re.Pattern[str], window: str, most: int) -> list[int]:
    return [match.end() for match in mark.finditer(window) if match.end() <= most]


def _can_be_pronounced(piece: str) -> bool:
    """Letters, numbers and signs; not punctuation alone."""
    return any(unicodedata.category(character)[0] in "LNS" for character in piece)
