"""`kiosk voice render`: everything that may have to be said, synthesised before it is."""

from __future__ import annotations

import math
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

import click

from kiosk import config, wiring
from kiosk.cli.options import CONFIG
from kiosk.cli.output import note, write
from kiosk.cli.voices import describe
from kiosk.core.catalogue import offered_languages, voiced
from kiosk.core.counting import count
from kiosk.core.errors import KioskError, UsageError
from kiosk.core.pace import expected_seconds
from kiosk.core.recordings import played
from kiosk.core.repertoire import repertoire
from kiosk.core.settings import SPEEDS, Settings
from kiosk.core.speech import Repertoire
from kiosk.ports import Renderer
from kiosk.usecases.render import Order, Outcome, rendered

_MOST_JOBS = 64
_STOPPED = 130
"""The exit code of what a person ended with Ctrl+C."""
_BYTES_A_SECOND = 33_000
"""Of what is kept: 16 bits a sample, less what compressing saves."""
_MEGABYTE = 1_000_000
_SPARE = 1.25
"""What is recommended beside what is needed: for what is different every time, and for packs that grow."""
_NAMED = 20
"""Parts of which each is named, of those that failed for the same reason."""


class _Work(NamedTuple):
    """What there is to do."""

    orders: tuple[Order, ...]
    """Without what is recorded."""
    recorded: int
    repertoire: Repertoire


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PACK]…")
@click.option("--lang", multiple=True, metavar="LANGUAGE", help="Only this one; may be given several times.")
@click.option(
    "--speed",
    "speeds",
    multiple=True,
    type=click.Choice([str(speed) for speed in SPEEDS]),
    help="Percent of the usual rate; that of the settings without it; may be given several times.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, _MOST_JOBS),
    default=lambda: min(os.cpu_count() or 1, _MOST_JOBS),
    show_default="one for each processor",
    help="How many voices work at once.",
)
@CONFIG
def render(
    paths: tuple[Path, ...], lang: tuple[str, ...], speeds: tuple[str, ...], jobs: int, config_file: Path | None
) -> int:
    """Synthesise what is not recorded, ahead.

    All that PACK may have to say is then ready before it is needed; without PACK, the packs of the settings. It can be
    stopped at any moment (Ctrl+C) and begun again: what is ready is kept, and only the rest is made. Exits with 1 where
    something could not be made, or where not all of it can be kept.
    """
    settings = replace(config.load(config_file).settings, sound_device="null", headphones="")
    if not settings.voice_cache_megabytes:
        raise UsageError("voice.cache_megabytes is 0, so nothing would be kept: set it, or leave it out")
    _check_folder(Path(settings.cache))
    work = _plan(settings, paths, lang, sorted({int(speed) for speed in speeds} or {settings.speed}))
    voices = {voice.language: voice.voice for voice in describe(settings, work.repertoire).voices if voice.used}
    orders = [order for order in work.orders if order.utterance.language in voices]
    _check_room(((order, _expected(order)) for order in orders), voices, settings, "about ")
    outcomes: list[Outcome] = []
    begun = time.monotonic()
    try:
        with closing(rendered(orders, _starter(settings, work.repertoire), jobs)) as made:
            for outcome in _told(made, len(orders)):
                outcomes.append(outcome)
    except KeyboardInterrupt:
        ready = sum(not outcome.why for outcome in outcomes)
        note(f"stopped: {ready} of {len(orders)} parts are ready; the same command makes the rest")
        return _STOPPED
    for line in _summary(work, outcomes, time.monotonic() - begun):
        write(line)
    for language, _ in work.repertoire.languages:
        if language not in voices:
            note(f"no voice for {language}: `kiosk voice list` says why")
    failed = [outcome for outcome in outcomes if outcome.why]
    for line in _named(failed):
        note(line)
    fits = _check_room(((outcome.order, outcome.seconds) for outcome in outcomes), voices, settings)
    return int(len(orders) < len(work.orders) or bool(failed) or not fits)


def _check_folder(cache: Path) -> None:
    """Refuse to begin what nothing would be kept of."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=cache):
            pass
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise KioskError(f"{cache}: nothing can be kept there: {why}: name another folder in data.cache") from error


def _plan(settings: Settings, paths: Sequence[Path], languages: Sequence[str], speeds: Sequence[int]) -> _Work:
    content = list(paths) or [Path(path) for path in settings.content] or [wiring.shipped("content")]
    catalogue, items, *_ = wiring.read_packs(content, date.today())
    if catalogue.faults:
        note(f"{count(catalogue.faults, 'item')} left out because of errors: see `kiosk content check`")
    words = wiring.words()
    offered = offered_languages(settings.languages, words.languages, catalogue.packs)
    for language in languages:
        if language not in offered:
            raise UsageError(f"--lang {language}: this kiosk speaks {', '.join(offered)}")
    chosen = {language: catalogue.written(language) for language in languages or offered}
    folders = tuple((pack.id, pack.folder) for pack in catalogue.packs)
    recorded = {
        (place.language, place.name(pack))
        for pack, folder in folders
        for place in played(wiring.recordings(Path(folder)).files())
    }
    parts = {
        (utterance.language, utterance.part): utterance
        for language, written in chosen.items()
        for utterance in repertoire(catalogue, items, words, language, written)
    }
    to_make = [utterance for key, utterance in parts.items() if key not in recorded]
    return _Work(
        tuple(Order(utterance, speed) for speed in speeds for utterance in to_make),
        len(parts) - len(to_make),
        Repertoire(voiced(chosen, catalogue), folders),
    )


def _starter(settings: Settings, repertoire: Repertoire) -> Callable[[], Renderer]:
    """What starts a voice."""

    def start() -> Renderer:
        voice = wiring.speech(settings)
        voice.know(repertoire)
        voice.start()
        return voice

    return start


def _told(outcomes: Iterator[Outcome], count: int) -> Iterator[Outcome]:
    """The same, with a bar on stderr, or a line for every tenth where that is no terminal."""
    if count and sys.stderr.isatty():
        with click.progressbar(outcomes, count, "rendering", show_pos=True, file=sys.stderr) as bar:
            yield from bar
        return
    tenths = 0
    for done, outcome in enumerate(outcomes, 1):
        yield outcome
        if done * 10 // count > tenths:
            tenths = done * 10 // count
            note(f"{tenths * 10} % ({done} of {count})")


def _summary(work: _Work, outcomes: Sequence[Outcome], seconds: float) -> Iterator[str]:
    made = [outcome for outcome in outcomes if outcome.characters]
    there = sum(not outcome.characters and outcome.seconds > 0 for outcome in outcomes)
    # A variety without a voice of its own takes the recordings of its written language, too.
    recorded = work.recorded + sum(not outcome.why and outcome.seconds == 0 for outcome in outcomes)
    sound = sum(outcome.seconds for outcome in made)
    rows = [
        ("parts", str(len(work.orders) + work.recorded)),
        ("from recordings", str(recorded)),
        ("already there", str(there)),
        ("made", str(len(made))),
        ("not made", str(len(work.orders) - sum(not outcome.why for outcome in outcomes))),
    ]
    if made and sound:
        rows += [
            ("characters a second", f"{sum(outcome.characters for outcome in made) / seconds:.0f}"),
            ("times faster than speech", f"{sound / seconds:.0f}"),
        ]
    width = max(len(name) for name, _ in rows) + 2
    return (f"{name:<{width}}{value}" for name, value in rows)


def _named(failed: Sequence[Outcome]) -> Iterator[str]:
    """What could not be made, and why; of many for the same reason only the first."""
    whys = Counter(outcome.why for outcome in failed)
    named = Counter[str]()
    for (utterance, speed), _, _, why in failed:
        named[why] += 1
        if named[why] <= _NAMED:
            yield f"{utterance.part} ({utterance.language}, {speed} %): {why}"
    yield from (f"and {count - _NAMED} more parts: {why}" for why, count in whys.items() if count > _NAMED)


def _expected(order: Order) -> float:
    return expected_seconds(order.utterance.text, order.utterance.language, order.speed)


def _check_room(
    sounds: Iterable[tuple[Order, float]], voices: Mapping[str, str], settings: Settings, about: str = ""
) -> bool:
    """Whether so many seconds of sound can be kept, saying so where they can't; `voices` are those of each language.

    A text that several parts share, or languages of one voice, is kept once for each speaker.
    """
    kept = {
        (order.utterance.text, voices[order.utterance.language], order.utterance.speaker, order.speed): seconds
        for order, seconds in sounds
    }
    needed = sum(kept.values()) * _BYTES_A_SECOND / _MEGABYTE
    limit = settings.voice_cache_megabytes
    if needed <= limit:
        return True
    enough = math.ceil(needed * _SPARE / 100) * 100
    note(
        f"voice.cache_megabytes is {limit}, and all of this takes {about}{math.ceil(needed)}: what is made first is "
        f"lost again; set it to {enough}"
    )
    return False
