"""Compile the message catalogues (`locales/*/LC_MESSAGES/*.po`) to `.mo` while the package is built."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Run by hatchling for wheels and editable installs alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write each `.mo` beside its `.po`; the wheel then takes the folder as it is."""
        sys.path.insert(0, str(Path(self.root, "src")))  # what is being built knows how, and needs nothing installed
        try:
            from kiosk.adapters.packs import conversion
            from kiosk.adapters.words.building import build_all
        finally:
            del sys.path[0]
        build_all(Path(self.root, "locales"), conversion)
