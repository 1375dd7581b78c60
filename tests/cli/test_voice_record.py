"""`kiosk voice record-list` and `check`: the sheet to read from, and what is wrong with what came of it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from kiosk.usecases import audition
from tests.adapters.packs.sample import ONE, spoil, write_pack
from tests.cli.said import Kiosk, kiosk_of
from tests.waves import room, save, tone

AUDIO = Path(__file__).parent.parent / "adapters" / "audio"
SCENE = "audio/zh-henan/fraud-3/scene-1.wav"
"""座机响了，那头哭着叫奶奶。 takes a bit over three seconds."""


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = write_pack(tmp_path)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def kiosk(capsys: pytest.CaptureFixture[str]) -> Kiosk:
    return kiosk_of(capsys, "voice")


def listed(kiosk: Kiosk, language: str, *options: str) -> list[dict[str, str | float]]:
    said = kiosk("record-list", "sample", "--lang", language, "--format", "json", *options)
    assert said.code == 0
    rows: list[dict[str, str | float]] = json.loads(said.out)
    return rows


def speak(pack: Path, name: str, seconds: float = 3.2, peak: float = 0.5) -> None:
    """A recording as it should be."""
    save(pack / name, [*room(0.4), *tone(seconds, peak), *room(0.4)])


@pytest.mark.usefixtures("pack")
class TestSheet:
    """What is printed to read from."""

    def test_each_part_has_its_file_its_text_and_its_time(self, kiosk: Kiosk) -> None:
        said = kiosk("record-list", "sample", "--lang", "zh-henan")
        assert said.code == 0
        assert "样例" in said.lines[0]
        assert "河南话" in said.lines[0]
        place = said.lines.index("[ ] audio/zh-henan/fraud-3/scene-1.wav  约 3 秒")
        assert said.lines[place + 1] == "      座机响了，那头哭着叫奶奶。"
        assert "孙子出事要现金  fraud-3" in said.lines
        count = said.out.count("[ ] audio/zh-henan/")
        assert said.notes == [f"kiosk: 0 of {count} parts are recorded in zh-henan, {count} are still to be"]

    @pytest.mark.parametrize("language", ["zh", "en", "zh-henan"])
    def test_it_fits_on_paper(self, kiosk: Kiosk, language: str) -> None:
        said = kiosk("record-list", "sample", "--lang", language)
        assert max(cell_len(line) for line in said.lines) <= 100
        assert not any("\x1b" in line for line in said.lines)

    def test_its_headings_are_in_its_language(self, kiosk: Kiosk) -> None:
        assert kiosk("record-list", "sample", "--lang", "zh-henan").lines[0].startswith("录音单")
        said = kiosk("record-list", "sample", "--lang", "en")
        assert said.lines[0] == "Recording sheet: Sample · en"
        assert "A grandson needs cash  fraud-3" in said.lines

    def test_the_phrases_come_first_then_cases_and_stories_then_the_rest(self, kiosk: Kiosk) -> None:
        items = [row["item"] for row in listed(kiosk, "zh")]
        blocks = [item for place, item in enumerate(items) if place == 0 or item != items[place - 1]]
        assert len(blocks) == len(set(blocks))
        assert blocks[0] == "_kiosk"
        rest = {"police", "bank", "fact-2", "_help"}
        last_case = max(blocks.index(item) for item in ("fraud-3", "genuine-3", "coupons"))
        assert last_case < min(blocks.index(item) for item in rest)
        assert {"fraud-3", "genuine-3", "coupons", "police", "bank", "fact-2", "_help"} <= set(blocks)

    def test_the_parts_of_a_case_are_in_the_order_of_its_file(self, kiosk: Kiosk) -> None:
        parts = [str(row["part"]).rpartition("/")[2] for row in listed(kiosk, "en") if row["item"] == "fraud-3"]
        order = ["scene-1", "scene-2", "scene-3", "scene-4", "see-why", "ask-1", "ask-2", "ask-2-why", "ask-reply"]
        order += ["explain", "do", "remember", "contrast"]
        assert [part for part in parts if part in order] == order

    def test_no_part_is_there_twice_and_each_has_a_text(self, kiosk: Kiosk) -> None:
        for language in ("zh", "en", "zh-henan"):
            rows = listed(kiosk, language)
            assert len({row["file"] for row in rows}) == len(rows)
            assert all(row["text"] and row["seconds"] for row in rows)

    def test_numbers_stand_as_they_are_written_and_say_is_followed(self, pack: Path, kiosk: Kiosk) -> None:
        spoil(pack, ONE, "  zh: 挂断，打存好的号码，再告诉家人。", "  zh: 挂断，打{help:96110}。")
        spoil(
            pack,
            "baselines.yaml",
            "  question:\n",
            "  say:\n    zh: 派出所不会派人上门拿现金。\n    zh-henan: 派出所不兴派人上门拿现钱。\n  question:\n",
        )
        text = {row["part"]: row["text"] for row in listed(kiosk, "zh")}
        assert text["sample/fraud-3/do"] == "挂断，打96110。"
        assert text["sample/police/text"] == "派出所不会派人上门拿现金。"
        text = {row["part"]: row["text"] for row in listed(kiosk, "zh-henan")}
        assert text["sample/police/text"] == "派出所不兴派人上门拿现钱。"

    def test_what_is_recorded_is_gone_from_it(self, pack: Path, kiosk: Kiosk) -> None:
        before, other = listed(kiosk, "zh-henan", "--all"), listed(kiosk, "zh")
        speak(pack, SCENE)
        (pack / "audio/zh-henan/_kiosk").mkdir()
        shutil.copy(AUDIO / "tone.mp3", pack / "audio/zh-henan/_kiosk/digit-1.mp3")
        after = listed(kiosk, "zh-henan")
        gone = {str(row["part"]) for row in before} - {str(row["part"]) for row in after}
        assert gone == {"sample/fraud-3/scene-1", "_kiosk/digit-1"}
        assert listed(kiosk, "zh") == other
        everything = listed(kiosk, "zh-henan", "--all")
        assert [row["part"] for row in everything] == [row["part"] for row in before]
        assert {row["recorded"] for row in everything} == {"", SCENE, "audio/zh-henan/_kiosk/digit-1.mp3"}
        said = kiosk("record-list", "sample", "--lang", "zh-henan", "--all")
        assert f"[x] {SCENE}  已录：scene-1.wav" in said.lines
        assert said.notes[-1].startswith(f"kiosk: 2 of {len(before)} parts are recorded in zh-henan")

    def test_the_sheet_says_why_the_phrases_are_first(self, kiosk: Kiosk) -> None:
        lines = kiosk("record-list", "sample", "--lang", "en").lines
        place = lines.index("The kiosk's own phrases (in every case)")
        assert lines[place + 2].startswith("Record these first: without them every screen sounds mixed")

    def test_only_some_items_can_be_printed(self, kiosk: Kiosk) -> None:
        rows = listed(kiosk, "zh", "--item", "fraud-3", "--item", "_kiosk")
        assert list(dict.fromkeys(row["item"] for row in rows)) == ["_kiosk", "fraud-3"]
        said = kiosk("record-list", "sample", "--lang", "zh", "--item", "fruad-3")
        assert (said.code, said.out) == (2, "")
        assert said.notes == ["kiosk: --item fruad-3: there is nothing of that name to record: did you mean 'fraud-3'?"]

    def test_recordings_in_which_nothing_can_be_heard_are_still_to_be_made(self, pack: Path, kiosk: Kiosk) -> None:
        before = listed(kiosk, "zh-henan")
        folder = "audio/zh-henan/fraud-3"
        speak(pack, f"{folder}/scene-1.wav")
        save(pack / folder / "scene-2.wav", room(4))
        (pack / folder / "scene-3.mp3").write_bytes(b"no sound" * 99)
        (pack / folder / "scene-4.wav").touch()
        after = listed(kiosk, "zh-henan")
        assert {row["part"] for row in before} - {row["part"] for row in after} == {"sample/fraud-3/scene-1"}
        said = kiosk("record-list", "sample", "--lang", "zh-henan")
        assert said.notes[0] == (
            "kiosk: nothing can be heard in 3 recordings, still to be made: see `kiosk voice check sample`"
        )
        assert said.notes[1].startswith("kiosk: 1 of ")

    def test_csv_is_for_a_spreadsheet(self, tmp_path: Path, kiosk: Kiosk) -> None:
        out = tmp_path / "sheet.csv"
        said = kiosk("record-list", "sample", "--lang", "zh", "--format", "csv", "--out", str(out))
        assert (said.code, said.out) == (0, "")
        content = out.read_bytes()
        assert content.startswith(b"\xef\xbb\xbffile,item,title,part,text,seconds,recorded\r\n")
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert [row["file"] for row in rows] == [row["file"] for row in listed(kiosk, "zh")]
        scene = next(row for row in rows if row["part"] == "sample/fraud-3/scene-1")
        assert scene["text"] == "座机响了，那头哭着叫奶奶。"

    def test_a_file_holds_what_would_be_printed(self, tmp_path: Path, kiosk: Kiosk) -> None:
        out = tmp_path / "sheet.txt"
        printed = kiosk("record-list", "sample", "--lang", "en").out
        assert kiosk("record-list", "sample", "--lang", "en", "--out", str(out)).out == ""
        assert out.read_text(encoding="utf-8-sig") == printed

    @pytest.mark.parametrize(
        ("arguments", "why"),
        [
            (["sample", "--lang", "yue"], "--lang yue: sample has zh, en, zh-Hant, zh-henan (河南话)"),
            (["nowhere", "--lang", "zh"], "nowhere: there is no such file or folder"),
            (["sample", "--lang", "zh", "--out", "/no/such/folder/x"], "--out /no/such/folder/x: no such file"),
        ],
    )
    def test_what_is_wrong_with_the_call_is_one_line(self, kiosk: Kiosk, arguments: list[str], why: str) -> None:
        said = kiosk("record-list", *arguments)
        assert (said.code, said.out) == (2, "")
        assert len(said.notes) == 1
        assert why in said.notes[0]

    def test_a_language_that_the_kiosk_itself_does_not_have_is_one_line(self, pack: Path, kiosk: Kiosk) -> None:
        spoil(pack, "pack.yaml", "languages: [zh, en]", "languages: [zh, en, fr]")
        said = kiosk("record-list", "sample", "--lang", "fr")
        assert said.code == 2
        assert said.notes == ["kiosk: --lang fr: the kiosk has no texts of its own in fr, so it is never spoken"]

    def test_one_pack_at_a_time(self, tmp_path: Path, kiosk: Kiosk) -> None:
        write_pack(tmp_path / "more").rename(tmp_path / "second")
        spoil(tmp_path / "second", "pack.yaml", "id: sample", "id: second")
        said = kiosk("record-list", ".", "--lang", "zh")
        assert said.code == 2
        assert "name one of sample, second" in said.notes[0]

    def test_items_with_errors_are_left_out_and_said_to_be(self, pack: Path, kiosk: Kiosk) -> None:
        spoil(pack, ONE, "cue: 4", "cue: 9")
        said = kiosk("record-list", "sample", "--lang", "zh")
        assert said.code == 0
        assert "fraud-3" not in said.out
        assert said.notes[0].endswith(" left out because of errors: see `kiosk content check sample`")


class TestCheck:
    """What is said of recordings, listened to as they are."""

    def test_a_pack_without_recordings_is_only_told_so(self, pack: Path, kiosk: Kiosk) -> None:
        said = kiosk("check", "sample")
        assert said.code == 0
        assert len(said.lines) == 3
        for line, language in zip(said.lines, ("en", "zh", "zh-henan"), strict=True):
            assert line.startswith(f"sample/audio/{language}: info[missing] 0 of ")
        assert said.notes == ["kiosk: 3 infos in sample"]
        assert not (pack / "audio").exists()

    def test_good_recordings_have_nothing_wrong(self, pack: Path, kiosk: Kiosk) -> None:
        speak(pack, SCENE)
        shutil.copytree(pack / "audio" / "zh-henan", pack / "audio" / "zh")
        said = kiosk("check", "sample", "--lang", "zh-henan")
        assert (said.code, len(said.lines)) == (0, 1)
        assert "info[missing] 1 of " in said.out
        assert kiosk("check", "sample", "--strict").code == 0

    def test_each_thing_that_can_be_wrong_is_found(self, pack: Path, kiosk: Kiosk) -> None:
        folder = "audio/zh-henan/fraud-3"
        speak(pack, f"{folder}/scene-1.wav", seconds=0.3)
        speak(pack, f"{folder}/scene-2.wav", seconds=14)
        speak(pack, f"{folder}/scene-3.wav", seconds=2.5, peak=1.5)
        save(pack / folder / "scene-4.wav", room(4))
        speak(pack, f"{folder}/explain.wav", seconds=5, peak=0.02)
        save(pack / folder / "do.wav", [*room(2), *tone(4), *room(0.2)])
        (pack / folder / "remember.mp3").write_bytes(b"no sound" * 99)
        speak(pack, f"{folder}/ask-1.wav", seconds=2.5)
        shutil.copy(AUDIO / "tone.mp3", pack / folder / "ask-1.mp3")
        speak(pack, f"{folder}/scene-5.wav")
        speak(pack, "audio/zh-henan/fruad-3/scene-1.wav")
        speak(pack, "audio/zh-hunan/fraud-3/scene-1.wav")
        speak(pack, "audio/zh-henan/scene-1.wav")
        (pack / folder / "ask-2.m4a").write_bytes(b"x")
        said = kiosk("check", "sample", "--lang", "zh-henan")
        assert said.code == 1
        found = {
            line.removeprefix("sample/audio/").partition("] ")[0] for line in said.lines if "[missing]" not in line
        }
        assert found == {
            "zh-henan/fraud-3/scene-1.wav: warning[too-short",
            "zh-henan/fraud-3/scene-2.wav: warning[too-long",
            "zh-henan/fraud-3/scene-3.wav: warning[clipped",
            "zh-henan/fraud-3/scene-4.wav: error[silent",
            "zh-henan/fraud-3/explain.wav: warning[soft",
            "zh-henan/fraud-3/do.wav: warning[long-silence",
            "zh-henan/fraud-3/remember.mp3: error[unreadable",
            "zh-henan/fraud-3/ask-1.mp3: warning[two-files",
            "zh-henan/fraud-3/scene-5.wav: warning[left-over",
            "zh-henan/fruad-3/scene-1.wav: warning[left-over",
            "zh-hunan: warning[unknown-language",
            "zh-henan/scene-1.wav: warning[wrong-place",
            "zh-henan/fraud-3/ask-2.m4a: warning[not-played",
        }
        assert said.notes == ["kiosk: 2 errors, 11 warnings, 1 info in sample"]
        assert [line.partition(":")[0] for line in said.lines] == sorted(line.partition(":")[0] for line in said.lines)

    def test_warnings_fail_only_a_strict_check(self, pack: Path, kiosk: Kiosk) -> None:
        speak(pack, SCENE, seconds=0.3)
        assert kiosk("check", "sample").code == 0
        assert kiosk("check", "sample", "--strict").code == 1

    def test_the_missing_ones_are_named_when_asked_for(self, pack: Path, kiosk: Kiosk) -> None:
        speak(pack, SCENE)
        said = kiosk("check", "sample", "--lang", "zh-henan", "--missing")
        to_record = [str(row["file"]) for row in listed(kiosk, "zh-henan")]
        assert sorted(line.partition(":")[0] for line in said.lines) == sorted(f"sample/{name}" for name in to_record)
        assert all(": info[missing] not recorded yet: “" in line for line in said.lines)

    def test_paths_are_as_they_were_reached(self, pack: Path, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
        speak(pack, SCENE, seconds=0.3)

        def first(path: str) -> str:
            return next(line for line in kiosk("check", path).lines if "too-short" in line).partition(":")[0]

        assert first("sample") == f"sample/{SCENE}"
        assert first(str(pack)) == str(pack / SCENE)
        assert first(".") == f"sample/{SCENE}"
        monkeypatch.chdir(pack)
        assert first(".") == SCENE

    def test_json_is_an_array_of_the_same(self, pack: Path, kiosk: Kiosk) -> None:
        speak(pack, SCENE, seconds=0.3)
        problems = json.loads(kiosk("check", "sample", "--lang", "zh-henan", "--format", "json").out)
        short = next(problem for problem in problems if problem["code"] == "too-short")
        assert short["path"] == f"sample{os.sep}{SCENE.replace('/', os.sep)}"
        assert (short["line"], short["column"], short["severity"]) == (0, 0, "warning")

    def test_recordings_of_an_item_with_errors_are_not_called_left_over(self, pack: Path, kiosk: Kiosk) -> None:
        speak(pack, "audio/zh-henan/fraud-3/scene-1.wav")
        spoil(pack, ONE, "cue: 4", "cue: 9")
        said = kiosk("check", "sample")
        assert said.code == 1
        assert "info[left-over] 'fraud-3' has errors" in said.out
        assert said.notes[0] == "kiosk: 1 item left out because of errors: see `kiosk content check sample`"

    def test_errors_in_pack_yaml_are_told_in_one_line_and_are_1(self, pack: Path, kiosk: Kiosk) -> None:
        speak(pack, SCENE)
        spoil(pack, "pack.yaml", "{id: zh-henan, text: zh", "{id: zh-henan, text: fr")
        said = kiosk("check", "sample", "--lang", "zh")
        assert said.code == 1
        assert [line for line in said.notes if "pack.yaml" in line] == [
            "kiosk: sample/pack.yaml has errors: see `kiosk content check sample`"
        ]

    def test_recordings_beside_the_folder_for_them_are_found(self, pack: Path, kiosk: Kiosk) -> None:
        speak(pack, SCENE)
        for name in ("fraud-3/scene-1.wav", "scene-2.MP3", ".hidden/scene-3.wav"):
            (pack / name).parent.mkdir(exist_ok=True)
            shutil.copy(pack / SCENE, pack / name)
        said = kiosk("check", "sample")
        assert said.code == 0
        found = [line.partition(" ")[0] for line in said.lines if "[wrong-place]" in line]
        assert found == ["sample/fraud-3/scene-1.wav:", "sample/scene-2.MP3:"]
        assert kiosk("check", "sample", "--strict").code == 1

    @pytest.mark.usefixtures("pack")
    @pytest.mark.parametrize(
        ("arguments", "why"),
        [
            (["nowhere"], "nowhere: there is no such file or folder"),
            (["sample", "--lang", "yue"], "--lang yue: sample has zh, en, zh-Hant, zh-henan (河南话)"),
            (["empty"], "empty: no pack here"),
        ],
    )
    def test_nothing_to_listen_to_is_one_line_and_2(
        self, tmp_path: Path, kiosk: Kiosk, arguments: list[str], why: str
    ) -> None:
        (tmp_path / "empty").mkdir()
        said = kiosk("check", *arguments)
        assert (said.code, said.out) == (2, "")
        assert len(said.notes) == 1
        assert why in said.notes[0]

    def test_a_pack_that_cannot_be_read_says_where_to_look(self, pack: Path, kiosk: Kiosk) -> None:
        spoil(pack, "pack.yaml", "format: 1", "format: 7")
        said = kiosk("check", "sample")
        assert (said.code, said.out) == (2, "")
        assert said.notes == ["kiosk: sample: no pack here can be read: see `kiosk content check sample`"]


@pytest.mark.parametrize("name", ["RECORDING.md", "RECORDING.zh.md"])
def test_the_documentation_explains_every_word_in_brackets(name: str) -> None:
    source = Path(audition.__file__).read_text(encoding="utf-8")
    calls = re.findall(r'(?:_(?:warning|error)\((?:f"[^"]*"|[^",]+)|Severity\.INFO), "([a-z-]+)"', source)
    document = (Path(__file__).parents[2] / "docs" / name).read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in document.splitlines() if line.startswith("| `")]
    explained = {word for row in rows for word in re.findall(r"`([a-z-]+)`", row)}
    assert explained == set(calls) - {"link"}
    assert len(explained) == 13


HANT = "zh-Hant"


@pytest.mark.usefixtures("pack")
class TestOtherCharacters:
    """What is spoken as another language is recorded there; only words of its own are not."""

    def test_the_sheet_is_read_in_them_and_recorded_where_the_other_is(self, pack: Path, kiosk: Kiosk) -> None:
        speak(pack, SCENE.replace("zh-henan", "zh"))
        spoil(pack, ONE, "  zh: 孙子出事要现金\n", "  zh: 孙子出事要现金\n  zh-Hant: 孫子出事要現鈔\n")
        rows = {row["part"]: row for row in listed(kiosk, HANT, "--all")}
        assert rows["sample/fraud-3/scene-2"]["text"] == "他說打傷了同學，人在派出所。"
        assert rows["sample/fraud-3/scene-2"]["file"] == "audio/zh/fraud-3/scene-2.wav"
        assert rows["sample/fraud-3/scene-1"]["recorded"] == SCENE.replace("zh-henan", "zh")
        assert rows["_kiosk/home-hello"]["text"] == "您好！想做什麼，請按數字。"
        own = rows["sample/fraud-3/title"]
        assert (own["file"], own["text"]) == ("audio/zh-Hant/fraud-3/title.wav", "孫子出事要現鈔")
        assert "sample/fraud-3/scene-1" not in {row["part"] for row in listed(kiosk, HANT)}
        said = kiosk("record-list", "sample", "--lang", HANT)
        assert said.lines[0] == "錄音單：樣例 · zh-Hant"

    def test_only_its_own_words_are_missed_and_nothing_else_is_played(self, pack: Path, kiosk: Kiosk) -> None:
        """Without any, nothing is said of it."""
        assert not any(HANT in line for line in kiosk("check", "sample").lines)
        speak(pack, SCENE.replace("zh-henan", HANT))
        said = kiosk("check", "sample", "--lang", HANT)
        assert [line.partition(": ")[2].partition(" ")[0] for line in said.lines] == ["warning[left-over]"]
        spoil(pack, ONE, "  zh: 孙子出事要现金\n", "  zh: 孙子出事要现金\n  zh-Hant: 孫子出事要現鈔\n")
        said = kiosk("check", "sample", "--lang", HANT)
        assert "0 of 1 parts are recorded" in said.out
