"""Bombs of every shape are refused by a limit that the refusal names; ``benchmarks/bench_import.py`` says how soon."""

from pathlib import Path

import pytest

from assessment.messages import LINE
from loaders import workbook
from tests.fuzz.bombs import BOMBS
from tests.fuzz.run import ended_after
from tests.imports import NOW


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / ("表.csv" if "CSV" in name else "表.xlsx")
    path.write_bytes(BOMBS[name]())
    with ended_after(60):
        plan = workbook.plan(path, today=NOW.date())
    (fault,) = plan.faults
    assert not plan.rows
    assert len(str(fault)) <= LINE
