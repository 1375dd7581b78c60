"""A visit again, from its seed and its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kiosk.core.events import Effect, Event, Fetch, Fetched, Keep
from kiosk.core.items import Item
from kiosk.core.records import Row
from kiosk.core.step import step
from kiosk.core.visit import Visit


def replay(
    visit: Visit, events: Iterable[Event], fetch: Callable[[tuple[str, ...]], Mapping[str, Item]]
) -> tuple[Visit, tuple[Row, ...]]:
    """The visit after the events, and all rows it writes; `fetch` gives the items of the packs it was shown with."""
    rows: list[Row] = []
    for event in events:
        visit, effects = step(visit, event)
        pending: list[Effect] = list(effects)
        while pending:
            effect = pending.pop(0)
            if isinstance(effect, Keep):
                rows.extend(effect.rows)
            elif isinstance(effect, Fetch):
                visit, more = step(visit, Fetched(fetch(effect.ids), event.at))
                pending.extend(more)
    return visit, tuple(rows)
