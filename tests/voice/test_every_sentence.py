"""Every sentence that the kiosk can say with its own packs was synthesised and lasts as long as it should."""

from __future__ import annotations

import threading
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from kiosk import wiring
from kiosk.core.items import Text
from kiosk.core.settings import Settings
from kiosk.core.speech import Failed, Finished, News, Utterance
from kiosk.core.wording import speakable

LANGUAGES = ("zh", "en")
LIMIT = 60.0


def texts(value: Any) -> Iterator[Text]:
    """All texts of a value of the packs."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)


def sentences(language: str, cache: Path) -> list[str]:
    """What the packs and the catalogue make the voice say, each once."""
    packs = wiring.packs([wiring.shipped("content")], cache)
    catalogue = packs.catalogue()
    found = [*texts(tuple(packs.fetch([entry.id for entry in catalogue.entries]).values())), *texts(tuple(catalogue))]
    numbers = [number.number for number in catalogue.help_numbers]
    said = [speakable(text.say(language), language, numbers) for text in found]
    with (wiring.shipped("locales") / language / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        said += [str(message.string) for message in read_po(file) if message.id and "{" not in str(message.string)]
    return sorted({text for text in said if sum(map(str.isalpha, text)) >= 3 and "[" not in text})


def expected(text: str, language: str) -> float:
    """Seconds at 200 characters or 125 words a minute."""
    if language == "zh":
        return sum(map(str.isalnum, text)) * 60 / 200
    return (len(text.split()) + sum(map(str.isdigit, text))) * 60 / 125  # a figure takes about a word a digit


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_lasts_as_long_as_it_should(language: str, tmp_path: Path) -> None:
    """Between 0.5 and 2 times what 200 characters or 125 words a minute give, and half a second for the shortest."""
    voice = wiring.speech(replace(Settings(), sound_device="null"))
    finished: dict[int, News] = {}
    arrived = threading.Event()

    def hear(news: News) -> None:
        if isinstance(news, Finished | Failed):
            finished[news.id] = news
            arrived.set()

    voice.listen(hear)
    wrong: list[str] = []
    try:
        for text in sentences(language, tmp_path):
            file = tmp_path / "sentence.wav"
            number = voice.write((Utterance(text, language, 0.0),), file, 100)
            while number not in finished:
                assert arrived.wait(LIMIT), text
                arrived.clear()
            assert isinstance(finished[number], Finished), text
            with wave.open(str(file)) as sound:
                seconds = sound.getnframes() / sound.getframerate()
            should = expected(text, language)
            if not 0.5 * should - 0.5 <= seconds <= 2 * should + 0.5:
                wrong.append(f"{text}: {seconds:.1f} s instead of {should:.1f} s")
    finally:
        voice.close()
    assert not wrong
