"""How long packs take: opened from the compiled cache, read as values, and read and checked from their files.

The baseline is `yaml.load(…, CSafeLoader)` on the same files, which checks nothing and knows no line.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from benchmarks.measure import Row, compare
from kiosk import wiring

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
      - right: true
        text:
          zh: 叫家人到所里来
          en: Ask the family to come in
      - text:
          zh: 派人上门收现金
          en: Send someone for the cash
        why:
          zh: 警察不上门收钱。
          en: Police do not collect money.
  sources:
    - title: a leaflet
      read: 2026-11-22
  reviewed: 2026-11-22
  expires: 2027-11-22
"""
_SCENARIO = """verdict: {verdict}
{fraud_type}twin: case-{twin}
channel: {channel}
level: 2
title:
  zh: 孙子出事要现金{n}
  en: A grandson needs cash {n}
scene:
  - zh: 座机响了，那头哭着叫奶奶。
    en: The phone rings. Someone cries, “Grandma!”
  - zh: 他说打伤了{n}个同学，人在派出所。
    en: He hurt {n} classmates, and is with the police.
  - zh: “千万别告诉我爸妈。”
    en: “Please, do not tell Mum and Dad.”
  - zh: “准备{n}万现金，有人上门来取。”
    en: “Bring {n} in cash. Someone will come.”
see:
  lines: [3, 4]
  flags: [{first}, {second}]
cue: 4
ask:
  choices:
    - right: true
      text:
        zh: 打孙子手机里存的号码{n}
        en: Ring the number saved for him ({n})
    - text:
        zh: 拨回刚才的号码
        en: Ring the same number back
      why:
        zh: 那头还是他们的人。
        en: Their own people would answer.
  reply:
    zh: 孙子接了：“我在上{n}班的课，没出事。”
    en: He answers, “I am in class {n}. I am fine.”
compare:
  card: card-{card}
explain:
  zh: 声音能造假。要保密、要现金，就挂断打回去{n}。
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
        "baselines.yaml": "".join(_CARD.format(n=number) for number in range(_CARDS)),
    }.items():
        (pack / name).write_text(text, encoding="utf-8")
    for number in range(scenarios):
        is_fraud = number % 2 == 0
        text = _SCENARIO.format(
            n=number,
            verdict="fraud" if is_fraud else "genuine",
            fraud_type=f"fraud_type: {_TYPES[number // 2 % len(_TYPES)]}\n" if is_fraud else "",
            twin=number + 1 if is_fraud else number - 1,
            channel=_CHANNELS[number % len(_CHANNELS)],
            first=_FLAGS[number % 4],
            second=_FLAGS[(number + 1) % 4],
            card=number // 2 % _CARDS,
            contrast=_CONTRAST if is_fraud else "",
        )
        (pack / "scenarios" / f"case-{number}.yaml").write_text(text, encoding="utf-8")
    return pack


def rows() -> Iterable[Row]:
    """Opening, reading all, and checking uncached, each beside loading the same files as YAML."""
    with tempfile.TemporaryDirectory() as place:
        pack = write_pack(Path(place))
        files = sorted(pack.rglob("*.yaml"))
        cache = Path(place) / "cache"
        wiring.packs([pack], cache).catalogue()

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

        def check() -> None:
            assert not wiring.check_packs([pack], TODAY)

        yield compare(f"open {SCENARIOS} scenarios from the cache, checked for freshness", 0.02, open_cache, load)
        yield compare(f"{SCENARIOS} scenarios from the cache as values", 0.1, fetch_all, load)
        yield compare(f"read and check {SCENARIOS} scenarios uncached", 1.0, read, load)
        yield compare(
            f"{SCENARIOS} scenarios as `content check`, with how long each screen is to hear", 1.2, check, load
        )


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:<62} {row.ours * 1e3:9.1f} ms {row.baseline * 1e3:9.1f} ms {row.ratio:7.4f} ≤ {row.limit}")
