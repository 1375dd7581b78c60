"""The `Speech` port over a child process, which is watched, killed when it hangs and started again."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.adapters.speech.patience import Patience, Task, Watch
from kiosk.core.speech import (
    Command,
    Describe,
    Described,
    Failed,
    Finished,
    Hush,
    Hushed,
    News,
    Playing,
    Prepare,
    Private,
    Ready,
    Render,
    Rendered,
    Repertoire,
    Say,
    Sound,
    Started,
    Tune,
    Utterance,
    Word,
    Write,
)

if TYPE_CHECKING:
    from kiosk.adapters.speech.child import Child

CHILD = (sys.executable, "-P", "-m", "kiosk.voice")
"""The command that starts a voice; `-P` keeps the working folder's modules out of it."""


class Voice:
    """Speaks through a child process, which `start` starts, or else the first `say` or `write`.

    One thread does everything, from an inbox, and tells the listeners; the callers only put something in. A listener
    passes the news on to its own thread and comes back: while it works, the voice is not looked after.
    """

    def __init__(
        self,
        languages: Sequence[str] = ("zh", "en"),
        device: str = "",
        *,
        headphones: str = "",
        player: str = "auto",
        cache: str = "",
        cache_megabytes: int = 0,
        piper: Mapping[str, str] = MappingProxyType({}),
        command: Sequence[str] = CHILD,
        patience: Patience | None = None,
    ) -> None:
        """`languages` are those to be ready for until `know` tells more, each written as itself; the others are as in
        the settings, `cache` the folder for what was synthesised (empty for none)."""
        self._command = (
            *command,
            f"--device={device}",
            f"--headphones={headphones}",
            f"--player={player}",
            *([f"--cache={cache}", f"--cache-megabytes={cache_megabytes}"] if cache else []),
            *(f"--piper={language}={path}" for language, path in piper.items()),
        )
        self._patience = patience or Patience()
        self._numbers = count(1)
        self._latest = 0
        """The number of the last `say`."""
        self._hushed = 0
        """The number of the last one that was hushed."""
        self._inbox: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._tasks: set[int] = set()
        """The numbers of what was asked for beside speaking and that nobody was told about."""
        # From here on only the thread's own.
        self._listeners: list[Callable[[News], None]] = []
        self._repertoire = Repertoire(tuple((language, language) for language in languages))
        self._child: Child | None = None
        self._started_at = float("-inf")
        """Monotonic seconds of the last start of a child; minus infinity before the first."""
        self._ready: Ready | None = None
        """What the child that runs has said of itself."""
        self._silent = False
        """Whether the listeners know that nothing can be heard."""
        self._private = False
        """Whether the listeners think that only who wears the headphones hears it."""
        self._waiting: list[Task] = []
        """For the child to be ready; of all `Say` only the last."""
        self._preparing: Prepare | None = None
        """What is to be ready for a later `say`; a new child is told of it too."""
        self._under_way: dict[int, Task] = {}
        self._sent = 0
        """The number of the last `Say` that the child was given."""
        self._hushing = 0
        """The number of what is being hushed, until the child says that it is."""
        self._falls = 0
        self._watch = Watch()

    def start(self) -> None:
        """Start the child, in the background."""
        self._post(self._begin)

    def know(self, repertoire: Repertoire) -> None:
        """Be ready for these languages and recordings: a child that runs is told now, a later one at its start."""
        self._post(lambda: self._learn(repertoire))

    def say(self, utterances: Sequence[Utterance], speed: int, volume: int) -> int:
        """Speak, cutting off what is being spoken; the number that news of it carries."""
        self._latest = number = next(self._numbers)
        say = Say(number, tuple(utterances), speed, volume)
        self._post(lambda: self._ask(say))
        return number

    def prepare(self, utterances: Sequence[Utterance], speed: int) -> None:
        """Have these ready for a later `say`; it starts no child."""
        prepare = Prepare(tuple(utterances), speed)
        self._post(lambda: self._get_ready(prepare))

    def write(self, utterances: Sequence[Utterance], path: Path, speed: int) -> int:
        """Synthesise into a WAV file; the number that news of it carries."""
        return self._task(lambda number: Write(number, tuple(utterances), str(path), speed))

    def render(self, utterances: Sequence[Utterance], speed: int) -> int:
        """Synthesise into the cache what is not there yet; the number that `Rendered` carries."""
        return self._task(lambda number: Render(number, tuple(utterances), speed))

    def describe(self) -> int:
        """Ask what there is to speak with; the number that `Described` carries."""
        return self._task(Describe)

    def _task(self, make: Callable[[int], Task]) -> int:
        number = next(self._numbers)
        task = make(number)
        self._tasks.add(number)
        self._post(lambda: self._ask(task))
        return number

    def hush(self) -> None:
        """Be quiet at once."""
        self._hushed = hushed = self._latest
        self._post(lambda: self._be_quiet(hushed))

    def tune(self, volume: int) -> None:
        """Change the volume (0 … 100) of what is being spoken."""
        self._post(lambda: self._turn(volume))

    def listen(self, listener: Callable[[News], None]) -> None:
        """Tell `listener` what happens, on the voice's own thread, beginning with `Ready`; it must not wait."""
        self._post(lambda: self._add(listener))

    def close(self) -> None:
        """End the child and wait for it, at most a second or so; nothing of it stays behind."""
        with self._lock:
            self._closed = True
            thread = self._thread
        self._inbox.put(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join(5.0)

    @property
    def pid(self) -> int:
        """The child's process, 0 where none runs; it may be another a moment later."""
        child = self._child
        return child.pid if child else 0

    def _post(self, work: Callable[[], None]) -> None:
        """Have it done on the thread, which the first work starts."""
        self._inbox.put(work)
        if self._thread is None:
            with self._lock:
                if self._thread is None and not self._closed:
                    self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                work = self._inbox.get(timeout=self._watch.left())
            except Empty:
                self._overdue(self._watch.due())
                continue
            if work is None:
                break
            work()
        if self._child is not None:
            self._child.end(self._patience.end)
            self._child = None

    def _begin(self) -> None:
        if self._started_at == float("-inf"):
            self._start()

    def _start(self) -> None:
        from kiosk.adapters.speech.child import Child

        self._watch.drop("restart")
        self._started_at = time.monotonic()
        try:
            self._child = Child(self._command, self._on_news, self._on_end)
        except (OSError, ValueError) as error:
            self._fall(f"the voice can't be started: {error}")
            return
        self._child.send(self._repertoire)
        self._watch.set("ready", self._patience.start)

    def _start_in(self, seconds: float) -> None:
        """Start a child so much later, and not too soon after the last."""
        seconds = max(seconds, self._started_at + self._patience.again - time.monotonic())
        if seconds > 0:
            self._watch.set("restart", seconds)
        else:
            self._start()

    def _on_news(self, child: Child, news: News | Playing) -> None:
        self._inbox.put(lambda: self._hear(news) if child is self._child else None)

    def _on_end(self, child: Child, why: str) -> None:
        self._inbox.put(lambda: self._fall(why) if child is self._child else None)

    def _overdue(self, what: str) -> None:
        if what == "restart":
            self._start()
        elif what == "good":
            self._falls = 0
        elif what == "ready":
            self._fall("the voice does not start")
        elif what == "answer":
            self._fall("the voice does not answer")
        elif what == "private":
            self._tell(Private(False, ""))

    def _fall(self, why: str) -> None:
        """The child has ended, or must: end what is left of it, tell everybody and start another one.

        Soon where something was to be heard; else ever later, so that what can't live isn't started for ever.
        """
        if self._child is not None:
            child, self._child = self._child, None
            child.end(0)
        self._ready = None
        self._sent = 0
        self._watch.until.clear()
        restarts = self._patience.restarts
        pause = restarts[min(self._falls, len(restarts) - 1)]
        self._falls += 1
        lost = [*self._under_way.values(), *self._waiting]
        self._under_way.clear()
        self._waiting.clear()
        self._tell(Sound(False, why))
        for command in lost:
            self._tell(Failed(command.id, why))
        if self._hushing:
            hushed, self._hushing = self._hushing, 0
            self._tell(Hushed(hushed))
        self._start_in(0.0 if lost else pause)

    def _learn(self, repertoire: Repertoire) -> None:
        if repertoire == self._repertoire:
            return
        self._repertoire = repertoire
        if self._child is not None:
            self._child.send(repertoire)
            self._watch.set("ready", self._patience.start)

    def _ask(self, command: Task) -> None:
        if isinstance(command, Say):
            if command.id < self._latest:
                return
            self._waiting = [other for other in self._waiting if not isinstance(other, Say)]
        if self._ready is not None:
            self._send(command)
            return
        self._waiting.append(command)
        if self._child is None:
            self._start_in(0.0)

    def _get_ready(self, prepare: Prepare) -> None:
        self._preparing = prepare
        if self._ready is not None:
            self._send(prepare)

    def _be_quiet(self, number: int) -> None:
        if not number:
            return
        self._waiting = [other for other in self._waiting if not isinstance(other, Say)]
        if self._ready is not None:
            self._hushing = number
            self._forget_said()
            self._send(Hush())
        else:
            self._tell(Hushed(number))

    def _turn(self, volume: int) -> None:
        self._waiting = [other._replace(volume=volume) if isinstance(other, Say) else other for other in self._waiting]
        if self._ready is not None:
            self._send(Tune(volume))

    def _send(self, command: Command) -> None:
        if self._child is None:
            return
        self._child.send(command)
        if isinstance(command, Say):
            self._forget_said()
            self._hushing = 0
            self._sent = command.id
        if isinstance(command, Task):
            self._under_way[command.id] = command
        if isinstance(command, Task | Hush):
            # Whoever goes on pressing keys must not keep a child that hangs from being noticed.
            self._watch.set_sooner("answer", self._answers_within())

    def _answers_within(self) -> float:
        """Seconds that what is under way may take before the next sign of life."""
        return self._watch.remaining("ready") + self._patience.for_answer(self._under_way.values())

    def _forget_said(self) -> None:
        self._under_way = {id_: other for id_, other in self._under_way.items() if not isinstance(other, Say)}

    def _hear(self, news: News | Playing) -> None:
        """What the child says: also a sign of life."""
        match news:
            case Ready():
                self._on_ready(news)
                return
            case Finished() | Failed() | Rendered() | Described():
                self._under_way.pop(news.id, None)
            case Hushed():
                if news.id != self._sent or not self._hushing:
                    return
                # The child knows only what it was given.
                news, self._hushing = Hushed(self._hushing), 0
            case _:
                pass
        if self._under_way or self._hushing:
            self._watch.set("answer", self._answers_within())
        else:
            self._watch.drop("answer")
        if not isinstance(news, Playing):
            self._tell(news)

    def _on_ready(self, ready: Ready) -> None:
        new = self._ready is None
        self._ready = ready
        self._watch.drop("ready")
        self._watch.set("good", self._patience.good)
        back = self._silent and ready.sound
        self._tell(ready)
        if back:
            self._tell(Sound(True))
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            self._send(command)
        if new and self._preparing is not None:
            self._send(self._preparing)
        if new and self._private:
            self._watch.set("private", self._patience.private)

    def _add(self, listener: Callable[[News], None]) -> None:
        self._listeners.append(listener)
        if self._ready is not None:
            listener(self._ready._replace(sound=not self._silent))
            if self._private:
                listener(Private(True, ""))

    def _tell(self, news: News) -> None:
        """Unless it is of something older than what was last said, or of what has been hushed since."""
        match news:
            case Started() | Word() if news.id < self._latest or news.id == self._hushed:
                return
            case Hushed() if news.id < self._latest:
                return
            case Finished() | Failed() | Rendered() | Described() if news.id in self._tasks:
                self._tasks.discard(news.id)
            case Finished() | Failed() if news.id < self._latest or news.id == self._hushed:
                return
            case Sound() | Ready():
                self._silent = not news.sound
            case Private():
                self._private = news.private
                self._watch.drop("private")
            case _:
                pass
        for listener in tuple(self._listeners):
            # A screen that has closed can't be told anything any more.
            with suppress(RuntimeError):
                listener(news)
