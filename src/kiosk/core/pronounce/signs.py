"""What the languages share: one form for each character, and the words inside addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
"""What is found in a text, and what stands there instead. Rules are applied one after the other: a later one sees what
an earlier one made, so that a date may become figures with 年 first, and words then."""

PAUSE = "\n"
"""A pause of which the sign is not chosen yet."""

NUMBER = r"(?:\d{1,3}+(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?+"
"""A number with or without separators of thousands and decimals."""


_VALUE = re.compile(r"[\d,]+(?:\.\d+)?")


def falls(first: str, second: str) -> bool:
    """Whether two numbers with a hyphen between can be no range: the second is not the greater one."""
    both = _VALUE.fullmatch(first) and _VALUE.fullmatch(second)
    return bool(both) and float(first.replace(",", "")) >= float(second.replace(",", ""))


def apply(rules: Iterable[Rule], text: str) -> str:
    """A text after all rules."""
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


def rules(*pairs: tuple[str, str | Callable[[re.Match[str]], str]]) -> tuple[Rule, ...]:
    """Rules from patterns and what stands there instead, which may be a text with groups (`\\1`)."""
    return tuple((re.compile(pattern), _replacement(said)) for pattern, said in pairs)


def _replacement(said: str | Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    return (lambda match: match.expand(said)) if isinstance(said, str) else said


_CAP = re.compile(r"\[([^\[\]\s]{1,8})\]")


def capped(text: str, names: Mapping[str, str]) -> str:
    """The caps of keys (`[Enter]`) by their names; what has none is said without its brackets."""

    def name(match: re.Match[str]) -> str:
        cap = match.group(1)
        return names.get(cap.lower(), cap if any(map(str.isalnum, cap)) else " ")

    return _CAP.sub(name, text)


def latin(character: str) -> str:
    """A letter that voices for Latin script know; without its mark, where it is from farther off; else empty."""
    if character.isascii() and character.isalpha():
        return character
    if "\u00c0" <= character <= "\u017f" and character.isalpha():
        return character
    base = unicodedata.normalize("NFKD", character)[:1]
    return base if base.isascii() and base.isalpha() else ""


class _Plain(dict[int, str]):
    """One form for each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if kind == "Nd":
            plain = str(unicodedata.digit(character))
        elif kind in ("Zl", "Zp") or character in "\n\r\v\f\x85":
            plain = PAUSE
        elif kind in ("Zs", "Cc", "So", "Sk", "No", "Nl", "Cn", "Co"):
            plain = " "
        elif kind[0] in "CM":
            plain = ""
        else:
            plain = latin(character) or character
        self[code] = plain
        return plain


_PLAIN = _Plain({ord(sign): "-" for sign in "‐‑−－"})
_PLAIN.update({ord("⁄"): "/", ord("●"): "*", ord("~"): "~", ord("〜"): "~", ord("°"): "°", ord("〇"): "零"})
_PLAIN.update({ord(sign): "'" for sign in "’‘ʼ´`"})

_DROPPED = re.compile(r"[™®©℗℠]|(?<=\d)[¹²³⁰-₟]")
_CIRCLED = re.compile(r"[①-⒇⓪-⓿❶-➓⒈-⒛]")
_VULGAR = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_COMPATIBLE = re.compile(r"[^\x00-\x7f\u4e00-\u9fff，。、；？！“”’]++")
_SPACES = re.compile(r" {2,}+")
_BREAKS = re.compile(r" ?+\n[ \n]*+")


def normalised(text: str) -> str:
    """Full-width forms, ligatures and all scripts' digits as plain ones; nothing invisible; single spaces.

    `，` alone stays full-width: between figures it is no separator of thousands.
    """
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    text = _CIRCLED.sub(lambda match: PAUSE + str(round(unicodedata.numeric(match.group()))) + PAUSE, text)
    text = _VULGAR.sub(" ", text)
    text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    text = _SPACES.sub(" ", text.translate(_PLAIN).replace("？", "?").replace("！", "!").replace("；", ";"))
    return _BREAKS.sub(PAUSE, text).strip(" \n")


def legible(text: str) -> str:
    """A text of any script without what no voice pronounces: control characters, half surrogates, pictures."""
    kept = (" " if _unspoken(unicodedata.category(character)) else character for character in text)
    said = " ".join("".join(kept).split())
    return said if any(character.isalnum() for character in said) else ""


def _unspoken(kind: str) -> bool:
    return kind[0] in "CZ" or kind in ("So", "Sk")


_DOMAIN = (
    r"(?:[A-Za-z0-9-]{1,63}+\.)+"
    r"(?:com|cn|net|org|gov|edu|io|info|uk|top|xyz|vip|cc|app|shop|site|club|online|hk|tw|us|eu|de|fr)(?![A-Za-z0-9_-])"
)
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-]{1,64}+)@((?:[A-Za-z0-9-]{1,63}+\.)++[A-Za-z0-9-]{1,63}+)")
_URL = re.compile(r"(?<![A-Za-z])https?://([A-Za-z0-9.-]{1,253})(?::\d{1,5})?(/[A-Za-z0-9._~/-]{0,200})?[!-~]*+")
_SITE = re.compile(rf"(?<![A-Za-z0-9_.@-])((?i:{_DOMAIN}))(/[A-Za-z0-9._~/-]{{0,200}})?(?:\?[!-~]*+)?")

_PIECE = re.compile(r"[A-Za-z]+|\d|[.@/_-]")
_SAID_AS_WORDS = frozenset(
    {"com", "net", "org", "gov", "edu", "info", "top", "vip", "app", "shop", "site", "club", "online", "mail", "http"}
)


def addresses(names: Mapping[str, str], digit: Callable[[str], str], gap: str) -> tuple[Rule, ...]:
    """Rules for e-mail and web addresses; what follows `?` is left out.

    `names` are those of `. @ / _ -`; `gap` stands between letters and the words around them.
    """

    def spell(text: str) -> str:
        return gap.join(_piece(piece) for piece in _PIECE.findall(text.strip("./")))

    def _piece(piece: str) -> str:
        if piece in names:
            return names[piece]
        if piece.isdigit():
            return digit(piece)
        return letters(piece) if not _is_word(piece) else piece.lower()

    def web(match: re.Match[str]) -> str:
        end = "." if match.group().endswith(".") else ""
        return f" {spell(match.group(1) + (match.group(2) or ''))}{end} "

    return (
        (_EMAIL, lambda match: f" {spell(match.group(1))}{gap}{names['@']}{gap}{spell(match.group(2))} "),
        (_URL, web),
        (_SITE, web),
    )


def _is_word(piece: str) -> bool:
    low = piece.lower()
    return low in _SAID_AS_WORDS or (len(piece) > 3 and any(vowel in low for vowel in "aeiou"))


def letters(word: str) -> str:
    """A word letter by letter."""
    return " ".join(word.upper())
