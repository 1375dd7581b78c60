"""The compiled cache as a file: a header line, the index as one line of JSON, and one JSON array a line per item.

Never pickle: the file can be damaged or replaced by anybody, and reading it must run nothing. Standard library only, as
the screen's process reads it.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

from kiosk import __version__
from kiosk.adapters.packs.folder import Stamp
from kiosk.core.catalogue import Catalogue, Entry, PackName, Variety
from kiosk.core.items import HelpNumber, Item, Kind, Notice, Saying, Verdict, read_text

SCHEMA = 4
"""Goes up whenever the shape of a line changes, or what is made of the same files."""
_MAGIC = f"kiosk-packs {SCHEMA} {__version__}"
_LONGEST_HEADER = 200

Place = tuple[int, int, int]
"""Of a line: offset, length and CRC of its bytes."""


class DamagedError(Exception):
    """This is no cache that this version wrote."""


def cache_path(folder: Path, content: Sequence[Path]) -> Path:
    """The file for these paths: other content has another one, so that two kiosks on one machine don't fight."""
    named = "\0".join(os.path.abspath(path) for path in content)  # noqa: PTH100 - links stay as they are named
    return folder / f"packs-{zlib.crc32(named.encode('utf-8', 'surrogateescape')):08x}.jsonl"


def write(
    catalogue: Catalogue,
    items: Sequence[Item],
    packs: Sequence[Path],
    stamps: Sequence[Stamp],
    digest: str,
    made_with: str,
) -> bytes:
    """The whole file. The items come in the order of the catalogue's entries; cards have lines of their own.

    `made_with` is what made the texts in other characters.
    """
    cards = {item.card.id: item.card for item in items if item.card}
    rows: list[object] = list(cards.values())
    rows += [item._replace(card=item.card.id) if item.card else item for item in items]  # type: ignore[arg-type]
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows]
    languages = list(dict.fromkeys(entry.languages for entry in catalogue.entries))
    entries = [entry._replace(languages=languages.index(entry.languages)) for entry in catalogue.entries]  # type: ignore[arg-type]
    index = {
        "folders": folders_of(packs),
        "stamps": columns_of(stamps),
        "digest": digest,
        "made_with": made_with,
        "bytes": sum(map(len, lines)),
        "cards": list(cards),
        "lengths": [len(line) for line in lines],
        "checksums": [zlib.crc32(line) for line in lines],
        "languages": languages,
        "entries": list(zip(*entries, strict=True)),
        "packs": catalogue.packs,
        "sayings": catalogue.sayings,
        "notices": catalogue.notices,
        "numbers": catalogue.help_numbers,
        "minutes": catalogue.first_minutes,
        "faults": catalogue.faults,
    }
    return assemble(index, b"".join(lines))


def folders_of(packs: Sequence[Path]) -> list[str]:
    """Where the packs are, as in the index: one that was moved is compiled again, since recordings lie in it."""
    return [os.path.abspath(pack) for pack in packs]  # noqa: PTH100 - links stay as they are named


def columns_of(stamps: Sequence[Stamp]) -> list[list[Any]]:
    """Stamps as they stand in the index: column by column, which JSON reads in half the time."""
    return [
        ["\0".join(name for name, _, _ in stamp), [size for _, size, _ in stamp], [time for _, _, time in stamp]]
        for stamp in stamps
    ]


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

    def whole(self) -> Store:
        """All of it in memory, or what can be read of it."""
        with suppress(OSError):
            return Store(self.read(0, self.size))
        return self

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._source, int):
            os.close(self._source)
            self._source = b""


class Index:
    """The parsed index of a file."""

    def __init__(self, store: Store) -> None:
        """Read it. Raises `DamagedError`, also for a file of another version."""
        try:
            header = store.read(0, _LONGEST_HEADER).partition(b"\n")[0]
            magic, length, checksum = header.decode("ascii").rsplit(" ", 2)
            body = store.read(len(header) + 1, min(max(int(length), 0), store.size))
            if magic != _MAGIC or zlib.crc32(body) != int(checksum):
                raise DamagedError(header)
            self.parsed: dict[str, Any] = json.loads(body)
            self.start = len(header) + 1 + len(body)
            """Where the lines begin."""
            if store.size != self.start + self.parsed["bytes"]:
                raise DamagedError(header)
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise DamagedError(error) from error

    def catalogue(self) -> Catalogue:
        """What the file holds."""
        parsed = self.parsed
        return Catalogue(
            tuple(
                PackName(name, version, read_text(title), tuple(codes), tuple(map(Variety._make, varieties)), folder)
                for name, version, title, codes, varieties, folder in parsed["packs"]
            ),
            tuple(_read_entries(parsed["entries"], [tuple(codes) for codes in parsed["languages"]])),
            tuple(Saying(name, kind, read_text(text)) for name, kind, text in parsed["sayings"]),
            tuple(Notice(name, since, until, read_text(text)) for name, since, until, text in parsed["notices"]),
            tuple(
                HelpNumber(number, read_text(name), read_text(when), expires)
                for number, name, when, expires in parsed["numbers"]
            ),
            tuple(map(read_text, parsed["minutes"])),
            parsed["faults"],
        )

    def places(self) -> dict[str, Place]:
        """Where the line of each card and each item is."""
        parsed = self.parsed
        entries = parsed["entries"]
        names = [*parsed["cards"], *(entries[0] if entries else ())]
        lengths: list[int] = parsed["lengths"]
        offsets = accumulate(lengths, initial=self.start)
        return dict(zip(names, zip(offsets, lengths, parsed["checksums"], strict=False), strict=True))


_KINDS = {kind.value: kind for kind in Kind}
_VERDICTS: dict[str | None, Verdict | None] = {None: None, **{verdict.value: verdict for verdict in Verdict}}


def _read_entries(columns: list[list[Any]], languages: list[tuple[str, ...]]) -> Iterable[Entry]:
    if not columns:
        return ()
    columns[1] = [_KINDS[kind] for kind in columns[1]]
    columns[2] = [_VERDICTS[verdict] for verdict in columns[2]]
    columns[8] = [languages[number] for number in columns[8]]
    return map(Entry._make, zip(*columns, strict=True))
