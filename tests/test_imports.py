"""What is loaded, seen in `sys.modules` of a fresh interpreter: what static tools can't see."""

from __future__ import annotations

import ast
import os
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest

import kiosk.core
from kiosk import wiring
from kiosk.adapters.packs import conversion
from kiosk.adapters.words.building import build_all

NEVER_FIRST = (
    "yaml",
    "pydantic",
    "pydantic_core",
    "sqlalchemy",
    "sqlite3",
    "alembic",
    "mako",
    "miniaudio",
    "pyttsx3",
    "babel",
    "opencc",
    "importlib.metadata",
    "kiosk.voice",
)
"""Before the first frame is on the screen."""

NEVER = (
    "yaml",
    "pydantic",
    "pydantic_core",
    "alembic",
    "mako",
    "miniaudio",
    "pyttsx3",
    "babel",
    "opencc",
    "kiosk.voice",
)
"""In the screen's process, ever."""

NOT_IN_CORE = {"os", "io", "pathlib", "time", "subprocess", "threading", "asyncio", "sqlite3", "socket", "logging"}

SCREEN = """
import sys
from pathlib import Path

from kiosk import wiring
from kiosk.__main__ import main
from kiosk.core.keys import Key
from kiosk.core.visit import Place, enter_goes_on

locales, report, last, *arguments = sys.argv[1:]
shipped = wiring.shipped
wiring.shipped = lambda name: Path(locales) if name == "locales" else shipped(name)

def tell():
    with open(report, "a", encoding="utf-8") as file:
        print(*sorted(sys.modules), file=file)

def open_screen(*given, show=wiring.show, **options):
    from kiosk.tui import app

    class Watched(app.KioskApp):
        awake = waiting = False

        def _shown(self):
            tell()
            if last == "first frame":
                self.exit(0)
            else:
                super()._shown()
                self.go_on()

        def _show(self, sheet, page):
            super()._show(sheet, page)
            if self.awake and not self.waiting:
                self.waiting = True
                self.set_timer(0.05, self.go_on)

        def go_on(self):
            self.waiting = False
            visit = self.attend.visit
            if visit.place is Place.WELCOME and self.awake:
                tell()
                self.leave()
                return
            self.awake = True
            self.attend.press(Key.ENTER if enter_goes_on(visit) else Key.ONE)

    app.KioskApp = Watched
    return show(*given, **options)

wiring.show = open_screen
sys.argv = ["kiosk", *arguments]
sys.exit(main())
"""
"""The real program with two ears: it notes the modules at the first frame, and then at the end of a learn visit."""


@dataclass
class Place:
    """Folders in which everything is warm: compiled packs, and catalogues as an installation leaves them."""

    folder: Path

    def loaded(self, last: str) -> list[set[str]]:
        """What the screen's process has loaded at the first frame, and until the last moment asked for."""
        report = self.folder / f"{last}.txt"
        kiosk = ["run", "--mute", "--lang", "zh-Hant", "--data", str(self.folder / "data")]
        kiosk += ["--config", str(self.folder / "kiosk.toml")]
        child = pexpect.spawn(
            sys.executable,
            ["-c", SCREEN, str(self.folder / "locales"), str(report), last, *kiosk],
            dimensions=(20, 71),
            env={**os.environ, "TERM": "xterm-256color"},
            timeout=60,
        )
        drawn = child.read()
        child.close()
        assert child.exitstatus == 0, drawn.decode(errors="replace")
        return [set(line.split()) for line in report.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("imports")
    shutil.copytree(wiring.shipped("locales"), folder / "locales")
    build_all(folder / "locales", conversion)
    settings = f"[keys]\nrepeat_seconds = 0\nguard_seconds = 0\n[data]\ncache = {str(folder / 'cache')!r}\n"
    (folder / "kiosk.toml").write_text(settings, encoding="utf-8")
    packs = wiring.packs([wiring.shipped("content")], folder / "cache")
    packs.catalogue()
    packs.close()
    return Place(folder)


def test_the_first_frame_waits_for_nothing_heavy(place: Place) -> None:
    (first_frame,) = place.loaded("first frame")
    assert "kiosk.core.pages.home" in first_frame
    assert first_frame.isdisjoint(NEVER_FIRST), first_frame.intersection(NEVER_FIRST)


def test_a_whole_visit_loads_neither_yaml_nor_pydantic_nor_alembic(place: Place) -> None:
    _, after_a_visit = place.loaded("visit")
    assert "sqlalchemy" in after_a_visit, "the log has been opened"
    assert after_a_visit.isdisjoint(NEVER), after_a_visit.intersection(NEVER)


def core_modules() -> list[str]:
    found = pkgutil.walk_packages(kiosk.core.__path__, "kiosk.core.")
    return ["kiosk.core", *(module.name for module in found)]


def imported(module: str) -> Iterator[str]:
    """What a module's source imports, wherever in it."""
    found = sys.modules.get(module) or __import__(module, fromlist=["_"])
    tree = ast.parse(Path(str(found.__file__)).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            yield str(node.module)


@pytest.mark.parametrize("module", core_modules())
def test_the_core_imports_the_standard_library_alone_and_nothing_that_acts(module: str) -> None:
    outside = {name.partition(".")[0] for name in imported(module)} - {"kiosk", "__future__"}
    assert outside <= sys.stdlib_module_names
    assert outside.isdisjoint(NOT_IN_CORE)
    own = {name for name in imported(module) if name.partition(".")[0] == "kiosk"}
    assert all(name == "kiosk.core" or name.startswith("kiosk.core.") for name in own)


def test_the_core_loads_what_it_says_and_no_more() -> None:
    modules = core_modules()
    named = sorted({name for module in modules for name in imported(module) if name.partition(".")[0] != "kiosk"})
    loaded = _fresh(
        "import importlib, sys\n"
        f"for name in {named!r}: importlib.import_module(name)\n"
        "before = set(sys.modules)\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    assert set(loaded.split()) == {"kiosk", *modules}


def _fresh(program: str) -> str:
    """What a program prints in an interpreter of its own."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
