"""How long a whole learn visit is when every word is listened to, from the real WAVs, beside the promised rate."""

from __future__ import annotations

import tempfile
import threading
import wave
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import Row
from kiosk import wiring
from kiosk.core.events import Event, Fetch, Fetched, Moment, Pressed, Silent
from kiosk.core.keys import Key
from kiosk.core.pages import page_of
from kiosk.core.script import QUESTIONS
from kiosk.core.settings import Settings
from kiosk.core.speech import Failed, Finished, News, Utterance
from kiosk.core.step import step
from kiosk.core.visit import Place, Visit, begin, live_choices
from kiosk.ports import Packs, Words

LIMIT = 1.25
"""The promise is "about": speech may take a quarter more than its words at the promised rate."""


def rows() -> Iterable[Row]:
    """A row for each plan and language."""
    settings = replace(Settings(), sound_device="null")
    with tempfile.TemporaryDirectory() as folder:
        packs = wiring.packs([wiring.shipped("content")], Path(folder))
        words = wiring.words()
        with Recorder(settings, Path(folder)) as recorder:
            for language in ("zh", "en"):
                for plan in ("A", "B"):
                    said = whole_visit(packs, words, settings, language, plan)
                    heard, promised = recorder.seconds(said), sum(at_the_promised_rate(each) for each in said)
                    name = f"a whole visit heard in full, {language}, plan {plan}"
                    yield Row(name, heard, promised, heard / promised, LIMIT)


def at_the_promised_rate(utterance: Utterance) -> float:
    """Seconds at 200 characters or 125 words a minute, and the pause after."""
    if utterance.language == "zh":
        units = sum(map(str.isalnum, utterance.text)) / 200
    else:
        units = len(utterance.text.split()) / 125
    return units * 60 + utterance.pause


def whole_visit(packs: Packs, words: Words, settings: Settings, language: str, plan: str) -> list[Utterance]:
    """All that is said on the way from home to goodbye, for the first seed that gives the plan."""
    catalogue = packs.catalogue()
    for seed in range(1000):
        visit = begin(settings, catalogue, ("zh", "en"), "visit", seed, language, sound=True)
        visit = after(visit, Pressed(Key.ONE, Moment(1.0, "2026-11-22", 10)), packs)
        if visit.programme is not None and visit.programme.plan == plan:
            break
    said = list(page_of(visit, words).speech)
    seconds = 1.0
    visit = after(visit, Pressed(Key.ONE, Moment(2.0, "2026-11-22", 10)), packs)
    while visit.place is Place.SCRIPT:
        seconds += 60
        at = Moment(seconds, "2026-11-22", 10)
        visit = after(visit, Silent(at), packs)
        said += page_of(visit, words).speech
        question = visit.station.stop in QUESTIONS
        visit = after(visit, Pressed(live_choices(visit)[0] if question else Key.ENTER, at), packs)
    return said


def after(visit: Visit, event: Event, packs: Packs) -> Visit:
    """The visit after an event and what it asks for."""
    visit, effects = step(visit, event)
    for effect in effects:
        if isinstance(effect, Fetch):
            visit, _ = step(visit, Fetched(packs.fetch(effect.ids), event.at))
    return visit


class Recorder:
    """The real voice, into WAVs."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._voice = wiring.speech(settings)
        self._file = folder / "heard.wav"
        self._finished: dict[int, News] = {}
        self._arrived = threading.Event()
        self._voice.listen(self._hear)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        self._voice.close()

    def seconds(self, said: Sequence[Utterance]) -> float:
        """How long the WAV of it all is."""
        number = self._voice.write(said, self._file, 100)
        while number not in self._finished:
            self._arrived.wait()
            self._arrived.clear()
        if self._finished[number] != Finished(number):
            raise RuntimeError(str(self._finished[number]))
        with wave.open(str(self._file)) as sound:
            return float(sound.getnframes() / sound.getframerate())

    def _hear(self, news: News) -> None:
        if isinstance(news, Finished | Failed):
            self._finished[news.id] = news
            self._arrived.set()
