"""A program in a pseudo-terminal: when which byte of it came, and what the screen then showed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyte
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk import wiring

COLUMNS, ROWS = 71, 20
ENTER = "\r"
LEAVE = "\x11"
"""Ctrl+Q, which ends the kiosk and the bare application alike."""

HERE = Path(__file__).parent
BARE = (sys.executable, str(HERE / "bare.py"))
KIOSK = str(Path(sys.executable).with_name("kiosk"))
"""The installed command, of the environment that the benchmarks run in."""

_QUIET_SECONDS = 0.1
"""Without a byte for so long, a page is taken to be painted; Textual paints every sixtieth of a second."""
_PATIENCE_SECONDS = 20.0

_HALF_BLOCKS = frozenset("▀▄█ ")


class Terminal:
    """One program and what it has drawn."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it. `begun` is the moment before `exec`."""
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self._ended = False
        self.begun = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:  # the child
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.execve(command[0], list(command), dict(environment))  # noqa: S606
            finally:
                os._exit(127)

    @property
    def rows(self) -> tuple[str, ...]:
        """What the screen shows."""
        buffer = self.screen.buffer
        return tuple("".join(buffer[row][column].data for column in range(COLUMNS)) for row in range(ROWS))

    @property
    def text(self) -> str:
        """What the screen shows, without a space or the end of a line."""
        return "".join("".join(self.rows).split())

    @property
    def picture(self) -> tuple[object, ...]:
        """Every cell with its colours, to be compared."""
        return tuple(self.screen.buffer[row][column] for row in range(ROWS) for column in range(COLUMNS))

    def wait(self, shows: Callable[[Terminal], bool]) -> float:
        """Wait until it shows what is wanted and says nothing more; the moment when that came, to the byte's chunk.

        A chunk is what the terminal handed over at once. It is looked at afterwards, so that looking takes no time.
        """
        deadline = time.perf_counter() + _PATIENCE_SECONDS
        moment = None
        while moment is None:
            chunks = list(self._read(deadline))
            if not chunks:
                raise RuntimeError("the screen does not show what was waited for:\n" + "\n".join(self.rows))
            for at, chunk in chunks:
                self._stream.feed(chunk)
                if moment is None and shows(self):
                    moment = at
        return moment

    def press(self, key: str) -> float:
        """Press a key and wait for the page that it brings; the seconds to the last byte of that page."""
        self._feed_waiting()
        before = self.picture
        start = time.perf_counter()
        os.write(self._file, key.encode())
        chunks: list[tuple[float, bytes]] = []
        pictures: list[tuple[object, ...]] = [before]
        while pictures[-1] == before:
            chunks += (fresh := list(self._read(start + _PATIENCE_SECONDS)))
            if not fresh:
                raise RuntimeError(f"nothing came of the key {key!r}:\n" + "\n".join(self.rows))
            for _, chunk in fresh:
                self._stream.feed(chunk)
                pictures.append(self.picture)
        return chunks[pictures.index(pictures[-1]) - 1][0] - start

    def drain(self, seconds: float) -> None:
        """Read and forget, so that the program never waits for us."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 and self.is_running:
            if select.select([self._file], [], [], left)[0] and not self._chunk():
                return

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended."""
        return not self._ended and not self._reap(os.WNOHANG)

    def resident(self) -> int:
        """Bytes of memory that the program's process holds."""
        return resident(self.pid)

    def close(self) -> None:
        """Leave as staff do; a program that stays is killed."""
        with suppress(OSError):
            os.write(self._file, LEAVE.encode())
        self.drain(10.0)
        if self.is_running:
            os.kill(self.pid, signal.SIGKILL)
            self._reap(0)
        os.close(self._file)

    def _reap(self, options: int) -> bool:
        if not self._ended:
            self._ended = os.waitpid(self.pid, options)[0] != 0
        return self._ended

    def _feed_waiting(self) -> None:
        while select.select([self._file], [], [], 0)[0] and (chunk := self._chunk()):
            self._stream.feed(chunk)

    def _read(self, deadline: float) -> Iterator[tuple[float, bytes]]:
        """What comes until nothing more comes, each with its moment; nothing where nothing comes in time."""
        left = deadline - time.perf_counter()
        while left > 0 and select.select([self._file], [], [], left)[0] and (chunk := self._chunk()):
            yield time.perf_counter(), chunk
            left = _QUIET_SECONDS

    def _chunk(self) -> bytes:
        try:
            return os.read(self._file, 1 << 16)
        except OSError:  # what Linux says when nobody is at the other end
            return b""


@contextmanager
def opened(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """A program that is closed afterwards."""
    terminal = Terminal(command, environment)
    try:
        yield terminal
    finally:
        terminal.close()


def compile_catalogues() -> None:
    """What an installation does: a checkout whose texts were edited since compiles them again at every start."""
    for source in wiring.shipped("locales").glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            with source.open("rb") as texts, compiled.open("wb") as file:
                write_mo(file, read_po(texts))


def environment(home: Path) -> dict[str, str]:
    """A person's environment with its own folders; Python may keep what it has compiled, as it does for anybody."""
    return {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
    }


def settings_file(folder: Path) -> Path:
    """Settings under which every key counts at once, and the voice plays to nowhere."""
    file = folder / "kiosk.toml"
    file.write_text(
        '[keys]\nrepeat_seconds = 0\nguard_seconds = 0\n[voice]\ndevice = "null"\n',
        encoding="utf-8",
    )
    return file


def resident(pid: int) -> int:
    """Bytes of memory that a process holds."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except OSError:
        found = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
        return int(found.stdout) * 1024
    return pages * os.sysconf("SC_PAGE_SIZE")


def shows_bare(terminal: Terminal) -> bool:
    """Whether the bare application is there."""
    return any("bare application" in row for row in terminal.rows)


class Welcome:
    """Whether a screen shows all of the welcome in Chinese: head, drawn word, question, saying, promise, help row."""

    def __init__(self) -> None:
        words = wiring.words()
        self._texts = [
            "".join(words.write("zh", message).split())
            for message in ("head", "welcome-question", "welcome-promise", "cap-speak", "cap-help", "cap-start")
        ]

    def __call__(self, terminal: Terminal) -> bool:
        text = terminal.text
        if not all(part in text for part in self._texts):
            return False
        _, question, promise, *_ = self._texts
        saying = text[text.index(question) + len(question) : text.index(promise)]
        drawn = [row for row in terminal.rows if row.strip() and _HALF_BLOCKS.issuperset(row)]
        return len(saying) >= 4 and len(drawn) >= 5


def next_key(terminal: Terminal) -> str:
    """The key that goes on: the first choice, or Enter where the help row offers it."""
    return ENTER if "[Enter]" in "".join(terminal.rows[-2:]) else "1"
