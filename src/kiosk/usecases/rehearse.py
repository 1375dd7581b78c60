"""One item alone, for the editor who wrote it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kiosk.core.catalogue import Catalogue, offered_languages
from kiosk.core.items import Item
from kiosk.core.rehearsal import only
from kiosk.ports import Packs


class OneItem:
    """The `Packs` port with one scenario and its twin, or one story: see `core.rehearsal.only`."""

    def __init__(self, packs: Packs, name: str, wanted: Sequence[str], known: Collection[str]) -> None:
        """`wanted` are the languages of the settings, `known` those of the interface."""
        self._packs = packs
        self._name = name
        self._wanted = wanted
        self._known = known

    def catalogue(self) -> Catalogue:
        """The narrowed index; raises `UsageError` as well where the item can't be shown alone."""
        catalogue = self._packs.catalogue()
        offered = offered_languages(self._wanted, self._known, catalogue.packs)
        return only(catalogue, self._name, dict.fromkeys(map(catalogue.written, offered)))

    def fetch(self, ids: Sequence[str]) -> dict[str, Item]:
        """As from all."""
        return self._packs.fetch(ids)
