"""How long the voice may take, and what is being waited for."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.core.speech import Say, Write

_PIECE = 200
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
    end: float = 0.5
    """To end by itself when the kiosk closes."""
    restarts: tuple[float, ...] = (1.0, 2.0, 5.0, 15.0, 60.0)
    """Before it is started again, by how often that was in vain; the last for ever after."""
    good: float = 60.0
    """After so long it is forgotten that it ever ended."""

    def for_answer(self, commands: Iterable[Say | Write]) -> float:
        """Until the next sign of life while these are under way."""
        most = 0
        for command in commands:
            lengths = [len(utterance.text) for utterance in command.utterances]
            most += sum(lengths) if isinstance(command, Write) else min(_PIECE, max(lengths, default=0))
        return self.answer + self.character * most


@dataclass
class Watch:
    """The moments by which something must have happened, by name."""

    until: dict[str, float] = field(default_factory=dict)

    def set(self, what: str, seconds: float) -> None:
        """Allow it so many seconds from now."""
        self.until[what] = time.monotonic() + seconds

    def drop(self, what: str) -> None:
        """It has happened, or doesn't matter any more."""
        self.until.pop(what, None)

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
