"""The least that Textual can show: one text, which every key replaces. The baseline of what is on the screen."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

FIRST = "a bare application"


class Bare(App[None]):
    """One `Static`."""

    def __init__(self) -> None:
        super().__init__()
        self._presses = 0
        self._text = Static(FIRST)

    def compose(self) -> ComposeResult:
        yield self._text

    def on_key(self, event: Key) -> None:
        self._presses += 1
        self._text.update(f"key {self._presses}: {event.key}")


if __name__ == "__main__":
    Bare().run()
