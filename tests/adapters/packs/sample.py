"""A small pack without fault, written where a test wants it and spoiled as it wants."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.adapters.packs.check import CheckedPack, check_pack
from kiosk.core.problems import Problem, Severity

TODAY = date(2026, 11, 22)
PAIRS = 3
"""Pairs 1 and 2 are measured (forms A and B), pair 3 is practised."""

PACK = """format: 1
id: sample
version: 2026.11.1
title: {zh: 样例, en: Sample}
languages: [zh, en]
varieties:
  - {id: zh-henan, text: zh, name: 河南话}
measured:
  - {A: [fraud-1, genuine-1], B: [fraud-2, genuine-2]}
license: CC-BY-4.0
publisher: nobody
reviewed: 2026-11-22
"""
TAXONOMY = """fraud_types:
  - {id: voice-clone, name: {zh: AI拟声, en: AI voice clone}, official: other}
  - {id: refund, name: {zh: 退款, en: Refund}, official: service}
flags:
  - {id: secrecy, name: {zh: 要求保密, en: Demands secrecy}}
  - {id: cash-pickup, name: {zh: 上门取现, en: Collects cash}}
channels:
  - {id: phone, name: {zh: 电话, en: Phone call}}
  - {id: door, name: {zh: 上门, en: At the door}}
tallies:
  - {id: leaflets, name: {zh: 宣传单, en: Leaflets}}
"""
HELP = """numbers:
  - number: "110"
    name: {zh: 报警, en: Police}
    when: {zh: 钱已经转出去了, en: Money has moved}
    sources: [{title: a leaflet, read: 2026-11-22}]
    reviewed: 2026-11-22
  - number: "96110"
    name: {zh: 反诈专线, en: Fraud line}
    when: {zh: 拿不准的时候, en: When you are not sure}
    sources: [{title: a leaflet, read: 2026-11-22}]
    reviewed: 2026-11-22
    expires: 2027-06-30
first_minutes:
  - {zh: 挂断，不再付钱。, en: Hang up. Pay nothing more.}
"""
CARD = """- id: {name}
  title:
    zh: 派出所
    en: The police
  text:
    zh: 派出所不会派人上门收现金。
    en: The police never send anyone for cash.
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
FACTS = """- {id: fact-1, card: police, form: A}
- id: fact-2
  card: bank
  form: B
  prompt: {zh: 银行会要密码吗？, en: Does a bank ask for your PIN?}
  choices:
    - {text: {zh: 会, en: 'Yes'}, why: {zh: 密码只有您知道。, en: Only you know it.}}
    - {right: true, text: {zh: 不会, en: 'No'}}
"""
SAYINGS = """- {id: ring-back, kind: rhyme, text: {zh: 声音能造假，挂了打回去。, en: 'Voices can be faked: ring back.'}}
"""
NOTICES = """- id: clerks
  from: 2026-11-01
  until: 2026-12-31
  text: {zh: 近来有人冒充上门，一律先打110问。, en: False clerks call. Ring 110 first.}
  sources: [{title: a leaflet, read: 2026-11-22}]
"""
PRIZES = """- {id: eggs, name: {zh: 一袋鸡蛋, en: A bag of eggs}}
"""
SCENARIO = """verdict: {verdict}
{fraud_type}twin: {twin}
channel: phone
level: 2
title:
  zh: 孙子出事要现金
  en: A grandson needs cash
scene:
  - zh: 座机响了，那头哭着叫奶奶。
    en: The phone rings. Someone cries, “Grandma!”
  - zh: 他说打伤了同学，人在派出所。
    en: He hurt a classmate. He is with the police.
  - zh: “千万别告诉我爸妈。”
    en: “Please, do not tell Mum and Dad.”
  - zh: “准备两万现金，有人上门来取。”
    en: “Get 20,000 in cash. Someone will come for it.”
see:
  lines: [3, 4]
  flags: [secrecy, cash-pickup]
cue: 4
ask:
  choices:
    - right: true
      text:
        zh: 打孙子手机里存的号码
        en: Ring the number saved for him
    - text:
        zh: 拨回刚才的号码
        en: Ring the same number back
      why:
        zh: 那头还是他们的人。
        en: Their own people would answer.
  reply:
    zh: 孙子接了：“我在上课，没出事。”
    en: He answers, “I am in class. I am fine.”
compare:
  card: police
explain:
  zh: 声音能造假。要保密、要现金，就挂断打回去。
  en: A voice can be faked. Secrecy and cash? Hang up and ring back.
do:
  zh: 挂断，打存好的号码，再告诉家人。
  en: Hang up. Ring the saved number. Tell the family.
remember:
  zh: 声音能造假，挂了打回去。
  en: Voices can be faked. Hang up, ring back.
{contrast}constructed: [scene, ask, reply]
reviewed: 2026-11-22
"""
SCENES = {
    1: """  - zh: 爷爷在公园下棋，来了个年轻人。
    en: Grandpa plays chess in the park. A man comes.
  - zh: 年轻人夸他棋好，递上一包茶叶。
    en: He likes the game and gives him some tea.
  - zh: “茶叶是亲戚种的，一点心意。”
    en: “My family grows it. Please take it.”
  - zh: “明天请到店里坐坐，带上老伴。”
    en: “Come to our shop tomorrow, with your wife.”
""",
    2: """  - zh: 楼道里贴着一张修水管的纸条。
    en: A note on the stairs offers to mend pipes.
  - zh: 师傅上门看了看，说要换龙头。
    en: The workman comes. He says the tap must go.
  - zh: “零件我带着，先付三百块。”
    en: “I have the parts here. Pay 300 first.”
  - zh: “明天再来，就要五百了。”
    en: “If I come back tomorrow, it is 500.”
""",
}
"""Of the measured pairs; the scene of the others stands in `SCENARIO`."""
CONTRAST = """contrast:
  zh: 同样是家里人要钱：不许问的是骗局，请您问的是真的。
  en: Both asked for money. The scam said tell nobody. The real one said ask.
"""
STORY = """title: {zh: 五十八张旧粮票, en: Fifty-eight old coupons}
fraud_type: refund
card: bank
pages:
  - text: {zh: 老李收着五十八张旧粮票。, en: Old Li kept fifty-eight old coupons.}
  - speaker: narrator
    text: {zh: 有人说值两百万。, en: A man said they were worth two million.}
    pause:
      prompt: {zh: 换了您，先做哪一样？, en: 'What would you do first?'}
      choices:
        - {right: true, text: {zh: 先问女儿, en: Ask my daughter}}
        - {text: {zh: 先交手续费, en: Pay the fee}, why: {zh: 交了就要不回来。, en: It never comes back.}}
  - text: {zh: 他交了一万八。, en: He paid eighteen thousand.}
lesson:
  see: {zh: 只看照片，就敢说两百万。, en: From a photo they promised two million.}
  ask: {zh: 先问家里人。, en: Ask the family first.}
  compare: {zh: 真拍卖先验货。, en: Real auctions look first.}
sources: [{title: a report, read: 2026-11-22}]
reviewed: 2026-11-22
"""


def scenario(verdict: str, number: int) -> str:
    """The text of `<verdict>-<number>`, whose twin is the other verdict of the same number."""
    other = "genuine" if verdict == "fraud" else "fraud"
    start, rest = SCENARIO.split("scene:\n")
    scene, rest = rest.split("see:\n", 1)
    written = f"{start}scene:\n{SCENES.get(number, scene)}see:\n{rest}"
    return written.format(
        verdict=verdict,
        fraud_type="fraud_type: voice-clone\n" if verdict == "fraud" else "",
        twin=f"{other}-{number}",
        contrast=CONTRAST if verdict == "fraud" else "",
    )


FILES = {
    "pack.yaml": PACK,
    "taxonomy.yaml": TAXONOMY,
    "baselines.yaml": CARD.format(name="police") + CARD.format(name="bank"),
    "facts.yaml": FACTS,
    "help.yaml": HELP,
    "sayings.yaml": SAYINGS,
    "notices.yaml": NOTICES,
    "prizes.yaml": PRIZES,
    "stories/coupons.yaml": STORY,
    **{
        f"scenarios/{verdict}-{number}.yaml": scenario(verdict, number)
        for number in range(1, PAIRS + 1)
        for verdict in ("fraud", "genuine")
    },
}
ONE = "scenarios/fraud-3.yaml"
"""The scenario that most tests spoil: practised, in no pool."""


def write_pack(folder: Path, **changed: str) -> Path:
    """The pack as `folder/sample`."""
    pack = folder / "sample"
    for name, text in FILES.items():
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(name, text), encoding="utf-8")
    return pack


def spoil(pack: Path, name: str, old: str, new: str) -> None:
    """Replace a part of a file once; the part must be there."""
    path = pack / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def check(pack: Path) -> CheckedPack:
    """The pack, checked on the day of these tests."""
    return check_pack(pack, TODAY)


def found(pack: Path, name: str = "") -> list[Problem]:
    """The problems of a file, or of all; without infos."""
    where = str(pack / name) if name else str(pack)
    return [
        problem
        for problem in check(pack).problems
        if problem.path.startswith(where) and problem.severity is not Severity.INFO
    ]


def codes(problems: list[Problem]) -> list[str]:
    """Their codes, in order."""
    return [problem.code for problem in problems]


def shown(pack: Path) -> set[str]:
    """The items that the pack would show, without the pack's name."""
    return {entry.id.removeprefix("sample/") for entry in check(pack).entries}
