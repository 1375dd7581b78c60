"""The rules that no drawn round may break."""

from __future__ import annotations

from kiosk.core.catalogue import Catalogue
from kiosk.core.choose import Programme
from kiosk.core.items import Kind, Verdict


def check(catalogue: Catalogue, made: Programme) -> None:
    """The conditions that no set may break."""
    entries = {entry.id: entry for entry in catalogue.entries}
    assert len(set(made.items)) == len(made.items), "no item twice"
    cases = [entries[each] for each in (*made.before, *made.after) if entries[each].kind is Kind.SCENARIO]
    assert not {case.twin for case in cases} & {case.id for case in cases}, "twins never both measured"
    for pair in made.practice:
        first, second = (entries[each] for each in pair)
        assert first.twin == second.id
        assert second.twin == first.id
        assert {first.verdict, second.verdict} == set(Verdict)
        assert first.pool < 0, "measured items are never practised"
        assert second.pool < 0
    verdicts = [case.verdict for case in cases]
    assert verdicts.count(Verdict.FRAUD) == verdicts.count(Verdict.GENUINE), "about half and half"
    if made.plan == "A":
        for side in (made.before, made.after):
            if len(side) == 2:
                assert {entries[each].verdict for each in side} == set(Verdict)
    facts = [entries[each] for each in (*made.before, *made.after) if entries[each].kind is Kind.FACT]
    if made.plan == "B":
        assert [fact.form for fact in facts] == list(made.form)
        shown = [entries[each].card for each in made.items]
        assert len(shown) == len(set(shown)) or all(fact.card not in _others(shown, fact.card) for fact in facts)
    else:
        assert not facts


def _others(cards: list[str], card: str) -> list[str]:
    rest = list(cards)
    rest.remove(card)
    return rest
