"""Builds what is asked for, importing an adapter inside the function that builds it."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.errors import KioskError, LogBusy, LogError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from kiosk.adapters.log.export import Rows
    from kiosk.adapters.packs.cache import CompiledPacks
    from kiosk.adapters.packs.compiler import Compiled
    from kiosk.adapters.speech.voice import Voice
    from kiosk.config import Loaded
    from kiosk.core.catalogue import PackName
    from kiosk.core.problems import Problem
    from kiosk.core.settings import Settings
    from kiosk.ports import Entropy, Glyphs, Log, Packs, Recordings, Speech, Words
    from kiosk.usecases.examine import Subject


def shipped(name: str) -> Path:
    """The folder `content` or `locales`: inside the installed package, or in the checkout around it."""
    package = Path(__file__).parent
    for folder in (package / "_data" / name, package.parent.parent / name):
        if folder.is_dir():
            return folder
    raise KioskError(f"{name}/ is missing beside the program: install it again")


def words() -> Words:
    """The interface's own texts."""
    from kiosk.adapters.packs import conversion
    from kiosk.adapters.words import Catalogues

    return Catalogues(shipped("locales"), conversion)


def glyphs() -> Glyphs:
    """The bitmaps of what is drawn large."""
    from kiosk.adapters.glyphs import Bitmaps

    return Bitmaps()


def entropy() -> Entropy:
    """Where seeds and random names come from."""
    from kiosk.adapters.entropy import SystemEntropy

    return SystemEntropy()


def packs(content: Sequence[Path], cache: Path) -> CompiledPacks:
    """What the kiosk shows, from packs or folders of packs, compiled into the folder `cache`."""
    from kiosk.adapters.packs.cache import CompiledPacks

    return CompiledPacks(content, cache)


def check_packs(paths: Sequence[Path], today: date) -> list[Problem]:
    """What is wrong with packs, folders of packs or files inside packs."""
    from kiosk.adapters.packs.paths import check_paths

    return check_paths(paths, today, words())


def read_packs(content: Sequence[Path], today: date) -> Compiled:
    """What is good of packs and what is wrong with them, read in this process."""
    from kiosk.adapters.packs import compiler
    from kiosk.adapters.packs.folder import find_packs

    return compiler.read_packs(find_packs(content), today)


def recordings(pack: Path) -> Recordings:
    """The audio files in the folder of a pack."""
    from kiosk.adapters.recordings import AudioFolder

    return AudioFolder(pack)


def in_characters(texts: Sequence[str], language: str) -> list[str]:
    """Texts in the characters of one of two languages that are spoken alike; as they are where that can't be done."""
    from kiosk.adapters.packs.conversion import can_convert, convert

    return convert(texts, language) if can_convert(language) else list(texts)


def compile_packs(content: Sequence[Path], cache: Path | None, today: date) -> bytes:
    """Compile packs into the folder `cache`, or give the bytes back where there is none."""
    from kiosk.adapters.packs import compiler

    return compiler.compile_packs(content, cache, today)


def open_log(settings: Settings, *, rehearse: bool = False) -> tuple[Log, str]:
    """The participation log, and why nothing will be counted (empty where it will).

    Takes hold of the data folder and opens nothing yet: `Log.start` does, after the first frame, and tells whether the
    file itself can be used. Raises `LogBusy` where another kiosk uses the folder, `UsageError` where there can be none.
    """
    from kiosk.adapters.log.lock import hold, make
    from kiosk.adapters.log.writer import NotCounted, Writer

    folder = Path(settings.data)
    try:
        if rehearse:
            make(folder)
            return NotCounted("this is a rehearsal"), "this is a rehearsal"
        return Writer(folder, settings.kiosk, settings.site, hold(folder)), ""
    except LogBusy:
        raise
    except LogError as error:
        return NotCounted(str(error)), str(error)


def log_rows(settings: Settings) -> AbstractContextManager[Rows]:
    """The rows of the participation log, read only."""
    from kiosk.adapters.log.export import open_rows

    return open_rows(Path(settings.data))


def migrate_log(settings: Settings) -> bool:
    """Begin the participation log, or bring it to this version; false where nothing was due."""
    from kiosk.adapters.log.lock import make
    from kiosk.adapters.log.migrate import upgrade

    folder = Path(settings.data)
    make(folder)
    return upgrade(folder)


def subject(loaded: Loaded) -> Subject:
    """A kiosk with these settings, to be looked at; nothing of it is started."""
    from kiosk import config
    from kiosk.adapters.log.export import glance
    from kiosk.adapters.machine import ThisMachine
    from kiosk.adapters.recordings import AudioFolder
    from kiosk.usecases.examine import Subject

    settings = loaded.settings
    content = [Path(path) for path in settings.content] or [shipped("content")]
    return Subject(
        settings,
        file=str(loaded.file or ""),
        places=tuple(map(str, config.places())),
        content=tuple(map(str, content)),
        machine=ThisMachine(),
        packs=packs(content, Path(settings.cache)),
        words=words(),
        bitmap=glyphs().bitmap,
        log=lambda: glance(Path(settings.data)),
        voice=lambda: speech(settings),
        recordings=lambda folder: AudioFolder(Path(folder)),
    )


def show(
    settings: Settings, log: Log, language: str, *, locked: bool, rehearse: bool, refused: bool, item: str | None = None
) -> BaseException | None:
    """Open the screen and stay until it is closed; what ended it where it was not a person.

    With an `item` nothing else is shown. Raises `UsageError` where that can't be.
    """
    from rich.cells import cell_len

    from kiosk.tui.app import KioskApp
    from kiosk.usecases.attend import Room

    _write_utf8()
    texts = words()
    content = [Path(path) for path in settings.content] or [shipped("content")]
    pack_source = packs(content, Path(settings.cache))
    catalogue = pack_source.at_hand()
    if catalogue is None and not {*settings.languages, language} <= set(texts.languages):
        catalogue = pack_source.catalogue()  # spoken varieties are known to the packs alone
    _check_languages(settings, language, texts.languages, catalogue.packs if catalogue else ())
    for code in settings.languages:
        written = catalogue.written(code) if catalogue else code
        if written in texts.languages:
            texts.write(written, "head")  # a damaged catalogue is told here, before the screen opens
    source: Packs = pack_source
    if item is not None:
        from kiosk.usecases.rehearse import OneItem

        source = OneItem(pack_source, item, settings.languages, texts.languages)
        catalogue = source.catalogue()
    voice = speech(settings)
    room = Room(settings, source, log, voice, texts, entropy(), glyphs().bitmap, cell_len)

    app = KioskApp(
        room,
        language,
        locked=locked,
        rehearsal=rehearse,
        refused=refused,
        catalogue=catalogue,
        when_shown=lambda: _log_to(Path(settings.data)),
    )
    try:
        app.run()
    finally:
        voice.close()
    return app.fault


def _check_languages(settings: Settings, language: str, known: Sequence[str], packs: Sequence[PackName]) -> None:
    """Refuse a language in the settings that there is not; `known` are those that the interface has texts in."""
    from kiosk.core.catalogue import offered_languages, varieties
    from kiosk.core.characters import SPOKEN_AS

    there = [*known, *(variety.id for variety in varieties(packs))]
    # What could not be made here is not offered, which is no reason to stay closed; the doctor names it.
    made = [code for code in SPOKEN_AS if SPOKEN_AS[code] in known]
    if unknown := [code for code in settings.languages if code not in (*there, *made)]:
        choice = ", ".join(there)
        raise UsageError(f"languages.offered: there is no {', '.join(unknown)}: choose of {choice} in the settings")
    offered = offered_languages(settings.languages, known, packs)
    if language not in (*settings.languages, *offered):
        choice = ", ".join(offered)
        raise UsageError(f"languages.first (--lang): {language} is not offered: choose one of {choice}")


def _write_utf8() -> None:
    """The screen is drawn in UTF-8, whatever the locale says: every terminal that can show Chinese reads it."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _log_to(folder: Path) -> None:
    """Notes for staff go to a small file beside the data that is begun again when it is full; never to the screen."""
    import logging.handlers

    logger = logging.getLogger("kiosk")
    logger.propagate = False
    try:
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "kiosk.log", maxBytes=256 * 1024, backupCount=1, encoding="utf-8", delay=True
        )
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H h"))
    logger.addHandler(handler)


def speech(settings: Settings) -> Voice:
    """The voice, for all languages of the settings. Its process starts with `start`, or when it is first needed."""
    from kiosk.adapters.speech.voice import Voice

    return Voice(
        settings.languages,
        settings.sound_device,
        headphones=settings.headphones,
        player=settings.player,
        cache=str(Path(settings.cache) / "voice") if settings.cache else "",
        cache_megabytes=settings.voice_cache_megabytes,
        piper=settings.piper,
    )


def silence(why: str) -> Speech:
    """The voice that says nothing."""
    from kiosk.adapters.speech.silence import Silence

    return Silence(why)
