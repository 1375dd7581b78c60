"""What plays: a player finds sound devices and opens one, a card is a device that is open."""

from __future__ import annotations

import sys
import threading
import time
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from kiosk.core.errors import SpeechError
from kiosk.core.settings import Player as Setting
from kiosk.core.speech import WHY_JOINT
from kiosk.voice.pcm import Samples
from kiosk.voice.playback import Stream

T = TypeVar("T")

NULL = "null"
"""The device that plays to nowhere."""

_DEAD = 0.6
"""Seconds after which a card that asks for nothing is gone …"""

_SLOW = 3.0
"""… and until it has asked for more than it holds."""


class NoDeviceError(SpeechError):
    """A sound server runs, and has nothing to play on: what else there is would only lead to it."""


class Card(ABC):
    """A sound device that is open and, once started, asks a stream for samples."""

    def __init__(self, player: str, device: str, held: int) -> None:
        """`held` is how many samples it still has to play when it asks for more."""
        self.player = player
        self.device = device
        """Its name; empty for the system's own."""
        self._held = held
        self._stream: Stream | None = None
        self._taken = 0
        self._stopped = False

    def start(self, stream: Stream) -> None:
        """Play what the stream holds; raises `SpeechError`."""
        stream.attach(self._held)
        self._stream = stream
        self._begin()

    @property
    def proved(self) -> bool:
        """Whether it plays: it has asked for more than it holds."""
        return self._taken > 2 * self._held

    @property
    def alive(self) -> bool:
        """Whether it still asks for samples."""
        if self._stopped or self._stream is None:
            return False
        return time.monotonic() - self._stream.asked < (_DEAD if self.proved else _SLOW)

    @property
    def why(self) -> str:
        """What it said when it ended."""
        return ""

    def close(self) -> None:
        """Take no more, and let go of it without waiting: one that has vanished may never come back from that."""
        self._stopped = True
        threading.Thread(target=self._end, name="closing", daemon=True).start()

    def _take(self, count: int) -> Samples:
        """For the device's own thread: samples, as many or fewer; none once it is closed."""
        if self._stopped or self._stream is None:
            return array("h")
        self._taken += count
        return self._stream.take(count)

    @abstractmethod
    def _begin(self) -> None:
        """Make the device ask."""

    @abstractmethod
    def _end(self) -> None:
        """Let go of the device; may hang."""


class Player(Protocol):
    """A way to play."""

    name: str
    every: float
    """Seconds between looks at its devices that cost little."""

    def devices(self) -> tuple[str, ...]:
        """The names of all that can be heard; raises `SpeechError`. May hang."""

    def open(self, device: str) -> Card:
        """The device of that name, or whose name contains it; the system's own for none, nowhere for `null`.

        Raises `SpeechError`. May hang.
        """

    def is_gone(self, device: str) -> bool:
        """Whether a device isn't there any more though its card plays on, because a sound server has moved it.

        For the system's own, whether there is none at all. May hang.
        """


def players(setting: Setting, device: str) -> tuple[list[Player], str]:
    """The ways there are here, the best first, and why one is missing.

    miniaudio has no wheel for ARM Linux; there a program plays that comes with the system's sound.
    """
    why = ""
    if setting in (Setting.AUTO, Setting.MINIAUDIO):
        try:
            from kiosk.voice import backends
        except ImportError as error:
            why = f"miniaudio is not installed: {error}"
        else:
            return list(backends.backends(null=device == NULL)), ""
    if not sys.platform.startswith("linux"):
        return [], why or f"{setting} plays on Linux only"
    from kiosk.voice import piped

    names = [name for name in ("paplay", "aplay") if setting in (Setting.AUTO, name)]
    found, missing = piped.programs(names)
    return list(found), WHY_JOINT.join(filter(None, (why, "" if found else missing)))


def named(wanted: str, devices: Iterable[tuple[str, str]]) -> str | None:
    """The key of the device that is meant, of (key, name); `None` where there is none."""
    known = list(devices)
    for key, name in known:
        if wanted in (key, name):
            return key
    for key, name in known:
        if wanted.lower() in name.lower():
            return key
    return None


class Limited:
    """Calls that may never come back, each on a thread of its own."""

    def __init__(self, most: int = 3) -> None:
        """`most` of them may be lost at a time."""
        self._most = most
        self._lost = 0
        self._lock = threading.Lock()

    def __call__(self, seconds: float, call: Callable[[], T], late: Callable[[T], None]) -> T:
        """What the call returns or raises; `SpeechError` where it takes longer, and then `late` gets its answer."""
        if self._lost >= self._most:
            raise SpeechError("it still does not answer")
        answers: list[T] = []
        errors: list[Exception] = []
        given_up = False
        came_back = threading.Event()

        def run() -> None:
            try:
                answers.append(call())
            except Exception as error:  # noqa: BLE001 - raised again where it was called
                errors.append(error)
            with self._lock:
                came_back.set()
                if given_up:
                    self._lost -= 1
                    for answer in answers:
                        late(answer)

        threading.Thread(target=run, name="opening", daemon=True).start()
        if not came_back.wait(seconds):
            with self._lock:
                if not came_back.is_set():
                    given_up = True
                    self._lost += 1
                    raise SpeechError(f"it has not answered for {seconds:g} s")
        if errors:
            raise errors[0]
        return answers[0]
