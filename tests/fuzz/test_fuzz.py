"""Mutated inputs without end: every reader gives what it declares, or one refusal of one line. ``make fuzz`` gives more."""

from pathlib import Path

import pytest

from loaders import workbook
from store import sources
from tests.fuzz import tables, targets
from tests.fuzz.run import run
from tests.fuzz.targets import SEEDS

FILES = 2 * len(tables.TABLES) - 1  # each table as a workbook and as a CSV, and one workbook of several
COUNT, PARTS = 2000, 4  # inputs a reader; parts, so that several processes share them


def test_every_source_has_answers_to_be_mutated() -> None:
    assert set(SEEDS) == set(sources.declared()), "add a loader's sound answers to SEEDS in tests/fuzz/targets.py"


@pytest.mark.parametrize("number", range(FILES))
def test_the_tables_that_mutations_begin_with_are_sound(tmp_path: Path, number: int) -> None:
    files = [*((".xlsx", one) for one in tables.workbooks()), *((".csv", one.encode()) for one in tables.texts())]
    assert len(files) == FILES
    ending, content = files[number]
    (tmp_path / f"表{ending}").write_bytes(content)
    plan = workbook.plan(tmp_path / f"表{ending}", today=targets.NOW.date(), document="plan14")
    assert plan.faults == ()
    assert plan.rows


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", list(targets.targets()))
def test_mutated_inputs_are_read_or_refused_in_one_line(name: str, part: int) -> None:
    found = run(name, targets.targets()[name], range(part, COUNT, PARTS))
    assert found.count == COUNT // PARTS
    assert not found.failures, "\n".join(trace for _, trace in found.failures.values())
