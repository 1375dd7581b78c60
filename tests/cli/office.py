"""Voices of paper, for commands that ask voices for something and play nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.core.settings import Settings
from kiosk.core.speech import Described, Failed, News, Ready, Rendered, Repertoire, Utterance, Voicing


class PaperVoice:
    """Makes what it is asked for at once: a second for every three characters."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office = office
        self._known: dict[str, str] = {}
        self._languages: tuple[str, ...] = ()
        self._tell: Callable[[News], None] = lambda _: None
        self._numbers = iter(range(1, 1_000_000))
        office.settings.append(settings)

    def know(self, repertoire: Repertoire) -> None:
        self._office.repertoire = repertoire
        self._known = dict(repertoire.languages)
        self._languages = tuple(
            language for language, written in repertoire.languages if written not in self._office.mute
        )

    def start(self) -> None:
        pass

    def listen(self, listener: Callable[[News], None]) -> None:
        self._tell = listener
        listener(Ready(self._languages, True))

    def describe(self) -> int:
        number = next(self._numbers)
        voices = [
            Voicing(language, "paper", language[:2], "Paper", language in self._languages) for language in self._known
        ]
        self._tell(Described(number, tuple(voices), "", "", (), "", 0, 0))
        return number

    def render(self, utterances: Sequence[Utterance], speed: int) -> int:
        number = next(self._numbers)
        if not utterances[0].text:  # only to be measured
            self._office.measured += 1
            return number
        assert self._office.measured
        (utterance,) = utterances
        self._tell(self._office.make(number, utterance, speed))
        return number

    def close(self) -> None:
        self._office.closed += 1


class Office:
    """What all voices of a test share."""

    def __init__(self) -> None:
        self.cache: set[tuple[str, str, int]] = set()
        self.broken: set[str] = set()
        self.mute: set[str] = set()
        self.asked: list[tuple[str, str, int]] = []
        self.settings: list[Settings] = []
        self.repertoire = Repertoire(())
        self.measured = 0
        """How often voices were measured."""
        self.closed = 0

    def hire(self, settings: Settings) -> PaperVoice:
        """As `wiring.speech` does it."""
        return PaperVoice(self, settings)

    def make(self, number: int, utterance: Utterance, speed: int) -> News:
        self.asked.append((utterance.part, utterance.language, speed))
        if utterance.part in self.broken:
            return Failed(number, "the engine is broken")
        key = utterance.text, utterance.language, speed
        new = key not in self.cache
        self.cache.add(key)
        return Rendered(number, len(utterance.text) / 3, len(utterance.text) if new else 0)
