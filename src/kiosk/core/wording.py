"""Putting words to a page: the interface's own by message id, a pack's by language, and how each is spoken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from kiosk.core.items import Text
from kiosk.core.keys import Key
from kiosk.core.page import CHOICE_PAUSE, CLAUSE_PAUSE, Caps, Pick
from kiosk.core.pronounce import pronounce
from kiosk.core.speech import Utterance

SHORT_PAUSE = 0.2
"""Seconds after what leads on to the next words: the number of a choice, "what to do"."""

TONE_PAUSE = 0.15
"""Seconds after a tone."""


class Wording(Protocol):
    """The interface's own texts, by message id."""

    def write(self, language: str, message: str, **values: object) -> str:
        """The text to show."""

    def say(self, language: str, message: str, **values: object) -> str:
        """The text to speak."""


_CAP = re.compile(r"\[([^\]\s]{1,8})\]")
_INSERTED = "\x02"
"""Stands around the name of a pack's text in a phrase; no phrase has it."""
_EDGES = "，。：；、,.:; "
"""What ends a piece of a phrase that goes on with another."""
_NAMED_KEYS = (Key.ENTER, Key.STAR, Key.SLASH, Key.DOT)
"""Those that the catalogues have a name for."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes and speaks in one language."""

    words: Wording
    language: str
    """The written one."""
    numbers: frozenset[str] = frozenset()
    """Those to dial."""
    key_names: tuple[tuple[str, str], ...] = ()
    """What this site calls a key, for instance `("enter", "绿键")`."""
    spoken: str = ""
    """The variety that is spoken; empty for the written language."""
    characters: str = ""
    """The written language on the screen, where this teller only speaks, in another's words (`SPOKEN_AS`)."""

    def write(self, message: str, **values: object) -> str:
        """An interface text to show."""
        return self._renamed(self.words.write(self.language, message, **values))

    def say(
        self, message: str, pause: float = CLAUSE_PAUSE, *, variant: str = "", **values: object
    ) -> tuple[Utterance, ...]:
        """An interface text to speak.

        It is a part of its own (`_kiosk/message`) where it is always the same, or always the same for a `variant`
        (`_kiosk/message-variant`). A `Text` among the values is spoken by itself, as what it is a recording of.
        """
        texts = {name: value for name, value in values.items() if isinstance(value, Text)}
        plain = {name: value for name, value in values.items() if name not in texts}
        marks = {name: f"{_INSERTED}{name}{_INSERTED}" for name in texts}
        phrase = self.words.say(self.language, message, **plain, **marks)
        called = self._called(phrase)
        named = called != phrase or self._renamed(phrase) != phrase
        fixed = not named and (bool(variant) or not self._depends(message, plain, marks))
        part = f"_kiosk/{message}" + (f"-{variant}" if variant else "") if fixed else ""
        if not texts:
            return self.speak(called, pause, part)
        pieces = called.split(_INSERTED)
        own = [place for place in range(0, len(pieces), 2) if pieces[place].strip(_EDGES)]
        said = [
            self.read(texts[piece], SHORT_PAUSE)
            if place % 2
            else self.speak(piece.strip(_EDGES), SHORT_PAUSE, part if len(own) == 1 else "")
            for place, piece in enumerate(pieces)
        ]
        utterances = joined(*said)
        return (*utterances[:-1], *(last._replace(pause=pause) for last in utterances[-1:]))

    def speak(self, text: str, pause: float = CLAUSE_PAUSE, part: str = "") -> tuple[Utterance, ...]:
        """Any text to speak, as it is to be pronounced; nothing where there is nothing to say."""
        keys = self._spoken_keys() if "[" in text else {}
        said = pronounce(text, self.language, self.numbers, keys)
        return (Utterance(said, self.spoken or self.language, pause, part=part),) if said else ()

    def read(self, text: Text, pause: float = CLAUSE_PAUSE) -> tuple[Utterance, ...]:
        """A pack's text to speak: what a variety says instead, else what its language does.

        What is on the screen in words of its own is spoken in these, and recorded under its own language.
        """
        own = text.spoken.get(self.characters, "")
        if own and self.spoken in ("", self.language):
            return tuple(said._replace(language=self.characters) for said in self.speak(own, pause, text.part))
        said = text.spoken.get(self.spoken) or own or text.say(self.language) or text.write(self.characters)
        return self.speak(said, pause, text.part)

    def tone(self, name: str) -> Utterance:
        """One of `TONES`, to go with words."""
        return Utterance("", self.spoken or self.language, TONE_PAUSE, tone=name)

    def show(self, text: Text) -> str:
        """A pack's text to show; of a teller that only speaks, what it is spoken from."""
        return text.spoken.get(self.characters) or text.write(self.language)

    def number(self, count: int) -> str:
        """A small number as a word, as it stands before a thing counted."""
        return self.words.write(self.language, f"count-{count}") if 0 <= count <= 10 else str(count)

    def times(self, count: int) -> str:
        """How often, in words: twice, three times."""
        return self.write("times-2" if count == 2 else "times", count=self.number(count))

    def ordinal(self, place: int) -> str:
        """A small place in a row as a word: number one, number two."""
        return self.words.write(self.language, f"ordinal-{place}") if 1 <= place <= 4 else str(place)

    def pick(self, key: Key, message: str) -> Pick:
        """A choice of the interface, said with its number."""
        return Pick(key, self.write(message), say=self.say(message, CHOICE_PAUSE))

    def choice(self, key: Key, text: Text) -> tuple[Utterance, ...]:
        """A numbered text to speak."""
        return joined(self.say(f"digit-{key}", SHORT_PAUSE), self.read(text, CHOICE_PAUSE))

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
        if not self.key_names:
            return text
        names = dict(self.key_names)
        return _CAP.sub(lambda match: f"[{names.get(match.group(1).lower(), match.group(1))}]", text)

    def _called(self, text: str) -> str:
        """With this site's names of keys; those without a phrase of their own are only written."""
        names = {
            self.words.say(self.language, f"key-{key}"): name for key, name in self.key_names if key in _NAMED_KEYS
        }
        if not names:
            return text
        return _whole(tuple(names)).sub(lambda match: names[match.group()], text)

    def _spoken_keys(self) -> Mapping[str, str]:
        names = {str(key): self.words.say(self.language, f"key-{key}") for key in _NAMED_KEYS}
        return {**names, **dict(self.key_names)}

    def _depends(self, message: str, values: Mapping[str, object], marks: Mapping[str, str]) -> bool:
        """Whether a phrase is different with other values."""
        if not values:
            return False
        with_values = self.words.say(self.language, message, **values, **marks)
        return with_values != self.words.say(self.language, message, **dict.fromkeys(values, ""), **marks)


@lru_cache(maxsize=16)
def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Where one of these stands as it is: a Latin one is no part of a longer word."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<![A-Za-z])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![A-Za-z])")


def joined(*parts: tuple[Utterance, ...]) -> tuple[Utterance, ...]:
    """Several things to say, one after the other."""
    return tuple(utterance for part in parts for utterance in part)
