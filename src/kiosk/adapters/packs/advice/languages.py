"""What was translated in part: it is shown to nobody where the other language is offered."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from kiosk.adapters.packs.advice.library import Library, Passage
from kiosk.adapters.packs.advice.places import Places


def check_languages(passages: Iterable[Passage], library: Library, places: Places) -> None:
    """Warn of items and entries of which some texts are in a language of the pack and others are not, at the first."""
    for (_, name), group in groupby(passages, key=lambda each: (each.file, each.item)):
        texts = list(group)
        flags = int(any(each.name == "see-why" for each in texts))  # which may be their names
        for language in library.languages:
            lacking = [each for each in texts if language not in each.text.written]
            if name and 0 < len(lacking) < len(texts) - flags:
                first = lacking[0]
                message = f"{len(lacking)} of {len(texts)} texts of '{name}' not in '{language}'"
                effect = f"where '{language}' is offered, neither it nor what rests on it is shown"
                places.warn(
                    first, next(iter(first.text.written)), "half-translated", f"{message}: {effect}", f"add {language}:"
                )
