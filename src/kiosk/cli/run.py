"""`kiosk run`: open the kiosk in this terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk import config, wiring
from kiosk.cli.options import CONFIG, CONTENT, DATA
from kiosk.core.errors import KioskError, UsageError


@click.command()
@click.option(
    "--lang",
    "language",
    metavar="LANG",
    help="Start in this language: zh, zh-Hant, en, or a spoken variety that a pack has. Without it, as the locale.",
)
@CONTENT
@DATA
@CONFIG
@click.option("--mute", is_flag=True, help="Start every visit without sound; [.] switches it on.")
@click.option("--locked", is_flag=True, help="No key leaves; ending the terminal does.")
@click.option("--rehearse", is_flag=True, help="For training volunteers: marked on every screen, nothing is kept.")
@click.option("--item", metavar="NAME", help="With --rehearse: only this case and its twin, or this story.")
def command(
    language: str | None,
    content: tuple[str, ...],
    data: str | None,
    config_file: Path | None,
    item: str | None,
    *,
    mute: bool,
    locked: bool,
    rehearse: bool,
) -> int:
    """Open the kiosk in this terminal. Ctrl+Q leaves."""
    if item is not None and not rehearse:
        raise UsageError("--item is for looking at one case: add --rehearse, so that nobody is counted by it")
    overrides = {"language": language, "content": content, "data": data, "muted": mute or None}
    settings = config.load(config_file, overrides).settings
    if not (sys.__stdin__ and sys.__stdin__.isatty() and sys.__stdout__ and sys.__stdout__.isatty()):
        raise UsageError("this is not a terminal: open one and start `kiosk run` in it")
    if not (sys.__stderr__ and sys.__stderr__.isatty()):
        raise UsageError("the screen is drawn on stderr: don't redirect it; notes are in kiosk.log in the data folder")
    start = settings.language or config.language_of_locale(settings.languages)
    log, uncounted = wiring.open_log(settings, rehearse=rehearse)
    try:
        if uncounted and not rehearse:
            print(f"kiosk: not counted today: {uncounted}", file=sys.stderr)
        fault = wiring.show(settings, log, start, locked=locked, rehearse=rehearse, refused=bool(uncounted), item=item)
    finally:
        log.close()
    if isinstance(fault, KioskError):
        raise fault
    if fault is not None:
        raise KioskError("the screen failed; what is known is in kiosk.log in the data folder: start the kiosk again")
    return 0
