"""The one engine of this process, and a neural voice that is no bigger than its test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.voice import synthesis
from kiosk.voice.espeak import preload
from kiosk.voice.pyttsx import Pyttsx
from kiosk.voice.synthesis import Synthesiser


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Pyttsx:
    """pyttsx3 with the espeak-ng of the wheel: a process can start it once."""
    folder = tmp_path_factory.mktemp("voice")
    assert preload(folder) == ""
    return Pyttsx(folder)


Make = Callable[..., Synthesiser]


@pytest.fixture
def make(engine: Pyttsx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A new synthesiser over that engine: `make(memory, models)`."""
    monkeypatch.setattr(synthesis, "Pyttsx", lambda _: engine)

    def build(memory: Path | None = None, models: dict[str, Path] | None = None) -> Synthesiser:
        return Synthesiser(tmp_path, memory, models or {})

    return build


@pytest.fixture
def synthesiser(make: Make) -> Synthesiser:
    it = make()
    assert it.offer({"zh": "zh", "en": "en", "bo": "bo"}) == ("zh", "en")
    return it
