"""What the pages for editors show stands in the library, so that it can be copied."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from kiosk import wiring
from kiosk.adapters.packs import advice

LIBRARY = wiring.shipped("content") / "elder-fraud"
DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = re.compile(r"```yaml\n(?:# ([\w./-]+)[ ,:，：][^\n]*\n|(?=verdict:))(.*?)```", re.DOTALL)
"""The file's name is in its first line, but for the case."""
FILES = [
    "scenarios/grandson-needs-cash.yaml",
    "stories/room-for-a-car.yaml",
    *("baselines.yaml", "facts.yaml", "help.yaml", "sayings.yaml", "notices.yaml"),
]


DATED = {"reviewed", "expires", "read", "confirm"}
"""What changes when somebody has gone through an item again."""


def is_part(shown: object, own: object) -> bool:
    """Whether all that is shown is there; a page may leave out entries of lists and mappings."""
    if isinstance(shown, Mapping):
        keys = set(shown) - DATED
        return isinstance(own, Mapping) and all(key in own and is_part(shown[key], own[key]) for key in keys)
    if isinstance(shown, Sequence) and not isinstance(shown, str):
        return isinstance(own, Sequence) and all(any(is_part(each, one) for one in own) for each in shown)
    return shown == own


def advised() -> set[str]:
    """The codes of the advice, as its modules pass them on."""
    found: set[str] = set()
    for module in Path(advice.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr.startswith("warn")
            ):
                given = [each.value for each in node.args if isinstance(each, ast.Constant)]
                found |= {each for each in given if isinstance(each, str) and re.fullmatch("[a-z]+(-[a-z]+)+", each)}
    return found


@pytest.mark.parametrize("page", ["WRITING_CASES.md", "WRITING_CASES.zh.md"])
def test_every_kind_of_advice_is_told_in_a_table(page: str) -> None:
    """By its code, in the first column."""
    rows = re.findall(r"^\| (.*?) \|", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    told = {code for row in rows for code in re.findall("`([a-z-]+)`", row)}
    assert len(advised()) >= 13
    assert advised() - told == set()


@pytest.mark.parametrize("page", ["WRITING_CASES.md", "WRITING_CASES.zh.md"])
def test_every_example_stands_in_the_library(page: str) -> None:
    examples = EXAMPLE.findall((DOCS / page).read_text("utf-8"))
    assert [file or FILES[0] for file, _ in examples] == FILES
    for file, (_, example) in zip(FILES, examples, strict=True):
        own = yaml.safe_load((LIBRARY / file).read_text("utf-8"))
        assert is_part(yaml.safe_load(example), own["numbers"] if file == "help.yaml" else own), file
