"""The cache of synthesised speech: right or not there, never too large, never in the way."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from array import array
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.voice.pcm import RATE, Samples
from kiosk.voice.spoken import Spoken
from kiosk.voice.store import Store

SPOKEN = Spoken(array("h", range(-3000, 3000)), ((0, 0, 2), (1200, 2, 1), (4000, 3, 12)))


def noise(seconds: float, seed: int) -> Samples:
    """What can't be made smaller."""
    state = seed * 2 + 1
    found = array("h")
    for _ in range(round(RATE * seconds)):
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        found.append((state >> 48) - 32768)
    return found


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def only(folder: Path) -> Path:
    (path,) = files(folder)
    return path


def tidied(store: Store) -> None:
    for _ in store.tidy():
        pass


def test_another_process_finds_what_was_kept_with_its_words(tmp_path: Path) -> None:
    assert Store(tmp_path, 1).put("espeak 162", "看一看", SPOKEN)
    again = Store(tmp_path, 1)
    assert again.get("espeak 162", "看一看") == SPOKEN
    for signature, text in (("espeak 163", "看一看"), ("espeak 162", "看一看。"), ("espeak", "162看一看"), ("", "")):
        assert again.get(signature, text) is None


@given(
    samples=st.lists(st.integers(-32768, 32767), max_size=50),
    words=st.lists(st.tuples(*[st.integers(0, 2**31 - 1)] * 3), max_size=5),
    text=st.text(st.characters(codec=None), max_size=10),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_everything_comes_back_as_it_was(
    tmp_path: Path, samples: list[int], words: list[tuple[int, int, int]], text: str
) -> None:
    spoken = Spoken(array("h", samples), tuple(words))
    Store(tmp_path, 1).put("voice", text, spoken)
    assert Store(tmp_path, 1).read("voice", text) == spoken
    shutil.rmtree(tmp_path)


@pytest.mark.parametrize("at", [0, 31, 40, 50, 55, 56, 200, -1])
def test_a_file_with_a_wrong_byte_is_thrown_away_and_made_again(tmp_path: Path, at: int) -> None:
    Store(tmp_path, 1).put("voice", "text", SPOKEN)
    content = bytearray(only(tmp_path).read_bytes())
    content[at] ^= 0x40
    only(tmp_path).write_bytes(content)
    store = Store(tmp_path, 1)
    assert store.get("voice", "text") is None
    assert files(tmp_path) == []
    assert store.put("voice", "text", SPOKEN)
    assert Store(tmp_path, 1).get("voice", "text") == SPOKEN


@pytest.mark.parametrize("content", [b"", b"x", bytes(56), b"PNG" * 1000])
def test_what_is_no_speech_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    Store(tmp_path, 1).put("voice", "text", SPOKEN)
    only(tmp_path).write_bytes(content)
    assert Store(tmp_path, 1).get("voice", "text") is None
    assert files(tmp_path) == []


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_half_a_file_is_thrown_away(tmp_path: Path, share: float) -> None:
    Store(tmp_path, 1).put("voice", "text", SPOKEN)
    path = only(tmp_path)
    os.truncate(path, int(path.stat().st_size * share))
    assert Store(tmp_path, 1).get("voice", "text") is None
    assert files(tmp_path) == []


def test_a_file_under_another_ones_name_is_not_taken_for_it(tmp_path: Path) -> None:
    """As after somebody has copied files about: it is whole, but says something else."""
    store = Store(tmp_path, 1)
    store.put("voice", "one", SPOKEN)
    one = only(tmp_path)
    store.put("voice", "two", Spoken(array("h", [1, 2, 3])))
    (two,) = set(files(tmp_path)) - {one}
    shutil.copy(one, two)
    assert Store(tmp_path, 1).get("voice", "two") is None
    assert Store(tmp_path, 1).get("voice", "one") == SPOKEN


def test_it_stays_below_its_limit_and_loses_what_was_not_used_for_the_longest(tmp_path: Path) -> None:
    store = Store(tmp_path, 1)
    month = 30 * 86_400
    for number in range(20):
        store.put("voice", str(number), Spoken(noise(1.0, number)))
        newest = max(files(tmp_path), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (time.time() - month + number, time.time() - month + number))
    assert 850_000 < store.use().bytes <= 900_000
    assert Store(tmp_path, 1).get("voice", "3") is not None
    store.put("voice", "one more", Spoken(noise(6.0, 99)))
    assert store.is_due
    tidied(store)
    assert not store.is_due
    left = store.use()
    assert 700_000 < left.bytes <= 900_000
    assert left.files == len(files(tmp_path))
    fresh = Store(tmp_path, 1)
    assert fresh.get("voice", "3") is not None
    assert fresh.get("voice", "one more") is not None
    assert fresh.get("voice", "19") is not None
    assert fresh.get("voice", "0") is None


def test_that_it_was_used_is_written_down_once_a_day(tmp_path: Path) -> None:
    Store(tmp_path, 1).put("voice", "text", SPOKEN)
    path = only(tmp_path)
    hours = 3_600
    os.utime(path, (time.time() - 3 * hours,) * 2)
    before = path.stat().st_mtime
    Store(tmp_path, 1).get("voice", "text")
    assert path.stat().st_mtime == before
    os.utime(path, (time.time() - 30 * hours,) * 2)
    Store(tmp_path, 1).get("voice", "text")
    assert path.stat().st_mtime == pytest.approx(time.time(), abs=60)


def test_what_a_killed_process_left_half_written_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    store = Store(tmp_path, 1)
    store.put("voice", "text", SPOKEN)
    path = only(tmp_path)
    old, new = (path.with_name(f"{path.name}.{name}.part") for name in ("old", "new"))
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (time.time() - 3_600,) * 2)
    tidied(store)
    assert set(files(tmp_path)) == {path, new}


def test_what_another_process_begins_to_write_meanwhile_stays(tmp_path: Path) -> None:
    store = Store(tmp_path, 1)
    for text in "abcdefgh":
        store.put("voice", text, SPOKEN)
    tidying = store.tidy()
    next(tidying)
    parts = [path.with_name(f"{path.name}.new.part") for path in files(tmp_path)]
    for part in parts:
        part.write_bytes(b"half")
    for _ in tidying:
        pass
    assert all(part.exists() for part in parts)


WRITER = """
import sys
from array import array
from pathlib import Path
from kiosk.voice.spoken import Spoken
from kiosk.voice.store import Store
store = Store(Path(sys.argv[1]), 1)
wrong = 0
for turn in range(300):
    text = str(turn % 40)
    found = store.read("voice", text)
    if found is None:
        store.put("voice", text, Spoken(array("h", [int(text)] * 20_000)))
    else:
        wrong += set(found.samples) != {int(text)}
    if turn % 50 == 0:
        for _ in store.tidy():
            pass
print(wrong, store.why)
"""


def test_several_processes_at_once_never_read_each_others_halves(tmp_path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [process.communicate(timeout=60)[0] for process in running] == ["0 \n"] * 3
    assert not [path for path in files(tmp_path) if path.suffix == ".part"]
    assert len(files(tmp_path)) == 40


def test_a_disk_that_is_full_means_no_cache_and_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, _: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    store = Store(tmp_path, 1)
    monkeypatch.setattr(Path, "write_bytes", full)
    for text in ("one", "two", "three"):
        assert not store.put("voice", text, SPOKEN)
    assert store.why == f"nothing can be kept in {tmp_path}: No space left on device"
    assert capsys.readouterr().err == f"voice: {store.why}\n"
    assert files(tmp_path) == []
    assert store.get("voice", "one") == SPOKEN, "it is remembered for now"
    assert store.read("voice", "one") is None


def test_the_last_of_the_disk_is_left_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=50_000_000))
    store = Store(tmp_path, 1)
    assert not store.put("voice", "one", SPOKEN)
    assert "64 MB are free" in store.why
    assert files(tmp_path) == []


@pytest.mark.skipif(not shutil.which("unshare") or os.geteuid() != 0, reason="needs root and unshare(1)")
def test_a_disk_that_can_only_be_read_is_read(tmp_path: Path) -> None:
    """For root too, so mounted for reading only, which a mode bit is not."""
    Store(tmp_path, 1).put("voice", "kept", SPOKEN)
    os.utime(only(tmp_path), (0, 0))
    script = f"""
from array import array
from pathlib import Path
from kiosk.voice.spoken import Spoken
from kiosk.voice.store import Store
store = Store(Path({str(tmp_path)!r}), 1)
assert store.read("voice", "kept")
assert not store.put("voice", "new", Spoken(array("h", [1])))
assert "Read-only file system" in store.why, store.why
for _ in store.tidy():
    pass
"""
    mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$1" -c "$2"'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", mounted, str(tmp_path), sys.executable, script],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    if "mount:" in done.stderr:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("nothing can be kept") == 1


@pytest.mark.parametrize("megabytes", [0, -1])
def test_without_a_folder_or_a_limit_it_remembers_a_little_and_writes_nothing(tmp_path: Path, megabytes: int) -> None:
    for store in (Store(None, 100), Store(tmp_path, megabytes)):
        assert not store.put("voice", "text", SPOKEN)
        assert store.get("voice", "text") == SPOKEN
        assert store.read("voice", "text") is None
        for number in range(100):
            store.put("voice", str(number), Spoken(array("h", bytes(500_000))))
        assert store.get("voice", "text") is None
        assert store.get("voice", "99") is not None
        tidied(store)
        assert store.use() == (0, 0)
    assert files(tmp_path) == []
