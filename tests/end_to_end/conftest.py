"""The premises of a kiosk, and the pack that comes with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import wiring
from tests.end_to_end.pack_files import PackFiles
from tests.end_to_end.premises import Premises


@pytest.fixture(scope="session")
def cache(compiled_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the shipped packs are compiled already."""
    return shutil.copytree(compiled_cache, tmp_path_factory.mktemp("end-to-end") / "cache")


@pytest.fixture(scope="session")
def pack() -> PackFiles:
    """The library."""
    return PackFiles(wiring.shipped("content") / "elder-fraud")


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """A data folder whose log was begun and is empty."""
    folder = tmp_path_factory.mktemp("begun")
    done = Premises(folder, cache).run("log", "migrate", "--data", str(folder / "log"))
    assert done.returncode == 0, done
    return folder / "log"


@pytest.fixture
def premises(tmp_path: Path, cache: Path, log: Path) -> Iterator[Premises]:
    """A kiosk's surroundings. Whatever the test does, nobody sees a traceback and nothing is left running."""
    made = Premises(tmp_path, cache, log)
    try:
        yield made
        shown = [bytes(terminal.raw) for terminal in made.terminals]
    finally:
        made.close()
    for some in shown:
        assert b"Traceback" not in some
        assert b"Error:" not in some
