"""How long somebody waits for the welcome: from `exec` to its last byte, beside a bare Textual application.

Everything is warm: Python's compiled modules, the compiled packs, the log. The kiosk is the installed command in a real
pseudo-terminal of 71×20, which is read as a person would.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.packs import SCENARIOS, write_pack
from benchmarks.screen import BARE, KIOSK, Welcome, compile_catalogues, environment, opened, shows_bare
from kiosk import wiring

RUNS = 15
LIMIT = 1.6


def rows() -> Iterable[Row]:
    """The shipped packs, then a thousand scenarios."""
    compile_catalogues()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run = (KIOSK, "run", "--mute", "--lang", "zh")
        yield _row("cold start to the whole welcome", run, place)
        many = (*run, "--content", str(wiring.shipped("content")), "--content", str(write_pack(place)))
        yield _row(f"cold start with {SCENARIOS} scenarios more", many, place)


def _row(name: str, command: Sequence[str], home: Path) -> Row:
    welcome = _Welcomed(home)
    welcome.seconds(command)
    welcome.seconds(BARE)
    ours, baseline = [], []
    for _ in range(RUNS):
        ours.append(welcome.seconds(command))
        baseline.append(welcome.seconds(BARE))
    mine, other = statistics.median(ours), statistics.median(baseline)
    return Row(name, mine, other, mine / other, LIMIT)


class _Welcomed:
    def __init__(self, home: Path) -> None:
        self._environment = environment(home)
        self._welcome = Welcome()

    def seconds(self, command: Sequence[str]) -> float:
        """Start a program, wait for its first screen and close it."""
        is_there = shows_bare if command == BARE else self._welcome
        with opened(command, self._environment) as terminal:
            return terminal.wait(is_there) - terminal.begun
