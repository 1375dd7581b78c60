"""Waiting for what the voice does, and asking it what it speaks with."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import TypeVar

from kiosk import wiring
from kiosk.core.errors import SpeechError
from kiosk.core.settings import Settings
from kiosk.core.speech import Described, Failed, Finished, News, Repertoire, Utterance

T = TypeVar("T", Described, Finished)

_LONGEST_SILENCE = 600.0
"""Seconds without any news from a voice that is watched; only so that nothing can wait for ever."""


def describe(settings: Settings, repertoire: Repertoire) -> Described:
    """What there is to speak with, every voice that is used measured; raises `SpeechError`."""
    news: SimpleQueue[News] = SimpleQueue()
    voice = wiring.speech(settings)
    try:
        voice.know(repertoire)
        voice.listen(news.put)
        # Before anything is rendered, the voice that it is rendered with is measured.
        voice.render(tuple(Utterance("", language) for language, _ in repertoire.languages), settings.speed)
        return wait(news, voice.describe(), Described)
    finally:
        voice.close()


def wait(news: SimpleQueue[News], number: int, done: type[T]) -> T:
    """Until this is told of that number; raises `SpeechError` where it can't be done."""
    while True:
        try:
            told = news.get(timeout=_LONGEST_SILENCE)
        except Empty:
            raise SpeechError("the voice says nothing") from None
        if isinstance(told, done) and told.id == number:
            return told
        if isinstance(told, Failed) and told.id == number:
            raise SpeechError(told.why)
