"""Sound through miniaudio: one player for each of its backends.

One at a time, because a backend whose library is there hides the next, which may be the one with a device.
"""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterable
from typing import Any

import miniaudio

from kiosk.core.errors import SpeechError
from kiosk.voice.pcm import RATE, Samples
from kiosk.voice.playback import HELD, PERIOD, PERIODS
from kiosk.voice.players import NULL, Card, NoDeviceError, named

_UNHEARD = {miniaudio.Backend.PULSEAUDIO: b"auto_null\0", miniaudio.Backend.ALSA: b"null\0"}
"""How the id begins of what is no device; to the first of them a sound server plays while it has none."""


def backends(*, null: bool) -> Iterable[Backend]:
    """Those of this system; never the one that plays to nowhere, unless that is asked for."""
    if null:
        return [Backend(miniaudio.Backend.NULL)]
    unheard = {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
    found = sorted(miniaudio.get_enabled_backends() - unheard, key=lambda backend: int(backend.value))
    return [Backend(backend) for backend in found]


class Backend:
    """One of miniaudio's, such as `pulseaudio`, `alsa`, `wasapi`, `coreaudio`."""

    every = 1.0

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self.name = str(backend.name.lower())

    def devices(self) -> tuple[str, ...]:
        """The names of all that can be heard."""
        return tuple(dict.fromkeys(name for name, _ in self._found()))

    def is_gone(self, device: str) -> bool:
        """Whether a sound server runs that has no device; miniaudio forbids it to move what plays on a chosen one."""
        return not device and self._backend == miniaudio.Backend.PULSEAUDIO and not self._found()

    def open(self, device: str) -> Card:
        """Open it; for less than 20 ms of sound in the device this takes a few milliseconds."""
        chosen = None
        if device and device != NULL:
            found = dict(self._found())
            name = named(device, ((name, name) for name in found))
            if name is None:
                raise SpeechError(f"none named {device!r}")
            device, chosen = name, found[name]
        elif self.is_gone(""):
            raise NoDeviceError("there is none")
        return _Card(self.name, "" if device == NULL else device, self._backend, chosen)

    def _found(self) -> list[tuple[str, Any]]:
        """Names and miniaudio's ids of what can be heard."""
        try:
            devices = _Devices([self._backend]).get_playbacks()
        except (miniaudio.MiniaudioError, UnicodeDecodeError) as error:
            raise SpeechError(str(error.args[0])) from error
        unheard = _UNHEARD.get(self._backend)
        return [
            (str(device["name"]), device["id"])
            for device in devices
            if not (unheard and bytes(miniaudio.ffi.buffer(device["id"])).startswith(unheard))
        ]


class _Devices(miniaudio.Devices):  # type: ignore[misc]  # miniaudio has no types
    """Asks for no more than the names: of a device that is busy the rest can't be had, and then none would be told."""

    def _get_info(self, device_type: Any, device_info: Any) -> dict[str, Any]:  # noqa: ARG002
        return {}


class _Card(Card):
    def __init__(self, player: str, device: str, backend: Any, chosen: Any) -> None:
        super().__init__(player, device, HELD)
        self._device = miniaudio.PlaybackDevice.__new__(miniaudio.PlaybackDevice)
        try:
            self._device.__init__(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=PERIOD,
                callback_periods=PERIODS,
                device_id=chosen,
                backends=[backend],
                app_name="kiosk",
            )
        except miniaudio.MiniaudioError as error:
            self._end()
            raise SpeechError(str(error.args[0])) from error

    def _begin(self) -> None:
        self._device.stop_callback = self._on_stop
        generator = self._frames()
        next(generator)
        try:
            self._device.start(generator)
        except miniaudio.MiniaudioError as error:
            raise SpeechError(str(error.args[0])) from error

    def _frames(self) -> Generator[Samples, int, None]:
        """What the device asks: it sends a number of samples. One that was given up gets no more."""
        count = yield array("h")
        while not self._stopped:
            count = yield self._take(count)

    def _on_stop(self) -> None:
        self._stopped = True

    def _end(self) -> None:
        self._device.close()
        # miniaudio forgets the context, which holds the connection to a sound server.
        context = getattr(self._device, "_context", None)
        if context is not None:
            self._device._context = None
            miniaudio.lib.ma_context_uninit(context)
