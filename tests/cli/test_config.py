"""`kiosk config show`: what is in force and where each value is from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk import config
from kiosk.cli.root import run


@pytest.fixture(autouse=True)
def nobodys_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests."""
    monkeypatch.delenv(config.VARIABLE, raising=False)
    monkeypatch.setattr(config, "places", lambda: (tmp_path / "user.toml", tmp_path / "system.toml"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(
        '[site]\nname = "阳光社区"\n[idle]\nseconds = 180\n[keys.names]\nenter = { zh = "绿键" }\n', encoding="utf-8"
    )
    return path


def test_every_setting_is_shown_with_its_source(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "show", "--config", str(file), "--data", str(tmp_path)]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == f"# file: {file}"
    assert [line.split()[0] for line in lines] == [key.name for key in config.KEYS]
    shown = {line.split()[0]: line.split()[1:] for line in lines}
    assert shown["site.name"] == ['"阳光社区"', str(file)]
    assert shown["idle.seconds"] == ["180", str(file)]
    assert shown["voice.muted"] == ["false", "default"]
    assert shown["data.folder"] == [f'"{tmp_path}"', "--data"]


def test_programs_get_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "show", "--config", str(file), "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["file"] == str(file)
    assert shown["settings"]["keys.names"] == {"value": {"enter": {"zh": "绿键"}}, "from": str(file)}
    assert shown["settings"]["languages.offered"] == {"value": ["zh", "en"], "from": "default"}
    assert shown["settings"]["round.size"]["value"] == "default"


def test_without_a_file_it_says_where_one_would_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "show"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        f"# no file: neither {tmp_path / 'user.toml'} nor {tmp_path / 'system.toml'}"
    )


def test_the_file_may_be_named_by_the_environment(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(config.VARIABLE, str(file))
    assert run(["config", "show"]) == 0
    assert f"# file: {file}" in capsys.readouterr().out


def test_a_wrong_file_is_a_line_and_exit_2(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("[idle]\nsecond = 3\n", encoding="utf-8")
    assert run(["config", "show", "--config", str(file)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"kiosk: {file}: idle.second: unknown key: did you mean idle.seconds?\n"
