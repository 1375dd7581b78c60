"""`kiosk voice`: the voice without a visitor."""

from __future__ import annotations

from pathlib import Path
from queue import Empty, SimpleQueue

import click

from kiosk import config, wiring
from kiosk.cli.options import CONFIG, DATA
from kiosk.core.errors import SpeechError, UsageError
from kiosk.core.speech import Failed, Finished, News, Utterance

_LONGEST_SILENCE = 600.0
"""Seconds without any news from a voice that is watched; only so that nothing can wait for ever."""


@click.group()
def command() -> None:
    """Try the voice."""


@command.command()
@click.argument("text")
@click.option("--lang", metavar="LANGUAGE", help="zh or en; without it, zh for a text with Chinese characters in it.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.wav",
    help="Write the sound to a file instead of playing it.",
)
@DATA
@CONFIG
def say(text: str, lang: str | None, out: Path | None, data: str | None, config_file: Path | None) -> None:
    """Speak TEXT as the kiosk would, and come back when it has been heard.

    Exits with 1 and one line where there is no voice for the language or no sound device.
    """
    if not text.strip():
        raise UsageError("there is no text to speak")
    settings = config.load(config_file, {"data": data}).settings
    language = lang or _language_of(text)
    if language not in settings.languages:
        raise UsageError(f"--lang {language}: this kiosk speaks {', '.join(settings.languages)}")
    if out is not None and out.is_dir():
        raise UsageError(f"--out {out} is a folder: name a file in it")
    utterances = (Utterance(text, language, pause=0.0),)
    news: SimpleQueue[News] = SimpleQueue()
    voice = wiring.speech(settings)
    try:
        voice.listen(news.put)
        if out is None:
            number = voice.say(utterances, settings.speed, settings.volume)
        else:
            number = voice.write(utterances, out.absolute(), settings.speed)
        _wait(news, number)
    finally:
        voice.close()


def _language_of(text: str) -> str:
    return "zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en"


def _wait(news: SimpleQueue[News], number: int) -> None:
    """Until it is finished; raises `SpeechError` where it can't be."""
    while True:
        try:
            match news.get(timeout=_LONGEST_SILENCE):
                case Finished(id=done) if done == number:
                    return
                case Failed(id=failed, why=why) if failed == number:
                    raise SpeechError(why)
        except Empty:
            raise SpeechError("the voice says nothing") from None
