"""The ORNL DAAC web service: dates of composites and squares of pixels on the true sinusoidal grid."""

import math
from datetime import date, timedelta
from typing import Any

import numpy as np

from tests.upstreams.reply import Query, Reply
from tests.upstreams.world import World

ROOT = "/rst/api/v1/"
RADIUS_M = 6371007.181
WEST_M, NORTH_M, TILE_M = -20015109.354, 10007554.677, 1111950.519667
PRODUCTS = {"MOD13Q1": ("250m_16_days", 4800), "MYD13Q1": ("250m_16_days", 4800), "VNP13A1": ("500_m_16_days", 2400)}
PUBLISHED_AFTER = timedelta(days=24)  # from a composite's first day
MOST_DATES = 10
FILL = -3000


def answer(world: World, query: Query) -> Reply | None:
    """The service's answer, None where the path is not its own."""
    if not query.path.startswith(ROOT):
        return None
    product, _, call = query.path.removeprefix(ROOT).partition("/")
    if query.verb != "GET" or product not in PRODUCTS or call not in ("dates", "subset"):
        return Reply({"message": "Not Found"}, status=404)
    try:
        lat, lon = float(query.params["latitude"]), float(query.params["longitude"])
        if call == "dates":
            dates = [{"modis_date": stamp(day), "calendar_date": day.isoformat()} for day in days(world)]
            return Reply({"dates": dates}, data=True)
        return Reply(subset(world, product, lat, lon, query.params), data=True)
    except (KeyError, ValueError) as error:
        return Reply(str(error), "text/plain; charset=utf-8", 400)


def days(world: World) -> list[date]:
    """First days of the composites published so far: every 16 days, anew each year."""
    last = (world.now - PUBLISHED_AFTER).date()
    firsts = []
    for year in range(2000, last.year + 1):
        firsts += [date(year, 1, 1) + timedelta(days=n) for n in range(0, 353, 16)]
    return [day for day in firsts if date(2000, 2, 18) <= day <= last]


def stamp(day: date) -> str:
    """2025-07-12 as A2025193."""
    return f"A{day:%Y%j}"


def subset(world: World, product: str, lat: float, lon: float, params: dict[str, str]) -> dict[str, Any]:
    """A square of pixels around a point for at most ten dates. Raises ValueError as the service refuses."""
    prefix, per_tile = PRODUCTS[product]
    band = params["band"]
    if band not in (f"{prefix}_NDVI", f"{prefix}_pixel_reliability"):
        raise ValueError(f"Band {band} is not in {product}")
    chosen = [day for day in days(world) if params["startDate"] <= stamp(day) <= params["endDate"]]
    if len(chosen) > MOST_DATES:
        raise ValueError(f"Number of modis dates exceeds {MOST_DATES}")
    if not chosen:
        raise ValueError("No data available for the requested dates")
    cell = TILE_M / per_tile
    up, side = (int(float(params[name]) * 1000 / cell) for name in ("kmAboveBelow", "kmLeftRight"))
    y = RADIUS_M * math.radians(lat)
    x = RADIUS_M * math.radians(lon) * math.cos(math.radians(lat))
    column, row = math.floor((x - WEST_M) / cell), math.floor((NORTH_M - y) / cell)
    rows, columns = np.arange(row - up, row + up + 1), np.arange(column - side, column + side + 1)
    tile = f"h{int((x - WEST_M) / TILE_M):02}v{int((NORTH_M - y) / TILE_M):02}"
    composites = [
        {
            "modis_date": stamp(day),
            "calendar_date": day.isoformat(),
            "band": band,
            "tile": tile,
            "proc_date": f"{day + PUBLISHED_AFTER:%Y%j}000000",
            "data": _pixels(world, day, rows, columns, band),
        }
        for day in chosen
    ]
    is_index = band.endswith("NDVI")
    return {
        "xllcorner": f"{WEST_M + columns[0] * cell:.2f}",
        "yllcorner": f"{NORTH_M - (rows[-1] + 1) * cell:.2f}",
        "cellsize": cell,
        "nrows": len(rows),
        "ncols": len(columns),
        "band": band,
        "units": "NDVI" if is_index else "rank",
        "scale": "0.0001" if is_index else "Not Available",
        "latitude": lat,
        "longitude": lon,
        "header": f"{ROOT}{product}/subset",
        "subset": composites,
    }


def _pixels(world: World, day: date, rows: np.ndarray, columns: np.ndarray, band: str) -> list[int]:
    """Rows from north to south, each from west to east: greener in July, and north-west of the valley."""
    across, down = np.meshgrid(columns, rows)
    season = max(0.0, math.sin((day.timetuple().tm_yday - 60) / 365 * math.tau - 0.3))
    mixed = (across * 73856093 ^ down * 19349663 ^ (day.toordinal() + world.seed) * 83492791) % 1000
    ground = (across * 48611 + down * 22271) % 97 / 97
    greenness = 0.12 + 0.08 * ground + season * (0.3 + 0.25 * ground) + (mixed % 100 - 50) / 2500
    cloudy = mixed >= 940
    if band.endswith("NDVI"):
        values = np.where(mixed >= 990, FILL, np.where(cloudy, 800, greenness * 10_000))
    else:  # 0 good, 1 marginal, 2 snow, 3 cloudy, −1 fill
        values = np.where(mixed >= 990, -1, np.where(cloudy, 3, np.where(mixed >= 800, 1, 0)))
    return values.astype(int).ravel().tolist()
