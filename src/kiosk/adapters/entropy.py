"""Chance from the operating system."""

from __future__ import annotations

import secrets
import uuid


class SystemEntropy:
    """Seeds and names that nobody can guess and that mean nothing."""

    def seed(self) -> int:
        """A whole number from 0 to 2**48 - 1: exact in every program that reads the export."""
        return secrets.randbits(48)

    def name(self) -> str:
        """A random UUIDv4: a time-ordered one would betray the minute."""
        return str(uuid.uuid4())
