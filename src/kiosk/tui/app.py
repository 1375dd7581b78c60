"""The Textual application: turns keys, touches and time into calls of the use case, and paints what it shows."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.message import Message

from kiosk.core.catalogue import Catalogue
from kiosk.core.errors import KioskError
from kiosk.core.events import Moment
from kiosk.core.keys import key_of
from kiosk.core.layout import LARGEST, SMALLEST, Sheet, Span, break_lines
from kiosk.core.page import Page
from kiosk.tui.stage import Stage
from kiosk.tui.terminal import tolerant
from kiosk.tui.widgets.sheet import SheetView
from kiosk.usecases import attend

_log = logging.getLogger(__name__)

TICK_SECONDS = 1.0


class Posted(Message):
    """Something that another thread wants done on the screen's."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self.call = call


def now() -> Moment:
    """Monotonic seconds, and the site's own day and hour."""
    here = datetime.now()
    return Moment(time.monotonic(), here.date().isoformat(), here.hour)


class KioskApp(App[int], inherit_bindings=False):
    """One kiosk in one terminal. No key of Textual's leads anywhere; Ctrl+Q leaves where it isn't locked."""

    CSS_PATH = Path(__file__).with_name("kiosk.tcss")
    ENABLE_COMMAND_PALETTE = False
    TITLE = "看·问·比"
    BINDINGS: ClassVar = []

    def __init__(
        self,
        room: attend.Room,
        language: str,
        *,
        locked: bool = False,
        rehearsal: bool = False,
        refused: bool = False,
        catalogue: Catalogue | None = None,
        when_shown: Callable[[], None] = lambda: None,
        moment: Callable[[], Moment] | None = None,
    ) -> None:
        super().__init__(ansi_color=False)
        self._room = room
        self._locked = locked
        self._language = language
        self._catalogue = catalogue
        self._when_shown = when_shown
        self._view = SheetView()
        self._small = False
        self.fault: BaseException | None = None
        """What ended the application, where it was not a person."""
        stage = attend.Stage(self._show, moment or now, self._later, self._post)
        self.attend = attend.Attend(room, stage, language, rehearsal=rehearsal, refused=refused)

    def get_driver_class(self) -> type[Driver]:
        """The platform's driver, which no input can end."""
        return tolerant(super().get_driver_class())

    def get_default_screen(self) -> Stage:
        """The stage is the only screen of a visit."""
        return Stage(self._view)

    def on_mount(self) -> None:
        """Show the welcome; everything else waits until it is on the screen."""
        if self._catalogue is not None:
            self.attend.open(self._catalogue)
        self.set_interval(TICK_SECONDS, self.attend.tick)
        self.call_after_refresh(self._shown)
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                self._on_signal(number)

    def _on_signal(self, number: int) -> None:
        import asyncio

        try:
            asyncio.get_running_loop().add_signal_handler(number, self.leave)
        except (NotImplementedError, RuntimeError, ValueError):
            return  # Windows, and tests on another thread

    def _shown(self) -> None:
        self._when_shown()
        self.attend.start()
        if self._catalogue is None:
            self.run_worker(self._open_packs, thread=True, exit_on_error=False)

    def _open_packs(self) -> None:
        try:
            catalogue = self._room.packs.catalogue()
        except Exception as error:  # noqa: BLE001 - the edge of this thread: nobody else would hear of it
            fault = error
            _log.critical("the packs can't be opened", exc_info=error)
            self._post(lambda: self._end(fault))
            return
        self._post(lambda: self.attend.open(catalogue))

    def _end(self, fault: BaseException) -> None:
        self.fault = fault
        self.exit(1)

    def leave(self) -> None:
        """Close the visit under way and end."""
        self.attend.close()
        self.exit(0)

    # What comes in

    async def on_event(self, event: events.Event) -> None:
        """Keys go to the use case and nowhere else: no binding, no focus, no selection."""
        if isinstance(event, events.Key):
            self._pressed(event)
            return
        if isinstance(event, events.MouseEvent):
            if isinstance(event, events.MouseDown) and event.button == 1:
                self.attend.touch(*self._view.cell_at(int(event.screen_x), int(event.screen_y)))
            return
        if isinstance(event, events.Paste):
            return
        await super().on_event(event)

    def _pressed(self, event: events.Key) -> None:
        if event.key == "ctrl+q":
            if not self._locked:
                self.leave()
            return
        if not self._small:
            self.attend.press(key_of(event.key, event.character))

    def on_resize(self, event: events.Resize) -> None:
        """Use what fits, up to 80×24; below 56×16 say so."""
        columns, rows = event.size.width, event.size.height
        self._small = columns < SMALLEST[0] or rows < SMALLEST[1]
        if self._small:
            self._show_too_small(columns, rows)
        else:
            self.attend.resize(min(columns, LARGEST[0]), min(rows, LARGEST[1]))

    def on_posted(self, message: Posted) -> None:
        """Something from another thread."""
        message.call()

    # What goes out

    def _later(self, seconds: float, call: Callable[[], None]) -> object:
        return self.set_timer(seconds, call)

    def _post(self, call: Callable[[], None]) -> None:
        self.post_message(Posted(call))

    def _show(self, sheet: Sheet, page: Page) -> None:
        del page
        if not self._small:
            self._view.show(sheet)

    def _show_too_small(self, columns: int, rows: int) -> None:
        text = self._room.words.write(self._language, "too-small", columns=SMALLEST[0], rows=SMALLEST[1])
        lines = break_lines(text, max(2, columns), self._room.width)[:rows]
        blank: tuple[tuple[Span, ...], ...] = ((),) * max(0, rows - len(lines))
        shown = (*((Span(line, "strong"),) for line in lines), *blank)
        self._view.show(Sheet(columns, shown, (), 0, 1, ()))

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print a traceback over the kiosk; the log file gets it instead."""
        _log.critical("the screen failed", exc_info=error)
        self._end(error)

    def panic(self, *renderables: object) -> None:
        """Textual's last word, likewise."""
        _log.critical("the screen failed: %s", renderables)
        self._end(KioskError("the screen failed"))
