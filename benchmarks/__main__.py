"""`python -m benchmarks [NAME …]`: measures beside baselines and prints one table.

A module of this folder that has `rows()` is one benchmark; names choose among them. The table goes to stdout, the
progress to stderr; the exit code is 1 where a promise is broken.
"""

from __future__ import annotations

import pkgutil
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from benchmarks.measure import Row

_HEAD = ("", "ours", "baseline", "ratio", "limit", "")


def main(names: list[str]) -> int:
    """Measure; the exit code."""
    benchmarks = _benchmarks()
    unknown = [name for name in names if name not in benchmarks]
    if unknown:
        print(f"benchmarks: no {', '.join(unknown)}: there are {', '.join(benchmarks)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names or benchmarks:
        start = time.perf_counter()
        print(f"{name} …", file=sys.stderr, flush=True)
        for row in benchmarks[name]():
            rows.append(row)
            print(f"  {row.name}: {row.ratio:.3f}", file=sys.stderr, flush=True)
        print(f"  {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    print(_table(rows))
    return 0 if all(row.is_kept for row in rows) else 1


def _benchmarks() -> dict[str, Callable[[], Iterable[Row]]]:
    """By name, the modules that measure something."""
    found: dict[str, Callable[[], Iterable[Row]]] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name.startswith("_"):
            continue
        rows = getattr(import_module(f"benchmarks.{module.name}"), "rows", None)
        if rows is not None:
            found[module.name] = rows
    return found


def _table(rows: Iterable[Row]) -> str:
    lines = [_HEAD, *map(_line, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, len(_HEAD) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _line(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        _amount(row.ours, row.unit),
        _amount(row.baseline, row.unit),
        _ratio(row.ratio),
        f"≤ {row.limit:g}",
        "ok" if row.is_kept else "over",
    )


def _amount(amount: float, unit: str) -> str:
    if unit == "s":
        return f"{amount:.2f} s" if amount >= 1 else f"{amount * 1e3:.1f} ms"
    if unit == "B":
        return f"{amount / 1e6:.1f} MB"
    return f"{amount:.3g} {unit}"


def _ratio(ratio: float) -> str:
    return f"{ratio:.4f}" if ratio < 0.1 else f"{ratio:.2f}" if ratio < 1 else f"{ratio:.3f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
