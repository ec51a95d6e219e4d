"""Greenness from space: MOD13Q1 composites (250 m, 16 days) of the ORNL DAAC web service.

The index and the reliability of its pixels are two questions; an answer here is both of them in one, so that its bytes
alone suffice to parse it again. Pixels lie in MODIS' sinusoidal grid, in which every cell has the same area but a tall
shape leans over: at 102° east a place one kilometre further north lies one kilometre further west. The city as a whole
is 217 km wide in it, more than the service gives in one box (200 km), so the districts outside the valley have boxes
of their own. Pixels of one composite, and JSON of both its bands, by box: the valley 32,000 and 0.2 MB, Huangzhong
246,000 and 1.7 MB, Datong 267,000 and 1.9 MB, Huangyuan 113,000 and 0.8 MB.
"""

import codecs
import json
import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, islice, zip_longest
from typing import Any

import numpy as np
import shapely
from msgspec import Struct
from msgspec.structs import replace

from loaders.answer import Answer, AnswerError, Batch, readings
from loaders.cells import LAST_YEAR, MOST_ROWS, NOTE_LENGTH, bounded, quoted
from loaders.decode import json_of
from loaders.transport import UpstreamClient
from store import geo
from store import readings as readings_store
from store.city import HERE
from store.clock import ZONE
from store.states import FailureCause

PRODUCT = "MOD13Q1"
BANDS = {"ndvi": "250m_16_days_NDVI", "reliability": "250m_16_days_pixel_reliability"}
# Areas of interest by the box they are requested in; their outlines are in data/geo.
BOXES = HERE.green.boxes
OUTLINES = ("green_areas", "districts")
DATES_A_CALL = 10  # the service's bound
VALUES_A_CALL = 1_000_000  # ours: about 5 MB of JSON, a quarter of what the transport takes
PARTS_A_RUN = 6  # two questions each: a cold start reaches back further run by run
REACH = timedelta(days=2 * 366)  # how far back a run completes what is missing; earlier years come by a backfill
LARGEST_KM = 100  # from a box's centre to its edge, the service's bound

SCALE = 0.0001
VALID = (-2000, 10000)  # before scaling; the fill, -3000, lies outside
LARGEST_PIXEL = 1e6  # of either band, before scaling
RELIABLE = (0, 1)  # good, and marginal but useful; 2 is snow or ice, 3 cloud, -1 fill
LEAST_VALID_PCT = 30  # below it a mean is of a corner of the area: only the share is stored
RADIUS_M = 6371007.181  # of the sphere of the sinusoidal projection
EQUATOR_M = 2 * math.pi * RADIUS_M
CELL_M = 231.65635826


class Box(Struct, frozen=True):
    """What one question covers: its centre, and kilometres from there to its edges."""

    name: str
    lat: float
    lon: float
    above_below_km: int
    left_right_km: int

    @property
    def pixels(self) -> int:
        """Pixels of one composite: the centre's own and those on both sides of it."""
        across, down = (2 * round(km * 1000 / CELL_M) + 1 for km in (self.left_right_km, self.above_below_km))
        return across * down

    @property
    def dates_a_call(self) -> int:
        """How many composites of it are requested at once."""
        return max(1, min(DATES_A_CALL, VALUES_A_CALL // self.pixels))


class Composite(Struct, frozen=True):
    """Sixteen days, by the service's name of their first day and that day."""

    modis_date: str
    first_day: date


class Grid(Struct, frozen=True):
    """Pixels of an answer: lower left corner and cell in sinusoidal metres, rows from the north, columns from the west."""

    x_m: float
    y_m: float
    cell_m: float
    rows: int
    columns: int


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def fetch(
    client: UpstreamClient, *, now: datetime, since: date | None = None, until: date | None = None
) -> Iterator[Answer]:
    """Yield the dates there are, then the composites the store does not hold yet, the newest first.

    Without a period: of the last two years, six parts at most. With one (first days, inclusive): all of it.
    Stops at the first failure, which is yielded too.
    """
    valley = box("valley")
    dates = client.get("dates", f"/{PRODUCT}/dates", params={"latitude": valley.lat, "longitude": valley.lon})
    yield dates
    try:
        known = _composites(dates)[0] if dates.ok else []
    except AnswerError:
        return  # the parser reports it
    by_itself = since is None and until is None
    since = since or (now.astimezone(ZONE).date() - REACH if by_itself else date.min)
    wanted = [one for one in known if since <= one.first_day <= (until or date.max)]
    for square, part in islice(_parts(wanted), PARTS_A_RUN if by_itself else None):
        answer = _request(client, square, part)
        yield answer
        if not answer.ok:
            return


def _parts(wanted: Sequence[Composite]) -> Iterator[tuple[Box, list[Composite]]]:
    """What is missing in parts for one call each: the newest part of every box, then the next newest of every box."""
    by_box = []
    for name in BOXES:
        missing = _missing(name, wanted)
        by_box.append([(box(name), part) for part in _runs(wanted, missing, box(name).dates_a_call)])
    return (part for part in chain.from_iterable(zip_longest(*by_box)) if part is not None)


def _missing(name: str, wanted: Sequence[Composite]) -> set[Composite]:
    """Composites of which the store lacks some area of the box. The valid share is stored even where the mean is not."""
    if not wanted:
        return set()
    frame = readings_store.read(
        places=list(BOXES[name]),
        items=["ndvi_valid_pct"],
        averaging="16d",
        since=_at(min(one.first_day for one in wanted)),
        flagged=True,
    )
    areas = frame.groupby(frame["at"].dt.date)["place_id"].nunique()
    whole = set(areas[areas == len(BOXES[name])].index)
    return {one for one in wanted if one.first_day not in whole}


def _runs(wanted: Sequence[Composite], missing: set[Composite], longest: int) -> list[list[Composite]]:
    """Missing composites, the newest first, in parts without a gap: a question names its first and its last date."""
    parts: list[list[Composite]] = []
    newest_first = sorted(wanted, key=lambda one: one.first_day, reverse=True)
    for i, one in enumerate(newest_first):
        if one not in missing:
            continue
        if parts and len(parts[-1]) < longest and parts[-1][-1] == newest_first[i - 1]:
            parts[-1].append(one)
        else:
            parts.append([one])
    return parts


def _request(client: UpstreamClient, square: Box, part: Sequence[Composite]) -> Answer:
    """Both bands of one part as one answer, or the one that failed.

    Its body holds the names of the composites and the two bodies as they came: what it lacks can be seen from it alone.
    """
    call = f"subset {square.name}"
    bodies = {}
    for key, band in BANDS.items():
        answer = client.get(
            call,
            f"/{PRODUCT}/subset",
            params={
                "latitude": square.lat,
                "longitude": square.lon,
                "band": band,
                "startDate": part[-1].modis_date,
                "endDate": part[0].modis_date,
                "kmAboveBelow": square.above_below_km,
                "kmLeftRight": square.left_right_km,
            },
        )
        if not answer.ok:
            return answer
        bodies[key] = answer.body.removeprefix(codecs.BOM_UTF8)
    requested = json.dumps([one.modis_date for one in part]).encode()
    bands = b'"ndvi":' + bodies["ndvi"] + b',"reliability":' + bodies["reliability"]
    return replace(answer, body=b'{"requested":' + requested + b"," + bands + b"}")


@lru_cache
def box(name: str) -> Box:
    """The smallest box in whole kilometres that holds the areas of :data:`BOXES`."""
    corners = np.concatenate([shapely.get_coordinates(outline(area)) for area in BOXES[name]])
    x, y = forward(corners[:, 0], corners[:, 1])
    lon, lat = inverse((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)
    half_km = [math.ceil((np.ptp(along) / 2 + CELL_M) / 1000) for along in (y, x)]  # the centre is moved onto a pixel's
    if max(half_km) > LARGEST_KM:
        raise ValueError(f"box {name} reaches {max(half_km)} km from its centre; the service gives {LARGEST_KM}")
    return Box(name, round(float(lat), 5), round(float(lon), 5), half_km[0], half_km[1])


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def parse(answer: Answer) -> Batch:
    """Mean index and valid share of every area of the answer's box, by composite; of a list of dates, nothing.

    Raises AnswerError where the answer, its grid or its bands break the protocol.
    """
    if answer.call == "dates":
        known, unknown = _composites(answer)
        if unknown and not known:
            raise AnswerError(answer, f"no date can be read: {unknown[0]}")
        return Batch(readings([]), problems=bounded(unknown))
    bands = _bands(answer)
    missing = _not_delivered(bands)
    if not any(bands[key]["subset"] for key in BANDS):  # such an answer may lack its grid as well
        missing = missing or ["no composite in the answer"]
        return Batch(readings([]), problems=bounded(missing), left_out=len(missing))
    grid = _grid(answer, bands["ndvi"])
    if _grid(answer, bands["reliability"]) != grid:
        raise AnswerError(answer, "the index and its reliability lie in different grids")
    if _number(answer, bands["ndvi"], "scale") != SCALE:
        raise AnswerError(answer, f"scale {quoted(bands['ndvi']['scale'])}, expected {SCALE}")
    areas, uncovered = _covered(BOXES.get(answer.call.removeprefix("subset "), ()), grid)
    ndvi, lost = _layers(answer, bands["ndvi"], grid)
    reliability, more = _layers(answer, bands["reliability"], grid)
    left_out = [
        *lost,
        *more,
        *(f"{day}: only one of its two bands" for day in sorted(ndvi.keys() ^ reliability.keys())),
        *missing,
    ]
    rows = [
        row
        for day in sorted(ndvi.keys() & reliability.keys())
        for area in areas
        for row in _readings(area, day, _used(ndvi[day], reliability[day]), grid)
    ]
    return Batch(readings(rows), problems=bounded([*left_out, *uncovered]), left_out=len(left_out))


def _not_delivered(content: dict[str, Any]) -> list[str]:
    """Sentences about composites that the list of dates names, that were requested, and that neither band holds."""
    requested = content.get("requested")
    delivered = {_first_day(entry) for key in BANDS for entry in content[key]["subset"]}
    days = (_first_day({"modis_date": one}) for one in (requested if isinstance(requested, list) else ()))
    return [
        f"{day}: listed among the dates, but the answer holds no values of it"
        for day in days
        if day and day not in delivered
    ]


def _composites(answer: Answer) -> tuple[list[Composite], list[str]]:
    """The composites there are, and sentences about entries that name none."""
    content = json_of(answer)
    listed = content.get("dates") if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise AnswerError(answer, "no list of dates")
    if len(listed) > MOST_ROWS:
        raise AnswerError(answer, f"{len(listed)} dates, more than {MOST_ROWS}", cause=FailureCause.SIZE)
    days = [_first_day(one) for one in listed]
    known = [Composite(f"A{day:%Y%j}", day) for day in days if day]
    return known, [_no_day(one, row) for row, (one, day) in enumerate(zip(listed, days, strict=True)) if day is None]


def _first_day(entry: Any) -> date | None:
    """The first day of a composite: A2025193 is the 193rd day of 2025."""
    try:
        day = _day_named(entry["modis_date"])
    except (TypeError, KeyError, ValueError):
        return None
    return day if day.year <= LAST_YEAR else None


@lru_cache(maxsize=2048)
def _day_named(text: str) -> date:
    """Each day is read once: every list of dates names all of them since 2000, several hundred."""
    return datetime.strptime(text, "A%Y%j").replace(tzinfo=ZONE).date()


def _no_day(entry: Any, row: int) -> str:
    given = entry.get("modis_date") if isinstance(entry, dict) else entry
    return f"row {row}: {quoted(given)} is no modis_date like A2025193"


def _bands(answer: Answer) -> dict[str, dict[str, Any]]:
    content = json_of(answer)
    if not isinstance(content, dict) or not all(isinstance(content.get(key), dict) for key in BANDS):
        raise AnswerError(answer, f"expected an object of {' and '.join(BANDS)}")
    for key, band in BANDS.items():
        if content[key].get("band") != band:
            raise AnswerError(answer, f"band {quoted(content[key].get('band'))}, expected {band}")
        if not isinstance(content[key].get("subset"), list):
            raise AnswerError(answer, f"{band}: no list of subsets")
    return content


def _grid(answer: Answer, band: dict[str, Any]) -> Grid:
    x_m, y_m, cell_m = (_number(answer, band, name) for name in ("xllcorner", "yllcorner", "cellsize"))
    rows, columns = (int(_number(answer, band, name)) for name in ("nrows", "ncols"))
    grid = Grid(x_m, y_m, cell_m, rows, columns)
    if min(rows, columns) < 1:
        raise AnswerError(answer, f"a grid of {rows} × {columns} pixels")
    if not 0.99 < grid.cell_m / CELL_M < 1.01:
        raise AnswerError(answer, f"cells of {grid.cell_m:g} m, expected {CELL_M} m")
    return grid


def _number(answer: Answer, band: dict[str, Any], name: str) -> float:
    """A number of the header, some of which are strings; none is larger than the earth is long, in metres."""
    try:
        number = float(band[name])
    except (KeyError, TypeError, ValueError, OverflowError):
        number = math.nan
    if not abs(number) <= EQUATOR_M:
        raise AnswerError(answer, f"{name} is {quoted(band.get(name))}, expected a number up to {EQUATOR_M:.0f}")
    return number


def _layers(answer: Answer, band: dict[str, Any], grid: Grid) -> tuple[dict[date, np.ndarray], list[str]]:
    """Values by first day, in the grid's shape; sentences about days whose values do not fill it. The last of two counts."""
    layers: dict[date, np.ndarray] = {}
    problems = []
    for row, entry in enumerate(band["subset"]):
        day = _first_day(entry)
        data = entry.get("data") if day else None
        if day is None:
            problems.append(f"{band['band']}, {_no_day(entry, row)}")
        elif not isinstance(data, list) or len(data) != grid.rows * grid.columns:
            found = f"{len(data)} values" if isinstance(data, list) else "no values"
            problems.append(f"{band['band']}, {day}: {found}, expected {grid.rows} × {grid.columns}")
        else:
            layers[day] = _pixels_of(data).reshape(grid.rows, grid.columns)
    return layers, problems


def _pixels_of(data: list[Any]) -> np.ndarray:
    """The pixels' numbers; NaN where one is none, as for a fill."""
    if set(map(type, data)) <= {int, float}:  # as the service writes them: a hundred thousand at once
        with suppress(OverflowError):
            values = np.array(data, float)
            return np.where(np.abs(values) <= LARGEST_PIXEL, values, np.nan)
    return np.array([_pixel(one) for one in data])


def _pixel(value: Any) -> float:
    """A pixel's number; NaN where it is none, as for a fill."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if abs(value) <= LARGEST_PIXEL else math.nan
    if isinstance(value, str) and len(value) <= NOTE_LENGTH:
        try:
            return float(value)
        except ValueError:
            pass
    return math.nan


def _covered(areas: Sequence[str], grid: Grid) -> tuple[list[str], list[str]]:
    """Areas that have pixels in the grid, and sentences about those that have none."""
    covered = [area for area in areas if _pixels(area, grid)[0].size]
    return covered, [
        f"no pixel of {area} in the grid at {grid.x_m:.0f}, {grid.y_m:.0f}" for area in areas if area not in covered
    ]


def _used(ndvi: np.ndarray, reliability: np.ndarray) -> np.ndarray:
    """The index where it counts, NaN elsewhere."""
    counts = np.isin(reliability, RELIABLE) & (ndvi >= VALID[0]) & (ndvi <= VALID[1])
    return np.where(counts, ndvi * SCALE, np.nan)


def _readings(area: str, day: date, values: np.ndarray, grid: Grid) -> list[dict[str, Any]]:
    """Share of the area's pixels that count, and their mean where the share allows one."""
    rows, columns, total = _pixels(area, grid)
    known = values[rows, columns]
    known = known[~np.isnan(known)]
    share = 100 * known.size / total
    enough = share >= LEAST_VALID_PCT
    common = {"place_id": area, "averaging": "16d", "at": _at(day), "kind": "provisional"}
    note = None if enough else f"no mean: fewer than {LEAST_VALID_PCT}% of {total} pixels are valid"
    share_row = [{**common, "item": "ndvi_valid_pct", "value": share, "note": note}]
    return [{**common, "item": "ndvi", "value": float(known.mean())}, *share_row] if enough else share_row


def _at(day: date) -> datetime:
    return datetime.combine(day, time(0), ZONE)


# ── where pixels lie ─────────────────────────────────────────────────────────────────────────────────────────────────
@lru_cache(maxsize=64)
def _pixels(area: str, grid: Grid) -> tuple[np.ndarray, np.ndarray, int]:
    """Rows and columns of an area's pixels within the grid (by their centres), and how many it has, within or not."""
    shape = outline(area)
    corners = shapely.get_coordinates(shape)
    x, y = forward(corners[:, 0], corners[:, 1])
    top_m = grid.y_m + grid.rows * grid.cell_m
    columns = np.arange(_cell(x.min() - grid.x_m, grid) - 1, _cell(x.max() - grid.x_m, grid) + 2)
    rows = np.arange(_cell(top_m - y.max(), grid) - 1, _cell(top_m - y.min(), grid) + 2)
    across, down = np.meshgrid(columns, rows)
    lon, lat = inverse(grid.x_m + (across + 0.5) * grid.cell_m, top_m - (down + 0.5) * grid.cell_m)
    inside = shapely.contains_xy(shape, lon, lat)
    within = inside & (across >= 0) & (across < grid.columns) & (down >= 0) & (down < grid.rows)
    return down[within], across[within], int(inside.sum())


def _cell(metres: float, grid: Grid) -> int:
    return math.floor(metres / grid.cell_m)


@lru_cache
def outline(area: str) -> shapely.Geometry:
    """The area's outline in longitude and latitude. Raises KeyError where ``data/geo`` has none."""
    for name in OUTLINES:
        for feature in geo.features(name):
            if feature["properties"]["area_id"] == area:
                shape = shapely.geometry.shape(feature["geometry"])
                shapely.prepare(shape)
                return shape
    raise KeyError(f"no outline of {area!r} in {', '.join(OUTLINES)}")


def forward(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Degrees to sinusoidal metres."""
    return RADIUS_M * np.radians(lon) * np.cos(np.radians(lat)), RADIUS_M * np.radians(lat)


def inverse(x_m: Any, y_m: Any) -> tuple[Any, Any]:
    """Sinusoidal metres to degrees: longitude, latitude."""
    lat = y_m / RADIUS_M
    return np.degrees(x_m / (RADIUS_M * np.cos(lat))), np.degrees(lat)
