"""No file, however hostile, raises, runs code, or takes long: it is refused, and the other items are shown."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from kiosk.core.problems import Severity
from tests.adapters.packs.sample import CARD, FILES, ONE, check, codes, found, shown, spoil, write_pack

SECONDS = 5.0
"""No file may take longer, of the processor's time: another program may have the rest. Most take a hundredth of it."""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def put(pack: Path, content: bytes, name: str = ONE) -> list[str]:
    """The codes of a file with this content; that it was quick, and that the others are still shown."""
    (pack / name).write_bytes(content)
    start = time.process_time()
    problems = found(pack, name)
    assert time.process_time() - start < SECONDS
    assert {"fraud-1", "genuine-2", "fact-1", "coupons"} <= shown(pack)
    assert "fraud-3" not in shown(pack)
    assert all(problem.message and "Traceback" not in problem.message for problem in problems)
    return codes(problems)


def test_a_sound_pack_has_no_problem_at_all(pack: Path) -> None:
    assert check(pack).problems == ()


def test_tags_that_run_code_are_refused_and_run_nothing(pack: Path, tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    code = f"title: !!python/object/apply:os.mkdir ['{witness}']\nscene: !!python/name:os.system x\n"
    assert "tag" in put(pack, code.encode())
    assert not witness.exists()


def test_a_billion_laughs_are_refused_at_the_first_anchor(pack: Path) -> None:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    found_codes = put(pack, "\n".join(lines).encode())
    assert {"anchor", "alias"} <= set(found_codes)


def test_merge_keys_are_refused(pack: Path) -> None:
    spoil(pack, ONE, "cue: 4", "<<: {cue: 4}")
    assert "merge-key" in codes(found(pack, ONE))


@pytest.mark.parametrize(
    "nested",
    [
        b"[" * 100_000,
        b"{a: " * 100_000,
        b"- " * 100_000,
        b"? " * 100_000,
        b"a: [" + b"[" * 100_000 + b"]" * 100_000 + b"]",
        b"".join(b" " * level + b"a:\n" for level in range(1_400)),
        b"title:\n" + b"".join(b" " * level + b"- - - -\n" for level in range(1, 400)),
    ],
    ids=["flow lists", "flow mappings", "block lists", "complex keys", "closed flow lists", "block mappings", "mixed"],
)
def test_deep_nesting_stops_at_the_limit(pack: Path, nested: bytes) -> None:
    assert put(pack, nested)[0] in ("too-deep", "syntax", "key-not-text")


@pytest.mark.parametrize(
    "content",
    [
        b"a: " + b"x" * (50 << 20),
        b"#" * ((1 << 20) + 1),
    ],
    ids=["a line of 50 MB", "a byte too many"],
)
def test_a_file_over_one_mebibyte_is_refused_unread(pack: Path, content: bytes) -> None:
    assert put(pack, content) == ["too-big"]


@pytest.mark.parametrize(
    "content",
    [
        b"a: " + b"x" * (1 << 20),
        b"[" + b"a," * 500_000,
        b"k: v\n" * 200_000,
        b"".join(b"k%d: v\n" % number for number in range(90_000)),
        b"a: b\n " + b"c\n " * 300_000,
        b'a: "' + b"\\n" * 500_000 + b'"',
        b"a: " + b"'" * 1_000_000,
        b"a: {" + b"zh: x, " * 140_000,
        b"a: b: " * 170_000,
        b"- a: b: c\n" * 100_000,
        b"\xef\xbd\x9b" * 300_000,
        b"! " * 500_000,
        b"zh\xef\xbc\x9a" * 200_000,
        b"%" * 1_000_000,
        b'"\n' * 500_000,
        b"".join(b'k%d: v"{\n' % number for number in range(20_000)),
    ],
    ids=range(16),
)
def test_a_mebibyte_of_anything_is_refused_within_seconds(pack: Path, content: bytes) -> None:
    assert put(pack, content[: 1 << 20])


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("title: 孙子".encode("gbk"), "not-utf-8", "GBK"),
        ("title: café crème".encode("latin-1"), "not-utf-8", "Latin-1"),
        ("title: 孙子".encode("utf-16"), "not-utf-8", "UTF-16"),
        ("title: abc".encode("utf-16-le"), "not-utf-8", "UTF-16"),
        (b"title: \xff\xff\xff", "not-utf-8", "UTF-8"),
        (b"title: \xe5\xad", "not-utf-8", "UTF-8"),
    ],
)
def test_other_encodings_are_recognised_in_words(pack: Path, content: bytes, code: str, words: str) -> None:
    assert put(pack, content)[0] == code
    problem = found(pack, ONE)[0]
    assert words in problem.message
    assert problem.hint == "save the file as UTF-8"


def test_a_wrong_byte_is_found_by_line_and_column(pack: Path) -> None:
    put(pack, "title:\n  zh: 孙子\n".encode() + b"  en: caf\xe9\n")
    assert found(pack, ONE)[0][1:3] == (3, 10)


def test_a_byte_order_mark_and_windows_line_ends_are_harmless(pack: Path) -> None:
    text = (pack / ONE).read_text("utf-8")
    (pack / ONE).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert found(pack) == []
    (pack / ONE).write_bytes(text.replace("\n", "\r").encode())
    assert found(pack) == []


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2028", "\ufe0f"],
)
def test_invisible_characters_are_refused_where_they_stand(pack: Path, character: str) -> None:
    spoil(pack, ONE, "zh: 孙子出事", f"zh: 孙{character}子出事")
    problem = found(pack, ONE)[0]
    assert (problem.code, problem.line, problem.column) == ("invisible-character", 7, 8)
    assert f"U+{ord(character):04X}" in problem.message
    assert "fraud-3" not in shown(pack)


def test_a_binary_file_is_no_text(pack: Path) -> None:
    assert set(put(pack, bytes(range(32)) * 100)) == {"invisible-character"}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing yet\n", b"---\n", b"--- ''\n"])
def test_an_empty_file_is_one_line(pack: Path, content: bytes) -> None:
    assert put(pack, content) == ["empty-file"]


@pytest.mark.parametrize("content", [b"just words\n", b"- a\n- b\n", b"'x'\n"])
def test_a_file_that_is_no_mapping_says_so(pack: Path, content: bytes) -> None:
    assert put(pack, content) == ["wrong-shape"]


def test_a_second_document_and_directives_are_refused(pack: Path) -> None:
    text = (pack / ONE).read_text("utf-8")
    assert put(pack, (text + "---\ncue: 4\n").encode()) == ["second-document"]
    assert put(pack, ("%YAML 1.1\n---\n" + text).encode()) == ["directive"]
    assert put(pack, ("%WHAT\n---\n" + text).encode()) == ["syntax"]


def test_a_folder_where_a_file_belongs_is_refused(pack: Path) -> None:
    (pack / ONE).unlink()
    (pack / ONE).mkdir()
    assert codes(found(pack, ONE)) == ["not-a-file"]
    assert "fraud-1" in shown(pack)


def test_a_file_where_a_folder_belongs_is_refused(pack: Path) -> None:
    (pack / "events").write_text("x")
    assert codes(found(pack, "events")) == ["not-a-folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
class TestLinks:
    def test_a_link_is_not_followed(self, pack: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere.yaml").write_text((pack / ONE).read_text("utf-8"), "utf-8")
        (pack / ONE).unlink()
        (pack / ONE).symlink_to(tmp_path / "elsewhere.yaml")
        assert codes(found(pack, ONE)) == ["link"]
        assert "fraud-3" not in shown(pack)

    def test_a_loop_of_links_is_harmless(self, pack: Path) -> None:
        (pack / "scenarios" / "loop.yaml").symlink_to("loop.yaml")
        (pack / "stories" / "deep").symlink_to(pack, target_is_directory=True)
        (pack / "audio").symlink_to(pack, target_is_directory=True)
        assert sorted(codes(found(pack))) == ["link", "link", "unknown-file"]
        assert len(shown(pack)) == 9

    def test_a_linked_folder_of_items_is_not_followed(self, pack: Path, tmp_path: Path) -> None:
        (pack / "stories").rename(tmp_path / "stories")
        (pack / "stories").symlink_to(tmp_path / "stories", target_is_directory=True)
        assert codes(found(pack, "stories")) == ["link"]
        assert "coupons" not in shown(pack)

    def test_a_pipe_does_not_block(self, pack: Path) -> None:
        (pack / ONE).unlink()
        os.mkfifo(pack / ONE)
        assert codes(found(pack, ONE)) == ["not-a-file"]

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_a_file_that_may_not_be_read_says_so(self, pack: Path) -> None:
        (pack / ONE).chmod(0)
        assert codes(found(pack, ONE)) == ["unreadable"]


def test_markup_in_texts_stays_plain_text(pack: Path) -> None:
    markup = "[@click=app.quit]x[/] [red"
    spoil(pack, ONE, "zh: 孙子出事要现金", f'zh: "{markup}"')
    assert found(pack) == []
    assert check(pack).items["sample/fraud-3"].title.written["zh"] == markup  # type: ignore[union-attr]


def test_a_file_with_endless_problems_stops_listing_them(pack: Path) -> None:
    put(pack, "".join(f"k{number}: v\n" for number in range(1_000)).encode())
    problems = found(pack, ONE)
    assert len(problems) < 70
    assert problems[-1].code == "too-many-problems"


def test_a_large_file_with_much_to_confirm_is_no_error(pack: Path) -> None:
    """Everything that somebody has to confirm is listed: it is a list to go through, and spoils nothing."""
    confirmed = CARD.replace("    - title: a leaflet\n", "    - title: a leaflet\n      confirm: 派出所\n")
    assert confirmed != CARD
    cards = "".join(confirmed.format(name=f"card-{number}") for number in range(100))
    (pack / "baselines.yaml").write_text(FILES["baselines.yaml"] + cards, "utf-8")
    assert Counter(problem.severity for problem in check(pack).problems) == {Severity.INFO: 100}


def test_a_pack_whose_every_file_is_noise_shows_nothing_and_raises_nothing(pack: Path) -> None:
    for path in pack.rglob("*.yaml"):
        path.write_bytes(os.urandom(300))
    checked = check(pack)
    assert checked.name is None
    assert checked.problems
