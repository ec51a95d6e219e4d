"""The readers and what each is given. Loaders are found by their sources: one without a maker here fails a test."""

import csv
import io
import json
import math
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from msgspec import Struct

from assessment.__main__ import main as command_line
from assessment.messages import LINE
from loaders import modis_ndvi, plausible, registry, workbook
from loaders.answer import COLUMNS, Answer, AnswerError, Batch
from loaders.cells import LAST_YEAR, MOST_PROBLEMS, NOTE_LENGTH
from store import sources, tracked
from store.clock import ZONE
from tests.fuzz import mutate, tables
from tests.upstreams import archive, cnemc_water, modis
from tests.upstreams.world import World

PAYLOADS = Path(__file__).resolve().parent.parent / "payloads"
NOW = datetime(2026, 10, 9, 18, 30, tzinfo=ZONE)
CHECKED_EVERY = 10  # of the batches, by the checks of plausibility, which take longer than a parser


class Target(Struct, frozen=True):
    """A reader: ``make`` an input by chance, ``read`` it and raise AssertionError where it is not read as it should be."""

    make: Callable[[Random], Any]
    read: Callable[[Any], None]


class Seed(Struct, frozen=True):
    """A sound answer that mutations begin with: JSON, or the text of a table."""

    call: str
    content: Any


# ── loaders ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _recorded(folder: str, calls: Mapping[str, str]) -> list[Seed]:
    return [Seed(call, json.loads((PAYLOADS / folder / f"{name}.json").read_bytes())) for name, call in calls.items()]


def _air() -> list[Seed]:
    names = ("stations", "city", "city 24 hours", "city 14 days", "capitals hour", "capitals day")
    seeds = _recorded("cnemc_air", {f"schematic_{name.replace(' ', '_')}": name for name in names})
    return [*seeds, Seed("station 24 hours 1491A", seeds[2].content)]


def _water() -> list[Seed]:
    world = World.standing_at(NOW)
    rows = [cnemc_water.row(world, name, "西宁市", "湟水") for name in ("小峡桥", "西钢桥", "新断面")]
    drawn = Seed("readings", {"result": 1, "total": 1, "thead": cnemc_water.thead(), "tbody": rows})
    return [
        drawn,
        *_recorded("cnemc_water", dict.fromkeys(("schematic_16_columns", "schematic_17_columns"), "readings")),
    ]


def _satellite() -> list[Seed]:
    west, south = (float(one) for one in modis_ndvi.forward(101.77, 36.62))
    head = {"xllcorner": f"{west:.2f}", "yllcorner": f"{south:.2f}", "cellsize": modis_ndvi.CELL_M, "scale": "0.0001"}
    days = [modis.stamp(date(2025, 1, day)) for day in (1, 17)]

    def band(key: str, value: int) -> dict[str, Any]:
        name = modis_ndvi.BANDS[key]
        layers = [{"modis_date": day, "band": name, "data": [value] * 48} for day in days]
        return {**head, "nrows": 6, "ncols": 8, "band": name, "subset": layers}

    subset = {"requested": days, "ndvi": band("ndvi", 4200), "reliability": band("reliability", 0)}
    dates = {"dates": [{"modis_date": day, "calendar_date": "2025-01-01"} for day in days]}
    return [Seed("subset valley", subset), Seed("subset datong", subset), Seed("dates", dates)]


def _archive() -> list[Seed]:
    recorded = [
        (PAYLOADS / "air_archive" / f"schematic_{what}_20170615.csv").read_text() for what in ("cities", "sites")
    ]
    drawn = archive.table(World.standing_at(NOW), date(2017, 6, 15), "cities")
    lines = drawn.splitlines()
    cut = "\n".join([lines[0], *lines[1:40]])
    return [
        Seed("cities 2017-06-15", recorded[0]),
        Seed("sites 2017-06-15", recorded[1]),
        Seed("cities 2017-06-15", cut),
    ]


# A source's sound answers. Add a source's here with its loader.
SEEDS: Mapping[str, Callable[[], Sequence[Seed]]] = {
    "cnemc_air": _air,
    "cnemc_water": _water,
    "open_meteo_air": lambda: _recorded("open_meteo", {"schematic_air": "forecast cams_global"}),
    "open_meteo_weather": lambda: _recorded("open_meteo", {"schematic_weather": "forecast"}),
    "modis_ndvi": _satellite,
    "air_archive": _archive,
}
_seeds = cache(lambda source: tuple(SEEDS[source]()))


def _answer(source: str, random: Random) -> tuple[Answer, bool]:
    """A mutated answer, and whether what is read of it is to be checked for plausibility as well."""
    seed = random.choice(_seeds(source))
    body = mutate.table(random, seed.content) if isinstance(seed.content, str) else mutate.tree(random, seed.content)
    kind = random.choice(
        ("application/json", "text/csv; charset=gbk", "text/html; charset=\x00", "text/plain; charset=utf-7")
    )
    answer = Answer(source, seed.call, "http://127.0.0.1/", NOW, 200, kind, body)
    return answer, random.randrange(CHECKED_EVERY) == 0


def _read_answer(given: tuple[Answer, bool]) -> None:
    """Readings as they are declared, or one AnswerError of one line."""
    answer, checked = given
    try:
        batch = registry.loader(answer.source).parse(answer)
    except AnswerError as error:
        refusal(str(error), f"{answer.source}, {answer.call}")
        return
    _check(batch)
    if checked and len(batch.readings):
        found = plausible.check(batch.readings, now=NOW, source=answer.source)
        assert len(found.readings) == len(batch.readings), "checks of plausibility lost readings"


def _check(batch: Batch) -> None:
    assert len(batch.problems) <= MOST_PROBLEMS + 1, "more sentences than are kept"
    for one in batch.problems:
        sentence(one)
    for place in batch.places:
        short(place.place_id, NOTE_LENGTH + len("unknown:"))
        short(place.name, NOTE_LENGTH)
        assert all(one is None or math.isfinite(one) for one in (place.lon, place.lat)), "a place nowhere"
    frame = batch.readings
    assert list(frame.columns) == list(COLUMNS), "other columns"
    if frame.empty:
        return
    assert set(frame["item"]) <= _items(), "unknown items"
    assert frame["at"].notna().all(), "a reading without a time"
    assert frame["at"].dt.year.between(2000, LAST_YEAR).all(), "a reading of another age"
    assert not any(math.isinf(value) for value in frame["value"]), "an infinite value"
    for one in frame["place_id"].unique():
        short(one, NOTE_LENGTH + len("unknown:"))
    for name in ("note", "flags", "primary_pollutants", "original"):
        for one in frame[name].dropna().unique():
            short(one, NOTE_LENGTH)


_items = cache(lambda: frozenset(tracked.read("items")["item"]))


def refusal(text: str, where: str) -> None:
    """A sentence that begins with where the fault is."""
    sentence(text)
    assert text.startswith(where), f"it does not begin with {where}: {text[:100]!r}"


def sentence(text: str) -> None:
    """One line that is short enough for a log, a table of status and a page."""
    short(text, LINE)


def short(text: str, most: int) -> None:
    """A text that is not empty, of bounded length and without control signs."""
    assert text.strip(), "an empty text"
    assert len(text) <= most, f"{len(text)} signs, more than {most}: {text[:100]!r}"
    assert text.isprintable(), f"signs that are not printed: {text[:300]!r}"


# ── the importer ─────────────────────────────────────────────────────────────────────────────────────────────────────
# One for all inputs: making and removing a folder costs as much as reading a file.
_folder = cache(tempfile.TemporaryDirectory)


def _file(random: Random) -> tuple[str, bytes, dict[str, Any]]:
    options = {"document": random.choice(("", "plan14")), "skip_hidden": random.random() < 0.2}
    if random.random() < 0.6:
        return "表.xlsx", mutate.package(random, random.choice(tables.workbooks())), options
    separator = random.choice((",", ",", ";", "\t", "，"))
    content = random.choice(tables.texts()).replace(",", separator)
    return "表.csv", mutate.table(random, content, separator), options


def _read_file(given: tuple[str, bytes, dict[str, Any]]) -> None:
    """Rows or faults, each of one line with its place; nothing is raised."""
    name, content, options = given
    path = Path(_folder().name) / name
    path.write_bytes(content)
    plan = workbook.plan(path, today=NOW.date(), **options)
    for one in (*plan.faults, *plan.remarks, *plan.skipped):
        sentence(one.problem)
        assert str(one).isprintable(), f"signs that are not printed: {str(one)[:300]!r}"
        assert len(str(one)) <= 2 * LINE, "a place that is too long"
    assert plan.ok or not plan.rows, "rows beside faults"
    for row in plan.rows:
        assert all(math.isfinite(one) for one in row.values.values() if isinstance(one, float)), "an infinite value"
    for line in plan.report():
        assert "\x1b" not in line, "control signs in the report"


# ── the command line ─────────────────────────────────────────────────────────────────────────────────────────────────
def _stream(command: str, content: str, random: Random) -> tuple[list[str], bytes]:
    options = ["--hourly"] if command == "aqi" and random.random() < 0.3 else []
    if command == "water" and random.random() < 0.5:
        options = ["--items", "auto5"]
    return [command, *options], mutate.table(random, content)


def _read_stream(given: tuple[list[str], bytes]) -> None:
    """A row for each row, or exit code 2, nothing on standard output and one line on standard error."""
    arguments, content = given
    output, errors = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with (
        patch.object(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content))),
        patch.object(sys, "stdout", output),
        patch.object(sys, "stderr", errors),
    ):
        code = command_line(arguments)
    written = output.buffer.getvalue()
    if code == 0:
        assert not errors.getvalue(), "a sentence beside an answer"
        rows = list(csv.reader(io.StringIO(written.decode(), newline="")))
        assert len({len(row) for row in rows}) == 1, "rows of different lengths"
        return
    assert (code, written) == (2, b""), f"exit code {code}, or output beside a refusal"
    refusal(errors.getvalue().removesuffix("\n"), "row ")


def targets() -> dict[str, Target]:
    """Every reader by its name."""
    loaders = {name: Target(partial(_answer, name), _read_answer) for name in sources.declared()}
    return loaders | {
        "import": Target(_file, _read_file),
        "assessment_aqi": Target(partial(_stream, "aqi", tables.AIR), _read_stream),
        "assessment_water": Target(partial(_stream, "water", tables.WATER), _read_stream),
    }
