"""What can happen to a visit, and what it asks to be done: `kiosk.core.step` turns one into the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.core.items import Item
from kiosk.core.keys import Key
from kiosk.core.records import Row


class Moment(NamedTuple):
    """When something happened."""

    seconds: float
    """Of a clock that never goes back."""
    day: str
    """`YYYY-MM-DD`, local."""
    hour: int
    """0 … 23, local."""


class Pressed(NamedTuple):
    """A key that counts."""

    key: Key
    at: Moment


class Ticked(NamedTuple):
    """Time has passed; about once a second."""

    at: Moment


class Fetched(NamedTuple):
    """The items asked for by `Fetch`; those that could not be read are missing."""

    items: Mapping[str, Item]
    at: Moment


class Spoken(NamedTuple):
    """The voice has reached a block of the page (from 0; -1: something that no block shows)."""

    block: int
    at: Moment


class Silent(NamedTuple):
    """The voice has said all."""

    at: Moment


class CutOff(NamedTuple):
    """What was being said of the page broke off, or never began: the voice or the sound device failed."""

    at: Moment


class SoundChanged(NamedTuple):
    """Speech can be heard, or can't any more."""

    sound: bool
    at: Moment


class PrivacyChanged(NamedTuple):
    """Only who wears the headphones hears it from now on (`private`), or everybody again."""

    private: bool
    at: Moment


class LogChanged(NamedTuple):
    """The log can't take rows: from now on the screens say "not counted today"; or it can again."""

    refused: bool
    at: Moment


class Turned(NamedTuple):
    """A page that takes several screens was turned to another of them."""

    at: Moment


class Sized(NamedTuple):
    """The grid of the screen: `80x24`, `71x20`, `56x16` or what there is."""

    size: str
    at: Moment


class Closed(NamedTuple):
    """The kiosk is being closed by staff."""

    at: Moment


Event = (
    Pressed
    | Ticked
    | Fetched
    | Spoken
    | Silent
    | CutOff
    | SoundChanged
    | PrivacyChanged
    | LogChanged
    | Turned
    | Sized
    | Closed
)


# Effects


class Fetch(NamedTuple):
    """Read these items and answer with `Fetched`."""

    ids: tuple[str, ...]


class Keep(NamedTuple):
    """Write these rows, in one transaction."""

    rows: tuple[Row, ...]


class Speak(NamedTuple):
    """Say the hint, the page, or both."""

    hint: bool
    page: bool


class Hush(NamedTuple):
    """Be quiet."""


class Tune(NamedTuple):
    """The volume has changed."""


Effect = Fetch | Keep | Speak | Hush | Tune
