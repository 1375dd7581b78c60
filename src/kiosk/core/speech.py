"""What is spoken, and the messages between the kiosk and the voice (one JSON object a line).

The kiosk writes commands to the child's standard input; the child writes news to its own duplicate of standard
output. Both sides use these values, and nothing else is shared between them.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Utterance(NamedTuple):
    """One sentence or choice to speak."""

    text: str
    """As it is to be pronounced: numbers are words already where that matters."""
    language: str
    pause: float = 0.4
    """Seconds of silence after it."""
    block: int = -1
    """The block of the page that it reads, from 0; -1 for what no block shows."""


class Say(NamedTuple):
    """Speak these, one after the other; whatever is being spoken stops first."""

    id: int
    utterances: tuple[Utterance, ...]
    speed: int = 100
    """Percent of the default rate (200 characters or 125 words a minute)."""
    volume: int = 80
    """0 … 100."""


class Hush(NamedTuple):
    """Be quiet at once."""


class Tune(NamedTuple):
    """Change the volume (0 … 100) of what is being spoken."""

    volume: int


class Write(NamedTuple):
    """Synthesise into one WAV file instead of speaking."""

    id: int
    utterances: tuple[Utterance, ...]
    path: str
    speed: int = 100


Command = Say | Hush | Tune | Write


class Ready(NamedTuple):
    """The voice has started. `languages` are those with a voice that has proved itself."""

    languages: tuple[str, ...]
    sound: bool
    """Whether a sound device is open."""
    why: str = ""
    """Where something is missing: what, for the log."""


class Started(NamedTuple):
    """The first sample of an utterance (its 0-based place in its `Say`) is being played."""

    id: int
    utterance: int


class Finished(NamedTuple):
    """All of a `Say` was played, or all of a `Write` is in its file. A hushed one never finishes."""

    id: int


class Hushed(NamedTuple):
    """No sample of what was being spoken is played any more."""

    id: int


class Failed(NamedTuple):
    """A `Say` or `Write` could not be carried out; the child lives on."""

    id: int
    why: str


class Sound(NamedTuple):
    """Speech can be heard, or can't any more."""

    sound: bool
    why: str = ""


class Playing(NamedTuple):
    """A sign of life, twice a second while a `Say` is being played: for who watches over the child, not for screens."""

    id: int


News = Ready | Started | Finished | Hushed | Failed | Sound

_MESSAGES: dict[str, type[Any]] = {
    kind.__name__.lower(): kind
    for kind in (Say, Hush, Tune, Write, Ready, Started, Finished, Hushed, Failed, Sound, Playing)
}


def encode(message: Command | News | Playing) -> dict[str, Any]:
    """A message as the object that goes on a line."""
    return {"type": type(message).__name__.lower(), **message._asdict()}


def decode(row: dict[str, Any]) -> Any:
    """The message of an object; raises `ValueError` for what is none."""
    fields = dict(row)
    kind = _MESSAGES.get(fields.pop("type", ""))
    if kind is None or not set(fields) <= set(kind._fields):
        raise ValueError(f"not a message of the voice: {row!r:.200}")
    try:
        if "utterances" in fields:
            fields["utterances"] = tuple(Utterance(*utterance) for utterance in fields["utterances"])
        if "languages" in fields:
            fields["languages"] = tuple(fields["languages"])
        return kind(**fields)
    except TypeError as error:
        raise ValueError(f"not a message of the voice: {row!r:.200}") from error
