"""The official's workbook: template, plan, import; every trap a spreadsheet lays, each with the address of its cell."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import text

from loaders import facts as filling
from loaders import workbook
from loaders.workbook import sheets
from loaders.workbook.cells import Cell
from loaders.workbook.names import Names, labels, unit
from loaders.workbook.sheets import SHEETS
from loaders.workbook.text import UnreadableError, read
from loaders.workbook.units import fold
from reports import actions, corrections, dust, figures, water
from store import database, facts, raw, records, schema
from tests import imports
from tests.checks import not_none
from tests.imports import NOW, unzoned

TODAY = NOW.date()
EPOCH = unzoned(1899, 12, 30)
WASTE = {
    "指标": "一般工业固体废物产生量",
    "地区": "西宁市",
    "时段": "2025",
    "数值": 512.5,
    "单位": "万吨",
    "来源文件": "plan14",
    "文件中的位置": "表9",
}
# A figure the tracked file holds: 62.5 % of household waste put to use would be a correction of it.
FOREST = {
    "指标": "森林覆盖率",
    "地区": "西宁市",
    "单位": "%",
}
CLASS = {"断面": "小峡桥断面", "时段": "2026-10", "水质类别": "Ⅲ类", "来源文件": "plan14", "文件中的位置": "附表1"}
MONTH = {"断面": "小峡桥", "月份": "2026-10", "氨氮": 0.35, "来源文件": "plan14", "文件中的位置": "附表2"}
AIR_DAY = {
    "日期": date(2026, 10, 6),
    "城市": "西宁市",
    "AQI": 62,
    "PM10": 74,
    "来源文件": "plan14",
    "文件中的位置": "日报",
}
STATION = {"AQI": 62, "PM10": 74, "来源文件": "plan14", "文件中的位置": "日报"}
DUST = {"日期": date(2026, 4, 12), "认定": "扣除", "来源文件": "plan14", "文件中的位置": "附件"}
TASK = {
    "任务": "7.3 整治入河排污口",
    "截至日期": date(2026, 9, 30),
    "状态": "进行中",
    "进展": "完成八成",
    "来源文件": "plan14",
    "文件中的位置": "二",
}
DOCUMENT = {
    "文件编号": "notice2026",
    "标题": "西宁市2026年固体废物公告",
    "发布单位": "西宁市生态环境局",
    "发布日期": "2026-06",
    "类别": "公报和通报",
    "见到的是": "原文",
}


@pytest.fixture
def store(filled_store: Path, tmp_path: Path) -> Iterator[Path]:
    """A store of this test's own."""
    with imports.own_store(filled_store, tmp_path) as file:
        yield file


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template, made once."""
    file = tmp_path_factory.mktemp("blank") / "template.xlsx"
    workbook.template(file)
    return file


Fill = Callable[..., Path]


@pytest.fixture
def fill_in(tmp_path: Path) -> Fill:
    """A workbook with the template's sheets and headers, rows from row 2 on; ``change`` may spoil it."""

    def filled_in(
        rows: dict[str, list[dict[str, Any]]], change: Callable[[Workbook], None] = lambda book: None
    ) -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for sheet in SHEETS:
            if sheet.name in rows:
                book.create_sheet(sheet.name).append([one.title for one in sheet.fields])
        return saved(book, rows, change, tmp_path)

    return filled_in


def saved(
    book: Workbook, rows: dict[str, list[dict[str, Any]]], change: Callable[[Workbook], None], folder: Path
) -> Path:
    for name, entries in rows.items():
        for number, entry in enumerate(entries, 2):
            put(book[name], number, entry)
    change(book)
    book.save(folder / "填报.xlsx")
    return folder / "填报.xlsx"


def put(sheet: Worksheet, row: int, entry: dict[str, Any]) -> None:
    headers = {str(cell.value): column for column, cell in enumerate(sheet[1], 1)}
    short = {name.partition("（")[0]: column for name, column in reversed(headers.items())}
    for header, value in entry.items():
        sheet.cell(row, headers.get(header) or short[header]).value = value


def rows_of(query: str) -> list[tuple[Any, ...]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    names = [row[0] for row in rows_of("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: sorted(rows_of(f"SELECT * FROM {name}"), key=str) for name in names}


def planned(path: Path) -> workbook.Plan:
    return workbook.plan(path, today=TODAY)


def apply(path: Path, **why: str) -> workbook.Applied:
    return workbook.apply(planned(path), now=NOW, **why)


def faults(path: Path) -> list[tuple[str, str]]:
    """Sheet and address of every fault."""
    return [(fault.sheet, fault.cell) for fault in planned(path).faults]


def csv_of(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


# ── the template ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_template_holds_no_data(blank: Path) -> None:
    plan = planned(blank)
    assert (plan.rows, plan.faults, plan.remarks) == ((), (), ())


def boundaries(cells: str) -> tuple[int, ...]:
    """First column, first row, last column, last row of a range that has them."""
    return tuple(not_none(bound) for bound in range_boundaries(cells))


def test_every_drop_down_reaches_exactly_over_its_list(blank: Path) -> None:
    book = load_workbook(blank)
    lists = book["选项"]
    assert lists.sheet_state == "hidden"
    for sheet in SHEETS:
        made = book[sheet.name]
        by_letter = {
            str(rule.sqref).rstrip("0123456789").split("2:")[0]: rule for rule in made.data_validations.dataValidation
        }
        for cell, one in zip(made[1], sheet.fields, strict=True):
            assert cell.value == one.title
            rule = by_letter.get(cell.column_letter)
            if one.form in ("text", "period", "month", "hour"):
                assert rule is None, one.title
                continue
            assert rule is not None, one.title
            assert rule.type == {"number": "decimal", "day": "date"}.get(one.form, "list")
            if one.form in ("name", "choice"):
                column, first, same, last = boundaries(str(rule.formula1).partition("!")[2].replace("$", ""))
                assert (first, column) == (2, same)
                assert lists.cell(last, column).value is not None
                assert lists.cell(last + 1, column).value is None
                offered = [str(lists.cell(row, column).value) for row in range(2, last + 1)]
                if one.form == "choice":
                    assert offered == list(one.labels.values())
                elif one.name == "document_id":
                    assert offered[60:] == list(labels("documents").values())
                    assert offered[0] == "=IF('来源文件'!$B$2=\"\",\"\",'来源文件'!$B$2)"
                elif one.name != "indicator_id":
                    assert offered == list(labels(str(one.column.info["ref"]).partition(".")[0]).values())


def test_the_unit_offered_is_the_one_of_the_indicator_chosen(blank: Path) -> None:
    book = load_workbook(blank)
    lists = book["选项"]
    rule = next(rule for rule in book["固体废物"].data_validations.dataValidation if "MATCH" in str(rule.formula1))
    units, names = (
        part.partition("'!")[2].replace("$", "").rstrip(",") for part in str(rule.formula1)[6:].split(",MATCH($A2,")
    )
    names = names.partition(",")[0]
    pairs = {
        lists[f"{names.rstrip('0123456789').split('2:')[0]}{row}"].value: lists[
            f"{units.rstrip('0123456789').split('2:')[0]}{row}"
        ].value
        for row in range(2, boundaries(names)[3] + 1)
    }
    of_theme = [row for row in facts.by_id(records.Indicator).values() if row.theme == "waste"]
    assert pairs == {row.name.zh: unit(row.unit_id) for row in of_theme}


def test_the_header_stays_in_sight_and_months_stay_text(blank: Path) -> None:
    made = load_workbook(blank)["断面水质类别"]
    assert made.freeze_panes == "A2"
    assert made.column_dimensions["B"].number_format == "@"  # else Excel makes a day of 2026-10


def test_the_same_store_gives_the_same_bytes(blank: Path, tmp_path: Path) -> None:
    workbook.template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == blank.read_bytes()


def test_every_example_of_the_guide_would_be_taken() -> None:
    names = Names()
    for sheet in SHEETS:
        for column, example in sheet.example.items():
            assert read(sheet.field(column), Cell(2, 1, example), names, EPOCH).text, example


def test_headers_of_a_sheet_differ_and_required_columns_are_requested() -> None:
    for sheet in SHEETS:
        names = [name for one in sheet.fields for name in one.names]
        assert len(names) == len(set(names)), sheet.name
        requests = {one.name for one in sheet.fields} | {"basis"}  # filled for figures that need none
        needed = {column.name for column in sheet.table.columns if not column.nullable}
        assert needed <= requests, sheet.name
        for one in sheet.fields:
            choices = one.column.info.get("choices")
            assert not choices or set(one.labels) == set(choices), one.title


# ── a round ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def whole(blank: Path, tmp_path: Path) -> Path:
    """A workbook with something on every sheet; all of it rests on a document that comes with it."""
    new = {"来源文件": DOCUMENT["标题"]}
    rows: dict[str, list[dict[str, Any]]] = {
        "来源文件": [DOCUMENT],
        "年度与月度指标": [
            {**WASTE, **new, "指标": "空气质量优良天数", "数值": 301, "单位": "天", "沙尘口径": "已扣除沙尘天"}
        ],
        "固体废物": [{**WASTE, **new}],
        "绿化": [{**WASTE, **new, **FOREST, "数值": 36.5}],
        "规划指标进展": [{**WASTE, **new, "指标": "湿地保护率", "数值": 66, "单位": "%", "文件中的位置": "表8"}],
        "断面水质类别": [{**CLASS, **new}],
        "断面月均浓度": [{**MONTH, **new}],
        "空气质量日报": [{**AIR_DAY, **new}],
        "监测站空气质量日报": [{**STATION, **new, "监测站": "四陆医院", "日期": date(2026, 10, 6)}],
        "空气质量实时报": [{**STATION, **new, "城市": "西宁市", "时间": "2026-10-06 08:00"}],
        "监测站空气质量实时报": [{**STATION, **new, "监测站": "四陆医院", "时间": unzoned(2026, 10, 6, 8)}],
        "沙尘日认定": [{**DUST, **new}],
        "任务进展": [{**TASK, **new}],
    }
    return saved(load_workbook(blank), rows, lambda book: None, tmp_path)


@pytest.mark.slow
def test_a_whole_workbook_goes_round(store: Path, whole: Path) -> None:
    before = everything()
    plan = planned(whole)
    assert plan.report()[-1] == "填报.xlsx：新增13行，改动0行，相同0行，跳过0行，退回0行"
    assert any(
        "固体废物第2行　新增　一般工业固体废物产生量 · 西宁市 · 2025" in line and line.endswith("数值：512.5万吨")
        for line in plan.report()
    )
    assert everything() == before  # a plan writes nothing
    done = workbook.apply(plan, now=NOW)
    assert (done.new, done.changed, done.same) == (13, 0, 0)
    assert raw.body(done.raw_id or 0) == whole.read_bytes()
    stored = raw.get(done.raw_id or 0)
    assert stored is not None
    assert (stored.source, stored.address, stored.asked_at) == ("workbook", "填报.xlsx", NOW)
    point = figures.latest("isw_generated_10kt", "xining", until=TODAY)
    assert point is not None
    assert (point.value, point.period, point.provenance.sources[0].document.title.zh) == (
        512.5,
        "2025",
        DOCUMENT["标题"],
    )
    assert rows_of("SELECT basis FROM figures WHERE document_id = 'notice2026' ORDER BY 1") == [
        ("dust_deducted",),
        ("none",),
        ("none",),
        ("none",),
    ]
    assert rows_of("SELECT nh3n_mgl, tp_mgl FROM water_monthly") == [(0.35, None)]
    assert rows_of("SELECT title_en, issuer_en FROM documents WHERE document_id = 'notice2026'") == [
        (DOCUMENT["标题"], DOCUMENT["发布单位"])
    ]
    assert rows_of("SELECT count(*) FROM corrections") == [(0,)]


@pytest.mark.slow
def test_reports_see_what_was_imported_at_once(store: Path, whole: Path) -> None:
    assert dust.ledger(2026).days == ()
    assert [part.status for part in actions.tasks(TODAY).parts if part.status] == []
    latest = water.river(TODAY).section("xiaoxia").latest
    apply(whole)
    ledger = dust.ledger(2026)
    assert [(one.day, one.deducted, one.provenance.dust) for one in ledger.days] == [
        (date(2026, 4, 12), True, "dust_deducted")
    ]
    assert (ledger.deducted, ledger.counted) == (1, 0)
    part = next(one for one in actions.tasks(TODAY).parts if one.number == "7.3")
    assert part.status is not None
    assert (part.status.word, part.status.as_of, part.published) == ("running", date(2026, 9, 30), True)
    assert actions.tasks(date(2026, 9, 29)).reported == ()  # nobody could know the day before
    now = water.river(TODAY).section("xiaoxia").latest
    assert now != latest
    assert now is not None
    assert (now.period, now.water_class, now.official) == ("2026-10", 3, True)


@pytest.mark.slow
def test_importing_again_changes_nothing(store: Path, whole: Path) -> None:
    apply(whole)
    before = everything()
    plan = planned(whole)
    assert {row.state for row in plan.rows} == {"same"}
    done = workbook.apply(plan, now=NOW)
    assert (done.raw_id, done.new, done.changed, done.same) == (None, 0, 0, 13)
    assert everything() == before


@pytest.mark.slow
def test_what_was_imported_stays_as_json_by_column(store: Path, whole: Path) -> None:
    apply(whole)
    rows = {
        name: (json.loads(key), json.loads(row))
        for name, key, row in rows_of("SELECT table_name, key, row FROM imported_rows")
    }
    assert rows["dust_days"][0] == {"date": "2026-04-12", "document_id": "notice2026"}
    assert rows["dust_days"][1] == {
        "date": "2026-04-12",
        "document_id": "notice2026",
        "decision": "deducted",
        "place": "附件",
        "note_zh": None,
        "note_en": None,
    }
    assert rows["section_classes"][1]["water_class"] == 3


@pytest.mark.slow
def test_filling_the_store_anew_keeps_what_was_imported(store: Path, whole: Path) -> None:
    apply(whole)
    with database.engine().begin() as connection:
        connection.execute(text("UPDATE store_files SET sha256 = 'older'"))  # as after a change of every file
    before = everything()
    filling.fill()
    after = everything()
    for table in schema.FACT_TABLES:
        assert after[table.name] == before[table.name], table.name


# ── corrections ──────────────────────────────────────────────────────────────────────────────────────────────────────
GOOD_DAYS_2013 = "indicator_id = 'good_days_n' AND period = '2013' AND document_id = 'bulletin2018'"


def tracked_figure(where: str) -> dict[str, Any]:
    """A row the tracked file holds, as the workbook asks for it."""
    ((indicator, area, period, value, own, document, place, basis),) = rows_of(
        f"SELECT indicator_id, area_id, period, value, unit_id, document_id, place, basis FROM figures WHERE {where}"
    )
    return {
        "指标": labels("indicators")[indicator],
        "地区": labels("areas")[area],
        "时段": period,
        "数值": value,
        "单位": unit(own),
        "来源文件": document,
        "文件中的位置": place,
        "沙尘口径": sheets.BASES[basis],
    }


def test_a_changed_number_keeps_its_predecessor(store: Path, fill_in: Fill) -> None:
    known = tracked_figure(GOOD_DAYS_2013)
    path = fill_in({"年度与月度指标": [{**known, "数值": 222}]})
    (row,) = planned(path).rows
    assert (row.state, [(one.column, one.old, one.new) for one in row.changes]) == (
        "changed",
        [("value", "221", "222")],
    )
    assert "数值：221天 → 222天" in planned(path).report()[0]
    confidence = rows_of(f"SELECT confidence, note_zh FROM figures WHERE {GOOD_DAYS_2013}")
    done = apply(path, who="张三", why="原件核对后改正")
    assert (done.new, done.changed) == (0, 1)
    assert rows_of(f"SELECT value FROM figures WHERE {GOOD_DAYS_2013}") == [(222.0,)]
    # an empty cell says nothing: what it leaves out stays
    assert rows_of(f"SELECT confidence, note_zh FROM figures WHERE {GOOD_DAYS_2013}") == confidence
    (one,) = corrections.corrections()
    assert (one.table, one.column, one.old, one.new, one.who, one.why, one.at) == (
        "figures",
        "value",
        "221",
        "222",
        "张三",
        "原件核对后改正",
        NOW,
    )
    assert [name.en for name in one.names] == ["Good-air days", "Xining"]
    assert one.unit_id == "d"
    assert one.rest["period"] == "2013"


def test_every_correction_of_one_number_stays_the_newest_first(store: Path, fill_in: Fill) -> None:
    known = tracked_figure(GOOD_DAYS_2013)
    for value in (222, 223):
        apply(fill_in({"年度与月度指标": [{**known, "数值": value}]}), who="张三", why="核对")
    assert [(one.old, one.new) for one in corrections.corrections()] == [("222", "223"), ("221", "222")]


def test_nobody_changes_a_number_without_a_name_and_a_reason(store: Path, fill_in: Fill) -> None:
    path = fill_in({"年度与月度指标": [{**tracked_figure(GOOD_DAYS_2013), "数值": 222}]})
    before = everything()
    for given in ({}, {"who": "张三"}, {"why": "核对"}):
        with pytest.raises(workbook.ImportRefusedError, match="填报人和更正原因"):
            apply(path, **given)
    assert everything() == before


def test_the_workbook_itself_may_say_who_and_why(store: Path, fill_in: Fill) -> None:
    def reasons(book: Workbook) -> None:
        for line in (["填报人", "李四", "姓名或科室"], ["更正原因", "录入错误"]):
            (book["更正说明"] if "更正说明" in book.sheetnames else book.create_sheet("更正说明")).append(line)

    path = fill_in({"年度与月度指标": [{**tracked_figure(GOOD_DAYS_2013), "数值": 222}]}, reasons)
    apply(path)
    assert [(one.who, one.why) for one in corrections.corrections()] == [("李四", "录入错误")]


@pytest.mark.slow
def test_a_number_does_not_leave_its_old_words_behind(store: Path, fill_in: Fill) -> None:
    known = tracked_figure("indicator_id = 'worse_than_v_share_pct' AND text_zh = '消除'")
    path = fill_in({"年度与月度指标": [{**known, "数值": 5}]})
    assert faults(path) == [("年度与月度指标", "D2")]
    assert "消除" in planned(path).faults[0].problem
    assert faults(fill_in({"年度与月度指标": [{**known, "数值": 5, "文字结果": "5%"}]})) == []


def test_a_store_that_moved_since_the_plan_is_not_written_over(store: Path, fill_in: Fill) -> None:
    known = tracked_figure(GOOD_DAYS_2013)
    first = planned(fill_in({"年度与月度指标": [{**known, "数值": 222}]}))
    apply(fill_in({"年度与月度指标": [{**known, "数值": 223}]}), who="张三", why="核对")
    before = everything()
    with pytest.raises(workbook.ImportRefusedError, match="又变了"):
        workbook.apply(first, who="李四", why="核对", now=NOW)
    assert everything() == before


# ── refused, all at once, with the address ───────────────────────────────────────────────────────────────────────────
def test_one_bad_row_and_nothing_is_imported(store: Path, fill_in: Fill) -> None:
    path = fill_in({"固体废物": [WASTE, {**WASTE, "时段": "2024", "数值": "很多"}], "沙尘日认定": [DUST]})
    before = everything()
    with pytest.raises(workbook.ImportRefusedError, match=r"填报\.xlsx，工作表“固体废物”，D3（数值）：“很多”不是数字"):
        apply(path)
    assert everything() == before


def test_all_faults_are_reported_at_once_in_the_order_of_the_sheets(fill_in: Fill) -> None:
    rows = {
        "固体废物": [{**WASTE, "数值": "很多", "单位": "吨"}, {**WASTE, "指标": "工业垃圾"}],
        "断面水质类别": [{**CLASS, "断面": "小峡乔断面", "水质类别": "七类"}],
        "任务进展": [{**TASK, "状态": "差不多"}],
    }
    path = fill_in(rows)
    assert faults(path) == [
        ("固体废物", "D2"),
        ("固体废物", "E2"),
        ("固体废物", "A3"),
        ("断面水质类别", "A2"),
        ("断面水质类别", "C2"),
        ("任务进展", "C2"),
    ]
    assert planned(path).report()[-1] == "共6处需要改正（退回4行，跳过0行），没有导入任何内容"
    assert "是不是“小峡桥断面”？" in planned(path).report()[3]


FIGURE_FAULTS: dict[str, tuple[dict[str, object], str, str]] = {
    "no number": ({"数值": "约500"}, "D2", "“约500”不是数字"),
    "number with its unit": ({"数值": "512.5万吨"}, "D2", "不是数字"),
    "outside the indicator's bounds": (
        {"指标": "生活垃圾无害化处理率", "单位": "%", "数值": 101},
        "D2",
        "101 超出范围，应在 0 … 100 之间",
    ),
    "another unit": ({"单位": "吨"}, "E2", "单位写的是“吨”，这个指标的单位是“万吨”"),
    "no unit": ({"单位": None}, "E2", "没有填"),
    "unknown unit": ({"单位": "车"}, "E2", "单位“车”不认识，这个指标的单位是“万吨”"),
    "unknown area": ({"地区": "城南区"}, "B2", "“城南区”不认识"),
    "unknown document": ({"来源文件": "某某文件"}, "F2", "“某某文件”不认识"),
    "no place": ({"文件中的位置": "—"}, "G2", "没有填"),
    "period of no form": ({"时段": "去年"}, "C2", "“去年”的写法不对，应为 2026、2026-10"),
    "thirteenth month": ({"时段": "2025年13月"}, "C2", "的写法不对"),
    "period ahead": ({"时段": "2027"}, "C2", "“2027”在今天（2026-11-23）之后"),
    "month that is also October": ({"时段": 2025.1}, "C2", "分不清是哪个月"),
    "number made a date by Excel": ({"数值": unzoned(2026, 3, 4)}, "D2", "Excel 把它变成了日期"),
    "place made a date by Excel": ({"文件中的位置": unzoned(2026, 3, 4)}, "G2", "Excel 把它变成了日期"),
    "truth": ({"数值": True}, "D2", "逻辑值"),
    "no value": ({"数值": None}, "D2", "没有数值"),
    "formula without a result": ({"数值": "=500+12.5"}, "D2", "公式还没有算出结果"),
    "error": ({"数值": "#DIV/0!"}, "D2", "公式出错"),
    "unknown choice": ({"性质": "估计"}, "K2", "“估计”不在可选项里，可选：公布值、由公布值计算、计划值"),
}


@pytest.mark.parametrize("case", list(FIGURE_FAULTS))
def test_a_figure_that_cannot_be_taken(fill_in: Fill, case: str) -> None:
    change, cell, message = FIGURE_FAULTS[case]
    plan = planned(fill_in({"固体废物": [{**WASTE, **change}]}))
    assert [(fault.sheet, fault.cell) for fault in plan.faults] == [("固体废物", cell)]
    assert message in plan.faults[0].problem
    assert not plan.ok
    assert plan.rows == ()


OTHER_FAULTS = {
    "class": ("断面水质类别", {**CLASS, "水质类别": "7"}, "C2", "可选：Ⅰ类、Ⅱ类"),
    "no class": ("断面水质类别", {**CLASS, "水质类别": None}, "C2", "没有数值"),
    "concentration below nought": ("断面月均浓度", {**MONTH, "氨氮": -0.1}, "I2", "-0.1 超出范围，应在 0 … 200 之间"),
    "below detection where there is no limit": ("断面月均浓度", {**MONTH, "水温": "<0.5"}, "C2", "不是数字"),
    "a year for a month": ("断面月均浓度", {**MONTH, "月份": 2026}, "B2", "应为 2026-10"),
    "a month ahead": ("断面月均浓度", {**MONTH, "月份": "2026-12"}, "B2", "之后"),
    "no such day": ("沙尘日认定", {**DUST, "日期": "2026-02-30"}, "A2", "没有 2026-02-30 这一天"),
    "day and hour": ("沙尘日认定", {**DUST, "日期": unzoned(2026, 4, 12, 8)}, "A2", "带有钟点"),
    "a day ahead": ("沙尘日认定", {**DUST, "日期": date(2026, 11, 24)}, "A2", "之后"),
    "no day": ("沙尘日认定", {**DUST, "日期": "四月"}, "A2", "“四月”不是日期"),
    "unknown task": ("任务进展", {**TASK, "任务": "7.4"}, "A2", "“7.4”不认识"),
    "dust basis of air": (
        "年度与月度指标",
        {**WASTE, "指标": "空气质量优良天数", "数值": 300, "单位": "天"},
        "H2",
        "大气指标要写明沙尘口径",
    ),
    "id of a document": ("来源文件", {**DOCUMENT, "文件编号": "公告 1"}, "A2", "小写英文字母"),
    "address": ("来源文件", {**DOCUMENT, "网址": "xining.gov.cn"}, "G2", "的写法不对"),
    "known id with another title": (
        "来源文件",
        {**DOCUMENT, "文件编号": "plan14"},
        "A2",
        "编号“plan14”已经是《西宁市“十四五”生态环境保护规划》",
    ),
    "known title with another id": (
        "来源文件",
        {**DOCUMENT, "标题": "西宁市“十四五”生态环境保护规划"},
        "B2",
        "已经登记过，编号是“plan14”",
    ),
}


@pytest.mark.parametrize("case", list(OTHER_FAULTS))
def test_a_row_that_cannot_be_taken(fill_in: Fill, case: str) -> None:
    sheet, row, cell, message = OTHER_FAULTS[case]
    plan = planned(fill_in({sheet: [row]}))
    assert [(fault.sheet, fault.cell) for fault in plan.faults] == [(sheet, cell)]
    assert message in plan.faults[0].problem


def test_the_same_number_on_two_sheets_is_reported_with_the_place_of_the_first(fill_in: Fill) -> None:
    plan = planned(fill_in({"年度与月度指标": [WASTE], "固体废物": [WASTE]}))
    assert [str(fault) for fault in plan.faults] == [
        "工作表“固体废物”，A2（指标）：和另一行（工作表“年度与月度指标”第2行）重复"
    ]


HEADERS = {
    "renamed": ("D1", "产生多少", {("固体废物", "D1"), ("固体废物", "")}),
    "with a unit": ("D1", "数值（吨）", {("固体废物", "D1"), ("固体废物", "")}),
    "twice": ("I1", "数值", {("固体废物", "I1")}),
    "none": ("D1", None, {("固体废物", "D2"), ("固体废物", "")}),
}


@pytest.mark.parametrize("case", list(HEADERS))
def test_a_header_that_is_not_understood(fill_in: Fill, case: str) -> None:
    cell, header, expected = HEADERS[case]

    def change(book: Workbook) -> None:
        book["固体废物"][cell] = header

    found = faults(fill_in({"固体废物": [WASTE]}, change))
    assert expected - {("固体废物", "")} <= set(found)


def test_a_concentration_headed_in_another_unit_is_refused(fill_in: Fill) -> None:
    def change(book: Workbook) -> None:
        book["断面月均浓度"]["I1"] = "氨氮（µg/L）"

    plan = planned(fill_in({"断面月均浓度": [MONTH | {"氨氮": 350}]}, lambda book: None))
    assert plan.faults[0].cell == "I2"
    plan = planned(fill_in({"断面月均浓度": [MONTH]}, change))
    assert ("I1", "单位应为“mg/L”") in [(fault.cell, fault.problem) for fault in plan.faults]


def test_merged_cells_are_refused(fill_in: Fill) -> None:
    def change(book: Workbook) -> None:
        book["固体废物"].merge_cells("B2:B3")

    plan = planned(fill_in({"固体废物": [WASTE, {**WASTE, "时段": "2024"}]}, change))
    assert ("B2", "合并单元格（B2:B3）：请取消合并，每一格都填") in [
        (fault.cell, fault.problem) for fault in plan.faults
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "旧版 Excel"),
        (b"PK\x03\x04 and no more", "工作簿读不出"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "编码认不出|不是 Excel"),
        (b"", "没有一张表认得出表头"),
        (b"a,b\n1,2\n", "没有一张表认得出表头"),
        (b"x" * (30 * 2**20 + 1), "超过30 MB"),
    ],
)
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    plan = planned(path)
    assert not plan.ok
    assert len(plan.faults) == 1
    assert any(part in plan.report()[0] for part in message.split("|"))
    assert plan.report()[0].startswith("坏.xlsx：")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "文件打不开" in planned(tmp_path / "没有.xlsx").report()[0]


def test_a_workbook_that_unpacks_to_too_much(fill_in: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook.package, "MOST_UNPACKED", 1000)
    assert "展开后太大" in planned(fill_in({"固体废物": [WASTE]})).report()[0]


def test_a_lone_cell_far_out_is_refused_before_all_between_are_made(fill_in: Fill) -> None:
    file = fill_in({"固体废物": [WASTE]}, lambda book: book["固体废物"].cell(1_048_576, 16_384, "x"))
    assert planned(file).report()[0].endswith("展开后太大（超过1000列）：请删去空白却有格式的行和列，或者分成几个文件")


# ── what spreadsheets do to what people type ─────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("512.5", 512.5),
        ("５１２．５", 512.5),
        (" 512.5 ", 512.5),
        ("1,512.5", 1512.5),
        ("1，512.5", 1512.5),
        (0.1 + 0.2, 0.3),
        (512, 512.0),
        ("5.1e2", 510.0),
        ("0", 0.0),
    ],
)
def test_numbers_as_people_and_spreadsheets_write_them(fill_in: Fill, written: Any, value: float) -> None:
    (row,) = planned(fill_in({"固体废物": [{**WASTE, "数值": written}]})).rows
    assert row.values["value"] == value


RATE = {**WASTE, "指标": "生活垃圾无害化处理率", "单位": "%"}


@pytest.mark.parametrize(
    ("value", "form", "read_as"),
    [(0.951, "0.0%", 95.1), ("95.1%", "General", 95.1), ("９５．１％", "General", 95.1), (95.1, "General", 95.1)],
)
def test_per_cent_however_it_is_written(fill_in: Fill, value: Any, form: str, read_as: float) -> None:
    def change(book: Workbook) -> None:
        book["固体废物"]["D2"].number_format = form

    (row,) = planned(fill_in({"固体废物": [{**RATE, "数值": value}]}, change)).rows
    assert row.values["value"] == read_as
    assert bool(row.notes) == (form == "0.0%")


def test_a_share_below_one_per_cent_is_questioned(fill_in: Fill) -> None:
    (row,) = planned(fill_in({"固体废物": [{**RATE, "数值": 0.951}]})).rows
    assert (row.values["value"], row.notes) == (0.951, ("D2 请核对：0.951%？",))


def test_per_cent_of_what_is_no_share_is_refused(fill_in: Fill) -> None:
    def change(book: Workbook) -> None:
        book["固体废物"]["D2"].number_format = "0%"

    (fault,) = planned(fill_in({"固体废物": [{**WASTE, "数值": 5.125}]}, change)).faults
    assert (fault.cell, fault.problem) == ("D2", "单元格是百分比格式（显示为 512.5%），而单位是“万吨”")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "form", "period"),
    [
        ("2025", "@", "2025"),
        (2025, "General", "2025"),
        ("2025年", "@", "2025"),
        ("２０２５", "@", "2025"),
        ("2025-03", "@", "2025-03"),
        ("2025年3月", "@", "2025-03"),
        ("2025.3", "@", "2025-03"),
        ("2025/3", "@", "2025-03"),
        (unzoned(2025, 3, 1), "yyyy-mm", "2025-03"),
        (unzoned(2025, 3, 1), 'yyyy"年"m"月"', "2025-03"),
        (unzoned(2025, 3, 1), "mmm-yy", "2025-03"),
        (unzoned(2025, 3, 1), "yyyy-mm-dd", "2025-03-01"),
        ("2025-Q3", "@", "2025-Q3"),
        ("2025年三季度", "@", "2025-Q3"),
        ("2025年第3季度", "@", "2025-Q3"),
        ("2025q3", "@", "2025-Q3"),
        ("2021/2025", "@", "2021/2025"),
        ("2021—2025年", "@", "2021/2025"),
        ("2021-2025", "@", "2021/2025"),
        ("2021至2025年", "@", "2021/2025"),
        ("2025年1-10月", "@", "2025-01/2025-10"),
        ("2025年上半年", "@", "2025-01/2025-06"),
        ("2025-01/2025-06", "@", "2025-01/2025-06"),
        ("2025年10月6日", "@", "2025-10-06"),
    ],
)
def test_periods_however_they_are_written(fill_in: Fill, written: Any, form: str, period: str) -> None:
    def change(book: Workbook) -> None:
        book["固体废物"]["C2"].number_format = form

    (row,) = planned(fill_in({"固体废物": [{**WASTE, "时段": written}]}, change)).rows
    assert row.key["period"] == period


@pytest.mark.parametrize(
    "written",
    [
        date(2026, 4, 12),
        "2026-04-12",
        "2026/4/12",
        "2026.4.12",
        "2026年4月12日",
        "20260412",
        46124,
        "２０２６－０４－１２",
    ],
)
def test_days_however_they_are_written(fill_in: Fill, written: Any) -> None:
    def change(book: Workbook) -> None:
        if isinstance(written, int):
            book["沙尘日认定"]["A2"].number_format = "General"

    (row,) = planned(fill_in({"沙尘日认定": [{**DUST, "日期": written}]}, change)).rows
    assert row.key["date"] == date(2026, 4, 12)
    assert bool(row.notes) == isinstance(written, int)


def test_days_of_a_workbook_that_counts_from_1904(fill_in: Fill) -> None:
    def change(book: Workbook) -> None:
        book.epoch = unzoned(1904, 1, 1)
        book["沙尘日认定"]["A2"].value, book["沙尘日认定"]["A2"].number_format = 46124 - 1462, "General"

    (row,) = planned(fill_in({"沙尘日认定": [DUST]}, change)).rows
    assert row.key["date"] == date(2026, 4, 12)


@pytest.mark.parametrize(
    ("written", "water_class"),
    [("Ⅲ类", 3), ("Ⅲ", 3), ("III类", 3), (3, 3), ("3", 3), ("劣Ⅴ类", 6), ("劣V", 6), ("ⅳ", 4)],
)
def test_classes_however_they_are_written(fill_in: Fill, written: Any, water_class: int) -> None:
    (row,) = planned(fill_in({"断面水质类别": [{**CLASS, "水质类别": written}]})).rows
    assert row.values["water_class"] == water_class


@pytest.mark.parametrize("written", ["7.3 整治入河排污口", "7.3", 7.3, "整治入河排污口"])
def test_tasks_by_name_or_number(fill_in: Fill, written: Any) -> None:
    (row,) = planned(fill_in({"任务进展": [{**TASK, "任务": written}]})).rows
    assert row.key["task_id"] == "7.3"


@pytest.mark.parametrize("written", ["未公布", "—", "--", "－", "/", "N/A"])
def test_what_was_not_published_is_left_out_with_a_remark(fill_in: Fill, written: str) -> None:
    plan = planned(fill_in({"固体废物": [{**WASTE, "数值": written}, {**WASTE, "时段": "2024"}]}))
    assert [row.row for row in plan.rows] == [3]
    assert [one.cell for one in plan.skipped] == ["D2"]
    assert plan.ok


def test_an_item_that_was_not_measured_is_no_value(fill_in: Fill) -> None:
    (row,) = planned(fill_in({"断面月均浓度": [{**MONTH, "总磷": "—"}]})).rows
    assert (row.values["nh3n_mgl"], row.values["tp_mgl"]) == (0.35, None)
    assert [one.cell for one in planned(fill_in({"断面月均浓度": [{**MONTH, "氨氮": "—"}]})).skipped] == ["I2"]


def test_a_figure_may_be_words_alone(fill_in: Fill) -> None:
    (row,) = planned(fill_in({"固体废物": [{**WASTE, "数值": None, "文字结果": "全部处置"}]})).rows
    assert (row.values["value"], row.values["text_zh"], row.values["op"]) == (None, "全部处置", "=")


def test_blank_rows_titles_and_another_order_of_columns_do_no_harm(tmp_path: Path) -> None:
    book = Workbook()
    made = book.worksheets[0]
    made.title = "10月"
    made.append(["西宁市断面水质月报"])
    made.append([])
    order = ["文件中的位置", "*断面名称", "水质类别", "来源", "月份"]
    made.append(order)
    made.append([])
    made.append(["附表1", "小峡桥", "Ⅲ", "plan14", "2026年10月"])
    made.append([" ", None, "", None, None])
    book.save(tmp_path / "月报.xlsx")
    (row,) = planned(tmp_path / "月报.xlsx").rows
    assert (row.place, row.row, row.key["section_id"], row.key["period"]) == ("10月", 5, "xiaoxia", "2026-10")


def test_a_cell_beside_the_table_is_not_passed_over(fill_in: Fill) -> None:
    def change(book: Workbook) -> None:
        book["固体废物"]["Z2"] = "这个数再核一下"

    assert faults(fill_in({"固体废物": [WASTE]}, change)) == [("固体废物", "Z2")]


def test_a_formula_with_its_result_is_a_number(fill_in: Fill, tmp_path: Path) -> None:
    path = with_result(fill_in({"固体废物": [{**WASTE, "数值": "=500+12.5"}]}), b"<v></v>", b"<v>512.5</v>")
    (row,) = planned(path).rows
    assert row.values["value"] == 512.5


def with_result(path: Path, old: bytes, new: bytes) -> Path:
    """The same workbook as Excel would have saved it: with the result beside the formula."""
    import zipfile

    made = path.with_name("算过.xlsx")
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(made, "w") as written:
        for name in parts.namelist():
            content = parts.read(name)
            if b"500+12.5" in content:
                assert content.count(b"<f>500+12.5</f><v />") + content.count(b"<f>500+12.5</f>" + old) == 1
                content = content.replace(b"<v />", new).replace(old, new)
            written.writestr(name, content)
    return made


def test_hidden_rows_and_sheets_are_read_and_reported(fill_in: Fill) -> None:
    def change(book: Workbook) -> None:
        book["固体废物"].row_dimensions[2].hidden = True
        book["沙尘日认定"].sheet_state = "hidden"

    plan = planned(fill_in({"固体废物": [WASTE], "沙尘日认定": [DUST]}, change))
    assert len(plan.rows) == 2
    assert plan.rows[0].notes == ("这一行在表里是隐藏的，也读入",)
    assert ("沙尘日认定", "这张表是隐藏的，也读入") in [(one.sheet, one.problem) for one in plan.remarks]


def test_a_sheet_of_something_else_is_reported_to_be_left_out(fill_in: Fill) -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("草稿").append(["随便", "写写"])

    plan = planned(fill_in({"固体废物": [WASTE]}, change))
    assert plan.ok
    assert [(one.sheet, one.problem) for one in plan.remarks] == [("草稿", "认不出表头，这张表没有读")]


def test_names_are_compared_whatever_their_width_case_and_spaces() -> None:
    assert fold(" ＰＭ２．５ （µg/m³）") == fold("pm2.5(μg/m3)")


def test_a_name_that_fits_two_is_not_guessed() -> None:
    names = Names([("one", "同名文件"), ("two", "同名文件")])
    with pytest.raises(LookupError, match="“同名文件”不止一个，请写编号：one、two"):
        names.find("documents", "同名文件")


def test_words_of_one_s_own_that_look_like_nothing() -> None:
    one = sheets.YEARLY.field("unit_id")
    assert read(one, Cell(2, 5, "无单位"), Names(), EPOCH).text == "无单位"
    with pytest.raises(UnreadableError):
        read(sheets.DUST.field("decision"), Cell(2, 2, "可能"), Names(), EPOCH)


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
HEAD = "断面,月份,氨氮（mg/L）,总磷,来源文件,文件中的位置"
LINE = "小峡桥断面,2026-10,0.35,,plan14,附表2"


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_one_sheet_as_csv_is_reported_by_its_header(store: Path, tmp_path: Path, encoding: str, mark: str) -> None:
    path = csv_of(tmp_path / "浓度.csv", HEAD.replace(",", mark), LINE.replace(",", mark), "", encoding=encoding)
    done = apply(path)
    assert (done.new, done.changed) == (1, 0)
    assert rows_of("SELECT month, nh3n_mgl, tp_mgl FROM water_monthly") == [("2026-10", 0.35, None)]
    stored = raw.get(done.raw_id or 0)
    assert stored is not None
    assert (stored.content_type, stored.body) == ("text/csv", path.read_bytes())


def test_a_csv_with_the_columns_of_a_tracked_file(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "dust.csv", "date,document_id,decision,place", "2026-04-12,plan14,deducted,附件")
    (row,) = planned(path).rows
    assert (row.table, row.key["date"], row.values["decision"]) == ("dust_days", date(2026, 4, 12), "deducted")


def test_faults_of_a_csv_have_the_address_they_have_in_a_spreadsheet(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "浓度.csv", HEAD, LINE, LINE.replace("0.35", "多").replace("2026-10", "2026-09"))
    assert str(planned(path).faults[0]).startswith("工作表“浓度”，C3（氨氮（mg/L））：“多”不是数字")


def test_a_csv_whose_quotes_do_not_close(tmp_path: Path) -> None:
    assert "引号或分隔不完整" in planned(csv_of(tmp_path / "坏.csv", HEAD, '"小峡桥断面,2026-10')).report()[0]
