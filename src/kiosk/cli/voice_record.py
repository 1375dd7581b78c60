"""`kiosk voice record-list` and `check`: recordings of a pack, from the sheet to the last look."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click

from kiosk import wiring
from kiosk.cli import sheet
from kiosk.cli.output import count_problems, note, write
from kiosk.core.catalogue import PackName
from kiosk.core.errors import UsageError
from kiosk.core.problems import Problem, Severity
from kiosk.core.repertoire import repertoire
from kiosk.ports import Recordings
from kiosk.usecases.audition import audition, missing
from kiosk.usecases.record import Part, parts_of

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


@click.command("record-list")
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
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file instead, in UTF-8.")
def record_list(path: Path, lang: str, form: str, out: Path | None, *, everything: bool) -> None:
    """Print a sheet of what is still to be recorded.

    Each part of PACK stands there with the name of its file, the text to read aloud and about how long that takes.
    """
    packs = _read(path, (lang,))
    if len(packs) > 1:
        raise UsageError(f"{path}: there are several packs here: name one of {', '.join(str(p.root) for p in packs)}")
    (pack,) = packs
    parts = pack.parts[lang]
    if not parts:
        raise UsageError(
            f"--lang {lang}: the kiosk has no texts of its own in {pack.written[lang]}, so it is never spoken"
        )
    listed = [part for part in parts if everything or not part.recorded]
    title = pack.name.title.write(pack.written[lang]) or pack.name.id
    if form == "csv":
        text = sheet.as_csv(listed)
    elif form == "json":
        text = sheet.as_json(listed) + "\n"
    else:
        text = "".join(f"{line}\n" for line in sheet.for_paper(listed, title, lang, _own_name(pack.name, lang)))
    _print(text, form, out)
    recorded = sum(bool(part.recorded) for part in parts)
    note(f"{recorded} of {len(parts)} parts are recorded in {lang}, {len(parts) - recorded} are still to be")


def _print(text: str, form: str, out: Path | None) -> None:
    """In a file, what people open begins with the mark by which their programs know UTF-8."""
    if out is not None:
        try:
            out.write_bytes(text.encode("utf-8" if form == "json" else "utf-8-sig"))
        except OSError as error:
            raise UsageError(f"--out {out}: {(error.strerror or str(error)).lower()}") from error
    elif form == "csv":
        sys.stdout.buffer.write(text.encode("utf-8-sig"))
        sys.stdout.buffer.flush()
    else:
        write(text.removesuffix("\n"))


@click.command("check")
@_PACK
@click.option("--lang", multiple=True, metavar="LANGUAGE", help="Only this one; may be given several times.")
@click.option("--missing", "each_missing", is_flag=True, help="Name each part that is not recorded yet.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Lines, or one JSON array.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
def check(path: Path, lang: tuple[str, ...], form: str, *, each_missing: bool, strict: bool) -> int:
    """Listen to recordings and name what is wrong.

    PACK is a pack, or a folder of packs. Exit code 0: nothing wrong; 1: errors (with --strict warnings too); 2: nothing
    there to read.
    """
    problems: list[Problem] = []
    for pack in _read(path, lang):
        problems += _problems(pack, each_missing=each_missing)
    if form == "json":
        write(json.dumps([problem._asdict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            write(str(problem))
    counted = Counter(problem.severity for problem in problems)
    note(f"{count_problems(counted)} in {path}")
    return int(bool(counted[Severity.ERROR] or (strict and counted[Severity.WARNING])))


def _problems(pack: _Pack, *, each_missing: bool) -> Iterator[Problem]:
    """In the order of the paths, which are as they were reached."""
    found = [problem for code, parts in pack.parts.items() for problem in missing(parts, code, each=each_missing)]
    listen = partial(audition, pack.name.id, pack.recordings, pack.parts, pack.written, pack.faulty)
    files = len(pack.recordings.files())
    if files and sys.stderr.isatty():
        with click.progressbar(length=files, label="listening", file=sys.stderr) as bar:
            found += listen(tick=lambda: bar.update(1))
    else:
        found += listen()
    prefix = "" if str(pack.root) == "." else f"{pack.root}{os.sep}"
    for problem in sorted(found, key=lambda problem: problem.path):
        yield problem._replace(path=prefix + problem.path.replace("/", os.sep))


def _read(path: Path, languages: Sequence[str]) -> list[_Pack]:
    """The packs at a path, with their parts in these languages, or in all where none is named.

    Raises `UsageError` where there is no pack that can be read, and for a language that one doesn't have.
    """
    catalogue, items, problems = wiring.read_packs([path], date.today())
    if not catalogue.packs:
        raise UsageError(f"{path}: no pack here can be read: see `kiosk content check {path}`")
    if catalogue.faults:
        note(f"{catalogue.faults} items have errors and are left out: see `kiosk content check {path}`")
    words = wiring.words()
    faulty = frozenset(Path(problem.path).stem for problem in problems if problem.severity is Severity.ERROR)
    packs = []
    for name in catalogue.packs:
        spoken = _written(name)
        _check_languages(languages, name, spoken)
        recordings = wiring.recordings(Path(name.folder))
        files = recordings.files()
        content = [item for item in items.values() if item.id.startswith(f"{name.id}/")]
        parts = {
            language: parts_of(
                name.id,
                language,
                written,
                repertoire(catalogue, items, words, language, written),
                (content, catalogue),
                files,
            )
            for language, written in spoken.items()
            if language in languages or not languages
        }
        packs.append(_Pack(name, _as_reached(path, name), recordings, spoken, parts, faulty))
    return packs


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
