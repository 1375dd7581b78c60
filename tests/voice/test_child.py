"""The voice's program as a process: real synthesis, on the device that plays to nowhere."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import wave
from array import array
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.core.speech import (
    Command,
    Describe,
    Described,
    Failed,
    Finished,
    Hush,
    Hushed,
    Playing,
    Prepare,
    Ready,
    Render,
    Rendered,
    Repertoire,
    Say,
    Started,
    Utterance,
    Word,
    Write,
    encode,
)
from kiosk.voice.pcm import RATE
from tests.voice.running import BOTH, LIMIT, SENTENCE, Running
from tests.voice.test_recordings import FILES, pitch, place

CACHE = ("--cache-megabytes=20",)


@pytest.fixture
def cached(tmp_path: Path) -> tuple[str, ...]:
    return (f"--cache={tmp_path / 'cache'}", *CACHE)


def samples(path: Path) -> array[int]:
    with wave.open(str(path)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        return array("h", sound.readframes(sound.getnframes()))


def test_words_come_in_turn_while_they_are_spoken(tmp_path: Path) -> None:
    text = "您好！先看一看，再问一问。"
    with Running(tmp_path / "run") as voice:
        voice.send(BOTH)
        voice.until(Ready)
        voice.say(1, text, Utterance("Look at it first.", "en"), speed=200)
        voice.until(Finished, 1)
    words = [(at, news) for at, news in voice.told if isinstance(news, Word)]
    for place_, said in enumerate((text, "Look at it first.")):
        mine = [(at, word) for at, word in words if word.utterance == place_]
        assert len(mine) >= 4
        starts = [word.start for _, word in mine]
        assert starts == sorted(starts)
        assert all(said[word.start : word.start + word.length].strip() for _, word in mine)
        assert mine[-1][0] - mine[0][0] > 0.3


def test_voice_files_are_given_by_language(tmp_path: Path) -> None:
    missing = tmp_path / "a=b.onnx"
    with Running(tmp_path / "run", f"--piper=zh={missing}", "--piper", f"en={missing}") as voice:
        voice.send(BOTH)
        ready = voice.until(Ready)[1]
        assert ready.languages == ("zh", "en")
        assert all(f"piper for {language}" in ready.why for language in ready.languages)
        voice.send(Describe(1))
        voices = voice.until(Described)[1].voices
        assert {(row.language, row.name) for row in voices if row.engine == "piper"} == {
            ("zh", str(missing)),
            ("en", str(missing)),
        }


def test_a_recorded_dialect_is_played_and_the_rest_is_spoken(tmp_path: Path) -> None:
    for suffix, part in ((".mp3", "one"), (".ogg", "two")):
        shutil.copy(FILES / f"tone{suffix}", place(tmp_path / "pack", suffix, "zh-henan", part=part))
    repertoire = Repertoire((("zh", "zh"), ("zh-henan", "zh")), (("pack", str(tmp_path / "pack")),))
    lengths = {}
    with Running(tmp_path / "run") as voice:
        voice.send(repertoire)
        assert voice.until(Ready)[1].languages == ("zh", "zh-henan")
        for number, (language, part) in enumerate(
            ((language, part) for language in ("zh", "zh-henan") for part in ("one", "two", "three")), 1
        ):
            path = tmp_path / f"{number}.wav"
            utterance = Utterance("一二三四五六七", language, 0, part=f"pack/item/{part}")
            voice.send(Write(number, (utterance,), str(path)))
            voice.until(Finished, number)
            lengths[language, part] = len(samples(path)) / RATE
            if language == "zh-henan" and part != "three":
                assert pitch(samples(path)[2000:-2000]) == pytest.approx(500, rel=0.01)
    for part in ("one", "two"):
        assert lengths["zh-henan", part] == pytest.approx(1.2, abs=0.06)
        assert lengths["zh", part] > 1.5
    assert lengths["zh-henan", "three"] == pytest.approx(lengths["zh", "three"], rel=0.02)


def test_what_is_kept_is_there_far_sooner_and_survives_the_process(tmp_path: Path, cached: tuple[str, ...]) -> None:
    digits = "一二三四五六七八九"
    utterances = tuple(
        Utterance("，".join(f"第{one}{other}个人打来电话说要现金" for other in digits), "zh", 0) for one in digits
    )
    seconds = []
    for turn in range(3):
        with Running(tmp_path / f"run{turn}", *cached) as voice:
            voice.send(BOTH)
            voice.until(Ready)
            sent = voice.send(Render(1, utterances))
            at, rendered = voice.until(Rendered, 1)
            seconds.append(at - sent)
            assert (rendered.characters > 1000) == (turn == 0)
            assert (rendered.characters == 0) == (turn > 0)
            assert rendered.seconds > 200
            voice.send(Describe(2))
            described = voice.until(Described)[1]
            assert described.cache_files == len(digits) ** 2
            assert 2_000_000 < described.cache_bytes < 20_000_000
    assert max(seconds[1:]) < seconds[0] / 3


def test_a_cache_that_was_damaged_is_made_again(tmp_path: Path, cached: tuple[str, ...]) -> None:
    utterances = tuple(Utterance(text, "zh", 0) for text in ("第一句话。", "第二句话。", "第三句话。"))
    damages: tuple[Callable[[Path], object], ...] = (
        lambda path: path.write_bytes(b""),
        lambda path: os.truncate(path, 3_000),
        lambda path: path.unlink(),
    )
    with Running(tmp_path / "run", *cached) as voice:
        voice.send(BOTH)
        voice.send(Render(1, utterances))
        voice.until(Rendered, 1)
    kept = sorted(path for path in (tmp_path / "cache" / "sounds").rglob("*") if path.is_file())
    assert len(kept) == 3
    for path, damage in zip(kept, damages, strict=True):
        damage(path)
    with Running(tmp_path / "again", *cached) as voice:
        voice.send(BOTH)
        voice.send(Write(1, utterances, str(tmp_path / "a.wav")))
        voice.until(Finished, 1)
        voice.send(Render(2, utterances))
        voice.until(Rendered, 2)
    assert [path.stat().st_size > 3_000 for path in kept] == [True] * 3


def test_a_cache_that_can_not_be_is_said_once_and_everything_is_heard(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Running(tmp_path / "run", f"--cache={tmp_path / 'file'}", *CACHE) as voice:
        voice.send(BOTH)
        voice.until(Ready, ("zh", "en"), True)
        voice.send(Prepare((Utterance("好", "zh"),)))
        for number, text in enumerate(("一", "二", "一"), 1):
            voice.say(number, text)
            voice.until(Finished, number)
        voice.send(Render(9, (Utterance("三", "zh"),)))
        assert "nothing can be kept" in voice.until(Failed, 9)[1].why
    assert len([line for line in voice.complaints if "nothing can be kept" in line]) == 1


def test_a_sentence_waits_for_no_more_than_a_piece_of_a_long_render(tmp_path: Path, cached: tuple[str, ...]) -> None:
    many = tuple(Utterance(f"{number}。{SENTENCE * 5}", "zh", 0) for number in range(100))
    with Running(tmp_path / "run", *cached) as voice:
        voice.send(BOTH)
        voice.until(Ready)
        voice.send(Render(1, many))
        voice.until(Playing, 1)
        waits = []
        for number in range(2, 12):
            sent = voice.say(number, "好")
            waits.append(voice.until(Started, number)[0] - sent)
        assert "Rendered" not in voice.kinds()
        assert sorted(waits)[5] < 0.35
        beats = [at for at, news in voice.told if isinstance(news, Playing) and news.id == 1]
        assert all(other - one < 1.5 for one, other in pairwise(beats))


def test_hushing_and_saying_in_turn_leaves_the_last_word(tmp_path: Path) -> None:
    with Running(tmp_path / "run") as voice:
        voice.send(BOTH)
        voice.until(Ready)
        for number in range(1, 40):
            voice.say(number, SENTENCE, "一")
            if number % 3 == 0:
                voice.send(Hush())
                voice.until(Hushed, number)
            elif number % 3 == 1:
                voice.until(Started, number)
        voice.say(40, "好")
        voice.until(Finished, 40)
        assert [news for _, news in voice.told if isinstance(news, Finished)] == [Finished(40)]


# A parent that doesn't do its part


def test_sound_goes_on_while_nobody_reads_the_news(tmp_path: Path) -> None:
    """A pipe that is full stops the thread that tells, and nothing else: seen by the cache that goes on filling."""
    folder = tmp_path / "cache"
    with subprocess.Popen(
        [
            *(sys.executable, "-P", "-m", "kiosk.voice", f"--folder={tmp_path / 'run'}", "--device=null"),
            *(f"--cache={folder}", *CACHE),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdin
        assert child.stdout
        commands: list[Command] = [BOTH, *(Describe(number) for number in range(1000))]
        for number in range(1000, 1010):
            commands.append(Write(number, (Utterance(f"第{number}句。", "zh"),), str(tmp_path / f"{number}.wav")))
        child.stdin.write(b"".join(json.dumps(encode(command)).encode() + b"\n" for command in commands))
        child.stdin.flush()
        until = time.monotonic() + LIMIT
        while not (tmp_path / "1009.wav").exists():
            assert time.monotonic() < until
            time.sleep(0.01)
        child.stdin.close()
        assert child.wait(LIMIT) == 0
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("moment", ["at once", "ready", "speaking", "rendering", "hushing", "half a line"])
def test_it_ends_when_its_input_does_whatever_it_is_doing(tmp_path: Path, cached: tuple[str, ...], moment: str) -> None:
    voice = Running(tmp_path / "run", *cached)
    assert voice.process.stdin
    voice.send(BOTH)
    if moment != "at once":
        voice.until(Ready)
    if moment in ("speaking", "hushing"):
        voice.say(1, SENTENCE * 20)
        voice.until(Started, 1)
        if moment == "hushing":
            voice.send(Hush())
    if moment == "rendering":
        voice.send(Render(1, tuple(Utterance(f"{number}{SENTENCE}", "zh") for number in range(1000))))
        voice.until(Playing, 1)
    if moment == "half a line":
        voice.process.stdin.write(b'{"type": "sa')
        voice.process.stdin.flush()
    closed = time.monotonic()
    voice.close()
    assert voice.process.returncode == 0
    assert time.monotonic() - closed < 2
    assert not voice.folder.exists()
    assert not list(tmp_path.glob("run*"))


def test_what_is_no_command_is_complained_about_and_passed_over(tmp_path: Path) -> None:
    with Running(tmp_path / "run") as voice:
        assert voice.process.stdin
        voice.process.stdin.write(b'[1]\nnothing\n{"type": "say"}\n{"type": "say", "id": 1, "utterances": 3}\n\xff\n')
        voice.send(BOTH)
        voice.until(Ready)
        voice.say(2, "好")
        voice.until(Finished, 2)
    assert [line for line in voice.complaints if not line.startswith("voice: ")] == []
    assert len(voice.complaints) == 5


def test_a_termination_from_outside_leaves_nothing(tmp_path: Path) -> None:
    voice = Running(tmp_path / "run")
    voice.send(BOTH)
    voice.until(Ready)
    voice.send(Say(1, (Utterance(SENTENCE, "zh"),)))
    voice.until(Started, 1)
    voice.process.send_signal(signal.SIGTERM)
    assert voice.process.wait(LIMIT) == 0
    voice.close()
    assert not voice.folder.exists()
