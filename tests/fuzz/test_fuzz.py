"""Mutated inputs without end: every reader gives what it declares, or one refusal of one line. ``make fuzz`` gives more."""

import pytest

from store import sources
from tests.fuzz import targets
from tests.fuzz.run import run
from tests.fuzz.targets import SEEDS

COUNT, PARTS = 2000, 4  # inputs a reader; parts, so that several processes share them


def test_every_source_has_answers_to_be_mutated() -> None:
    assert set(SEEDS) == set(sources.declared()), "add a loader's sound answers to SEEDS in tests/fuzz/targets.py"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", list(targets.targets()))
def test_mutated_inputs_are_read_or_refused_in_one_line(name: str, part: int) -> None:
    found = run(name, targets.targets()[name], range(part, COUNT, PARTS))
    assert found.count == COUNT // PARTS
    assert not found.failures, "\n".join(trace for _, trace in found.failures.values())
