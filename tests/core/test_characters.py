"""A language that is another one in other characters: written by itself, spoken and recorded as the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.adapters.packs.compiler import read_packs
from kiosk.adapters.packs.conversion import convert
from kiosk.core.catalogue import Catalogue, PackName, Variety, offered_languages, voiced
from kiosk.core.items import Item, Text
from kiosk.core.page import Page, Para, Pick
from kiosk.core.pages import page_of
from kiosk.core.pages.languages import teller_for
from kiosk.core.records import Opened
from kiosk.core.repertoire import repertoire
from kiosk.core.speech import Utterance
from kiosk.core.visit import Place, Visit
from kiosk.core.wording import Teller
from kiosk.ports import Words
from tests.adapters.packs.sample import ONE, TODAY, spoil, write_pack
from tests.core.test_repertoire import write
from tests.core.walk import Walk, apply, random_events

HANT = "zh-Hant"
YUE = Variety("yue", HANT, "廣東話")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, dict[str, Item]]:
    return write(tmp_path_factory.mktemp("pack"), measured=False)


def in_language(visit: Visit, language: str) -> Visit:
    """The same moment of a visit in which this is offered beside English, and chosen."""
    hint = language if visit.hint_language == HANT else visit.hint_language
    return replace(visit, languages=(language, "en"), language=language, hint_language=hint)


def speech(page: Page) -> tuple[Utterance, ...]:
    return (*page.speech, *page.hint_say)


def test_every_page_says_what_it_says_in_the_language_it_is_spoken_as(
    words: Words, content: tuple[Catalogue, dict[str, Item]]
) -> None:
    """Word for word, with the same parts, and so with the same recordings and the same cache; on any walk."""
    heard = 0
    for seed in range(12):
        walker = Walk(*content, seed, HANT)
        walker.visit = replace(walker.visit, languages=(HANT, "en"), language=HANT)
        for event in random_events(seed, 120):
            apply(walker, event)
            if walker.visit.place is Place.OVER:
                break
            if walker.visit.language != HANT:
                walker.visit = replace(walker.visit, language=HANT, hint=None, hint_language="")
            page, other = (page_of(in_language(walker.visit, code), words) for code in (HANT, "zh"))
            assert speech(page) == speech(other)
            assert {said.language for said in speech(page)} <= {"zh"}
            heard += len(speech(page))
    assert heard > 1000


@pytest.mark.parametrize("seed", range(6))
def test_every_page_stands_in_its_own_characters_where_the_other_stands(
    seed: int, words: Words, content: tuple[Catalogue, dict[str, Item]]
) -> None:
    """All that can be read, character by character: also what is put together of several texts."""
    walker = Walk(*content, seed, "zh")
    for event in random_events(seed, 120):
        apply(walker, event)
        if walker.visit.place is Place.OVER:
            break
        visit = replace(walker.visit, language="zh", hint=None)
        page, other = (page_of(in_language(visit, code), words) for code in (HANT, "zh"))
        shown = [(page.head, other.head), (page.caps.go, other.caps.go)]
        for block, its, source in zip(page.blocks, other.blocks, page.spoken_from, strict=True):
            assert source in ("", its.text) or not block.say
            shown.append((block.text, its.text))
        for text, its_text in shown:
            assert text == convert([its_text], HANT)[0]


def test_the_other_characters_are_spoken_by_the_same_voice() -> None:
    """Which is asked for even where only they are offered; a variety written in them has its own, or that one."""
    assert voiced(("zh", "en"), Catalogue()) == (("zh", "zh"), ("en", "en"))
    assert voiced((HANT, "en"), Catalogue()) == ((HANT, "zh"), ("zh", "zh"), ("en", "en"))
    catalogue, _ = _with(YUE)
    assert voiced(("yue",), catalogue) == (("yue", "zh"), ("zh", "zh"))


def _with(variety: Variety) -> tuple[Catalogue, dict[str, Item]]:
    from tests.fakes.packs import small_catalogue

    catalogue, items = small_catalogue()
    pack = catalogue.packs[0]._replace(languages=("zh", "en", HANT), varieties=(variety,))
    return catalogue._replace(packs=(pack,)), items


OWN = Text({"zh": "打110。", HANT: "打一一〇。"}, {HANT: "打一一零。"}, "sample/item/do")
SAME = Text({"zh": "还有2个。", HANT: "還有2個。"}, {}, "sample/item/do")


def teller(words: Words, language: str, *, aloud: bool = True, variety: Variety = YUE) -> Teller:
    catalogue, items = _with(variety)
    visit = replace(Walk(catalogue, items).visit, languages=("zh", HANT, "yue", "en"))
    return teller_for(visit, words, language, aloud=aloud)


def test_its_own_words_are_spoken_and_recorded_as_its_own(words: Words) -> None:
    """Only these: what is the same in other characters is the other's recording."""
    assert teller(words, HANT).read(OWN, 0.0) == (Utterance("打一一零。", HANT, 0.0, part="sample/item/do"),)
    assert teller(words, HANT).read(SAME, 0.0) == (Utterance("还有两个。", "zh", 0.0, part="sample/item/do"),)
    assert teller(words, "zh").read(OWN, 0.0) == (Utterance("打幺幺零。", "zh", 0.0, part="sample/item/do"),)


def test_a_variety_that_is_written_in_them_speaks_their_words(words: Words) -> None:
    """And what it says instead, where it has something."""
    assert teller(words, "yue").read(OWN, 0.0)[0][:2] == ("打一一零。", "yue")
    assert teller(words, "yue").read(SAME, 0.0)[0][:2] == ("还有两个。", "yue")
    said = SAME._replace(spoken={"yue": "仲有两个。"})
    assert teller(words, "yue").read(said, 0.0)[0][:2] == ("仲有两个。", "yue")
    assert teller(words, "yue", aloud=False).show(SAME) == "還有2個。"


def test_the_words_of_keys_are_those_of_the_site(words: Words) -> None:
    """Written in the characters of the screen where the site has named them so, and spoken as the other."""
    catalogue, items = _with(YUE)
    walker = Walk(catalogue, items)
    names = {"enter": {"zh": "绿键", HANT: "綠鍵"}, "*": {"zh": "红键"}}
    visit = replace(walker.visit, settings=replace(walker.settings, key_names=names), languages=("zh", HANT))
    assert dict(teller_for(visit, words, HANT).key_names) == {"enter": "綠鍵", "*": "红键"}
    assert dict(teller_for(visit, words, HANT, aloud=True).key_names) == {"enter": "绿键", "*": "红键"}


@pytest.mark.parametrize(
    ("wanted", "known", "offered"),
    [
        ((HANT, "en"), ("en", "zh"), ("zh", "zh-henan", "en")),
        ((HANT, "en"), ("en", "zh", HANT), ("zh", "zh-henan", "en")),
        ((HANT,), ("en", "zh"), ("zh", "zh-henan")),
        ((HANT, "en", "zh"), ("en", "zh", HANT), ("zh", "zh-henan", "en")),
        (("en", "zh", HANT), ("en", "zh", HANT), ("en", "zh", "zh-henan")),
        ((HANT, "en"), ("en",), ("en",)),
    ],
)
def test_where_they_cannot_be_offered_the_others_take_their_place(
    wanted: tuple[str, ...], known: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    """Neither could be made, in the interface or in the pack: Chinese readers are not left with English."""
    pack = PackName("a", "1", Text({}), ("zh", "en"), (Variety("zh-henan", "zh", "河南话"),))
    assert offered_languages(wanted, known, [pack]) == offered
    if HANT in known:
        assert HANT in offered_languages(wanted, known, [pack._replace(languages=("zh", "en", HANT))])


@pytest.fixture
def three(content: tuple[Catalogue, dict[str, Item]]) -> Walk:
    """At home, in a kiosk that offers Chinese in both characters, and English."""
    walker = Walk(*content)
    languages = offered_languages(("zh", HANT, "en"), ("en", "zh", HANT), content[0].packs)
    without = tuple(code for code in languages if code != "zh-henan")
    walker.first = walker.visit = replace(walker.visit, languages=without)
    walker.press("1")
    return walker


def test_the_slash_goes_through_three_and_the_log_tells_which(three: Walk) -> None:
    assert three.visit.languages == ("zh", HANT, "en")
    assert [three.press("/").language for _ in range(4)] == [HANT, "en", "zh", HANT]
    three.press("1", "1")
    assert [row.language for row in three.rows if isinstance(row, Opened)] == [HANT]


def test_the_way_back_names_what_was_left(three: Walk, words: Words) -> None:
    """Between two characters of one speech it is the characters, spoken in its words; else it is the speech."""
    found = []
    for _ in range(3):
        three.press("/")
        page = page_of(three.visit, words)
        found.append((page.hint, [said.text for said in page.hint_say], page.hint_say[0].part))
    assert found == [
        (
            "要看简体中文，再按两次 [/]。",
            ["要看简体中文，按斜杠。", "要按两次。"],
            "_kiosk/hint-way-back-characters-zh",
        ),
        ("要說中文，再按兩次 [/]。", ["要说中文，按斜杠。", "要按两次。"], "_kiosk/hint-way-back-zh"),
        ("For English, press [/] twice.", ["For English, press slash.", "Press it twice."], "_kiosk/hint-way-back-en"),
    ]
    three.visit = replace(three.visit, languages=(HANT, "zh"), language=HANT)
    three.press("/")
    page = page_of(three.visit, words)
    assert (page.hint, page.hint_say[0].text) == ("要看繁體中文，按 [/]。", "要看繁体中文，按斜杠。")
    assert {said.language for said in page.hint_say} == {"zh"}


def test_each_is_named_so_that_it_can_be_told_from_the_other(three: Walk, words: Words) -> None:
    """At the start, and in the settings, where it is said in the language that is spoken."""
    found = {}
    for _ in range(3):
        home, language = page_of(three.visit, words), three.visit.language
        settings = page_of(three.press("9", "2"), words)
        (pick,) = (block for block in settings.blocks if isinstance(block, Pick) and block.key == "6")
        found[language] = (home.signs[0].text, pick.text, pick.say[0].text)
        three.press("0", "0", "/")
        three.wait(11)
    assert found == {
        "zh": ("繁體中文 [/]", "繁體中文", "看繁体中文，按六。"),
        HANT: ("English [/]", "English", "说英文，按六。"),
        "en": ("简体中文 [/]", "简体中文", "Chinese: six."),
    }


def test_alone_it_is_simply_chinese(three: Walk, words: Words) -> None:
    three.visit = replace(three.visit, languages=(HANT, "en"), language="en")
    assert page_of(three.visit, words).signs[0].text == "中文 [/]"


def test_the_repertoire_is_the_others_but_for_its_own_words(tmp_path: Path, words: Words) -> None:
    """What is rendered for one is ready for the other; what is to be recorded lies with the other."""
    pack = write_pack(tmp_path)
    spoil(pack, ONE, "  zh: 孙子出事要现金\n", "  zh: 孙子出事要现金\n  zh-Hant: 孫子出事要現鈔\n")
    compiled = read_packs([pack], TODAY)
    found = {code: set(repertoire(compiled.catalogue, compiled.items, words, code, code)) for code in ("zh", HANT)}
    own = {said for said in found[HANT] if said.language == HANT}
    assert {(said.text, said.part) for said in own} == {("孙子出事要现钞", "sample/fraud-3/title")}
    only = {said.part for said in (found[HANT] - own) - found["zh"]}
    assert only <= {f"_kiosk/{name}" for name in ("hint-way-back-characters-zh-Hant", "settings-6-characters-zh")}


def test_an_old_page_without_others_is_spoken_from_what_it_shows(words: Words) -> None:
    """Nothing of this is paid for where a language is spoken as itself."""
    walker = Walk(*_with(YUE))
    page = page_of(walker.press("1"), words)
    assert page.spoken_from == ()
    assert any(isinstance(block, Para) for block in page.blocks)
