"""The espeak-ng that comes in a wheel, and the three of its calls that pyttsx3 doesn't offer."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path
from typing import Any

_WORD_GAP = 7
"""espeakWORDGAP of speak_lib.h: silence between words, in units of 10 ms."""

_UTF8 = 1
"""espeakCHARS_UTF8."""

_LONGEST_PATH = 120
"""espeak-ng cuts the path of its data off at 160 bytes, then ends the whole process because it finds none."""


def preload(folder: Path) -> str:
    """Load the bundled library, so that pyttsx3 finds it by its soname; why not, where it can't be.

    It goes before the system's: Debian 12's own espeak-ng 1.51 reads Mandarin as English letters. `folder` is where a
    short name for its data may be put.
    """
    try:
        import espeakng_loader
    except ImportError:
        return "espeakng-loader is not installed"
    try:
        data = short_path(Path(espeakng_loader.get_data_path()), folder)
        ctypes.CDLL(espeakng_loader.get_library_path(), getattr(ctypes, "RTLD_GLOBAL", 0))
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

    def __init__(self) -> None:
        from pyttsx3.drivers import _espeak

        self._library: Any = _espeak.dll
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_TextToPhonemes.argtypes = (ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int)

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
