"""Where the header of a table is, over one row or several, and which column of the store each of its columns is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time

from msgspec import Struct, field
from msgspec.structs import replace

from loaders.workbook import official, periods
from loaders.workbook.cells import Cell, Grid
from loaders.workbook.periods import PeriodError
from loaders.workbook.places import Fault
from loaders.workbook.sheets import (
    AIR,
    AIR_DAYS,
    AIR_HOURS,
    AIR_STATION_DAYS,
    AIR_STATION_HOURS,
    SHEETS,
    Field,
    Sheet,
)
from loaders.workbook.units import fold, form, split
from loaders.workbook.xlsx import Area
from store.city import CITY, CITY_NAME

WITHIN = 10  # rows: titles and remarks may stand above it
TITLES = 40  # cells above a header that are looked through
TIMES_READ = 50  # rows whose times are looked at, to tell hours from days
COLUMNS = 200  # a header goes no further to the right
LONGEST = 500  # signs of a title or header that are looked at
ROWS = 5  # an official table's header may have so many
TIMES = ("date", "measured_at", "month", "period")
# What an official table does not say in a column of its own: it stands in the title, or whoever imports it says it.
FROM_TITLE = ("document_id", "place", "area_id", *TIMES)
_LOWER = re.compile(
    r"\(?(?:浓度|分指数|iaqi|本月|上月|上年|去年同期|本期|类别$|级别$|颜色$|无量纲|[μmn]g/|mg·|ug/|μs/|ntu|℃|°c)"
)
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?%?")
_SIGN, _TENS = "〇零○一二三四五六七八九", r"[\d一二三四五六七八九十]{1,3}"
_DATE = re.compile(rf"(?:\d{{4}}|[{_SIGN}]{{4}})年(?:{_TENS}月(?:{_TENS}日)?)?[^,，。；;()（）]{{0,8}}")


class Header(Struct, frozen=True):
    """A header found. ``row``: the last it stands in; ``fields`` by column; ``unknown``: columns that are not read.

    ``headings``: the texts of its last row by column. ``official``: it is not the template's, so columns that are not known
    are remarked and what ``defaults`` holds comes from the title. ``parts``: its texts by column, from the top.
    Of an official table: ``city`` is the column with cities; of one of the air: ``day_and_hour`` those of a moment in two parts,
    ``day`` the day its title names, ``stations`` how its rows about stations are read.
    """

    sheet: Sheet
    row: int
    fields: Mapping[int, Field]
    unknown: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    headings: Mapping[int, str] = field(default_factory=dict)
    official: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[int, Sequence[str]] = field(default_factory=dict)
    city: int | None = None
    day_and_hour: tuple[int, int] | None = None
    day: str = ""
    stations: "Header | None" = None

    @property
    def columns(self) -> dict[str, int]:
        """The sheet's columns by the table's."""
        return {one.name: column for column, one in self.fields.items()}


def understood(grid: Grid) -> int:
    """How many columns of the best header are known."""
    ways = _ways(grid, spans=(1,))
    return max((len(one.fields) for sheet in SHEETS for one in _candidates(ways, sheet)), default=0)


def headers(grid: Grid, document: str = "") -> list[Header]:
    """The headers of a sheet: of the kind that recognises most of it, and of another that an official table serves as well.

    ``document``: what the rows rest on where the table has no column for it. Empty where it is no table of ours.
    """
    named = [one for one in SHEETS if fold(one.name) == fold(grid.name)]
    ways = _ways(grid)
    found = [one for sheet in named or SHEETS for one in _candidates(ways, sheet)]
    found = [one for one in found if named or not one.official or one.sheet not in AIR[1:]]
    strict = [one for one in found if not one.official and one.fields and (named or not _lacking(one))]
    best = max(strict, key=lambda one: len(one.fields), default=None)
    others = [one for one in found if _is_official(one) and not (named and best and not _lacking(best))]
    widest = max(others, key=_width, default=None)
    if best and (widest is None or len(best.fields) >= len(widest.fields)):
        lacking = (Fault(grid.name, "", "", f"第{best.row}行的表头缺少“{one.title}”一列") for one in _lacking(best))
        return [replace(best, faults=(*best.faults, *lacking))]
    if widest is None:
        return []
    second = [
        one
        for one in others
        if one.row == widest.row and one.sheet.table is not widest.sheet.table and _more(one, widest)
    ]
    chosen = [_of_the_air(grid, widest)] if widest.sheet in AIR else [widest, *second[:1]]
    return _without_others(grid, [_completed(grid, _with_city(one), document) for one in chosen])


def _with_city(found: Header) -> Header:
    """With the column of cities where the table's own kind has none, as a list of dust days for a whole province."""
    cities = [column for column in sorted(found.unknown) if official.city(found.headings.get(column, ""))]
    return replace(found, city=cities[0]) if cities and found.city is None else found


def _width(one: Header) -> tuple[int, int, int, int]:
    """How much of a table a header reads; of equal ones the one with less above its columns: no title belongs to it."""
    return len(one.fields), -len(one.unknown), -one.row, -sum(map(len, one.parts.values()))


def _of_the_air(grid: Grid, found: Header) -> Header:
    """A table of the air as one of days or of hours; its rows about stations are read by a header of their own."""
    hourly = _is_hourly(grid, found)
    cities, of_stations = (AIR_HOURS, AIR_STATION_HOURS) if hourly else (AIR_DAYS, AIR_STATION_DAYS)
    made, other = (_official(sheet, found.row, found.parts) for sheet in (cities, of_stations))
    moments = [column for column, parts in found.parts.items() if cities.recognise(" ".join(parts)) == "measured_at"]
    moments.sort(key=lambda column: "日期" not in found.headings[column])
    city, parts = made.columns.get("area_id"), (moments[0], moments[1]) if len(moments) > 1 else None
    stations = replace(other, city=city, day_and_hour=parts) if "station_id" in other.columns else None
    return replace(made, city=city, day_and_hour=parts, stations=stations)


def _is_hourly(grid: Grid, found: Header) -> bool:
    """Whether a table of the air is an hourly report by its header, its title or the times in its rows."""
    titles = [str(cell.value)[:LONGEST] for row in grid.rows[: WITHIN + ROWS] for cell in row if cell.row < found.row][
        :TITLES
    ]
    if any(official.hourly(text) for text in (*found.headings.values(), *titles, grid.name)):
        return True
    column = found.columns.get("date", found.columns.get("measured_at"))
    rows = (row for row in grid.rows if row[0].row > found.row)
    times = (
        cell.value for row, _ in zip(rows, range(TIMES_READ), strict=False) for cell in row if cell.column == column
    )
    return any(
        value.time() != time() if isinstance(value, datetime) else bool(periods.hour(str(value))) for value in times
    )


def _is_official(one: Header) -> bool:
    """Whether a table serves without the template's columns: it lacks only what a title tells, and holds a value."""
    holds = {field.name for field in one.fields.values()}
    lacking = {field.name for field in _lacking(one)}
    return (
        one.official
        and lacking <= set(FROM_TITLE)
        and len(holds) >= 2
        and any(f.name in holds for f in one.sheet.values)
    )


def _more(one: Header, other: Header) -> bool:
    """Whether a second kind of sheet reads values the first does not."""
    values = {column for column, field in one.fields.items() if field.value}
    return bool(values - set(other.fields))


def _without_others(grid: Grid, found: list[Header]) -> list[Header]:
    """Columns no kind of sheet reads, remarked once."""
    first = found[0]
    read = {column for one in (*found, *filter(None, [first.stations])) for column in one.fields} | {
        *(first.day_and_hour or ())
    }
    names = [first.headings.get(column, "") for column in sorted(first.unknown - read)]
    names = [" ".join(name.split()) for name in names if name]
    if names:
        remark = Fault(grid.name, f"第{first.row}行", "", f"这些列没有读：{'、'.join(names)}")
        found = [replace(first, remarks=(*first.remarks, remark)), *found[1:]]
    return found


def _lacking(found: Header) -> list[Field]:
    present = {one.name for one in found.fields.values()}
    return [one for one in found.sheet.fields if one.required and one.name not in present]


class _Way(Struct, frozen=True):
    """A first row of a header; ``columns``: the texts of each column by the header's last row."""

    grid: Grid
    row: tuple[Cell, ...]
    columns: Mapping[int, Mapping[int, Sequence[str]]]


def _ways(grid: Grid, spans: Sequence[int] = tuple(range(1, ROWS + 1))) -> list[_Way]:
    """Every way to take the first rows as a header, whatever sheet they head."""
    first = (tuple(cell for cell in row if _may_head(cell)) for row in grid.rows[: WITHIN + ROWS])
    rows = {row[0].row: row for row in first if row and row[0].row <= WITHIN + ROWS}
    merged = [area for area in grid.merged if area.top <= WITHIN + ROWS and area.left <= COLUMNS]
    covered = _covered(merged, rows)
    data = next((number for number, row in rows.items() if _is_data(row)), WITHIN + ROWS + 1)
    ends = {number for number in rows if number < data and not _goes_on(merged, rows, number)}
    return [
        _Way(
            grid,
            rows[top],
            {top + span - 1: _texts(covered, range(top, top + span)) for span in spans if top + span - 1 in ends},
        )
        for top in rows
        if top <= WITHIN
    ]


def _candidates(ways: Iterable[_Way], sheet: Sheet) -> Iterator[Header]:
    """The header of a sheet that each way would be."""
    for way in ways:
        yield _template(way.grid, sheet, way.row)
        yield from (_official(sheet, last, texts) for last, texts in way.columns.items())


def _may_head(cell: Cell) -> bool:
    """Whether a cell may be one of a header: it lies where headers do, and is not a whole text."""
    return cell.column <= COLUMNS and not (isinstance(cell.value, str) and len(cell.value) > LONGEST)


def _goes_on(merged: Sequence[Area], rows: Mapping[int, tuple[Cell, ...]], last: int) -> bool:
    """Whether a header goes on below a row: a cell is merged over its edge, or the next row holds units and kinds.

    Without merges (CSV) a row of text alone goes on where its first column is empty and that of the row is not.
    """
    if any(area.top <= last < area.bottom <= last + ROWS for area in merged):
        return True
    following = rows.get(last + 1, ())
    if following and not _is_data(following) and following[0].column > rows[last][0].column:
        return True
    below = [fold(cell.value) for cell in following if isinstance(cell.value, str)]
    return sum(bool(_LOWER.match(text)) for text in below) > 1


def _is_data(row: tuple[Cell, ...]) -> bool:
    """Whether a row holds numbers, as no row of a header does; one may be a year or a number of a column."""
    return sum(not isinstance(cell.value, str) or bool(_NUMBER.fullmatch(cell.value.strip())) for cell in row) > 1


def _template(grid: Grid, sheet: Sheet, row: tuple[Cell, ...]) -> Header:
    """One row as a header of the template: a column that is not known is a fault."""
    fields: dict[int, Field] = {}
    faults: dict[int, Fault] = {}
    for cell in row:
        if cell.empty or not isinstance(cell.value, str):
            continue
        known, problem = _field(sheet, cell.value.replace("*", ""))
        if known is None or problem:
            faults[cell.column] = Fault(grid.name, cell.address, cell.value.strip(), problem or "不认识这一列")
        elif known in fields.values():
            faults[cell.column] = Fault(grid.name, cell.address, cell.value.strip(), "这一列出现了两次")
        else:
            fields[cell.column] = known
    headings = {cell.column: str(cell.value) for cell in row if isinstance(cell.value, str)}
    return Header(sheet, row[0].row, fields, frozenset(faults), tuple(faults.values()), (), headings)


def _field(sheet: Sheet, header: str) -> tuple[Field | None, str]:
    """The field a header names, and what is wrong with its unit."""
    if one := sheet.by_header.get(fold(header)):
        return one, ""
    base, unit = split(header)
    one = sheet.by_header.get(base)
    if one is None or unit is None:
        return None, ""
    if form(unit) == form(one.unit):
        return one, ""
    return one, f"单位应为“{one.unit}”" if one.unit else "单位写在“单位”一列，表头不带单位"


def _covered(merged: Sequence[Area], rows: Mapping[int, tuple[Cell, ...]]) -> dict[tuple[int, int], str]:
    """Texts of the first rows by row and column; a merged area's text in each of its cells."""
    texts = {
        (cell.row, cell.column): str(cell.value)
        for row in rows.values()
        for cell in row
        if not cell.empty and isinstance(cell.value, (str, int, float))
    }
    cells = 0
    for area in merged:
        if (text := texts.get((area.top, area.left))) is not None:
            rectangle = [
                (number, column)
                for number in range(area.top, min(area.bottom, WITHIN + ROWS) + 1)
                for column in range(area.left, min(area.right, COLUMNS) + 1)
            ]
            if (cells := cells + len(rectangle)) > (WITHIN + ROWS) * COLUMNS:
                break  # areas that lie over each other, as no spreadsheet makes them
            texts.update(dict.fromkeys(rectangle, text))
    return texts


def _texts(texts: Mapping[tuple[int, int], str], span: range) -> dict[int, list[str]]:
    """The header texts of each column from the top; a heading over several columns goes on to the right (CSV, no merges)."""
    last = max((column for number, column in texts if number in span), default=0)
    found: dict[int, list[str]] = {}
    running: dict[int, str] = {}
    for column in range(1, min(last, COLUMNS) + 1):
        parts: list[str] = []
        for number in span:
            text = texts.get((number, column))
            if text is None and number < span[-1] and (number + 1, column) in texts and not parts:
                text = running.get(number)
            if text is not None:
                running[number] = text
                if text not in parts:
                    parts.append(text)
        if parts:
            found[column] = parts
    return found


def _official(sheet: Sheet, row: int, texts: Mapping[int, Sequence[str]]) -> Header:
    """Several rows as one header: what is not known is left out and remarked, not refused."""
    fields: dict[int, Field] = {}
    for column, parts in texts.items():
        one = _official_field(sheet, parts)
        if one and one not in fields.values():
            fields[column] = one
    unknown = frozenset(texts) - frozenset(fields)
    headings = {column: " ".join(parts) for column, parts in texts.items()}
    return Header(sheet, row, fields, unknown, headings=headings, official=True, parts=texts)


def _official_field(sheet: Sheet, parts: Sequence[str]) -> Field | None:
    """The field the texts of a column name together."""
    whole = " ".join(parts)
    if (name := sheet.recognise(whole)) is None:
        return None
    if name:
        one = sheet.by_name.get(name)
        return one if one and _unit_fits(one, parts) else None
    if official.other_period(whole):
        return None
    joined, problem = _field(sheet, "".join(parts).replace("*", ""))
    if joined:
        return None if problem else joined
    for part in reversed(parts):
        one, problem = _field(sheet, part.replace("*", ""))
        if one and not problem and _unit_fits(one, parts):
            return one
    return None


def _unit_fits(one: Field, parts: Sequence[str]) -> bool:
    """Whether the unit that stands in the header, if any does, is the field's."""
    wanted = form(one.unit)
    for part in parts:
        base, unit = split(part)
        written = form(unit if unit is not None else base)
        if (
            written in ("mg/m3", "μg/m3", "mg/l", "μg/l", "g/m3", "ppm", "ppb", "μs/cm", "ms/m", "ntu")
            and written != wanted
        ):
            return False
    return True


def _completed(grid: Grid, found: Header, document: str) -> Header:
    """With what the title says in place of columns: time, city, place; and faults for what nobody says."""
    above = [
        cell.value[:LONGEST]
        for row in grid.rows[: WITHIN + ROWS]
        for cell in row
        if row[0].row <= found.row and isinstance(cell.value, str)
    ]
    titles = [text for text in above if text not in found.headings.values()]
    defaults: dict[str, str] = {}
    faults, remarks = list(found.faults), list(found.remarks)
    for one in _lacking(found):
        value, problem = _from_title(one, [*titles, grid.name], document)
        if problem and one.name == "area_id" and found.stations:
            continue  # perhaps every row is about a station; one that is not lacks its city
        if problem:
            faults.append(Fault(grid.name, f"第{found.row}行", one.title, problem))
            continue
        defaults[one.name] = value
        if one.name in (*TIMES, "area_id"):
            remarks.append(Fault(grid.name, f"第{found.row}行", one.title, f"表里没有这一列，取自标题：{value}"))
    days = {value for text in [*titles, grid.name] for value in _times(text, "date")}
    stations = found.stations
    if stations:
        stations = _completed(grid, stations, document)
        stations = replace(stations, faults=tuple(one for one in stations.faults if one not in faults), remarks=())
        faults, stations = [*faults, *stations.faults], replace(stations, faults=())
    return replace(
        found,
        defaults=defaults,
        faults=tuple(faults),
        remarks=tuple(remarks),
        day=days.pop() if len(days) == 1 else "",
        stations=stations,
    )


def _from_title(one: Field, titles: Sequence[str], document: str) -> tuple[str, str]:
    """What a column would hold by the title, or what is wrong."""
    if one.name == "document_id":
        return document, "" if document else "表里没有“来源文件”一列：请用 --document 写明文件编号或标题"
    if one.name == "place":
        title = next((text for text in titles if len(fold(text)) >= 4), titles[-1])
        return " ".join(title.split())[:60], ""
    if one.name == "area_id":
        return (
            (CITY, "")
            if any(CITY_NAME in text for text in titles)
            else ("", f"表里没有城市，标题里也没有“{CITY_NAME}”")
        )
    try:
        found = {value for text in titles for value in _times(text, one.name)}
    except PeriodError as error:
        return "", f"表里没有这一列，标题里{error}"
    if len(found) == 1:
        return found.pop(), ""
    wanted = {"date": "日期（年月日）", "measured_at": "日期和钟点", "month": "年月"}.get(one.name, "时段")
    return "", f"表里没有这一列，标题里{'有不止一个' if found else '也没有写明'}{wanted}"


def _times(title: str, kind: str) -> list[str]:
    """The days, hours, months or periods a title names."""
    if kind == "measured_at":
        return periods.hours_in(title)
    found = []
    for match in _DATE.finditer(periods.plain(title)):
        if value := _longest(match[0]):
            fits = {"date": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d"}.get(kind, r".+")
            if re.fullmatch(fits, value):
                found.append(value)
    return found


def _longest(text: str) -> str:
    """The period at the beginning of a text."""
    for end in range(len(text), 4, -1):
        try:
            if value := periods.period(text[:end]):
                return value
        except PeriodError:
            continue
    return ""
