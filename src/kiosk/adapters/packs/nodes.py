"""From text to plain data with a place for every scalar, by libyaml's events.

Nothing is composed and nothing is typed: every scalar stays text. Composing deep nesting crashes PyYAML's C loader, and
even as events flow nesting costs quadratic time, so reading stops at the depth limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
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

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Used for its events only."""


class Branch:
    """Where a mapping or a list stands, and where its parts do."""

    __slots__ = ("event", "keys", "parts")

    def __init__(self, event: NodeEvent, keys: dict[str, Event] | None, parts: Any) -> None:
        self.event = event
        self.keys = keys
        """Of a mapping: the event of each key, also of one whose value is empty."""
        self.parts: Any = parts
        """`Place` by key or by number."""


Place = Branch | ScalarEvent


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
        spot = _spot(place.event if isinstance(place, Branch) else place)
        for step in loc:
            if not isinstance(place, Branch):
                break
            key = place.keys.get(step) if place.keys is not None and isinstance(step, str) else None
            try:
                place = place.parts[step]
            except (KeyError, IndexError, TypeError):
                return _spot(key) if key else spot
            is_empty = isinstance(place, ScalarEvent) and not place.value
            spot = _spot(key if key and is_empty else place.event if isinstance(place, Branch) else place)
        return spot

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
            if isinstance(place, Branch):
                parts = place.parts.items() if place.keys is not None else enumerate(place.parts)
                waiting.extend(((*loc, step), part) for step, part in parts)
            elif place and not place.value and loc and isinstance(loc[-1], str):
                yield loc

    def scalars(self) -> Iterator[tuple[str, Any]]:
        """The event of every scalar value, with the key it stands under (empty in a list), in the order of the file."""
        waiting: list[tuple[str, Place]] = [("", self.root)] if self.root else []
        while waiting:
            key, place = waiting.pop()
            if isinstance(place, ScalarEvent):
                yield key, place
            else:
                parts = place.parts.items() if place.keys is not None else [("", part) for part in place.parts]
                waiting.extend(reversed(list(parts)))


def _spot(event: Any) -> Spot:
    if event is None:
        return NOWHERE
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


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


class _Reader:
    def __init__(self, text: str, next_event: Any, findings: Findings) -> None:
        self._text = text
        self._next = next_event
        self._findings = findings
        self._nodes = 0
        self._empties = 0
        self._has_backslash = "\\" in text

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
                _spot(after),
                "second-document",
                "a second document begins here; a file holds one",
                "delete the line ---",
            )
        return Document(self._text, data, place, self._empties)

    def _check_start(self, start: DocumentStartEvent) -> None:
        if start.version or start.tags:
            self._findings.error((1, 1), "directive", "directives (%…) are not used in packs", "delete the line")

    def _node(self, event: Any, depth: int) -> tuple[Any, Place]:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event), event
        if kind is MappingStartEvent:
            return self._mapping(event, depth + 1)
        if kind is SequenceStartEvent:
            return self._list(event, depth + 1)
        self._refuse_alias(event)
        return "", ScalarEvent(None, None, (True, False), "", event.start_mark, event.end_mark, "")

    def _mapping(self, start: MappingStartEvent, depth: int) -> tuple[dict[str, Any], Branch]:
        self._enter(start, depth)
        data: dict[str, Any] = {}
        keys: dict[str, Event] = {}
        parts: dict[str, Place] = {}
        next_event = self._next
        while type(event := next_event()) is not MappingEndEvent:
            self._nodes += 2
            if self._nodes > MOST_NODES:
                self._stop(event)
            if type(event) is not ScalarEvent:
                self._refuse_key(event, depth)
                continue
            key = self._scalar(event)
            value = next_event()
            made, place = self._node(value, depth)
            if key in keys:
                first = _spot(keys[key])[0]
                self._findings.error(
                    _spot(event), "repeated-key", f"'{_short(key)}' stands here a second time (first in line {first})"
                )
                continue
            keys[key] = event
            parts[key] = place
            if made == "":
                self._empties += 1
            else:
                data[key] = made
        return data, Branch(start, keys, parts)

    def _list(self, start: SequenceStartEvent, depth: int) -> tuple[list[Any], Branch]:
        self._enter(start, depth)
        data: list[Any] = []
        parts: list[Place] = []
        while type(event := self._next()) is not SequenceEndEvent:
            self._nodes += 1
            if self._nodes > MOST_NODES:
                self._stop(event)
            made, place = self._node(event, depth)
            data.append(made)
            parts.append(place)
        return data, Branch(start, None, parts)

    def _enter(self, event: MappingStartEvent | SequenceStartEvent, depth: int) -> None:
        if depth > DEEPEST:
            self._findings.error(_spot(event), "too-deep", f"more than {DEEPEST} levels inside each other")
            raise TooDeepError
        self._refuse_marks(event)

    def _stop(self, event: Event) -> None:
        self._findings.error(
            _spot(event), "too-many-values", f"more than {MOST_NODES:,} values in one file", "split it"
        )
        raise TooDeepError

    def _scalar(self, event: Any) -> str:
        self._refuse_marks(event)
        value: str = event.value
        start, end = event.start_mark, event.end_mark
        if self._has_backslash and event.style == '"' and "\\" in (raw := self._text[start.index : end.index]):
            shown = raw[1:-1].replace('\\"', '"')
            self._findings.error(
                _spot(event),
                "backslash",
                "a backslash in double quotes is not used: write the character itself",
                f"speech inside stands in “ ”: {quoted(shown)}" if "\\" not in shown else "",
            )
        if start.line == end.line:
            return value
        value = join_lines(self._text[start.index : end.index], event.style or "")
        event.value = value
        if value and start.line < end.line:
            lines = end.line - start.line + (event.style not in ("|", ">"))
            self._findings.warn(
                _spot(event),
                "folded-text",
                f"this text runs over {lines} lines; one text is one line",
                f"write {quoted(_short(value, 200))}",
            )
        return value

    def _refuse_marks(self, event: NodeEvent | ScalarEvent) -> None:
        if event.anchor:
            self._findings.error(
                _spot(event),
                "anchor",
                f"'&{_short(event.anchor)}' is an anchor, and packs have none",
                self._as_text(event, "&"),
            )
        tag = getattr(event, "tag", None)
        if tag:
            self._findings.error(
                _spot(event),
                "tag",
                f"'{_short(tag)}' is a tag, and packs have none: every value is text",
                self._as_text(event, "!"),
            )

    def _refuse_alias(self, event: Any) -> None:
        self._findings.error(
            _spot(event),
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

    def _refuse_key(self, event: Event, depth: int) -> None:
        self._findings.error(_spot(event), "key-not-text", "a key is a word, followed by a colon and a space")
        if type(event) is AliasEvent:
            self._node(self._next(), depth)
        else:
            self._node(event, depth)
            self._node(self._next(), depth)


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
