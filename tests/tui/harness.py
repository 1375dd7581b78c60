"""The real application over fakes, driven by Textual's pilot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from kiosk.adapters.glyphs import Bitmaps
from kiosk.core.catalogue import Catalogue
from kiosk.core.events import Moment
from kiosk.core.items import Item
from kiosk.core.settings import Settings
from kiosk.ports import Words
from kiosk.tui.app import KioskApp
from kiosk.tui.widgets.sheet import SheetView
from kiosk.usecases.attend import Room
from tests.fakes.log import FakeLog
from tests.fakes.packs import FakePacks, small_catalogue
from tests.fakes.speech import FakeSpeech
from tests.usecases.stage import FakeEntropy

SETTINGS = replace(Settings(), key_repeat_seconds=0.0, key_guard_seconds=0.0)
MOMENT = Moment(100.0, "2026-11-22", 10)
"""Time stands."""

GRIDS = ((80, 24), (71, 20), (56, 16))


class Kiosk:
    """One running application."""

    def __init__(self, app: KioskApp, pilot: Pilot[int], log: FakeLog, speech: FakeSpeech) -> None:
        self.app = app
        self.pilot = pilot
        self.log = log
        self.speech = speech

    @property
    def view(self) -> SheetView:
        return self.app.screen.query_one(SheetView)

    @property
    def rows(self) -> list[str]:
        """What is painted, row by row."""
        return [self.view.render_line(row).text for row in range(self.app.size.height)]

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows)

    async def press(self, *keys: str) -> None:
        """Key by key, each waited for."""
        for key in keys:
            await self.pilot.press(key)

    async def touch(self, label: str) -> None:
        """A mouse button on the row where a label stands."""
        row, column = next((y, text.index(label)) for y, text in enumerate(self.rows) if label in text)
        cells = cell_len(self.rows[row][:column])
        await self.pilot.click(offset=(cells, row))
        await self.pilot.pause()


def application(
    words: Words,
    *,
    language: str = "zh",
    seed: int = 1,
    locked: bool = False,
    rehearsal: bool = False,
    settings: Settings = SETTINGS,
    content: tuple[Catalogue, dict[str, Item]] | None = None,
    when_shown: Callable[[], None] = lambda: None,
) -> tuple[KioskApp, FakeLog, FakeSpeech]:
    """The application and the fakes under it."""
    catalogue, items = content or small_catalogue()
    log, speech = FakeLog(), FakeSpeech()
    room = Room(
        settings, FakePacks(catalogue, items), log, speech, words, FakeEntropy(seed), Bitmaps().bitmap, cell_len
    )
    app = KioskApp(
        room,
        language,
        locked=locked,
        rehearsal=rehearsal,
        catalogue=catalogue,
        when_shown=when_shown,
        moment=lambda: MOMENT,
    )
    return app, log, speech


@asynccontextmanager
async def kiosk(
    words: Words,
    size: tuple[int, int] = (71, 20),
    **options: Any,
) -> AsyncIterator[Kiosk]:
    """The kiosk at its welcome."""
    app, log, speech = application(words, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Kiosk(app, pilot, log, speech)
