"""Real devices of a private PulseAudio that come and go, through miniaudio and through paplay."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.speech import Describe, Described, Failed, Finished, Private, Ready, Sound, Started
from tests.voice.pulse import Pulse, needs_pulse
from tests.voice.running import BOTH, Running

pytestmark = needs_pulse

LONG = "这是一个没有标点的长句子" * 20

NOTICED = 1.6
"""Seconds within which it is told that a device has come or gone, at the latest; mostly half of that."""


@pytest.fixture(params=["miniaudio", "paplay"])
def player(request: pytest.FixtureRequest) -> str:
    if request.param == "paplay" and not shutil.which("paplay"):
        pytest.skip("paplay is not installed (Debian: apt install pulseaudio-utils)")
    return str(request.param)


@pytest.fixture
def pulse(tmp_path: Path) -> Iterator[Pulse]:
    (tmp_path / "pulse").mkdir()
    it = Pulse(tmp_path / "pulse")
    yield it
    it.kill()


def start(tmp_path: Path, pulse: Pulse, player: str, *arguments: str) -> Running:
    return Running(tmp_path / "run", "--device=", f"--player={player}", *arguments, environment=pulse.environment)


def test_a_device_that_is_pulled_out_in_mid_sentence_and_plugged_in_again(
    tmp_path: Path, pulse: Pulse, player: str
) -> None:
    pulse.start("speaker")
    with start(tmp_path, pulse, player) as voice:
        voice.send(BOTH)
        assert voice.until(Ready)[1] == Ready(("zh", "en"), True)
        assert pulse.streams() == ["speaker"]
        voice.say(1, LONG)
        voice.until(Started, 1)
        pulled = time.monotonic()
        pulse.pull_out(pulse.modules()["speaker"])
        lost, sound = voice.until(Sound)
        assert not sound.sound
        assert lost - pulled < NOTICED
        assert voice.until(Failed, 1)[1].why == sound.why
        voice.say(2, "好")
        assert "sound device" in voice.until(Failed, 2)[1].why
        plugged = time.monotonic()
        pulse.plug_in("speaker")
        back, _ = voice.until(Sound, True)
        assert back - plugged < 2
        voice.say(3, "好")
        voice.until(Finished, 3)
        assert pulse.streams() == ["speaker"]


def test_a_sound_server_that_crashes_in_mid_sentence_and_starts_again(
    tmp_path: Path, pulse: Pulse, player: str
) -> None:
    pulse.start("speaker")
    with start(tmp_path, pulse, player) as voice:
        voice.send(BOTH)
        voice.until(Ready)
        voice.say(1, LONG)
        voice.until(Started, 1)
        killed = time.monotonic()
        pulse.kill()
        assert voice.until(Sound, False)[0] - killed < NOTICED
        voice.until(Failed, 1)
        pulse.start("speaker")
        started = time.monotonic()
        assert voice.until(Sound, True)[0] - started < 2
        voice.say(2, "好")
        voice.until(Finished, 2)


def test_a_sound_server_that_hangs_holds_nothing_up(tmp_path: Path, pulse: Pulse, player: str) -> None:
    pulse.start("speaker")
    with start(tmp_path, pulse, player) as voice:
        voice.send(BOTH)
        voice.until(Ready)
        voice.say(1, LONG)
        voice.until(Started, 1)
        pulse.stop(signal.SIGSTOP)
        stopped = time.monotonic()
        assert voice.until(Sound, False)[0] - stopped < NOTICED + 1
        voice.until(Failed, 1)
        for number in range(2, 6):
            said = voice.say(number, "好")
            assert voice.until(Failed, number)[0] - said < 0.5
        pulse.stop(signal.SIGCONT)
        gone_on = time.monotonic()
        assert voice.until(Sound, True)[0] - gone_on < 5
        voice.say(6, "好")
        voice.until(Finished, 6)


def test_a_sound_server_that_hangs_at_the_start_is_not_waited_for_long(
    tmp_path: Path, pulse: Pulse, player: str
) -> None:
    pulse.start("speaker")
    pulse.stop(signal.SIGSTOP)
    begun = time.monotonic()
    with start(tmp_path, pulse, player) as voice:
        voice.send(BOTH)
        at, ready = voice.until(Ready)
        assert at - begun < 8
        assert ready.languages == ("zh", "en")
        assert not ready.sound
        pulse.stop(signal.SIGCONT)
        voice.until(Sound, True)
        voice.say(1, "好")
        voice.until(Finished, 1)


def test_a_sound_server_without_a_device_is_not_heard(tmp_path: Path, pulse: Pulse, player: str) -> None:
    """It plays to a dummy while there is none, which says that it plays."""
    pulse.start()
    pulse.load("module-always-sink")
    with start(tmp_path, pulse, player) as voice:
        voice.send(BOTH)
        ready = voice.until(Ready)[1]
        assert not ready.sound
        assert "no sound device" in ready.why
        voice.send(Describe(1))
        described = voice.until(Described)[1]
        assert described.player == ""
        assert not [name for name in described.devices if "ummy" in name]
        pulse.plug_in("speaker")
        voice.until(Sound, True)
        assert pulse.streams() == ["speaker"]


def test_a_stream_that_the_server_moves_to_its_dummy_is_lost(tmp_path: Path, pulse: Pulse, player: str) -> None:
    pulse.start("speaker")
    for module in ("module-always-sink", "module-rescue-streams"):
        pulse.load(module)
    with start(tmp_path, pulse, player) as voice:
        voice.send(BOTH)
        voice.until(Ready, ("zh", "en"), True)
        voice.say(1, LONG)
        voice.until(Started, 1)
        pulled = time.monotonic()
        pulse.pull_out(pulse.modules()["speaker"])
        assert voice.until(Sound, False)[0] - pulled < 3.5
        voice.until(Failed, 1)
        pulse.plug_in("speaker")
        voice.until(Sound, True)


def test_a_device_is_chosen_by_its_name(tmp_path: Path, pulse: Pulse, player: str) -> None:
    pulse.start("speaker", "loud_hall")
    with Running(tmp_path / "run", "--device=Hall", f"--player={player}", environment=pulse.environment) as voice:
        voice.send(BOTH)
        voice.until(Ready, ("zh", "en"), True)
        assert pulse.streams() == ["loud_hall"]
        voice.send(Describe(1))
        described = voice.until(Described)[1]
        assert described.device == "loud_hall"
        assert {"speaker", "loud_hall"} <= set(described.devices)
        assert described.player == ("paplay" if player == "paplay" else "pulseaudio")


def test_a_chosen_device_that_is_pulled_out_is_lost_even_if_the_server_plays_on_another(
    tmp_path: Path, pulse: Pulse, player: str
) -> None:
    pulse.start("speaker", "hall")
    pulse.load("module-rescue-streams")
    arguments = ("--device=hall", f"--player={player}")
    with Running(tmp_path / "run", *arguments, environment=pulse.environment) as voice:
        voice.send(BOTH)
        voice.until(Ready, ("zh", "en"), True)
        voice.say(1, LONG)
        voice.until(Started, 1)
        pulse.pull_out(pulse.modules()["hall"])
        assert not voice.until(Sound)[1].sound
        voice.until(Failed, 1)
        pulse.plug_in("hall")
        voice.until(Sound, True)
        assert pulse.streams() == ["hall"]


def test_headphones_are_used_and_told_of_while_they_are_there(tmp_path: Path, pulse: Pulse, player: str) -> None:
    pulse.start("speaker")
    with start(tmp_path, pulse, player, "--headphones=Phones") as voice:
        voice.send(BOTH)
        voice.until(Ready)
        voice.say(1, LONG)
        voice.until(Started, 1)
        plugged = time.monotonic()
        module = pulse.plug_in("USB_phones")
        at, private = voice.until(Private)
        assert private == Private(True, "USB_phones")
        assert at - plugged < 3
        assert pulse.streams() == ["USB_phones"]
        pulled = time.monotonic()
        pulse.pull_out(module)
        at, private = voice.until(Private)
        assert private == Private(False, "")
        assert at - pulled < 3
        assert pulse.streams() == ["speaker"]
        assert not {"Sound", "Failed", "Finished"} & set(voice.kinds()), "the sentence goes on"


def test_headphones_that_are_there_from_the_start_are_told_of(tmp_path: Path, pulse: Pulse, player: str) -> None:
    pulse.start("speaker", "phones")
    with start(tmp_path, pulse, player, "--headphones=phones") as voice:
        voice.send(BOTH)
        assert voice.until(Private)[1] == Private(True, "phones")
        assert voice.kinds() == ["Ready", "Private"]
        assert pulse.streams() == ["phones"]
