"""What is said: its part of a recording, its language, its pauses, and the tones beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.catalogue import Variety
from kiosk.core.items import Scenario, Text, Verdict
from kiosk.core.keys import Key
from kiosk.core.page import CHOICE_PAUSE, CLAUSE_PAUSE, Page
from kiosk.core.pages import page_of
from kiosk.core.pages.languages import teller_for
from kiosk.core.pronounce import pronounce
from kiosk.core.script import Stop
from kiosk.core.settings import Settings
from kiosk.core.speech import Utterance
from kiosk.core.visit import Place, Visit, live_choices
from kiosk.core.wording import SHORT_PAUSE, TONE_PAUSE, Teller
from kiosk.ports import Words
from tests.core.test_visit import go, learn, right_key
from tests.core.walk import Walk, apply, is_over, random_events, walk
from tests.fakes.packs import small_catalogue
from tests.fakes.words import FakeWords

WHY = Text({"zh": "要转2万元。"}, {"zh-henan": "叫转2万块。"}, part="pack/item/see-why")
FAKE = FakeWords(
    {
        ("zh", "hello"): "您好！",
        ("zh", "count"): "第{number}件。",
        ("zh", "why"): "留心得对。{why}",
        ("zh", "line"): "该留心第{lines}句：{why}",
        ("zh", "both"): "看：{why}，问：{ask}。",
        ("zh", "after"): "{why}，是骗局。",
        ("zh", "press"): "接着看，按大键。",
        ("zh", "key-enter"): "大键",
        ("zh", "digit-1"): "一",
        ("zh", "signs"): "{why}……",
    }
)


@pytest.fixture
def teller() -> Teller:
    return Teller(FAKE, "zh", frozenset({"110"}))


def test_a_fixed_phrase_is_a_part(teller: Teller) -> None:
    assert teller.say("hello") == (Utterance("您好！", "zh", CLAUSE_PAUSE, part="_kiosk/hello"),)
    assert teller.say("hello", number="二")[0].part == "_kiosk/hello", "it doesn't depend on the number"


def test_a_phrase_with_a_value_is_a_part_for_each_known_variant(teller: Teller) -> None:
    assert teller.say("count", number="二") == (Utterance("第二件。", "zh", CLAUSE_PAUSE),)
    assert teller.say("count", variant="2", number="二")[0].part == "_kiosk/count-2"


def test_a_text_in_a_phrase_is_spoken_by_itself(teller: Teller) -> None:
    """The phrase is cut around it, without the punctuation at the cuts; a short pause leads on."""
    said = teller.say("why", 0.9, why=WHY)
    assert said == (
        Utterance("留心得对", "zh", SHORT_PAUSE, part="_kiosk/why"),
        Utterance("要转两万元。", "zh", 0.9, part="pack/item/see-why"),
    )
    assert [each.text for each in teller.say("after", why=WHY)] == ["要转两万元。", "是骗局"]
    assert [each.part for each in teller.say("after", why=WHY)] == ["pack/item/see-why", "_kiosk/after"]
    assert [each.text for each in teller.say("signs", why=WHY)] == ["要转两万元。"], "nothing alone that has no sound"


def test_a_text_in_a_phrase_that_varies(teller: Teller) -> None:
    said = teller.say("line", variant="3-4", lines="3、第4", why=WHY)
    assert [each.text for each in said] == ["该留心第三、第四句", "要转两万元。"]
    assert said[0].part == "_kiosk/line-3-4"
    assert teller.say("line", lines="3", why=WHY)[0].part == ""


def test_a_phrase_in_two_pieces_is_no_part(teller: Teller) -> None:
    """One recording can't be both."""
    said = teller.say("both", why=WHY, ask=WHY)
    assert [each.text for each in said] == ["看", "要转两万元。", "问", "要转两万元。"]
    assert [each.part for each in said] == ["", WHY.part, "", WHY.part]


def test_where_this_site_calls_a_key_otherwise_the_recording_does_not_fit(teller: Teller) -> None:
    named = replace(teller, key_names=(("enter", "绿键"),))
    assert teller.say("press")[0].part == "_kiosk/press"
    assert named.say("press") == (Utterance("接着看，按绿键。", "zh", CLAUSE_PAUSE),)
    assert named.say("hello")[0].part == "_kiosk/hello"
    assert named.speak("按 [Enter]。")[0].text == "按绿键。"


def test_a_choice_is_its_number_and_its_text(teller: Teller) -> None:
    assert teller.choice(Key.ONE, WHY) == (
        Utterance("一", "zh", SHORT_PAUSE, part="_kiosk/digit-1"),
        Utterance("要转两万元。", "zh", CHOICE_PAUSE, part="pack/item/see-why"),
    )


def test_a_variety_is_spoken_as_it_says_itself_else_as_its_language_does(teller: Teller) -> None:
    henan, yue = replace(teller, spoken="zh-henan"), replace(teller, spoken="yue")
    assert henan.read(WHY) == (Utterance("叫转两万块。", "zh-henan", CLAUSE_PAUSE, part=WHY.part),)
    assert yue.read(WHY) == (Utterance("要转两万元。", "yue", CLAUSE_PAUSE, part=WHY.part),)
    assert yue.read(WHY._replace(spoken={"zh": "要转两万。"}))[0].text == "要转两万。"
    assert henan.say("hello")[0] == Utterance("您好！", "zh-henan", CLAUSE_PAUSE, part="_kiosk/hello")
    assert henan.show(WHY) == "要转2万元。"


def test_what_has_no_sound_is_not_said(teller: Teller) -> None:
    assert teller.speak("……") == ()
    assert teller.read(Text({"zh": "→"}, part="a/b/c")) == ()


def test_the_names_of_keys_are_this_sites_in_the_variety_or_its_language(words: Words) -> None:
    catalogue, items = small_catalogue()
    pack = catalogue.packs[0]._replace(varieties=(Variety("zh-henan", "zh", "河南话"), Variety("yue", "zh", "粤语")))
    visit = Walk(catalogue._replace(packs=(pack,)), items).visit
    names = {"Enter": {"zh": "绿键", "zh-henan": "绿疙瘩"}, "0": {"en": "red key"}}
    visit = replace(visit, settings=replace(visit.settings, key_names=names))
    assert teller_for(visit, words, "zh").key_names == (("enter", "绿键"),)
    assert teller_for(visit, words, "zh-henan").key_names == (("enter", "绿疙瘩"),)
    assert teller_for(visit, words, "yue").key_names == (("enter", "绿键"),)
    assert teller_for(visit, words, "en").key_names == (("0", "red key"),)


# On the pages


def spoken(walker: Walk, words: Words) -> tuple[Utterance, ...]:
    page = page_of(walker.visit, words)
    return (*page.hint_say, *page.speech)


def with_parts(value: Any) -> Any:
    """A value of the packs, every text of it with a part of its own, as the compiler gives them."""
    if isinstance(value, Text):
        return value._replace(part=f"sample/{value.write('en')}")
    if isinstance(value, tuple):
        changed = map(with_parts, value)
        return type(value)(*changed) if hasattr(value, "_fields") else tuple(changed)
    return value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_all_pages_of_random_walks_what_is_said_can_be_pronounced_and_recorded(words: Words, language: str) -> None:
    """It is worked out once, in words only; a part is always the same; only counts and lists of keys have none."""
    catalogue, items = small_catalogue()
    catalogue, items = with_parts(catalogue), {name: with_parts(item) for name, item in items.items()}
    said: dict[str, str] = {}
    free: set[str] = set()
    for seed in range(40):
        walker = Walk(catalogue, items, seed, language)
        for event in random_events(seed + 500, 120):
            apply(walker, event)
            if is_over(walker):
                break
            for each in spoken(walker, words):
                if each.tone or each.language != language:
                    continue
                assert each.text == pronounce(each.text, language), each
                assert any(map(str.isalpha, each.text))
                assert not any(map(str.isdigit, each.text)), each
                if each.part:
                    assert said.setdefault(each.part, each.text) == each.text
                else:
                    free.add(each.text)
    assert {"_kiosk/home-hello", "_kiosk/digit-1", "_kiosk/case-number-2", "_kiosk/help-call-110"} <= set(said)
    counted = {
        "zh": r"这里按.*|.*件。|.*个。|.*拿不准.*",
        "en": r"Here, press .*|.*: you .*|.* You got .*|You looked at .*|.*“?not sure.*",
    }
    assert [text for text in sorted(free) if not re.fullmatch(counted[language], text)] == []


FEEDBACK = (Stop.SEEN, Stop.ASKED, Stop.COMPARED, Stop.VERDICT)


def tones(page: Page) -> list[Utterance]:
    return [each for each in (*page.hint_say, *page.speech) if each.tone]


def answered(walker: Walk, key: Key | str, words: Words) -> Page:
    walker.press(key)
    return page_of(walker.visit, words)


@pytest.mark.parametrize("stop", [Stop.SEE, Stop.ASK, Stop.COMPARE, Stop.DECIDE])
def test_a_soft_tone_goes_with_right_and_another_with_again(words: Words, stop: Stop) -> None:
    """First of all that is said, and never alone."""
    walker = go(learn("A"), stop)
    walker.silent()
    right = right_key(walker.visit)
    wrong = next(key for key in live_choices(walker.visit) if key not in (right, Key.THREE, Key.FOUR))
    for key, name in ((right, "right"), (wrong, "again")):
        once = go(learn("A"), stop)
        once.silent()
        page = answered(once, key, words)
        assert page.speech[0] == Utterance("", "zh", TONE_PAUSE, tone=name)
        assert len(tones(page)) == 1
        assert page.speech[1].text


def test_none_is_right_for_what_is_real_and_not_sure_has_no_tone(words: Words) -> None:
    walker = go(learn("A"), Stop.SEE)
    found = {}
    for _ in range(2):
        walker.silent()
        item = walker.visit.items[walker.visit.station.item]
        assert isinstance(item, Scenario)
        found[item.verdict] = [each.tone for each in tones(answered(walker, "6", words))]
        go(walker, Stop.DECIDE)
        assert tones(answered(walker, "3", words)) == []
        walker.press(Key.ENTER, Key.ENTER)
    assert found == {Verdict.GENUINE: ["right"], Verdict.FRAUD: ["again"]}


def test_a_storys_pause_has_its_tone(words: Words) -> None:
    walker = walk()
    walker.press("1", "2")
    go(walker, Stop.PAUSE)
    assert [each.tone for each in tones(answered(walker, right_key(walker.visit), words))] == ["right"]


def test_there_is_no_tone_where_it_is_not_wanted(words: Words) -> None:
    """Switched off by the site; on looking back; on questions."""
    walker = go(learn("A"), Stop.ASK)
    assert tones(page_of(walker.visit, words)) == []
    walker.press(right_key(walker.visit))
    assert tones(page_of(walker.visit, words))
    off = replace(walker.visit, settings=replace(Settings(), tones=False))
    assert tones(page_of(off, words)) == []
    walker.press(Key.ENTER, Key.ZERO)
    assert walker.visit.station.stop is Stop.ASKED
    assert walker.visit.looking is not None
    assert tones(page_of(walker.visit, words)) == []


def test_before_and_after_no_tone_tells_how_the_answer_was(words: Words) -> None:
    """Not one on any page that is not the feedback of practice."""
    walker = learn("A")
    while walker.visit.place is Place.SCRIPT:
        page = page_of(walker.visit, words)
        assert bool(tones(page)) == (walker.visit.station.stop in FEEDBACK), walker.visit.station
        before = walker.visit.position
        if walker.visit.painted is not None:
            walker.silent()
        keys = live_choices(walker.visit)
        walker.press(right_key(walker.visit) if keys else Key.ENTER)
        assert walker.visit.place is not Place.SCRIPT or walker.visit.position == before + 1


def test_the_number_of_the_police_is_said_as_it_is_dialled(words: Words) -> None:
    """A part for each number, after when to call it."""
    walker = walk()
    walker.press("1", "9")
    said = [each for each in spoken(walker, words) if each.block == 0]
    assert [each.text for each in said][-1] == "打，幺幺零"
    assert [each.part for each in said][-1] == "_kiosk/help-call-110"


def of_settings(visit: Visit, words: Words) -> Utterance:
    return next(each for each in page_of(visit, words).speech if each.part.startswith("_kiosk/settings-6"))


def test_the_other_language_is_named_in_the_one_that_is_spoken(words: Words) -> None:
    """Each name has a recording of its own."""
    walker = walk()
    walker.press("1", "9", "2")
    assert of_settings(walker.visit, words) == Utterance(
        "说英文，按六。", "zh", CHOICE_PAUSE, 5, part="_kiosk/settings-6-en"
    )
    walker.press("/")
    assert of_settings(walker.visit, words).text == "Chinese: six."
    (back,) = page_of(walker.visit, words).hint_say
    assert back == Utterance("要说中文，按斜杠。", "zh", CLAUSE_PAUSE, part="_kiosk/hint-way-back-zh")


KEYS = ("enter", "*", "/", ".")
"""Those that the interface names."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_another_name_of_a_key_changes_only_the_phrases_that_name_it(words: Words, language: str, key: str) -> None:
    """No word that it is a part of; and what is the same is recorded as before."""
    catalogue = Path("locales") / language / "LC_MESSAGES" / "kiosk.po"
    messages = re.findall(r'^msgid "([^"]+)"', catalogue.read_text("utf-8"), re.MULTILINE)
    plain = Teller(words, language)
    renamed = Teller(words, language, key_names=((key, "红键" if language == "zh" else "the red key"),))
    phrase = words.say(language, f"key-{key}")
    named = re.compile(rf"(?<![A-Za-z]){re.escape(phrase)}(?![A-Za-z])")
    values: dict[str, Any] = dict.fromkeys(re.findall(r"{(\w+)}", catalogue.read_text("utf-8")), "")
    changed = set()
    for message in dict.fromkeys(messages):
        before, after = plain.say(message, **values), renamed.say(message, **values)
        said = words.say(language, message, **values)
        if named.search(said) or f"[{key.capitalize()}]" in said:
            changed.add(message)
            assert before != after
            assert {each.part for each in after} == {""}
        else:
            assert before == after, message
    assert changed - {f"key-{key}"}, "no phrase names it"


def test_names_of_keys_do_not_rename_each_other(words: Words) -> None:
    """A name may have another key's in it."""
    names = (("/", "the star-shaped key"), ("*", "the slash-shaped key"))
    teller = Teller(words, "en", key_names=names)
    (back,) = teller.say("hint-way-back", name="English")
    assert back.text == "For English, press the star-shaped key."
    assert teller.say("hint-again")[0].text == "To hear it again, press the slash-shaped key."
