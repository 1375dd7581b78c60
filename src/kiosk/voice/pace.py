"""How fast to speak: 200 Chinese characters or 125 English words a minute at 100 %, pauses in the sentence included.

The tables are measured with espeak-ng 1.52 on the sentences of a whole visit, each synthesised alone and without the
silence at its ends: 216 Chinese ones (1,919 characters, voice sit/cmn) and 278 English ones (1,284 words, voice
gmw/en). espeak's least rate is 80: below it only longer gaps between the words make it slower, which old ears follow
better than stretched words anyway.
"""

from __future__ import annotations

from typing import NamedTuple

NORMAL = {"zh": 200.0, "en": 125.0}
"""Characters (zh) or words a minute at 100 %."""


class Pace(NamedTuple):
    """What the engine is set to."""

    rate: int
    """pyttsx3's rate."""
    gap: int = 0
    """Extra silence between words, in units of 10 ms; espeak only."""


_ESPEAK: dict[str, tuple[tuple[float, int, int], ...]] = {
    "zh": (
        (60.1, 80, 15), (68.3, 80, 10), (79.1, 80, 5), (87.3, 80, 2), (96.6, 80, 0), (103.5, 90, 0),
        (116.1, 100, 0), (141.4, 120, 0), (169.6, 140, 0), (196.7, 160, 0), (225.7, 180, 0), (256.6, 200, 0),
        (296.8, 225, 0), (336.9, 250, 0), (378.4, 275, 0), (424.0, 300, 0), (461.3, 325, 0),
    ),
    "en": (
        (57.0, 80, 15), (64.5, 80, 10), (74.2, 80, 5), (81.6, 80, 2), (92.9, 80, 0), (99.0, 90, 0),
        (110.4, 100, 0), (132.9, 120, 0), (156.8, 140, 0), (179.7, 160, 0), (203.6, 180, 0), (227.6, 200, 0),
        (257.4, 225, 0), (287.4, 250, 0),
    ),
}  # fmt: skip
"""By language: (characters or words a minute, espeak's rate, its word gap), slowest first."""

_WORDS_PER_CHARACTER = 0.8
"""espeak needs a rate of 160 for 200 characters; other engines count words much the same way."""


def pace(language: str, speed: int, *, espeak: bool) -> Pace:
    """The engine's values for a percentage of the default rate; a language without a table goes by the English one."""
    table = _ESPEAK.get(language, _ESPEAK["en"])
    wanted = NORMAL.get(language, NORMAL["en"]) * speed / 100
    if not espeak:
        return Pace(round(wanted * (_WORDS_PER_CHARACTER if language == "zh" else 1)))
    slower = table[0]
    for faster in table:
        if faster[0] >= wanted:
            break
        slower = faster
    if slower == faster:
        return Pace(*faster[1:])
    share = min(1.0, (wanted - slower[0]) / (faster[0] - slower[0]))
    return Pace(round(slower[1] + share * (faster[1] - slower[1])), round(slower[2] + share * (faster[2] - slower[2])))


def expected_seconds(text: str, language: str, speed: int = 100) -> float:
    """How long a text takes at a percentage of the default rate."""
    if language == "zh":
        units = sum(character.isalnum() for character in text)
    else:
        units = sum(any(character.isalnum() for character in word) for word in text.split())
    return units * 60 / NORMAL.get(language, NORMAL["en"]) * 100 / speed
