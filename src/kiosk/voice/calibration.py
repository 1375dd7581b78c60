"""How fast a voice speaks: measured on the voice itself, once, and remembered.

Engines count speed each in their own way, and each voice speaks at its own pace, so that a promise of so many
characters a minute can only be kept by listening.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.core.errors import SpeechError
from kiosk.core.pace import by_character, units
from kiosk.voice import pcm
from kiosk.voice.engine import Engine, Pace, Voice
from kiosk.voice.pace import Curve
from kiosk.voice.pieces import pause_at, pieces
from kiosk.voice.spoken import Stuck

_METHOD = 2
"""The way of measuring; another one finds other rates, and must not use what this one has remembered."""

PASSAGES = {
    "zh": (
        "周老伯在阳台浇花，电话忽然响了。",
        "“您的卡出了问题，今天不处理，就要冻结。”",
        "要验证码，还催得急",
        "老伯想了想：先挂掉，再问问。",
        "他翻出银行卡，照着背面印的号码打过去。",
        "柜台的姑娘说，卡好好的，没有人打过电话。",
        "问问家里人",
        "真的通知，贴在社区公告栏里，不收钱。",
        "陌生人发来的链接不点",
        "催您转账的，先放一放：急的多半是骗局。",
        "去派出所问",
        "晚上说起这件事，儿子说：“爸，您做得对。”",
    ),
    "en": (
        "Mrs Porter was gardening when the telephone rang.",
        "“There is a problem with your pension. Read me your card number.”",
        "Asks for a password, in a hurry",
        "She promised to ring back, and put the phone down.",
        "Then she found the last letter: the right number was printed on it.",
        "The office, of course, had never heard of him.",
        "Ask the family",
        "A real notice hangs in the hall. It costs nothing, and it can wait.",
        "Open no link from a stranger",
        "A secret, a fee, a deadline: that is how scams begin.",
        "Go to the police station",
        "“Mother,” said her son, “you did exactly the right thing.”",
    ),
}
"""What a voice is measured with: sentences and choices such as the kiosk speaks, numbers as words."""


def passage(language: str) -> tuple[str, ...]:
    """What a voice of a (written) language is measured with; nothing for a language without a passage."""
    return PASSAGES["zh"] if by_character(language) else PASSAGES.get(language, ())


@lru_cache(maxsize=64)
def pause_per_unit(language: str, speed: int) -> float:
    """Seconds of pause between clauses for each character or word, at a percentage of the default rate."""
    sentences = passage(language)
    pauses = sum(pause_at(piece, speed) for sentence in sentences for piece in pieces(sentence))
    return pauses / sum(units(sentence, language) for sentence in sentences) if sentences else 0.0


class Measuring:
    """Measures a voice without its pauses, one synthesis a step."""

    def __init__(self, engine: Engine, voice: Voice, language: str) -> None:
        """`language` is the written one."""
        self._engine, self._voice, self._language = engine, voice, language
        self._left: Iterator[tuple[Pace, str]] = (
            (pace, piece.text) for pace in engine.paces for sentence in passage(language) for piece in pieces(sentence)
        )
        self._seconds = dict.fromkeys(engine.paces, 0.0)

    def step(self) -> bool:
        """Whether anything was left to measure; a voice that can't speak a piece is given up."""
        task = next(self._left, None)
        if task is None:
            return False
        pace, piece = task
        try:
            sound = self._engine.speak(piece, self._voice, pace).samples
        except Stuck:
            raise
        except SpeechError:
            self._left = iter(())
            self._seconds = {}
            return False
        self._seconds[pace] += len(pcm.trimmed(sound)) / pcm.RATE
        return True

    def curve(self) -> Curve | None:
        """What was measured, where no step is left; `None` where it can't be used."""
        spoken = sum(units(sentence, self._language) for sentence in passage(self._language))
        found: list[tuple[float, Pace]] = []
        for pace, seconds in self._seconds.items():
            rate = 60 * spoken / seconds if seconds else 0.0
            # Two settings of an engine may sound the same.
            if rate > (found[-1][0] if found else 0.0):
                found.append((rate, pace))
        return tuple(found) if _usable(found) else None


class Key(NamedTuple):
    """What a measurement is for."""

    engine: str
    version: str
    voice: str
    language: str
    """The written one."""


class Memory:
    """Measurements as files, a voice a file, so that several processes never write over each other's."""

    def __init__(self, folder: Path | None) -> None:
        """`None` remembers nothing; the folder is made when it is needed."""
        self._folder = folder

    def recall(self, key: Key, paces: tuple[Pace, ...]) -> Curve | None:
        """What was measured; `None` where nothing was, or what is there isn't a measurement of this."""
        if self._folder is None:
            return None
        try:
            content = json.loads((self._folder / _name(key, paces)).read_text("utf-8"))
            if content["key"] != list(key):
                return None
            curve = [(_number(rate), Pace(*map(int, pace))) for rate, pace in content["curve"]]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return tuple(curve) if _usable(curve) and {pace for _, pace in curve} <= set(paces) else None

    def keep(self, key: Key, paces: tuple[Pace, ...], curve: Curve) -> Curve:
        """Remember, unless another process did meanwhile; what is to be used.

        Where nothing can be written it is measured again next time.
        """
        there = self.recall(key, paces)
        if there or self._folder is None:
            return there or curve
        file = self._folder / _name(key, paces)
        part = file.with_suffix(f".{os.getpid()}.part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"key": key, "curve": curve}, ensure_ascii=False, indent=1), "utf-8")
            part.replace(file)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return curve


def _name(key: Key, paces: tuple[Pace, ...]) -> str:
    """Of the file: all that a measurement depends on, what is spoken for it included."""
    spoken = [[piece.text for piece in pieces(sentence)] for sentence in passage(key.language)]
    depends = json.dumps([_METHOD, key, paces, spoken])
    return f"{hashlib.sha256(depends.encode()).hexdigest()[:32]}.json"


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)


def _usable(curve: list[tuple[float, Pace]]) -> bool:
    """Whether both sides rise, from above nothing."""
    return (
        len(curve) > 1
        and curve[0][0] > 0
        and all(
            slow < fast and (slower.rate - slower.gap) < (faster.rate - faster.gap)
            for (slow, slower), (fast, faster) in pairwise(curve)
        )
    )
