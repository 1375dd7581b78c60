"""The espeak-ng that comes in a wheel, and what of it pyttsx3 doesn't offer."""

from __future__ import annotations

import ctypes
import os
import time
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kiosk.core.speech import NO_ESPEAK
from kiosk.voice.mandarin import RESPELLING

_WORD_GAP = 7
"""espeakWORDGAP of speak_lib.h: silence between words, in units of 10 ms."""

_UTF8 = 1
"""espeakCHARS_UTF8."""

_LONGEST_PATH = 120
"""espeak-ng cuts the path of its data off at 160 bytes, then ends the whole process because it finds none."""

_IN_A_WORD = "'’-"
"""Signs that don't end a word of letters."""


def preload(folder: Path) -> str:
    """Load the bundled library, so that pyttsx3 finds it by its soname; why not, where it can't be.

    It goes before the system's: Debian 12's own espeak-ng 1.51 reads Mandarin as English letters. `folder` is where a
    short name for its data may be put.
    """
    try:
        import espeakng_loader
    except ImportError:
        return NO_ESPEAK
    try:
        data = short_path(Path(espeakng_loader.get_data_path()), folder)
        # Not RTLD_GLOBAL: piper carries another espeak-ng, whose calls would be bound to this one and crash.
        ctypes.CDLL(espeakng_loader.get_library_path())
    except (OSError, RuntimeError) as error:
        return f"the bundled espeak-ng can't be loaded: {error}"
    # Only now: the system's library would not understand the data of another version.
    os.environ["ESPEAK_DATA_PATH"] = str(data)
    return ""


def short_path(data: Path, folder: Path) -> Path:
    """A path to the data that espeak-ng can hold: its own, or else a link in `folder`."""
    if len(os.fsencode(data)) <= _LONGEST_PATH:
        return data
    link = folder / data.name
    link.unlink(missing_ok=True)
    link.symlink_to(data, target_is_directory=True)
    return link


class Espeak:
    """The library that pyttsx3 has loaded."""

    def __init__(self, driver: Any) -> None:
        """`driver` is pyttsx3's, which keeps hearing all that it heard."""
        from pyttsx3.drivers import _espeak

        self._library: Any = _espeak.dll
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_TextToPhonemes.argtypes = (ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int)
        self._library.espeak_Info.restype = ctypes.c_char_p
        self._driver = driver
        self._end, self._word = _espeak.EVENT_LIST_TERMINATED, _espeak.EVENT_WORD
        self._words: list[tuple[int, int]] = []
        _espeak.SetSynthCallback(self._on_synth)

    @property
    def version(self) -> str:
        """As `1.52.0-1`: the library's, and that of `respelled`."""
        found: bytes = self._library.espeak_Info(None)
        return f"{found.decode(errors='replace')}-{RESPELLING}"

    def phonemes(self, text: str) -> str:
        """What the current voice makes of a text, in espeak's own notation; `(en)` is a switch to English."""
        rest = ctypes.c_char_p(text.encode())
        found: list[str] = []
        while rest.value is not None:
            clause: bytes | None = self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, 0)
            found.append(clause.decode(errors="replace") if clause else "")
        return " ".join(found).strip()

    def word_gap(self, gap: int) -> None:
        """Silence between words, in units of 10 ms: how to be slower than espeak's least rate."""
        self._library.espeak_SetParameter(_WORD_GAP, gap, 0)

    def wait(self) -> None:
        """Until the library has carried everything out and come back from all its callbacks.

        Parameters are only queued, and pyttsx3 throws the queue away where it finds the library busy. (Its own way to
        wait looks every 20 ms, which can be heard.)
        """
        while self._library.espeak_IsPlaying():
            time.sleep(0.001)

    def forget_words(self) -> None:
        """Before a piece."""
        self._words.clear()

    def words(self, piece: str, places: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
        """Those of the piece that was synthesised, as in `Spoken`; `places` are from `respelled`."""
        return words([(sample, places[at - 1]) for sample, at in self._words if 0 < at <= len(places)], piece)

    def _on_synth(self, samples: Any, count: int, events: Any) -> int:
        """On the library's thread."""
        for event in events:  # a pointer: without an end of its own
            if event.type == self._end:
                break
            if event.type == self._word:
                self._words.append((event.sample, event.text_position))
        taken: int = self._driver._onSynth(samples, count, events)
        return taken


def words(events: Iterable[tuple[int, int]], piece: str) -> tuple[tuple[int, int, int], ...]:
    """The words of a piece from espeak's word events (sample, place of a character).

    espeak reports no length that can be relied on, some words twice and some only with the one before ("孙子", "at
    it"), so a word goes on until the next one.
    """
    begun: list[tuple[int, int]] = []
    for sample, place in events:
        start = _start(piece, place)
        if start < len(piece) and (not begun or start > begun[-1][1]):
            begun.append((sample, start))
    ends = [*(start for _, start in begun[1:]), len(piece)]
    return tuple((sample, start, _length(piece[start:end])) for (sample, start), end in zip(begun, ends, strict=False))


def _start(piece: str, at: int) -> int:
    """Where the word begins that a place is in or before; the piece's length for none."""
    while at < len(piece) and not piece[at].isalnum():
        at += 1
    if at < len(piece) and not _is_wide(piece[at]):
        while at > 0 and not _is_wide(piece[at - 1]) and (piece[at - 1].isalnum() or piece[at - 1] in _IN_A_WORD):
            at -= 1
        while not piece[at].isalnum():
            at += 1
    return at


def _is_wide(character: str) -> bool:
    """Whether it is a word, or part of one, by itself: Chinese."""
    return unicodedata.east_asian_width(character) in "WF"


def _length(text: str) -> int:
    """Without the punctuation at its end."""
    return max((place for place, character in enumerate(text, 1) if character.isalnum()), default=0)
