"""A pack made of markup: it is shown as it is written, does nothing when touched, and crashes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kiosk.ports import Words
from tests.end_to_end.pack_files import PackFiles
from tests.end_to_end.premises import Premises
from tests.end_to_end.terminal import Hand, by_number, by_touch
from tests.end_to_end.visitor import Visitor

LINK = "[@click=app.quit]"


def text(word: str) -> dict[str, str]:
    """A short text in both languages, inside and out of what Textual and Rich would read as markup."""
    return {"zh": f"{LINK}{word}[/]", "en": f"{LINK}{word}[/]"}


def broken(word: str) -> dict[str, str]:
    """Markup that isn't closed, or never was opened."""
    return {"zh": f"[/][bold red]{word}[[/b]", "en": f"[/][bold red]{word}[[/b]"}


def question(word: str) -> dict[str, object]:
    """One right choice and one that says why not."""
    return {
        "prompt": broken(f"{word}p"),
        "choices": [{"right": True, "text": text(f"{word}r")}, {"text": broken(f"{word}w"), "why": text("y")}],
    }


def scenario(verdict: str, twin: str, word: str) -> dict[str, object]:
    """A case of nothing but markup."""
    return {
        "verdict": verdict,
        **({"fraud_type": "other"} if verdict == "fraud" else {}),
        "twin": twin,
        "channel": "phone",
        "title": text(f"{word}t"),
        "scene": [text(f"{word}1"), broken(f"{word}2"), text(f"{word}3")],
        "see": {"lines": [2], "flags": ["flag"], "why": broken("s")},
        "cue": 2,
        "ask": {"choices": question(f"{word}a")["choices"], "reply": text("r")},
        "compare": {"card": "card"},
        "explain": broken("e"),
        "do": text("d"),
        "remember": broken("m"),
        **({"contrast": text("c")} if verdict == "fraud" else {}),
        "constructed": ["scene", "ask", "reply"],
        "reviewed": "2026-11-22",
    }


def write(folder: Path) -> PackFiles:
    """A pack of one pair, one story, help numbers and a saying."""
    day = "2026-11-22"
    source = {"sources": [{"title": "[/]", "read": day}], "reviewed": day}
    files: dict[str, object] = {
        "pack.yaml": {
            "format": "1",
            "id": "markup",
            "version": "1",
            "title": broken("pack"),
            "languages": ["zh", "en"],
            "license": "CC0-1.0",
            "publisher": "[/]",
            "reviewed": day,
        },
        "taxonomy.yaml": {
            "fraud_types": [{"id": "other", "name": text("o"), "official": "other"}],
            "flags": [{"id": "flag", "name": text("f")}],
            "channels": [{"id": "phone", "name": text("p")}],
        },
        "baselines.yaml": [
            {
                "id": "card",
                "title": text("card"),
                "text": broken("card"),
                "question": question("q"),
                **source,
                "expires": "2099-01-01",
            }
        ],
        "help.yaml": {
            "numbers": [{"number": "110", "name": text("n"), "when": broken("w"), **source}],
            "first_minutes": [text("one"), broken("two")],
        },
        "sayings.yaml": [{"id": "saying", "kind": "slogan", "text": broken("say")}],
        "scenarios/one.yaml": scenario("fraud", "two", "f"),
        "scenarios/two.yaml": scenario("genuine", "one", "g"),
        "stories/tale.yaml": {
            "title": text("tale"),
            "fraud_type": "other",
            "pages": [{"text": text("p1"), "pause": question("x")}, {"text": broken("p2")}, {"text": text("p3")}],
            "lesson": {"see": text("s"), "ask": broken("a"), "compare": text("c")},
            **source,
        },
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return PackFiles(folder)


@pytest.mark.parametrize("hand", [by_number, by_touch])
@pytest.mark.parametrize("size", [(56, 16), (80, 24)], ids=["56x16", "80x24"])
def test_markup_is_text(premises: Premises, words: Words, hand: Hand, size: tuple[int, int]) -> None:
    """Every page of a learn visit, a story and the help shows brackets as brackets, also under a finger."""
    pack = write(premises.folder / "markup")
    terminal = premises.open("--content", str(premises.folder / "markup"), "--locked", size=size)
    assert terminal.shows("[/][bold red]say[[/b]")
    for way in ("1", "2"):
        visitor = Visitor(terminal, "zh", pack, words, hand=hand)
        visitor.enter(way)
        visitor.go("goodbye")
        visitor.leave()
        assert sum(LINK in screen for screen in visitor.screens) > 3
    terminal.press(b"9")
    terminal.press(b"1")
    assert terminal.shows(LINK + "one[/]")
    for row in range(1, size[1] - 2):
        terminal.send(terminal.click(4, row))
    terminal.rest(0.2)
    assert terminal.alive
    assert terminal.caps
