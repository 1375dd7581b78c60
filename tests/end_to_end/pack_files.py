"""The texts of a pack as its files have them, to tell which item is on a screen and which choice was meant."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.end_to_end.terminal import squeezed

_NUMBER = re.compile(r"\{help:(\d+)\}")


class Item(NamedTuple):
    """A scenario, a fact or a story."""

    id: str
    """As in the log: `pack/item`."""
    kind: str
    raw: dict[str, Any]

    def lines(self, language: str) -> list[str]:
        """What the scene says."""
        return [written(line, language) for line in self.raw["scene"]]


class Question(NamedTuple):
    """A prompt and its choices, in the order of the file."""

    prompt: str
    choices: list[str]
    right: list[bool]


class PackFiles:
    """A pack, read with PyYAML and nothing of the kiosk's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.head: dict[str, Any] = self._read("pack.yaml")
        self.id = str(self.head["id"])
        self.version = str(self.head["version"])

    def _read(self, name: str) -> Any:
        path = self._folder / name
        return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []

    def _folder_of(self, name: str, kind: str) -> list[Item]:
        files = sorted((self._folder / name).glob("*.yaml"))
        return [Item(f"{self.id}/{file.stem}", kind, self._read(f"{name}/{file.name}")) for file in files]

    @cached_property
    def scenarios(self) -> list[Item]:
        """The cases."""
        return self._folder_of("scenarios", "scenario")

    @cached_property
    def stories(self) -> list[Item]:
        """The stories."""
        return self._folder_of("stories", "story")

    @cached_property
    def facts(self) -> list[Item]:
        """The cards that are asked as facts."""
        return [Item(f"{self.id}/{raw['id']}", "fact", raw) for raw in self._read("facts.yaml")]

    @cached_property
    def cards(self) -> dict[str, dict[str, Any]]:
        """By id."""
        return {card["id"]: card for card in self._read("baselines.yaml")}

    @cached_property
    def sayings(self) -> list[dict[str, Any]]:
        """Rhymes and slogans."""
        return list(self._read("sayings.yaml"))

    def fraud_type(self, item: Item) -> str | None:
        """Of a fraud and its twin, and of a story."""
        if item.kind == "scenario" and "fraud_type" not in item.raw:
            twin = item.raw.get("twin")
            return next((self.fraud_type(each) for each in self.scenarios if each.id == f"{self.id}/{twin}"), None)
        fraud_type: str | None = item.raw.get("fraud_type")
        return fraud_type

    def ask(self, item: Item, language: str) -> Question:
        """Whom to ask."""
        return _question({"prompt": {language: ""}, **item.raw["ask"]}, language)

    def compare(self, item: Item, language: str) -> Question:
        """The question of the card."""
        return _question(self.cards[item.raw["compare"]["card"]]["question"], language)

    def fact(self, item: Item, language: str) -> Question:
        """The fact's own question, or its card's."""
        return _question({**self.cards[item.raw["card"]]["question"], **item.raw}, language)

    def pauses(self, item: Item, language: str) -> list[Question]:
        """Those of a story."""
        return [_question(page["pause"], language) for page in item.raw["pages"] if "pause" in page]


def written(text: dict[str, str], language: str) -> str:
    """A text in a language, with the numbers that it names."""
    return _NUMBER.sub(r"\1", text[language])


def _question(raw: dict[str, Any], language: str) -> Question:
    choices = raw["choices"]
    return Question(
        written(raw["prompt"], language),
        [squeezed(written(choice["text"], language)) for choice in choices],
        [bool(choice.get("right")) for choice in choices],
    )
