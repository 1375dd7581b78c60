"""`kiosk content`: problems on stdout, one line of summary on stderr, and the exit code that the format promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.packs.sample import ONE, spoil, write_pack
from tests.cli.said import Kiosk, kiosk_of


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = write_pack(tmp_path)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def kiosk(capsys: pytest.CaptureFixture[str]) -> Kiosk:
    return kiosk_of(capsys, "content")


@pytest.mark.usefixtures("pack")
def test_a_sound_pack_says_nothing_on_stdout(kiosk: Kiosk) -> None:
    said = kiosk("check", "sample")
    assert (said.code, said.out) == (0, "")
    assert said.notes == ["kiosk: nothing wrong in sample"]


def test_a_problem_is_one_line_with_the_path_as_it_was_reached(
    pack: Path, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(pack, ONE, "channel: phone", "chanel: phone")
    expected = "scenarios/fraud-3.yaml:4:1: error[unknown-key] 'chanel' is not known here (did you mean 'channel'?)"
    assert kiosk("check", "sample").lines[0] == f"sample/{expected}"
    assert kiosk("check", str(pack)).lines[0] == f"{pack}/{expected}"
    assert kiosk("check", ".").lines[0] == f"sample/{expected}"
    monkeypatch.chdir(pack)
    assert kiosk("check", ".").lines[0] == expected
    monkeypatch.chdir(pack / "scenarios")
    assert kiosk("check", "fraud-3.yaml").lines == [expected.removeprefix("scenarios/")]


def test_exit_codes_are_0_1_and_2(pack: Path, kiosk: Kiosk) -> None:
    spoil(pack, ONE, "  zh: 孙子出事要现金", "  zh: 你家孙子")
    assert kiosk("check", "sample").code == 0
    assert kiosk("check", "--strict", "sample").code == 1
    spoil(pack, ONE, "cue: 4", "cue: 9")
    assert kiosk("check", "sample").code == 1
    assert kiosk("check", "nowhere").code == 2
    assert kiosk("check").code == 2
    assert kiosk("check", "--format", "xml", "sample").code == 2


def test_an_info_is_no_reason_to_fail(pack: Path, kiosk: Kiosk) -> None:
    spoil(pack, "baselines.yaml", "      read: 2026-11-22", "      read: 2026-11-22\n      confirm: 本地派出所")
    said = kiosk("check", "--strict", "sample")
    assert said.code == 0
    assert "info[to-confirm]" in said.out
    assert said.notes == ["kiosk: 1 info in sample"]


def test_json_is_an_array_of_the_same(pack: Path, kiosk: Kiosk) -> None:
    spoil(pack, ONE, "channel: phone", "chanel: phone")
    problems = json.loads(kiosk("check", "--format", "json", "sample").out)
    assert problems[0] == {
        "path": f"sample{os.sep}scenarios{os.sep}fraud-3.yaml",
        "line": 4,
        "column": 1,
        "severity": "error",
        "code": "unknown-key",
        "message": "'chanel' is not known here",
        "hint": "did you mean 'channel'?",
    }
    assert json.loads(kiosk("check", "--format", "json", "sample/scenarios/fraud-1.yaml").out) == []


def test_a_file_inside_a_pack_is_checked_with_its_pack_and_shown_alone(pack: Path, kiosk: Kiosk) -> None:
    spoil(pack, ONE, "twin: genuine-3", "twin: genuine-2")
    spoil(pack, "sayings.yaml", "kind: rhyme", "kind: rime")
    said = kiosk("check", f"sample/{ONE}")
    assert said.code == 1
    assert [line.partition(":")[0] for line in said.lines] == [f"sample/{ONE}"]
    assert kiosk("check", "sample/sayings.yaml").code == 1
    assert kiosk("check", "sample/facts.yaml").code == 0
    assert len(kiosk("check", "sample/scenarios").lines) == 2


@pytest.mark.usefixtures("pack")
def test_a_folder_of_packs_is_checked_whole(tmp_path: Path, kiosk: Kiosk) -> None:
    other = write_pack(tmp_path / "more")
    other.rename(tmp_path / "second")
    spoil(tmp_path / "second", "pack.yaml", "id: sample", "id: second")
    spoil(tmp_path / "second", ONE, "cue: 4", "cue: 9")
    (tmp_path / "third" / "scenarios").mkdir(parents=True)
    said = kiosk("check", str(tmp_path))
    assert said.code == 1
    place = f"{tmp_path}/second/scenarios/fraud-3.yaml:21:6"
    assert f"{place}: error[no-such-line] there is no line 9; the scene has 4" in said.lines
    assert f"{tmp_path}/third: error[missing-file] this looks like a pack, but pack.yaml is missing" in said.lines


@pytest.mark.parametrize("name", ["nowhere", "empty", "loop", "pack-without", "file.txt", "sample/nothing.yaml"])
@pytest.mark.usefixtures("pack")
def test_nothing_to_read_is_one_line_and_2(tmp_path: Path, kiosk: Kiosk, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "pack-without" / "scenarios").mkdir(parents=True)
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "loop").symlink_to("loop")
    said = kiosk("check", name)
    assert said.code == 2
    assert said.out == ""
    assert len(said.notes) == 1
    assert said.notes[0].startswith(f"kiosk: {name}: ")


def test_list_shows_what_the_kiosk_would_show(pack: Path, kiosk: Kiosk) -> None:
    said = kiosk("list", "--content", "sample")
    assert said.code == 0
    assert "sample/fraud-3\tscenario\tfraud\tphone\t2\t孙子出事要现金 / A grandson needs cash" in said.lines
    assert "sample/fact-1\tfact\t-\t-\t-\t真的派出所会怎么办？ / What do the real police do?" in said.lines
    assert len(said.lines) == 9
    spoil(pack, ONE, "cue: 4", "cue: 9")
    said = kiosk("list", "--content", "sample", "--format", "json")
    assert "sample/fraud-3" not in [row["id"] for row in json.loads(said.out)]
    assert json.loads(said.out)[0] == {
        "id": "sample/fraud-1",
        "kind": "scenario",
        "verdict": "fraud",
        "channel": "phone",
        "level": 2,
        "title": {"zh": "孙子出事要现金", "en": "A grandson needs cash", "zh-Hant": "孫子出事要現金"},
    }
    assert said.notes == ["kiosk: 8 items; 1 left out: see `kiosk content check`"]


def test_what_is_only_to_know_can_be_left_out(pack: Path, kiosk: Kiosk) -> None:
    """In lines and as JSON; what is to be mended stays."""
    spoil(pack, "baselines.yaml", "    - title: a leaflet\n", "    - title: a leaflet\n      confirm: 派出所\n")
    spoil(pack, ONE, "  zh: 孙子出事要现金", "  zh: 孙子要核实")
    assert [line.split("[")[0].split()[-1] for line in kiosk("check", str(pack)).lines] == ["info", "warning"]
    assert [line.split("[")[0].split()[-1] for line in kiosk("check", str(pack), "--no-infos").lines] == ["warning"]
    found = json.loads(kiosk("check", str(pack), "--no-infos", "--format", "json").out)
    assert [problem["severity"] for problem in found] == ["warning"]


@pytest.mark.usefixtures("pack")
def test_coverage_counts_by_type_channel_verdict_and_level(kiosk: Kiosk) -> None:
    """Types and channels without any case are shown too, and named as gaps."""
    said = kiosk("list", "--content", "sample", "--coverage")
    assert said.code == 0
    legend, table, channels, gaps = "\n".join(said.lines).split("\n\n")
    assert "practise" in legend
    assert table.splitlines()[1].split() == ["type,", "channel", "1", "2", "3", "1", "2", "3"]
    rows = [line.split() for line in channels.splitlines()[2:]]
    asked = json.loads(kiosk("list", "--content", "sample", "--coverage", "--format", "json").out)
    listed = json.loads(kiosk("list", "--content", "sample", "--format", "json").out)
    scenarios = [row for row in listed if row["kind"] == "scenario"]
    assert sum(cell["practised"] + cell["measured"] for cell in asked["cells"]) == len(scenarios)
    assert int(rows[-1][-2]) + int(rows[-1][-1]) == len(scenarios)
    assert gaps.splitlines() == [
        f"{len(asked['gaps'])} gaps",
        *(f"  {gap['kind']} {gap['name']} {gap['lack']}" for gap in asked["gaps"]),
    ]
    assert asked["gaps"]


@pytest.mark.usefixtures("pack")
def test_list_without_a_pack_is_2(kiosk: Kiosk) -> None:
    assert kiosk("list", "--content", "nowhere").code == 2


def test_list_shows_the_packs_that_come_with_the_kiosk(kiosk: Kiosk) -> None:
    said = kiosk("list")
    assert said.code == 0
    assert any(line.startswith("elder-fraud/") for line in said.lines)


@pytest.mark.usefixtures("pack")
def test_compile_is_for_the_kiosk_itself(tmp_path: Path, kiosk: Kiosk) -> None:
    assert kiosk("compile", "sample", "--cache", str(tmp_path / "cache")).code == 0
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert kiosk("compile", "sample").code == 2
    assert kiosk("compile", "nowhere", "--cache", "x").code == 2
    (tmp_path / "file").write_text("x")
    said = kiosk("compile", "sample", "--cache", str(tmp_path / "file" / "cache"))
    assert said.code == 1
    assert len(said.notes) == 1
    assert "compile" not in kiosk("--help").out.partition("Commands")[2].replace("Check, list and compile", "")


@pytest.mark.skipif(sys.platform == "win32", reason="locales are named otherwise there")
@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_chinese_is_printed_somehow_in_any_locale(pack: Path, locale: str) -> None:
    spoil(pack, ONE, "  zh: 孙子出事要现金", "  zh: 这是“骗局”，正规")
    environment = {**os.environ, "LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    command = [sys.executable, "-m", "kiosk", "content", "check", str(pack)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"warning[wording]" in done.stdout


def test_checking_loads_no_screen(pack: Path) -> None:
    script = (
        "import sys; from kiosk.cli.root import run; run(['content', 'check', sys.argv[1]]);"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'textual', 'sqlalchemy', 'miniaudio'}))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(pack)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
