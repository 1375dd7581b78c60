"""`kiosk log`: the participation log itself. What is in it is printed by `kiosk export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk import config, wiring
from kiosk.cli.options import CONFIG, DATA


@click.group()
def command() -> None:
    """Look after the participation log."""


@command.command(hidden=True)
@DATA
@CONFIG
def migrate(data: str | None, config_file: Path | None) -> None:
    """Begin the log in the data folder, or bring it to this version; a kiosk does it by itself when it starts."""
    settings = config.load(config_file, {"data": data}).settings
    if wiring.migrate_log(settings):
        print(f"kiosk: {settings.data}: the log is up to date now", file=sys.stderr)
