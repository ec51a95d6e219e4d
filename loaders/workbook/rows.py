"""From a sheet of cells to rows of a table: where its header is, which column is which, what each row contains."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from loaders.workbook.cells import Cell, Grid
from loaders.workbook.names import Names, unit
from loaders.workbook.sheets import SHEETS, Field, Sheet, fold
from loaders.workbook.text import Read, UnreadableError, needs_dust_basis, read
from store import facts, records

HEADER_WITHIN = 10  # rows: titles and remarks may be above it
NOTHING = "没有数值：没有公布就删去整行，或者写“未公布”，不要估算"


@dataclass(frozen=True)
class Fault:
    """What is wrong and where; ``cell``: its address, empty where a whole sheet or file is meant."""

    sheet: str
    cell: str
    header: str
    problem: str

    def __str__(self) -> str:
        where = f"{self.cell}（{self.header}）" if self.header else self.cell
        return (
            "，".join(part for part in (f"工作表“{self.sheet}”" if self.sheet else "", where) if part)
            + f"：{self.problem}"
        )


@dataclass(frozen=True)
class Line:
    """One row of a sheet. ``texts``: by the table's column, as a tracked file would have them; ``cells``: where they are."""

    sheet: Sheet
    place: str  # the name of the sheet in the file
    row: int
    texts: Mapping[str, str]
    cells: Mapping[str, Cell]
    notes: tuple[str, ...] = ()

    def fault(self, column: str, problem: str) -> Fault:
        """A fault in one of its cells; in its row where the sheet has no such column."""
        cell = self.cells.get(column)
        known = next((one for one in self.sheet.fields if one.name == column), None)
        return Fault(self.place, cell.address if cell else f"第{self.row}行", known.title if known else "", problem)


@dataclass
class Table:
    """The content of a sheet: its rows, remarks on rows that were left out, and all that cannot be read."""

    lines: list[Line] = field(default_factory=list)
    skipped: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Header:
    """A header found: its row, the field of each column, and the columns whose header is at fault."""

    sheet: Sheet
    row: int
    fields: Mapping[int, Field]
    unknown: frozenset[int]
    faults: tuple[Fault, ...]


def header(grid: Grid) -> Header | None:
    """The header of a sheet, of the kind that recognises most of it; None where it is no sheet of ours."""
    named = [one for one in SHEETS if fold(one.name) == fold(grid.name)]
    found = [_header(grid, sheet, row) for sheet in named or SHEETS for row in grid.rows[:HEADER_WITHIN]]
    best = max(found, key=lambda one: len(one.fields), default=None)
    if best is None or (not named and _lacking(best)) or not best.fields:
        return None
    lacking = tuple(Fault(grid.name, "", "", f"第{best.row}行的表头缺少“{one.title}”一列") for one in _lacking(best))
    return replace(best, faults=best.faults + lacking)


def _lacking(found: Header) -> list[Field]:
    present = {one.name for one in found.fields.values()}
    return [one for one in found.sheet.fields if one.required and one.name not in present]


def _header(grid: Grid, sheet: Sheet, row: tuple[Cell, ...]) -> Header:
    fields: dict[int, Field] = {}
    faults: dict[int, Fault] = {}
    for cell in row:
        if cell.empty or not isinstance(cell.value, str):
            continue
        written = fold(cell.value.replace("*", ""))
        known = next((one for one in sheet.fields if written in one.names()), None)
        if known is None:
            base = written.partition("(")[0]
            same = next((one for one in sheet.fields if base != written and base in one.names()), None)
            problem = (
                f"单位应为“{same.unit}”"
                if same and same.unit
                else "单位写在“单位”一列，表头不带单位"
                if same
                else "不认识这一列"
            )
            faults[cell.column] = Fault(grid.name, cell.address, cell.value.strip(), problem)
        elif known in fields.values():
            faults[cell.column] = Fault(grid.name, cell.address, cell.value.strip(), "这一列出现了两次")
        else:
            fields[cell.column] = known
    return Header(sheet, row[0].row if row else 1, fields, frozenset(faults), tuple(faults.values()))


def lines(grid: Grid, found: Header, names: Names) -> Table:
    """Every row below the header. A row whose values are all marked as unpublished is left out with a remark."""
    table = Table(faults=list(found.faults))
    for row in grid.rows[found.row :]:
        cells = {found.fields[cell.column].name: cell for cell in row if cell.column in found.fields}
        stray = [cell for cell in row if cell.column not in found.fields and not cell.empty]
        if not stray and all(cell.empty for cell in cells.values()):
            continue
        number = row[0].row
        table.faults += [
            Fault(grid.name, cell.address, "", "这一列没有表头，不知道填的是什么")
            for cell in stray
            if cell.column not in found.unknown
        ]
        _add(table, Line(found.sheet, grid.name, number, {}, cells), grid, names)
    return table


def _add(table: Table, line: Line, grid: Grid, names: Names) -> None:
    reads, faults = _reads(line, grid, names)
    values = [one.name for one in line.sheet.values]
    if values and not faults.keys() & set(values) and not any(reads[name].text for name in values):
        without = next((name for name in values if reads[name].none), None)
        if without:
            table.skipped.append(line.fault(without, "写明没有公布，这一行不导入；库里原有的数不动"))
            return
        faults.setdefault(values[0], NOTHING)
    table.faults += [line.fault(name, problem) for name, problem in faults.items()]
    hidden = ("这一行在表里是隐藏的，也读入",) if line.row in grid.hidden else ()
    notes = tuple(f"{line.cells[name].address} {one.note}" for name, one in reads.items() if one.note)
    texts = {name: one.text for name, one in reads.items() if one.text or name not in faults}
    table.lines.append(Line(line.sheet, line.place, line.row, texts, line.cells, hidden + notes))


def _reads(line: Line, grid: Grid, names: Names) -> tuple[dict[str, Read], dict[str, str]]:
    """Each cell of a row as text, and what is wrong with those that cannot be read, by column."""
    reads: dict[str, Read] = {one.name: Read() for one in line.sheet.fields}
    faults: dict[str, str] = {}
    for one in line.sheet.fields:
        if cell := line.cells.get(one.name):
            try:
                indicator = (
                    reads["indicator_id"].text if one.form in ("unit", "number") and "indicator_id" in reads else ""
                )
                reads[one.name] = _read(one, cell, names, grid, indicator)
            except UnreadableError as error:
                faults[one.name] = str(error)
    for name, problem in _dust(reads):
        faults.setdefault(name, problem)
    return reads, faults


def _read(one: Field, cell: Cell, names: Names, grid: Grid, indicator: str) -> Read:
    if one.form == "unit" and not indicator:
        return Read("none")  # the indicator is at fault; its unit is unknown
    if one.form == "unit":
        found = read(one, cell, names, grid.epoch)
        try:
            return Read(names.unit(found.text, indicator)) if found.text else _without_unit(indicator)
        except LookupError as error:
            raise UnreadableError(str(error.args[0])) from None
    of = unit(facts.by_id(records.Indicator)[indicator].unit_id) if indicator else ""
    return read(one, cell, names, grid.epoch, unit=of)


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
