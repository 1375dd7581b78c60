"""The bitmaps that `docs/glyphs.py` made of free bitmap fonts (their licences lie beside this file)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path


class Bitmaps:
    """The bitmaps of `glyphs.json`, read when the first is asked for."""

    def bitmap(self, character: str) -> tuple[str, ...]:
        """Sixteen rows from top to bottom, `#` for ink and `.` for none; empty where there is no bitmap.

        A variation selector after the character asks for another size of it (`kiosk.core.glyphs.SIZES`).
        """
        return tuple(_bitmaps().get(character, "").split())


@cache
def _bitmaps() -> dict[str, str]:
    found: dict[str, str] = json.loads(Path(__file__).with_name("glyphs.json").read_bytes())
    return found
