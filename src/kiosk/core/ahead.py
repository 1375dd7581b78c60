"""What may have to be said next, so that it can be ready before it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, zip_longest

from kiosk.core.events import Moment, Pressed, Speak
from kiosk.core.keys import Key
from kiosk.core.pages import page_of
from kiosk.core.speech import Utterance
from kiosk.core.step import step
from kiosk.core.visit import Place, Visit, enter_goes_on, live_choices
from kiosk.core.wording import Wording

MOST = 80
"""Utterances that are worth being made ready: some three minutes of speech."""


def comes_next(visit: Visit, words: Wording, at: Moment) -> tuple[Utterance, ...]:
    """What the keys that mean something here would have said, once each and the likeliest first.

    First how each page that a choice or Enter leads to begins, then how it goes on; then going back, help and the
    other language. A page whose items are still to be read is not among them.
    """
    if visit.warned_at is not None:
        return ()
    visit = replace(visit, painted=None)
    likely = (*((Key.ENTER,) if enter_goes_on(visit) else ()), *live_choices(visit))
    seldom = [key for key in (Key.ZERO, Key.NINE, Key.SLASH) if key not in likely]
    found = dict.fromkeys(
        utterance._replace(block=-1)
        for keys in (likely, seldom)
        for utterance in _in_turn(_said_after(visit, key, words, at) for key in keys)
    )
    return tuple(found)[:MOST]


def _said_after(visit: Visit, key: Key, words: Wording, at: Moment) -> tuple[Utterance, ...]:
    after, effects = step(visit, Pressed(key, at))
    if after.place in (Place.FETCHING, Place.OVER):
        return ()
    page = page_of(after, words)
    said = chain.from_iterable(
        (*(page.hint_say if effect.hint else ()), *(page.speech if effect.page else ()))
        for effect in effects
        if isinstance(effect, Speak)
    )
    return tuple(utterance for utterance in said if not utterance.tone)  # a tone is always ready


def _in_turn(pages: Iterable[tuple[Utterance, ...]]) -> Iterable[Utterance]:
    """The first of each, the second of each …"""
    return (utterance for turn in zip_longest(*pages) for utterance in turn if utterance is not None)
