"""Texts in the characters that nobody wrote them in: made from those in which they stand.

A pack in `zh` has all its texts in `zh-Hant` too, and the other way round, text by text; what is written wins. Loaded
only by who reads a pack's files, never by the screen's process.
"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.adapters.packs import conversion
from kiosk.adapters.packs.conversion import convert
from kiosk.core.characters import SPOKEN_AS


class Characters:
    """What a pack has in one language of a pair that is spoken alike, made in the other.

    Texts are made many at a time, which takes a third of the time: until `fill` they stand there as they were written.
    """

    def __init__(self, written: Sequence[str]) -> None:
        """`written` are the languages that the pack says it is written in."""
        here = [pair for pair in SPOKEN_AS.items() if {*pair} & {*written} and conversion.can_convert(pair[0])]
        self.pair: tuple[str, ...] = here[0] if here else ()
        """A language and the one that it is spoken as; none where neither is the pack's, or texts can't be made."""
        self.made = tuple(code for code in self.pair if code not in written)
        """Which of them the pack has, though it doesn't say so."""
        self.counted = self.own = 0
        """How many texts were made or taken, and how many were written in the language that is spoken as the other."""
        self._waiting: dict[str, list[dict[str, str]]] = {code: [] for code in self.pair}
        """By language: the texts to be made in it."""
        self._in_both: list[tuple[dict[str, str], dict[str, str]]] = []
        """Texts that were written in both, with what is spoken of them."""

    def take(self, written: dict[str, str], spoken: dict[str, str]) -> None:
        """Make a text in whichever language of the pair it isn't written in; `spoken` is what `say:` says of it."""
        language, base = self.pair
        if language in spoken:
            spoken[language] = convert([spoken[language]], base)[0]
        if language not in written:
            if base in written:
                self._make(language, base, written)
            return
        self.own += 1
        if base in written:
            self._in_both.append((written, spoken))
            return
        self._make(base, language, written)
        if language in spoken:
            spoken.setdefault(base, spoken.pop(language))

    def _make(self, language: str, other: str, written: dict[str, str]) -> None:
        written[language] = written[other]
        self._waiting[language].append(written)

    def fill(self) -> None:
        """Make what was taken since the last time."""
        for language, texts in self._waiting.items():
            for text, made in zip(texts, convert([text[language] for text in texts], language), strict=True):
                text[language] = made
            self.counted += len(texts)
            texts.clear()
        if not self._in_both:
            return
        language, base = self.pair
        read = convert([written[language] for written, _ in self._in_both], base)
        for (written, spoken), words in zip(self._in_both, read, strict=True):
            # The same words are spoken, and recorded, once; quotation marks may differ with the characters.
            if list(filter(str.isalnum, words)) != list(filter(str.isalnum, written[base])):
                spoken.setdefault(language, words)
        self.counted += len(self._in_both)
        self._in_both.clear()
