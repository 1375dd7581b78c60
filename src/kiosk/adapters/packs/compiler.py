"""Packs to the compiled cache. Runs in the child process, which may load yaml and pydantic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kiosk.adapters.packs import cachefile
from kiosk.adapters.packs.cache import digest
from kiosk.adapters.packs.check import CheckedPack, check_pack
from kiosk.adapters.packs.conversion import made_now_with
from kiosk.adapters.packs.folder import PACK_FILE, find_packs, stamp
from kiosk.adapters.packs.resting import collector_at_rest
from kiosk.core.catalogue import Catalogue, Entry, PackName
from kiosk.core.errors import KioskError
from kiosk.core.items import Item
from kiosk.core.problems import Problem, Severity
from kiosk.ports import Words


class Compiled(NamedTuple):
    """Several packs as one."""

    catalogue: Catalogue
    items: dict[str, Item]
    problems: list[Problem]
    fraud_types: tuple[str, ...]
    """The ids that the packs' taxonomies name, each once, as are the channels."""
    channels: tuple[str, ...]


def read_packs(packs: Sequence[Path], today: date, interface: Words | None = None) -> Compiled:
    """What is good of these packs, and what is wrong with them. A second pack of the same id is left out.

    With the texts of the interface, all advice is given as well (`advice.advise`).
    """
    shown: dict[str, CheckedPack] = {}
    problems: list[Problem] = []
    faults = 0
    for root in packs:
        with collector_at_rest():
            checked = check_pack(root, today, interface)
        faults += checked.faults
        if checked.name and checked.name.id in shown:
            message = f"a pack with the id '{checked.name.id}' was read already, so this one is left out"
            problems.append(Problem(str(root / PACK_FILE), 0, 0, Severity.ERROR, "repeated-id", message))
        elif checked.name:
            shown[checked.name.id] = checked
        problems += checked.problems
    packs_shown = list(shown.values())
    items = {name: item for pack in packs_shown for name, item in pack.items.items()}
    fraud_types = dict.fromkeys(name for pack in packs_shown for name in pack.fraud_types)
    channels = dict.fromkeys(name for pack in packs_shown for name in pack.channels)
    return Compiled(_merge(packs_shown, faults), items, problems, tuple(fraud_types), tuple(channels))


def _merge(shown: Sequence[CheckedPack], faults: int) -> Catalogue:
    entries: list[Entry] = []
    pools = 0
    for pack in shown:
        own = [entry if entry.pool < 0 else entry._replace(pool=entry.pool + pools) for entry in pack.entries]
        pools = max([pools, *(entry.pool + 1 for entry in own)])
        entries += own
    names: list[PackName] = [pack.name for pack in shown if pack.name]
    numbers = {number.number: number for pack in reversed(shown) for number in reversed(pack.help_numbers)}
    return Catalogue(
        tuple(names),
        tuple(entries),
        tuple(saying for pack in shown for saying in pack.sayings),
        tuple(notice for pack in shown for notice in pack.notices),
        tuple(reversed(numbers.values())),
        next((pack.first_minutes for pack in shown if pack.first_minutes), ()),
        faults,
    )


def compile_packs(content: Sequence[Path], folder: Path | None, today: date) -> bytes:
    """Compile into the cache's folder, or give the bytes back where there is no folder.

    The stamps are taken before the files are read: what changes in between is compiled again the next time.
    """
    packs = find_packs(content)
    stamps = [stamp(pack) for pack in packs]
    hashed = digest(packs, stamps)
    compiled = read_packs(packs, today)
    entries = compiled.catalogue.entries
    items = [compiled.items[entry.id] for entry in entries]
    made = cachefile.write(compiled.catalogue, items, packs, stamps, hashed, made_now_with())
    if folder is None:
        return made
    path = cachefile.cache_path(folder, content)
    try:
        cachefile.save(path, made)
    except OSError as error:
        raise KioskError(f"{path}: can't be written: {error.strerror or error}") from error
    return b""
