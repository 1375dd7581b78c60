"""What is shown when an editor looks at one case or story: nothing else is there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from kiosk.core.catalogue import Catalogue
from kiosk.core.errors import UsageError
from kiosk.core.items import Kind


def only(catalogue: Catalogue, name: str, languages: Iterable[str] = ()) -> Catalogue:
    """The catalogue with one scenario and its twin, both to be practised though they measure, or with one story.

    `name` is `item` or `pack/item`; `languages` are those that visitors can choose, as they are written. Raises
    `UsageError` where there is no such item, nothing to be shown alone, or texts lack in one of the languages.
    """
    named = [entry for entry in catalogue.entries if name in (entry.id, entry.id.partition("/")[2])]
    if not named:
        known = [entry.id.partition("/")[2] for entry in catalogue.entries if entry.kind is not Kind.FACT]
        near = difflib.get_close_matches(name.rpartition("/")[2], known, 1, 0.6)
        hint = f": did you mean {near[0]}?" if near else ": `kiosk content list` names them; errors leave an item out"
        raise UsageError(f"--item {name}: no scenario or story that can be shown has this name{hint}")
    if len(named) > 1:
        raise UsageError(f"--item {name}: several packs have it: choose {' or '.join(entry.id for entry in named)}")
    entry = named[0]
    if entry.kind is Kind.FACT:
        raise UsageError(f"--item {name}: a fact is asked between cases, never alone: rehearse without --item")
    shown = [each for each in catalogue.entries if each.id in (entry.id, entry.twin)]
    if entry.kind is Kind.SCENARIO and len(shown) < 2:
        raise UsageError(
            f"--item {name}: its twin {entry.twin.partition('/')[2]} has errors: see `kiosk content check`"
        )
    for each in shown:
        lacking = [code for code in languages if code not in each.languages]
        if lacking:
            raise UsageError(
                f"--item {name}: not all texts of {each.id.partition('/')[2]}, or of its card, are in "
                f"{', '.join(lacking)}, which visitors can choose: see half-translated in `kiosk content check`"
            )
    return catalogue._replace(entries=tuple(each._replace(pool=-1, form="") for each in shown))
