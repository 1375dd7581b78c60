"""The screen: keys and touches reach the use case, its sheets are painted, and nothing of Textual's leads out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen

from kiosk.core.items import Text
from kiosk.core.pages import page_of
from kiosk.core.records import Answer
from kiosk.core.speech import Started, Word
from kiosk.core.visit import Place
from kiosk.ports import Words
from kiosk.tui.app import KioskApp
from kiosk.tui.stage import Stage
from kiosk.tui.widgets.sheet import SheetView
from tests.core.walk import seed_of_plan
from tests.fakes.packs import small_catalogue
from tests.tui.harness import GRIDS, application, kiosk


@pytest.mark.parametrize("size", GRIDS)
@pytest.mark.parametrize(("language", "plan"), [("zh", "A"), ("en", "B")])
async def test_every_kind_of_page_at_every_grid(words: Words, size: tuple[int, int], language: str, plan: str) -> None:
    """A learn visit and a story by keys, with help on the way: each row as wide as the terminal, the help row last."""
    seen: set[str] = set()
    first = seed_of_plan(plan, start=1) - 1  # a visit begins before the packs are open, and anew with them
    async with kiosk(words, size, language=language, seed=first) as hall:

        async def press(*keys: str) -> None:
            for key in keys:
                await hall.press(key)
                hall.speech.speak()
                await hall.pilot.pause()
                seen.add(page_of(hall.app.attend.visit, words).name)
                assert len(hall.rows) == size[1]
                assert all(cell_len(row) == size[0] for row in hall.rows)
                assert "[9]" in "".join(hall.rows[-2:])
                assert len(hall.text.strip()) > 60

        for choice in ("1", "2"):
            await press("1", choice)
            while hall.app.attend.visit.place is Place.SCRIPT:
                await press("enter" if "[Enter]" in "".join(hall.rows[-2:]) else "1")
        await press("1", "9", "1", "0", "2", "0", "0", "1", "0")
        assert any(isinstance(row, Answer) for row in hall.log.rows)
    practice = {"see", "seen", "ask", "asked", "compare", "compared", "decide", "verdict", "why"}
    measured = {"judge", "act", "fact"} if plan == "B" else {"judge"}
    closing = {"age", "returning", "result", "owed", "goodbye"}
    told = {"story", "pause", "paused", "lesson"}
    around = {"welcome", "home", "help", "minutes", "settings", "leave"}
    assert practice | measured | closing | told | around <= seen


@pytest.mark.parametrize("size", GRIDS)
async def test_a_visit_by_touch_at_every_grid(words: Words, size: tuple[int, int]) -> None:
    """From the welcome to the verdict with the mouse alone."""
    async with kiosk(words, size, content=small_catalogue(pairs=1, pools=0, facts=0)) as hall:
        await hall.touch("[1]")
        await hall.touch("[1]")
        for label in ["[6]", "[Enter]", "[1]", "[Enter]", "[1]", "[Enter]", "[2]", "[Enter]", "[Enter]"]:
            while label not in hall.text:
                await hall.touch("[*]")
            hall.speech.speak()
            await hall.pilot.pause()
            await hall.touch(label)
        assert len([row for row in hall.log.rows if isinstance(row, Answer)]) == 4


@pytest.mark.parametrize(
    "keys",
    [["end", "end"], ["1", "1"], ["１", "１"]],
    ids=["NumLock off", "NumLock on", "full width"],
)
async def test_the_pad_works_with_numlock_on_and_off(words: Words, keys: list[str]) -> None:
    """Two presses lead to the first question."""
    async with kiosk(words) as hall:
        await hall.press(*keys)
        assert hall.app.attend.visit.place == "script"


async def test_a_larger_terminal_shows_80_by_24_in_its_middle(words: Words) -> None:
    """The rest stays black."""
    async with kiosk(words, (120, 40)) as hall:
        rows = hall.rows
        assert rows[0].strip() == ""
        assert "看一看" in rows[8]
        assert rows[8].index("看一看") == 21
        await hall.touch("[9]")
        assert "帮忙" in hall.text


async def test_a_terminal_that_is_too_small_says_so_and_comes_back(words: Words) -> None:
    """Below 56×16; what was on the screen is there again afterwards."""
    async with kiosk(words) as hall:
        await hall.press("1")
        await hall.pilot.resize_terminal(50, 12)
        await hall.pilot.pause()
        assert "窗口太小" in hall.text
        assert "56" in hall.text
        await hall.press("1")
        await hall.pilot.resize_terminal(56, 16)
        await hall.pilot.pause()
        assert "您好" in hall.text


@pytest.mark.parametrize(
    "key",
    [
        "ctrl+c",
        "ctrl+p",
        "ctrl+z",
        "ctrl+d",
        "ctrl+backslash",
        "f1",
        "f10",
        "tab",
        "shift+tab",
        "ctrl+i",
        "a",
        "ctrl+o",
    ],
)
async def test_no_key_of_textual_s_leads_anywhere(words: Words, key: str) -> None:
    """No palette, no quitting, no focus: at most a hint."""
    async with kiosk(words, locked=True) as hall:
        await hall.press("1", key)
        assert hall.app.is_running
        assert isinstance(hall.app.screen, Stage)
        assert len(hall.app.screen_stack) == 1
        assert "您好" in hall.text


async def test_ctrl_q_leaves_only_when_not_locked(words: Words) -> None:
    """And then closes the visit under way."""
    async with kiosk(words, locked=True) as hall:
        await hall.press("ctrl+q")
        assert hall.app.is_running
        assert hall.app.return_code is None
    async with kiosk(words) as hall:
        await hall.press("1", "1", "1")
        await hall.pilot.press("ctrl+q")
        assert hall.app.return_value == 0
        assert hall.log.rows[-1].ended_by == "staff"  # type: ignore[union-attr]


async def test_a_paste_types_nothing(words: Words) -> None:
    """A pasted 1 is no key."""
    from textual.events import Paste

    async with kiosk(words) as hall:
        hall.app.post_message(Paste("1111"))
        await hall.pilot.pause()
        assert hall.app.attend.visit.place == "welcome"


def marked(value: Any, evil: str) -> Any:
    """The value with markup in front of each of its texts."""
    if isinstance(value, Text):
        return Text({code: evil + written for code, written in value.written.items()}, value.spoken)
    if isinstance(value, tuple):
        changed = [marked(each, evil) for each in value]
        return type(value)(*changed) if hasattr(value, "_fields") else tuple(changed)
    return value


@pytest.mark.parametrize("evil", ["[@click=app.quit]x[/]", "[/]", "[bold red", "\\[b]", "$x {y} %s", "[link=x]"])
async def test_markup_in_a_pack_is_text_in_every_block(words: Words, evil: str) -> None:
    """It is shown as it stands; it can neither crash nor close a kiosk."""
    catalogue, items = small_catalogue(pairs=1, pools=0, facts=0, stories=1)
    content = (catalogue, {name: marked(item, evil) for name, item in items.items()})
    async with kiosk(words, content=content) as hall:
        shown = ""
        await hall.press("1", "1", ".", ".")
        for key in ["6", "enter", "2", "enter", "2", "enter", "1", "enter", "enter"]:
            await hall.press(key)
            shown += hall.text
        assert evil in shown
        assert hall.app.is_running
        await hall.press("0", "3", "2", "enter", "enter", "1", "enter", "enter", "enter")
        assert hall.app.is_running


@pytest.mark.parametrize("size", GRIDS)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_is_spoken_is_marked_and_nothing_moves(
    words: Words, size: tuple[int, int], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar beside the choice and its word in reverse video; for a word only its own row is painted again."""
    painted: list[int] = []
    refresh = SheetView.refresh

    def counted(view: SheetView, *regions: Region, **options: bool) -> SheetView:
        painted.extend(region.y for region in regions)
        return refresh(view, *regions, **options)

    monkeypatch.setattr(SheetView, "refresh", counted)
    async with kiosk(words, size, language=language) as hall:
        await hall.press("1")
        before = hall.rows
        row = next(place for place, text in enumerate(before) if "[2]" in text)
        say = hall.speech.said[-1]
        place, utterance = [(at, each) for at, each in enumerate(say.utterances) if each.block == 2][-1]
        hall.speech.post(Started(say.id, place))
        await hall.pilot.pause()
        word = "故事" if language == "zh" else "story"
        painted.clear()
        hall.speech.post(Word(say.id, place, utterance.text.index(word), len(word)))
        await hall.pilot.pause()
        assert painted == [row]
        assert hall.rows == before
        reverse = [part.text for part in hall.view.render_line(row) if part.style is not None and part.style.reverse]
        assert reverse == [" ", word]


def test_the_bindings_are_pinned_empty() -> None:
    """Textual's own (Ctrl+Q, C, P, Z …) are not inherited: an empty BINDINGS alone would keep them."""
    assert KioskApp.BINDINGS == []
    for kind, base in ((KioskApp, App), (Stage, Screen)):
        merged = kind._merge_bindings()
        assert not merged.key_to_bindings, base
    assert not KioskApp.ENABLE_COMMAND_PALETTE
    assert not Stage.ALLOW_SELECT


async def test_a_failing_screen_ends_without_a_traceback(words: Words, capfd: pytest.CaptureFixture[str]) -> None:
    """The fault is kept for who started the kiosk, the log file gets the rest; stdout and stderr stay clean."""

    def fail() -> None:
        raise RuntimeError("boom")

    app, _, _ = application(words, when_shown=lambda: app._post(fail))
    await app.run_async(headless=True)
    assert isinstance(app.fault, RuntimeError)
    assert app.return_value == 1
    captured = capfd.readouterr()
    assert "Traceback" not in captured.out + captured.err


def test_the_stylesheet_lies_beside_the_app() -> None:
    """One file, found wherever the package is."""
    assert Path(str(KioskApp.CSS_PATH)).is_file()
