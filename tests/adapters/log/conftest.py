"""A data folder with a log that was begun, and writers that are closed whatever happens."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.adapters.log import DATABASE
from kiosk.adapters.log.lock import hold
from kiosk.adapters.log.migrate import upgrade
from kiosk.adapters.log.writer import QUEUE_ROWS, Writer


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes reach `caplog`, also after a test that opened the screen, which keeps them from the terminal."""
    monkeypatch.setattr(logging.getLogger("kiosk"), "propagate", True)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty log, made once."""
    folder = tmp_path_factory.mktemp("begun")
    assert upgrade(folder)
    return folder / DATABASE


@pytest.fixture
def folder(tmp_path: Path, begun: Path) -> Path:
    """A data folder whose log was begun."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(begun, data / DATABASE)
    return data


Open = Callable[..., Writer]


@pytest.fixture
def open_writer() -> Iterator[Open]:
    """Open a writer on a folder; closed at the end of the test."""
    writers: list[Writer] = []

    def open_one(folder: Path, *, limit: int = QUEUE_ROWS) -> Writer:
        writers.append(Writer(folder, "kiosk-1", "centre", hold(folder), limit=limit))
        return writers[-1]

    yield open_one
    for writer in writers:
        writer.close()
