"""A neural voice from a file, by piper: for centres that install one, where the system has none that is as good."""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kiosk.core.errors import SpeechError
from kiosk.voice import pcm
from kiosk.voice.engine import Pace, Voice
from kiosk.voice.lexicon import joined_letters
from kiosk.voice.mandarin import RESPELLING, respelled
from kiosk.voice.spoken import Spoken

_NATURAL = {True: 250.0, False: 175.0}
"""Characters (or words) a minute to be expected of a model at its own pace."""

_PINYIN = "g2pW/g2pw.onnx"
"""What a model for pinyin needs beside it; piper would fetch it from the internet."""


class Piper:
    """One model, loaded: an engine with one voice."""

    name = "piper"
    paces = (Pace(70), Pace(120), Pace(200))  # not slower: the longer a sound, the longer a step of measuring takes
    between = True

    def __init__(self, model: Path) -> None:
        """Takes a second or so; raises `SpeechError` with what is wrong with the model or the installation."""
        config = Path(f"{model}.json")
        _need(model)
        _need(config)
        try:
            if json.loads(config.read_text("utf-8")).get("phoneme_type") == "pinyin":
                _need(model.parent / _PINYIN)
            # A kiosk has no internet, and must not look for any.
            os.environ["HF_HUB_OFFLINE"] = "1"
            from piper import PiperVoice, SynthesisConfig

            self._settings: Any = SynthesisConfig
            self._model: Any = PiperVoice.load(model, config, download_dir=model.parent)
            self.version = f"{version('piper-tts')}-{RESPELLING} {_digest(model, config)}"
            self._alphabet = str(self._model.config.phoneme_type.value)
        except SpeechError:
            raise
        except ImportError as error:
            raise SpeechError("piper is not installed (see-ask-compare-kiosk[piper])") from error
        except Exception as error:
            raise SpeechError(f"{model} can't be loaded: {_first_line(error)}") from error
        self._voice = Voice(model.name, str(model), ())

    def guess(self, pace: Pace, *, characters: bool) -> float:
        """Characters or words a minute."""
        return _NATURAL[characters] * pace.rate / 100

    def voices(self) -> Sequence[Voice]:
        """The one."""
        return (self._voice,)

    def pitch(self, speaker: int) -> int:
        """0: a model has its own."""
        del speaker
        return 0

    def phonemes(self, text: str, voice: Voice) -> str:
        """In the model's alphabet (mostly IPA); empty for a model that reads letters."""
        del voice
        if self._alphabet == "text":
            return ""
        try:
            return " ".join("".join(sentence) for sentence in self._model.phonemize(self._spelled(text)))
        except Exception as error:
            raise SpeechError(f"piper can't pronounce: {_first_line(error)}") from error

    def speak(self, piece: str, voice: Voice, pace: Pace) -> Spoken:
        """The sound of a piece; raises `SpeechError`."""
        del voice
        settings = self._settings(length_scale=self._model.config.length_scale * 100 / pace.rate)
        samples = pcm.silence(0)
        try:
            for chunk in self._model.synthesize(self._spelled(piece), settings):
                samples += pcm.converted(array("h", chunk.audio_int16_bytes), chunk.sample_rate, chunk.sample_channels)
        except Exception as error:
            raise SpeechError(f"piper can't speak: {_first_line(error)}") from error
        return Spoken(samples)

    def _spelled(self, text: str) -> str:
        """What the model is given; in [[ ]] it would expect phonemes."""
        text = text.replace("[[", "[")
        if self._alphabet != "espeak":
            return text
        if self._model.config.espeak_voice.startswith(("cmn", "zh")):
            return respelled(text)[0]
        return joined_letters(text)


def _need(file: Path) -> None:
    if not file.is_file():
        raise SpeechError(f"{file} is not there")


def _digest(*files: Path) -> str:
    """Of what is in the files, so that another model under the same name is another voice."""
    found = hashlib.sha256()
    for file in files:
        with file.open("rb") as content:
            found.update(hashlib.file_digest(content, "sha256").digest())
    return found.hexdigest()[:16]


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "") or type(error).__name__
