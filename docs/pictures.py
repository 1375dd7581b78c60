"""Draw the README's pictures: the installed kiosk in a pseudo-terminal, key by key, as a person sees it.

Needs a monospaced font with Chinese (Debian: fonts-noto-cjk) and the development extras. Run by `make pictures`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect
import pyte
from PIL import Image, ImageDraw, ImageFont
from wcwidth import wcwidth

FOLDER = Path(__file__).with_name("pictures")
CELL = (16, 34)
SETTINGS = '[keys]\nrepeat_seconds = 0\nguard_seconds = 0\n[voice]\ndevice = "null"\n'

PICTURES = {
    "zh": {"welcome": "", "see": "1 1 ?see *", "verdict": "1 1 ?see ?verdict", "help": "1 9"},
    "en": {"welcome": "", "see": "1 1 ?see *", "verdict": "1 1 ?see ?verdict", "help": "1 9"},
}
"""By language: a picture's name and its keys.

`?see` and `?verdict` answer until that screen is reached; `*` paints a whole scene.
"""

HALVES = {"▀": (0.0, 0.5), "▄": (0.5, 1.0), "█": (0.0, 1.0)}
STEPS = {"see": ("【看】", "[看]", "[SEE]"), "verdict": ("露馅", "放心的一句", "The line that shows")}


def main() -> None:
    """All pictures of both languages."""
    FOLDER.mkdir(exist_ok=True)
    for language, pictures in PICTURES.items():
        for name, keys in pictures.items():
            screen = walk(language, keys.split())
            path = FOLDER / f"{name}-{language}.png"
            draw(screen).save(path, optimize=True)
            print(path, file=sys.stderr)


def walk(language: str, keys: list[str]) -> pyte.Screen:
    """The screen after the keys."""
    screen = pyte.Screen(71, 20)
    stream = pyte.ByteStream(screen)
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "kiosk.toml")
        settings.write_text(SETTINGS, encoding="utf-8")
        command = Path(sys.executable).with_name("kiosk")
        arguments = ["run", "--lang", language, "--config", str(settings), "--data", folder]
        child = pexpect.spawn(
            str(command),
            arguments,
            dimensions=(20, 71),
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            timeout=20,
        )
        try:
            settle(child, stream, 3.0)
            for key in keys:
                if key.startswith("?"):
                    answer_until(child, stream, screen, STEPS[key[1:]])
                else:
                    send(child, stream, key)
        finally:
            child.close(force=True)
    return screen


def answer_until(child: pexpect.spawn, stream: pyte.ByteStream, screen: pyte.Screen, words: tuple[str, ...]) -> None:
    """Go on with Enter where it is asked for, else with the first choice."""
    for _ in range(30):
        text = "\n".join(screen.display)
        if any(word in text for word in words):
            return
        send(child, stream, "\r" if "[Enter]" in screen.display[-2] else "1")


def send(child: pexpect.spawn, stream: pyte.ByteStream, key: str) -> None:
    child.send(key)
    settle(child, stream, 0.6)


def settle(child: pexpect.spawn, stream: pyte.ByteStream, seconds: float) -> None:
    """Read what is painted for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            stream.feed(child.read_nonblocking(65536, 0.05))
        except pexpect.TIMEOUT:
            continue
        except pexpect.EOF:
            return


def draw(screen: pyte.Screen) -> Image.Image:
    """The screen as a picture; half blocks as exact rectangles."""
    width, height = CELL
    image = Image.new("RGB", (screen.columns * width, screen.lines * height))
    pen = ImageDraw.Draw(image)
    fonts = {bold: font(int(height * 0.8), bold=bold) for bold in (False, True)}
    for row in range(screen.lines):
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            if not cell.data:
                continue
            cells = 2 if wcwidth(cell.data[0]) == 2 else 1
            ink, paper = colour(cell.fg, "e5e5e5"), colour(cell.bg, "000000")
            if cell.reverse:
                ink, paper = paper, ink
            left, top, right = column * width, row * height, (column + cells) * width
            pen.rectangle((left, top, right - 1, top + height - 1), fill=paper)
            if cell.data in HALVES:
                first, last = HALVES[cell.data]
                pen.rectangle((left, top + first * height, right - 1, top + last * height - 1), fill=ink)
            elif cell.data.strip():
                middle = ((left + right) / 2, top + height / 2)
                pen.text(middle, cell.data, font=fonts[bool(cell.bold)], fill=ink, anchor="mm")
    return image


def colour(name: str, default: str) -> str:
    return "#" + (default if name == "default" else name if len(name) == 6 else "ffffff")


def font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """A monospaced font with Chinese, as fontconfig names it."""
    pattern = f"Noto Sans Mono CJK SC:style={'Bold' if bold else 'Regular'}"
    found = subprocess.run(
        ["fc-match", "-f", "%{file}|%{index}", pattern], capture_output=True, text=True, check=True
    ).stdout
    file, _, index = found.partition("|")
    return ImageFont.truetype(file, size, index=int(index or 0))


if __name__ == "__main__":
    main()
