"""Texts on their way to the engine: cut into pieces, at a pace, by a voice that speaks their language."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice.pace import Pace, expected_seconds, pace
from kiosk.voice.pcm import RATE, silence
from kiosk.voice.pieces import MOST, clean, pieces
from kiosk.voice.voices import SENTENCES, WORDS, Voice, candidates, lasts, pronounces


@given(st.text(max_size=600))
def test_pieces_are_short_and_hold_every_letter_of_the_text(text: str) -> None:
    found = pieces(text)
    letters = [character for character in clean(text) if character.isalnum()]
    assert all(0 < len(piece) <= MOST for piece in found)
    assert [character for piece in found for character in piece if character.isalnum()] == letters


@given(st.text(alphabet=st.characters(codec=None), max_size=50))
def test_a_clean_text_can_be_encoded_and_holds_no_control_characters(text: str) -> None:
    assert clean(text).encode().isascii() or clean(text).isprintable()
    assert "\x00" not in clean(text)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("好。坏。", 100, ["好。坏。"]),
        ("今天好。明天也好。后天呢？", 9, ["今天好。明天也好。", "后天呢？"]),
        ("今天很好，明天也很好", 7, ["今天很好，", "明天也很好"]),
        ("It costs 3.50 now. Pay later.", 20, ["It costs 3.50 now.", "Pay later."]),
        ("20,000 yuan in cash", 8, ["20,000", "yuan in", "cash"]),
        ("这是一个没有标点的长句子", 5, ["这是一个没", "有标点的长", "句子"]),
        ("……", 100, []),
        ("", 100, []),
        ("a\x00b\ud800c", 100, ["a b c"]),
    ],
)
def test_a_text_is_cut_where_a_reader_breathes(text: str, most: int, expected: list[str]) -> None:
    assert pieces(text, most) == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_higher_speed_is_never_slower(language: str) -> None:
    paces = [pace(language, speed, espeak=True) for speed in range(30, 300)]
    assert all(one.rate <= other.rate and one.gap >= other.gap for one, other in pairwise(paces))
    assert all(pace.rate >= 80 for pace in paces)


def test_the_pace_is_what_was_measured() -> None:
    assert pace("zh", 100, espeak=True) == Pace(162)
    assert pace("en", 100, espeak=True) == Pace(113)
    assert pace("en", 50, espeak=True) == Pace(80, 11)
    assert pace("bo", 100, espeak=True) == pace("en", 100, espeak=True)
    assert pace("zh", 100, espeak=False) == Pace(160)
    assert pace("en", 200, espeak=False) == Pace(250)


def test_what_a_text_should_take() -> None:
    assert expected_seconds("看一看，问一问。", "zh") == pytest.approx(1.8)
    assert expected_seconds("Look – and ask.", "en", 50) == pytest.approx(2.88)


ESPEAK = [
    Voice("sit/yue", "Chinese (Cantonese)", ("yue",)),
    Voice("sit/cmn-latn-pinyin", "Chinese (Mandarin, latin as Pinyin)", ("cmn-latn-pinyin",)),
    Voice("sit/hak", "Hakka Chinese", ("hak",)),
    Voice("sit/cmn", "Chinese (Mandarin, latin as English)", ("cmn",)),
    Voice("gmw/en-us", "English (America)", ("en-us",)),
    Voice("gmw/en", "English (Great Britain)", ("en-gb",)),
    Voice("gmw/de", "German", ("de",)),
]
SAPI5 = [
    Voice("HKEY…\\TTS_MS_ZH-HK_TRACY_11.0", "Microsoft Tracy Desktop - Chinese(Hong Kong)", ("zh-HK",)),
    Voice("HKEY…\\TTS_MS_EN-US_ZIRA_11.0", "Microsoft Zira Desktop - English (United States)", ("en-US",)),
    Voice("HKEY…\\TTS_MS_ZH-CN_HUIHUI_11.0", "Microsoft Huihui Desktop - Chinese (Simplified)", ("zh-CN",)),
    Voice("HKEY…\\TTS_OTHER", "Other - Chinese", ("Unknown Locale: 31748",)),
]
MACOS = [
    Voice("com.apple.voice.compact.zh-HK.Sinji", "Sinji", ("zh_HK",)),
    Voice("com.apple.voice.compact.zh-TW.Meijia", "Meijia", ("zh_TW",)),
    Voice("com.apple.voice.compact.zh-CN.Tingting", "Tingting", ("zh_CN",)),
    Voice("com.apple.voice.compact.en-GB.Daniel", "Daniel", ("en_GB",)),
    Voice("com.apple.eloquence.de", "Eddy", ()),
]


@pytest.mark.parametrize(
    ("voices", "language", "expected"),
    [
        (ESPEAK, "zh", ["sit/cmn", "sit/cmn-latn-pinyin"]),
        (ESPEAK, "en", ["gmw/en", "gmw/en-us"]),
        (ESPEAK, "de", ["gmw/de"]),
        (ESPEAK, "bo", []),
        (SAPI5, "zh", [SAPI5[2].id, SAPI5[3].id]),
        (SAPI5, "en", [SAPI5[1].id]),
        (MACOS, "zh", [MACOS[2].id, MACOS[1].id]),
        (MACOS, "en", [MACOS[3].id]),
        ([], "zh", []),
    ],
)
def test_voices_are_found_by_language_and_then_by_name(voices: list[Voice], language: str, expected: list[str]) -> None:
    assert [voice.id for voice in candidates(language, voices)] == expected
    assert [voice.id for voice in candidates(language, reversed(voices))] == expected


@pytest.mark.parametrize(
    "phonemes",
    [
        ["(en),eItS'eI'oU(cmn) s'an"] * 4,
        ["tS'aIni:zl,Et3", "tS'aIni:zl,Et3", "tS'aIni:zl,Et3", "tS'aIni:zl,Et3 tS'aIni:zl,Et3"],
        ["kh'a51n_|", "", "p'i214_|", "ph'iE51n_|"],
    ],
)
def test_a_voice_that_spells_out_or_says_nothing_has_not_proved_itself(phonemes: list[str]) -> None:
    assert not pronounces(phonemes)


def test_a_voice_that_pronounces_has() -> None:
    assert pronounces(["kh'a51n_|", "w'u@51n_|", "p'i214_|", "ph'iE51n_| tS;'y35_|"])


def test_the_proof_by_length_tells_speaking_from_spelling_and_from_silence() -> None:
    assert WORDS.keys() == SENTENCES.keys()
    for language, sentence in SENTENCES.items():
        right = expected_seconds(sentence, language)
        assert lasts(language, silence(right))
        assert not lasts(language, silence(4 * right))
        assert not lasts(language, silence(0))
    assert len(silence(1)) == RATE
    assert len(silence(-1)) == 0
