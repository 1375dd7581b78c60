"""What this machine is like, seen on this machine and in places where it lacks something."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from kiosk.adapters.machine import ThisMachine, disk, fonts, sound, terminal
from kiosk.core.checkup import BLOCKS, HAN

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fontconfig and /proc are Linux's")
fontconfig = pytest.mark.skipif(shutil.which("fc-list") is None, reason="fontconfig is not installed")


def test_system_names_kiosk_python_and_system() -> None:
    system = ThisMachine().system()
    assert (system.name, system.python) == (sys.platform, sys.executable)
    assert system.about.startswith("kiosk ")
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}." in system.about


def test_the_time_knows_its_zone() -> None:
    assert ThisMachine().now().utcoffset() is not None


class TestFonts:
    @linux
    @fontconfig
    def test_without_fonts_there_are_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FONTCONFIG_FILE", str(no_fonts(tmp_path)))
        seen = fonts.look(HAN, BLOCKS)
        assert (seen.told, seen.han, seen.blocks) == (True, (), False)

    @linux
    @fontconfig
    def test_a_font_is_found_by_the_characters_that_it_has(self) -> None:
        """No font has what Unicode never assigned; each system's fonts have Latin letters."""
        assert fonts.look("\U000e0fff", "\U000e0fff").han == ()
        if not fonts.look("A", "A").han:
            pytest.skip("there is no font here")
        assert fonts.look("A", "A").blocks

    @linux
    def test_without_fontconfig_nothing_can_be_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        seen = fonts.look(HAN, BLOCKS)
        assert not seen.told
        assert "fc-list" in seen.why

    @linux
    def test_one_that_hangs_is_given_up(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program(tmp_path / "fc-list", "import time; time.sleep(60)")
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(fonts, "SECONDS", 0.3)
        assert fonts.look(HAN, BLOCKS).why == "fc-list took longer than 0.3 s"

    def test_windows_fonts_are_known_by_their_files(self, tmp_path: Path) -> None:
        (tmp_path / "MSYH.TTC").touch()
        (tmp_path / "arial.ttf").touch()
        assert fonts.in_folders([tmp_path, tmp_path / "none"]).han == ("Microsoft YaHei",)
        assert fonts.in_folders([tmp_path / "none"]).han == ()

    def test_macos_has_its_own(self) -> None:
        assert fonts.look(HAN, BLOCKS, "darwin").han


class TestSound:
    @linux
    def test_cards_are_told_by_name(self, tmp_path: Path) -> None:
        cards = tmp_path / "cards"
        second = " " * 22 + "HDA Intel PCH at 0xf7f10000 irq 31"
        cards.write_text(f" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n{second}\n")
        assert sound.look(cards, tmp_path / "none").cards == ("HDA-Intel - HDA Intel PCH",)
        cards.write_text("--- no soundcards ---\n")
        assert sound.look(cards, tmp_path / "none").cards == ()
        assert sound.look(tmp_path / "none", tmp_path / "none").cards == ()

    @linux
    @pytest.mark.skipif(os.geteuid() == 0, reason="root may do everything")
    def test_a_card_of_others_is_not_allowed(self, tmp_path: Path) -> None:
        device = tmp_path / "pcmC0D0p"
        device.touch(mode=0o000)
        assert not sound.look(tmp_path, tmp_path).allowed

    @linux
    def test_no_card_forbids_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "timer").touch(mode=0o000)
        assert sound.look(tmp_path, tmp_path).allowed
        assert sound.look(tmp_path, tmp_path / "none").allowed

    @linux
    def test_players_are_those_that_could_be_started(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setitem(sys.modules, "miniaudio", None)
        assert sound.look().players == ()
        program(tmp_path / "aplay", "")
        assert sound.look().players == ("aplay",)


class TestDisk:
    def test_a_folder_that_is_there_and_one_that_can_be_made(self, tmp_path: Path) -> None:
        there = disk.look(tmp_path)
        assert (there.exists, there.why) == (True, "")
        assert there.free > 0
        later = disk.look(tmp_path / "a" / "b")
        assert (later.exists, later.why) == (False, "")
        assert list(tmp_path.iterdir()) == []

    def test_a_file_in_the_way_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert disk.look(tmp_path / "file" / "data").why == f"{tmp_path / 'file'} is a file"

    @linux
    def test_a_place_where_nobody_can_write_says_why(self) -> None:
        seen = disk.look(Path("/proc/kiosk"))
        assert not seen.exists
        assert seen.why


class TestTerminal:
    @pytest.mark.parametrize(
        ("environment", "colours"),
        [
            ({"TERM": "xterm-256color"}, 256),
            ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
            ({"TERM": "xterm-kitty"}, 1 << 24),
            ({"TERM": "linux"}, 16),
            ({"TERM": "xterm"}, 16),
            ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 0),
            ({"TERM": "xterm-256color", "NO_COLOR": ""}, 256),
        ],
    )
    @linux
    def test_colours_are_those_of_the_environment(self, environment: dict[str, str], colours: int) -> None:
        main, other = os.openpty()
        saved = os.dup(1)
        try:
            os.dup2(other, 1)
            seen = terminal.look(environment)
        finally:
            os.dup2(saved, 1)
            for descriptor in (main, other, saved):
                os.close(descriptor)
        assert (seen.attached, seen.kind, seen.colours, seen.remote) == (True, environment["TERM"], colours, False)

    def test_over_ssh_another_computer_shows_it(self) -> None:
        assert terminal.look({"SSH_CONNECTION": "10.0.0.2 50000 10.0.0.1 22"}).remote


def no_fonts(folder: Path) -> Path:
    """A configuration of fontconfig without fonts."""
    file = folder / "fonts.conf"
    cache = folder / "font-cache"
    file.write_text(f'<?xml version="1.0"?><fontconfig><cachedir>{cache}</cachedir></fontconfig>')
    return file


def program(path: Path, source: str) -> None:
    """An executable file in Python."""
    path.write_text(f"#!{sys.executable}\n{source}\n")
    path.chmod(0o755)
