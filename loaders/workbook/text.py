"""From a cell to the text a tracked file would hold: numbers, days, periods, choices and names as people write them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl.utils.datetime import from_excel

from loaders.workbook.cells import Cell
from loaders.workbook.names import NO_UNIT, Names
from loaders.workbook.sheets import BASES, CLASSES, OPS, Field, fold

# What people write where there is no value.
NO_VALUE = {
    fold(one)
    for one in (
        "-",
        "--",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "…",
        "无",
        "暂无",
        "无数据",
        "缺",
        "未公布",
        "未监测",
        "na",
        "n/a",
    )
}
SIGNS = {"=": "=", "≥": ">=", "≤": "<=", "≈": "~", ">": ">", "<=": "<=", ">=": ">=", "~": "~"}
SERIAL_DAYS = (36526, 73050)  # 2000-01-01 … 2099-12-31 as Excel counts days
PERCENT = "%"
QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
HALVES = {"上": "01/{year}-06", "下": "07/{year}-12"}
DASH = r"(?:-|–|—|~|～|至|到)"


class UnreadableError(ValueError):
    """A cell cannot be taken as what its column contains; the message names in Chinese what was expected."""


@dataclass(frozen=True)
class Read:
    """A cell's text (empty: no value). ``none``: it states that there is no value. ``note``: how it was understood."""

    text: str = ""
    none: bool = False
    note: str = ""


def read(field: Field, cell: Cell, names: Names, epoch: datetime, *, unit: str = "") -> Read:
    """A cell as its column's text. ``unit``: the unit of a figure's indicator. Raises UnreadableError."""
    if cell.fault:
        raise UnreadableError(cell.fault)
    if cell.empty:
        return Read()
    value = cell.value
    if isinstance(value, bool):
        raise UnreadableError(f"“{str(value).upper()}”是逻辑值")
    if isinstance(value, str) and fold(value) in NO_VALUE and not _means(field, value):
        return Read(none=True)
    match field.form:
        case "number":
            return _number(cell, unit or field.unit)
        case "day":
            return _day(value, epoch)
        case "period" | "month":
            return _period(cell, month=field.form == "month")
        case "choice":
            return Read(_choice(field, _plain(value)))
        case "name":
            return Read(_named(field, _plain(value), names))
    return Read(_plain(value))


def _means(field: Field, value: str) -> bool:
    """Whether a word such as 无 is one of the column's own."""
    return fold(value) in {fold(one) for one in field.labels.values()} or (
        field.form == "unit" and fold(value) == fold(NO_UNIT)
    )


def _plain(value: object) -> str:
    """A cell's text on one line; a number as it would be typed."""
    if isinstance(value, (date, time)):
        raise UnreadableError(f"Excel 把它变成了日期（{value:%Y-%m-%d}）：请把单元格设成“文本”再填")
    return _digits(value) if isinstance(value, (int, float)) else " ".join(str(value).split())


def _digits(value: int | float) -> str:
    """A number in the 15 digits of Excel, without an exponent where it has none in Excel."""
    text = f"{value:.15g}"
    return text if "e" not in text else repr(float(value))


def _number(cell: Cell, unit: str) -> Read:
    value = cell.value
    if isinstance(value, (int, float)):
        if PERCENT not in cell.format:
            small = unit == PERCENT and 0 < abs(value) < 1
            return Read(_digits(value), note=f"请核对：{_digits(value)}%？" if small else "")
        if unit != PERCENT:
            raise UnreadableError(f"单元格是百分比格式（显示为 {_digits(value * 100)}%），而单位是“{unit or NO_UNIT}”")
        return Read(_digits(value * 100), note=f"百分比格式，读作 {_digits(value * 100)}%")
    if not isinstance(value, str):
        raise UnreadableError("Excel 把它变成了日期或时间，应为数字：请改单元格格式后重填")
    text = "".join(unicodedata.normalize("NFKC", value).split()).replace("−", "-")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if text.endswith(PERCENT) and unit == PERCENT:
        text = text.removesuffix(PERCENT)
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text):
        raise UnreadableError(f"“{value.strip()}”不是数字：只填数字，单位、文字和“≥”写在别的列")
    return Read(text)


def _day(value: object, epoch: datetime) -> Read:
    if isinstance(value, datetime):
        if value.time() != time():
            raise UnreadableError(f"“{value:%Y-%m-%d %H:%M}”带有钟点，这里只要日期")
        return Read(f"{value:%Y-%m-%d}")
    if isinstance(value, (int, float)) and SERIAL_DAYS[0] <= value <= SERIAL_DAYS[1] and value == int(value):
        day = from_excel(value, epoch)
        return Read(f"{day:%Y-%m-%d}", note=f"日期序号 {int(value)}，读作 {day:%Y-%m-%d}")
    text = "".join(unicodedata.normalize("NFKC", _plain(value)).split())
    if found := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text) or re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)", text
    ):
        return Read(_iso(*found.groups()))
    raise UnreadableError(f"“{_plain(value)}”不是日期，应写成 2026-10-06")


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise UnreadableError(f"没有 {year}-{month}-{day} 这一天") from None


def _period(cell: Cell, *, month: bool) -> Read:
    """A year, quarter, month, day, or a span of them; a month column takes the first of a month for the month."""
    value = cell.value
    if isinstance(value, datetime):
        whole = value.day == 1 and (month or "d" not in re.sub(r'"[^"]*"|\[[^]]*\]', "", cell.format.lower()))
        text = f"{value:%Y-%m}" if whole else f"{value:%Y-%m-%d}"
        return Read(text, note=f"Excel 存成了日期，读作 {text}")
    if isinstance(value, float) and value != int(value):
        raise UnreadableError(f"“{_digits(value)}”分不清是哪个月（1月还是10月）：请把单元格设成“文本”，写成 2026-10")
    text = "".join(unicodedata.normalize("NFKC", _plain(value)).split())
    return Read(_span(text) or text)


def _span(text: str) -> str:
    """A period in words or figures as ISO; empty where it is none."""
    if half := re.fullmatch(r"(\d{4})年?([上下])半年", text):
        return f"{half[1]}-{HALVES[half[2]].format(year=half[1])}"
    if years := re.fullmatch(rf"(\d{{4}})年?{DASH}(\d{{4}})年?", text):
        return f"{years[1]}/{years[2]}"
    if months := re.fullmatch(rf"(\d{{4}})年(\d{{1,2}})月?{DASH}(\d{{1,2}})月", text):
        return f"{months[1]}-{int(months[2]):02}/{months[1]}-{int(months[3]):02}"
    start, slash, end = text.partition("/")
    if slash and (first := _one(start)) and (last := _one(end)):
        return f"{first}/{last}"
    return _one(text)


def _one(text: str) -> str:
    if year := re.fullmatch(r"(\d{4})年?", text):
        return year[1]
    if quarter := re.fullmatch(r"(\d{4})(?:年第?([1-4一二三四])季度?|-?[qQ]([1-4]))", text):
        which = quarter[2] or quarter[3]
        return f"{quarter[1]}-Q{QUARTERS.get(which, which)}"
    if month := re.fullmatch(r"(\d{4})(?:年(\d{1,2})月|[-./](\d{1,2}))", text):
        return f"{month[1]}-{int(month[2] or month[3]):02}"
    if day := re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", text):
        return _iso(*day.groups())
    return ""


def _choice(field: Field, written: str) -> str:
    wanted = fold(written)
    for key, label in field.labels.items():
        if wanted in {fold(key), fold(label)}:
            return key
    if field.labels is OPS and wanted in SIGNS:
        return SIGNS[wanted]
    if field.labels is CLASSES:  # Ⅲ, III, 劣V: without the word as well
        for key, label in CLASSES.items():
            if wanted == fold(label).removesuffix("类"):
                return key
    raise UnreadableError(f"“{written}”不在可选项里，可选：{'、'.join(field.labels.values())}")


def _named(field: Field, written: str, names: Names) -> str:
    table = str(field.column.info["ref"]).partition(".")[0]
    try:
        return names.find(table, written)
    except LookupError as error:
        raise UnreadableError(str(error.args[0])) from None


def needs_dust_basis(theme: str) -> str:
    """The dust basis of a figure whose sheet or cell gives none: none applies, except in the air's account."""
    if theme == "air":
        raise UnreadableError(f"大气指标要写明沙尘口径：{'、'.join(BASES.values())}")
    return "none"
