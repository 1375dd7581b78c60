"""What the kiosk does around its voice: marks what is spoken, has ready what comes, and mends what was cut off."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kiosk.core.catalogue import PackName, Variety
from kiosk.core.items import Story
from kiosk.core.keys import Key
from kiosk.core.layout import Sheet
from kiosk.core.page import Pick
from kiosk.core.speech import Failed, Finished, Private, Ready, Repertoire, Sound, Started, Utterance, Word
from kiosk.core.visit import Place, enter_goes_on, live_choices
from kiosk.ports import Words
from kiosk.usecases.attend import AHEAD_SECONDS
from tests.fakes.packs import small_catalogue
from tests.usecases.stage import SETTINGS, Hall


@pytest.fixture
def hall(words: Words) -> Hall:
    """At home, and its words are being spoken."""
    hall = Hall(words)
    hall.press("1")
    return hall


def tell(hall: Hall, news: object) -> None:
    hall.speech.post(news)  # type: ignore[arg-type]
    hall.settle()


def start(hall: Hall, block: int) -> tuple[int, int, Utterance]:
    """The voice reaches the last utterance of a block: its `Say`, its place in it, and itself."""
    say = hall.speech.said[-1]
    place = max(place for place, each in enumerate(say.utterances) if each.block == block)
    for earlier in range(place + 1):
        tell(hall, Started(say.id, earlier))
    return say.id, place, say.utterances[place]


def picked(hall: Hall, key: Key) -> int:
    """The block of a choice."""
    return next(place for place, block in enumerate(hall.page.blocks) if isinstance(block, Pick) and block.key is key)


def marked(sheet: Sheet) -> tuple[str, str]:
    """What is beside the bar, and the word."""
    beside = "".join(span.text for row in sheet.rows if row and row[0].style == "saying" for span in row[1:])
    return beside, "".join(span.text for row in sheet.rows for span in row if "word" in span.style.split())


def differing(before: Sheet, after: Sheet) -> int:
    return sum(old != new for old, new in zip(before.rows, after.rows, strict=True))


# Following with the eye


def test_the_choice_being_spoken_is_marked_and_each_word_as_it_comes(hall: Hall) -> None:
    """A word is one row painted again; nothing else is, and nothing moves."""
    text = hall.text
    say, place, utterance = start(hall, picked(hall, Key.TWO))
    beside, word = marked(hall.sheets[-1])
    assert beside.startswith("[2] 听一个故事")
    assert word == ""
    for character in "故事":
        before = hall.sheets[-1]
        tell(hall, Word(say, place, utterance.text.index(character), 1))
        assert marked(hall.sheets[-1])[1] == character
        assert differing(before, hall.sheets[-1]) == 1
    assert hall.text == text


def test_words_are_marked_where_they_stand_in_other_characters(words: Words) -> None:
    """Each word by itself, though hardly a character is the one that is spoken."""
    catalogue, items = small_catalogue()
    languages = ("zh", "en", "zh-Hant")
    entries = tuple(entry._replace(languages=languages) for entry in catalogue.entries)
    content = catalogue._replace(packs=(catalogue.packs[0]._replace(languages=languages),), entries=entries), items
    hall = Hall(words, replace(SETTINGS, languages=("zh", "zh-Hant"), language="zh-Hant"), content=content)
    hall.press("1", "/")
    say, place, utterance = start(hall, picked(hall, Key.TWO))
    assert marked(hall.sheets[-1])[0].startswith("[2] 聽一個故事")
    for spoken, shown in {"听": "聽", "个": "個", "故事": "故事"}.items():
        tell(hall, Word(say, place, utterance.text.index(spoken), len(spoken)))
        assert marked(hall.sheets[-1])[1] == shown
    assert {said.language for said in hall.speech.said[-1].utterances} == {"zh"}
    assert hall.speech.known[-1].languages == (("zh", "zh"), ("zh-Hant", "zh"))


@pytest.mark.parametrize(("language", "word"), [("zh", "凭您"), ("en", "test"), ("en", "answers")])
def test_words_of_the_first_line_of_a_round_are_marked(hall: Hall, language: str, word: str) -> None:
    """Though more is said than is written there."""
    if language == "en":
        hall.press("/")
    hall.press("1")
    assert (hall.page.name, hall.page.language) == ("judge", language)
    say, place, utterance = start(hall, 0)
    tell(hall, Word(say, place, utterance.text.index(word), len(word)))
    assert marked(hall.sheets[-1])[1].casefold() == word


def test_the_mark_goes_on_to_what_is_spoken_next(hall: Hall) -> None:
    """And the word of the choice before goes with it."""
    say, place, utterance = start(hall, picked(hall, Key.ONE))
    tell(hall, Word(say, place, utterance.text.index("骗"), 1))
    assert marked(hall.sheets[-1])[1] == "骗"
    start(hall, picked(hall, Key.TWO))
    beside, word = marked(hall.sheets[-1])
    assert beside.startswith("[2]")
    assert word == ""


def test_what_no_block_shows_marks_nothing(words: Words) -> None:
    """ "Case one" is only said."""
    hall = Hall(words, content=small_catalogue(pairs=1, pools=0, facts=0))
    hall.press("1", "1")
    say = hall.speech.said[-1]
    assert say.utterances[0].block == -1
    tell(hall, Started(say.id, 0))
    tell(hall, Word(say.id, 0, 0, 2))
    assert marked(hall.sheets[-1]) == ("", "")


def test_a_word_that_is_said_in_other_words_marks_the_choice_alone(hall: Hall) -> None:
    """Never the wrong word."""
    say, place, utterance = start(hall, picked(hall, Key.TWO))
    tell(hall, Word(say, place, utterance.text.index("故"), 1))
    tell(hall, Word(say, place, len(utterance.text) + 40, 3))
    beside, word = marked(hall.sheets[-1])
    assert beside.startswith("[2]")
    assert word == ""


@pytest.mark.parametrize("how", ["finished", "failed", "hushed", "a hint", "another page", "again", "the sound goes"])
def test_the_mark_goes_when_the_speech_does(hall: Hall, how: str) -> None:
    """However it ends."""
    number, place, _ = start(hall, picked(hall, Key.TWO))
    tell(hall, Word(number, place, 2, 1))
    assert marked(hall.sheets[-1]) != ("", "")
    match how:
        case "finished":
            tell(hall, Finished(number))
        case "failed":
            tell(hall, Failed(number, "no"))
        case "the sound goes":
            tell(hall, Sound(False, "gone"))
            tell(hall, Failed(number, "gone"))
        case "hushed":
            hall.press(".")
        case "a hint":
            hall.press("5")
        case "another page":
            hall.press("9")
        case "again":
            hall.press("*")
    assert marked(hall.sheets[-1]) == ("", "")
    tell(hall, Word(number, place, 3, 1))
    tell(hall, Started(number, 0))
    if how not in ("finished", "failed", "the sound goes"):  # a voice says nothing of what has ended
        assert marked(hall.sheets[-1]) == ("", "")


def test_the_mark_goes_at_once_also_while_the_next_page_waits_for_the_disk(words: Words) -> None:
    """It is quiet, so nothing is being spoken."""
    hall = Hall(words)
    hall.press("1", "1")
    start(hall, 1)
    page = hall.page
    assert marked(hall.sheets[-1]) != ("", "")
    hall.log.hold()
    hall.press("1")
    assert hall.page is page
    assert marked(hall.sheets[-1]) == ("", "")


def test_the_other_language_starts_without_a_mark(hall: Hall) -> None:
    """What was marked is written in another language now."""
    number, place, _ = start(hall, picked(hall, Key.ONE))
    tell(hall, Word(number, place, 2, 1))
    hall.press("/")
    assert all(marked(sheet) == ("", "") for sheet in hall.sheets[-1:])
    _, _, utterance = start(hall, picked(hall, Key.TWO))
    assert utterance.language == "en"
    assert marked(hall.sheets[-1])[0].startswith("[2]")


def test_a_page_of_several_leaves_marks_what_is_on_the_leaf(words: Words) -> None:
    """Words on a leaf that is not shown are nowhere; turning begins anew."""
    catalogue, items = small_catalogue()
    hall = Hall(words, content=(catalogue, items))
    hall.attend.resize(56, 16)
    hall.press("1", "2")
    visit = hall.attend.visit
    item = items[visit.station.item]
    assert isinstance(item, Story)
    long = "这一页很长，长得一屏放不下。" * 40
    text = item.pages[0].text._replace(written={"zh": long, "en": long})
    hall.attend.visit = replace(
        visit, items={**visit.items, item.id: item._replace(pages=(item.pages[0]._replace(text=text), *item.pages[1:]))}
    )
    hall.attend.refresh()
    hall.press("*")
    leaves = hall.sheets[-1].leaves
    assert leaves > 1
    for leaf in range(leaves):
        say = hall.speech.said[-1]
        for place, utterance in enumerate(say.utterances):
            tell(hall, Started(say.id, place))
            for at in range(0, len(utterance.text), 7):
                tell(hall, Word(say.id, place, at, 2))
        assert hall.sheets[-1].leaf == leaf
        if leaf + 1 < leaves:
            hall.press(Key.ENTER)
            assert marked(hall.sheets[-1]) == ("", "")


def test_whatever_the_voice_tells_the_rows_stay_where_they_are(words: Words) -> None:
    """Random news between random keys, at random grids: the sheet is that of the page without a mark."""
    chance = random.Random(5)  # noqa: S311 - a test's own chance
    hall = Hall(words)
    marks = 0
    for _ in range(2000):
        dice = chance.random()
        if dice < 0.1:
            hall.press(chance.choice([*Key]), seconds=1.0)
        elif dice < 0.12:
            hall.attend.resize(*chance.choice([(80, 24), (71, 20), (56, 16)]))
        elif hall.speech.said:
            say = hall.speech.said[-1]
            place = chance.randrange(len(say.utterances) + 2)
            number = say.id - (chance.random() < 0.1)
            news = chance.choice(
                [
                    Started(number, place),
                    Word(number, place, chance.randrange(-3, 60), chance.randrange(9)),
                    Word(number, hall.attend._place, chance.randrange(30), 1),
                    *([Finished(number)] if chance.random() < 0.1 else []),
                ]
            )
            before = hall.text
            painting = hall.attend.visit.painted
            tell(hall, news)
            if painting is None:
                assert hall.text == before
        marks += marked(hall.sheets[-1])[1] != ""
    assert marks > 50


# Ready before it is needed


def wait(hall: Hall) -> None:
    hall.pass_time(AHEAD_SECONDS)


def texts(utterances: tuple[Utterance, ...]) -> set[tuple[str, str]]:
    return {(utterance.language, utterance.text) for utterance in utterances if not utterance.tone}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_key_will_have_said_was_made_ready_while_its_page_was_read(words: Words, language: str) -> None:
    """For every live key, on every page of long random walks, unless the page after it had to be read from disk."""
    chance = random.Random(3)  # noqa: S311 - a test's own chance
    checked, seen = 0, set()
    for seed in range(1, 6):
        hall = Hall(words, seed=seed)
        hall.press("/" if language == "en" else "1")
        for _ in range(90):
            wait(hall)
            visit = hall.attend.visit
            if visit.place is Place.WELCOME:
                hall.press("/" if language == "en" else "1")
                continue
            keys = [*live_choices(visit), *([Key.ENTER] if enter_goes_on(visit) else [])]
            ready = texts(hall.speech.prepared[-1].utterances)
            said = len(hall.speech.said)
            fetched = visit.draws
            key = chance.choice(keys) if keys and chance.random() < 0.9 else Key.ZERO
            if visit.overlay == "settings" and key is not Key.ENTER:
                key = Key.ZERO
            seen.add(hall.page.name)
            hall.press(key)
            if hall.attend.visit.draws == fetched and len(hall.speech.said) > said:
                assert texts(hall.speech.said[-1].utterances) <= ready, (hall.page.name, key)
                checked += 1
            if visit.painted is not None:
                hall.speech.speak()
                hall.settle()
    assert checked > 100
    assert {"home", "judge", "see", "seen", "ask", "asked", "compare", "verdict", "why"} <= seen


def test_the_start_is_made_ready_at_the_welcome(words: Words) -> None:
    """Before anybody has come; at the default speed."""
    hall = Hall(words)
    wait(hall)
    assert hall.speech.said == []
    (ready,) = hall.speech.prepared
    assert ready.speed == 100
    hall.press("1")
    assert texts(hall.speech.said[-1].utterances) <= texts(ready.utterances)


def test_it_never_delays_the_page(hall: Hall) -> None:
    """Not thought of before the page is shown and its words are on their way; nor for a page that is gone."""
    wait(hall)
    before = len(hall.speech.prepared)
    hall.press("9", seconds=0.01)
    assert hall.page.name == "help"
    assert len(hall.speech.prepared) == before
    hall.press("0", seconds=0.01)
    wait(hall)
    assert len(hall.speech.prepared) == before + 1, "not for help any more"


def test_it_is_made_ready_once_for_each_page(hall: Hall) -> None:
    """Ticks, hints and words are no reason."""
    wait(hall)
    before = len(hall.speech.prepared)
    start(hall, 1)
    hall.attend.tick()
    hall.press("5")
    wait(hall)
    assert len(hall.speech.prepared) == before


def test_another_speed_and_another_language_are_made_ready_anew(hall: Hall) -> None:
    """The sound is another."""
    for key, speed, language in (("8", 125, "zh"), ("/", 125, "en")):
        hall.press(key)
        wait(hall)
        ready = hall.speech.prepared[-1]
        assert ready.speed == speed
        assert ready.utterances[0].language == language


def test_nothing_is_made_ready_that_nobody_would_hear(words: Words) -> None:
    """Muted, or without a voice; with the sound it is."""
    hall = Hall(words, replace(SETTINGS, muted=True))
    wait(hall)
    hall.press("1", "1")
    wait(hall)
    assert hall.speech.prepared == []
    hall.press(".")
    wait(hall)
    assert len(hall.speech.prepared) == 1
    hall = Hall(words)
    tell(hall, Ready((), False, "no device"))
    wait(hall)
    hall.press("1")
    wait(hall)
    assert hall.speech.prepared == []
    tell(hall, Sound(True))
    tell(hall, Ready(("zh", "en"), True))
    wait(hall)
    assert len(hall.speech.prepared) == 1


# What the voice is to know


def test_the_voice_is_told_of_the_languages_and_the_recordings_of_the_packs(words: Words) -> None:
    """Before it is started, so that it finds its voices once; a variety with the language it is written in."""
    catalogue, items = small_catalogue()
    (pack,) = catalogue.packs
    other = PackName("other", "1", pack.title, pack.languages)
    packs = (pack._replace(folder="/srv/sample", varieties=(Variety("zh-henan", "zh", "河南话"),)), other)
    hall = Hall(words, content=(catalogue._replace(packs=packs), items))
    (known,) = hall.speech.known
    languages = dict(known.languages)
    assert (languages["zh"], languages["en"]) == ("zh", "en")
    assert set(languages.items()) <= {("zh", "zh"), ("en", "en"), ("zh-henan", "zh")}
    assert known.folders == (("sample", "/srv/sample"),)


def test_without_packs_nothing_is_known_yet(words: Words) -> None:
    """The voice has the settings' languages until then."""
    hall = Hall(words, open_packs=False)
    assert hall.speech.known == []
    hall.attend.open(small_catalogue()[0])
    assert hall.speech.known == [Repertoire((("zh", "zh"), ("en", "en")))]


# Faults


def test_a_page_that_was_cut_off_is_said_again_when_the_voice_is_back(hall: Hall) -> None:
    """As the voice tells it when its process is killed in the middle: three times, then a line tells what to press."""
    for times in (1, 2, 3, 4, 5):
        number = hall.speech.said[-1].id
        tell(hall, Started(number, 0))
        tell(hall, Sound(False, "the voice ended with code -9"))
        assert "没有声音" not in hall.text
        tell(hall, Failed(number, "the voice ended with code -9"))
        tell(hall, Ready(("zh", "en"), True))
        tell(hall, Sound(True))
        assert "没有声音" not in hall.text
        assert len(hall.speech.said) == min(times + 1, 4)
        assert ("要听，按 [*]。" in hall.text) is (times > 3)
    assert hall.speech.said[0].utterances == hall.speech.said[1].utterances


def test_a_hint_that_was_cut_off_is_not_said_again(hall: Hall) -> None:
    """Nor the page that it had cut off itself."""
    hall.press("5")
    said = len(hall.speech.said)
    number = hall.speech.said[-1].id
    tell(hall, Sound(False, "gone"))
    tell(hall, Failed(number, "gone"))
    tell(hall, Ready(("zh", "en"), True))
    assert len(hall.speech.said) == said


def test_what_was_hushed_is_not_said_again(hall: Hall) -> None:
    """`.`, then the voice dies and comes back."""
    number = hall.speech.said[-1].id
    tell(hall, Started(number, 0))
    hall.press(".")
    tell(hall, Sound(False, "gone"))
    tell(hall, Ready(("zh", "en"), True))
    tell(hall, Sound(True))
    assert len(hall.speech.said) == 1


def test_a_held_page_is_not_said_before_it_is_shown(words: Words) -> None:
    """The voice comes back while the disk is slow."""
    hall = Hall(words)
    hall.press("1", "1")
    number = hall.speech.said[-1].id
    tell(hall, Sound(False, "gone"))
    tell(hall, Failed(number, "gone"))
    hall.log.hold()
    hall.press("1")
    said = len(hall.speech.said)
    tell(hall, Ready(("zh", "en"), True))
    assert len(hall.speech.said) == said
    hall.log.release()
    hall.settle()
    assert len(hall.speech.said) == said + 1


# Headphones, and what goes with the visitor


def test_headphones_are_announced_and_still_in_at_the_next_visit(hall: Hall) -> None:
    """Aloud to who is there; at the welcome they say nothing."""
    tell(hall, Private(True, "Headset"))
    assert "耳机接上了，只有您听得见。" in hall.text
    assert hall.speech.texts[0] == "耳机接上了，只有您听得见。"
    hall.press("9", "3")
    assert hall.attend.visit.place is Place.WELCOME
    assert hall.attend.visit.private
    said = len(hall.speech.said)
    tell(hall, Private(False, "Speaker"))
    tell(hall, Private(True, "Headset"))
    assert len(hall.speech.said) == said
    hall.press("1")
    assert "耳机" in hall.text
    assert not any("耳机" in text for text in hall.speech.texts)


def test_muted_headphones_are_announced_in_writing_alone(hall: Hall) -> None:
    """No sound means none."""
    hall.press(".", ".")
    said = len(hall.speech.said)
    tell(hall, Private(True, "Headset"))
    assert "耳机接上了" in hall.text
    assert len(hall.speech.said) == said


def test_volume_speed_and_mute_go_back_to_default_with_the_visit(hall: Hall) -> None:
    """Each person finds the settings as the next one will."""
    hall.press("+", "8", "8", "/", ".", ".")
    visit = hall.attend.visit
    assert (visit.volume, visit.speed, visit.language, visit.muted) == (100, 160, "en", True)
    hall.press("9", "3")
    visit = hall.attend.visit
    assert (visit.volume, visit.speed, visit.language, visit.muted) == (80, 100, "zh", False)
    hall.press("1")
    say = hall.speech.said[-1]
    assert (say.volume, say.speed, say.utterances[0].language) == (80, 100, "zh")
