"""Attending to visitors: keys, time and news in; sheets, speech and rows out. It runs on one thread, the screen's.

What comes from other threads (the log's, the voice's) is handed over through `post`. The page that an answer leads
to is held back, and keys are ignored, until the answer is on disk or `HOLD_SECONDS` have gone by.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.ahead import comes_next
from kiosk.core.catalogue import Catalogue, offered_languages, voiced
from kiosk.core.events import (
    Closed,
    CutOff,
    Effect,
    Event,
    Fetch,
    Fetched,
    Hush,
    Keep,
    LogChanged,
    Moment,
    Pressed,
    PrivacyChanged,
    Silent,
    Sized,
    SoundChanged,
    Speak,
    Spoken,
    Ticked,
    Tune,
    Turned,
)
from kiosk.core.following import follow
from kiosk.core.glyphs import Bitmap
from kiosk.core.keys import Guard, Key
from kiosk.core.layout import Sheet, Width, lay_out, shown_text, size_name
from kiosk.core.page import Mark, Page
from kiosk.core.pages import page_of
from kiosk.core.records import Kept
from kiosk.core.settings import Settings
from kiosk.core.speech import Failed, Finished, News, Private, Ready, Repertoire, Sound, Started, Utterance, Word
from kiosk.core.step import step
from kiosk.core.visit import Hint, Place, Visit, begin, live_choices
from kiosk.ports import Entropy, Log, Packs, Speech, Words

HOLD_SECONDS = 0.3
"""So long a page waits for the answer before it to be on disk."""

AHEAD_SECONDS = 0.1
"""After a page is shown, until what can come next is thought of: the page comes first."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that a kiosk works with."""

    settings: Settings
    packs: Packs
    log: Log
    speech: Speech
    words: Words
    entropy: Entropy
    bitmap: Bitmap
    width: Width


@dataclass(frozen=True, slots=True)
class Stage:
    """What the screen lends: all are called on the screen's thread but `post`, which any thread may call."""

    show: Callable[[Sheet, Page], None]
    now: Callable[[], Moment]
    later: Callable[[float, Callable[[], None]], object]
    """Call back after so many seconds."""
    post: Callable[[Callable[[], None]], None]
    """Call on the screen's thread, soon."""


class Attend:
    """One kiosk: a visit after the other."""

    def __init__(
        self, room: Room, stage: Stage, language: str, *, rehearsal: bool = False, refused: bool = False
    ) -> None:
        self._room = room
        self._stage = stage
        self._language = language
        self._rehearsal = rehearsal
        self._refused = refused and not rehearsal
        self._catalogue = Catalogue()
        self._offered = offered_languages(room.settings.languages, room.words.languages, ())
        self._size = (71, 20)
        self._device = True
        self._private = False
        self._voices: tuple[str, ...] | None = None
        self._guard = Guard(room.settings.key_repeat_seconds, room.settings.key_guard_seconds)
        self._said: tuple[Utterance, ...] = ()
        self._say_id = -1
        self._says_page = False
        """Whether more than a hint was to be said."""
        self._place = 0
        """The utterance that is being spoken."""
        self._held = 0
        """Number of the hold in force; 0 when none is."""
        self._holds = 0
        self._after_hold: list[Effect] = []
        self._leaf = 0
        self._shown: object = None
        self._page: Page | None = None
        """The one on the screen, without a mark."""
        self._mark: Mark | None = None
        """What is being spoken of it."""
        self._sheet: Sheet | None = None
        self._painted: Mark | None = None
        """The mark on the sheet."""
        self._ahead: object = None
        """For what the voice was, or will soon be, made ready."""
        self._listening = False
        self._preparing = True
        """Until the packs are open."""
        self.visit = self._begin()

    # What happens

    def start(self) -> None:
        """Open the log and start the voice, in the background: the first frame is on the screen."""
        if not self._room.settings.muted:
            self._listen()
        self._room.log.start(lambda kept: self._stage.post(lambda: self._counting(kept)))

    def open(self, catalogue: Catalogue) -> None:
        """Show these packs; a visit at the welcome begins anew with them."""
        self._preparing = False
        self._catalogue = catalogue
        self._offered = offered_languages(self._room.settings.languages, self._room.words.languages, catalogue.packs)
        folders = tuple((pack.id, pack.folder) for pack in catalogue.packs if pack.folder)
        self._room.speech.know(Repertoire(voiced(self._offered, catalogue), folders))
        self.visit = self._begin()
        self.refresh()

    def resize(self, columns: int, rows: int) -> None:
        """The grid has changed (cells of what is used, not of the terminal)."""
        self._size = (columns, rows)
        self._apply(Sized(size_name(columns, rows), self._stage.now()))

    def press(self, key: Key) -> None:
        """A key, or a touch on its place."""
        at = self._stage.now()
        self._guard, counts = self._guard.admit(key, at.seconds)
        if self._preparing or self._held or not counts or self._turned(key):
            return
        self._apply(Pressed(key, at))

    def touch(self, column: int, row: int) -> None:
        """A finger or a mouse button on a cell of the sheet; one beside everything is like a key without meaning."""
        key = self._sheet.key_at(column, row) if self._sheet else None
        self.press(key or Key.OTHER)

    def tick(self) -> None:
        """Time has passed; to be called about once a second."""
        self._apply(Ticked(self._stage.now()))

    def close(self) -> None:
        """Close the visit that is under way; the log and the voice are closed by who opened them."""
        self._apply(Closed(self._stage.now()))

    def refresh(self) -> None:
        """Lay the page out again and show it, unless it is being held back."""
        if not self._held:
            self._show()

    # How it is carried out

    def _begin(self) -> Visit:
        room = self._room
        return begin(
            room.settings,
            self._catalogue,
            self._offered,
            room.entropy.name(),
            room.entropy.seed(),
            self._language,
            rehearsal=self._rehearsal,
            refused=self._refused,
            sound=self._audible(self._language),
            private=self._private,
            size=size_name(*self._size),
            now=self._stage.now().seconds,
        )

    def _apply(self, event: Event) -> None:
        self.visit, effects = step(self.visit, event)
        for effect in effects:
            self._carry_out(effect, event.at)
        if self.visit.place is Place.OVER:
            self.visit = self._begin()
        elif self.visit.sound != self._audible(self.visit.language):
            self._apply(SoundChanged(self._audible(self.visit.language), event.at))
            return
        if not self._held:
            self._show()
            self._speak_after_hold()
        elif self._mark != self._painted:
            self._paint()

    def _carry_out(self, effect: Effect, at: Moment) -> None:
        match effect:
            case Keep(rows):
                self._hold()
                number = self._held
                self._room.log.keep(rows, lambda kept: self._stage.post(lambda: self._kept(kept, number)))
            case Fetch(ids):
                self._apply(Fetched(self._room.packs.fetch(ids), at))
            case Hush():
                self._say_id = -1
                self._mark = None
                self._after_hold = []
                self._room.speech.hush()
            case Tune():
                self._room.speech.tune(self.visit.volume)
            case Speak():
                self._mark = None
                self._after_hold = [effect]

    def _hold(self) -> None:
        self._holds += 1
        self._held = number = self._holds
        self._stage.later(HOLD_SECONDS, lambda: self._release(number))

    def _release(self, number: int) -> None:
        if self._held != number:
            return
        self._held = 0
        self._show()
        self._speak_after_hold()

    def _kept(self, kept: Kept, number: int) -> None:
        self._counting(kept)
        self._release(number)

    def _counting(self, kept: Kept) -> None:
        if kept.counted is not self._refused or self._rehearsal:
            return
        self._refused = not kept.counted
        if self._refused:
            _log.warning("not counted: %s", kept.why)
        self._apply(LogChanged(self._refused, self._stage.now()))

    # What is shown

    def _show(self) -> None:
        visit = self.visit
        page = page_of(visit, self._room.words)
        if self._preparing:
            page = page._replace(hint=self._room.words.write(visit.language, "starting"))
        awake = visit.warned_at is None
        shown = (visit.name, visit.place, visit.overlay, visit.minutes_page, visit.position, visit.draws, awake)
        if shown != self._shown:
            self._leaf = 0
            self._mark = None
            self._shown = shown
            self._guard = self._guard.screen_changed(self._stage.now().seconds)
        self._page = page
        self._paint()
        here = (shown, visit.language, visit.speed, visit.sound, visit.muted)
        if here != self._ahead:
            self._ahead = here
            self._stage.later(AHEAD_SECONDS, lambda: self._look_ahead(here))

    def _paint(self) -> None:
        """The page on the screen, with what is being spoken marked."""
        page = self._page
        if page is None:
            return
        marked = page._replace(mark=self._mark) if self._mark else page
        sheet = lay_out(marked, *self._size, self._room.width, self._room.bitmap, self._leaf)
        self._leaf = sheet.leaf
        self._sheet = sheet
        self._painted = self._mark
        self._stage.show(sheet, page)

    def _turned(self, key: Key) -> bool:
        """Turn to another leaf of a page that takes several, if that is what the key means here."""
        sheet = self._sheet
        if sheet is None or sheet.leaves == 1 or self.visit.warned_at is not None:
            return False
        hidden = key in live_choices(self.visit) and all(target.key is not key for target in sheet.targets)
        change = 0
        if (key is Key.ENTER or hidden) and sheet.leaf + 1 < sheet.leaves:
            change = 1
        elif key is Key.ZERO and sheet.leaf > 0:
            change = -1
        if change:
            self._leaf += change
            self._mark = None
            self._guard = self._guard.screen_changed(self._stage.now().seconds)
            self._apply(Turned(self._stage.now()))
            self._speak(Speak(hint=False, page=True))
        return bool(change)

    # What is said

    def _listen(self) -> None:
        """Start the voice, once; a kiosk that starts muted does it when it is first asked to speak."""
        if not self._listening:
            self._listening = True
            self._room.speech.listen(lambda news: self._stage.post(lambda: self._heard(news)))
            self._room.speech.start()

    def _audible(self, language: str) -> bool:
        """Whether a language can be heard; assumed until the voice has told."""
        return self._device and (self._voices is None or language in self._voices)

    def _speak_after_hold(self) -> None:
        effects, self._after_hold = self._after_hold, []
        for effect in effects:
            if isinstance(effect, Speak):
                self._speak(effect)

    def _speak(self, effect: Speak) -> None:
        visit = self.visit
        if (visit.muted or visit.quiet) and visit.hint is not Hint.MUTED:
            return
        page = page_of(visit, self._room.words)
        said: tuple[Utterance, ...] = page.hint_say if effect.hint else ()
        if effect.page and not visit.muted:
            said += self._leaf_speech(page)
        if not said:
            return
        self._listen()
        self._said = said
        self._says_page = effect.page
        self._say_id = self._room.speech.say(said, visit.speed, visit.volume)

    def _leaf_speech(self, page: Page) -> tuple[Utterance, ...]:
        sheet = self._sheet
        if sheet is None or sheet.leaves == 1:
            return page.speech
        first = page.opening if sheet.leaf == 0 else ()
        last = page.closing if sheet.leaf + 1 == sheet.leaves else ()
        here = tuple(utterance for utterance in page.speech if utterance.block in sheet.blocks)
        return (*first, *here, *last)

    def _heard(self, news: News) -> None:
        at = self._stage.now()
        match news:
            case Started(number, place) if number == self._say_id and place < len(self._said):
                self._place = place
                block = self._said[place].block
                self._mark = Mark(block) if block >= 0 else None
                self._apply(Spoken(block, at))
            case Word(number, place, start, length) if number == self._say_id and place == self._place:
                self._follow(start, length)
            case Finished(number) if number == self._say_id:
                self._mark = None
                self._apply(Silent(at))
            case Failed(number) if number == self._say_id:
                self._mark = None
                self._apply(CutOff(at) if self._says_page else Silent(at))
            case Ready(languages, sound, why):
                if why:
                    _log.warning("voice: %s", why)
                self._voices, self._device = languages, sound
                self._apply(SoundChanged(self._audible(self.visit.language), at))
            case Sound(sound, why):
                if why:
                    _log.warning("sound: %s", why)
                self._device = sound
                self._apply(SoundChanged(self._audible(self.visit.language), at))
            case Private(private):
                self._private = private
                self._apply(PrivacyChanged(private, at))

    def _follow(self, start: int, length: int) -> None:
        """Mark a word of the utterance that is being spoken; only the row that it is in is painted again."""
        page, sheet, mark = self._page, self._sheet, self._mark
        if self._held or page is None or sheet is None or mark is None or mark.block not in sheet.blocks:
            return
        shown = shown_text(page.blocks[mark.block])
        other = page.spoken_from[mark.block] if page.spoken_from else ""
        if len(other) == len(shown):
            shown = other  # in the characters that are spoken, each of which stands where its counterpart is shown
        self._mark = Mark(mark.block, *follow(self._said[self._place].text, shown, start, length))
        if self._mark != self._painted:
            self._paint()

    def _look_ahead(self, here: object) -> None:
        """Have ready what can be said next, if that is still so."""
        visit = self.visit
        if here != self._ahead or self._held or self._preparing or visit.muted or not visit.sound:
            return
        utterances = comes_next(visit, self._room.words, self._stage.now())
        if utterances:
            self._room.speech.prepare(utterances, visit.speed)
