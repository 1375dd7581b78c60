"""What is installed works without a checkout around it: a wheel as an installer unpacks it, and a plain checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.ports import Words
from tests.end_to_end.premises import Premises

ROOT = Path(wiring.__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of this checkout, built by its own build system."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    left_out = shutil.ignore_patterns(".*", "__pycache__", "tests", "benchmarks", "*.mo", "dist", "build")
    shutil.copytree(ROOT, copy, ignore=left_out)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def shows_its_welcome(premises: Premises, words: Words, path: Path) -> None:
    """`python -m kiosk run` with nothing but that folder's code, without the development extras' Babel, and without
    OpenCC, of which some machines have no wheel."""
    for name in ("babel", "opencc"):
        (path / f"{name}.py").write_text("raise ImportError('not installed')", encoding="utf-8")
    terminal = premises.spawn(
        [sys.executable, "-m", "kiosk", "run", "--mute", "--lang", "zh-Hant", "--config", str(premises.config)],
        environment={"PYTHONPATH": str(path)},
    )
    terminal.until_shows(words.write("zh", "welcome-promise"), 60)
    terminal.until(lambda: not terminal.shows(words.write("zh", "starting")), "ready", 60)
    terminal.press(b"1")
    terminal.until_shows(words.write("zh", "home-hello"))


def test_the_wheel_carries_content_catalogues_glyphs_and_licences(wheel: Path) -> None:
    """Compiled catalogues, too."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "kiosk/_data/content/elder-fraud/pack.yaml",
        "kiosk/_data/locales/zh/LC_MESSAGES/kiosk.mo",
        "kiosk/_data/locales/en/LC_MESSAGES/kiosk.mo",
        "kiosk/_data/locales/zh-Hant/LC_MESSAGES/kiosk.mo",
        "kiosk/adapters/glyphs/glyphs.json",
        "kiosk/adapters/glyphs/LICENSE-unifont.txt",
        "kiosk/tui/kiosk.tcss",
    ):
        assert name in names


@pytest.mark.parametrize("older", ["kiosk.mo", "kiosk.po"])
def test_a_wheel_shows_its_welcome(premises: Premises, words: Words, wheel: Path, tmp_path: Path, older: str) -> None:
    """Whichever of a catalogue's two files an installer happens to write first."""
    unpacked = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    for file in unpacked.rglob(older):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    shows_its_welcome(premises, words, unpacked)


def test_a_plain_checkout_finds_its_folders(tmp_path: Path) -> None:
    """`content/` and `locales/` two folders above the package."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, copy / name)
    script = "from kiosk import wiring; print(wiring.shipped('content')); print(wiring.shipped('locales'))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(copy / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(copy / "content"), str(copy / "locales")]


def test_this_installation_finds_its_folders() -> None:
    """Editable: those of the checkout."""
    assert wiring.shipped("content") == ROOT / "content"
    assert wiring.shipped("locales") == ROOT / "locales"
