"""A disk that takes seconds for a commit: the screen doesn't wait for it, and nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kiosk.ports import Words
from tests.end_to_end.pack_files import PackFiles
from tests.end_to_end.premises import Premises
from tests.end_to_end.visitor import Visitor


@contextmanager
def busy(data: Path) -> Iterator[None]:
    """Nobody else can commit meanwhile."""
    with closing(sqlite3.connect(data / "kiosk.sqlite3", isolation_level=None, timeout=30)) as base:
        base.execute("BEGIN IMMEDIATE")
        yield
        base.execute("ROLLBACK")


def test_the_page_changes_while_the_commit_waits(premises: Premises, pack: PackFiles, words: Words) -> None:
    """Two seconds for a commit: each page comes well within one, and afterwards every answer is there, in order."""
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.answer()
    premises.until_exported("answer", 1)
    with busy(premises.data):
        waits: list[float] = []
        while sum(waits) < 2.0:
            if visitor.look() == "goodbye":
                break
            question = "Enter" not in terminal.caps
            waits.append(visitor.answer() if question else visitor.press("Enter"))
        assert sorted(waits)[len(waits) // 2] < 0.6
        assert max(waits) < 1.5
        assert len(premises.export("answer")) == 1, "an export waits for nobody either"
    visitor.go("goodbye")
    visitor.leave()
    (visit,) = premises.until_exported("visit", 1)
    assert visit["answers"] == len(visitor.answers)
    expected = visitor.expected()
    assert [{name: row[name] for name in expected[0]} for row in premises.export("answer")] == expected
    assert not any(words.write("zh", "sign-not-counted-today") in screen for screen in visitor.screens)


def test_it_is_closed_while_the_commit_waits(premises: Premises, pack: PackFiles, words: Words) -> None:
    """Ctrl+Q waits for what is to be written; the terminal is given back all the same."""
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.answer()
    premises.until_exported("answer", 1)
    with busy(premises.data):
        visitor.answer()
        visitor.step()
        terminal.send(b"\x11")
        terminal.rest(1.0)
    assert terminal.until_ended() == 0
    (visit,) = premises.export("visit")
    assert (visit["ended_by"], visit["answers"]) == ("staff", len(visitor.answers))
    assert len(premises.export("answer")) == len(visitor.answers)
