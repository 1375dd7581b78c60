"""Contrast by WCAG 2.2 from the stylesheet itself: at least 10:1 for every text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.tui import app
from kiosk.tui.widgets.sheet import STYLES

RULE = re.compile(r"\.sheet--([a-z-]+)\s*\{\s*background: (#[0-9a-f]{6}); color: (#[0-9a-f]{6});")
SHEET = Path(app.__file__).with_name("kiosk.tcss").read_text(encoding="utf-8")
COLOURS = {name: (background, colour) for name, background, colour in RULE.findall(SHEET)}


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
    assert set(COLOURS) == set(STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_contrast_is_at_least_10_to_1(style: str) -> None:
    """VVSG 2.0 (7.1-D)."""
    background, colour = COLOURS[style]
    assert contrast(background, colour) >= 10


def test_black_on_white_is_21_to_1() -> None:
    """The formula itself."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
