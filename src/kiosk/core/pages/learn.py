"""Practice: see, ask, compare, decide, and what each brings to light."""

from __future__ import annotations

from kiosk.core.items import Verdict
from kiosk.core.keys import CHOICES, Key
from kiosk.core.page import Block, Drawn, Entry, Page, Para, Pick, Steps, Tone
from kiosk.core.pages.measured import INDENT, question_picks, verdict_picks
from kiosk.core.script import Station, Stop
from kiosk.core.settings import RoundSize
from kiosk.core.speech import Utterance
from kiosk.core.visit import Visit, answer_of, choices, is_lapsed, scenario
from kiosk.core.wording import SHORT_PAUSE, Teller, joined

_STEP = {
    Stop.SEE: 0,
    Stop.SEEN: 0,
    Stop.ASK: 1,
    Stop.ASKED: 1,
    Stop.COMPARE: 2,
    Stop.COMPARED: 2,
    Stop.DECIDE: 3,
    Stop.VERDICT: 3,
    Stop.WHY: 3,
}


def _page(name: str, visit: Visit, station: Station, teller: Teller, blocks: tuple[Block, ...], *, go_on: bool) -> Page:
    short = visit.settings.round_size is RoundSize.SHORT
    names = ("step-see", "step-decide") if short else ("step-see", "step-ask", "step-compare", "step-decide")
    current = min(_STEP[station.stop], len(names) - 1)
    written = [teller.write(each) for each in names]
    written[current] = written[current].upper()  # Han has no case: there the brackets and reverse video tell
    return Page(
        name=name,
        language=visit.language,
        head=teller.write("practice-head", part=station.part, parts=station.parts),
        steps=Steps(tuple(written), current),
        blocks=blocks,
        caps=teller.caps_on() if go_on else teller.caps(),
    )


def _numbered(visit: Visit, station: Station, teller: Teller, *, spoken: bool) -> tuple[Pick, ...]:
    item = scenario(visit, station)
    return tuple(
        Pick(key, teller.show(line), say=teller.choice(key, line) if spoken else ())
        for key, line in zip(CHOICES, item.scene, strict=False)
    )


def _watched(visit: Visit, station: Station, teller: Teller) -> Para:
    """The line that counts stays on the screen through ask, compare and decide."""
    item = scenario(visit, station)
    line = item.scene[_line_to_watch(visit, station) - 1]
    return Para(teller.show(line), indent=INDENT)


def _line_to_watch(visit: Visit, station: Station) -> int:
    item = scenario(visit, station)
    return item.cue if item.cue in item.see_lines else item.see_lines[-1]


def _opening(station: Station, teller: Teller) -> tuple[Utterance, ...]:
    three_steps = teller.say("three-steps") if station.part == 1 else ()
    number = teller.ordinal(station.part)
    return joined(three_steps, teller.say("case-number", variant=str(station.part), number=number))


def answered(visit: Visit, station: Station, teller: Teller) -> tuple[Utterance, ...]:
    """A soft tone before the words about an answer, where it was right or another is better; not on looking back."""
    given = answer_of(visit, station)
    if given is None or given.right is None or visit.looking is not None or not visit.settings.tones:
        return ()
    return (teller.tone("right" if given.right else "again"),)


def see(visit: Visit, station: Station, teller: Teller) -> Page:
    """The scene: its lines are the choices, each painted when its sentence starts."""
    lines = _numbered(visit, station, teller, spoken=True)
    given = answer_of(visit, station)
    if given is not None:
        lines = tuple(pick._replace(chosen=given.place == int(pick.key)) for pick in lines)
    painted = visit.painted
    if painted is not None:
        lines = tuple(
            pick if place < painted else pick._replace(text="", live=False) for place, pick in enumerate(lines)
        )
    none = Pick(Key.SIX, teller.write("see-none"), chosen=given is not None and given.place == 0)
    question = Para(teller.write("see-question"), Tone.STRONG, say=teller.say("see-question"))
    page = _page("see", visit, station, teller, (*lines, none, question), go_on=False)
    return page._replace(opening=_opening(station, teller))


_SEEN_OTHER = ("seen-other", "seen-other-many")
"""Of another line than the one, or the several, that need care."""

_SEEN_NONE = {
    Verdict.FRAUD: ("seen-none", "seen-none-many"),
    Verdict.GENUINE: ("seen-none-genuine", "seen-none-genuine-many"),
}
"""Likewise of "none", which is right of a genuine case as well."""


def seen(visit: Visit, station: Station, teller: Teller) -> Page:
    """The lines to watch are marked, and why."""
    item = scenario(visit, station)
    given = answer_of(visit, station)
    line = given.place if given else 0
    lines = tuple(
        pick._replace(live=False, care=int(pick.key) in item.see_lines, chosen=int(pick.key) == line)
        for pick in _numbered(visit, station, teller, spoken=False)
    )
    if line in item.see_lines:
        message = "seen-right"
    elif line:
        message = _SEEN_OTHER[len(item.see_lines) > 1]  # which tells no verdict
    else:
        message = _SEEN_NONE[item.verdict][len(item.see_lines) > 1]
    numbers = teller.write("list-separator").join(str(number) for number in item.see_lines)
    text = teller.write(message, lines=numbers, why=teller.show(item.see_why))
    variant = "" if message == "seen-right" else "-".join(map(str, item.see_lines))
    said = teller.say(message, variant=variant, lines=numbers, why=item.see_why)
    feedback = Para(text, Tone.STRONG, say=said)
    page = _page("seen", visit, station, teller, (*lines, feedback), go_on=True)
    page = page._replace(opening=answered(visit, station, teller))
    return page._replace(closing=teller.say("go-on-say")) if station.part == 1 else page


def ask(visit: Visit, station: Station, teller: Teller) -> Page:
    """Whom to ask, and by which number."""
    blocks: tuple[Block, ...] = (
        _watched(visit, station, teller),
        Para(teller.write("ask-question"), Tone.STRONG, say=teller.say("ask-question")),
        *question_picks(visit, station, teller),
    )
    return _page("ask", visit, station, teller, blocks, go_on=False)


def chosen(visit: Visit, station: Station, teller: Teller) -> tuple[Block, ...]:
    """The visitor's choice, and the why of one that was not right."""
    given = answer_of(visit, station)
    shown = choices(visit, station)
    key, _, choice = next((each for each in shown if given and each[1] == given.place), shown[0])
    mine = Pick(key, teller.show(choice.text), live=False, chosen=True)
    if choice.right or choice.why is None:
        return (mine,)
    return mine, Para(teller.show(choice.why), say=teller.read(choice.why))


def better(visit: Visit, station: Station, teller: Teller) -> tuple[Block, ...]:
    """After a choice that many make: the better one."""
    given = answer_of(visit, station)
    if given is not None and given.right:
        return ()
    key, _, choice = next(each for each in choices(visit, station) if each[2].right)
    return (
        Para(teller.write("better-way"), Tone.SOFT, say=teller.say("better-way")),
        Pick(key, teller.show(choice.text), live=False, tight=True, say=teller.read(choice.text)),
    )


def asked(visit: Visit, station: Station, teller: Teller) -> Page:
    """What asking the right way brings to light."""
    item = scenario(visit, station)
    given = answer_of(visit, station)
    right = given is not None and bool(given.right)
    praise = teller.say("asked-right", SHORT_PAUSE) if right else ()
    blocks: tuple[Block, ...] = (
        *chosen(visit, station, teller),
        *better(visit, station, teller),
        Para(teller.show(item.reply), Tone.STRONG, say=joined(praise, teller.read(item.reply))),
        Para(teller.write("ask-rule"), say=teller.say("ask-rule")),
    )
    page = _page("asked", visit, station, teller, blocks, go_on=True)
    return page._replace(opening=answered(visit, station, teller))


def compare(visit: Visit, station: Station, teller: Teller) -> Page:
    """What does the real one do? The card is the answer, not the question."""
    prompt = scenario(visit, station).card.question.prompt
    text = teller.write("compare-question", prompt=teller.show(prompt))
    blocks: tuple[Block, ...] = (
        _watched(visit, station, teller),
        Para(text, Tone.STRONG, say=teller.say("compare-question", prompt=prompt)),
        *question_picks(visit, station, teller),
    )
    return _page("compare", visit, station, teller, blocks, go_on=False)


def compared(visit: Visit, station: Station, teller: Teller) -> Page:
    """The card, and whether this case matches it."""
    item = scenario(visit, station)
    matches = "compare-matches" if item.verdict is Verdict.GENUINE else "compare-differs"
    lapsed = is_lapsed(visit, item.id)
    staff = (Para(teller.write("ask-staff"), Tone.SOFT, say=teller.say("ask-staff")),) if lapsed else ()
    text = item.card.text
    real = joined(teller.say("compare-real", SHORT_PAUSE), teller.read(text))
    blocks: tuple[Block, ...] = (
        *chosen(visit, station, teller),
        Entry(teller.write("compare-real"), teller.show(text), say=real),
        Para(teller.write(matches), Tone.STRONG, say=teller.say(matches)),
        *staff,
    )
    page = _page("compared", visit, station, teller, blocks, go_on=True)
    return page._replace(opening=answered(visit, station, teller))


def decide(visit: Visit, station: Station, teller: Teller) -> Page:
    """Scam, real, or not sure: checking first is praised and never scored."""
    given = answer_of(visit, station)
    chosen = given.place if given else 0
    unsure = teller.pick(Key.THREE, "verdict-3")._replace(chosen=chosen == 3)
    message = "decide-question-short" if visit.settings.round_size is RoundSize.SHORT else "decide-question"
    blocks: tuple[Block, ...] = (
        _watched(visit, station, teller),
        Para(teller.write(message), Tone.STRONG, say=teller.say(message)),
        *verdict_picks(teller, chosen),
        unsure,
    )
    return _page("decide", visit, station, teller, blocks, go_on=False)


def verdict(visit: Visit, station: Station, teller: Teller) -> Page:
    """Drawn large; whether it was recognised; the line that shows it."""
    item = scenario(visit, station)
    given = answer_of(visit, station)
    outcome = "unsure" if given is None or given.right is None else "right" if given.right else "wrong"
    message = "verdict-unsure" if outcome == "unsure" else f"{item.verdict}-{outcome}"
    cue = item.scene[item.cue - 1]
    label = f"{item.verdict}-cue"
    blocks: tuple[Block, ...] = (
        Drawn(teller.write(f"{item.verdict}-drawn"), say=teller.say(f"{item.verdict}-drawn")),
        Para(teller.write(message), Tone.STRONG, centred=True, say=teller.say(message)),
        Para(teller.write(label), Tone.SOFT, say=teller.say(label, SHORT_PAUSE)),
        Para(teller.show(cue), indent=INDENT, tight=True, say=teller.read(cue)),
    )
    page = _page("verdict", visit, station, teller, blocks, go_on=True)
    return page._replace(opening=answered(visit, station, teller))


def why(visit: Visit, station: Station, teller: Teller) -> Page:
    """Why, what to do, one line to keep; after the second of two twins, the contrast."""
    item = scenario(visit, station)
    rows = (
        ("why-label", item.explain, False),
        ("do-label", item.do, True),
        ("keep-label", item.remember, True),
    )
    blocks: list[Block] = [
        Entry(
            teller.write(label),
            teller.show(text),
            say=joined(teller.say(label, SHORT_PAUSE) if spoken else (), teller.read(text)),
        )
        for label, text, spoken in rows
    ]
    if station.second and item.contrast is not None:
        blocks.append(Para(teller.show(item.contrast), Tone.STRONG, say=teller.read(item.contrast)))
    return _page("why", visit, station, teller, tuple(blocks), go_on=True)
