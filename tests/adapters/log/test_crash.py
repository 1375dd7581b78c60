"""Whatever ends the kiosk or fills its disk: what was acknowledged is on disk, and every visit there is a beginning."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.adapters.log.conftest import Open
from tests.adapters.log.rows import read, start

ROOT = Path(__file__).parents[3]
"""From where the children find the tests' rows."""

VISITOR = """
import itertools, os, queue, sys, uuid
from pathlib import Path
from kiosk.adapters.log.lock import hold
from kiosk.adapters.log.writer import Writer
from tests.adapters.log.rows import answer, ended, opened

folder = Path(sys.argv[1])
writer = Writer(folder, "kiosk-1", "centre", hold(folder))
waiting = queue.Queue(20)

def keep(rows, name):
    def done(kept):
        os.write(1, f"{name} {'kept' if kept.counted else 'refused'}\\n".encode())
        waiting.get()
    waiting.put(name)
    writer.keep(rows, done)

def visits(count):
    for _ in range(count):
        visit = str(uuid.uuid4())
        keep([opened(visit), answer(visit, 1)], f"{visit} 1")
        for seq in range(2, 8):
            keep([answer(visit, seq)], f"{visit} {seq}")
        keep([ended(visit, 7)], f"{visit} end")
"""

ENDLESS = VISITOR + "visits(1_000_000)\n"

ON_A_FULL_DISK = (
    VISITOR
    + """
import resource
keep([], "started")
while not waiting.empty():
    pass
most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, most))
visits(400)
while not waiting.empty():
    pass
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
visits(20)
writer.close()
"""
)


class Told:
    """What a child said of its rows: by visit, what was kept and what was refused."""

    def __init__(self, said: bytes) -> None:
        self.kept: dict[str, set[str]] = defaultdict(set)
        self.refused: dict[str, set[str]] = defaultdict(set)
        self.visits: list[str] = []
        for line in said.decode().splitlines(keepends=True):
            if line.endswith("\n") and line.count(" ") == 2:
                visit, what, how = line.split()
                (self.kept if how == "kept" else self.refused)[visit].add(what)
                if visit not in self.visits:
                    self.visits.append(visit)


def check(folder: Path, told: Told) -> None:
    """Everything kept is there, no visit has a gap, and each is closed."""
    answers = defaultdict(list)
    for row in read(folder, "answer"):
        answers[row["visit"]].append(row["seq"])
    opened = {row["visit"] for row in read(folder, "opened")}
    closed = {row["visit"]: row for row in read(folder, "visit")}
    for visit, kept in told.kept.items():
        for what in kept:
            if what == "end":
                assert closed[visit]["ended_by"] == "finished"
            else:
                assert int(what) in answers[visit]
    for visit, seqs in answers.items():
        assert seqs == list(range(1, len(seqs) + 1))
        assert closed[visit]["answers"] == len(seqs)
        assert (closed[visit]["ended_by"] == "finished") == (len(seqs) == 7 and closed[visit]["seconds"] == 480)
    assert opened == set(answers) == set(closed)


def crash_rounds(folder: Path, open_writer: Open, rounds: int, seed: int) -> None:
    """Kill a kiosk in the middle of its writing, again and again on the same folder."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    said = b""
    for _ in range(rounds):
        command = [sys.executable, "-c", ENDLESS, str(folder)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            for _ in range(chance.randrange(1, 120)):
                said += child.stdout.readline()
            child.kill()
            said += child.stdout.read()
    writer = open_writer(folder)
    assert start(writer).counted
    told = Told(said)
    assert len(told.visits) >= rounds
    assert not told.refused
    check(folder, told)


def test_a_kiosk_killed_at_any_moment_loses_nothing_acknowledged(folder: Path, open_writer: Open) -> None:
    crash_rounds(folder, open_writer, rounds=12, seed=12)


@pytest.mark.soak
def test_a_hundred_crashes_lose_nothing_acknowledged(folder: Path, open_writer: Open) -> None:
    crash_rounds(folder, open_writer, rounds=100, seed=100)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_disk_that_fills_up_refuses_visits_and_loses_nothing(folder: Path, open_writer: Open) -> None:
    command = [sys.executable, "-c", ON_A_FULL_DISK, str(folder)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert child.returncode == 0, child.stderr.decode()
    told = Told(child.stdout)
    assert len(told.visits) == 420
    assert len(told.refused) > 100
    assert len(told.kept) > 100
    last = told.visits[-20:]
    assert not set(last) & set(told.refused), "with room again, visits are counted again"
    writer = open_writer(folder)
    assert start(writer).counted
    check(folder, told)
    absent = {visit for visit, what in told.refused.items() if "1" in what}
    assert not absent & {row["visit"] for row in read(folder, "opened")}
