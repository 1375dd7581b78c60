"""Where a kiosk is tried: its own home, settings and data, and the installed command itself."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk import wiring
from tests.end_to_end.terminal import PATIENCE, Terminal

KIOSK = Path(sys.executable).with_name("kiosk")
"""The installed command."""

STARTING = [wiring.words().write(language, "starting") for language in wiring.words().languages]
"""What stands on the welcome until the packs are compiled."""

_NOT_OURS = (
    "LC_",
    "LANG",
    "XDG_",
    "KIOSK_",
    "PYTHON",
    "TEXTUAL",
    "NO_COLOR",
    "COLORTERM",
    "COLUMNS",
    "LINES",
    "PYTEST",
)
_MARK = "TRIED_ON"

SETTINGS = """\
[site]
kiosk = "kiosk-7"
name = "Test centre"
[keys]
repeat_seconds = 0
guard_seconds = 0
[voice]
device = "null"
[data]
cache = {cache}
"""


class Premises:
    """One kiosk's surroundings."""

    def __init__(self, folder: Path, cache: Path, log: Path | None = None) -> None:
        """`cache` holds compiled packs; `log` is a folder with a log that was begun, which is copied."""
        self.folder = folder
        self._log = log
        self.data = folder / "data"
        self.config = folder / "kiosk.toml"
        self.cache = cache
        self.configure()
        self.mark = uuid.uuid4().hex
        self.terminals: list[Terminal] = []
        self.begin_log(self.data)

    def configure(self, more: str = "") -> None:
        """Write the settings; `more` is TOML too."""
        self.config.write_text(SETTINGS.format(cache=json.dumps(str(self.cache))) + more, encoding="utf-8")

    def environment(self, **changes: str | None) -> dict[str, str]:
        """That of the kiosk; a change of None takes a variable away."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        own: dict[str, str | None] = {
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "share"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "TERM": "xterm-256color",
            "LC_ALL": "zh_CN.UTF-8",
            _MARK: self.mark,
        }
        merged: dict[str, str | None] = {**kept, **own, **changes}
        return {name: value for name, value in merged.items() if value is not None}

    def open(
        self,
        *options: str,
        size: tuple[int, int] = (71, 20),
        muted: bool = True,
        data: Path | None = None,
        environment: Mapping[str, str | None] | None = None,
        before: Callable[[], None] | None = None,
        ready: bool = True,
        frames: bool = True,
    ) -> Terminal:
        """`kiosk run` in a terminal; with `ready`, once its welcome can be used."""
        command = [str(KIOSK), "run", "--config", str(self.config), "--data", str(data or self.data), *options]
        if muted:
            command.append("--mute")
        terminal = self.spawn(command, size, environment, before, frames=frames)
        if ready:
            terminal.until(
                lambda: {"1", "9"} <= set(terminal.caps) and not any(map(terminal.shows, STARTING)), "at the welcome"
            )
        return terminal

    def spawn(
        self,
        command: list[str],
        size: tuple[int, int] = (71, 20),
        environment: Mapping[str, str | None] | None = None,
        before: Callable[[], None] | None = None,
        *,
        frames: bool = True,
    ) -> Terminal:
        """Any command in a terminal."""
        terminal = Terminal(command, self.environment(**(environment or {})), *size, before=before, frames=frames)
        self.terminals.append(terminal)
        return terminal

    def run(self, *arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
        """The command without a terminal."""
        return subprocess.run(
            [str(KIOSK), *arguments],
            env=self.environment(**changes),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE * 2,
            check=False,
        )

    def export(self, table: str, data: Path | None = None) -> list[dict[str, Any]]:
        """The rows of a table, as `kiosk export` prints them."""
        done = self.run("export", "--table", table, "--format", "jsonl", "--data", str(data or self.data))
        assert (done.returncode, done.stderr) == (0, ""), done
        return [json.loads(line) for line in done.stdout.splitlines()]

    def until_exported(self, table: str, number: int, data: Path | None = None) -> list[dict[str, Any]]:
        """The rows of a table, once there are so many; the writer is behind the screen where the machine is slow."""
        end = time.monotonic() + PATIENCE
        while len(rows := self.export(table, data)) < number:
            if time.monotonic() > end:
                raise AssertionError(f"{len(rows)} of {number} rows in {table}")
            for terminal in self.terminals:
                terminal.read()
        return rows

    def begin_log(self, data: Path) -> None:
        """What the first start of all does in the background, which takes it a second."""
        if self._log is not None:
            shutil.copytree(self._log, data)

    def running(self, containing: str = "") -> list[int]:
        """Every process that a kiosk of these premises started, itself included, whatever has become of its parent."""
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit() or int(folder.name) == os.getpid():
                continue
            with suppress(OSError):
                if f"{_MARK}={self.mark}".encode() in (folder / "environ").read_bytes():
                    called = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    if called and containing in called:
                        found.append(int(folder.name))
        return found

    def until_nothing_runs(self, seconds: float = 15.0) -> None:
        """Wait until no process is left behind."""
        end = time.monotonic() + seconds
        while left := self.running():
            if time.monotonic() > end:
                names = [Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ") for pid in left]
                raise AssertionError(f"left behind: {names}")
            time.sleep(0.05)

    def close(self) -> None:
        """End everything that was started here."""
        for terminal in self.terminals:
            terminal.close()
        for pid in self.running():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def single_line(text: str) -> str:
    """What is said to a person: one line, and no traceback."""
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    assert len(lines) == 1, text
    assert "Traceback" not in text
    return lines[0]
