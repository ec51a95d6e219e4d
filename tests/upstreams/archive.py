"""Daily CSV files of hourly air, cities and stations, as quotsoft.net keeps them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache, partial

from tests.upstreams import cnemc_air
from tests.upstreams.reply import Query, Reply, page
from tests.upstreams.world import HOUR, POLLUTANTS, ZONE, World, aqi, number

FILE = re.compile(r"/air/data/china_(cities|sites)_(\d{8})\.csv")
FIRST = date(2014, 5, 13)
MISSING = (date(2015, 3, 1), date(2019, 11, 30))
CITIES = ("北京", "天津", "西安", "兰州", "西宁", "银川", "乌鲁木齐")
NAMES = {"PM2_5": "PM2.5"}


def answer(world: World, query: Query) -> Reply | None:
    """A day's file, None where the path is none. Hours that have not come are not in it, and some days never were."""
    if not (asked := FILE.fullmatch(query.path)):
        return None
    day = datetime.strptime(asked[2], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    if query.verb != "GET" or not FIRST <= day <= world.hour.date() or day in MISSING:
        return page(404, "404 Not Found")
    return Reply(table(world, day, asked[1]), "text/csv", data=True)


def table(world: World, day: date, what: str) -> str:
    """``date,hour,type`` and a column for each city or station; blank where nothing is known."""
    places = CITIES if what == "cities" else ("1001A", *(code for code, *_ in cnemc_air.STATIONS))
    start = datetime.combine(day, time(), ZONE)
    lines = io.StringIO()
    out = csv.writer(lines, lineterminator="\n")
    out.writerow(("date", "hour", "type", *places))

    @cache
    def at_hour(place: str, at: datetime) -> dict[str, float]:
        if what == "cities":
            return cnemc_air.city_hour(world, f"{place}市", at)
        return {item: world.air(place, item, at) for item in POLLUTANTS}

    def hours_before(place: str, at: datetime, back: int) -> dict[str, float]:
        return at_hour(place, at - back * HOUR)

    for hour in range(24):
        at = start + hour * HOUR
        if at > world.hour:
            break
        columns = [_types(partial(hours_before, place, at)) for place in places]
        for kind in columns[0]:
            out.writerow((f"{day:%Y%m%d}", hour, kind, *(column[kind] for column in columns)))
    return lines.getvalue()


def _types(back: Callable[[int], dict[str, float]]) -> dict[str, str]:
    """A place's rows of an hour by type; ``back(n)``: its concentrations n hours before."""
    day = [back(n) for n in range(24)]
    rows = {"AQI": number(aqi(day[0])[0])}
    for item, shape in POLLUTANTS.items():
        name = NAMES.get(item, item)
        rows[name] = number(day[0][item])
        rows[f"{name}_24h"] = number(round(sum(hour[item] for hour in day) / 24, shape[4]))
    ozone = [hour["O3"] for hour in day]
    rows["O3_8h"] = number(round(sum(ozone[:8]) / 8))
    rows["O3_8h_24h"] = number(round(max(sum(ozone[n : n + 8]) / 8 for n in range(17))))
    return rows
