"""Message catalogues as programs read them (`.mo`), made from those that people write (`.po`).

While the package is built, and in a checkout whose texts have changed since. A catalogue in other characters
(`zh-Hant`) is made from the one that it is spoken as, message by message; what its own `.po` has, wins.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from kiosk.core.characters import SPOKEN_AS

Convert = Callable[[Sequence[str], str], Sequence[str]]
"""Texts as they are written in the characters of this language."""


def sources(folder: Path, language: str) -> tuple[Path, ...]:
    """The files that the catalogue of a language is made from; its own is the last."""
    languages = [code for code in (SPOKEN_AS.get(language), language) if code]
    return tuple(folder / code / "LC_MESSAGES" / "kiosk.po" for code in languages)


def can_build(language: str) -> bool:
    """Whether OpenCC is there, for a catalogue that takes it."""
    return language not in SPOKEN_AS or find_spec("opencc") is not None


def build(folder: Path, language: str, convert: Convert) -> bytes:
    """The compiled catalogue. Raises `ImportError` without Babel, `OSError` for a file that can't be read."""
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
        texts = convert([str(message.string) for message in messages], language)
        for message, text in zip(messages, texts, strict=True):
            made.add(message.id, text)
        for message in catalogue:
            if message.id:
                made.delete(message.id, message.context)
                made.add(message.id, message.string, context=message.context)
        catalogue = made
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def build_all(folder: Path, convert: Convert) -> None:
    """Write each `.mo` beside its `.po`; where one can't be made, an older one is taken away."""
    for source in sorted(folder.glob("*/LC_MESSAGES/kiosk.po")):
        language = source.parent.parent.name
        if can_build(language):
            source.with_suffix(".mo").write_bytes(build(folder, language, convert))
        else:
            source.with_suffix(".mo").unlink(missing_ok=True)
