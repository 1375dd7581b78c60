"""How long a key takes to bring a whole new page, walked through whole learn visits in a real pseudo-terminal.

From the write of the key to the last byte of the page. The bare application changes one line with each key, in turn
with the kiosk. The guards against trembling hands are off and the kiosk is mute; its answers are kept on the disk.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.measure import Row, p95, promised
from benchmarks.screen import (
    BARE,
    HERE,
    KIOSK,
    Terminal,
    Welcome,
    compile_catalogues,
    environment,
    next_key,
    opened,
    settings_file,
    shows_bare,
)

KEYS = 250
"""Some eight visits."""
SLOW_KEYS = 70
"""Some two."""

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
        yield promised("key to a new page, p95, each commit taking 2 s", slow, SLOW_LIMIT_SECONDS)


def _side_by_side(command: Sequence[str], environ: dict[str, str]) -> tuple[float, float]:
    ours: list[float] = []
    baseline: list[float] = []
    with opened(command, environ) as kiosk, opened(BARE, environ) as bare:
        kiosk.wait(Welcome())
        bare.wait(shows_bare)
        for _ in range(KEYS):
            ours += _whole_page(kiosk)
            baseline.append(bare.press("1"))
    return p95(ours), p95(baseline)


def _on_a_slow_disk(command: Sequence[str], environ: dict[str, str]) -> float:
    with opened(command, environ) as kiosk:
        kiosk.wait(Welcome())
        found = [seconds for _ in range(SLOW_KEYS) for seconds in _whole_page(kiosk)]
    assert max(found) > 0.1, "no page waited for the disk: its commits are not slow"
    return p95(found)


def _whole_page(kiosk: Terminal) -> Iterable[float]:
    """The seconds to the page that the next key brings, if it is a whole new one: half of what is written differs."""
    before = kiosk.rows
    seconds = kiosk.press(next_key(kiosk))
    written = [(old, new) for old, new in zip(before, kiosk.rows, strict=True) if old.strip() or new.strip()]
    return [seconds] if 2 * sum(old != new for old, new in written) >= len(written) else []
