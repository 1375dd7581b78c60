"""Words drawn large: bitmaps as rows of half blocks, two pixels to a cell.

A cell is about twice as high as wide, so that a pixel is about square. Each sign used counts one cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Bitmap = Callable[[str], Sequence[str]]
"""The rows of a character, `#` for ink, all equally long; empty where there is none (`ports.Glyphs`)."""

SIZES = ("", "\ufe00", "\ufe01", "\ufe02")
"""What stands after a character to ask for a size of it, the largest first: Unicode's variation selectors."""

GAP = 2
"""Pixels between two characters where there is room; else one."""

ROWS = 8
"""Rows of cells that the highest characters take."""

_CELLS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def draw(text: str, bitmap: Bitmap, columns: int, rows: int = ROWS, gap: int = GAP) -> tuple[str, ...]:
    """The text in the largest size that fits: at most `rows` equally long rows of at most `columns` cells.

    Empty where none fits, a character has no bitmap or there is nothing to see: the text is then written.
    """
    for size in SIZES:
        glyphs = _glyphs(text, bitmap, size)
        for space in range(gap, 0, -1):
            lines = _trimmed(_joined(glyphs, space))
            if lines and len(lines) <= 2 * rows and len(lines[0]) <= columns:
                return _halved(lines)
    return ()


def width(text: str, bitmap: Bitmap, gap: int = GAP) -> int:
    """The columns that the text takes in the largest size that has all its characters; 0 where none has."""
    for size in SIZES:
        lines = _joined(_glyphs(text, bitmap, size), gap)
        if lines:
            return len(lines[0])
    return 0


def _glyphs(text: str, bitmap: Bitmap, size: str) -> list[Sequence[str]]:
    """The bitmaps of all characters in one size; none where one is missing."""
    glyphs = [bitmap(character + size) for character in text]
    return glyphs if all(glyphs) else []


def _joined(glyphs: list[Sequence[str]], gap: int) -> list[str]:
    """The bitmaps side by side."""
    return [("." * gap).join(row) for row in zip(*glyphs, strict=True)]


def _trimmed(lines: list[str]) -> list[str]:
    """Without the empty rows above and below; an even number, the lowest being the foot of the letters."""
    inked = [at for at, line in enumerate(lines) if "#" in line]
    if not inked:
        return []
    kept = lines[inked[0] : inked[-1] + 1]
    return kept if len(kept) % 2 == 0 else ["." * len(kept[0]), *kept]


def _halved(lines: list[str]) -> tuple[str, ...]:
    """Each two rows of pixels as one row of cells."""
    return tuple(
        "".join(_CELLS[above == "#", below == "#"] for above, below in zip(upper, lower, strict=True))
        for upper, lower in zip(lines[::2], lines[1::2], strict=True)
    )
