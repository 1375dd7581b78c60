"""Every sentence that the kiosk can say with its own packs was synthesised and lasts as long as it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.core.pace import expected_seconds
from kiosk.core.repertoire import repertoire
from kiosk.core.settings import SPEEDS
from kiosk.voice import pcm
from kiosk.voice.pieces import pause_at, pieces
from kiosk.voice.synthesis import Synthesiser

from .conftest import Make

LANGUAGES = ("zh", "en")


def sentences(language: str, cache: Path) -> list[str]:
    """Every part that the packs and the interface make the voice say, each once."""
    packs = wiring.packs([wiring.shipped("content")], cache)
    catalogue = packs.catalogue()
    items = packs.fetch([entry.id for entry in catalogue.entries])
    found = {each.text for each in repertoire(catalogue, items, wiring.words(), language, language)}
    assert len(found) > 800
    return sorted(found)


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_lasts_as_long_as_it_should(language: str, make: Make, compiled_cache: Path) -> None:
    """Slowest, normal and fastest, once the voice is measured: between half and twice what it should, and 0.4 s for
    the shortest; all together within 10 %."""
    synthesiser = make()
    synthesiser.offer({language: language})
    while synthesiser.calibrate(language):
        pass
    wrong: list[str] = []
    for speed in (min(SPEEDS), 100, max(SPEEDS)):
        all_seconds = all_should = 0.0
        for text in sentences(language, compiled_cache):
            seconds = 0.0
            for piece in pieces(text):
                sound = pcm.trimmed(synthesiser.speak(piece.text, language, speed).samples)
                seconds += len(sound) / pcm.RATE + pause_at(piece, speed)
            should = expected_seconds(text, language, speed)
            if not 0.5 * should - 0.4 <= seconds <= 2 * should + 0.4:
                wrong.append(f"{text} at {speed} %: {seconds:.1f} s instead of {should:.1f} s")
            all_seconds, all_should = all_seconds + seconds, all_should + should
        assert all_seconds == pytest.approx(all_should, rel=0.1)
    assert not wrong


@pytest.mark.soak
def test_every_chinese_sentence_is_mandarin_throughout(synthesiser: Synthesiser, compiled_cache: Path) -> None:
    """No switch to English where nothing in Latin letters stands."""
    for text in sentences("zh", compiled_cache):
        if not any(character.isascii() and character.isalnum() for character in text):
            assert "(" not in synthesiser.phonemes(text, "zh"), text
