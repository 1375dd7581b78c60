"""Words that name the verdict: in titles, which lists show, and in wider senses in what is read before the verdict."""

from __future__ import annotations

import re

from kiosk.adapters.packs.advice.library import Column, Sort
from kiosk.adapters.packs.advice.places import Places
from kiosk.adapters.packs.wording import VERDICT

_MORE = {
    "zh": re.compile("骗|上当(?!铺)|造假|圈套|冒充|真假"),
    "en": re.compile(
        r"[Cc]on(?:ned|m[ae]n)?\b|[Tt]rick(?:ed|ster)?s?\b|[Gg]enuine\b|[Bb]ogus\b|[Ss]windl[a-z]+|[Cc]heat[a-z]*"
    ),
}
"""What names it too, though not as the screen does."""
_WARNING = {
    "zh": re.compile("[防反]诈?骗|骗保|[防别]上当"),
    "en": re.compile(r"\banti-\w+|\bwarn\w*[^.!?;:]*", re.IGNORECASE),
}
"""Who warns of fraud in general names no verdict, as far as the warning goes."""


def check_verdict_words(column: Column, places: Places) -> None:
    """Warn of titles of cases that name the verdict, and of other words for it before the verdict."""
    main = column.language.partition("-")[0]
    if main not in VERDICT:
        return
    before = column.only(lambda passage: passage.is_before_verdict)
    for pattern in (VERDICT[main], _MORE[main]):
        for hit in before.find(pattern):
            is_title = hit.passage.sort is Sort.TITLE
            is_part_of_word = (
                hit.start > 0
                and (hit.text[hit.start - 1] + hit.found[0]).isascii()
                and (hit.text[hit.start - 1].isalpha())
            )
            is_told = (
                VERDICT[main].search(hit.text) if pattern is _MORE[main] else not is_title
            )  # the format's own rule
            is_warning = any(
                warning.start() <= hit.start < warning.end() for warning in _WARNING[main].finditer(hit.text)
            )
            if is_part_of_word or is_told or is_warning:
                continue
            where = "lists show titles before it" if is_title else "this is shown before it"
            message = f"'{hit.found}' names the verdict: {where}"
            places.warn(hit.passage, column.language, "names-the-verdict", message, "say what happens, not what it is")
