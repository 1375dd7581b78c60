"""One pack's folder, read and checked: its good items as values, and every problem in file order."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kiosk import ports
from kiosk.adapters.packs import limits, schema
from kiosk.adapters.packs.asides import check_prizes, read_notices, read_sayings
from kiosk.adapters.packs.audio import check_recordings
from kiosk.adapters.packs.explain import Reader
from kiosk.adapters.packs.files import Files
from kiosk.adapters.packs.findings import NOWHERE, Notebook
from kiosk.adapters.packs.listing import list_pack
from kiosk.adapters.packs.pack_file import read_pack_file
from kiosk.adapters.packs.pairing import Case, Claim, measured_places, pair_up
from kiosk.adapters.packs.texts import Language, Texts
from kiosk.adapters.packs.values import Made, MadeCard, Words, make_card, make_fact, make_scenario, make_story
from kiosk.adapters.packs.vocabulary import Help, Taxonomy, Vocabulary
from kiosk.core.catalogue import Catalogue, Entry, PackName
from kiosk.core.items import Card, Fact, HelpNumber, Item, Kind, Notice, Saying, Scenario, Story, Text
from kiosk.core.problems import Problem


class CheckedPack(NamedTuple):
    """What is good of a pack, and what is wrong with it."""

    name: PackName | None
    """None where nothing of it can be shown."""
    entries: tuple[Entry, ...] = ()
    items: Mapping[str, Item] = {}
    """By `pack/item`, in the order of the entries."""
    sayings: tuple[Saying, ...] = ()
    notices: tuple[Notice, ...] = ()
    help_numbers: tuple[HelpNumber, ...] = ()
    first_minutes: tuple[Text, ...] = ()
    faults: int = 0
    """Scenarios, facts and stories left out because of errors."""
    problems: tuple[Problem, ...] = ()
    fraud_types: tuple[str, ...] = ()
    """The ids of its taxonomy, in its order, as are the channels."""
    channels: tuple[str, ...] = ()


def check_pack(root: Path, today: date, interface: ports.Words | None = None) -> CheckedPack:
    """Read a pack. What is in it may be anything: nothing is raised, and everything wrong is a problem.

    With the texts of the interface, all advice is given as well: on words, screens and the set as a whole.
    """
    notebook = Notebook(root)
    stems = list_pack(root, notebook)
    files = Files(root, notebook, today)
    pack = read_pack_file(files)
    numbers = Help(files)
    varieties = [variety.id for variety in pack.varieties] if pack else []
    language = Language(files.languages, varieties, numbers.expires)
    pack_id, version = (pack.model.id, pack.model.version) if pack else ("", "")
    title = Texts(pack.reader, language).make(pack.model.title, ("title",), limits.TITLE) if pack else Text({})
    taxonomy = Taxonomy(files, language)
    cards = _cards(files, pack_id, language)
    words = Words(pack_id, version, language, taxonomy.fraud_types, taxonomy.flags, taxonomy.channels, cards, {})
    facts, bad_facts = _facts(files, words)
    help_numbers, first_minutes = numbers.numbers(language, pack_id), numbers.first_minutes(language, pack_id)
    sayings, notices = read_sayings(files, pack_id, language), read_notices(files, pack_id, language)
    check_prizes(files, language)
    cases = {name: _case(name, files, words) for name in stems["scenarios"]}
    stories = [story for name in stems["stories"] if (story := _story(name, files, words))]
    scenarios = pair_up(cases)
    places = measured_places(pack.model.measured, cases, scenarios, pack.reader) if pack else {}
    faults = len(cases) - len(scenarios) + bad_facts + len(stems["stories"]) - len(stories)
    if pack is None:
        return CheckedPack(None, faults=faults, problems=tuple(notebook.problems))
    entries = [
        *(_scenario_entry(made, *places.get(name, (-1, ""))) for name, made in scenarios.items()),
        *(_fact_entry(made) for made in facts),
        *(_story_entry(made) for made in stories),
    ]
    values: list[Item] = [made.value for group in (scenarios.values(), facts, stories) for made in group]
    recorded = (*values, *(made.value for made in cards.good.values()), *help_numbers, *first_minutes)
    check_recordings(root, language.spoken, lambda: _parts(recorded), files.ids, notebook)
    language.finish(pack.reader)
    name = PackName(pack_id, version, title, language.written, pack.varieties, os.path.abspath(root))  # noqa: PTH100
    items = {value.id: value for value in values}
    if interface is not None:
        from kiosk.adapters.packs.advice.advise import advise  # pages and lists of words, which compiling doesn't need
        from kiosk.adapters.packs.advice.library import Library

        library = Library(
            root=root,
            languages=language.distinct,
            catalogue=Catalogue((name,), tuple(entries), help_numbers=help_numbers),
            items=items,
            cards=tuple(made.value for made in cards.good.values()),
            sayings=sayings,
            notices=notices,
            help_numbers=help_numbers,
            first_minutes=first_minutes,
            fraud_types=tuple(taxonomy.fraud_types.good),
            names=taxonomy.names,
        )
        advise(library, interface, notebook)
    return CheckedPack(
        name,
        tuple(entries),
        items,
        sayings,
        notices,
        help_numbers,
        first_minutes,
        faults,
        tuple(notebook.problems),
        tuple(taxonomy.fraud_types.good),
        tuple(taxonomy.channels.good),
    )


def _parts(values: tuple[object, ...]) -> dict[str, dict[str, None]]:
    """By item, card or `_help`: the names of the parts that can be recorded, in the order of the file."""
    found: dict[str, dict[str, None]] = {}

    def collect(value: object) -> None:
        if isinstance(value, Text):
            if value.part:
                _, item, part = value.part.split("/")
                found.setdefault(item, {})[part] = None
        elif isinstance(value, tuple):
            if isinstance(value, Scenario | Fact | Story | Card):
                found.setdefault(value.id.partition("/")[2], {})
            for each in value:
                collect(each)

    collect(values)
    return found


def _cards(files: Files, pack: str, language: Language) -> Vocabulary[MadeCard]:
    cards = Vocabulary[MadeCard]("card", "baselines.yaml")
    reader = files.open("baselines.yaml", needed=True)
    if reader is None:
        return cards
    cards.is_readable = isinstance(reader.document.data, list)
    for entry in files.entries(reader, schema.Card, reader.document.data):
        before = reader.findings.errors
        made = None
        if entry.model and files.claim(entry.word, "baselines.yaml", (*entry.loc, "id"), reader):
            made = make_card(entry.model, entry.loc, reader, pack, language)
            files.check_expiry(entry.model.expires, (*entry.loc, "expires"), reader)
            files.check_sources(entry.model.sources, entry.loc, reader)
        cards.put(entry.word, made if reader.findings.errors == before else None)
    return cards


def _facts(files: Files, words: Words) -> tuple[list[Made[Fact]], int]:
    """The good facts, and how many are bad."""
    reader = files.open("facts.yaml")
    if reader is None:
        return [], 0
    facts: list[Made[Fact]] = []
    bad = 0
    for entry in files.entries(reader, schema.Fact, reader.document.data):
        before = reader.findings.errors
        made = None
        if entry.model and files.claim(entry.word, "facts.yaml", (*entry.loc, "id"), reader):
            made = make_fact(entry.model, entry.loc, reader, words)
        if made and reader.findings.errors == before:
            facts.append(made)
        else:
            bad += 1
    return facts, bad


def _open_item(folder: str, name: str, files: Files) -> Reader | None:
    """The file of an item whose name can be an id that is not taken."""
    path = f"{folder}/{name}.yaml"
    findings = files.notebook.of(path)
    if not schema.is_id(name):
        message = f"the file's name is the item's id, and '{name}' is none: lowercase words with hyphens"
        findings.error(NOWHERE, "not-an-id", message, "rename the file")
    reader = files.read(path)
    if reader:
        files.claim(name, path, (), reader)
    return reader


def _case(name: str, files: Files, words: Words) -> Case:
    reader = _open_item("scenarios", name, files)
    if reader is None:
        return Case(files.notebook.of(f"scenarios/{name}.yaml"), None, None, NOWHERE, NOWHERE)
    model = reader.validate(schema.Scenario, reader.document.data)
    reader.check_empty_keys(schema.Scenario)
    made = make_scenario(model, name, reader, words) if model else None
    if model:
        files.check_sources(model.sources, (), reader)
    spot = reader.document.spot
    claim = Claim(model.verdict, model.twin, model.fraud_type, model.contrast is not None) if model else None
    return Case(reader.findings, claim, made, spot(("twin",)), spot(("contrast",)))


def _story(name: str, files: Files, words: Words) -> Made[Story] | None:
    reader = _open_item("stories", name, files)
    model = reader.validate(schema.Story, reader.document.data) if reader else None
    if reader:
        reader.check_empty_keys(schema.Story)
    if not reader or not model:
        return None
    made = make_story(model, name, reader, words)
    files.check_sources(model.sources, (), reader)
    return None if reader.findings.errors else made


def _scenario_entry(made: Made[Scenario], pool: int, form: str) -> Entry:
    value = made.value
    return Entry(
        value.id,
        Kind.SCENARIO,
        value.verdict,
        value.channel,
        value.level,
        value.twin,
        value.fraud_type,
        made.expires,
        made.languages,
        value.card.id,
        pool,
        form,
    )


def _fact_entry(made: Made[Fact]) -> Entry:
    value = made.value
    return Entry(value.id, Kind.FACT, None, "", 0, "", "", made.expires, made.languages, value.card.id, -1, value.form)


def _story_entry(made: Made[Story]) -> Entry:
    value = made.value
    card = value.card.id if value.card else ""
    return Entry(value.id, Kind.STORY, None, "", 0, "", value.fraud_type, made.expires, made.languages, card)
