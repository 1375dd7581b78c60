"""`kiosk config`: the settings in force."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kiosk import config
from kiosk.cli.options import CONFIG, DATA


@click.group()
def command() -> None:
    """Show the settings in force."""


@command.command()
@CONFIG
@DATA
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def show(config_file: Path | None, data: str | None, form: str) -> None:
    """Print every setting, its value, and where that is from: an option, the file, or the default."""
    loaded = config.load(config_file, {"data": data})
    rows = [(key.name, _plain(getattr(loaded.settings, key.field)), loaded.sources[key.field]) for key in config.KEYS]
    if form == "json":
        settings = {name: {"value": value, "from": source} for name, value, source in rows}
        file = None if loaded.file is None else str(loaded.file)
        click.echo(json.dumps({"file": file, "settings": settings}, ensure_ascii=False, indent=2))
        return
    if loaded.file is None:
        click.echo(f"# no file: neither {' nor '.join(map(str, config.places()))}")
    else:
        click.echo(f"# file: {loaded.file}")
    shown = [(name, json.dumps(value, ensure_ascii=False), source) for name, value, source in rows]
    widths = [max(len(row[column]) for row in shown) for column in (0, 1)]
    for name, value, source in shown:
        click.echo(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {source}")


def _plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value
