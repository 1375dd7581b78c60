"""One item alone, for the editor who wrote it."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.catalogue import Catalogue
from kiosk.core.items import Item
from kiosk.core.rehearsal import only
from kiosk.ports import Packs


class OneItem:
    """The `Packs` port with one scenario and its twin, or one story: see `core.rehearsal.only`."""

    def __init__(self, packs: Packs, name: str) -> None:
        self._packs = packs
        self._name = name

    def catalogue(self) -> Catalogue:
        """The narrowed index; raises `UsageError` as well where the item can't be shown alone."""
        return only(self._packs.catalogue(), self._name)

    def fetch(self, ids: Sequence[str]) -> dict[str, Item]:
        """As from all."""
        return self._packs.fetch(ids)
