"""pyttsx3 as it can be relied on: one piece at a time, into a file, and waited for."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

from kiosk.core.errors import SpeechError
from kiosk.voice import pcm
from kiosk.voice.engine import Pace, Voice
from kiosk.voice.espeak import Espeak
from kiosk.voice.lexicon import joined_letters
from kiosk.voice.mandarin import respelled
from kiosk.voice.spoken import Spoken, Stuck

_ESPEAK_PACES = (
    *(Pace(80, gap) for gap in (14, 9, 5, 2)),
    *(Pace(rate) for rate in (80, 100, 125, 160, 200, 245, 290, 340)),
)
"""espeak's least rate is 80: below it only longer gaps between the words make it slower, which old ears follow better
than stretched words anyway."""

_GAP_SECONDS = 0.03
"""What one unit of the gap adds to a character or word at espeak's least rate."""

_SAPI5_PACES = tuple(Pace(round(156.63 * 1.11 ** (step + (0.5 if step > 0 else -0.5)))) for step in range(-8, 9))
"""SAPI 5 has whole steps of 11 %, which pyttsx3 rounds towards its step 0: a rate in the middle of each."""

_NSSS_PACES = tuple(Pace(rate) for rate in (60, 80, 110, 150, 200, 260, 330))

_PITCH = 50
"""espeak's own, of 0 … 100."""

_PITCHES = (-20, 30)
"""Of the others who speak, in turn; heard as some three quarters of an octave apart."""

_PER_MINUTE = 1.34
"""Characters (or words) a minute without pauses for one of an engine's words a minute, as espeak-ng 1.52 speaks them;
other engines count words much the same way."""


class Pyttsx:
    """The engine of this system, kept warm."""

    def __init__(self, folder: Path) -> None:
        """`folder` is private to this process; raises whatever the driver of this system raises."""
        self._file = folder / "piece.wav"
        import pyttsx3

        self._engine: Any = pyttsx3.init()
        self.name = str(self._engine)
        # It is busy until its first loop, and until then a voice that is set is only noted.
        self._engine.proxy.setBusy(False)
        self._espeak = Espeak(self._engine.proxy._driver) if self.name == "espeak" else None
        self._finished = Event()
        self._error: Exception | None = None
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.connect("error", self._on_error)
        self._voice = ""
        self._pitch = 0
        self.version = self._espeak.version if self._espeak else _system_version()
        self.paces = {"espeak": _ESPEAK_PACES, "sapi5": _SAPI5_PACES}.get(self.name, _NSSS_PACES)
        self.between = self.name != "sapi5"

    def guess(self, pace: Pace, *, characters: bool) -> float:
        """Characters or words a minute."""
        del characters
        return 60 / (60 / (_PER_MINUTE * pace.rate) + _GAP_SECONDS * pace.gap)

    def voices(self) -> Sequence[Voice]:
        """All there are."""
        return [
            Voice(
                str(voice.id),
                str(voice.name or ""),
                tuple(str(tag) for tag in voice.languages if tag),
                str(voice.gender or "").lower().removeprefix("voicegender") == "male",
            )
            for voice in self._engine.getProperty("voices") or ()
            if voice.id
        ]

    def pitch(self, speaker: int) -> int:
        """Lower and higher in turn with espeak; pyttsx3 can't change it with the others."""
        return _PITCHES[(speaker - 1) % len(_PITCHES)] if self._espeak and speaker else 0

    def phonemes(self, text: str, voice: Voice) -> str:
        """In espeak's notation; empty with another engine."""
        if not self._espeak:
            return ""
        self._take(voice)
        return self._espeak.phonemes(_spelled(text, voice)[0])

    def speak(self, piece: str, voice: Voice, pace: Pace) -> Spoken:
        """The sound of a piece, and with espeak its words; raises `SpeechError`, or `Stuck`."""
        self._take(voice)
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
            self._espeak.forget_words()
        self._finished.clear()
        self._error = None
        try:
            text, places = _spelled(piece, voice) if self._espeak else (piece, [])
            self._engine.save_to_file(text, str(self._file))
            self._engine.runAndWait()
            self._check()
            if self._espeak:
                # runAndWait() comes back after 10 ms, finished or not.
                if not self._finished.wait(1.5 + 0.04 * len(piece)):
                    raise Stuck(f"the voice did not finish {len(piece)} characters")
                # Its callback still ends a loop: of the next piece, if that began before.
                self._espeak.wait()
            return Spoken(pcm.read(self._file), self._espeak.words(piece, places) if self._espeak else ())
        finally:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _take(self, voice: Voice) -> None:
        if voice.id != self._voice:
            self._set("voice", voice.id)
            self._voice = voice.id
        if voice.pitch != self._pitch:
            self._set("pitch", _PITCH + voice.pitch)
            self._pitch = voice.pitch

    def _set(self, name: str, value: str | int) -> None:
        self._error = None
        self._engine.setProperty(name, value)
        self._check()

    def _check(self) -> None:
        if self._error is not None:
            raise SpeechError(f"the voice can't: {self._error}") from self._error

    def _on_finished(self, **_: object) -> None:
        self._finished.set()

    def _on_error(self, exception: Exception | None = None, **_: object) -> None:
        self._error = exception or SpeechError("no reason given")


def _spelled(piece: str, voice: Voice) -> tuple[str, Sequence[int]]:
    """What espeak is given, and for each of its characters the place in the piece."""
    if any(tag.startswith("cmn") for tag in voice.languages):
        return respelled(piece)
    return joined_letters(piece), range(len(piece))


def _system_version() -> str:
    """Of the system that the engine is a part of."""
    return platform.mac_ver()[0] if sys.platform == "darwin" else platform.version()
