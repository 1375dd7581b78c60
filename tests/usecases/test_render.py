"""Rendering over voices that do what a test says: everything once, retried once, and nothing left running."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing

import pytest

from kiosk.core.speech import Failed, News, Ready, Rendered, Sound, Utterance
from kiosk.usecases.render import Order, Outcome, rendered

Answer = Callable[["Renderer", int, Utterance], News | None]


def make(_: Renderer, number: int, utterance: Utterance) -> News:
    return Rendered(number, 1.5, len(utterance.text))


class Renderer:
    """Answers at once, as `answer` says; where that is None it dies."""

    def __init__(self, answer: Answer = make, languages: tuple[str, ...] = ("zh", "en")) -> None:
        self.asked: list[str] = []
        self.closed = False
        self._answer = answer
        self._languages = languages
        self._tell: Callable[[News], None] = lambda _: None

    def listen(self, listener: Callable[[News], None]) -> None:
        self._tell = listener
        listener(Ready(self._languages, True))

    def render(self, utterances: Sequence[Utterance], speed: int) -> int:  # noqa: ARG002
        assert not self.closed
        (utterance,) = utterances
        self.asked.append(utterance.part)
        number = len(self.asked)
        news = self._answer(self, number, utterance)
        if news is None:
            self._tell(Sound(False, "the voice ended with code -9"))
            self._tell(Failed(number, "the voice ended with code -9"))
        else:
            self._tell(news)
        return number

    def close(self) -> None:
        self.closed = True


class Staff:
    """The voices that were started, one after the other."""

    def __init__(self, *answers: Answer, languages: tuple[str, ...] = ("zh", "en")) -> None:
        self.voices: list[Renderer] = []
        self._answers = answers or (make,)
        self._languages = languages

    def start(self) -> Renderer:
        answer = self._answers[min(len(self.voices), len(self._answers) - 1)]
        self.voices.append(Renderer(answer, self._languages))
        return self.voices[-1]


def orders(count: int, language: str = "zh") -> list[Order]:
    return [Order(Utterance("好" * (n % 5 + 1), language, part=f"p/i/{language}-{n}")) for n in range(count)]


def why_by_part(outcomes: Sequence[Outcome]) -> dict[str, str]:
    assert all(count == 1 for count in Counter(outcome.order for outcome in outcomes).values())
    return {outcome.order.utterance.part: outcome.why for outcome in outcomes}


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_every_order_is_carried_out_once_by_so_many_voices(jobs: int) -> None:
    staff = Staff()
    asked = orders(40)
    done = list(rendered(asked, staff.start, jobs))
    assert {outcome.order for outcome in done} == set(asked)
    assert all(outcome.seconds == 1.5 and not outcome.why for outcome in done)
    assert sum(outcome.characters for outcome in done) == sum(len(order.utterance.text) for order in asked)
    assert len(staff.voices) == jobs
    assert sum(len(voice.asked) for voice in staff.voices) == 40
    assert all(voice.asked for voice in staff.voices)


def test_no_more_voices_are_started_than_there_are_orders() -> None:
    staff = Staff()
    assert len(list(rendered(orders(2), staff.start, 8))) == 2
    assert len(staff.voices) == 2
    assert list(rendered([], staff.start, 8)) == []
    assert len(staff.voices) == 2


def test_a_voice_that_dies_is_replaced_and_its_part_made_by_the_next() -> None:
    def die_once(voice: Renderer, number: int, utterance: Utterance) -> News | None:
        return None if utterance.part == "p/i/zh-3" else make(voice, number, utterance)

    staff = Staff(die_once, make)
    done = list(rendered(orders(10), staff.start, 1))
    assert set(why_by_part(done).values()) == {""}
    assert len(done) == 10
    assert len(staff.voices) == 2
    assert all(voice.closed for voice in staff.voices)
    assert staff.voices[0].asked == [f"p/i/zh-{n}" for n in range(4)]


def test_a_part_that_kills_every_voice_fails_alone() -> None:
    def die(voice: Renderer, number: int, utterance: Utterance) -> News | None:
        return None if utterance.part == "p/i/zh-3" else make(voice, number, utterance)

    staff = Staff(die)
    why = why_by_part(list(rendered(orders(10), staff.start, 2)))
    assert why.pop("p/i/zh-3") == "the voice ended with code -9"
    assert set(why.values()) == {""}
    assert len(why) == 9
    assert len(staff.voices) == 4


def test_a_part_that_is_refused_is_tried_once_more_by_the_same_voice() -> None:
    def refuse(voice: Renderer, number: int, utterance: Utterance) -> News:
        return Failed(number, "broken") if utterance.part == "p/i/zh-0" else make(voice, number, utterance)

    staff = Staff(refuse)
    why = why_by_part(list(rendered(orders(3), staff.start, 1)))
    assert why == {"p/i/zh-0": "broken", "p/i/zh-1": "", "p/i/zh-2": ""}
    assert staff.voices[0].asked.count("p/i/zh-0") == 2
    assert len(staff.voices) == 1


def test_voices_that_all_die_are_not_started_for_ever() -> None:
    staff = Staff(lambda *_: None)
    done = list(rendered(orders(100), staff.start, 2))
    assert len(done) == 100
    assert set(why_by_part(done).values()) == {"the voice ended with code -9"}
    assert len(staff.voices) < 8
    assert all(voice.closed for voice in staff.voices)


def test_a_language_without_a_voice_is_not_asked_for() -> None:
    staff = Staff(languages=("en",))
    done = list(rendered([*orders(3), *orders(2, "en")], staff.start, 1))
    assert sorted(outcome.why for outcome in done) == ["", "", *["no voice for zh"] * 3]
    assert staff.voices[0].asked == ["p/i/en-0", "p/i/en-1"]


def test_stopping_in_the_middle_ends_the_voices() -> None:
    staff = Staff()
    with closing(rendered(orders(100), staff.start, 3)) as outcomes:
        next(outcomes)
        assert not any(voice.closed for voice in staff.voices)
    assert [voice.closed for voice in staff.voices] == [True] * 3
    assert sum(len(voice.asked) for voice in staff.voices) < 100
