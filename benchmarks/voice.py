"""The voice: from the key to the first sound and to silence, and from a text to its sound beside espeak alone."""

from __future__ import annotations

import ctypes
import os
import tempfile
import time
import wave
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from benchmarks.measure import Row, compare, p95, promised
from kiosk.adapters.speech.voice import Voice
from kiosk.core.speech import Finished, Hushed, News, Ready, Started, Utterance

SENTENCES = tuple(
    f"{name}打来电话，说他开车撞了人，要二十万现金，等一下有人上门来取，千万别告诉家里人。"
    for name in ("孙子", "儿子", "女儿", "外甥", "侄子", "邻居", "同学", "老乡", "亲家", "表哥", "堂弟", "嫂子")
)
"""40 characters each, none like another: nothing can have been kept from the last time."""

PAGE = (
    "现在学三招：看一看，问一问，比一比。",
    "一，家里座机响了，那头哭着叫奶奶。",
    "二，说是您孙子，打伤了同学，在派出所。",
    "三，“千万别告诉我爸妈。”",
    "四，“快准备两万现金，有人上门取。”",
    "先看一看：谁找您？要什么？哪一句最该留心，就按那一句的号码。都没有，按六。",
)
"""What one screen says."""

RATE = 162
"""espeak's, for 200 characters a minute."""

LIMIT = 10.0


def rows() -> Iterable[Row]:
    """The voice's promises; on the device that plays to nowhere, so that they hold without a sound card."""
    with _speaking() as (voice, until):
        sounds, silences = _keys(voice, until)
        yield promised("key to first sound, p95 (null device)", p95(sounds), 0.150)
        yield promised("key to silence, p95 (null device)", p95(silences), 0.100)
        yield _page(voice, until)


Until = Callable[[type[News], int], None]


@contextmanager
def _speaking() -> Iterator[tuple[Voice, Until]]:
    news: SimpleQueue[News] = SimpleQueue()

    def until(kind: type[News], number: int) -> None:
        while True:
            heard = news.get(timeout=LIMIT)
            if isinstance(heard, kind) and (isinstance(heard, Ready) or heard[0] == number):
                return

    voice = Voice(device="null")
    voice.listen(news.put)
    voice.start()
    try:
        until(Ready, 0)
        yield voice, until
    finally:
        voice.close()


def _keys(voice: Voice, until: Until) -> tuple[list[float], list[float]]:
    """A page that is spoken, and a key that hushes it, at different moments of the card's 20 ms."""
    sounds: list[float] = []
    silences: list[float] = []
    for turn in range(5 * len(SENTENCES)):
        start = time.perf_counter()
        number = voice.say([Utterance(SENTENCES[turn % len(SENTENCES)], "zh")], 100, 80)
        until(Started, number)
        sounds.append(time.perf_counter() - start)
        time.sleep(0.08 + 0.0007 * turn)
        start = time.perf_counter()
        voice.hush()
        until(Hushed, number)
        silences.append(time.perf_counter() - start)
    return sounds, silences


def _page(voice: Voice, until: Until) -> Row:
    """A screen's sentences through the child and pyttsx3 into a WAV, beside the same library called directly.

    Most of the difference is pyttsx3's: its loop sleeps 10 ms for each sentence.
    """
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours.wav", Path(folder) / "theirs.wav"
        library = _library()

        def through_the_child() -> None:
            number = voice.write([Utterance(text, "zh", 0.0) for text in PAGE], ours, 100)
            until(Finished, number)

        def directly() -> None:
            with wave.open(str(theirs), "wb") as sound:
                sound.setnchannels(1)
                sound.setsampwidth(2)
                sound.setframerate(22_050)
                for text in PAGE:
                    sound.writeframes(library(text))

        return compare("a screen's words to a WAV, beside espeak-ng alone", 4.0, through_the_child, directly)


def _library() -> Callable[[str], bytes]:
    """espeak-ng itself: the sound of a Mandarin text."""
    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(2, 0, None, 0)
    sound = bytearray()

    def take(samples: int | None, count: int, _: int | None) -> int:
        if samples and count:
            sound.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(take)
    library.espeak_SetSynthCallback(callback)
    library.espeak_SetVoiceByName(b"sit/cmn")
    library.espeak_SetParameter(1, RATE, 0)

    def speak(text: str, _callback: object = callback) -> bytes:
        sound.clear()
        data = text.encode()
        library.espeak_Synth(data, ctypes.c_size_t(len(data) + 1), 0, 1, 0, 0x1001, None, None)
        return bytes(sound)

    return speak


if __name__ == "__main__":
    for row in rows():
        print(row)
