"""What an import of a large workbook costs, and how soon bombs are refused: ``python -m benchmarks.bench_import``.

100,000 rows of 14 columns through ``python -m loaders import`` as an operator runs it, its progress bar shown on a
terminal: wall and CPU time and peak of memory of the process. Then every bomb of ``tests.fuzz.bombs``. What must hold is
held by counts (``tests/loaders/test_bombs.py``).
"""

import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from benchmarks import table
from benchmarks.table import Figure
from store import tracked
from store.city import CITY_NAME
from tests import stores
from tests.fuzz.bombs import BOMBS, END, SHEET, book
from tests.served import TODAY

ROWS, INDICATORS = 100_000, 25
MOST_S, MOST_MIB, MOST_BOMB_S = 60, 1024, 2
SLOWEST = 5  # bombs in the table
HEADER = (
    *("指标", "地区", "时段", "数值", "单位", "来源文件", "文件中的位置", "符号", "时段依据", "性质", "出处可靠程度"),
    *("备注", "备注（英文）", "文字结果（英文）"),
)
BY_HAND = ("等于", "原文写明", "公布值", "见到原件")
PROGRAM = (
    "import json, resource, sys, time; from loaders.__main__ import main; begin = time.monotonic(); code = main(sys.argv[2:]);"
    "use = resource.getrusage(resource.RUSAGE_SELF); json.dump({'s': time.monotonic() - begin,"
    "'cpu_s': use.ru_utime + use.ru_stime, 'mib': use.ru_maxrss / 1024, 'code': code}, open(sys.argv[1], 'w'))"
)


class Cost(NamedTuple):
    """Of a run: seconds of wall and CPU, MiB at most, exit code."""

    s: float
    cpu_s: float
    mib: float
    code: int


def rows(count: int) -> list[Sequence[str | float]]:
    """Figures of the waste and greening accounts, one a day: always the same ones."""
    indicators = tracked.read("indicators")
    units = tracked.read("units").set_index("unit_id")["symbol_zh"]
    taken = indicators[~indicators["theme"].isin(["air"]) & indicators["unit_id"].map(units).notna()].head(INDICATORS)
    days = [(date(2014, 1, 1) + timedelta(days=n)).isoformat() for n in range(count // len(taken) + 1)]
    found: list[Sequence[str | float]] = [
        (
            name,
            f"{CITY_NAME}市",
            day,
            low,
            units[unit],
            "plan14",
            f"表{number % 90}",
            *BY_HAND,
            f"说明{number % 700}",
            "note",
            "",
        )
        for number, (day, (name, unit, low)) in enumerate(
            (day, one)
            for day in days
            for one in zip(
                taken["indicator_id"], taken["unit_id"], taken["lo"].fillna(0).astype(float) + 1, strict=True
            )
        )
    ]
    return found[:count]


def workbook(count: int) -> bytes:
    """The rows as a sheet with its texts in the cells, as programs write them."""
    made = [_row(1, HEADER), *(_row(number, row) for number, row in enumerate(rows(count), 2))]
    return book([SHEET + "".join(made) + END])


def _row(number: int, values: Sequence[str | float]) -> str:
    cells = (
        f'<c r="{get_column_letter(column)}{number}"><v>{value:g}</v></c>'
        if isinstance(value, float)
        else f'<c r="{get_column_letter(column)}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        for column, value in enumerate(values, 1)
        if value != ""
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def imported(folder: Path, file: Path, *options: str) -> tuple[Cost, str]:
    """The cost of an import in a process of its own, and what it showed on its terminal."""
    terminal, end = pty.openpty()
    termios.tcsetwinsize(end, (24, 120))  # a bar on a terminal without width is empty
    arguments = [sys.executable, "-c", PROGRAM, str(folder / "cost.json"), "import", str(file), *options]
    shown = b""
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=end):
        os.close(end)
        try:
            while piece := os.read(terminal, 4096):
                shown += piece
        except OSError:  # how a terminal ends
            pass
    os.close(terminal)
    return Cost(**json.loads((folder / "cost.json").read_text())), shown.decode(errors="replace")


def figures() -> Iterator[Figure]:
    """A large workbook checked and imported, and the bombs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XINING_DATABASE_URL"], os.environ["XINING_TODAY"] = stores.filled(folder / "own.db"), TODAY
        yield from large(folder)
        yield from bombs(folder)


def large(folder: Path) -> Iterator[Figure]:
    """What a large workbook costs."""
    file = folder / "large.xlsx"
    file.write_bytes(workbook(ROWS))
    for what, options in (("checked", ["--dry-run"]), ("imported", [])):
        cost, shown = imported(folder, file, *options)
        yield Figure(f"{ROWS:,} rows of a workbook {what}", cost.s, "s", "limit", MOST_S, 1)
        yield Figure("… its CPU", cost.cpu_s, "s of CPU", "limit", MOST_S, 1)
        yield Figure("… its most memory", cost.mib, "MiB", "limit", MOST_MIB, 1)
        yield Figure("… its exit code", cost.code, "", "failure", 1, 0)
        steps = len(set(re.findall(r"(\d+)%\|", shown)))
        yield Figure("… steps of its progress bar", steps, "", "one a percent", 100)


def bombs(folder: Path) -> Iterator[Figure]:
    """How many are refused, and how soon the slowest five."""
    found: dict[str, Refusal] = {}
    for bomb, made in BOMBS.items():
        file = folder / ("bomb.csv" if "CSV" in bomb else "bomb.xlsx")
        file.write_bytes(made())
        found[bomb] = refused(file)
    yield Figure("bombs refused", sum(one.refused for one in found.values()), "", "of", len(found), 1, least=True)
    for bomb, one in sorted(found.items(), key=lambda each: each[1].s, reverse=True)[:SLOWEST]:
        yield Figure(f"until a bomb is refused: {bomb}", one.s, "s", "limit", MOST_BOMB_S, 1)
        yield Figure("… its CPU", one.cpu_s, "s of CPU", "limit", MOST_BOMB_S, 1)


class Refusal(NamedTuple):
    """Whether a file was refused, and the seconds of wall and CPU that took."""

    refused: bool
    s: float
    cpu_s: float


def refused(file: Path) -> Refusal:
    """Ask for a plan of a file."""
    from loaders.workbook import plan

    begin, cpu = time.monotonic(), time.process_time()
    ok = plan(file).ok
    return Refusal(not ok, time.monotonic() - begin, time.process_time() - cpu)


if __name__ == "__main__":
    table.show(figures())
