"""`kiosk voice`: the voice without a visitor."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue

import click
from rich.cells import cell_len

from kiosk import config, wiring
from kiosk.cli.options import CONFIG, CONTENT, DATA
from kiosk.cli.output import note, write
from kiosk.cli.voice_record import check, record_list
from kiosk.cli.voice_render import render
from kiosk.cli.voices import describe, wait
from kiosk.core.catalogue import Catalogue, offered_languages, varieties, voiced
from kiosk.core.characters import spoken_as
from kiosk.core.counting import count
from kiosk.core.errors import KioskError, UsageError
from kiosk.core.pace import by_character
from kiosk.core.pronounce.signs import latin
from kiosk.core.settings import SPEEDS, Settings
from kiosk.core.speech import Finished, News, Repertoire, Voicing
from kiosk.core.wording import Teller
from kiosk.usecases.record import count_played


@click.group()
def command() -> None:
    """Try the voice, prepare it, and record a voice of your own."""


command.add_command(record_list)
command.add_command(check)
command.add_command(render)


@command.command("list")
@CONTENT
@CONFIG
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def list_(content: tuple[str, ...], config_file: Path | None, form: str) -> int:
    """List the voices of each language.

    Marked with * is the one that is used, with how many characters or words a minute it was measured to speak at 100 %;
    of the others it is said why they are not. Recordings are counted. Exits with 1 where a language has no voice.
    """
    settings = config.load(config_file, {"content": content}).settings
    catalogue = _catalogue(settings)
    offered = _offered(settings, catalogue)
    described = describe(settings, Repertoire(voiced(offered, catalogue)))
    if form == "json":
        write(json.dumps([voicing._asdict() for voicing in described.voices], ensure_ascii=False, indent=2))
    else:
        files = ((pack, wiring.recordings(Path(pack.folder)).files()) for pack in catalogue.packs if pack.folder)
        recorded, _ = count_played(files)
        names = {variety.id: f"{variety.id} ({variety.name})" for variety in varieties(catalogue.packs)}
        for language in offered:
            write(names.get(language, language))
            for line in _rows([voice for voice in described.voices if voice.language == language]):
                write(line)
            if played := sum(recorded.get(code, 0) for code in {language, spoken_as(language)}):
                write(f"    {count(played, 'recording')}, played instead of a voice")
    if described.why:
        note(described.why)
    spoken = {voice.language for voice in described.voices if voice.used}
    mute = [language for language in offered if language not in spoken]
    if mute:
        note(f"no voice for {', '.join(mute)}: `kiosk doctor` says what to do")
    return int(bool(mute))


_EXAMPLES = """\b
Examples:
  kiosk voice say "打96110。"
  kiosk voice say --lang en --speed 80 "Call him yourself."
  kiosk voice say --show "At 9:30 a.m. he paid 20,000 yuan."
  kiosk voice say --out hello.wav "您好"
"""


@command.command(epilog=_EXAMPLES)
@click.argument("text")
@click.option(
    "--lang",
    metavar="LANGUAGE",
    help="zh, en or another; without it, zh for a text with Chinese in it; zh-Hant for one in traditional characters.",
)
@click.option("--speed", type=click.Choice([str(speed) for speed in SPEEDS]), help="Percent of the usual rate.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.wav",
    help="Write the sound to a file instead of playing it.",
)
@click.option("--show", is_flag=True, help="Print the words that are spoken instead of playing them.")
@DATA
@CONFIG
def say(
    text: str,
    lang: str | None,
    speed: str | None,
    out: Path | None,
    data: str | None,
    config_file: Path | None,
    *,
    show: bool,
) -> None:
    """Speak TEXT as the kiosk would.

    Comes back when it has been heard. Exits with 1 and one line where there is no voice for the language or no sound
    device.
    """
    if not text.strip():
        raise UsageError("there is no text to speak")
    settings = config.load(config_file, {"data": data}).settings
    language = lang or ("zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en")
    spoken = spoken_as(language)
    if spoken != language:
        (text,), language = wiring.in_characters([text], spoken), spoken
    written = _written(language, settings)
    if out is not None and out.is_dir():
        raise UsageError(f"--out {out} is a folder: name a file in it")
    if out is not None and out.suffix.lower() != ".wav":
        raise UsageError(f"--out {out}: the sound is written as WAV: let the name end in .wav")
    utterances = _teller(text, language, written, settings).speak(text, 0.0)
    if not utterances:
        raise UsageError(f"there is nothing in it that is spoken in {written}")
    if lost := _unspoken(text, written):
        note(f"left out, because it is not spoken in {written}: {lost}")
    if show:
        for utterance in utterances:
            write(utterance.text)
        if out is None:
            return
    percent = int(speed or settings.speed)
    news: SimpleQueue[News] = SimpleQueue()
    voice = wiring.speech(settings)
    try:
        voice.know(Repertoire(((language, written),)))
        voice.listen(news.put)
        if out is None:
            number = voice.say(utterances, percent, settings.volume)
        else:
            number = voice.write(utterances, out.absolute(), percent)
        wait(news, number, Finished)
    finally:
        voice.close()


def _teller(text: str, language: str, written: str, settings: Settings) -> Teller:
    """Who speaks it as on a page: the packs, with their numbers to dial, are read only for a text with figures."""
    catalogue = _catalogue(settings) if any(map(str.isdigit, text)) else Catalogue()
    numbers = frozenset(number.number for number in catalogue.help_numbers)
    names = tuple(
        (key.lower(), by_language.get(language) or by_language[written])
        for key, by_language in settings.key_names.items()
        if language in by_language or written in by_language
    )
    return Teller(wiring.words(), written, numbers, names, spoken=language)


def _unspoken(text: str, written: str) -> str:
    """The letters in it of scripts that a language with rules of its own doesn't pronounce."""
    if written not in ("zh", "en"):
        return ""
    plain = unicodedata.normalize("NFKC", text)
    lost = [
        character
        for character in plain
        if character.isalpha() and not latin(character) and not (written == "zh" and "\u4e00" <= character <= "\u9fff")
    ]
    return "".join(dict.fromkeys(lost))


def _written(language: str, settings: Settings) -> str:
    """What a language of the kiosk, or a variety that a pack has, is written in; raises `UsageError` for another."""
    if language in {*settings.languages, *map(spoken_as, settings.languages)} & {*wiring.words().languages}:
        return language
    offered = _offered(settings, _catalogue(settings))
    if language not in offered:
        raise UsageError(f"--lang {language}: this kiosk speaks {', '.join(offered)}")
    return offered[language]


def _offered(settings: Settings, catalogue: Catalogue) -> dict[str, str]:
    """What visitors can choose, each with the language that it is written in."""
    offered = offered_languages(settings.languages, wiring.words().languages, catalogue.packs)
    return {language: catalogue.written(language) for language in offered}


def _catalogue(settings: Settings) -> Catalogue:
    """Empty where the packs can't be read."""
    try:
        content = [Path(path) for path in settings.content] or [wiring.shipped("content")]
        return wiring.packs(content, Path(settings.cache)).catalogue()
    except KioskError as error:
        note(str(error))
        return Catalogue()


def _rows(voices: Sequence[Voicing]) -> list[str]:
    """The voices of a language, in columns."""
    rows = [(voice.engine, voice.voice, voice.name) for voice in voices]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for voice, row in zip(voices, rows, strict=True):
        cells = "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        lines.append(f"  {'*' if voice.used else ' '} {cells}  {_remark(voice)}")
    return lines or ["    no voice"]


def _remark(voice: Voicing) -> str:
    if not voice.used:
        return f"not used: {voice.why}" if voice.why else "not used"
    if not voice.per_minute:
        return "not measured yet (it is, when the kiosk has nothing else to do)"
    return f"{voice.per_minute:.0f} {'characters' if by_character(voice.language) else 'words'} a minute"
