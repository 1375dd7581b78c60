"""What a pack is told, of one kind; and a pack of many cases to be told something about."""

from __future__ import annotations

from pathlib import Path

from benchmarks.packs import write_pack

from kiosk.adapters.packs.check import check_pack
from kiosk.core.problems import Problem, Severity
from kiosk.ports import Words
from tests.adapters.packs.sample import TODAY


def told(pack: Path, words: Words, code: str, severity: Severity = Severity.WARNING) -> list[Problem]:
    """The problems of one code; there are no errors."""
    problems = check_pack(pack, TODAY, words).problems
    errors = [str(problem) for problem in problems if problem.severity is Severity.ERROR]
    assert not errors
    return [problem for problem in problems if problem.code == code and problem.severity is severity]


def write_many(folder: Path, scenarios: int = 24) -> Path:
    """A sound pack of so many cases, `case-0`, `case-1` (its twin) and so on."""
    return write_pack(folder, scenarios)


def replace_in_all(pack: Path, old: str, new: str, among: range) -> None:
    """Replace a text in some of the cases; in each it must be there."""
    for number in among:
        path = pack / "scenarios" / f"case-{number}.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
