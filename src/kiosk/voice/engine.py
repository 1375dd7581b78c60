"""What a speech engine offers: voices, and the sound of one piece at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from kiosk.voice.spoken import Spoken


class Voice(NamedTuple):
    """A voice of an engine."""

    id: str
    """The engine's own."""
    name: str
    languages: tuple[str, ...]
    """Language tags as the engine writes them; SAPI 5 adds sentences ("Unknown Locale: 4")."""
    male: bool = False
    """Whether the engine calls it a man's, which is lower."""
    pitch: int = 0
    """How much higher than its own it is to be, lower below 0; of espeak's 0 … 100, of which 50 is its own."""


class Pace(NamedTuple):
    """What an engine is set to."""

    rate: int
    """The engine's own measure of speed, more is faster: words a minute for pyttsx3, percent of the model's own pace
    for piper."""
    gap: int = 0
    """Extra silence between words, in units of 10 ms; espeak only."""


class Engine(Protocol):
    """One engine in this process. Used by one thread: on macOS and Windows that must be the main one."""

    @property
    def name(self) -> str:
        """`espeak`, `sapi5`, `nsss` or `piper`."""

    @property
    def version(self) -> str:
        """Changes whenever the same voice may sound different."""

    @property
    def paces(self) -> tuple[Pace, ...]:
        """Where a voice is measured, slowest first; of two neighbours only the rate or only the gap differs."""

    @property
    def between(self) -> bool:
        """Whether it keeps a pace between two of `paces`, or takes the nearest."""

    def guess(self, pace: Pace, *, characters: bool) -> float:
        """Characters or words a minute, pauses left out, to be expected at a pace before the voice was measured."""

    def voices(self) -> Sequence[Voice]:
        """All there are."""

    def pitch(self, speaker: int) -> int:
        """How much higher a speaker (`Utterance.speaker`) is than the voice's own, to be put into `Voice.pitch`.

        Lower below 0; 0 where the engine can't, and for speaker 0. The pace stays the same.
        """

    def phonemes(self, text: str, voice: Voice) -> str:
        """How a text is pronounced, in the engine's own notation; empty where it can't be told. A switch to another
        language stands in parentheses."""

    def speak(self, piece: str, voice: Voice, pace: Pace) -> Spoken:
        """The sound of a piece; raises `SpeechError`, or `Stuck` where only a new process helps."""
