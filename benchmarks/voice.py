"""The voice: from the key to the first sound and to silence, and from texts to their sound beside espeak alone.

On devices that play to nowhere, so that the promises hold without a sound card. The first sound is counted when a
device would play it, which is later than the voice hands it over by what the device holds.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from benchmarks.measure import Row, compare, p95, promised
from kiosk import wiring
from kiosk.adapters.speech.voice import Voice
from kiosk.core.repertoire import repertoire
from kiosk.core.speech import Finished, Hushed, News, Ready, Rendered, Repertoire, Started, Utterance
from kiosk.voice.pcm import RATE, write
from kiosk.voice.pieces import pieces
from kiosk.voice.playback import HELD

_WHO = ("孙子", "儿子", "女儿", "外甥", "侄子", "邻居", "同学", "老乡", "亲家", "表哥", "堂弟", "嫂子")

SENTENCES = tuple(
    f"{who}打来电话说{other}开车撞了人要赔二十万现金等一下就有人上门来取千万别告诉家里人。"
    for who in _WHO
    for other in _WHO[:5]
)
"""40 characters each in one breath, none like another: nothing can have been kept from the last time."""

PAGE = (
    "现在学三招：看一看，问一问，比一比。",
    "一，家里座机响了，那头哭着叫奶奶。",
    "二，说是您孙子，打伤了同学，在派出所。",
    "三，“千万别告诉我爸妈。”",
    "四，“快准备两万现金，有人上门取。”",
    "先看一看：谁找您？要什么？哪一句最该留心，就按那一句的号码。都没有，按六。",
)
"""What one screen says."""

MP3 = Path(__file__).parents[1] / "tests" / "voice" / "files" / "tone.mp3"
"""1.8 s; repeated it is as long as a part that somebody reads."""

RECORDED = 40

VOICES = {"zh": (b"sit/cmn", 162), "en": (b"gmw/en", 113)}
"""espeak's own, and its rates for 200 characters or 125 words a minute."""

LIMIT = 300.0

N = TypeVar("N", bound=News)


def rows() -> Iterable[Row]:
    """The voice's promises."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name:
        folder = Path(name)
        yield from _keys(folder)
        yield from _through_a_program(folder)
        with _Voice(folder / "cache") as voice:
            yield _page(voice, folder)
        for language in ("zh", "en"):
            yield from _library(folder, language)


class _Voice:
    """A real one, waited for."""

    def __init__(self, cache: Path, pack: Path | None = None, player: str = "auto", device: str = "null") -> None:
        self._news: SimpleQueue[News] = SimpleQueue()
        self.it = Voice(device=device, player=player, cache=str(cache), cache_megabytes=500)
        self.it.listen(self._news.put)
        self.it.know(Repertoire((("zh", "zh"), ("en", "en")), (("pack", str(pack)),) if pack else ()))
        self.it.start()

    def __enter__(self) -> _Voice:
        ready = self.until(Ready)
        assert ready.sound, ready.why
        return self

    def __exit__(self, *_: object) -> None:
        self.it.close()

    def until(self, kind: type[N], number: int | None = None) -> N:
        """Wait for news of a kind, of the command with that number."""
        while True:
            heard = self._news.get(timeout=LIMIT)
            if isinstance(heard, kind) and number in (None, heard[0]):
                return heard

    def keys(self, said: Sequence[Utterance]) -> tuple[float, float]:
        """Seconds from a key to the first sample and from another to silence, p95, at all moments of a period."""
        sounds: list[float] = []
        silences: list[float] = []
        for turn, utterance in enumerate(said):
            start = time.perf_counter()
            number = self.it.say([utterance], 100, 80)
            self.until(Started, number)
            sounds.append(time.perf_counter() - start + HELD / RATE)
            time.sleep(0.08 + 0.0007 * turn)
            start = time.perf_counter()
            self.it.hush()
            self.until(Hushed, number)
            silences.append(time.perf_counter() - start)
        return p95(sounds), p95(silences)


def _keys(folder: Path) -> Iterator[Row]:
    texts = [Utterance(text, "zh") for text in SENTENCES]
    recorded = [Utterance("", "zh", part=f"pack/item/{number}") for number in range(RECORDED)]
    audio = folder / "pack" / "audio" / "zh" / "item"
    audio.mkdir(parents=True)
    for utterance in recorded:
        (audio / f"{utterance.part.rpartition('/')[2]}.mp3").write_bytes(MP3.read_bytes() * 6)
    with _Voice(folder / "cache", folder / "pack") as voice:
        uncached, silence = voice.keys(texts)
        yield promised("key to first sample, 40 new characters, p95", uncached, 0.150)
        yield promised("key to silence, p95", silence, 0.070)
        yield promised("key to first sample, 10 s of MP3, p95", voice.keys(recorded)[0], 0.060)
        number = voice.it.render(texts, 100)
        voice.until(Rendered, number)
    with _Voice(folder / "cache") as voice:
        yield promised("key to first sample, from the cache, p95", voice.keys(texts)[0], 0.060)


def _through_a_program(folder: Path) -> Iterator[Row]:
    """Where miniaudio has no wheel; left out where there is no aplay."""
    if not shutil.which("aplay"):
        return
    config = folder / "asound.conf"
    config.write_text("pcm.!default { type null }\n")
    with _environment(ALSA_CONFIG_PATH=str(config)), _Voice(folder / "cache", player="aplay", device="") as voice:
        silence = voice.keys([Utterance(text, "zh") for text in SENTENCES])[1]
        yield promised("key to silence through aplay, p95", silence, 0.110)


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _page(voice: _Voice, folder: Path) -> Row:
    """A screen's sentences through the child and pyttsx3 into a WAV, beside the same library called directly.

    Most of the difference is pyttsx3's: its loop sleeps 10 ms for each sentence.
    """
    speak = _espeak("zh")
    turns = iter(range(1000))

    def through_the_child() -> None:
        # Another text each time, so that none of it was kept.
        said = [Utterance(f"{text}{next(turns)}", "zh", 0.0) for text in PAGE]
        voice.until(Finished, voice.it.write(said, folder / "ours.wav", 100))

    def directly() -> None:
        sound = b"".join(speak(f"{text}{next(turns)}") for text in PAGE)
        write(folder / "theirs.wav", memoryview(sound).cast("h"))  # type: ignore[arg-type]  # it has tobytes() too

    return compare("a screen's words to a WAV, beside espeak-ng alone", 4.0, through_the_child, directly)


def _library(folder: Path, language: str) -> Iterator[Row]:
    """All that the shipped packs may say, into an empty cache, beside the library called directly for the same.

    Of one process, which mostly sleeps: pyttsx3's loop does so for 10 ms a clause. `kiosk voice render` runs several.
    """
    catalogue, items, *_ = wiring.read_packs([wiring.shipped("content")], date(2026, 11, 1))
    said = repertoire(catalogue, items, wiring.words(), language, language)
    with _Voice(folder / f"pack-{language}") as voice:
        # Its rate is measured first, once for ever.
        voice.until(Rendered, voice.it.render([Utterance("好", language)], 100))
        start = time.perf_counter()
        rendered = voice.until(Rendered, voice.it.render(said, 100))
        ours = time.perf_counter() - start
    speak = _espeak(language)
    texts = {piece.text for utterance in said for piece in pieces(utterance.text)}
    start = time.perf_counter()
    sound = sum(len(speak(text)) for text in texts) / 2 / RATE
    theirs = time.perf_counter() - start
    count = sum(map(len, texts))
    rate = f"{rendered.characters / ours:.0f} characters a second"
    yield Row(
        f"rendering the library ({language}, {rate}), a character",
        ours / rendered.characters,
        theirs / count,
        (ours / rendered.characters) / (theirs / count),
        15.0,
    )
    yield Row(
        f"rendering the library ({language}), real-time factor",
        ours / rendered.seconds,
        theirs / sound,
        (ours / rendered.seconds) / (theirs / sound),
        15.0,
        "×",
    )


def _espeak(language: str) -> Callable[[str], bytes]:
    """espeak-ng itself: the sound of a text."""
    import espeakng_loader

    voice, rate = VOICES[language]
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(2, 0, None, 0)
    sound = bytearray()

    def take(samples: int | None, count: int, _: int | None) -> int:
        if samples and count:
            sound.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(take)

    def speak(text: str, _callback: object = callback) -> bytes:
        sound.clear()
        data = text.encode()
        library.espeak_Synth(data, ctypes.c_size_t(len(data) + 1), 0, 1, 0, 0x1001, None, None)
        return bytes(sound)

    library.espeak_SetSynthCallback(callback)
    library.espeak_SetVoiceByName(voice)
    library.espeak_SetParameter(1, rate, 0)
    return speak


if __name__ == "__main__":
    for row in rows():
        print(row)
