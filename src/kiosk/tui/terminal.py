"""What terminals send that Textual does not expect from them."""

from __future__ import annotations

import logging
from typing import Any

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.driver import Driver

_log = logging.getLogger(__name__)

# What xterm sends for the middle key and the comma of a pad in application mode.
ANSI_SEQUENCES_KEYS.setdefault("\x1bOE", "5")  # type: ignore[attr-defined]
ANSI_SEQUENCES_KEYS.setdefault("\x1bOl", ",")  # type: ignore[attr-defined]


def tolerant(driver: type[Driver]) -> type[Driver]:
    """The driver, reading on after bytes that are no characters: Textual's own would end the kiosk with a traceback."""
    if not hasattr(driver, "run_input_thread"):
        return driver  # Windows hands over characters, never bytes

    def run_input_thread(self: Any) -> None:
        while not self.exit_event.is_set():
            try:
                self.run_input_thread()
            except Exception:  # noqa: BLE001 - whatever can be sent can be sent by a visitor
                _log.warning("the terminal sent what is no key", exc_info=True)
            else:
                return

    return type("Tolerant" + driver.__name__, (driver,), {"_run_input_thread": run_input_thread})
