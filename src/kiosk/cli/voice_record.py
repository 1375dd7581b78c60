"""`kiosk voice record-list` and `check`: recordings of a pack, from the sheet to the last look."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click

from kiosk import wiring
from kiosk.cli import sheet
from kiosk.cli.output import note, tell_problems, write_document
from kiosk.core.catalogue import PackName
from kiosk.core.characters import spoken_as
from kiosk.core.counting import count
from kiosk.core.errors import UsageError
from kiosk.core.items import Scenario, Story
from kiosk.core.problems import Problem, Severity
from kiosk.core.recordings import FOLDER, SUFFIXES, folder_of
from kiosk.core.repertoire import repertoire
from kiosk.ports import Recordings
from kiosk.usecases.audition import audition, misplaced, missing, spoiled
from kiosk.usecases.record import Part, parts_of

_PACK_FILE = "pack.yaml"
_PACK = click.argument("path", type=click.Path(path_type=Path), metavar="PACK")


class _Pack(NamedTuple):
    """A pack with what can be recorded of it."""

    name: PackName
    root: Path
    """As it was reached from the PATH given."""
    recordings: Recordings
    written: dict[str, str]
    """The languages and varieties it has, each with the language that it is written in."""
    parts: dict[str, tuple[Part, ...]]
    """By language or variety: of those asked for."""
    faulty: frozenset[str]
    """Items left out because of errors."""
    flawed: bool
    """Whether a file of the pack has errors."""


_SHEET_EXAMPLES = """\b
Examples:
  kiosk voice record-list content/elder-fraud --lang zh-henan --out sheet.txt
  kiosk voice record-list content/elder-fraud --lang zh --item _kiosk --item grandson-needs-cash
"""

_CHECK_EXAMPLES = """\b
Examples:
  kiosk voice check content/elder-fraud
  kiosk voice check content/elder-fraud --lang zh-henan --missing
"""


@click.command("record-list", epilog=_SHEET_EXAMPLES)
@_PACK
@click.option("--lang", required=True, metavar="LANGUAGE", help="A language or spoken variety of the pack.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    help="A sheet for paper, or for a spreadsheet or a program.",
)
@click.option("--all", "everything", is_flag=True, help="List what is recorded already, too.")
@click.option(
    "--item",
    "items",
    multiple=True,
    metavar="ID",
    help="Only this item, or _kiosk for the kiosk's own phrases; may be given several times.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file instead, in UTF-8.")
def record_list(
    path: Path, lang: str, form: str, items: tuple[str, ...], out: Path | None, *, everything: bool
) -> None:
    """Print a sheet of what is still to be recorded.

    Each part of PACK stands there with the name of its file, the text to read aloud and about how long that takes: the
    kiosk's own phrases, then cases and stories, then all else. A recording in which nothing can be heard is still to be
    made.
    """
    packs = _read(path, (lang,))
    if len(packs) > 1:
        raise UsageError(f"{path}: there are several packs here: name one of {', '.join(str(p.root) for p in packs)}")
    (pack,) = packs
    parts = _in_characters(pack.parts[lang], lang)
    if not parts:
        raise UsageError(
            f"--lang {lang}: the kiosk has no texts of its own in {pack.written[lang]}, so it is never spoken"
        )
    _check_items(items, parts)
    parts = tuple(part for part in parts if part.item in items or not items)
    silent = spoiled(pack.recordings, parts)
    parts = tuple(part._replace(recorded="") if part.recorded in silent else part for part in parts)
    if silent:
        unheard = count(len(silent), "recording")
        note(f"nothing can be heard in {unheard}, still to be made: see `kiosk voice check {path}`")
    listed = [part for part in parts if everything or not part.recorded]
    title = pack.name.title.write(pack.written[lang]) or pack.name.id
    if form == "csv":
        text = sheet.as_csv(listed)
    elif form == "json":
        text = sheet.as_json(listed) + "\n"
    else:
        lines = sheet.for_paper(listed, title, lang, _own_name(pack.name, lang), partial(_written_in, language=lang))
        text = "".join(f"{line}\n" for line in lines)
    write_document(text, out, marked=form != "json", exact=form == "csv")
    recorded = sum(bool(part.recorded) for part in parts)
    note(f"{recorded} of {len(parts)} parts are recorded in {lang}, {len(parts) - recorded} are still to be")


@click.command("check", epilog=_CHECK_EXAMPLES)
@_PACK
@click.option("--lang", multiple=True, metavar="LANGUAGE", help="Only this one; may be given several times.")
@click.option("--missing", "each_missing", is_flag=True, help="Name each part that is not recorded yet.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Lines, or one JSON array.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
def check(path: Path, lang: tuple[str, ...], form: str, *, each_missing: bool, strict: bool) -> int:
    """Listen to recordings and name what is wrong.

    PACK is a pack, or a folder of packs. Exit code 0: nothing wrong; 1: errors, in the pack's other files too (with
    --strict also warnings); 2: nothing there to read.
    """
    packs = _read(path, lang)
    problems = [problem for pack in packs for problem in _problems(pack, each_missing=each_missing)]
    code = tell_problems(problems, form, str(path), strict=strict)
    return 1 if any(pack.flawed for pack in packs) else code


def _written_in(text: str, language: str) -> str:
    return text if spoken_as(language) == language else wiring.in_characters([text], language)[0]


def _in_characters(parts: tuple[Part, ...], language: str) -> tuple[Part, ...]:
    """As somebody reads them who reads this language: what it is spoken from may stand in others."""
    if spoken_as(language) == language:
        return parts
    texts = wiring.in_characters([part.text for part in parts], language)
    own = folder_of(language)
    return tuple(
        part if part.file.startswith(own) else part._replace(text=text) for part, text in zip(parts, texts, strict=True)
    )


def _own(parts: tuple[Part, ...], language: str) -> tuple[Part, ...]:
    """Without those that another language has the recordings of."""
    if spoken_as(language) == language:
        return parts
    return tuple(part for part in parts if part.file.startswith(folder_of(language)))


def _problems(pack: _Pack, *, each_missing: bool) -> Iterator[Problem]:
    """In the order of the paths, which are as they were reached."""
    parts = {code: _own(of_it, code) for code, of_it in pack.parts.items()}
    found = [problem for code, of_it in parts.items() for problem in missing(of_it, code, each=each_missing)]
    found += [misplaced(path) for path in _beside(Path(pack.name.folder))]
    listen = partial(audition, pack.name.id, pack.recordings, parts, pack.written, pack.faulty)
    files = len(pack.recordings.files())
    if files and sys.stderr.isatty():
        with click.progressbar(length=files, label="listening", file=sys.stderr) as bar:
            found += listen(tick=lambda: bar.update(1))
    else:
        found += listen()
    prefix = "" if str(pack.root) == "." else f"{pack.root}{os.sep}"
    for problem in sorted(found, key=lambda problem: problem.path):
        yield problem._replace(path=prefix + problem.path.replace("/", os.sep))


def _beside(root: Path) -> Iterator[str]:
    """The paths of recordings in a pack that lie outside the folder for them, with `/`."""
    for folder, folders, files in os.walk(root):
        at_top = Path(folder) == root
        folders[:] = [name for name in folders if not name.startswith(".") and not (at_top and name == FOLDER)]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield (Path(folder) / name).relative_to(root).as_posix()


def _read(path: Path, languages: Sequence[str]) -> list[_Pack]:
    """The packs at a path, with their parts in these languages, or in all where none is named.

    Raises `UsageError` where there is no pack that can be read, and for a language that one doesn't have.
    """
    catalogue, items, problems, *_ = wiring.read_packs([path], date.today())
    if not catalogue.packs:
        raise UsageError(f"{path}: no pack here can be read: see `kiosk content check {path}`")
    if catalogue.faults:
        note(f"{count(catalogue.faults, 'item')} left out because of errors: see `kiosk content check {path}`")
    wrong = [Path(problem.path) for problem in problems if problem.severity is Severity.ERROR]
    for file in dict.fromkeys(file for file in wrong if file.name == _PACK_FILE):
        note(f"{file} has errors: see `kiosk content check {path}`")
    words = wiring.words()
    faulty = frozenset(file.stem for file in wrong)
    packs = []
    for name in catalogue.packs:
        spoken = _written(name)
        _check_languages(languages, name, spoken)
        flawed = any(_is_in(file, Path(name.folder)) for file in wrong)
        recordings = wiring.recordings(Path(name.folder))
        files = recordings.files()
        content = [item for item in items.values() if item.id.startswith(f"{name.id}/")]
        cases = {item.id.rpartition("/")[2] for item in content if isinstance(item, Scenario | Story)}
        parts = {
            language: parts_of(
                name.id,
                language,
                written,
                repertoire(catalogue, items, words, language, written),
                (content, catalogue),
                files,
                cases,
            )
            for language, written in spoken.items()
            if language in languages or not languages
        }
        packs.append(_Pack(name, _as_reached(path, name), recordings, spoken, parts, faulty, flawed))
    return packs


def _is_in(file: Path, pack: Path) -> bool:
    """Whether it is one of a pack's files, but no recording: of those it is said by listening."""
    own = Path(os.path.abspath(file))  # noqa: PTH100 - links stay as they are named
    return own.is_relative_to(pack) and not own.is_relative_to(pack / FOLDER)


def _check_items(items: Sequence[str], parts: Sequence[Part]) -> None:
    known = list(dict.fromkeys(part.item for part in parts))
    for item in items:
        if item not in known:
            near = difflib.get_close_matches(item, known, 1, 0.6)
            hint = f"did you mean '{near[0]}'?" if near else "`kiosk content list` has them"
            raise UsageError(f"--item {item}: there is nothing of that name to record: {hint}")


def _as_reached(path: Path, pack: PackName) -> Path:
    """The folder of a pack, from the path that was given."""
    return path / os.path.relpath(pack.folder, os.path.abspath(path))  # noqa: PTH100 - links stay as they are named


def _written(pack: PackName) -> dict[str, str]:
    """The languages and varieties of a pack, each with the language that it is written in."""
    return {code: code for code in pack.languages} | {variety.id: variety.written for variety in pack.varieties}


def _own_name(pack: PackName, language: str) -> str:
    return next((variety.name for variety in pack.varieties if variety.id == language), "")


def _check_languages(languages: Sequence[str], pack: PackName, spoken: Collection[str]) -> None:
    unknown = [language for language in languages if language not in spoken]
    if unknown:
        own = {variety.id: f"{variety.id} ({variety.name})" for variety in pack.varieties}
        known = ", ".join(own.get(code, code) for code in spoken)
        raise UsageError(f"--lang {unknown[0]}: {pack.id} has {known}; a variety is named in its pack.yaml")
