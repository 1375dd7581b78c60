"""What a screen shows and says, as a value. Built by `kiosk.core.pages`, laid out by `kiosk.core.layout`.

The same value is drawn and spoken, so that the two cannot disagree.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kiosk.core.keys import Key
from kiosk.core.speech import Utterance

CLAUSE_PAUSE = 0.5
"""Seconds between two sentences (0.4–0.6 s: pauses make speech clearer to old ears; Eskenazi and Black 2001)."""

CHOICE_PAUSE = 0.8
"""Seconds between two choices."""


class Tone(StrEnum):
    """How a text is set; the names are the stage's component classes."""

    PLAIN = "plain"
    STRONG = "strong"
    SOFT = "soft"


class Para(NamedTuple):
    """Running text."""

    text: str
    tone: Tone = Tone.PLAIN
    indent: int = 0
    tight: bool = False
    """Stands close to the block before it; so for every block."""
    say: tuple[Utterance, ...] = ()
    centred: bool = False


class Pick(NamedTuple):
    """A choice, or a line that was one: its number, and what it says."""

    key: Key
    text: str
    live: bool = True
    """Whether its key and its row answer now."""
    chosen: bool = False
    care: bool = False
    """A line that deserves care."""
    tight: bool = False
    say: tuple[Utterance, ...] = ()


class Entry(NamedTuple):
    """A label and its text, which hangs under itself."""

    label: str
    text: str
    tone: Tone = Tone.PLAIN
    tight: bool = False
    say: tuple[Utterance, ...] = ()


class Drawn(NamedTuple):
    """A word drawn large; written where the grid has no room for it."""

    text: str
    label: tuple[str, ...] = ()
    """Lines at its left: what the number is for."""
    tight: bool = False
    say: tuple[Utterance, ...] = ()


class Countdown(NamedTuple):
    """A bar that shrinks, with its words."""

    left: float
    """From 1 to 0."""
    text: str
    tight: bool = False
    say: tuple[Utterance, ...] = ()


Block = Para | Pick | Entry | Drawn | Countdown


class Steps(NamedTuple):
    """See, ask, compare, decide in the head row."""

    names: tuple[str, ...]
    current: int
    """From 0."""


class Sign(NamedTuple):
    """A word at the right of the head row."""

    text: str
    key: Key | None = None
    """What a touch on it presses."""


class Caps(NamedTuple):
    """What the help row's keys do here, and what is printed on them; an empty text leaves its place free."""

    back: str
    back_key: Key
    back_cap: str
    again: str
    again_cap: str
    sound: str
    sound_cap: str
    help: str
    help_cap: str
    go: str
    """The last target: what to press, or what a press on it does."""
    go_key: Key | None
    """None where a number is wanted."""
    go_cap: str
    on: str
    """What Enter does where the page takes several screens."""
    on_cap: str


class Mark(NamedTuple):
    """What is being spoken now: a block, and in its text a word where that is known."""

    block: int
    start: int = 0
    """Of the word in the block's text."""
    end: int = 0
    """After its last character; where it equals `start`, no word is known."""


class Page(NamedTuple):
    """One screen."""

    name: str
    """Of the kind of page; for tests and recordings."""
    language: str
    head: str
    blocks: tuple[Block, ...]
    caps: Caps
    steps: Steps | None = None
    signs: tuple[Sign, ...] = ()
    """At the right of the head row: not counted, rehearsal, no sound, the other language."""
    hint: str = ""
    """The one line over the help row."""
    hint_say: tuple[Utterance, ...] = ()
    opening: tuple[Utterance, ...] = ()
    """Said before the first block."""
    closing: tuple[Utterance, ...] = ()
    """Said after the last."""
    mark: Mark | None = None
    """What the eye can follow; it moves nothing."""
    spoken_from: tuple[str, ...] = ()
    """The texts of the blocks in the characters of the language that is spoken, where these are others than those
    shown; empty where they are the same."""

    @property
    def speech(self) -> tuple[Utterance, ...]:
        """All that is said, in order; each utterance knows its block."""
        said = [utterance._replace(block=place) for place, block in enumerate(self.blocks) for utterance in block.say]
        return (*self.opening, *said, *self.closing)
