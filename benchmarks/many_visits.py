"""The kiosk walking itself: `python many_visits.py VISITS,VISITS,… FILE run …` writes its memory after so many visits.

It is the real kiosk in a real terminal, with its log, its packs and its screen. Only the keys come from within, each as
soon as the page before it is painted, so that hundreds of visits take minutes and not days.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from benchmarks.screen import resident
from kiosk.__main__ import main
from kiosk.core.keys import Key
from kiosk.core.layout import Sheet
from kiosk.core.page import Page
from kiosk.core.visit import Place, live_choices
from kiosk.tui import app


class WalkingApp(app.KioskApp):
    """Presses the next key after each page: choices in turn, else Enter; one visit in five hears a story."""

    report: Path
    after: tuple[int, ...]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._visits = 0
        self._presses = 0
        self._waiting = False
        self._was_home = False

    def _show(self, sheet: Sheet, page: Page) -> None:
        super()._show(sheet, page)
        if not self._waiting:
            self._waiting = True
            self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        self._waiting = False
        if self.attend.visit.place is Place.WELCOME and self._presses:
            self._visits += 1
            self._presses = 0
            self._was_home = False
            if self._visits in self.after:
                with self.report.open("a", encoding="ascii") as file:
                    print(self._visits, resident(os.getpid()), file=file)
            if self._visits == max(self.after):
                self.leave()
                return
        self._presses += 1
        self.attend.press(self._next())

    def _next(self) -> Key:
        visit = self.attend.visit
        if visit.place is Place.HOME:
            if self._was_home:
                return Key.ZERO
            self._was_home = True
            return Key.TWO if self._visits % 5 == 4 else Key.ONE
        choices = live_choices(visit)
        return choices[self._presses % len(choices)] if choices else Key.ENTER


if __name__ == "__main__":
    WalkingApp.after = tuple(map(int, sys.argv[1].split(",")))
    WalkingApp.report = Path(sys.argv[2])
    app.KioskApp = WalkingApp  # type: ignore[misc]
    sys.argv[1:] = sys.argv[3:]
    sys.exit(main())
