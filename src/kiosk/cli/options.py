"""Options that several commands understand, worded once."""

from __future__ import annotations

from pathlib import Path

import click

CONFIG = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The settings (TOML), instead of kiosk.toml in its usual places.",
)

DATA = click.option("--data", "data", metavar="DIR", help="The data folder, instead of the one that the settings name.")

CONTENT = click.option(
    "--content",
    "content",
    multiple=True,
    metavar="DIR",
    help="A pack or a folder of packs, instead of those that come with the kiosk; may be given several times.",
)
