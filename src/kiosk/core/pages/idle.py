"""Are you still there?"""

from __future__ import annotations

from kiosk.core.page import Countdown, Drawn, Page, Para
from kiosk.core.visit import Visit
from kiosk.core.wording import Teller

STEP_SECONDS = 5
"""The bar shrinks in steps: nothing runs on the screen."""


def idle(visit: Visit, teller: Teller) -> Page:
    """No hurry: a slow bar, and any key goes on."""
    total = max(1, visit.settings.countdown_seconds)
    waited = visit.now - (visit.warned_at if visit.warned_at is not None else visit.now)
    left = max(0, total - int(waited // STEP_SECONDS) * STEP_SECONDS)
    return Page(
        name="idle",
        language=visit.language,
        head=teller.write("idle-head"),
        blocks=(
            Drawn(teller.write("idle-drawn"), say=teller.say("idle-question")),
            Para(teller.write("idle-no-hurry"), say=teller.say("idle-no-hurry")),
            Countdown(left / total, teller.write("idle-left", seconds=left)),
        ),
        caps=teller.caps(),
    )
