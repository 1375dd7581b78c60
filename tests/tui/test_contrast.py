"""Contrast by WCAG 2.2 from the stylesheet itself: at least 10:1 for every text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from kiosk.core.layout import lay_out
from kiosk.core.page import Mark
from kiosk.tui import app
from kiosk.tui.widgets.sheet import STYLES
from tests.core.test_following import blocks_of
from tests.core.test_layout import BITMAP, page

RULE = re.compile(r"\.sheet--([a-z-]+)\s*\{\s*background: (#[0-9a-f]{6}); color: (#[0-9a-f]{6});")
SHEET = Path(app.__file__).with_name("kiosk.tcss").read_text(encoding="utf-8")
COLOURS = {name: (background, colour) for name, background, colour in RULE.findall(SHEET)}
TINT = re.search(r"\.sheet--said\s*\{\s*background: (#[0-9a-f]{6}); \}", SHEET)
"""The rule of what lies under a text while it is spoken: it leaves the text its own colour."""
UNDER = ("plain", "strong", "soft", "choice", "chosen", "dead-cap")
"""The styles that it can lie under."""


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_every_style_of_a_span_has_a_rule() -> None:
    """No text falls back to a default colour."""
    assert TINT is not None
    assert {*COLOURS, "said"} == set(STYLES)


@pytest.mark.parametrize("style", sorted(COLOURS))
def test_contrast_is_at_least_10_to_1(style: str) -> None:
    """VVSG 2.0 (7.1-D)."""
    background, colour = COLOURS[style]
    assert contrast(background, colour) >= 10


@pytest.mark.parametrize("style", UNDER)
def test_contrast_is_at_least_10_to_1_while_a_text_is_spoken_too(style: str) -> None:
    """On the tint that lies under it."""
    assert TINT is not None
    assert contrast(TINT.group(1), COLOURS[style][1]) >= 10


def test_no_other_text_lies_on_the_tint() -> None:
    """Every kind of block, spoken."""
    blocks = blocks_of("先挂断 [9]")
    found = set()
    for place in range(len(blocks)):
        sheet = lay_out(page(*blocks, mark=Mark(place)), 80, 24, cell_len, BITMAP)
        found |= {style for row in sheet.rows for style, *changes in (span.style.split() for span in row) if changes}
    assert found == set(UNDER)


@pytest.mark.parametrize("style", ["saying", "word"])
def test_what_is_spoken_is_not_marked_by_colour_alone(style: str) -> None:
    """Also in reverse video, which a terminal without colours has too."""
    assert re.search(rf"\.sheet--{style}\b[^}}]*text-style: bold reverse;", SHEET)


def test_black_on_white_is_21_to_1() -> None:
    """The formula itself."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
