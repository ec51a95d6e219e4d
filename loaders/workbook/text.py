"""From a cell to the text a tracked file would hold: numbers, days, periods, choices and names as people write them."""

import math
import re
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from openpyxl.utils.datetime import from_excel

from assessment import detection
from loaders.workbook import periods
from loaders.workbook.cells import Cell
from loaders.workbook.formats import Shown, shown
from loaders.workbook.names import Names
from loaders.workbook.periods import PeriodError, plain
from loaders.workbook.sheets import BASES, CLASSES, OPS, Field
from loaders.workbook.units import NO_UNIT, fold, form

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
        "*",
        "－",
        "空",
        "不详",
        "停测",
        "断流",
    )
}
SIGNS = {"=": "=", "≥": ">=", "≤": "<=", "≈": "~", ">": ">", "<=": "<=", ">=": ">=", "~": "~"}
SERIAL_DAYS = (36526, 73050)  # 2000-01-01 … 2099-12-31 as Excel counts days
PERCENT = "%"
NUMBER = r"\d+\.?\d*|\.\d+"
# Below detection (half the limit by 环办监测函〔2020〕82号, 7): the limit with the L of HJ/T 91-2002, or with a sign or word
# before it; or no limit at all.
MOST_WORD = 200  # signs of a cell that is no free text: a number, a day, a choice, a name


class UnreadableError(ValueError):
    """A cell cannot be taken as what its column contains; the message names in Chinese what was expected."""


class Read(Struct, frozen=True):
    """A cell's text (empty: no value). ``none``: it says that there is no value. ``note``: how it was understood.

    ``mark``: how a value below the limit of detection was written; ``days``: the further days of a span of days.
    """

    text: str = ""
    none: bool = False
    note: str = ""
    mark: str = ""
    days: tuple[str, ...] = ()


EMPTY = Read()


def read(
    field: Field, cell: Cell, names: Names, epoch: datetime, *, unit: str = "", typed: bool = True, day: str = ""
) -> Read:
    """A cell as its column's text. Raises UnreadableError.

    ``unit``: the unit of a figure's indicator. ``typed``: cells keep their kind (a workbook, not a CSV). ``day``: of an hour
    that does not say its own.
    """
    if cell.fault:
        raise UnreadableError(cell.fault)
    if cell.empty:
        return EMPTY
    value = cell.value
    if isinstance(value, bool):
        raise UnreadableError(f"“{str(value).upper()}”是逻辑值")
    _refuse_long(field, value)
    if isinstance(value, str) and fold(value) in NO_VALUE and not _means(field, value):
        return Read(none=True)
    try:
        match field.form:
            case "number":
                return _number(field, cell, unit or field.unit)
            case "day":
                return read_day(value, epoch)
            case "hour":
                return Read(moment(value, epoch, day))
            case "period" | "month":
                return _period(cell, month=field.form == "month", typed=typed)
            case "choice":
                return Read(_choice(field, _plain(value)))
            case "name":
                return Read(_named(field, _plain(value), names))
    except PeriodError as error:
        raise UnreadableError(str(error)) from None
    return Read(_plain(value))


def _refuse_long(field: Field, value: object) -> None:
    if isinstance(value, str) and len(value) > MOST_WORD and field.form != "text":
        raise UnreadableError(f"“{value[:20]}……”有 {len(value)} 字，太长")


def _means(field: Field, value: str) -> bool:
    """Whether a word such as 无 is one of the column's own."""
    return fold(value) in {fold(one) for one in (*field.labels.values(), *field.aliases_of_choices)} or (
        field.form == "unit" and not form(value)
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


def _number(field: Field, cell: Cell, unit: str) -> Read:
    value = cell.value
    if isinstance(value, (int, float)):
        return _as_shown(field, value, shown(cell.format, value), unit)
    if not isinstance(value, str):
        raise UnreadableError("Excel 把它变成了日期或时间，应为数字：请改单元格格式后重填")
    text = plain(value).replace("−", "-").lstrip("'")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if text.endswith(PERCENT) and unit == PERCENT:
        text = text.removesuffix(PERCENT)
    if field.detection and (below := _below(text)):
        return below
    if not re.fullmatch(rf"[-+]?({NUMBER})([eE][-+]?\d+)?", text):
        raise UnreadableError(f"“{value.strip()}”不是数字：只填数字，单位、文字和“≥”写在别的列")
    return Read(text)


def _as_shown(field: Field, value: int | float, form: Shown, unit: str) -> Read:
    """A number by how its format shows it: a factor 100 only where Excel itself shows one."""
    digits = _digits(value)
    if form.percent or form.literal_percent:
        digits = _digits(value * 100) if form.percent else digits
        if unit != PERCENT:
            raise UnreadableError(f"单元格是百分比格式（显示为 {digits}%），而单位是“{unit or NO_UNIT}”")
        how = "百分比格式" if form.percent else "百分号是格式里的文字"
        return Read(digits, note=f"{how}，读作 {digits}%")
    if "‰" in form.text:
        raise UnreadableError(f"单元格显示为 {digits}‰，而单位是“{unit or NO_UNIT}”，请换算后再填")
    if field.detection and form.below:
        return _half(float(digits), f"{digits}L")
    if form.scale != 1:
        return Read(digits, note=f"请核对：格式把数缩小为 1/{form.scale} 显示，按存的 {digits} 读")
    small = unit == PERCENT and 0 < abs(value) < 1
    return Read(digits, note=f"请核对：{digits}%？" if small else "")


def _below(text: str) -> Read | None:
    """A value below the limit of detection; None where the text says no such thing."""
    limit = detection.limit(text)
    if limit is None:
        return None
    if math.isnan(limit):
        return Read(mark=text, note=f"“{text}”低于检出限，没有写检出限，不给数值")
    return _half(limit, text)


def _half(limit: float, mark: str) -> Read:
    half = _digits(limit / 2)
    return Read(half, mark=mark, note=f"“{mark}”低于检出限，按检出限的一半 {half} 计")


def read_day(value: object, epoch: datetime) -> Read:
    """A day, or each day of a span. Raises UnreadableError and PeriodError."""
    if isinstance(value, datetime):
        if value.time() != time():
            raise UnreadableError(f"“{value:%Y-%m-%d %H:%M}”带有钟点，这里只要日期")
        return Read(f"{value:%Y-%m-%d}")
    if isinstance(value, (int, float)) and SERIAL_DAYS[0] <= value <= SERIAL_DAYS[1] and value == int(value):
        day = from_excel(value, epoch)
        return Read(f"{day:%Y-%m-%d}", note=f"日期序号 {int(value)}，读作 {day:%Y-%m-%d}")
    written = _plain(value)
    if not (found := periods.days(written)):
        raise UnreadableError(f"“{written}”不是日期，应写成 2026-10-06")
    note = f"“{written}”读作 {found[0]} 到 {found[-1]} 的每一天" if len(found) > 1 else ""
    return Read(found[0], note=note, days=tuple(found[1:]))


def moment(value: object, epoch: datetime, day: str = "") -> str:
    """An hour's end as ISO, of a cell with day and hour, or with the hour alone of a ``day``.

    Raises UnreadableError and PeriodError.
    """
    if isinstance(value, (int, float)) and SERIAL_DAYS[0] <= value <= SERIAL_DAYS[1]:
        value = from_excel(value, epoch)
    if isinstance(value, datetime):
        value = f"{value + timedelta(seconds=30):%Y-%m-%d %H:%M}"  # Excel's fractions of a day fall short of the minute
    elif isinstance(value, time):
        value = f"{value:%H:%M}"
    written = _digits(value) if isinstance(value, (int, float)) else " ".join(str(value).split())
    if written.endswith("+08:00") and "T" in written:  # as the store writes it
        written = written.removesuffix("+08:00").replace("T", " ")
    found = periods.hour(written)
    if not found and day:
        found = periods.hour(f"{day} {written}" if re.search(r"[:：时点]", written) else f"{day} {written}时")
    if not found:
        raise UnreadableError(f"“{written}”不是日期和钟点，应写成 2026-10-06 08:00")
    return found


def _period(cell: Cell, *, month: bool, typed: bool) -> Read:
    """A year, quarter, month, day, or a span of them; a month column takes the first of a month for the month."""
    value = cell.value
    if isinstance(value, datetime):
        whole = value.day == 1 and (month or "d" not in re.sub(r'"[^"]*"|\[[^]]*\]', "", cell.format.lower()))
        text = f"{value:%Y-%m}" if whole else f"{value:%Y-%m-%d}"
        return Read(text, note=f"Excel 存成了日期，读作 {text}")
    written = _plain(value)
    number = isinstance(value, float) and value != int(value)
    if periods.unclear(written) and (number or not typed):
        raise UnreadableError(f"“{written}”分不清是哪个月（1月还是10月）：请把单元格设成“文本”，写成 2026-10")
    text = periods.period(written)
    return Read(text or plain(written), note=f"数字 {written}，读作 {text}" if number and text else "")


def _choice(field: Field, written: str) -> str:
    wanted = fold(written)
    for key, label in field.labels.items():
        if wanted in {fold(key), fold(label)}:
            return key
    if wanted in (written_as := {fold(one): key for one, key in field.aliases_of_choices.items()}):
        return written_as[wanted]
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
