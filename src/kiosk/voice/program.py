"""The voice's loop: it takes commands at any moment and does one small piece of work at a time.

What is to be spoken comes first; whatever else there is to do is done a piece at a time while nothing more needs to be
made for it, so that nobody ever waits for more than a piece.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kiosk.core.errors import SpeechError
from kiosk.core.settings import Player as Setting
from kiosk.core.speech import (
    WHY_JOINT,
    Command,
    Describe,
    Failed,
    Finished,
    Hush,
    News,
    Playing,
    Prepare,
    Ready,
    Render,
    Repertoire,
    Say,
    Started,
    Tune,
    Word,
    Write,
)
from kiosk.voice import pcm
from kiosk.voice.errands import Errand, Errands
from kiosk.voice.output import Output
from kiosk.voice.playback import Stream
from kiosk.voice.players import players
from kiosk.voice.recordings import Recordings
from kiosk.voice.sounds import Sounds, interleaved
from kiosk.voice.spoken import Stuck
from kiosk.voice.store import Store
from kiosk.voice.synthesis import Synthesiser

_QUIET = 10.0
"""Seconds without speech after which voices are measured, where nothing was spoken yet."""


class Options(NamedTuple):
    """What the program is started with."""

    device: str = ""
    headphones: str = ""
    player: Setting = Setting.AUTO
    cache: Path | None = None
    """The folder for what is kept, `None` for nothing."""
    megabytes: int = 0
    models: Mapping[str, Path] = {}
    """piper's voice files by language."""


class Program:
    """Synthesises on the thread that calls `run`, the next piece while the one before it is played."""

    def __init__(self, folder: Path, options: Options, tell: Callable[[News | Playing], None]) -> None:
        """`folder` is private to this process."""
        self._folder = folder
        self._options = options
        self._tell = tell
        self._wake = threading.Event()
        self._stream = Stream(tell, self._wake.set)
        self._lock = threading.Lock()
        # What is to be taken up, put here on any thread.
        self._said: Say | None = None
        self._last = 0
        """The id of the last `Say`."""
        self._repertoire: Repertoire | None = None
        self._prepared: Prepare | None = None
        """Not yet begun."""
        self._asked: deque[Errand] = deque()
        # From here on only the thread's own.
        self._speaking: Iterator[None] = iter(())
        self._working: Iterator[None] = iter(())
        """On an errand."""
        self._preparing: Iterator[None] = iter(())
        self._to_prepare = Prepare(())
        self._measuring: Iterator[None] = iter(())
        self._tidying: Iterator[None] | None = None
        """The cache, which is tidied to the end before anything else is."""
        self._missing = ""
        """Which voices aren't there, and why."""
        self._spoke = False
        """Whether anything was ever spoken to its end."""
        self._quiet_since = time.monotonic()

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
                case Repertoire():
                    self._repertoire = command
                case Prepare():
                    self._prepared = command
                case Write() | Render() | Describe():
                    self._asked.append(command)
        self._wake.set()

    def run(self) -> None:
        """Work for ever; raises `Stuck` where only a new process helps."""
        self._start()
        while True:
            self._wake.clear()
            self._take_up()
            if not self._step():
                self._wake.wait(1.0)

    def _start(self) -> None:
        options = self._options
        found, why = players(options.player, options.device)
        self._output = Output(found, why, options.device, options.headphones, self._stream, self._tell)
        cache = options.cache
        self._store = Store(cache / "sounds" if cache else None, options.megabytes)
        self._synthesiser = Synthesiser(self._folder, cache / "paces" if cache else None, options.models)
        self._sounds = Sounds(self._synthesiser, self._store)
        self._errands = Errands(self._synthesiser, self._sounds, self._store, self._output, self._measure, self._tell)
        self._tidying = self._store.tidy()

    def _take_up(self) -> None:
        with self._lock:
            said, self._said = self._said, None
            repertoire, self._repertoire = self._repertoire, None
            prepared, self._prepared = self._prepared, None
        if repertoire:
            self._know(repertoire)
        if said:
            # Whoever goes on pressing keys cuts off every piece before it is ready.
            self._errands.beat(said.id)
            self._speaking = self._speak(said)
        if prepared:
            self._to_prepare = prepared
            self._preparing = self._prepare(prepared)

    def _step(self) -> bool:
        """Do the most urgent piece of work; false where there is none."""
        if self._stream.room() and self._advance(self._speaking):
            return True
        if self._sounds.keep():
            return True
        if self._tidy() or self._advance(self._working):
            return True
        if self._asked:
            self._working = self._errands.run(self._asked.popleft(), self._missing)
            return True
        return self._advance(self._preparing) or (self._may_measure() and self._advance(self._measuring))

    def _tidy(self) -> bool:
        if self._tidying is None and self._store.is_due:
            self._tidying = self._store.tidy()
        if self._tidying is None:
            return False
        if self._advance(self._tidying):
            # An errand may wait for it, and a slow disk makes it long.
            self._errands.beat(self._last)
            return True
        self._tidying = None
        return False

    def _advance(self, work: Iterator[None]) -> bool:
        return next(work, self) is None

    def _may_measure(self) -> bool:
        """Nothing is being spoken, and the first sentence isn't about to be."""
        if self._stream.busy:
            self._quiet_since = time.monotonic()
            return False
        return self._spoke or time.monotonic() - self._quiet_since >= _QUIET

    def _know(self, repertoire: Repertoire) -> None:
        """Find voices, and report them."""
        written = dict(repertoire.languages)
        languages = self._synthesiser.offer(written)
        self._sounds.know(written, Recordings(repertoire.folders))
        self._measuring = self._measure(languages)
        self._to_prepare, self._preparing = Prepare(()), iter(())
        missing = [language for language in written if language not in languages]
        reasons = [f"no voice for {', '.join(missing)}" if missing else "", self._synthesiser.why]
        self._missing = WHY_JOINT.join(filter(None, reasons))
        self._output.wait()
        silent = self._output.why
        self._tell(Ready(languages, not silent, WHY_JOINT.join(filter(None, (self._missing, silent)))))
        self._output.told(not silent)

    def _speak(self, say: Say) -> Iterator[None]:
        """Feed the stream, one piece a step; a step after being cut off ends it.

        An utterance starts with its first sample, and its pause follows sound only. One that can't be made is left out.
        """
        why = self._sounds.mute(say.utterances) or self._output.why
        if why:
            self._fail_say(say.id, why)
            return
        feed = self._stream.feed
        heard = False
        for place, utterance in enumerate(say.utterances):
            started = False
            try:
                for spoken in self._sounds.of(utterance, say.speed):
                    if not started:
                        started = heard = True
                        feed(say.id, Started(say.id, place))
                    for what in interleaved(spoken):
                        feed(say.id, Word(say.id, place, *what) if isinstance(what, tuple) else what)
                    self._errands.beat(say.id)
                    yield
                    if not self._stream.takes(say.id):
                        return
            except Stuck as error:
                self._tell(Failed(say.id, str(error)))
                raise
            except SpeechError as error:
                why = str(error)
                print(f"voice: a sentence is left out: {why}", file=sys.stderr, flush=True)
                yield
            if not feed(say.id, pcm.silence(utterance.pause) if started else Started(say.id, place)):
                return
        if why and not heard:
            self._fail_say(say.id, why)
        elif feed(say.id, Finished(say.id)):
            self._spoke = True

    def _fail_say(self, id_: int, why: str) -> None:
        self._stream.give_up(id_)
        self._tell(Failed(id_, why))

    def _prepare(self, prepare: Prepare) -> Iterator[None]:
        for utterance in prepare.utterances:
            try:
                yield from self._sounds.prepare(utterance, prepare.speed)
            except Stuck:
                raise
            except SpeechError:
                # Nobody has asked to hear it yet.
                continue

    def _measure(self, languages: Iterable[str]) -> Iterator[None]:
        for language in languages:
            measured = False
            while self._synthesiser.calibrate(language):
                measured = True
                yield
            if measured:
                # What was prepared at the rate that was guessed isn't said any more.
                self._preparing = self._prepare(self._to_prepare)
