"""`kiosk doctor`: what works on this machine, line by line."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kiosk import config, wiring
from kiosk.cli.options import CONFIG, CONTENT, DATA
from kiosk.cli.output import note, write
from kiosk.core.checkup import Finding, State, works
from kiosk.usecases.examine import examine

_AREA = 8
"""The width of the longest name of an area."""


@click.command()
@CONTENT
@DATA
@CONFIG
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def command(content: tuple[str, ...], data: str | None, config_file: Path | None, form: str) -> int:
    """Tell what works on this machine, and what to do about what doesn't.

    Each line is ok, note (it works, but could be better) or bad, with what to do under it. Exits with 0 where a visitor
    could read and hear the kiosk in every language and be counted, else with 1. A kiosk may be running meanwhile.
    """
    loaded = config.load(config_file, {"content": content, "data": data})
    findings: list[Finding] = []
    for finding in examine(wiring.subject(loaded), _note_waiting):
        findings.append(finding)
        if form == "text":
            write(_line(finding))
    if form == "json":
        write(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2))
    note(_summary(findings))
    return 0 if works(findings) else 1


def _note_waiting(area: str) -> None:
    if area == "voice":
        note("asking the voice …")


def _line(finding: Finding) -> str:
    line = f"{finding.state:<4}  {finding.area:<{_AREA}}  {finding.text}"
    return f"{line}\n{'':<6}{'':<{_AREA}}  do: {finding.remedy}" if finding.remedy else line


def _summary(findings: list[Finding]) -> str:
    bad = sum(finding.state is State.BAD for finding in findings)
    notes = sum(finding.state is State.NOTE for finding in findings)
    noted = f"; {notes} {'note' if notes == 1 else 'notes'}"
    if bad:
        return f"{bad} bad {'line' if bad == 1 else 'lines'}: a kiosk here would not serve everybody{noted}"
    return f"a kiosk here would work{noted}"
