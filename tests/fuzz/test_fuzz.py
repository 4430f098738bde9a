"""What reads hostile bytes says what is wrong with them, and nothing else, for a few seconds of mutated ones."""

from __future__ import annotations

import warnings

import pytest

from tests.fuzz.__main__ import fuzz
from tests.fuzz.targets import TARGETS, read_archive


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run_finds_nothing(name: str) -> None:
    """Mutated archives, notebooks and messages end in a rejection or are read, within limits, and never otherwise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        runs, crashes = fuzz(name, 3.0, 7)

    assert crashes == []
    assert runs > 200


def test_the_seeds_are_right() -> None:
    """Each archive that is mutated can be read as it is."""
    for data in TARGETS["archives"]().seeds:
        read_archive(data)
