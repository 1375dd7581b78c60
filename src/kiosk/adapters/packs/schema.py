"""The files of a pack as models. Every scalar arrives as text; the leaf types here say what it may be.

`extra="forbid"` is why these are pydantic models: dataclasses under pydantic drop unknown keys in silence.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, RootModel
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kiosk.adapters.packs.traps import ascii_word
from kiosk.core.characters import REGIONS

FORMAT = "1"
"""The only format there is."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_PART_OF_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[a-z0-9]{2,8})*\Z")
_DIAL = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9]\Z")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,39}\Z")
_URL = re.compile(r"https?://[^\s]+\Z")


def _fault(code: str, sentence: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError(code, "{sentence}", {"sentence": sentence, "hint": hint})


def is_id(word: str) -> bool:
    """Whether a word can name an item, a card or a word of the taxonomy."""
    return len(word) <= 60 and bool(_ID.match(word))


def is_language(word: str) -> bool:
    """Whether a word can be a language code. What only names where another is read can't: `zh-tw` is `zh-Hant`."""
    return bool(_LANGUAGE.match(word)) and language_meant(word) in ("", word)


def language_meant(word: str) -> str:
    """The language that is meant by the scripts and regions of a locale's name; empty where anything else is in it."""
    root, *marks = word.lower().replace("_", "-").split("-")
    meant = (code for code, regions in REGIONS.items() if code.startswith(f"{root}-") and regions >= {*marks})
    return next(meant, "") if marks else ""


def _id(value: str) -> str:
    if is_id(value):
        return value
    proposal = re.sub(r"[^a-z0-9]+", "-", ascii_word(value).lower()).strip("-")
    hint = f"write {proposal}" if is_id(proposal) else "such as fake-police-call"
    raise _fault("not-an-id", f"'{_short(value)}' is no id: lowercase words with hyphens", hint)


def _flag(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    if not isinstance(value, str):
        return value
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(ascii_word(value).lower())
    hint = (
        f"write {meant or ascii_word(value).lower()}" if meant or ascii_word(value).lower() in ("true", "false") else ""
    )
    raise _fault("not-a-flag", f"'{_short(value)}' is neither true nor false", hint)


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdigit() and len(value) < 4 and value[0] != "0":
        return int(value)
    plain = ascii_word(value)
    hint = f"write {plain}" if plain.isascii() and plain.isdigit() and plain != value else ""
    raise _fault("not-a-number", f"'{_short(value)}' is no number from 1", hint)


def _day(value: str) -> str:
    if _DAY.match(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            raise _fault("not-a-day", f"'{value}' is no day of the calendar") from None
        return value
    parts = re.findall("[0-9]+", ascii_word(value))
    meant = _day_meant(parts) if len(parts) == 3 else ""
    raise _fault("not-a-day", f"'{_short(value)}' is no day: write it {f'as {meant}' if meant else 'like 2026-11-22'}")


def _day_meant(parts: list[str]) -> str:
    """The day that three numbers name, the year first or last; empty where it can't be told."""
    first, second, third = parts
    orders = [(first, second, third)] if len(first) == 4 else [(third, second, first), (third, first, second)]
    found = set()
    for year, month, day in orders:
        with suppress(ValueError):
            found.add(date.fromisoformat(f"{year}-{month:0>2}-{day:0>2}").isoformat())
    return found.pop() if len(found) == 1 else ""


def _matching(pattern: re.Pattern[str], code: str, sentence: str) -> Any:
    def check(value: str) -> str:
        if pattern.match(value):
            return value
        plain = ascii_word(value)
        raise _fault(code, f"'{_short(value)}' is {sentence}", f"write {plain}" if pattern.match(plain) else "")

    return AfterValidator(check)


def _language(value: str) -> str:
    if is_language(value):
        return value
    plain = ascii_word(value).replace("_", "-")
    raise _no_language(value, language_meant(plain) or (plain if is_language(plain) else ""))


def _variety(value: str) -> str:
    """As a language, but for regions: people of one can have their own way of speaking what all of them read."""
    if _LANGUAGE.match(value):
        return value
    plain = ascii_word(value).replace("_", "-")
    raise _no_language(value, next(filter(_LANGUAGE.match, (plain, plain.lower())), ""))


def _no_language(value: str, hint: str) -> PydanticCustomError:
    sentence = f"'{_short(value)}' is no language code: zh, en, zh-henan"
    return _fault("not-a-language", sentence, hint and f"write {hint}")


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"


Id = Annotated[str, AfterValidator(_id)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[int, BeforeValidator(_number)]
Day = Annotated[str, AfterValidator(_day)]
PartOfDate = Annotated[str, _matching(_PART_OF_DATE, "not-a-day", "no date: YYYY, YYYY-MM or YYYY-MM-DD")]
Language = Annotated[str, AfterValidator(_language)]
SpokenLanguage = Annotated[str, AfterValidator(_variety)]
Dial = Annotated[str, _matching(_DIAL, "not-a-phone-number", "no number to dial: digits, spaces and hyphens")]
Version = Annotated[str, _matching(_VERSION, "not-a-version", "no version: digits, letters and dots")]
Url = Annotated[str, _matching(_URL, "not-a-url", "no address: https://…")]


class Model(BaseModel):
    """A mapping with these keys and no others."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _TextSchema:
    """One text by language, and `say`: how the voice pronounces it. Which languages there may be, the pack says.

    A plain dict, not a model: there are a score of them in a scenario.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        word = core_schema.str_schema(strict=True)
        say = core_schema.typed_dict_field(core_schema.dict_schema(word, word), required=False)
        return core_schema.typed_dict_schema({"say": say}, extra_behavior="allow", extras_schema=word)


TextData = dict[str, Any]
Text = Annotated[TextData, _TextSchema()]


class Line(RootModel[Text]):
    """A text that is an entry by itself."""


class Choice(Model):
    """One answer to a question."""

    text: Text
    right: Flag = False
    why: Text | None = None
    say: dict[str, str] | None = None


Choices = Annotated[list[Choice], Field(min_length=2, max_length=3)]


class Question(Model):
    """A prompt and its choices."""

    prompt: Text
    choices: Choices


class Source(Model):
    """Where something comes from."""

    title: str
    url: Url | None = None
    publisher: str | None = None
    date: PartOfDate | None = None
    read: Day
    confirm: str | None = None


Sources = Annotated[list[Source], Field(min_length=1)]


class Variety(Model):
    """A spoken variety that shares the written text of a language."""

    id: SpokenLanguage
    text: Language
    name: str


class Pool(Model):
    """Items that measure, matched by their places."""

    A: Annotated[list[Id], Field(min_length=2)]
    B: Annotated[list[Id], Field(min_length=2)]


class Pack(Model):
    """`pack.yaml`. What a pack can be shown without is optional here; `check` asks for it."""

    format: str
    id: Id
    version: Version
    title: Text
    languages: Annotated[list[Language], Field(min_length=1)]
    varieties: list[Variety] = []
    measured: list[Pool] = []
    license: str | None = None
    publisher: str | None = None
    reviewed: Day | None = None


class Named(Model):
    """A word of the taxonomy, or a prize."""

    id: Id
    name: Text


class FraudType(Named):
    """A type of fraud, and the official type it is counted under."""

    official: Literal["service", "project", "product", "house", "insurance", "help", "other"]


class Taxonomy(Model):
    """`taxonomy.yaml`; its lists are checked entry by entry."""

    fraud_types: list[Any]
    flags: list[Any]
    channels: list[Any]
    tallies: list[Any] = []


class Card(Model):
    """An entry of `baselines.yaml`."""

    id: Id
    title: Text
    text: Text
    say: dict[str, str] | None = None
    question: Question
    sources: Sources
    reviewed: Day
    expires: Day


class See(Model):
    """What to see in a scene."""

    lines: Annotated[list[Number], Field(min_length=1)]
    flags: list[Id] = []
    why: Text | None = None


class Ask(Model):
    """Whom to ask, and what that brings to light."""

    choices: Choices
    reply: Text


class Compare(Model):
    """The card to compare with."""

    card: Id


Parts = list[
    Literal[
        "title", "scene", "see", "ask", "reply", "compare", "explain", "do", "remember", "contrast", "pages", "lesson"
    ]
]


class Scenario(Model):
    """`scenarios/<id>.yaml`."""

    verdict: Literal["fraud", "genuine"]
    fraud_type: Id | None = None
    twin: Id
    channel: Id
    level: Literal["1", "2", "3"] = "2"
    title: Text
    scene: Annotated[list[Text], Field(min_length=2, max_length=4)]
    see: See
    cue: Number
    ask: Ask
    compare: Compare
    explain: Text
    do: Text
    remember: Text
    contrast: Text | None = None
    act: Annotated[list[Literal["go", "check", "refuse"]], Field(min_length=1, max_length=3)] | None = None
    constructed: Parts = []
    sources: list[Source] = []
    reviewed: Day


class Page(Model):
    """A page of a story."""

    text: Text
    say: dict[str, str] | None = None
    speaker: Id | None = None
    pause: Question | None = None


class Lesson(Model):
    """What a story teaches, without the verbs."""

    see: Text
    ask: Text
    compare: Text


class Story(Model):
    """`stories/<id>.yaml`."""

    title: Text
    fraud_type: Id
    card: Id | None = None
    pages: Annotated[list[Page], Field(min_length=3, max_length=8)]
    lesson: Lesson
    constructed: Parts = []
    sources: list[Source] = []
    reviewed: Day


class Fact(Model):
    """An entry of `facts.yaml`."""

    id: Id
    card: Id
    form: Literal["A", "B"]
    prompt: Text | None = None
    choices: Choices | None = None


class HelpNumber(Model):
    """A number to dial."""

    number: Dial
    name: Text
    when: Text
    sources: Sources
    reviewed: Day
    expires: Day | None = None


class Help(Model):
    """`help.yaml`; its lists are checked entry by entry."""

    numbers: list[Any]
    first_minutes: list[Any]


class Saying(Model):
    """An entry of `sayings.yaml`."""

    id: Id
    kind: Literal["rhyme", "slogan", "clapper", "song", "skit"]
    text: Text
    say: dict[str, str] | None = None


class Notice(Model):
    """An entry of `notices.yaml`."""

    id: Id
    since: Annotated[Day, Field(alias="from")]
    until: Day
    text: Text
    say: dict[str, str] | None = None
    sources: Sources
