"""The compiled cache: fresh while the files are what they were, rebuilt by a child when not, ignored when damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.adapters.packs import cache as cache_module
from kiosk.adapters.packs import conversion
from kiosk.adapters.packs.cache import CompiledPacks
from kiosk.adapters.packs.cachefile import Store, cache_path
from kiosk.adapters.packs.check import check_pack
from kiosk.adapters.packs.compiler import compile_packs
from kiosk.core.errors import PackError, UsageError
from kiosk.core.items import Scenario
from tests.adapters.packs.sample import FILES, ONE, TODAY, spoil, write_pack
from tests.adapters.packs.test_characters import no_opencc, no_room

Opener = Callable[..., CompiledPacks]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def open_packs(pack: Path, folder: Path) -> Iterator[Opener]:
    """Packs over the sample, closed after the test."""
    opened: list[CompiledPacks] = []

    def make(*content: Path, where: Path = folder) -> CompiledPacks:
        opened.append(CompiledPacks(content or [pack], where))
        return opened[-1]

    yield make
    for packs in opened:
        packs.close()


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines of the children that were started."""
    started: list[list[str]] = []
    run = subprocess.run

    def noted(command: list[str], **options: object) -> object:
        started.append(command)
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", noted)
    return started


def title(packs: CompiledPacks) -> str:
    item = packs.fetch(["sample/fraud-3"])["sample/fraud-3"]
    assert isinstance(item, Scenario)
    return item.title.write("en")


def refuse_to_load(_: str) -> None:
    """As OpenCC does where a library of the system lacks."""
    raise ImportError("DLL load failed")


def test_what_comes_out_of_the_cache_is_what_was_read(pack: Path, open_packs: Opener) -> None:
    packs = open_packs()
    checked = check_pack(pack, TODAY)
    catalogue = packs.catalogue()
    assert catalogue.entries == checked.entries
    assert catalogue.packs == (checked.name,)
    assert catalogue.sayings == checked.sayings
    assert catalogue.notices == checked.notices
    assert catalogue.help_numbers == checked.help_numbers
    assert catalogue.first_minutes == checked.first_minutes
    assert packs.fetch(list(checked.items)) == checked.items
    assert packs.fetch(list(checked.items) * 20) == checked.items


def test_it_is_compiled_once_and_then_opened(open_packs: Opener, children: list[list[str]]) -> None:
    assert open_packs().at_hand() is None
    first = open_packs().catalogue()
    assert open_packs().at_hand() == first
    assert open_packs().catalogue() == first
    assert len(children) == 1
    assert children[0][:4] == [sys.executable, "-P", "-m", "kiosk"]


def test_items_that_share_a_card_share_the_value(open_packs: Opener) -> None:
    found = open_packs().fetch(["sample/fraud-1", "sample/fraud-2", "sample/none"])
    assert found.keys() == {"sample/fraud-1", "sample/fraud-2"}
    assert found["sample/fraud-1"].card is found["sample/fraud-2"].card


@pytest.mark.parametrize(
    "change",
    [
        lambda pack: spoil(pack, ONE, "A grandson needs cash", "A nephew needs cash"),
        lambda pack: (pack / ONE).unlink(),
        lambda pack: (pack / "stories" / "second.yaml").write_text(FILES["stories/coupons.yaml"], "utf-8"),
        lambda pack: (pack / "sayings.yaml").unlink(),
        lambda pack: (pack / ONE).rename(pack / "scenarios" / "fraud-4.yaml"),
    ],
    ids=["changed", "deleted", "added", "small file deleted", "renamed"],
)
def test_a_change_is_seen(
    pack: Path, open_packs: Opener, children: list[list[str]], change: Callable[[Path], object]
) -> None:
    before = open_packs().catalogue()
    change(pack)
    packs = open_packs()
    assert packs.at_hand() is None
    after = packs.catalogue()
    assert len(children) == 2
    assert open_packs().at_hand() == after
    assert after != before or title(packs) == "A nephew needs cash"


def test_a_pack_that_was_moved_among_the_content_is_found_where_it_is(pack: Path, open_packs: Opener) -> None:
    content = pack.parent
    assert open_packs(content).catalogue().packs[0].folder == str(pack)
    moved = pack.rename(content / "moved")
    packs = open_packs(content)
    assert packs.at_hand() is None
    assert packs.catalogue().packs[0].folder == str(moved)


def test_recordings_are_nothing_that_is_compiled(pack: Path, open_packs: Opener, children: list[list[str]]) -> None:
    first = open_packs().catalogue()
    folder = pack / "audio" / "zh-henan" / "fraud-3"
    folder.mkdir(parents=True)
    (folder / "scene-1.wav").write_bytes(b"RIFF")
    assert open_packs().at_hand() == first
    (folder / "scene-1.wav").unlink()
    assert open_packs().at_hand() == first
    assert len(children) == 1


def test_a_change_of_the_same_size_is_seen(pack: Path, open_packs: Opener) -> None:
    open_packs().catalogue()
    spoil(pack, ONE, "A grandson needs cash", "A grandson needs CASH")
    packs = open_packs()
    packs.catalogue()
    assert title(packs) == "A grandson needs CASH"


def test_new_times_over_old_contents_are_noted_without_a_child(
    pack: Path, open_packs: Opener, children: list[list[str]], folder: Path
) -> None:
    first = open_packs().catalogue()
    for path in pack.rglob("*.yaml"):
        os.utime(path, ns=(1, 1))
    before = cache_path(folder, [pack]).read_bytes()
    packs = open_packs()
    assert packs.at_hand() == first
    assert title(packs) == "A grandson needs cash"
    assert cache_path(folder, [pack]).read_bytes() != before
    assert open_packs().at_hand() == first
    assert len(children) == 1


def test_new_times_are_compared_again_where_the_cache_cannot_be_written(
    pack: Path, open_packs: Opener, children: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_packs().catalogue()
    for path in pack.rglob("*.yaml"):
        os.utime(path, ns=(1, 1))

    def refuse(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(cache_module, "save", refuse)
    assert open_packs().at_hand() == first
    assert open_packs().at_hand() == first
    assert len(children) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:40],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: b"x" * len(content),
        lambda content: content.replace(b"sample/fraud-1", b"sample/fraud-9", 1),
        lambda content: b"kiosk-packs 0" + content[13:],
        lambda content: content.replace(b"\n", b" ", 1),
        lambda content: b"kiosk-packs 1 0.1.0 99999999999999999999 1\n" + content,
        lambda content: b"kiosk-packs 1 0.1.0 -5 1\n" + content,
        lambda _: os.urandom(500),
    ],
    ids=range(12),
)
def test_a_damaged_file_is_ignored_and_made_anew(
    pack: Path, folder: Path, open_packs: Opener, damage: Callable[[bytes], bytes]
) -> None:
    first = open_packs().catalogue()
    path = cache_path(folder, [pack])
    path.write_bytes(damage(path.read_bytes()))
    packs = open_packs()
    assert packs.at_hand() is None
    assert packs.catalogue() == first
    assert open_packs().at_hand() == first


def test_a_folder_in_place_of_the_file_is_a_damaged_one(pack: Path, folder: Path, open_packs: Opener) -> None:
    first = open_packs().catalogue()
    path = cache_path(folder, [pack])
    path.unlink()
    path.mkdir()
    packs = open_packs()
    assert packs.at_hand() is None
    assert packs.catalogue() == first
    assert title(packs) == "A grandson needs cash"


@pytest.mark.parametrize("good_reads", range(4))
def test_a_file_that_fails_while_it_is_read_is_a_damaged_one(
    pack: Path, open_packs: Opener, monkeypatch: pytest.MonkeyPatch, good_reads: int
) -> None:
    first = open_packs().catalogue()
    for path in pack.rglob("*.yaml"):
        os.utime(path, ns=(1, 1))
    left = [good_reads]
    closed: list[Store] = []
    read, close = Store.read, Store.close

    def fail(store: Store, offset: int, length: int) -> bytes:
        if isinstance(store._source, int):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(5, "input/output error")
        return read(store, offset, length)

    def note(store: Store) -> None:
        closed.append(store)
        close(store)

    packs = open_packs()
    with monkeypatch.context() as patch:
        patch.setattr(Store, "read", fail)
        patch.setattr(Store, "close", note)
        assert packs.at_hand() == (first if good_reads == 3 else None)
        if good_reads < 3:
            assert closed
            left[0] = 0
            assert packs.catalogue() == first
    assert packs.catalogue() == first


def test_a_damaged_line_is_a_missing_item_and_the_file_is_made_anew_next_time(
    pack: Path, folder: Path, open_packs: Opener
) -> None:
    first = open_packs().catalogue()
    path = cache_path(folder, [pack])
    content = path.read_bytes()
    at = content.rindex(b"A grandson needs cash")
    path.write_bytes(content[:at] + b"B" + content[at + 1 :])
    packs = open_packs()
    assert packs.at_hand() == first
    found = packs.fetch([entry.id for entry in first.entries])
    assert len(found) == len(first.entries) - 1
    assert open_packs().at_hand() is None
    assert len(open_packs().fetch([entry.id for entry in first.entries])) == len(first.entries)


def test_a_file_of_another_version_is_not_read(
    pack: Path, folder: Path, open_packs: Opener, children: list[list[str]]
) -> None:
    open_packs().catalogue()
    path = cache_path(folder, [pack])
    path.write_bytes(path.read_bytes().replace(b" 0.", b" 9.", 1))
    open_packs().catalogue()
    assert len(children) == 2


@pytest.mark.parametrize("lacking", [no_opencc, no_room])
def test_what_could_not_be_made_is_made_once_it_can_be(
    pack: Path,
    folder: Path,
    open_packs: Opener,
    children: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    lacking: Callable[[pytest.MonkeyPatch], None],
) -> None:
    """OpenCC was installed since, or there is room for its configuration again."""
    with monkeypatch.context() as patch:
        lacking(patch)
        compile_packs([pack], folder, TODAY)
    packs = open_packs()
    assert packs.at_hand() is None
    assert packs.catalogue().packs[0].languages == ("zh", "en", "zh-Hant")
    assert open_packs().at_hand() is not None
    assert len(children) == 1


def test_without_opencc_what_is_compiled_stays(
    pack: Path, folder: Path, open_packs: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at each start anew; nor where there is one that can't be loaded."""
    with monkeypatch.context() as patch:
        patch.setattr(conversion, "_converter", refuse_to_load)
        compile_packs([pack], folder, TODAY)
        catalogue = open_packs().at_hand()
        assert catalogue is not None
        assert catalogue.packs[0].languages == ("zh", "en")
    with monkeypatch.context() as patch:
        no_opencc(patch)
        assert open_packs().at_hand() is None
        compile_packs([pack], folder, TODAY)
        assert open_packs().at_hand() is not None


def test_what_was_made_with_other_words_is_made_again(
    open_packs: Opener, children: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or with another OpenCC. A child that finds another than the screen's process does no harm."""
    first = open_packs().catalogue()
    monkeypatch.setattr(conversion, "_WORDS", conversion._WORDS + " 现金=現鈔")
    packs = open_packs()
    assert packs.at_hand() is None
    assert packs.catalogue() == first
    assert len(children) == 2


def test_an_open_cache_is_not_disturbed_by_a_new_one(pack: Path, open_packs: Opener) -> None:
    packs = open_packs()
    packs.catalogue()
    spoil(pack, ONE, "A grandson needs cash", "A nephew needs cash")
    newer = open_packs()
    newer.catalogue()
    assert title(packs) == "A grandson needs cash"
    assert title(newer) == "A nephew needs cash"


def test_a_cache_that_cannot_be_written_is_kept_in_memory(
    tmp_path: Path, open_packs: Opener, children: list[list[str]]
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    packs = open_packs(where=blocked / "cache")
    assert packs.at_hand() is None
    assert len(packs.catalogue().entries) == 9
    assert title(packs) == "A grandson needs cash"
    assert "--to-stdout" in children[-1]


def test_two_kiosks_may_compile_at_once(open_packs: Opener) -> None:
    several = [open_packs() for _ in range(4)]
    threads = [threading.Thread(target=packs.catalogue) for packs in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {len(packs.fetch(["sample/fraud-1"])) for packs in several} == {1}


def test_nothing_but_the_cache_stays_in_its_folder(folder: Path, open_packs: Opener) -> None:
    open_packs().catalogue()
    assert [path.suffix for path in folder.iterdir()] == [".jsonl"]


def test_the_cache_is_text_and_one_array_a_line(pack: Path, folder: Path, open_packs: Opener) -> None:
    open_packs().catalogue()
    header, index, *lines = cache_path(folder, [pack]).read_text("utf-8").splitlines()
    assert header.startswith("kiosk-packs ")
    assert json.loads(index)["faults"] == 0
    assert len(lines) == 9 + 2
    assert all(isinstance(json.loads(line), list) for line in lines)


def test_bad_items_are_counted_and_left_out(pack: Path, open_packs: Opener) -> None:
    spoil(pack, ONE, "cue: 4", "cue: 9")
    packs = open_packs()
    assert packs.catalogue().faults == 1
    assert packs.fetch(["sample/fraud-3"]) == {}


def test_a_pack_in_which_nothing_can_be_shown_is_an_error(pack: Path, open_packs: Opener) -> None:
    spoil(pack, "pack.yaml", "format: 1", "format: 9")
    packs = open_packs()
    with pytest.raises(PackError, match="kiosk content check"):
        packs.catalogue()
    with pytest.raises(PackError, match="kiosk content check"):
        open_packs().at_hand()


@pytest.mark.parametrize("name", ["nowhere", "sample/pack.yaml", "empty", "loop", "x\0y"])
def test_a_path_without_a_pack_is_one_line(tmp_path: Path, open_packs: Opener, name: str) -> None:
    (tmp_path / "empty").mkdir()
    if sys.platform != "win32":
        (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UsageError) as error:
        open_packs(tmp_path / name).at_hand()
    assert "\n" not in str(error.value)
    assert str(tmp_path) in str(error.value)


def test_a_folder_of_packs_shows_them_all(tmp_path: Path, open_packs: Opener) -> None:
    write_pack(tmp_path / "many" / "one")
    second = write_pack(tmp_path / "many" / "two")
    spoil(second, "pack.yaml", "id: sample", "id: second")
    for name in ("one", "two"):
        (tmp_path / "many" / name / "sample").rename(tmp_path / "many" / f"pack-{name}")
    packs = open_packs(tmp_path / "many")
    assert [pack.id for pack in packs.catalogue().packs] == ["sample", "second"]
    (tmp_path / "many" / "pack-one").rename(tmp_path / "elsewhere")
    assert [pack.id for pack in open_packs(tmp_path / "many").catalogue().packs] == ["second"]


def test_a_child_that_takes_too_long_is_ended_and_says_so(pack: Path, folder: Path) -> None:
    packs = CompiledPacks([pack], folder, seconds=0.001)
    with pytest.raises(PackError, match="took longer"):
        packs.catalogue()


def test_a_child_that_fails_says_why(pack: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(folder / "no-python"))
    with pytest.raises(PackError, match="can't be compiled"):
        CompiledPacks([pack], folder).catalogue()


def test_opening_loads_neither_yaml_nor_pydantic(pack: Path, folder: Path, open_packs: Opener) -> None:
    open_packs().catalogue()
    script = (
        "import sys; from pathlib import Path; from kiosk import wiring\n"
        "packs = wiring.packs([Path(sys.argv[1])], Path(sys.argv[2]))\n"
        "assert packs.at_hand() is not None\n"
        "assert len(packs.fetch(['sample/fraud-1', 'sample/fact-1', 'sample/coupons'])) == 3\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'yaml', 'pydantic', 'pydantic_core', 'rich', 'click', 'subprocess', 'hashlib'}))\n"
    )
    command = [sys.executable, "-P", "-c", script, str(pack), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
