"""What is to be recorded: every part once, by item, with the text that a person reads."""

from __future__ import annotations

import pytest

from kiosk.core.catalogue import PackName, Variety
from kiosk.core.items import Text
from kiosk.core.recordings import AudioFile, Place, path_of, place_of, played
from kiosk.core.speech import Utterance
from kiosk.usecases.record import Part, count_played, item_of, parts_of, texts_in

TEXTS = {
    "i": [
        Text({"zh": "孙子要钱", "en": "Cash"}, {}, "p/i/title"),
        Text({"zh": "打110。", "en": "Ring 110."}, {}, "p/i/scene-1"),
        Text({"zh": "重新来", "en": "Again"}, {"zh": "从新来", "zh-henan": "从头再来"}, "p/i/scene-2"),
    ],
    "j": (Text({"zh": "没有部分"}), Text({"zh": "卡片"}, {}, "p/card/text")),
}
SPOKEN = [
    Utterance("打幺幺零。", "zh", part="p/i/scene-1"),
    Utterance("一", "zh", part="_kiosk/digit-1"),
    Utterance("卡片", "zh", part="p/card/text"),
    Utterance("从新来", "zh", part="p/i/scene-2"),
    Utterance("打幺幺零。", "zh", part="p/i/scene-1"),
    Utterance("每次都不同", "zh"),
    Utterance("别的包", "zh", part="other/i/scene-1"),
]


def parts(language: str = "zh", *files: str) -> tuple[Part, ...]:
    return parts_of("p", language, "zh", SPOKEN, TEXTS, [AudioFile(file) for file in files])


def test_each_part_of_the_pack_is_there_once_by_item_and_the_phrases_come_first() -> None:
    assert [part.part for part in parts()] == ["_kiosk/digit-1", "p/i/scene-1", "p/i/scene-2", "p/card/text"]
    assert [part.item for part in parts()] == ["_kiosk", "i", "i", "card"]
    assert [part.title for part in parts()] == ["", "孙子要钱", "孙子要钱", ""]


def test_the_items_named_as_cases_stand_before_the_others() -> None:
    found = parts_of("p", "zh", "zh", SPOKEN, TEXTS, [], {"card"})
    assert [part.item for part in found] == ["_kiosk", "card", "i", "i"]


def test_what_is_played_is_counted_once_and_all_else_as_not_played() -> None:
    def pack(name: str, *files: str) -> tuple[PackName, list[AudioFile]]:
        named = PackName(name, "1", Text({}), ("zh",), (Variety("zh-henan", "zh", "河南话"),), f"/{name}")
        return named, [AudioFile(f"audio/{file}") for file in files]

    counted = count_played(
        [
            pack("p", "zh/i/a.wav", "zh/i/a.mp3", "zh/i/b.m4a", "zh-henan/_kiosk/home.ogg", "yue/i/a.wav", "zh/x.wav"),
            pack("q", "zh/i/a.wav", "zh-henan/_kiosk/home.ogg"),
        ]
    )
    assert counted == ({"zh": 2, "zh-henan": 1}, {"/p": 4, "/q": 0})


def test_the_file_says_language_item_and_part() -> None:
    assert [part.file for part in parts("zh-henan")] == [
        "audio/zh-henan/_kiosk/digit-1.wav",
        "audio/zh-henan/i/scene-1.wav",
        "audio/zh-henan/i/scene-2.wav",
        "audio/zh-henan/card/text.wav",
    ]


def test_a_person_reads_what_is_written_but_says_what_say_says() -> None:
    assert [part.text for part in parts()] == ["一", "打110。", "从新来", "卡片"]
    assert parts("zh-henan")[2].text == "从头再来"
    assert parts("zh-yue")[2].text == "从新来"


def test_the_time_is_that_of_what_is_spoken() -> None:
    assert parts()[1].seconds == pytest.approx(4 * 60 / 200, abs=0.06)


def test_what_is_recorded_says_by_which_file() -> None:
    found = parts(
        "zh-henan",
        "audio/zh-henan/i/scene-1.mp3",
        "audio/zh-henan/_kiosk/digit-1.flac",
        "audio/zh/card/text.wav",
        "audio/zh-henan/card/text.m4a",
    )
    assert [part.recorded for part in found] == [
        "audio/zh-henan/_kiosk/digit-1.flac",
        "audio/zh-henan/i/scene-1.mp3",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("audio/zh/i/scene-1.wav", Place("zh", "i", "scene-1")),
        ("audio/zh-henan/_kiosk/digit-1.ogg", Place("zh-henan", "_kiosk", "digit-1")),
        ("audio/zh/scene-1.wav", None),
        ("audio/zh/i/more/scene-1.wav", None),
        ("audio/zh/i/scene-1.WAV", None),
        ("audio/zh/i/scene-1.m4a", None),
        ("audio/zh/i/scene-1", None),
    ],
)
def test_where_a_file_lies_says_what_it_is_of(path: str, place: Place | None) -> None:
    assert place_of(AudioFile(path)) == place
    assert place_of(AudioFile(path, is_link=True)) is None
    if place:
        suffix = path[path.rindex(".") :]
        assert path_of(place.name("p"), place.language, suffix) == path


def test_of_several_files_of_a_part_the_first_format_is_played() -> None:
    files = [AudioFile(f"audio/zh/i/do.{suffix}") for suffix in ("mp3", "ogg", "flac", "wav")]
    place = Place("zh", "i", "do")
    assert played(files) == {place: files[3]}
    assert played(files[:3]) == {place: files[2]}
    assert played(files[:2]) == {place: files[0]}


def test_the_names_of_parts_say_their_item() -> None:
    assert item_of("elder-fraud/grandson/scene-1") == "grandson"
    assert item_of("_kiosk/digit-1") == "_kiosk"
    assert item_of("elder-fraud/_help/minute-1") == "_help"


def test_texts_are_found_wherever_they_are_held() -> None:
    assert [text.part for text in texts_in(TEXTS)] == ["p/i/title", "p/i/scene-1", "p/i/scene-2", "p/card/text"]
    assert list(texts_in(("a string", 3, None))) == []
