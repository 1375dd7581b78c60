"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.ports import Words


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """For `-n auto`: one more than there are cores, since half of the time a test waits for a screen or a voice."""
    return (os.cpu_count() or 1) + 1


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
