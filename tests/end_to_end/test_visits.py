"""Whole visits, walked by reading the screen and pressing what it offers; afterwards the export says the same."""

from __future__ import annotations

import pytest

from kiosk.ports import Words
from tests.end_to_end.pack_files import PackFiles
from tests.end_to_end.premises import Premises
from tests.end_to_end.terminal import Hand, Terminal, by_number_lock_off, by_touch
from tests.end_to_end.visitor import Visitor

MOST_VISITS = 12
"""Until both plans were seen; chance needs more once in two thousand times."""


def learn(visitor: Visitor) -> None:
    """A whole learn visit."""
    visitor.enter("1")
    visitor.go("goodbye")
    visitor.leave()


def check(premises: Premises, visitors: list[Visitor], size: str) -> list[str]:
    """The export says what the visitors pressed; the plans."""
    opened, ended = premises.export("opened"), premises.export("visit")
    answers = premises.export("answer")
    assert len(opened) == len(ended) == len(visitors)
    for visitor, begun, visit in zip(visitors, opened, ended, strict=True):
        rows = [row for row in answers if row["visit"] == visit["visit"]]
        expected = visitor.expected()
        assert [{name: row[name] for name in expected[0]} for row in rows] == expected
        plan_b = "act" in visitor.kinds
        assert ("fact" in visitor.kinds) is plan_b
        assert visit["plan"] == ("B" if plan_b else "A")
        assert (visit["finished"], visit["ended_by"]) == (True, "finished")
        assert (visit["age_band"], visit["returning"]) == (visitor.age_band, visitor.returning)
        assert (visit["language"], visit["size"], visit["mode"]) == (visitor.language, size, "learn")
        assert visit["answers"] == len(expected)
        assert (begun["visit"], begun["seed"], begun["mode"]) == (visit["visit"], visit["seed"], "learn")
        assert {row["people"] for row in rows} == {None}
        assert {(row["kiosk"], row["site"]) for row in rows} == {("kiosk-7", "Test centre")}
    return [visit["plan"] for visit in ended]


@pytest.mark.parametrize(("language", "size"), [("zh", (71, 20)), ("en", (56, 16))])
def test_learn_visits_of_both_plans_with_the_number_keys(
    premises: Premises, pack: PackFiles, words: Words, language: str, size: tuple[int, int]
) -> None:
    """Somebody who only reads and presses numbers comes through, and every answer is in the log as it was meant."""
    terminal = premises.open(environment={"LC_ALL": f"{language}.UTF-8"}, size=size)
    visitors: list[Visitor] = []
    while {"act" in visitor.kinds for visitor in visitors} != {True, False}:
        assert len(visitors) < MOST_VISITS
        visitors.append(Visitor(terminal, language, pack, words, seed=len(visitors)))
        learn(visitors[-1])
    assert set(check(premises, visitors, f"{size[0]}x{size[1]}")) == {"A", "B"}


@pytest.mark.parametrize(
    ("hand", "language", "size"),
    [(by_touch, "zh", (56, 16)), (by_touch, "en", (71, 20)), (by_number_lock_off, "zh", (80, 24))],
    ids=["touch-zh", "touch-en", "numlock-off"],
)
def test_a_learn_visit_by_touch_alone_and_with_num_lock_off(
    premises: Premises, pack: PackFiles, words: Words, hand: Hand, language: str, size: tuple[int, int]
) -> None:
    """Who never finds the number keys comes through too, and so does who has switched NumLock off."""
    terminal = premises.open(environment={"LC_ALL": f"{language}.UTF-8"}, size=size)
    visitor = Visitor(terminal, language, pack, words, hand=hand, seed=3)
    learn(visitor)
    check(premises, [visitor], f"{size[0]}x{size[1]}")


def test_all_right_answers(premises: Premises, pack: PackFiles, words: Words) -> None:
    """Who answers everything rightly, by the files, is told so, and the log has not one wrong row."""
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words, choose=lambda kind, who: None if _personal(kind) else who.right)
    learn(visitor)
    check(premises, [visitor], "71x20")
    assert {row["right"] for row in premises.export("answer")} <= {True, None}
    result = visitor.screens[visitor.kinds.index("result")]
    judged = sum(answer.step == "judge" for answer in visitor.answers)
    number = words.write("zh", f"count-{judged}")
    assert words.write("zh", "result-all", total=number, got=number) in result


def _personal(kind: str) -> bool:
    return kind in ("age", "returning")


def test_a_visit_with_the_voice(premises: Premises, pack: PackFiles, words: Words) -> None:
    """With sound the scenes are painted as they are read; keys cut it off; no sign says that there is no voice."""
    terminal = premises.open(muted=False)
    visitor = Visitor(terminal, "zh", pack, words, seed=5)
    visitor.enter("1")
    assert premises.running("kiosk.voice")
    visitor.go("see")
    assert len([text for text in visitor.terminal.picks.values() if text]) < len(visitor.terminal.picks)
    visitor.go("goodbye")
    visitor.leave()
    (visit,) = premises.export("visit")
    assert (visit["muted"], visit["finished"], visit["answers"]) == (False, True, len(visitor.answers))
    assert not any(words.write("zh", "sign-no-voice") in screen for screen in visitor.screens)


@pytest.mark.parametrize(("language", "size"), [("zh", (56, 16)), ("en", (71, 20))])
def test_a_story_heard_to_its_end(
    premises: Premises, pack: PackFiles, words: Words, language: str, size: tuple[int, int]
) -> None:
    """Every page, its pauses and the lesson; one row says that it was heard to the end."""
    terminal = premises.open(environment={"LC_ALL": f"{language}.UTF-8"}, size=size)
    visitor = Visitor(terminal, language, pack, words, seed=1)
    visitor.enter("2")
    visitor.go("goodbye")
    visitor.leave()
    (hearing,) = premises.export("hearing")
    (visit,) = premises.export("visit")
    (story,) = [item for item in pack.stories if item.id == hearing["item"]]
    assert (hearing["pages"], hearing["heard_to_end"]) == (len(story.raw["pages"]), True)
    assert (visit["mode"], visit["finished"], visit["ended_by"], visit["plan"]) == ("story", True, "finished", None)
    rows = premises.export("answer")
    expected = visitor.expected()
    assert len(expected) == len(pack.pauses(story, language)) > 0
    assert {answer.item for answer in visitor.answers} == {story.id}
    assert [{name: row[name] for name in expected[0]} for row in rows] == expected


def test_a_story_left_in_the_middle(premises: Premises, pack: PackFiles, words: Words) -> None:
    """`0` on its first page, stop: the row says how far it was heard."""
    visitor = Visitor(premises.open(), "zh", pack, words)
    visitor.enter("2")
    visitor.press("0")
    assert visitor.look() == "leave"
    assert set(visitor.offered) == {"1", "3"}, "no answers are owed"
    visitor.press("3")
    visitor.press("0")
    assert visitor.look() == "welcome"
    (hearing,) = premises.export("hearing")
    assert (hearing["pages"], hearing["heard_to_end"]) == (1, False)
    (visit,) = premises.export("visit")
    assert (visit["mode"], visit["finished"], visit["ended_by"], visit["answers"]) == ("story", False, "home", 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_leaving_early_with_the_answers(premises: Premises, pack: PackFiles, words: Words, language: str) -> None:
    """Who leaves after the first two is told both answers: each title with its verdict, and what to keep."""
    terminal = premises.open(environment={"LC_ALL": f"{language}.UTF-8"})
    visitor = Visitor(terminal, language, pack, words, seed=2)
    visitor.enter("1")
    visitor.go("see")
    visitor.press("0")
    assert visitor.look() == "leave"
    visitor.press("2")
    assert visitor.look() == "owed"
    told = {answer.item: answer for answer in visitor.answers}
    for item in (*pack.scenarios, *pack.facts):
        if item.id not in told:
            continue
        if item.kind == "scenario":
            label = words.write(language, f"{item.raw['verdict']}-label")
            assert terminal.shows(f"{label} {item.raw['title'][language]}")
            assert terminal.shows(item.raw["remember"][language])
        else:
            question = pack.fact(item, language)
            assert terminal.shows(question.prompt)
            assert terminal.shows(question.choices[question.right.index(True)])
    visitor.press("Enter")
    visitor.leave()
    (visit,) = premises.export("visit")
    assert (visit["finished"], visit["ended_by"], visit["answers"]) == (False, "home", len(visitor.answers))
    assert visit["age_band"] is None


def test_somebody_new(premises: Premises, pack: PackFiles, words: Words) -> None:
    """9, 3 closes the visit of who has left; the next begins at the welcome, in the first language, counted anew."""
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words, seed=4)
    visitor.enter("1")
    visitor.go("ask")
    terminal.press(b"/")
    terminal.press(b"9")
    terminal.press(b"3")
    assert visitor.look() == "welcome"
    following = Visitor(terminal, "zh", pack, words, seed=5)
    following.enter("1")
    following.answer()
    terminal.press(b"9")
    terminal.press(b"3")
    first, second = premises.export("visit")
    assert [visit["ended_by"] for visit in (first, second)] == ["new-person"] * 2
    assert (first["language"], second["language"]) == ("en", "zh")
    assert first["visit"] != second["visit"]
    assert first["seed"] != second["seed"]
    assert [row["visit"] for row in premises.export("help_opened")] == [first["visit"], second["visit"]]
    rows = premises.export("answer")
    assert [row["seq"] for row in rows if row["visit"] == second["visit"]] == [1]


def test_a_changed_answer_is_a_second_row(premises: Premises, pack: PackFiles, words: Words) -> None:
    """`0` on the second question goes back to the first; another answer there is added, and the last counts."""
    visitor = Visitor(premises.open(), "zh", pack, words)
    visitor.enter("1")
    visitor.answer("1")
    visitor.press("0")
    assert visitor.look() == "judge"
    visitor.answer("2")
    visitor.go("goodbye")
    visitor.leave()
    rows = premises.export("answer")
    assert [(row["seq"], row["judged"]) for row in rows[:2]] == [(1, "fraud"), (2, "genuine")]
    assert rows[0]["item"] == rows[1]["item"]
    assert [row["seq"] for row in rows] == list(range(1, len(visitor.answers) + 1))


def test_who_is_not_counted_leaves_no_row(premises: Premises, pack: PackFiles, words: Words) -> None:
    """6 at home: a whole visit, marked on every screen, not asked for an age, and nothing on disk."""
    visitor = Visitor(premises.open(), "zh", pack, words)
    visitor.enter("6")
    visitor.go("goodbye")
    visitor.leave()
    walked = visitor.screens[2:-1]
    assert len(walked) > 20
    assert all(words.write("zh", "sign-not-counted") in screen.splitlines()[0] for screen in walked)
    assert not {"age", "returning"} & set(visitor.kinds)
    assert visitor.answers
    check_nothing_kept(premises)


def check_nothing_kept(premises: Premises) -> None:
    """No table has a row."""
    for terminal in premises.terminals:
        quit_(terminal)
    for table in ("opened", "visit", "answer", "hearing", "help_opened"):
        done = premises.run("export", "--table", table, "--format", "jsonl", "--data", str(premises.data))
        assert done.stdout == ""


def quit_(terminal: Terminal) -> None:
    """Ctrl+Q, and the end."""
    terminal.send(b"\x11")
    assert terminal.until_ended() == 0


@pytest.mark.parametrize(("language", "size"), [("zh", (56, 16)), ("en", (71, 20))])
def test_a_rehearsal_leaves_no_row_and_says_so_everywhere(
    premises: Premises, pack: PackFiles, words: Words, language: str, size: tuple[int, int]
) -> None:
    """Training volunteers fills no figures; whoever walks up sees on each screen that this is one."""
    terminal = premises.open("--rehearse", "--lang", language, size=size)
    visitor = Visitor(terminal, language, pack, words)
    learn(visitor)
    for key in (b"1", b"9", b"1", b"0", b"2", b"0", b"0"):
        terminal.press(key)
        visitor.look()
    assert all(words.write(language, "sign-rehearsal") in screen.splitlines()[0] for screen in visitor.screens)
    assert len(visitor.screens) > 30
    check_nothing_kept(premises)


def test_an_editor_looks_at_one_case(premises: Premises, pack: PackFiles, words: Words) -> None:
    """Two keys from the start it or its twin is on the screen, though both measure; and nothing is kept."""
    terminal = premises.open("--rehearse", "--item", "leak-and-new-alarm")
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    cases = [each for each in pack.scenarios if each.id.endswith(("/leak-and-new-alarm", "/free-gas-meters"))]
    terminal.until(lambda: any(map(terminal.shows, (case.lines("zh")[0] for case in cases))), "the case or its twin")
    check_nothing_kept(premises)


@pytest.mark.parametrize(
    ("options", "told"),
    [(("--item", "free-gas-meters"), "add --rehearse"), (("--rehearse", "--item", "x"), "no scenario or story")],
)
def test_what_cannot_be_looked_at_is_said_before_the_screen_opens(
    premises: Premises, options: tuple[str, ...], told: str
) -> None:
    terminal = premises.open(*options, ready=False)
    terminal.until_shows(told)
    assert terminal.until_ended() == 2


def test_who_walks_away(premises: Premises, pack: PackFiles, words: Words) -> None:
    """After the idle time somebody is asked for, then the visit is closed and every setting is back at its default."""
    premises.configure("[idle]\nseconds = 1\ncountdown_seconds = 2\n")
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.answer()
    terminal.press(b"/")
    terminal.until_shows(words.write("en", "idle-no-hurry"))
    terminal.until(lambda: visitor.kind() == "welcome", "at the welcome, in the first language")
    (visit,) = premises.export("visit")
    assert (visit["ended_by"], visit["answers"], visit["finished"]) == ("idle", 1, False)
    assert visit["idle_seconds"] >= 2
