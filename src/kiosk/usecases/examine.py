"""Looking at everything that the main job needs, each part by itself: whatever one part does, the others are told.

All are looked at together, each on a thread of its own, and told in order; what isn't known in time is told as that.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import NamedTuple, TypeVar

from kiosk.core import checkup
from kiosk.core.catalogue import Catalogue, varieties, voiced
from kiosk.core.checkup import Finding, LogSeen, Offer, State, VoiceSeen
from kiosk.core.errors import KioskError
from kiosk.core.glyphs import Bitmap
from kiosk.core.pages.help_ import DRAWN_NUMBERS
from kiosk.core.settings import Settings
from kiosk.core.speech import Described, Failed, News, Ready, Rendered, Repertoire, Sound, Utterance
from kiosk.ports import Machine, Packs, Recordings, Voices, Words
from kiosk.usecases.record import count_played

SECONDS = 9.0
"""After which everything is told, known or not."""

_INSTALL = "install the kiosk again"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Subject:
    """A kiosk as it would run with these settings."""

    settings: Settings
    file: str
    """Where the settings were read; empty for none."""
    places: tuple[str, ...]
    """Where a file would be read."""
    content: tuple[str, ...]
    """Where the packs are."""
    machine: Machine
    packs: Packs
    words: Words
    bitmap: Bitmap
    log: Callable[[], LogSeen]
    voice: Callable[[], Voices]
    """Starts none yet."""
    recordings: Callable[[str], Recordings]
    """Those of the pack in a folder."""


class _Line(NamedTuple):
    """Findings to tell together."""

    area: str
    look: Callable[[], Sequence[Finding]]
    failing: State
    """What it means that it can't be told."""
    remedy: str = _INSTALL
    """For an error that says why."""


def examine(subject: Subject, waiting: Callable[[str], None], seconds: float = SECONDS) -> Iterator[Finding]:
    """What is right and wrong, in order; `waiting` is told the area that is being waited for."""
    end = time.monotonic() + seconds
    under_way = [(line, _begin(line.look)) for line in _Examination(subject, end).lines()]
    for line, future in under_way:
        if not future.done():
            waiting(line.area)
        try:
            yield from future.result(max(0.0, end - time.monotonic()))
        except Late:
            yield Finding(line.area, line.failing, f"could not be told within {seconds:g} s", "kiosk doctor, once more")
        except KioskError as error:
            yield Finding(line.area, line.failing, str(error), line.remedy)
        except Exception as error:  # noqa: BLE001 - the doctor's edge: what one part does must not silence the others
            text = f"could not be told: {type(error).__name__}: {error}"
            yield Finding(line.area, line.failing, " ".join(text.split()), _INSTALL)


def _begin(look: Callable[[], _T]) -> Future[_T]:
    """Have it done on a thread that nobody has to wait for."""
    future: Future[_T] = Future()

    def work() -> None:
        try:
            future.set_result(look())
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is asked for
            future.set_exception(error)

    threading.Thread(target=work, name="doctor", daemon=True).start()
    return future


class _Examination:
    """One run of the doctor."""

    def __init__(self, subject: Subject, end: float) -> None:
        self._of = subject
        self._end = end
        """On the monotonic clock."""
        self._system = subject.machine.system()
        self._settings = subject.settings
        self._packs = _begin(subject.packs.catalogue)
        self._log = _begin(subject.log)
        self._terminal = _begin(subject.machine.terminal)
        self._cards = _begin(subject.machine.sound)
        self._voice = _begin(self._ask_voice)

    def lines(self) -> list[_Line]:
        """What is told, in order."""
        unheard = State.NOTE if checkup.is_quiet(self._settings) else State.BAD
        return [
            _Line("system", lambda: [Finding("system", State.OK, self._system.about)], State.NOTE),
            _Line("settings", self._look_at_settings, State.BAD),
            _Line("packs", self._look_at_packs, State.BAD, checkup.content_check(self._of.content)),
            _Line("voice", self._look_at_voice, unheard),
            _Line("sound", self._look_at_sound, unheard),
            _Line("cache", self._look_at_cache, State.NOTE),
            _Line("fonts", self._look_at_fonts, State.NOTE),
            _Line("glyphs", self._look_at_glyphs, State.NOTE),
            _Line("terminal", self._look_at_terminal, State.NOTE),
            _Line("data", self._look_at_data, State.BAD),
            _Line("clock", lambda: checkup.clock(self._of.machine.now(), self._system), State.NOTE),
            _Line("keyboard", checkup.keyboard, State.NOTE),
        ]

    def _look_at_settings(self) -> list[Finding]:
        packs, offers = self._catalogue().packs, self._offers()
        for code in self._written():
            self._of.words.write(code, "head")  # a damaged catalogue is told here
        # Without packs nobody knows which spoken varieties there are.
        spoken = [variety.id for variety in varieties(packs)] if packs else self._settings.languages
        known = dict.fromkeys((*self._of.words.languages, *spoken))
        return checkup.settings(self._of.file, self._of.places, self._settings, tuple(known), offers)

    def _look_at_packs(self) -> list[Finding]:
        catalogue = self._wait(self._packs)
        today = self._of.machine.now().date()
        known = self._of.words.languages
        return checkup.packs(catalogue, self._settings, known, self._offers(), self._of.content, today)

    def _look_at_voice(self) -> list[Finding]:
        return checkup.voice(self._wait(self._voice), self._offers(), self._settings, self._system)

    def _look_at_sound(self) -> list[Finding]:
        heard, cards = self._wait(self._voice), self._wait(self._cards)
        return checkup.sound(cards, heard, self._wait(self._log), self._settings, self._system)

    def _look_at_cache(self) -> list[Finding]:
        disk = self._of.machine.disk(self._settings.cache)
        return checkup.cache(disk, self._wait(self._voice).described, self._settings)

    def _look_at_fonts(self) -> list[Finding]:
        seen = self._of.machine.fonts(checkup.han(self._offers()), checkup.BLOCKS)
        return checkup.fonts(seen, self._wait(self._terminal), self._offers(), self._system)

    def _look_at_glyphs(self) -> list[Finding]:
        numbers = [each.number for each in self._catalogue().help_numbers[:DRAWN_NUMBERS]]
        return checkup.glyphs(self._of.words, self._written(), numbers, self._of.bitmap)

    def _look_at_terminal(self) -> list[Finding]:
        return checkup.terminal(self._wait(self._terminal), self._system)

    def _look_at_data(self) -> list[Finding]:
        disk = self._of.machine.disk(self._settings.data)
        return checkup.data(disk, self._wait(self._log), self._settings)

    def _wait(self, future: Future[_T]) -> _T:
        return future.result(max(0.0, self._end - time.monotonic()))

    def _catalogue(self) -> Catalogue:
        """Empty where the packs can't be read, which is told in its own line."""
        try:
            return self._wait(self._packs)
        except (KioskError, OSError):
            return Catalogue()

    def _offers(self) -> tuple[Offer, ...]:
        return checkup.offers(self._settings, self._of.words.languages, self._catalogue())

    def _written(self) -> tuple[str, ...]:
        """The languages in which visitors may read."""
        return tuple(dict.fromkeys(offer.written for offer in self._offers()))

    def _ask_voice(self) -> VoiceSeen:
        """The voice as visitors would hear it, started, asked and ended."""
        voice = self._of.voice()
        try:
            voice.start()
            packs = self._catalogue().packs
            folders = tuple((pack.id, pack.folder) for pack in packs if pack.folder)
            voice.know(Repertoire(voiced((offer.language for offer in self._offers()), self._catalogue()), folders))
            languages = {offer.language for offer in self._offers()}
            described, why = _describe(voice, languages, self._end - 0.5)
            return VoiceSeen(
                described,
                why,
                *count_played((pack, self._of.recordings(pack.folder).files()) for pack in packs if pack.folder),
            )
        finally:
            _begin(voice.close)


def _describe(voice: Voices, languages: Collection[str], end: float) -> tuple[Described | None, str]:
    """What the voice says of itself, and why where it says nothing by the moment `end` of the monotonic clock.

    The voices of these languages are measured first, where they never were and there is time.
    """
    news: SimpleQueue[News] = SimpleQueue()
    voice.listen(news.put)
    asked = voice.describe()
    measuring = 0
    described: Described | None = None
    why = ""
    while True:
        try:
            match news.get(timeout=max(0.0, end - time.monotonic())):
                case Described(id=done) as told if done == asked:
                    described = told
                    speaking = [each for each in told.voices if each.used and each.language in languages]
                    if measuring or all(each.per_minute for each in speaking):
                        return described, ""
                    # What is to be rendered has its voice measured first; there is nothing to render in it.
                    measuring = voice.render([Utterance("", each.language) for each in speaking], 100)
                case Failed(id=failed, why=reason) if failed == asked:
                    return described, reason
                case Rendered(id=done) | Failed(id=done) if done == measuring:
                    asked = voice.describe()
                case Sound(sound=False, why=reason) | Ready(sound=False, why=reason):
                    why = reason or why
        except Empty:
            return described, "" if described else why or "the voice did not answer in time"
