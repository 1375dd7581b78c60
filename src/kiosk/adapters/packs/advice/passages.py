"""From a pack's values to its texts, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.adapters.packs.advice.library import Library, Passage, Sort, bare
from kiosk.adapters.packs.conversion import convert
from kiosk.adapters.packs.texts import are_same_words
from kiosk.core.characters import SPOKEN_AS
from kiosk.core.items import Choice, Fact, Question, Scenario, Story, Text


def passages(library: Library) -> list[Passage]:
    """Every text that is shown, each once; but no names of types, flags, channels, numbers and prizes.

    They are few words, often those of an office, which visitors learn here (see `plain`).
    """
    found: list[Passage] = []
    for card in library.cards:
        file, item = "baselines.yaml", bare(card.id)
        found.append(Passage(file, item, "title", Sort.TITLE, card.title))
        found.append(Passage(file, item, "text", Sort.CARD, card.text))
        found += _question(file, item, card.question)
    for value in library.items.values():
        match value:
            case Scenario():
                found += _scenario(value)
            case Fact() if value.question is not value.card.question:
                found += _question("facts.yaml", bare(value.id), value.question)
            case Story():
                found += _story(value)
    found += [Passage("sayings.yaml", bare(each.id), "text", Sort.SMALL, each.text) for each in library.sayings]
    found += [Passage("notices.yaml", bare(each.id), "text", Sort.SMALL, each.text) for each in library.notices]
    found += [Passage("help.yaml", each.number, "when", Sort.SMALL, each.when) for each in library.help_numbers]
    found += [
        Passage("help.yaml", "", f"minute-{place}", Sort.SMALL, line)
        for place, line in enumerate(library.first_minutes, 1)
    ]
    return found


def own_passages(among: Sequence[Passage], language: str) -> list[Passage]:
    """Those that other characters of a language have for themselves, as they read in the language.

    What only is said otherwise has nothing written here: what is written was looked at.
    """
    found = []
    for own in (code for code, base in SPOKEN_AS.items() if base == language):
        for passage in among:
            if own in passage.text.spoken:
                words = convert([passage.text.write(own)], language)[0]
                written = {} if are_same_words(words, passage.text.write(language)) else {language: words}
                said = {language: passage.text.spoken[own]}
                found.append(passage._replace(text=Text(written, said), own=own))
    return found


def own_libraries(library: Library, among: Sequence[Passage]) -> Iterator[Library]:
    """For each such language: what rests on a text that it has for itself, with all the other texts of that item."""
    for own in {passage.own: None for passage in among}:
        names = {passage.item for passage in among if passage.own == own and passage.item}
        entries = tuple(
            entry if names & {bare(entry.id), bare(entry.card)} else entry._replace(languages=())
            for entry in library.catalogue.entries
        )
        yield library._replace(languages=(own,), catalogue=library.catalogue._replace(entries=entries))


def _scenario(value: Scenario) -> Iterator[Passage]:
    item = bare(value.id)
    file = f"scenarios/{item}.yaml"
    yield Passage(file, item, "title", Sort.TITLE, value.title)
    for place, line in enumerate(value.scene, 1):
        yield Passage(file, item, f"scene-{place}", Sort.SCENE, line)
    yield Passage(file, item, "see-why", Sort.WHY, value.see_why)
    yield from _choices(file, item, "ask", value.ask)
    yield Passage(file, item, "ask-reply", Sort.REPLY, value.reply)
    yield Passage(file, item, "explain", Sort.WHY, value.explain)
    yield Passage(file, item, "do", Sort.WHY, value.do)
    yield Passage(file, item, "remember", Sort.WHY, value.remember)
    if value.contrast and value.contrast.part.split("/")[1:2] == [item]:  # the twin's stands in the twin's file
        yield Passage(file, item, "contrast", Sort.WHY, value.contrast)


def _story(value: Story) -> Iterator[Passage]:
    item = bare(value.id)
    file = f"stories/{item}.yaml"
    yield Passage(file, item, "title", Sort.TITLE, value.title)
    for place, page in enumerate(value.pages, 1):
        yield Passage(file, item, f"page-{place}", Sort.STORY, page.text)
        if page.pause:
            yield from _question(file, item, page.pause, f"page-{place}-")
    for verb, text in zip(("see", "ask", "compare"), value.lesson, strict=True):
        yield Passage(file, item, f"lesson-{verb}", Sort.WHY, text)


def _question(file: str, item: str, question: Question, prefix: str = "") -> Iterator[Passage]:
    yield Passage(file, item, f"{prefix}prompt" if prefix else "question", Sort.PROMPT, question.prompt)
    yield from _choices(file, item, f"{prefix}choice", question.choices)


def _choices(file: str, item: str, name: str, choices: Sequence[Choice]) -> Iterator[Passage]:
    for place, choice in enumerate(choices, 1):
        yield Passage(file, item, f"{name}-{place}", Sort.CHOICE, choice.text)
        if choice.why:
            yield Passage(file, item, f"{name}-{place}-why", Sort.WHY, choice.why)
