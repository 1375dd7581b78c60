"""Rests the cycle collector while many values are made at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No cycle collection: reading packs makes no cycles, and it would walk all that was read again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What was made counts as old from now on: a look through it all would be due with the next object.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
