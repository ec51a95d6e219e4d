"""``python -m assessment aqi | water``: judge a CSV from standard input, write it with its judgement to standard output."""

import argparse
import io
import sys
from collections.abc import Iterable

import pandas as pd

from assessment import aqi, water
from store import standards

WATER_WORDS = ("section", "date", "water_body")
WATER_BODIES = ("river", "lake")


class InputError(ValueError):
    """The CSV cannot be judged; the message names row and column."""


def read(content: str, known: Iterable[str], words: Iterable[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The CSV as it came (all text), and parsed: columns in ``words`` stay text, the rest must be numbers ≥ 0.

    Rows are counted with the header as row 1.
    """
    try:
        raw = pd.read_csv(io.StringIO(content), dtype=str, keep_default_na=False)
    except (ValueError, pd.errors.ParserError) as error:
        raise InputError(f"no readable CSV with a header: {error}") from error
    allowed = [*words, *known]
    for name in raw.columns:
        if name not in allowed:
            raise InputError(f"row 1, column {name}: unknown; known are {', '.join(allowed)}")
    if not set(raw.columns) & set(known):
        raise InputError(f"row 1: no column to judge; known are {', '.join(known)}")
    parsed = {name: raw[name] if name in words else _numbers(raw[name]) for name in raw.columns}
    return raw, pd.DataFrame(parsed, columns=raw.columns)


def _numbers(cells: pd.Series) -> pd.Series:
    stripped = cells.str.strip()
    values = pd.to_numeric(stripped.where(stripped != ""), errors="coerce")
    wrong = (values.isna() & (stripped != "")) | values.isin([float("inf"), -float("inf")])
    for problem, bad in (("is no number", wrong), ("is negative", values < 0)):
        if bad.any():
            row = int(bad.to_numpy().argmax())
            raise InputError(f"row {row + 2}, column {cells.name}: {cells.iloc[row]!r} {problem}")
    return values.astype(float)


def _dates(frame: pd.DataFrame, *, required: bool) -> pd.Series:
    if "date" not in frame:
        raise InputError("row 1, column date: missing, and no --standard names an edition")
    parsed = pd.to_datetime(frame["date"].str.strip(), format="%Y-%m-%d", errors="coerce")
    bad = parsed.isna() & (required | (frame["date"].str.strip() != ""))
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise InputError(f"row {row + 2}, column date: {frame['date'].iloc[row]!r} is no date YYYY-MM-DD")
    return parsed


def judge_air(content: str, standard: str | None, hourly: bool) -> pd.DataFrame:
    """The CSV with standard, IAQIs, AQI, category and primary pollutants."""
    raw, frame = read(content, list(aqi.ITEMS), ["date"])
    if standard is None:
        frame["date"] = _dates(frame, required=True)
    judged = aqi.judge(frame, standards.aqi_editions(), edition=standard, hourly=hourly).drop(columns="category_level")
    iaqis = [aqi.short(name) for name in aqi.ITEMS if aqi.short(name) in judged]
    result = pd.concat([raw, judged[["standard", *iaqis, "aqi", "category", "primary"]]], axis=1)
    for name in [*iaqis, "aqi"]:
        result[name] = result[name].astype("Int64")
    return result


def judge_water(content: str, items: water.Items) -> pd.DataFrame:
    """The CSV with class, deciding items and exceedance."""
    limits = standards.water_limits()
    named = limits.drop_duplicates("item").set_index("item")
    raw, frame = read(content, list(named.index), list(WATER_WORDS))
    bodies = frame["water_body"].str.strip() if "water_body" in frame else pd.Series("river", index=frame.index)
    bad = ~bodies.isin(WATER_BODIES)
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise InputError(f"row {row + 2}, column water_body: {bodies.iloc[row]!r} is unknown; known are river, lake")
    if "date" in frame:
        _dates(frame, required=False)
    numbers = [name for name in frame.columns if name in named.index]
    judged = [
        water.judge_section(dict(zip(numbers, row, strict=True)), limits, items=items, water_body=body)
        for row, body in zip(frame[numbers].to_numpy(float), bodies, strict=True)
    ]
    names = named["name_zh"]
    result = raw.copy()
    result["class"] = pd.array([one.water_class for one in judged], dtype="Int64")
    result["deciding_items"] = ["、".join(names[item] for item in one.deciding) for one in judged]
    result["exceedance"] = [
        "、".join(_named(names[item], multiple) for item, multiple in one.exceeding) for one in judged
    ]
    return result


def _named(name: str, multiple: float | None) -> str:
    return name if multiple is None else f"{name}({multiple:g})"


def main(arguments: list[str] | None = None) -> int:
    """Run; exit code 2 and one line on standard error where the CSV cannot be judged, and then nothing is written."""
    parser = argparse.ArgumentParser(prog="python -m assessment", description="Judge a CSV by the national standards.")
    commands = parser.add_subparsers(dest="command", required=True)
    air = commands.add_parser("aqi", help="AQI by HJ 633-2012 / HJ 633-2026")
    air.add_argument(
        "--hourly",
        action="store_true",
        help="SO2, NO2, CO and O3 are 1-hour values, particles by the edition's hourly rule",
    )
    air.add_argument(
        "--standard",
        choices=list(standards.aqi_editions()),
        help="one edition for all rows; else each row's date chooses",
    )
    sections = commands.add_parser("water", help="class by GB 3838-2002")
    sections.add_argument(
        "--items",
        choices=("auto5", "all21"),
        default="all21",
        help="the five automatic items, or the 21 of an official class",
    )
    options = parser.parse_args(arguments)
    content = sys.stdin.read()
    try:
        result = (
            judge_air(content, options.standard, options.hourly)
            if options.command == "aqi"
            else judge_water(content, options.items)
        )
    except InputError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    sys.stdout.write(result.to_csv(index=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
