"""Having parts synthesised by several voices at once, each a process of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import NamedTuple

from kiosk.core.speech import Failed, News, Ready, Rendered, Sound, Utterance
from kiosk.ports import Renderer

_LONGEST_SILENCE = 600.0
"""Seconds without any news; the voices are watched by their own, so this only keeps anybody from waiting for ever."""
_MOST_FALLS = 3
"""Voices that end one after the other without having made anything, until no more are started."""


class Order(NamedTuple):
    """A part to have ready."""

    utterance: Utterance
    speed: int = 100
    """Percent of the default rate."""


class Outcome(NamedTuple):
    """What became of an order."""

    order: Order
    seconds: float = 0.0
    """How long it sounds."""
    characters: int = 0
    """How many of its characters were synthesised for it; 0 where it was ready before."""
    why: str = ""
    """Why it could not be made; empty where it could."""


def rendered(orders: Iterable[Order], start: Callable[[], Renderer], jobs: int) -> Generator[Outcome, None, None]:
    """Have all of them made by so many voices, and tell of each as it is done; the order is another one.

    What a voice could not make is tried once more, by a new voice where the first has ended. Ends the voices when it is
    closed, whatever was under way.
    """
    crew = _Crew(deque(orders), start)
    try:
        yield from crew.work(jobs)
    finally:
        crew.close()


class _Crew:
    """The voices and what each is at."""

    def __init__(self, waiting: deque[Order], start: Callable[[], Renderer]) -> None:
        self._waiting = waiting
        self._start = start
        self._news: SimpleQueue[tuple[int, News]] = SimpleQueue()
        self._voices: dict[int, Renderer] = {}
        self._languages: dict[int, tuple[str, ...]] = {}
        """By voice: those it speaks, once it is ready."""
        self._under_way: dict[tuple[int, int], Order] = {}
        """By voice and number."""
        self._hired = 0
        self._falls = 0
        self._failed: set[Order] = set()
        """What was tried once."""
        self._why = "the voice says nothing"
        """Why nothing can be made any more."""

    def work(self, jobs: int) -> Iterator[Outcome]:
        """Have everything made by so many voices."""
        for _ in range(min(jobs, len(self._waiting))):
            self._hire()
        while self._voices and (self._waiting or self._under_way):
            try:
                voice, news = self._news.get(timeout=_LONGEST_SILENCE)
            except Empty:
                break
            if voice in self._voices:
                yield from self._hear(voice, news)
        left = [*self._under_way.values(), *self._waiting]
        self._under_way.clear()
        self._waiting.clear()
        yield from (Outcome(order, why=self._why) for order in left)

    def close(self) -> None:
        """End the voices."""
        for voice in self._voices.values():
            voice.close()
        self._voices.clear()

    def _hire(self) -> None:
        if self._falls > _MOST_FALLS:
            return
        self._hired += 1
        number = self._hired
        self._voices[number] = voice = self._start()
        voice.listen(lambda news: self._news.put((number, news)))

    def _hear(self, voice: int, news: News) -> Iterator[Outcome]:
        match news:
            case Ready():
                self._languages[voice] = news.languages
                yield from self._next(voice)
            case Rendered():
                order = self._under_way.pop((voice, news.id), None)
                if order:
                    self._falls = 0
                    yield Outcome(order, news.seconds, news.characters)
                yield from self._next(voice)
            case Failed():
                yield from self._lose(voice, news.id, news.why)
                yield from self._next(voice)
            case Sound(sound=False):
                # It plays nothing, so only its end can make it silent.
                yield from self._replace(voice, news.why)
            case _:
                pass

    def _next(self, voice: int) -> Iterator[Outcome]:
        """Give it something to do, if it has nothing."""
        while self._waiting and not any(of == voice for of, _ in self._under_way):
            order = self._waiting.popleft()
            if order.utterance.language in self._languages[voice]:
                number = self._voices[voice].render((order.utterance,), order.speed)
                self._under_way[voice, number] = order
            else:
                yield Outcome(order, why=f"no voice for {order.utterance.language}")

    def _lose(self, voice: int, number: int, why: str) -> Iterator[Outcome]:
        order = self._under_way.pop((voice, number), None)
        if order is None:
            return
        if order in self._failed:
            yield Outcome(order, why=why)
        else:
            self._failed.add(order)
            self._waiting.append(order)

    def _replace(self, voice: int, why: str) -> Iterator[Outcome]:
        for number in [number for of, number in self._under_way if of == voice]:
            yield from self._lose(voice, number, why)
        self._voices.pop(voice).close()
        self._why = why
        self._falls += 1
        self._hire()
