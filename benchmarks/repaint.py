"""How long a key takes to bring a whole new page, walked through whole learn visits in a real pseudo-terminal.

From the write of the key to the last byte of the page. The bare application changes one line with each key, in turn with
the kiosk. Keys are not guarded against trembling hands here, and the kiosk is mute; its answers are kept on the disk.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
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

PAGES = 150
"""Some four visits."""
SLOW_PAGES = 60

LIMIT = 2.0
SLOW_LIMIT_SECONDS = 0.35


def rows() -> Iterable[Row]:
    """On this machine's disk, then on a slow one."""
    compile_catalogues()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        options = ("run", "--mute", "--lang", "zh", "--config", str(settings_file(place)))
        mine, other = _side_by_side((KIOSK, *options), environment(place))
        yield Row("key to a whole new page, p95", mine, other, mine / other, LIMIT)
        slow = _on_a_slow_disk((sys.executable, str(HERE / "slow_commits.py"), *options), environment(place))
        yield absolute("key to a new page, p95, each commit taking 2 s", slow, SLOW_LIMIT_SECONDS)


def _side_by_side(command: Sequence[str], environ: dict[str, str]) -> tuple[float, float]:
    ours: list[float] = []
    baseline: list[float] = []
    with opened(command, environ) as kiosk, opened(BARE, environ) as bare:
        kiosk.wait(Welcome())
        bare.wait(shows_bare)
        for _ in range(PAGES):
            ours.append(kiosk.press(next_key(kiosk)))
            baseline.append(bare.press("1"))
    return _p95(ours), _p95(baseline)


def _on_a_slow_disk(command: Sequence[str], environ: dict[str, str]) -> float:
    with opened(command, environ) as kiosk:
        kiosk.wait(Welcome())
        return _p95([kiosk.press(next_key(kiosk)) for _ in range(SLOW_PAGES)])


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[18]
