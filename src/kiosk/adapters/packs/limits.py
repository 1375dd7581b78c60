"""How long a text may be: what fits one row or two at 56×16, and an old person's memory. Counted in cells."""

from __future__ import annotations

import re

from rich.cells import cell_len

from kiosk.adapters.packs.folding import HAN

_QUOTES = re.compile("[“”’]")
"""One cell wide each; nearly all that English texts have beside ASCII."""
_HALF = re.compile("[0-9A-Za-z]")


class Limit:
    """The most a text of one kind may have."""

    __slots__ = ("han", "latin", "sure")

    def __init__(self, han: int, latin: int) -> None:
        self.han = han
        """Chinese characters (two cells each), for a text with any Chinese character in it."""
        self.latin = latin
        """Cells, for a text without."""
        self.sure = min(han, latin // 2)
        """So many characters fit, whatever they are."""


SCENE_LINE = Limit(24, 50)
PROMPT = Limit(26, 54)
CHOICE = Limit(18, 42)
WHY = Limit(28, 70)
"""Also a reply, what to do, a line of a lesson."""
EXPLAIN = Limit(40, 90)
"""Also a card's text and a contrast."""
STORY_PAGE = Limit(60, 140)
REMEMBER = Limit(24, 50)
"""Also a saying."""
TITLE = Limit(12, 30)
NAME = Limit(12, 28)
HELP_LINE = Limit(26, 60)
NOTICE = Limit(40, 90)


def excess(text: str, limit: Limit) -> str:
    """A sentence on how much too long the text is; empty where it fits."""
    length = len(text)
    if length <= limit.sure or (length <= limit.latin and (text.isascii() or _QUOTES.sub("", text).isascii())):
        return ""
    width = cell_len(text)
    is_han = HAN.search(text) is not None
    most = limit.han * 2 if is_han else limit.latin
    if width <= most:
        return ""
    if not is_han:
        return f"{_count(width - most, 'letter')} too long: at most {limit.latin} letters"
    halves = "; two letters or digits count as one" if _HALF.search(text) else ""
    return f"{_count((width - most + 1) // 2, 'character')} too long: at most {limit.han} Chinese characters{halves}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
