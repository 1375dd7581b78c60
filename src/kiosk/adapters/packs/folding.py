"""A text of a pack as one line of YAML: several lines joined, and a text in its quotation marks."""

from __future__ import annotations

import re

HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""A text with one of these is Chinese for the limits; one without is Latin."""
_CHINESE = (
    "\u2e80-\u2fdf\u3001-\u303f\u3105-\u312f\u31a0-\u31bf\u3400-\u9fff\uf900-\ufaff\uff01-\uff65\U00020000-\U0003ffff"
)
_ENDS_CHINESE = re.compile(f"[{_CHINESE}][“”‘’…—·]*$|^[“”‘’…—·]+$")
_BEGINS_CHINESE = re.compile(f"^[“”‘’…—·]*[{_CHINESE}]|^[“”‘’…—·]+$")
_NEAR = 12
"""How many characters beside a line break are looked at."""


def join_lines(raw: str, style: str) -> str:
    """The value of a scalar from its source: lines joined by a space, by nothing between two Chinese characters."""
    if style in ("'", '"'):
        raw = raw[1:-1]
        if style == "'":
            raw = raw.replace("''", "'")
    elif style in ("|", ">"):
        raw = raw.partition("\n")[2]
    joined: list[str] = []
    for line in filter(None, map(str.strip, raw.split("\n"))):
        if joined and not (_ENDS_CHINESE.search(joined[-1][-_NEAR:]) and _BEGINS_CHINESE.search(line[:_NEAR])):
            joined.append(" ")
        joined.append(line)
    return "".join(joined)


def quoted(text: str) -> str:
    """A text as templates write it: in straight double quotes, with speech inside in “ ”."""
    parts = text.strip().replace("\\", "").split('"')
    inside = parts[0] + "".join(("”" if place % 2 else "“") + part for place, part in enumerate(parts[1:]))
    return f'"{inside}"'
