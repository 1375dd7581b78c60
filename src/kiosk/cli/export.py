"""`kiosk export`: the rows of the participation log as they are."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click

from kiosk import config, wiring
from kiosk.cli.options import CONFIG, DATA
from kiosk.core.errors import UsageError
from kiosk.core.records import TABLES


def _day(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A day as it stands in the log."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise click.BadParameter(f"{value!r} is not a day: write it as 2026-03-31", param=parameter)
    return value


@click.command()
@click.option(
    "--table", required=True, type=click.Choice(list(TABLES.values())), help="What a row is: see docs/DATA.md."
)
@click.option(
    "--format", "form", required=True, type=click.Choice(["jsonl", "csv"]), help="One JSON object a line, or CSV."
)
@click.option("--from", "since", metavar="DAY", callback=_day, help="The first day (2026-03-01); all without it.")
@click.option("--to", "until", metavar="DAY", callback=_day, help="The last day, included.")
@DATA
@CONFIG
def command(
    table: str, form: str, since: str | None, until: str | None, data: str | None, config_file: Path | None
) -> None:
    """Print a table of the participation log, oldest first; a kiosk may be running meanwhile.

    Nothing that applies is null in jsonl and empty in csv; yes and no are true and false in both.
    """
    if since is not None and until is not None and since > until:
        raise UsageError(f"--from {since} is after --to {until}: exchange them")
    settings = config.load(config_file, {"data": data}).settings
    out = sys.stdout.buffer  # bytes: UTF-8 and line ends are those of the format, not of this system
    with wiring.log_rows(settings) as rows:
        columns = rows.columns(table)
        found = rows.read(table, since, until)
        for line in _jsonl(columns, found) if form == "jsonl" else _csv(columns, found):
            out.write(line.encode("utf-8"))
        out.flush()


def _jsonl(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n"


def _csv(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """RFC 4180, with a line of names."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    for row in chain([columns], rows):
        writer.writerow([str(value).lower() if isinstance(value, bool) else value for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
