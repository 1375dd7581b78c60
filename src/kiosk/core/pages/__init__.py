"""The page of a visit: what each place, station and overlay shows and says."""

from __future__ import annotations

from kiosk.core.characters import spoken_as
from kiosk.core.page import Countdown, Page, Pick
from kiosk.core.pages import closing, help_, hints, home, idle, learn, measured, story
from kiosk.core.pages.languages import teller_for
from kiosk.core.script import Stop
from kiosk.core.visit import Overlay, Place, Visit
from kiosk.core.wording import Teller, Wording

_STATIONS = {
    Stop.JUDGE: measured.judge,
    Stop.ACT: measured.act,
    Stop.FACT: measured.fact,
    Stop.SEE: learn.see,
    Stop.SEEN: learn.seen,
    Stop.ASK: learn.ask,
    Stop.ASKED: learn.asked,
    Stop.COMPARE: learn.compare,
    Stop.COMPARED: learn.compared,
    Stop.DECIDE: learn.decide,
    Stop.VERDICT: learn.verdict,
    Stop.WHY: learn.why,
    Stop.AGE: closing.age,
    Stop.RETURNING: closing.returning,
    Stop.RESULT: closing.result,
    Stop.OWED: closing.owed,
    Stop.GOODBYE: closing.goodbye,
    Stop.PAGE: story.page,
    Stop.PAUSE: story.pause,
    Stop.PAUSED: story.paused,
    Stop.LESSON: story.lesson,
    Stop.CARD: story.card,
}

_OVERLAYS = {
    Overlay.HELP: help_.help_,
    Overlay.MINUTES: help_.minutes,
    Overlay.SETTINGS: help_.settings,
    Overlay.LEAVE: closing.leave,
}


def page_of(visit: Visit, words: Wording) -> Page:
    """What the screen shows and says now.

    In characters that are spoken as another language's, what is said is what the page of that language says.
    """
    shown = _built(visit, words, aloud=False)
    written = {visit.written, visit.catalogue.written(visit.hint_language)}
    if not any(spoken_as(language) != language for language in written):
        return shown
    aloud = _built(visit, words, aloud=True)
    blocks = tuple(block._replace(say=its.say) for block, its in zip(shown.blocks, aloud.blocks, strict=True))
    return shown._replace(
        blocks=blocks,
        hint_say=aloud.hint_say,
        opening=aloud.opening,
        closing=aloud.closing,
        spoken_from=tuple("" if isinstance(block, Countdown) else block.text for block in aloud.blocks),
    )


def _built(visit: Visit, words: Wording, *, aloud: bool) -> Page:
    """The page in the language that is written; `aloud`, in the one that is spoken."""
    teller = teller_for(visit, words, visit.language, aloud=aloud)
    if visit.warned_at is not None:
        return hints.with_signs(idle.idle(visit, teller), visit, teller)
    page = _page(visit, teller)
    return hints.with_hint(hints.with_signs(page, visit, teller), visit, teller, words, aloud=aloud)


def _page(visit: Visit, teller: Teller) -> Page:
    if visit.overlay is not None:
        return _OVERLAYS[visit.overlay](visit, teller)
    if visit.place is Place.SCRIPT:
        station = visit.station
        made = _STATIONS[station.stop](visit, station, teller)
        return _looked_at(made, visit, teller)
    if visit.place is Place.WELCOME or visit.place is Place.OVER:
        return home.welcome(visit, teller)
    return home.home(visit, teller)


def _looked_at(page: Page, visit: Visit, teller: Teller) -> Page:
    """An earlier screen: nothing on it answers any more, Enter goes forward again."""
    if not visit.read_only:
        return page
    blocks = tuple(block._replace(live=False) if isinstance(block, Pick) else block for block in page.blocks)
    return page._replace(blocks=blocks, caps=teller.caps_on())
