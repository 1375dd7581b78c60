"""What of a pack can be recorded, what is, and what is still to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kiosk.core.catalogue import PackName
from kiosk.core.characters import spoken_as
from kiosk.core.items import Text
from kiosk.core.pace import expected_seconds
from kiosk.core.recordings import KIOSK, AudioFile, path_of, played
from kiosk.core.speech import Utterance


class Part(NamedTuple):
    """Something to record, in one language; the fields are the columns of `--format csv`."""

    file: str
    """Where its recording is to lie in the pack: `audio/zh-henan/grandson-needs-cash/scene-1.wav`."""
    item: str
    """`grandson-needs-cash`; `_kiosk` for the interface's own phrases, `_help` for those of `help.yaml`."""
    title: str
    """Of the item; empty where it has none."""
    part: str
    """`pack/item/part`, or `_kiosk/message`."""
    text: str
    """As it is to be read aloud by a person."""
    seconds: float
    """How long that takes, about."""
    recorded: str
    """The recording that is played; empty where there is none."""


def parts_of(
    pack: str,
    language: str,
    written: str,
    repertoire: Iterable[Utterance],
    content: object,
    files: Sequence[AudioFile],
    cases: Collection[str] = (),
) -> tuple[Part, ...]:
    """Everything of a pack that can be recorded in a language or variety, by item: the interface's phrases, which every
    screen needs, then the items named in `cases`, then the rest.

    `written` is the language that it is written in, `content` whatever holds the pack's texts. What is written in other
    characters and spoken as another language is recorded there, but for its own words.
    """
    texts = {text.part: text for text in texts_in(content)}
    recordings = {(place.language, place.name(pack)): file.path for place, file in played(files).items()}
    by_item: dict[str, dict[str, Part]] = {}
    for utterance in repertoire:
        name = utterance.part
        if not name or not name.startswith((f"{pack}/", f"{KIOSK}/")):
            continue
        item = item_of(name)
        folder = language if spoken_as(language) == language else utterance.language
        title = texts.get(f"{pack}/{item}/title", Text({})).write(written)
        part = Part(
            path_of(name, folder),
            item,
            title,
            name,
            _to_read(texts.get(name), language, written) or utterance.text,
            round(expected_seconds(utterance.text, language), 1),
            recordings.get((folder, name), ""),
        )
        by_item.setdefault(item, {}).setdefault(name, part)
    items = sorted(by_item, key=lambda item: (item != KIOSK, item not in cases))
    return tuple(part for item in items for part in by_item[item].values())


def count_played(packs: Iterable[tuple[PackName, Sequence[AudioFile]]]) -> tuple[dict[str, int], dict[str, int]]:
    """How many recordings are played, by language, and how many files are not, by the folder of their pack.

    Of the interface's own phrases, which any pack may have, the first pack's are played.
    """
    found: set[tuple[str, str]] = set()
    unplayed: dict[str, int] = {}
    for pack, files in packs:
        known = {*pack.languages, *(variety.id for variety in pack.varieties)}
        places = [place for place in played(files) if place.language in known]
        found.update((place.language, place.name(pack.id)) for place in places)
        unplayed[pack.folder] = len(files) - len(places)
    return dict(Counter(language for language, _ in found)), unplayed


def item_of(part: str) -> str:
    """The item in the name of a part."""
    return part.split("/")[-2]


def texts_in(content: object) -> Iterator[Text]:
    """The texts that can be recorded, in items or whatever holds items, in order."""
    if isinstance(content, Text):
        if content.part:
            yield content
    elif isinstance(content, Mapping):
        for each in content.values():
            yield from texts_in(each)
    elif isinstance(content, Collection) and not isinstance(content, str):
        for each in content:
            yield from texts_in(each)


def _to_read(text: Text | None, language: str, written: str) -> str:
    """A person reads numbers as they are written, but says what `say:` says."""
    if text is None:
        return ""
    if spoken_as(language) != language and language in text.spoken:
        return text.write(language)  # `spoken` has it in the characters that are spoken
    return (
        text.spoken.get(language)
        or text.spoken.get(written)
        or text.spoken.get(spoken_as(written))
        or text.write(written)
    )
