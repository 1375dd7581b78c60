"""How long packs take: opened from the compiled cache, read as values, and read and checked from their files.

The baseline is `yaml.load(…, CSafeLoader)` on the same files, which checks nothing and knows no line; the last row
compares a rule over many words with the same rule over an eighth of them, eight times.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

import yaml

from benchmarks.measure import Row, compare
from kiosk import wiring
from kiosk.adapters.packs import conversion
from kiosk.adapters.packs.advice import plain
from kiosk.adapters.packs.advice.hearing import check_hearing
from kiosk.adapters.packs.advice.library import Column, Library, Passage, Sort
from kiosk.adapters.packs.advice.places import Places
from kiosk.adapters.packs.findings import Notebook
from kiosk.core.items import Text

SCENARIOS = 1_000
TODAY = date(2026, 11, 22)

_CHANNELS = ("phone", "sms", "door", "street", "app", "letter", "chat", "video")
_FLAGS = ("secrecy", "cash-pickup", "hurry", "unsolicited")
_TYPES = ("voice-clone", "refund", "miracle-cure", "fake-police")
_CARDS = 24

_PACK = """format: 1
id: many
version: 2026.11.1
title: {zh: 很多案例, en: Many cases}
languages: [zh, en]
license: CC-BY-4.0
publisher: nobody
reviewed: 2026-11-22
"""
_HELP = """numbers:
  - {number: "96110", name: {zh: 报警, en: Police}, when: {zh: 钱已经转出去了, en: Money has moved}, sources: [{title: made, read: 2026-11-22}], reviewed: 2026-11-22}
first_minutes:
  - {zh: 挂断，不再付钱。, en: Hang up. Pay nothing more.}
"""  # noqa: E501 - one line of the format
_CARD = """- id: card-{n}
  title:
    zh: 派出所{n}
    en: The police {n}
  text:
    zh: 派出所不会派人上门收现金，也没有安全账户。
    en: The police never send anyone for cash. There is no safe account.
  question:
    prompt:
      zh: 真的派出所会怎么办？
      en: What do the real police do?
    choices:
{choices}  sources:
    - title: a leaflet
      read: 2026-11-22
  reviewed: 2026-11-22
  expires: 2027-11-22
"""
_CARD_CHOICES = (
    """      - right: true
        text:
          zh: 叫家人到所里来
          en: Ask the family to come in
""",
    """      - text:
          zh: 派人上门{more}收现金
          en: Send someone {more_en}for the cash
        why:
          zh: 警察不上门收钱。
          en: Police do not collect money.
""",
)
_SCENARIO = """verdict: {verdict}
{fraud_type}twin: case-{twin}
channel: {channel}
level: 2
title:
  zh: {thing}的事情{n}
  en: About the {thing_en} {n}
scene:
  - zh: {place}，{person}跟您说起{thing}。
    en: By the {place_en}, a {person_en} names the {thing_en}.
  - zh: 他打伤了{n}个{other}，{thing}在{far}。
    en: He hurt {n}. The {thing_en} is by the {far_en}.
  - zh: “{far}那边，{last}等着{n}的{gift}。”
    en: “By the {far_en}, give the {gift_en}.”
  - zh: “带{gift}、{n}块钱，{person}上门来取。”
    en: “Bring {n} yuan. The {person_en} will come.”
see:
  lines: [3, 4]
  flags: [{first}, {second}]
cue: 4
ask:
  choices:
{choices}  reply:
    zh: {other}接了：“我在上{n}班的课，没出事。”
    en: He answers, “I am in class {n}. I am fine.”
compare:
  card: card-{card}
explain:
  zh: 声音能造假。要保密、要{gift}，就挂断打回去{n}。
  en: A voice can be faked. Hang up and ring back {n}.
do:
  zh: 挂断，打存好的号码。
  en: Hang up. Ring the saved number.
remember:
  zh: 声音能造假，挂了打回去。
  en: Voices can be faked. Hang up, ring back.
{contrast}constructed: [scene, ask, reply]
sources:
  - title: 一篇报道{n}
    url: https://example.org/{n}
    read: 2026-11-22
reviewed: 2026-11-22
"""
_CHOICES = (
    """    - right: true
      text:
        zh: 打手机里第{n}个名字
        en: Ring him, name {n} in your phone
""",
    """    - text:
        zh: 拨回刚才{more}的号码
        en: Ring the same number {more_en}back
      why:
        zh: 那头还是他们的人。
        en: Their own people would answer.
""",
)
_PLACES = (
    *(
        ("楼下", "gate"),
        ("菜场", "market"),
        ("公园", "park"),
        ("银行", "bank"),
        ("医院", "hospital"),
        ("车站", "station"),
    ),
    *(("学校", "school"), ("河边", "river"), ("饭馆", "canteen"), ("邮局", "post"), ("药店", "shop")),
)
_PEOPLE = (
    *(("邻居", "neighbour"), ("同学", "classmate"), ("司机", "driver"), ("医生", "doctor"), ("护士", "nurse")),
    *(("老师", "teacher"), ("店员", "clerk"), ("民警", "policeman"), ("木匠", "workman"), ("房东", "owner")),
    *(("队长", "captain"), ("会计", "helper"), ("厨师", "cook")),
)
_THINGS = (
    *(
        ("米袋", "rice"),
        ("钥匙", "key"),
        ("药盒", "medicine"),
        ("相册", "picture"),
        ("雨伞", "umbrella"),
        ("粮票", "coupon"),
    ),
    *(
        ("茶壶", "teapot"),
        ("棉袄", "coat"),
        ("花盆", "flower"),
        ("表格", "form"),
        ("收据", "receipt"),
        ("合同", "contract"),
    ),
    *(("单车", "bicycle"), ("鱼缸", "fish"), ("毛毯", "blanket"), ("皮鞋", "shoe"), ("门票", "ticket")),
)
_CONTRAST = """contrast:
  zh: 同样是家里人要钱：不许问的是骗局，请您问的是真的。
  en: Both asked for money. Only the scam said tell nobody.
"""


def write_pack(folder: Path, scenarios: int = SCENARIOS) -> Path:
    """A pack of so many scenarios (an even number), each about as long as the one that the format shows."""
    pack = folder / "many"
    (pack / "scenarios").mkdir(parents=True)
    taxonomy = ["fraud_types:"]
    taxonomy += [f"  - {{id: {word}, name: {{zh: 类型, en: Type {word}}}, official: other}}" for word in _TYPES]
    for kind, words in (("flags", _FLAGS), ("channels", _CHANNELS)):
        taxonomy += [f"{kind}:", *(f"  - {{id: {word}, name: {{zh: 名称, en: '{word}'}}}}" for word in words)]
    for name, text in {
        "pack.yaml": _PACK,
        "help.yaml": _HELP,
        "taxonomy.yaml": "\n".join(taxonomy) + "\n",
        "baselines.yaml": "".join(
            _CARD.format(n=number, choices=_in_turn(_CARD_CHOICES, number)) for number in range(_CARDS)
        ),
    }.items():
        (pack / name).write_text(text, encoding="utf-8")
    for number in range(scenarios):
        is_fraud = number % 2 == 0
        pair = number // 2
        slots = {
            **_named("place", _PLACES[pair % len(_PLACES)]),
            **_named("person", _PEOPLE[pair % len(_PEOPLE)]),
            **_named("thing", _THINGS[pair % len(_THINGS)]),
            **_named("far", _PLACES[(number * 3 + pair // 11) % len(_PLACES)]),
            **_named("other", _PEOPLE[(number * 5 + pair // 13) % len(_PEOPLE)]),
            **_named("last", _PEOPLE[(number * 7 + pair // 17) % len(_PEOPLE)]),
            **_named("gift", _THINGS[(number * 4 + pair // 19) % len(_THINGS)]),
        }
        text = _SCENARIO.format(
            n=number,
            verdict="fraud" if is_fraud else "genuine",
            fraud_type=f"fraud_type: {_TYPES[pair % len(_TYPES)]}\n" if is_fraud else "",
            twin=number + 1 if is_fraud else number - 1,
            channel=_CHANNELS[(number + number // 16) % len(_CHANNELS)],
            first=_FLAGS[number % 4],
            second=_FLAGS[(number + 1) % 4],
            card=pair % _CARDS,
            choices=_in_turn(_CHOICES, number),
            contrast=_CONTRAST if is_fraud else "",
            **slots,
        )
        (pack / "scenarios" / f"case-{number}.yaml").write_text(text, encoding="utf-8")
    return pack


def _in_turn(choices: Sequence[str], number: int) -> str:
    """The right choice first or last, the longest or not."""
    more, more_en = ("来过电话", "a second time ") if number % 4 < 2 else ("", "")
    ordered = choices if number % 2 else reversed(choices)
    return "".join(ordered).format(n=number, more=more, more_en=more_en)


def _named(name: str, words: tuple[str, str]) -> dict[str, str]:
    return {name: words[0], f"{name}_en": words[1]}


def rows() -> Iterable[Row]:
    """Opening, reading all, checking uncached, and all advice, each beside loading the same files as YAML.

    The third language, which is made of the first and which the baseline knows nothing of, has rows of its own.
    """
    with tempfile.TemporaryDirectory() as place:
        pack = write_pack(Path(place))
        files = sorted(pack.rglob("*.yaml"))
        cache = Path(place) / "cache"
        interface = wiring.words()

        def load() -> None:
            for file in files:
                with file.open("rb") as opened:
                    yaml.load(opened, Loader=yaml.CSafeLoader)

        def open_cache() -> None:
            opened = wiring.packs([pack], cache)
            assert opened.at_hand() is not None
            opened.close()

        def fetch_all() -> None:
            opened = wiring.packs([pack], cache)
            catalogue = opened.at_hand()
            assert catalogue is not None
            found = opened.fetch([entry.id for entry in catalogue.entries])
            assert len(found) == SCENARIOS
            opened.close()

        def read() -> None:
            assert not wiring.read_packs([pack], TODAY).problems

        def hear() -> None:
            found = wiring.read_packs([pack], TODAY)
            notebook = Notebook(pack)
            library = Library(pack, ("zh", "en"), found.catalogue, found.items)
            check_hearing(library, interface, Places(library, notebook))
            assert not [*found.problems, *notebook.problems]

        def check() -> None:
            assert not wiring.check_packs([pack], TODAY)

        many = f"{SCENARIOS} scenarios"
        with patch.object(conversion, "can_convert", lambda _: False):  # as where OpenCC isn't installed
            wiring.compile_packs([pack], cache, TODAY)
            yield compare(f"{many} from the cache as values", 0.1, fetch_all, load)
            yield compare(f"read and check {many} uncached", 1.0, read, load)
            yield compare(f"{many} uncached, with how long each screen is to hear", 1.2, hear, load)
        wiring.compile_packs([pack], cache, TODAY)
        yield compare(f"open {many} from the cache, checked for freshness", 0.02, open_cache, load)
        yield compare(f"{many} from the cache as values, a third language made", 0.13, fetch_all, load)
        yield compare(f"read and check {many} uncached, a third language made", 1.2, read, load)
        yield compare(f"{many} as `content check`, with all its advice", 3.5, check, load)
    yield _uncommon_words()


def _uncommon_words() -> Row:
    """That the time grows with the number of words which nobody knows, not with its square."""
    few, times = 1_000, 8
    chance = random.Random(1)  # noqa: S311 - words for a measurement
    syllables = [first + second for first in "bcdfgklmnprtvwz" for second in "aeiou"]
    texts = [Text({"en": f"He has {''.join(chance.choices(syllables, k=4))} and left."}) for _ in range(few * times)]
    passages = [Passage("x", str(number), "do", Sort.WHY, text) for number, text in enumerate(texts)]
    parts = [Column(passages[start : start + few], "en") for start in range(0, len(passages), few)]
    whole = Column(passages, "en")

    def check(columns: Sequence[Column]) -> None:
        found = [hit for column in columns for hit in plain.uncommon_words(column, "")]
        assert len(found) > 0.9 * few * times

    name = f"{few * times} uncommon words, beside {times} times {few}"
    return compare(name, 1.5, lambda: check([whole]), lambda: check(parts))


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:<62} {row.ours * 1e3:9.1f} ms {row.baseline * 1e3:9.1f} ms {row.ratio:7.4f} ≤ {row.limit}")
