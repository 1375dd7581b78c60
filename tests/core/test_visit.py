"""The ways through a visit: learn, story, help, settings, leaving."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.events import Hush, Keep, LogChanged, Speak
from kiosk.core.items import Scenario, Verdict
from kiosk.core.keys import CHOICES, Key
from kiosk.core.records import Answer, Hearing, HelpOpened, Opened, VisitEnded
from kiosk.core.script import Stop
from kiosk.core.settings import RoundSize
from kiosk.core.visit import Hint, Overlay, Place, Visit, choices, scenario
from tests.core.walk import Walk, seed_of_plan, walk


def right_key(visit: Visit) -> Key:
    """The key of the right answer to the question on the screen."""
    station = visit.station
    match station.stop:
        case Stop.JUDGE | Stop.DECIDE:
            return Key.ONE if scenario(visit, station).verdict is Verdict.FRAUD else Key.TWO
        case Stop.ACT:
            return Key.TWO
        case Stop.SEE:
            return CHOICES[scenario(visit, station).see_lines[0] - 1]
        case Stop.AGE | Stop.RETURNING:
            return Key.THREE
    return next(key for key, _, choice in choices(visit, station) if choice.right)


def go(walker: Walk, until: Stop | None = None) -> Walk:
    """Answer everything rightly until a kind of station is on the screen, or the visit is over."""
    for _ in range(80):
        visit = walker.visit
        if visit.place is Place.OVER or (until is not None and visit.station.stop is until):
            return walker
        waits_for_enter = visit.station.stop in {
            Stop.SEEN,
            Stop.ASKED,
            Stop.COMPARED,
            Stop.VERDICT,
            Stop.WHY,
            Stop.RESULT,
            Stop.OWED,
            Stop.GOODBYE,
            Stop.PAGE,
            Stop.PAUSED,
            Stop.LESSON,
            Stop.CARD,
        }
        if visit.painted is not None:
            walker.heard(7)
            walker.silent()
        walker.press(Key.ENTER if waits_for_enter else right_key(visit))
    raise AssertionError(walker.visit.station)


def learn(plan: str = "A", **options: object) -> Walk:
    """At the first question of a learn visit."""
    walker = walk(seed=seed_of_plan(plan, **options), **options)  # type: ignore[arg-type]
    walker.press("1", "1")
    return walker


def answers(walker: Walk) -> list[Answer]:
    return [row for row in walker.rows if isinstance(row, Answer)]


def test_two_keys_from_the_welcome_to_the_first_question() -> None:
    """1 opens home, 1 begins to learn."""
    walker = walk()
    walker.press("1")
    assert walker.visit.place is Place.HOME
    walker.press("1")
    assert walker.visit.station.stop is Stop.JUDGE


@pytest.mark.parametrize("key", list(Key))
def test_any_key_goes_on_from_the_welcome_and_is_not_lost(key: Key) -> None:
    """`/` opens home in the other language, `9` help; every key opens home."""
    walker = walk()
    walker.press(key)
    assert walker.visit.place is Place.HOME
    assert walker.visit.language == ("en" if key is Key.SLASH else "zh")
    assert walker.visit.overlay is (Overlay.HELP if key is Key.NINE else None)
    assert walker.visit.volume == {Key.PLUS: 100, Key.MINUS: 60}.get(key, 80)


@pytest.mark.parametrize("plan", ["A", "B"])
def test_a_whole_learn_visit_takes_29_keys(plan: str) -> None:
    """Default round 2 + 2 + 2, in plan A; plan B has two actions and two facts more than two judgements."""
    walker = go(learn(plan))
    assert walker.visit.place is Place.OVER
    presses = sum(type(event).__name__ == "Pressed" for event in walker.events)
    assert presses == (29 if plan == "A" else 31)
    (ended,) = walker.of(VisitEnded)
    assert isinstance(ended, VisitEnded)
    assert ended.finished
    assert ended.ended_by == "finished"
    assert ended.plan == plan
    assert (ended.age_band, ended.returning) == ("70-79", "longer")
    assert ended.mode == "learn"


def test_the_rows_of_plan_a() -> None:
    """Two judgements before, see, ask, compare, judge twice, two judgements after; all right, counted from 1."""
    rows = answers(go(learn("A")))
    steps = ["judge"] * 2 + ["see", "ask", "compare", "judge"] * 2 + ["judge"] * 2
    assert [row.step for row in rows] == steps
    assert [row.seq for row in rows] == list(range(1, 13))
    assert [row.round for row in rows] == ["before"] * 2 + ["practice"] * 8 + ["after"] * 2
    assert all(row.right for row in rows)
    assert [row.judged for row in rows if row.step == "judge"] == [row.verdict for row in rows if row.step == "judge"]
    assert all(row.choice is None for row in rows if row.step == "judge")
    assert all(row.ms == 2000 for row in rows)


def test_the_rows_of_plan_b() -> None:
    """A judgement, its action and a fact, before and after."""
    rows = answers(go(learn("B")))
    measured = ["judge", "act", "fact"]
    assert [row.step for row in rows] == [*measured, *["see", "ask", "compare", "judge"] * 2, *measured]
    facts = [row for row in rows if row.step == "fact"]
    assert all((row.verdict, row.channel, row.fraud_type, row.kind) == (None, None, None, "fact") for row in facts)
    assert {row.choice for row in rows if row.step == "act"} == {"check"}


def test_the_choice_in_the_log_is_its_place_in_the_file() -> None:
    """However the choices are shuffled on the screen."""
    rows = answers(go(learn("A")))
    for row in rows:
        if row.step in ("ask", "compare"):
            item = walk().items[row.item]
            assert isinstance(item, Scenario)
            listed = item.ask if row.step == "ask" else item.card.question.choices
            assert row.choice is not None
            assert listed[int(row.choice) - 1].right


def test_choices_are_shuffled_by_the_seed() -> None:
    """Over seeds, the right one is in each place."""
    places = set()
    for seed in range(30):
        walker = walk(seed=seed)
        walker.press("1", "1")
        go(walker, Stop.ASK)
        places.add(right_key(walker.visit))
    assert places == {Key.ONE, Key.TWO}


def test_short_rounds_see_and_decide_only() -> None:
    """No ask, no compare."""
    rows = answers(go(learn("A", size=RoundSize.SHORT)))
    assert [row.step for row in rows if row.round == "practice"] == ["see", "judge"] * 2


def test_full_rounds_practise_two_pairs() -> None:
    """Four items, sixteen answers."""
    rows = answers(go(learn("A", size=RoundSize.FULL)))
    assert len({row.item for row in rows if row.round == "practice"}) == 4


def test_a_fraud_s_line_to_watch_and_a_genuine_item_s_none() -> None:
    """None is right only for a genuine item: caution is never marked down, trust isn't either."""
    for seed in range(6):
        walker = walk(seed=seed)
        walker.press("1", "1")
        go(walker, Stop.SEE)
        verdict = scenario(walker.visit, walker.visit.station).verdict
        walker.heard(7)
        walker.press("6")
        row = answers(walker)[-1]
        assert row.choice == "0"
        assert row.right is (verdict is Verdict.GENUINE)


def test_not_sure_is_praised_and_never_scored() -> None:
    """3 at decide: right is null, the result leaves it out."""
    walker = go(learn("A"), Stop.DECIDE)
    walker.press("3")
    assert answers(walker)[-1].right is None
    assert answers(walker)[-1].judged == "unsure"
    assert walker.visit.station.stop is Stop.VERDICT


def test_an_answer_before_may_be_changed_and_both_rows_stay() -> None:
    """`0` at 2/2 shows 1/2 again; another answer is a second row, and the visit goes back to 2/2."""
    walker = learn("A")
    walker.press("1", "0")
    assert walker.visit.station.part == 1
    walker.press("2")
    assert walker.visit.station.part == 2
    first, second = answers(walker)
    assert first.item == second.item
    assert (first.judged, second.judged) == ("fraud", "genuine")
    assert (first.seq, second.seq) == (1, 2)
    given = walker.visit.given[(first.item, Stop.JUDGE)]
    assert given.right is second.right


def test_an_answered_practice_question_can_be_looked_at_not_answered() -> None:
    """`0` on the feedback shows the question read-only; a number there is a wrong key; Enter goes forward."""
    walker = go(learn("A"), Stop.ASKED)
    rows = len(walker.rows)
    walker.press("0")
    assert walker.visit.station.stop is Stop.ASK
    walker.press("1")
    assert len(walker.rows) == rows
    assert walker.visit.hint is Hint.KEYS
    walker.press(Key.ENTER)
    assert walker.visit.station.stop is Stop.ASKED


def test_leaving_early_offers_the_answers_owed() -> None:
    """`0` on the first screen of an item: go on, hear the answers and leave, or leave."""
    walker = go(learn("A"), Stop.SEE)
    walker.press("0")
    assert walker.visit.overlay is Overlay.LEAVE
    walker.press("1")
    assert walker.visit.overlay is None
    assert walker.visit.station.stop is Stop.SEE
    walker.press("0", "2")
    assert walker.visit.station.stop is Stop.OWED
    assert len(walker.visit.owed) == 2
    walker.press(Key.ENTER)
    assert walker.visit.station.stop is Stop.GOODBYE
    walker.press(Key.ENTER)
    (ended,) = walker.of(VisitEnded)
    assert isinstance(ended, VisitEnded)
    assert (ended.finished, ended.ended_by, ended.answers) == (False, "home", 2)


def test_stopping_now_goes_home_and_home_ends_the_visit() -> None:
    """At home again this visit has rows, so 6 is no longer offered; another round draws other items."""
    walker = go(learn("A"), Stop.SEE)
    walker.press("0", "3")
    assert walker.visit.place is Place.HOME
    walker.press("6")
    assert walker.visit.place is Place.HOME, "6 is offered only while the visit has no row"
    first = set(walker.fetched)
    walker.press("1")
    assert walker.visit.place is Place.SCRIPT
    assert len(walker.fetched) > len(first)
    assert len(walker.fetched) == len(set(walker.fetched))
    walker.press("0", "3", "0")
    assert walker.visit.place is Place.OVER


def test_who_is_not_counted_leaves_no_row_and_is_asked_nothing_about_himself() -> None:
    """6 at home, also after a look at help."""
    walker = walk()
    walker.press("9", "0", "6")
    go(walker)
    assert walker.rows == []
    assert not any(station.stop is Stop.AGE for station in walker.visit.script)


def test_a_rehearsal_leaves_no_row() -> None:
    """It is never counted, whatever is chosen."""
    walker = go(learn("A", rehearsal=True))
    assert walker.rows == []


def test_help_keeps_the_place_and_is_written_with_the_first_answer() -> None:
    """9 from the middle of a question, its pages, and back to exactly that question."""
    walker = go(learn("A"), Stop.ASK)
    station = walker.visit.station
    walker.press("9")
    assert walker.visit.overlay is Overlay.HELP
    assert isinstance(walker.rows[-1], HelpOpened)
    walker.press("1")
    assert walker.visit.overlay is Overlay.MINUTES
    walker.press(Key.ENTER)
    assert walker.visit.overlay is Overlay.HELP
    walker.press("2", "0", "0")
    assert walker.visit.station == station
    early = walk()
    early.press("9", "0")
    assert early.rows == [], "it waits, so that 6 can still drop it"
    early.press("1", "1")
    assert [type(row) for row in early.rows] == [Opened, HelpOpened, Answer]


def test_somebody_new_ends_the_visit() -> None:
    """9, 3."""
    walker = go(learn("A"), Stop.ASK)
    walker.press("9", "3")
    (ended,) = walker.of(VisitEnded)
    assert isinstance(ended, VisitEnded)
    assert ended.ended_by == "new-person"


def test_only_help_opened_is_still_written() -> None:
    """A visit without an answer: opened, help_opened, visit; no mode."""
    walker = walk()
    walker.press("9", "0", "0")
    assert [type(row) for row in walker.rows] == [Opened, HelpOpened, VisitEnded]
    (opened,) = walker.of(Opened)
    assert isinstance(opened, Opened)
    assert opened.mode is None


def test_a_look_at_home_leaves_nothing() -> None:
    """No answer, no row."""
    walker = walk()
    walker.press("1", "0")
    assert walker.visit.place is Place.OVER
    assert walker.rows == []


def test_idle_asks_then_closes_and_the_waking_key_is_swallowed() -> None:
    """After 120 s "are you still there?"; a key goes on without answering; 60 s more close the visit."""
    walker = go(learn("A"), Stop.ASK)
    station, rows = walker.visit.station, len(walker.rows)
    walker.wait(119)
    assert walker.visit.warned_at is None
    walker.wait(1)
    assert walker.visit.warned_at is not None
    assert walker.spoke
    walker.press("1")
    assert walker.visit.warned_at is None
    assert walker.visit.station == station
    assert len(walker.rows) == rows
    walker.wait(121)
    walker.wait(61)
    assert walker.visit.place is Place.OVER
    (ended,) = walker.of(VisitEnded)
    assert isinstance(ended, VisitEnded)
    assert ended.ended_by == "idle"
    assert ended.idle_seconds >= 120 + 180
    assert ended.seconds >= ended.idle_seconds


def test_the_question_itself_is_not_speech_that_goes_on() -> None:
    """Who wakes the kiosk while it asks is asked again after as long."""
    walker = go(learn("A"), Stop.ASK)
    walker.wait(121)
    walker.heard(0)
    walker.press("1")
    walker.wait(121)
    assert walker.visit.warned_at is not None


def test_speech_is_not_idle() -> None:
    """While something is being said, nobody is asked whether he is there."""
    walker = go(learn("A"), Stop.ASK)
    walker.heard(0)
    walker.wait(300)
    assert walker.visit.warned_at is None
    walker.silent()
    walker.wait(121)
    assert walker.visit.warned_at is not None


def test_the_reminder_is_said_once_at_half_time() -> None:
    """At 30 s of 60."""
    walker = go(learn("A"), Stop.ASK)
    walker.wait(121)
    said = 0
    for _ in range(50):
        walker.wait(1)
        said += walker.spoke
    assert said == 1


def test_goodbye_goes_by_itself() -> None:
    """20 s after the speech."""
    walker = go(learn("A"), Stop.GOODBYE)
    walker.heard(1)
    walker.wait(60)
    assert walker.visit.place is Place.SCRIPT
    walker.silent()
    walker.wait(21)
    assert walker.visit.place is Place.OVER
    (ended,) = walker.of(VisitEnded)
    assert isinstance(ended, VisitEnded)
    assert ended.ended_by == "finished"


def test_a_scene_is_painted_as_it_is_spoken_and_a_key_paints_the_rest() -> None:
    """A key on a line not yet painted answers nothing."""
    walker = go(learn("A"), Stop.WHY)
    walker.press(Key.ENTER)
    assert walker.visit.station.stop is Stop.SEE
    assert walker.visit.painted == 1
    walker.heard(1)
    assert walker.visit.painted == 2
    rows = len(walker.rows)
    walker.press("4")
    assert walker.visit.painted is None
    assert len(walker.rows) == rows
    assert any(isinstance(effect, Hush) for effect in walker.effects)
    walker.press("4")
    assert len(walker.rows) == rows + 1


def test_a_painted_line_answers_at_once() -> None:
    """Who has heard enough need not wait for the end."""
    walker = go(learn("A"), Stop.WHY)
    walker.press(Key.ENTER)
    walker.heard(1)
    walker.press("2")
    assert walker.visit.station.stop is Stop.SEEN


@pytest.mark.parametrize("how", ["muted", "no voice", "voice dies", "voice says nothing"])
def test_without_speech_the_whole_scene_is_painted(how: str) -> None:
    """Muted or voiceless at once; where the voice dies or says nothing, soon."""
    walker = walk(seed=seed_of_plan("A"), sound=how != "no voice")
    walker.press("1", "1")
    if how == "muted":
        walker.press(".", ".")
        assert walker.visit.muted
    go(walker, Stop.SEE)
    if how == "voice dies":
        assert walker.visit.painted == 1
        walker.sound_is(False)
    if how == "voice says nothing":
        walker.wait(5)
    assert walker.visit.painted is None


def test_dot_hushes_then_mutes_then_speaks_again() -> None:
    """Once: this screen; twice on the same screen: mute, said before it happens; again: speak."""
    walker = go(learn("A"), Stop.ASK)
    walker.press(".")
    assert walker.visit.hint is Hint.STOPPED
    assert not walker.visit.muted
    walker.press(".")
    assert walker.visit.muted
    assert walker.visit.hint is Hint.MUTED
    assert walker.spoke
    walker.press(".")
    assert not walker.visit.muted
    assert walker.spoke
    walker.press(".", right_key(walker.visit))
    assert not walker.visit.quiet, "the next screen speaks again"


def test_again_speaks_the_page_again() -> None:
    """`*`, also after `.`."""
    walker = go(learn("A"), Stop.ASK)
    walker.press(".", "*")
    assert Speak(hint=False, page=True) in walker.effects


def test_volume_and_speed_stop_at_their_ends() -> None:
    """Steps up and down, never below audible, never beyond 50 to 200 percent."""
    walker = learn("A")
    walker.press(*["+"] * 10)
    assert walker.visit.volume == 100
    walker.press(*["-"] * 10)
    assert walker.visit.volume == 20
    walker.press(*["7"] * 10)
    assert walker.visit.speed == 50
    walker.press(*["8"] * 12)
    assert walker.visit.speed == 200


def test_another_language_keeps_the_place_and_the_way_back_stands_ten_seconds() -> None:
    """In the language just left."""
    walker = go(learn("A"), Stop.ASK)
    station = walker.visit.station
    walker.press("/")
    assert (walker.visit.language, walker.visit.hint_language) == ("en", "zh")
    assert walker.visit.hint is Hint.WAY_BACK
    assert walker.visit.station == station
    walker.wait(9)
    assert walker.visit.hint is Hint.WAY_BACK
    walker.wait(2)
    assert walker.visit.hint is None
    walker.press("/")
    assert walker.visit.language == "zh"


def test_with_one_language_slash_is_a_wrong_key() -> None:
    """Nothing to change to."""
    walker = walk()
    walker.visit = replace(walker.visit, languages=("zh",))
    walker.press("1", "/")
    assert walker.visit.hint is Hint.KEYS


def test_wrong_keys_are_answered_and_the_third_names_help() -> None:
    """One written and spoken line; it goes with the next key."""
    walker = go(learn("A"), Stop.ASK)
    walker.press("5")
    assert walker.visit.hint is Hint.KEYS
    assert walker.spoke
    walker.press("5", "5")
    assert walker.visit.hint is Hint.KEYS_AND_HELP
    walker.press(right_key(walker.visit))
    assert walker.visit.hint is None


def test_settings_do_what_the_keys_do() -> None:
    """Help, 2: louder, softer, slower, faster, the other language."""
    walker = walk()
    walker.press("9", "2", "1")
    assert walker.visit.volume == 100
    walker.press("2", "3")
    assert (walker.visit.volume, walker.visit.speed) == (80, 80)
    walker.press("6")
    assert walker.visit.language == "en"
    assert walker.visit.overlay is Overlay.SETTINGS


def test_a_story_is_heard_with_its_pauses() -> None:
    """Pages, "what would you do first?", the lesson; a hearing row and an answer row."""
    walker = walk()
    walker.press("1", "2")
    assert walker.visit.station.stop is Stop.PAGE
    go(walker)
    (hearing,) = walker.of(Hearing)
    assert isinstance(hearing, Hearing)
    assert (hearing.pages, hearing.heard_to_end) == (4, True)
    (pause,) = answers(walker)
    assert (pause.step, pause.kind, pause.round, pause.right) == ("pause", "story", None, True)
    (ended,) = walker.of(VisitEnded)
    assert isinstance(ended, VisitEnded)
    assert (ended.mode, ended.finished, ended.plan) == ("story", True, None)


def test_a_story_left_early_was_not_heard_to_its_end() -> None:
    """Leaving at the beginning, or somebody new in the middle."""
    walker = walk()
    walker.press("1", "2", "0", "3")
    (hearing,) = walker.of(Hearing)
    assert isinstance(hearing, Hearing)
    assert (hearing.pages, hearing.heard_to_end) == (1, False)
    walker.press("2", Key.ENTER, "9", "3")
    assert [row.pages for row in walker.rows if isinstance(row, Hearing)] == [1, 2]


def test_home_offers_what_there_is() -> None:
    """No pair: no learn; no story: no story; nothing: it says so and 0 leaves."""
    from kiosk.core.visit import live_choices

    no_story = walk(stories=0)
    no_story.press("1")
    assert live_choices(no_story.visit) == (Key.ONE, Key.SIX)
    only_story = walk(pairs=0, pools=0)
    only_story.press("1")
    assert live_choices(only_story.visit) == (Key.TWO,)
    nothing = walk(pairs=0, pools=0, stories=0, facts=0)
    nothing.press("1")
    assert live_choices(nothing.visit) == ()
    nothing.press("0")
    assert nothing.visit.place is Place.OVER


def test_one_pair_is_a_whole_short_visit() -> None:
    """Practice, the two small questions, result, goodbye: nothing is owed."""
    walker = walk(pairs=1, pools=0, facts=0, stories=0)
    walker.press("1", "1")
    assert walker.visit.station.stop is Stop.SEE
    go(walker)
    (ended,) = walker.of(VisitEnded)
    assert isinstance(ended, VisitEnded)
    assert ended.finished
    assert not any(station.stop is Stop.OWED for station in walker.visit.script)


def test_an_item_that_can_not_be_read_is_replaced() -> None:
    """The pack changed under the kiosk: another draw, never an error."""
    walker = walk(seed=3)
    walker.press("1")
    assert walker.visit.programme is not None
    gone = walker.visit.programme.practice[0][0]
    del walker.items[gone]
    walker.press("1")
    assert walker.visit.place is Place.SCRIPT
    assert all(station.item != gone for station in walker.visit.script)


def test_with_nothing_readable_home_says_so() -> None:
    """Every file is gone."""
    walker = walk(pairs=1, pools=0, facts=0, stories=0)
    walker.items.clear()
    walker.press("1", "1")
    assert walker.visit.place is Place.HOME
    assert walker.visit.hint is Hint.NOTHING_THERE


def test_settings_are_back_to_default_for_the_next_visitor() -> None:
    """A new visit is a new value: nothing of the old one is in it."""
    from kiosk.core.visit import begin

    walker = learn("A")
    walker.press("+", "7", "/", ".", ".")
    visit = walker.visit
    fresh = begin(visit.settings, visit.catalogue, visit.languages, "visit-2", 9, "zh", sound=True)
    assert (fresh.volume, fresh.speed, fresh.language, fresh.muted) == (80, 100, "zh", False)


def test_when_the_log_can_not_take_rows_the_visit_goes_on_and_says_so() -> None:
    """Not counted today; 6 is then not offered, because nobody is counted."""
    walker = learn("A")
    walker.do(LogChanged(True, walker.moment()))
    assert walker.visit.refused
    go(walker)
    assert walker.visit.place is Place.OVER


def test_an_answer_is_kept_before_its_feedback_is_spoken() -> None:
    """In the effects of a press, the row comes before the speech."""
    walker = go(learn("A"), Stop.ASK)
    walker.press(right_key(walker.visit))
    kinds = [type(effect) for effect in walker.effects]
    assert kinds.index(Keep) < kinds.index(Speak)
