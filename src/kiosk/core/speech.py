"""What is spoken, and the messages between the kiosk and the voice (one JSON object a line).

The kiosk writes commands to the child's standard input; the child writes news to its own duplicate of standard
output. Both sides use these values, and nothing else is shared between them.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Utterance(NamedTuple):
    """One sentence or choice to speak."""

    text: str
    """As it is to be pronounced: numbers and signs are words already. Empty for a tone."""
    language: str
    """The language, or the spoken variety of one."""
    pause: float = 0.4
    """Seconds of silence after it."""
    block: int = -1
    """The block of the page that it reads, from 0; -1 for what no block shows."""
    part: str = ""
    """What a recording of it is called: `pack/item/part`, or `_kiosk/message` for the interface's own phrases; empty
    for what is different every time."""
    tone: str = ""
    """One of `TONES`, to sound instead of words; empty for words."""
    speaker: int = 0
    """Who says it: 0 who tells everything; 1, 2, … others, whose voice is another where the engine has one."""


TONES = ("right", "again")
"""Soft tones that go with what is said and written, never instead of it."""


class Voicing(NamedTuple):
    """A voice as `kiosk voice list` and `kiosk doctor` tell of it."""

    language: str
    """The language or variety that it is for."""
    engine: str
    """`espeak`, `sapi5`, `nsss`, `piper` …"""
    voice: str
    """The engine's own id."""
    name: str
    used: bool
    """Whether it is the one that speaks the language here."""
    why: str = ""
    """Why it is not offered, where it isn't: what it did instead of speaking the language."""
    per_minute: float = 0.0
    """Characters (zh) or words a minute at 100 %, as measured on this voice; 0 while it wasn't measured."""


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


class Repertoire(NamedTuple):
    """What may have to be spoken; answered with `Ready`. The first command of all, and again when it changes."""

    languages: tuple[tuple[str, str], ...]
    """(Language or variety, the language it is written in); a variety without a voice of its own is spoken by the
    voice of its written language."""
    folders: tuple[tuple[str, str], ...] = ()
    """(Pack, its folder), where recordings lie in `audio/`."""


class Prepare(NamedTuple):
    """Have these ready: synthesise them into the cache whenever there is nothing else to do. A later one replaces it,
    and nothing is told."""

    utterances: tuple[Utterance, ...]
    speed: int = 100


class Render(NamedTuple):
    """Synthesise into the cache what is in neither a recording nor the cache; answered with `Rendered`."""

    id: int
    utterances: tuple[Utterance, ...]
    speed: int = 100


class Describe(NamedTuple):
    """Tell what there is to speak with; answered with `Described`."""

    id: int


WHY_JOINT = "; "
"""Between the reasons of a `why`."""

NO_DEVICE = "no sound device"
"""How a reason begins that no device could be opened …"""

DEVICE_LOST = "the sound device"
"""… and one that the device in use is gone or has not answered."""

NO_ESPEAK = "espeakng-loader is not installed"
"""The reason why the bundled espeak-ng isn't used."""


Command = Say | Hush | Tune | Write | Repertoire | Prepare | Render | Describe


class Ready(NamedTuple):
    """The voice has started. `languages` are those of the repertoire with a voice that has proved itself."""

    languages: tuple[str, ...]
    sound: bool
    """Whether a sound device is open."""
    why: str = ""
    """Where something is missing: what, for the log."""


class Started(NamedTuple):
    """The first sample of an utterance (its 0-based place in its `Say`) is being played."""

    id: int
    utterance: int


class Word(NamedTuple):
    """A word of an utterance is being played: `length` characters from `start` of its text. Only where the engine
    tells of words."""

    id: int
    utterance: int
    start: int
    length: int


class Finished(NamedTuple):
    """All of a `Say` was played, or all of a `Write` is in its file. A hushed one never finishes."""

    id: int


class Hushed(NamedTuple):
    """No sample of what was being spoken is played any more."""

    id: int


class Failed(NamedTuple):
    """A `Say`, `Write`, `Render` or `Describe` could not be carried out; the child lives on."""

    id: int
    why: str


class Sound(NamedTuple):
    """Speech can be heard, or can't any more."""

    sound: bool
    why: str = ""


class Private(NamedTuple):
    """Only one person hears it now (`private`), or everybody again: headphones have come or gone."""

    private: bool
    device: str
    """The name of the device that plays now."""


class Rendered(NamedTuple):
    """All of a `Render` is ready: so many seconds of sound, so many characters of which were synthesised for it."""

    id: int
    seconds: float
    characters: int


class Described(NamedTuple):
    """What there is to speak with."""

    id: int
    voices: tuple[Voicing, ...]
    player: str
    """What plays: a backend of miniaudio, `paplay`, `aplay`; empty where nothing does."""
    device: str
    """The device in use; empty for the system's own."""
    devices: tuple[str, ...]
    """The names of all there are."""
    why: str
    """Why something is missing, as in `Ready`."""
    cache_files: int
    cache_bytes: int


class Playing(NamedTuple):
    """A sign of life, twice a second while a `Say` is being played or a long `Render` or `Write` goes on: for who
    watches over the child, not for screens."""

    id: int


News = Ready | Started | Word | Finished | Hushed | Failed | Sound | Private | Rendered | Described

_MESSAGES: dict[str, type[Any]] = {
    kind.__name__.lower(): kind
    for kind in (
        *(Say, Hush, Tune, Write, Repertoire, Prepare, Render, Describe),
        *(Ready, Started, Word, Finished, Hushed, Failed, Sound, Private, Rendered, Described, Playing),
    )
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
        if "voices" in fields:
            fields["voices"] = tuple(Voicing(*voicing) for voicing in fields["voices"])
        for name in ("folders", "languages", "devices"):
            if name in fields:
                fields[name] = tuple(tuple(each) if isinstance(each, list) else each for each in fields[name])
        return kind(**fields)
    except TypeError as error:
        raise ValueError(f"not a message of the voice: {row!r:.200}") from error
