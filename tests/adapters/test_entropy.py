"""Where chance comes from: one contract for the fake and the real thing."""

from __future__ import annotations

import uuid

import pytest

from kiosk import wiring
from kiosk.ports import Entropy
from tests.usecases.stage import FakeEntropy


@pytest.fixture(params=["fake", "real"])
def entropy(request: pytest.FixtureRequest) -> Entropy:
    return FakeEntropy() if request.param == "fake" else wiring.entropy()


def test_seeds_are_whole_numbers_that_every_program_reads_exactly(entropy: Entropy) -> None:
    """0 … 2**48 - 1, each time another."""
    seeds = []
    for _ in range(100):
        seeds.append(entropy.seed())
        assert entropy.name()
    assert all(0 <= seed < 2**48 for seed in seeds)
    assert len(set(seeds)) == 100


def test_real_names_are_random_and_tell_no_time() -> None:
    """UUID version 4: a time-ordered one would betray the minute."""
    names = {wiring.entropy().name() for _ in range(100)}
    assert len(names) == 100
    assert all(uuid.UUID(name).version == 4 for name in names)
