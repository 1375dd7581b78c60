"""From a page to the rows of a grid: where lines break, what fits, what a finger can touch. Pure, and without Textual.

The widths that the content check allows are those that fit here at 56×16.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kiosk.core import glyphs
from kiosk.core.glyphs import Bitmap
from kiosk.core.keys import Key
from kiosk.core.page import Block, Countdown, Drawn, Entry, Mark, Page, Para, Pick, Tone

Width = Callable[[str], int]
"""Cells that a text takes, by East-Asian width (`rich.cells.cell_len`)."""

SIZES = ((80, 24), (71, 20), (56, 16))
"""The three grids: standard, large, extra (columns, rows)."""

LARGEST, SMALLEST = SIZES[0], SIZES[-1]

_MARGIN = 1
_LOW_ROWS = 5
"""Rows that a drawn word may take where the full height leaves no room for the rest."""
_NEVER_FIRST = "，。！？：；、”’）》」』…—·,.!?:;)%"
_NEVER_LAST = "“‘（《「『(" + "¥$"
_PIECE = re.compile(r"\[[^\]\s]{1,8}\]|[A-Za-z0-9][A-Za-z0-9'’.,:/%+\-]*[A-Za-z0-9%]|\s+|.", re.DOTALL)


class Span(NamedTuple):
    """Characters in one style."""

    text: str
    style: str
    """A component class of the stage; after a blank `said` or `word`, which changes it."""


class Target(NamedTuple):
    """A rectangle that answers to a finger like a key."""

    column: int
    row: int
    columns: int
    rows: int
    key: Key


class Sheet(NamedTuple):
    """A page laid out: one tuple of spans a row, exactly as many rows as the grid has."""

    columns: int
    rows: tuple[tuple[Span, ...], ...]
    targets: tuple[Target, ...]
    leaf: int
    leaves: int
    """How many screens the page takes."""
    blocks: tuple[int, ...]
    """Which blocks (from 0) are on this one."""

    def key_at(self, column: int, row: int) -> Key | None:
        """The key behind a touch."""
        for target in self.targets:
            if (
                target.column <= column < target.column + target.columns
                and target.row <= row < target.row + target.rows
            ):
                return target.key
        return None

    @property
    def text(self) -> str:
        """The rows as plain text, for tests and the checker."""
        return "\n".join("".join(span.text for span in row).rstrip() for row in self.rows)


def break_lines(text: str, columns: int, width: Width) -> list[str]:
    """The lines of a text: Han breaks anywhere but before closing marks and after opening ones, words never.

    A word wider than the line is cut, so that nothing is ever clipped.
    """
    lines: list[str] = []
    line = ""
    for piece in _unbreakable(text):
        if width(line + piece.rstrip()) <= columns:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while width(line) > columns:
            cut = _cut(line, columns, width)
            lines.append(line[:cut])
            line = line[cut:]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


@lru_cache(maxsize=512)
def _unbreakable(text: str) -> tuple[str, ...]:
    """The pieces between which a line may break."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        glued = pieces and (
            piece[0] in _NEVER_FIRST
            or pieces[-1][-1] in _NEVER_LAST
            or (not _breaks_after(pieces[-1]) and not _breaks_before(piece))
        )
        if glued:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def _breaks_before(piece: str) -> bool:
    return piece.isspace() or ord(piece[0]) >= 0x2E80


def _breaks_after(piece: str) -> bool:
    return piece[-1].isspace() or ord(piece[-1]) >= 0x2E80


def _cut(text: str, columns: int, width: Width) -> int:
    cut = len(text)
    while cut > 1 and width(text[:cut]) > columns:
        cut -= 1
    return cut


def size_name(columns: int, rows: int) -> str:
    """The largest of the three grids that fits, as the log names it."""
    fitting = [size for size in SIZES if size[0] <= columns and size[1] <= rows]
    return "{}x{}".format(*(fitting or [SMALLEST])[0])


class _Row(NamedTuple):
    """A row of a block."""

    lead: tuple[Span, ...]
    """What stands before its text; the first span is the margin."""
    text: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        return (*self.lead, *self.text)


class _Laid(NamedTuple):
    """A block as rows, with what a touch on it presses."""

    rows: tuple[_Row, ...]
    place: int
    tight: bool
    key: Key | None


def lay_out(page: Page, columns: int, rows: int, width: Width, bitmap: Bitmap, leaf: int = 0) -> Sheet:
    """A page on a grid of at least 56×16; what does not fit turns the page (`leaf` counts from 0)."""
    help_rows = 2 if rows >= 20 else 1
    hint_rows = len(break_lines(page.hint, columns - 2 * _MARGIN, width)) if page.hint else 0
    top_rows = 2
    body = rows - top_rows - help_rows - hint_rows
    laid_blocks = _laid_blocks(page, columns, width, bitmap, glyphs.ROWS)
    if sum(len(block.rows) for block in laid_blocks) > body:
        laid_blocks = _laid_blocks(page, columns, width, bitmap, _LOW_ROWS)
    needed = sum(len(block.rows) for block in laid_blocks)
    if needed == body or (hint_rows and needed == body + 1):
        top_rows, body = 1, body + 1  # the blank row under the head serves better between the blocks, or for the hint
    leaves = _leaves(_cut_to(laid_blocks, body), body)
    leaf = min(leaf, len(leaves) - 1)
    drawn: list[tuple[Span, ...]] = [_head(page, columns, width), ()][:top_rows]
    targets: list[Target] = []
    end = columns
    for sign in reversed(page.signs):
        start = end - width(sign.text) - 2
        if sign.key:
            targets.append(Target(start, 0, end - start, 2, sign.key))
        end = start
    gaps = _gaps(leaves[leaf], body)
    for place, (laid, gap) in enumerate(zip(leaves[leaf], gaps, strict=True)):
        top = len(drawn) + gap
        drawn.extend([()] * gap)
        drawn.extend(row.spans for row in laid.rows)
        if laid.key:
            last = place + 1 == len(gaps)
            blank = len(drawn) < rows - help_rows - hint_rows if last else gaps[place + 1] > 0
            targets.append(Target(0, top, columns, len(laid.rows) + blank, laid.key))
    drawn.extend([()] * (rows - help_rows - hint_rows - len(drawn)))
    if page.hint:
        for line in break_lines(page.hint, columns - 2 * _MARGIN, width):
            drawn.append((Span(" " * _MARGIN, "plain"), *_capped(line, "hint")))
    band, band_targets = _help_band(page, columns, rows, help_rows, width, more=leaf + 1 < len(leaves))
    drawn.extend(band)
    targets.extend(band_targets)
    return Sheet(
        columns,
        tuple(tuple(row) for row in drawn),
        tuple(targets),
        leaf,
        len(leaves),
        tuple(dict.fromkeys(laid.place for laid in leaves[leaf])),
    )


def _cut_to(blocks: Sequence[_Laid], body: int) -> list[_Laid]:
    """A block that is higher than a screen goes on on the next."""
    return [
        laid._replace(rows=laid.rows[start : start + body])
        for laid in blocks
        for start in range(0, max(1, len(laid.rows)), body)
    ]


def _leaves(blocks: Sequence[_Laid], body: int) -> list[list[_Laid]]:
    """The blocks in screens of at most `body` rows, choices together with the last texts."""
    if sum(len(block.rows) for block in blocks) <= body:
        return [list(blocks)]
    leaves: list[list[_Laid]] = [[]]
    for block in blocks:
        used = sum(len(each.rows) for each in leaves[-1])
        if leaves[-1] and used + len(block.rows) > body:
            leaves.append([])
        leaves[-1].append(block)
    return leaves


def _gaps(blocks: Sequence[_Laid], body: int) -> list[int]:
    """Blank rows before each block: one where it is wished for, taken away from the bottom up where room is short."""
    gaps = [0 if place == 0 or block.tight else 1 for place, block in enumerate(blocks)]
    spare = body - sum(len(block.rows) for block in blocks) - sum(gaps)
    for place in reversed(range(len(gaps))):
        if spare >= 0:
            break
        spare += gaps[place]
        gaps[place] = 0
    return gaps


def _laid_blocks(page: Page, columns: int, width: Width, bitmap: Bitmap, drawn_rows: int) -> list[_Laid]:
    laid = [
        _Laid(tuple(_rows(block, columns, width, bitmap, drawn_rows)), place, block.tight, _touched(block))
        for place, block in enumerate(page.blocks)
    ]
    mark = page.mark
    if mark is not None and mark.block < len(laid):
        block, rows = page.blocks[mark.block], laid[mark.block].rows
        laid[mark.block] = laid[mark.block]._replace(rows=_marked(rows, shown_text(block), mark))
    return laid


def shown_text(block: Block) -> str:
    """The text of a block that a mark's word is in."""
    return "" if isinstance(block, Countdown) else block.text


_NEVER_TINTED = frozenset({"cap", "care"})
"""Styles whose own background says something."""


def _marked(rows: Sequence[_Row], text: str, mark: Mark) -> tuple[_Row, ...]:
    """The rows as they are while the block is spoken; not a cell of them moves."""
    marked: list[_Row] = []
    end = 0
    for row in rows:
        line = "".join(span.text for span in row.text)
        start = max(end, text.find(line, end))
        end = start + len(line)
        margin, *lead = row.lead
        bar = Span(margin.text, "saying")
        said = (part for span, at in _with_starts(row.text, start) for part in _with_word(span, at, mark))
        marked.append(_Row((bar, *(map(_said, lead) if row.text else lead)), tuple(said)))
    return tuple(marked)


def _with_starts(spans: Sequence[Span], start: int) -> Iterator[tuple[Span, int]]:
    for span in spans:
        yield span, start
        start += len(span.text)


def _with_word(span: Span, start: int, mark: Mark) -> Iterator[Span]:
    """A span that begins at a place of the block's text, cut where the word begins and ends."""
    first, last = (min(max(place - start, 0), len(span.text)) for place in (mark.start, mark.end))
    parts = (_said(span._replace(text=span.text[:first])), Span(span.text[first:last], f"{span.style} word"))
    yield from (part for part in (*parts, _said(span._replace(text=span.text[last:]))) if part.text)


def _said(span: Span) -> Span:
    return span if span.style in _NEVER_TINTED else span._replace(style=f"{span.style} said")


def _touched(block: Block) -> Key | None:
    return block.key if isinstance(block, Pick) and block.live else None


def _rows(block: Block, columns: int, width: Width, bitmap: Bitmap, drawn_rows: int) -> list[_Row]:
    room = columns - 2 * _MARGIN
    margin = Span(" " * _MARGIN, "plain")
    match block:
        case Para(text, tone, indent, centred=centred):
            lines = break_lines(text, room - indent, width)
            before = [(room - width(line)) // 2 if centred else indent for line in lines]
            return [
                _Row((margin, Span(" " * spaces, "plain")), _capped(line, tone))
                for spaces, line in zip(before, lines, strict=True)
            ]
        case Pick():
            return _pick_rows(block, room, width)
        case Entry(label, text, tone):
            indent = width(label) + 1
            first, *rest = break_lines(text, room - indent, width)
            return [
                _Row((margin, Span(label, Tone.STRONG), Span(" ", "plain")), _capped(first, tone)),
                *(_Row((margin, Span(" " * indent, "plain")), _capped(line, tone)) for line in rest),
            ]
        case Drawn():
            return _drawn_rows(block, room, width, bitmap, drawn_rows)
        case Countdown(left, text):
            bar = round((room - width(text) - 2) * left)
            free = room - bar - width(text)
            return [_Row((margin, Span("█" * bar, "bar"), Span(" " * free, "plain"), Span(text, "plain")))]


def _pick_rows(block: Pick, room: int, width: Width) -> list[_Row]:
    mark = "!" if block.care else ">" if block.chosen else " "
    cap = f"[{block.key}]"
    indent = width(cap) + 1
    style = "care" if block.care else "chosen" if block.chosen else "choice" if block.live else "plain"
    cap_style = "cap" if block.live or block.care or block.chosen else "dead-cap"
    first, *rest = break_lines(block.text, room - indent, width)
    hanging = (Span(" " * _MARGIN, "plain"), Span(" " * indent, "plain"))
    return [
        _Row((Span(mark, "mark"), Span(cap, cap_style), Span(" ", "plain")), (Span(first, style),)),
        *(_Row(hanging, (Span(line, style),)) for line in rest),
    ]


def _drawn_rows(block: Drawn, room: int, width: Width, bitmap: Bitmap, drawn_rows: int) -> list[_Row]:
    margin = Span(" " * _MARGIN, "plain")
    label_width = max((width(line) for line in block.label), default=0)
    start = label_width + 2 if block.label else 0
    drawn = glyphs.draw(block.text, bitmap, room - start, drawn_rows)
    if not drawn:
        text = "".join([*block.label, " " if block.label else "", block.text])
        return [_Row((margin, Span(line, Tone.STRONG))) for line in break_lines(text, room, width)]
    art_width = max(len(row) for row in drawn)
    left = start if block.label else (room - art_width) // 2
    first = max(0, (len(drawn) - len(block.label)) // 2)
    rows: list[_Row] = []
    for place, row in enumerate(drawn):
        line = place - first
        label = block.label[line] if 0 <= line < len(block.label) else ""
        spaces = Span(" " * (left - width(label)), "plain")
        rows.append(_Row((margin, Span(label, Tone.STRONG), spaces, Span(row, "drawn"))))
    return rows


_CAP = re.compile(r"(\[(?:[0-9*+/.\-]|Enter|[^\]\s]{1,6})\])")


def _capped(line: str, style: str) -> tuple[Span, ...]:
    """A line with the key caps in it set as caps."""
    return tuple(Span(part, "cap" if _CAP.fullmatch(part) else style) for part in _CAP.split(line) if part)


def _head(page: Page, columns: int, width: Width) -> tuple[Span, ...]:
    """What this is at the left, the signs at the right; with many signs, only the current step, or nothing else."""
    signs = [Span(("  " if place else "") + sign.text, "sign") for place, sign in enumerate(page.signs)]
    needed = sum(width(span.text) for span in signs) + _MARGIN
    left: list[Span] = []
    for left in (_head_left(page), _head_left(page, only_current=True), [Span(" " * _MARGIN, "head")]):
        free = columns - needed - sum(width(span.text) for span in left)
        if free >= (2 if signs else 0):
            break
    return (*left, Span(" " * max(0, free), "head"), *signs, Span(" " * _MARGIN, "head"))


def _head_left(page: Page, *, only_current: bool = False) -> list[Span]:
    spans = [Span(" " * _MARGIN, "head"), Span(page.head, "head")]
    if page.steps:
        spans.append(Span("   ", "head"))
        for place, name in enumerate(page.steps.names):
            if place == page.steps.current:
                spans.append(Span(f"[{name}]", "step"))
            elif not only_current:
                spans.append(Span(f" {name} ", "head"))
    return spans


def _help_band(
    page: Page, columns: int, rows: int, help_rows: int, width: Width, *, more: bool
) -> tuple[list[tuple[Span, ...]], list[Target]]:
    """Four targets of a quarter of the row, or five from 71 columns; two rows high from 20 rows."""
    caps = page.caps
    cells: list[tuple[str, str, Key | None]] = [
        (caps.back_cap, caps.back, caps.back_key),
        (caps.again_cap, caps.again, Key.STAR),
    ]
    if columns >= 71 and caps.sound:
        cells.append((caps.sound_cap, caps.sound, Key.PLUS))
    cells.append((caps.help_cap, caps.help, Key.NINE))
    cells.append((caps.on_cap, caps.on, Key.ENTER) if more else (caps.go_cap, caps.go, caps.go_key))
    size = 14
    row: list[Span] = []
    targets: list[Target] = []
    for place, (cap, text, key) in enumerate(cells):
        start = place * size
        last = place == len(cells) - 1
        room = columns - start if last else size
        used = sum(width(span.text) for span in row)
        row.append(Span(" " * max(0, start - used + (_MARGIN if place < len(cells) else 0)), "band"))
        if not text:
            continue
        row.append(Span(cap, "cap"))
        label = (" " if cap else "") + text
        row.append(Span(label[: _cut(label, max(1, room - _MARGIN - width(cap)), width)], "band"))
        if key:
            targets.append(Target(start, rows - help_rows, room, help_rows, key))
            if key is Key.PLUS:
                half = size // 2
                targets[-1:] = [
                    Target(start, rows - help_rows, half, help_rows, Key.PLUS),
                    Target(start + half, rows - help_rows, size - half, help_rows, Key.MINUS),
                ]
    used = sum(width(span.text) for span in row)
    row.append(Span(" " * max(0, columns - used), "band"))
    blank = (Span(" " * columns, "band"),)
    return [tuple(row), *([blank] * (help_rows - 1))], targets
