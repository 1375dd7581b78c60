"""The settings, and what visitors can be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from kiosk.core import choose
from kiosk.core.catalogue import SOON, Catalogue, Entry, offered_languages, varieties
from kiosk.core.characters import spoken_as
from kiosk.core.checkup.finding import Finding, State, quoted
from kiosk.core.checkup.seen import Offer
from kiosk.core.counting import count
from kiosk.core.items import Kind, Verdict
from kiosk.core.settings import RoundSize, Settings


def offers(config: Settings, known: Sequence[str], catalogue: Catalogue) -> tuple[Offer, ...]:
    """What visitors can choose; `known` are the languages that the interface has texts in."""
    names = {variety.id: variety.name for variety in varieties(catalogue.packs)}
    codes = offered_languages(config.languages, known, catalogue.packs)
    return tuple(Offer(code, catalogue.written(code), names.get(code, "")) for code in codes)


def settings(
    file: str, places: Sequence[str], config: Settings, known: Sequence[str], offers: Sequence[Offer]
) -> list[Finding]:
    """The settings, which could be read; `known` are all languages and spoken varieties that there are."""
    found = [Finding("settings", State.OK, file or f"defaults: there is no {' and no '.join(places)}")]
    where = f"in {file}" if file else "in the settings"
    unknown = [code for code in config.languages if code not in known]
    if unknown:
        text = f"languages.offered: there is no {', '.join(unknown)}"
        makeable = all(spoken_as(code) != code for code in unknown)
        remedy = "install OpenCC (opencc), then the kiosk again: it makes the characters" if makeable else ""
        found.append(Finding("settings", State.BAD, text, remedy or f"choose of {', '.join(known)} {where}"))
    offered = [offer.language for offer in offers]
    if config.language and config.language not in (*config.languages, *offered):
        text = f"languages.first: {config.language} is not offered"
        found.append(Finding("settings", State.BAD, text, f"choose of {', '.join(offered)} {where}"))
    return found


def packs(
    catalogue: Catalogue,
    config: Settings,
    known: Sequence[str],
    offers: Sequence[Offer],
    paths: Sequence[str],
    today: date,
) -> list[Finding]:
    """What visitors can be shown; `paths` are where the packs are, `known` the languages of the interface."""
    check = content_check(paths)
    found = [
        Finding("packs", State.OK, f"{pack.id} {pack.version}: {_contents(catalogue.entries, pack.id)}")
        for pack in catalogue.packs
    ]
    if catalogue.faults:
        found.append(Finding("packs", State.NOTE, f"{count(catalogue.faults, 'item')} left out for mistakes", check))
    written = tuple(dict.fromkeys(offer.written for offer in offers))
    found += [_complete(code, catalogue.entries, check) for code in written]
    offered = {offer.language for offer in offers}
    left_out = [code for code in config.languages if code in known and code not in offered]
    if left_out:
        text = f"{', '.join(left_out)} is not offered, because not every pack is in it"
        found.append(Finding("packs", State.NOTE, text, "add the texts, or take it out of languages.offered"))
    found += [
        Finding("packs", State.OK, f"{offer.language}: {offer.name}, spoken, with the texts of {offer.written}")
        for offer in offers
        if offer.language != offer.written
    ]
    return found + _round(catalogue, written, config.round_size, today, check)


def content_check(paths: Iterable[str]) -> str:
    """The command that tells what is wrong with the packs there."""
    return " ".join(["kiosk content check", *map(quoted, paths)])


def _contents(entries: Iterable[Entry], pack: str) -> str:
    own = [entry for entry in entries if entry.id.startswith(f"{pack}/")]
    verdicts = Counter(entry.verdict for entry in own)
    kinds = Counter(entry.kind for entry in own)
    scams = f"{count(verdicts[Verdict.FRAUD], 'scam')}, {verdicts[Verdict.GENUINE]} real"
    cases = f"{count(kinds[Kind.SCENARIO], 'case')} ({scams})"
    return f"{cases}, {count(kinds[Kind.STORY], 'story', 'stories')}, {count(kinds[Kind.FACT], 'fact')}"


def _complete(code: str, entries: Sequence[Entry], check: str) -> Finding:
    there = sum(code in entry.languages for entry in entries)
    if there == len(entries):
        return Finding("packs", State.OK, f"{code}: complete")
    return Finding("packs", State.NOTE, f"{code}: {there} of {count(len(entries), 'item')} are complete", check)


def _round(catalogue: Catalogue, written: tuple[str, ...], size: RoundSize, today: date, check: str) -> list[Finding]:
    """Whether there is enough for a learn visit, and for how long."""
    found = []
    round_ = choose.programme(catalogue, choose.Draw(0, today.isoformat(), written, size))
    if round_ is None:
        text = "no learn visit: it needs one scam and one real case, complete in every language"
        found.append(Finding("packs", State.BAD, text, check))
    else:
        parts = len(round_.before), 2 * len(round_.practice), len(round_.after)
        found.append(Finding("packs", State.OK, f"enough for a learn visit ({' + '.join(map(str, parts))} items)"))
    expiring = [entry.expires for entry in catalogue.entries if entry.expires]
    lapsed = sum(day < today.isoformat() for day in expiring)
    soon = sum(today.isoformat() <= day <= (today + SOON).isoformat() for day in expiring)
    if lapsed:
        shown = "some are shown, because too few others are left" if round_ and round_.lapsed else "they are not shown"
        text = f"{count(lapsed, 'item')} lapsed: {shown}"
        found.append(Finding("packs", State.NOTE, text, f"have them reviewed: {check}"))
    if soon:
        text = f"{count(soon, 'item')} will lapse within {SOON.days} days"
        found.append(Finding("packs", State.NOTE, text, f"have them reviewed: {check}"))
    return found
