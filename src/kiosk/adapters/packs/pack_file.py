"""`pack.yaml`: what a pack is. Some of it may be wrong and the pack is shown all the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kiosk.adapters.packs import schema
from kiosk.adapters.packs.explain import Reader
from kiosk.adapters.packs.files import DEFAULT_LANGUAGES, Files
from kiosk.adapters.packs.findings import Findings
from kiosk.adapters.packs.folder import PACK_FILE
from kiosk.adapters.packs.limits import NAME, excess
from kiosk.core.catalogue import Variety
from kiosk.core.characters import COUNTERPARTS

_DISPENSABLE = {"varieties", "measured", "license", "publisher", "reviewed"}
"""What a pack is shown without when it is wrong."""


class PackFile(NamedTuple):
    """`pack.yaml` as far as it could be read."""

    reader: Reader
    model: schema.Pack
    varieties: tuple[Variety, ...]
    """Those without fault."""


def read_pack_file(files: Files) -> PackFile | None:
    """The file; None, with the reasons reported, where nothing of the pack can be shown. Sets the files' languages."""
    reader = files.open(PACK_FILE, needed=True)
    if reader is None:
        return None
    data = reader.document.data if isinstance(reader.document.data, dict) else {}
    reader.languages = files.languages = _languages(data.get("languages"))
    written = data.get("format", schema.FORMAT)
    if written != schema.FORMAT:
        message = f"this pack is of format {str(written)[:20]}; this kiosk reads format {schema.FORMAT}"
        reader.findings.error(reader.document.spot(("format",)), "unknown-format", message, "a newer kiosk may read it")
        return None
    model = reader.validate(schema.Pack, reader.document.data)
    reader.check_empty_keys(schema.Pack)
    if model is None:
        needed = {key: value for key, value in data.items() if key in schema.Pack.model_fields.keys() - _DISPENSABLE}
        model = Reader(reader.document, Findings(""), files.languages).validate(schema.Pack, needed)
    if model is None:
        return None
    _check(model, data, reader)
    return PackFile(reader, model, tuple(_varieties(model, reader)))


def _languages(written: object) -> tuple[str, ...]:
    """What the texts are read with, even if something else in the file is wrong."""
    codes = [code for code in written if isinstance(code, str)] if isinstance(written, list) else []
    return tuple(dict.fromkeys(filter(schema.is_language, codes))) or DEFAULT_LANGUAGES


def _check(model: schema.Pack, data: dict[str, object], reader: Reader) -> None:
    report, spot = reader.findings, reader.document.spot
    for name in ("license", "publisher", "reviewed"):
        if name not in data and not reader.is_misspelled((name,)):
            report.error(spot((name,)), "missing", f"'{name}' is missing")
    for place, code in enumerate(model.languages):
        if code in model.languages[:place]:
            report.error(spot(("languages", place)), "repeated-word", f"'{code}' stands here twice")


def _varieties(model: schema.Pack, reader: Reader) -> Iterator[Variety]:
    report, spot = reader.findings, reader.document.spot
    seen: set[str] = set()
    languages = {*model.languages, *filter(None, map(COUNTERPARTS.get, model.languages))}
    for place, variety in enumerate(model.varieties):
        loc = ("varieties", place)
        before = report.errors
        if variety.text not in languages:
            message = f"'{variety.text}' is no language of this pack"
            hint = f"a variety shares the text of one of them: {', '.join(model.languages)}"
            report.error(spot((*loc, "text")), "unknown-word", message, hint)
        if variety.id in languages:
            message = f"'{variety.id}' is a written language of this pack, so it can't be a variety too"
            report.error(spot((*loc, "id")), "repeated-word", message, f"such as {variety.text}-henan")
        elif variety.id in seen:
            report.error(spot((*loc, "id")), "repeated-word", f"'{variety.id}' stands here twice")
        if too_long := excess(variety.name, NAME):
            report.error(spot((*loc, "name")), "too-long", too_long)
        seen.add(variety.id)
        if report.errors == before:
            yield Variety(variety.id, variety.text, variety.name)
