"""What is wrong with recordings, each thing by itself and nothing where nothing is wrong."""

from __future__ import annotations

import pytest

from kiosk.core.problems import Problem, Severity
from kiosk.core.recordings import Heard
from kiosk.usecases.audition import audition, missing
from kiosk.usecases.record import Part
from tests.fakes.recordings import FakeRecordings

GOOD = Heard(seconds=3.6, level=0.4, before=0.3, after=0.3)
"""Three seconds of speech."""


def part(name: str, language: str = "zh", seconds: float = 3.0, recorded: str = "") -> Part:
    item = name.split("/")[-2]
    path = name.removeprefix("p/")
    return Part(f"audio/{language}/{path}.wav", item, "", name, "家里座机响了。", seconds, recorded)


NAMES = ("p/grandson/scene-1", "p/grandson/scene-2", "p/card/text", "_kiosk/digit-1")
PARTS = {language: [part(name, language) for name in NAMES] for language in ("zh", "en", "zh-henan")}


def problems(
    heard: dict[str, Heard],
    links: tuple[str, ...] = (),
    languages: tuple[str, ...] = tuple(PARTS),
    faulty: tuple[str, ...] = (),
) -> list[Problem]:
    looked_at = {language: PARTS[language] for language in languages}
    return list(audition("p", FakeRecordings(heard, links), looked_at, PARTS, faulty))


def of(heard: Heard) -> list[str]:
    """What is wrong with a recording that lies where it should."""
    found = problems({"audio/zh/grandson/scene-1.wav": heard})
    assert all(problem.path == "audio/zh/grandson/scene-1.wav" for problem in found)
    return [f"{problem.severity}[{problem.code}]" for problem in found]


def test_good_recordings_have_nothing_wrong() -> None:
    assert problems({f"audio/{code}/{name.removeprefix('p/')}.mp3": GOOD for code in PARTS for name in NAMES}) == []
    assert problems({}) == []


@pytest.mark.parametrize(
    ("spoken", "found"),
    [
        (0.8, ["warning[too-short]"]),
        (1.0, []),
        (3.0, []),
        (8.4, []),
        (8.6, ["warning[too-long]"]),
    ],
)
def test_length_is_judged_without_the_silence_at_the_ends(spoken: float, found: list[str]) -> None:
    """A text of about three seconds; 0.4 to 2.5 times that is how people differ."""
    assert of(Heard(spoken, 0.4)) == found
    assert of(Heard(spoken + 2.8, 0.4, before=1.4, after=1.4)) == found


def test_a_single_word_may_take_what_it_takes() -> None:
    short = {"zh": [part("_kiosk/digit-1", seconds=0.3)]}
    for seconds in (0.15, 0.3, 1.2):
        recordings = FakeRecordings({"audio/zh/_kiosk/digit-1.wav": Heard(seconds, 0.4)})
        assert list(audition("p", recordings, short, PARTS)) == []


@pytest.mark.parametrize(
    ("heard", "found"),
    [
        (GOOD._replace(level=0.001), ["error[silent]"]),
        (GOOD._replace(level=0.0), ["error[silent]"]),
        (GOOD._replace(level=0.02), ["warning[soft]"]),
        (GOOD._replace(level=0.08), []),
        (GOOD._replace(level=1.0, clipped=2), []),
        (GOOD._replace(level=1.0, clipped=3), ["warning[clipped]"]),
        (Heard(5.0, 0.4, before=1.6, after=0.4), ["warning[long-silence]"]),
        (Heard(5.0, 0.4, before=0.4, after=1.6), ["warning[long-silence]"]),
        (Heard(6.2, 0.4, before=1.6, after=1.6), ["warning[long-silence]", "warning[long-silence]"]),
        (Heard(6.0, 0.4, before=1.5, after=1.5), []),
        (Heard(why="the file is empty"), ["error[unreadable]"]),
    ],
)
def test_what_is_heard_is_judged(heard: Heard, found: list[str]) -> None:
    assert of(heard) == found


def test_a_sentence_says_what_and_what_to_do() -> None:
    (problem,) = problems({"audio/zh/grandson/scene-1.wav": GOOD._replace(clipped=12)})
    assert str(problem) == (
        "audio/zh/grandson/scene-1.wav: warning[clipped] it was too loud for the microphone and is cut off 12 times "
        "(record it again, softer or further from the microphone)"
    )
    (problem,) = problems({"audio/zh/grandson/scene-1.wav": Heard(0.5, 0.4)})
    assert problem.message == "0.5 s for a text of about 3.0 s: “家里座机响了。”"


def test_two_files_of_one_part_are_told_and_only_the_one_that_is_played_is_heard() -> None:
    recordings = FakeRecordings({f"audio/zh/grandson/scene-1.{suffix}": GOOD for suffix in ("mp3", "wav", "ogg")})
    found = list(audition("p", recordings, PARTS, PARTS))
    assert [(problem.path, problem.code) for problem in found] == [
        ("audio/zh/grandson/scene-1.mp3", "two-files"),
        ("audio/zh/grandson/scene-1.ogg", "two-files"),
    ]
    assert found[0].message == "scene-1.wav is played, so this one never is"
    assert recordings.listened == ["audio/zh/grandson/scene-1.wav"]


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("audio/zh/grandsun/scene-1.wav", "there is no 'grandsun' in p, so", "did you mean 'grandson'?"),
        ("audio/zh/completely-else/scene-1.wav", "there is no 'completely-else' in p", "delete it, or rename it"),
        ("audio/zh/grandson/scene-3.wav", "'grandson' has no part 'scene-3'", "did you mean 'scene-2'?"),
        ("audio/zh/_kiosk/digit-l.wav", "the kiosk has no phrase 'digit-l'", "did you mean 'digit-1'?"),
    ],
)
def test_what_is_left_over_says_what_it_may_be_of(path: str, message: str, hint: str) -> None:
    (problem,) = problems({path: GOOD})
    assert (problem.severity, problem.code) == (Severity.WARNING, "left-over")
    assert message in problem.message
    if "scene" in hint:
        assert problem.hint in ("did you mean 'scene-1'?", "did you mean 'scene-2'?")
    else:
        assert problem.hint == hint


def test_what_belongs_to_an_item_with_errors_is_not_left_over_for_good() -> None:
    (problem,) = problems({"audio/zh/broken/scene-1.wav": GOOD}, faulty=("broken",))
    assert problem.severity is Severity.INFO
    assert "'broken' has errors" in problem.message


def test_a_folder_of_no_language_of_the_pack_is_told_once() -> None:
    found = problems({f"audio/zh-henna/grandson/scene-{n}.wav": GOOD for n in (1, 2, 3)})
    assert [(problem.path, problem.code) for problem in found] == [("audio/zh-henna", "unknown-language")]
    assert "the 3 files in it are never played" in found[0].message
    assert found[0].hint == "did you mean 'zh-henan'?"
    (problem,) = problems({"audio/klingon/grandson/scene-1.wav": GOOD}, languages=("zh",))
    assert problem.hint == "pack.yaml has zh, en, zh-henan; a variety is named there"


@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [
        ("audio/scene-1.wav", "wrong-place", "it lies in audio/<language>/<item>/<part>.wav"),
        ("audio/zh/scene-1.mp3", "wrong-place", "it lies in audio/<language>/<item>/<part>.mp3"),
        ("audio/zh/grandson/take-2/scene-1.wav", "wrong-place", "it lies in audio/<language>/<item>/<part>.wav"),
        ("audio/zh/grandson/scene-1.WAV", "not-played", "rename it to scene-1.wav"),
        ("audio/zh/grandson/scene-1.m4a", "not-played", "save it as one of .wav, .flac, .mp3, .ogg"),
        ("audio/zh/grandson/scene-1", "not-played", "save it as one of .wav, .flac, .mp3, .ogg"),
    ],
)
def test_what_is_never_played_says_why(path: str, code: str, hint: str) -> None:
    (problem,) = problems({path: GOOD})
    assert (problem.severity, problem.code, problem.hint) == (Severity.WARNING, code, hint)


def test_links_are_errors() -> None:
    (problem,) = problems({}, links=("audio/zh/grandson/scene-1.wav",))
    assert (problem.severity, problem.code) == (Severity.ERROR, "link")


def test_other_languages_are_not_listened_to() -> None:
    recordings = FakeRecordings(
        {"audio/zh/grandson/scene-1.wav": Heard(why="x"), "audio/en/grandson/scene-1.wav": Heard(why="x")}
    )
    found = list(audition("p", recordings, {"en": PARTS["en"]}, PARTS))
    assert [problem.path for problem in found] == ["audio/en/grandson/scene-1.wav"]
    assert recordings.listened == ["audio/en/grandson/scene-1.wav"]


def test_every_file_is_a_tick() -> None:
    ticks: list[int] = []
    recordings = FakeRecordings({f"audio/{code}/grandson/scene-1.wav": GOOD for code in ("zh", "en", "de")})
    list(audition("p", recordings, {"zh": PARTS["zh"]}, PARTS, tick=lambda: ticks.append(1)))
    assert len(ticks) == 3


def test_what_is_missing_is_one_line_or_one_a_part() -> None:
    some = [part(NAMES[0], recorded="audio/zh/grandson/scene-1.mp3"), *PARTS["zh"][1:]]
    (summary,) = missing(some, "zh", each=False)
    assert str(summary) == "audio/zh: info[missing] 1 of 4 parts are recorded; the others are synthesised"
    assert [problem.path for problem in missing(some, "zh", each=True)] == [each.file for each in some[1:]]
    recorded = [each._replace(recorded="x") for each in some]
    assert list(missing(recorded, "zh", each=False)) == []
    assert list(missing(recorded, "zh", each=True)) == []
