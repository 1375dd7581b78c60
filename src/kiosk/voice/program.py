"""The voice's loop: it takes commands at any moment and does one small piece of work at a time."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kiosk.core.errors import SpeechError
from kiosk.core.speech import (
    Command,
    Failed,
    Finished,
    Hush,
    News,
    Playing,
    Ready,
    Say,
    Sound,
    Started,
    Tune,
    Utterance,
    Write,
)
from kiosk.voice import pcm
from kiosk.voice.pcm import Samples
from kiosk.voice.pieces import pieces
from kiosk.voice.playback import Card, Stream, open_card
from kiosk.voice.synthesis import Stuck, Synthesiser

_RETRY = 3.0
"""Seconds until a sound device is looked for again."""


class Program:
    """Synthesises on the thread that calls `run`, the next piece while the one before it is played."""

    def __init__(
        self, folder: Path, languages: Sequence[str], device: str, tell: Callable[[News | Playing], None]
    ) -> None:
        self._folder = folder
        self._languages = languages
        self._device = device
        self._tell = tell
        self._wake = threading.Event()
        self._stream = Stream(tell, self._wake.set)
        self._lock = threading.Lock()
        self._said: Say | None = None
        """What is to be spoken, not yet begun."""
        self._last = 0
        """The id of the last `Say`."""
        self._to_write: deque[Write] = deque()
        self._synthesiser: Synthesiser | None = None
        self._why = ""
        """Why nothing can be synthesised."""
        self._card: Card | None = None
        self._no_card = ""
        """Why there is none."""
        self._tried = 0.0

    def obey(self, command: Command) -> None:
        """Take a command; on any thread, and without waiting for work under way."""
        with self._lock:
            match command:
                case Say():
                    self._said = command
                    self._last = command.id
                    self._stream.begin(command.id, command.volume)
                case Hush():
                    self._said = None
                    self._stream.hush(self._last)
                case Tune():
                    self._stream.tune(command.volume)
                case Write():
                    self._to_write.append(command)
        self._wake.set()

    def run(self) -> None:
        """Work for ever; raises `Stuck` where only a new process helps."""
        self._start()
        work: Iterator[None] = iter(())
        while True:
            self._wake.clear()
            with self._lock:
                said, self._said = self._said, None
                to_write = self._to_write.popleft() if self._to_write else None
            if said:
                work = self._speak(said)
            if to_write:
                self._write(to_write)
            self._look_after_card()
            if self._stream.room() and next(work, self) is None:
                continue
            self._wake.wait(1.0)

    def _start(self) -> None:
        """Find voices and a sound device, and report them."""
        languages: tuple[str, ...] = ()
        try:
            self._synthesiser = Synthesiser(self._folder)
            languages = self._synthesiser.offer(self._languages)
        except Stuck:
            raise
        except Exception as error:  # noqa: BLE001 - each driver has errors of its own, and all mean the same
            self._why = f"no voice: {error}"
        sound = self._open()
        missing = [language for language in self._languages if language not in languages]
        reasons = [
            self._why or (f"no voice for {', '.join(missing)}" if missing else ""),
            self._synthesiser.why if self._synthesiser else "",
            sound,
        ]
        self._tell(Ready(languages, not sound, "; ".join(filter(None, reasons))))

    def _open(self) -> str:
        """Open the sound device; why not."""
        self._tried = time.monotonic()
        self._no_card = ""
        try:
            self._card = open_card(self._device, self._stream)
        except SpeechError as error:
            self._no_card = str(error)
        return self._no_card

    def _look_after_card(self) -> None:
        """A device that has stopped asking is gone, and so is what was being spoken."""
        if self._card is None or self._card.alive:
            return
        why = f"the sound device ({self._card.name}) has stopped"
        self._card.close()
        self._card = None
        self._no_card = why
        self._tried = time.monotonic()
        self._tell(Sound(False, why))
        under_way = self._stream.drop()
        if under_way:
            self._tell(Failed(under_way, why))

    def _silent(self) -> str:
        """Why nothing can be heard, having looked for the device again."""
        if self._card is not None:
            return ""
        if time.monotonic() - self._tried < _RETRY:
            return self._no_card
        why = self._open()
        if not why:
            self._tell(Sound(True))
        return why

    def _speak(self, say: Say) -> Iterator[None]:
        """Feed the stream, one piece a step; a step after being cut off ends it."""
        feed = self._stream.feed
        why = self._mute(say.utterances) or self._silent()
        if why:
            self._stream.give_up(say.id)
            self._tell(Failed(say.id, why))
            return
        try:
            for place, utterance in enumerate(say.utterances):
                if not feed(say.id, Started(say.id, place)):
                    return
                for sound in self._sounds(utterance, say.speed):
                    if not feed(say.id, sound):
                        return
                    yield
        except Stuck as error:
            self._tell(Failed(say.id, str(error)))
            raise
        except SpeechError as error:
            self._stream.give_up(say.id)
            self._tell(Failed(say.id, str(error)))
            return
        feed(say.id, Finished(say.id))

    def _sounds(self, utterance: Utterance, speed: int) -> Iterator[Samples]:
        """An utterance piece by piece, and its pause; nothing where there is nothing to pronounce.

        The silence after a piece is the engine's own, except after the last: there it is as long as was asked for.
        """
        if self._synthesiser is None or utterance.language not in self._synthesiser.languages:
            return
        parts = pieces(utterance.text)
        heard = False
        for place, part in enumerate(parts, 1):
            sound = self._synthesiser.speak(part, utterance.language, speed)
            trimmed = pcm.trimmed(sound)
            if trimmed:
                heard = True
                yield trimmed if place == len(parts) else sound
        if heard:
            yield pcm.silence(utterance.pause)

    def _mute(self, utterances: Sequence[Utterance]) -> str:
        """Why none of them can be spoken."""
        if self._synthesiser is None:
            return self._why
        missing = {utterance.language for utterance in utterances} - self._synthesiser.languages
        if missing and all(utterance.language in missing for utterance in utterances):
            return f"no voice for {', '.join(sorted(missing))}"
        return ""

    def _write(self, write: Write) -> None:
        """Into the file, whole."""
        try:
            pcm.write(Path(write.path), self._whole(write))
        except OSError as error:
            self._tell(Failed(write.id, f"{write.path}: {error.strerror or error}"))
        except SpeechError as error:
            self._tell(Failed(write.id, str(error)))
            if isinstance(error, Stuck):
                raise
        else:
            self._tell(Finished(write.id))

    def _whole(self, write: Write) -> Samples:
        if why := self._mute(write.utterances):
            raise SpeechError(why)
        samples = pcm.silence(0)
        for utterance in write.utterances:
            for sound in self._sounds(utterance, write.speed):
                samples += sound
        if not samples:
            raise SpeechError("there is nothing in it that can be pronounced")
        return samples
