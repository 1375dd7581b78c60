"""`kiosk content`: check, list and compile packs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from kiosk import wiring
from kiosk.cli.coverage import as_json, as_lines
from kiosk.cli.options import CONTENT
from kiosk.cli.output import note, tell_problems, write
from kiosk.core.catalogue import Entry
from kiosk.core.characters import SPOKEN_AS
from kiosk.core.items import Fact, Item
from kiosk.core.problems import Problem, Severity

_FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Lines for people, or one JSON array."
)


@click.group()
def command() -> None:
    """Check, list and compile content packs."""


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@_FORMAT
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--no-infos", is_flag=True, help="Leave out what is only to know or to be confirmed.")
def check(paths: Sequence[Path], form: str, *, strict: bool, no_infos: bool) -> int:
    """Look for mistakes in packs, and for what serves their visitors badly.

    PATH is a pack, a folder of packs, or a file inside a pack. Exit code 0: nothing wrong; 1: errors (with --strict
    warnings too); 2: nothing there to read.
    """
    problems = wiring.check_packs(paths, date.today())
    if no_infos:
        problems = [problem for problem in problems if problem.severity is not Severity.INFO]
    return tell_problems(problems, form, ", ".join(map(str, paths)), strict=strict)


@command.command("list")
@CONTENT
@_FORMAT
@click.option(
    "--coverage", is_flag=True, help="Count the cases by fraud type, channel, verdict and level, with the gaps."
)
def list_(content: Sequence[str], form: str, *, coverage: bool) -> int:
    """List what the kiosk can show: id, kind, verdict, channel, level and title, separated by tabs.

    Items with errors are left out, as the kiosk leaves them out. With --coverage: a table of how many cases there are;
    `2+1` are two to practise and one to measure with.
    """
    folders = [Path(path) for path in content] or [wiring.shipped("content")]
    compiled = wiring.read_packs(folders, date.today())
    entries, vocabulary = compiled.catalogue.entries, (compiled.fraud_types, compiled.channels)
    if coverage and form == "json":
        write(json.dumps(as_json(entries, *vocabulary), ensure_ascii=False, indent=2))
    elif coverage:
        for line in as_lines(entries, *vocabulary):
            write(line)
    else:
        _write_rows([_row(entry, compiled.items[entry.id]) for entry in entries], form)
    faults = compiled.catalogue.faults
    note(f"{len(entries)} items{f'; {faults} left out: see `kiosk content check`' if faults else ''}")
    return int(not entries and _has_errors(compiled.problems))


@command.command("compile", hidden=True)
@click.argument("content", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--cache", type=click.Path(path_type=Path), help="The folder of the cache.")
@click.option("--to-stdout", is_flag=True, help="Write the cache to stdout instead.")
def compile_(content: Sequence[Path], cache: Path | None, *, to_stdout: bool) -> int:
    """Compile packs for the kiosk, which calls this itself."""
    if to_stdout == (cache is not None):
        raise click.UsageError("name either --cache DIR or --to-stdout")
    made = wiring.compile_packs(content, cache, date.today())
    if to_stdout:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    return 0


def _write_rows(rows: Sequence[Mapping[str, Any]], form: str) -> None:
    if form == "json":
        write(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            write("\t".join(_cell(value) for value in row.values()))


def _row(entry: Entry, item: Item) -> dict[str, Any]:
    title = item.question.prompt if isinstance(item, Fact) else item.title
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "verdict": entry.verdict.value if entry.verdict else None,
        "channel": entry.channel or None,
        "level": entry.level or None,
        "title": title.written,
    }


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        # The same in other characters tells nothing more.
        return " / ".join(text for code, text in value.items() if SPOKEN_AS.get(code) not in value)
    return "-" if value is None else str(value)


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
