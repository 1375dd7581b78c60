"""The `Packs` port in memory, and small valid values of every kind that a pack holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.core.catalogue import Catalogue, Entry, PackName
from kiosk.core.errors import PackError
from kiosk.core.items import (
    Act,
    Card,
    Choice,
    Fact,
    HelpNumber,
    Item,
    Kind,
    Lesson,
    Notice,
    Question,
    Saying,
    Scenario,
    Story,
    StoryPage,
    Text,
    Verdict,
)

PACK = "sample"
VERSION = "2026.11.1"
LANGUAGES = ("zh", "en")
CHANNELS = ("phone", "sms", "door", "street", "app", "letter")
FRAUD_TYPES = ("voice-clone", "refund", "miracle-cure", "fake-police")


class FakePacks:
    """Content held in memory."""

    def __init__(self, catalogue: Catalogue, items: Mapping[str, Item]) -> None:
        self._catalogue = catalogue
        self._items = items

    def catalogue(self) -> Catalogue:
        """The index; as the real one, an error where there is nothing to show."""
        if not self._catalogue.entries:
            raise PackError("no item can be shown")
        return self._catalogue

    def fetch(self, ids: Sequence[str]) -> dict[str, Item]:
        """The items asked for, without those that are not there."""
        return {item_id: self._items[item_id] for item_id in ids if item_id in self._items}


def text(zh: str, en: str, **spoken: str) -> Text:
    """A text in both languages; `zh=` or `en=` cannot be given twice, so spoken forms come as `say_zh=`."""
    return Text({"zh": zh, "en": en}, {key.removeprefix("say_"): value for key, value in spoken.items()})


def choices(name: str, right: int = 1, count: int = 2) -> tuple[Choice, ...]:
    """`count` choices, the `right`-th of them right, the others with a why."""
    return tuple(
        Choice(text(f"{name}选项{place}", f"{name} choice {place}"), right=True)
        if place == right
        else Choice(
            text(f"{name}选项{place}", f"{name} choice {place}"),
            why=text(f"{name}为什么不选{place}。", f"{name} why not {place}."),
        )
        for place in range(1, count + 1)
    )


def question(name: str, right: int = 1, count: int = 2) -> Question:
    """A question whose `right`-th choice is right."""
    return Question(text(f"{name}会怎么办？", f"What does {name} do?"), choices(name, right, count))


def card(number: int = 1, expires: str | None = None) -> Card:
    """Card `sample/card-<number>`."""
    return Card(
        id=f"{PACK}/card-{number}",
        title=text(f"办法{number}", f"Rule {number}"),
        text=text(f"真的单位{number}不上门收钱。", f"The real office {number} never comes for money."),
        question=question(f"单位{number}", right=number % 2 + 1),
        expires=expires,
    )


def scenario(
    number: int = 1,
    verdict: Verdict = Verdict.FRAUD,
    *,
    channel: str | None = None,
    level: int = 2,
    card_value: Card | None = None,
    lines: int = 4,
    act: tuple[Act, ...] | None = None,
) -> Scenario:
    """`sample/fraud-<number>` or `sample/genuine-<number>`; the two are twins."""
    name = f"{verdict.value}-{number}"
    default_act = (Act.CHECK, Act.REFUSE) if verdict is Verdict.FRAUD else (Act.GO, Act.CHECK)
    return Scenario(
        id=f"{PACK}/{name}",
        pack_version=VERSION,
        verdict=verdict,
        fraud_type=FRAUD_TYPES[number % len(FRAUD_TYPES)],
        twin=f"{PACK}/{verdict.other.value}-{number}",
        channel=channel or CHANNELS[number % len(CHANNELS)],
        level=level,
        title=text(f"标题{number}", f"Title {name}"),
        scene=tuple(
            text(f"情景{number}第{line}行，有人来电话。", f"Scene {name}, line {line}: someone calls.")
            for line in range(1, lines + 1)
        ),
        see_lines=(lines - 1, lines),
        see_why=text("要求保密、上门取现", "Demands secrecy, collects cash"),
        cue=lines,
        ask=choices(f"问{number}", right=1),
        reply=text(f"问过了{number}：原来如此。", f"Asked {number}: so that is how it is."),
        card=card_value or card(number),
        explain=text(f"道理{number}：先挂断，再打回去。", f"Reason {number}: hang up and ring back."),
        do=text(f"做法{number}：打存好的号码。", f"Deed {number}: ring the saved number."),
        remember=text(f"记住{number}：挂了打回去。", f"Keep {number}: hang up, ring back."),
        contrast=text(f"对比{number}：一个不许问，一个请您问。", f"Contrast {number}: one forbade asking."),
        act=default_act if act is None else act,
    )


def fact(number: int = 1, form: str = "A", card_value: Card | None = None) -> Fact:
    """`sample/fact-<number>`, asking its card's question."""
    value = card_value or card(number)
    return Fact(f"{PACK}/fact-{number}", VERSION, form, value.question, value)


def story(number: int = 1, pages: int = 4, pause_on: int = 2, card_value: Card | None = None) -> Story:
    """`sample/story-<number>` with a pause on page `pause_on` (0 for none)."""
    return Story(
        id=f"{PACK}/story-{number}",
        pack_version=VERSION,
        fraud_type=FRAUD_TYPES[number % len(FRAUD_TYPES)],
        title=text(f"故事{number}", f"Story {number}"),
        pages=tuple(
            StoryPage(
                text(f"故事{number}第{page}页，老人接到电话。", f"Story {number}, page {page}: a call comes."),
                pause=question(f"故事{number}") if page == pause_on else None,
            )
            for page in range(1, pages + 1)
        ),
        lesson=Lesson(
            see=text("只看照片就出价。", "A price from a photo."),
            ask=text("先问家里人。", "Ask the family first."),
            compare=text("真拍卖先验货。", "Real auctions look first."),
        ),
        card=card_value,
    )


def entry(item: Item, *, pool: int = -1, form: str = "", languages: tuple[str, ...] = LANGUAGES) -> Entry:
    """The line of the index for an item."""
    rests_on = item.card
    expires = rests_on.expires if rests_on else None
    card_id = rests_on.id if rests_on else ""
    match item:
        case Scenario():
            return Entry(
                item.id, Kind.SCENARIO, item.verdict, item.channel, item.level, item.twin, item.fraud_type,
                expires, languages, card_id, pool, form,
            )  # fmt: skip
        case Fact():
            return Entry(item.id, Kind.FACT, None, "", 0, "", "", expires, languages, card_id, -1, item.form)
        case Story():
            return Entry(item.id, Kind.STORY, None, "", 0, "", item.fraud_type, expires, languages, card_id)


def small_catalogue(
    pairs: int = 8, pools: int = 1, facts: int = 12, stories: int = 3
) -> tuple[Catalogue, dict[str, Item]]:
    """`pairs` twin pairs for practice, four more for each measured pool, facts half A half B, and stories.

    Numbers run on: pairs 1 … `pairs` are practised; the pools' pairs come after them, the first two of each
    four in form A and the last two in form B, all of level 2. Channels go round through `CHANNELS`.
    """
    entries: list[Entry] = []
    items: dict[str, Item] = {}

    def add(item: Item, pool: int = -1, form: str = "") -> None:
        items[item.id] = item
        entries.append(entry(item, pool=pool, form=form))

    for number in range(1, pairs + 1):
        for verdict in Verdict:
            add(scenario(number, verdict, level=number % 3 + 1))
    for pool in range(pools):
        for offset in range(4):
            for verdict in Verdict:
                add(scenario(pairs + 4 * pool + offset + 1, verdict), pool, "A" if offset < 2 else "B")
    for number in range(1, facts + 1):
        add(fact(number, "A" if number % 2 else "B"))
    for number in range(1, stories + 1):
        add(story(number))
    return small_texts()._replace(entries=tuple(entries)), items


def small_texts() -> Catalogue:
    """A catalogue without items: one pack, two sayings, a notice, two numbers and two first steps."""
    return Catalogue(
        packs=(PackName(PACK, VERSION, text("样例", "Sample"), LANGUAGES),),
        sayings=(
            Saying(
                f"{PACK}/ring-back",
                "rhyme",
                text("声音能造假，挂了打回去。", "Voices can be faked: ring back."),
            ),
            Saying(f"{PACK}/take-a-night", "slogan", text("睡一觉，再决定。", "Sleep on it, then decide.")),
        ),
        notices=(
            Notice(f"{PACK}/fake-clerks", "2026-11-01", "2026-12-31", text("近来有人冒充上门。", "False clerks.")),
        ),
        help_numbers=(
            HelpNumber("110", text("报警", "Police"), text("钱已经转出去了", "Money has moved")),
            HelpNumber("96110", text("反诈专线", "Fraud line"), text("拿不准的时候", "When you are not sure")),
        ),
        first_minutes=(
            text("挂断，不再付钱。", "Hang up. Pay nothing more."),
            text("打110，说清楚时间和数目。", "Ring 110. Say when and how much."),
        ),
    )
