"""From a sheet of cells to rows of a table: what each row below the header says, and which are left out."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from openpyxl.utils import get_column_letter

from loaders.workbook.cells import Cell, Grid
from loaders.workbook.headers import Header
from loaders.workbook.names import Names
from loaders.workbook.periods import PeriodError
from loaders.workbook.places import Fault
from loaders.workbook.sheets import AIR_DAYS, AIR_HOURS, Field, Sheet
from loaders.workbook.text import EMPTY, Read, UnreadableError, moment, needs_dust_basis, read, read_day
from loaders.workbook.units import fold
from store import facts, records
from store.city import CITY, CITY_NAME

NOTHING = "没有数值：没有公布就删去整行，或者写“未公布”，不要估算"
UNPUBLISHED = "写明没有公布，这一行不导入；库里原有的数不动"
MARKS = "below_detection"
_TOTAL = re.compile(
    r"(?:全市|全省|本市|城市|市区)?"
    r"(?:合计|总计|小计|共计|累计|汇总|平均|平均值|均值|最大值|最小值|中位数|标准差|极差)"
)
_NOTE = re.compile(
    r"[*※]?(?:注(?:[:\d(]|释|$)|备注:|说明[:\d]|(?:数据|资料)?来源:|填报(?:人|单位|日期|时间|说明)|填表(?:人|日期|说明)|制表|"
    r"审核(?:人|:)|复核|签发|负责人|联系(?:人|电话)|电话:|打印|统计(?:时间|日期|单位):|单位:|第\d+页|共\d+页|以下空白|以上数据|本表)"
)
_WHOLE_CITY = re.compile(rf"(?:(?:全市|城市|市区|{CITY_NAME}市?)(?:平均值?|均值|评价)?)")
_OF_THIS_SITE = {
    "area_id": ("areas", "城市"),
    "section_id": ("water_sections", "断面"),
    "station_id": ("air_stations", "监测站"),
}
_NOTE_CELLS = 4  # a note at the foot has no more filled cells than this


class Line(Struct, frozen=True):
    """One row of a sheet. ``texts``: by the table's column, as a tracked file would hold them.

    ``columns``: the numbers of the sheet's columns by the table's.
    """

    sheet: Sheet
    place: str  # the name of the sheet in the file
    row: int
    texts: Mapping[str, str]
    columns: Mapping[str, int]
    notes: tuple[str, ...] = ()

    def address(self, column: str) -> str:
        """Of one of its cells; its row where the sheet has no such column."""
        number = self.columns.get(column)
        return f"{get_column_letter(number)}{self.row}" if number else f"第{self.row}行"

    def fault(self, column: str, problem: str) -> Fault:
        """A fault in one of its cells."""
        known = self.sheet.by_name.get(column)
        return Fault(self.place, self.address(column), known.title if known else "", problem)


class Table(Struct, weakref=True):
    """The content of a sheet: its rows, remarks on rows that were left out, and all that cannot be read."""

    lines: list[Line] = field(default_factory=list)
    skipped: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def lines(grid: Grid, found: Header, names: Names, *, skip_hidden: bool = False) -> Table:
    """Every row below the header. Left out with a remark: rows said to be unpublished, totals, notes, other cities."""
    table = Table(faults=list(found.faults))
    if found.official and found.faults:  # a column or the document is missing: every row would say so again
        return table
    merged = {(area.top, area.left): area.address for area in grid.merged if area.bottom > found.row}
    headings = {column: fold(text) for column, text in found.headings.items()}
    city = ""
    for row in grid.rows:
        number = row[0].row
        if number <= found.row or all(cell.empty for cell in row):
            continue
        if skip_hidden and number in grid.hidden_rows:
            table.skipped.append(Fault(grid.name, f"第{number}行", "", "这一行是隐藏的，没有读"))
        elif reason := _beside_the_data(row, headings, found):
            table.skipped.append(Fault(grid.name, row[0].address, "", reason))
        else:
            city = _city(row, found) or city
            of_station = found.stations if found.stations and _station(row, found.stations) else None
            _add(table, _Source(grid, of_station or found, names, merged, city), row)
    return table


def _city(row: Sequence[Cell], found: Header) -> str:
    """The city a row of an official table of the air names; the rows below, of its stations, may leave it out."""
    return next((str(cell.value).strip() for cell in row if cell.column == found.city and not cell.empty), "")


def _station(row: Sequence[Cell], stations: Header) -> str:
    """The station a row names; empty where it is about the whole city."""
    column = stations.columns["station_id"]
    name = next((str(cell.value) for cell in row if cell.column == column and not cell.empty), "")
    return "" if _WHOLE_CITY.fullmatch(fold(name)) else name


def _beside_the_data(row: Sequence[Cell], headings: Mapping[int, str], found: Header) -> str:
    """Why a row is no row of data: a total, a note at the foot, the header printed again. Empty: it is one."""
    filled = [cell for cell in row if not cell.empty]
    first = filled[0].value
    if not isinstance(first, str):
        return ""
    text = fold(first)
    of_stations = found.stations and filled[0].column == found.stations.columns["station_id"]
    if _TOTAL.fullmatch(text.rstrip(":")) and not (of_stations and _WHOLE_CITY.fullmatch(text)):
        return f"“{first.strip()}”是合计行，不导入"
    if _NOTE.match(text) and len(filled) <= _NOTE_CELLS:
        return f"“{first.strip()[:30]}”是表下的附注，不导入"
    if len(filled) > 1 and all(
        isinstance(one.value, str) and headings.get(one.column) == fold(one.value) for one in filled
    ):
        return "这一行又是表头，不导入"
    if found.official and len(filled) == 1 and filled[0].column not in found.fields:
        return f"“{first.strip()[:30]}”不在认得的列里，不导入"
    return ""


class _Source(Struct, frozen=True):
    """What a row is read by."""

    grid: Grid
    header: Header
    names: Names
    merged: Mapping[tuple[int, int], str]
    city: str = ""  # the row's, in an official table of the air with a column of cities


def _add(table: Table, source: _Source, row: Sequence[Cell]) -> None:
    """One row into the table, as many as it names days."""
    grid, found = source.grid, source.header
    cells = {field.name: cell for cell in row if (field := found.fields.get(cell.column))}
    table.faults += [
        Fault(grid.name, cell.address, "", "这一列没有表头，不知道填的是什么")
        for cell in row
        if cell.column not in found.fields and cell.column not in found.unknown and not cell.empty
    ]
    if found.day_and_hour:
        cells |= _joined(row, *found.day_and_hour, source)
    if other := _elsewhere(cells, source):
        table.skipped.append(other)
        return
    reads, faults = _reads(cells, source)
    line = Line(found.sheet, grid.name, row[0].row, {}, found.columns)
    values = [one.name for one in found.sheet.values]
    if values and not faults.keys() & set(values) and not any(reads[name].text or reads[name].mark for name in values):
        unpublished = next((name for name in values if reads[name].none), None)
        if unpublished:
            table.skipped.append(line.fault(unpublished, UNPUBLISHED))
            return
        faults.setdefault(values[0], NOTHING)
    table.faults += [line.fault(name, problem) for name, problem in faults.items()]
    hidden = ("这一行在表里是隐藏的，也读入",) if line.row in grid.hidden_rows else ()
    notes = tuple(f"{line.address(name)} {one.note}" for name, one in reads.items() if one.note)
    texts = {name: one.text for name, one in reads.items() if one.text or (one is not EMPTY and name not in faults)}
    if marks := "; ".join(f"{name} {one.mark}" for name, one in sorted(reads.items()) if one.mark):
        texts[MARKS] = marks
    for more in ({}, *({name: day} for name, one in reads.items() for day in one.days)):
        table.lines.append(Line(line.sheet, line.place, line.row, {**texts, **more}, line.columns, hidden + notes))


def _joined(row: Sequence[Cell], day: int, hour: int, source: _Source) -> dict[str, Cell]:
    """A column of days and one of hours as one cell that says both; nothing where either cannot be read."""
    by_column = {cell.column: cell for cell in row if not cell.empty and not cell.fault}
    if hour not in by_column:
        return {}
    epoch, written = source.grid.epoch, by_column[hour]
    try:
        of = read_day(by_column[day].value, epoch).text if day in by_column else source.header.day
        return {"measured_at": replace(written, value=moment(written.value, epoch, of))}
    except (UnreadableError, PeriodError):
        return {
            "measured_at": replace(written, value=f"{by_column[day].value if day in by_column else ''} {written.value}")
        }


def _elsewhere(cells: Mapping[str, Cell], source: _Source) -> Fault | None:
    """A row about another city or, in an official table, a section or station this site does not know; else None."""
    found, names, sheet = source.header, source.names, source.grid.name
    cell = cells.get("area_id")
    city = source.city or (str(cell.value) if cell and isinstance(cell.value, str) else "")
    if city and (found.city or found.sheet in (AIR_DAYS, AIR_HOURS)):
        known = names.knows("areas", city)
        ours = CITY_NAME in city or bool(_WHOLE_CITY.fullmatch(fold(city)))
        if names.find("areas", city) != CITY if known else found.official and not ours:
            address = next((one.address for one in (cell, *cells.values()) if one), "")
            return Fault(sheet, address, "", f"“{city.strip()}”不是{CITY_NAME}市，不导入")
    if not found.official:
        return None
    for name, (table, what) in _OF_THIS_SITE.items():
        if (cell := cells.get(name)) and isinstance(cell.value, str) and not names.knows(table, cell.value):
            return Fault(sheet, cell.address, "", f"“{cell.value.strip()}”不在本站的{what}里，不导入")
    return None


def _reads(cells: Mapping[str, Cell], source: _Source) -> tuple[dict[str, Read], dict[str, str]]:
    """Each cell of a row as text, and what is wrong with those that cannot be read, by column."""
    sheet = source.header.sheet
    reads: dict[str, Read] = {one.name: EMPTY for one in sheet.fields}
    for name, text in source.header.defaults.items():
        reads[name] = Read(text)
    faults: dict[str, str] = {}
    for one in sheet.fields:
        cell = cells.get(one.name)
        if cell is None and not (one.form == "unit" and one.name in source.header.columns):
            continue
        try:
            reads[one.name] = _read(one, cell, source, reads)
        except UnreadableError as error:
            faults[one.name] = str(error)
    for name, problem in _dust(reads):
        faults.setdefault(name, problem)
    return reads, faults


def _read(one: Field, cell: Cell | None, source: _Source, reads: Mapping[str, Read]) -> Read:
    indicator = reads["indicator_id"].text if "indicator_id" in reads else ""
    whole = source.header.official and one.name == "area_id"  # a city's name over the rows of its stations
    if cell and not whole and (area := source.merged.get((cell.row, cell.column))):
        raise UnreadableError(f"合并单元格（{area}）：请取消合并，每一格都填")
    epoch, typed = source.grid.epoch, not source.grid.text
    if one.form != "unit":
        of = source.names.own_unit(indicator) if one.form == "number" and indicator else ""
        return read(one, cell, source.names, epoch, unit=of, typed=typed, day=source.header.day) if cell else EMPTY
    if not indicator:
        return Read("none")  # the indicator is at fault; its unit is unknown
    found = read(one, cell, source.names, epoch) if cell else EMPTY
    try:
        return Read(source.names.unit(found.text, indicator)) if found.text else _without_unit(indicator)
    except LookupError as error:
        raise UnreadableError(str(error.args[0])) from None


def _without_unit(indicator: str) -> Read:
    """An empty unit: right where the indicator has none."""
    row = facts.by_id(records.Unit)[facts.by_id(records.Indicator)[indicator].unit_id]
    return Read() if row.symbol and row.symbol.zh else Read(row.unit_id)


def _dust(reads: dict[str, Read]) -> Iterator[tuple[str, str]]:
    """Fill the dust basis of a figure that needs none; what is wrong where the air's needs one."""
    if "indicator_id" in reads and not reads.get("basis", Read()).text:
        indicator = facts.by_id(records.Indicator).get(reads["indicator_id"].text)
        try:
            reads["basis"] = Read(needs_dust_basis(indicator.theme if indicator else ""))
        except UnreadableError as error:
            yield "basis", str(error)
