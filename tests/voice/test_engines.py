"""Which voice speaks a language, its proof, and what espeak is given and gives back: without an engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.pace import expected_seconds
from kiosk.voice.engine import Voice
from kiosk.voice.espeak import words
from kiosk.voice.mandarin import respelled
from kiosk.voice.pcm import silence
from kiosk.voice.voices import SENTENCES, WORDS, candidates, mispronounced, misspoken

ESPEAK = [
    Voice("sit/yue-latn-jyutping", "Chinese (Cantonese, latin as Jyutping)", ("yue",), male=True),
    Voice("sit/yue", "Chinese (Cantonese)", ("yue",), male=True),
    Voice("sit/cmn-latn-pinyin", "Chinese (Mandarin, latin as Pinyin)", ("cmn-latn-pinyin",), male=True),
    Voice("sit/hak", "Hakka Chinese", ("hak",), male=True),
    Voice("sit/cmn", "Chinese (Mandarin, latin as English)", ("cmn",), male=True),
    Voice("gmw/en-us", "English (America)", ("en-us",), male=True),
    Voice("gmw/en", "English (Great Britain)", ("en-gb",), male=True),
    Voice("gmw/de", "German", ("de",), male=True),
]
SAPI5 = [
    Voice("HKEY…\\TTS_MS_ZH-HK_TRACY_11.0", "Microsoft Tracy Desktop - Chinese(Hong Kong)", ("zh-HK",)),
    Voice("HKEY…\\TTS_MS_EN-US_ZIRA_11.0", "Microsoft Zira Desktop - English (United States)", ("en-US",)),
    Voice("HKEY…\\TTS_MS_ZH-CN_HUIHUI_11.0", "Microsoft Huihui Desktop - Chinese (Simplified)", ("zh-CN",)),
    Voice("HKEY…\\TTS_MS_ZH-CN_KANGKANG", "Microsoft Kangkang - Chinese (Simplified)", ("zh-CN",), male=True),
    Voice("HKEY…\\TTS_OTHER", "Other - Chinese", ("Unknown Locale: 31748",)),
]
MACOS = [
    Voice("com.apple.voice.compact.zh-HK.Sinji", "Sinji", ("zh_HK",)),
    Voice("com.apple.voice.compact.zh-TW.Meijia", "Meijia", ("zh_TW",)),
    Voice("com.apple.voice.compact.zh-CN.Tingting", "Tingting", ("zh_CN",)),
    Voice("com.apple.voice.compact.en-GB.Daniel", "Daniel", ("en_GB",), male=True),
    Voice("com.apple.eloquence.de", "Eddy", (), male=True),
]


@pytest.mark.parametrize(
    ("voices", "language", "expected"),
    [
        (ESPEAK, "zh", ["sit/cmn", "sit/cmn-latn-pinyin"]),
        (ESPEAK, "yue", ["sit/yue", "sit/yue-latn-jyutping"]),
        (ESPEAK, "zh-henan", []),
        (ESPEAK, "en", ["gmw/en", "gmw/en-us"]),
        (ESPEAK, "de", ["gmw/de"]),
        (ESPEAK, "bo", []),
        (SAPI5, "zh", [SAPI5[3].id, SAPI5[2].id, SAPI5[4].id]),
        (SAPI5, "yue", [SAPI5[0].id]),
        (SAPI5, "en", [SAPI5[1].id]),
        (MACOS, "zh", [MACOS[2].id, MACOS[1].id]),
        (MACOS, "yue", [MACOS[0].id]),
        (MACOS, "en", [MACOS[3].id]),
        ([], "zh", []),
    ],
)
def test_voices_are_found_by_language_then_by_name_and_the_lower_goes_first(
    voices: list[Voice], language: str, expected: list[str]
) -> None:
    assert [voice.id for voice in candidates(language, voices)] == expected
    assert [voice.id for voice in candidates(language, reversed(voices))] == expected


RECORDED = {
    "espeak-ng 1.51, sit/cmn": ("(en)kanf'o@(cmn)_|", "(en)wEnf'o@(cmn)_|", "(en)bITr'i:(cmn)_|", "(en)p,aI@n(cmn)_|"),
    "espeak-ng 1.51, sit/cmn-latn-pinyin": ("kh'a51n_|", "w'u@51n_|", "p'i214_|", "ph'iE51n_| tS;'y35_|"),
    "espeak-ng 1.52, sit/cmn": ("kh'a51n_|", "w'u@51n_|", "p'i214_|", "ph'iE51n_| tS;'y35_|"),
    "espeak-ng 1.52, sit/yue": ("h'o3n_|", "m'a6n_|", "b'ei2_|", "p'i3n_| g'u6k_|"),
    "espeak-ng 1.52, gmw/en": ("tS'aIni:zl,Et3", "tS'aIni:zl,Et3", "tS'aIni:zl,Et3", "tS'aIni:zl,Et3 tS'aIni:zl,Et3"),
    "piper, cmn": ("kˈaɜn", "wˈuəɜn", "pˈi2", "phˈiɛɜn tɕˈyɜ"),
    "piper, pinyin": ("kan4", "wen4", "bi3", "pian4ju2"),
    "piper, a model of letters": ("", "", "", ""),
    "nothing for one": ("kh'a51n_|", "", "p'i214_|", "ph'iE51n_| tS;'y35_|"),
    "all alike": ("k'a", "k'a", "k'a", "k'a"),
}
"""How 看 问 比 骗局 are pronounced, as taken down from the engines."""


@pytest.mark.parametrize(
    ("language", "recorded", "expected"),
    [
        ("zh", "espeak-ng 1.51, sit/cmn", "says “(en)kanf'o@(cmn)_|” for 看"),
        ("zh", "espeak-ng 1.51, sit/cmn-latn-pinyin", ""),
        ("zh", "espeak-ng 1.52, sit/cmn", ""),
        ("zh", "espeak-ng 1.52, sit/yue", "says “h'o3n_|” for 看"),
        ("yue", "espeak-ng 1.52, sit/yue", ""),
        ("yue", "espeak-ng 1.52, sit/cmn", "says “kh'a51n_|” for 看"),
        ("zh", "espeak-ng 1.52, gmw/en", "says “tS'aIni:zl,Et3” for 看"),
        ("zh", "piper, cmn", ""),
        ("zh", "piper, pinyin", ""),
        ("zh", "piper, a model of letters", ""),
        ("zh", "nothing for one", "says “” for 问"),
        ("zh", "all alike", "says “k'a” for 看"),
        ("zh-henan", "espeak-ng 1.51, sit/cmn", ""),
    ],
)
def test_a_voice_proves_itself_by_what_words_begin_with(language: str, recorded: str, expected: str) -> None:
    said = dict(zip(WORDS["zh"], RECORDED[recorded], strict=True))
    assert mispronounced(language, lambda text: said[text]) == expected


def test_english_is_told_from_its_letters() -> None:
    right = {"look": "l'Uk", "ask": "'A:sk", "compare": "k@mp'e@", "scam": "sk'am"}
    american = {"look": "lˈʊk", "ask": "ˈæsk", "compare": "kəmpˈɛɹ", "scam": "skˈæm"}
    assert mispronounced("en", right.__getitem__) == mispronounced("en", american.__getitem__) == ""
    assert mispronounced("en", (right | {"look": "'EloUk'eI"}).__getitem__) == "says “'EloUk'eI” for look"


def test_the_proof_by_length_tells_speaking_from_spelling_and_from_silence() -> None:
    assert WORDS.keys() == SENTENCES.keys()
    for language, sentence in SENTENCES.items():
        right = expected_seconds(sentence, language)
        assert misspoken(language, silence(right)) == ""
        assert misspoken(language, silence(4 * right)).startswith(f"takes {4 * right:.1f} s to say ")
        assert misspoken(language, silence(0)).startswith("takes 0.0 s to say ")
    assert misspoken("bo", silence(0)) == ""


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("胸前", " xong1 前"),
        ("老熊很穷", "老 xong2 很 qong2 "),
        ("在哪儿买？", "在哪\u200ber5 买？"),
        ("跟儿子说", "跟\u200b儿子说"),
        ("女儿", "女\u200b儿"),
        ("儿子", "儿子"),
        ("“儿子”", "“儿子”"),
        ("看一看。", "看一看。"),
    ],
)
def test_mandarin_is_respelled_where_espeak_reads_letters(piece: str, expected: str) -> None:
    text, places = respelled(piece)
    assert text == expected
    assert len(places) == len(text)
    assert sorted(set(places)) == list(range(len(piece)))
    assert all(piece[place] == character for character, place in zip(text, places, strict=True) if character in piece)


@pytest.mark.parametrize(
    ("piece", "places", "expected"),
    [
        # 看一看 and 孙子 are words of espeak's dictionary, reported by their first character.
        (
            "看一看，问一问。孙子打来。",
            [0, 4, 5, 6, 8, 10, 11],
            ["看一看", "问", "一", "问", "孙子", "打", "来"],
        ),
        # A word in quotes is reported with no length, one after an apostrophe or a hyphen not at all or twice.
        (
            "“Don't” pay - the well-known man",
            [1, 4, 8, 12, 14, 18, 23, 29],
            ["Don't", "pay", "the", "well-known", "man"],
        ),
        ("我用ATM取", [0, 1, 2, 5], ["我", "用", "ATM", "取"]),
        ("Say £", [0, 4], ["Say"]),
        ("𠮷是吉", [0, 1, 2], ["𠮷", "是", "吉"]),
        ("", [0], []),
    ],
)
def test_a_word_goes_on_until_the_next(piece: str, places: list[int], expected: list[str]) -> None:
    found = words([(100 * count, place) for count, place in enumerate(places)], piece)
    assert [piece[start : start + length] for _, start, length in found] == expected


@given(st.text(max_size=40), st.lists(st.integers(0, 45), max_size=20))
def test_words_never_overlap_or_leave_the_piece(piece: str, places: list[int]) -> None:
    found = words([(sample, place) for sample, place in enumerate(places)], piece)
    end = 0
    for _, start, length in found:
        assert start >= end
        assert length > 0
        end = start + length
    assert end <= len(piece)
