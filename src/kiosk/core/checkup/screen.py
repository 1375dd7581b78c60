"""Whether the screen can show what is on it."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.core.characters import spoken_as
from kiosk.core.checkup.finding import Finding, State
from kiosk.core.checkup.seen import WINDOWS, FontsSeen, Offer, System, TerminalSeen
from kiosk.core.glyphs import Bitmap, draw
from kiosk.core.layout import SMALLEST, size_name
from kiosk.core.wording import Wording

DRAWN = ("welcome-drawn", "idle-drawn", "fraud-drawn", "genuine-drawn", "goodbye-drawn")
"""The messages that are drawn large."""

DIGITS = "0123456789"
"""Drawn large likewise."""

HAN = "骗看问比"
HAN_TRADITIONAL = "騙問"
"""What a font for Chinese has."""

BLOCKS = "▀█▄"
"""What drawn words are made of."""

_CONSOLE = "linux"
"""What TERM is on Linux' text console."""


def han(offers: Iterable[Offer]) -> str:
    """Chinese characters of which a font must have every one."""
    return HAN + (HAN_TRADITIONAL if any(offer.written == "zh-Hant" for offer in offers) else "")


def fonts(seen: FontsSeen, terminal: TerminalSeen, offers: Iterable[Offer], system: System) -> list[Finding]:
    """Whether the screen can show what is on it; the terminal's own font is the terminal's."""
    offers = tuple(offers)
    chinese = any(spoken_as(offer.written) == "zh" for offer in offers)
    if terminal.kind == _CONSOLE and chinese:
        remedy = "start the kiosk in a terminal window on a desktop"
        return [Finding("fonts", State.BAD, "this is Linux' text console, which can't show Chinese", remedy)]
    if terminal.kind == _CONSOLE:
        return [Finding("fonts", State.OK, "those of Linux' text console, which has what English needs")]
    package = "sudo apt install fonts-noto-cjk"
    if not seen.told:
        return [Finding("fonts", State.NOTE, f"can't be told: {seen.why}", f"if {han(offers)} are boxes: {package}")]
    found = []
    if chinese and not seen.han:
        elsewhere = terminal.remote
        text = f"no font with Chinese characters ({han(offers)})" + (" on this side of SSH" if elsewhere else "")
        remedy = "Settings → System → Optional features: Chinese (Simplified) Supplemental Fonts"
        remedy = remedy if system.name == WINDOWS else package
        found.append(Finding("fonts", State.NOTE if elsewhere else State.BAD, text, remedy))
    elif chinese:
        more = f" and {len(seen.han) - 1} more" if len(seen.han) > 1 else ""
        found.append(Finding("fonts", State.OK, f"Chinese: {seen.han[0]}{more}"))
    if not seen.blocks:
        text = f"no font with {BLOCKS}, of which large words are drawn"
        found.append(Finding("fonts", State.NOTE, text, "sudo apt install fonts-dejavu-core"))
    return found or [Finding("fonts", State.OK, f"large words can be drawn ({BLOCKS})")]


def glyphs(words: Wording, languages: Iterable[str], numbers: Iterable[str], bitmap: Bitmap) -> list[Finding]:
    """Whether what should be drawn large can be: the drawn messages, digits and the numbers to dial."""
    texts = [words.write(code, message) for code in languages for message in DRAWN]
    wanted = dict.fromkeys([*texts, *DIGITS, *numbers])
    small = [text for text in wanted if not draw(text, bitmap, SMALLEST[0] - 2)]
    if small:
        text = f"written small, not drawn: {', '.join(small)}"
        return [Finding("glyphs", State.NOTE, text, "add their characters in docs/glyphs.py, then make glyphs")]
    return [Finding("glyphs", State.OK, f"{len(wanted)} words and numbers can be drawn large")]


def terminal(seen: TerminalSeen, system: System) -> list[Finding]:
    """Whether the screen can be shown here. Mouse and touch can't be told."""
    if not seen.attached:
        return [
            Finding(
                "terminal",
                State.NOTE,
                "this is none: its size and colours can't be told",
                "run kiosk doctor in the terminal that will show the kiosk",
            )
        ]
    found = []
    if not (seen.columns and seen.rows):
        text = "its size can't be told"
        found.append(Finding("terminal", State.NOTE, text, "kiosk run (it says so where the window is too small)"))
    elif seen.columns < SMALLEST[0] or seen.rows < SMALLEST[1]:
        text = f"{seen.columns}×{seen.rows} cells, and {SMALLEST[0]}×{SMALLEST[1]} are needed"
        remedy = "make the window full screen, or its letters smaller (Ctrl and -)"
        found.append(Finding("terminal", State.BAD, text, remedy))
    else:
        grid = size_name(seen.columns, seen.rows).replace("x", "×")
        found.append(Finding("terminal", State.OK, f"{seen.columns}×{seen.rows} cells: the kiosk uses {grid}"))
    if system.name != WINDOWS and seen.kind in ("", "dumb"):
        remedy = "start the kiosk in a terminal window, such as xterm or GNOME Terminal"
        found.append(Finding("terminal", State.BAD, f"TERM={seen.kind or '(empty)'}: it can't show a screen", remedy))
    elif not seen.colours:
        remedy = "Remove-Item Env:NO_COLOR" if system.name == WINDOWS else "unset NO_COLOR"
        found.append(Finding("terminal", State.NOTE, "NO_COLOR is set: no colours", remedy))
    elif seen.colours < 256:
        text = f"TERM={seen.kind}: {seen.colours} colours, with weaker contrasts"
        console = "use a terminal window on a desktop"
        remedy = console if seen.kind == _CONSOLE else "export TERM=xterm-256color, if the terminal can"
        found.append(Finding("terminal", State.NOTE, text, remedy))
    else:
        name = f"TERM={seen.kind}: " if seen.kind else ""
        many = "16 million" if seen.colours > 256 else "256"
        found.append(Finding("terminal", State.OK, f"{name}{many} colours"))
    if seen.encoding.lower().replace("-", "") != "utf8":
        text = f"the locale says {seen.encoding or 'nothing'}; the kiosk writes UTF-8"
        setting = "chcp 65001" if system.name == WINDOWS else "export LC_ALL=C.UTF-8"
        found.append(Finding("terminal", State.NOTE, text, f"{setting}, if characters are wrong"))
    return found
