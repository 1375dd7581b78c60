"""The compiled cache as a file: a header line, the index as one line of JSON, and one JSON array a line per item.

Never pickle: the file can be damaged or replaced by anybody, and reading it must run nothing. Standard library only, as
the screen's process reads it.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kiosk import __version__
from kiosk.adapters.packs.folder import Stamp
from kiosk.core.catalogue import Catalogue, Entry, PackName
from kiosk.core.items import HelpNumber, Item, Kind, Notice, Saying, Text, Verdict, read_text

SCHEMA = 1
"""Goes up whenever the shape of a line changes."""
_MAGIC = f"kiosk-packs {SCHEMA} {__version__}"
_LONGEST_HEADER = 200

Place = tuple[int, int, int, str]
"""Of an item's line: offset, length and CRC of its bytes, and its kind."""


class DamagedError(Exception):
    """This is no cache that this version wrote."""


def cache_path(folder: Path, content: Sequence[Path]) -> Path:
    """The file for these paths: other content has another one, so that two kiosks on one machine don't fight."""
    named = "\0".join(os.path.abspath(path) for path in content)  # noqa: PTH100 - links stay as they are named
    return folder / f"packs-{zlib.crc32(named.encode('utf-8', 'surrogateescape')):08x}.jsonl"


def write(catalogue: Catalogue, items: Iterable[Item], stamps: list[Stamp], digest: str) -> bytes:
    """The whole file. The items come in the order of the catalogue's entries."""
    lines: list[bytes] = []
    places: list[tuple[int, int, int]] = []
    offset = 0
    for item in items:
        line = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        places.append((offset, len(line), zlib.crc32(line)))
        lines.append(line)
        offset += len(line)
    index = {
        "stamps": stamps,
        "digest": digest,
        "bytes": offset,
        "places": places,
        "entries": catalogue.entries,
        "packs": catalogue.packs,
        "sayings": catalogue.sayings,
        "notices": catalogue.notices,
        "numbers": catalogue.help_numbers,
        "minutes": catalogue.first_minutes,
        "faults": catalogue.faults,
    }
    return assemble(index, b"".join(lines))


def assemble(index: dict[str, Any], lines: bytes) -> bytes:
    """Header, index and lines in one piece."""
    body = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return f"{_MAGIC} {len(body)} {zlib.crc32(body)}\n".encode() + body + lines


def save(path: Path, content: bytes) -> None:
    """Put the file in place in one step: whoever reads it sees the old one or the new one. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


class Store:
    """Bytes that can be read from any place: an open file, or memory where nothing can be written."""

    def __init__(self, source: int | bytes) -> None:
        self._source = source

    @classmethod
    def of(cls, path: Path) -> Store:
        """The file, opened once: it stays readable when another takes its place. Raises `OSError`."""
        return cls(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)))

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self._source) if isinstance(self._source, bytes) else os.fstat(self._source).st_size

    def read(self, offset: int, length: int) -> bytes:
        """Some bytes; fewer at the end."""
        if isinstance(self._source, bytes):
            return self._source[offset : offset + length]
        if hasattr(os, "pread"):
            return os.pread(self._source, length, offset)
        os.lseek(self._source, offset, os.SEEK_SET)
        return os.read(self._source, length)

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._source, int):
            os.close(self._source)
            self._source = b""


class Index:
    """The parsed index of a file."""

    def __init__(self, store: Store) -> None:
        """Read it. Raises `DamagedError`, also for a file of another version."""
        header = store.read(0, _LONGEST_HEADER).partition(b"\n")[0]
        try:
            magic, length, checksum = header.decode("ascii").rsplit(" ", 2)
            body = store.read(len(header) + 1, int(length))
            if magic != _MAGIC or zlib.crc32(body) != int(checksum):
                raise DamagedError(header)
            self.parsed: dict[str, Any] = json.loads(body)
            self.start = len(header) + 1 + len(body)
            """Where the lines begin."""
            if store.size != self.start + self.parsed["bytes"]:
                raise DamagedError(header)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DamagedError(header) from error

    @property
    def stamps(self) -> list[Stamp]:
        """What the files of the packs were like, pack by pack."""
        return [[(name, size, time) for name, size, time in stamp] for stamp in self.parsed["stamps"]]

    def catalogue(self) -> Catalogue:
        """What the file holds."""
        parsed = self.parsed
        return Catalogue(
            tuple(
                PackName(name, version, read_text(title), tuple(codes))
                for name, version, title, codes in parsed["packs"]
            ),
            tuple(map(_read_entry, parsed["entries"])),
            tuple(Saying(name, kind, read_text(text)) for name, kind, text in parsed["sayings"]),
            tuple(Notice(name, since, until, read_text(text)) for name, since, until, text in parsed["notices"]),
            tuple(
                HelpNumber(number, read_text(name), read_text(when), expires)
                for number, name, when, expires in parsed["numbers"]
            ),
            tuple(Text(*text) for text in parsed["minutes"]),
            parsed["faults"],
        )

    def places(self) -> dict[str, Place]:
        """Where each item's line is."""
        start = self.start
        return {
            entry[0]: (start + offset, length, checksum, entry[1])
            for entry, (offset, length, checksum) in zip(self.parsed["entries"], self.parsed["places"], strict=True)
        }


_KINDS = {kind.value: kind for kind in Kind}
_VERDICTS: dict[str | None, Verdict | None] = {None: None, **{verdict.value: verdict for verdict in Verdict}}


def _read_entry(row: list[Any]) -> Entry:
    row[1] = _KINDS[row[1]]
    row[2] = _VERDICTS[row[2]]
    row[8] = tuple(row[8])
    return Entry(*row)
