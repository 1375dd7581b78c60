"""Which characters of a shown text a spoken word stands for. The two differ: numbers and signs are spoken as words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[a-z0-9]+(?:['’][a-z]+)*|[^\W_a-z0-9]", re.IGNORECASE)
"""A Latin word or a number, or one character of a script that writes no spaces."""

_LONGEST_STRETCH = 12
"""Characters of the shown text that words may stand for which are not written there: `96110` for 九六幺幺零."""


_SHORTEST_RUN = 3
"""Characters, a Latin word counting for two, that two texts which differ otherwise don't have in common by chance."""


class _Stretch(NamedTuple):
    """Characters of the spoken text, and those of the shown text that they stand for."""

    spoken: tuple[int, int]
    shown: tuple[int, int]


def follow(spoken: str, shown: str, start: int, length: int) -> tuple[int, int]:
    """The range (start, end) of `shown` that `length` characters from `start` of `spoken` stand for.

    (0, 0) where nothing shown does: a number read before a choice, or a text that is said in other words.
    """
    found = [
        stretch.shown
        for stretch in _aligned(spoken, shown)
        if stretch.spoken[0] < start + length and start < stretch.spoken[1]
    ]
    return (found[0][0], found[-1][1]) if found else (0, 0)


@lru_cache(maxsize=64)
def _aligned(spoken: str, shown: str) -> tuple[_Stretch, ...]:
    """What stands for what, in the order of both texts; only longer runs where they have little in common."""
    from difflib import SequenceMatcher

    said, written = _tokens(spoken), _tokens(shown)
    matcher = SequenceMatcher(None, [each.text for each in said], [each.text for each in written], autojunk=False)
    stretches: list[_Stretch] = []
    runs: list[_Stretch] = []
    said_and_shown, places = 0, []
    for tag, first, last, left, right in matcher.get_opcodes():
        if tag == "equal":
            run = [
                _Stretch((one.start, one.end), (other.start, other.end))
                for one, other in zip(said[first:last], written[left:right], strict=True)
            ]
            stretches += run
            is_long = len(run) > 1 and sum(map(_weight, said[first:last])) >= _SHORTEST_RUN
            runs += run if is_long or len(run) == len(written) else ()
        elif tag == "replace" and written[right - 1].end - written[left].start <= _LONGEST_STRETCH:
            stretches.append(
                _Stretch((said[first].start, said[last - 1].end), (written[left].start, written[right - 1].end))
            )
        if tag == "equal" or (tag == "replace" and all(each.text.isdecimal() for each in written[left:right])):
            said_and_shown += last - first
            places += [left, right]
    if not places or 2 * said_and_shown < len(said) or 2 * said_and_shown <= places[-1] - places[0]:
        return tuple(runs)
    return tuple(stretches)


class _Token(NamedTuple):
    text: str
    start: int
    end: int


def _weight(token: _Token) -> int:
    return 2 if token.text.isascii() else 1


def _tokens(text: str) -> list[_Token]:
    return [_Token(match.group().casefold(), *match.span()) for match in _TOKEN.finditer(text)]
