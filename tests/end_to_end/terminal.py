"""A program in a pseudo-terminal: what it shows is read as a person reads it, and it is worked as a person works it."""

from __future__ import annotations

import os
import re
import signal
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import pexpect
import pyte

PATIENCE = 30.0
"""Seconds after which something that should have come is missing, on a machine that has other things to do."""

_ASKED = b"\x1b[?2026$p"
_ANSWER = b"\x1b[?2026;2$y"
"""Whether this terminal can be told where a frame begins and ends; it can, as most do today."""
_FRAME = re.compile(rb"\x1b\[\?2026([hl])")

_PICK = re.compile(r"^[ >!]\[([1-6])\](?: (.*))?$")
_CONTINUED = re.compile(r"^ {5}(\S.*)$")
_CAP = re.compile(r"\[([0-9*+\-/.]|Enter)\]")

NUM_LOCK_OFF = {
    "0": b"\x1b[2~",
    "1": b"\x1b[F",
    "2": b"\x1b[B",
    "3": b"\x1b[6~",
    "4": b"\x1b[D",
    "5": b"\x1b[E",
    "6": b"\x1b[C",
    "7": b"\x1b[H",
    "8": b"\x1b[A",
    "9": b"\x1b[5~",
    ".": b"\x1b[3~",
    "Enter": b"\r",
}
"""Of a number pad with NumLock off: Insert, End, Down, PageDown, Left, Begin, Right, Home, Up, PageUp, Delete."""


class Terminal:
    """A program in a terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 71,
        rows: int = 20,
        *,
        before: Callable[[], None] | None = None,
        frames: bool = True,
    ) -> None:
        """Start it; `before` is called in the child first. Without `frames` the terminal is an old one."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._frames = frames
        self._in_frame = False
        self._tail = b""
        self._ended = False
        self._rows: tuple[str, ...] | None = None
        """What was read off the screen; None when it has changed."""
        self.raw = bytearray()
        """Everything it ever wrote."""
        with warnings.catch_warnings():
            # Of a fork where threads run; nothing happens between this one and the program.
            warnings.filterwarnings("ignore", message=".*multi-threaded.*", category=DeprecationWarning)
            self._child = pexpect.spawn(
                command[0],
                list(command[1:]),
                env=dict(environment),
                dimensions=(rows, columns),
                encoding=None,
                timeout=PATIENCE,
                preexec_fn=before,
            )
        self._child.delaybeforesend = None
        self._child.ptyproc.delayafterclose = 0.0

    # What it shows

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return int(self._child.pid)

    @property
    def rows(self) -> tuple[str, ...]:
        """The screen, row by row, without what is blank at the right."""
        if self._rows is None:
            self._rows = tuple(row.rstrip() for row in self._screen.display)
        return self._rows

    @property
    def text(self) -> str:
        """The screen."""
        return "\n".join(self.rows)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return int(self._screen.columns), int(self._screen.lines)

    def shows(self, text: str) -> bool:
        """Whether a text is on the screen, however its lines are broken."""
        return squeezed(text) in squeezed(self.text)

    @property
    def caps(self) -> tuple[str, ...]:
        """The keys that the help row offers."""
        return tuple(_CAP.findall(next((row for row in reversed(self.rows) if "[9]" in row), "")))

    @property
    def picks(self) -> dict[str, str]:
        """The numbered rows: what stands behind each number, without blanks."""
        found: dict[str, str] = {}
        last = ""
        for row in self.rows:
            if match := _PICK.match(row):
                last = match[1]
                found[last] = squeezed(match[2] or "")
            elif last and (match := _CONTINUED.match(row)):
                found[last] += squeezed(match[1])
            else:
                last = ""
        return found

    def place_of(self, cap: str) -> tuple[int, int]:
        """Column and row (from 1) of the first cell of `[cap]`: in the help row for keys that stand there."""
        numbered = cap in self.picks
        height = self.size[1]
        order = range(height) if numbered else reversed(range(height))
        wanted = f"[{cap}]"
        for row in order:
            for column in range(self.size[0] - len(wanted) + 1):
                cells = [self._screen.buffer[row][column + place].data for place in range(len(wanted))]
                if "".join(cells) == wanted:
                    return column + 1, row + 1
        raise AssertionError(f"no {wanted} on the screen:\n{self.text}")

    def is_reversed(self, column: int, row: int) -> bool:
        """Whether a cell (from 0) is in reverse video."""
        return bool(self._screen.buffer[row][column].reverse)

    # Waiting

    def read(self, seconds: float = 0.02) -> bool:
        """Take what arrives within so many seconds; whether something did."""
        try:
            some = self._child.read_nonblocking(1 << 16, seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            self._ended = True
            return False
        if _ASKED in self._tail + some and self._frames:
            self.send(_ANSWER)
        for mark in _FRAME.finditer(self._tail + some):
            self._in_frame = mark[1] == b"h"
        self._tail = some[-16:]
        self.raw += some
        self._stream.feed(some)
        self._rows = None
        return True

    def until(self, condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Read until a condition holds on a whole screen."""
        end = time.monotonic() + seconds
        while True:
            while self.read(0.04 if not self._frames else 0.005):
                if time.monotonic() > end:
                    break
            if not self._in_frame and condition():
                return
            if self._ended or time.monotonic() > end:
                state = "it has ended" if self._ended else f"after {seconds:g} s"
                raise AssertionError(f"not {what} ({state}):\n{self.text}\n{bytes(self.raw[-300:])!r}")
            self.read(0.05)

    def until_shows(self, text: str, seconds: float = PATIENCE) -> None:
        """Read until a text is on the screen."""
        self.until(lambda: self.shows(text), f"shown: {text!r}", seconds)

    def until_ended(self, seconds: float = PATIENCE) -> int:
        """Read until the program has ended; its exit code, or minus the signal that ended it."""
        end = time.monotonic() + seconds
        while not self._ended:
            self.read(0.05)
            if time.monotonic() > end:
                raise AssertionError(f"it has not ended after {seconds:g} s:\n{self.text}")
        self._child.wait()
        if self._child.signalstatus is not None:
            return -int(self._child.signalstatus)
        return int(self._child.exitstatus)

    def rest(self, seconds: float) -> None:
        """Read whatever comes for so long: where it is the point that nothing does."""
        end = time.monotonic() + seconds
        while not self._ended and time.monotonic() < end:
            self.read(0.02)

    @property
    def alive(self) -> bool:
        """Whether the program is still running."""
        return bool(self._child.isalive())

    # Working it

    def send(self, some: bytes) -> None:
        """Type, or whatever else a terminal sends."""
        with suppress(OSError):
            self._child.send(some)

    def press(self, keys: bytes, seen: Callable[[], object] | None = None) -> float:
        """Type, and wait until something else is seen; how many seconds it took."""
        seen = seen or (lambda: self.rows)
        before = seen()
        began = time.monotonic()
        self.send(keys)
        self.until(lambda: seen() != before, f"another screen after {keys!r}")
        return time.monotonic() - began

    def click(self, column: int, row: int) -> bytes:
        """What a mouse sends for a click on a cell (from 1)."""
        return f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m".encode()

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as when a window is dragged; what is to be seen then must be painted again."""
        if (columns, rows) == self.size:
            return
        self._screen.resize(rows, columns)
        self._screen.erase_in_display(2)
        self._rows = None
        self._child.setwinsize(rows, columns)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program alone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Take the terminal away."""
        self._child.ptyproc.fileobj.close()
        self._ended = True

    def close(self) -> None:
        """End it whatever it does, and let go of the terminal."""
        self.kill()
        with suppress(OSError, pexpect.ExceptionPexpect):
            self._child.wait()
        self._child.close(force=True)


def squeezed(text: str) -> str:
    """A text without blanks and line breaks."""
    return "".join(text.split())


Hand = Callable[[Terminal, str], bytes]
"""How a person presses a key that the screen offers: what the terminal then sends."""


def by_number(terminal: Terminal, cap: str) -> bytes:
    """With the number pad."""
    del terminal
    return b"\r" if cap == "Enter" else cap.encode()


def by_number_lock_off(terminal: Terminal, cap: str) -> bytes:
    """With the number pad, NumLock off."""
    del terminal
    return NUM_LOCK_OFF[cap]


def by_touch(terminal: Terminal, cap: str) -> bytes:
    """With a finger or the mouse: somewhere on the choice's row, or on the key in the help row."""
    column, row = terminal.place_of(cap)
    if cap in terminal.picks:
        column += (row * 7 + column) % (terminal.size[0] - column)
    return terminal.click(column, row)
