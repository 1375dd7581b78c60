"""English as it is spoken in Britain: two thousand two hundred and eighty, twenty twenty-six, one one zero."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kiosk.core.pronounce import signs
from kiosk.core.pronounce.dialling import Dialling
from kiosk.core.pronounce.signs import NUMBER, Rule, apply, rules

_OVERRIDES = {
    "24/7": "twenty-four seven", "50/50": "fifty-fifty", "9/11": "nine eleven", "7-Eleven": "seven eleven",
    "and/or": "and or", "P2P": "P to P", "Wi-Fi": "wifi", "e-mail": "email",
}  # fmt: skip
"""Said otherwise than the rules would have it."""
_SAID = {"wifi": "wifi", "wechat": "wee chat"}
"""Names that are written in many ways."""
_SPELLED = frozenset((
    "id", "ai", "atm", "vip", "otp", "url", "usb", "usa", "us", "uk", "eu", "un", "ceo", "cctv", "tv", "pc", "cd",
    "dvd", "faq", "diy", "iou", "hiv", "vpn", "isbn", "gp", "gps", "pdf", "sms", "ktv", "nfc", "dna", "mri", "ct",
    "led", "iban", "aa", "pa", "ac", "ip", "os", "ui", "api", "apr", "isa", "nhs", "bbc",
))  # fmt: skip
"""Capitals that are said letter by letter although they could be said as a word."""
_ALSO_IN_SMALL_LETTERS = frozenset({"sms", "atm", "vip", "ktv", "usb", "pdf", "gps", "otp", "nfc"})
_TITLES = {"mr": "Mister", "mrs": "Missus", "ms": "Miz", "dr": "Doctor", "prof": "Professor"}
_ROMAN = {"II": "two", "III": "three", "IV": "four"}


# Numbers


_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_LONGEST = 15
"""Figures beyond this are read one by one."""
_ORDINALS = {
    **{"one": "first", "two": "second", "three": "third", "five": "fifth"},
    **{"eight": "eighth", "nine": "ninth", "twelve": "twelfth"},
}


def whole(figures: str) -> str:
    """A whole number."""
    if len(figures) > _LONGEST or (len(figures) > 1 and figures[0] == "0"):
        return one_by_one(figures)
    return _whole(int(figures))


def _whole(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_SMALL[hundreds]} hundred" + (f" and {_whole(rest)}" if rest else "")
    worth, name = next(scale for scale in _SCALES if number >= scale[0])
    high, low = divmod(number, worth)
    joint = " and " if 0 < low < 100 else " "
    return f"{_whole(high)} {name}" + (f"{joint}{_whole(low)}" if low else "")


def one_by_one(figures: str) -> str:
    """As on the telephone."""
    return " ".join(_SMALL[int(figure)] for figure in figures)


def number(text: str) -> str:
    """A number with or without separators of thousands and decimals."""
    figures, _, decimals = text.replace(",", "").partition(".")
    return f"{whole(figures)} point {one_by_one(decimals)}" if decimals else whole(figures)


def ordinal(number: int) -> str:
    """The place in a row, for the name of a day or a fraction too."""
    said = _whole(number)
    start = max(said.rfind(" "), said.rfind("-")) + 1
    last = said[start:]
    if last in _ORDINALS:
        return said[:start] + _ORDINALS[last]
    return said[:-1] + "ieth" if last.endswith("y") else said + "th"


def year(number: int) -> str:
    """A year of the common era."""
    century, rest = divmod(number, 100)
    if 2000 <= number < 2010 or not (rest or century % 10):
        return _whole(number)
    if not rest:
        return f"{_whole(century)} hundred"
    return f"{_whole(century)} " + (f"oh {_SMALL[rest]}" if rest < 10 else _whole(rest))


# Telephone numbers and codes


_PHONE = Dialling(one_by_one, pause=", ", plus="plus ", ten=("",))


def _masked(match: re.Match[str]) -> str:
    first, _, last = match.groups()
    return ", ".join(filter(None, (one_by_one(first), "some hidden numbers", one_by_one(last) if last else "")))


def _landline(match: re.Match[str]) -> str:
    area, local, inner = match.groups()
    said = f"{one_by_one(area)}, " + ", ".join(map(_PHONE.number, re.findall(r"\d+", local)))
    return f"{said}, extension {one_by_one(inner)}" if inner else said


_THINGS = (
    r"(?:yuan|dollars?|pounds?|euros?|pence|cents?|people|persons?|times|days?|weeks?|months?|years?|hours?|minutes?|seconds?"
    r"|percent|per|metres?|meters?|kilometres?|kilos?|kg|km|cm|mm|grams?|litres?|million|thousand|billion|hundred"
    r"|degrees?)\b"
)
_NO_QUANTITY = rf"(?!\d|,\d|\.\d|[%‰°/]|-\d| ?-?{_THINGS})"
"""What makes figures a quantity may not follow a number to dial."""
_SERVICE = r"(?:11[0249]|12[02]|999|911|112|12[135](?!00)\d\d|100(?:1[0158]|86|88)|1118[35]|9[56](?!\d00)\d{3})"
_LABEL = (
    r"\b(?i:call|ring|dial|phone|telephone|tell|text|ask|or|hotline|helpline|line|number|code|password|PIN|OTP|account|card"
    r"|ending|room|flat|ends)"
)

_DIALLED_RULES = rules(
    (r"(?<![\dA-Za-z])(\d{2,8})([*]{2,12}|[xX]{3,12})(\d{0,8})(?!\d)", _masked),
    (r"\+86[ -]?(?=1[3-9]\d(?:[ -]?\d{4}){2}(?!\d))", "plus eight six, "),
    (r"\+\d{1,3}[ -]?(?:\(0\) ?)?\d(?:[ -]?\d){5,14}(?!\d)", _PHONE.as_written),
    (r"(?<![\d.,-])1[3-9]\d(?:[ -]\d{4}){2}(?![\d-])", _PHONE.as_written),
    (r"(?<![\d.,-])[48]00[ -]\d{3,4}[ -]\d{3,4}(?![\d-])", _PHONE.as_written),
    (r"(?<![\d.,-])1-\d{3}-\d{3}-\d{4}(?![\d-])", _PHONE.as_written),
    (rf"(?<![\d.,])(?:0\d{{2,4}}|\d{{3,4}}(?= \d{{4}}))(?: \d{{3,4}}){{2,4}}{_NO_QUANTITY}", _PHONE.as_written),
    (
        r"(?<![\d.,-])\(?(0\d{2,4})\)?[ -](\d{6,8}|\d{3,4}[ -]\d{4})(?: ?(?:ext\.? ?|-)(\d{1,6}))?(?![\d-])",
        _landline,
    ),
    (rf"(?<![\d.,$£€¥-]){_SERVICE}{_NO_QUANTITY}", _PHONE.as_written),
    (
        rf"({_LABEL}[ :“\"]{{1,3}}+(?:is )?)(\d{{3,20}}){_NO_QUANTITY}",
        lambda match: match.group(1) + _PHONE.number(match.group(2)),
    ),
    (rf"(?<![\d.,$£€¥])\d{{7,}}+{_NO_QUANTITY}", _PHONE.as_written),
)


@lru_cache(maxsize=8)
def _given(numbers: frozenset[str]) -> tuple[Rule, ...]:
    """Those of the help page, wherever they stand."""
    longest_first = "|".join(map(re.escape, sorted(numbers, key=len, reverse=True)))
    return rules((rf"(?<![\d.,$£€¥-])(?:{longest_first}){_NO_QUANTITY}", _PHONE.as_written)) if numbers else ()


# Dates and times


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_MONTH = (
    r"((?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?)"
)
_YEAR = r"((?:1[1-9]|20)\d\d)"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_BEFORE_A_YEAR = (
    r"\b(?i:in|since|by|until|till|from|before|after|during|of|year|early|late|summer|winter|spring|autumn|and|to) "
)


def _month(name: str) -> str:
    return next(month for month in _MONTHS if month.startswith(name[:3]))


def _with_year(said: str, number: str | None) -> str:
    return f"{said}, {year(int(number))}" if number else said


def _date(match: re.Match[str]) -> str:
    number, _, month, day = match.groups()
    return _with_year(f"the {ordinal(int(day))} of {_MONTHS[int(month) - 1]}", number)


def _day_month_year(match: re.Match[str]) -> str:
    day, month, number = match.groups()
    return _with_year(f"the {ordinal(int(day))} of {_MONTHS[int(month) - 1]}", number)


def _day_first(match: re.Match[str]) -> str:
    _, day, month, number = match.groups()
    return _with_year(f"the {ordinal(int(day))} of {_month(month)}", number)


def _month_first(match: re.Match[str]) -> str:
    month, day, number = match.groups()
    return _with_year(f"{_month(month)} {ordinal(int(day))}", number)


def _decade(match: re.Match[str]) -> str:
    figures = match.group(1) + "0"
    said = _whole(int(figures)) if len(figures) == 2 else year(int(figures))
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def _time(match: re.Match[str]) -> str:
    hour, minute, half = int(match.group(1)), int(match.group(2)), match.group(3)
    said = _whole(hour)
    if minute:
        said += f" oh {_SMALL[minute]}" if minute < 10 else f" {_whole(minute)}"
    elif not half:
        said += " o'clock" if 0 < hour <= 12 else " hundred" if hour else " hours"
    return said + _half(half)


_DAYS_AND_MONTHS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"


def _half(letter: str | None) -> str:
    return f" {letter.upper()} M" if letter else ""


_HALF = rf" ?([aApP])\.?[mM](?![A-Za-z])(?:\.(?! (?!{_DAYS_AND_MONTHS})[A-Z]))?"

_DATES = rules(
    (r"(?<![\d.-])((?:19|20)\d\d)([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d-])", _date),
    (
        r"(?<![\d.-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-])",
        lambda match: f"{_MONTHS[int(match.group(2)) - 1]} {year(int(match.group(1)))}",
    ),
    (r"(?<![\d./-])(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/])", _day_month_year),
    (rf"\b([Tt]he )?(?<![\d.,-]){_DAY} (?:of )?{_MONTH}(?:,? {_YEAR}(?!\d))?", _day_first),
    (rf"\b{_MONTH} {_DAY}(?!\d|[.,:]\d)(?:,? {_YEAR}(?!\d))?", _month_first),
    (rf"\b{_MONTH} {_YEAR}(?!\d)", lambda match: f"{_month(match.group(1))} {year(int(match.group(2)))}"),
    (
        rf"(?<![\d.,]){_YEAR} ?[-–—~] ?{_YEAR}(?![\d,])",
        lambda match: f"{year(int(match.group(1)))} to {year(int(match.group(2)))}",
    ),
    (
        rf"({_BEFORE_A_YEAR}){_YEAR}(?![\d%]|[,.]\d| ?-?{_THINGS})",
        lambda match: match.group(1) + year(int(match.group(2))),
    ),
    (r"(?<!\d)((?:1[1-9]|20)?[1-9])0'?s\b", _decade),
    (r"(?<![\d.,])(\d{2})s\b", lambda match: f"{whole(match.group(1))}s"),
    (r"(?<![\d.,])(\d{1,3})(?:st|nd|rd|th)\b", lambda match: ordinal(int(match.group(1)))),
)

_TIMES = rules(
    (rf"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])(?:{_HALF})?", _time),
    (rf"(?<![\d:.])(\d{{1,2}}){_HALF}", lambda match: whole(match.group(1)) + _half(match.group(2))),
    (r"(?<![\d:])(\d{1,3}):(\d{1,3})(?![\d:])", r"\1 to \2"),
)


# Ranges, rates, money, units


_CURRENCIES = {
    **dict.fromkeys(("$", "US$", "USD"), ("dollar", "cent")),
    **dict.fromkeys(("¥", "RMB", "CNY"), ("yuan", "fen")),
    **{"HK$": ("Hong Kong dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny")},
}
_CURRENCY = "(?:" + "|".join(map(re.escape, sorted(_CURRENCIES, key=len, reverse=True))) + ")"
_SCALE = r"(million|billion|thousand|hundred|[mM]\b|[kK]\b|bn\b)"
_SCALES_SAID = {"m": "million", "k": "thousand", "bn": "billion"}
_UNITS = {
    "km2": "square kilometre", "m2": "square metre", "m3": "cubic metre", "kWh": "kilowatt hour", "kW": "kilowatt",
    "kg": "kilogram", "mg": "milligram", "g": "gram", "km": "kilometre", "cm": "centimetre", "mm": "millimetre",
    "m": "metre", "ml": "millilitre", "mL": "millilitre", "l": "litre", "L": "litre", "°C": "degree",
    "°F": "degree Fahrenheit", "°": "degree", "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute",
    "mins": "minute", "s": "second", "sec": "second", "GB": "gigabyte", "MB": "megabyte", "ft": "foot",
    "mph": "mile an hour",
}  # fmt: skip
_UNIT = "(" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")(?![A-Za-z\d])"
_PLURALS = {
    "foot": "feet", "degree Fahrenheit": "degrees Fahrenheit", "mile an hour": "miles an hour", "penny": "pence",
    "yuan": "yuan", "fen": "fen",
}  # fmt: skip
_EACH = r"(month|year|day|week|hour|night|minute|second|person|time|head|visit|kg|kilo|m2|hr|h|min|sec|s)(?![A-Za-z])"


def _many(name: str, figures: str) -> str:
    return name if figures == "1" else _PLURALS.get(name, f"{name}s")


def _chain(match: re.Match[str]) -> str:
    """1-2-301: no range, and no telephone number that is known."""
    return ", ".join(one_by_one(part) if len(part) > 2 else whole(part) for part in match.group().split("-"))


def _range(match: re.Match[str]) -> str:
    first, unit, second = match.groups(default="")
    return f"{first}{unit}{', ' if not unit and signs.falls(first, second) else ' to '}"


def _money(match: re.Match[str]) -> str:
    minus, currency, figures, scale, last, last_scale = match.groups(default="")
    name, small = _CURRENCIES[currency]
    said = _amount(figures, scale, name, small)
    if last:
        said = f"{number(figures)}{_scaled(scale)} to {_amount(last, last_scale, name, small)}"
    return ("minus " if minus else "") + said


def _scaled(scale: str) -> str:
    return f" {_SCALES_SAID.get(scale.lower(), scale)}" if scale else ""


def _amount(figures: str, scale: str, name: str, small: str) -> str:
    """$3.50 is three dollars fifty, £0.05 is five pence."""
    units, _, cents = figures.replace(",", "").partition(".")
    cents = cents.rstrip("0")
    if scale or len(cents) > 2 or not cents:
        kept = f"{units}.{cents}" if cents else units
        return f"{number(kept)}{_scaled(scale)} {_many(name, '' if scale else kept)}"
    rest = cents.ljust(2, "0").lstrip("0")
    if not int(units):
        return f"{whole(rest)} {_many(small, rest)}"
    said = f"{whole(units)} {_many(name, units)}"
    return f"{said} {whole(rest)}" if len(rest) == 2 else f"{said} and {whole(rest)} {_many(small, rest)}"


def _each(match: re.Match[str]) -> str:
    name = _UNITS.get(match.group(1), match.group(1))
    return f" {'an' if name == 'hour' else 'a'} {name}"


def _fraction(match: re.Match[str]) -> str:
    ones, above, below = match.groups()
    high, low = int(above), int(below)
    if not 0 < high < low:
        said = f"{_whole(high)} over {_whole(low)}"
        return f"{whole(ones)}, {said}" if ones else said
    part = {2: "half", 4: "quarter"}.get(low) or ordinal(low)
    if ones and low == 2:
        return f"{whole(ones)} and a half"
    return (f"{whole(ones)} and " if ones else "") + f"{_whole(high)} {_many(part, above)}"


_QUANTITIES = rules(
    # Ranges first: afterwards a hyphen before figures is a minus.
    (r"(?<![\d.,:-])\d++(?:-\d++){2,}+(?!\d)", _chain),
    (
        rf"(?<![\d.,:-])(\d++(?:[.,:]\d++)*+)([%°kKmM]|°C|[ap]m)? ?[-–—~]{{1,2}} ?"
        rf"(?={_CURRENCY}?(\d++(?:,\d{{3}})*+(?:\.\d++)?))",
        _range,
    ),
)
_AMOUNTS = rules(
    (rf"(-?)({_CURRENCY}) ?({NUMBER})(?: ?{_SCALE})?(?: to {_CURRENCY}?({NUMBER})(?: ?{_SCALE})?)?", _money),
    (r"(?<![A-Za-z])km/h(?![A-Za-z])", " kilometres an hour "),
    (rf"(?<=[A-Za-z\d%])/{_EACH}", _each),
    (r"(?<![\d/.])(?:(\d{1,4}) )?(\d{1,4})/(\d{1,4})(?![\d/])", _fraction),
    (r"(?<=\d)\.00?(?= (?:yuan|dollars?|pounds?|euros?)\b)", ""),
    (r"(?<=\d)%", " percent "),
    (r"(?<=\d)‰", " per thousand "),
    (r"(?<=[\d)]) ?[×x*] ?(?=\d)", " times "),
    (r"(?<=[\d)]) ?÷ ?(?=\d)", " divided by "),
    (r"(?<=\d)\+", " plus "),
    (r"±(?= ?\d)", " plus or minus "),
    (r"[≥≧](?= ?\d)", " at least "),
    (r"[≤≦](?= ?\d)", " at most "),
    (r"[≈≒~](?= ?\d)", " about "),
    (r">(?= ?\d)", " more than "),
    (r"<(?= ?\d)", " less than "),
    (r"=(?= ?\d)", " equals "),
    (r"(?<![\dA-Za-z.])-(?=\d)", " minus "),
    (
        rf"(?<!\d)({NUMBER})[ -]?{_UNIT}",
        lambda match: f"{number(match.group(1))} {_many(_UNITS[match.group(2)], match.group(1))}",
    ),
    (r"(?<![A-Za-z])[Nn][Oo]s?\.? ?(?=\d)|# ?(?=\d)", " number "),
    (r"(?<!\d)\d++(?:\.\d++){2,}+", lambda match: " point ".join(map(whole, match.group().split(".")))),
)


# Letters and signs


_WORN = {
    **{"Ltd": "Limited", "Co": "Company", "Inc": "Incorporated", "Corp": "Corporation", "Dept": "Department"},
    **{"Rd": "Road", "Ave": "Avenue", "approx": "approximately", "Approx": "Approximately"},
    **{"Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Thur": "Thursday"},
    **{"Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday", "Sept": "September"},
    **{month[:3]: month for month in _MONTHS if month != "May"},
}
"""Words that are cut short with a full stop, which ends no sentence."""
_ANY_WORN = "|".join(sorted(_WORN, key=len, reverse=True))
_SENTENCES = "(?:He|She|It|They|We|You|The|This|That|Then|There|If|When|But|And|So|Do|No|Never|Now|What|Who|Why|How)"
"""With what no name begins."""
_LETTERED = (
    r"(?i:plan|vitamin|option|type|group|grade|answer|class|room|gate|choice|point|section|block|building|letter|key"
    r"|slash|dot|at|dash|underscore)"
)
_NAME = rf"(?=(?!{_SENTENCES}\b)[A-Z][a-z])"

_SHORT = rules(
    (rf"(?<![A-Za-z])({_ANY_WORN})\.(?= ?$| (?!{_ANY_WORN})[“\"]?[A-Z])", lambda match: f"{_WORN[match.group(1)]}."),
    (rf"(?<![A-Za-z])({_ANY_WORN})\.", lambda match: _WORN[match.group(1)]),
    (r"(?<![A-Za-z])St\.(?= [A-Z])", "Saint"),
    (r"(?<![A-Za-z])St\.(?= ?$)", "Street."),
    (r"(?<![A-Za-z])St\.", "Street"),
    (r"(?<![A-Za-z])[Ee]\.g\.,?", " for example,"),
    (r"(?<![A-Za-z])[Ii]\.e\.,?", " that is,"),
    (r"(?<![A-Za-z])etc\.(?= ?$| [A-Z])", " and so on."),
    (r"(?<![A-Za-z])etc\.?(?![A-Za-z])", " and so on"),
    (r"(?<![A-Za-z])vs\.?(?![A-Za-z])", " versus "),
    (
        r"(?<![A-Za-z])(?i:mrs|mr|ms|dr|prof)(?![A-Za-z])\.?",
        lambda match: f"{_TITLES[match.group().rstrip('.').lower()]} ",
    ),
    (r"(?<![A-Za-z])(?:[A-Za-z]\.){2,}+", lambda match: signs.letters(match.group().replace(".", "")) + " "),
)


def _token(match: re.Match[str]) -> str:
    """Letters and figures in one: 4G, A4, MP3."""
    said, after = [], False
    for run in re.findall(r"[A-Za-z]+|\d+", match.group()):
        if run.isdigit():
            said.append(one_by_one(run) if after and len(run) > 2 else whole(run))
        else:
            said.append(_word(run) if len(run) > 1 else run.upper())
        after = not run.isdigit()
    return "-".join(said)


def _word(word: str) -> str:
    if word in _ROMAN:
        return _ROMAN[word]
    low = word.lower()
    if low in _SAID:
        return _SAID[low]
    if len(word) > 1 and word.isupper():
        spelled = low in _SPELLED or not any(vowel in low for vowel in "aeiouy")
        return signs.letters(word) if spelled else low
    if word.endswith("s") and word[:-1].isupper() and low[:-1] in _SPELLED:
        return signs.letters(word[:-1]) + "s"
    return signs.letters(word) if low in _ALSO_IN_SMALL_LETTERS else word


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


_LATIN = rules(
    (r"(?<![\d.,])(\d++\.\d++)(?=[A-Za-z])", lambda match: number(match.group(1)) + " "),
    (r"(?<![A-Za-z\d])(?=[A-Za-z]*+\d)(?=\d*+[A-Za-z])[A-Za-z\d]++", _token),
    (NUMBER, lambda match: f" {number(match.group())} "),
    (r"(?:^|(?<=[.?!] ))[“\"]?([A-Z]{2,}+)(?![A-Za-z])", lambda match: f" {_capital(_word(match.group(1)))}"),
    (r"[A-Za-z]{2,}+", lambda match: _word(match.group())),
)

_CAPS = {"enter": "the Enter key", "*": "star", "/": "slash", ".": "the dot", "+": "plus", "-": "minus", "#": "hash"}

_SIGNS = rules(
    (r"(?<=[Pp]ress )#", "hash"),
    (r"(?<=[Pp]ress )[*]", "star"),
    (r"(?<=[A-Za-z]) ?& ?(?=[A-Za-z])", " and "),
    (r"(?<=[A-Za-z]) ?\+ ?(?=[A-Za-z])", " plus "),
    (r"(?<=[A-Za-z]) ?= ?(?=[A-Za-z])", " equals "),
    (r"(?<=[A-Za-z])/(?=[A-Za-z])", " or "),
    (r"@ ?(?=[A-Za-z])", " at "),
    (r"\.{2,}+|…", ", "),
    (r"(?<![A-Za-z])['-]|['-](?![A-Za-z])", " "),
)

_PAUSES = ",.?!;:"
_STRONGEST = "?!.;:,"
_PUNCTUATION = str.maketrans(dict.fromkeys("()[]{}<>【】〔〕〈〉|/\\—–→←↑↓⇒➜•~，、" + signs.PAUSE, ","))
_UNSPOKEN = re.compile(rf"[^A-Za-zÀ-ÖØ-öø-ſ {_PAUSES}'-]++")
_BEGINNING = re.compile(r"(?<=[.?!] )[a-z](?![A-Z])")
"""After a full stop: engines take one before a small letter for an abbreviation's."""
_CLUSTER = re.compile(rf" *+[{_PAUSES}][{_PAUSES} ]*+")


def _strongest(match: re.Match[str]) -> str:
    return min((sign for sign in match.group() if sign != " "), key=_STRONGEST.index) + " "


_INITIALS = rules(
    # Behind a small word or a title; and at the beginning, where the first letters would be those of a list.
    (
        rf"((?<![A-Za-z'-])(?!{_LETTERED} )(?:[a-z]{{1,20}}|{'|'.join(_TITLES.values())}) )"
        rf"((?:[A-HJ-Z]\. ){{1,3}}){_NAME}",
        lambda match: match.group(1) + match.group(2).replace(".", ""),
    ),
    (rf"^((?:[E-HJ-Z]\. ){{1,3}}){_NAME}", lambda match: match.group(1).replace(".", "")),
)
"""Letters before a name. They come last, so that what is said once is said the same again."""

_OVERRIDDEN = rules(
    (
        rf"(?<![A-Za-z\d/.])(?:{'|'.join(map(re.escape, _OVERRIDES))})(?![A-Za-z\d/])",
        lambda match: _OVERRIDES[match.group()],
    ),
)
_ADDRESSES = signs.addresses(
    {".": "dot", "@": "at", "/": "slash", "_": "underscore", "-": "dash"}, lambda figure: _SMALL[int(figure)], " "
)


def say(text: str, numbers: frozenset[str], keys: Mapping[str, str]) -> str:
    """A text as it is to be pronounced in English."""
    text = signs.normalised(text).replace("。", ". ")
    text = signs.capped(apply(_OVERRIDDEN, text), {**_CAPS, **keys})
    text = apply((*_ADDRESSES, *_DATES, *_given(numbers), *_DIALLED_RULES), text)
    text = apply((*_QUANTITIES, *_TIMES, *_AMOUNTS, *_SHORT, *_LATIN, *_SIGNS), text)
    text = _UNSPOKEN.sub(" ", text.translate(_PUNCTUATION))
    text = _CLUSTER.sub(_strongest, " ".join(text.split()))
    text = _BEGINNING.sub(lambda match: match.group().upper(), text.lstrip(f"{_PAUSES} ").rstrip(", "))
    text = apply(_INITIALS, text)
    return text if any(map(str.isalpha, text)) else ""
