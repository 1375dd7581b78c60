"""What is played next: samples and the news between them, which any thread may cut off.

The sound card is opened once and never stopped: opening one takes longer than an ear waits. Its thread takes samples
out of the `Stream`, a few milliseconds at a time, so that a new sound, or silence, is heard at once.
"""

from __future__ import annotations

import threading
import time
from array import array
from collections import deque
from collections.abc import Callable

from kiosk.core.speech import Finished, Hushed, News, Playing, Started, Word
from kiosk.voice.pcm import RATE, Samples

PERIOD = 10
"""Milliseconds that a card asks for at a time."""

PERIODS = 4
"""How many of them it holds: with three, a machine that is busy with something else is heard as a crackle."""

HELD = RATE * PERIOD // 1000 * (PERIODS - 1)
"""Samples that such a card still has to play when it asks for more: it asks when one period is empty."""

_FADE = RATE * 5 // 1000
"""Samples from full sound to none where it is cut off: 5 ms, without a click."""

_AHEAD = 8 * RATE
"""Samples to have ready; more would only be thrown away by the next key."""


class Stream:
    """Samples and the news between them. Everything fed belongs to one `Say`; a newer one cuts it off."""

    def __init__(self, tell: Callable[[News | Playing], None], wake: Callable[[], None]) -> None:
        """`tell` and `wake` must not wait: the card's thread calls them."""
        self._tell = tell
        self._wake = wake
        self._lock = threading.Lock()
        self._next: deque[Samples | News] = deque()
        self._used = 0
        """Samples of the first of `_next` that have been handed over."""
        self._waiting: deque[tuple[int, News]] = deque()
        """News for when the card has played so many samples."""
        self._id = 0
        self._ready = 0
        """Samples in `_next` that are still to be handed over."""
        self._handed = 0
        """Samples that cards have taken, silence included."""
        self._held = HELD
        self._last_sound = -HELD
        self._sounding = False
        """Whether the card was given sound up to the end of what it asked for."""
        self._beat = 0
        """`_handed` at the last sign of life."""
        self._gain = self._wanted = _gain(80)
        self.asked = time.monotonic()
        """When a card last asked for samples."""

    @property
    def busy(self) -> bool:
        """Whether something is being spoken."""
        return self._id != 0

    def attach(self, held: int) -> None:
        """From now on a card asks that holds so many samples itself."""
        with self._lock:
            self._held = held
            self.asked = time.monotonic()

    def begin(self, id_: int, volume: int) -> None:
        """Cut off what is being played; what is fed for `id_` comes next."""
        with self._lock:
            self._cut()
            self._id = id_
            self._wanted = _gain(volume)
            self._beat = self._handed

    def hush(self, id_: int) -> None:
        """Cut off what is being played, and say so once it can't be heard any more."""
        with self._lock:
            self._cut()
            self._id = 0
            if self._ready or self._handed - self._last_sound < self._held:
                self._next.append(Hushed(id_))
            else:
                self._tell(Hushed(id_))

    def tune(self, volume: int) -> None:
        """Another volume, reached within the next period."""
        with self._lock:
            self._wanted = _gain(volume)

    def feed(self, id_: int, what: Samples | News) -> bool:
        """Put something at the end; false where `id_` has been cut off."""
        with self._lock:
            if id_ != self._id:
                return False
            if isinstance(what, array):
                if what:
                    self._next.append(what)
                    self._ready += len(what)
            else:
                self._next.append(what)
        return True

    def takes(self, id_: int) -> bool:
        """Whether more can be fed for `id_`: it hasn't been cut off."""
        return id_ == self._id

    def room(self) -> bool:
        """Whether more samples should be made."""
        return self._ready < _AHEAD

    def give_up(self, id_: int) -> None:
        """Take no more for `id_`, and play nothing more of it."""
        with self._lock:
            if id_ == self._id:
                self._cut()
                self._id = 0

    def drop(self) -> int:
        """Forget everything, the card being gone; the id that was under way, or 0."""
        with self._lock:
            id_, self._id = self._id, 0
            hushed = [news for news in (*self._next, *(late for _, late in self._waiting)) if isinstance(news, Hushed)]
            self._forget()
            self._sounding = False
            self._last_sound = self._handed - self._held
        for news in hushed:
            self._tell(news)
        return id_

    def detach(self) -> None:
        """The card that was attached is none: it holds nothing, and what is to be played waits for the next."""
        with self._lock:
            self._held = 0
            self._sounding = False
            if self._id:
                return
        self.drop()

    def _forget(self) -> None:
        self._next.clear()
        self._waiting.clear()
        self._used = self._ready = 0

    def _cut(self) -> None:
        """Only the fading rest of what is being heard is left."""
        rest = self._rest(_FADE) if self._sounding else array("h")
        self._forget()
        if rest:
            self._next.append(array("h", [value * (len(rest) - i) // len(rest) for i, value in enumerate(rest)]))
            self._ready = len(rest)

    def _rest(self, count: int) -> Samples:
        """The next samples, as many or fewer, whatever news lies between them."""
        out: Samples = array("h")
        used = self._used
        for what in self._next:
            if isinstance(what, array):
                out += what[used : used + count - len(out)]
                used = 0
                if len(out) == count:
                    break
        return out

    def take(self, count: int) -> Samples:
        """For the card: as many samples or fewer; the rest is silence."""
        self.asked = time.monotonic()
        with self._lock:
            full = self._ready >= _AHEAD
            while self._waiting and self._waiting[0][0] <= self._handed:
                self._report(self._waiting.popleft()[1])
            out = self._out(count)
            if out:
                self._last_sound = self._handed + len(out)
            self._sounding = len(out) == count > 0
            self._handed += count
            if out and self._id and self._handed - self._beat >= RATE // 2:
                self._beat = self._handed
                self._tell(Playing(self._id))
            if full and self._ready < _AHEAD:
                self._wake()
            return self._louder(out)

    def _out(self, count: int) -> Samples:
        out: Samples = array("h")
        while self._next and len(out) < count:
            first = self._next[0]
            if isinstance(first, array):
                some = first[self._used : self._used + count - len(out)]
                out += some
                self._ready -= len(some)
                self._used += len(some)
                if self._used < len(first):
                    break
                self._used = 0
            elif isinstance(first, Started | Word):
                self._report(first)
            else:
                self._waiting.append((self._handed + len(out) + self._held, first))
            self._next.popleft()
        return out

    def _report(self, news: News) -> None:
        if isinstance(news, Finished):
            self._id = 0
            self._wake()
        self._tell(news)

    def _louder(self, samples: Samples) -> Samples:
        """At the wanted volume, reached within this period so that it doesn't click."""
        old, new = self._gain, self._wanted
        self._gain = new
        if not samples or old == new == 1.0:
            return samples
        step = (new - old) / len(samples)
        return array("h", [int(value * (old + step * i)) for i, value in enumerate(samples, 1)])


def _gain(volume: int) -> float:
    """From 0 … 100 to a factor: a power of 1.5 makes steps of 20 sound alike, the largest 9 dB."""
    return float((min(max(volume, 0), 100) / 100) ** 1.5)
