"""`kiosk voice render`: everything once, over voices that do what a test says and over real ones."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk import wiring
from kiosk.cli import voice_render
from kiosk.cli.root import run
from kiosk.core.settings import Settings
from kiosk.core.speech import Utterance
from kiosk.usecases.render import Order
from tests.adapters.packs.sample import write_pack
from tests.cli.office import Office
from tests.waves import save, tone

KIOSK = [sys.executable, "-P", "-m", "kiosk", "voice", "render"]
ENGLISH = [*KIOSK, "sample", "--lang", "en", "--jobs", "2"]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office()
    monkeypatch.setattr(wiring, "speech", made.hire)
    return made


def write_config(folder: Path) -> Path:
    """Settings in a new folder, and a pack beside them."""
    write_pack(folder)
    file = folder / "kiosk.toml"
    file.write_text(f"[data]\ncache = '{folder / 'cache'}'\n")
    return file


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a test, in the folder of its pack."""
    file = write_config(tmp_path)
    monkeypatch.setenv("KIOSK_CONFIG", str(file))
    monkeypatch.chdir(tmp_path)
    return file


class Said:
    """What it said, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.figures = dict(re.split(r"  +", line) for line in out.splitlines())
        self.notes = [line for line in err.splitlines() if " % (" not in line]
        self.progress = [line for line in err.splitlines() if " % (" in line]

    def count(self, name: str) -> int:
        return int(self.figures[name])


Render = Callable[..., Said]


@pytest.fixture
def render(capsys: pytest.CaptureFixture[str], config: Path) -> Render:  # noqa: ARG001
    def call(*arguments: str) -> Said:
        code = run(["voice", "render", *arguments])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return call


class TestOverPaper:
    """What is asked of voices, and what is said of what they did."""

    def test_every_part_of_every_language_is_made_once(self, office: Office, render: Render) -> None:
        said = render("sample")
        assert said.code == 0
        assert said.notes == []
        assert len(set(office.asked)) == len(office.asked) == said.count("parts")
        assert {language for _, language, _ in office.asked} == {"zh", "zh-henan", "en"}
        assert {speed for _, _, speed in office.asked} == {100}
        parts = {part for part, language, _ in office.asked if language == "zh"}
        assert {"sample/fraud-1/scene-1", "sample/coupons/page-2-choice-1", "sample/_help/minute-1"} <= parts
        assert {"sample/police/text", "_kiosk/digit-1"} <= parts
        assert said.count("not made") == said.count("from recordings") == 0
        assert office.repertoire.languages == (("zh", "zh"), ("zh-henan", "zh"), ("en", "en"))
        assert [pack for pack, _ in office.repertoire.folders] == ["sample"]

    def test_a_second_run_makes_nothing_and_says_so(self, office: Office, render: Render) -> None:
        first = render("sample")
        office.asked.clear()
        second = render("sample")
        assert second.code == 0
        assert second.count("made") == 0
        assert second.count("already there") == second.count("parts") == first.count("parts")
        assert "times faster than speech" in first.figures
        assert "times faster than speech" not in second.figures

    def test_what_is_recorded_is_not_made(self, tmp_path: Path, office: Office, render: Render) -> None:
        save(tmp_path / "sample/audio/zh-henan/fraud-1/scene-1.wav", tone(3))
        save(tmp_path / "sample/audio/zh/_kiosk/digit-1.flac", tone(1))
        said = render("sample")
        assert said.count("from recordings") == 2
        assert said.count("parts") == len(office.asked) + 2
        assert ("sample/fraud-1/scene-1", "zh-henan", 100) not in office.asked
        assert ("sample/fraud-1/scene-1", "zh", 100) in office.asked
        assert ("_kiosk/digit-1", "zh", 100) not in office.asked

    def test_languages_and_speeds_are_chosen(self, office: Office, render: Render) -> None:
        said = render("sample", "--lang", "en", "--speed", "50", "--speed", "200", "--speed", "50")
        assert {(language, speed) for _, language, speed in office.asked} == {("en", 50), ("en", 200)}
        assert len(office.asked) == said.count("parts")

    def test_the_speed_of_the_settings_is_the_default(self, config: Path, office: Office, render: Render) -> None:
        config.write_text(config.read_text() + "[voice]\nspeed = 80\n")
        render("sample")
        assert {speed for _, _, speed in office.asked} == {80}

    def test_the_voices_play_nothing_and_are_ended(self, config: Path, office: Office, render: Render) -> None:
        config.write_text(config.read_text() + '[voice]\ndevice = "hall"\nheadphones = "phones"\n')
        render("sample", "--jobs", "3")
        assert len(office.settings) == office.closed == 4  # one of them only tells what there is
        assert {(settings.sound_device, settings.headphones) for settings in office.settings} == {("null", "")}

    def test_the_packs_of_the_settings_are_the_default(self, config: Path, office: Office, render: Render) -> None:
        config.write_text(config.read_text() + "[content]\npacks = ['sample']\n")
        render()
        assert [pack for pack, _ in office.repertoire.folders] == ["sample"]

    def test_what_cannot_be_made_is_named_and_the_rest_is_made(self, office: Office, render: Render) -> None:
        office.broken = {"sample/fraud-1/scene-1", "_kiosk/digit-1"}
        said = render("sample", "--lang", "zh", "--jobs", "1")
        assert said.code == 1
        assert said.count("not made") == 2
        assert said.count("made") + said.count("already there") == said.count("parts") - 2
        assert sorted(said.notes) == [
            "kiosk: _kiosk/digit-1 (zh, 100 %): the engine is broken",
            "kiosk: sample/fraud-1/scene-1 (zh, 100 %): the engine is broken",
        ]
        tried = [part for part, _, _ in office.asked if part in office.broken]
        assert sorted(tried) == sorted([*office.broken, *office.broken])

    def test_what_many_lack_for_one_reason_is_not_a_page_of_lines(self, office: Office, render: Render) -> None:
        render("sample", "--lang", "zh")
        office.broken = {part for part, _, _ in office.asked if "fraud" in part}
        office.cache.clear()
        said = render("sample", "--lang", "zh")
        assert said.code == 1
        assert said.count("not made") == len(office.broken) > 21
        assert len(said.notes) == 21
        assert said.notes[-1] == f"kiosk: and {len(office.broken) - 20} more parts: the engine is broken"

    def test_a_language_without_a_voice_is_one_line(self, office: Office, render: Render) -> None:
        office.mute = {"zh"}
        said = render("sample")
        assert said.code == 1
        assert said.notes == [f"kiosk: no voice for {code}: `kiosk voice list` says why" for code in ("zh", "zh-henan")]
        assert {language for _, language, _ in office.asked} == {"en"}
        assert said.count("not made") == said.count("parts") - len(office.asked)

    def test_a_cache_that_is_too_small_is_told_before_and_after(
        self, config: Path, office: Office, render: Render
    ) -> None:
        config.write_text(config.read_text() + "[voice]\ncache_megabytes = 2\n")
        said = render("sample", "--lang", "zh")
        assert said.code == 1
        first, last = said.notes
        assert first.startswith("kiosk: voice.cache_megabytes is 2, and all of this takes about ")
        needed = sum(len(text) / 3 for text, _, _ in office.cache) * 33_000 / 1e6
        assert f"takes {int(needed) + 1}:" in last
        enough = int(last.rpartition("set it to ")[2])
        assert enough >= needed
        config.write_text(config.read_text().replace("= 2\n", f"= {enough}\n"))
        said = render("sample", "--lang", "zh")
        assert (said.code, said.notes) == (0, [])

    def test_a_cache_of_nothing_is_refused(self, config: Path, office: Office, render: Render) -> None:
        config.write_text(config.read_text() + "[voice]\ncache_megabytes = 0\n")
        said = render("sample")
        assert said.code == 2
        assert said.notes == ["kiosk: voice.cache_megabytes is 0, so nothing would be kept: set it, or leave it out"]
        assert office.asked == []

    def test_a_cache_that_cannot_be_written_is_told_before_the_work(
        self, config: Path, office: Office, render: Render
    ) -> None:
        config.write_text(f"[data]\ncache = '{config / 'cache'}'\n")
        said = render("sample")
        assert said.code == 1
        assert said.notes == [
            f"kiosk: {config / 'cache'}: nothing can be kept there: not a directory: name another folder in data.cache"
        ]
        assert office.asked == []

    @pytest.mark.parametrize(
        ("arguments", "why"),
        [
            (["sample", "--lang", "yue"], "--lang yue: this kiosk speaks zh, zh-henan, en"),
            (["nowhere"], "nowhere: there is no such file or folder"),
        ],
    )
    def test_what_is_wrong_with_the_call_is_one_line(
        self, office: Office, render: Render, arguments: list[str], why: str
    ) -> None:
        said = render(*arguments)
        assert (said.code, said.figures, office.asked) == (2, {}, [])
        assert said.notes == [f"kiosk: {why}"]

    @pytest.mark.usefixtures("office")
    def test_without_a_terminal_every_tenth_is_a_line(self, render: Render) -> None:
        said = render("sample", "--lang", "zh")
        count = said.count("parts")
        assert [int(line.split()[1]) for line in said.progress] == list(range(10, 101, 10))
        assert said.progress[-1] == f"kiosk: 100 % ({count} of {count})"


def environment_of(config: Path) -> dict[str, str]:
    return {**os.environ, "KIOSK_CONFIG": str(config), "HOME": str(config.parent)}


@pytest.fixture
def environment(config: Path) -> dict[str, str]:
    return environment_of(config)


def children(parent: int) -> Iterator[int]:
    """The voices that a process has started."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if int(fields[1]) == parent and b"kiosk.voice" in command:
                yield int(folder.name)


def figures(out: str) -> dict[str, str]:
    return dict(re.split(r"  +", line) for line in out.splitlines())


class Rendered(NamedTuple):
    """A pack that was rendered in a terminal."""

    folder: Path
    seen: bytes
    """What the terminal got."""
    figures: dict[str, str]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    folder = tmp_path_factory.mktemp("rendered")
    main, terminal = pty.openpty()
    with subprocess.Popen(
        ENGLISH,
        cwd=folder,
        env=environment_of(write_config(folder)),
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    ) as kiosk:
        os.close(terminal)
        seen = b""
        late = threading.Timer(120, kiosk.kill)
        late.start()
        with suppress(OSError):  # Linux says so when the last one has closed the terminal
            while some := os.read(main, 4096):
                seen += some
        late.cancel()
        assert kiosk.stdout is not None
        out = kiosk.stdout.read()
        assert kiosk.wait(20) == 0
    os.close(main)
    return Rendered(folder, seen, figures(out))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
class TestOverRealVoices:
    """What stays in the cache, whatever happens."""

    def test_everything_is_made_and_found_again(self, rendered: Rendered) -> None:
        made = rendered.figures
        assert int(made["made"]) > 100
        assert int(made["made"]) + int(made["already there"]) == int(made["parts"])
        assert float(made["times faster than speech"]) > 1
        voice = rendered.folder / "cache" / "voice"
        assert sum(path.stat().st_size for path in voice.rglob("*") if path.is_file()) > 10_000_000
        environment = environment_of(rendered.folder / "kiosk.toml")
        second = subprocess.run(
            ENGLISH, cwd=rendered.folder, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert second.returncode == 0, second.stderr
        found = figures(second.stdout)
        assert found["made"] == "0"
        assert found["already there"] == found["parts"] == made["parts"]

    def test_in_a_terminal_there_is_a_bar_and_the_figures_come_on_stdout(self, rendered: Rendered) -> None:
        parts = rendered.figures["parts"]
        assert b"rendering" in rendered.seen
        assert f"{parts}/{parts}".encode() in rendered.seen
        assert b"\xe2\x80\x94" not in rendered.seen
        assert b" % (" not in rendered.seen

    def test_a_cache_that_is_too_small_loses_the_oldest_and_nothing_fails(
        self, rendered: Rendered, config: Path, environment: dict[str, str], tmp_path: Path
    ) -> None:
        """Also one that had room for all of it before."""
        shutil.copytree(rendered.folder / "cache", tmp_path / "cache")
        config.write_text(config.read_text() + "[voice]\ncache_megabytes = 5\n")
        done = subprocess.run(ENGLISH, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 1
        assert figures(done.stdout)["not made"] == "0"
        assert done.stderr.splitlines()[-1].startswith("kiosk: voice.cache_megabytes is 5, and all of this takes ")
        size = sum(path.stat().st_size for path in (tmp_path / "cache" / "voice").rglob("*") if path.is_file())
        assert size < 5_500_000

    def test_stopped_by_a_person_it_goes_on_where_it_was_though_a_voice_is_killed(
        self, environment: dict[str, str]
    ) -> None:
        command = [*KIOSK, "sample", "--lang", "zh", "--jobs", "2"]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as kiosk:
            assert kiosk.stderr is not None
            assert kiosk.stdout is not None
            assert kiosk.stderr.readline().startswith("kiosk: 10 % (")
            voices = list(children(kiosk.pid))
            assert len(voices) == 2
            kiosk.send_signal(signal.SIGINT)
            notes = kiosk.stderr.read().splitlines()
            assert kiosk.stdout.read() == ""
            assert kiosk.wait(20) == 130
        said = re.fullmatch(
            r"kiosk: stopped: (\d+) of (\d+) parts are ready; the same command makes the rest", notes[-1]
        )
        assert said
        assert all(" % (" in line for line in notes[:-1])
        assert not any(Path(f"/proc/{voice}").exists() for voice in voices)
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as kiosk:
            assert kiosk.stderr is not None
            assert " % (" in kiosk.stderr.readline()
            voice, _ = children(kiosk.pid)
            os.kill(voice, signal.SIGKILL)
            out, err = kiosk.communicate(timeout=120)
        assert kiosk.returncode == 0, err
        found = figures(out)
        assert found["not made"] == "0"
        assert int(found["already there"]) >= int(said[1]) > 0
        assert 50 < int(found["made"]) <= int(said[2]) - int(said[1])


class TestOtherCharacters:
    """What is spoken alike is made once."""

    def test_nothing_is_made_twice(self, config: Path, office: Office, render: Render) -> None:
        render("sample")
        before = {(part, language) for part, language, _ in office.asked}
        file = config.read_text("utf-8")
        config.write_text(file + '[languages]\noffered = ["zh", "en", "zh-Hant"]\n', encoding="utf-8")
        office.asked.clear()
        said = render("sample")
        asked = [(part, language) for part, language, _ in office.asked]
        assert len(set(asked)) == len(asked)
        assert {language for _, language in asked} == {"zh", "zh-henan", "en"}
        assert {part.partition("/")[0] for part, _ in {*asked} ^ before} <= {"_kiosk"}
        assert office.repertoire.languages == (("zh", "zh"), ("zh-henan", "zh"), ("en", "en"), ("zh-Hant", "zh"))
        assert said.count("already there") > said.count("made")

    def test_alone_it_has_all_that_the_other_has(self, config: Path, office: Office, render: Render) -> None:
        file = config.read_text("utf-8")
        config.write_text(file + '[languages]\noffered = ["zh-Hant"]\n', encoding="utf-8")
        render("sample")
        assert {language for _, language, _ in office.asked} == {"zh"}
        assert ("sample/fraud-1/scene-1", "zh", 100) in office.asked


@pytest.mark.parametrize(("speakers", "fits"), [((0, 0), True), ((0, 1), False)])
def test_the_same_words_of_two_speakers_take_twice_the_room(speakers: tuple[int, ...], fits: bool) -> None:
    """A sound of 0.8 MB fits into one once."""
    sounds = [(Order(Utterance("好", "zh", speaker=speaker), 100), 18.0) for speaker in speakers]
    assert voice_render._check_room(sounds, {"zh": "sit/cmn"}, Settings(voice_cache_megabytes=1)) is fits
