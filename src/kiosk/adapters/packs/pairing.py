"""What scenarios take from each other: twins share a type and a contrast, and pools measure in matched pairs."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import NamedTuple

from kiosk.adapters.packs import schema
from kiosk.adapters.packs.explain import Reader
from kiosk.adapters.packs.findings import Findings, Spot
from kiosk.adapters.packs.values import Made
from kiosk.core.items import Scenario


class Claim(NamedTuple):
    """What a scenario says of itself that concerns others. The model it is from is ten times as big."""

    verdict: str
    twin: str
    fraud_type: str | None
    has_contrast: bool


class Case(NamedTuple):
    """One scenario file after it was read by itself."""

    findings: Findings
    claim: Claim | None
    """None where the file is not as the format says."""
    made: Made[Scenario] | None
    """None where it can't be shown."""
    twin_spot: Spot
    contrast_spot: Spot


def pair_up(cases: Mapping[str, Case]) -> dict[str, Made[Scenario]]:
    """The scenarios that can be shown, by name, each with its twin's type and contrast where it has none."""
    for name, case in cases.items():
        if case.claim:
            _check_twin(name, case, case.claim, cases)
    good = {name: case.made for name, case in cases.items() if case.made and not case.findings.errors}
    shown = {}
    for name, made in good.items():
        case = cases[name]
        twin_name = made.value.twin.partition("/")[2]
        twin = cases[twin_name].claim
        fraud_type = made.value.fraud_type or (twin.fraud_type if twin else None)
        if not fraud_type:
            message = f"it counts under the type of its twin '{twin_name}', which has errors, so it is left out as well"
            case.findings.error(case.twin_spot, "rests-on-errors", message)
            continue
        if twin_name not in good:
            message = f"its twin '{twin_name}' has errors and is left out, so that this one is never practised"
            case.findings.warn(case.twin_spot, "twin-left-out", message)
        contrast = made.value.contrast or (good[twin_name].value.contrast if twin_name in good else None)
        if contrast is made.value.contrast and made.value.fraud_type:
            shown[name] = made
            continue
        languages = tuple(code for code in made.languages if not contrast or code in contrast.written)
        shown[name] = Made(made.value._replace(fraud_type=fraud_type, contrast=contrast), languages, made.expires)
    return shown


def _check_twin(name: str, case: Case, claim: Claim, cases: Mapping[str, Case]) -> None:
    report, spot = case.findings, case.twin_spot
    if claim.twin == name:
        report.error(spot, "bad-twin", "a scenario can't be its own twin")
        return
    if claim.twin not in cases:
        report.error(spot, "unknown-word", f"there is no scenario '{claim.twin}'", _no_such_file(claim.twin, cases))
        return
    twin = cases[claim.twin].claim
    if twin is None:
        return
    if twin.twin != name:
        report.error(spot, "bad-twin", f"twins name each other, but the twin of '{claim.twin}' is '{twin.twin}'")
    elif twin.verdict == claim.verdict:
        report.error(spot, "bad-twin", f"twins have different verdicts, but both are {claim.verdict}")
    if claim.has_contrast and twin.has_contrast and claim.twin < name:
        report.warn(
            case.contrast_spot, "repeated-contrast", f"'{claim.twin}' has a contrast too; one of the twins has it"
        )


def _no_such_file(name: str, cases: Mapping[str, Case]) -> str:
    near = difflib.get_close_matches(name, list(cases), 1, 0.6)
    return f"did you mean '{near[0]}'?" if near else "write that file, or correct the name"


def measured_places(
    pools: list[schema.Pool], cases: Mapping[str, Case], good: Mapping[str, Made[Scenario]], reader: Reader
) -> dict[str, tuple[int, str]]:
    """By scenario: the number of its pool and its form. A pool with an error is left out whole."""
    places: dict[str, tuple[int, str]] = {}
    number = 0
    for index, pool in enumerate(pools):
        before = reader.findings.errors
        taken: dict[str, tuple[int, str]] = {}
        for form, names in (("A", pool.A), ("B", pool.B)):
            for place, name in enumerate(names):
                loc = ("measured", index, form, place)
                if name in places or name in taken:
                    message = f"'{name}' stands here a second time: what measures, measures once"
                    reader.findings.error(reader.document.spot(loc), "repeated-item", message)
                _check_member(name, loc, cases, good, reader)
                taken[name] = (number, form)
        if reader.findings.errors == before:
            _check_pool(pool, index, good, reader)
        if reader.findings.errors == before:
            places.update(taken)
            number += 1
    return places


def _check_member(
    name: str, loc: tuple[str | int, ...], cases: Mapping[str, Case], good: Mapping[str, Made[Scenario]], reader: Reader
) -> None:
    report, spot = reader.findings, reader.document.spot(loc)
    if name in good:
        level = good[name].value.level
        if level < 2:
            report.error(spot, "wrong-level", f"'{name}' is of level {level}; what measures is of level 2 or 3")
    elif name in cases:
        report.error(spot, "rests-on-errors", f"'{name}' has errors, so that this pool is left out")
    else:
        report.error(spot, "unknown-word", f"there is no scenario '{name}'", _no_such_file(name, cases))


def _check_pool(pool: schema.Pool, index: int, good: Mapping[str, Made[Scenario]], reader: Reader) -> None:
    report, spot = reader.findings, reader.document.spot
    if len(pool.A) != len(pool.B):
        message = f"A has {len(pool.A)} items and B has {len(pool.B)}; they are matched place by place"
        report.error(spot(("measured", index)), "unmatched-pool", message)
        return
    for form, names in (("A", pool.A), ("B", pool.B)):
        frauds = sum(good[name].value.verdict == "fraud" for name in names)
        if frauds * 2 != len(names):
            message = f"{form} has {frauds} frauds and {len(names) - frauds} genuine items; there are as many of each"
            report.error(spot(("measured", index, form)), "unbalanced-pool", message)
    for place, (first, second) in enumerate(zip(pool.A, pool.B, strict=True)):
        one, other = good[first].value, good[second].value
        where = spot(("measured", index, "B", place))
        if one.level != other.level:
            message = f"'{second}' is of level {other.level}, but '{first}' at the same place of A of level {one.level}"
            report.error(where, "unmatched-pool", message)
        if one.verdict != other.verdict:
            message = f"'{second}' is {other.verdict}, but '{first}' at the same place of A is {one.verdict}"
            report.warn(where, "unmatched-pool", message)
