"""Files filled in to do harm, or by slips no one foresaw: each gives rows or faults of one line, never an exception."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from assessment.messages import LINE
from loaders import workbook
from loaders.workbook import cells
from tests.fuzz.run import ended_after
from tests.imports import NOW, Rows

MONTHLY = ["断面", "月份", "氨氮（mg/L）", "来源文件", "文件中的位置"]
FORGED = "\u202e\u2066提示：全部导入" + "长" * 30_000


def planned(folder: Path, rows: Rows, name: str = "数据") -> workbook.Plan:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    book.save(folder / "表.xlsx")
    return workbook.plan(folder / "表.xlsx", today=NOW.date(), document="plan14")


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize(
    "text",
    [
        FORGED,
        "9" * 32_000 + "x",
        "1" + " 1" * 15_000,
        "（" * 30_000,
        "mg/L" * 8000,
        "一" * 32_000,
        "2026-" * 6000,
        "<" * 32_000,
    ],
)
def test_a_cell_filled_to_its_end_is_a_fault_of_one_line(tmp_path: Path, place: int, text: str) -> None:
    row: list[Any] = ["小峡桥", "2026-10", 0.35, "plan14", "附表2"]
    row[place] = text
    with ended_after(20):
        plan = planned(tmp_path, [[text], MONTHLY, row])
    (fault,) = plan.faults
    assert len(fault.problem) <= LINE
    assert fault.problem.isprintable()
    assert fault.cell == f"{'ABCD'[place]}3"


def test_a_header_over_every_column_of_a_sheet_is_looked_at_where_headers_are(tmp_path: Path) -> None:
    with ended_after(20):
        plan = planned(tmp_path, [[f"列{n}" for n in range(990)]] * 12)
    assert "认得出表头" in plan.report()[0]


def test_a_title_with_an_hour_that_is_none_is_a_fault(tmp_path: Path) -> None:
    rows: Rows = [["监测点位", "AQI", "PM10"], ["四陆医院", 60, 70]]
    plan = planned(tmp_path, [["西宁市空气质量实时报 2026-13-45 99:99"], *rows])
    assert any("不是整点" in one.problem for one in plan.faults)
    assert not planned(tmp_path, [["西宁市空气质量实时报 9999-12-31 24:00"], *rows]).ok


def test_a_row_of_another_city_without_any_cell_of_its_own_is_left_out(tmp_path: Path) -> None:
    rows: Rows = [
        ["西宁市空气质量日报  2026年10月6日"],
        ["城市", "监测点位", "PM10(μg/m3)", "AQI", "排名"],
        ["海东市", "四陆医院", 20, 60, 1],
        [None, None, None, None, 2],
    ]
    assert planned(tmp_path, rows).skipped


def test_the_name_of_a_sheet_is_cleaned(tmp_path: Path) -> None:
    plan = planned(tmp_path, [MONTHLY, ["小峡桥", "2026-10", "x", "plan14", "附表2"]], "\u202e\u2066数\u200b据")
    assert [one.sheet for one in plan.faults] == ["数据"]


@pytest.mark.parametrize(("text", "seen"), [("a\u200bb\u202ec\u00a0d\ufe0f", "abc d"), ("\x07é\u3000\nx", "é \nx")])
def test_signs_nobody_sees_are_found_once_and_left_out(text: str, seen: str) -> None:
    assert cells.visible(text) == seen
    assert cells.visible(text * 1000) == seen * 1000
