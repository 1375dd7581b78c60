"""The interface's own texts: one contract for the fake and the real catalogues; and the catalogues themselves."""

from __future__ import annotations

import os
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk import wiring
from kiosk.adapters.packs import conversion
from kiosk.adapters.packs.conversion import convert
from kiosk.adapters.words import Catalogues, building
from kiosk.adapters.words.building import build_all
from kiosk.core.errors import KioskError
from kiosk.core.pages import page_of
from kiosk.core.settings import RoundSize
from kiosk.core.visit import Place
from kiosk.ports import Words
from tests.core.walk import apply, random_events, walk
from tests.fakes.words import FakeWords

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "home"
msgstr "{hello}"

msgctxt "say"
msgid "home"
msgstr "{spoken}"

msgid "count"
msgstr "{{number}} {things}"
"""
TEXTS = {
    "zh": {"hello": "您好 [1]", "spoken": "您好，一", "things": "件"},
    "en": {"hello": "Hello [1]", "spoken": "Hello, one", "things": "things"},
}


def real(root: Path) -> Words:
    """In a checkout."""
    (root / "pyproject.toml").touch()
    folder = root / "locales"
    for language, texts in TEXTS.items():
        place = folder / language / "LC_MESSAGES"
        place.mkdir(parents=True)
        (place / "kiosk.po").write_text(PO.format(**texts), encoding="utf-8")
    return Catalogues(folder, conversion)


def fake(_: Path) -> Words:
    return FakeWords(
        {
            (language, key): text
            for language, texts in TEXTS.items()
            for key, text in (
                ("home", texts["hello"]),
                ("say home", texts["spoken"]),
                ("count", "{number} " + texts["things"]),
            )
        }
    )


@pytest.fixture(params=[fake, real])
def some_words(request: pytest.FixtureRequest, tmp_path: Path) -> Words:
    made: Words = request.param(tmp_path)
    return made


def test_the_languages_are_those_of_the_catalogues(some_words: Words) -> None:
    """Sorted."""
    assert some_words.languages == ("en", "zh")


def test_what_is_spoken_may_differ_from_what_is_shown(some_words: Words) -> None:
    """The context `say`; without one, what is shown."""
    assert some_words.write("zh", "home") == "您好 [1]"
    assert some_words.say("zh", "home") == "您好，一"
    assert some_words.write("en", "count", number=3) == "3 things"
    assert some_words.say("en", "count", number=3) == "3 things"


def test_a_missing_message_is_shown_as_its_id(some_words: Words) -> None:
    """Never an error in front of a visitor."""
    assert some_words.write("zh", "nothing") == "nothing"
    assert some_words.say("en", "nothing") == "nothing"


def test_a_folder_without_catalogues_is_one_line(tmp_path: Path) -> None:
    """Not a traceback later."""
    with pytest.raises(KioskError, match="no message catalogues"):
        Catalogues(tmp_path, conversion)


def test_a_catalogue_compiled_before_its_texts_changed_is_compiled_again(tmp_path: Path) -> None:
    """In a checkout nobody needs to remember a build step."""
    real(tmp_path)
    place = tmp_path / "locales" / "zh" / "LC_MESSAGES"
    (place / "kiosk.mo").write_bytes(b"stale")
    stamp = (place / "kiosk.po").stat().st_mtime
    os.utime(place / "kiosk.mo", (stamp - 10, stamp - 10))
    assert Catalogues(tmp_path / "locales", conversion).write("zh", "home") == "您好 [1]"


def test_what_was_installed_is_taken_as_it_was_built(tmp_path: Path) -> None:
    """Installers unpack the compiled catalogue before its source, and have no Babel: its age says nothing there."""
    real(tmp_path)
    place = tmp_path / "locales" / "zh" / "LC_MESSAGES"
    with (place / "kiosk.mo").open("wb") as file:
        write_mo(file, catalogue("zh"))
    stamp = (place / "kiosk.po").stat().st_mtime
    os.utime(place / "kiosk.mo", (stamp - 10, stamp - 10))
    (tmp_path / "pyproject.toml").unlink()
    assert Catalogues(tmp_path / "locales", conversion).write("zh", "cap-back") == "返回"
    (place / "kiosk.mo").unlink()
    with pytest.raises(KioskError, match="install the kiosk again"):
        Catalogues(tmp_path / "locales", conversion).write("zh", "cap-back")


OWN = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "count"
msgstr "{number} 樣"
"""


@pytest.fixture
def other_characters(tmp_path: Path) -> Path:
    """The folder of catalogues in a checkout, one of which has but one message of its own."""
    real(tmp_path)
    place = tmp_path / "locales" / "zh-Hant" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "kiosk.po").write_text(OWN, encoding="utf-8")
    return tmp_path / "locales"


def test_a_catalogue_in_other_characters_is_made_and_its_own_messages_win(other_characters: Path) -> None:
    """In a checkout at once; what is spoken is asked of the language that it is spoken as."""
    words = Catalogues(other_characters, conversion)
    assert words.languages == ("en", "zh", "zh-Hant")
    assert words.write("zh-Hant", "home") == "您好 [1]"
    assert words.write("zh-Hant", "count", number=3) == "3 樣"
    zh = other_characters / "zh" / "LC_MESSAGES" / "kiosk.po"
    zh.write_text(zh.read_text("utf-8").replace("您好 [1]", "欢迎您 [1]"), encoding="utf-8")
    assert Catalogues(other_characters, conversion).write("zh-Hant", "home") == "歡迎您 [1]"


def test_it_is_made_again_when_what_it_is_made_of_has_changed(other_characters: Path) -> None:
    """Though its own file has not."""
    build_all(other_characters, conversion)
    zh = other_characters / "zh" / "LC_MESSAGES" / "kiosk.po"
    stamp = zh.with_suffix(".mo").stat().st_mtime
    zh.write_text(zh.read_text("utf-8").replace("您好 [1]", "欢迎您 [1]"), encoding="utf-8")
    os.utime(zh, (stamp + 10, stamp + 10))
    assert Catalogues(other_characters, conversion).write("zh-Hant", "home") == "歡迎您 [1]"


def test_where_it_could_not_be_made_it_is_not_offered(other_characters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by an installation that was built without OpenCC nor in a checkout; an old one is taken away."""
    build_all(other_characters, conversion)
    (other_characters.parent / "pyproject.toml").unlink()
    assert Catalogues(other_characters, conversion).languages == ("en", "zh", "zh-Hant")
    monkeypatch.setattr(conversion, "_converter", refuse_to_load)
    build_all(other_characters, conversion)
    assert Catalogues(other_characters, conversion).languages == ("en", "zh")
    (other_characters.parent / "pyproject.toml").touch()
    assert Catalogues(other_characters, conversion).languages == ("en", "zh")


def refuse_to_load(_: str) -> None:
    """As OpenCC does where it is found, but was built for another system."""
    raise ImportError("GLIBC_2.99 not found")


def test_an_old_one_is_not_offered_where_its_texts_changed_and_it_cannot_be_made(
    other_characters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name never stands over texts that nobody converted."""
    build_all(other_characters, conversion)
    monkeypatch.setattr(conversion, "_converter", refuse_to_load)
    assert Catalogues(other_characters, conversion).write("zh-Hant", "home") == "您好 [1]"
    zh = other_characters / "zh" / "LC_MESSAGES" / "kiosk.po"
    stamp = zh.with_suffix(".mo").stat().st_mtime
    os.utime(zh, (stamp + 10, stamp + 10))
    assert Catalogues(other_characters, conversion).languages == ("en", "zh")
    with pytest.raises(ImportError):
        building.build(other_characters, "zh-Hant", conversion)


def test_it_is_made_again_when_what_makes_it_has_changed(
    other_characters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a checkout; and stays as it was made where nothing can make it again."""
    zh = other_characters / "zh" / "LC_MESSAGES" / "kiosk.po"
    zh.write_text(zh.read_text("utf-8").replace("您好 [1]", "现金 [1]"), encoding="utf-8")
    build_all(other_characters, conversion)
    assert Catalogues(other_characters, conversion).write("zh-Hant", "home") == "現金 [1]"
    monkeypatch.setattr(conversion, "_WORDS", conversion._WORDS + " 现金=現鈔")
    conversion._converter.cache_clear()
    assert Catalogues(other_characters, conversion).write("zh-Hant", "home") == "現鈔 [1]"
    conversion._converter.cache_clear()
    monkeypatch.setattr(conversion, "_converter", refuse_to_load)
    assert Catalogues(other_characters, conversion).write("zh-Hant", "home") == "現金 [1]"
    (other_characters.parent / "pyproject.toml").unlink()
    assert Catalogues(other_characters, conversion).write("zh-Hant", "home") == "現金 [1]"


def test_what_is_written_of_the_other_characters_is_only_what_differs(words: Words) -> None:
    """Never a second catalogue by hand: each message of its own says what making it would not, and all are there."""
    own = {message for _, message in messages("zh-Hant")}
    zh = {message: text for (context, message), text in messages("zh").items() if context is None}
    assert own < set(zh)
    for message, text in zh.items():
        made = convert([text], "zh-Hant")[0]
        assert (words.write("zh-Hant", message) == made) is (message not in own), message
        assert fields(words.write("zh-Hant", message)) == fields(text)


def catalogue(language: str) -> Catalog:
    with (wiring.shipped("locales") / language / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        return read_po(file)


def messages(language: str) -> dict[tuple[str | None, str], str]:
    return {(message.context, str(message.id)): str(message.string) for message in catalogue(language) if message.id}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_things_with_the_same_fields() -> None:
    """Every message is in both; what is filled in is the same; nothing is empty."""
    zh, en = messages("zh"), messages("en")
    shown = {message for context, message in zh if context is None}
    assert shown == {message for context, message in en if context is None}
    assert all(zh.values())
    assert all(en.values())
    for message in shown:
        assert fields(zh[None, message]) == fields(en[None, message]), message
    for texts in (zh, en):
        for (context, message), text in texts.items():
            if context:
                assert fields(text) <= fields(texts[None, message]), message


def test_visitors_are_addressed_politely_and_nobody_is_called_wrong() -> None:
    """您 throughout; never 正规, 错了, or "genuine", "fraud", "wrong!"."""
    for text in messages("zh").values():
        assert "你" not in text
        assert "正规" not in text
        assert "错了" not in text
    for text in messages("en").values():
        assert not re.search(r"\b(genuine|fraud|incorrect)\b", text, re.IGNORECASE)


class Recorded:
    """Words that remember what they were asked for."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.asked: set[tuple[str, str]] = set()
        self.languages = words.languages

    def write(self, language: str, message: str, **values: object) -> str:
        self.asked.add((language, message))
        return self._words.write(language, message, **values)

    def say(self, language: str, message: str, **values: object) -> str:
        self.asked.add((language, message))
        return self._words.say(language, message, **values)


def test_every_message_that_pages_ask_for_is_there_and_none_is_left_over(words: Words) -> None:
    """Over many walks; what no walk reaches is named here."""
    recorded = Recorded(words)
    for size in RoundSize:
        for seed in range(60):
            pairs, pools = (1, 0) if seed % 5 == 0 else (3, 0) if seed % 5 == 1 else (8, 1)
            language = "zh" if seed % 2 else "en"
            walker = walk(pairs, pools, seed=seed, size=size, language=language, rehearsal=seed % 11 == 0)
            for event in random_events(seed, 150):
                apply(walker, event)
                page_of(walker.visit, recorded)
                if walker.visit.place is Place.OVER:
                    break
    asked = {message for _, message in recorded.asked}
    there = {message for context, message in messages("zh") if context is None}
    assert asked - there <= {message for message in asked if message.startswith("key-")}
    elsewhere = {"starting", "too-small", "language-name-common"}
    elsewhere |= {"times", "times-2", "hint-way-back-times"}  # with three languages or more
    elsewhere |= {  # with the same language in other characters
        *("language-zh-Hant", "language-name-characters", "settings-6-characters"),
        *("hint-way-back-characters", "hint-way-back-characters-times"),
    }
    elsewhere |= {"hint-hear"}  # after the voice was lost again and again on one page
    by_chance = re.compile(
        "digit-|key-|home-refused|sign-lapsed|count-|ordinal-|result-|owed-intro|seen-|hint-nothing-there|hint-back|home-not|ask-staff|sign-not-counted-today"
    )
    rare = {message for message in there if by_chance.match(message)}
    assert there - asked - elsewhere - rare == set()
