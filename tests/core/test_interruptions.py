"""Speech that breaks off: said again when the voice is back, never as babble; headphones that come and go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from kiosk.adapters.glyphs import Bitmaps
from kiosk.core.events import CutOff, Event, LogChanged, PrivacyChanged, Speak, Ticked, Turned
from kiosk.core.keys import Key
from kiosk.core.layout import lay_out
from kiosk.core.pages import page_of
from kiosk.core.script import Stop
from kiosk.core.visit import Hint, Place
from kiosk.ports import Words
from tests.core.test_visit import go, learn
from tests.core.walk import Walk, walk

PAGE = Speak(hint=False, page=True)


def speaking(at: Stop = Stop.ASK) -> Walk:
    """In the middle of what a page says."""
    walker = go(learn("A"), at)
    walker.heard(1)
    return walker


def fails(walker: Walk) -> None:
    """The child or the device goes in the middle, as the voice tells it."""
    walker.sound_is(False)
    walker.do(CutOff(walker.moment()))


def test_a_page_that_was_cut_off_is_said_again_when_the_voice_is_back() -> None:
    walker = speaking()
    fails(walker)
    assert not walker.visit.speaking
    walker.wait(2)
    assert walker.visit.hint is Hint.NO_VOICE
    walker.sound_is(True)
    assert walker.effects == [PAGE]
    assert walker.visit.hint is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_voice_that_is_only_being_replaced_is_not_called_missing(words: Words, language: str) -> None:
    """For a moment neither the sign nor the line; then both, and they go with its return."""
    walker = go(learn("A", language=language), Stop.ASK)
    walker.heard(1)
    sign, line = words.write(language, "sign-no-voice"), words.write(language, "hint-no-voice")

    def told() -> tuple[bool, bool]:
        page = page_of(walker.visit, words)
        return sign in [each.text for each in page.signs], page.hint == line

    fails(walker)
    assert told() == (False, False)
    walker.now += 1.4
    walker.do(Ticked(walker.moment()))
    assert told() == (False, False)
    walker.now += 0.2
    walker.do(Ticked(walker.moment()))
    assert told() == (True, True)
    walker.sound_is(True)
    assert told() == (False, False)


def test_a_voice_that_fails_again_and_again_is_away_since_it_last_was_there() -> None:
    walker = speaking()
    for _ in range(4):
        walker.sound_is(False)
        walker.wait(1)
        assert not walker.visit.voiceless
        walker.sound_is(True)
        walker.wait(1)
    walker.sound_is(False)
    walker.wait(2)
    assert walker.visit.voiceless


def test_keys_of_the_voice_work_while_it_is_being_replaced() -> None:
    """They are meant for the one that comes; what is said of it fails, and what was asked for is said then."""
    walker = speaking()
    fails(walker)
    volume = walker.visit.volume
    walker.press("+", seconds=0.2)
    assert walker.visit.volume > volume
    walker.press(Key.STAR, seconds=0.2)
    assert walker.effects == [PAGE]
    assert walker.visit.hint is None
    walker.do(CutOff(walker.moment()))
    walker.sound_is(True)
    assert walker.effects == [PAGE]


def test_a_voice_lost_at_the_welcome_is_told_of_at_home() -> None:
    walker = walk()
    walker.sound_is(False)
    walker.press("1", seconds=0.5)
    assert not walker.visit.voiceless
    walker.wait(2)
    assert walker.visit.voiceless
    assert walker.visit.hint is Hint.NO_VOICE
    late = walk()
    late.sound_is(False)
    late.wait(3)
    late.press("1")
    assert late.visit.voiceless


def test_a_page_that_could_not_even_begin_is_said_when_there_is_a_voice() -> None:
    """Without a sound device from the start: who waited hears it."""
    walker = go(learn("A", sound=False), Stop.ASK)
    walker.do(CutOff(walker.moment()))
    walker.sound_is(True)
    assert walker.effects == [PAGE]


def test_it_is_said_again_three_times_on_one_page_however_often_it_fails(words: Words) -> None:
    """Then a line tells how to hear it, until a key is pressed; a voice that goes and comes changes nothing in that."""
    walker = speaking()
    line = words.write("zh", "hint-hear")
    said = 0
    for _ in range(5):
        fails(walker)
        walker.sound_is(True)
        said += walker.effects.count(PAGE)
        assert (page_of(walker.visit, words).hint == line) is (said == 3 and walker.effects == [])
        if walker.effects:
            walker.heard(0)
    assert said == 3
    walker.wait(20)
    assert page_of(walker.visit, words).hint == line
    walker.sound_is(False)
    assert page_of(walker.visit, words).hint != line
    walker.wait(2)
    walker.sound_is(True)
    assert page_of(walker.visit, words).hint == line
    walker.press(Key.STAR)
    assert walker.effects == [PAGE]
    assert page_of(walker.visit, words).hint == ""


def test_another_page_may_be_said_again_too() -> None:
    walker = speaking()
    fails(walker)
    walker.sound_is(True)
    walker.press("1")
    walker.heard(0)
    fails(walker)
    walker.sound_is(True)
    assert walker.effects == [PAGE]


def nothing(_: Walk) -> None:
    """No key, no event."""


def presses(*keys: str) -> Callable[[Walk], None]:
    return lambda walker: (walker.press(*keys), None)[1]


@pytest.mark.parametrize(
    ("before", "between"),
    [
        (Walk.silent, nothing),
        (presses("."), nothing),
        (presses(".", "."), nothing),
        (nothing, presses("5")),
        (nothing, presses("+")),
        (nothing, presses("1")),
        (nothing, presses("9")),
        (nothing, presses("9", "0")),
    ],
    ids=["all was said", "quiet", "muted", "a key that means nothing", "louder", "answered", "help", "help and back"],
)
def test_what_nobody_waits_for_is_not_said_again(
    before: Callable[[Walk], object], between: Callable[[Walk], object]
) -> None:
    """It had come to its end, was hushed, or a key was pressed since: then that key's own speech is what counts."""
    walker = speaking()
    before(walker)
    walker.sound_is(False)
    if before is nothing:
        walker.do(CutOff(walker.moment()))
    between(walker)
    walker.sound_is(True)
    assert PAGE not in walker.effects


def test_star_tries_again_although_there_was_no_voice() -> None:
    """It may be there without anybody having noticed; the line that there is none stands until it speaks."""
    walker = speaking()
    fails(walker)
    walker.wait(2)
    walker.press(Key.STAR)
    assert walker.effects == [PAGE]
    assert walker.visit.hint is Hint.NO_VOICE
    walker.press(".", Key.STAR)
    assert walker.visit.muted is False
    muted = go(learn("A"), Stop.ASK)
    muted.press(".", ".")
    muted.sound_is(False)
    muted.press(Key.STAR)
    assert not muted.effects


def test_the_question_whether_anybody_is_there_is_said_again_too() -> None:
    walker = go(learn("A"), Stop.ASK)
    walker.silent()
    walker.wait(125)
    assert walker.visit.warned_at is not None
    fails(walker)
    walker.sound_is(True)
    assert walker.effects == [PAGE]


def test_turning_to_another_leaf_begins_anew() -> None:
    walker = speaking()
    fails(walker)
    walker.do(Turned(walker.moment()))
    walker.sound_is(True)
    assert PAGE not in walker.effects


@pytest.mark.parametrize("event", [lambda at: LogChanged(True, at), lambda at: PrivacyChanged(True, at)])
def test_other_events_forget_nothing(event: Callable[[object], Event]) -> None:
    walker = speaking()
    fails(walker)
    walker.do(event(walker.moment()))
    walker.sound_is(True)
    assert walker.effects == [PAGE]


# Headphones


@pytest.mark.parametrize(
    ("language", "private", "public", "sign"),
    [
        ("zh", "耳机接上了，只有您听得见。", "耳机拔下了，大家都听得见。", "耳机"),
        (
            "en",
            "Headphones are in. Only you can hear this.",
            "Headphones are out. Everybody can hear this.",
            "HEADPHONES",
        ),
    ],
)
def test_headphones_are_announced_in_writing_and_aloud_and_shown(
    words: Words, language: str, private: str, public: str, sign: str
) -> None:
    """One line, once; the sign stays while they are in."""
    walker = go(learn("A", language=language), Stop.ASK)
    for is_private, line in ((True, private), (False, public)):
        walker.do(PrivacyChanged(is_private, walker.moment()))
        assert walker.effects == [Speak(hint=True, page=False)]
        page = page_of(walker.visit, words)
        assert page.hint == line
        assert [utterance.text for utterance in page.hint_say] == [line]
        assert (sign in [each.text for each in page.signs]) is is_private
        walker.do(PrivacyChanged(is_private, walker.moment()))
        assert walker.effects == []
        walker.press("5")
        assert page_of(walker.visit, words).hint != line


def test_who_was_listening_hears_the_page_again_after_the_line() -> None:
    """The first words went to somewhere else."""
    walker = speaking()
    walker.do(PrivacyChanged(True, walker.moment()))
    assert walker.effects == [Speak(hint=True, page=True)]


def test_at_the_welcome_nothing_is_spoken_but_the_visit_knows() -> None:
    walker = walk()
    walker.do(PrivacyChanged(True, walker.moment()))
    assert walker.visit.place is Place.WELCOME
    assert walker.effects == []
    assert walker.visit.hint is None
    walker.press("1")
    assert walker.visit.private


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sign_has_room_beside_all_others(words: Words, language: str) -> None:
    """Where the log refuses rows and the item has lapsed, at 56×16; muted, nobody needs to know of headphones."""
    walker = go(learn("A", language=language), Stop.ASK)
    walker.do(LogChanged(True, walker.moment()))
    walker.do(PrivacyChanged(True, walker.moment()))
    page = page_of(walker.visit, words)
    lapsed = words.write(language, "sign-lapsed")
    crowded = page._replace(signs=(*page.signs, page.signs[0]._replace(text=lapsed)))
    sheet = lay_out(crowded, 56, 16, cell_len, Bitmaps().bitmap)
    assert words.write(language, "sign-private") in sheet.text
    assert sum(cell_len(span.text) for span in sheet.rows[0]) == 56
    walker.press(".", ".")
    signs = [sign.text for sign in page_of(walker.visit, words).signs]
    assert words.write(language, "sign-private") not in signs
