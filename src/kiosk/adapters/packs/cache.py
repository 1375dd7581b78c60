"""The packs that the kiosk shows: opened from the compiled cache, compiled by a child process when they are behind.

This is all of the packs that the screen's process loads: neither yaml nor pydantic, which take longer than the first
frame may wait.
"""

from __future__ import annotations

import json
import os
import sys
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from kiosk.adapters.packs.cachefile import (
    DamagedError,
    Index,
    Place,
    Store,
    assemble,
    cache_path,
    columns_of,
    folders_of,
    save,
)
from kiosk.adapters.packs.conversion import made_with
from kiosk.adapters.packs.folder import LARGEST, Stamp, find_packs, stamp
from kiosk.adapters.packs.resting import collector_at_rest
from kiosk.core.catalogue import Catalogue
from kiosk.core.errors import PackError, UsageError
from kiosk.core.items import Card, Fact, Item, Kind, Scenario, Story, read_card, read_item

COMPILE_SECONDS = 120.0
"""How long the child may take; a thousand scenarios take about one."""
_MANY = 100
"""So many items are read in one piece, a few by their places."""
_decode = json.JSONDecoder().raw_decode
_NOTHING = "nothing in it can be shown: `kiosk content check` says why"
_CARD_IN_ROW = {
    Kind.SCENARIO: Scenario._fields.index("card"),
    Kind.FACT: Fact._fields.index("card"),
    Kind.STORY: Story._fields.index("card"),
}


class CompiledPacks:
    """The port `Packs` over the compiled cache."""

    def __init__(self, content: Sequence[Path], folder: Path, seconds: float = COMPILE_SECONDS) -> None:
        """`content` are packs or folders of packs, `folder` is where the cache is. Opens nothing yet."""
        self._content = list(content)
        self._path = cache_path(folder, self._content)
        self._seconds = seconds
        self._store = Store(b"")
        self._index: Index | None = None
        self._places: dict[str, Place] = {}
        self._kinds: dict[str, Kind] = {}
        self._cards: dict[str, Card] = {}
        """Those read so far."""
        self._catalogue: Catalogue | None = None
        self._close = weakref.finalize(self, self._store.close)

    def at_hand(self) -> Catalogue | None:
        """The index if the cache is fresh; None where it must be compiled first, which takes a moment.

        Raises `UsageError` where there is no pack, `PackError` where nothing in it can be shown.
        """
        packs = find_packs(self._content)
        stamps = [stamp(pack) for pack in packs]
        try:
            store = Store.of(self._path)
        except OSError:
            return None
        try:
            index = Index(store)
            is_moved = index.parsed["folders"] != folders_of(packs)
            is_made_otherwise = index.parsed["made_with"] != made_with()
            is_touched = index.parsed["stamps"] != columns_of(stamps)
            if is_moved or is_made_otherwise or (is_touched and not self._is_same(index, store, packs, stamps)):
                store.close()
                return None
            return self._use(store, index)
        except (DamagedError, OSError):
            store.close()
            return None

    def catalogue(self) -> Catalogue:
        """The index, compiled anew where the content has changed or the cache is damaged."""
        return self.at_hand() or self._compile()

    def fetch(self, ids: Sequence[str]) -> dict[str, Item]:
        """The items by id, without those that can't be read."""
        if self._catalogue is None:
            self.catalogue()
        if self._index and self._catalogue and not self._kinds:
            self._kinds = {entry.id: entry.kind for entry in self._catalogue.entries}
            self._places = self._index.places()
        if len(ids) < _MANY:
            return self._fetch(ids, self._store)
        with collector_at_rest():
            return self._fetch(ids, self._store.whole())

    def _fetch(self, ids: Sequence[str], store: Store) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for item_id in ids:
            if item_id in self._kinds:
                try:
                    found[item_id] = self._read_item(item_id, store)
                except (DamagedError, OSError, ValueError, TypeError, IndexError, KeyError):
                    self._discard()
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._close()

    def _use(self, store: Store, index: Index) -> Catalogue:
        try:
            catalogue = index.catalogue()
        except (ValueError, TypeError, IndexError, KeyError) as error:
            raise DamagedError(str(self._path)) from error
        self._close()
        self._close = weakref.finalize(self, store.close)
        self._store, self._index, self._catalogue = store, index, catalogue
        self._kinds, self._places, self._cards = {}, {}, {}
        if not catalogue.entries:
            raise PackError(f"{', '.join(map(str, self._content))}: {_NOTHING}")
        return catalogue

    def _is_same(self, index: Index, store: Store, packs: Sequence[Path], stamps: list[Stamp]) -> bool:
        """Whether the files hold what they held, though their times changed; then the new times are noted."""
        if digest(packs, stamps) != index.parsed["digest"]:
            return False
        lines = store.read(index.start, index.parsed["bytes"])
        with suppress(OSError):  # they are compared again the next time
            save(self._path, assemble({**index.parsed, "stamps": columns_of(stamps)}, lines))
        return True

    def _read_item(self, item_id: str, store: Store) -> Item:
        kind = self._kinds[item_id]
        row = self._read_line(item_id, store)
        place = _CARD_IN_ROW[kind]
        card_id = row[place]
        if card_id is not None:
            if card_id not in self._cards:
                self._cards[card_id] = read_card(self._read_line(card_id, store))
            row[place] = self._cards[card_id]
        return read_item(kind, row)

    def _read_line(self, name: str, store: Store) -> list[Any]:
        offset, length, checksum = self._places[name]
        line = store.read(offset, length)
        if crc32(line) != checksum:
            raise DamagedError(str(self._path))
        row: list[Any] = _decode(line.decode())[0]
        return row

    def _discard(self) -> None:
        """A damaged file is compiled anew at the next start."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _compile(self) -> Catalogue:
        """Have a child compile into the cache, or into this process's memory where nothing can be written."""
        folder = self._path.parent
        failed = self._run_child("--cache", str(folder))[1]
        if not failed:
            try:
                return self._adopt(Store.of(self._path))
            except (OSError, DamagedError) as error:
                failed = str(error)
        content, failed = self._run_child("--to-stdout")
        if not failed:
            try:
                return self._adopt(Store(content))
            except (OSError, DamagedError) as error:
                failed = str(error)
        raise PackError(f"the packs can't be compiled: {failed}")

    def _adopt(self, store: Store) -> Catalogue:
        try:
            return self._use(store, Index(store))
        except (DamagedError, OSError):
            store.close()
            raise

    def _run_child(self, *options: str) -> tuple[bytes, str]:
        """What the child wrote to stdout, and why it failed. Raises `UsageError` where the content is no content."""
        import subprocess

        command = [sys.executable, "-P", "-m", "kiosk", "content", "compile", *options, "--"]
        command += [os.path.abspath(path) for path in self._content]  # noqa: PTH100 - links stay as they are named
        source = str(Path(__file__).parents[3])
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([source, *filter(None, [os.environ.get("PYTHONPATH")])]),
        }
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self._seconds,
                check=False,
                env=environment,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired:
            return b"", f"it took longer than {self._seconds:g} s"
        except OSError as error:
            return b"", str(error)
        if done.returncode == 0:
            return done.stdout, ""
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2].removeprefix("kiosk: ")
        if done.returncode == UsageError.exit_code:
            raise UsageError(said)
        return b"", said or f"the child ended with {done.returncode}"


def digest(packs: Sequence[Path], stamps: Sequence[Stamp]) -> str:
    """A hash of everything in the files of the stamps; of one that is too big to be read, its size."""
    from hashlib import sha256

    made = sha256()
    for pack, files in zip(packs, stamps, strict=True):
        for name, size, _ in sorted(files):
            content = b""
            if size <= LARGEST:
                try:
                    content = b"link" if (pack / name).is_symlink() else (pack / name).read_bytes()
                except OSError:
                    content = b"unreadable"
            made.update(f"{name}\0{size}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            made.update(content)
    return made.hexdigest()
