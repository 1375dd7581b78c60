"""How fast is normal, and how long a text takes to speak."""

from __future__ import annotations

NORMAL = {"zh": 200.0, "en": 125.0}
"""Characters (zh) or words a minute at 100 %, pauses in the sentence included (VVSG 2.0: 120–125 words)."""

_BY_CHARACTER = ("zh", "yue", "cmn", "wuu", "hak", "nan")
"""Roots of the languages whose length is counted in characters; varieties such as `zh-henan` share the root."""


def by_character(language: str) -> bool:
    """Whether a language's length is counted in characters and not in words."""
    return language.partition("-")[0] in _BY_CHARACTER


def normal(language: str) -> float:
    """Characters or words a minute at 100 %."""
    return NORMAL["zh" if by_character(language) else "en"]


def units(text: str, language: str) -> int:
    """The characters or words of a text that are pronounced."""
    if by_character(language):
        return sum(character.isalnum() for character in text)
    return sum(any(character.isalnum() for character in word) for word in text.split())


def expected_seconds(text: str, language: str, speed: int = 100) -> float:
    """How long a text of words takes at a percentage of the default rate, without the silence at its ends."""
    return units(text, language) * 60 / normal(language) * 100 / speed
