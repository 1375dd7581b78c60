"""How many there are, in words for those who look after the kiosk."""

from __future__ import annotations


def count(number: int, one: str, many: str = "") -> str:
    """A number and the noun of it: `1 item`, `2 items`; `many` where the plural takes more than an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"
