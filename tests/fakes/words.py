"""The `Words` port in memory."""

from __future__ import annotations

from collections.abc import Mapping


class FakeWords:
    """Texts by (language, message), what is spoken by (language, "say " + message)."""

    def __init__(self, texts: Mapping[tuple[str, str], str]) -> None:
        self._texts = dict(texts)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({language for language, _ in self._texts}))

    def write(self, language: str, message: str, **values: object) -> str:
        text = self._texts.get((language, message), message)
        return text.format(**values) if values else text

    def say(self, language: str, message: str, **values: object) -> str:
        text = self._texts.get((language, f"say {message}"))
        return self.write(language, message, **values) if text is None else text.format(**values)
