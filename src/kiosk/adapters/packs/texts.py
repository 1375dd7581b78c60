"""The texts of one item: checked for length, wording and languages, with the help numbers filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kiosk.adapters.packs import schema
from kiosk.adapters.packs.characters import Characters
from kiosk.adapters.packs.conversion import convert
from kiosk.adapters.packs.explain import Reader
from kiosk.adapters.packs.limits import WHY, Limit, excess
from kiosk.adapters.packs.nodes import Loc
from kiosk.adapters.packs.wording import Wording
from kiosk.core.items import Choice, Question, Text

_HELP = re.compile(r"\{\s*help\b[^{}]*\}?", re.IGNORECASE)
_EXACT_HELP = re.compile(r"\{help:([^{}\s]+)\}")

AS_WRITTEN: dict[str, str] = {}
"""What is spoken of nearly all texts; the same for all, as there are many."""


def are_same_words(text: str, other: str) -> bool:
    """Whether two texts in the same characters are spoken alike: quotation marks differ with the characters."""
    return list(filter(str.isalnum, text)) == list(filter(str.isalnum, other))


class Language:
    """What a pack's texts may use: its languages, its spoken varieties and its numbers to dial."""

    def __init__(self, written: Sequence[str], varieties: Sequence[str], numbers: Mapping[str, str | None]) -> None:
        self.named = tuple(written)
        """As the pack says."""
        self.characters = Characters(written)
        self.written = (*self.named, *self.characters.made)
        """With those that are made from another's characters."""
        self.spoken = (*self.written, *varieties)
        self.distinct = tuple(dict.fromkeys(map(self.read_as, self.named)))
        """Those whose words differ: of two that differ in characters alone, the one that both are spoken as."""
        self.known = frozenset(written)
        self.numbers = numbers
        """When each expires."""
        self.wording = Wording(numbers)

    def read_as(self, code: str) -> str:
        """The language that texts in this one are read in by rules of words, which know one kind of characters."""
        return self.characters.pair[1] if self.characters.pair[:1] == (code,) else code

    def finish(self, reader: Reader) -> None:
        """Make the texts that are made from others, and say of how many that is so; `reader` is that of `pack.yaml`."""
        made = self.characters
        made.fill()
        if made.pair and made.own < made.counted and (made.own or made.pair[0] in self.known):
            language, base = made.pair
            count = "1 text has its own" if made.own == 1 else f"{made.own or 'no'} texts have their own"
            message = f"{count} '{language}'; the other {made.counted - made.own} are made from '{base}'"
            reader.findings.inform(reader.document.spot(("languages",)), "made-from-other", message)


class Texts:
    """Makes the texts of one item and remembers what they have in common."""

    def __init__(self, reader: Reader, language: Language, name: str = "", *, volatile: bool = True) -> None:
        self._reader = reader
        self._language = language
        self._prefix = f"{name}/" if name else ""
        """What the parts of it that can be recorded begin with: `pack/item/`."""
        self._volatile = volatile
        """Whether volatile facts are refused here."""
        self._suspects = reader.suspects(language.wording, language.written)
        self._pair, self._take = language.characters.pair, language.characters.take
        self._missing: list[tuple[Loc, list[str]]] = []
        self._made = 0
        self.expires: list[str] = []
        """The days on which the numbers used here expire."""

    def make(
        self,
        text: schema.Text,
        loc: Loc,
        limit: Limit,
        part: str = "",
        *,
        before_verdict: bool = False,
        say: dict[str, str] | None = None,
    ) -> Text:
        """The text as a value; what is wrong with it is reported. `part` is empty for what can't be recorded."""
        own = text.pop("say", None)
        written: dict[str, str] = text
        self._made += 1
        sure = limit.sure
        for code, value in written.items():
            for word in self._suspects[code][before_verdict]:
                if word in value:
                    self._remark(written, loc, code, before_verdict)
                    break
            if "{" in value:
                value = written[code] = self._fill(value, (*loc, code))  # noqa: PLW2901 - the filled one is measured
            length = len(value)
            if length <= sure or (length <= limit.latin and value.isascii()):
                continue
            if too_long := excess(value, limit):
                self._reader.findings.error(self._reader.document.spot((*loc, code)), "too-long", too_long)
        if written.keys() != self._language.known:
            self._check_languages(written, loc)
        spoken = (
            self._speak(own or say or {}, (*loc, "say") if own else (*loc[:-1], "say")) if own or say else AS_WRITTEN
        )
        if self._pair:
            if spoken is AS_WRITTEN and self._pair[0] in written:
                spoken = {}  # what it is spoken from may be added
            self._take(written, spoken)
        return Text(written, spoken, self.part(part))

    def part(self, name: str) -> str:
        """The whole name of a part; empty for what can't be recorded."""
        return self._prefix + name if name and self._prefix else ""

    def make_optional(
        self, text: schema.Text | None, loc: Loc, limit: Limit, part: str = "", *, before_verdict: bool = False
    ) -> Text | None:
        """The text, if there is one."""
        return None if text is None else self.make(text, loc, limit, part, before_verdict=before_verdict)

    def make_choices(
        self,
        choices: Sequence[schema.Choice],
        loc: Loc,
        limit: Limit,
        part: str,
        *,
        why_needed: bool,
        before_verdict: bool = False,
    ) -> tuple[Choice, ...]:
        """The answers to a question, with exactly one that is right; their parts are `<part>-1` and so on."""
        report = self._reader.findings
        spot = self._reader.document.spot
        right = [place for place, choice in enumerate(choices) if choice.right]
        if not right:
            report.error(spot(loc), "no-right-choice", "none of these choices is right", "write right: true in one")
        for place in right[1:]:
            report.error(spot((*loc, place, "right")), "two-right-choices", "a second choice is right; there is one")
        made = []
        for place, choice in enumerate(choices):
            here = (*loc, place)
            if choice.right and choice.why:
                report.warn(spot((*here, "why")), "why-unused", "why is said of a wrong choice only")
            elif not choice.right and not choice.why:
                report_missing = report.error if why_needed else report.warn
                report_missing(spot(here), "no-why", "this wrong choice doesn't say why", "add why:")
            name = f"{part}-{place + 1}"
            text = self.make(choice.text, (*here, "text"), limit, name, before_verdict=before_verdict, say=choice.say)
            why = self.make_optional(choice.why, (*here, "why"), WHY, f"{name}-why", before_verdict=before_verdict)
            made.append(Choice(text, choice.right, why))
        return tuple(made)

    def make_question(
        self,
        question: schema.Question,
        loc: Loc,
        limits: tuple[Limit, Limit],
        parts: tuple[str, str] = ("question", "choice"),
        *,
        why_needed: bool,
        before_verdict: bool = False,
    ) -> Question:
        """A prompt and its choices; `limits` and `parts` are theirs."""
        prompt = self.make(question.prompt, (*loc, "prompt"), limits[0], parts[0], before_verdict=before_verdict)
        choices = self.make_choices(
            question.choices,
            (*loc, "choices"),
            limits[1],
            parts[1],
            why_needed=why_needed,
            before_verdict=before_verdict,
        )
        return Question(prompt, choices)

    def languages(self, among: Sequence[str] | None = None) -> tuple[str, ...]:
        """Those in which every text is there (of `among`); the others are reported."""
        if not self._missing:
            return tuple(among or self._language.written)
        missing = {code for _, codes in self._missing for code in codes}
        document, findings = self._reader.document, self._reader.findings
        for code in (code for code in self._language.named if code in missing):
            effect = f"where '{code}' is offered, the item is not shown"
            places = [loc for loc, codes in self._missing if code in codes]
            if len(places) == self._made:
                findings.inform(document.spot(places[0]), "missing-language", f"no text here is in '{code}': {effect}")
                continue
            for loc in places:
                findings.inform(document.spot(loc), "missing-language", f"this text is not in '{code}': {effect}")
        return tuple(code for code in (among or self._language.written) if code not in missing)

    def _check_languages(self, written: Mapping[str, str], loc: Loc) -> None:
        """Some language is missing, or is not the pack's."""
        for code in written:
            if code not in self._language.written:
                self._reader.unknown_key((*loc, code), (*self._language.written, "say"))
        pair = self._language.characters.pair
        made = pair if any(code in written for code in pair) else ()
        missing = [code for code in self._language.written if code not in written and code not in made]
        if missing:
            self._missing.append((loc, missing))
        if not written:
            self._reader.findings.error(self._reader.document.spot(loc), "empty-text", "this text has no language")

    def _remark(self, written: Mapping[str, str], loc: Loc, code: str, before_verdict: bool) -> None:
        """Warn of what breaks a rule of wording, in the characters that it is written in."""
        text, read_as = written[code], self._language.read_as(code)
        if read_as != code:
            text = convert([text], read_as)[0]
            dialled = [_EXACT_HELP.sub(r"\1", each) for each in (text, written.get(read_as, ""))]
            if are_same_words(*dialled):
                return  # it is told of that one
        bare = _HELP.sub("", text)
        wording = self._language.wording
        for remark in wording.remarks(bare, read_as, before_verdict=before_verdict, volatile=self._volatile):
            told = remark if read_as == code else convert(remark, code)
            self._reader.findings.warn(self._reader.document.spot((*loc, code)), *told)

    def _speak(self, spoken: Mapping[str, str], loc: Loc) -> dict[str, str]:
        made = {}
        for code, value in spoken.items():
            if code not in self._language.spoken:
                self._reader.unknown_key((*loc, code), self._language.spoken)
            made[code] = self._fill(value, (*loc, code)) if "{" in value else value
        return made

    def _fill(self, value: str, loc: Loc) -> str:
        """The text with `{help:110}` replaced."""

        def number(match: re.Match[str]) -> str:
            exact = _EXACT_HELP.fullmatch(match.group())
            name = exact.group(1) if exact else ""
            if name not in self._language.numbers:
                known = ", ".join(self._language.numbers) or "none"
                self._reader.findings.error(
                    self._reader.document.spot(loc),
                    "unknown-number",
                    f"{match.group()} names no number of help.yaml",
                    f"known are {known}" if exact else "write {help:110}",
                )
                return match.group()
            expires = self._language.numbers[name]
            self.expires += [expires] if expires else []
            return name

        return _HELP.sub(number, value)
