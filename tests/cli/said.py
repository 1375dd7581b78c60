"""A command, called in this process, and what it said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.cli.root import run


class Said:
    """What a command said, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.lines = out.splitlines()
        self.notes = err.splitlines()


Kiosk = Callable[..., Said]


def kiosk_of(capsys: pytest.CaptureFixture[str], *command: str) -> Kiosk:
    """To be called with the rest of the arguments."""

    def call(*arguments: str) -> Said:
        code = run([*command, *arguments])
        return Said(code, *capsys.readouterr())

    return call
