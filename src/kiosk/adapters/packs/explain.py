"""What pydantic refuses, as problems with a line, a sentence and the nearest word that is known."""

from __future__ import annotations

import difflib
import types
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from kiosk.adapters.packs import schema, traps
from kiosk.adapters.packs.findings import Findings
from kiosk.adapters.packs.folding import quoted
from kiosk.adapters.packs.nodes import Document, Loc
from kiosk.adapters.packs.wording import Suspects, Wording
from kiosk.core.characters import COUNTERPARTS

M = TypeVar("M", bound=BaseModel)

_SHAPES = {
    "model_type": "a mapping (key: value)",
    "dict_type": "a mapping of languages (zh: …)",
    "list_type": "a list (lines that begin with a hyphen, or [ … ])",
    "string_type": "a single value",
    "bool_type": "true or false",
    "int_type": "a number",
}


class Reader:
    """One file's document, and where its problems go."""

    def __init__(self, document: Document, findings: Findings, languages: Sequence[str]) -> None:
        self.document = document
        self.findings = findings
        self.languages = languages
        self._meant: set[tuple[str | int, ...]] = set()
        """The ways that unknown keys seem to mean; they are not reported as missing as well."""
        self._suspects: defaultdict[str, Suspects] | None = None

    def suspects(self, wording: Wording, languages: Sequence[str]) -> Mapping[str, Suspects]:
        """By language: what in this file's texts may break a rule of wording, found once for all of them."""
        if self._suspects is None:
            found = wording.suspects(self.document.text)
            self._suspects = defaultdict(lambda: found[""])
            self._suspects.update({code: found.get(code.partition("-")[0], found[""]) for code in languages})
        return self._suspects

    def validate(self, model: type[M], data: object, loc: Loc = ()) -> M | None:
        """The value of a part of the document; None, with every reason reported, where it is not as the model says."""
        try:
            made = model.model_validate(data)
        except ValidationError as error:
            for found in sorted(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden"):
                self._explain(model, found, tuple(loc))
            return None
        return made

    def check_empty_keys(self, model: type[BaseModel] | None, loc: Loc = ()) -> None:
        """Report keys that are unknown and have no value: a text cut in two by a comma leaves such a key."""
        if not self.document.empties:
            return
        depth = len(loc)
        for way in self.document.empty_keys():
            if tuple(way[:depth]) == tuple(loc) and len(way) > depth:
                known = self._known_keys(model, way[depth:-1])
                if known is not None and way[-1] not in known:
                    self.unknown_key(way, known)

    def unknown_key(self, loc: Loc, known: Iterable[str]) -> None:
        """Report a key that may not be there, with the nearest that may."""
        spot = self.document.key_spot(loc)
        if self.trap(spot[0]):
            return
        key = str(loc[-1])
        if key == "<<":
            self.findings.error(spot, "merge-key", "merge keys (<<) are not used in packs", "write the values out")
            return
        names = list(known)
        meant = schema.language_meant(key)
        near = [meant] if meant in names else difflib.get_close_matches(key, names, 1, 0.6)
        self._meant.update((*loc[:-1], word) for word in near)
        shown = key if len(key) <= 40 else key[:39] + "…"
        hint = f"did you mean '{near[0]}'?" if near else ""
        self.findings.error(spot, "unknown-key", f"'{shown}' is not known here", hint)

    def is_misspelled(self, loc: Loc) -> bool:
        """Whether a key that is missing stands there under a similar name, which was reported."""
        return tuple(loc) in self._meant

    def trap(self, line: int) -> bool:
        """Whether the cause is one of YAML's traps on this line; then that is reported instead."""
        if self.findings.is_settled(line):
            return True
        repair = traps.structure(self.document.line(line), self.languages)
        if repair:
            self.findings.error((line, repair.column), repair.code, repair.message, repair.hint)
            self.findings.settle(line)
        return bool(repair)

    def _explain(self, model: type[BaseModel], found: Any, prefix: tuple[str | int, ...]) -> None:
        way = tuple(found["loc"])
        loc = (*prefix, *way)
        kind, value = found["type"], found["input"]
        context = found.get("ctx", {})
        if kind == "extra_forbidden":
            self.unknown_key(loc, self._known_keys(model, way[:-1]) or ())
            return
        spot = self.document.spot(loc)
        if self.trap(spot[0]):
            return
        name = _name(loc)
        report = self.findings.error
        if kind == "missing" and self.is_misspelled(loc):
            return
        if kind == "missing":
            is_empty = self.document.has(loc)
            report(spot, "missing", f"{name} has no value" if is_empty else f"{name} is missing")
        elif kind in _SHAPES:
            report(spot, "wrong-shape", *self._wrong_shape(model, way, kind, value, name))
        elif kind == "literal_error":
            words = [word.strip(" '") for word in context["expected"].replace(" or ", ", ").split(",")]
            near = difflib.get_close_matches(traps.ascii_word(str(value)).lower(), words, 1, 0.5)
            hint = f"did you mean '{near[0]}'?" if near else ""
            report(spot, "unknown-word", f"'{_short(value)}' is none of {', '.join(words)}", hint)
        elif kind == "too_short":
            report(
                spot, "too-few", f"{name} needs at least {context['min_length']}; here are {context['actual_length']}"
            )
        elif kind == "too_long":
            report(
                spot,
                "too-many",
                f"{name} may have at most {context['max_length']}; here are {context['actual_length']}",
            )
        elif "sentence" in context:
            report(spot, kind, context["sentence"], context["hint"])
        else:
            report(spot, "wrong-value", f"{name}: {found['msg'].lower()}")

    def _wrong_shape(
        self, model: type[BaseModel], way: tuple[str | int, ...], kind: str, value: object, name: str
    ) -> tuple[str, str]:
        if value == "":
            return f"{name} has no value", ""
        is_text = kind == "dict_type" and _at(model, way) == schema.TextData
        if is_text and isinstance(value, str):
            texts = ", ".join(
                f"{code}: {quoted(value if place == 0 else '…')}" for place, code in enumerate(self.languages)
            )
            return f"{name} must name its languages", f"such as {{{texts}}}"
        wanted = "a text: a mapping of languages (zh: …)" if is_text else _SHAPES[kind]
        have = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "a single value"
        return f"{name} must be {wanted}, not {have}", ""

    def _known_keys(self, model: type[BaseModel] | None, way: Sequence[str | int]) -> list[str] | None:
        """The keys that may stand at that place; None where it is no mapping of the format."""
        here = _at(model, way) if model else None
        if here == schema.TextData:
            made = filter(None, map(COUNTERPARTS.get, self.languages))  # may be written though not named
            return [*self.languages, *made, "say"]
        return [field.alias or name for name, field in here.model_fields.items()] if here and _is_model(here) else None


def _at(model: type[BaseModel], way: Sequence[str | int]) -> Any:
    """What the annotations say of a part: a model, `schema.TextData`, or another type."""
    here: Any = _bare(model)
    for step in way:
        if isinstance(step, int):
            here = _bare(next(iter(get_args(here)), None))
        elif _is_model(here):
            field = next((field for name, field in here.model_fields.items() if (field.alias or name) == step), None)
            here = _bare(field.annotation) if field else None
        else:
            return None
    return here


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _bare(annotation: Any) -> Any:
    """An annotation without `Annotated`, `None` and the model around a single value."""
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation = annotation.__origin__
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        elif _is_model(annotation) and issubclass(annotation, RootModel):
            annotation = annotation.model_fields["root"].annotation
        else:
            return annotation


def _name(loc: Loc) -> str:
    """What a place is called in a sentence."""
    named = [(place, step) for place, step in enumerate(loc) if isinstance(step, str)]
    if not named:
        return "this entry" if loc else "this file"
    place, key = named[-1]
    return f"an entry of '{key}'" if place + 1 < len(loc) else f"'{key}'"


def _short(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"
