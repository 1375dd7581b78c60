"""A text that runs over several lines of a file, as one line."""

from __future__ import annotations

import re

_CHINESE = "\u2e80-\u2fdf\u3001-\u303f\u3105-\u312f\u31a0-\u31bf\u3400-\u9fff\uf900-\ufaff\uff01-\uff65\U00020000-\U0003ffff"
HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""A text with one of these is Chinese for the limits; one without is Latin."""
_ENDS_CHINESE = re.compile(f"[{_CHINESE}][“”‘’…—·]*$|^[“”‘’…—·]+$")
_BEGINS_CHINESE = re.compile(f"^[“”‘’…—·]*[{_CHINESE}]|^[“”‘’…—·]+$")


def join_lines(raw: str, style: str) -> str:
    """The value of a scalar from its source: lines joined by a space, by nothing between two Chinese characters."""
    if style in ("'", '"'):
        raw = raw[1:-1]
        if style == "'":
            raw = raw.replace("''", "'")
    elif style in ("|", ">"):
        raw = raw.partition("\n")[2]
    joined = ""
    for line in filter(None, map(str.strip, raw.split("\n"))):
        if joined and not (_ENDS_CHINESE.search(joined) and _BEGINS_CHINESE.search(line)):
            joined += " "
        joined += line
    return joined
