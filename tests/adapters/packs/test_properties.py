"""Whatever stands in a file, checking it ends soon, raises nothing, and never shows a half item."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.adapters.packs.findings import Findings
from kiosk.adapters.packs.folding import join_lines, quoted
from kiosk.adapters.packs.nodes import TooDeepError, parse
from kiosk.adapters.packs.traps import quotation, structure
from kiosk.core.items import Scenario
from kiosk.core.problems import Severity
from tests.adapters.packs.sample import FILES, ONE, check, write_pack

YAMLISH = st.text(alphabet="abz: -\n#{}[],\"'&*!|>%@`?“”，：｛｝　\t你拨\\0", max_size=200)
slow = settings(max_examples=60, deadline=5_000, suppress_health_check=[HealthCheck.too_slow])


def checked(name: str, content: bytes) -> None:
    """Put the content into a sound pack: nothing raises, and the rest is shown."""
    with tempfile.TemporaryDirectory() as folder:
        pack = write_pack(Path(folder))
        (pack / name).write_bytes(content)
        result = check(pack)
        for item in result.items.values():
            assert item.id in {entry.id for entry in result.entries}
            if isinstance(item, Scenario):
                assert item.title.written
                assert item.scene
                assert item.card.question.right
        assert all(problem.line >= 0 and problem.message for problem in result.problems)


@slow
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=300))
def test_any_bytes_in_any_file(name: str, content: bytes) -> None:
    checked(name, content)


@slow
@given(st.sampled_from(sorted(FILES)), YAMLISH)
def test_anything_that_looks_like_yaml_in_any_file(name: str, text: str) -> None:
    checked(name, text.encode())


@slow
@given(st.sampled_from(sorted(FILES)), st.integers(0, 3_000), st.integers(0, 30), YAMLISH.map(lambda text: text[:8]))
def test_any_small_change_of_a_sound_file(name: str, at: int, length: int, inserted: str) -> None:
    text = FILES[name]
    at %= len(text)
    checked(name, (text[:at] + inserted + text[at + length :]).encode())


@slow
@given(st.randoms(use_true_random=False))
def test_lines_in_any_order(source: random.Random) -> None:
    lines = FILES[ONE].splitlines(keepends=True)
    source.shuffle(lines)
    checked(ONE, "".join(lines).encode())


@given(YAMLISH)
def test_what_is_read_is_what_the_safe_loader_reads_without_types(text: str) -> None:
    findings = Findings("x")
    try:
        data = parse(text, findings).data
    except (yaml.YAMLError, TooDeepError):
        return
    if findings.problems:
        return
    expected = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing but text
    assert data == without_empty(expected)


def without_empty(data: object) -> object:
    """The same without keys that have no value."""
    if isinstance(data, dict):
        return {key: without_empty(value) for key, value in data.items() if value != ""}
    return [without_empty(value) for value in data] if isinstance(data, list) else data


@given(st.text(max_size=120))
def test_a_repaired_line_needs_no_further_repair(line: str) -> None:
    line = line.replace("\n", " ").replace("\r", " ")
    repairs: list[Callable[[str], object]] = [lambda text: structure(text, ("zh", "en")), quotation]
    for repair in repairs:
        made = repair(line)
        if made is not None:
            assert made.line != line  # type: ignore[attr-defined]


@given(st.text(max_size=60))
def test_a_quoted_text_is_read_back_as_one_line(text: str) -> None:
    line = quoted(text)
    assert line.count('"') == 2
    assert "\\" not in line


@given(st.lists(st.text(alphabet="ab 中，。“”", min_size=1), min_size=1, max_size=5))
def test_joined_lines_keep_every_letter(lines: list[str]) -> None:
    joined = join_lines("\n".join(lines), "")
    assert joined.replace(" ", "") == "".join(lines).replace(" ", "")
    assert "\n" not in joined


def test_lines_join_without_a_space_between_two_chinese_characters_only() -> None:
    assert join_lines("座机响了，\n  那头哭着", "") == "座机响了，那头哭着"
    assert join_lines("The phone\n rings", "") == "The phone rings"
    assert join_lines("拨\n110", "") == "拨 110"
    assert join_lines("叫\n“奶奶”\n吗", "") == "叫“奶奶”吗"
    assert join_lines("say\n“no”", "") == "say “no”"


def test_errors_are_the_only_thing_that_leaves_an_item_out(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    result = check(pack)
    assert not [problem for problem in result.problems if problem.severity is Severity.ERROR]
    assert result.faults == 0
