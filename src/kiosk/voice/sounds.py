"""From an utterance to its sound: a tone, else a recording, else what was kept, else a synthesis."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kiosk.core.characters import SPOKEN_AS
from kiosk.core.errors import SpeechError
from kiosk.core.speech import Utterance
from kiosk.voice import pcm, tones
from kiosk.voice.pcm import Samples
from kiosk.voice.pieces import pause_at, pieces
from kiosk.voice.recordings import Recording, Recordings
from kiosk.voice.spoken import Spoken
from kiosk.voice.store import Store
from kiosk.voice.synthesis import Synthesiser


class Made(NamedTuple):
    """A piece of an utterance that is ready."""

    seconds: float
    characters: int
    """Of what was synthesised for it."""
    kept: bool
    """Whether it need not be synthesised another time."""


class Sounds:
    """What can be heard of utterances. On the synthesiser's thread."""

    def __init__(self, synthesiser: Synthesiser, store: Store) -> None:
        self._synthesiser = synthesiser
        self._store = store
        self._recordings = Recordings(())
        self._written: Mapping[str, str] = {}
        self._to_keep: deque[tuple[str, str, Spoken]] = deque(maxlen=16)

    def know(self, written: Mapping[str, str], recordings: Recordings) -> None:
        """The written language of each that is spoken, and what is recorded."""
        self._written = written
        self._recordings = recordings

    def mute(self, utterances: tuple[Utterance, ...]) -> str:
        """Why none of them can be heard; empty where one can, and where there is none."""
        if not utterances or any(map(self._has_sound, utterances)):
            return ""
        languages = sorted({utterance.language for utterance in utterances})
        return f"no voice for {', '.join(languages)}"

    def of(self, utterance: Utterance, speed: int) -> Iterator[Spoken]:
        """Piece by piece, without its pause; nothing where there is nothing to pronounce.

        The words are those of the utterance's text; between its clauses it pauses. Raises `SpeechError`, `Stuck`.
        """
        if utterance.tone:
            yield Spoken(tones.tone(utterance.tone))
            return
        while recording := self._recording(utterance, speed):
            begun = False
            try:
                for samples in self._recordings.play(recording):
                    begun = True
                    yield Spoken(samples)
            except SpeechError:
                # It isn't found again: the next format of it, or the voice, speaks instead.
                if not begun:
                    continue
            return
        if utterance.language in self._synthesiser.languages:
            yield from self._spoken(utterance, speed)

    def make(self, utterance: Utterance, speed: int) -> Iterator[Made]:
        """Have in the store what is neither a tone nor recorded, piece by piece; raises `SpeechError`, `Stuck`."""
        if utterance.tone or self._recording(utterance, speed):
            return
        for piece in pieces(utterance.text):
            signature = self._synthesiser.signature(utterance.language, speed, utterance.speaker)
            spoken = self._store.read(signature, piece.text)
            if spoken is not None:
                yield Made(len(spoken.samples) / pcm.RATE, 0, kept=True)
                continue
            spoken = self._synthesiser.speak(piece.text, utterance.language, speed, utterance.speaker)
            kept = self._store.put(signature, piece.text, spoken)
            yield Made(len(spoken.samples) / pcm.RATE, len(piece.text), kept)

    def prepare(self, utterance: Utterance, speed: int) -> Iterator[None]:
        """Have it at hand, recording or not, step by step; raises `SpeechError`, `Stuck`."""
        for _ in self.of(utterance, speed):
            yield
            self.keep()

    def keep(self) -> bool:
        """Put one piece that was spoken into the store; whether there are more."""
        if self._to_keep:
            self._store.put(*self._to_keep.popleft())
        return bool(self._to_keep)

    def _has_sound(self, utterance: Utterance) -> bool:
        return (
            bool(utterance.tone)
            or utterance.language in self._synthesiser.languages
            or self._recordings.find(utterance.part, utterance.language) is not None
        )

    def _recording(self, utterance: Utterance, speed: int) -> Recording | None:
        """In its language; in the written one too, for a variety that has no voice but that one's.

        What comes under a language that is spoken as another (`zh-Hant`) has words of its own, not recorded there.
        """
        language = utterance.language
        found = self._recordings.find(utterance.part, language)
        written = self._written.get(language, language)
        if found or written == language or language in SPOKEN_AS:
            return found
        languages = self._synthesiser.languages
        if written not in languages or language not in languages:
            return None
        same = self._synthesiser.signature(language, speed) == self._synthesiser.signature(written, speed)
        return self._recordings.find(utterance.part, written) if same else None

    def _spoken(self, utterance: Utterance, speed: int) -> Iterator[Spoken]:
        at = 0
        for piece in pieces(utterance.text):
            # Between two pieces the voice may have been measured, or taken away.
            signature = self._synthesiser.signature(utterance.language, speed, utterance.speaker)
            spoken = self._store.get(signature, piece.text)
            if spoken is None:
                spoken = self._synthesiser.speak(piece.text, utterance.language, speed, utterance.speaker)
                self._to_keep.append((signature, piece.text, spoken))
            first, last = pcm.ends(spoken.samples)
            if first == last:
                continue
            start = utterance.text.find(piece.text, at)
            at = max(at, start + len(piece.text))
            samples = spoken.samples[first:last] + pcm.silence(pause_at(piece, speed))
            yield Spoken(samples, _words(spoken.words, first, start) if start >= 0 else ())


def _words(words: tuple[tuple[int, int, int], ...], cut: int, start: int) -> tuple[tuple[int, int, int], ...]:
    """The same, counted from behind the silence that was cut off, and in the whole text."""
    return tuple((max(0, offset - cut), start + first, length) for offset, first, length in words)


def interleaved(spoken: Spoken) -> Iterator[Samples | tuple[int, int]]:
    """The samples, and between them, where it begins, each word as (start, length)."""
    done = 0
    for offset, start, length in spoken.words:
        if offset > done:
            yield spoken.samples[done:offset]
            done = offset
        yield start, length
    yield spoken.samples[done:] if done else spoken.samples
