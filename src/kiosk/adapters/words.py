"""The interface's own texts from gettext catalogues (`locales/<language>/LC_MESSAGES/kiosk.po`)."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from kiosk.core.errors import KioskError


class Catalogues:
    """Message ids are words (`home-learn`); the context `say` holds what is spoken where that differs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_source = (folder.parent / "pyproject.toml").is_file()
        """In a checkout texts may have changed since they were compiled; what was installed is as it was built."""
        self._languages = tuple(sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/kiosk.po")))
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

    def _open(self, language: str) -> gettext.NullTranslations:
        source = self._folder / language / "LC_MESSAGES" / "kiosk.po"
        compiled = source.with_suffix(".mo")
        if self._is_source and not _is_newer(compiled, source):
            return _compile(source)
        try:
            with compiled.open("rb") as file:
                return gettext.GNUTranslations(file)
        except OSError as error:
            raise KioskError(f"{compiled}: {error.strerror}: install the kiosk again") from error


def _is_newer(compiled: Path, source: Path) -> bool:
    try:
        return compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns
    except OSError:
        return False


def _compile(source: Path) -> gettext.NullTranslations:
    """A catalogue of a checkout that was not built since its texts changed."""
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalogue = read_po(file)
    except (ImportError, OSError) as error:
        raise KioskError(f"{source}: the catalogue is not compiled ({error}): run `pip install -e .`") from error
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
