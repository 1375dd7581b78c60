"""How much memory the screen's process holds (Rss): after one visit beside a bare application, and after many visits.

The visits are whole ones in a real pseudo-terminal, with sound to a device that plays to nowhere; the voice is a
process of its own and not counted. The one visit is walked by reading the screen and pressing keys; the many walk from
within (`many_visits.py`), each key as soon as the page before it is painted.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.screen import (
    BARE,
    HERE,
    KIOSK,
    Welcome,
    compile_catalogues,
    environment,
    next_key,
    opened,
    settings_file,
    shows_bare,
)

RUNS = 11
LIMIT = 2.2

EARLY, LATE = 50, 500
GROWTH_LIMIT = 1.03
_PATIENCE_SECONDS = 900.0


def rows() -> Iterable[Row]:
    """One visit, then many."""
    compile_catalogues()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        environ = environment(place)
        options = ("run", "--lang", "zh", "--config", str(settings_file(place)))
        ours, baseline = [], []
        for _ in range(RUNS):
            after, keys = _after_one_visit((KIOSK, *options), environ)
            ours.append(after)
            baseline.append(_bare(keys, environ))
        mine, other = statistics.median(ours), statistics.median(baseline)
        yield Row("memory after one visit", mine, other, mine / other, LIMIT, "B")
        report = place / "report"
        walk = (sys.executable, "-m", "benchmarks.many_visits", f"{EARLY},{LATE}", str(report), *options)
        # Painting as fast as the machine can, else most of the time is spent waiting for the next sixtieth of a second.
        early, late = _after_many(walk, {**environ, "PYTHONPATH": str(HERE.parent), "TEXTUAL_FPS": "1000"}, report)
        yield Row(f"memory after {LATE} visits, beside after {EARLY}", late, early, late / early, GROWTH_LIMIT, "B")


def _after_one_visit(command: Sequence[str], environ: Mapping[str, str]) -> tuple[int, int]:
    """The memory when the welcome is there again, and the keys that it took."""
    shows_welcome = Welcome()
    with opened(command, environ) as kiosk:
        kiosk.wait(shows_welcome)
        keys = 0
        while keys == 0 or not shows_welcome(kiosk):
            kiosk.press(next_key(kiosk))
            keys += 1
        return kiosk.resident(), keys


def _bare(keys: int, environ: Mapping[str, str]) -> int:
    with opened(BARE, environ) as bare:
        bare.wait(shows_bare)
        for _ in range(keys):
            bare.press("1")
        return bare.resident()


def _after_many(command: Sequence[str], environ: Mapping[str, str], report: Path) -> tuple[int, int]:
    with opened(command, environ) as kiosk:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while kiosk.is_running and time.monotonic() < deadline:
            kiosk.drain(1.0)
    found = dict(line.split() for line in report.read_text("ascii").splitlines())
    return int(found[str(EARLY)]), int(found[str(LATE)])
