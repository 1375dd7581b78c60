"""From the models of a pack's files to the core's values, with the checks that need more than one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from kiosk.adapters.packs import limits, schema
from kiosk.adapters.packs.explain import Reader
from kiosk.adapters.packs.nodes import Loc
from kiosk.adapters.packs.texts import AS_WRITTEN, Language, Texts
from kiosk.adapters.packs.vocabulary import Vocabulary
from kiosk.core.characters import SPOKEN_AS
from kiosk.core.items import Act, Card, Fact, Lesson, Question, Scenario, Story, StoryPage, Text, Verdict

_ACTS = {Verdict.FRAUD: (Act.CHECK, Act.REFUSE), Verdict.GENUINE: (Act.GO, Act.CHECK)}
_QUESTION = (limits.PROMPT, limits.CHOICE)


V = TypeVar("V", bound=Scenario | Fact | Story)


class Made(NamedTuple, Generic[V]):
    """An item with what the index says about it."""

    value: V
    languages: tuple[str, ...]
    expires: str | None


class MadeCard(NamedTuple):
    """A card that items can rest on."""

    value: Card
    languages: tuple[str, ...]
    expires: str


class Words(NamedTuple):
    """What the items of one pack may name."""

    pack: str
    version: str
    language: Language
    fraud_types: Vocabulary[Text]
    flags: Vocabulary[Text]
    channels: Vocabulary[Text]
    cards: Vocabulary[MadeCard]
    flag_rows: dict[tuple[str, ...], Text]
    """Names of flags in a row that fit: many items have the same."""

    def id(self, word: str) -> str:
        """The name that is used outside the pack."""
        return f"{self.pack}/{word}"


def make_card(model: schema.Card, loc: Loc, reader: Reader, pack: str, language: Language) -> MadeCard:
    """An entry of `baselines.yaml`. All of it is shown before the verdict."""
    name = f"{pack}/{model.id}"
    texts = Texts(reader, language, name, volatile=False)
    title = texts.make(model.title, (*loc, "title"), limits.TITLE, "title", before_verdict=True)
    text = texts.make(model.text, (*loc, "text"), limits.EXPLAIN, "text", before_verdict=True, say=model.say)
    question = texts.make_question(model.question, (*loc, "question"), _QUESTION, why_needed=False, before_verdict=True)
    card = Card(name, title, text, question, min([model.expires, *texts.expires]))
    return MadeCard(card, texts.languages(), card.expires or model.expires)


def make_scenario(model: schema.Scenario, name: str, reader: Reader, words: Words) -> Made[Scenario] | None:
    """A scenario by itself: what it takes from its twin is added by `pair_up`."""
    texts = Texts(reader, words.language, words.id(name))
    verdict = Verdict(model.verdict)
    title = texts.make(model.title, ("title",), limits.TITLE, "title")
    scene = tuple(
        texts.make(line, ("scene", place), limits.SCENE_LINE, f"scene-{place + 1}", before_verdict=True)
        for place, line in enumerate(model.scene)
    )
    see_why = _see_why(model, texts, reader, words)
    ask = texts.make_choices(
        model.ask.choices, ("ask", "choices"), limits.CHOICE, "ask", why_needed=True, before_verdict=True
    )
    reply = texts.make(model.ask.reply, ("ask", "reply"), limits.WHY, "ask-reply", before_verdict=True)
    explain = texts.make(model.explain, ("explain",), limits.EXPLAIN, "explain")
    do = texts.make(model.do, ("do",), limits.WHY, "do")
    remember = texts.make(model.remember, ("remember",), limits.REMEMBER, "remember")
    contrast = texts.make_optional(model.contrast, ("contrast",), limits.EXPLAIN, "contrast")
    _check_scenario(model, reader, words)
    card = words.cards.find(model.compare.card, ("compare", "card"), reader)
    if card is None or see_why is None:
        return None
    value = Scenario(
        id=words.id(name),
        pack_version=words.version,
        verdict=verdict,
        fraud_type=model.fraud_type or "",
        twin=words.id(model.twin),
        channel=model.channel,
        level=int(model.level),
        title=title,
        scene=scene,
        see_lines=tuple(sorted(set(model.see.lines))),
        see_why=see_why,
        cue=model.cue,
        ask=ask,
        reply=reply,
        card=card.value,
        explain=explain,
        do=do,
        remember=remember,
        contrast=contrast,
        act=tuple(Act(word) for word in model.act) if model.act else _ACTS[verdict],
    )
    languages = tuple(code for code in texts.languages(card.languages) if code in see_why.written)
    return Made(value, languages, _earliest(card, texts))


def _see_why(model: schema.Scenario, texts: Texts, reader: Reader, words: Words) -> Text | None:
    """`see.why`, or the names of the flags in a row."""
    flags = tuple(model.see.flags)
    if not model.see.why and flags in words.flag_rows:
        return words.flag_rows[flags]._replace(part=texts.part("see-why"))
    names = [words.flags.find(flag, ("see", "flags", place), reader) for place, flag in enumerate(flags)]
    if model.see.why:
        return texts.make(model.see.why, ("see", "why"), limits.WHY, "see-why")
    known = [name for name in names if name]
    if not names:
        spot = reader.document.spot(("see",))
        reader.findings.error(spot, "missing", "'see' needs flags or why", "name what to see in these lines")
    if not names or len(known) < len(names):
        return None
    common = [code for code in known[0].written if all(code in name.written for name in known)]
    joined = {code: ("、" if code[:2] == "zh" else ", ").join(name.written[code] for name in known) for code in common}
    before = reader.findings.errors
    for code, text in joined.items():
        if code in words.language.known and (too_long := limits.excess(text, limits.WHY)):
            spot = reader.document.spot(("see", "flags"))
            message = f"the names of these flags in '{code}' together are {too_long}"
            reader.findings.error(spot, "too-long", message, "name fewer, or write see.why")
    own = {code: base for code, base in SPOKEN_AS.items() if any(code in name.spoken for name in known)}
    spoken = {code: "、".join(name.spoken.get(code) or name.say(base) for name in known) for code, base in own.items()}
    row = Text(joined, spoken or AS_WRITTEN)
    if reader.findings.errors == before:
        words.flag_rows[flags] = row
    return row._replace(part=texts.part("see-why"))


def _check_scenario(model: schema.Scenario, reader: Reader, words: Words) -> None:
    report, spot = reader.findings, reader.document.spot
    last = len(model.scene)
    for place, line in enumerate(model.see.lines):
        if line > last:
            report.error(
                spot(("see", "lines", place)), "no-such-line", f"there is no line {line}; the scene has {last}"
            )
    if model.cue > last:
        report.error(spot(("cue",)), "no-such-line", f"there is no line {model.cue}; the scene has {last}")
    elif model.verdict == "fraud" and model.cue not in model.see.lines:
        report.warn(
            spot(("cue",)), "cue-not-seen", f"line {model.cue} is not in see.lines, though the verdict points at it"
        )
    words.channels.find(model.channel, ("channel",), reader)
    if model.fraud_type:
        words.fraud_types.find(model.fraud_type, ("fraud_type",), reader)
    if model.verdict == "fraud" and not model.fraud_type:
        report.error(spot(("verdict",)), "missing", "'fraud_type' is missing")
    if model.verdict == "genuine" and model.fraud_type:
        message = "a genuine item has no fraud_type: it counts under its twin's"
        report.error(reader.document.key_spot(("fraud_type",)), "not-here", message, "delete the line")
    if model.act and len(set(model.act)) < len(model.act):
        report.error(spot(("act",)), "repeated-word", "an action stands here twice")
    check_sources(model.sources, model.constructed, reader)


def make_story(model: schema.Story, name: str, reader: Reader, words: Words) -> Made[Story] | None:
    """A story with its card, if it has one."""
    texts = Texts(reader, words.language, words.id(name))
    title = texts.make(model.title, ("title",), limits.TITLE, "title")
    pages = tuple(_page(page, ("pages", place), texts, f"page-{place + 1}") for place, page in enumerate(model.pages))
    lesson = Lesson(
        *(
            texts.make(getattr(model.lesson, verb), ("lesson", verb), limits.WHY, f"lesson-{verb}")
            for verb in ("see", "ask", "compare")
        )
    )
    words.fraud_types.find(model.fraud_type, ("fraud_type",), reader)
    check_sources(model.sources, model.constructed, reader)
    card = words.cards.find(model.card, ("card",), reader) if model.card else None
    if model.card and card is None:
        return None
    value = Story(words.id(name), words.version, model.fraud_type, title, pages, lesson, card.value if card else None)
    return Made(value, texts.languages(card.languages if card else None), _earliest(card, texts))


def _page(model: schema.Page, loc: Loc, texts: Texts, part: str) -> StoryPage:
    text = texts.make(model.text, (*loc, "text"), limits.STORY_PAGE, part, say=model.say)
    parts = f"{part}-prompt", f"{part}-choice"
    pause = (
        texts.make_question(model.pause, (*loc, "pause"), _QUESTION, parts, why_needed=True) if model.pause else None
    )
    return StoryPage(text, model.speaker, pause)


def make_fact(model: schema.Fact, loc: Loc, reader: Reader, words: Words) -> Made[Fact] | None:
    """A card's question, or one of its own, asked as a fact."""
    texts = Texts(reader, words.language, words.id(model.id))
    card = words.cards.find(model.card, (*loc, "card"), reader)
    own = _own_question(model, loc, texts, reader)
    if card is None:
        return None
    value = Fact(words.id(model.id), words.version, model.form, own or card.value.question, card.value)
    return Made(value, texts.languages(card.languages), _earliest(card, texts))


def _own_question(model: schema.Fact, loc: Loc, texts: Texts, reader: Reader) -> Question | None:
    if model.prompt and model.choices:
        question = schema.Question.model_construct(prompt=model.prompt, choices=model.choices)
        return texts.make_question(question, loc, _QUESTION, why_needed=False, before_verdict=True)
    if model.prompt or model.choices:
        lacking = "choices" if model.prompt else "prompt"
        reader.findings.error(
            reader.document.spot(loc), "missing", f"'{lacking}' is missing beside the fact's own question"
        )
    return None


def check_sources(sources: Sequence[schema.Source], constructed: Sequence[str], reader: Reader) -> None:
    """An item says where it comes from or what in it is invented."""
    if not sources and not constructed:
        spot = reader.document.spot(("sources",))
        reader.findings.error(spot, "no-source", "'sources' is missing", "or say in 'constructed' what is invented")


def _earliest(card: MadeCard | None, texts: Texts) -> str | None:
    return min([*texts.expires, *([card.expires] if card else [])], default=None)
