"""Mandarin as espeak-ng 1.52 reads it right, alone and inside piper."""

from __future__ import annotations

import re

from kiosk.voice.lexicon import joined_letters, readings

_SYLLABLES = {
    **dict.fromkeys("兄凶匈汹胸芎", "xong1"),
    **dict.fromkeys("熊雄", "xong2"),
    **dict.fromkeys("穷琼穹茕邛筇蛩跫銎", "qong2"),
    **dict.fromkeys("冂扃", "jong1"),
    **dict.fromkeys("炯窘迥", "jong3"),
}
"""espeak-ng 1.52 writes these characters as xiong, qiong and jiong, which it then reads as English letters; without the
i they are right."""

_CHILD = re.compile(r"(?<=[女婴幼孤少育托胎男小患])[儿兒]|[儿兒](?=[子女童孙媳科歌])")
"""Where the character is a word for a child, not the ending of the one before."""

_ENDING = re.compile(r"(?<=[\u4e00-\u9fff])[儿兒]")

RESPELLING = 3
"""Changes when `respelled` or the lexicon does: what was synthesised before then sounds different."""

_APART = "\u200b"
"""Ends a word without a pause."""


def respelled(piece: str) -> tuple[str, list[int]]:
    """Mandarin as espeak reads it right, and for each of its characters the place in the piece.

    espeak-ng 1.52 joins the ending 儿 to the syllable before it in a spelling ("na3r5") that it reads as English.
    """
    children = {match.start() for match in _CHILD.finditer(piece)}
    endings = {match.start() for match in _ENDING.finditer(piece)}
    read = readings(piece)
    parts: list[str] = []
    for place, character in enumerate(joined_letters(piece)):
        if place in read:
            parts.append(f" {read[place]} ")
        elif character in _SYLLABLES:
            parts.append(f" {_SYLLABLES[character]} ")
        elif place in endings:
            parts.append(_APART + (character if place in children else "er5 "))
        else:
            parts.append(character)
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]
