"""Whatever ends the kiosk, what a visitor has seen acknowledged is on disk, and no part of it runs on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.ports import Words
from tests.end_to_end.pack_files import PackFiles
from tests.end_to_end.premises import Premises
from tests.end_to_end.visitor import Answer, Visitor

HOLD_SECONDS = 0.3
"""For so long a page waits for the disk. What was shown sooner is on it; what was shown later perhaps not yet."""

_MEMORY = Path("/dev/shm")


@pytest.fixture
def swift(tmp_path: Path) -> Iterator[Path]:
    """A data folder on the fastest disk there is: it isn't the disk that is tried."""
    parent = _MEMORY if os.access(_MEMORY, os.W_OK) else tmp_path
    with tempfile.TemporaryDirectory(dir=parent, prefix="kiosk-data-") as folder:
        yield Path(folder) / "data"


class Crashed:
    """A visit that a kill -9 cut off."""

    def __init__(self, visitor: Visitor) -> None:
        self.sure: list[Answer] = []
        """Answers whose feedback was on the screen, and so soon that they must be on disk."""
        self.answers = visitor.answers
        """All that were given."""
        self.name: str | None = None
        """In the log; None where not even its first answer is there."""
        self._visitor = visitor

    def walk(self, presses: int) -> None:
        """Answer and go on, so many times."""
        for _ in range(presses):
            visitor = self._visitor
            if visitor.look() == "goodbye":
                return
            answers = len(visitor.answers)
            seconds = visitor.answer() if "Enter" not in visitor.terminal.caps else visitor.press("Enter")
            if len(visitor.answers) > answers and seconds < HOLD_SECONDS:
                self.sure = list(visitor.answers)  # one writer, in order: all before it are there too

    def press_and_crash(self, seconds: float) -> None:
        """One more key; kill -9 a moment later, whatever is going on then."""
        visitor, terminal = self._visitor, self._visitor.terminal
        kind, began = visitor.look(), time.monotonic()
        question = "Enter" not in terminal.caps
        number = visitor.any_of(kind) if question else "Enter"
        counts_as = visitor.answer_of(kind, number) if question else None
        before = terminal.rows
        terminal.send(b"\r" if number == "Enter" else number.encode())
        terminal.rest(seconds)
        terminal.kill()
        took = time.monotonic() - began
        assert terminal.until_ended() == -signal.SIGKILL
        if counts_as is not None and terminal.rows != before and visitor.kind() != kind and took < HOLD_SECONDS:
            self.answers = [*self.answers, counts_as]
            self.sure = list(self.answers)


def crash_again_and_again(premises: Premises, pack: PackFiles, words: Words, data: Path, rounds: int) -> None:
    """So many visits, each cut off at a random moment; then what the export says of them."""
    premises.begin_log(data)
    crashed: list[Crashed] = []
    known: list[str] = []
    chance = random.Random(20)  # noqa: S311 - so that a failure can be had again
    for place in range(rounds):
        terminal = premises.open(data=data, muted=place % 3 != 0)
        visitor = Visitor(terminal, "zh", pack, words, seed=place)
        visitor.enter("1")
        crashed.append(Crashed(visitor))
        crashed[-1].walk(chance.randrange(26))
        crashed[-1].press_and_crash(chance.choice([0.0, chance.uniform(0, 0.02), chance.uniform(0, 0.3)]))
        premises.until_nothing_runs()
        opened = [row["visit"] for row in premises.export("opened", data)]
        assert opened[: len(known)] == known
        assert len(opened) - len(known) <= 1
        crashed[-1].name = opened[-1] if len(opened) > len(known) else None
        known = opened
    premises.open(data=data)
    ended = premises.until_exported("visit", len(known), data)
    assert sorted(visit["visit"] for visit in ended) == sorted(known), "each is closed, once"
    assert {(visit["ended_by"], visit["finished"]) for visit in ended} == {("restart", False)}
    answers = premises.export("answer", data)
    assert {row["visit"] for row in answers} <= set(known)
    for each in crashed:
        rows = [row for row in answers if row["visit"] == each.name]
        expected = [answer._asdict() for answer in each.sure]
        assert len(rows) >= len(expected)
        assert [{key: row[key] for key in Answer._fields} for row in rows[: len(expected)]] == expected
        assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
        assert [visit["answers"] for visit in ended if visit["visit"] == each.name] == ([len(rows)] if rows else [])
    given = sum(len(each.answers) for each in crashed)
    assert sum(len(each.sure) for each in crashed) >= given / 2 > 0, "too slow a machine for this to mean anything"


def test_twelve_crashes(premises: Premises, pack: PackFiles, words: Words, swift: Path) -> None:
    """kill -9 at random moments loses no answer whose feedback was seen; each visit is closed as `restart`, once."""
    crash_again_and_again(premises, pack, words, swift, 12)


@pytest.mark.soak
def test_a_hundred_crashes(premises: Premises, pack: PackFiles, words: Words, swift: Path) -> None:
    """The same, until the rare moments were met as well."""
    crash_again_and_again(premises, pack, words, swift, 100)


def test_the_next_start_closes_the_visit_at_once(premises: Premises, pack: PackFiles, words: Words) -> None:
    """Without anybody touching the kiosk, the visit that a crash cut off is closed as `restart`."""
    visitor = Visitor(premises.open(), "zh", pack, words)
    visitor.enter("1")
    visitor.go("see")
    premises.until_exported("answer", len(visitor.answers))
    visitor.terminal.kill()
    visitor.terminal.until_ended()
    assert premises.export("visit") == []
    premises.open()
    (visit,) = premises.until_exported("visit", 1)
    assert (visit["ended_by"], visit["answers"], visit["mode"]) == ("restart", len(visitor.answers), "learn")
    assert (visit["language"], visit["finished"], visit["kiosk"]) == ("zh", False, "kiosk-7")
    assert len(premises.export("answer")) == len(visitor.answers)


ENDS = {"SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "SIGKILL": signal.SIGKILL}


@pytest.mark.parametrize("how", ["Ctrl+Q", "terminal closed", *ENDS])
def test_nothing_of_it_runs_on(premises: Premises, pack: PackFiles, words: Words, how: str) -> None:
    """In the middle of a sentence: the voice ends with the kiosk, and its answers are kept, however it ends."""
    terminal = premises.open(muted=False)
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.answer()
    if how == "SIGKILL":
        premises.until_exported("answer", 1)
    terminal.until(lambda: bool(premises.running("kiosk.voice")), "speaking")
    if how == "Ctrl+Q":
        terminal.send(b"\x11")
        assert terminal.until_ended() == 0
    elif how == "terminal closed":
        terminal.hang_up()
    else:
        terminal.kill(ENDS[how])
        assert terminal.until_ended() == (-signal.SIGKILL if how == "SIGKILL" else 0)
    premises.until_nothing_runs()
    answers = premises.export("answer")
    assert [{key: row[key] for key in Answer._fields} for row in answers] == visitor.expected()
    if how != "SIGKILL":
        (visit,) = premises.export("visit")
        assert (visit["ended_by"], visit["answers"]) == ("staff", 1)


def test_the_voice_is_killed(premises: Premises, pack: PackFiles, words: Words) -> None:
    """A voice that dies takes nothing with it: the visit goes on to its end."""
    terminal = premises.open(muted=False)
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    terminal.until(lambda: bool(premises.running("kiosk.voice")), "speaking")
    for _ in range(4):
        for pid in premises.running("kiosk.voice"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        visitor.step()
    visitor.go("goodbye")
    visitor.leave()
    (visit,) = premises.export("visit")
    assert (visit["finished"], visit["answers"]) == (True, len(visitor.answers))


def test_killed_while_it_starts(premises: Premises, pack: PackFiles, words: Words) -> None:
    """Packs half compiled, a log half begun: the next start mends it, and nothing is left running."""
    chance = random.Random(7)  # noqa: S311 - so that a failure can be had again
    premises.cache = premises.folder / "cache"
    premises.configure()
    shutil.rmtree(premises.data)
    for place in range(6):
        terminal = premises.open(ready=False, muted=place % 2 == 0)
        terminal.rest(chance.uniform(0.1, 1.2))
        terminal.kill(chance.choice([signal.SIGKILL, signal.SIGTERM]))
        terminal.until_ended()
    premises.until_nothing_runs()
    visitor = Visitor(premises.open(), "zh", pack, words)
    visitor.enter("2")
    visitor.go("goodbye")
    visitor.leave()
    (visit,) = premises.until_exported("visit", 1)
    assert (visit["ended_by"], visit["answers"]) == ("finished", len(visitor.answers))
    assert not list(premises.data.glob("*damaged*"))
