"""A machine whose only espeak-ng is Debian 12's 1.51, which reads Mandarin as English letters with its own voice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SCRIPT = """
import json
import sys

sys.modules["espeakng_loader"] = None
from pathlib import Path
from kiosk.voice import pcm
from kiosk.voice.synthesis import Synthesiser

characters = "".join(
    bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
)
synthesiser = Synthesiser(Path(sys.argv[1]), None, {})
offered = synthesiser.offer({"zh": "zh", "yue": "zh", "en": "en"})
sentence = "孙子打来电话，住哪儿？"
spoken = synthesiser.speak(sentence, "zh", 100)
while synthesiser.calibrate("zh"):
    pass
json.dump(
    {
        "offered": offered,
        "why": synthesiser.why,
        "rows": synthesiser.describe(),
        "phonemes": synthesiser.phonemes(sentence, "zh"),
        "seconds": len(pcm.trimmed(spoken.samples)) / pcm.RATE,
        "words": [sentence[start : start + length] for _, start, length in spoken.words],
        "letters": [each for each in characters if "(" in synthesiser.phonemes(each, "zh")],
    },
    sys.stderr,
)
"""


@cache
def system_version() -> str:
    """Of the system's own espeak-ng; empty for none."""
    probe = (
        "import ctypes; library = ctypes.CDLL('libespeak-ng.so.1'); "
        "library.espeak_Info.restype = ctypes.c_char_p; print(library.espeak_Info(None).decode())"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False, timeout=20)
    return done.stdout.strip()


def test_mandarin_is_spoken_right_by_the_voice_for_pinyin(tmp_path: Path) -> None:
    if not system_version().startswith("1.51"):
        pytest.skip(f"this system's own espeak-ng is {system_version() or 'not there'}, not 1.51")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        env={name: value for name, value in os.environ.items() if name != "ESPEAK_DATA_PATH"},
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stderr)
    assert found["offered"] == ["zh", "yue", "en"]
    assert found["why"] == "espeakng-loader is not installed"
    rows = [(language, voice, used, why) for language, _, voice, _, used, why, _ in found["rows"]]
    assert rows == [
        ("zh", "sit/cmn", False, "says “(en)kanf'o@(cmn)_|” for 看"),
        ("zh", "sit/cmn-latn-pinyin", True, ""),
        ("yue", "sit/yue", True, ""),
        ("en", "gmw/en", True, ""),
    ]
    assert found["rows"][1][-1] == pytest.approx(200, rel=0.02)
    assert found["phonemes"].split() == [
        *("s'u@55n_|", "ts'i[11_|", "t'A214_|", "l'ai35_|", "t'iE51n_|", "Xw'A51_|"),
        *("ts.'u51_|", "n'A214_|", "'@r11_|"),
    ]
    assert found["seconds"] == pytest.approx(9 * 60 / 200, rel=0.3)
    assert "".join(found["words"]) == "孙子打来电话住哪儿"
    assert found["letters"] == []
