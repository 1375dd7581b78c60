"""The ways to play: which there are, devices by name, devices that hang, and the programs that play instead."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from array import array
from pathlib import Path

import pytest

import kiosk.voice
from kiosk.core.errors import SpeechError
from kiosk.core.settings import Player as Setting
from kiosk.core.speech import Failed, Hush, Hushed, Ready, Sound, Started
from kiosk.voice import players
from kiosk.voice.pcm import RATE
from kiosk.voice.piped import AHEAD
from kiosk.voice.playback import Stream
from kiosk.voice.players import Card, Limited, named
from tests.voice.running import BOTH, LIMIT, SENTENCE, Running

needs_aplay = pytest.mark.skipif(
    not shutil.which("aplay"), reason="aplay is not installed (Debian: apt install alsa-utils)"
)


def stream() -> Stream:
    return Stream(lambda _: None, lambda: None)


# Which there are


def test_miniaudio_plays_where_it_is_installed() -> None:
    found, why = players.players(Setting.AUTO, "")
    assert why == ""
    assert {"alsa", "pulseaudio"} <= {player.name for player in found} or not sys.platform.startswith("linux")
    assert "null" not in {player.name for player in found}
    assert [player.name for player in players.players(Setting.MINIAUDIO, "null")[0]] == ["null"]


def without_miniaudio(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    monkeypatch.delitem(sys.modules, "kiosk.voice.backends", raising=False)
    monkeypatch.delattr(kiosk.voice, "backends", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in programs else None)


def test_without_miniaudio_the_systems_programs_play(monkeypatch: pytest.MonkeyPatch) -> None:
    without_miniaudio(monkeypatch, "aplay", "paplay")
    assert [player.name for player in players.players(Setting.AUTO, "")[0]] == ["paplay", "aplay"]
    assert [player.name for player in players.players(Setting.APLAY, "")[0]] == ["aplay"]
    found, why = players.players(Setting.MINIAUDIO, "")
    assert found == []
    assert "miniaudio is not installed" in why


def test_where_nothing_plays_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    without_miniaudio(monkeypatch)
    found, why = players.players(Setting.AUTO, "")
    assert found == []
    assert "miniaudio is not installed" in why
    assert "there is no paplay and no aplay" in why
    assert players.players(Setting.PAPLAY, "") == ([], "there is no paplay")


@pytest.mark.parametrize(
    ("wanted", "key"),
    [("hw:1", "hw:1"), ("USB Headset", "hw:1"), ("headset", "hw:1"), ("hdmi", "hw:0"), ("hw:", "hw:0"), ("Jack", None)],
)
def test_a_device_is_meant_by_its_key_its_name_or_a_part_of_that(wanted: str, key: str | None) -> None:
    assert named(wanted, [("hw:0", "hw:0: HDMI 1"), ("hw:1", "USB Headset")]) == key


@pytest.mark.parametrize("setting", ["miniaudio", "paplay", "aplay"])
@pytest.mark.parametrize("name", ["a device that nobody has", "空"])
def test_a_device_that_is_not_there_is_an_error_and_never_the_null_one(setting: str, name: str) -> None:
    for player in players.players(Setting(setting), name)[0]:
        with pytest.raises(SpeechError):
            player.open(name)


@pytest.mark.parametrize("setting", ["miniaudio", "paplay", "aplay"])
def test_the_null_device_asks_at_its_pace_and_can_be_closed(setting: str) -> None:
    found, why = players.players(Setting(setting), "null")
    if not found:
        pytest.skip(why)
    played = stream()
    card = found[0].open("null")
    card.start(played)
    begun = time.monotonic()
    played.begin(1, 0)
    played.feed(1, array("h", bytes(2 * RATE)))
    while not played.room() or played._ready:
        assert time.monotonic() - begun < LIMIT
        time.sleep(0.005)
    assert 0.8 < time.monotonic() - begun < 1.5
    assert card.proved
    assert card.alive
    card.close()
    assert not card.alive


# Devices that hang


class Sleeper(Card):
    closed = False

    def _begin(self) -> None:
        pass

    def _end(self) -> None:
        self.closed = True


def test_what_answers_in_time_is_handed_over_or_raised() -> None:
    limited = Limited()
    assert limited(5, lambda: 3, lambda _: pytest.fail("it was in time")) == 3
    with pytest.raises(ZeroDivisionError):
        limited(5, lambda: 1 // 0, lambda _: None)


def test_an_open_that_hangs_is_abandoned_and_closed_when_it_comes_back_after_all() -> None:
    go_on = threading.Event()
    card = Sleeper("paper", "", 0)

    def hangs() -> Card:
        go_on.wait(LIMIT)
        return card

    limited = Limited(most=2)
    for _ in range(2):
        begun = time.monotonic()
        with pytest.raises(SpeechError, match="has not answered"):
            limited(0.05, hangs, Card.close)
        assert time.monotonic() - begun < 1
    with pytest.raises(SpeechError, match="still does not answer"):
        limited(0.05, hangs, Card.close)
    go_on.set()
    until = time.monotonic() + LIMIT
    while not card.closed or limited._lost:
        assert time.monotonic() < until
        time.sleep(0.005)
    assert limited(5, lambda: 3, lambda _: None) == 3


# aplay, really


@pytest.fixture
def alsa(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A device that writes what it plays into a file, and the environment in which it is the system's own."""
    played = tmp_path / "played.raw"
    config = tmp_path / "asound.conf"
    config.write_text(
        "pcm.nowhere { type null }\n"
        f'pcm.!default {{ type file  slave.pcm nowhere  file "{played}"  format raw  hint.description "A file" }}\n'
    )
    return played, {"ALSA_CONFIG_PATH": str(config)}


def loud(path: Path) -> int:
    """How many samples of the file are no silence."""
    data = path.read_bytes()
    return sum(abs(value) > 50 for value in array("h", data[: len(data) // 2 * 2]))


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] + [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        if task.name != str(pid)
        for child in (task / "children").read_text().split()
    ]


def gone(pid: int) -> bool:
    until = time.monotonic() + LIMIT
    while Path(f"/proc/{pid}").exists():
        if "Z" in Path(f"/proc/{pid}/stat").read_text().split(")")[1][:3]:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@needs_aplay
def test_aplay_plays_and_is_silent_at_once(tmp_path: Path, alsa: tuple[Path, dict[str, str]]) -> None:
    played, environment = alsa
    with Running(tmp_path / "run", "--device=", "--player=aplay", environment=environment) as voice:
        voice.send(BOTH)
        assert voice.until(Ready)[1] == Ready(("zh", "en"), True)
        silences = []
        for number in range(1, 6):
            voice.say(number, SENTENCE)
            voice.until(Started, number)
            time.sleep(0.3)
            sent = voice.send(Hush())
            silences.append(voice.until(Hushed, number)[0] - sent)
            time.sleep(0.1)
            before = loud(played)
            time.sleep(0.3)
            assert loud(played) == before > 0
        assert sorted(silences)[2] < AHEAD / 1000 + 0.1


@needs_aplay
def test_aplay_goes_with_the_voice_however_that_ends(tmp_path: Path, alsa: tuple[Path, dict[str, str]]) -> None:
    for how in ("kill", "close"):
        voice = Running(tmp_path / "run", "--device=", "--player=aplay", environment=alsa[1])
        voice.send(BOTH)
        voice.until(Ready)
        voice.say(1, SENTENCE)
        voice.until(Started, 1)
        (child,) = children(voice.process.pid)
        assert Path(f"/proc/{child}/comm").read_text().strip() == "aplay"
        if how == "kill":
            voice.process.kill()
            shutil.rmtree(voice.folder)
        voice.close()
        assert gone(child)


@needs_aplay
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_an_aplay_that_dies_or_hangs_is_replaced(
    tmp_path: Path, alsa: tuple[Path, dict[str, str]], how: signal.Signals
) -> None:
    with Running(tmp_path / "run", "--device=", "--player=aplay", environment=alsa[1]) as voice:
        voice.send(BOTH)
        voice.until(Ready)
        voice.say(1, SENTENCE)
        voice.until(Started, 1)
        (child,) = children(voice.process.pid)
        os.kill(child, how)
        sent = time.monotonic()
        lost, news = voice.until(Sound)
        assert not news.sound
        assert lost - sent < 1.5
        voice.until(Failed, 1)
        back, _ = voice.until(Sound, True)
        assert back - sent < 3.5
        assert gone(child)
        voice.say(2, SENTENCE)
        voice.until(Started, 2)


@needs_aplay
def test_why_aplay_can_not_play_is_said(tmp_path: Path) -> None:
    config = tmp_path / "asound.conf"
    config.write_text("")
    with Running(
        tmp_path / "run", "--device=", "--player=aplay", environment={"ALSA_CONFIG_PATH": str(config)}
    ) as voice:
        voice.send(BOTH)
        ready = voice.until(Ready)[1]
        assert not ready.sound
        assert "no sound device (aplay: " in ready.why
        assert "audio open error" in ready.why


@needs_aplay
def test_aplay_takes_a_device_by_its_name_and_by_what_it_is_called(
    tmp_path: Path, alsa: tuple[Path, dict[str, str]]
) -> None:
    played, environment = alsa
    with Path(environment["ALSA_CONFIG_PATH"]).open("a") as config:
        config.write(
            f'pcm.headset {{ type file  slave.pcm nowhere  file "{tmp_path}/headset.raw"  format raw\n'
            '  hint { show on  description "USB headset, left and right" } }\n'
        )
    for number, device in enumerate(("headset", "left and right")):
        (tmp_path / "headset.raw").unlink(missing_ok=True)
        arguments = (f"--device={device}", "--player=aplay")
        with Running(tmp_path / f"run{number}", *arguments, environment=environment) as voice:
            voice.send(BOTH)
            assert voice.until(Ready)[1].sound
            voice.say(1, "好")
            voice.until(Started, 1)
        assert (tmp_path / "headset.raw").stat().st_size
    assert not played.exists()


def test_a_program_that_reads_nothing_is_no_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a sound server that accepts a stream and never starts it."""
    from kiosk.voice import piped

    deaf = tmp_path / "aplay"
    deaf.write_text("#!/bin/sh\nexec sleep 100\n")
    deaf.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(piped, "_PATIENCE", 0.2)
    (player,), _ = piped.programs(["aplay"])
    before = children(os.getpid())
    with pytest.raises(SpeechError, match="does not play"):
        player.open("")
    assert children(os.getpid()) == before
