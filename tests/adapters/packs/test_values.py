"""What a pack's files become: the core's values, complete, with the defaults of the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.packs.compiler import read_packs
from kiosk.core.catalogue import Entry, PackName, Variety
from kiosk.core.items import Act, Choice, Fact, HelpNumber, Kind, Notice, Saying, Scenario, Story, Text, Verdict
from tests.adapters.packs.sample import ONE, TODAY, check, codes, found, spoil, write_pack

WRITTEN = ("zh", "en", "zh-Hant")
"""As the pack says, and what is made of it."""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def scenario(pack: Path, name: str) -> Scenario:
    item = check(pack).items[f"sample/{name}"]
    assert isinstance(item, Scenario)
    return item


def entry(pack: Path, name: str) -> Entry:
    return next(entry for entry in check(pack).entries if entry.id == f"sample/{name}")


def test_a_scenario_is_what_its_file_says(pack: Path) -> None:
    value = scenario(pack, "fraud-3")
    assert value.id == "sample/fraud-3"
    assert value.pack_version == "2026.11.1"
    assert value.verdict is Verdict.FRAUD
    assert (value.fraud_type, value.twin, value.channel, value.level) == ("voice-clone", "sample/genuine-3", "phone", 2)
    title = {"zh": "孙子出事要现金", "en": "A grandson needs cash", "zh-Hant": "孫子出事要現金"}
    assert value.title == Text(title, {}, "sample/fraud-3/title")
    assert [line.write("zh") for line in value.scene][2] == "“千万别告诉我爸妈。”"
    assert (value.see_lines, value.cue) == ((3, 4), 4)
    assert value.ask[0] == Choice(
        Text(
            {"zh": "打孙子手机里存的号码", "en": "Ring the number saved for him", "zh-Hant": "打孫子手機裡存的號碼"},
            {},
            "sample/fraud-3/ask-1",
        ),
        right=True,
    )
    assert value.ask[1].why == Text(
        {"zh": "那头还是他们的人。", "en": "Their own people would answer.", "zh-Hant": "那頭還是他們的人。"},
        {},
        "sample/fraud-3/ask-2-why",
    )
    assert value.card.id == "sample/police"
    assert value.card.question.right == 1
    assert value.card.expires == "2027-11-22"


def test_the_index_says_what_a_choice_must_know(pack: Path) -> None:
    assert entry(pack, "fraud-1") == Entry(
        "sample/fraud-1",
        Kind.SCENARIO,
        Verdict.FRAUD,
        "phone",
        2,
        "sample/genuine-1",
        "voice-clone",
        "2027-11-22",
        WRITTEN,
        "sample/police",
        0,
        "A",
    )
    assert entry(pack, "fact-2") == Entry(
        "sample/fact-2", Kind.FACT, None, "", 0, "", "", "2027-11-22", WRITTEN, "sample/bank", -1, "B"
    )
    assert entry(pack, "coupons") == Entry(
        "sample/coupons", Kind.STORY, None, "", 0, "", "refund", "2027-11-22", WRITTEN, "sample/bank"
    )


def test_the_flags_names_are_the_default_of_why(pack: Path) -> None:
    assert scenario(pack, "fraud-3").see_why == Text(
        {"zh": "要求保密、上门取现", "en": "Demands secrecy, Collects cash", "zh-Hant": "要求保密、上門取現"},
        {},
        "sample/fraud-3/see-why",
    )
    spoil(pack, ONE, "  flags: [secrecy, cash-pickup]\n", "  flags: [secrecy]\n  why: {zh: 要保密, en: Secrecy}\n")
    assert scenario(pack, "fraud-3").see_why == Text(
        {"zh": "要保密", "en": "Secrecy", "zh-Hant": "要保密"}, {}, "sample/fraud-3/see-why"
    )


def test_flags_whose_names_are_too_long_together_are_refused(pack: Path) -> None:
    spoil(pack, "taxonomy.yaml", "zh: 要求保密", "zh: " + "密" * 12)
    spoil(pack, "taxonomy.yaml", "zh: 上门取现", "zh: " + "现" * 12)
    assert found(pack) == []
    spoil(pack, ONE, "[secrecy, cash-pickup]", "[secrecy, cash-pickup, secrecy]")
    assert codes(found(pack, ONE)) == ["too-long"]


def test_a_genuine_item_counts_under_its_twins_type(pack: Path) -> None:
    assert scenario(pack, "genuine-3").fraud_type == "voice-clone"
    assert entry(pack, "genuine-3").fraud_type == "voice-clone"


def test_a_contrast_is_given_to_both_twins(pack: Path) -> None:
    fraud, genuine = scenario(pack, "fraud-3"), scenario(pack, "genuine-3")
    assert fraud.contrast is not None
    assert fraud.contrast == genuine.contrast


def test_without_a_contrast_neither_has_one(pack: Path) -> None:
    text = (pack / ONE).read_text("utf-8")
    start = text.index("contrast:")
    (pack / ONE).write_text(text[:start] + text[text.index("constructed:") :], "utf-8")
    assert scenario(pack, "genuine-3").contrast is None


def test_the_right_actions_follow_the_verdict_unless_they_are_named(pack: Path) -> None:
    assert scenario(pack, "fraud-3").act == (Act.CHECK, Act.REFUSE)
    assert scenario(pack, "genuine-3").act == (Act.GO, Act.CHECK)
    spoil(pack, "scenarios/genuine-3.yaml", "level: 2", "level: 2\nact: [go, check, refuse]")
    assert scenario(pack, "genuine-3").act == (Act.GO, Act.CHECK, Act.REFUSE)


def test_a_level_is_two_unless_it_is_named(pack: Path) -> None:
    spoil(pack, ONE, "level: 2\n", "")
    assert scenario(pack, "fraud-3").level == 2
    spoil(pack, ONE, "cue: 4\n", "cue: 4\nlevel: 1\n")
    assert entry(pack, "fraud-3").level == 1


def test_numbers_of_help_stand_where_they_are_named_and_lend_their_expiry(pack: Path) -> None:
    spoil(pack, ONE, "挂断，打存好的号码，", "挂断，打{help:96110}，")
    assert scenario(pack, "fraud-3").do.write("zh") == "挂断，打96110，再告诉家人。"
    assert entry(pack, "fraud-3").expires == "2027-06-30"
    spoil(pack, ONE, "{help:96110}", "{help:110}")
    assert entry(pack, "fraud-3").expires == "2027-11-22"


def test_a_number_in_a_card_lends_its_expiry_to_all_that_rests_on_it(pack: Path) -> None:
    spoil(pack, "baselines.yaml", "派出所不会派人上门收现金。", "拿不准，打{help:96110}。")
    assert {entry(pack, name).expires for name in ("fraud-1", "genuine-3", "fact-1")} == {"2027-06-30"}
    assert entry(pack, "fact-2").expires == "2027-11-22"


def test_say_tells_the_voice_in_the_text_or_beside_it(pack: Path) -> None:
    spoil(pack, ONE, "  zh: 孙子出事要现金\n", "  zh: 孙子出事要现金\n  say: {zh: 孙子，出事，要现金}\n")
    title = scenario(pack, "fraud-3").title
    assert (title.say("zh"), title.say("en")) == ("孙子，出事，要现金", "A grandson needs cash")
    spoil(pack, ONE, "    - right: true\n", "    - right: true\n      say: {zh: 打存好的, zh-henan: 打恁存嘞}\n")
    assert scenario(pack, "fraud-3").ask[0].text.spoken == {"zh": "打存好的", "zh-henan": "打恁存嘞"}
    assert found(pack) == []
    spoil(pack, ONE, "zh-henan", "zh-hunan")
    assert codes(found(pack, ONE)) == ["unknown-key"]


def test_every_scalar_is_text(pack: Path) -> None:
    for written in ("yes", "no", "1.10", "12:30", "0123", "null", "~", "2026-11-22", "0x1F", "1_000"):
        value = scenario(write_pack(pack / written.replace(":", "-"), **{}), "fraud-3")
        assert value.title.write("en") == "A grandson needs cash"
        inner = pack / written.replace(":", "-") / "sample"
        spoil(inner, ONE, "  en: A grandson needs cash", f"  en: {written}")
        assert scenario(inner, "fraud-3").title.write("en") == written


def test_a_fact_asks_its_cards_question_or_its_own(pack: Path) -> None:
    items = check(pack).items
    first, second = items["sample/fact-1"], items["sample/fact-2"]
    assert isinstance(first, Fact)
    assert isinstance(second, Fact)
    assert first.question == first.card.question
    assert second.question.prompt.write("en") == "Does a bank ask for your PIN?"
    assert (second.question.right, second.form) == (2, "B")


def test_a_story_has_its_pages_pauses_and_lesson(pack: Path) -> None:
    story = check(pack).items["sample/coupons"]
    assert isinstance(story, Story)
    assert [page.speaker for page in story.pages] == [None, "narrator", None]
    assert story.pages[1].pause is not None
    assert story.pages[1].pause.right == 1
    assert story.lesson.compare.write("en") == "Real auctions look first."
    assert story.card is not None


def test_the_small_files_become_small_values(pack: Path) -> None:
    checked = check(pack)
    assert checked.name == PackName(
        "sample",
        "2026.11.1",
        Text({"zh": "样例", "en": "Sample", "zh-Hant": "樣例"}),
        WRITTEN,
        (Variety("zh-henan", "zh", "河南话"),),
        str(pack),
    )
    assert checked.sayings == (
        Saying(
            "sample/ring-back",
            "rhyme",
            Text(
                {
                    "zh": "声音能造假，挂了打回去。",
                    "en": "Voices can be faked: ring back.",
                    "zh-Hant": "聲音能造假，掛了打回去。",
                }
            ),
        ),
    )
    assert checked.notices == (
        Notice(
            "sample/clerks",
            "2026-11-01",
            "2026-12-31",
            Text(
                {
                    "zh": "近来有人冒充上门，一律先打110问。",
                    "en": "False clerks call. Ring 110 first.",
                    "zh-Hant": "近來有人冒充上門，一律先打110問。",
                }
            ),
        ),
    )
    assert checked.help_numbers[1] == HelpNumber(
        "96110",
        Text({"zh": "反诈专线", "en": "Fraud line", "zh-Hant": "反詐專線"}),
        Text(
            {"zh": "拿不准的时候", "en": "When you are not sure", "zh-Hant": "拿不準的時候"},
            {},
            "sample/_help/when-96110",
        ),
        "2027-06-30",
    )
    assert checked.first_minutes == (
        Text(
            {"zh": "挂断，不再付钱。", "en": "Hang up. Pay nothing more.", "zh-Hant": "掛斷，不再付錢。"},
            {},
            "sample/_help/minute-1",
        ),
    )


def names(value: object) -> list[str]:
    """The parts of all texts in a value, in the value's order, without the pack's name."""
    if isinstance(value, Text):
        return [value.part.removeprefix("sample/")]
    return [name for each in value for name in names(each)] if isinstance(value, tuple) else []


def test_every_text_that_can_be_recorded_knows_the_name_of_its_part(pack: Path) -> None:
    checked = check(pack)
    police = [f"police/{part}" for part in ("title", "text", "question", "choice-1", "choice-2", "choice-2-why")]
    own = ["title", "scene-1", "scene-2", "scene-3", "scene-4", "see-why", "ask-1", "ask-2", "ask-2-why", "ask-reply"]
    assert names(checked.items["sample/fraud-3"]) == [
        *(f"fraud-3/{part}" for part in own),
        *police,
        *(f"fraud-3/{part}" for part in ("explain", "do", "remember", "contrast")),
    ]
    bank = [part.replace("police", "bank") for part in police]
    story = [
        *("title", "page-1", "page-2", "page-2-prompt", "page-2-choice-1", "page-2-choice-2", "page-2-choice-2-why"),
        *("page-3", "lesson-see", "lesson-ask", "lesson-compare"),
    ]
    assert names(checked.items["sample/coupons"]) == [*(f"coupons/{part}" for part in story), *bank]
    assert names(checked.items["sample/fact-1"]) == [*police[2:], *police]
    asked = ["question", "choice-1", "choice-1-why", "choice-2"]
    assert names(checked.items["sample/fact-2"]) == [*(f"fact-2/{part}" for part in asked), *bank]
    assert names(checked.first_minutes) == ["_help/minute-1"]
    assert [number.when.part for number in checked.help_numbers] == ["sample/_help/when-110", "sample/_help/when-96110"]


def test_a_contrast_keeps_the_name_of_the_twin_that_it_is_written_in(pack: Path) -> None:
    contrast = scenario(pack, "genuine-3").contrast
    assert contrast is not None
    assert contrast.part == "sample/fraud-3/contrast"


def test_no_part_is_named_twice_with_another_text(pack: Path) -> None:
    texts: dict[str, Text] = {}

    def collect(value: object) -> None:
        if isinstance(value, Text):
            assert texts.setdefault(value.part, value) == value
        elif isinstance(value, tuple):
            for each in value:
                collect(each)

    for item in check(pack).items.values():
        collect(item)
    assert "" not in texts


def test_a_number_to_dial_with_spaces_names_its_part_without_them(pack: Path) -> None:
    spoil(pack, "help.yaml", 'number: "110"', 'number: "+86 371-96110"')
    assert check(pack).help_numbers[0].when.part == "sample/_help/when-86-371-96110"


def test_pools_are_counted_over_all_packs_and_names_stay_apart(pack: Path, tmp_path: Path) -> None:
    other = write_pack(tmp_path / "other")
    spoil(other, "pack.yaml", "id: sample", "id: second")
    compiled = read_packs([pack, other], TODAY)
    assert compiled.catalogue.pools == 2
    assert {entry.pool for entry in compiled.catalogue.entries if entry.id.startswith("second/")} == {-1, 1}
    assert len(compiled.items) == 18
    assert [number.number for number in compiled.catalogue.help_numbers] == ["110", "96110"]


def test_a_second_pack_of_the_same_id_is_left_out(pack: Path, tmp_path: Path) -> None:
    other = write_pack(tmp_path / "other")
    compiled = read_packs([pack, other], TODAY)
    assert [(problem.code, problem.path) for problem in compiled.problems] == [
        ("repeated-id", str(other / "pack.yaml"))
    ]
    assert len(compiled.items) == 9
