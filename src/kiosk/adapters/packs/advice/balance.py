"""A set out of balance: types of one channel, channels and levels that give the verdict away, forms of facts."""

from __future__ import annotations

from collections import Counter

from kiosk.adapters.packs.advice.library import Library
from kiosk.adapters.packs.advice.places import Places
from kiosk.core.coverage import FEW, GapKind, gaps
from kiosk.core.items import Kind, Verdict

_HINTS = {
    GapKind.TYPE: "write a pair in another channel",
    GapKind.CHANNEL: "let cases of the other verdict come through it",
    GapKind.LEVEL: "make some cases harder: real-looking, or told only by what is asked",
    GapKind.POOL: "take cases of other channels",
}


def check_balance(library: Library, places: Places) -> None:
    """Warn of the gaps that `kiosk content list --coverage` counts, and of facts not as many in both forms.

    A pack with fewer frauds to practise than it names types is being begun, and isn't told of every type that it lacks,
    nor of the channels of its pools.
    """
    forms = Counter(entry.form for entry in library.catalogue.entries if entry.kind is Kind.FACT)
    if forms["A"] != forms["B"]:
        message = f"facts: {forms['A']} of form A and {forms['B']} of form B"
        places.warn_pack("title", "out-of-balance", message, "ask as many in both: before and after are compared")
    cases = [entry for entry in library.catalogue.entries if entry.kind is Kind.SCENARIO]
    frauds = sum(entry.verdict is Verdict.FRAUD and entry.pool < 0 for entry in cases)
    is_begun = frauds < max(FEW, len(library.fraud_types))
    for gap in gaps(cases, library.fraud_types, sorted({entry.channel for entry in cases})):
        message = f"{gap.kind} {gap.name} {gap.lack}"
        hint = _HINTS[gap.kind]
        if gap.kind in (GapKind.TYPE, GapKind.POOL) and is_begun:
            continue
        if gap.kind is GapKind.TYPE:
            places.warn_type(gap.name, "out-of-balance", message, hint)
        else:
            places.warn_pack("measured" if gap.kind is GapKind.POOL else "title", "out-of-balance", message, hint)
