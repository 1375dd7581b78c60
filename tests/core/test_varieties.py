"""Spoken varieties: which are offered, what they are written in, and what they are called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.catalogue import PackName, Variety, offered_languages, varieties
from kiosk.core.items import Text
from kiosk.core.keys import Key
from kiosk.core.pages import page_of
from kiosk.core.records import Opened
from kiosk.core.visit import Hint, Overlay, Visit, begin, live_choices
from kiosk.ports import Words
from tests.core.walk import Walk
from tests.fakes.packs import small_catalogue

KNOWN = ("en", "zh")
HENAN = Variety("zh-henan", "zh", "河南话")
YUE = Variety("yue", "zh", "粤语")


def pack(name: str, *languages: str, spoken: tuple[Variety, ...] = ()) -> PackName:
    return PackName(name, "1", Text({}), languages, spoken)


@pytest.mark.parametrize(
    ("wanted", "spoken", "offered"),
    [
        (("zh", "en"), (), ("zh", "en")),
        (("zh", "en"), (HENAN,), ("zh", "zh-henan", "en")),
        (("en", "zh"), (HENAN, YUE), ("en", "zh", "zh-henan", "yue")),
        (("zh", "yue", "en"), (HENAN, YUE), ("zh", "zh-henan", "yue", "en")),
        (("zh", "en", "yue"), (YUE,), ("zh", "en", "yue")),
        (("yue", "en"), (YUE,), ("yue", "en")),
        (("yue",), (YUE,), ("yue",)),
        (("zh", "yue", "en"), (), ("zh", "en")),
        (("en",), (HENAN,), ("en",)),
    ],
)
def test_a_variety_stands_after_its_written_language_or_where_the_site_wants_it(
    wanted: tuple[str, ...], spoken: tuple[Variety, ...], offered: tuple[str, ...]
) -> None:
    assert offered_languages(wanted, KNOWN, [pack("a", "zh", "en", spoken=spoken)]) == offered


def test_a_variety_of_any_pack_is_offered_in_all() -> None:
    packs = [pack("a", "zh", "en"), pack("b", "zh", "en", spoken=(HENAN,)), pack("c", "zh", "en", spoken=(YUE, HENAN))]
    assert offered_languages(("zh", "en"), KNOWN, packs) == ("zh", "zh-henan", "yue", "en")
    other = HENAN._replace(name="豫语")
    assert varieties([*packs, pack("d", "zh", spoken=(other,))]) == (HENAN, YUE)


def test_a_variety_goes_with_its_written_language() -> None:
    """Where one pack is not written in it, neither is offered; where no language is in all packs, those of some."""
    packs = [pack("a", "zh", "en", spoken=(HENAN,)), pack("b", "en")]
    assert offered_languages(("zh", "en"), KNOWN, packs) == ("en",)
    assert offered_languages(("zh", "en"), KNOWN, [packs[0]._replace(languages=("zh",)), packs[1]]) == (
        "zh",
        "zh-henan",
        "en",
    )


def test_what_the_interface_has_no_texts_in_is_not_offered() -> None:
    assert offered_languages(("zh", "de"), KNOWN, [pack("a", "zh", "de")]) == ("zh",)
    assert offered_languages(("de",), KNOWN, [pack("a", "de")]) == ("en",)
    assert offered_languages(("yue", "zh"), KNOWN, ()) == ("zh",)


@pytest.fixture
def walk() -> Walk:
    """At home, in a kiosk that also speaks two varieties of Chinese; the walk begins in one of them."""
    catalogue, items = small_catalogue()
    spoken = catalogue.packs[0]._replace(varieties=(HENAN, YUE))
    catalogue = catalogue._replace(packs=(spoken,))
    walker = Walk(catalogue, items, language="zh")
    languages = offered_languages(("zh", "en"), KNOWN, catalogue.packs)
    visit = replace(walker.visit, languages=languages, language="zh-henan")
    walker.first = walker.visit = visit
    return walker


def test_a_variety_is_spoken_and_its_language_written(walk: Walk, words: Words) -> None:
    visit = walk.press("1")
    assert (visit.language, visit.written) == ("zh-henan", "zh")
    page = page_of(visit, words)
    assert {utterance.language for utterance in page.speech} == {"zh-henan"}
    assert page == _as_spoken(page_of(replace(visit, language="zh"), words), page)


def _as_spoken(page: object, other: object) -> object:
    """A page with the signs, language and speech of another: all that may differ between two ways to speak it."""
    fields = ("language", "signs", "opening", "closing", "hint_say")
    same = page._replace(**{name: getattr(other, name) for name in fields})  # type: ignore[attr-defined]
    blocks = zip(same.blocks, other.blocks, strict=True)  # type: ignore[attr-defined]
    caps = same.caps._replace(back=other.caps.back)  # type: ignore[attr-defined]
    return same._replace(caps=caps, blocks=tuple(mine._replace(say=its.say) for mine, its in blocks))


def test_items_are_drawn_by_what_they_are_written_in(walk: Walk) -> None:
    visit = walk.press("1", "1")
    assert visit.programme is not None
    assert visit.draw.languages == ("zh", "en")


def test_the_slash_goes_through_the_varieties_and_the_log_tells_which(walk: Walk) -> None:
    walk.press("1")
    assert [walk.press("/").language for _ in range(4)] == ["yue", "en", "zh", "zh-henan"]
    walk.press("1", "1")
    assert [row.language for row in walk.rows if isinstance(row, Opened)] == ["zh-henan"]


def test_the_way_back_is_written_and_spoken_in_what_was_left(walk: Walk, words: Words) -> None:
    walk.press("1")
    visit = walk.press("/")
    assert visit.hint is Hint.WAY_BACK
    page = page_of(visit, words)
    assert page.hint == "要说河南话，再按三次 [/]。"
    assert {utterance.language for utterance in page.hint_say} == {"zh-henan"}
    assert {utterance.language for utterance in page.speech} == {"yue"}


@pytest.mark.parametrize("offered", [("zh", "en"), ("zh", "zh-henan", "en"), ("zh", "zh-henan", "yue", "en")])
def test_the_way_back_is_as_many_presses_as_it_says(walk: Walk, words: Words, offered: tuple[str, ...]) -> None:
    """From every language, and after several presses in a row: to the one that was just left."""
    walk.press("1")
    said = {"zh": {1: "按 [/]", 2: "再按两次 [/]", 3: "再按三次 [/]"}}
    said["en"] = {1: "press [/].", 2: "press [/] twice.", 3: "press [/] three times."}
    for language in offered:
        for pressed in range(1, len(offered) + 1):
            walk.visit = replace(walk.visit, languages=offered, language=language)
            walk.press(*["/"] * pressed)
            left = walk.visit.hint_language
            hint, spoken = page_of(walk.visit, words).hint, page_of(walk.visit, words).hint_say
            presses = walk.visit.presses_back
            assert said[walk.visit.catalogue.written(left)][presses] in hint
            assert spoken[0].part == f"_kiosk/hint-way-back-{left}"
            assert len(spoken) == (1 if presses == 1 else 2)
            assert {utterance.language for utterance in spoken} == {left}
            assert walk.press(*["/"] * presses).language == left


def test_the_presses_of_the_way_back_are_spoken(walk: Walk, words: Words) -> None:
    """After the phrase that can be recorded."""
    walk.press("1")
    walk.visit = replace(walk.visit, languages=("zh", "zh-henan", "en"), language="en")
    walk.press("/")
    assert [each.text for each in page_of(walk.visit, words).hint_say] == [
        "For English, press slash.",
        "Press it twice.",
    ]
    walk.press("/")
    assert [each.text for each in page_of(walk.visit, words).hint_say] == ["要说普通话，按斜杠。", "要按两次。"]


def names(visit: Visit, words: Words) -> tuple[str, str, str]:
    """The language to change to, as the welcome, the start and the settings name it."""
    welcome = begin(visit.settings, visit.catalogue, visit.languages, "", 1, visit.language)
    home = page_of(visit, words).signs[-1].text.removesuffix(" [/]")
    picks = page_of(replace(visit, overlay=Overlay.SETTINGS), words).blocks
    last = [block for block in picks if getattr(block, "key", None) is Key.SIX]
    return page_of(welcome, words).signs[-1].text.removesuffix(" [/]"), home, getattr(last[0], "text", "")


def test_a_variety_has_its_own_name_and_beside_it_chinese_is_putonghua(walk: Walk, words: Words) -> None:
    found = {}
    walk.press("1")
    for _ in range(4):
        found[walk.visit.other_language] = names(walk.visit, words)
        walk.press("/")
        walk.wait(11)
    assert found == {
        "yue": ("粤语",) * 3,
        "en": ("English",) * 3,
        "zh": ("普通话",) * 3,
        "zh-henan": ("河南话",) * 3,
    }


def test_without_varieties_chinese_is_zhongwen(words: Words) -> None:
    catalogue, items = small_catalogue()
    walker = Walk(catalogue, items, language="en")
    assert names(walker.press("1"), words) == ("中文",) * 3


def test_the_settings_change_the_voice_too(walk: Walk) -> None:
    walk.press("1", "9", "2")
    assert Key.SIX in live_choices(walk.visit)
    assert walk.press("6").language == "yue"
