"""Ten thousand utterances leave nothing behind: no files, processes, threads, descriptors or memory."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.core.speech import Finished, Hush, Hushed, Prepare, Ready, Repertoire, Started, Utterance
from tests.voice.running import Running
from tests.voice.test_players import children
from tests.voice.test_recordings import FILES, place

UTTERANCES = 10_000

MEGABYTES = 10

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process holds is read from /proc"),
]


class Held(NamedTuple):
    """By a process."""

    memory: int
    """Bytes, resident."""
    descriptors: int
    threads: int
    children: int
    files: int
    """In its own folder."""
    kept: int
    """Bytes in the cache."""


def held(voice: Running, cache: Path) -> Held:
    process = Path(f"/proc/{voice.process.pid}")
    pages = int((process / "statm").read_text().split()[1])
    return Held(
        pages * os.sysconf("SC_PAGE_SIZE"),
        len(list((process / "fd").iterdir())),
        len(list((process / "task").iterdir())),
        len(children(voice.process.pid)),
        len(list(voice.folder.iterdir())),
        sum(path.stat().st_size for path in cache.rglob("*") if path.is_file()),
    )


def utterance(number: int) -> Utterance:
    """Recorded, a tone, said before, or new, in turn."""
    match number % 5:
        case 0:
            return Utterance("录", "zh", part=f"pack/item/{number % 3}")
        case 1:
            return Utterance("", "zh", tone="right")
        case 2:
            return Utterance(f"第{number % 50}句话，说过了。", "zh")
        case 3:
            return Utterance(f"Sentence number {number} is new.", "en")
        case _:
            return Utterance(f"第{number}句话，没有说过。", "zh")


def test_ten_thousand_utterances_leave_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, suffix in enumerate((".mp3", ".ogg", ".mp3")):
        shutil.copy(FILES / f"tone{suffix}", place(tmp_path / "pack", suffix, part=str(number)))
    cache = tmp_path / "cache"
    found: dict[int, Held] = {}
    with Running(tmp_path / "run", f"--cache={cache}", f"--cache-megabytes={MEGABYTES}") as voice:
        voice.send(Repertoire((("zh", "zh"), ("en", "en")), (("pack", str(tmp_path / "pack")),)))
        voice.until(Ready)
        for number in range(1, UTTERANCES + 1):
            voice.say(number, utterance(number), utterance(number + 1))
            if number % 10 == 0:
                voice.send(Prepare((utterance(number + 7), utterance(number + 8))))
            if number % 3 == 0:
                voice.send(Hush())
                voice.until(Hushed, number)
            elif number % 3 == 1:
                voice.until(Started, number)
            if number % 1000 == 0:
                voice.say(number, "好")
                voice.until(Finished, number)
                found[number] = held(voice, cache)
                voice.told.clear()
        assert voice.complaints == []
    with capsys.disabled():
        for number, what in found.items():
            print(f"\n{number}: {what}", end="")
    settled, end = found[UTTERANCES // 5], found[UTTERANCES]
    assert end.memory - settled.memory < 8_000_000
    assert end.descriptors <= settled.descriptors
    assert end.threads <= settled.threads
    assert end.children == 0
    assert end.files == settled.files
    assert all(what.kept <= MEGABYTES * 1_100_000 for what in found.values())
    assert not voice.folder.exists()
    assert not list(cache.rglob("*.part"))
