"""YAML's traps: a line as it was meant, and the sentence that explains it.

Each trap is seen in the line itself. A repair is a suggestion: `syntax` tries it before it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kiosk.adapters.packs.folding import HAN, quoted

LONGEST = 2_000
"""Characters; a longer line is no line of a pack, and looking into it could take long."""
ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
ODD_LETTERS = f"\t{ODD_SPACES}＂＇"
"""For a set of characters in a regular expression: what looks like YAML's own signs or spaces and is not."""
_KEY = "[A-Za-z_][A-Za-z0-9_-]*"
_LANGUAGE = "(?!id)[a-z]{2}|[a-z]{2,3}-[A-Z]?[a-z0-9]{2,8}"
"""What may be meant as a language, though it is not the pack's; other words with a colon may be a part of a text."""
_LEAD = r"^( *(?:- +)*)"
_ODD_LEAD = re.compile(f"^[ {ODD_SPACES}]*[{ODD_SPACES}][ {ODD_SPACES}]*")
_ODD_AFTER = re.compile(f"^( *(?:- +)*(?:{_KEY}[:：]|-)) *[{ODD_SPACES}][ {ODD_SPACES}]*")
_DASH = re.compile(rf"^( *)(?:-(?=[^\s-])|[－—–] *)(?={_KEY} *[:：])")
_WIDE_COLON = re.compile(rf"{_LEAD}({_KEY}) *：\s*")
_NO_SPACE = re.compile(rf"{_LEAD}({_KEY}):(?=[^\s/])")
_WIDE_LIST = re.compile(rf"{_LEAD}({_KEY}: *)[\[［【]([^\[\]［］【】{{}}]*)[\]］】]\s*$")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_INNERMOST = re.compile("[{｛]([^{}｛｝]*)[}｝]")
_HELP = re.compile(r"\{help:[^{}\s]*\}")
_MASK = "\ue000{}\ue001"
_MASKED = re.compile("\ue000(\\d+)\ue001")
_SWALLOWED_KEY = re.compile(r"^\s*(?:- +)?(?:[a-z]{2,3}|text|why|prompt|right|title|reply) *[:：]")
_LONE_KEY = re.compile(f"{_KEY} *:$")
_VALUE = re.compile(rf"{_LEAD}({_KEY}: +)?(\S.*)$")
_SPECIAL = "[]{}*&!|>%@`#,?-'\""

SENTENCES = {
    "tab": "a tab stands here; YAML takes spaces",
    "wide-space": "a wide (ideographic or no-break) space stands where YAML wants an ordinary one",
    "dash": "a list entry begins with a hyphen and a space",
    "wide-colon": "a full-width colon (：) is a letter for YAML: write a colon and a space",
    "space-after-colon": "a space is missing after the colon",
    "wide-brackets": "full-width brackets or commas are letters for YAML",
    "wide-comma": "a full-width comma (，) doesn't separate two languages: write a comma and a space",
    "comma-in-text": "inside { } a comma ends a text, so that it is cut in two: put each text in double quotes",
    "colon-in-text": "a colon and a space inside a text end it for YAML: put the text in double quotes",
    "comment-in-text": "what stands after # would be lost as a comment: put the text in double quotes",
    "quotes-in-text": "quotation marks around a part of a text end it: put all of it in double quotes, speech in “ ”",
    "lost-quote": "a quotation mark is missing: this text has one without its pair",
    "special-start": "a text can't begin with this character unless it stands in double quotes",
    "backslash": "a backslash in double quotes is not used: write the character itself",
    "wide-quotes": "full-width quotation marks (＂) are letters for YAML and would be shown",
}


class Repair(NamedTuple):
    """One line as it should be."""

    column: int
    """From 1: where the trap is."""
    code: str
    line: str

    @property
    def message(self) -> str:
        """The trap in an ordinary sentence."""
        return SENTENCES[self.code]

    @property
    def hint(self) -> str:
        """The line as it should be."""
        if self.column == 1 and self.code in ("tab", "wide-space"):
            spaces = len(self.line) - len(self.line.lstrip(" "))
            return f"begin the line with {spaces} ordinary spaces: {self.line.strip()}"
        return f"write: {self.line.strip()}"


def structure(line: str, languages: Sequence[str]) -> Repair | None:
    """Spaces, hyphens, colons, brackets and one-line mappings put right; None where nothing of that is wrong."""
    if len(line) > LONGEST:
        return None
    traps: list[tuple[int, str]] = []
    made = line
    if "\t" in made:
        traps.append((made.index("\t") + 1, "tab"))
        indent = len(made) - len(made.lstrip("\t "))
        made = made[:indent].replace("\t", "  ") + made[indent:].replace("\t", " ")
    if match := _ODD_LEAD.match(made):
        traps.append((1, "wide-space"))
        made = match.group().replace("\u3000", "  ").replace("\u00a0", " ") + made[match.end() :]
    if match := _DASH.match(made):
        traps.append((len(match.group(1)) + 1, "dash"))
        made = f"{match.group(1)}- {made[match.end() :]}"
    if match := _ODD_AFTER.match(made):
        traps.append((len(match.group(1)) + 1, "wide-space"))
        made = f"{match.group(1)} {made[match.end() :]}"
    if match := _WIDE_COLON.match(made):
        traps.append((match.end(2) + 1, "wide-colon"))
        made = f"{match.group(1)}{match.group(2)}: {made[match.end() :]}"
    if match := _NO_SPACE.match(made):
        traps.append((match.end(2) + 1, "space-after-colon"))
        made = f"{match.group()} {made[match.end() :]}"
    if match := _WIDE_LIST.match(made):
        separated = re.sub(r"\s*[,，、;；]\s*", ", ", match.group(3).strip())
        tidy = f"{match.group(1)}{match.group(2)}[{separated.translate(_WIDE_DIGITS)}]"
        if tidy.replace(" ", "") != made.replace(" ", ""):
            traps.append((match.start(3), "wide-brackets"))
            made = tidy
    made, found = _braces(made, languages)
    traps += found
    if not traps:
        return None
    return Repair(*traps[0], made)


def key_in_text(line: str) -> Repair | None:
    """A line that became part of the text above, though it begins with a key."""
    return structure(line, ()) if _SWALLOWED_KEY.match(line) else None


def quotation(line: str) -> Repair | None:
    """The value of a line put in double quotes; None where there is nothing to quote."""
    match = _VALUE.match(line)
    if len(line) > LONGEST or not match:
        return None
    value = match.group(3).rstrip()
    if value[0] in "[{" and (value[-1] in "]}," or not re.search(r"[\]}]", value)) and not _HELP.match(value):
        return None
    if not match.group(2) and (value[0] == "%" or _LONE_KEY.match(value)):
        return None
    made = f"{match.group(1)}{match.group(2) or ''}{in_quotes(value)}"
    if made == line.rstrip():
        return None
    if value[0] == '"' and "\\" in value:
        code = "backslash"
    elif value[0] in "\"'＂":
        code = "quotes-in-text"
    elif ": " in value or value.endswith(":"):
        code = "colon-in-text"
    elif value[0] in _SPECIAL:
        code = "special-start"
    elif " #" in value:
        code = "comment-in-text"
    else:
        return None
    at = max(value.find(": "), 0) if code == "colon-in-text" else max(value.find(" #"), 0) if code[:4] == "comm" else 0
    return Repair(match.start(3) + at + 1, code, made)


def in_quotes(value: str) -> str:
    """A text in double quotes instead of those that it has around it, or has left of them."""
    return quoted(_without_outer_quotes(value))


def _without_outer_quotes(value: str) -> str:
    first, last = value[0], value[-1]
    if len(value) > 1 and first == last and first in "\"'＂":
        inner = value[1:-1]
        if first != '"' or (inner.count('"') % 2 == 0 and not _closes_early(inner)):
            return inner.replace("''", "'") if first == "'" else inner
        return value
    if first in "\"'＂" and value.count(first) == 1:
        return value[1:]
    if value.count('"') % 2:
        return value[:-1] if last == '"' else f'{value}"'
    return value


def _closes_early(inner: str) -> bool:
    """Whether `"A," he said, "B"` is two quotations rather than one around two."""
    return bool(re.match(r'[^"]*[^\s"]"\s', inner)) and bool(re.search(r'\s"[^"\s][^"]*$', inner))


def _braces(line: str, languages: Sequence[str]) -> tuple[str, list[tuple[int, str]]]:
    """Every one-line mapping of languages in its proper form, and what was wrong with it."""
    if ("{" not in line and "｛" not in line) or "\ue000" in line:
        return line, []
    traps: list[tuple[int, str]] = []
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return _MASK.format(len(kept) - 1)

    made = _HELP.sub(lambda match: keep(match.group()), line)
    while match := _INNERMOST.search(made):
        text, codes = _mapping(match.group(), languages)
        traps += [(line.find(match.group()[0]) + 1, code) for code in codes]
        made = made[: match.start()] + keep(text) + made[match.end() :]
    while _MASKED.search(made):
        made = _MASKED.sub(lambda match: kept[int(match.group(1))], made)
    return made, traps


def _mapping(source: str, languages: Sequence[str]) -> tuple[str, list[str]]:
    """One `{zh: …, en: …}` with each text in double quotes, and the traps it held."""
    inside = source[1:-1]
    codes = ["wide-brackets"] if source[0] == "｛" or source[-1] == "｝" else []
    keys = "|".join((*map(re.escape, languages), "say", _LANGUAGE))
    found = list(re.finditer(rf"(?:^|(?<=[\s,，、;；\"'＂]))({keys})\s*([:：])(\s*)(?=\S)", inside))
    if not found or inside[: found[0].start()].strip():
        tidy = re.sub(rf"({_KEY})：\s*", r"\1: ", inside)
        return "{" + re.sub(rf"，\s*(?={_KEY}:)", ", ", tidy) + "}", codes
    parts = []
    for place, match in enumerate(found):
        is_last = place + 1 == len(found)
        raw = inside[match.end() : len(inside) if is_last else found[place + 1].start()].strip()
        if not is_last:
            if raw.endswith(("，", "、", "；", ";")):
                codes.append("wide-comma")
            raw = re.sub(r"\s*[,，、;；]$", "", raw)
        if match.group(2) == "：":
            codes.append("wide-colon")
        elif not match.group(3):
            codes.append("space-after-colon")
        if _MASKED.fullmatch(raw):
            parts.append(f"{match.group(1)}: {raw}")
            continue
        if raw.count('"') % 2 and raw[0] != "'":
            codes.append("lost-quote")
        elif not (len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'"):
            codes += [code for sign, code in ((",", "comma-in-text"), (": ", "colon-in-text")) if sign in raw]
            codes += ["comment-in-text"] if " #" in raw else []
            codes += ["special-start"] if raw[:1] and raw[0] in _SPECIAL else []
            codes += ["special-start"] if _MASKED.search(raw) else []
        parts.append(f"{match.group(1)}: {in_quotes(raw) if raw else ''}")
    return "{" + ", ".join(parts) + "}", codes


def ascii_word(value: str) -> str:
    """A word with its full-width letters, digits and quotation marks made ordinary."""
    plain = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in value)
    return plain.strip(" \t\u3000\u00a0“”‘’\"'")


def looks_like_text(key: str, value: str, languages: Sequence[str]) -> bool:
    """Whether a value is a sentence rather than a word of the format."""
    return key in languages or " " in value or bool(HAN.search(value))
