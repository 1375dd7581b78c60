"""From a file to its text: small enough, a real file, UTF-8, and nothing invisible in it.

libyaml reports NUL, Latin-1 and GBK without a line, so the bytes are decoded before it sees them.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import NamedTuple

from kiosk.adapters.packs.findings import NOWHERE, Findings, Spot
from kiosk.adapters.packs.folder import LARGEST, reason
from kiosk.adapters.packs.traps import ODD_LETTERS

_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_INVISIBLES = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
"""Control characters but tab and line ends; zero-width and bidirectional ones; those that draw nothing."""
_INVISIBLE = re.compile(f"[{_INVISIBLES}]")
_ODD = re.compile(f"[{_INVISIBLES}{ODD_LETTERS}]")
_NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_FLAGS: int = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MOST_INVISIBLE = 5
"""Beyond this the file is no text at all and is not read on."""
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")


class Source(NamedTuple):
    """What a file says."""

    text: str
    """With `\n` line ends and without byte order mark."""
    is_plain: bool
    """Whether it has neither tabs nor wide spaces or quotation marks."""


def read_source(path: str | Path, findings: Findings) -> Source | None:
    """What a file says; None where it can't be read as text.

    Invisible characters are reported and stand as U+FFFD in the text, so that the rest can be checked in the same run.
    """
    content = _read_bytes(path, findings)
    if content is None:
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.error(_spot_in_bytes(content, error.start), "not-utf-8", *_guess_encoding(content))
        return None
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    is_plain = not _ODD.search(text)
    if is_plain or not _INVISIBLE.search(text):
        return Source(text, is_plain)
    cleaned = _report_invisible(text, content, findings)
    return None if cleaned is None else Source(cleaned, is_plain=False)


def spot_of(text: str, index: int) -> Spot:
    """Line and column of a place in a text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _read_bytes(path: str | Path, findings: Findings) -> bytes | None:
    if not _NO_FOLLOW and Path(path).is_symlink():
        _refuse_link(findings)
        return None
    try:
        opened = os.open(path, _FLAGS)
        try:
            status = os.fstat(opened)
            if not stat.S_ISREG(status.st_mode):
                what = "a folder" if stat.S_ISDIR(status.st_mode) else "no ordinary file"
                findings.error(NOWHERE, "not-a-file", f"this is {what}; a file of text belongs here")
                return None
            if status.st_size > LARGEST:
                message = f"{status.st_size:,} bytes; a file may have {LARGEST:,}"
                findings.error(NOWHERE, "too-big", message, "split it")
                return None
            return os.read(opened, status.st_size)
        finally:
            os.close(opened)
    except OSError as error:
        if error.errno == errno.ELOOP or Path(path).is_symlink():
            _refuse_link(findings)
        elif Path(path).is_dir():
            findings.error(NOWHERE, "not-a-file", "this is a folder; a file of text belongs here")
        else:
            findings.error(NOWHERE, "unreadable", f"this can't be read: {reason(error)}")
        return None


def _refuse_link(findings: Findings) -> None:
    findings.error(NOWHERE, "link", "this is a link, and links are not followed", "put the file itself here")


def _guess_encoding(content: bytes) -> tuple[str, str]:
    """A sentence on what the bytes look like, and what to do."""
    hint = "save the file as UTF-8"
    for mark, name in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return f"this is {name}, not UTF-8", hint
    runs = _HIGH_BYTES.findall(content)
    if all(len(run) % 2 == 0 for run in runs):
        try:
            content.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            return "this is not UTF-8; it looks like GBK (GB 18030)", hint
    if runs and max(map(len, runs)) <= 2:
        return "this is not UTF-8; it looks like Latin-1 (Windows-1252)", hint
    return "this is not UTF-8", hint


def _spot_in_bytes(content: bytes, index: int) -> Spot:
    before = content[:index]
    line_start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[line_start:].decode("utf-8", "replace")) + 1


def _report_invisible(text: str, content: bytes, findings: Findings) -> str | None:
    found = list(_INVISIBLE.finditer(text))
    if content.count(0) * 3 > len(content):
        findings.error(
            NOWHERE, "not-utf-8", "every other byte is NUL: this looks like UTF-16", "save the file as UTF-8"
        )
        return None
    for match in found[:_MOST_INVISIBLE]:
        character = match.group()
        name = unicodedata.name(character, "a control character").lower()
        findings.error(
            spot_of(text, match.start()),
            "invisible-character",
            f"an invisible character stands here: U+{ord(character):04X} ({name})",
            "delete it",
        )
    if len(found) > _MOST_INVISIBLE:
        more = f"{len(found) - _MOST_INVISIBLE} more invisible characters: this may be no text file"
        findings.error(NOWHERE, "invisible-character", more)
        return None
    return _INVISIBLE.sub("\ufffd", text)
