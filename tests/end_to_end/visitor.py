"""Somebody who reads the screen, presses what it offers, and remembers what was pressed and what it should count as."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from kiosk.ports import Words
from tests.end_to_end.pack_files import Item, PackFiles, Question
from tests.end_to_end.terminal import Hand, Terminal, by_number, squeezed

QUESTIONS = ("judge", "act", "see", "ask", "compare", "decide", "age", "returning", "fact", "pause")
"""The pages that want an answer; all others want Enter."""

_BY_PHRASE = {
    "judge": "judge-question",
    "act": "act-question",
    "see": "see-question",
    "ask": "ask-question",
    "compare": "compare-question",
    "decide": "decide-question",
    "age": "age-question",
    "returning": "returning-question",
    "leave": "leave-question",
    "home": "home-hello",
    "welcome": "welcome-question",
    "result": "result-last",
    "owed": "owed-head",
    "goodbye": "goodbye-rule",
    "lesson": "lesson-intro",
    "settings": "settings-intro",
}
"""By kind of page: a message that stands on it alone."""

AGES = {"1": "under-60", "2": "60-69", "3": "70-79", "4": "80-up", "6": "unsaid"}
RETURNINGS = {"1": "first", "2": "month", "3": "longer", "6": "unsaid"}

Choose = Callable[[str, "Visitor"], str | None]
"""Which key for a kind of question; None for any."""


class Answer(NamedTuple):
    """What an answer row should say, under the names of the log."""

    seq: int
    item: str
    pack: str
    pack_version: str
    kind: str
    fraud_type: str | None
    verdict: str | None
    channel: str | None
    round: str | None
    step: str
    choice: str | None
    right: bool | None
    judged: str | None


class Visitor:
    """One person at one terminal; for one visit."""

    def __init__(
        self,
        terminal: Terminal,
        language: str,
        pack: PackFiles,
        words: Words,
        *,
        hand: Hand = by_number,
        seed: int = 0,
        choose: Choose = lambda _kind, _visitor: None,
    ) -> None:
        self.terminal = terminal
        self.language = language
        self._pack = pack
        self._words = words
        self._hand = hand
        self._chance = random.Random(seed)  # noqa: S311 - so that a failure can be had again
        self._choose = choose
        self._since = ""
        """All that was on the screen since the last answer."""
        self.item: Item | None = None
        """The one on the screen."""
        self.question: Question | None = None
        """Likewise."""
        self.answers: list[Answer] = []
        """Those whose feedback, the page after them, was seen."""
        self.age_band: str | None = None
        self.returning: str | None = None
        self.screens: list[str] = []
        """Every screen seen."""
        self.kinds: list[str] = []
        """Likewise, as kinds of page."""

    # Reading

    def phrase(self, message: str, **values: object) -> str:
        """A text of the interface, in the visitor's language."""
        return self._words.write(self.language, message, **values)

    def kind(self) -> str:
        """What is on the screen; empty for a page that only wants Enter."""
        seen = squeezed(self.terminal.text)
        for kind, message in _BY_PHRASE.items():
            if squeezed(self.phrase(message, prompt="")) in seen:
                return kind
        if "Enter" in self.terminal.caps or not self.terminal.picks:
            return ""
        for story in self._pack.stories:
            for question in self._pack.pauses(story, self.language):
                if squeezed(question.prompt) in seen and set(self.terminal.picks.values()) <= set(question.choices):
                    self.item, self.question = story, question
                    return "pause"
        for fact in self._pack.facts:
            question = self._pack.fact(fact, self.language)
            if squeezed(question.prompt) in squeezed(self._since) + seen:
                self.item, self.question = fact, question
                return "fact"
        return ""

    def look(self) -> str:
        """Read the page: its kind, and the item that is on it."""
        kind = self.kind()
        if not self.screens or self.screens[-1] != self.terminal.text:
            self.screens.append(self.terminal.text)
            self.kinds.append(kind)
            self._since += self.terminal.text
        if kind in ("judge", "see"):
            self.item = self._case(kind)
        if self.item is not None and kind in ("ask", "compare"):
            self.question = getattr(self._pack, kind)(self.item, self.language)
        return kind

    def _case(self, kind: str) -> Item:
        """The case on the screen; a scene may be in the middle of being painted, or have begun on a leaf before."""
        lines = {item.id: [squeezed(line) for line in item.lines(self.language)] for item in self._pack.scenarios}
        if kind == "see":
            painted = [text for number, text in self.terminal.picks.items() if text and number != "6"]
            there = [item for item in self._pack.scenarios if lines[item.id][: len(painted)] == painted]
        else:
            for seen in (squeezed(self.terminal.text), squeezed(self._since)):
                there = [item for item in self._pack.scenarios if all(line in seen for line in lines[item.id])]
                if there:
                    break
        assert len(there) == 1, f"{[item.id for item in there]} on the screen:\n{self.terminal.text}"
        return there[0]

    @property
    def offered(self) -> tuple[str, ...]:
        """The numbers to choose from."""
        return tuple(self.terminal.picks)

    @property
    def right(self) -> str:
        """The number of a right answer to the question on the screen."""
        kind = self.look()
        if kind in ("ask", "compare", "fact", "pause"):
            assert self.question is not None
            wanted = self.question.choices[self.question.right.index(True)]
            return next(number for number, text in self.terminal.picks.items() if text == wanted)
        assert self.item is not None
        fraud = self.item.raw["verdict"] == "fraud"
        return {"see": str(self.item.raw["see"]["lines"][0]), "act": "2"}.get(kind, "1" if fraud else "2")

    def _round(self) -> str | None:
        head = squeezed(self.terminal.rows[0])
        for name in ("before", "after"):
            for message in (f"{name}-head", f"{name}-head-one"):
                if head.startswith(squeezed(self.phrase(message, part="", parts="").partition("  ")[0])):
                    return name
        return "practice"

    def answer_of(self, kind: str, number: str) -> Answer | None:
        """What a number would count as, by what is on the screen; None where no row is written."""
        if kind in ("age", "returning"):
            return None
        item = self.item
        assert item is not None
        scenario = item.kind == "scenario"
        verdict = item.raw.get("verdict") if scenario else None
        step, choice, right, judged = kind, None, None, None
        if kind in ("judge", "decide"):
            judged = {"1": "fraud", "2": "genuine", "3": "unsure"}[number]
            step, right = "judge", None if judged == "unsure" else judged == verdict
        elif kind == "act":
            acts = item.raw.get("act") or (["check", "refuse"] if verdict == "fraud" else ["go", "check"])
            choice = {"1": "go", "2": "check", "3": "refuse"}[number]
            right = None if len(acts) == 3 else choice in acts
        elif kind == "see":
            choice = "0" if number == "6" else number
            right = int(choice) in item.raw["see"]["lines"] or (choice == "0" and verdict == "genuine")
        else:
            assert self.question is not None
            place = self.question.choices.index(self.terminal.picks[number])
            choice, right = str(place + 1), self.question.right[place]
        return Answer(
            len(self.answers) + 1,
            item.id,
            self._pack.id,
            self._pack.version,
            item.kind,
            None if item.kind == "fact" else self._pack.fraud_type(item),
            verdict,
            item.raw["channel"] if scenario else None,
            self._round() if item.kind != "story" else None,
            step,
            choice,
            right,
            judged,
        )

    def page(self) -> list[str]:
        """The screen without what comes by itself: signs in the head row, the line that says there is no voice."""
        no_voice = squeezed(self.phrase("hint-no-voice"))
        rows = [squeezed(row) for row in self.terminal.rows[1:]]
        return [row for row in rows if row and row != no_voice]

    # Pressing

    def press(self, cap: str) -> float:
        """A key that the screen offers; how long the next page took."""
        seconds = self.terminal.press(self._hand(self.terminal, cap), self.page)
        self.look()
        return seconds

    def any_of(self, kind: str) -> str:
        """A number for a question: the one wished for, else any that is offered."""
        return self._choose(kind, self) or self._chance.choice(self.offered)

    def answer(self, number: str | None = None) -> float:
        """Answer the question on the screen; how long its feedback took."""
        kind = self.look()
        assert kind in QUESTIONS, f"no question is on the screen:\n{self.terminal.text}"
        number = number or self.any_of(kind)
        counts_as = self.answer_of(kind, number)
        seconds = self.terminal.press(self._hand(self.terminal, number), self.page)
        while self.kind() == kind and kind == "see" and "Enter" not in self.terminal.caps:
            # The rest of a scene that was still being read aloud was painted: nobody can mean a line he has not seen.
            seconds = self.terminal.press(self._hand(self.terminal, number), self.page)
        self._since = ""
        self.noted(kind, number, counts_as)
        self.look()
        return seconds

    def noted(self, kind: str, number: str, counts_as: Answer | None) -> None:
        """The page after an answer is on the screen."""
        if counts_as is not None:
            self.answers.append(counts_as)
        elif kind == "age":
            self.age_band = AGES[number]
        else:
            self.returning = RETURNINGS[number]

    def step(self) -> str:
        """Do what the page on the screen wants; the kind of the next page."""
        if self.look() in QUESTIONS and "Enter" not in self.terminal.caps:
            self.answer()
        else:
            self.press("Enter")
        return self.look()

    def go(self, until: str) -> None:
        """Answer and go on until a kind of page is on the screen."""
        for _ in range(120):
            if self.look() == until:
                return
            self.step()
        raise AssertionError(f"{until} never came:\n{self.terminal.text}")

    def enter(self, cap: str) -> None:
        """From the welcome to home, and there the way in: 1 learn, 2 story, 6 learn without being counted."""
        assert self.look() == "welcome"
        self.press("1")
        assert self.look() == "home"
        self.press(cap)
        self._since = self.terminal.text
        self.look()

    def leave(self) -> None:
        """From the goodbye to the welcome."""
        assert self.look() == "goodbye"
        self.press("Enter")
        assert self.look() == "welcome"

    def expected(self) -> list[dict[str, Any]]:
        """The answer rows, in part."""
        return [answer._asdict() for answer in self.answers]
