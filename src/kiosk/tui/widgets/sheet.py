"""The sheet: a laid-out page painted line by line."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kiosk.core.layout import Sheet, Span

STYLES = (
    "plain",
    "strong",
    "soft",
    "head",
    "step",
    "sign",
    "cap",
    "dead-cap",
    "choice",
    "chosen",
    "care",
    "mark",
    "drawn",
    "bar",
    "hint",
    "band",
    "saying",
    "said",
    "word",
)
"""What a span of a sheet can be; each is a component class `sheet--…` in kiosk.tcss. The last two change another."""


class SheetView(Widget, can_focus=False, inherit_bindings=False):
    """Shows one sheet at a time, in the middle of a larger terminal.

    A step replaces the value, never a widget: only lines that differ are painted again.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"sheet--{style}" for style in STYLES}

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[Span, ...], ...] = ()
        self._columns = 0
        self._styles: dict[str, Style] = {}

    def show(self, sheet: Sheet) -> None:
        """Paint a sheet."""
        before, self._rows = self._rows, sheet.rows
        columns, self._columns = self._columns, sheet.columns
        if columns != sheet.columns or len(before) != len(sheet.rows):
            self.refresh()
            return
        changed = [row for row, (old, new) in enumerate(zip(before, sheet.rows, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, self._top + row, self.size.width, 1) for row in changed))

    @property
    def _left(self) -> int:
        return max(0, (self.size.width - self._columns) // 2)

    @property
    def _top(self) -> int:
        return max(0, (self.size.height - len(self._rows)) // 2)

    def cell_at(self, x: int, y: int) -> tuple[int, int]:
        """The cell (column, row) of the sheet under a cell of the terminal."""
        return x - self._left, y - self._top

    def notify_style_update(self) -> None:
        """Forget the styles of a stylesheet that has changed."""
        self._styles.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            first, *changes = name.split()
            style = self.get_component_rich_style(f"sheet--{first}")
            for change in changes:
                style += self.get_component_rich_style(f"sheet--{change}", partial=True)
            self._styles[name] = style
        return self._styles[name]

    def render_line(self, y: int) -> Strip:
        """One line of the terminal."""
        width = self.size.width
        row = y - self._top
        plain = self._style("plain")
        if not 0 <= row < len(self._rows):
            return Strip([Segment(" " * width, plain)], width)
        segments = [Segment(" " * self._left, plain)]
        segments += [Segment(span.text, self._style(span.style)) for span in self._rows[row]]
        return Strip(segments).adjust_cell_length(width, plain)
