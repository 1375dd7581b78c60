"""What is asked for beside speaking: a file, a full cache, a description."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kiosk.core.errors import SpeechError
from kiosk.core.speech import (
    WHY_JOINT,
    Describe,
    Described,
    Failed,
    Finished,
    News,
    Playing,
    Render,
    Rendered,
    Utterance,
    Write,
)
from kiosk.voice import pcm
from kiosk.voice.output import Output
from kiosk.voice.sounds import Sounds
from kiosk.voice.spoken import Stuck
from kiosk.voice.store import Store
from kiosk.voice.synthesis import Synthesiser

_BEAT = 0.5
"""Seconds between signs of life."""

Errand = Write | Render | Describe


class Errands:
    """Carries them out a piece a step, on the synthesiser's thread."""

    def __init__(
        self,
        synthesiser: Synthesiser,
        sounds: Sounds,
        store: Store,
        output: Output,
        measure: Callable[[Iterable[str]], Iterator[None]],
        tell: Callable[[News | Playing], None],
    ) -> None:
        """`measure` measures the voices of languages, a step at a time, where that wasn't done."""
        self._synthesiser = synthesiser
        self._sounds = sounds
        self._store = store
        self._output = output
        self._measure = measure
        self._tell = tell
        self._beaten = 0.0
        """When the last sign of life was given."""

    def run(self, errand: Errand, why: str) -> Iterator[None]:
        """All of it, with a sign of life now and then; `why` something is missing, for a description.

        Raises `Stuck`, after having told of it.
        """
        work: Iterator[None]
        match errand:
            case Write():
                work = self._write(errand)
            case Render():
                work = self._render(errand)
            case Describe():
                work = self._describe(errand, why)
        try:
            for _ in work:
                self.beat(errand.id)
                yield
        except SpeechError as error:
            self._tell(Failed(errand.id, str(error)))
            if isinstance(error, Stuck):
                raise

    def beat(self, id_: int) -> None:
        """Give a sign of life, unless the last was just now."""
        now = time.monotonic()
        if now - self._beaten >= _BEAT:
            self._beaten = now
            self._tell(Playing(id_))

    def _write(self, write: Write) -> Iterator[None]:
        """Into the file, whole."""
        if why := self._sounds.mute(write.utterances):
            raise SpeechError(why)
        yield from self._measure(_languages(write.utterances))
        samples = pcm.silence(0)
        for utterance in write.utterances:
            heard = False
            for spoken in self._sounds.of(utterance, write.speed):
                heard = True
                samples += spoken.samples
                yield
            samples += pcm.silence(utterance.pause if heard else 0)
        if not samples:
            raise SpeechError("there is nothing in it that can be pronounced")
        try:
            pcm.write(Path(write.path), samples)
        except OSError as error:
            raise SpeechError(f"{write.path}: {error.strerror or error}") from error
        self._tell(Finished(write.id))

    def _render(self, render: Render) -> Iterator[None]:
        """All that can be made is, whatever can't."""
        seconds, characters, whys = 0.0, 0, dict[str, None]()
        yield from self._measure(_languages(render.utterances))
        for utterance in render.utterances:
            if why := self._sounds.mute((utterance,)):
                whys[why] = None
                continue
            try:
                for made in self._sounds.make(utterance, render.speed):
                    seconds += made.seconds
                    characters += made.characters
                    if not made.kept:
                        whys[self._store.why or "there is no cache to keep it in"] = None
                    yield
            except Stuck:
                raise
            except SpeechError as error:
                whys[str(error)] = None
        if whys:
            raise SpeechError(WHY_JOINT.join(whys))
        self._tell(Rendered(render.id, seconds, characters))

    def _describe(self, describe: Describe, why: str) -> Iterator[None]:
        voices = self._synthesiser.describe()
        yield
        use = self._store.use()
        output = self._output
        whys = WHY_JOINT.join(filter(None, (why, output.why, self._store.why)))

        def look() -> None:
            """Devices may make one wait."""
            devices = output.devices()
            self._tell(Described(describe.id, voices, output.player, output.device, devices, whys, *use))

        threading.Thread(target=look, name="describing", daemon=True).start()


def _languages(utterances: Iterable[Utterance]) -> Iterable[str]:
    return dict.fromkeys(utterance.language for utterance in utterances)
