"""Which voice speaks a language, and the proof that it does.

Engines name their voices each in their own way, and some claim a language that they only spell out, so a voice is
looked for by its language, then by its name, and is offered only after it has pronounced words that are known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kiosk.voice.pace import expected_seconds
from kiosk.voice.pcm import RATE, Samples


class Voice(NamedTuple):
    """A voice of the engine."""

    id: str
    name: str
    languages: tuple[str, ...]
    """Language tags as the engine writes them; SAPI 5 adds sentences ("Unknown Locale: 4")."""


WORDS = {"zh": ("看", "问", "比", "骗局"), "en": ("look", "ask", "compare", "scam")}
"""Words that sound different from each other; spelled out they would sound alike, or be English."""

SENTENCES = {"zh": "看一看，问一问，比一比。", "en": "Look at it, ask about it, compare it."}
"""What is spoken for the proof by length, and to warm the engine up."""

_TAGS = {"zh": ("cmn", "zh-cn", "zh-hans", "zh"), "en": ("en-gb", "en-us", "en")}
"""Tags in order of preference."""

_NAMES = {"zh": ("mandarin", "普通话", "中文", "chinese"), "en": ("english",)}
"""In the name of a voice whose tags say nothing."""

_OTHERS = {"zh": ("yue", "cantonese", "粤", "hakka", "客家", "-hk", "-mo", "jyutping", "hong kong", "macao")}
"""Marks of a voice for another speech that is written the same."""


def candidates(language: str, voices: Iterable[Voice]) -> list[Voice]:
    """The voices that say they speak a language, the likeliest first."""
    ranked = [(rank, voice) for voice in voices if (rank := _rank(language, voice)) is not None]
    return [voice for _, voice in sorted(ranked, key=lambda pair: pair[0])]


def _rank(language: str, voice: Voice) -> tuple[int, int, str] | None:
    """Lower is better; `None` for a voice that doesn't say so."""
    tags = [tag.lower().replace("_", "-") for tag in voice.languages if tag and "unknown" not in tag.lower()]
    name = voice.name.lower()
    if any(mark in text for mark in _OTHERS.get(language, ()) for text in (*tags, name)):
        return None
    wanted = _TAGS.get(language, (language,))
    for place, tag in enumerate(wanted):
        if tag in tags:
            return place, 0, voice.id
    roots = {tag.split("-")[0] for tag in wanted}
    near = [tag for tag in tags if tag.split("-")[0] in roots]
    if near:
        return len(wanted), min(map(len, near)), voice.id
    if not tags and any(word in name for word in _NAMES.get(language, ())):
        return len(wanted) + 1, len(name), voice.id
    return None


def pronounces(phonemes: Iterable[str]) -> bool:
    """Whether the phonemes of a language's `WORDS` are words of it: no switch to another, and none like another."""
    found = list(phonemes)
    return all(found) and not any("(" in word for word in found) and len(set(found)) == len(found)


def lasts(language: str, samples: Samples) -> bool:
    """Whether the sentence of the proof took about as long as it should; spelled out it takes four times as long."""
    return 0.4 <= len(samples) / RATE / expected_seconds(SENTENCES[language], language) <= 2.5
