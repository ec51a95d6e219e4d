"""What a standard or the city's register fixes is written down once and imported everywhere else."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assessment import editions, reference_state
from store import city, clock
from tests import syntax
from tests.syntax import ROOT
from views import tokens

PACKAGES = ("assessment", "store", "loaders", "reports", "views", "pages", "benchmarks")
STANDARDS, CITY = ROOT / "assessment" / "editions.py", ROOT / "data" / "city.toml"
# Each value with the one file that may spell it out.
HOME: dict[float | str | date, Path] = {
    editions.DAYS_FOR_A_YEAR: STANDARDS,
    editions.STATE_CHANGED: STANDARDS,
    editions.NEW_FROM: STANDARDS,
    editions.OLD: STANDARDS,
    editions.NEW: STANDARDS,
    editions.GB3095_2012: STANDARDS,
    editions.GB3095_2026: STANDARDS,
    reference_state.STANDARD_HPA: ROOT / "assessment" / "reference_state.py",
    clock.DAY_S: ROOT / "store" / "clock.py",
    tokens.SANS: ROOT / "views" / "tokens.py",
    city.CITY: CITY,
    city.CITY_CODE: CITY,
    city.CITY_NAME: CITY,
    city.CITY_NAME + "市": CITY,
}


def values(file: Path) -> Iterator[tuple[float | str | date, int]]:
    """The numbers, texts and dates a file spells out with their lines; dates as calls of ``date`` and as ISO text."""
    for one in syntax.strings(file):
        text = str(one.value).strip("'\"")
        yield (_day(text) or text), one.lineno
        for quoted in text.split("'")[1::2]:  # in a query
            yield quoted, one.lineno
    for node in syntax.nodes(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
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


# ── the city is data ─────────────────────────────────────────────────────────────────────────────────────────────────
HERE = city.HERE
NAMES = {
    HERE.id, HERE.name_zh, HERE.name_en, HERE.code, HERE.province, HERE.province_zh, HERE.province_code, HERE.work_zone,
    HERE.green.hills, *HERE.province_areas, *HERE.neighbours, *HERE.work_district, HERE.river.basin, HERE.river.main,
    HERE.river.inflow, HERE.river.outflow, *HERE.river.green, *(one for box in HERE.green.boxes.values() for one in box),
} - {HERE.green.core}  # fmt: skip
NAMED = re.compile(
    "|".join(rf"(?<![a-z]){re.escape(one.lower())}(?![a-z])" for one in sorted(NAMES, key=len, reverse=True))
)
# The product was first made for this city and bears its name; another city keeps these as they are.
OF_THE_PRODUCT = {
    r"xining_[a-z_]*": "settings of the environment, and metrics that dashboards and alert rules ask for",
    r"xining\.db": "the store's usual file",
    r"/(var/cache|opt)/xining": "folders of an installation",
    r"xiningenvironmentdashboard": "what upstreams are told who asks",
}


def named(file: Path) -> Iterator[tuple[str, int]]:
    """The names of the city that a file's strings and identifiers hold, with their lines; prose explains and is left out."""
    texts = [(str(one.value), one.lineno) for one in syntax.strings(file)]
    for node in syntax.nodes(file):
        name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
        if isinstance(name, str) and not isinstance(node, ast.alias):
            texts.append((name, getattr(node, "lineno", 0)))
    for text, line in texts:
        rest = text.lower()
        if not NAMED.search(rest):
            continue
        for pattern in OF_THE_PRODUCT:
            rest = re.sub(pattern, "", rest)
        yield from ((found[0], line) for found in NAMED.finditer(rest))


@pytest.mark.parametrize("package", [*PACKAGES, "deploy"])
def test_no_name_of_the_city_stands_in_code(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    found = [f"{file.relative_to(ROOT)}:{line}: {name}" for file in files for name, line in named(file)]
    assert not found


def places(file: Path) -> Iterator[tuple[str, int]]:
    """The points and boxes within the city's bounds that a file spells out: a longitude and a latitude beside each other."""
    west, south, east, north = HERE.bounds
    for node in syntax.nodes(file):
        if isinstance(node, ast.Tuple | ast.List | ast.Call):
            parts = node.args if isinstance(node, ast.Call) else node.elts
            known = [one.value for one in parts if isinstance(one, ast.Constant) and type(one.value) is float]
            if any(west <= one <= east for one in known) and any(south <= one <= north for one in known):
                yield str(known), node.lineno


@pytest.mark.parametrize("package", [*PACKAGES, "deploy"])
def test_no_place_of_the_city_stands_in_code(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    found = [f"{file.relative_to(ROOT)}:{line}: {place}" for file in files for place, line in places(file)]
    assert not found


def test_a_place_in_code_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "copy.py"
    copy.write_text(
        "A = (101.77, 36.62)\nB = (640.0, 36.62)\nC = Box(100.84, 36.2, 102.0, 37.5)\nD = [36, 101]\n", "utf-8"
    )
    assert [line for _, line in places(copy)] == [1, 3]


def test_a_name_in_code_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "copy.py"
    copy.write_text(
        'A = "xiaoxia_class"\nB = os.environ["XINING_TODAY"]\n\n\ndef of_xining():\n    """Of Xining."""\n    return "西宁市"\n'
        'C = "xianlin"\n',
        encoding="utf-8",
    )
    assert sorted(named(copy)) == [("xiaoxia", 1), ("xining", 5), ("西宁", 7)]
