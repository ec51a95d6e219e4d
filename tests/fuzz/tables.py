"""Tables as officials and readers of the command line have them: sound ones that mutations begin with."""

import io
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]
REASONS = "更正说明"  # no table of its own
SOURCE_COLUMNS, PLACE = ["来源文件", "文件中的位置"], ["plan14", "附表2"]
_MOMENT = datetime(2026, 10, 1)  # noqa: DTZ001 - Excel knows no zones
# The template's sheets, and official tables with headers of their own, by the name of the sheet.
TABLES: dict[str, Rows] = {
    "断面月均浓度": [
        ["断面", "月份", "pH", "氨氮（mg/L）", "总磷（mg/L）", *SOURCE_COLUMNS],
        ["小峡桥", "2026-10", 8.1, 0.35, "0.01L", *PLACE],
        ["扎马隆", _MOMENT, 8, "未检出", 0.06, *PLACE],
    ],
    "固体废物": [
        ["指标", "地区", "时段", "数值", "单位", *SOURCE_COLUMNS, "符号", "备注"],
        ["生活垃圾无害化处理率", "西宁市", "2025", 95.1, "%", *PLACE, ">=", "说明"],
        ["餐厨垃圾处理量", "西宁市", "2025年前三季度", "12.5", "万吨", *PLACE, None, None],
        ["合计", None, None, 100, None, None, None, None, None],
    ],
    "来源文件": [
        ["文件编号", "标题", "发布单位", "发布日期", "类别", "见到的是", "网址"],
        [
            "bulletin2026",
            "西宁市2026年公报",
            "西宁市生态环境局",
            "2026-06-05",
            "公报和通报",
            "原文",
            "http://www.xining.gov.cn/a",
        ],
    ],
    "断面水质类别": [
        ["断面", "时段", "水质类别", *SOURCE_COLUMNS],
        ["小峡桥", "2026-10", "Ⅲ类", *PLACE],
        ["小峡桥", "2026-Q3", "劣V", *PLACE],
    ],
    "任务进展": [
        ["任务", "截至日期", "状态", "进展", *SOURCE_COLUMNS],
        ["7.3", "2026-09-30", "进行中", "完成八成", *PLACE],
    ],
    REASONS: [["填报人", "张三"], ["更正原因", "核对原件"]],
    "日报": [
        ["西宁市空气质量日报"],
        ["时间：2026年10月06日"],
        [
            "城市名称",
            "污染物浓度及空气质量分指数（IAQI）",
            None,
            None,
            None,
            "空气质量指数（AQI）",
            "首要污染物",
            "级别",
        ],
        [None, "颗粒物（粒径小于等于10μm）24小时平均", None, "一氧化碳（CO）24小时平均", None, None, None, None],
        [None, "浓度/（μg/m3）", "分指数", "浓度/（mg/m3）", "分指数", None, None, None],
        ["西宁市", 74, 62, 0.6, 15, 62, "PM10", "二级"],
        ["四陆医院", 70, 60, 0.5, 13, 60, "PM10", "二级"],
        ["注：数据未经审核。"],
    ],
    "实时报": [
        ["西宁市空气质量实时报"],
        ["2026年10月6日8时"],
        ["监测点位", "AQI", "PM2.5(μg/m3)1小时平均", "PM10(μg/m3)", "首要污染物"],
        ["四陆医院", 61, 20, 70, "PM10"],
    ],
    "月报": [
        ["2026年10月西宁市地表水水质月报"],
        ["序号", "河流", "断面名称", "水质目标", "水质类别", None, "主要监测项目", None],
        [None, None, None, None, "本月", "上月", "氨氮（mg/L）", "总磷（mg/L）"],
        [1, "湟水", "小峡桥", "Ⅳ", "Ⅲ", "Ⅳ", 0.35, "0.01L"],
        [2, "湟水", "别处断面", "Ⅲ", "Ⅱ", "Ⅱ", 0.2, 0.05],
    ],
    "沙尘": [
        ["西宁市沙尘天气影响天数"],
        ["序号", "沙尘影响日期", "是否剔除"],
        [1, "2026年4月12日—13日", "是"],
        [2, "2026.4.20", "否"],
    ],
}
AIR = "\n".join(
    (
        "date,pm25_ugm3,pm10_ugm3,so2_ugm3,no2_ugm3,co_mgm3,o3_1h_ugm3,o3_8h_ugm3",
        "2026-03-05,35,70,8,30,0.6,120,90",
        "2026/3/5 8:00,/,NA,—,30,0.6,,90",
        "2013-12-31 24:00,120,,8,30.5,1e0,160,100",
    )
)
WATER = "\n".join(
    (
        "section,date,water_body,ph,do_mgl,codmn_mgl,nh3n_mgl,tp_mgl",
        "a,2026-10-06,river,8.1,7.5,2.6,0.35,0.06",
        "b,20261006,lake,7,9,2.6,0.001L,ND",
    )
)


@cache
def workbooks() -> tuple[bytes, ...]:
    """Each table alone, and the template's together, as Excel workbooks with formats, merged and hidden cells."""
    alone = [_workbook({name: rows}) for name, rows in TABLES.items() if name != REASONS]
    return (*alone, _workbook(dict(list(TABLES.items())[:6])))


def _workbook(tables: dict[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if rows[0][1:] in ([], ()):
            sheet.merge_cells("A1:C1")
        if name == "固体废物":
            sheet.cell(2, 4).number_format = '0.0"%"'
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[len(rows)].hidden = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@cache
def texts() -> tuple[str, ...]:
    """Each table as the lines of a CSV."""
    return tuple(
        "\n".join(",".join(_written(cell) for cell in row) for row in rows)
        for name, rows in TABLES.items()
        if name != REASONS
    )


def _written(cell: Any) -> str:
    return f"{cell:%Y-%m}" if isinstance(cell, datetime) else "" if cell is None else str(cell)
