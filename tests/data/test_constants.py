"""What a standard or the city's register fixes is written down once and imported everywhere else."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assessment import editions
from store import city
from tests import syntax
from tests.syntax import ROOT

PACKAGES = ("assessment", "store", "loaders", "reports", "views", "pages", "benchmarks")
STANDARDS, CITY = ROOT / "assessment" / "editions.py", ROOT / "store" / "city.py"
# Each value with the one module that may spell it out.
HOME: dict[int | str | date, Path] = {
    editions.DAYS_FOR_A_YEAR: STANDARDS,
    editions.STATE_CHANGED: STANDARDS,
    editions.NEW_FROM: STANDARDS,
    editions.OLD: STANDARDS,
    editions.NEW: STANDARDS,
    editions.GB3095_2012: STANDARDS,
    editions.GB3095_2026: STANDARDS,
    city.CITY: CITY,
    city.CITY_CODE: CITY,
    city.CITY_NAME: CITY,
    city.CITY_NAME + "市": CITY,
}


def values(file: Path) -> Iterator[tuple[int | str | date, int]]:
    """The numbers, texts and dates a file spells out with their lines; dates as calls of ``date`` and as ISO text."""
    for one in syntax.strings(file):
        text = str(one.value).strip("'\"")
        yield (_day(text) or text), one.lineno
        for quoted in text.split("'")[1::2]:  # in a query
            yield quoted, one.lineno
    for node in ast.walk(syntax.tree(file)):
        if isinstance(node, ast.Constant) and type(node.value) is int:
            yield node.value, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "date":
            parts = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if len(parts) == 3:
                yield date(*map(int, map(str, parts))), node.lineno


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None


@pytest.mark.parametrize("package", PACKAGES)
def test_a_constant_is_defined_once(package: str) -> None:
    again = [
        f"{file.relative_to(ROOT)}:{line}: {value}"
        for file in sorted((ROOT / package).rglob("*.py"))
        for value, line in values(file)
        if HOME.get(value, file) != file
    ]
    assert not again


def test_a_second_definition_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "copy.py"
    copy.write_text(
        "A = 324\nB = date(2018, 9, 1)\nC = '2018-09-01'\nD = frame.query(\"area_id != 'xining'\")\n", encoding="utf-8"
    )
    assert [line for value, line in values(copy) if value in HOME] == [3, 4, 1, 2]
