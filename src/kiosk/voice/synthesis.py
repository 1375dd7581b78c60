"""The engines together: which of them speaks a language, with which voice, and how fast."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kiosk.core.errors import SpeechError
from kiosk.core.speech import WHY_JOINT, Voicing
from kiosk.voice import pace as paces
from kiosk.voice import pcm, voices
from kiosk.voice.calibration import Key, Measuring, Memory, passage, pause_per_unit
from kiosk.voice.engine import Engine, Pace, Voice
from kiosk.voice.espeak import preload
from kiosk.voice.pace import Curve
from kiosk.voice.pyttsx import Pyttsx
from kiosk.voice.spoken import Spoken, Stuck


class _Choice(NamedTuple):
    """What speaks a language."""

    engine: Engine
    voice: Voice
    written: str
    """The language that its texts are written in."""

    @property
    def key(self) -> Key:
        return Key(self.engine.name, self.engine.version, self.voice.id, self.written)


class Synthesiser:
    """Owns the engines and keeps them warm. Used by one thread: on macOS and Windows that must be the main one."""

    def __init__(self, folder: Path, memory: Path | None, models: Mapping[str, Path]) -> None:
        """`folder` is private to this process; `memory` is where measurements of voices are kept (`None`: nowhere);
        `models` are voice files for piper by language, which go before the system's voices."""
        self._models = models
        self._memory = Memory(memory)
        self._reasons: list[str] = []
        self._system = self._start(folder)
        self._system_voices = tuple(self._system.voices()) if self._system else ()
        self._loaded: dict[Path, Engine | SpeechError] = {}
        self._found: dict[str, _Choice | None] = {}
        self._failed: dict[str, list[Voicing]] = {}
        """By language: the voices that were tried and won't do."""
        self._offered: Mapping[str, str] = {}
        self._chosen: dict[str, _Choice] = {}
        self._measured: dict[Key, Curve] = {}
        self._measuring: dict[Key, Measuring] = {}
        self._unmeasurable: set[Key] = set()

    @property
    def why(self) -> str:
        """What isn't used though it should be, and why; after `offer` also of the voices that it tried."""
        return WHY_JOINT.join(self._reasons)

    def offer(self, languages: Mapping[str, str]) -> tuple[str, ...]:
        """Choose a voice for each spoken language (by the language it is written in), which may be called again.

        Those that have one, in the same order. A variety without a voice of its own is spoken by that of its written
        language. Raises `Stuck`.
        """
        self._offered = dict(languages)
        self._chosen = {}
        for language, written in languages.items():
            choice = self._find(language, written) or self._find(written, written)
            if choice:
                self._chosen[language] = choice
        return tuple(self._chosen)

    @property
    def languages(self) -> frozenset[str]:
        """Those that can be spoken."""
        return frozenset(self._chosen)

    def speak(self, piece: str, language: str, speed: int, speaker: int = 0) -> Spoken:
        """The sound of a piece in one of `languages`, silence at its ends included; raises `SpeechError`, `Stuck`."""
        choice = self._choice(language)
        voice = choice.voice._replace(pitch=choice.engine.pitch(speaker))
        return choice.engine.speak(piece, voice, self._pace(choice, speed))

    def signature(self, language: str, speed: int, speaker: int = 0) -> str:
        """All that the sound of a piece depends on besides its text; it changes when the voice has been measured.

        Raises `SpeechError`.
        """
        choice = self._choice(language)
        pace = self._pace(choice, speed)
        pitch = choice.engine.pitch(speaker)
        signature = f"{choice.engine.name} {choice.engine.version} {choice.voice.id} {pace.rate} {pace.gap}"
        return f"{signature} {pitch:+}" if pitch else signature

    def calibrate(self, language: str) -> bool:
        """One synthesis for measuring the voice of a language; false when nothing is left to measure.

        A measurement is used and remembered when all of it is there. Raises `Stuck`.
        """
        choice = self._chosen.get(language)
        if choice is None or not passage(choice.written):
            return False
        key = choice.key
        if key in self._measured or key in self._unmeasurable:
            return False
        if key not in self._measuring:
            self._measuring[key] = Measuring(choice.engine, choice.voice, choice.written)
        if self._measuring[key].step():
            return True
        curve = self._measuring.pop(key).curve()
        if curve:
            self._measured[key] = self._memory.keep(key, choice.engine.paces, curve)
        else:
            self._unmeasurable.add(key)
        return False

    def describe(self) -> tuple[Voicing, ...]:
        """Of each language that was offered, and of what it is written in: the voices that were tried and won't do,
        then the one that is used."""
        rows: list[Voicing] = []
        for language in dict.fromkeys((*self._offered, *self._offered.values())):
            rows += self._failed.get(language, ())
            if language in self._chosen:
                engine, voice, _ = choice = self._chosen[language]
                curve = self._measured.get(choice.key)
                per_minute = self._per_minute(curve, choice) if curve else 0.0
                rows.append(Voicing(language, engine.name, voice.id, voice.name, used=True, per_minute=per_minute))
        return tuple(rows)

    def phonemes(self, text: str, language: str) -> str:
        """How a text is pronounced in one of `languages`, in the engine's own notation; empty where it can't tell.

        Raises `SpeechError`.
        """
        choice = self._choice(language)
        return choice.engine.phonemes(text, choice.voice)

    def _choice(self, language: str) -> _Choice:
        """Raises `SpeechError` where nothing speaks it, or nothing does any more."""
        if language not in self._chosen:
            raise SpeechError(f"no voice for {language}")
        return self._chosen[language]

    def _start(self, folder: Path) -> Engine | None:
        """The system's own engine."""
        if sys.platform.startswith("linux") and (why := preload(folder)):
            self._reasons.append(why)
        try:
            return Pyttsx(folder)
        except Exception as error:  # noqa: BLE001 - each driver has errors of its own, and all mean the same
            self._reasons.append(f"this system's speech can't be used: {error}")
            return None

    def _find(self, language: str, written: str) -> _Choice | None:
        """The first voice for a language or variety that proves itself, piper's first."""
        if language not in self._found:
            self._found[language] = None
            for engine, voice in (*self._piper(language), *self._own(language)):
                choice = _Choice(engine, voice, written)
                why = self._objection(language, choice)
                if not why:
                    self._found[language] = choice
                    self._recall(choice)
                    break
                self._fail(Voicing(language, engine.name, voice.id, voice.name, used=False, why=why))
        return self._found[language]

    def _own(self, language: str) -> list[tuple[Engine, Voice]]:
        """This system's voices that say they speak it."""
        if self._system is None:
            return []
        return [(self._system, voice) for voice in voices.candidates(language, self._system_voices)]

    def _piper(self, language: str) -> list[tuple[Engine, Voice]]:
        """The voice file that is configured for it, where it can be loaded."""
        model = self._models.get(language)
        if model is None:
            return []
        if model not in self._loaded:
            self._loaded[model] = _load(model)
        engine = self._loaded[model]
        if isinstance(engine, SpeechError):
            self._fail(Voicing(language, "piper", model.name, str(model), used=False, why=str(engine)))
            return []
        return [(engine, voice) for voice in engine.voices()]

    def _fail(self, voicing: Voicing) -> None:
        self._failed.setdefault(voicing.language, []).append(voicing)
        if voicing.engine == "piper":
            self._reasons.append(f"piper for {voicing.language}: {voicing.why}")

    def _objection(self, language: str, choice: _Choice) -> str:
        """Why a voice isn't good enough for a language; empty where it is."""
        engine, voice, written = choice
        try:
            why = voices.mispronounced(language, lambda text: engine.phonemes(text, voice))
            sentence = voices.SENTENCES.get(written)
            if why or not sentence:
                return why
            sound = engine.speak(sentence, voice, self._pace(choice, 100)).samples
        except Stuck:
            raise
        except SpeechError as error:
            return str(error)
        return voices.misspoken(written, pcm.trimmed(sound))

    def _recall(self, choice: _Choice) -> None:
        curve = self._memory.recall(choice.key, choice.engine.paces)
        if curve:
            self._measured[choice.key] = curve

    def _pace(self, choice: _Choice, speed: int) -> Pace:
        curve = self._measured.get(choice.key) or paces.guess(choice.engine, choice.written)
        pause = pause_per_unit(choice.written, speed)
        return paces.pace(curve, choice.written, speed, pause, between=choice.engine.between)

    def _per_minute(self, curve: Curve, choice: _Choice) -> float:
        return round(paces.per_minute(curve, self._pace(choice, 100), pause_per_unit(choice.written, 100)), 1)


def _load(model: Path) -> Engine | SpeechError:
    """The engine of a voice file, or what is wrong with it; only here is piper imported."""
    try:
        from kiosk.voice.piper import Piper

        return Piper(model)
    except SpeechError as error:
        return error
