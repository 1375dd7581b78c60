"""What is played next, and the sound card that asks for it.

The card is opened once and never stopped: opening one takes longer than an ear waits. It holds three periods of 20 ms,
so a new sound, or silence, is heard within about 80 ms. Its thread takes samples out of the `Stream`, which any thread
may cut off.
"""

from __future__ import annotations

import threading
import time
from array import array
from collections import deque
from collections.abc import Callable, Generator
from typing import Any

from kiosk.core.errors import SpeechError
from kiosk.core.speech import Finished, Hushed, News, Playing, Started
from kiosk.voice.pcm import RATE, Samples

PERIOD = 20
"""Milliseconds that the card asks for at a time."""

PERIODS = 3
"""How many of them it holds."""

NULL = "null"
"""The device that plays to nowhere."""

_HELD = RATE * PERIOD * (PERIODS - 1) // 1000
"""Samples that the card still has to play when it asks for more: it asks when one period is empty."""

_FADE = RATE * 5 // 1000
"""Samples from full sound to none where it is cut off: 5 ms, without a click."""

_AHEAD = 8 * RATE
"""Samples to have ready; more would only be thrown away by the next key."""

_DEAD = 2.0
"""Seconds after which a card that asks for nothing is gone."""


class Stream:
    """Samples and the news between them. Everything fed belongs to one `Say`; a newer one cuts it off."""

    def __init__(self, tell: Callable[[News | Playing], None], wake: Callable[[], None]) -> None:
        """`tell` and `wake` must not wait: the card's thread calls them."""
        self._tell = tell
        self._wake = wake
        self._lock = threading.Lock()
        self._next: deque[Samples | News] = deque()
        self._waiting: deque[tuple[int, News]] = deque()
        """News for when the card has played so many samples."""
        self._id = 0
        self._ready = 0
        """Samples in `_next`."""
        self._handed = 0
        """Samples that the card has taken since it was opened, silence included."""
        self._last_sound = -_HELD
        self._begun = False
        """Whether the first of `_next` has been handed over in part."""
        self._beat = 0
        """`_handed` at the last sign of life."""
        self._gain = self._wanted = _gain(80)
        self.asked = time.monotonic()
        """When the card last asked for samples."""

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
            if self._ready or self._handed - self._last_sound < _HELD:
                self._next.append(Hushed(id_))
            else:
                self._tell(Hushed(id_))

    def tune(self, volume: int) -> None:
        """Another volume, from the next 20 ms on."""
        with self._lock:
            self._wanted = _gain(volume)

    def feed(self, id_: int, what: Samples | News) -> bool:
        """Put something at the end; false where `id_` has been cut off."""
        with self._lock:
            if id_ != self._id:
                return False
            self._next.append(what)
            if isinstance(what, array):
                self._ready += len(what)
        return True

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
            self._begun = False
            hushed = [news for news in (*self._next, *(late for _, late in self._waiting)) if isinstance(news, Hushed)]
            self._next.clear()
            self._waiting.clear()
            self._ready = 0
            self._last_sound = self._handed - _HELD
        for news in hushed:
            self._tell(news)
        return id_

    def _cut(self) -> None:
        """Only the fading rest of what the card has begun to play is left."""
        first = self._next[0] if self._next else None
        self._next.clear()
        self._waiting.clear()
        self._ready = 0
        if self._begun and isinstance(first, array):
            rest = first[:_FADE]
            self._next.append(array("h", [value * (len(rest) - i) // len(rest) for i, value in enumerate(rest)]))
            self._ready = len(rest)

    def take(self, count: int) -> Samples:
        """For the card: as many samples or fewer; the rest is silence."""
        self.asked = time.monotonic()
        with self._lock:
            full = self._ready >= _AHEAD
            while self._waiting and self._waiting[0][0] <= self._handed:
                self._report(self._waiting.popleft()[1])
            out: Samples = array("h")
            while self._next and len(out) < count:
                first = self._next[0]
                if isinstance(first, array):
                    some = first[: count - len(out)]
                    out += some
                    self._ready -= len(some)
                    self._last_sound = self._handed + len(out)
                    if len(some) < len(first):
                        self._next[0] = first[len(some) :]
                        self._begun = True
                        break
                    self._begun = False
                elif isinstance(first, Started):
                    self._report(first)
                else:
                    self._waiting.append((self._handed + len(out) + _HELD, first))
                self._next.popleft()
            self._handed += count
            if out and self._id and self._handed - self._beat >= RATE // 2:
                self._beat = self._handed
                self._tell(Playing(self._id))
            if full and self._ready < _AHEAD:
                self._wake()
            return self._louder(out)

    def _report(self, news: News) -> None:
        if isinstance(news, Finished):
            self._id = 0
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


class Card:
    """A sound device that is open and asks a stream for samples."""

    def __init__(self, device: Any, name: str, stream: Stream) -> None:
        self._device = device
        self._stream = stream
        self._stopped = False
        self.name = name
        """The backend that plays."""
        device.stop_callback = self._on_stop
        stream.asked = time.monotonic()
        generator = self._frames()
        next(generator)
        device.start(generator)

    @property
    def alive(self) -> bool:
        """Whether it still asks for samples."""
        return not self._stopped and time.monotonic() - self._stream.asked < _DEAD

    def close(self) -> None:
        """Let go of it without waiting: a device that has vanished may never come back from being closed."""
        self._stopped = True
        threading.Thread(target=self._device.close, daemon=True).start()

    def _frames(self) -> Generator[Samples, int, None]:
        """What the device asks: it sends a number of samples. One that was given up gets no more."""
        count = yield array("h")
        while not self._stopped:
            count = yield self._stream.take(count)

    def _on_stop(self) -> None:
        self._stopped = True


def open_card(name: str, stream: Stream) -> Card:
    """The device of that name, the system's own for none, the one that plays to nowhere for `null`.

    Raises `SpeechError`; never falls back to the null device, which nobody hears.
    """
    try:
        import miniaudio
    except ImportError as error:
        raise SpeechError("miniaudio is not installed, so nothing can be played") from error
    unheard = {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
    if name == NULL:
        backends = [miniaudio.Backend.NULL]
    else:
        # One at a time: a backend whose library is there hides the next, which may be the one with a device.
        backends = sorted(miniaudio.get_enabled_backends() - unheard, key=lambda backend: backend.value)
    reasons: list[str] = []
    for backend in backends:
        try:
            return _open(miniaudio, backend, "" if name == NULL else name, stream)
        except LookupError:
            reasons.append(f"{backend.name.lower()}: none named {name!r}")
        except (miniaudio.MiniaudioError, UnicodeDecodeError) as error:
            reasons.append(f"{backend.name.lower()}: {error.args[0]}")
    raise SpeechError(f"no sound device ({', '.join(reasons)})")


def _open(miniaudio: Any, backend: Any, name: str, stream: Stream) -> Card:
    """Raises `LookupError` where the backend has no device of that name."""
    chosen = None
    if name:
        devices = miniaudio.Devices([backend]).get_playbacks()
        exact = [device for device in devices if device["name"] == name]
        near = [device for device in devices if name.lower() in device["name"].lower()]
        if not exact and not near:
            raise LookupError(name)
        chosen = (exact or near)[0]["id"]
    device = miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.SIGNED16,
        nchannels=1,
        sample_rate=RATE,
        buffersize_msec=PERIOD,
        callback_periods=PERIODS,
        device_id=chosen,
        backends=[backend],
        app_name="kiosk",
    )
    return Card(device, backend.name.lower(), stream)
