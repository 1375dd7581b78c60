"""Reads the settings: from the command line, else from one TOML file, else the default; and tells where each is from.

The file is the first of: `--config`, the variable `KIOSK_CONFIG`, `kiosk.toml` in the user's configuration folder,
`kiosk.toml` in the system's. `docs/CONFIGURATION.md` describes every key.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from kiosk.core.characters import REGIONS, spoken_as
from kiosk.core.errors import UsageError
from kiosk.core.settings import SPEEDS, VOLUMES, Player, RoundSize, Settings

FILE = "kiosk.toml"
VARIABLE = "KIOSK_CONFIG"
DEFAULT = "default"

_MOST_BYTES = 1 << 20
_KEY_NAME_CELLS = 6
_SCRIPT = 4
"""Letters in the name of a script in that of a locale; a region has two."""
_KEY_CAPS = ("enter", *"0123456789", *"*+-/.")

Reader = Callable[[object, Path], Any]
"""From a value of the file (or of the command line) and the folder it is relative to, to one of `Settings`; raises
`ValueError` with what is needed."""


class Key(NamedTuple):
    """A setting as the file names it."""

    name: str
    """Table and key: `idle.seconds`."""
    field: str
    """Of `Settings`."""
    read: Reader
    option: str = ""
    """The option of the command line that says the same."""


class Loaded(NamedTuple):
    """The settings in force."""

    settings: Settings
    sources: Mapping[str, str]
    """By field of `Settings`: `default`, an option, the path of the file, or the variable of the locale."""
    file: Path | None
    """The file that was read."""


def load(path: Path | None = None, overrides: Mapping[str, object] = MappingProxyType({})) -> Loaded:
    """The settings in force; `path` is that of `--config`, `overrides` what else the command line says, by field.

    An override of `None`, or of an empty tuple, is none. Raises `UsageError` with a line for each thing that is wrong.
    """
    file = path or _find()
    values: dict[str, Any] = {}
    sources = dict.fromkeys((key.field for key in KEYS), DEFAULT)
    problems: list[str] = []
    if file is not None:
        in_file, in_file_problems = _check(_parse(file), file.absolute().parent)
        values |= in_file
        sources |= dict.fromkeys(in_file, str(file))
        problems += [f"{file}: {problem}" for problem in in_file_problems]
    for field, value in overrides.items():
        if value is None or value == ():
            continue
        key = _BY_FIELD[field]
        try:
            values[field] = key.read(value, Path.cwd())
        except ValueError as error:
            problems.append(f"{key.option or field}: {error}")
        sources[field] = key.option or "command line"
    if problems:
        raise UsageError("\n".join(problems))
    if "languages" not in values:
        first = values.get("language")
        values["languages"] = _offered(first or _of_locale(os.environ)[0])
        if values["languages"] != Settings().languages:
            sources["languages"] = sources["language"] if first else _locale(os.environ)[0]
    return Loaded(_complete(Settings(**values)), MappingProxyType(sources), file)


def places() -> tuple[Path, ...]:
    """Where the file is looked for unless it is named."""
    import platformdirs

    return (
        platformdirs.user_config_path("kiosk", appauthor=False) / FILE,
        platformdirs.site_config_path("kiosk", appauthor=False) / FILE,
    )


def _find() -> Path | None:
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    return next((place for place in places() if place.is_file()), None)


def _complete(settings: Settings) -> Settings:
    """With the system's own folders where none are named."""
    import platformdirs

    return replace(
        settings,
        data=settings.data or platformdirs.user_data_dir("kiosk", appauthor=False),
        cache=settings.cache or platformdirs.user_cache_dir("kiosk", appauthor=False),
    )


def _parse(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        if file.is_file() and file.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{file} is larger than a configuration file: name another with --config")
        # utf-8-sig: editors on Windows put a mark in front that TOML doesn't know.
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise UsageError(f"{file} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
        if isinstance(error, tomllib.TOMLDecodeError):
            raise UsageError(f"{file}: not TOML: {error}: see docs/CONFIGURATION.md for an example") from error
        raise UsageError(f"{file}: {getattr(error, 'strerror', None) or error}: name a file with --config") from error
    except RecursionError as error:
        raise UsageError(f"{file}: nested too deep: see docs/CONFIGURATION.md for an example") from error


def _check(tables: Mapping[str, object], folder: Path) -> tuple[dict[str, Any], list[str]]:
    """The values by field, and what is wrong with the rest."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for table, content in tables.items():
        if table not in _TABLES:
            problems.append(f"[{table}]: unknown table{_nearest(table, _TABLES, '[{}]')}")
            continue
        if not isinstance(content, dict):
            problems.append(f"{table}: this is a table: write [{table}] on a line of its own, its keys below")
            continue
        for name, value in content.items():
            key = _BY_NAME.get(f"{table}.{name}")
            if key is None:
                known = [other.name for other in KEYS if other.name.startswith(f"{table}.")]
                problems.append(f"{table}.{name}: unknown key{_nearest(f'{table}.{name}', known)}")
                continue
            try:
                values[key.field] = key.read(value, folder)
            except ValueError as error:
                problems.append(f"{key.name}: {error}")
    return values, problems


def _nearest(name: str, known: Iterable[str], form: str = "{}") -> str:
    """A remedy for an unknown name."""
    import difflib

    known = list(known)
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f": did you mean {form.format(close[0])}?"
    return f": there are {', '.join(form.format(other) for other in known)}"


def _need(what: str, value: object) -> ValueError:
    shown = repr(value)
    return ValueError(f"{shown if len(shown) <= 60 else shown[:57] + '…'}: {what} is needed")


def _text(value: object, _: Path) -> str:
    """A short name in quotes."""
    if not isinstance(value, str) or not value.strip() or len(value) > 64 or not value.isprintable():
        raise _need("a text in quotes of 1 to 64 characters", value)
    return value


def _device(value: object, _: Path) -> str:
    if not isinstance(value, str) or len(value) > 200 or not value.isprintable():
        raise _need('the name of a sound device in quotes ("" for the system\'s own)', value)
    return value


def _whole(least: int, most: int) -> Reader:
    def read(value: object, _: Path) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _need(f"a whole number from {least} to {most}", value)
        return value

    return read


def _seconds(most: float) -> Reader:
    def read(value: object, _: Path) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise _need(f"a number of seconds from 0 to {most:g}", value)
        return float(value)

    return read


def _one_of(allowed: tuple[int, ...]) -> Reader:
    def read(value: object, _: Path) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            raise _need(f"one of {', '.join(map(str, allowed))}", value)
        return value

    return read


def _flag(value: object, _: Path) -> bool:
    if not isinstance(value, bool):
        raise _need("true or false, without quotes,", value)
    return value


def _round(value: object, _: Path) -> RoundSize:
    if not isinstance(value, str) or value not in set(RoundSize):
        raise _need(f"one of {', '.join(repr(str(size)) for size in RoundSize)}", value)
    return RoundSize(value)


def _is_language(value: object) -> bool:
    return (
        isinstance(value, str)
        and value.isascii()
        and all(part.isalnum() and len(part) <= 8 for part in value.split("-"))
        and value[:2].isalpha()
        and len(value) >= 2
    )


def _language(value: object, _: Path) -> str:
    if not isinstance(value, str) or not _is_language(value):
        raise _need('a language such as "zh" or "en"', value)
    return value


def _languages(value: object, _: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(map(_is_language, value)) or len(set(value)) < len(value):
        raise _need('a list of different languages such as ["zh", "en"]', value)
    return tuple(value)


def _folder(value: object, base: Path) -> str:
    if not isinstance(value, str | Path) or not str(value):
        raise _need("the path of a folder in quotes", value)
    # Not resolve(): a link stays a link, so that a folder that is moved later is still found.
    return os.path.abspath(base / os.path.expanduser(value))  # noqa: PTH100, PTH111


def _folders(value: object, base: Path) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise _need("a list of paths in quotes", value)
    return tuple(_folder(path, base) for path in value)


def _file(value: object, base: Path) -> str:
    if not isinstance(value, str) or not value:
        raise _need("the path of a file in quotes", value)
    return os.path.abspath(base / os.path.expanduser(value))  # noqa: PTH100, PTH111 - as for folders


def _models(value: object, base: Path) -> Mapping[str, str]:
    """Voice files by language."""
    if not isinstance(value, dict) or not all(map(_is_language, value)):
        raise _need('a table by language, such as { zh = "/srv/voices/zh.onnx" },', value)
    return MappingProxyType({language: _file(path, base) for language, path in value.items()})


def _player(value: object, _: Path) -> Player:
    if not isinstance(value, str) or value not in set(Player):
        raise _need(f"one of {', '.join(repr(str(player)) for player in Player)}", value)
    return Player(value)


def _key_name(value: object, base: Path) -> str:
    """Short enough for the help row at 56×16, where a key has fourteen cells with what it does."""
    name = _text(value, base)
    if " " in name or sum(2 if ord(character) >= 0x2E80 else 1 for character in name) > _KEY_NAME_CELLS:
        raise _need(
            f"one word of at most {_KEY_NAME_CELLS} letters or {_KEY_NAME_CELLS // 2} Chinese characters", value
        )
    return name


def _names(value: object, base: Path) -> Mapping[str, Mapping[str, str]]:
    """By key and language; each language's text short enough to be written in a help row."""
    if not isinstance(value, dict):
        raise _need('a table by key, such as enter = { zh = "绿键", en = "green" },', value)
    names: dict[str, Mapping[str, str]] = {}
    for cap, by_language in value.items():
        if cap not in _KEY_CAPS:
            raise ValueError(f"{cap!r}: unknown key{_nearest(cap, _KEY_CAPS)}")
        if not isinstance(by_language, dict) or not all(map(_is_language, by_language)):
            raise _need(f'{cap}: names by language, such as {{ en = "green" }},', by_language)
        names[cap] = MappingProxyType({language: _key_name(name, base) for language, name in by_language.items()})
    return MappingProxyType(names)


KEYS = (
    Key("site.name", "site", _text),
    Key("site.kiosk", "kiosk", _text),
    Key("languages.offered", "languages", _languages),
    Key("languages.first", "language", _language, "--lang"),
    Key("round.size", "round_size", _round),
    Key("idle.seconds", "idle_seconds", _whole(1, 3600)),
    Key("idle.countdown_seconds", "countdown_seconds", _whole(1, 600)),
    Key("idle.goodbye_seconds", "goodbye_seconds", _whole(1, 600)),
    Key("keys.repeat_seconds", "key_repeat_seconds", _seconds(5)),
    Key("keys.guard_seconds", "key_guard_seconds", _seconds(5)),
    Key("keys.names", "key_names", _names),
    Key("voice.volume", "volume", _one_of(VOLUMES)),
    Key("voice.speed", "speed", _one_of(SPEEDS)),
    Key("voice.muted", "muted", _flag, "--mute"),
    Key("voice.device", "sound_device", _device),
    Key("voice.headphones", "headphones", _device),
    Key("voice.player", "player", _player),
    Key("voice.tones", "tones", _flag),
    Key("voice.piper", "piper", _models),
    Key("voice.cache_megabytes", "voice_cache_megabytes", _whole(0, 100_000)),
    Key("data.folder", "data", _folder, "--data"),
    Key("data.cache", "cache", _folder),
    Key("content.packs", "content", _folders, "--content"),
)
"""Every setting, in the order of the documentation."""

_BY_NAME = {key.name: key for key in KEYS}
_BY_FIELD = {key.field: key for key in KEYS}
_TABLES = tuple(dict.fromkeys(key.name.partition(".")[0] for key in KEYS))


def language_of_locale(offered: tuple[str, ...], environ: Mapping[str, str] = os.environ) -> str:
    """The language of LC_ALL, LC_MESSAGES or LANG, read as text: the first that is set decides.

    The locale need not be installed. One that is not offered means Chinese, else the first offered.
    """
    named = next((language for language in _of_locale(environ) if language in offered), "")
    chinese = ("zh", *(language for language in offered if spoken_as(language) == "zh"))
    return named or next((language for language in chinese if language in offered), offered[0])


def _locale(environ: Mapping[str, str]) -> tuple[str, str]:
    """The variable that names the locale, and its value; empty texts where none does."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next(((name, value) for name in names if (value := environ.get(name))), ("", ""))


def _of_locale(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The languages that the locale can mean, the likeliest first: `zh_TW` is in other characters than `zh_CN`."""
    language, *marks = _locale(environ)[1].replace("_", "-").split(".")[0].split("@")[0].lower().split("-")
    # A script says more than a region: `zh_Hans_HK` is Hong Kong in simplified characters.
    marks = [mark for mark in marks if len(mark) == _SCRIPT and mark.isalpha()] or marks
    others = [code for code, regions in REGIONS.items() if spoken_as(code) == language and regions & {*marks}]
    return (*others, language)


def _offered(first: str) -> tuple[str, ...]:
    """What is offered unless the file says so; a visit that begins in other characters is led to them again.

    The next after them is another language, not the same in the characters that its readers can read as well.
    """
    default, spoken = Settings().languages, spoken_as(first)
    if first == spoken or spoken not in default:
        return default
    return (first, *(language for language in default if language != spoken), spoken)
