"""``python -m assessment aqi | water``: a CSV from standard input comes back on standard output, judged."""

import argparse
import csv
import io
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd

from assessment import aqi, water
from assessment.moments import ZONE
from store import standards

# A day, with or without a time: Xining's where no zone follows. 24:00 is the end of the day it is written with.
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
END_OF_DAY = re.compile(r"[T ]24:00(:00)?(\+08:?00)?")
NOT_MONITORED = "/"  # and harmless for three years on end: HJ 633-2026 5.3.2
WATER_WORDS = ("section", "date", "water_body")


class InputError(ValueError):
    """The CSV cannot be judged; the message names row and column. Rows are counted with the header as row 1."""


def cells_of(content: bytes) -> pd.DataFrame:
    """The CSV as text; the index holds each row's number in the file. Empty lines are passed over."""
    lines: list[tuple[int, list[str]]] = []
    number = 1
    try:
        for number, line in enumerate(csv.reader(io.StringIO(_text(content), newline=""), strict=True), start=1):
            if line:
                lines.append((number, line))
    except csv.Error as error:
        raise InputError(f"row {number + bool(lines)}, column 1 or after: no readable CSV ({error})") from error
    if not lines:
        raise InputError("row 1, column 1: no header")
    header = [name.strip() for name in lines[0][1]]
    for number, line in lines[1:]:
        if len(line) != len(header):
            where = header[min(len(line), len(header) - 1)]
            raise InputError(f"row {number}, column {where}: {len(line)} cells, the header has {len(header)}")
    rows = [line for _, line in lines[1:]]
    return pd.DataFrame(rows, columns=header, index=[number for number, _ in lines[1:]], dtype=str)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].split(b"\n")
        raise InputError(f"row {len(before)}, column {before[-1].count(b',') + 1}: not UTF-8") from error


def check_header(header: Sequence[str], known: Iterable[str], words: Iterable[str], required: Iterable[str]) -> None:
    """Refuse what the header has too much or too little: every column is known, once, and something is to be judged."""
    known, allowed = list(known), [*words, *known]
    for place, name in enumerate(header):
        if name not in allowed:
            raise InputError(f"row 1, column {name or place + 1}: unknown; known are {', '.join(allowed)}")
        if name in header[:place]:
            raise InputError(f"row 1, column {name}: stands there twice")
    for name in required:
        if name not in header:
            raise InputError(f"row 1, column {name}: missing")
    if not set(header) & set(known):
        raise InputError(f"row 1, column {known[0]} or another to judge: missing; known are {', '.join(known)}")


def refuse(cells: pd.Series, bad: pd.Series, problem: str) -> None:
    """Raise for the first cell that is bad."""
    if bad.any():
        number = bad.index[bad.to_numpy().argmax()]
        raise InputError(f"row {number}, column {cells.name}: {cells[number]!r} {problem}")


def numbers(cells: pd.Series) -> pd.Series:
    """Numbers ≥ 0; a blank cell is missing."""
    values = pd.to_numeric(cells.where(cells != ""), errors="coerce").astype(float)
    refuse(cells, (values.isna() & (cells != "")) | np.isinf(values), "is no number")
    refuse(cells, values < 0, "is negative")
    return values


def possible(cells: pd.Series, bounds: Mapping[str, tuple[float, float]]) -> pd.Series:
    """Numbers ≥ 0 that lie within the item's ``bounds`` (lowest, highest); a blank cell is missing."""
    values = numbers(cells)
    if cells.name in bounds:
        low, high = bounds[str(cells.name)]
        refuse(
            cells, (values < low) | (values > high), f"is impossible: {cells.name} lies between {low:g} and {high:g}"
        )
    return values


def moments(cells: pd.Series, *, required: bool) -> pd.Series:
    """Days written YYYY-MM-DD, and moments where a time follows, as the clock in Xining shows them."""
    found = cells.map(_moment)
    refuse(cells, found.isna() & (required | (cells != "")), "is no date YYYY-MM-DD")
    return found


def _moment(written: str) -> date | datetime | None:
    """None where it is neither a day nor a moment."""
    parts = MOMENT.fullmatch(written)
    try:
        if parts is None or not parts[2] or END_OF_DAY.fullmatch(parts[2]):
            return date.fromisoformat(parts[1]) if parts else None
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment.astimezone(ZONE).replace(tzinfo=None) if moment.tzinfo else moment


def judge_air(content: bytes, standard: str | None, hourly: bool) -> pd.DataFrame:
    """The CSV with standard, IAQIs, AQI, category, primary pollutants, and what each row lacks of its report's items."""
    given = cells_of(content)
    check_header(list(given), aqi.ITEMS, ["date"], [] if standard else ["date"])
    cells = given.map(str.strip)
    items = {name: cells[name] for name in aqi.ITEMS if name in cells}
    unmonitored = {name: (written == NOT_MONITORED).to_numpy() for name, written in items.items()}
    values = {name: numbers(written.where(written != NOT_MONITORED, "")) for name, written in items.items()}
    frame = pd.DataFrame(values, index=cells.index)
    if "date" in cells:
        frame["date"] = moments(cells["date"], required=standard is None)
    judged = aqi.judge(frame, standards.aqi_editions(), edition=standard, hourly=hourly, unmonitored=unmonitored)
    for name in (iaqis := [aqi.short(name) for name in aqi.ITEMS if aqi.short(name) in judged]) + ["aqi"]:
        judged[name] = judged[name].astype("Int64")
    columns = {aqi.short(name).removeprefix("iaqi_"): name for name in aqi.ITEMS}
    lacking = [[columns[name] for name in names.split(",") if name] for names in judged["missing"]]
    return given.join(judged[["standard", *iaqis, "aqi", "category", "primary"]]).assign(**_marks(lacking))


def _marks(lacking: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """The columns for whether a row lacks items it is to be judged by, and which: true or false, their columns."""
    return {
        "incomplete": ["true" if names else "false" for names in lacking],
        "missing": [",".join(names) for names in lacking],
    }


def judge_water(content: bytes, items: water.Items) -> pd.DataFrame:
    """The CSV with class, deciding items, exceedance, and what each row lacks of the list's items."""
    given, limits = cells_of(content), standards.water_limits()
    names = limits.drop_duplicates("item").set_index("item")["name_zh"].to_dict()
    check_header(list(given), names, WATER_WORDS, WATER_WORDS)
    cells = given.map(str.strip)
    bodies = cells["water_body"].str.casefold()
    refuse(cells["water_body"], ~bodies.isin(list(water.BODIES)), f"is unknown; known are {', '.join(water.BODIES)}")
    moments(cells["date"], required=False)
    bounds = standards.item_bounds()
    frame = pd.DataFrame({name: possible(cells[name], bounds) for name in names if name in cells}, index=cells.index)
    judged = water.judge_sections(frame.assign(water_body=bodies), limits, items=items)
    taken = water.items_of(limits, items)
    known = frame.reindex(columns=taken).notna().to_numpy()
    return given.assign(
        **{
            "class": pd.array([one.water_class for one in judged], dtype="Int64"),
            "deciding_items": ["、".join(names[item] for item in one.deciding) for one in judged],
            "exceedance": ["、".join(_times(names[item], by) for item, by in one.exceeding) for one in judged],
            **_marks([[name for name, there in zip(taken, row, strict=True) if not there] for row in known]),
        }
    )


def _times(name: str, multiple: float | None) -> str:
    return name if multiple is None else f"{name}({multiple:g})"


def arguments_of(given: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m assessment", description="Judge a CSV by the national standards.")
    commands = parser.add_subparsers(dest="command", required=True)
    air = commands.add_parser("aqi", help="AQI by HJ 633-2012 and HJ 633-2026")
    hourly = "SO2, NO2, CO, O3 are 1-hour values; particles moving means of 24 hours (2012) or 1-hour means (2026)"
    air.add_argument("--hourly", action="store_true", help=hourly)
    named = "one edition for all rows; without it each row's date chooses"
    air.add_argument("--standard", choices=list(standards.aqi_editions()), help=named)
    sections = commands.add_parser("water", help="class by GB 3838-2002")
    listed = "the 21 items of an official class, or the five of the automatic stations"
    sections.add_argument("--items", choices=("all21", "auto5"), default="all21", help=listed)
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Run; exit code 2 and one line on standard error where the CSV cannot be judged, and then nothing is written."""
    options = arguments_of(given)
    content = sys.stdin.buffer.read()
    try:
        if options.command == "aqi":
            result = judge_air(content, options.standard, options.hourly)
        else:
            result = judge_water(content, options.items)
    except InputError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    sys.stdout.buffer.write(result.to_csv(index=False, lineterminator="\n").encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
