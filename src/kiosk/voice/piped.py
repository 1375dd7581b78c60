"""Sound through a program that comes with the system's own: `paplay` (PulseAudio, PipeWire) or `aplay` (ALSA).

It reads raw samples from a pipe as short as pipes can be, which is filled only when it is empty: so what is cut off is
silent at once, and the device itself sets the pace. Nothing of it outlives this process, because its pipe ends.
"""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from kiosk.core.errors import SpeechError
from kiosk.voice.pcm import RATE
from kiosk.voice.playback import PERIOD
from kiosk.voice.players import NULL, Card, NoDeviceError, named

BUFFER = 40
"""Milliseconds that the program may hold."""

AHEAD = BUFFER + 2 * PERIOD
"""Milliseconds that lie ahead of what is heard: the program's, those it has just read, and those in the pipe."""

_SAMPLES = RATE * PERIOD // 1000

_SHORTEST = 4096
"""Bytes of a pipe that holds one page: it can be written to again when it is empty."""

_TURN = 0.2
"""Seconds between looks at a program that reads nothing."""

_FASTER = 1.002
"""A device whose clock is a little faster than this machine's must not run dry."""

_PATIENCE = 3.0
"""Seconds for a program that tells its devices."""

_ENDIAN = {"little": "le", "big": "be"}[sys.byteorder]


class _Program(NamedTuple):
    """How a program is asked to play."""

    name: str
    command: tuple[str, ...]
    device: str
    """The option before a device's name."""
    devices: Callable[[], list[tuple[str, str]]]
    """(What the program calls it, what people do) of each that can be heard."""
    moves: bool
    """Whether it plays to a sound server, which may move it to another device."""


def programs(names: Sequence[str]) -> tuple[list[Piped], str]:
    """Those of them that are there, and why none is where that is so."""
    found = [Piped(_PROGRAMS[name]) for name in names if shutil.which(name)]
    return found, "" if found else f"there is no {' and no '.join(names)}"


class Piped:
    """A player that is a program."""

    every = 2.0

    def __init__(self, program: _Program) -> None:
        self.name = program.name
        self._program = program

    def devices(self) -> tuple[str, ...]:
        """The names of all that can be heard."""
        return tuple(dict.fromkeys(name for _, name in self._program.devices()))

    def is_gone(self, device: str) -> bool:
        """Whether a sound server runs that has no device, or not that one."""
        if not self._program.moves:
            return False
        devices = self.devices()
        return device not in devices if device else not devices

    def open(self, device: str) -> Card:
        """Start the program, and wait until it reads."""
        if device == NULL:
            return _Card(self.name, "", ())
        command = self._program.command
        if device:
            known = self._program.devices()
            key = named(device, known)
            if key is None and self._program.moves:
                raise SpeechError(f"none named {device!r}")
            command = (*command, f"{self._program.device}={key or device}")
            device = dict(known).get(key or device, device)
        elif self.is_gone(""):
            raise NoDeviceError("there is none")
        return _Card(self.name, device, command)


class _Card(Card):
    """Asks for samples when the program has read those before, and never for more than may lie ahead."""

    def __init__(self, player: str, device: str, command: Sequence[str]) -> None:
        """Raises `SpeechError` where the program doesn't play; without a command it plays to nowhere."""
        super().__init__(player, device, RATE * AHEAD // 1000)
        self._pipe = _Pipe(command) if command else None
        silence = bytes(2 * _SAMPLES)
        # It has opened the device only when it reads for the second time.
        for _ in range(3):
            if self._pipe and not (self._pipe.wait(_PATIENCE) and self._pipe.write(silence)):
                why = self.why or "it does not play"
                self._end()
                raise SpeechError(why)

    @property
    def why(self) -> str:
        return self._pipe.complaint() if self._pipe else ""

    def _begin(self) -> None:
        threading.Thread(target=self._pump, name="pump", daemon=True).start()

    def _pump(self) -> None:
        written = 0.0
        begun = time.monotonic()
        while not self._stopped:
            ahead = written - (time.monotonic() - begun) * _FASTER
            if ahead < 0:
                begun -= ahead
            time.sleep(max(0.0, ahead - (AHEAD - PERIOD) / 1000))
            if self._pipe and not self._pipe.wait(_TURN):
                self._stopped = self._stopped or self._pipe.ended
                continue
            frames = self._take(_SAMPLES).tobytes().ljust(2 * _SAMPLES, b"\0")
            if self._pipe and not self._pipe.write(frames):
                break
            written += PERIOD / 1000
        self._stopped = True

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()


class _Pipe:
    """A program that reads its standard input."""

    def __init__(self, command: Sequence[str]) -> None:
        """Raises `SpeechError`."""
        reads, self._end = os.pipe()
        self._errors, writes = os.pipe()
        # A full pipe must not stop it: what it says is wanted only when it ends.
        for descriptor in (self._end, self._errors, writes):
            os.set_blocking(descriptor, False)
        self._lock = threading.Lock()
        try:
            fcntl.fcntl(self._end, fcntl.F_SETPIPE_SZ, _SHORTEST)
            self._process = subprocess.Popen(command, stdin=reads, stdout=subprocess.DEVNULL, stderr=writes)
        except OSError as error:
            os.close(self._end)
            os.close(self._errors)
            raise SpeechError(f"{command[0]} can't be started: {error.strerror}") from error
        finally:
            os.close(reads)
            os.close(writes)

    @property
    def ended(self) -> bool:
        """Whether the program has."""
        return self._process.poll() is not None

    def wait(self, seconds: float) -> bool:
        """Whether it has read everything within that time."""
        with suppress(ValueError, OSError):
            return bool(select.select([], [self._end], [], seconds)[1])
        return False

    def write(self, frames: bytes) -> bool:
        """Whether it can still be written to."""
        with self._lock, suppress(OSError):
            return os.write(self._end, frames) == len(frames)
        return False

    def complaint(self) -> str:
        """The last line that it wrote to its standard error."""
        with self._lock, suppress(OSError):
            lines = os.read(self._errors, _SHORTEST).decode(errors="replace").strip().splitlines()
            return lines[-1][:200] if lines else ""
        return ""

    def close(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
        with self._lock:
            if self._end >= 0:
                os.close(self._end)
                os.close(self._errors)
            self._end = self._errors = -1


def _sinks() -> list[tuple[str, str]]:
    """PulseAudio's names and descriptions."""
    found: list[tuple[str, str]] = []
    name = ""
    for line in _ask("pactl", "list", "sinks").splitlines():
        key, _, value = line.strip().partition(": ")
        if key == "Name":
            name = value
        elif key == "Description" and name != "auto_null":
            found.append((name, value))
    return found


def _pcms() -> list[tuple[str, str]]:
    """ALSA's names, and with each the first line that describes it."""
    found: list[tuple[str, str]] = []
    for line in _ask("aplay", "-L").splitlines():
        if not line[:1].isspace():
            found.append((line, line))
        elif found and found[-1][0] == found[-1][1]:
            found[-1] = (found[-1][0], f"{found[-1][0]}: {line.strip()}")
    return [(key, name) for key, name in found if key != NULL]


def _ask(*command: str) -> str:
    """What a program prints; raises `SpeechError`."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SpeechError(f"{command[0]}: {error}") from error
    if done.returncode:
        complaint = done.stderr.decode(errors="replace").strip().splitlines()
        raise SpeechError(f"{command[0]}: {complaint[-1] if complaint else done.returncode}")
    return done.stdout.decode(errors="replace")


_PROGRAMS = {
    "paplay": _Program(
        "paplay",
        (
            *("paplay", "--raw", f"--format=s16{_ENDIAN}", f"--rate={RATE}", "--channels=1"),
            *(
                f"--latency-msec={BUFFER}",
                f"--process-time-msec={PERIOD}",
                "--client-name=kiosk",
                "--stream-name=kiosk",
            ),
        ),
        "--device",
        _sinks,
        moves=True,
    ),
    "aplay": _Program(
        "aplay",
        (
            *("aplay", "--quiet", "--file-type=raw", f"--format=S16_{_ENDIAN.upper()}", f"--rate={RATE}"),
            *("--channels=1", f"--buffer-time={BUFFER * 1000}", f"--period-time={PERIOD * 1000}"),
        ),
        "--device",
        _pcms,
        moves=False,
    ),
}
