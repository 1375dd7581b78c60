"""Message catalogues as programs read them (`.mo`), made from those that people write (`.po`).

While the package is built, and in a checkout whose texts have changed since. A catalogue in other characters
(`zh-Hant`) is made from the one that it is spoken as, message by message; what its own `.po` has, wins.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from kiosk.core.characters import SPOKEN_AS

MADE_WITH = "made-with"
"""The message of a built catalogue in other characters that tells what made them; it is its own context."""


class Conversion(Protocol):
    """What makes texts in the characters of another language."""

    def made_with(self) -> str:
        """What they are made with: others may come of another."""

    def can_convert(self, language: str) -> bool:
        """Whether they can be made in this language."""

    def convert(self, texts: Sequence[str], language: str) -> Sequence[str]:
        """The texts as they are written in it. Raises `ImportError` or `OSError` where it can't be done."""


def sources(folder: Path, language: str) -> tuple[Path, ...]:
    """The files that the catalogue of a language is made from; its own is the last."""
    languages = [code for code in (SPOKEN_AS.get(language), language) if code]
    return tuple(folder / code / "LC_MESSAGES" / "kiosk.po" for code in languages)


def can_build(language: str, conversion: Conversion) -> bool:
    """Whether what a catalogue needs to be made of another's characters is there."""
    return language not in SPOKEN_AS or conversion.can_convert(language)


def build(folder: Path, language: str, conversion: Conversion) -> bytes:
    """The compiled catalogue.

    Raises `ImportError` without Babel, or where its characters can't be made; `OSError` for a file that can't be read.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    *others, own = sources(folder, language)
    with own.open("rb") as file:
        catalogue = read_po(file)
    for source in others:
        with source.open("rb") as file:
            # What is spoken is taken from there, so it is not needed here.
            messages = [message for message in read_po(file) if message.id and not message.context]
        made = Catalog(language.replace("-", "_"))
        texts = conversion.convert([str(message.string) for message in messages], language)
        for message, text in zip(messages, texts, strict=True):
            made.add(message.id, text)
        for message in catalogue:
            if message.id:
                made.delete(message.id, message.context)
                made.add(message.id, message.string, context=message.context)
        made.add(MADE_WITH, conversion.made_with(), context=MADE_WITH)
        catalogue = made
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def build_all(folder: Path, conversion: Conversion) -> None:
    """Write each `.mo` beside its `.po`; where one can't be made, an older one is taken away."""
    for source in sorted(folder.glob("*/LC_MESSAGES/kiosk.po")):
        language = source.parent.parent.name
        if can_build(language, conversion):
            source.with_suffix(".mo").write_bytes(build(folder, language, conversion))
        else:
            source.with_suffix(".mo").unlink(missing_ok=True)
