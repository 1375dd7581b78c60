"""Putting words to a page: the interface's own by message id, a pack's by language, and how each is spoken."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from kiosk.core.items import Text
from kiosk.core.keys import Key
from kiosk.core.page import CHOICE_PAUSE, CLAUSE_PAUSE, Caps, Pick
from kiosk.core.speech import Utterance


class Wording(Protocol):
    """The interface's own texts, by message id."""

    def write(self, language: str, message: str, **values: object) -> str:
        """The text to show."""

    def say(self, language: str, message: str, **values: object) -> str:
        """The text to speak."""


_DIGITS = {
    "zh": "零幺二三四五六七八九",
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_CAP = re.compile(r"\[([^\]\s]{1,8})\]")


def dialled(number: str, language: str) -> str:
    """A telephone number digit by digit: in Chinese 1 is 幺, as on the telephone."""
    names = _DIGITS.get(language, _DIGITS["en"])
    if language == "zh":
        return "".join(names[int(digit)] for digit in number)
    return " ".join(names[int(digit)] for digit in number)


def speakable(text: str, language: str, numbers: Collection[str]) -> str:
    """A text as it is to be pronounced: numbers to dial are read digit by digit."""
    if not numbers:
        return text
    longest_first = sorted(numbers, key=len, reverse=True)
    found = re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, longest_first))})(?!\d)")
    return found.sub(lambda match: dialled(match.group(), language), text)


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes and speaks in one language."""

    words: Wording
    language: str
    numbers: frozenset[str] = frozenset()
    """Those to dial."""
    key_names: tuple[tuple[str, str], ...] = ()
    """What this site calls a key, for instance `("enter", "绿键")`."""

    def write(self, message: str, **values: object) -> str:
        """An interface text to show."""
        return self._renamed(self.words.write(self.language, message, **values))

    def say(self, message: str, pause: float = CLAUSE_PAUSE, **values: object) -> tuple[Utterance, ...]:
        """An interface text to speak."""
        text = self.words.say(self.language, message, **values)
        for key, name in self.key_names:  # those without a phrase of their own are only written
            text = text.replace(self.words.say(self.language, f"key-{key}"), name)
        return self.speak(text, pause)

    def speak(self, text: str, pause: float = CLAUSE_PAUSE) -> tuple[Utterance, ...]:
        """Any text to speak."""
        spoken = speakable(text, self.language, self.numbers)
        return (Utterance(spoken, self.language, pause),) if spoken.strip() else ()

    def read(self, text: Text, pause: float = CLAUSE_PAUSE) -> tuple[Utterance, ...]:
        """A pack's text to speak."""
        return self.speak(text.say(self.language), pause)

    def show(self, text: Text) -> str:
        """A pack's text to show."""
        return text.write(self.language)

    def number(self, count: int) -> str:
        """A small number as a word, as it stands before a thing counted."""
        return self.words.write(self.language, f"count-{count}") if 0 <= count <= 10 else str(count)

    def ordinal(self, place: int) -> str:
        """A small place in a row as a word: number one, number two."""
        return self.words.write(self.language, f"ordinal-{place}") if 1 <= place <= 4 else str(place)

    def pick(self, key: Key, message: str, **values: object) -> Pick:
        """A choice of the interface, said with its number."""
        return Pick(key, self.write(message, **values), say=self.say(message, CHOICE_PAUSE, **values))

    def choice(self, key: Key, text: str, spoken: str | None = None) -> tuple[Utterance, ...]:
        """A numbered text to speak: "one: …"."""
        spoken = (text if spoken is None else spoken).rstrip("。. ")
        line = self.words.say(
            self.language, "say-choice", number=self.words.say(self.language, f"digit-{key}"), text=spoken
        )
        return self.speak(line, CHOICE_PAUSE)

    def cap(self, key: Key) -> str:
        """A key as it is printed on its cap, or as this site calls it."""
        return self._renamed(f"[{key.capitalize()}]")

    def caps(self, go: str = "press-number", go_key: Key | None = None) -> Caps:
        """The help row of nearly every screen."""
        return Caps(
            back=self.write("cap-back"),
            back_key=Key.ZERO,
            back_cap=self.cap(Key.ZERO),
            again=self.write("cap-again"),
            again_cap=self.cap(Key.STAR),
            sound=self.write("cap-sound"),
            sound_cap=self.cap(Key.PLUS) + self.cap(Key.MINUS),
            help=self.write("cap-help"),
            help_cap=self.cap(Key.NINE),
            go=self.write(go),
            go_key=go_key,
            go_cap=self.cap(go_key) if go_key else "",
            on=self.write("cap-go-on"),
            on_cap=self.cap(Key.ENTER),
        )

    def caps_on(self) -> Caps:
        """The help row of a screen that waits for Enter."""
        return self.caps("cap-go-on", Key.ENTER)

    def _renamed(self, text: str) -> str:
        names = dict(self.key_names)
        return _CAP.sub(lambda match: f"[{names.get(match.group(1).lower(), match.group(1))}]", text)


def joined(*parts: tuple[Utterance, ...]) -> tuple[Utterance, ...]:
    """Several things to say, one after the other."""
    return tuple(utterance for part in parts for utterance in part)
