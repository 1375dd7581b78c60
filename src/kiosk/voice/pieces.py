"""A text in pieces that an engine can pronounce: its clauses, each short enough for a newer text not to wait for it.

The pauses between clauses are the kiosk's own. Those of the engines are too short for old ears (espeak-ng: 0.17 s at
a Chinese comma) and shrink with the speed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MOST = 100
"""Characters in a piece."""

SENTENCE_PAUSE = 0.5
CLAUSE_PAUSE = 0.4
"""Seconds of silence after a sentence, and after a clause inside one (0.4–0.6 s: pauses make speech
clearer to old ears, loudness does not; Eskenazi and Black 2001)."""

_CLOSING = "”’」』）》\"')"
_SENTENCE_END = rf"[。！？；…][。！？；…{_CLOSING}]*|[.!?;]+[{_CLOSING}]*(?=\s)"
_CLAUSE_END = rf"[，：—]+[{_CLOSING}]*|[,:][{_CLOSING}]*(?=\s)"
_END = re.compile(f"(?P<sentence>{_SENTENCE_END})|(?:{_CLAUSE_END})")
_BREATH = re.compile(r"[、]|\s")


class Piece(NamedTuple):
    """What is synthesised at a time."""

    text: str
    pause: float
    """Seconds of silence before the next piece at 100 %; 0 where it was only cut because it is long."""


def pause_at(piece: Piece, speed: int) -> float:
    """Seconds of silence after a piece: faster speech has shorter pauses, slower speech no longer ones."""
    return piece.pause * min(1.0, 100 / speed)


def clean(text: str) -> str:
    """Without what no voice pronounces and some engines stumble over: control characters and half surrogates."""
    kept = (" " if unicodedata.category(character)[0] == "C" else character for character in text)
    return " ".join("".join(kept).split())


def pieces(text: str, most: int = MOST) -> list[Piece]:
    """Cut after each clause; a longer one after a comma of a list or a space, else anywhere. The last has no pause."""
    found: list[Piece] = []
    for clause in _clauses(clean(text)):
        if not _can_be_pronounced(clause.text):
            continue
        *parts, last = _short(clause.text, most)
        found += [Piece(part, 0.0) for part in parts]
        found.append(Piece(last, clause.pause))
    return [*found[:-1], found[-1]._replace(pause=0.0)] if found else []


def _clauses(text: str) -> list[Piece]:
    found: list[Piece] = []
    start = 0
    for end in _END.finditer(text):
        pause = SENTENCE_PAUSE if end.group("sentence") else CLAUSE_PAUSE
        found.append(Piece(text[start : end.end()].strip(), pause))
        start = end.end()
    return [*found, Piece(text[start:].strip(), 0.0)]


def _short(clause: str, most: int) -> list[str]:
    """In parts of at most so many characters, each with something that can be pronounced."""
    found: list[str] = []
    rest = clause
    while len(rest) > most:
        ends = [match.end() for match in _BREATH.finditer(rest[: most + 1]) if match.end() <= most]
        cut = ends[-1] if ends else most
        found.append(rest[:cut])
        rest = rest[cut:]
    return [part.strip() for part in (*found, rest) if _can_be_pronounced(part)]


def _can_be_pronounced(piece: str) -> bool:
    """Letters, numbers and signs; not punctuation alone."""
    return any(unicodedata.category(character)[0] in "LNS" for character in piece)
