"""The two small questions, the result, the answers owed, the goodbye; and leaving early."""

from __future__ import annotations

from kiosk.core.items import Fact, Scenario, Verdict
from kiosk.core.keys import Key
from kiosk.core.page import Block, Drawn, Entry, Page, Para, Pick, Tone
from kiosk.core.script import Station, Stop
from kiosk.core.visit import AGE_BANDS, RETURNING, Visit, answer_of, live_choices
from kiosk.core.wording import Teller


def _questions(
    name: str, visit: Visit, station: Station, teller: Teller, keys: tuple[Key, ...], intro: tuple[Block, ...]
) -> Page:
    given = answer_of(visit, station)
    picks: list[Pick] = [
        teller.pick(key, f"{name}-{key}")._replace(chosen=given is not None and given.place == int(key)) for key in keys
    ]
    question = Para(teller.write(f"{name}-question"), Tone.STRONG, say=teller.say(f"{name}-question"))
    return Page(
        name=name,
        language=visit.language,
        head=teller.write(f"{name}-head"),
        blocks=(*intro, question, *picks),
        caps=teller.caps(),
    )


def age(visit: Visit, station: Station, teller: Teller) -> Page:
    """Optional; the answer is a decade."""
    intro = (Para(teller.write("age-intro"), Tone.SOFT, say=teller.say("age-intro")),)
    return _questions("age", visit, station, teller, tuple(AGE_BANDS), intro)


def returning(visit: Visit, station: Station, teller: Teller) -> Page:
    """Optional; whether this machine was used before."""
    return _questions("returning", visit, station, teller, tuple(RETURNING), ())


def result(visit: Visit, station: Station, teller: Teller) -> Page:
    """Totals in plain words; no "before and after" for one person."""
    del station
    judged: list[tuple[Scenario, bool | None]] = []
    facts: list[bool | None] = []
    for each in visit.script:
        given = answer_of(visit, each)
        if given is None:
            continue
        item = visit.items.get(each.item)
        if each.stop in (Stop.JUDGE, Stop.DECIDE) and isinstance(item, Scenario):
            judged.append((item, given.right))
        elif each.stop is Stop.FACT:
            facts.append(given.right)
    sure = [(item, right) for item, right in judged if right is not None]
    unsure = len(judged) - len(sure)
    right = sum(bool(right) for _, right in sure)
    rows: list[str] = []
    spoken = []

    def add(message: str, total: int, got: int) -> None:
        all_of_them, those = teller.number(total), teller.number(got)
        message += "-one" if total == 1 else ""
        text = teller.write(message, total=all_of_them, got=those)
        rows.append(text[:1].upper() + text[1:])
        spoken.append(teller.say(message, total=all_of_them, got=those))

    if judged:
        add("result-all" if right else "result-seen", len(judged), right)
    for verdict in Verdict:
        of_kind = [bool(right) for item, right in sure if item.verdict is verdict]
        if any(of_kind):
            add(f"result-{verdict}", len(of_kind), sum(of_kind))
    if any(facts):
        add("result-facts", len(facts), sum(bool(right) for right in facts))
    if unsure:
        add("result-unsure", unsure, unsure)
    blocks = [Para(text, say=say) for text, say in zip(rows, spoken, strict=True)]
    last = Para(teller.write("result-last"), Tone.STRONG, say=teller.say("result-last"))
    return Page(
        name="result",
        language=visit.language,
        head=teller.write("result-head"),
        blocks=(*blocks, last),
        caps=teller.caps_on(),
    )


def owed(visit: Visit, station: Station, teller: Teller) -> Page:
    """One line each for what was judged without feedback: its title, safe now, and what to remember."""
    del station
    count = teller.number(len(visit.owed))
    message = "owed-intro-one" if len(visit.owed) == 1 else "owed-intro"
    intro = teller.say(message, variant="" if len(visit.owed) == 1 else str(len(visit.owed)), count=count)
    blocks: list[Block] = [Para(teller.write(message, count=count), Tone.SOFT, say=intro)]
    for each in visit.owed:
        item = visit.items[each.item]
        if isinstance(item, Scenario):
            label = teller.write(f"{item.verdict}-label")
            title, keep = teller.show(item.title), teller.show(item.remember)
            said, kept = teller.say(f"owed-{item.verdict}", title=item.title), teller.read(item.remember)
        else:
            assert isinstance(item, Fact)  # noqa: S101 - what else is measured
            choice = item.question.choices[item.question.right - 1]
            label = teller.write("fact-label")
            title, keep = teller.show(item.question.prompt), teller.show(choice.text)
            said, kept = teller.read(item.question.prompt), teller.read(choice.text)
        blocks.append(Entry(label, title, Tone.STRONG, say=said))
        blocks.append(Para(keep, indent=_indent(teller), tight=True, say=kept))
    return Page(
        name="owed",
        language=visit.language,
        head=teller.write("owed-head"),
        blocks=tuple(blocks),
        caps=teller.caps_on(),
    )


def _indent(teller: Teller) -> int:
    """Under the titles: all labels of this page are equally wide in each language."""
    label = teller.write("fact-label")
    return len(label) * (2 if label and ord(label[0]) >= 0x2E80 else 1) + 1


def goodbye(visit: Visit, station: Station, teller: Teller) -> Page:
    """Wait one night, drawn; come back."""
    del station
    return Page(
        name="goodbye",
        language=visit.language,
        head=teller.write("goodbye-head"),
        blocks=(
            Drawn(teller.write("goodbye-drawn")),
            Para(teller.write("goodbye-rule"), Tone.STRONG, say=teller.say("goodbye-rule")),
            Para(teller.write("goodbye-thanks"), say=teller.say("goodbye-thanks")),
        ),
        caps=teller.caps_on(),
    )


def leave(visit: Visit, teller: Teller) -> Page:
    """`0` on the first screen of an item: nobody leaves with an uncorrected guess unless he wants to."""
    picks = [teller.pick(Key.ONE, "leave-1"), teller.pick(Key.THREE, "leave-3")]
    if Key.TWO in live_choices(visit):
        picks.insert(1, teller.pick(Key.TWO, "leave-2"))
    return Page(
        name="leave",
        language=visit.language,
        head=teller.write("leave-head"),
        blocks=(Para(teller.write("leave-question"), Tone.STRONG, say=teller.say("leave-question")), *picks),
        caps=teller.caps(),
    )
