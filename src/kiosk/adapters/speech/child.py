"""One running voice: its process, its private folder and the threads at its pipes."""

from __future__ import annotations

import io
import json
import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from kiosk.core.speech import Command, News, Playing, decode, encode

_log = logging.getLogger(__name__)

_LONGEST_LINE = 1 << 16
"""Bytes after which a line can be no message."""

_OWN = b"voice: "
"""How a line begins that the child wrote itself; the sound libraries write more."""

_LOGGED = 50
_LOGGED_CHARACTERS = 500
"""At most so many lines of one child are logged, and of each so much."""

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only as the parent of a private folder


class Child:
    """A process that has been started. What it says goes to `hear`, its end to `ended`, both on other threads."""

    def __init__(
        self,
        command: Sequence[str],
        hear: Callable[[Child, News | Playing], None],
        ended: Callable[[Child, str], None],
    ) -> None:
        """Raises `OSError` or `ValueError` where it can't be started. `--folder` is added to the command."""
        self._folder = private_folder()
        self._process = subprocess.Popen(
            [*command, "--folder", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            # Away from the terminal's signals; the end of its standard input is what ends it.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._news = io.BufferedReader(self._process.stdout)  # type: ignore[type-var]  # bufsize=0: it is raw
        self._hear = hear
        self._ended = ended
        self._commands: SimpleQueue[Command | None] = SimpleQueue()
        self._complaints: deque[bytes] = deque(maxlen=20)
        self._errors = threading.Thread(target=self._listen_to_errors, name="voice errors", daemon=True)
        self._threads = [
            self._errors,
            threading.Thread(target=self._write, name="voice commands", daemon=True),
            threading.Thread(target=self._read, name="voice news", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def folder(self) -> Path:
        """Where it keeps its files while it runs."""
        return self._folder

    def send(self, command: Command) -> None:
        """Write it soon; never waits, even for a child that reads nothing."""
        self._commands.put(command)

    def end(self, patience: float) -> None:
        """Let it end by itself for so many seconds, else kill it; nothing of it is left afterwards."""
        self._commands.put(None)
        with suppress(subprocess.TimeoutExpired):
            if patience > 0:
                self._process.wait(patience)
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5.0)
        for thread in self._threads:
            thread.join(1.0)
        if not any(thread.is_alive() for thread in self._threads):
            self._news.close()
            if self._process.stderr is not None:
                self._process.stderr.close()
        # It goes by another name while the child itself removes it.
        for folder in self._folder.parent.glob(f"{self._folder.name}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _write(self) -> None:
        pipe = self._process.stdin
        with suppress(OSError):
            while pipe and (command := self._commands.get()) is not None:
                rest = json.dumps(encode(command)).encode() + b"\n"
                while rest:
                    rest = rest[pipe.write(rest) or 0 :]
        with suppress(OSError):
            if pipe:
                pipe.close()

    def _read(self) -> None:
        why = ""
        try:
            while line := self._news.readline(_LONGEST_LINE):
                self._hear(self, _message(line))
        except (ValueError, OSError) as error:
            why = f"the voice said something strange: {error}"
        if not why:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.5)
            code = self._process.poll()
            why = "the voice has closed its mouth" if code is None else f"the voice ended with code {code}"
            self._errors.join(0.5)
        self._ended(self, why + self._last_complaint())

    def _listen_to_errors(self) -> None:
        """Keep the last lines: an error is told by them, and a full pipe would stop the child. Log its own."""
        pipe = self._process.stderr
        rest = b""
        left = _LOGGED
        with suppress(OSError, ValueError):
            while pipe and (some := pipe.read(4096)):
                self._complaints.append(some)
                *lines, rest = (rest + some).split(b"\n")
                rest = rest[:_LONGEST_LINE]
                for line in [line for line in lines if line.startswith(_OWN)][:left]:
                    left -= 1
                    _log.warning("%s", line.decode(errors="replace").strip()[:_LOGGED_CHARACTERS])

    def _last_complaint(self) -> str:
        lines = b"".join(self._complaints).decode(errors="replace").strip().splitlines()
        return f": {lines[-1].strip()[:200]}" if lines else ""


def _message(line: bytes) -> News | Playing:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError(f"{line[:80]!r}")  # noqa: TRY004 - the line is wrong, not this program
    message: News | Playing = decode(row)
    return message


def private_folder() -> Path:
    """Where the child makes its folder; in memory where there is some, to spare a kiosk's card.

    Only a name, of which none is like another: what the child makes itself it can remove itself, whenever the kiosk
    is killed.
    """
    in_memory = sys.platform.startswith("linux") and os.access(_SHARED_MEMORY, os.W_OK | os.X_OK)
    folder = _SHARED_MEMORY if in_memory else Path(tempfile.gettempdir())
    return folder / f"kiosk-voice-{secrets.token_hex(8)}"
