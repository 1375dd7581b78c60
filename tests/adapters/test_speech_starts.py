"""When a voice's child is started, and what it is told first; over a child that only writes down what it is told."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kiosk.adapters.speech.patience import Patience
from kiosk.adapters.speech.voice import Voice
from kiosk.core.speech import (
    Describe,
    Described,
    Failed,
    Finished,
    Hushed,
    Private,
    Ready,
    Render,
    Rendered,
    Repertoire,
    Say,
    Sound,
    Started,
    Utterance,
    Word,
    Write,
)
from tests.adapters.test_speech import Ear, gone, spoken, voice

CLERK = """
import json, os, sys, time

def tell(kind, **fields):
    os.write(1, json.dumps({"type": kind, **fields}).encode() + b"\\n")

last = 0
for line in sys.stdin:
    command = json.loads(line)
    with open(sys.argv[1], "a") as book:
        book.write(json.dumps([os.getpid(), command]) + "\\n")
    kind, texts = command["type"], [utterance[0] for utterance in command.get("utterances", ())]
    if "die" in texts:
        os._exit(3)
    if "hang" in texts:
        time.sleep(1000)
    if kind == "repertoire":
        tell("ready", languages=[spoken for spoken, written in command["languages"]], sound=True)
        if os.path.exists(sys.argv[1] + ".headphones"):
            tell("private", private=True, device="Headset")
    elif kind == "say":
        last = command["id"]
        for place in range(len(texts)):
            tell("started", id=last, utterance=place)
            tell("word", id=last, utterance=place, start=0, length=1)
        if "for ever" not in texts:
            tell("finished", id=last)
    elif kind == "hush":
        tell("hushed", id=last)
    elif kind == "render":
        tell("rendered", id=command["id"], seconds=1.5, characters=4)
    elif kind == "describe":
        tell("described", id=command["id"], voices=[["zh", "espeak", "sit/cmn", "Mandarin", True]], player="null",
             device="", devices=["a"], why="", cache_files=0, cache_bytes=0)
"""
"""It says that it speaks everything and has done everything at once, but for what some words in a text ask of it."""

NEVER = Patience(restarts=(600.0,))
"""Nothing is started again unless somebody wants something."""

BACK = 2.0
"""Seconds after which speech must be back."""


class Office:
    """A voice over a clerk, and its book."""

    def __init__(self, folder: Path) -> None:
        self.book = folder / "book"
        self.ear = Ear()
        self.command = (sys.executable, "-S", "-c", CLERK, str(self.book))

    def entries(self) -> list[tuple[int, dict[str, Any]]]:
        if not self.book.exists():
            return []
        return [tuple(json.loads(line)) for line in self.book.read_text("utf-8").splitlines()]

    def told(self) -> list[str]:
        """The kinds of commands of each child in turn, the first of each child with a capital letter."""
        seen: set[int] = set()
        kinds = []
        for pid, command in self.entries():
            kinds.append(command["type"] if pid in seen else command["type"].capitalize())
            seen.add(pid)
        return kinds

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The commands of a kind."""
        return [command for _, command in self.entries() if command["type"] == kind]

    @property
    def starts(self) -> int:
        return len({pid for pid, _ in self.entries()})


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def kill(it: Voice) -> float:
    """The moment at which its child was killed."""
    pid = it.pid
    os.kill(pid, signal.SIGKILL)
    at = time.monotonic()
    assert gone(pid)
    return at


def finishes(office: Office, it: Voice, text: str = "好") -> None:
    number = it.say(spoken(text), 100, 80)
    office.ear.until(Finished(number))


def test_the_repertoire_comes_first_of_all_and_before_what_waits(office: Office) -> None:
    """At each start; then what is to be said, then what is to be ready for later."""
    it = Voice(command=office.command, patience=NEVER)
    try:
        it.listen(office.ear.hear)
        it.know(Repertoire((("zh-henan", "zh"), ("en", "en")), (("sample", "/srv/sample"),)))
        it.prepare(spoken("一"), 100)
        finishes(office, it)
        assert office.ear.heard[0] == Ready(("zh-henan", "en"), True)
        it.describe()
        office.ear.until(Described)
        kill(it)
        office.ear.until(Sound)
        finishes(office, it)
        it.describe()
        office.ear.until(Described)
    finally:
        it.close()
    assert office.told() == 2 * ["Repertoire", "say", "prepare", "describe"]
    first, second = (command for _, command in office.entries() if command["type"] == "repertoire")
    assert first == second
    assert first["languages"] == [["zh-henan", "zh"], ["en", "en"]]
    assert first["folders"] == [["sample", "/srv/sample"]]


def test_without_being_told_it_knows_the_languages_of_the_settings(office: Office) -> None:
    """So that `kiosk voice say` speaks."""
    with voice(office.ear, command=office.command, languages=("en", "zh")):
        assert office.ear.until(Ready) == Ready(("en", "zh"), True)


def test_a_child_that_runs_is_told_of_another_repertoire_once(office: Office) -> None:
    with voice(office.ear, command=office.command) as it:
        office.ear.until(Ready)
        known = Repertoire((("yue", "zh"),))
        it.know(known)
        assert office.ear.until(Ready) == Ready(("yue",), True)
        it.know(known)
        finishes(office, it)
    assert office.told() == ["Repertoire", "repertoire", "say"]


def test_a_child_that_is_still_finding_voices_is_given_time_to_answer(office: Office) -> None:
    """A sentence that comes right after another repertoire waits for it, however short the patience with a sentence."""
    slow = CLERK.replace('if kind == "repertoire":', 'if kind == "repertoire":\n        time.sleep(0.6)')
    command = (*office.command[:3], slow, *office.command[4:])
    with voice(office.ear, command=command, patience=Patience(answer=0.3, character=0)) as it:
        office.ear.until(Ready)
        it.know(Repertoire((("yue", "zh"),)))
        finishes(office, it)
    assert office.starts == 1


def test_to_prepare_starts_nothing(office: Office) -> None:
    """Nobody has asked for speech yet; the last of what was to be ready is told when somebody does."""
    it = Voice(command=office.command)
    try:
        it.listen(office.ear.hear)
        it.prepare(spoken("一"), 100)
        it.prepare(spoken("二"), 125)
        it.know(Repertoire((("zh", "zh"),)))
        assert it.pid == 0
        finishes(office, it)
        it.prepare(spoken("三"), 100)
        finishes(office, it)
    finally:
        it.close()
    prepared = [(command["utterances"][0][0], command["speed"]) for command in office.all("prepare")]
    assert prepared == [("二", 125), ("三", 100)]


def test_words_are_told_in_turn_and_not_of_what_was_hushed(office: Office) -> None:
    with voice(office.ear, command=office.command) as it:
        number = it.say(spoken("一", "二"), 100, 80)
        office.ear.until(Finished(number))
        assert office.ear.heard[1:] == [
            Started(number, 0),
            Word(number, 0, 0, 1),
            Started(number, 1),
            Word(number, 1, 0, 1),
            Finished(number),
        ]
        number = it.say(spoken("好"), 100, 80)
        it.hush()
        office.ear.until(Hushed(number))
        finishes(office, it)
        after = office.ear.heard[office.ear.heard.index(Hushed(number)) :]
        assert not any(isinstance(news, Started | Word) and news.id == number for news in after)


def test_to_render_and_to_describe_are_answered(office: Office) -> None:
    with voice(office.ear, command=office.command) as it:
        rendering = it.render(spoken("一", "二"), 80)
        describing = it.describe()
        assert office.ear.until(Rendered) == Rendered(rendering, 1.5, 4)
        described = office.ear.until(Described)
        assert isinstance(described, Described)
        assert described.id == describing
        assert described.voices[0].voice == "sit/cmn"
    (render,) = office.all("render")
    assert (render["speed"], [each[0] for each in render["utterances"]]) == (80, ["一", "二"])


@pytest.mark.parametrize("what", ["render", "describe"])
def test_a_child_that_dies_over_them_fails_them(office: Office, what: str) -> None:
    with voice(office.ear, command=office.command) as it:
        office.ear.until(Ready)
        number = it.render(spoken("die"), 100) if what == "render" else it.describe()
        if what == "describe":
            kill(it)
        lost = office.ear.until(Failed, Described)
        assert lost.id == number  # type: ignore[union-attr]
        finishes(office, it)


# Back within two seconds


def test_a_say_while_no_child_runs_starts_one_at_once(office: Office) -> None:
    """However long nobody would have started one for its own sake."""
    with voice(office.ear, command=office.command, patience=Patience(again=0.0, restarts=(600.0,))) as it:
        finishes(office, it)
        kill(it)
        office.ear.until(Sound)
        assert it.pid == 0
        begun = time.monotonic()
        finishes(office, it)
        assert time.monotonic() - begun < BACK / 2
        assert Sound(True) in office.ear.heard


def test_a_say_right_after_a_start_in_vain_waits_a_second_and_is_then_spoken(office: Office) -> None:
    """Of several only the last, and none has failed."""
    with voice(office.ear, command=office.command, patience=NEVER) as it:
        office.ear.until(Ready)
        killed = kill(it)
        office.ear.until(Sound)
        for text in ("一", "二"):
            it.say(spoken(text), 100, 80)
        finishes(office, it, "三")
        assert time.monotonic() - killed < BACK
        assert not any(isinstance(news, Failed) for news in office.ear.heard)
    assert [command["utterances"][0][0] for command in office.all("say")] == ["三"]


@pytest.mark.parametrize("how", ["killed", "hangs"])
def test_a_child_that_is_lost_in_the_middle_is_replaced_unasked(office: Office, how: str) -> None:
    """Somebody was listening: within 2 s, after a hang from when it is noticed."""
    with voice(office.ear, command=office.command, patience=Patience(answer=0.5, restarts=(600.0,))) as it:
        office.ear.until(Ready)
        number = it.say(spoken("for ever"), 100, 80)
        office.ear.until(Started(number, 0))
        if how == "killed":
            kill(it)
        else:
            os.kill(it.pid, signal.SIGSTOP)
        lost = office.ear.until(Sound)
        assert isinstance(lost, Sound)
        noticed = time.monotonic()
        office.ear.until(Failed(number, lost.why))
        office.ear.until(Sound(True))
        finishes(office, it)
        assert time.monotonic() - noticed < BACK


def test_a_child_that_hangs_is_noticed_however_often_something_else_is_said(office: Office) -> None:
    """Somebody who presses key after key because nothing is heard."""
    with voice(office.ear, command=office.command, patience=Patience(answer=0.5, character=0)) as it:
        office.ear.until(Ready)
        os.kill(it.pid, signal.SIGSTOP)
        begun = time.monotonic()
        while not any(isinstance(news, Sound) for news in office.ear.heard):
            assert time.monotonic() - begun < BACK
            it.hush()
            it.say(spoken("好"), 100, 80)
            office.ear.listen(0.1)
        finishes(office, it)


def test_a_child_that_dies_of_every_sentence_is_started_once_a_second_at_most(office: Office) -> None:
    """Whoever says something again as soon as it fails."""
    seconds = 3.5
    with voice(office.ear, command=office.command, patience=NEVER) as it:
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            number = it.say(spoken("die"), 100, 80)
            failed = office.ear.until(Failed)
            assert isinstance(failed, Failed)
            assert failed.id == number
        assert 3 <= office.starts <= time.monotonic() - begun + 1


def test_a_child_that_nobody_wants_anything_of_is_started_ever_more_seldom(office: Office) -> None:
    dying = CLERK.replace('if kind == "repertoire":', 'if kind == "repertoire":\n        os._exit(4)')
    command = (*office.command[:3], dying, *office.command[4:])
    with voice(office.ear, command=command, patience=Patience(again=0.01, restarts=(0.02, 0.05, 600.0))) as it:
        for _ in range(3):
            office.ear.until(Sound)
    assert office.starts == 3
    assert it._watch.remaining("restart") > 500


# Headphones


@pytest.mark.parametrize("still", [True, False])
def test_headphones_that_went_with_a_child_are_not_thought_to_be_in_for_ever(office: Office, still: bool) -> None:
    """A new child tells only of those that are in."""
    headphones = Path(f"{office.book}.headphones")
    headphones.touch()
    with voice(office.ear, command=office.command, patience=Patience(again=0.0, private=0.3)) as it:
        office.ear.until(Private(True, "Headset"))
        late = Ear()
        it.listen(late.hear)
        late.until(Private(True, ""))
        if not still:
            headphones.unlink()
        kill(it)
        office.ear.until(Sound(True))
        assert office.ear.until(Private) == (Private(True, "Headset") if still else Private(False, ""))


# How long it may take


def test_patience_is_for_a_sign_of_life_and_not_for_the_whole_of_a_long_task() -> None:
    """A child that renders a pack says twice a second that it lives; a description may try voices first."""
    patience = Patience(start=15, answer=2, character=0.05)
    many = tuple(Utterance("好" * 40, "zh") for _ in range(1000))
    assert patience.for_answer([Render(1, many)]) == 2 + 0.05 * 40
    assert patience.for_answer([Say(1, (Utterance("好" * 5000, "zh"),))]) == 2 + 0.05 * 100
    assert patience.for_answer([Write(1, many[:10], "a.wav")]) == 2 + 0.05 * 400
    assert patience.for_answer([Describe(1)]) == 17
    assert patience.for_answer([]) == 2
