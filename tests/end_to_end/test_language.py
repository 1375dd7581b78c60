"""The language a visit begins in, and the other one at any moment."""

from __future__ import annotations

import pytest

from kiosk.ports import Words
from tests.end_to_end.pack_files import PackFiles
from tests.end_to_end.premises import Premises
from tests.end_to_end.visitor import QUESTIONS, Visitor


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "de_DE"}, "zh"),
        ({"LC_ALL": "C"}, "zh"),
        ({"LC_ALL": "POSIX"}, "zh"),
        ({"LC_ALL": None}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": None, "LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.ISO-8859-1"}, "en"),
        ({"LC_ALL": "zh_CN.GB18030"}, "zh"),
    ],
    ids=lambda value: value if isinstance(value, str) else ",".join(f"{name}={text}" for name, text in value.items()),
)
def test_the_locale_decides(premises: Premises, words: Words, locale: dict[str, str | None], language: str) -> None:
    """LC_ALL, LC_MESSAGES, LANG, read as text; neither zh nor en means zh. Always drawn in UTF-8."""
    terminal = premises.open(environment=locale)
    assert terminal.shows(words.write(language, "welcome-question"))
    terminal.press(b"1")
    assert terminal.shows(words.write(language, "home-hello"))


def test_an_option_beats_the_locale(premises: Premises, words: Words) -> None:
    """`--lang en` in a Chinese locale."""
    terminal = premises.open("--lang", "en")
    assert terminal.shows(words.write("en", "welcome-question"))


def test_traditional_characters_are_one_option_away(premises: Premises, words: Words) -> None:
    """`--lang zh-Hant`: three languages then, and the log tells in which the visit was made."""
    terminal = premises.open("--lang", "zh-Hant")
    assert terminal.shows(words.write("zh-Hant", "welcome-question"))
    terminal.press(b"1")
    terminal.until_shows(words.write("zh-Hant", "home-hello"))
    for language in ("en", "zh", "zh-Hant"):
        terminal.press(b"/")
        terminal.until_shows(words.write(language, "home-hello"))
    terminal.press(b"2")
    terminal.until_shows(words.write("zh-Hant", "lesson-head"))
    terminal.press(b"9")
    terminal.until_shows(words.write("zh-Hant", "help-head"))
    terminal.press(b"3")
    terminal.until_shows(words.write("zh-Hant", "welcome-question"))
    (visit,) = premises.export("visit")
    assert (visit["language"], visit["mode"], visit["ended_by"]) == ("zh-Hant", "story", "new-person")


@pytest.mark.parametrize(("locale", "language"), [("zh_TW.UTF-8", "zh-Hant"), ("zh_HK", "zh-Hant"), ("zh_SG", "zh")])
def test_a_locale_of_other_characters_begins_in_them(
    premises: Premises, words: Words, locale: str, language: str
) -> None:
    terminal = premises.open(environment={"LC_ALL": locale})
    assert terminal.shows(words.write(language, "welcome-question"))


def test_the_other_language_keeps_the_place(premises: Premises, pack: PackFiles, words: Words) -> None:
    """`/` on every page of a visit: the same page, its choices in the same order, in the other language."""
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words, seed=6)
    visitor.enter("1")
    while (kind := visitor.look()) != "goodbye":
        before = _meaning(visitor, kind)
        left = visitor.language
        visitor.language = "en" if left == "zh" else "zh"
        terminal.press(b"/")
        assert visitor.look() == kind
        assert _meaning(visitor, kind) == before
        assert terminal.shows(words.write(left, "hint-way-back", name=words.write(left, "language-name")))
        visitor.step()
    visitor.language = "zh" if visitor.language == "en" else "en"
    terminal.press(b"/")
    terminal.press(b"\r")
    terminal.until_shows(words.write("zh", "welcome-question"))
    (visit,) = premises.export("visit")
    assert visit["language"] == visitor.language
    expected = visitor.expected()
    assert [{name: row[name] for name in expected[0]} for row in premises.export("answer")] == expected


def _meaning(visitor: Visitor, kind: str) -> list[object]:
    """What the numbers on the screen would count as."""
    if kind not in QUESTIONS:
        return list(visitor.offered)
    return [visitor.answer_of(kind, number) for number in visitor.offered]


def test_the_other_language_from_the_welcome(premises: Premises, pack: PackFiles, words: Words) -> None:
    """The key that wakes the kiosk is not lost; the next visitor finds the first language again."""
    terminal = premises.open()
    terminal.press(b"/")
    visitor = Visitor(terminal, "en", pack, words)
    assert visitor.look() == "home"
    terminal.press(b"0")
    assert terminal.shows(words.write("zh", "welcome-question"))
