"""The seventeen keys of the number pad, under all their names, and the guard against double presses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Key(StrEnum):
    """What a visitor presses, as it is printed on the cap."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"
    SEVEN = "7"
    EIGHT = "8"
    NINE = "9"
    ZERO = "0"
    ENTER = "enter"
    STAR = "*"
    PLUS = "+"
    MINUS = "-"
    SLASH = "/"
    DOT = "."
    OTHER = "other"
    """Any other key: it wakes the kiosk, and elsewhere it is answered with what may be pressed."""


CHOICES = (Key.ONE, Key.TWO, Key.THREE, Key.FOUR, Key.FIVE, Key.SIX)
"""The keys that number choices."""

_NAMES = {
    # NumLock off: the pad sends what stands in small print on its caps.
    "insert": Key.ZERO,
    "end": Key.ONE,
    "down": Key.TWO,
    "pagedown": Key.THREE,
    "left": Key.FOUR,
    "kp_begin": Key.FIVE,
    "right": Key.SIX,
    "home": Key.SEVEN,
    "up": Key.EIGHT,
    "pageup": Key.NINE,
    "delete": Key.DOT,
    # Names of the kitty protocol for keys that carry no character.
    "decimal": Key.DOT,
    "separator": Key.DOT,
    "divide": Key.SLASH,
    "multiply": Key.STAR,
    "subtract": Key.MINUS,
    "add": Key.PLUS,
    "enter": Key.ENTER,
    "ctrl+j": Key.ENTER,
    "escape": Key.ZERO,
    "space": Key.STAR,
}

_CHARACTERS = {
    **{str(digit): Key(str(digit)) for digit in range(10)},
    "*": Key.STAR,
    "+": Key.PLUS,
    "-": Key.MINUS,
    "/": Key.SLASH,
    ".": Key.DOT,
    ",": Key.DOT,  # a German pad's decimal key
    " ": Key.STAR,
    "\r": Key.ENTER,
    "\n": Key.ENTER,
    "。": Key.DOT,  # an input method's full stop, slash, multiplication and minus signs
    "、": Key.SLASH,
    "×": Key.STAR,
    "−": Key.MINUS,
    "÷": Key.SLASH,
}

_FULL_WIDTH = 0xFEE0  # from "!" (U+0021) to "！" (U+FF01)


def key_of(name: str, character: str | None) -> Key:
    """The key behind a terminal's name for it and the character it typed, if any."""
    if character and 0xFF01 <= ord(character[0]) <= 0xFF5E:
        character = chr(ord(character[0]) - _FULL_WIDTH)
    if character == "\u3000":
        character = " "
    if name in _NAMES:
        return _NAMES[name]
    return _CHARACTERS.get(character or "", Key.OTHER)


@dataclass(frozen=True, slots=True)
class Guard:
    """Which presses count. Hands tremble, keys bounce and repeat, and the next screen comes under a resting finger."""

    repeat: float
    """Seconds for which a key is ignored after it was last seen, also while it is being ignored."""
    changed: float
    """Seconds for which a choice key is ignored after the screen changed."""
    changed_at: float = float("-inf")
    seen: dict[Key, float] = field(default_factory=dict)

    def admit(self, key: Key, at: float) -> tuple[Guard, bool]:
        """The guard after a press at `at` (seconds of a clock that never goes back), and whether the press counts."""
        again = at - self.seen.get(key, float("-inf")) < self.repeat
        early = key in CHOICES and at - self.changed_at < self.changed
        return replace(self, seen={**self.seen, key: at}), not (again or early)

    def screen_changed(self, at: float) -> Guard:
        """The guard after another page has been shown."""
        return replace(self, changed_at=at)
