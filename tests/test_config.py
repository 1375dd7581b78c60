"""The settings: where each comes from, what is refused and how, and that every one is documented."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import config
from kiosk.core.errors import UsageError
from kiosk.core.settings import RoundSize, Settings

DOCUMENT = (Path(__file__).parent.parent / "docs" / "CONFIGURATION.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def nobodys_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests."""
    monkeypatch.delenv(config.VARIABLE, raising=False)
    monkeypatch.setattr(config, "places", lambda: (tmp_path / "user" / config.FILE, tmp_path / "system" / config.FILE))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def refused(file: Path, content: str | bytes) -> str:
    """What is said of a file."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    with pytest.raises(UsageError) as refusal:
        config.load(file)
    assert refusal.value.exit_code == 2
    return str(refusal.value)


def read(file: Path, content: str) -> Settings:
    """The settings of a file."""
    file.write_text(content, encoding="utf-8")
    return config.load(file).settings


def test_without_a_file_everything_is_default_and_folders_are_the_systems() -> None:
    loaded = config.load()
    assert loaded.file is None
    assert set(loaded.sources.values()) == {"default"}
    usual = Settings()
    for field in fields(Settings):
        if field.name not in {"data", "cache"}:
            assert getattr(loaded.settings, field.name) == getattr(usual, field.name)
    assert Path(loaded.settings.data).is_absolute()
    assert Path(loaded.settings.cache).is_absolute()
    assert loaded.settings.data != loaded.settings.cache


def test_the_command_line_comes_before_the_file_and_that_before_the_default(file: Path, tmp_path: Path) -> None:
    file.write_text('[site]\nname = "阳光"\n[data]\nfolder = "/from/file"\n[voice]\nspeed = 125\n', encoding="utf-8")
    loaded = config.load(file, {"data": str(tmp_path), "muted": None, "content": ()})
    assert loaded.settings.site == "阳光"
    assert loaded.settings.data == str(tmp_path)
    assert (loaded.sources["site"], loaded.sources["data"], loaded.sources["muted"], loaded.sources["speed"]) == (
        str(file),
        "--data",
        "default",
        str(file),
    )


def test_the_file_is_the_first_of_its_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for name in ("system", "user", "variable", "option"):
        path = tmp_path / name / config.FILE
        path.parent.mkdir()
        path.write_text(f'[site]\nname = "{name}"\n')
        if name == "variable":
            monkeypatch.setenv(config.VARIABLE, str(path))
        loaded = config.load(path if name == "option" else None)
        found.append((loaded.settings.site, loaded.file == path))
    assert found == [("system", True), ("user", True), ("variable", True), ("option", True)]


def test_a_file_that_is_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml: No such file.*--config"):
        config.load(tmp_path / "nowhere.toml")
    monkeypatch.setenv(config.VARIABLE, str(tmp_path / "nowhere.toml"))
    with pytest.raises(UsageError, match=r"nowhere\.toml"):
        config.load()


def test_paths_are_relative_to_the_file_and_options_to_where_one_is(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    file.write_text('[data]\nfolder = "../log"\ncache = "~/cache"\n[content]\npacks = ["a", "/b"]\n')
    settings = config.load(file).settings
    assert settings.data == str(tmp_path.parent / "log")
    assert settings.cache == str(home / "cache")
    assert settings.content == (str(tmp_path / "a"), str(Path("/b").absolute()))
    settings = config.load(file, {"data": "log", "content": ("x", Path("y"))}).settings
    assert (settings.data, settings.content) == (str(here / "log"), (str(here / "x"), str(here / "y")))


def test_every_value_is_read(file: Path) -> None:
    settings = read(
        file,
        """
[site]
name = "centre 2"
kiosk = "left"
[languages]
offered = ["en", "zh", "yue"]
first = "yue"
[round]
size = "short"
[idle]
seconds = 240
countdown_seconds = 30
goodbye_seconds = 10
[keys]
repeat_seconds = 0
guard_seconds = 0.2
[keys.names]
enter = { zh = "绿键", en = "green" }
"*" = { en = "star" }
[voice]
volume = 100
speed = 80
muted = true
device = "null"
[data]
folder = "/d"
cache = "/c"
[content]
packs = ["/p"]
""",
    )
    assert settings == Settings(
        kiosk="left",
        site="centre 2",
        languages=("en", "zh", "yue"),
        language="yue",
        round_size=RoundSize.SHORT,
        idle_seconds=240,
        countdown_seconds=30,
        goodbye_seconds=10,
        key_repeat_seconds=0,
        key_guard_seconds=0.2,
        key_names={"enter": {"zh": "绿键", "en": "green"}, "*": {"en": "star"}},
        volume=100,
        speed=80,
        muted=True,
        sound_device="null",
        data=str(Path("/d").absolute()),
        cache=str(Path("/c").absolute()),
        content=(str(Path("/p").absolute()),),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[site]\nnam = 'x'", "site.nam: unknown key: did you mean site.name?"),
        ("[idel]\nseconds = 5", "[idel]: unknown table: did you mean [idle]?"),
        ("[zzzzzz]", "[zzzzzz]: unknown table: there are [site], [languages]"),
        ("site = 'x'", "site: this is a table: write [site]"),
        ("[site]\nname = 5", "site.name: 5: a text in quotes of 1 to 64 characters is needed"),
        ("[site]\nname = ''", "site.name"),
        ("[site]\nname = 'a\\u0007'\nkiosk = \"a\\u0007\"", "site.kiosk"),
        (f"[site]\nname = '{'x' * 65}'", "site.name: 'xxx"),
        ("[idle]\nseconds = 0", "idle.seconds: 0: a whole number from 1 to 3600 is needed"),
        ("[idle]\nseconds = 5000", "idle.seconds: 5000"),
        ("[idle]\nseconds = '120'", "idle.seconds: '120'"),
        ("[idle]\nseconds = 1.5", "idle.seconds: 1.5"),
        ("[idle]\nseconds = true", "idle.seconds: True"),
        ("[keys]\nrepeat_seconds = -1", "keys.repeat_seconds: -1: a number of seconds from 0 to 5 is needed"),
        ("[keys]\nrepeat_seconds = nan", "keys.repeat_seconds: nan"),
        ("[keys]\nrepeat_seconds = true", "keys.repeat_seconds: True"),
        ("[keys.names]\nentre = { en = 'x' }", "keys.names: 'entre': unknown key: did you mean enter?"),
        ("[keys.names]\nenter = 'x'", "keys.names: 'x': enter: names by language"),
        ("[keys]\nnames = 3", "keys.names: 3: a table by key"),
        ("[keys.names]\nenter = { en = 3 }", "keys.names: 3: a text"),
        ("[voice]\nspeed = 90", "voice.speed: 90: one of 50, 65, 80, 100, 125, 160, 200 is needed"),
        ("[voice]\nvolume = true", "voice.volume: True"),
        ("[voice]\nmuted = 'yes'", "voice.muted: 'yes': true or false"),
        ("[voice]\nmuted = 1", "voice.muted: 1"),
        ("[voice]\ndevice = 1", "voice.device: 1"),
        ("[round]\nsize = 'long'", "round.size: 'long': one of 'default', 'full', 'short' is needed"),
        ("[languages]\noffered = []", "languages.offered: []"),
        ("[languages]\noffered = ['zh', 'zh']", "languages.offered"),
        ("[languages]\noffered = 'zh'", "languages.offered: 'zh'"),
        ("[languages]\noffered = ['../zh']", "languages.offered"),
        ("[languages]\nfirst = 'Chinese, please'", "languages.first: 'Chinese, please'"),
        ("[data]\nfolder = ''", "data.folder: '': the path of a folder"),
        ("[content]\npacks = 'x'", "content.packs: 'x': a list of paths"),
        ("[content]\npacks = [1]", "content.packs: 1: the path of a folder"),
        ("[site\nname = 'x'", "not TOML"),
        ("[site]\nname = 'x'\nname = 'y'", "not TOML"),
        ("x = " + "[" * 100_000, "kiosk.toml: "),
    ],
    ids=lambda value: value[:40],
)
def test_what_is_wrong_is_said_with_file_key_and_remedy(file: Path, content: str, said: str) -> None:
    message = refused(file, content)
    assert said in message
    assert message.startswith(f"{file}: ")
    assert "\n" not in message


def test_a_spoken_variety_can_be_offered_and_first(file: Path) -> None:
    """Which there are, only the packs know: they are asked when the kiosk opens."""
    file.write_text('[languages]\noffered = ["zh", "yue", "en"]\nfirst = "zh-henan"\n')
    settings = config.load(file).settings
    assert (settings.languages, settings.language) == (("zh", "yue", "en"), "zh-henan")


def test_everything_that_is_wrong_is_said_at_once(file: Path) -> None:
    lines = refused(file, "[idle]\nseconds = 0\n[voice]\nspeed = 1\nvolum = 3\n").splitlines()
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[site]\nname = '\xd6\xd0'", "not UTF-8"),
        (b"[site]\nname = 'a\0b'", "not TOML"),
        (b"#" * (2 << 20), "larger than a configuration file"),
    ],
    ids=["GBK", "NUL", "2 MiB"],
)
def test_what_is_no_text_is_refused(file: Path, content: bytes, said: str) -> None:
    assert said in refused(file, content)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--config"):
        config.load(tmp_path)


def test_a_file_from_windows_is_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf[site]\r\nname = 'x'\r\n")
    assert config.load(file).settings.site == "x"


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"data": ""}, "--data: '': the path of a folder"),
        ({"language": "no such"}, "--lang: 'no such'"),
    ],
)
def test_a_wrong_option_is_said_with_its_name(overrides: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        config.load(None, overrides)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=5
)


@given(st.sampled_from(config.KEYS), ANYTHING)
def test_any_value_is_read_or_refused_with_a_remedy(key: config.Key, value: object) -> None:
    said = "read"
    try:
        Settings(**{key.field: key.read(value, Path("/"))})
    except ValueError as error:
        said = str(error)
    assert said == "read" or ("\n" not in said and ": " in said)


def headings() -> dict[str, str]:
    """The text of the document by the heading of a setting."""
    parts = re.split(r"^### (.+)$", DOCUMENT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_setting_has_a_key_and_every_key_a_heading() -> None:
    assert {key.field for key in config.KEYS} == {field.name for field in fields(Settings)}
    assert list(headings()) == [key.name for key in config.KEYS]


@pytest.mark.parametrize("key", config.KEYS, ids=lambda key: key.name)
def test_the_documented_default_is_the_default(key: config.Key) -> None:
    text = headings()[key.name].split("\n## ")[0]
    if key.field in {"data", "cache"}:
        assert "Without it:" in text
        return
    found = re.search(r"Default:\s+`(.+?)`", text)
    assert found
    default = getattr(Settings(), key.field)
    documented = tomllib.loads(f"x = {found[1]}")["x"]
    assert documented == (list(default) if isinstance(default, tuple) else default)
    if key.option:
        assert key.option in text


def test_the_documented_example_is_read(file: Path) -> None:
    example = re.search(r"```toml\n(.+?)```", DOCUMENT, flags=re.DOTALL)
    assert example
    settings = read(file, example[1])
    assert settings.site == "阳光社区"
    assert settings.key_names["enter"]["en"] == "green"


@pytest.mark.parametrize(
    ("locale", "first", "offered"),
    [
        ("zh_CN.UTF-8", None, ("zh", "en")),
        ("zh_TW.UTF-8", None, ("zh-Hant", "en", "zh")),
        ("zh_HK", None, ("zh-Hant", "en", "zh")),
        ("zh_Hant_CN", None, ("zh-Hant", "en", "zh")),
        ("zh_Hans_HK", None, ("zh", "en")),
        ("zh-Hans-TW", None, ("zh", "en")),
        ("zh_TW", "zh", ("zh", "en")),
        ("C", "zh-Hant", ("zh-Hant", "en", "zh")),
        ("C", "yue", ("zh", "en")),
        ("zz_TW", None, ("zh", "en")),
    ],
)
def test_traditional_characters_are_offered_where_a_visit_begins_in_them(
    monkeypatch: pytest.MonkeyPatch, locale: str, first: str | None, offered: tuple[str, ...]
) -> None:
    """Unless the file says what is offered; then the locale is led to what is there."""
    monkeypatch.setenv("LC_ALL", locale)
    settings = config.load(None, {"language": first}).settings
    assert settings.languages == offered
    assert config.language_of_locale(("zh", "en")) == "zh"
    if first is None:
        assert config.language_of_locale(settings.languages) == offered[0]


@pytest.mark.parametrize(
    ("offered", "locale", "language"),
    [
        (("en", "zh-Hant"), "zh_CN.UTF-8", "zh-Hant"),
        (("en", "zh-Hant"), "zh_Hans_HK", "zh-Hant"),
        (("en", "zh-Hant"), "fr_FR", "zh-Hant"),
        (("zh-Hant", "zh"), "fr_FR", "zh"),
        (("zh", "zh-Hant"), "zh_HK", "zh-Hant"),
        (("zh", "zh-Hant"), "zh_Hans_HK", "zh"),
        (("en", "de"), "zh_CN", "en"),
    ],
)
def test_a_locale_that_is_not_offered_means_chinese_in_whichever_characters_it_is(
    offered: tuple[str, ...], locale: str, language: str
) -> None:
    assert config.language_of_locale(offered, {"LANG": locale}) == language


def test_what_led_to_traditional_characters_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable of the locale, or whatever says in which language a visit begins."""
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    assert config.load().sources["languages"] == "LC_ALL"
    assert config.load(None, {"language": "zh-Hant"}).sources["languages"] == "--lang"
    assert config.load(None, {"language": "zh"}).sources["languages"] == "default"
    file.write_text('[languages]\nfirst = "zh-Hant"\n')
    assert config.load(file).sources["languages"] == str(file)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert config.load().sources["languages"] == "default"


def test_the_file_decides_what_is_offered(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_TW")
    file.write_text('[languages]\noffered = ["zh", "en"]\n')
    assert config.load(file).settings.languages == ("zh", "en")
    assert config.load(file, {"language": "zh-Hant"}).settings.languages == ("zh", "en")
