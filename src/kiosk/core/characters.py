"""Written languages that are another one in other characters: shown by themselves, spoken as the other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SPOKEN_AS: Mapping[str, str] = MappingProxyType({"zh-Hant": "zh"})
"""By such a language: the one whose words, voice and recordings it is spoken with."""

COUNTERPARTS: Mapping[str, str] = MappingProxyType(
    {language: other for pair in SPOKEN_AS.items() for language, other in (pair, pair[::-1])}
)
"""By each language of such a pair: the other, from which its texts can be made."""

REGIONS: Mapping[str, frozenset[str]] = MappingProxyType({"zh-Hant": frozenset({"hant", "tw", "hk", "mo"})})
"""By such a language: the scripts and regions in the name of a locale (`zh_TW`) that mean it."""


def spoken_as(written: str) -> str:
    """The language that a written language is spoken as: nearly always itself."""
    return SPOKEN_AS.get(written, written)
