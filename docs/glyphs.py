"""Makes `src/kiosk/adapters/glyphs/glyphs.json`, the bitmaps of what the kiosk draws large.

Run by `make glyphs`. It reads two free bitmap fonts and keeps just the characters listed here. On Debian:

    sudo apt-get install unifont xfonts-75dpi

* Han from GNU Unifont (16 x 16, strokes of one pixel), made bolder here.
* Letters, digits and marks from Adobe's Helvetica Bold for X11: its zero has no slash or dot.

A character has one entry for each size that it comes in: the largest under its own name, each further one
with a variation selector after it (`kiosk.core.glyphs.SIZES`). A bitmap is its rows from top to bottom with a
space between them, `#` for ink and `.` for none. All have 16 rows; what is of one size has one baseline.
"""

from __future__ import annotations

import gzip
import io
import json
import string
import sys
from pathlib import Path
from typing import NamedTuple

from PIL.PcfFontFile import PcfFontFile

from kiosk.core.glyphs import SIZES

TARGET = Path(__file__).parent.parent / "src" / "kiosk" / "adapters" / "glyphs" / "glyphs.json"
HEIGHT = 16

UNIFONT = Path("/usr/share/unifont/unifont.hex")
HAN = "按骗局真的等一夜还在吗您请稍没事好换人谢" + "騙還嗎請沒換謝"
"""Simplified, and those of them that traditional ones differ from."""

X11 = Path("/usr/share/fonts/X11/75dpi")
MARKS = "?!:.,-'"

Bitmap = list[list[bool]]


class Source(NamedTuple):
    """Where characters of one size come from."""

    font: str
    characters: str
    ascent: int
    """Rows from the top to the baseline."""
    doubled: tuple[int, ...] = ()
    """Rows above the baseline, from 0, that are there twice: a higher character that is no wider."""


LATIN = (
    # Capitals of 14 pixels leave no room for the tails of small letters.
    (Source("helvB18", string.ascii_uppercase + string.digits + MARKS, ascent=15),),
    # As high, but five or six characters fit: level strokes become as thick as upright ones.
    (
        Source("helvB12", string.ascii_uppercase + MARKS, ascent=15, doubled=(0, 2, 4, 6, 8)),
        Source("helvB14", string.digits, ascent=15, doubled=(0, 3, 6, 9)),
    ),
    (Source("helvB14", string.ascii_letters + string.digits + MARKS, ascent=12),),
    (Source("helvB12", string.ascii_letters + string.digits + MARKS, ascent=12),),
)
"""In the order of `SIZES`: capitals of 14 pixels, of 14 but narrow, of 11 (digits 10) and of 9."""


def han() -> dict[str, Bitmap]:
    """The Han characters, made bolder."""
    wanted = {f"{ord(character):04X}": character for character in HAN}
    found = {}
    with UNIFONT.open(encoding="ascii") as lines:
        for line in lines:
            code, digits = line.strip().split(":")
            if code in wanted:
                found[wanted[code]] = bolder([unpacked(digits[at : at + 4]) for at in range(0, len(digits), 4)])
    return found


def unpacked(digits: str) -> list[bool]:
    """The 16 pixels of four hexadecimal digits."""
    return [bit == "1" for bit in f"{int(digits, 16):016b}"]


def bolder(bitmap: Bitmap) -> Bitmap:
    """Upright strokes two pixels thick wherever a gap of one pixel stays beside them.

    Thickening every one would close 骗, 的 and 谢. Level strokes stay thin, as in print; but a character
    that is one level stroke (一) would pass for a dash and gets a second row.
    """
    rows = []
    for row in bitmap:
        left, right = [False, *row[:-1]], [*row[1:], False]
        rows.append([here or (a and not b) for a, here, b in zip(left, row, right, strict=True)])
    if sum(any(row) for row in rows) == 1:
        at = next(y for y, row in enumerate(rows) if any(row))
        rows[at + 1] = rows[at]
    return rows


def latin(source: Source) -> dict[str, Bitmap]:
    """The characters without the empty columns beside them, and a space."""
    glyphs = PcfFontFile(io.BytesIO(gzip.decompress(source_file(source).read_bytes()))).glyph
    found: dict[str, Bitmap] = {}
    for character in f" {source.characters}":
        glyph = glyphs[ord(character)]
        if glyph is None:
            sys.exit(f"{source.font}: no {character!r}")
        (advance, _), (_, offset, _, _), _, image = glyph
        if character == " ":
            found[character] = [[False] * advance] * HEIGHT
            continue
        rows: Bitmap = []
        for y in range(image.height):
            row = [bool(image.getpixel((x, y))) for x in range(image.width)]
            rows += [row] * (2 if -offset - y - 1 in source.doubled else 1)
        top = source.ascent + offset - sum(row < -offset for row in source.doubled)
        top = min(top, HEIGHT - len(rows))  # only the largest commas hang too low
        if top < 0:
            sys.exit(f"{source.font}: {character!r} is higher than {HEIGHT} rows")
        inked = [x for x in range(image.width) if any(row[x] for row in rows)]
        rows = [row[inked[0] : inked[-1] + 1] for row in rows]
        empty = [False] * len(rows[0])
        found[character] = [*[empty] * top, *rows, *[empty] * (HEIGHT - top - len(rows))]
    return found


def source_file(source: Source) -> Path:
    """The font on this machine."""
    return X11 / f"{source.font}-ISO8859-1.pcf.gz"


def main() -> None:
    """Write the file."""
    for path in (UNIFONT, *(source_file(source) for sources in LATIN for source in sources)):
        if not path.is_file():
            sys.exit(f"{path} is missing; on Debian: sudo apt-get install unifont xfonts-75dpi")
    bitmaps = han()
    for selector, sources in zip(SIZES, LATIN, strict=True):
        for source in sources:
            bitmaps |= {character + selector: bitmap for character, bitmap in latin(source).items()}
    entries = []
    for name, bitmap in sorted(bitmaps.items()):
        rows = " ".join("".join(".#"[pixel] for pixel in row) for row in bitmap)
        entries.append(f"{json.dumps(name)}:{json.dumps(rows)}")
    TARGET.write_text("{\n" + ",\n".join(entries) + "\n}\n", encoding="ascii")
    sys.stdout.write(f"{len(entries)} bitmaps, {TARGET.stat().st_size} bytes: {TARGET}\n")


if __name__ == "__main__":
    main()
