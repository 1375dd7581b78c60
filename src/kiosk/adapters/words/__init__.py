"""The interface's own texts from gettext catalogues (`locales/<language>/LC_MESSAGES/kiosk.po`)."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from kiosk.adapters.words.building import MADE_WITH, Conversion, build, can_build, sources
from kiosk.core.characters import SPOKEN_AS
from kiosk.core.errors import KioskError


class Catalogues:
    """Message ids are words (`home-learn`); the context `say` holds what is spoken where that differs."""

    def __init__(self, folder: Path, conversion: Conversion) -> None:
        """`conversion` makes a catalogue in other characters, where it was not built since its texts changed."""
        self._folder = folder
        self._conversion = conversion
        self._is_source = (folder.parent / "pyproject.toml").is_file()
        """In a checkout texts may have changed since they were compiled; what was installed is as it was built."""
        found = sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/kiosk.po"))
        self._languages = tuple(code for code in found if self._is_there(code))
        if not self._languages:
            raise KioskError(f"{folder}: no message catalogues: install the kiosk again")
        self._catalogue = cache(self._open)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, sorted by code."""
        return self._languages

    def write(self, language: str, message: str, **values: object) -> str:
        """The text to show; the id itself where it is missing."""
        text = self._catalogue(language).gettext(message)
        return text.format(**values) if values else text

    def say(self, language: str, message: str, **values: object) -> str:
        """The text to speak."""
        catalogue = self._catalogue(language)
        text = catalogue.pgettext("say", message)
        if text == message:
            text = catalogue.gettext(message)
        return text.format(**values) if values else text

    def _is_there(self, language: str) -> bool:
        """Whether its catalogue was built, or can be; one in other characters may have been left out."""
        if language not in SPOKEN_AS or self._is_built(language):
            return True
        return self._is_source and can_build(language, self._conversion)

    def _compiled(self, language: str) -> Path:
        return self._folder / language / "LC_MESSAGES" / "kiosk.mo"

    def _is_built(self, language: str) -> bool:
        """Whether what is compiled is there, and none of its texts changed since."""
        compiled = self._compiled(language)
        if self._is_source:
            return all(_is_newer(compiled, source) for source in sources(self._folder, language))
        return compiled.is_file()

    def _open(self, language: str) -> gettext.NullTranslations:
        compiled = self._compiled(language)
        if self._is_source and not self._is_built(language):
            return self._build(language)
        try:
            with compiled.open("rb") as file:
                opened = gettext.GNUTranslations(file)
        except OSError as error:
            raise KioskError(f"{compiled}: {error.strerror}: install the kiosk again") from error
        if self._is_source and language in SPOKEN_AS:
            made_with = opened.pgettext(MADE_WITH, MADE_WITH)
            if made_with != self._conversion.made_with() and can_build(language, self._conversion):
                return self._build(language)
        return opened

    def _build(self, language: str) -> gettext.NullTranslations:
        """A catalogue of a checkout that was not built since its texts changed."""
        try:
            return gettext.GNUTranslations(io.BytesIO(build(self._folder, language, self._conversion)))
        except (ImportError, OSError) as error:
            source = sources(self._folder, language)[-1]
            raise KioskError(f"{source}: the catalogue is not compiled ({error}): run `pip install -e .`") from error


def _is_newer(compiled: Path, source: Path) -> bool:
    try:
        return compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns
    except OSError:
        return False
