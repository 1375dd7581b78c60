"""`kiosk doctor` on this machine, and on machines that lack something: the line, what to do, and the exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from ctypes.util import find_library
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rich.cells import cell_len

from kiosk.adapters.log import DATABASE
from kiosk.core.checkup import AREAS
from kiosk.usecases.examine import SECONDS
from tests.adapters.packs.sample import ONE, spoil, write_pack
from tests.adapters.test_machine import no_fonts
from tests.end_to_end.premises import KIOSK, Premises, single_line

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is taken away here is Linux's")

NO_WHEEL = "import sys\nsys.modules['espeakng_loader'] = None\n"
"""Of a `sitecustomize`, which every Python reads that a kiosk starts: as on a machine where the wheel is missing …"""

NO_ESPEAK = (
    NO_WHEEL
    + """
import ctypes

class Library(ctypes.CDLL):
    def __init__(self, name, *others, **more):
        if name and "espeak" in str(name):
            raise OSError(f"{name}: there is no such library")
        super().__init__(name, *others, **more)

ctypes.CDLL = ctypes.cdll._dlltype = Library
"""
)
"""… and the system has no espeak-ng of its own either."""

_INDENT = " " * 16
_FURTHER = " " * 20
"""Before further lines of a text and of what to do, which there are in a terminal only."""
_LINE = re.compile(r"^(ok|note|bad) +(\S+) +(.*)$")


class Line(NamedTuple):
    """What is told in one line, and to do under it."""

    state: str
    area: str
    text: str
    remedy: str


class Said:
    """What the doctor said."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.notes = err.splitlines()
        assert "Traceback" not in out + err
        self.lines: list[Line] = []
        for row in out.replace("\r", "").splitlines():
            if match := _LINE.match(row):
                self.lines.append(Line(match[1], match[2], match[3], ""))
            elif row.startswith(_FURTHER) and self.lines[-1].remedy:
                self.lines[-1] = self.lines[-1]._replace(remedy=f"{self.lines[-1].remedy} {row.strip()}")
            elif row.startswith(_INDENT) and "  do: " not in row:
                self.lines[-1] = self.lines[-1]._replace(text=f"{self.lines[-1].text} {row.strip()}")
            elif "  do: " in row:
                self.lines[-1] = self.lines[-1]._replace(remedy=row.partition("  do: ")[2])

    def one(self, area: str, part: str) -> Line:
        """The only line of an area that has these words in it."""
        found = [line for line in self.lines if line.area == area and part in line.text]
        assert len(found) == 1, self.out
        return found[0]

    @property
    def bad(self) -> list[str]:
        """The areas of bad lines."""
        return [line.area for line in self.lines if line.state == "bad"]


class Doctor:
    """A machine on which everything is right but sound, which goes to nowhere, and fonts, of which nothing is known."""

    def __init__(self, premises: Premises) -> None:
        self.premises = premises
        self.tools = premises.folder / "bin"
        self.tools.mkdir()

    def settings(self, voice: str) -> None:
        """Other settings of the voice than the device that plays to nowhere."""
        file = self.premises.config
        text = file.read_text("utf-8")
        assert 'device = "null"' in text
        file.write_text(text.replace('device = "null"', voice), encoding="utf-8")

    def environment(self, **changes: str | None) -> dict[str, str | None]:
        """No program can be found but what the test puts into `tools`."""
        return {"PATH": str(self.tools), "SSH_CONNECTION": None, "SSH_TTY": None, **changes}

    def command(self, *options: str, data: Path | None = None) -> list[str]:
        given = [str(KIOSK), "doctor", "--config", str(self.premises.config), "--data", str(data or self.premises.data)]
        return [*given, *options]

    def __call__(self, *options: str, data: Path | None = None, **changes: str | None) -> Said:
        """Without a terminal."""
        done = subprocess.run(
            self.command(*options, data=data),
            env=self.premises.environment(**self.environment(**changes)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def in_terminal(self, columns: int, rows: int, **changes: str | None) -> Said:
        """In a terminal of this size."""
        command = self.command()
        terminal = self.premises.spawn(command, (columns, rows), self.environment(**changes))
        code = terminal.until_ended()
        return Said(code, bytes(terminal.raw).decode(), "")

    def without(self, what: str) -> str:
        """A PYTHONPATH of which every Python reads this first."""
        folder = self.premises.folder / "site"
        folder.mkdir(exist_ok=True)
        (folder / "sitecustomize.py").write_text(what)
        return str(folder)


@pytest.fixture(scope="module")
def cache(compiled_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped packs compiled, in which it is remembered how fast the voices are."""
    folder = shutil.copytree(compiled_cache, tmp_path_factory.mktemp("doctor") / "cache")
    premises = Premises(tmp_path_factory.mktemp("measured"), folder)
    for text in ("好", "good"):
        done = premises.run(
            "voice", "say", text, "--config", str(premises.config), "--out", str(premises.folder / "it.wav")
        )
        assert done.returncode == 0, done
    return folder


@pytest.fixture
def doctor(tmp_path: Path, cache: Path) -> Iterator[Doctor]:
    """Whatever a test does, nothing is left running."""
    premises = Premises(tmp_path, cache)
    try:
        yield Doctor(premises)
        premises.until_nothing_runs()
    finally:
        premises.close()


def test_where_everything_works_each_area_is_told_and_it_exits_with_0(doctor: Doctor) -> None:
    begun = time.monotonic()
    said = doctor()
    assert time.monotonic() - begun < SECONDS + 20
    assert (said.code, said.bad) == (0, []), said.out
    assert {line.area for line in said.lines} == {*AREAS}
    assert said.one("voice", "zh: ").state == said.one("voice", "en: ").state == "ok"
    assert re.search(r"\d+ stories, \d+ facts$", said.one("packs", "elder-fraud").text)
    assert said.one("packs", "enough for a learn visit").state == "ok"
    assert said.one("settings", str(doctor.premises.config)).state == "ok"
    assert said.notes[-1].startswith("kiosk: a kiosk here would work; ")


def test_the_rate_of_each_voice_is_as_promised(doctor: Doctor) -> None:
    said = doctor()
    for language, unit, promised in (("zh", "characters", 200), ("en", "words", 125)):
        rate = re.search(rf"(\d+) {unit} a minute", said.one("voice", f"{language}: ").text)
        assert rate is not None, said.out
        assert 0.9 * promised <= int(rate[1]) <= 1.1 * promised


def test_every_line_that_is_not_ok_says_what_to_do(doctor: Doctor) -> None:
    for line in doctor("--content", "/nowhere", data=Path("/proc/kiosk"), PYTHONPATH=doctor.without(NO_ESPEAK)).lines:
        assert line.remedy or line.state == "ok", line


def test_programs_get_the_same_as_an_array(doctor: Doctor) -> None:
    said = doctor("--format", "json")
    told: list[dict[str, Any]] = json.loads(said.out)
    assert said.code == 0
    assert {tuple(row) for row in told} == {("area", "state", "text", "remedy")}
    assert {row["area"] for row in told} == {*AREAS}
    assert {row["state"] for row in told} == {"ok", "note"}


def test_a_device_that_nobody_has_is_bad(doctor: Doctor) -> None:
    doctor.settings('device = "a device that nobody has"')
    said = doctor()
    assert (said.code, said.bad) == (1, ["sound"])
    assert said.notes[-1].startswith("kiosk: 1 bad line: sound; a kiosk here would not serve everybody")


@pytest.mark.skipif(Path("/proc/asound/cards").exists(), reason="there is a sound card here")
def test_without_a_sound_card_the_remedy_is_to_plug_one_in(doctor: Doctor) -> None:
    doctor.settings('device = ""')
    said = doctor()
    assert (said.code, said.bad) == (1, ["sound"])
    sound = said.one("sound", "no sound device")
    assert sound.remedy == "plug in a loudspeaker, headphones or a USB sound card"


@pytest.mark.skipif(not find_library("espeak-ng"), reason="the system has no espeak-ng of its own")
def test_the_systems_espeak_speaks_right_mandarin_or_is_told_not_to(doctor: Doctor) -> None:
    """Debian 12's 1.51 reads it as letters with all voices but one."""
    said = doctor(PYTHONPATH=doctor.without(NO_WHEEL))
    mandarin = said.one("voice", "zh: ")
    if mandarin.state == "ok":
        assert "cmn" in mandarin.text
        assert said.code == 0
    else:
        assert mandarin.remedy == f"{sys.executable} -m pip install espeakng-loader"
        assert (said.code, said.bad) == (1, ["voice"])


@pytest.mark.parametrize("muted", [False, True])
def test_without_espeak_no_language_has_a_voice(doctor: Doctor, muted: bool) -> None:
    if muted:
        doctor.settings('device = "null"\nmuted = true')
    said = doctor(PYTHONPATH=doctor.without(NO_ESPEAK))
    voices = [line for line in said.lines if line.area == "voice" and "visits begin" not in line.text]
    assert voices
    assert {line.state for line in voices} == {"note" if muted else "bad"}
    assert {line.remedy for line in voices} == {f"{sys.executable} -m pip install espeakng-loader"}
    assert said.code == (0 if muted else 1)
    assert set(said.bad) == (set() if muted else {"voice"})


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="fontconfig is not installed")
def test_without_fonts_chinese_can_not_be_read(doctor: Doctor, tmp_path: Path) -> None:
    (doctor.tools / "fc-list").symlink_to(str(shutil.which("fc-list")))
    said = doctor(FONTCONFIG_FILE=str(no_fonts(tmp_path)))
    assert (said.code, said.bad) == (1, ["fonts"])
    assert said.one("fonts", "no font with Chinese characters").remedy == "sudo apt install fonts-noto-cjk"
    assert said.one("fonts", "▀█▄").remedy == "sudo apt install fonts-dejavu-core"


def test_without_fontconfig_the_fonts_are_a_note(doctor: Doctor) -> None:
    fonts = doctor().one("fonts", "can't be told: fc-list")
    assert (fonts.state, fonts.remedy) == ("note", "if 骗看问比 are boxes: sudo apt install fonts-noto-cjk")


def test_a_small_terminal_is_bad(doctor: Doctor) -> None:
    said = doctor.in_terminal(40, 12)
    assert (said.code, said.bad) == (1, ["terminal"])
    small = said.one("terminal", "40×12 cells, and 56×16 are needed")
    assert small.remedy == "make the window full screen, or its letters smaller (Ctrl and -)"


def test_a_terminal_that_is_large_enough_tells_the_grid(doctor: Doctor) -> None:
    said = doctor.in_terminal(75, 22)
    assert (said.code, said.bad) == (0, [])
    assert said.one("terminal", "75×22 cells: the kiosk uses 71×20").state == "ok"
    assert said.one("terminal", "TERM=xterm-256color: 256 colours").state == "ok"
    told = [row for row in said.out.replace("\r", "").splitlines() if not row.startswith("kiosk: ")]
    assert max(map(cell_len, told)) <= 75
    assert any(row.startswith(_FURTHER) for row in told)


def test_linux_text_console_can_not_show_chinese(doctor: Doctor) -> None:
    said = doctor.in_terminal(80, 25, TERM="linux")
    assert (said.code, said.bad) == (1, ["fonts"])
    assert said.one("fonts", "text console").remedy == "start the kiosk in a terminal window on a desktop"


def test_a_dumb_terminal_is_bad(doctor: Doctor) -> None:
    said = doctor.in_terminal(80, 24, TERM="dumb")
    assert (said.code, said.bad) == (1, ["terminal"])
    assert "terminal window" in said.one("terminal", "TERM=dumb").remedy


@pytest.mark.parametrize("where", ["/proc/kiosk", "file/data"])
def test_a_data_folder_that_can_not_be_written_is_bad(doctor: Doctor, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").touch()
    said = doctor(data=tmp_path / where)
    assert (said.code, said.bad) == (1, ["data"])
    assert said.one("data", "can't be written").remedy.startswith("let the kiosk write there")


def test_a_home_that_can_not_be_written_is_bad_without_a_data_folder(doctor: Doctor) -> None:
    command = [str(KIOSK), "doctor", "--config", str(doctor.premises.config)]
    environment = doctor.premises.environment(**doctor.environment(HOME="/proc", XDG_DATA_HOME=None))
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )
    said = Said(done.returncode, done.stdout, done.stderr)
    assert (said.code, said.bad) == (1, ["data"])
    assert said.one("data", "/proc/.local/share/kiosk can't be written")


def test_looking_makes_no_data_folder(doctor: Doctor) -> None:
    said = doctor()
    assert said.one("data", "(will be made)").state == "ok"
    assert said.one("log", "none yet").state == "ok"
    assert not doctor.premises.data.exists()


def test_while_a_kiosk_runs_it_says_so_and_counts_its_visits(doctor: Doctor) -> None:
    assert doctor.premises.run("log", "migrate", "--data", str(doctor.premises.data)).returncode == 0
    kiosk = doctor.premises.open()
    said = doctor()
    assert (said.code, said.bad) == (0, []), said.out
    assert said.one("data", f"a kiosk is running here (process {kiosk.pid})").state == "ok"
    assert said.one("log", "0 visits so far").state == "ok"
    kiosk.send(b"\x11")
    assert kiosk.until_ended() == 0


@pytest.mark.parametrize(
    ("change", "state", "text"),
    [
        ("UPDATE alembic_version SET version_num = '9999_later'", "bad", "of a newer version"),
        ("", "note", "damaged"),
    ],
)
def test_a_log_that_is_newer_or_damaged(doctor: Doctor, change: str, state: str, text: str) -> None:
    done = doctor.premises.run("log", "migrate", "--data", str(doctor.premises.data))
    assert done.returncode == 0, done
    path = doctor.premises.data / DATABASE
    if change:
        with closing(sqlite3.connect(path)) as base, base:
            base.execute(change)
    else:
        path.write_bytes(b"x" * 8192)
    said = doctor()
    log = said.one("log", text)
    assert log.state == state
    assert log.remedy
    assert said.code == (1 if state == "bad" else 0)


def test_settings_that_can_not_be_read_are_2(doctor: Doctor) -> None:
    doctor.premises.config.write_text("[voice]\nvolumes = 3\n", encoding="utf-8")
    said = doctor()
    assert (said.code, said.out) == (2, "")
    assert single_line("\n".join(said.notes)).startswith(f"kiosk: {doctor.premises.config}: voice.volumes: unknown key")
    assert doctor("--format", "xml").code == 2


def test_a_language_without_interface_is_bad(doctor: Doctor) -> None:
    file = doctor.premises.config
    file.write_text(file.read_text("utf-8") + '[languages]\noffered = ["zh", "fr"]\n', encoding="utf-8")
    said = doctor()
    assert (said.code, said.bad) == (1, ["settings"])
    assert said.one("settings", "there is no fr").remedy == f"choose of en, zh, zh-Hant in {file}"


def test_other_characters_are_spoken_drawn_and_found_in_a_font(doctor: Doctor) -> None:
    """With the voice of the language that they are spoken as; all their large words can be drawn."""
    before = doctor().one("glyphs", "can be drawn large")
    file = doctor.premises.config
    file.write_text(file.read_text("utf-8") + '[languages]\noffered = ["zh-Hant", "en"]\n', encoding="utf-8")
    said = doctor()
    assert (said.code, said.bad) == (0, [])
    assert said.one("voice", "zh-Hant: ").text == "zh-Hant: spoken as zh"
    assert said.one("glyphs", "can be drawn large") == before


def test_no_pack_is_bad(doctor: Doctor, tmp_path: Path) -> None:
    said = doctor("--content", str(tmp_path / "none"))
    assert (said.code, said.bad) == (1, ["packs"])
    assert said.one("packs", "there is no such file or folder").remedy == f"kiosk content check {tmp_path / 'none'}"


def test_a_pack_with_a_mistake_and_a_variety(doctor: Doctor, tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    recording = pack / "audio" / "zh-henan" / "genuine-3" / "scene-1.wav"
    recording.parent.mkdir(parents=True)
    recording.touch()
    (recording.parent / "scene-1.mp3").touch()
    (recording.parent / "scene-2.m4a").touch()
    spoil(pack, ONE, "cue: 4", "cue: 9")
    said = doctor("--content", str(pack))
    left_out = said.one("packs", "1 item left out for mistakes")
    assert (left_out.state, left_out.remedy) == ("note", f"kiosk content check {pack}")
    assert said.one("packs", "zh-henan: 河南话").state == "ok"
    assert said.one("voice", "zh-henan: 1 recording, all else in the voice of zh").state == "ok"
    assert said.one("voice", "2 files among the recordings").remedy == f"kiosk voice check {pack}"
    assert said.code == 0


def test_where_nothing_works_it_is_told_in_time(doctor: Doctor) -> None:
    doctor.settings('device = "a device that nobody has"')
    begun = time.monotonic()
    said = doctor("--content", "/nowhere", data=Path("/proc/kiosk"), PYTHONPATH=doctor.without(NO_ESPEAK))
    assert time.monotonic() - begun < SECONDS + 20
    assert said.code == 1
    assert {"packs", "sound", "data"} <= set(said.bad)
    assert {line.area for line in said.lines} == {*AREAS} - {"log"}


def test_it_is_said_in_any_locale(doctor: Doctor) -> None:
    said = doctor(LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii")
    assert said.code == 0
    assert {line.area for line in said.lines} == {*AREAS}


def test_a_reader_that_goes_away_is_no_fault(doctor: Doctor) -> None:
    environment = doctor.premises.environment(**doctor.environment())
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(doctor.command(), env=environment, stdout=writing, stderr=subprocess.PIPE) as child:
        os.close(writing)
        assert child.stderr is not None
        assert b"Traceback" not in child.stderr.read()
