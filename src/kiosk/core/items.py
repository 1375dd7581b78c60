"""What a pack holds, as values.

They are named tuples because an item is one JSON array in the compiled cache: writing one is `json.dumps`, and
`read_…` makes the value from the parsed array. The pack's files look different (docs/WRITING_CASES.md); the pack reader
makes these from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple


class Verdict(StrEnum):
    """What an item is. Visitors read 骗局 / 真的, SCAM / REAL."""

    FRAUD = "fraud"
    GENUINE = "genuine"

    @property
    def other(self) -> Verdict:
        """The verdict a twin has."""
        return Verdict.GENUINE if self is Verdict.FRAUD else Verdict.FRAUD


class Kind(StrEnum):
    """The kinds of item that a visit draws."""

    SCENARIO = "scenario"
    FACT = "fact"
    STORY = "story"


class Text(NamedTuple):
    """One text in several languages."""

    written: Mapping[str, str]
    """By language code."""
    spoken: Mapping[str, str] = {}
    """By language code or spoken variety, only where the voice must say something else (`say:`)."""
    part: str = ""
    """What a recording of it is called: `pack/item/part` (docs/RECORDING.md)."""

    def write(self, language: str) -> str:
        """The text to show; empty where the language has none."""
        return self.written.get(language, "")

    def say(self, language: str) -> str:
        """The text to speak: `say:` where there is one, else what is shown."""
        return self.spoken.get(language) or self.written.get(language, "")


class Choice(NamedTuple):
    """One numbered answer."""

    text: Text
    right: bool = False
    why: Text | None = None
    """Said when a wrong one is chosen."""


class Question(NamedTuple):
    """A prompt and its choices, in the order of the file."""

    prompt: Text
    choices: tuple[Choice, ...]

    @property
    def right(self) -> int:
        """The 1-based place of the right choice."""
        return right_place(self.choices)


def right_place(choices: tuple[Choice, ...]) -> int:
    """The 1-based place of the one right choice."""
    return next(place for place, choice in enumerate(choices, 1) if choice.right)


class Card(NamedTuple):
    """How the real office, bank or shop does it, and the question about it (`baselines.yaml`)."""

    id: str
    title: Text
    text: Text
    question: Question
    expires: str | None = None
    """`YYYY-MM-DD`; what rests on the card lapses after this day."""


class Act(StrEnum):
    """The three fixed actions of a measured round (plan B)."""

    GO = "go"
    CHECK = "check"
    REFUSE = "refuse"


class Scenario(NamedTuple):
    """One see-ask-compare case with its card."""

    id: str
    """`pack/item`, as everywhere outside the pack's own files."""
    pack_version: str
    verdict: Verdict
    fraud_type: str
    """A genuine item's is that of its twin."""
    twin: str
    """`pack/item`."""
    channel: str
    level: int
    title: Text
    """Never shown before the verdict."""
    scene: tuple[Text, ...]
    see_lines: tuple[int, ...]
    """The lines that need care, from 1; never empty."""
    see_why: Text
    """`see.why`, or the names of `see.flags`."""
    cue: int
    """The line that the verdict points at, from 1."""
    ask: tuple[Choice, ...]
    reply: Text
    card: Card
    explain: Text
    do: Text
    remember: Text
    contrast: Text | None
    """Said after the second of two twins; the compiler gives both twins the one that is written."""
    act: tuple[Act, ...]
    """The right actions; all three means not scored."""


class Fact(NamedTuple):
    """A card's question asked in the measured rounds."""

    id: str
    pack_version: str
    form: str
    """`A` or `B`."""
    question: Question
    card: Card


NARRATOR = "narrator"
"""The speaker of a story that has the usual voice."""


class StoryPage(NamedTuple):
    """One page read aloud; a pause asks what to do first."""

    text: Text
    speaker: str | None = None
    """Who says it, by an id that is never shown; `NARRATOR`, or None, for who tells the story."""
    pause: Question | None = None


class Lesson(NamedTuple):
    """What a story teaches, without the verbs: the kiosk says them."""

    see: Text
    ask: Text
    compare: Text


class Story(NamedTuple):
    """One case story."""

    id: str
    pack_version: str
    fraud_type: str
    title: Text
    pages: tuple[StoryPage, ...]
    lesson: Lesson
    card: Card | None = None


Item = Scenario | Fact | Story


class Saying(NamedTuple):
    """A rhyme, slogan or other spoken form."""

    id: str
    kind: str
    text: Text


class Notice(NamedTuple):
    """A dated warning, shown from `since` to `until` (`YYYY-MM-DD`, both included)."""

    id: str
    since: str
    until: str
    text: Text


class HelpNumber(NamedTuple):
    """A number to dial."""

    number: str
    name: Text
    when: Text
    expires: str | None = None


def read_item(kind: Kind, row: list[Any]) -> Item:
    """The value of one line of the cache (a parsed JSON array of an item of that kind)."""
    return _READERS[kind](row)


def read_card(row: list[Any]) -> Card:
    """A `Card` from its JSON array. It may stand in the row of an item in place of the array."""
    return _read_card(row)


def read_text(row: list[Any]) -> Text:
    """A `Text` from its JSON array."""
    return Text(*row)


_text = partial(tuple.__new__, Text)
"""A `Text` from the three things it holds. There are many; its own `__new__` takes thrice as long."""


def _read_optional_text(row: list[Any] | None) -> Text | None:
    return None if row is None else _text(row)


def _read_choices(rows: list[Any]) -> tuple[Choice, ...]:
    return tuple([Choice(_text(text), right, _read_optional_text(why)) for text, right, why in rows])


def _read_question(row: list[Any]) -> Question:
    prompt, choices = row
    return Question(_text(prompt), _read_choices(choices))


def _read_card(row: list[Any] | Card) -> Card:
    if isinstance(row, Card):  # many items share one, so the cache reads each card once
        return row
    card_id, title, text, question, expires = row
    return Card(card_id, _text(title), _text(text), _read_question(question), expires)


def _read_scenario(row: list[Any]) -> Scenario:
    (
        item_id, pack_version, verdict, fraud_type, twin, channel, level, title, scene, see_lines, see_why, cue,
        ask, reply, card, explain, do, remember, contrast, act,
    ) = row  # fmt: skip
    return Scenario(
        item_id,
        pack_version,
        _VERDICTS[verdict],
        fraud_type,
        twin,
        channel,
        level,
        _text(title),
        tuple(map(_text, scene)),
        tuple(see_lines),
        _text(see_why),
        cue,
        _read_choices(ask),
        _text(reply),
        _read_card(card),
        _text(explain),
        _text(do),
        _text(remember),
        _read_optional_text(contrast),
        tuple([_ACTS[word] for word in act]),
    )


def _read_fact(row: list[Any]) -> Fact:
    fact_id, pack_version, form, question, card = row
    return Fact(fact_id, pack_version, form, _read_question(question), _read_card(card))


def _read_story(row: list[Any]) -> Story:
    story_id, pack_version, fraud_type, title, pages, lesson, card = row
    return Story(
        story_id,
        pack_version,
        fraud_type,
        _text(title),
        tuple(
            StoryPage(_text(text), speaker, None if pause is None else _read_question(pause))
            for text, speaker, pause in pages
        ),
        Lesson(*map(_text, lesson)),
        None if card is None else _read_card(card),
    )


_READERS: dict[Kind, Callable[[list[Any]], Item]] = {
    Kind.SCENARIO: _read_scenario,
    Kind.FACT: _read_fact,
    Kind.STORY: _read_story,
}

_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_ACTS = {act.value: act for act in Act}
