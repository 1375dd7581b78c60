"""The sheet that recordings are read from: for paper, and for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from rich.cells import cell_len

from kiosk.core.layout import break_lines
from kiosk.core.pace import by_character
from kiosk.core.recordings import KIOSK
from kiosk.usecases.record import Part

COLUMNS = 100
_INDENT = "      "

_ZH = {
    "head": "录音单：{pack} · {language}",
    "count": "{count} 段，念下来大约 {minutes} 分钟。",
    "how": "一段录一个文件，文件名照方框后面写的，放进案例包的文件夹；wav、flac、mp3、ogg 都行。"
    "前后各留半秒安静，不要多。没有录的，机器自己念，可以先录一部分。",
    "seconds": "约 {seconds} 秒",
    "done": "已录：{file}",
    "_kiosk": "机器自己的话（每个案例都用）",
    "first": "这些先录：不录，每一屏都是两个声音混着念。",
    "_help": "帮忙那一屏",
}
_EN = {
    "head": "Recording sheet: {pack} · {language}",
    "count": "{count} parts, about {minutes} minutes to read.",
    "how": "Record each part as a file of its own, named as beside its box, in the folder of the pack; wav, flac, mp3 "
    "and ogg will do. Leave half a second of silence at both ends, not more. What is not recorded the kiosk speaks "
    "by itself, so a part of this will do to begin with.",
    "seconds": "about {seconds} s",
    "done": "recorded: {file}",
    "_kiosk": "The kiosk's own phrases (in every case)",
    "first": "Record these first: without them every screen sounds mixed, half one voice and half another.",
    "_help": "The help screen",
}


def for_paper(
    parts: Sequence[Part], pack: str, language: str, name: str = "", write: Callable[[str], str] = str
) -> Iterator[str]:
    """Lines of at most `COLUMNS` cells, in Chinese for Chinese and its varieties, else in English.

    `name` is what the speakers of a variety call it; `write` puts the sheet's own words in the characters of the parts.
    """
    words = {key: write(text) for key, text in (_ZH if by_character(language) else _EN).items()}
    minutes = max(1, round(sum(part.seconds for part in parts) / 60))
    spoken = f"{name} ({language})" if name else language
    yield words["head"].format(pack=pack, language=spoken)
    yield words["count"].format(count=len(parts), minutes=minutes)
    yield from break_lines(words["how"], COLUMNS, cell_len)
    for item, group in groupby(parts, attrgetter("item")):
        of_item = list(group)
        title = words.get(item) or of_item[0].title
        head = f"{title}  {item}" if title and item not in (KIOSK, "_help") else title or item
        yield ""
        yield head
        yield "-" * cell_len(head)
        if item == KIOSK:
            yield words["first"]
        for part in of_item:
            yield ""
            yield _box(part, words)
            yield from (_INDENT + line for line in break_lines(part.text, COLUMNS - len(_INDENT), cell_len))


def _box(part: Part, words: dict[str, str]) -> str:
    done = words["done"].format(file=part.recorded.rpartition("/")[2]) if part.recorded else ""
    about = done or words["seconds"].format(seconds=max(1, round(part.seconds)))
    return f"[{'x' if part.recorded else ' '}] {part.file}  {about}"


def as_csv(parts: Sequence[Part]) -> str:
    """RFC 4180 with a line of names."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(Part._fields)
    writer.writerows(parts)
    return text.getvalue()


def as_json(parts: Sequence[Part]) -> str:
    """One array of objects."""
    return json.dumps([part._asdict() for part in parts], ensure_ascii=False, indent=2)
