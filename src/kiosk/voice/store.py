"""Synthesised speech, kept in files that are named after all that the sound depends on.

Several processes may use one folder: a file appears whole or not at all, and one that isn't what its name says is
thrown away and made again.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import struct
import sys
import time
import zlib
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kiosk.voice.recent import Recent
from kiosk.voice.spoken import Spoken

_FORMAT = f"kiosk voice 1 {sys.byteorder}"

_HEAD = struct.Struct("<32s16sII")
"""The key, a checksum of the rest, and the numbers of samples and of words."""

_PART = ".part"

_MEGABYTE = 1_000_000

_LEFT = 0.9
"""How much of the limit is used after the oldest were thrown away."""

_SHARE = 40
"""After writing this part of the limit a process looks how much there is in all."""

_SPARE = 64 * _MEGABYTE
"""Bytes that stay free on the disk, where the visits are written down too."""

_DAY = 86_400
"""Seconds between notes that a file was used."""

_STALE = 600
"""Seconds after which a file that was never finished has been left behind."""

_PAUSE = 60.0
"""Seconds without writing where the disk refuses it."""

_REMEMBERED = 8 * _MEGABYTE
"""Bytes of sound that are kept in memory too."""


class Use(NamedTuple):
    """How much is kept."""

    files: int
    bytes: int


class Store:
    """A cache of pieces by (signature, text). Nothing in it ever raises: where it can't keep, it keeps nothing."""

    def __init__(self, folder: Path | None, megabytes: int) -> None:
        """`None` or 0 keeps nothing but the latest, in memory."""
        self._folder = folder if megabytes > 0 else None
        self._limit = megabytes * _MEGABYTE
        self._recent: Recent[bytes, Spoken] = Recent(_REMEMBERED)
        self._since = 0
        """Bytes written since it was looked how much there is."""
        self._again = float("-inf")
        """When writing may be tried again."""
        self.why = ""
        """Why nothing can be kept, in words for the log; empty while all is well."""

    @property
    def is_due(self) -> bool:
        """Whether `tidy` should run before more is written."""
        return self._since > self._limit / _SHARE

    def get(self, signature: str, text: str) -> Spoken | None:
        """What was kept, be it only in memory; `None` where nothing was."""
        return self._recent.get(_key(signature, text)) or self.read(signature, text)

    def read(self, signature: str, text: str) -> Spoken | None:
        """What was kept for another day; `None` where nothing was, or something was wrong with it."""
        if self._folder is None:
            return None
        key = _key(signature, text)
        file = _file(self._folder, key)
        try:
            with file.open("rb") as opened:
                content = opened.read()
                age = time.time() - os.fstat(opened.fileno()).st_mtime
        except OSError:
            return None
        spoken = _decoded(key, content)
        with suppress(OSError):
            if spoken is None:
                file.unlink(missing_ok=True)
            elif not 0 <= age < _DAY:
                os.utime(file)
        if spoken is not None:
            self._remember(key, spoken)
        return spoken

    def put(self, signature: str, text: str, spoken: Spoken) -> bool:
        """Keep it; whether it is there for another day."""
        key = _key(signature, text)
        self._remember(key, spoken)
        if self._folder is None or time.monotonic() < self._again:
            return False
        file = _file(self._folder, key)
        part = file.with_name(f"{file.name}.{secrets.token_hex(4)}{_PART}")
        content = _encoded(key, spoken)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, part, content)
        except OSError as error:
            self._again = time.monotonic() + _PAUSE
            if not self.why:
                self.why = f"nothing can be kept in {self._folder}: {error.strerror}"
                print(f"voice: {self.why}", file=sys.stderr, flush=True)
            return False
        self.why = ""
        self._since += len(content)
        return True

    def tidy(self) -> Iterator[None]:
        """Throw away what was left behind, and the longest unused where there is too much; a folder a step."""
        self._since = 0
        if self._folder is None:
            return
        found: list[tuple[float, int, str]] = []
        now = time.time()
        for folder in _folders(self._folder):
            for entry in _entries(folder):
                with suppress(OSError):
                    stat = entry.stat(follow_symlinks=False)
                    if not entry.name.endswith(_PART):
                        found.append((stat.st_mtime, stat.st_size, entry.path))
                    # Others may have begun it since `now`; far in the future it is from a clock that was wrong.
                    elif abs(now - stat.st_mtime) >= _STALE:
                        Path(entry.path).unlink(missing_ok=True)
            yield
        most = sum(size for _, size, _ in found)
        if most <= self._limit:
            return
        for _, size, path in sorted(found):
            with suppress(OSError):
                Path(path).unlink(missing_ok=True)
            most -= size
            if most <= self._limit * _LEFT:
                return
            yield

    def use(self) -> Use:
        """How much is kept now."""
        sizes = []
        for folder in _folders(self._folder) if self._folder else ():
            for entry in _entries(folder):
                with suppress(OSError):
                    sizes.append(entry.stat(follow_symlinks=False).st_size)
        return Use(len(sizes), sum(sizes))

    def _remember(self, key: bytes, spoken: Spoken) -> None:
        self._recent.put(key, spoken, 2 * len(spoken.samples) + 100 * len(spoken.words))


def _write(file: Path, part: Path, content: bytes) -> None:
    """Whole or not at all; raises `OSError`."""
    if shutil.disk_usage(file.parent).free < _SPARE:
        raise OSError(0, f"less than {_SPARE // _MEGABYTE} MB are free")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _key(signature: str, text: str) -> bytes:
    return hashlib.sha256("\0".join((_FORMAT, signature, text)).encode("utf-8", "surrogatepass")).digest()


def _file(folder: Path, key: bytes) -> Path:
    name = key.hex()
    return folder / name[:2] / name[2:]


def _folders(folder: Path) -> list[Path]:
    return [Path(entry.path) for entry in _entries(folder) if len(entry.name) == 2 and entry.is_dir()]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _encoded(key: bytes, spoken: Spoken) -> bytes:
    frames = spoken.samples.tobytes()
    words = array("i", [number for word in spoken.words for number in word]).tobytes()
    # The high bytes of samples are like each other, the low ones are noise: apart they take a sixth less.
    body = zlib.compress(words + frames[0::2] + frames[1::2], 1)
    return _HEAD.pack(key, _checksum(body), len(spoken.samples), len(spoken.words)) + body


def _decoded(key: bytes, content: bytes) -> Spoken | None:
    """`None` where it isn't what was kept under this key."""
    try:
        found, checksum, samples, words = _HEAD.unpack_from(content)
        body = content[_HEAD.size :]
        if found != key or checksum != _checksum(body):
            return None
        plain = zlib.decompress(body)
    except (struct.error, zlib.error):
        return None
    numbers = array("i")
    start = 3 * numbers.itemsize * words
    if len(plain) != start + 2 * samples:
        return None
    numbers.frombytes(plain[:start])
    frames = bytearray(2 * samples)
    frames[0::2], frames[1::2] = plain[start : start + samples], plain[start + samples :]
    return Spoken(array("h", bytes(frames)), tuple(zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True)))


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()
