"""How long the voice may take, and what is being waited for."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.core.speech import Describe, Render, Say, Write

Task = Say | Write | Render | Describe
"""What is answered when it is done."""

_PIECE = 100
"""Characters after which something of a long utterance is heard: the child speaks it piece by piece."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the voice may take, in seconds."""

    start: float = 15.0
    """From its start until it is ready."""
    answer: float = 2.0
    """For any answer …"""
    character: float = 0.05
    """… and for each character that it has to synthesise first."""
    private: float = 1.0
    """For a new child to say that it plays through the headphones, as the one before it did."""
    end: float = 0.5
    """To end by itself when the kiosk closes."""
    again: float = 1.0
    """Between two starts, however much it is wanted."""
    restarts: tuple[float, ...] = (1.0, 2.0, 5.0, 15.0, 60.0)
    """Before it is started again while nobody wants anything, by how often that was in vain; the last for ever
    after."""
    good: float = 60.0
    """After so long it is forgotten that it ever ended."""

    def for_answer(self, tasks: Iterable[Task]) -> float:
        """Until the next sign of life while these are under way."""
        seconds = self.answer
        for task in tasks:
            match task:
                case Say() | Render():
                    longest = max((len(utterance.text) for utterance in task.utterances), default=0)
                    seconds += self.character * min(_PIECE, longest)
                case Write():
                    seconds += self.character * sum(len(utterance.text) for utterance in task.utterances)
                case Describe():
                    seconds += self.start  # it may try voices that nobody has spoken with yet
        return seconds


@dataclass
class Watch:
    """The moments by which something must have happened, by name."""

    until: dict[str, float] = field(default_factory=dict)

    def set(self, what: str, seconds: float) -> None:
        """Allow it so many seconds from now."""
        self.until[what] = time.monotonic() + seconds

    def set_sooner(self, what: str, seconds: float) -> None:
        """Allow it so many seconds, but not longer than it has already."""
        self.until[what] = min(self.until.get(what, math.inf), time.monotonic() + seconds)

    def drop(self, what: str) -> None:
        """It has happened, or doesn't matter any more."""
        self.until.pop(what, None)

    def remaining(self, what: str) -> float:
        """Seconds that it still has; 0 where it isn't waited for."""
        return max(0.0, self.until.get(what, 0.0) - time.monotonic())

    def left(self) -> float | None:
        """Seconds until the first is due; `None` for never."""
        return max(0.0, min(self.until.values()) - time.monotonic()) if self.until else None

    def due(self) -> str:
        """The first that is due, taken off; empty for none."""
        now = time.monotonic()
        for name, at in self.until.items():
            if at <= now:
                del self.until[name]
                return name
        return ""
