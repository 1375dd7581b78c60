"""What an engine makes of a piece."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.core.errors import SpeechError
from kiosk.voice.pcm import Samples


class Spoken(NamedTuple):
    """The sound of a piece."""

    samples: Samples
    """As synthesised, the silence at both ends included."""
    words: tuple[tuple[int, int, int], ...] = ()
    """(Sample at which it begins, counted in `samples`; start and length in characters of the piece) of each word, in
    the order in which they are spoken; empty where the engine doesn't tell."""


class Stuck(SpeechError):  # noqa: N818 - it names the state of the engine
    """The engine did not come back: only a new process helps."""
