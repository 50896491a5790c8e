"""A short run of the fuzzer, always the same: every mutated file ends in an outcome."""

from random import Random

import pytest

from shared.errors import REJECTION_CODES
from tests.fuzz.mutate import mutate
from tests.fuzz.outcome import read
from tests.fuzz.seeds import seeds


@pytest.fixture(scope="module")
def files() -> list[bytes]:
    return seeds(40, 4)


@pytest.mark.parametrize("seed", range(5))
def test_every_mutated_file_ends_in_an_outcome(files: list[bytes], seed: int) -> None:
    rng = Random(seed)
    for _ in range(16):
        assert read(mutate(rng.choice(files), files, rng)).verdict in ("parsed", *REJECTION_CODES)
