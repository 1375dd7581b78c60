"""From an English word to those that it may be a form of, by its ending."""

from __future__ import annotations

from collections.abc import Iterator

_LEAST = 2
"""Letters of a word that has forms."""


def stems(word: str) -> Iterator[str]:
    """What a word in small letters may be a form of: `stopped` of `stopp`, `stoppe` and `stop`. Some are no words."""
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    for ending in ("ed", "ing", "er", "est", "ers"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _LEAST:
            yield from _before_a_vowel(stem)
    if word.endswith("ly"):
        yield word[:-2]
        yield word[:-1] + "e"  # gently
    if word.endswith("ily"):
        yield word[:-3] + "y"


def roots(word: str) -> Iterator[str]:
    """What a word may be made of by a prefix or suffix that everybody knows: `unread` of `read`, `risky` of `risk`."""
    for prefix in ("un", "re", "mis"):
        if word.startswith(prefix):
            yield word.removeprefix(prefix)
    for suffix in ("ful", "less", "ness", "y"):
        if word.endswith(suffix):
            yield word.removesuffix(suffix)


def _before_a_vowel(stem: str) -> Iterator[str]:
    yield stem
    yield stem + "e"
    if stem[-1:] == stem[-2:-1]:
        yield stem[:-1]
    if stem.endswith("i"):
        yield stem[:-1] + "y"
