"""The card that plays: found, lost, found again and changed for headphones, without anybody waiting for it."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import ClassVar

import pytest

from kiosk.core.errors import SpeechError
from kiosk.core.speech import Failed, Hushed, News, Playing, Private, Sound, Started
from kiosk.voice import output
from kiosk.voice.output import Output
from kiosk.voice.playback import Stream
from kiosk.voice.players import Card, NoDeviceError

LIMIT = 10.0


class Paper(Card):
    """Asks on a thread of its own, fifty times as fast as a real one, until it is torn."""

    def __init__(self, player: str, device: str, deaf: bool, held: int) -> None:
        super().__init__(player, device, held)
        self._deaf = deaf
        self.torn = threading.Event()

    @property
    def alive(self) -> bool:
        return not self._stopped and not self.torn.is_set() and not self._deaf

    @property
    def why(self) -> str:
        return "it is torn" if self.torn.is_set() else ""

    def _begin(self) -> None:
        if not self._deaf:
            threading.Thread(target=self._ask, daemon=True).start()

    def _ask(self) -> None:
        while not self._stopped and not self.torn.wait(0.001):
            self._take(10)

    def _end(self) -> None:
        self._stopped = True


class Desk:
    """A player with the devices that lie on it."""

    every = 0.01
    made: ClassVar[list[Desk]] = []

    def __init__(self, name: str = "paper", *names: str) -> None:
        self.name = name
        self.there = list(names)
        self.deaf = False
        self.held = 10
        self.busy = "none"
        self.server_only = False
        self.go_on = threading.Event()
        self.go_on.set()
        self.cards: list[Paper] = []
        self.opened = 0
        self.made.append(self)

    def devices(self) -> tuple[str, ...]:
        return tuple(self.there)

    def is_gone(self, device: str) -> bool:
        return self.server_only or (bool(device) and device not in self.there)

    def open(self, device: str) -> Card:
        self.opened += 1
        if not self.go_on.is_set():
            self.go_on.wait(LIMIT)
        if self.server_only:
            raise NoDeviceError("there is none")
        if device == self.busy:
            raise SpeechError("it is busy")
        found = [name for name in self.there if device.lower() in name.lower()]
        if not found:
            raise SpeechError(f"none named {device!r}")
        card = Paper(self.name, found[0] if device else "", self.deaf, self.held)
        self.cards.append(card)
        return card

    @property
    def playing(self) -> list[str]:
        return [card.device for card in self.cards if card.alive]


class Room:
    """An output, and what it tells."""

    def __init__(self, *desks: Desk, device: str = "", headphones: str = "") -> None:
        self._news: SimpleQueue[News | Playing] = SimpleQueue()
        self.stream = Stream(self._news.put, lambda: None)
        self.output = Output(desks, "nothing is installed", device, headphones, self.stream, self._news.put)

    def begin(self) -> str:
        self.output.wait()
        why = self.output.why
        self.output.told(not why)
        return why

    def next(self, *kinds: type[News]) -> News:
        while True:
            try:
                news = self._news.get(timeout=LIMIT)
            except Empty:
                pytest.fail(f"none of {kinds}")
            if isinstance(news, kinds):
                return news

    def silent(self) -> bool:
        """Whether nothing was told that is no sign of life."""
        time.sleep(0.2)
        while True:
            try:
                if not isinstance(self._news.get_nowait(), Playing):
                    return False
            except Empty:
                return True

    def speak(self, number: int) -> None:
        self.stream.begin(number, 100)
        self.stream.feed(number, Started(number, 0))
        self.stream.feed(number, array("h", [1000] * 10_000_000))
        self.next(Started)


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made: list[Desk] = []
    monkeypatch.setattr(Desk, "made", made)
    for name, seconds in (("_TICK", 0.005), ("_RETRY", 0.02), ("_OPENS", 0.2), ("_ANSWERS", 0.2), ("_REFUSED", 0.3)):
        monkeypatch.setattr(output, name, seconds)
    yield
    for desk in made:
        desk.there.clear()
        for card in desk.cards:
            card.close()


def eventually(true: Callable[[], bool]) -> None:
    until = time.monotonic() + LIMIT
    while not true():
        assert time.monotonic() < until
        time.sleep(0.002)


def test_a_device_that_vanishes_ends_what_is_said_and_is_found_again_unasked() -> None:
    desk = Desk("paper", "speaker")
    room = Room(desk)
    assert room.begin() == ""
    room.speak(1)
    desk.there.clear()
    desk.cards[-1].torn.set()
    why = "the sound device (paper) has stopped: it is torn"
    assert room.next(Sound) == Sound(False, why)
    assert room.next(Failed) == Failed(1, why)
    eventually(lambda: "none named" in room.output.why)
    assert (room.output.player, room.output.device) == ("", "")
    desk.there.append("speaker")
    assert room.next(Sound) == Sound(True)
    assert room.output.why == ""
    room.speak(2)


def test_nothing_is_told_before_somebody_has_been_told_how_it_began() -> None:
    desk = Desk("paper", "phones")
    room = Room(desk, headphones="phones")
    room.output.wait()
    assert room.silent()
    room.output.told(True)
    assert room.next(Private, Sound) == Private(True, "phones")


def test_a_device_that_never_asks_is_no_sound() -> None:
    desk = Desk("paper", "speaker")
    desk.deaf = True
    room = Room(desk)
    assert room.begin() == "no sound device (paper: it does not ask for sound)"
    assert room.silent(), "it does not come and go"
    desk.deaf = False
    assert room.next(Sound) == Sound(True)


def test_who_waits_to_be_hushed_does_not_wait_for_a_device_that_never_asks() -> None:
    """However much it would have held."""
    desk = Desk("paper", "speaker")
    desk.deaf, desk.held = True, 100_000
    room = Room(desk)
    assert "does not ask" in room.begin()
    room.stream.begin(1, 100)
    room.stream.give_up(1)
    room.stream.hush(1)
    assert room.next(Hushed) == Hushed(1)


def test_the_next_player_is_tried_where_the_first_has_no_device() -> None:
    room = Room(Desk("one"), Desk("two", "speaker"))
    assert room.begin() == ""
    assert room.output.player == "two"


def test_a_server_without_a_device_is_not_gone_round() -> None:
    """What else there is leads to it, and would play to nobody."""
    server, other = Desk("server", "dummy"), Desk("other", "the server")
    server.server_only = True
    room = Room(server, other)
    assert room.begin() == "no sound device (server: there is none)"
    assert other.opened == 0
    server.server_only = False
    assert room.next(Sound) == Sound(True)
    server.server_only = True
    assert room.next(Sound) == Sound(False, "the sound device (server) is gone")


def test_a_device_that_hangs_while_it_is_opened_makes_nobody_wait_for_ever() -> None:
    one, two = Desk("one", "speaker"), Desk("two", "speaker")
    one.go_on.clear()
    begun = time.monotonic()
    room = Room(one, two)
    assert room.begin() == ""
    assert time.monotonic() - begun < 1
    assert room.output.player == "two"
    assert len(two.cards) == 1
    one.go_on.set()
    eventually(lambda: len(one.cards) == 1)
    eventually(lambda: not one.cards[0].alive)


def test_with_no_player_at_all_it_says_why() -> None:
    assert Room().begin() == "no sound device (nothing is installed)"


# Headphones


def test_headphones_take_over_while_they_are_there_and_what_is_said_goes_on() -> None:
    desk = Desk("paper", "speaker")
    room = Room(desk, headphones="PHONES")
    assert room.begin() == ""
    room.speak(1)
    desk.there.append("USB phones")
    assert room.next(Private, Sound, Failed) == Private(True, "USB phones")
    assert desk.playing == ["USB phones"]
    desk.there.remove("USB phones")
    assert room.next(Private, Sound, Failed) == Private(False, "")
    assert desk.playing == [""]
    assert room.stream.busy


def test_headphones_that_are_pulled_out_of_a_dying_card_do_not_end_the_sentence() -> None:
    desk = Desk("paper", "speaker", "phones")
    room = Room(desk, headphones="phones")
    room.begin()
    assert room.next(Private) == Private(True, "phones")
    room.speak(1)
    desk.there.remove("phones")
    desk.cards[-1].torn.set()
    assert room.next(Private, Sound, Failed) == Private(False, "")
    assert room.stream.busy


def test_headphones_that_go_with_everything_else_end_it() -> None:
    desk = Desk("paper", "phones")
    room = Room(desk, headphones="phones")
    room.begin()
    room.next(Private)
    room.speak(1)
    desk.there.clear()
    desk.cards[-1].torn.set()
    lost = room.next(Sound, Failed, Private)
    assert isinstance(lost, Sound)
    assert not lost.sound
    assert room.next(Failed, Private) == Failed(1, lost.why)
    desk.there.append("speaker")
    assert room.next(Sound, Private) == Sound(True)
    assert room.next(Private) == Private(False, "")


def test_headphones_that_can_not_be_opened_leave_the_loudspeaker_playing() -> None:
    desk = Desk("paper", "speaker")
    room = Room(desk, headphones="phones")
    room.begin()
    room.speak(1)
    desk.busy = "phones"
    desk.there.append("phones")
    opened = desk.opened
    eventually(lambda: desk.opened >= opened + 3)
    assert desk.playing == [""]
    assert room.silent()
    assert room.stream.busy
    desk.busy = "none"
    assert room.next(Private) == Private(True, "phones")
