"""What the kiosk needs from outside, as protocols. Adapters fulfil them; tests have fakes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from kiosk.core.catalogue import Catalogue
from kiosk.core.items import Item
from kiosk.core.recordings import AudioFile, Heard
from kiosk.core.records import Kept, Row
from kiosk.core.speech import News, Repertoire, Utterance
from kiosk.core.wording import Wording

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.core.checkup import DiskSeen, FontsSeen, SoundSeen, System, TerminalSeen


class Packs(Protocol):
    """The content that is shown."""

    def catalogue(self) -> Catalogue:
        """The index. Raises `PackError` where there is nothing that can be shown."""

    def fetch(self, ids: Sequence[str]) -> dict[str, Item]:
        """The items by id (`pack/item`). One that can't be read is missing from the answer, never an error."""


class Log(Protocol):
    """The participation log; append-only.

    A visit is whole on disk, cut off as if the power had failed, or absent: once rows of it were refused, all later
    ones are, until another visit begins.
    """

    def start(self, done: Callable[[Kept], None]) -> None:
        """Open the file in the background, once the first frame is up. Never waits; `keep` does it where it wasn't.

        `done` is told, on any thread, whether visits are being counted.
        """

    def keep(self, rows: Sequence[Row], done: Callable[[Kept], None]) -> None:
        """Commit the rows in one transaction, after all rows kept before. Never waits.

        `done` is called once, on any thread, when they are on disk or have been refused: at once, before this
        returns, where there is nothing that could write them.
        """

    def close(self) -> None:
        """Wait until everything kept is on disk (at most a few seconds), then let go of the file."""


class Speech(Protocol):
    """The voice. Nothing it does or fails to do ever raises or waits."""

    def start(self) -> None:
        """Start the voice, so that it is ready when something is to be said; `say` does it where it wasn't."""

    def know(self, repertoire: Repertoire) -> None:
        """Be ready for these languages and recordings; `Ready` tells which languages can be spoken."""

    def say(self, utterances: Sequence[Utterance], speed: int, volume: int) -> int:
        """Speak, cutting off what is being spoken; the number that news of it carries."""

    def prepare(self, utterances: Sequence[Utterance], speed: int) -> None:
        """Have these ready for a later `say`, when there is nothing else to do; a later `prepare` replaces it."""

    def hush(self) -> None:
        """Be quiet at once."""

    def tune(self, volume: int) -> None:
        """Change the volume (0 … 100) of what is being spoken."""

    def listen(self, listener: Callable[[News], None]) -> None:
        """Tell `listener` what happens, on any thread."""

    def close(self) -> None:
        """End the voice; nothing of it stays behind."""


class Renderer(Protocol):
    """A voice that is only used to have things ready. Nothing it does or fails to do ever raises or waits."""

    def render(self, utterances: Sequence[Utterance], speed: int) -> int:
        """Synthesise what is in neither a recording nor the cache; the number that `Rendered` or `Failed` carries."""

    def listen(self, listener: Callable[[News], None]) -> None:
        """Tell `listener` what happens, on any thread."""

    def close(self) -> None:
        """End the voice; nothing of it stays behind."""


class Voices(Renderer, Protocol):
    """A voice that is only asked what it speaks with."""

    def start(self) -> None:
        """Start the voice."""

    def know(self, repertoire: Repertoire) -> None:
        """Be ready for these languages and recordings."""

    def describe(self) -> int:
        """Ask what there is to speak with; the number that `Described` or `Failed` carries."""


class Machine(Protocol):
    """What the kiosk runs on. Looking changes nothing."""

    def system(self) -> System:
        """Its name and versions."""

    def terminal(self) -> TerminalSeen:
        """What this was started in."""

    def fonts(self, han: str, blocks: str) -> FontsSeen:
        """The fonts that have these Chinese characters, and whether one has these half blocks."""

    def sound(self) -> SoundSeen:
        """The sound cards and the programs that could play."""

    def disk(self, folder: str) -> DiskSeen:
        """Whether a folder can be written, or made."""

    def now(self) -> datetime:
        """The local time, with its zone."""


class Recordings(Protocol):
    """The `audio/` folder of one pack."""

    def files(self) -> tuple[AudioFile, ...]:
        """Everything in it, sorted by path."""

    def listen(self, path: str) -> Heard:
        """What is heard in one of its files; one that can't be played says why, and is never an error."""


class Words(Wording, Protocol):
    """The interface's own texts (`locales/`): a message that is missing is shown as its id."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are."""


class Glyphs(Protocol):
    """The bitmaps of what is drawn large."""

    def bitmap(self, character: str) -> tuple[str, ...]:
        """Rows from top to bottom, `#` for ink and `.` for none, all equally long; empty where there is none."""


class Entropy(Protocol):
    """Where chance comes from, once a visit."""

    def seed(self) -> int:
        """A whole number from 0 to 2**48 - 1."""

    def name(self) -> str:
        """A random UUIDv4 that means nothing."""
