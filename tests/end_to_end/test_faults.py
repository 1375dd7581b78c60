"""Wrong calls and broken surroundings: one clear line or screen, the right exit code, and nothing written is lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from kiosk.ports import Words
from tests.end_to_end.pack_files import PackFiles
from tests.end_to_end.premises import KIOSK, Premises, single_line
from tests.end_to_end.terminal import Terminal
from tests.end_to_end.visitor import Visitor

DATABASE = "kiosk.sqlite3"


def refused(terminal: Terminal, code: int) -> str:
    """The one line with which a start was refused."""
    assert terminal.until_ended() == code, terminal.text
    return single_line(terminal.raw.decode())


def not_counted(terminal: Terminal, words: Words) -> bool:
    """Whether the screen says so."""
    return words.write("zh", "sign-not-counted-today") in terminal.rows[0]


# Wrong calls


@pytest.mark.parametrize("what", ["missing", "file", "empty", "no pack.yaml", "loop"])
def test_a_wrong_content_path(premises: Premises, what: str) -> None:
    """`--content` that names no pack: exit 2, one line that names it; the screen is never opened."""
    path = premises.folder / "given"
    if what == "file":
        path.write_text("x")
    elif what == "loop":
        path.symlink_to(path)
    elif what != "missing":
        (path / "within").mkdir(parents=True)
    if what == "no pack.yaml":
        (path / "within" / "facts.yaml").write_text("[]")
    line = refused(premises.open("--content", str(path), ready=False), 2)
    assert str(path) in line


def test_a_broken_pack(premises: Premises) -> None:
    """Where nothing of a pack can be shown, the kiosk says so in one line and ends with 1."""
    pack = premises.folder / "broken"
    pack.mkdir()
    (pack / "pack.yaml").write_text("format: 9\n&a [*a")
    terminal = premises.open("--content", str(pack), ready=False)
    assert terminal.until_ended() in (1, 2)
    after = terminal.raw.decode().rpartition("\x1b[?1006l")[2]
    assert "broken" in single_line(after)


@pytest.mark.parametrize("what", ["file", "below a file", "device", "dangling link"])
def test_a_wrong_data_path(premises: Premises, what: str) -> None:
    """`--data` that can be no folder: exit 2, one line that names it."""
    path = premises.folder / "given"
    path.write_text("x")
    link = premises.folder / "link"
    link.symlink_to(premises.folder / "nowhere")
    given = {"file": path, "below a file": path / "data", "device": Path(os.devnull), "dangling link": link}[what]
    assert str(given) in refused(premises.open(data=given, ready=False), 2)
    assert path.read_text() == "x"


def test_an_unknown_option_language_and_setting(premises: Premises) -> None:
    """Exit 2 and a line that says what is known."""
    assert "xx" in refused(premises.open("--lang", "xx", ready=False), 2)
    premises.configure("[round]\nsize = 'enormous'\n")
    assert "round.size" in refused(premises.open(ready=False), 2)
    done = premises.run("run", "--loud")
    assert done.returncode == 2
    assert "--loud" in done.stderr


def test_two_kiosks_on_one_data_folder(premises: Premises, pack: PackFiles, words: Words) -> None:
    """The second says so and exits 1; the first doesn't notice. Once that has ended, another can have the folder."""
    terminal = premises.open()
    line = refused(premises.open(ready=False), 1)
    assert str(premises.data) in line
    assert str(terminal.pid) in line
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.answer()
    terminal.kill()
    terminal.until_ended()
    premises.open()


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr", "all"])
def test_no_terminal(premises: Premises, stream: str) -> None:
    """Where it can't be seen or worked: exit 2, one line, and no folder is made."""
    data = premises.folder / "other"
    if stream == "all":
        done = premises.run("run", "--data", str(data))
        code, said, shown = done.returncode, done.stderr, done.stdout
    else:
        file = premises.folder / "stream"
        file.write_text("")
        redirected = {"stdin": "</dev/null", "stdout": f">{file}", "stderr": f"2>{file}"}[stream]
        command = f'"{KIOSK}" run --config "{premises.config}" --data "{data}" {redirected}'
        terminal = premises.spawn(["/bin/sh", "-c", command])
        code = terminal.until_ended()
        said = terminal.raw.decode() if stream != "stderr" else file.read_text()
        shown = "" if stream != "stdout" else file.read_text()
    assert code == 2
    assert shown == ""
    assert "terminal" in single_line(said) or "stderr" in said
    assert not data.exists()


# Data that can't be written


def serves_uncounted(visitor: Visitor, words: Words) -> None:
    """A whole story without a row; the sign is on each screen from the first answer on."""
    visitor.enter("2")
    visitor.go("goodbye")
    assert words.write("zh", "sign-not-counted-today") in visitor.screens[-1]
    visitor.leave()


@pytest.mark.parametrize("what", ["forbidden", "no room"])
def test_a_data_folder_that_cannot_be_written(
    premises: Premises, pack: PackFiles, words: Words, what: str, request: pytest.FixtureRequest
) -> None:
    """The kiosk serves, and says "not counted today" on every screen."""
    data = Path("/sys/kiosk")  # where not even root can make a folder
    if what == "no room":
        disk: Path = request.getfixturevalue("disk")
        fill(disk)
        data = disk / "data"
    terminal = premises.open(data=data)
    terminal.until(lambda: not_counted(terminal, words), "said that nothing is counted")
    visitor = Visitor(terminal, "zh", pack, words)
    serves_uncounted(visitor, words)
    assert all(words.write("zh", "sign-not-counted-today") in screen for screen in visitor.screens)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)], capture_output=True, check=False
        )
    except OSError as error:
        pytest.skip(f"no disk can be mounted here: {error}")
    if done.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave no room on a disk; the file that takes it."""
    path = folder / "filler"
    with path.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
    return path


def test_a_disk_that_fills_up_during_a_visit(premises: Premises, pack: PackFiles, words: Words, disk: Path) -> None:
    """What is written stays, the visit goes on uncounted and says so; with room again, the next one is counted."""
    data = disk / "data"
    premises.begin_log(data)
    terminal = premises.open(data=data)
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.go("see")
    before = premises.until_exported("answer", len(visitor.answers), data)
    filler = fill(disk)
    visitor.answer()
    terminal.until(lambda: not_counted(terminal, words), "said that nothing is counted")
    visitor.go("goodbye")
    visitor.leave()
    filler.unlink()
    following = Visitor(terminal, "zh", pack, words, seed=1)
    following.enter("1")
    following.go("goodbye")
    assert not not_counted(terminal, words)
    following.leave()
    first, second = premises.export("visit", data)
    assert (first["ended_by"], first["answers"]) == ("restart", len(before))
    assert (second["ended_by"], second["answers"]) == ("finished", len(following.answers))
    rows = premises.export("answer", data)
    assert rows[: len(before)] == before
    assert len(rows) == len(before) + len(following.answers)


def test_files_that_may_not_grow(premises: Premises, pack: PackFiles, words: Words) -> None:
    """The same with a limit of the system's on the size of a file."""
    size = (premises.data / DATABASE).stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))

    terminal = premises.open(before=limit)
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.go("goodbye")
    terminal.until(lambda: not_counted(terminal, words), "said that nothing is counted")
    visitor.leave()
    rows = premises.export("answer")
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) < len(visitor.answers)
    expected = visitor.expected()[: len(rows)]
    assert [{name: row[name] for name in visitor.expected()[0]} for row in rows] == expected


# Damaged and strange files


@pytest.mark.parametrize("damage", ["head", "nonsense", "cut short", "middle"])
def test_a_damaged_database_is_set_aside(premises: Premises, pack: PackFiles, words: Words, damage: str) -> None:
    """Under another name, byte for byte; a new one begins, and the visit is counted."""
    path = premises.data / DATABASE
    content = bytearray(path.read_bytes())
    if damage == "head":
        content[:100] = b"\xff" * 100
    elif damage == "nonsense":
        content = bytearray(b"This is not a database.\n" * 1000)
    elif damage == "cut short":
        del content[len(content) // 2 :]
    else:
        content[4096:-4096] = os.urandom(len(content) - 8192)
    path.write_bytes(content)
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("2")
    visitor.go("goodbye")
    visitor.leave()
    (aside,) = premises.data.glob("kiosk.damaged-*.sqlite3")
    assert aside.read_bytes() == content
    (visit,) = premises.until_exported("visit", 1)
    assert (visit["finished"], visit["answers"]) == (True, len(visitor.answers))


@pytest.mark.parametrize("what", ["newer", "somebody else's"])
def test_a_database_that_this_version_does_not_know_is_left_alone(
    premises: Premises, pack: PackFiles, words: Words, what: str
) -> None:
    """Not one byte of it changes; the kiosk serves, uncounted, and the export refuses with one line."""
    path = premises.data / DATABASE
    if what != "newer":
        path.unlink()
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = DELETE")
        if what == "newer":
            base.execute("UPDATE alembic_version SET version_num = '9999_much_later'")
        else:
            base.execute("CREATE TABLE somebody (name TEXT)")
        base.commit()
    content = path.read_bytes()
    terminal = premises.open()
    terminal.until(lambda: not_counted(terminal, words), "said that nothing is counted")
    serves_uncounted(Visitor(terminal, "zh", pack, words), words)
    terminal.send(b"\x11")
    assert terminal.until_ended() == 0
    assert path.read_bytes() == content
    assert sorted(file.name for file in premises.data.iterdir()) == ["kiosk.lock", "kiosk.log", DATABASE]
    done = premises.run("export", "--table", "visit", "--format", "jsonl", "--data", str(premises.data))
    assert (done.returncode, done.stdout) == (1, "")
    assert DATABASE in single_line(done.stderr)


@pytest.mark.parametrize("damage", ["nonsense", "empty", "cut short", "a folder"])
def test_a_damaged_cache_is_ignored(premises: Premises, pack: PackFiles, words: Words, damage: str) -> None:
    """The packs are compiled anew, and a visit is walked."""
    path = own_cache(premises)
    content = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    else:
        path.write_bytes({"nonsense": os.urandom(5000), "empty": b"", "cut short": content[:-5000]}[damage])
    terminal = premises.open()
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.answer()
    if damage != "a folder":
        assert path.read_bytes() == content


def test_a_cache_whose_items_are_damaged(premises: Premises, words: Words) -> None:
    """Found only when a visit draws them: one line says that it can't be opened; the next start mends it."""
    path = own_cache(premises)
    content = path.read_bytes()
    items = content.rindex(b"\n", 0, len(content) // 2) + 1
    path.write_bytes(content[:items] + b"[" * (len(content) - items))
    terminal = premises.open()
    terminal.press(b"1")
    terminal.press(b"1")
    assert terminal.alive
    assert terminal.caps
    terminal.send(b"\x11")
    assert terminal.until_ended() == 0
    terminal = premises.open()
    assert path.read_bytes() == content
    terminal.press(b"1")
    terminal.press(b"1")
    assert terminal.shows(words.write("zh", "judge-question"))


def own_cache(premises: Premises) -> Path:
    """The file of a cache of this kiosk's own, made by a first start."""
    premises.cache = premises.folder / "cache"
    premises.configure()
    terminal = premises.open()
    terminal.send(b"\x11")
    assert terminal.until_ended() == 0
    (path,) = (file for file in premises.cache.rglob("*") if file.is_file())
    return path


def test_the_first_start_of_all(premises: Premises, pack: PackFiles, words: Words) -> None:
    """Nothing is compiled, there is no log: the welcome is there at once and says that it is preparing."""
    premises.cache = premises.folder / "cache"
    premises.configure()
    shutil.rmtree(premises.data)
    terminal = premises.open(ready=False)
    terminal.until_shows(words.write("zh", "starting"))
    terminal.send(b"1")
    terminal.until(lambda: not terminal.shows(words.write("zh", "starting")), "prepared")
    visitor = Visitor(terminal, "zh", pack, words)
    if visitor.look() == "welcome":
        terminal.press(b"1")
    terminal.press(b"1")
    visitor.answer()
    assert len(premises.until_exported("answer", 1)) == 1


# The voice


def followed(terminal: Terminal) -> bool:
    """Whether something is being spoken: the bar beside it, in reverse video at the left edge."""
    return any(terminal.is_reversed(0, row) for row in range(1, terminal.size[1] - 2))


@pytest.mark.parametrize("how", ["killed", "stopped"])
def test_a_voice_that_fails_in_the_middle_of_a_sentence(
    premises: Premises, pack: PackFiles, words: Words, how: str
) -> None:
    """Each key is answered as if it were there, nothing but the sign is on the screen, and it speaks again."""
    terminal = premises.open(muted=False)
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    terminal.until(lambda: followed(terminal), "speaking")
    (pid,) = premises.running("kiosk.voice")
    os.kill(pid, signal.SIGKILL if how == "killed" else signal.SIGSTOP)
    visitor.look()
    slowest = 0.0
    while premises.running("kiosk.voice") == [pid]:
        slowest = max(slowest, visitor.press("9"), visitor.press("0"))
    assert slowest < 2, "the screen waited for the voice"
    terminal.until(lambda: premises.running("kiosk.voice") not in ([], [pid]) and followed(terminal), "speaking again")
    assert not terminal.shows(words.write("zh", "sign-no-voice"))
    before = visitor.page()
    visitor.press("9")
    visitor.press("0")
    assert visitor.page() == before, "nothing was printed over it"
    visitor.answer()


# Terminals


def test_a_terminal_that_is_too_small_and_grows(premises: Premises, pack: PackFiles, words: Words) -> None:
    """It says what is needed; keys do nothing then; grown again, it stands where it stood."""
    terminal = premises.open(size=(71, 20))
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    page = terminal.text
    small = words.write("zh", "too-small", columns=56, rows=16)
    for size in ((55, 20), (71, 15), (20, 5), (8, 2)):
        terminal.resize(*size)
        terminal.until_shows(small if size != (8, 2) else small[:2])
        terminal.send(b"1")
        terminal.rest(0.3)
    terminal.resize(71, 20)
    terminal.until(lambda: terminal.text == page, "back at the page")
    visitor.answer()
    assert premises.until_exported("answer", 1)[0]["seq"] == 1


def test_a_start_in_a_terminal_that_is_too_small(premises: Premises, words: Words) -> None:
    """Said at once, also with nothing on the screen before."""
    terminal = premises.open(size=(40, 10), ready=False)
    terminal.until_shows(words.write("zh", "too-small", columns=56, rows=16))
    terminal.resize(56, 16)
    terminal.until_shows(words.write("zh", "welcome-question"))


def test_resizing_in_the_middle(premises: Premises, pack: PackFiles, words: Words) -> None:
    """On every page of a visit another grid: the same page, drawn anew; larger than 80×24, in the middle."""
    terminal = premises.open(size=(71, 20))
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    sizes = [(56, 16), (80, 24), (71, 20), (64, 18)]
    for place in range(60):
        if visitor.look() == "goodbye":
            break
        kind, picks = visitor.look(), terminal.picks
        columns, rows = sizes[place % len(sizes)]
        terminal.resize(columns, rows)
        drawn = partial(stands_at, visitor, kind, picks)
        terminal.until(drawn, f"the same page at {columns}x{rows}")
        visitor.step()
    terminal.resize(120, 40)
    terminal.until(lambda: bool(terminal.caps), "drawn anew")
    assert "[9]" in terminal.rows[8 + 22], "in the middle"
    assert terminal.rows[0] == terminal.rows[-1] == ""
    assert terminal.rows[8].startswith(" " * 20)
    terminal.resize(71, 20)
    terminal.until(partial(stands_at, visitor, "goodbye", {}), "drawn anew")
    visitor.leave()
    (visit,) = premises.export("visit")
    assert (visit["answers"], visit["size"]) == (len(visitor.answers), "71x20")


def stands_at(visitor: Visitor, kind: str, picks: dict[str, str]) -> bool:
    """Whether this page, with these numbers, fills the screen: its head is the first row, its help the last."""
    rows = visitor.terminal.rows
    in_place = bool(rows[0]) and "[9]" in rows[-1 if len(rows) < 20 else -2]
    return in_place and visitor.terminal.picks == picks and visitor.kind() == kind


@pytest.mark.parametrize(
    "environment",
    [{"NO_COLOR": "1"}, {"TERM": "vt100"}, {"TERM": "xterm-mono"}, {"TERM": "dumb"}, {"TERM": None}],
    ids=lambda environment: ",".join(f"{name}={value}" for name, value in environment.items()),
)
def test_poor_terminals(premises: Premises, pack: PackFiles, words: Words, environment: dict[str, str | None]) -> None:
    """Without colour, and with a terminal that knows little, all that is needed is in words and signs."""
    terminal = premises.open(environment=environment, frames=False)
    visitor = Visitor(terminal, "zh", pack, words)
    visitor.enter("1")
    visitor.go("see")
    visitor.answer()
    assert any(row.startswith("!") for row in terminal.rows), "a line that deserves care has its sign"
    assert any(row[:1] in (">", "!") for row in terminal.rows)
    terminal.send(b"\x11")
    assert terminal.until_ended() == 0
