"""From text to plain data with a place for every scalar, by libyaml's events.

Nothing is composed and nothing is typed: every scalar stays text. Composing deep nesting crashes PyYAML's C loader, and
even as events flow nesting costs quadratic time, so reading stops at the depth limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
from kiosk.adapters.packs.traps import quotation

DEEPEST = 12
"""Mappings and lists inside each other."""
MOST_NODES = 60_000
"""Keys and values of one file; a thousand cards have fewer."""

Loc = Sequence[str | int]
"""The way to a value: keys and 0-based places."""

_SIGN = re.compile(r"[\\&!*]")
_BEFORE_VALUE = " \t\n[{,"

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Used for its events only."""


class Branch:
    """Where a mapping or a list stands, and where its parts do."""

    __slots__ = ("keys", "mark", "parts")

    def __init__(self, mark: Mark, keys: dict[str, Mark] | None, parts: Any) -> None:
        self.mark = mark
        self.keys = keys
        """Of a mapping: where each key is, also of one whose value is empty."""
        self.parts: Any = parts
        """`Place` by key or by number; of an empty value, the mark of its key."""


Mark = Any
"""libyaml's: `line`, `column` and `index`, all from 0. Marks are kept; events, which are bigger, are not."""
Place = Branch | Mark


class Document:
    """One file as data, and the way from data back to a line."""

    def __init__(self, text: str, data: Any, root: Place | None, empties: int = 0) -> None:
        self.text = text
        self.data = data
        """Dicts, lists and non-empty strings; an empty scalar is left out of its mapping, and "" in a list."""
        self.root = root
        self.empties = empties
        """How many keys have no value."""

    def line(self, number: int) -> str:
        """A line of the text, from 1."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def spot(self, loc: Loc) -> Spot:
        """Where the value is; where its key is if it is missing or empty; else where the nearest thing around it is."""
        place = self.root
        for step in loc:
            if not isinstance(place, Branch):
                break
            try:
                place = place.parts[step]
            except (KeyError, IndexError, TypeError):
                break
        return _spot(place)

    def key_spot(self, loc: Loc) -> Spot:
        """Where the last key of the way is; where the value is if it is in a list."""
        branch = self.branch(loc[:-1])
        key = branch.keys.get(str(loc[-1])) if branch and branch.keys else None
        return _spot(key) if key else self.spot(loc)

    def branch(self, loc: Loc) -> Branch | None:
        """The mapping or list at that way."""
        place = self.root
        for step in loc:
            if not isinstance(place, Branch):
                return None
            try:
                place = place.parts[step]
            except (KeyError, IndexError, TypeError):
                return None
        return place if isinstance(place, Branch) else None

    def empty_keys(self) -> Iterator[tuple[str | int, ...]]:
        """The ways to the keys without a value."""
        waiting: list[tuple[tuple[str | int, ...], Place | None]] = [((), self.root)]
        while waiting:
            loc, place = waiting.pop()
            if not isinstance(place, Branch):
                continue
            parts = place.parts.items() if place.keys is not None else enumerate(place.parts)
            waiting.extend(((*loc, step), part) for step, part in parts)
            yield from ((*loc, key) for key, mark in (place.keys or {}).items() if place.parts[key] is mark)


def _spot(place: Place | None) -> Spot:
    mark = place.mark if isinstance(place, Branch) else place
    return NOWHERE if mark is None else (mark.line + 1, mark.column + 1)


class TooDeepError(Exception):
    """Nothing after this can be read."""


def scalars(text: str) -> Iterator[Any]:
    """The scalar events of a text that was parsed already, in the order of the file."""
    loader = Loader(text)
    try:
        while type(event := loader.get_event()) is not StreamEndEvent:
            if type(event) is ScalarEvent:
                yield event
    finally:
        loader.dispose()


def parse(text: str, findings: Findings) -> Document:
    """Read one document. Raises `yaml.YAMLError` where it is no YAML and `TooDeepError` where reading must stop.

    Everything that YAML allows and packs do not is reported and passed over.
    """
    loader = Loader(text)
    try:
        return _Reader(text, loader.get_event, findings).document()
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
            return Document(self._text, None, None)
        self._check_start(start)
        data, place = self._node(self._next(), 0)
        self._next()
        after = self._next()
        if type(after) is not StreamEndEvent:
            self._findings.error(
                _spot(after.start_mark),
                "second-document",
                "a second document begins here; a file holds one",
                "delete the line ---",
            )
        return Document(self._text, data, place, self._empties)

    def _check_start(self, start: Any) -> None:
        if start.version or start.tags:
            self._findings.error((1, 1), "directive", "directives (%…) are not used in packs", "delete the line")

    def _node(self, event: Any, depth: int) -> tuple[Any, Place]:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event), event.start_mark
        if kind is MappingStartEvent:
            return self._mapping(event, depth + 1)
        if kind is SequenceStartEvent:
            return self._list(event, depth + 1)
        self._refuse_alias(event)
        return "", event.start_mark

    def _mapping(self, start: Any, depth: int) -> tuple[dict[str, Any], Branch]:
        room = self._enter(start, depth)
        data: dict[str, Any] = {}
        keys: dict[str, Mark] = {}
        parts: dict[str, Place] = {}
        next_event: Any = self._next
        is_odd = self._is_odd
        while type(event := next_event()) is not MappingEndEvent:
            room -= 2
            if room < 0:
                self._stop(event)
            if type(event) is not ScalarEvent:
                self._refuse_key(event, depth)
                continue
            key = self._scalar(event) if is_odd else event.value
            value = next_event()
            if type(value) is not ScalarEvent:
                made, place = self._node(value, depth)
            else:
                place = mark = value.start_mark
                is_plain = not is_odd and mark.line == value.end_mark.line
                made = value.value if is_plain else self._scalar(value)
            if key in keys:
                first = _spot(keys[key])[0]
                self._findings.error(
                    _spot(event.start_mark),
                    "repeated-key",
                    f"'{_short(key)}' stands here a second time (first in line {first})",
                )
                continue
            keys[key] = event.start_mark
            parts[key] = place
            if made != "":
                data[key] = made
            else:
                parts[key] = keys[key]
                self._empties += 1
        self._nodes += 2 * len(keys)
        return data, Branch(start.start_mark, keys, parts)

    def _list(self, start: Any, depth: int) -> tuple[list[Any], Branch]:
        room = self._enter(start, depth)
        data: list[Any] = []
        parts: list[Place] = []
        while type(event := self._next()) is not SequenceEndEvent:
            room -= 1
            if room < 0:
                self._stop(event)
            made, place = self._node(event, depth)
            data.append(made)
            parts.append(place)
        self._nodes += len(data)
        return data, Branch(start.start_mark, None, parts)

    def _enter(self, event: Any, depth: int) -> int:
        """How many values may still come."""
        if depth > DEEPEST:
            self._findings.error(_spot(event.start_mark), "too-deep", f"more than {DEEPEST} levels inside each other")
            raise TooDeepError
        if self._nodes > MOST_NODES:
            self._stop(event)
        if self._is_odd:
            self._refuse_marks(event)
        return MOST_NODES - self._nodes

    def _stop(self, event: Any) -> None:
        self._findings.error(
            _spot(event.start_mark), "too-many-values", f"more than {MOST_NODES:,} values in one file", "split it"
        )
        raise TooDeepError

    def _scalar(self, event: Any) -> str:
        value: str = event.value
        start, end = event.start_mark, event.end_mark
        if self._is_odd:
            self._refuse_marks(event)
        if self._is_odd and event.style == '"' and "\\" in (raw := self._text[start.index : end.index]):
            shown = raw[1:-1].replace('\\"', '"')
            self._findings.error(
                _spot(event.start_mark),
                "backslash",
                "a backslash in double quotes is not used: write the character itself",
                f"speech inside stands in “ ”: {quoted(shown)}" if "\\" not in shown else "",
            )
        if start.line == end.line:
            return value
        value = join_lines(self._text[start.index : end.index], event.style or "")
        if value and start.line < end.line:
            lines = end.line - start.line + (event.style not in ("|", ">"))
            self._findings.warn(
                _spot(event.start_mark),
                "folded-text",
                f"this text runs over {lines} lines; one text is one line",
                f"write {quoted(_short(value, 200))}",
            )
        return value

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor:
            self._findings.error(
                _spot(event.start_mark),
                "anchor",
                f"'&{_short(event.anchor)}' is an anchor, and packs have none",
                self._as_text(event, "&"),
            )
        tag = getattr(event, "tag", None)
        if tag:
            self._findings.error(
                _spot(event.start_mark),
                "tag",
                f"'{_short(tag)}' is a tag, and packs have none: every value is text",
                self._as_text(event, "!"),
            )

    def _refuse_alias(self, event: Any) -> None:
        self._findings.error(
            _spot(event.start_mark),
            "alias",
            f"'*{_short(event.anchor)}' is an alias, and packs have none",
            self._as_text(event, "*"),
        )

    def _as_text(self, event: Any, sign: str) -> str:
        """The line as it should be if the sign was meant as a letter."""
        mark = event.start_mark
        end = self._text.find("\n", mark.index)
        line = self._text[mark.index - mark.column : end if end >= 0 else None]
        repair = quotation(line) if line[mark.column : mark.column + 1] == sign else None
        return repair.hint if repair else f"a text that begins with {sign} stands in double quotes"

    def _refuse_key(self, event: Any, depth: int) -> None:
        self._findings.error(
            _spot(event.start_mark), "key-not-text", "a key is a word, followed by a colon and a space"
        )
        if type(event) is AliasEvent:
            self._node(self._next(), depth)
        else:
            self._node(event, depth)
            self._node(self._next(), depth)


def _has_signs(text: str) -> bool:
    """Whether there is a backslash, or something that could begin an anchor, a tag or an alias."""
    for match in _SIGN.finditer(text):
        at = match.start()
        if text[at] == "\\" or at == 0 or text[at - 1] in _BEFORE_VALUE:
            return True
    return False


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
