"""Texts in the characters that nobody wrote them in: made by OpenCC from those in which they stand.

A pack in `zh` has all its texts in `zh-Hant` too, and the other way round, text by text; what is written wins. Loaded
only by who reads a pack's files, never by the screen's process.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kiosk.core.characters import CONVERSIONS, SPOKEN_AS

if TYPE_CHECKING:
    from opencc import OpenCC

_WORDS = """
    签=簽 里=裡
    别着=別着 不准许=不准許 一出门=一出門 一出院=一出院 点赞=點讚 划走=划走 扎在=扎在 回心=回心 借手=借手
    长发=長發 直发=直發 发油=發油 发卡=發卡 冲奶=沖奶 冲药=沖藥 里脊=里脊 两里地=兩里地 明天后天=明天後天
    卡里=卡裡 道里=道裡 金里=金裡 万里扣=萬裡扣 托谁=託誰 托外=託外
    写明了=寫明了 讲明了=講明了 问明了=問明了 查明了=查明了 标明了=標明了 范老=范老 余老=余老 于老=于老
    托人=託人 托熟=託熟 托您=託您 托我=託我 托他=託他 托她=託她 托女=託女 托自=託自 托邻=託鄰 您托=您託
"""
"""Where OpenCC takes the wrong one of several characters, found by reading what it made of some five thousand texts; of
a single character, what it mostly is. Its variants for a region are put in afterwards, so 着 stands here, not 著."""

_BETWEEN = "\n"
"""Texts that are converted together: no word goes across it, and a text is one line."""


class Characters:
    """What a pack has in one language of a pair that is spoken alike, made in the other.

    Texts are made many at a time, which takes a third of the time: until `fill` they stand there as they were written.
    """

    def __init__(self, written: Sequence[str]) -> None:
        """`written` are the languages that the pack says it is written in."""
        here = [pair for pair in SPOKEN_AS.items() if {*pair} & {*written} and _converter(pair[0])]
        self.pair: tuple[str, ...] = here[0] if here else ()
        """A language and the one that it is spoken as; none where neither is the pack's, or OpenCC isn't there."""
        self.made = tuple(code for code in self.pair if code not in written)
        """Which of them the pack has, though it doesn't say so."""
        self.counted = self.own = 0
        """How many texts were made or taken, and how many were written in the language that is spoken as the other."""
        self._waiting: dict[str, list[dict[str, str]]] = {code: [] for code in self.pair}
        """By language: the texts to be made in it."""
        self._in_both: list[tuple[dict[str, str], dict[str, str]]] = []
        """Texts that were written in both, with what is spoken of them."""

    def take(self, written: dict[str, str], spoken: dict[str, str]) -> None:
        """Make a text in whichever language of the pair it isn't written in; `spoken` is what `say:` says of it."""
        language, base = self.pair
        if language in spoken:
            spoken[language] = convert([spoken[language]], base)[0]
        if language not in written:
            if base in written:
                self._make(language, base, written)
            return
        self.own += 1
        if base in written:
            self._in_both.append((written, spoken))
            return
        self._make(base, language, written)
        if language in spoken:
            spoken.setdefault(base, spoken.pop(language))

    def _make(self, language: str, other: str, written: dict[str, str]) -> None:
        written[language] = written[other]
        self._waiting[language].append(written)

    def fill(self) -> None:
        """Make what was taken since the last time."""
        for language, texts in self._waiting.items():
            for text, made in zip(texts, convert([text[language] for text in texts], language), strict=True):
                text[language] = made
            self.counted += len(texts)
            texts.clear()
        if not self._in_both:
            return
        language, base = self.pair
        read = convert([written[language] for written, _ in self._in_both], base)
        for (written, spoken), words in zip(self._in_both, read, strict=True):
            # The same words are spoken, and recorded, once; quotation marks may differ with the characters.
            if list(filter(str.isalnum, words)) != list(filter(str.isalnum, written[base])):
                spoken.setdefault(language, words)
        self.counted += len(self._in_both)
        self._in_both.clear()


def convert(texts: Sequence[str], language: str) -> list[str]:
    """The texts as they are written in this language of a pair; as they are where OpenCC isn't there."""
    converter = _converter(language)
    if converter is None or not texts:
        return list(texts)
    made = converter.convert(_BETWEEN.join(texts)).split(_BETWEEN)
    return made if len(made) == len(texts) else [converter.convert(text) for text in texts]


@lru_cache(maxsize=len(CONVERSIONS))
def _converter(language: str) -> OpenCC | None:
    try:
        import opencc
    except ImportError:
        return None  # there is no wheel for this machine: what isn't written isn't offered
    name = CONVERSIONS[language]
    if language in SPOKEN_AS:
        share = Path(opencc.__file__).parent / "clib" / "share" / "opencc"
        with TemporaryDirectory() as folder:
            config = Path(folder, f"{name}.json")
            config.write_text(json.dumps(_with_words((share / config.name).read_text("utf-8"), share)), "utf-8")
            return opencc.OpenCC(str(config))
    return opencc.OpenCC(name)


def _with_words(config: str, share: Path) -> dict[str, Any]:
    """A configuration of OpenCC that asks for `_WORDS` first, and for single characters of them before its own."""
    made: dict[str, Any] = json.loads(config, object_hook=lambda node: _located(node, share))
    entries = dict(entry.split("=") for entry in _WORDS.split())
    words = {"type": "inline", "entries": {key: value for key, value in entries.items() if len(key) > 1}}
    characters = {"type": "inline", "entries": {key: value for key, value in entries.items() if len(key) == 1}}
    made["segmentation"]["dict"]["dicts"].insert(0, words)
    phrases, *others = made["conversion_chain"][0]["dict"]["dicts"]
    made["conversion_chain"][0]["dict"]["dicts"] = [words, phrases, characters, *others]
    return made


def _located(node: dict[str, Any], share: Path) -> dict[str, Any]:
    """With the whole paths of the dictionaries: the configuration lies elsewhere."""
    return {key: str(share / value) if key == "file" else value for key, value in node.items()}
