"""A stage without a screen: time stands until it is moved, and what is shown is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.cells import cell_len

from kiosk.core.catalogue import Catalogue
from kiosk.core.events import Moment
from kiosk.core.items import Item
from kiosk.core.keys import Key
from kiosk.core.layout import Sheet
from kiosk.core.page import Page
from kiosk.core.settings import Settings
from kiosk.ports import Words
from kiosk.usecases.attend import Attend, Room, Stage
from tests.fakes.glyphs import FakeGlyphs
from tests.fakes.log import FakeLog
from tests.fakes.packs import FakePacks, small_catalogue
from tests.fakes.speech import FakeSpeech

SETTINGS = replace(Settings(), key_repeat_seconds=0.0, key_guard_seconds=0.0)


class FakeEntropy:
    """Seeds in a row."""

    def __init__(self, first: int = 1) -> None:
        self._next = first - 1

    def seed(self) -> int:
        self._next += 1
        return self._next

    def name(self) -> str:
        return f"visit-{self._next + 1}"


class Hall:
    """One kiosk over fakes."""

    def __init__(
        self,
        words: Words,
        settings: Settings = SETTINGS,
        *,
        seed: int = 1,
        rehearsal: bool = False,
        refused: bool = False,
        content: tuple[Catalogue, dict[str, Item]] | None = None,
        log: FakeLog | None = None,
        open_packs: bool = True,
    ) -> None:
        self.now = 100.0
        self.sheets: list[Sheet] = []
        self.pages: list[Page] = []
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.posted: list[Callable[[], None]] = []
        self.log = log or FakeLog()
        self.speech = FakeSpeech()
        catalogue, items = content or small_catalogue()
        room = Room(
            settings,
            FakePacks(catalogue, items),
            self.log,
            self.speech,
            words,
            FakeEntropy(seed),
            FakeGlyphs().bitmap,
            cell_len,
        )
        stage = Stage(self._show, self._moment, self._later, self.posted.append)
        self.attend = Attend(room, stage, "zh", rehearsal=rehearsal, refused=refused)
        self.attend.resize(71, 20)
        if open_packs:
            self.attend.open(catalogue)
        self.attend.start()
        self.speech.start()
        self.settle()

    def _show(self, sheet: Sheet, page: Page) -> None:
        self.sheets.append(sheet)
        self.pages.append(page)

    def _moment(self) -> Moment:
        return Moment(self.now, "2026-11-22", 10)

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        self.timers.append((self.now + seconds, call))

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def text(self) -> str:
        return self.sheets[-1].text

    def settle(self) -> None:
        """Do what other threads have posted."""
        while self.posted:
            self.posted.pop(0)()

    def press(self, *keys: Key | str, seconds: float = 1.0) -> None:
        for key in keys:
            self.now += seconds
            self.attend.press(Key(key))
            self.settle()

    def pass_time(self, seconds: float) -> None:
        """Timers that come due go off."""
        self.now += seconds
        due = [call for at, call in self.timers if at <= self.now]
        self.timers = [(at, call) for at, call in self.timers if at > self.now]
        for call in due:
            call()
        self.settle()
