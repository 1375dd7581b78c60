"""What the sound card is given, asked for as a card does: a period at a time, some of them held."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest

from kiosk.core.speech import Finished, News, Playing, Started, Word
from kiosk.voice.pcm import RATE
from kiosk.voice.playback import PERIOD, PERIODS, Stream

ASKED = RATE * PERIOD // 1000
SECOND = 1000 // PERIOD
LOUD = 20_000


def tone(periods: float) -> array[int]:
    return array("h", [LOUD]) * round(periods * ASKED)


class Desk:
    """A stream, what it told, and a hand that asks it as the card would."""

    def __init__(self, volume: int = 100) -> None:
        self.told: list[News | Playing] = []
        self.woken = 0
        self.stream = Stream(self.told.append, self._wake)
        self.stream.begin(1, volume)
        self.ask()

    def _wake(self) -> None:
        self.woken += 1

    def ask(self, times: int = 1) -> array[int]:
        out = array("h")
        for _ in range(times):
            some = self.stream.take(ASKED)
            assert len(some) <= ASKED
            out += some
        return out

    def news(self) -> list[tuple[str, object]]:
        """What was told, by kind: as tuples, messages of different kinds may be equal."""
        return [(type(one).__name__, one[0]) for one in self.told]


def test_a_sentence_has_started_when_its_first_sample_is_handed_over() -> None:
    desk = Desk()
    for place in (0, 1):
        desk.stream.feed(1, Started(1, place))
        desk.stream.feed(1, tone(2.5))
    assert desk.told == []
    desk.ask()
    assert desk.told == [Started(1, 0)]
    desk.ask()
    assert desk.told == [Started(1, 0)]
    desk.ask()
    assert desk.told == [Started(1, 0), Started(1, 1)]


def test_all_is_finished_when_the_card_has_played_it_and_not_before() -> None:
    desk = Desk()
    desk.stream.feed(1, tone(1))
    desk.stream.feed(1, Finished(1))
    desk.ask(PERIODS)
    assert desk.told == []
    desk.ask()
    assert desk.news() == [("Finished", 1)]
    assert not desk.stream.busy


def test_what_is_hushed_fades_within_5_ms_and_is_told_when_the_card_has_played_that() -> None:
    desk = Desk()
    desk.stream.feed(1, tone(50))
    desk.ask(3)
    desk.stream.hush(1)
    rest = desk.ask()
    assert len(rest) == 110
    assert rest[0] == LOUD
    assert list(rest) == sorted(rest, reverse=True)
    assert rest[-1] < LOUD / 50
    assert desk.told == []
    assert not desk.ask(PERIODS - 1)
    assert desk.told == []
    desk.ask()
    assert desk.news() == [("Hushed", 1)]
    assert not desk.stream.feed(1, tone(1))


def test_a_card_that_holds_more_is_waited_for_longer() -> None:
    desk = Desk()
    desk.stream.attach(10 * ASKED)
    desk.stream.feed(1, tone(50))
    desk.ask(3)
    desk.stream.hush(1)
    desk.ask(11)
    assert desk.told == []
    desk.ask()
    assert desk.news() == [("Hushed", 1)]


def test_what_is_cut_off_between_two_words_fades_too() -> None:
    desk = Desk()
    for place in range(3):
        desk.stream.feed(1, Word(1, 0, place, 1))
        desk.stream.feed(1, tone(1))
    desk.ask()
    desk.stream.hush(1)
    rest = desk.ask()
    assert len(rest) == 110
    assert list(rest) == sorted(rest, reverse=True)


def test_what_was_silent_does_not_sound_when_it_is_cut_off() -> None:
    desk = Desk()
    desk.stream.feed(1, tone(0.5))
    desk.ask(2)
    desk.stream.feed(1, tone(5))
    desk.stream.begin(2, 100)
    assert not desk.ask(3)


def test_a_word_is_told_when_its_first_sample_is_handed_over() -> None:
    desk = Desk()
    desk.stream.feed(1, Word(1, 0, 0, 2))
    desk.stream.feed(1, tone(1.5))
    desk.stream.feed(1, Word(1, 0, 2, 1))
    desk.stream.feed(1, tone(1))
    desk.ask()
    assert desk.told == [Word(1, 0, 0, 2)]
    desk.ask()
    assert desk.told == [Word(1, 0, 0, 2), Word(1, 0, 2, 1)]


def test_where_nothing_is_heard_hush_is_answered_at_once() -> None:
    desk = Desk()
    desk.stream.feed(1, Started(1, 0))
    desk.stream.feed(1, tone(5))
    desk.stream.hush(1)
    assert desk.news() == [("Hushed", 1)]
    assert not desk.ask(5)
    assert desk.news() == [("Hushed", 1)]


def test_a_newer_say_cuts_off_the_older_without_a_word_of_it() -> None:
    desk = Desk()
    desk.stream.feed(1, tone(5))
    desk.stream.feed(1, Finished(1))
    desk.ask(2)
    desk.stream.begin(2, 100)
    assert not desk.stream.feed(1, tone(1))
    assert desk.stream.feed(2, Started(2, 0))
    assert desk.stream.feed(2, tone(1))
    assert len(desk.ask()) == ASKED
    desk.ask(10)
    assert desk.told == [Started(2, 0)]


def test_what_was_given_up_says_nothing_more_but_a_newer_one_does() -> None:
    desk = Desk()
    desk.stream.feed(1, tone(5))
    desk.stream.begin(2, 100)
    desk.stream.give_up(1)
    assert desk.stream.feed(2, tone(1))
    desk.stream.give_up(2)
    assert not desk.stream.feed(2, tone(1))
    assert not desk.ask(3)


@pytest.mark.parametrize(("volume", "factor"), [(0, 0.0), (20, 0.089), (80, 0.716), (100, 1.0), (300, 1.0), (-5, 0.0)])
def test_volume_is_steps_that_sound_alike(volume: int, factor: float) -> None:
    desk = Desk(volume)
    desk.stream.feed(1, tone(3))
    assert desk.ask(2)[-1] == pytest.approx(LOUD * factor, abs=LOUD / 500)


def test_another_volume_is_reached_within_a_period_and_without_a_jump() -> None:
    desk = Desk()
    desk.stream.feed(1, tone(5))
    desk.ask()
    desk.stream.tune(0)
    falling = desk.ask()
    assert max(abs(one - other) for one, other in pairwise(falling)) < LOUD / 50
    assert falling[-1] == 0
    assert max(desk.ask()) == 0


def test_there_is_a_sign_of_life_while_sound_is_handed_over_and_none_without() -> None:
    desk = Desk()
    desk.stream.feed(1, tone(2.2 * SECOND))
    desk.ask(4 * SECOND)
    assert desk.news() == [("Playing", 1)] * 4


def test_more_is_asked_for_in_time() -> None:
    desk = Desk()
    assert desk.stream.room()
    desk.stream.feed(1, tone(10 * SECOND))
    assert not desk.stream.room()
    desk.ask(2 * SECOND - 2)
    assert desk.woken == 0
    desk.ask(3)
    assert desk.woken == 1
    assert desk.stream.room()


def test_when_the_card_is_gone_what_was_under_way_is_known_and_nobody_waits_to_be_hushed() -> None:
    desk = Desk()
    desk.stream.feed(1, tone(50))
    desk.ask(3)
    assert desk.stream.drop() == 1
    assert desk.stream.drop() == 0
    desk.stream.begin(2, 100)
    desk.stream.feed(2, tone(50))
    desk.ask(3)
    desk.stream.hush(2)
    assert desk.stream.drop() == 0
    assert desk.news() == [("Hushed", 2)]
