"""From text to plain data with a place for every scalar, by libyaml's events.

Nothing is composed and nothing is typed: every scalar stays text. Composing deep nesting crashes PyYAML's C loader, and
even as events flow nesting costs quadratic time, so reading stops at the depth limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from sys import intern
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kiosk.adapters.packs.findings import NOWHERE, Findings, Spot
from kiosk.adapters.packs.folding import join_lines, quoted
from kiosk.adapters.packs.traps import key_in_text, quotation

DEEPEST = 12
"""Mappings and lists inside each other."""
MOST_NODES = 60_000
"""Entries of mappings and lists in one file; a thousand cards have fewer."""

Loc = Sequence[str | int]
"""The way to a value: keys and 0-based places."""
Place = tuple[Any, Any, Any]
"""Where a value is: the mark of its key (None in a list), its own mark (its key's, if it is empty), and the places of
its parts, by key or number (None for a scalar). Marks are libyaml's: `line`, `column` and `index`, all from 0."""

Loader: Any = getattr(yaml.cyaml, "CParser", yaml.SafeLoader) if yaml.__with_libyaml__ else yaml.SafeLoader
"""Used for its events only."""
_BEFORE_VALUE = " \t\n[{,"


class Document:
    """One file as data, and the way from data back to a line."""

    def __init__(self, text: str, data: Any, root: Place, empties: int = 0) -> None:
        self.text = text
        self.data = data
        """Dicts, lists and non-empty strings; an empty scalar is left out of its mapping, and "" in a list."""
        self.empties = empties
        """How many keys have no value."""
        self._root = root
        self._lines: list[str] = []
        """Once they are asked for: a file can have a mistake in each of a hundred thousand."""

    def line(self, number: int) -> str:
        """A line of the text, from 1."""
        if not self._lines:
            self._lines = self.text.split("\n")
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def spot(self, loc: Loc) -> Spot:
        """Where the value is; where its key is if it is empty; else where the nearest thing around it is."""
        place = self._root
        for step in loc:
            try:
                place = place[2][step]
            except (KeyError, IndexError, TypeError):
                break
        return _spot(place[1])

    def key_spot(self, loc: Loc) -> Spot:
        """Where the last key of the way is; where the value is if it is in a list."""
        place = self._place(loc)
        return self.spot(loc) if place is None or place[0] is None else _spot(place[0])

    def has(self, loc: Loc) -> bool:
        """Whether there is such a key, though its value may be empty."""
        return self._place(loc) is not None

    def empty_keys(self) -> Iterator[tuple[str | int, ...]]:
        """The ways to the keys without a value."""
        waiting: list[tuple[tuple[str | int, ...], Place]] = [((), self._root)]
        while waiting:
            loc, (key_mark, mark, parts) = waiting.pop()
            if parts is None:
                if key_mark is mark and loc:
                    yield loc
                continue
            named = parts.items() if isinstance(parts, dict) else enumerate(parts)
            waiting.extend(((*loc, step), part) for step, part in named)

    def _place(self, loc: Loc) -> Place | None:
        place = self._root
        for step in loc:
            try:
                place = place[2][step]
            except (KeyError, IndexError, TypeError):
                return None
        return place


def _spot(mark: Any) -> Spot:
    return NOWHERE if mark is None else (mark.line + 1, mark.column + 1)


class TooDeepError(Exception):
    """Nothing after this can be read."""


def parse(text: str, findings: Findings) -> Document:
    """Read one document. Raises `yaml.YAMLError` where it is no YAML and `TooDeepError` where reading must stop.

    Everything that YAML allows and packs do not is reported and passed over.
    """
    loader = Loader(text)
    try:
        return _Reader(text, loader.get_event, findings).document()
    finally:
        loader.dispose()


def scalars(text: str) -> Iterator[Any]:
    """The scalar events of a text that was parsed already, in the order of the file."""
    loader = Loader(text)
    try:
        while type(event := loader.get_event()) is not StreamEndEvent:
            if type(event) is ScalarEvent:
                yield event
    finally:
        loader.dispose()


class _Reader:
    """Works through the events. Its two loops are most of the time that a check takes."""

    def __init__(self, text: str, next_event: Any, findings: Findings) -> None:
        self._text = text
        self._next = next_event
        self._findings = findings
        self._nodes = 0
        self._empties = 0
        self._is_odd = _has_signs(text)
        """Whether there can be a backslash, an anchor, a tag or an alias at all."""

    def document(self) -> Document:
        self._next()
        start = self._next()
        if type(start) is StreamEndEvent:
            return Document(self._text, None, (None, None, None))
        if start.version or start.tags:
            self._findings.error((1, 1), "directive", "directives (%…) are not used in packs", "delete the line")
        event = self._next()
        data, parts = self._node(event, 0)
        self._next()
        after = self._next()
        if type(after) is not StreamEndEvent:
            message = "a second document begins here; a file holds one"
            self._findings.error(_spot(after.start_mark), "second-document", message, "delete the line ---")
        return Document(self._text, data, (None, event.start_mark, parts), self._empties)

    def _node(self, event: Any, depth: int) -> tuple[Any, Any]:
        """A value and the places of its parts."""
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event), None
        if kind is MappingStartEvent:
            return self._mapping(event, depth + 1)
        if kind is SequenceStartEvent:
            return self._list(event, depth + 1)
        self._refuse_alias(event)
        return "", None

    def _mapping(self, start: Any, depth: int) -> tuple[dict[str, Any], dict[str, Place]]:
        room = self._enter(start, depth)
        data: dict[str, Any] = {}
        places: dict[str, Place] = {}
        next_event, is_odd = self._next, self._is_odd
        scalar, end = ScalarEvent, MappingEndEvent  # globals cost a tenth of this loop
        for _ in range(room):
            event = next_event()
            kind = type(event)
            if kind is end:
                break
            if kind is not scalar:
                self._refuse_key(event, depth)
                continue
            key_mark: Any = event.start_mark
            key = intern(self._scalar(event) if is_odd else event.value)  # there are few, thousands of times
            value = next_event()
            mark: Any = value.start_mark
            parts = None
            kind = type(value)
            if kind is not scalar:
                made, parts = self._node(value, depth)
            elif is_odd or mark.line != value.end_mark.line:
                made = self._scalar(value)
            else:
                made = value.value
            if key in places:
                first = places[key][0].line + 1
                message = f"'{_short(key)}' stands here a second time (first in line {first})"
                self._findings.error(_spot(key_mark), "repeated-key", message)
            elif made != "":
                data[key] = made
                places[key] = (key_mark, mark, parts)
            else:
                places[key] = (key_mark, key_mark, None)
                self._empties += 1
        else:
            self._stop(start)
        self._nodes += len(places)
        return data, places

    def _list(self, start: Any, depth: int) -> tuple[list[Any], list[Place]]:
        room = self._enter(start, depth)
        data: list[Any] = []
        places: list[Place] = []
        for _ in range(room):
            event = self._next()
            if type(event) is SequenceEndEvent:
                break
            made, parts = self._node(event, depth)
            data.append(made)
            places.append((None, event.start_mark, parts))
        else:
            self._stop(start)
        self._nodes += len(data)
        return data, places

    def _enter(self, event: Any, depth: int) -> int:
        """How many values may still come."""
        if depth > DEEPEST:
            message = f"more than {DEEPEST} levels inside each other"
            self._findings.error(_spot(event.start_mark), "too-deep", message)
            raise TooDeepError
        if self._nodes > MOST_NODES:
            self._stop(event)
        if self._is_odd:
            self._refuse_marks(event)
        return MOST_NODES - self._nodes + 1

    def _stop(self, event: Any) -> None:
        message = f"more than {MOST_NODES:,} values in one file"
        self._findings.error(_spot(event.start_mark), "too-many-values", message, "split it")
        raise TooDeepError

    def _scalar(self, event: Any) -> str:
        value: str = event.value
        start, end = event.start_mark, event.end_mark
        if self._is_odd:
            self._refuse_marks(event)
        if self._is_odd and event.style == '"' and "\\" in (raw := self._text[start.index : end.index]):
            shown = raw[1:-1].replace('\\"', '"')
            self._findings.error(
                _spot(start),
                "backslash",
                "a backslash in double quotes is not used: write the character itself",
                f"speech inside stands in “ ”: {quoted(shown)}" if "\\" not in shown else "",
            )
        if start.line == end.line:
            return value
        value = join_lines(self._text[start.index : end.index], event.style or "")
        if self._has_key_inside(start, end):
            return value
        if value and start.line < end.line:
            lines = end.line - start.line + (event.style not in ("|", ">"))
            message = f"this text runs over {lines} lines; one text is one line"
            self._findings.warn(_spot(start), "folded-text", message, f"write {quoted(_short(value, 200))}")
        return value

    def _has_key_inside(self, start: Any, end: Any) -> bool:
        """Whether a line of this text was meant as a key of its own; that is reported."""
        lines = self._text[start.index : end.index].split("\n")
        for number, line in enumerate(lines[1:], start.line + 2):
            if repair := key_in_text(line):
                self._findings.error((number, repair.column), repair.code, repair.message, repair.hint)
                return True
        return False

    def _refuse_marks(self, event: Any) -> None:
        spot = _spot(event.start_mark)
        if event.anchor:
            message = f"'&{_short(event.anchor)}' is an anchor, and packs have none"
            self._findings.error(spot, "anchor", message, self._as_text(event, "&"))
        if event.tag:
            message = f"'{_short(event.tag)}' is a tag, and packs have none: every value is text"
            self._findings.error(spot, "tag", message, self._as_text(event, "!"))

    def _refuse_alias(self, event: Any) -> None:
        message = f"'*{_short(event.anchor)}' is an alias, and packs have none"
        self._findings.error(_spot(event.start_mark), "alias", message, self._as_text(event, "*"))

    def _as_text(self, event: Any, sign: str) -> str:
        """The line as it should be if the sign was meant as a letter."""
        mark = event.start_mark
        end = self._text.find("\n", mark.index)
        line = self._text[mark.index - mark.column : end if end >= 0 else None]
        repair = quotation(line) if line[mark.column : mark.column + 1] == sign else None
        return repair.hint if repair else f"a text that begins with {sign} stands in double quotes"

    def _refuse_key(self, event: Any, depth: int) -> None:
        message = "a key is a word, followed by a colon and a space"
        self._findings.error(_spot(event.start_mark), "key-not-text", message)
        if type(event) is not AliasEvent:
            self._node(event, depth)
        self._node(self._next(), depth)


def _has_signs(text: str) -> bool:
    """Whether there is a backslash, or a sign that could begin an anchor, a tag or an alias."""
    if "\\" in text:
        return True
    for sign in "&!*":
        at = text.find(sign)
        while at >= 0:
            if at == 0 or text[at - 1] in _BEFORE_VALUE:
                return True
            at = text.find(sign, at + 1)
    return False


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
