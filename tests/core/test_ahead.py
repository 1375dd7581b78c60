"""What is made ready is what the next key will have said."""

from __future__ import annotations

import pytest

from kiosk.core.ahead import MOST, comes_next
from kiosk.core.events import Pressed
from kiosk.core.keys import Key
from kiosk.core.pages import page_of
from kiosk.core.script import Stop
from kiosk.core.speech import Utterance
from kiosk.core.step import step
from kiosk.ports import Words
from tests.core.test_visit import go, learn
from tests.core.walk import Walk, walk


def prepared(walker: Walk, words: Words) -> tuple[Utterance, ...]:
    return comes_next(walker.visit, words, walker.moment())


def said_after(walker: Walk, words: Words, key: Key) -> list[Utterance]:
    visit, _ = step(walker.visit, Pressed(key, walker.moment()))
    return [utterance._replace(block=-1) for utterance in page_of(visit, words).speech if not utterance.tone]


def test_enter_leads_to_the_next_page_first_of_all(words: Words) -> None:
    """Then back, help and the other language."""
    walker = go(learn("A"), Stop.SEEN)
    following = said_after(walker, words, Key.ENTER)
    found = prepared(walker, words)
    assert list(found[: len(following)]) == following
    for key in (Key.ZERO, Key.NINE, Key.SLASH):
        assert set(said_after(walker, words, key)) <= set(found)


def test_the_beginnings_of_all_that_a_choice_can_lead_to_come_before_how_they_go_on(words: Words) -> None:
    """The first sentence is what is waited for; the others have time while it is spoken."""
    walker = go(learn("A"), Stop.ASK)
    pages = [said_after(walker, words, key) for key in (Key.ONE, Key.TWO)]
    found = prepared(walker, words)
    assert {page[0] for page in pages} == set(found[: len({page[0] for page in pages})])
    assert {utterance for page in pages for utterance in page} <= set(found)


def test_nothing_is_there_twice_and_there_is_an_end(words: Words) -> None:
    """Whatever a page says, and with every page of a visit."""
    walker = learn("B")
    walker.press("1")
    for _ in range(200):
        found = prepared(walker, words)
        assert len(found) == len(set(found)) <= MOST
        assert all(utterance.text for utterance in found)
        walker.press(Key.ENTER, "1")


def test_what_must_be_read_from_the_disk_first_is_left_out(words: Words) -> None:
    """At home a choice fetches items: nothing is carried out only to be ready."""
    walker = walk()
    walker.press("1")
    before = walker.visit
    texts = [utterance.text for utterance in prepared(walker, words)]
    assert texts
    assert walker.visit is before
    assert not any("情景" in text for text in texts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_at_the_welcome_the_start_is_made_ready_in_both_languages(words: Words, language: str) -> None:
    """In the one that is shown first."""
    walker = walk(language=language)
    found = prepared(walker, words)
    languages = list(dict.fromkeys(utterance.language for utterance in found))
    assert languages[0] == language
    assert set(languages) == {"zh", "en"}
    walker.press(Key.ENTER)
    assert set(page_of(walker.visit, words).speech) <= {
        utterance._replace(block=each.block) for utterance in found for each in page_of(walker.visit, words).speech
    }


def test_a_scene_that_is_still_being_painted_is_looked_beyond(words: Words) -> None:
    """By then its lines will be there."""
    walker = go(learn("A"), Stop.SEE)
    assert walker.visit.painted == 1
    found = set(prepared(walker, words))
    walker.silent()
    assert set(said_after(walker, words, Key.THREE)) <= found


def test_while_it_asks_whether_anybody_is_there_nothing_is_needed(words: Words) -> None:
    """The key that answers says nothing new."""
    walker = go(learn("A"), Stop.ASK)
    walker.silent()
    walker.wait(125)
    assert walker.visit.warned_at is not None
    assert prepared(walker, words) == ()
