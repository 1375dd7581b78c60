"""The one screen of a visit, with its one widget."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from kiosk.tui.widgets.sheet import SheetView


class Stage(Screen[None], inherit_bindings=False):
    """Holds the sheet; nothing on it has focus, scrolls or can be selected."""

    ALLOW_SELECT = False
    AUTO_FOCUS = ""

    def __init__(self, view: SheetView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """One widget for every page."""
        yield self._view
