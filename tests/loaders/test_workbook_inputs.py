"""What officials' files look like: formats, invisible signs, other file types, periods, units, marks, official tables."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from loaders import workbook
from loaders.workbook import periods
from loaders.workbook.cells import visible
from loaders.workbook.formats import shown
from loaders.workbook.periods import PeriodError
from loaders.workbook.units import form, split
from tests import imports
from tests.imports import NOW, Rows

MONTHLY = ["断面", "月份", "氨氮（mg/L）", "总磷（mg/L）", "来源文件", "文件中的位置"]
MONTH = ["小峡桥", "2026-10", 0.35, 0.06, "plan14", "附表2"]
FIGURES = ["指标", "地区", "时段", "数值", "单位", "来源文件", "文件中的位置"]
RATE = ["生活垃圾无害化处理率", "西宁市", "2025", 95.1, "%", "plan14", "表9"]
Change = Callable[[Worksheet], object]


def nothing(sheet: Worksheet) -> None:
    """Leaves a sheet as it is."""


def excel(folder: Path, rows: Rows, change: Change = nothing, name: str = "数据") -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    book.save(folder / "表.xlsx")
    return folder / "表.xlsx"


def text(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "表.csv") -> Path:
    """A text file."""
    (folder / name).write_bytes("\r\n".join(lines).encode(encoding))
    return folder / name


def parts_changed(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same package with its parts changed."""
    made = path.with_name("改.xlsx")
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name in parts.namelist():
            written.writestr(name, change(name, parts.read(name)))
    return made


def planned(path: Path, **options: Any) -> workbook.Plan:
    return workbook.plan(path, today=NOW.date(), **options)


def only(path: Path, **options: Any) -> Mapping[str, Any]:
    """Key and values of a file's only row."""
    plan = planned(path, **options)
    assert plan.faults == ()
    (row,) = plan.rows
    return row.values


def problem(path: Path, **options: Any) -> str:
    """What is wrong with a file, in one sentence."""
    (fault,) = planned(path, **options).faults
    return fault.problem


# ── number formats ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("code", "value", "read_as"),
    [
        ('0.00"%"', 0.5, 0.5),
        ("0.0\\%", 94.8, 94.8),
        ('0.0"％"', 94.8, 94.8),
        ('#,##0.0_ "%"', 94.8, 94.8),
        ('[红色]0.0"%";-0.0"%"', 94.8, 94.8),
        ("0.0%", 0.948, 94.8),
        ('0.0%;"-"', 0.948, 94.8),
        ('"约"0%', 0.95, 95.0),
    ],
)
def test_a_factor_100_only_where_excel_shows_one(tmp_path: Path, code: str, value: float, read_as: float) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D2"].number_format = code

    row = [*RATE[:3], value, *RATE[4:]]
    assert only(excel(tmp_path, [FIGURES, row], change))["value"] == read_as


def test_which_part_of_a_format_counts_goes_by_the_sign() -> None:
    assert shown('0%;"不足"0.0"%"', 0.5).percent
    assert shown('0%;"不足"0.0"%"', -0.5).literal_percent
    assert shown("0.0,", 1.0).scale == 1000
    assert shown('0"%;"', 1.0).text == "%;"


@pytest.mark.parametrize("number", [27, 28, 31, 36, 50, 52, 57, 58])
def test_built_in_formats_of_east_asia_are_dates(tmp_path: Path, number: int) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b'numFmtId="14"', f'numFmtId="{number}"'.encode())

    def date_formatted(sheet: Worksheet) -> None:
        sheet["B2"].value = 46296  # 1 October 2026
        sheet["B2"].number_format = "mm-dd-yy"

    path = parts_changed(excel(tmp_path, [MONTHLY, MONTH], date_formatted), change)
    (row,) = planned(path).rows
    assert row.key["month"] == "2026-10"
    assert row.notes == ("B2 Excel 存成了日期，读作 2026-10",)


def test_formulas_that_yield_nothing_are_empty_cells(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name.endswith("sheet1.xml"):
            content = content.replace(b'<c r="A3"><f>', b'<c r="A3" t="str"><f>')
            assert b't="str"' in content
        return content

    def formulas(sheet: Worksheet) -> None:
        sheet["A3"] = '=IF(B3="","",B3)'

    plan = planned(parts_changed(excel(tmp_path, [MONTHLY, MONTH], formulas), change))
    assert (plan.faults, len(plan.rows)) == ((), 1)


# ── signs nobody sees ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "sign", ["\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060", "\u3164", "\x0b", "\ufe0f", "\u202c"]
)
def test_signs_nobody_sees_are_removed_from_names_headers_and_numbers(tmp_path: Path, sign: str) -> None:
    header = [f"断{sign}面", *MONTHLY[1:]]
    row = [f"小峡{sign}桥", f"2026-{sign}10", f"0.{sign}35", *MONTH[3:]]
    if sign == "\x0b":  # a workbook cannot hold it
        path = text(tmp_path, ",".join(header), ",".join(map(str, row)).replace(sign, ""))
    else:
        path = excel(tmp_path, [header, row])
    values = only(path)
    assert (values["section_id"], values["month"], values["nh3n_mgl"]) == ("xiaoxia", "2026-10", 0.35)


def test_spaces_stay_and_text_is_left_as_it_is() -> None:
    assert visible("甲\u00a0乙\n丙\t丁\u3000戊") == "甲 乙\n丙 丁 戊"


# ── other kinds of files ─────────────────────────────────────────────────────────────────────────────────────────────
def compound(*names: str) -> bytes:
    """The beginning of a compound file with streams of these names."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") for name in names)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (compound("Workbook"), "旧版 Excel（.xls）"),
        (compound("EncryptionInfo", "EncryptedPackage"), "加了密码"),
        (b"%PDF-1.7\n", "这是 PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("\ufeff<TABLE border=1>".encode(), "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML 电子表格 2003"),
    ],
)
def test_other_files_by_one_sentence_that_says_what_to_save_as(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    assert sentence in problem(path)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"xl/workbook.bin": b""}, ".xlsb"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, ".ods"),
        ({"word/document.xml": b"", "[Content_Types].xml": b""}, "别的文档"),
    ],
)
def test_other_packages_by_one_sentence(tmp_path: Path, names: dict[str, bytes], sentence: str) -> None:
    path = tmp_path / "表.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in names.items():
            parts.writestr(name, content)
    assert sentence in problem(path)


def test_strict_open_xml_is_named(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        return content.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", strict)

    assert "Strict Open XML" in problem(parts_changed(excel(tmp_path, [MONTHLY, MONTH]), change))


# ── bombs ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_not_unpacked(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content + b" " * (20 * 2**20) if name.endswith("sheet1.xml") else content

    assert "展开后太大" in problem(parts_changed(excel(tmp_path, [MONTHLY, MONTH]), change))


def test_entities_are_refused_before_they_are_expanded(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return content
        inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(10))
        return f"<!DOCTYPE worksheet [{inner}]>".encode() + content.replace(b"0.35", b"&e9;")

    assert "实体声明" in problem(parts_changed(excel(tmp_path, [MONTHLY, MONTH]), change))


@pytest.mark.parametrize("lie", [b'<row r="1048576">', b'<row r="99999999999">'])
def test_a_row_far_out_is_refused(tmp_path: Path, lie: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b'<row r="2">', lie) if name.endswith("sheet1.xml") else content

    assert "展开后太大" in problem(parts_changed(excel(tmp_path, [MONTHLY, MONTH]), change))


def test_empty_formatted_cells_without_end_do_no_harm(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (n, n, n) for n in range(3, 9000))
        return content.replace(b"</sheetData>", rows + b"</sheetData>") if name.endswith("sheet1.xml") else content

    assert only(parts_changed(excel(tmp_path, [MONTHLY, MONTH]), change))["nh3n_mgl"] == 0.35


# ── hidden, totals, notes ────────────────────────────────────────────────────────────────────────────────────────────
def hide(sheet: Worksheet) -> None:
    """Hide row 3 and the column of phosphorus."""
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True


def test_hidden_rows_and_columns_are_remarked_or_left_out(tmp_path: Path) -> None:
    path = excel(tmp_path, [MONTHLY, MONTH, ["小峡桥", "2026-09", *MONTH[2:]]], hide)
    plan = planned(path)
    assert [row.notes for row in plan.rows] == [(), ("这一行在表里是隐藏的，也读入",)]
    assert [one.problem for one in plan.remarks] == ["D 列在表里是隐藏的，也读入"]
    plan = planned(path, skip_hidden=True)
    assert [row.values["tp_mgl"] for row in plan.rows] == [None]
    assert [one.problem for one in plan.remarks] == ["D 列是隐藏的，没有读"]
    assert [(one.cell, one.problem) for one in plan.skipped] == [("第3行", "这一行是隐藏的，没有读")]
    assert plan.report()[-1].endswith("新增1行，改动0行，相同0行，跳过1行，退回0行")


@pytest.mark.parametrize(
    "foot",
    [
        ["合  计", None, 0.7],
        ["全市平均", "2026-10", 0.35, 0.06],
        ["注：氨氮为自动监测月均值。"],
        ["注1.数据未经审核"],
        ["数据来源：市生态环境局"],
        ["填表人：", "某某", "审核："],
        ["以下空白"],
        MONTHLY,
    ],
)
def test_totals_notes_and_a_header_printed_again_are_left_out_with_a_remark(tmp_path: Path, foot: list[Any]) -> None:
    plan = planned(excel(tmp_path, [MONTHLY, MONTH, foot]))
    assert plan.faults == ()
    assert ([row.row for row in plan.rows], [one.cell for one in plan.skipped]) == ([2], ["A3"])


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "title", ["西宁市，湟水；2026年，10月", "西宁市;湟水;断面;月报;2026", "a,b,c,d,e,f,g,h", '"西宁，月报"']
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_tables_not_the_titles(tmp_path: Path, delimiter: str, title: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([MONTHLY, MONTH])
    assert only(text(tmp_path, title, out.getvalue()))["nh3n_mgl"] == 0.35


def test_the_delimiter_a_first_line_names_and_unicode_text_of_excel(tmp_path: Path) -> None:
    path = text(tmp_path, "sep=;", ";".join(MONTHLY), ";".join(map(str, MONTH)))
    assert [row.row for row in planned(path).rows] == [3]
    path = text(tmp_path, "\t".join(MONTHLY), "\t".join(map(str, MONTH)), encoding="utf-16")
    assert only(path)["tp_mgl"] == 0.06


@pytest.mark.parametrize("written", ["2026.1", "２０２６．１", " 2026.1 "])
def test_a_month_that_may_have_lost_its_nought_is_refused(tmp_path: Path, written: str) -> None:
    row = ["小峡桥", written, *map(str, MONTH[2:])]
    assert "分不清是哪个月（1月还是10月）" in problem(text(tmp_path, ",".join(MONTHLY), ",".join(row)))
    assert only(excel(tmp_path, [MONTHLY, row]))["month"] == "2026-01"  # typed as text


def test_a_month_that_cannot_have_lost_its_nought_is_taken(tmp_path: Path) -> None:
    assert only(excel(tmp_path, [MONTHLY, ["小峡桥", 2026.9, *MONTH[2:]]]))["month"] == "2026-09"
    lines = ",".join(MONTHLY), ",".join(["小峡桥", "2026.9", *map(str, MONTH[2:])])
    assert only(text(tmp_path, *lines))["month"] == "2026-09"


# ── periods, days and units as they are written ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2026年前三季度", "2026-01/2026-09"),
        ("2026年前两个季度", "2026-01/2026-06"),
        ("2026年一至三季度", "2026-01/2026-09"),
        ("2026年1—9月", "2026-01/2026-09"),
        ("2026年1月至9月份", "2026-01/2026-09"),
        ("2026年1～9月累计", "2026-01/2026-09"),
        ("2026年前10个月", "2026-01/2026-10"),
        ("2026年一季度", "2026-Q1"),
        ("2026年第三季度", "2026-Q3"),
        ("2026 上半年", "2026-01/2026-06"),
        ("2026年下半年", "2026-07/2026-12"),
        ("二〇二五年", "2025"),
        ("二○二六年十月", "2026-10"),
        ("2025年度", "2025"),
        ("2025年全年", "2025"),
    ],
)
def test_periods_as_bulletins_say_them(written: str, period: str) -> None:
    assert periods.period(written) == period


@pytest.mark.parametrize("written", ["前三季度", "1—9月", "一季度", "上半年", "第三季度", "10月", "今年", "本月", "Q3"])
def test_a_period_without_its_year_is_refused(tmp_path: Path, written: str) -> None:
    row = [*RATE[:2], written, *RATE[3:]]
    assert "年" in problem(excel(tmp_path, [FIGURES, row]))
    with pytest.raises(PeriodError):
        periods.period(written)


def test_months_that_are_none_are_refused() -> None:
    for written in ("2026年9—1月", "2026年1—13月"):
        with pytest.raises(PeriodError):
            periods.period(written)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("微克/立方米", "µg/m³"),
        ("微克每立方米", "μg/m3"),
        ("μg·m⁻³", "ug/m3"),
        ("毫克/升", "mg/L"),
        ("mg·L-1", "mg/l"),
        ("毫克/立方米", "mg/m³"),
        ("无量纲", "无单位"),
        ("摄氏度", "℃"),
        ("微西门子/厘米", "µS/cm"),
        ("万立方米/天", "万立方米/日"),
        ("平方千米", "平方公里"),
    ],
)
def test_units_as_bulletins_write_them(written: str, same: str) -> None:
    assert form(written) == form(same)
    assert form("微克/升") != form("毫克/升")


@pytest.mark.parametrize(
    ("header", "named", "unit"),
    [
        ("pH（无量纲）", "ph", "无量纲"),
        ("氨氮/(mg/L)", "氨氮", "mg/l"),
        ("氨氮\n（毫克/升）", "氨氮", "毫克/升"),
        ("总磷mg/L", "总磷", "mg/l"),
        ("电导率[μS/cm]", "电导率", "μs/cm"),
        ("高锰酸盐指数", "高锰酸盐指数", None),
    ],
)
def test_a_header_and_its_unit(header: str, named: str, unit: str | None) -> None:
    assert split(header) == (named, unit)


def test_a_header_in_the_words_of_a_bulletin_is_taken_and_another_unit_refused(tmp_path: Path) -> None:
    header = ["断面", "月份", "氨氮（毫克/升）", "pH（无量纲）", "来源文件", "文件中的位置"]
    assert only(excel(tmp_path, [header, [*MONTH[:3], 8.1, *MONTH[4:]]]))["ph"] == 8.1
    header[2] = "氨氮（微克/升）"
    assert problem(excel(tmp_path, [header, MONTH])) == "单位应为“mg/L”"


# ── below detection ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.025L", 0.0125),
        ("<0.025", 0.0125),
        ("＜0.025", 0.0125),
        ("0.025 (L)", 0.0125),
        ("0.025l", 0.0125),
        ("低于0.025", 0.0125),
        ("未检出(<0.025)", 0.0125),
        ("<0.025mg/L", 0.0125),
        ("ND", None),
        ("未检出", None),
        ("低于检出限", None),
    ],
)
def test_below_detection_half_the_limit_and_the_mark(tmp_path: Path, written: str, value: float | None) -> None:
    plan = planned(excel(tmp_path, [MONTHLY, [*MONTH[:2], written, *MONTH[3:]]]))
    (row,) = plan.rows
    assert row.values["nh3n_mgl"] == value
    assert str(row.values["below_detection"]).startswith("nh3n_mgl ")
    assert "低于检出限" in row.notes[0]
    assert "低于检出限：氨氮 " in plan.report()[-2]


def test_below_detection_shown_by_a_format(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"].number_format = '0.000"L"'

    assert only(excel(tmp_path, [MONTHLY, [*MONTH[:2], 0.025, *MONTH[3:]]], change))["nh3n_mgl"] == 0.0125


@pytest.mark.parametrize("written", ["≤0.025", "<", "L0.025", "约0.3", "-0.025L"])
def test_what_is_no_mark_of_detection_is_refused(tmp_path: Path, written: str) -> None:
    assert "不是数字" in problem(excel(tmp_path, [MONTHLY, [*MONTH[:2], written, *MONTH[3:]]]))


@pytest.mark.slow
def test_a_measured_value_takes_the_place_of_a_mark(filled_store: Path, tmp_path: Path) -> None:
    with imports.own_store(filled_store, tmp_path):
        for cell, expected in (("0.025L", "nh3n_mgl 0.025L"), (0.4, None), ("ND", "nh3n_mgl ND")):
            plan = planned(excel(tmp_path, [MONTHLY, [*MONTH[:2], cell, *MONTH[3:]]]))
            (row,) = plan.rows
            assert row.values["below_detection"] == expected
            workbook.apply(plan, who="张三", why="核对", now=NOW)
        assert row.values["nh3n_mgl"] is None
        assert planned(excel(tmp_path, [MONTHLY, [*MONTH[:2], "ND", *MONTH[3:]]])).count("same") == 1


# ── official tables as they come ─────────────────────────────────────────────────────────────────────────────────────
def daily_report(folder: Path, title: str = "西宁市空气质量日报", when: str = "时间：2026年10月06日") -> Path:
    """A daily report with the header of HJ 633-2012 table 3."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "日报"
    items = (
        "二氧化硫（SO2）24小时平均",
        "颗粒物（粒径小于等于10μm）24小时平均",
        "一氧化碳（CO）24小时平均",
        "臭氧（O3）最大8小时滑动平均",
    )
    sheet["A1"], sheet["A2"] = title, when
    sheet["A3"], sheet["B3"] = "城市名称", "污染物浓度及空气质量分指数（IAQI）"
    for number, item in enumerate(items):
        column = 2 + 2 * number
        sheet.cell(4, column, item)
        sheet.cell(5, column, "浓度/（mg/m3）" if "CO" in item else "浓度/（μg/m3）")
        sheet.cell(5, column + 1, "分指数")
        sheet.merge_cells(start_row=4, start_column=column, end_row=4, end_column=column + 1)
    for column, word in ((10, "空气质量指数（AQI）"), (11, "首要污染物"), (12, "空气质量指数级别"), (13, "颜色")):
        sheet.cell(3, column, word)
        sheet.merge_cells(start_row=3, start_column=column, end_row=5, end_column=column)
    sheet.merge_cells("A1:M1")
    sheet.merge_cells("A3:A5")
    sheet.merge_cells("B3:I3")
    sheet.append(["西宁市", 12, 12, 74, 62, 0.6, 15, 88, 44, 62, "PM10", "二级", "黄"])
    sheet.append(["海东市", 10, 10, 70, 60, 0.5, 13, 80, 40, 60, "PM10", "二级", "黄"])
    sheet.append(["注：数据未经审核。"])
    book.save(folder / "日报.xlsx")
    return folder / "日报.xlsx"


def test_a_daily_report_as_it_comes(tmp_path: Path) -> None:
    plan = planned(daily_report(tmp_path), document="plan14")
    assert plan.faults == ()
    (row,) = plan.rows
    assert row.key == {
        "date": date(2026, 10, 6),
        "area_id": "xining",
        "document_id": "plan14",
        "place": "西宁市空气质量日报",
    }
    values = {name: row.values[name] for name in ("aqi", "so2_ugm3", "pm10_ugm3", "co_mgm3", "o3_8h_ugm3", "level")}
    assert values == {"aqi": 62, "so2_ugm3": 12, "pm10_ugm3": 74, "co_mgm3": 0.6, "o3_8h_ugm3": 88, "level": 2}
    assert row.values["primary_pollutants"] == "PM10"
    assert [one.cell for one in plan.skipped] == ["A7", "A8"]
    assert any("取自标题：2026-10-06" in one.problem for one in plan.remarks)
    assert any(one.problem.startswith("这些列没有读：") and "颜色" in one.problem for one in plan.remarks)


def test_a_daily_report_says_what_it_lacks(tmp_path: Path) -> None:
    assert "--document" in problem(daily_report(tmp_path))
    assert "没有写明日期" in problem(daily_report(tmp_path, when="二级"), document="plan14")
    assert "不认识" in problem(daily_report(tmp_path), document="没有的文件")


def test_days_of_a_month_with_one_header_row(tmp_path: Path) -> None:
    header = [
        "日期",
        "AQI",
        "质量等级",
        "PM2.5(μg/m³)",
        "PM10(μg/m³)",
        "CO(mg/m³)",
        "O3_8h(μg/m³)",
        "首要污染物",
        "排名",
    ]
    days = [[f"2026-10-{day:02}", 60 + day, "良", 20, 70, 0.5, 90, "PM10", 3] for day in (1, 2, 3)]
    rows: Rows = [["西宁市2026年10月空气质量日报"], header, *days]
    plan = planned(excel(tmp_path, rows), document="plan14")
    assert [(row.key["date"].day, row.values["aqi"], row.values["level"]) for row in plan.rows] == [
        (1, 61, 2),
        (2, 62, 2),
        (3, 63, 2),
    ]


def test_a_daily_report_as_csv_whose_headings_lost_their_merges(tmp_path: Path) -> None:
    path = text(
        tmp_path,
        "西宁市空气质量日报,,,,,,,",
        "时间：2026年10月06日,,,,,,,",
        "城市名称,污染物浓度及空气质量分指数,,,,空气质量指数（AQI）,首要污染物,类别",
        ",PM2.5 24小时平均,,PM10 24小时平均,,,,",
        ",浓度/(μg/m3),分指数,浓度/(μg/m3),分指数,,,",
        "西宁市,20,30,74,62,62,PM10,良",
    )
    values = only(path, document="plan14")
    assert [values[name] for name in ("pm25_ugm3", "pm10_ugm3", "aqi", "level")] == [20, 74, 62, 2]


def by_table(plan: workbook.Plan) -> dict[str, list[Mapping[str, Any]]]:
    """The rows of a plan without faults, by table."""
    assert plan.faults == ()
    return {name: [one.values for one in plan.rows if one.table == name] for name in {one.table for one in plan.rows}}


def test_an_hourly_report_with_one_header_row(tmp_path: Path) -> None:
    header = ["城市", "AQI", "PM2.5 1小时平均(μg/m³)", "PM10 1小时平均(μg/m³)", "首要污染物"]
    rows: Rows = [["西宁市空气质量实时报"], ["2026年10月6日8时"], header, ["西宁市", 61, 20, 70, "PM10"]]
    found = by_table(planned(excel(tmp_path, rows), document="plan14"))
    (values,) = found.pop("air_published_hours")
    assert not found
    shown = [values[name] for name in ("measured_at", "area_id", "aqi", "pm25_ugm3", "pm10_ugm3")]
    assert shown == ["2026-10-06T08:00+08:00", "xining", 61, 20, 70]


def hourly_report(sheet: Worksheet) -> None:
    """The header of HJ 633-2012 table 4, its city merged over the rows of its stations."""
    items = (
        "二氧化硫（SO2）1小时平均",
        "颗粒物（粒径小于等于10μm）1小时平均",
        "颗粒物（粒径小于等于10μm）24小时滑动平均",
        "臭氧（O3）1小时平均",
        "臭氧（O3）8小时滑动平均",
        "颗粒物（粒径小于等于2.5μm）1小时平均",
        "颗粒物（粒径小于等于2.5μm）24小时滑动平均",
    )
    sheet["A1"], sheet["A2"] = "空气质量指数实时报数据格式", "时间：2026年10月06日24时"
    for column, word in ((1, "城市名称"), (2, "监测点位名称"), (17, "空气质量指数（AQI）"), (18, "首要污染物")):
        sheet.cell(3, column, word)
        sheet.merge_cells(start_row=3, start_column=column, end_row=5, end_column=column)
    sheet["C3"] = "污染物浓度及空气质量分指数（IAQI）"
    for number, item in enumerate(items):
        column = 3 + 2 * number
        sheet.cell(4, column, item)
        sheet.cell(5, column, "浓度/（μg/m3）")
        sheet.cell(5, column + 1, "分指数")
        sheet.merge_cells(start_row=4, start_column=column, end_row=4, end_column=column + 1)
    sheet.merge_cells("C3:P3")
    for row, (city, site) in enumerate(
        (("西宁市", "全市"), (None, "四陆医院"), (None, "别处"), ("海东市", "四陆医院"), ("海东市", None)), 6
    ):
        for column, value in enumerate((city, site, *(row * number for number in range(1, 15)), 60 + row, "PM10"), 1):
            sheet.cell(row, column, value)
    sheet.merge_cells("A6:A8")


def test_an_hourly_report_as_it_comes(tmp_path: Path) -> None:
    plan = planned(excel(tmp_path, [], hourly_report, "实时报"), document="plan14")
    found = by_table(plan)
    (city,), (station,) = found["air_published_hours"], found["air_published_station_hours"]
    assert (city["measured_at"], city["area_id"], city["aqi"]) == ("2026-10-07T00:00+08:00", "xining", 66)
    names = ("so2_ugm3", "pm10_ugm3", "pm10_24h_ugm3", "o3_1h_ugm3", "o3_8h_ugm3", "pm25_ugm3", "pm25_24h_ugm3")
    assert [city[name] for name in names] == [6 * number for number in range(1, 15, 2)]
    assert (station["station_id"], station["pm25_24h_ugm3"]) == ("1482A", 7 * 13)
    assert [(one.cell, one.problem) for one in plan.skipped] == [
        ("B8", "“别处”不在本站的监测站里，不导入"),
        ("B9", "“海东市”不是西宁市，不导入"),
        ("A10", "“海东市”不是西宁市，不导入"),
    ]


@pytest.mark.parametrize(
    ("columns", "cells", "at"),
    [
        (["时间"], ["2026-10-06 08:00"], "2026-10-06T08"),
        (["监测时间"], [imports.unzoned(2026, 10, 6, 8)], "2026-10-06T08"),
        (["监测时间"], ["2026/10/6 24:00:00"], "2026-10-07T00"),
        (["日期", "时间"], ["2026年10月6日", "8时"], "2026-10-06T08"),
        (["日期", "小时"], [imports.unzoned(2026, 10, 6), 8], "2026-10-06T08"),
        (["时刻", "日期"], [time(8), "20261006"], "2026-10-06T08"),
        (["日期", "时次"], ["2026-10-06", "24"], "2026-10-07T00"),
    ],
)
def test_hours_as_people_write_them(tmp_path: Path, columns: list[str], cells: list[Any], at: str) -> None:
    title = ["西宁市各站点小时值"]
    rows: Rows = [
        title,
        [*columns, "站点", "AQI", "PM2.5", "O3", "O3_8h"],
        [*cells, "1482A", 61, 20, 90, 80],
    ]
    (row,) = by_table(planned(excel(tmp_path, rows), document="plan14"))["air_published_station_hours"]
    assert (row["measured_at"], row["o3_1h_ugm3"], row["o3_8h_ugm3"]) == (f"{at}:00+08:00", 90, 80)


def test_hours_of_a_day_named_in_the_title(tmp_path: Path) -> None:
    rows: Rows = [
        ["西宁市2026年10月6日空气质量实时报"],
        ["时间", "AQI", "PM10"],
        *([f"{hour}时", 60, 70] for hour in (8, 9)),
    ]
    found = by_table(planned(excel(tmp_path, rows), document="plan14"))["air_published_hours"]
    assert [row["measured_at"][11:13] for row in found] == ["08", "09"]


def test_hours_that_are_none_are_refused(tmp_path: Path) -> None:
    for at in ("2026-10-06 8:30", "2026-10-06 25:00", "10月6日8时", "2026-13-06 8:00"):
        rows: Rows = [["西宁市实时报"], ["时间", "AQI", "PM10"], [at, 60, 70]]
        assert at.split()[0] in problem(excel(tmp_path, rows), document="plan14")
    rows = [["西宁市实时报"], ["时间", "AQI", "PM10"], ["2031-10-06 08:00", 60, 70]]
    assert "之后" in problem(excel(tmp_path, rows), document="plan14")


def test_stations_of_a_daily_report_are_taken(tmp_path: Path) -> None:
    rows: Rows = [
        ["西宁市空气质量日报  2026年10月6日"],
        ["监测点位", "PM2.5(μg/m3)", "O3日最大8小时(μg/m3)", "AQI", "类别"],
        ["四陆医院", 20, 90, 60, "良"],
        ["1480A", 21, 91, 61, "良"],
        ["某对照点", 5, 60, 30, "优"],
        ["全市", 20, 90, 60, "良"],
    ]
    plan = planned(excel(tmp_path, rows), document="plan14")
    found = by_table(plan)
    assert [(row["station_id"], row["o3_8h_ugm3"]) for row in found["air_published_station_days"]] == [
        ("1482A", 90),
        ("1480A", 91),
    ]
    assert [(row["area_id"], row["aqi"], row["level"]) for row in found["air_published_days"]] == [("xining", 60, 2)]
    assert [one.problem for one in plan.skipped] == ["“某对照点”不在本站的监测站里，不导入"]


def test_concentrations_headed_in_another_unit_are_not_read(tmp_path: Path) -> None:
    header = ["日期", "城市", "AQI", "CO(μg/m³)"]
    plan = planned(excel(tmp_path, [header, ["2026-10-01", "西宁市", 61, 500]]), document="plan14")
    assert [row.values["co_mgm3"] for row in plan.rows] == [None]
    assert any("CO(μg/m³)" in one.problem for one in plan.remarks)


def test_a_monthly_table_of_sections_as_it_comes(tmp_path: Path) -> None:
    rows: Rows = [
        ["2026年10月西宁市地表水水质月报"],
        ["序号", "河流", "断面名称", "水质目标", "水质类别", None, "主要监测项目", None],
        [None, None, None, None, "本月", "上月", "氨氮（mg/L）", "总磷（mg/L）"],
        [1, "湟水", "小峡桥", "Ⅳ", "Ⅲ", "Ⅳ", 0.35, "0.01L"],
        [2, "湟水", "别处断面", "Ⅲ", "Ⅱ", "Ⅱ", 0.2, 0.05],
    ]
    plan = planned(excel(tmp_path, rows), document="plan14")
    assert plan.faults == ()
    found = {row.table: row for row in plan.rows}
    assert (found["section_classes"].key["period"], found["section_classes"].values["water_class"]) == ("2026-10", 3)
    assert (found["water_monthly"].values["nh3n_mgl"], found["water_monthly"].values["tp_mgl"]) == (0.35, 0.005)
    assert any("上月" in one.problem and "水质目标" in one.problem for one in plan.remarks)


def test_a_list_of_dust_days_as_it_comes(tmp_path: Path) -> None:
    rows: Rows = [
        ["西宁市沙尘天气影响天数审核结果"],
        ["序号", "沙尘影响日期", "是否剔除"],
        [1, "2026年4月12日—4月13日", "是"],
        [2, "2026.4.20", "否"],
    ]
    plan = planned(excel(tmp_path, rows), document="plan14")
    assert [(str(row.key["date"]), row.values["decision"]) for row in plan.rows] == [
        ("2026-04-12", "deducted"),
        ("2026-04-13", "deducted"),
        ("2026-04-20", "kept"),
    ]


def test_dust_days_of_other_cities_are_left_out(tmp_path: Path) -> None:
    rows: Rows = [
        ["2026年沙尘天气影响审核结果"],
        ["影响城市", "沙尘天气日期", "审核意见"],
        ["海东市", "2026-04-12", "同意扣除"],
        ["西宁市、海东市", "2026-04-13", "不予扣除"],
        ["西宁", "2026-04-14", "同意扣除"],
    ]
    plan = planned(excel(tmp_path, rows), document="plan14")
    assert plan.faults == ()
    assert [(row.key["date"].day, row.values["decision"]) for row in plan.rows] == [(13, "kept"), (14, "deducted")]
    assert [one.problem for one in plan.skipped] == ["“海东市”不是西宁市，不导入"]


def test_a_monthly_table_with_a_column_of_months(tmp_path: Path) -> None:
    rows: Rows = [
        ["断面名称", "监测月份", "水质类别", "总磷（mg/L）"],
        ["小峡桥断面", "2026年8月", "Ⅲ", 0.1],
    ]
    found = by_table(planned(excel(tmp_path, rows), document="plan14"))
    assert [found[name][0][time] for name, time in (("section_classes", "period"), ("water_monthly", "month"))] == [
        "2026-08",
        "2026-08",
    ]


# ── what the plan shows ──────────────────────────────────────────────────────────────────────────────────────────────
def test_every_filled_column_is_shown_with_its_sign(tmp_path: Path) -> None:
    header = [*FIGURES, "符号", "性质", "出处可靠程度", "备注"]
    row = [*RATE, "大于", "计划值", "二手转述", "估计到年底"]
    line = planned(excel(tmp_path, [header, row])).report()[-2]
    for shown_text in ("数值：> 95.1%", "性质：计划值", "出处可靠程度：二手转述", "备注：估计到年底"):
        assert shown_text in line


def test_new_changed_same_skipped_and_refused_are_counted_apart(filled_store: Path, tmp_path: Path) -> None:
    months = [["小峡桥", f"2026-0{number}", *MONTH[2:]] for number in (1, 2, 3, 4)]
    with imports.own_store(filled_store, tmp_path):
        workbook.apply(planned(excel(tmp_path, [MONTHLY, *months[:2]])), now=NOW)
        months[1][2], months[3][2], months[3][3] = 0.5, "未公布", "—"
        plan = planned(excel(tmp_path, [MONTHLY, *months]))
        counts = {state: plan.count(state) for state in ("new", "changed", "same")}
        assert (counts, len(plan.skipped), plan.refused) == ({"new": 1, "changed": 1, "same": 1}, 1, 0)
        months[2][2] = "多"
        assert planned(excel(tmp_path, [MONTHLY, *months])).refused == 1


def test_progress_is_reported_to_the_end(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    planned(excel(tmp_path, [MONTHLY, MONTH]), progress=lambda read, total: calls.append((read, total)))
    assert calls[-1][0] == calls[-1][1] > 0


@pytest.mark.parametrize("number", [b"999", b"-1"])
def test_a_text_the_book_does_not_hold_is_one_sentence(tmp_path: Path, number: bytes) -> None:
    shared = b't="s"><v>' + number + b"</v></c>"

    def lost(name: str, part: bytes) -> bytes:
        return re.sub(rb't="inlineStr">.*?</c>', shared, part) if "sheet1" in name else part

    assert "另存为 .xlsx" in problem(parts_changed(excel(tmp_path, [MONTHLY, MONTH]), lost))
