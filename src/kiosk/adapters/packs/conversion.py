"""OpenCC: texts in the characters of a language that is spoken as another, and the other way round.

Used where packs are compiled and catalogues built. The screen's process asks only `made_with`, which loads nothing.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kiosk.core.characters import SPOKEN_AS

if TYPE_CHECKING:
    from opencc import OpenCC

CONVERSIONS: Mapping[str, str] = MappingProxyType({"zh-Hant": "s2tw", "zh": "tw2s"})
"""By each language of such a pair: OpenCC's configuration that makes its texts from those of its counterpart.

With the characters that are read most (為, 裡, 群), not the oldest (爲, 裏, 羣); and without the words of a region
(`s2twp` writes 軟體 for 软件), as the same words are spoken. Each character becomes one, so widths and places stay.
"""

_WORDS = """
    签=簽 里=裡
    别着=別着 不准许=不准許 一出门=一出門 一出院=一出院 点赞=點讚 划走=划走 扎在=扎在 回心=回心 借手=借手
    长发=長發 一头长发=一頭長髮 留长发=留長髮 着长发=着長髮 长发披=長髮披 直发=直發 发油=發油 发卡=發卡
    冲奶=沖奶 上冲奶=上沖奶 再冲奶=再沖奶 冲奶奶=衝奶奶 冲药=沖藥 上冲药=上沖藥 再冲药=再沖藥
    天后=天後 天后宫=天后宮 天后庙=天后廟 皇天后土=皇天后土
    里脊=里脊 两里地=兩里地 十几里=十幾里 好几里=好幾里 几十里=幾十里 百里挑一=百里挑一
    卡里=卡裡 道里=道裡 金里=金裡 万里扣=萬裡扣 一万里扣=一萬裡扣 二万里扣=二萬裡扣 两万里扣=兩萬裡扣
    三万里扣=三萬裡扣 四万里扣=四萬裡扣 五万里扣=五萬裡扣 六万里扣=六萬裡扣 七万里扣=七萬裡扣 八万里扣=八萬裡扣
    写明了=寫明了 讲明了=講明了 问明了=問明了 查明了=查明了 标明了=標明了 声明了=聲明了
    范老=范老 余老=余老 于老=于老 范老板=范老闆 余老板=余老闆 于老板=于老闆
    托人=託人 托熟=託熟 托您=託您 托我=託我 托他=託他 托她=託她 托女=託女 托自=託自 托邻=託鄰 您托=您託
    托谁=託誰 托外=託外 托收=託收
    心里松=心裡鬆 证卷进=證捲進 念了=念了 占上=佔上
"""
"""Words that OpenCC writes with the wrong one of several characters, in texts such as packs have; of a single one, what
it mostly is there. A text is cut from its beginning, each time at the longest word that is known, so one whose first
character can end another word (`万里扣` after 四, `冲药` after 再) stands here once more with what goes before it.
The variants of a region are put in afterwards, so 着 stands here, not 著."""

_BETWEEN = "\n"
"""Texts that are converted together: no word goes across it, and a text is one line."""


def made_with() -> str:
    """What texts are made with on this machine: other texts may come of another. Empty without OpenCC.

    Without loading it: the screen's process compares this with what packs and catalogues were made with.
    """
    found = find_spec("opencc")
    if found is None or not found.origin:
        return ""
    versions: list[str] = []
    with suppress(OSError):
        beside = os.listdir(Path(found.origin).parents[1])  # noqa: PTH208 - names alone are asked for
        versions = sorted(name for name in beside if name.lower().startswith("opencc-"))
    words = zlib.crc32(f"{_WORDS}{dict(CONVERSIONS)}".encode())
    return f"{' '.join(versions)} {words:08x}"


def made_now_with() -> str:
    """`made_with`; empty where there is no room for a moment, so that what is made then counts as made with nothing."""
    with suppress(ImportError):
        try:
            for language in SPOKEN_AS:
                _converter(language)
        except OSError:
            return ""
    return made_with()


def can_convert(language: str) -> bool:
    """Whether texts can be made in this language of a pair.

    There are machines without a wheel of OpenCC, some that can't load it, and full folders for temporary files.
    """
    try:
        _converter(language)
    except (ImportError, OSError):
        return False
    return True


def convert(texts: Sequence[str], language: str) -> list[str]:
    """The texts as they are written in this language of a pair.

    Raises `ImportError` or `OSError` where it can't be done: unmade texts under its name would pass for made ones.
    """
    if not texts:
        return []
    converter = _converter(language)
    made = converter.convert(_BETWEEN.join(texts)).split(_BETWEEN)
    return made if len(made) == len(texts) else [converter.convert(text) for text in texts]


@lru_cache(maxsize=len(CONVERSIONS))
def _converter(language: str) -> OpenCC:
    import opencc
    from opencc import OpenCC  # not there in a mere folder of that name

    name = CONVERSIONS[language]
    try:
        if language not in SPOKEN_AS:
            return OpenCC(name)
        from tempfile import TemporaryDirectory

        share = Path(opencc.__file__).parent / "clib" / "share" / "opencc"
        with TemporaryDirectory() as folder:  # OpenCC reads a configuration from nothing but a file
            config = Path(folder, f"{name}.json")
            config.write_text(json.dumps(_with_words((share / config.name).read_text("utf-8"), share)), "utf-8")
            return OpenCC(str(config))
    except RuntimeError as error:
        raise ImportError(f"OpenCC can't be used: {error}") from error


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
