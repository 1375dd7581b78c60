"""Reads a file's YAML; where it is none, says in an ordinary sentence which line is wrong and how it should be.

A repair is tried out before it is offered, and reading goes on with it in place, so that one run finds all the lines
that are wrong. The file itself is never changed, and what it holds counts as bad.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from kiosk.adapters.packs import traps
from kiosk.adapters.packs.decoding import Source
from kiosk.adapters.packs.findings import NOWHERE, Findings, Spot
from kiosk.adapters.packs.folding import join_lines, quoted
from kiosk.adapters.packs.nodes import Document, TooDeepError, parse, scalars

_MOST_REPAIRS = 20
_MOST_CHARACTERS = 4_000_000
"""Read while looking for repairs: a big file gets fewer tries, so that none takes more than seconds."""
_LOOK_BACK = 40
"""Lines before an error in which an unclosed quotation may begin."""

_ODD_LETTERS = re.compile(f"[{traps.ODD_LETTERS}]")
_IN_QUOTES = re.compile(r"""(?:[:-] |[\[{,] ?)"[^"\n]*"(?=\s*(?:[,}\]#]|$))""", re.MULTILINE)
"""A text in double quotes as it should be: what is left of a file without them seldom has any."""
_KEY_BEFORE = re.compile(r"([^\s{,:]+):\s*$")
_SENTENCES = (
    ("mapping values are not allowed", "this line has a colon and a space too many, or is indented too far"),
    ("could not find expected ':'", "this line has no key with a colon and a space, or is indented too little"),
    ("did not find expected key", "this line doesn't fit those around it: look at its indentation and its quotes"),
    ("did not find expected '-'", "this line doesn't fit the list above it: look at its indentation"),
    ("expected ',' or '}'", "a { … } isn't closed, or a text in it must stand in double quotes"),
    ("expected ',' or ']'", "a [ … ] isn't closed, or a text in it must stand in double quotes"),
    ("expected node content", "a value is missing here"),
    ("unexpected end of stream", "this quotation is never closed"),
    ("unexpected document indicator", "a quotation is still open where a line --- or ... stands"),
    ("a tab character", "a tab stands here; YAML takes only spaces"),
    ("cannot start any token", "no value can begin with this character unless it stands in double quotes"),
    ("escape", "a backslash in double quotes is not used: write the character itself"),
    ("hexdecimal", "a backslash in double quotes is not used: write the character itself"),
    ("block sequence entries", "a list can't begin here; a text that begins with a hyphen stands in double quotes"),
    ("mapping keys", "a text that begins with ? stands in double quotes"),
    ("comment or line break", "a text that begins with > or | stands in double quotes"),
    ("alphabetic or numeric", "a text that begins with * or & stands in double quotes"),
    ("directive", "directives (%…) are not used in packs: delete the line"),
    ("YAML document", "directives (%…) are not used in packs: delete the line"),
    ("tag", "a text that begins with ! stands in double quotes"),
)
"""By a part of what libyaml says."""


def read(source: Source, findings: Findings, languages: Sequence[str]) -> Document | None:
    """The document, with everything about its YAML reported; None where it can't be read any further."""
    text = source.text
    left = _MOST_CHARACTERS
    for _ in range(_MOST_REPAIRS):
        found = Findings(findings.path)
        try:
            document = parse(text, found)
        except TooDeepError:
            findings.take(found)
            return None
        except yaml.YAMLError as error:
            repaired = _repair(text, error, languages, findings, left)
            if repaired is None:
                findings.take(found, errors_only=True)
                _report(error, findings)
                return None
            text, spent = repaired
            left -= spent
        else:
            findings.take(found)
            findings.settle()
            if not source.is_plain or "#" in text or ('"' in text and '"' in _IN_QUOTES.sub("", text)):
                _check_scalars(text, findings, languages)
                findings.settle()
            return document
    return None


def _repair(
    text: str, error: yaml.YAMLError, languages: Sequence[str], findings: Findings, left: int
) -> tuple[str, int] | None:
    """The text with one line repaired, reported, and what it cost to find; None where no repair helps."""
    lines = text.split("\n")
    reached = _anchor(error)
    spent = 0
    for number in _suspects(lines, error):
        line = lines[number]
        for repair in _repairs(line, "".join(lines[max(number - 1, 0) : number]), languages):
            spent += len(text)
            if spent > left:
                return None
            tried = "\n".join([*lines[:number], repair.line, *lines[number + 1 :]])
            after = _first_error(tried)
            if after is None or (_anchor(after) > reached and _anchor(after)[0] > number):
                findings.error((number + 1, repair.column), repair.code, repair.message, repair.hint)
                return tried, spent
    return None


def _repairs(line: str, above: str, languages: Sequence[str]) -> Iterator[traps.Repair]:
    structure = traps.structure(line, languages)
    if structure:
        yield structure
        if further := traps.quotation(structure.line):
            yield structure._replace(line=further.line)
        if line[0] != structure.line[0] or line[0] == "\t":
            indent = len(above) - len(above.lstrip(" "))
            for spaces in (indent, indent + 2):
                yield structure._replace(line=" " * spaces + structure.line.lstrip())
    if quotation := traps.quotation(line):
        yield quotation


def _suspects(lines: list[str], error: yaml.YAMLError) -> Iterator[int]:
    """Line numbers (from 0) where the trap may be, the likeliest first."""
    problem, context = _mark(error, "problem_mark"), _mark(error, "context_mark")
    found: list[int] = []
    if context and "quoted scalar" in (getattr(error, "context", "") or ""):
        found.append(context[0])
    if problem:
        found.append(problem[0])
        before = [
            number for number in range(problem[0] - 1, max(problem[0] - _LOOK_BACK, -1), -1) if lines[number].strip()
        ]
        found += before[:1]
        found += [number for number in before if lines[number].count('"') % 2][:1]
    if context:
        found.append(context[0])
    return (number for number in dict.fromkeys(found) if number < len(lines) and lines[number].strip())


def _anchor(error: yaml.YAMLError) -> Spot:
    """How far reading came: where the error is, or where a quotation begins that never ends."""
    if "end of stream" in (getattr(error, "problem", "") or ""):
        return _mark(error, "context_mark") or NOWHERE
    return _mark(error, "problem_mark") or NOWHERE


def _mark(error: yaml.YAMLError, name: str) -> Spot | None:
    """Line and column, both from 0."""
    mark = getattr(error, name, None)
    return (mark.line, mark.column) if mark else None


def _first_error(text: str) -> yaml.YAMLError | None:
    try:
        parse(text, Findings(""))
    except TooDeepError:
        return None
    except yaml.YAMLError as error:
        return error
    return None


def _report(error: yaml.YAMLError, findings: Findings) -> None:
    said = " ".join(filter(None, (getattr(error, "context", ""), getattr(error, "problem", "")))) or str(error)
    sentence = next((words for part, words in _SENTENCES if part in said), f"this is no YAML: {said}")
    line, column = _anchor(error)
    if "',' or" in said:
        line, column = _mark(error, "context_mark") or (line, column)
    findings.error((line + 1, column + 1), "syntax", sentence)


def _check_scalars(text: str, findings: Findings, languages: Sequence[str]) -> None:
    """What YAML reads without complaint, though not as it was meant."""
    odd = _ODD_LETTERS.search(text)
    lines = text.split("\n")
    for event in scalars(text):
        first, last = event.start_mark, event.end_mark
        if not event.style and event.value.count('"') % 2:
            _check_quotes(text, event, lines[first.line], findings, languages)
            if event.value.endswith('"'):
                continue
        line, start, end = last.line, first.column, last.column
        if first.line != line or line >= len(lines):
            continue
        source = lines[line]
        rest = source[end:]
        lost = rest.lstrip().startswith("#") and not event.style
        key = _KEY_BEFORE.search(source[:start])
        if lost and traps.looks_like_text(key[1] if key else "", event.value, languages):
            whole = source[:start] + ("" if source[:start].endswith(" ") else " ") + quoted(source[start:])
            if not findings.is_settled(line + 1):
                findings.error(
                    (line + 1, end + len(rest) - len(rest.lstrip()) + 1),
                    "comment-in-text",
                    f"the text ends here: '{rest.strip()}' is a comment for YAML and lost",
                    f"write: {whole.strip()}; or put the comment on a line of its own",
                )
        if odd and event.value and not rest.lstrip().startswith(":"):
            _check_spaces(event.value, source, (line + 1, start + 1), findings)


def _check_quotes(text: str, event: Any, source: str, findings: Findings, languages: Sequence[str]) -> None:
    """A plain text with one quotation mark of a pair."""
    first, last = event.start_mark, event.end_mark
    rest = text[last.index : last.index + traps.LONGEST].partition("\n")[0].lstrip()
    is_cut = rest.startswith("#") and not event.value.endswith('"')
    if is_cut or rest.startswith(":") or findings.is_settled(first.line + 1):
        return
    if first.line == last.line and "{" in source and (repair := traps.structure(source, languages)):
        findings.error((first.line + 1, repair.column), repair.code, repair.message, repair.hint)
        return
    whole = traps.in_quotes(join_lines(text[first.index : last.index], ""))
    if first.line == last.line:
        whole = f"{source[: first.column]}{whole}{source[last.column :]}".strip()
    spot = (first.line + 1, first.column + 1)
    findings.error(spot, "lost-quote", traps.SENTENCES["lost-quote"], f"write: {whole}")


def _check_spaces(value: str, source: str, spot: Spot, findings: Findings) -> None:
    if re.search(f"[\t{traps.ODD_SPACES}]", value):
        tidy = re.sub(f"[\t{traps.ODD_SPACES}]+", " ", value).strip()
        code = "tab" if "\t" in value else "wide-space"
        what = "a tab" if code == "tab" else "a wide (ideographic or no-break) space"
        findings.warn(spot, code, f"{what} stands in this text", f"write: {source.replace(value, tidy).strip()}")
    if value[0] in "＂＇" or value[-1] in "＂＇":
        bare = value.strip("＂＇")
        findings.warn(
            spot, "wide-quotes", traps.SENTENCES["wide-quotes"], f"write: {source.replace(value, quoted(bare)).strip()}"
        )
