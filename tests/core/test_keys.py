"""The seventeen keys under all their names, and the guard against double presses."""

from __future__ import annotations

import pytest

from kiosk.core.keys import Guard, Key, key_of

OFF = {
    "end": "1",
    "down": "2",
    "pagedown": "3",
    "left": "4",
    "kp_begin": "5",
    "right": "6",
    "home": "7",
    "up": "8",
    "pageup": "9",
    "insert": "0",
    "delete": ".",
}


@pytest.mark.parametrize(("name", "key"), OFF.items())
def test_the_pad_with_numlock_off(name: str, key: str) -> None:
    """What stands in small print on the caps counts as the digit: so no arrow goes on."""
    assert key_of(name, None) is Key(key)


@pytest.mark.parametrize("character", "0123456789*+-/.")
def test_digits_and_signs_also_in_full_width(character: str) -> None:
    """An input method that was left on does no harm."""
    assert key_of("any", character) is Key(character)
    assert key_of("any", chr(ord(character) + 0xFEE0)) is Key(character)


@pytest.mark.parametrize(
    ("name", "character", "key"),
    [
        ("comma", ",", Key.DOT),
        ("separator", None, Key.DOT),
        ("decimal", None, Key.DOT),
        ("ideographic_full_stop", "。", Key.DOT),
        ("escape", "\x1b", Key.ZERO),
        ("space", " ", Key.STAR),
        ("enter", "\r", Key.ENTER),
        ("ctrl+j", "\n", Key.ENTER),
        ("divide", None, Key.SLASH),
        ("multiply", None, Key.STAR),
        ("subtract", None, Key.MINUS),
        ("add", None, Key.PLUS),
        ("a", "a", Key.OTHER),
        ("f1", None, Key.OTHER),
        ("ctrl+c", "\x03", Key.OTHER),
        ("tab", "\t", Key.OTHER),
    ],
)
def test_other_names(name: str, character: str | None, key: Key) -> None:
    """A German pad's comma, Esc, Space, kitty's names; everything else is some other key."""
    assert key_of(name, character) is key


def test_a_held_key_counts_once() -> None:
    """Repeats push the time on: holding a key does nothing twice, however long."""
    guard = Guard(repeat=0.8, changed=0.4)
    counted = []
    for press in range(100):
        guard, counts = guard.admit(Key.ONE, press * 0.03)
        counted.append(counts)
    assert counted == [True, *[False] * 99]
    guard, counts = guard.admit(Key.ONE, 99 * 0.03 + 0.81)
    assert counts


def test_another_key_counts_at_once() -> None:
    """Only the same key is held back."""
    guard, first = Guard(repeat=0.8, changed=0.4).admit(Key.ONE, 0.0)
    _, second = guard.admit(Key.TWO, 0.05)
    assert first
    assert second


def test_a_choice_right_after_a_change_of_screen_does_not_count() -> None:
    """For 0.4 s; help, again and going on do."""
    guard = Guard(repeat=0.8, changed=0.4).screen_changed(10.0)
    assert not guard.admit(Key.TWO, 10.3)[1]
    assert guard.admit(Key.TWO, 10.41)[1]
    for key in (Key.ENTER, Key.NINE, Key.STAR, Key.ZERO):
        assert guard.admit(key, 10.1)[1]


def test_zero_switches_both_off() -> None:
    """For tests."""
    guard = Guard(repeat=0, changed=0).screen_changed(1.0)
    for _ in range(3):
        guard, counts = guard.admit(Key.ONE, 1.0)
        assert counts
