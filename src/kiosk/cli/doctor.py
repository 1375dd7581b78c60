"""`kiosk doctor`: what works on this machine, line by line."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import click
from rich.cells import cell_len

from kiosk import config, wiring
from kiosk.cli.options import CONFIG, CONTENT, DATA
from kiosk.cli.output import note, write
from kiosk.core.checkup import AREAS, Finding, State, works
from kiosk.core.counting import count
from kiosk.core.layout import break_lines
from kiosk.usecases.examine import examine

_AREA = max(map(len, AREAS))
_INDENT = " " * (6 + _AREA + 2)
_NARROWEST = 20
"""Cells for a text, so that it stays one in a tiny window."""


@click.command()
@CONTENT
@DATA
@CONFIG
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def command(content: tuple[str, ...], data: str | None, config_file: Path | None, form: str) -> int:
    """Tell what works on this machine, and what to do about what doesn't.

    Each line is ok, note (it works, but could be better) or bad, with what to do under it. Exits with 0 where a visitor
    could read and hear the kiosk in every language and be counted, else with 1; with 2 where the settings can't be
    read. A kiosk may be running meanwhile.
    """
    loaded = config.load(config_file, {"content": content, "data": data})
    findings: list[Finding] = []
    for finding in examine(wiring.subject(loaded), _note_waiting):
        findings.append(finding)
        if form == "text":
            write(_line(finding, _width()))
    if form == "json":
        write(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2))
    note(_summary(findings))
    return 0 if works(findings) else 1


def _note_waiting(area: str) -> None:
    if area == "voice":
        note("asking the voice …")


def _width() -> int:
    """The cells of a line; 0 where it isn't a person's terminal, and lines are not to be broken."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def _line(finding: Finding, width: int) -> str:
    head = f"{finding.state:<4}  {finding.area:<{_AREA}}  "
    lines = _hanging(head, finding.text, len(_INDENT), width)
    if finding.remedy:
        lines += _hanging(f"{_INDENT}do: ", finding.remedy, len(f"{_INDENT}do: "), width)
    return "\n".join(lines)


def _hanging(head: str, text: str, indent: int, width: int) -> list[str]:
    """A text behind what it begins with; further lines are indented, and lines are only broken for a width."""
    lines = break_lines(text, max(_NARROWEST, width - indent), cell_len) if width else [text]
    return [(" " * indent if place else head) + line for place, line in enumerate(lines)]


def _summary(findings: list[Finding]) -> str:
    bad = [finding.area for finding in findings if finding.state is State.BAD]
    notes = sum(finding.state is State.NOTE for finding in findings)
    noted = f"; {count(notes, 'note')}"
    if bad:
        areas = ", ".join(dict.fromkeys(bad))
        return f"{count(len(bad), 'bad line')}: {areas}; a kiosk here would not serve everybody{noted}"
    return f"a kiosk here would work{noted}"
