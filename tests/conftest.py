"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.ports import Words


@pytest.fixture(scope="session")
def words() -> Words:
    """The real catalogues."""
    return wiring.words()


@pytest.fixture(scope="session")
def compiled_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the shipped packs are compiled already; who writes into it makes a copy."""
    folder = tmp_path_factory.mktemp("compiled")
    packs = wiring.packs([wiring.shipped("content")], folder)
    packs.catalogue()
    packs.close()
    return folder
