"""Keys that lead out of other programs lead nowhere here, and whatever is typed, the kiosk lives and shows its page."""

from __future__ import annotations

import random

import pytest

from kiosk.ports import Words
from tests.end_to_end.pack_files import PackFiles
from tests.end_to_end.premises import Premises
from tests.end_to_end.terminal import Terminal
from tests.end_to_end.visitor import Visitor

NOWHERE = {
    "Ctrl+C": b"\x03",
    "Ctrl+D": b"\x04",
    "Ctrl+Z": b"\x1a",
    "Ctrl+P": b"\x10",
    "Ctrl+\\": b"\x1c",
    "Ctrl+S": b"\x13",
    "Ctrl+L": b"\x0c",
    "Ctrl+W": b"\x17",
    "Tab": b"\t",
    "Shift+Tab": b"\x1b[Z",
    "Backspace": b"\x7f",
    "F1": b"\x1bOP",
    "F5": b"\x1b[15~",
    "F10": b"\x1b[21~",
    "F12": b"\x1b[24~",
    "Alt+X": b"\x1bx",
    "Ctrl+F4": b"\x1b[1;5S",
    "Ctrl+Right": b"\x1b[1;5C",
    "letters": b"quit",
    "a Chinese word": "退出".encode(),
    "pasted text": b"\x1b[200~1\r1\r\x11:q!\n\x1b[201~",
    "mouse moved": b"\x1b[<35;10;5M",
    "wheel": b"\x1b[<64;10;5M\x1b[<65;10;5M",
    "right button": b"\x1b[<2;3;8M\x1b[<2;3;8m",
    "focus lost": b"\x1b[O\x1b[I",
}


def test_no_key_of_the_terminal_or_of_textual_leads_out(premises: Premises, pack: PackFiles, words: Words) -> None:
    """On a question: after each of them the same question stands there, unanswered, and the process runs."""
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    item, picks = visitor.item, terminal.picks
    for name, keys in NOWHERE.items():
        terminal.send(keys)
        terminal.rest(0.1)
        assert terminal.alive, name
        assert visitor.look() == "judge", name
        assert (visitor.item, terminal.picks) == (item, picks), name
    visitor.answer()
    rows = premises.until_exported("answer", 1)
    assert [{key: rows[0][key] for key in visitor.expected()[0]}] == visitor.expected()
    assert len(rows) == 1


@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
def test_ctrl_q_leaves_unless_it_is_locked(premises: Premises, pack: PackFiles, words: Words, *, locked: bool) -> None:
    """Also in the middle of a visit, which is closed then."""
    terminal = premises.open(*(["--locked"] if locked else []))
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.answer()
    terminal.send(b"\x11")
    if not locked:
        assert terminal.until_ended() == 0
        (visit,) = premises.export("visit")
        assert (visit["ended_by"], visit["answers"]) == ("staff", 1)
        return
    terminal.send(b"\x1b[113;5u")
    terminal.rest(0.5)
    visitor.answer()
    assert terminal.alive


UNFINISHED = (b"\x1b", b"\x1b\x1b", b"\x1b[", b"\x1bO", b"\x1b[<0;1", b"\x1b]0;title")

NO_CHARACTERS = (
    b"\xff",
    b"\xc3\x28",
    b"\xe4\xb8",
    b"\xed\xa0\x80",
    "退".encode("gbk"),
    b"\x1b[1114112u",
    b"\x1b[99999999999u",
)


@pytest.mark.parametrize("all_of_them", [UNFINISHED, NO_CHARACTERS], ids=["unfinished", "no characters"])
def test_what_is_no_key(premises: Premises, words: Words, all_of_them: tuple[bytes, ...]) -> None:
    """Escape alone, sequences that never end, another encoding than the screen's: no later key goes unheard."""
    terminal = premises.open("--locked")
    for some in all_of_them:
        terminal.send(some)
        for _ in range(6):
            terminal.rest(0.2)
            assert terminal.alive, some
            if not terminal.shows(words.write("zh", "welcome-question")):
                break
            terminal.send(b"*")
        terminal.until(lambda: {"0", "9"} <= set(terminal.caps), f"at a page after {some!r}")
        recover(terminal, words)


@pytest.mark.parametrize("most", [128, 256], ids=["ASCII", "bytes"])
def test_random_bytes(premises: Premises, pack: PackFiles, words: Words, most: int) -> None:
    """Whatever is typed, the kiosk lives, shows a page of its own and can be used."""
    chance = random.Random(1)  # noqa: S311 - so that a failure can be had again
    terminal = premises.open("--locked")
    for _ in range(25):
        terminal.send(_noise(chance, most))
        terminal.rest(0.05)
    recover(terminal, words)
    terminal.press(b"1")
    visitor = Visitor(terminal, terminal_language(terminal, words), pack, words)
    assert visitor.look() == "home"
    terminal.press(b"1")
    visitor.look()
    visitor.answer()
    assert terminal.alive


def _noise(chance: random.Random, most: int) -> bytes:
    """Bytes, with more than chance would give of what terminals send."""
    pieces = [
        bytes([chance.randrange(most)]),
        b"\x1b",
        b"\x1b[",
        b"\x1b[<",
        b"\x1b[200~",
        b"\x1b[201~",
        f"\x1b[<{chance.randrange(70)};{chance.randrange(90)};{chance.randrange(30)}M".encode(),
        f"\x1b[{chance.randrange(40)};{chance.randrange(9)}~".encode(),
        f"\x1b[{chance.randrange(60000)};{chance.randrange(9)}u".encode(),
        f"\x1b[?2048;{chance.randrange(5)}$y".encode(),
        b"\x1b[1;1R",
        "退".encode(),
    ]
    return b"".join(chance.choice(pieces) for _ in range(chance.randrange(1, 12)))


def recover(terminal: Terminal, words: Words) -> None:
    """To the welcome, from wherever the noise has led: a sequence or a paste may have to be ended first."""
    terminal.send(b"\x1b[201~")
    terminal.rest(0.5)
    for _ in range(40):
        if "1" in terminal.caps:
            return
        assert terminal.alive
        on_leave = any(terminal.shows(words.write(language, "leave-question")) for language in ("zh", "en"))
        terminal.send(b"3" if on_leave else b"0")
        terminal.rest(0.15)
    raise AssertionError(terminal.text)


def terminal_language(terminal: Terminal, words: Words) -> str:
    """That of home."""
    return "zh" if terminal.shows(words.write("zh", "home-hello")) else "en"


def test_a_key_held_down_counts_once(premises: Premises, pack: PackFiles, words: Words) -> None:
    """With the delays that a kiosk has by default: one page further, not thirty."""
    premises.config.write_text(f'[data]\ncache = "{premises.cache}"\n', encoding="utf-8")
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words)
    for kind in ("home", "judge"):
        terminal.rest(0.9)
        for _ in range(30):
            terminal.send(b"1")
            terminal.rest(0.03)
        assert visitor.look() == kind
    assert "1/2" in terminal.rows[0]
