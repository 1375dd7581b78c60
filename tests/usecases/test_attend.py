"""What the kiosk does around a visit: holding pages, speaking, the log's troubles, one visit after the other."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kiosk.core.items import Story
from kiosk.core.keys import Key
from kiosk.core.page import Para
from kiosk.core.records import Answer, Opened, VisitEnded
from kiosk.core.speech import Failed, Finished, Ready, Sound, Started
from kiosk.core.visit import Place
from kiosk.ports import Words
from kiosk.usecases.attend import HOLD_SECONDS
from tests.fakes.log import FakeLog
from tests.fakes.packs import small_catalogue
from tests.usecases.stage import SETTINGS, Hall


@pytest.fixture
def hall(words: Words) -> Hall:
    return Hall(words)


def test_the_page_after_an_answer_waits_until_the_answer_is_on_disk(words: Words) -> None:
    """And keys are ignored meanwhile."""
    hall = Hall(words)
    hall.press("1", "1")
    hall.log.hold()
    shown, before = len(hall.sheets), hall.page
    hall.press("1")
    assert hall.page is before
    hall.press("2", "2")
    assert len(hall.sheets) == shown
    hall.log.release()
    hall.settle()
    assert hall.page is not before
    assert hall.page.name in ("judge", "act")
    assert sum(isinstance(row, Answer) for row in hall.log.rows) == 1


def test_a_slow_disk_holds_the_page_for_no_longer_than_0_3_seconds(words: Words) -> None:
    """The writer catches up; nothing is lost."""
    hall = Hall(words)
    hall.press("1", "1")
    hall.log.hold()
    before = hall.page
    hall.press("1")
    hall.pass_time(HOLD_SECONDS - 0.05)
    assert hall.page is before
    hall.pass_time(0.06)
    assert hall.page is not before
    after = hall.page
    hall.log.release()
    hall.settle()
    assert hall.page.name == after.name
    assert len(hall.log.rows) == 2


def test_speech_of_a_held_page_waits_with_it(words: Words) -> None:
    """Nobody hears "noted" before it is."""
    hall = Hall(words)
    hall.press("1", "1")
    hall.log.hold()
    said, hushed = len(hall.speech.said), hall.speech.hushed
    hall.press("1")
    assert len(hall.speech.said) == said
    assert hall.speech.hushed == hushed + 1, "but the key hushes at once"
    hall.log.release()
    hall.settle()
    assert len(hall.speech.said) == said + 1


def test_what_is_said_is_what_is_shown_in_its_language(hall: Hall) -> None:
    """Each page speaks its own words, at the default speed and volume."""
    hall.press("1")
    say = hall.speech.said[-1]
    assert "".join(each.text for each in say.utterances).startswith("您好！想做什么，请按数字。一，学一学")
    assert {each.language for each in say.utterances} == {"zh"}
    assert (say.speed, say.volume) == (100, 80)


def test_the_other_language_is_spoken_after_the_way_back(hall: Hall) -> None:
    """The way back in the language just left, then the page in the new one."""
    hall.press("1", "/")
    languages = [each.language for each in hall.speech.said[-1].utterances]
    assert languages[0] == "zh"
    assert set(languages[1:]) == {"en"}


def test_muted_nothing_is_said_but_that_the_sound_goes_off(hall: Hall) -> None:
    """`.` twice; later pages are silent; `.` again speaks."""
    hall.press("1", ".", ".")
    assert hall.speech.texts == ["声音关了。要听，按点号。"]
    said = len(hall.speech.said)
    hall.press("1", "5")
    assert len(hall.speech.said) == said
    hall.press(".")
    assert len(hall.speech.said) == said + 1


def test_volume_is_tuned_and_sampled(hall: Hall) -> None:
    """`+` changes what is being spoken at once, and asks whether it can be heard."""
    hall.press("1", "+")
    assert hall.speech.volumes == [100]
    assert hall.speech.texts == ["这样听得清吗？"]
    assert hall.speech.said[-1].volume == 100


def test_lines_appear_as_their_sentence_starts(words: Words) -> None:
    """News of the voice paints the scene line by line."""
    hall = Hall(words, content=small_catalogue(pairs=1, pools=0, facts=0))
    hall.press("1", "1")
    assert hall.page.name == "see"
    assert "第2行" not in hall.text
    say = hall.speech.said[-1]
    second = next(place for place, each in enumerate(say.utterances) if each.block == 1)
    hall.speech.post(Started(say.id, second))
    hall.settle()
    assert "第2行" in hall.text
    assert "第3行" not in hall.text
    hall.speech.post(Started(say.id - 1, second + 2))
    hall.settle()
    assert "第3行" not in hall.text, "news of something said before is no news"


@pytest.mark.parametrize("news", [Sound(False, "gone"), Ready((), False, "none"), Ready(("en",), True)])
def test_without_a_voice_a_sign_says_so_and_all_is_painted(words: Words, news: Sound | Ready) -> None:
    """No device, no voice at all, or none for this language."""
    hall = Hall(words, content=small_catalogue(pairs=1, pools=0, facts=0))
    hall.press("1", "1")
    hall.speech.post(news)
    hall.settle()
    assert "第4行" in hall.text
    assert "没有声音" not in hall.text
    hall.pass_time(2)
    hall.attend.tick()
    assert "没有声音" in hall.text
    hall.speech.post(Ready(("zh", "en"), True))
    hall.settle()
    assert "没有声音" not in hall.text


def test_a_language_without_a_voice_shows_the_sign_only_there(hall: Hall) -> None:
    """Chinese can be heard, English can't."""
    hall.speech.post(Ready(("zh",), True))
    hall.settle()
    hall.press("1")
    assert "没有声音" not in hall.text
    hall.press("/")
    hall.pass_time(2)
    hall.attend.tick()
    assert "NO VOICE" in hall.text
    hall.press("/")
    assert "没有声音" not in hall.text


def test_a_sentence_that_fails_is_not_waited_for(hall: Hall) -> None:
    """The visit goes on as if it had been said."""
    hall.press("1")
    hall.speech.post(Failed(hall.speech.said[-1].id, "no"))
    hall.settle()
    assert not hall.attend.visit.speaking


def test_finished_speech_is_silence(hall: Hall) -> None:
    """From then on time counts as idle."""
    hall.press("1")
    number = hall.speech.said[-1].id
    hall.speech.post(Started(number, 0))
    hall.settle()
    assert hall.attend.visit.speaking
    hall.speech.post(Finished(number))
    hall.settle()
    assert not hall.attend.visit.speaking


def test_a_kiosk_that_starts_muted_starts_no_voice_until_it_is_asked(words: Words) -> None:
    """`--mute`: the child process is not even there."""
    hall = Hall(words, replace(SETTINGS, muted=True))
    hall.press("1", "1")
    assert hall.speech.said == []
    hall.press(".")
    assert len(hall.speech.said) == 1


def test_when_the_log_refuses_every_screen_says_not_counted_today(words: Words) -> None:
    """Until it can take rows again."""
    log = FakeLog()
    hall = Hall(words, log=log)
    log.refuse("the disk is full")
    hall.press("1", "1", "1")
    assert "今天不统计" in hall.text
    hall.press("9", "3")
    assert hall.attend.visit.place is Place.WELCOME
    assert "今天不统计" in hall.text
    log.allow()
    hall.press("1", "1", "1")
    assert "今天不统计" not in hall.text
    assert isinstance(log.rows[0], Opened)


def test_a_log_that_can_not_be_opened_is_known_from_the_first_screen(words: Words) -> None:
    """`start` tells."""
    log = FakeLog()
    log.refuse("damaged")
    hall = Hall(words, log=log)
    assert "今天不统计" in hall.text


def test_a_rehearsal_is_marked_on_every_screen_and_not_called_uncounted(words: Words) -> None:
    """演练, from the welcome on."""
    log = FakeLog()
    log.refuse("this is a rehearsal")
    hall = Hall(words, rehearsal=True, refused=True, log=log)
    assert "演练" in hall.text
    hall.press("1")
    assert "演练" in hall.text
    assert "今天不统计" not in hall.text
    hall.press("1", "1", "9")
    assert "演练" in hall.text


def test_one_visit_after_the_other_with_every_setting_back_to_default(hall: Hall) -> None:
    """A new name, a new seed, nothing of the old visitor."""
    hall.press("1", "/", "+", "1", "1", "9", "3")
    visit = hall.attend.visit
    assert (visit.place, visit.language, visit.volume) == (Place.WELCOME, "zh", 80)
    assert visit.name != hall.log.rows[0].visit
    assert isinstance(hall.log.rows[-1], VisitEnded)


def test_the_guard_holds_back_double_presses(words: Words) -> None:
    """A bouncing 1 on the welcome does not choose at home."""
    hall = Hall(words, replace(SETTINGS, key_repeat_seconds=0.8, key_guard_seconds=0.4))
    hall.press("1")
    hall.press("1", seconds=0.1)
    assert hall.page.name == "home"
    hall.press("2", seconds=0.1)
    assert hall.page.name == "home", "a choice key right after the page changed"
    hall.press("1", seconds=0.9)
    assert hall.page.name == "judge"


def test_touch_presses_what_lies_under_it(hall: Hall) -> None:
    """Any place on the welcome; a choice's whole row; the help row."""
    hall.attend.touch(40, 9)
    hall.settle()
    assert hall.page.name == "home"
    row = next(place for place, line in enumerate(hall.text.split("\n")) if "[1]" in line)
    hall.attend.touch(65, row)
    hall.settle()
    assert hall.page.name == "judge"
    hall.attend.touch(45, 18)
    hall.settle()
    assert hall.page.name == "help"
    hall.attend.touch(3, 1)
    hall.settle()
    assert hall.page.name == "help"
    assert "这里按" in hall.text, "a touch beside everything is answered like a wrong key"


def test_a_page_of_several_leaves_is_turned_by_enter_and_zero(words: Words) -> None:
    """And only then goes on; each leaf says its own."""
    catalogue, items = small_catalogue()
    hall = Hall(words, content=(catalogue, items))
    hall.attend.resize(56, 16)
    hall.press("1", "2")
    visit = hall.attend.visit
    item = items[visit.station.item]
    assert isinstance(item, Story)
    long = "这一页很长，长得一屏放不下。" * 40
    text = item.pages[0].text._replace(written={"zh": long, "en": long})
    pages = (item.pages[0]._replace(text=text), *item.pages[1:])
    hall.attend.visit = replace(visit, items={**visit.items, item.id: item._replace(pages=pages)})
    hall.attend.refresh()
    leaves = hall.sheets[-1].leaves
    assert leaves > 1
    station = hall.attend.visit.station
    for leaf in range(1, leaves):
        hall.press(Key.ENTER)
        assert hall.sheets[-1].leaf == leaf
        assert hall.attend.visit.station == station
    hall.press("0")
    assert hall.sheets[-1].leaf == leaves - 2
    hall.press(Key.ENTER, Key.ENTER)
    assert hall.attend.visit.station != station


def test_until_the_packs_are_open_it_says_one_moment_and_waits(words: Words) -> None:
    """Keys are not answered with an empty home."""
    hall = Hall(words, open_packs=False)
    assert "正在准备" in hall.text
    hall.press("1")
    assert hall.page.name == "welcome"
    hall.attend.open(small_catalogue()[0])
    hall.press("1")
    assert hall.page.name == "home"
    assert "正在准备" not in hall.text


def test_closing_writes_the_visit_under_way(hall: Hall) -> None:
    """Ended by staff."""
    hall.press("1", "1", "1")
    hall.attend.close()
    row = hall.log.rows[-1]
    assert isinstance(row, VisitEnded)
    assert row.ended_by == "staff"


def test_no_page_is_without_words(hall: Hall) -> None:
    """Nothing shown is a message id."""
    for key in ["1", "9", "1", "0", "2", "0", "0", "1"]:
        hall.press(key)
        for block in hall.page.blocks:
            assert not (isinstance(block, Para) and block.text.isascii() and "-" in block.text)


def test_keys_are_called_what_this_site_calls_them(words: Words) -> None:
    """Written in the help row and in hints, and spoken."""
    names = {"enter": {"zh": "绿键", "en": "green"}}
    hall = Hall(words, replace(SETTINGS, key_names=names), content=small_catalogue(pairs=1, pools=0, facts=0))
    hall.press("1", "1", "6", "6", "6")
    assert hall.page.name == "seen"
    assert "[绿键] 继续" in hall.text
    assert "[Enter]" not in hall.text
    assert "绿键" in "".join(hall.speech.texts)
    assert "右下角" not in "".join(hall.speech.texts)


def test_a_notice_of_today_takes_its_turn_with_the_sayings(hall: Hall) -> None:
    """From its first to its last day, also before anybody has pressed a key."""
    shown = set()
    for _ in range(6):
        hall.pass_time(15)
        hall.attend.tick()
        shown.add(next(block.text for block in hall.page.blocks if isinstance(block, Para) and block.tone == "strong"))
    assert "近来有人冒充上门。" in shown
    assert len(shown) == 3


def test_while_a_page_is_held_back_nothing_that_is_pressed_writes_a_row(words: Words) -> None:
    """Random presses, touches, ticks, resizes and news on a disk that does not answer: held means no new rows."""
    chance = random.Random(7)  # noqa: S311 - a test's own chance
    holds = 0
    for seed in range(1, 25):
        hall = Hall(words, seed=seed)
        hall.press("1", "1")
        for _ in range(chance.randrange(12)):
            hall.press(chance.choice(["1", "2", "enter"]))
            hall.speech.speak()
            hall.settle()
        hall.log.hold()
        while not hall.log.waiting and hall.attend.visit.place is Place.SCRIPT:
            hall.press(chance.choice(["1", "enter"]))
            hall.speech.speak()
            hall.settle()
        waiting, shown = hall.log.waiting, hall.page
        holds += bool(waiting)
        for _ in range(40 if waiting else 0):
            match chance.randrange(4):
                case 0:
                    hall.attend.touch(chance.randrange(71), chance.randrange(20))
                case 1:
                    hall.attend.tick()
                case 2:
                    hall.attend.resize(*chance.choice([(56, 16), (71, 20), (80, 24)]))
                case _:
                    hall.press(chance.choice(list(Key)), seconds=0.0)
            assert hall.log.waiting == waiting
            assert hall.page is shown
        hall.log.release()
        hall.settle()
        assert [row.seq for row in hall.log.rows if isinstance(row, Answer)] == list(
            range(1, hall.attend.visit.seq + 1)
        )
    assert holds > 15
