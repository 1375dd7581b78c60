"""What every test may use."""

from __future__ import annotations

import pytest

from kiosk import wiring
from kiosk.ports import Words


@pytest.fixture(scope="session")
def words() -> Words:
    """The real catalogues."""
    return wiring.words()
