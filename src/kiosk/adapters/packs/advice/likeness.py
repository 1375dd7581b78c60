"""Scenes that are too much alike, and twins that are too little alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from kiosk.adapters.packs.advice.library import Library, bare
from kiosk.adapters.packs.advice.places import Places
from kiosk.core.items import Scenario
from kiosk.core.pace import by_character

ALIKE = 0.5
"""Shared shingles of all that two scenes have: from here on the one is the other with some words changed."""
TWINS_SHARE = {"character": 2, "word": 2}
"""Pairs of characters, or content words, that the scenes of twins have in common at least. Of any two cases three in
four share none in Chinese."""

_LETTERS = re.compile(r"[^\W_]+")
_CHARACTERS = 3
_LITTLE_ZH = set("的了您我你他她它们是在有和就都也还要不没说着过把给让被个这那上下里外来去到一二两三几人家说叫请再又")
_LITTLE_EN = frozenset(
    """
    a about all am an and any are as at be been but by can could did do does down for from had has have he her
    here his how i if in into is it its just may me more must my no not now of off on one or our out over said
    say says she so some than that the their them then there these they this those to two up us was we were what
    when where which who will with would yes you your yours
    """.split()  # noqa: SIM905 - ninety words
)


def check_likeness(library: Library, places: Places) -> None:
    """Warn of scenes that are nearly the same, and of twins that share no words or aren't told apart."""
    scenarios = library.scenarios
    _check_contrast(scenarios, places)
    for language in library.languages:
        told = [each for each in scenarios if all(language in line.written for line in each.scene)]
        scenes = {each.id: " ".join(line.written[language] for line in each.scene) for each in told}
        _check_twins(told, scenes, language, places)
        if language == library.languages[0]:
            for later, earlier, share in near_duplicates(
                [(each.id, each.twin, scenes[each.id]) for each in told], language
            ):
                message = (
                    f"this scene is nearly that of '{bare(earlier)}': {share:.0%} of it is the same in '{language}'"
                )
                hint = "tell another happening, or keep one of the two"
                places.warn_item(later, "scene", "near-duplicate", message, hint)


def near_duplicates(scenes: Sequence[tuple[str, str, str]], language: str) -> Iterator[tuple[str, str, float]]:
    """Of (id, twin, scene): each that is like an earlier one but its twin, that one, and how like.

    It is exact and yet compares few: two sets that share half of all they have share one of the rarer half of either
    (prefix filtering: Chaudhuri, Ganti, Kaushik 2006), and if that one is so common that too little follows it in the
    order of rarity, they can't share enough (positional filtering: Xiao, Wang, Lin, Yu 2008). A scene that is like
    another is not compared with again. Only among scenes that all have nearly so much in common does the time grow with
    the square of their number: a second for two thousand.
    """
    shingled = [(name, twin, _shingles(scene, language)) for name, twin, scene in scenes]
    common = Counter(shingle for _, _, shingles in shingled for shingle in shingles)
    index: dict[str, list[tuple[int, int, int]]] = {}  # scenes: number, how many shingles from this one on, of how many
    for number, (_, twin, shingles) in enumerate(shingled):
        size = len(shingles)
        rarest = sorted(shingles, key=lambda shingle: (common[shingle], shingle))
        prefix = rarest[: size - ceil(ALIKE * size) + 1]
        met = {
            other
            for left, shingle in zip(range(size, 0, -1), prefix, strict=False)
            for other, its_left, its_size in index.get(shingle, ())
            if (most := left if left < its_left else its_left) >= ALIKE * (size + its_size - most)
        }
        best, share = -1, 0.0
        for other in sorted(met):
            if shingled[other][0] != twin:
                both = len(shingles & shingled[other][2])
                alike = both / (size + len(shingled[other][2]) - both)
                best, share = (other, alike) if alike > share else (best, share)
        if share >= ALIKE:
            yield shingled[number][0], shingled[best][0], share
            continue
        for left, shingle in zip(range(size, 0, -1), prefix, strict=False):
            index.setdefault(shingle, []).append((number, left, size))


def _shingles(scene: str, language: str) -> frozenset[str]:
    """Three characters in a row, or two words; of a scene of few words, the words."""
    if by_character(language):
        text = "".join(_LETTERS.findall(scene))
        return frozenset(text[at : at + _CHARACTERS] for at in range(max(1, len(text) - _CHARACTERS + 1)))
    words = [word.lower() for word in _LETTERS.findall(scene)]
    return frozenset(map(" ".join, pairwise(words)) if len(words) > 1 else words)


def _check_contrast(scenarios: Sequence[Scenario], places: Places) -> None:
    told = {each.id for each in scenarios if each.contrast}
    for each in scenarios:
        if each.verdict == "genuine" and told.isdisjoint((each.id, each.twin)):
            message = f"neither this one nor its twin '{bare(each.twin)}' says what tells them apart"
            places.warn_item(each.id, "twin", "no-contrast", message, "write contrast: in one of them")


def _check_twins(told: Sequence[Scenario], scenes: dict[str, str], language: str, places: Places) -> None:
    kind = "character" if by_character(language) else "word"
    for each in told:
        if each.verdict != "genuine" or each.twin not in scenes:
            continue
        shared = _content(scenes[each.id], language) & _content(scenes[each.twin], language)
        if len(shared) < TWINS_SHARE[kind]:
            what = f"only {', '.join(sorted(shared))}" if shared else "no content word"
            message = f"the scenes of this one and its twin '{bare(each.twin)}' share {what} in '{language}'"
            hint = "use the same words in both: what differs is what is asked for, and whether it can be checked"
            places.warn_item(each.id, "twin", "twin-unlike", message, hint, is_grave=not shared)


def _content(scene: str, language: str) -> set[str]:
    """Content words, or pairs of characters that can be words."""
    if by_character(language):
        runs = _LETTERS.findall(scene)
        pairs = (run[at : at + 2] for run in runs for at in range(len(run) - 1))
        return {pair for pair in pairs if not (_LITTLE_ZH & set(pair))}
    words = (word.lower() for word in _LETTERS.findall(scene))
    return {word.removesuffix("s") for word in words if len(word) > 2 and word not in _LITTLE_EN}
