"""A visit as a value: where it stands, what was answered, what is set. `kiosk.core.step` changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kiosk.core import choose
from kiosk.core.catalogue import Catalogue
from kiosk.core.chance import shuffled
from kiosk.core.characters import spoken_as
from kiosk.core.choose import Draw, Programme
from kiosk.core.events import Moment
from kiosk.core.items import Act, Choice, Fact, Item, Scenario, Story
from kiosk.core.keys import CHOICES, Key
from kiosk.core.records import Row
from kiosk.core.script import MEASURED, QUESTIONS, Station, Stop
from kiosk.core.settings import Settings


class Place(StrEnum):
    """Where a visit stands, but for what lies over it."""

    WELCOME = "welcome"
    HOME = "home"
    FETCHING = "fetching"
    """The items of a round are being read."""
    SCRIPT = "script"
    OVER = "over"


class Overlay(StrEnum):
    """What lies over the place; `0` takes it away again."""

    HELP = "help"
    MINUTES = "minutes"
    SETTINGS = "settings"
    LEAVE = "leave"


class Hint(StrEnum):
    """The one line over the help row that a key can bring; it goes with the next key."""

    KEYS = "keys"
    """What may be pressed here."""
    KEYS_AND_HELP = "keys-and-help"
    STOPPED = "stopped"
    MUTED = "muted"
    SOUND_ON = "sound-on"
    NO_VOICE = "no-voice"
    WAY_BACK = "way-back"
    """In the language just left, for ten seconds."""
    LOUDER = "louder"
    SOFTER = "softer"
    SLOWER = "slower"
    FASTER = "faster"
    PRIVATE = "private"
    PUBLIC = "public"
    NOTHING_THERE = "nothing-there"
    """What was chosen could not be read."""


class Given(NamedTuple):
    """An answer as it stands; the last one counts."""

    place: int
    """The 1-based place in the file; for `see` the line or 0; for `judge`, `decide` and the small questions the key."""
    right: bool | None


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything about one visit. It never leaves the kiosk's memory; `kiosk.core.records` says what is written."""

    settings: Settings
    catalogue: Catalogue
    languages: tuple[str, ...]
    """Those offered: written languages, and spoken varieties of them."""
    name: str
    """Random, means nothing."""
    seed: int
    language: str
    """What is spoken."""
    rehearsal: bool = False

    place: Place = Place.WELCOME
    overlay: Overlay | None = None
    minutes_page: int = 0
    script: tuple[Station, ...] = ()
    at: int = 0
    """The furthest station reached."""
    looking: int | None = None
    """An earlier station that is being looked at again."""
    hint: Hint | None = None
    hint_language: str = ""
    """The language just left, for `Hint.WAY_BACK`."""
    hint_until: float | None = None
    wrong: int = 0
    """Keys in a row that meant nothing."""

    programme: Programme | None = None
    """The one on offer at home, then the one being walked."""
    story: str | None = None
    """Likewise."""
    draws: int = 0
    used: frozenset[str] = frozenset()
    items: Mapping[str, Item] = field(default_factory=dict)
    given: Mapping[tuple[str, Stop], Given] = field(default_factory=dict)

    began: Moment | None = None
    now: float = 0.0
    today: str = ""
    """Local day of the last event, `YYYY-MM-DD`."""
    active_at: float = 0.0
    """When a key or speech was last there."""
    shown_at: float = 0.0
    """When what is on the screen was shown."""
    warned_at: float | None = None
    """Since when "are you still there?" is on the screen."""
    reminded: bool = False
    idle_seconds: float = 0.0
    size: str = "71x20"

    volume: int = 80
    speed: int = 100
    muted: bool = False
    quiet: bool = False
    """Hushed by `.` on this screen."""
    sound: bool = False
    """The voice can be heard."""
    lost_at: float | None = None
    """Since when it can't be, where it may be back in a moment; None once that is certain."""
    private: bool = False
    """Only who wears the headphones hears it."""
    speaking: bool = False
    cut: bool = False
    """A failure cut off what was said of this page, and no key was pressed since."""
    repeated: int = 0
    """How often the page was said again after that."""
    painted: int | None = None
    """How many lines of the scene are painted; None when all are."""

    counted: bool = True
    refused: bool = False
    """The log can't take rows."""
    opened: bool = False
    """A row of this visit was handed to the log."""
    pending: tuple[Row, ...] = ()
    """Rows that wait for the visit's first answer or its end, so that `6` can still drop them."""
    mode: str | None = None
    plan: str | None = None
    form: str | None = None
    seq: int = 0
    """Answer rows so far."""
    age_band: str | None = None
    returning: str | None = None
    finished: bool = False
    story_since: float | None = None
    """When the story being heard began; None when none is."""
    story_pages: int = 0

    @property
    def station(self) -> Station:
        """The one on the screen; only where the place is `SCRIPT`."""
        return self.script[self.position]

    @property
    def position(self) -> int:
        """The place in the script of the station on the screen."""
        return self.at if self.looking is None else self.looking

    @property
    def written(self) -> str:
        """The language in which the screen is written; `language` is the one that is spoken."""
        return self.catalogue.written(self.language)

    @property
    def other_language(self) -> str:
        """The one that `/` changes to."""
        return self.languages[(self.languages.index(self.language) + 1) % len(self.languages)]

    @property
    def read_only(self) -> bool:
        """Whether an earlier screen is shown whose answer stands."""
        return self.looking is not None and self.station.stop not in _CHANGEABLE

    @property
    def owed(self) -> tuple[Station, ...]:
        """The stations of before and after whose answer the visitor was not told yet."""
        return tuple(
            station
            for station in self.script
            if station.stop in (Stop.JUDGE, Stop.FACT) and (station.item, station.stop) in self.given
        )

    @property
    def presses_back(self) -> int:
        """How often `/` is to be pressed until `hint_language` is spoken again."""
        left, here = self.languages.index(self.hint_language), self.languages.index(self.language)
        return (left - here) % len(self.languages)

    @property
    def voiceless(self) -> bool:
        """Whether the voice is away, and not only while it is being replaced."""
        return not self.sound and self.lost_at is None

    @property
    def unheard(self) -> bool:
        """Whether the page was cut off as often as it is said again, and could be heard now."""
        return self.audible and self.cut and self.repeated >= MOST_REPEATS and not self.speaking

    @property
    def audible(self) -> bool:
        """Whether this screen speaks."""
        return self.sound and not self.muted and not self.quiet

    @property
    def draw(self) -> Draw:
        """What the next choice of items depends on."""
        day = self.began.day if self.began else "1970-01-01"
        written = tuple(dict.fromkeys(map(self.catalogue.written, self.languages)))
        return Draw(self.seed, day, written, self.settings.round_size, self.used, self.draws)


MOST_REPEATS = 3
"""So often a page is said again that failures cut off, while nobody presses a key."""

_CHANGEABLE = MEASURED | {Stop.AGE, Stop.RETURNING}


def begin(
    settings: Settings,
    catalogue: Catalogue,
    languages: tuple[str, ...],
    name: str,
    seed: int,
    language: str,
    *,
    rehearsal: bool = False,
    refused: bool = False,
    sound: bool = False,
    private: bool = False,
    size: str = "71x20",
    now: float = 0.0,
) -> Visit:
    """A new visit at the welcome, every setting at its default."""
    return Visit(
        settings=settings,
        catalogue=catalogue,
        languages=languages,
        name=name,
        seed=seed,
        language=next((code for code in (language, spoken_as(language)) if code in languages), languages[0]),
        rehearsal=rehearsal,
        counted=not rehearsal,
        refused=refused,
        volume=settings.volume,
        speed=settings.speed,
        muted=settings.muted,
        sound=sound,
        private=private,
        size=size,
        now=now,
        active_at=now,
    )


AGE_BANDS = {Key.ONE: "under-60", Key.TWO: "60-69", Key.THREE: "70-79", Key.FOUR: "80-up", Key.SIX: "unsaid"}
"""The words of the log for each key."""

RETURNING = {Key.ONE: "first", Key.TWO: "month", Key.THREE: "longer", Key.SIX: "unsaid"}
"""The words of the log for each key."""

ACTS = {Key.ONE: Act.GO, Key.TWO: Act.CHECK, Key.THREE: Act.REFUSE}
"""The three fixed actions, the same for every item so that nothing in them gives the verdict away."""


def scenario(visit: Visit, station: Station) -> Scenario:
    """The scenario that a station is about."""
    item = visit.items[station.item]
    assert isinstance(item, Scenario)  # noqa: S101 - the script names stations by their items
    return item


def choices(visit: Visit, station: Station) -> tuple[tuple[Key, int, Choice], ...]:
    """The choices a station shows, shuffled by the seed: key, 1-based place in the file, choice."""
    item = visit.items.get(station.item)
    listed: tuple[Choice, ...] = ()
    match station.stop, item:
        case Stop.ASK | Stop.ASKED, Scenario():
            listed = item.ask
        case Stop.COMPARE | Stop.COMPARED, Scenario():
            listed = item.card.question.choices
        case Stop.FACT, Fact():
            listed = item.question.choices
        case Stop.PAUSE | Stop.PAUSED, Story():
            pause = item.pages[station.part - 1].pause
            listed = pause.choices if pause else ()
    purpose = f"choices {station.item} {_QUESTION.get(station.stop, station.stop)} {station.part}"
    order = shuffled(visit.seed, purpose, range(1, len(listed) + 1))
    return tuple((key, place, listed[place - 1]) for key, place in zip(CHOICES, order, strict=False))


_QUESTION = {
    Stop.SEEN: Stop.SEE,
    Stop.ASKED: Stop.ASK,
    Stop.COMPARED: Stop.COMPARE,
    Stop.VERDICT: Stop.DECIDE,
    Stop.WHY: Stop.DECIDE,
    Stop.PAUSED: Stop.PAUSE,
}
"""The question behind each feedback."""


def answer_of(visit: Visit, station: Station) -> Given | None:
    """The answer that stands for a question, asked of it or of its feedback."""
    return visit.given.get(given_key(station, _QUESTION.get(station.stop, station.stop)))


def is_lapsed(visit: Visit, item: str) -> bool:
    """Whether an item is shown although what it rests on has expired: nothing else was left to show."""
    day = visit.draw.day
    return any(
        entry.id == item and entry.expires is not None and entry.expires < day for entry in visit.catalogue.entries
    )


def given_key(station: Station, stop: Stop) -> tuple[str, Stop]:
    """Under what a question's answer stands; the pauses of one story are told apart by their page."""
    return (f"{station.item}#{station.part}" if stop is Stop.PAUSE else station.item, stop)


def live_choices(visit: Visit) -> tuple[Key, ...]:
    """The keys that choose something on the screen."""
    if visit.overlay is not None:
        return _overlay_choices(visit)
    if visit.place is Place.HOME:
        return _home_choices(visit)
    if visit.place is not Place.SCRIPT or visit.read_only:
        return ()
    station = visit.station
    match station.stop:
        case Stop.JUDGE:
            return (Key.ONE, Key.TWO)
        case Stop.ACT:
            return tuple(ACTS)
        case Stop.DECIDE:
            return (Key.ONE, Key.TWO, Key.THREE)
        case Stop.SEE:
            return (*CHOICES[: len(scenario(visit, station).scene)], Key.SIX)
        case Stop.AGE:
            return tuple(AGE_BANDS)
        case Stop.RETURNING:
            return tuple(RETURNING)
        case Stop.ASK | Stop.COMPARE | Stop.FACT | Stop.PAUSE:
            return tuple(key for key, _, _ in choices(visit, station))
    return ()


def enter_goes_on(visit: Visit) -> bool:
    """Whether Enter means something on the screen."""
    if visit.overlay in (Overlay.MINUTES, Overlay.SETTINGS):
        return True
    if visit.overlay is not None or visit.place is not Place.SCRIPT:
        return visit.place is Place.WELCOME
    if visit.looking is not None:
        return True
    stop = visit.station.stop
    return stop not in QUESTIONS or stop in (Stop.AGE, Stop.RETURNING)


def _home_choices(visit: Visit) -> tuple[Key, ...]:
    learn = visit.programme is not None
    story = visit.story is not None
    uncounted = learn and may_go_uncounted(visit)
    offered = ((Key.ONE, learn), (Key.TWO, story), (Key.SIX, uncounted))
    return tuple(key for key, there in offered if there)


def may_go_uncounted(visit: Visit) -> bool:
    """Whether this visit can still leave no row at all."""
    return visit.counted and not visit.opened


def _overlay_choices(visit: Visit) -> tuple[Key, ...]:
    match visit.overlay:
        case Overlay.HELP:
            return (Key.ONE, Key.TWO, Key.THREE) if visit.catalogue.first_minutes else (Key.TWO, Key.THREE)
        case Overlay.SETTINGS:
            other_language = (Key.SIX,) if len(visit.languages) > 1 else ()
            return (Key.ONE, Key.TWO, Key.THREE, Key.FOUR, *other_language)
        case Overlay.LEAVE:
            told = visit.station.stop in (Stop.OWED, Stop.GOODBYE)
            return (Key.ONE, Key.TWO, Key.THREE) if visit.owed and not told else (Key.ONE, Key.THREE)
    return ()


MINUTES_A_PAGE = 4
"""Steps of the first thirty minutes on one page: what fits 56×16 with a blank row between."""


def minutes_pages(visit: Visit) -> int:
    """How many pages the first thirty minutes have."""
    return -(-len(visit.catalogue.first_minutes) // MINUTES_A_PAGE)


def offer(visit: Visit) -> tuple[Programme | None, str | None]:
    """What home can offer now: a learn round and a story."""
    return choose.programme(visit.catalogue, visit.draw), choose.story(visit.catalogue, visit.draw)
