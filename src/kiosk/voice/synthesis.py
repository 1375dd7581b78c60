"""pyttsx3 as it can be relied on: one piece at a time, into a file, and waited for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

from kiosk.core.errors import SpeechError
from kiosk.voice import pcm, voices
from kiosk.voice.espeak import Espeak, preload
from kiosk.voice.pace import Pace, pace
from kiosk.voice.pcm import Samples
from kiosk.voice.voices import Voice


class Stuck(SpeechError):  # noqa: N818 - it names the state of the engine
    """The engine did not come back: only a new process helps."""


class Synthesiser:
    """The engine of this system, kept warm. Used by one thread: on macOS and Windows that must be the main one."""

    def __init__(self, folder: Path) -> None:
        """`folder` is private to this process; raises whatever the driver of this system raises."""
        self._file = folder / "piece.wav"
        self.why = preload(folder) if sys.platform.startswith("linux") else ""
        """Why the bundled espeak-ng isn't used where it should be."""
        import pyttsx3

        self._engine: Any = pyttsx3.init()
        # It is busy until its first loop, and until then a voice that is set is only noted.
        self._engine.proxy.setBusy(False)
        self._espeak = Espeak() if str(self._engine) == "espeak" else None
        self._finished = Event()
        self._error: Exception | None = None
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.connect("error", self._on_error)
        self._voice = ""
        self._chosen: dict[str, Voice] = {}

    def offer(self, languages: Sequence[str]) -> tuple[str, ...]:
        """Choose a voice for each language; those that have one, in the same order."""
        known = self._voices()
        for language in languages:
            for voice in voices.candidates(language, known):
                if self._proves(language, voice):
                    self._chosen[language] = voice
                    break
        return tuple(language for language in languages if language in self._chosen)

    @property
    def languages(self) -> frozenset[str]:
        """Those that can be spoken."""
        return frozenset(self._chosen)

    def phonemes(self, language: str, text: str) -> str:
        """How a text is pronounced, in espeak's notation; empty with another engine."""
        self._take(self._chosen[language])
        return self._espeak.phonemes(text) if self._espeak else ""

    def speak(self, piece: str, language: str, speed: int) -> Samples:
        """The sound of a piece in one of `languages`, silence at its ends included; raises `SpeechError`."""
        self._take(self._chosen[language])
        return self._synthesise(piece, pace(language, speed, espeak=self._espeak is not None))

    def _voices(self) -> list[Voice]:
        found = self._engine.getProperty("voices") or ()
        return [
            Voice(str(voice.id), str(voice.name or ""), tuple(str(tag) for tag in voice.languages if tag))
            for voice in found
            if voice.id
        ]

    def _proves(self, language: str, voice: Voice) -> bool:
        """Whether it pronounces words of that language; a language of which none are known has only its tag."""
        if language not in voices.WORDS:
            return True
        try:
            self._take(voice)
            if self._espeak and not voices.pronounces(map(self._espeak.phonemes, voices.WORDS[language])):
                return False
            sound = self._synthesise(voices.SENTENCES[language], pace(language, 100, espeak=self._espeak is not None))
        except Stuck:
            raise
        except SpeechError:
            return False
        return voices.lasts(language, pcm.trimmed(sound))

    def _take(self, voice: Voice) -> None:
        if voice.id != self._voice:
            self._set("voice", voice.id)
            self._voice = voice.id

    def _set(self, name: str, value: str | int) -> None:
        self._error = None
        self._engine.setProperty(name, value)
        self._check()

    def _check(self) -> None:
        if self._error is not None:
            raise SpeechError(f"the voice can't: {self._error}") from self._error

    def _synthesise(self, piece: str, pace: Pace) -> Samples:
        try:
            # An engine that can't write its file never says so and never comes back.
            self._file.write_bytes(b"")
        except FileNotFoundError as error:
            raise Stuck(f"the folder {self._file.parent} is gone") from error
        except OSError as error:
            raise SpeechError(f"nothing can be written to {self._file.parent}: {error.strerror}") from error
        self._set("rate", pace.rate)
        if self._espeak:
            self._espeak.word_gap(pace.gap)
            self._espeak.wait()
        self._finished.clear()
        self._error = None
        try:
            self._engine.save_to_file(piece, str(self._file))
            self._engine.runAndWait()
            self._check()
            if self._espeak:
                # runAndWait() comes back after 10 ms, finished or not.
                if not self._finished.wait(1.5 + 0.04 * len(piece)):
                    raise Stuck(f"the voice did not finish {len(piece)} characters")
                # Its callback still ends a loop: of the next piece, if that began before.
                self._espeak.wait()
            return pcm.read(self._file)
        finally:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _on_finished(self, **_: object) -> None:
        self._finished.set()

    def _on_error(self, exception: Exception | None = None, **_: object) -> None:
        self._error = exception or SpeechError("no reason given")
