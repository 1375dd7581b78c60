"""What a whole visit looks like, page by page, in zh and en: one reviewable text file each.

`KIOSK_WRITE_SNAPSHOTS=1 pytest tests/tui/test_snapshots.py` writes them anew; look at the difference.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from kiosk.core.keys import Key
from kiosk.ports import Words
from tests.core.walk import seed_of_plan
from tests.tui.harness import Kiosk, kiosk

FOLDER = Path(__file__).with_name("snapshots")

WAYS = {
    "learn, plan A": ("A", "1 1 1 2 6 enter 1 enter 1 enter 1 enter enter 3"),
    "learn, plan B": ("B", "1 1 1 2 1"),
    "after, closing": (
        "A",
        "1 1 1 2 1 enter 1 enter 1 enter 1 enter enter 6 enter 2 enter 2 enter 3 enter enter 1 2 4 6 enter enter enter",
    ),
    "story": ("A", "1 2 enter enter 2 enter enter enter enter"),
    "help": ("A", "9 1 enter 2 + 0 0"),
    "hints": ("A", "1 5 5 5 . . / 6 1 0"),
}
"""By title: the plan and the keys."""


async def pictures(words: Words, language: str) -> str:
    """Each page once, at the default grid, under the keys that led to it."""
    parts: list[str] = []
    for title, (plan, way) in WAYS.items():
        keys = way.split()
        async with kiosk(words, language=language, seed=seed_of_plan(plan, start=1) - 1) as hall:
            shown = ""
            for number, key in enumerate(["", *keys]):
                if key:
                    hall.app.attend.press(Key(key))
                    await spoken(hall)
                if hall.text != shown:
                    shown = hall.text
                    pressed = " ".join(keys[:number]) or "nothing"
                    parts.append(f"=== {title}, pressed: {pressed}\n{hall.text}")
    return "\n".join(parts) + "\n"


async def spoken(hall: Kiosk) -> None:
    """Let the voice come to its end, so that every line of a scene is painted."""
    hall.speech.speak()
    await asyncio.sleep(0)
    while not hall.app._message_queue.empty():  # what the log and the voice have posted
        await asyncio.sleep(0)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_looks_as_it_did(words: Words, language: str) -> None:
    """Compared with the file, character by character."""
    file = FOLDER / f"{language}.txt"
    now = await pictures(words, language)
    if os.environ.get("KIOSK_WRITE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text(encoding="utf-8")
