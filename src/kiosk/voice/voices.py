"""Which voice speaks a language, and the proof that it does.

Engines name their voices each in their own way, and some claim a language that they only spell out, so a voice is
looked for by its language, then by its name, and is offered only after it has pronounced words that are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kiosk.core.pace import expected_seconds
from kiosk.voice.engine import Voice
from kiosk.voice.pcm import RATE, Samples

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {"看": "k", "问": "wu", "比": "pb", "骗局": "pb"},
    "yue": {"看": "h", "问": "m", "比": "pb", "骗局": "pb"},
    "en": {"look": "l", "ask": "aAæɑ", "compare": "k", "scam": "s"},
}
"""Words with what each may begin with in an engine's notation. They sound different from each other; spelled out they
would sound alike, or be English."""

SENTENCES = {
    "zh": "看一看，问一问，比一比。",
    "yue": "看一看，问一问，比一比。",
    "en": "Look at it, ask about it, compare it.",
}
"""What is spoken for the proof by length, and to warm the engine up."""

_TAGS = {
    "zh": ("cmn", "zh-cn", "zh-hans", "zh"),
    "yue": ("yue", "zh-yue", "zh-hk", "zh-mo"),
    "en": ("en-gb", "en-us", "en"),
}
"""Tags in order of preference."""

_ROOTS = {"zh": ("zh", "cmn"), "yue": ("yue",), "en": ("en",)}
"""How a tag begins that will do as well. For any other language only its whole own will: `zh` won't for `zh-henan`."""

_NAMES = {
    "zh": ("mandarin", "普通话", "中文", "chinese"),
    "yue": ("cantonese", "粤", "廣東話"),
    "en": ("english",),
}
"""In the name of a voice whose tags say nothing."""

_CANTONESE = ("yue", "cantonese", "粤", "廣東話", "-hk", "-mo", "jyutping", "hong kong", "macao")

_OTHERS = {
    "zh": (*_CANTONESE, "hakka", "客家"),
    "yue": ("mandarin", "cmn", "普通话", "hakka", "客家"),
}
"""Marks of a voice for another speech that is written the same."""


def candidates(language: str, voices: Iterable[Voice]) -> list[Voice]:
    """The voices that say they speak a language, the likeliest first; of two that are as likely the lower one.

    Ears lose the high frequencies first with age (presbycusis; ISO 7029).
    """
    ranked = [(rank, voice) for voice in voices if (rank := _rank(language, voice)) is not None]
    return [voice for _, voice in sorted(ranked, key=lambda pair: pair[0])]


def _rank(language: str, voice: Voice) -> tuple[int, int, bool, str] | None:
    """Lower is better; `None` for a voice that doesn't say so."""
    tags = [tag.lower().replace("_", "-") for tag in voice.languages if tag and "unknown" not in tag.lower()]
    name = voice.name.lower()
    if any(mark in text for mark in _OTHERS.get(language, ()) for text in (*tags, name)):
        return None
    wanted = _TAGS.get(language, (language,))
    for place, tag in enumerate(wanted):
        if tag in tags:
            return place, 0, not voice.male, voice.id
    roots = _ROOTS.get(language, (language,))
    near = [tag for tag in tags if any(tag.startswith(f"{root}-") for root in roots)]
    if near:
        return len(wanted), min(map(len, near)), not voice.male, voice.id
    if not tags and any(word in name for word in _NAMES.get(language, ())):
        return len(wanted) + 1, len(name), not voice.male, voice.id
    return None


def mispronounced(language: str, phonemes: Callable[[str], str]) -> str:
    """What a voice says wrong of a language's `WORDS`; empty where it says all of them right, or can't tell how."""
    words = WORDS.get(language, {})
    found = {word: phonemes(word) for word in words}
    if not any(found.values()):
        return ""
    alike = len(set(found.values())) < len(found)
    for word, begins in words.items():
        sounds = [character for character in found[word] if character.isalpha() and character not in "ˈˌ"]
        if not sounds or "(" in found[word] or alike or sounds[0] not in begins:
            return f"says “{found[word]}” for {word}"
    return ""


def misspoken(language: str, samples: Samples) -> str:
    """What is wrong with the length of the sentence of the proof, spoken at 100 %: spelled out it takes four times as
    long as it should. Empty where nothing is, or no sentence is known; silence at the ends must be off."""
    if language not in SENTENCES:
        return ""
    seconds, should = len(samples) / RATE, expected_seconds(SENTENCES[language], language)
    if 0.4 <= seconds / should <= 2.5:
        return ""
    return f"takes {seconds:.1f} s to say “{SENTENCES[language]}” instead of {should:.1f} s"
