"""Years of hours from CSV files in the format of quotsoft.net's archive of the platform: for backfilling only.

A file a day for the cities (``china_cities_YYYYMMDD.csv``, columns named 西宁 …) and one for the stations
(``china_sites_YYYYMMDD.csv``, columns named by station code): ``date,hour,type,…``, a row for each hour 0–23 and type.
Hour 0 is the day's 00:00, hour 24 the next day's. Dates are written 20170615, or with dashes, slashes or dots between
their parts; commas too many at the end of rows or header are passed over. Blank is missing: no reading is made; other
cells are read as the platform's own (:func:`loaders.cells.read_cell`). Values are stored as published: whether they
are plausible is judged later.
"""

import csv
import math
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
from msgspec.structs import replace

from loaders.answer import COLUMNS, Answer, AnswerError, Batch
from loaders.cells import LAST_YEAR, MISSING, MOST_ROWS, NOTE_LENGTH, bounded, read_cell, without_repeats
from loaders.cnemc_air import capitals_by_name
from loaders.decode import is_html, text
from loaders.transport import UpstreamClient
from store import facts, records
from store.clock import ZONE
from store.states import AnswerState, FailureCause

SOURCE = "air_archive"
FIRST = date(2014, 5, 13)
KIND = "archive"

_POLLUTANTS = {"PM2.5": "pm25_ugm3", "PM10": "pm10_ugm3", "SO2": "so2_ugm3", "NO2": "no2_ugm3", "CO": "co_mgm3"}
# type → item and averaging, as the platform's fields (O3_24h is left alone there too)
TYPES = {
    "AQI": ("aqi", "1h"),
    **{name: (item, "1h") for name, item in _POLLUTANTS.items()},
    **{f"{name}_24h": (item, "24h") for name, item in _POLLUTANTS.items()},
    "O3": ("o3_1h_ugm3", "1h"),
    "O3_8h": ("o3_8h_ugm3", "8h"),
    "O3_8h_24h": ("o3_8h_ugm3", "8h_24h"),
}
_FRAME = ["date", "hour", "type"]
_DAY = re.compile(r"(\d{4})(?:(\d\d)(\d\d)|([-/.年])(\d\d?)[-/.月](\d\d?)日?)")
_HOUR = re.compile(r"(\d{1,2})(?:\.0+|:00(?::00)?|[时点])?")


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def fetch(
    client: UpstreamClient, *, now: datetime, since: date | None = None, until: date | None = None
) -> Iterator[Answer]:
    """Both files of every day from ``since`` to ``until`` (yesterday where not given).

    A day without a file gives an answer in the state NOTHING_PUBLISHED. Raises ValueError without a
    period, for one that begins before the archive, ends before it begins, or reaches beyond today.
    """
    today = now.astimezone(ZONE).date()
    if since is None:
        raise ValueError(
            f"{SOURCE} is for backfilling: name the days, "
            f"as in python -m loaders backfill {SOURCE} --from {FIRST} --to 2014-12-31"
        )
    until = until or today - timedelta(days=1)
    if since < FIRST:
        raise ValueError(f"{SOURCE} begins on {FIRST}, but {since} was asked for")
    if not since <= until <= today:
        raise ValueError(f"{SOURCE} is asked for days in their order and up to today, not from {since} to {until}")
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return (_request(client, file, day) for day in days for file in ("cities", "sites"))


def _request(client: UpstreamClient, file: str, day: date) -> Answer:
    answer = client.get(f"{file} {day}", f"/china_{file}_{day:%Y%m%d}.csv", accept="csv")
    if answer.status != 404:
        return answer
    return replace(answer, state=AnswerState.NOTHING_PUBLISHED, cause=None, problem=f"no file for {day}")


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def parse(answer: Answer) -> Batch:
    """The readings of one file: of the five capitals, or of the stations of Xining that ``data/air_stations.csv`` knows.

    Raises AnswerError where the file has no columns date, hour and type, or a header alone. Rows are numbered as a
    spreadsheet shows them (the header is row 1).
    """
    wanted = _places(answer)
    table, problems = _table(answer, wanted)
    found = {name: place for name, place in wanted.items() if name in table.columns}
    absent = _absent(answer, table, wanted, found)
    table = _timed(table, problems)
    left_out = len(problems)
    table = table[table["type"].isin(TYPES.keys())]
    frame, repeats = without_repeats(_valued(table, found))
    return Batch(frame, problems=bounded([*problems, *absent, *repeats]), left_out=left_out)


def _places(answer: Answer) -> dict[str, str]:
    """Column → place id, for the file an answer is."""
    file = answer.call.split(" ")[0]
    if file == "sites":
        return {row.station_id: row.station_id for row in facts.tracked_rows(records.AirStation)}
    if file == "cities":
        return {name: place for name, place in capitals_by_name().items() if not name.isdigit()}
    raise AnswerError(answer, "unknown call; known are cities and sites with a day")


def _table(answer: Answer, wanted: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """The file's needed columns, by row number; rows that break off or run over are left out, a sentence for each."""
    header, *rows = text(answer).splitlines() or [""]
    header = ",".join(_name(cell) for cell in header.split(",")).rstrip(",")
    if missing := [name for name in _FRAME if name not in header.split(",")]:
        found = "HTML, " if is_html(answer.body) else ""
        raise AnswerError(answer, f"{found}no archive file: column {', '.join(missing)} missing")
    width = header.count(",")
    numbered = [(number, _cut(row, width)) for number, row in enumerate(rows, 2) if row.strip(" \t,")]
    if not numbered:
        raise AnswerError(answer, "a header alone, no row")
    if len(numbered) > MOST_ROWS:
        raise AnswerError(answer, f"{len(numbered)} rows, more than {MOST_ROWS}", cause=FailureCause.SIZE)
    whole = {number: row for number, row in numbered if row.count(",") == width}
    problems = [
        f"row {number}: {row.count(',') + 1} cells, the header has {width + 1}"
        for number, row in numbered
        if number not in whole
    ]
    needed = {*_FRAME, *wanted}
    content = StringIO("\n".join((header, *whole.values())))
    try:
        table = pd.read_csv(
            content,
            usecols=needed.__contains__,
            dtype=str,
            na_values=list(MISSING),
            quoting=csv.QUOTE_NONE,
            index_col=False,
        )
    except (pd.errors.ParserError, ValueError) as error:
        raise AnswerError(answer, f"no readable CSV ({error})") from None
    table["type"] = table["type"].str.strip()
    if len(table) and not table["type"].isin(TYPES.keys()).any():
        raise AnswerError(answer, f"no row of a known type; known are {', '.join(TYPES)}")
    return table.set_axis(list(whole)), problems


def _name(cell: str) -> str:
    """A column's name without margins; those of the frame in small letters."""
    name = cell.strip()
    return name.lower() if name.lower() in _FRAME else name


def _cut(row: str, width: int) -> str:
    """A row without the empty cells beyond so many commas."""
    cells = row.split(",", width + 1)
    beyond_is_empty = len(cells) > width + 1 and not cells[-1].strip(" \t,")
    return ",".join(cells[: width + 1]) if beyond_is_empty else row


def _absent(answer: Answer, table: pd.DataFrame, wanted: dict[str, str], found: dict[str, str]) -> list[str]:
    """Sentences on capitals and types the file does not have. Stations come and go: only all of them missing is reported."""
    problems = []
    gone = [place for name, place in wanted.items() if name not in found]
    if gone and (not found or answer.call.startswith("cities")):
        problems.append(f"no column of {', '.join(gone)}")
    present = set(table["type"])
    if present and (types := [name for name in TYPES if name not in present]):
        problems.append(f"no row of type {', '.join(types)}")
    return problems


def _timed(table: pd.DataFrame, problems: list[str]) -> pd.DataFrame:
    """The rows with a time, as ``at``; a sentence for each without."""
    # a file has many rows of few days and hours: each is read once
    dates, hours = table["date"].array.tolist(), table["hour"].array.tolist()
    days = {cell: _day(cell) if isinstance(cell, str) else pd.NaT for cell in set(dates)}
    day = pd.Series(pd.to_datetime([days[cell] for cell in dates]), index=table.index)
    of_day = {cell: _hour(cell) if isinstance(cell, str) else math.nan for cell in set(hours)}
    hour = pd.Series([of_day[cell] for cell in hours], index=table.index, dtype=float)
    bad_day = ~((day >= pd.Timestamp(FIRST)) & (day.dt.year <= LAST_YEAR))
    bad_hour = hour.isna()
    for name, bad, expected in (
        ("date", bad_day, f"a day such as 20170615 from {FIRST} on"),
        ("hour", bad_hour & ~bad_day, "0 to 24"),
    ):
        problems += [f"row {n}, {name}: {_shown(cell)} is not {expected}" for n, cell in table.loc[bad, name].items()]
    good = ~bad_day & ~bad_hour
    at = (day[good] + pd.to_timedelta(hour[good], unit="h")).dt.tz_localize(ZONE)
    return table[good].assign(at=at)


def _day(cell: str) -> pd.Timestamp:
    """A day as its midnight; NaT where the cell is none."""
    written = _DAY.fullmatch(cell.strip().removesuffix(".0"))
    if not written:
        return pd.NaT
    year, month, day = (int(part) for part in (written[1], written[2] or written[5], written[3] or written[6]))
    try:
        return pd.Timestamp(year, month, day)
    except ValueError:  # also of a year that has no room in nanoseconds
        return pd.NaT


def _hour(cell: str) -> float:
    """An hour from 0 to 24, written 7, 07, 7.0, 7:00 or 7时; NaN where the cell is none."""
    written = _HOUR.fullmatch(cell.strip())
    return float(written[1]) if written and int(written[1]) <= 24 else math.nan


def _shown(cell: object) -> str:
    """A cell for a sentence, shortened; nothing where it is empty."""
    return repr(str(cell)[:NOTE_LENGTH]) if isinstance(cell, str) else "empty, which"


def _valued(table: pd.DataFrame, found: dict[str, str]) -> pd.DataFrame:
    """Readings (loaders.answer.COLUMNS) of a table with at, type and a column for each place, ``found`` by its name."""
    cells = table[list(found)].to_numpy(object).T.ravel()  # column after column
    filled = np.flatnonzero(pd.notna(cells))
    place, row = filled // max(len(table), 1), filled % max(len(table), 1)
    cells = cells[filled]
    value = np.asarray(pd.to_numeric(cells, errors="coerce"), float)
    note, flags = np.full((2, len(cells)), None, object)
    there = np.ones(len(cells), bool)
    for n in np.flatnonzero(~np.isfinite(value)):  # few: <3, ND, or text that is no number
        read = read_cell(cells[n])
        there[n] = read is not None
        value[n], note[n], flags[n] = read or (math.nan, None, None)
    place, row = place[there], row[there]
    meant = np.array([TYPES[one] for one in table["type"]], object).reshape(-1, 2)
    nothing = np.full(len(row), None, object)
    columns: dict[str, Any] = {
        "place_id": pd.array(np.array(list(found.values()), object)[place], dtype="str"),
        "item": pd.array(meant[row, 0], dtype="str"),
        "averaging": pd.array(meant[row, 1], dtype="str"),
        "at": table["at"].array[row],
        "value": value[there],
        "kind": pd.array([KIND] * len(row), dtype="str"),
        "note": pd.Series(note[there], dtype=object),
        "flags": pd.Series(flags[there], dtype=object),
        "primary_pollutants": pd.Series(nothing, dtype=object),
        "original": pd.Series(nothing, dtype=object),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))
