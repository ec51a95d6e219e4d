"""全国城市空气质量实时发布平台 as its working clients know it: seven calls, each with its verb."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.upstreams.reply import Query, Reply, page
from tests.upstreams.world import HOUR, POLLUTANTS, World, aqi, level, number

STATIONS = (
    ("1483A", "第五水厂", 101.524, 36.6867),
    ("3055A", "城北区政府", 101.7775, 36.6428),
    ("3629A", "世纪职校", 101.8305, 36.5786),
    ("3630A", "师大城西校区", 101.7413, 36.6397),
)
CAPITALS = ((630100, "西宁市"), (620100, "兰州市"), (640100, "银川市"), (650100, "乌鲁木齐市"), (610100, "西安市"))
OTHERS = tuple((900_001 + n, f"虚构市{n + 1:03}") for n in range(333))
DAYS, HOURS = 14, 24
MEASURE = {
    "优": ("空气质量令人满意，基本无空气污染", "各类人群可正常活动"),
    "良": ("空气质量可接受，但某些污染物可能对极少数异常敏感人群健康有较弱影响", "极少数异常敏感人群应减少户外活动"),
}


def answer(world: World, query: Query) -> Reply | None:
    """The platform's answer, None where the path is not its own."""
    if not (call := CALLS.get(query.path)):
        return None
    verb, make = call
    if query.verb != verb:
        return page(404, "404 - 找不到文件或目录。")
    if verb == "POST" and "content-length" not in query.headers:
        return page(411, "Length Required")
    return Reply(make(world, query.params), data=True)


def city_hour(world: World, city: str, at: datetime) -> dict[str, float]:
    """A city's published concentrations of an hour; Xining's lie where its stations lie."""
    if city != "西宁市":
        return {name: world.air(city, name, at) for name in POLLUTANTS}
    codes = [code for code, *_ in STATIONS if code != "1483A"]
    return {
        name: round(sum(world.air(code, name, at) for code in codes) / len(codes), shape[4])
        for name, shape in POLLUTANTS.items()
    }


def day_means(world: World, city: str, day: datetime) -> dict[str, float]:
    """A city's day: means of its 24 hours, and the largest 8-hour mean of ozone."""
    hours = [city_hour(world, city, day + n * HOUR) for n in range(1, 25)]
    means = {name: round(sum(h[name] for h in hours) / 24, shape[4]) for name, shape in POLLUTANTS.items()}
    ozone = [h["O3"] for h in hours]
    means["O3"] = round(max(sum(ozone[n : n + 8]) / 8 for n in range(17)))
    return means


def _running(world: World, place: str, pollutant: str, at: datetime, hours: int) -> float:
    values = [world.air(place, pollutant, at - n * HOUR) for n in range(hours)]
    return round(sum(values) / hours, POLLUTANTS[pollutant][4])


def _judged(values: dict[str, float]) -> dict[str, Any]:
    index, primary = aqi(values)
    word = level(index)
    harm, measure = MEASURE.get(word, ("", ""))
    return {"AQI": number(index), "PrimaryPollutant": primary, "Quality": word, "Measure": measure, "Unheathful": harm}


def _station(world: World, code: str, at: datetime) -> dict[str, Any]:
    name, lon, lat = next((name, lon, lat) for one, name, lon, lat in STATIONS if one == code)
    values = {name: world.air(code, name, at) for name in POLLUTANTS}
    row: dict[str, Any] = {"StationCode": code, "PositionName": name, "Area": "西宁市", "CityCode": 630100}
    row |= {"ProvinceId": 0, "OrderId": 1, "IsPublish": True, "Latitude": str(lat), "Longitude": str(lon)}
    for pollutant, value in values.items():
        row[pollutant] = number(value)
        row[f"{pollutant}_24h"] = number(_running(world, code, pollutant, at, 24))
    row["O3_8h"] = number(_running(world, code, "O3", at, 8))
    row["O3_8h_24h"] = number(max(_running(world, code, "O3", at - n * HOUR, 8) for n in range(17)))
    return row | _judged(values)


def _city(world: World, code: int, name: str, at: datetime) -> dict[str, Any]:
    values = city_hour(world, name, at)
    row = {"Id": 0, "CityCode": code, "Area": name, **{key: number(value) for key, value in values.items()}}
    row |= {f"{key}Level": None for key in values}
    return row | _judged(values)


def _naive(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat()


def _milliseconds(at: datetime) -> str:
    return f"/Date({int(at.timestamp() * 1000)})/"


def _named(code: str) -> str | None:
    return next((name for number_, name in CAPITALS if str(number_) == code), None)


def stations(world: World, params: dict[str, str]) -> Any:
    """The stations of a city, newest hour."""
    if params.get("cityName") != "西宁市":
        return []
    return [{**_station(world, code, world.hour), "TimePoint": _naive(world.hour)} for code, *_ in STATIONS]


def city_live(world: World, params: dict[str, str]) -> Any:
    """The official value of a city, newest hour; null where there is none."""
    if not (name := _named(params.get("cityCode", ""))):
        return None
    return {**_city(world, int(params["cityCode"]), name, world.hour), "TimePoint": _naive(world.hour)}


def city_hours(world: World, params: dict[str, str]) -> Any:
    """A city's last 24 hours."""
    if not (name := _named(params.get("citycode", ""))):
        return []
    hours = [world.hour - n * HOUR for n in range(HOURS - 1, -1, -1)]
    code = int(params["citycode"])
    return [{**_city(world, code, name, at), "TimePoint": _milliseconds(at)} for at in hours]


def city_days(world: World, params: dict[str, str]) -> Any:
    """A city's last 14 whole days."""
    code = params.get("citycode", "")
    if not (name := _named(code)):
        return []
    return [{**_day(world, int(code), name, day), "TimePoint": _milliseconds(day)} for day in _days_before(world, DAYS)]


def _days_before(world: World, count: int) -> list[datetime]:
    today = world.hour.replace(hour=0)
    return [today - timedelta(days=n) for n in range(count, 0, -1)]


def _day(world: World, code: int, name: str, day: datetime) -> dict[str, Any]:
    means = day_means(world, name, day)
    row: dict[str, Any] = {"Id": 0, "CityCode": code, "Area": name}
    for pollutant, value in means.items():
        row["O3_8h_24h" if pollutant == "O3" else f"{pollutant}_24h"] = number(value)
    return row | _judged(means)


def station_hours(world: World, params: dict[str, str]) -> Any:
    """A station's last 24 hours."""
    code = params.get("stationCode", "")
    if code not in {one for one, *_ in STATIONS}:
        return []
    hours = [world.hour - n * HOUR for n in range(HOURS - 1, -1, -1)]
    return [{**_station(world, code, at), "TimePoint": _milliseconds(at)} for at in hours]


def _index_only(row: dict[str, Any]) -> dict[str, Any]:
    """All cities are listed with their index alone."""
    columns = ("Id", "CityCode", "Area", "AQI", "PrimaryPollutant", "Quality", "Measure", "Unheathful")
    return {key: row[key] for key in columns}


def all_hours(world: World, params: dict[str, str]) -> Any:
    """338 cities, newest hour, without concentrations."""
    at = world.hour
    return [{**_index_only(_city(world, code, name, at)), "TimePoint": _naive(at)} for code, name in CAPITALS + OTHERS]


def all_days(world: World, params: dict[str, str]) -> Any:
    """338 cities, newest whole day, without concentrations. The made-up ones have their noon's index: nobody asks."""
    day = _days_before(world, 1)[0]
    known = [_index_only(_day(world, code, name, day)) for code, name in CAPITALS]
    made_up = [_index_only(_city(world, code, name, day + 12 * HOUR)) for code, name in OTHERS]
    return [{**row, "TimePoint": _naive(day)} for row in known + made_up]


CALLS: dict[str, tuple[str, Callable[[World, dict[str, str]], Any]]] = {
    "/CityData/GetAQIDataPublishLive": ("GET", stations),
    "/CityData/GetAQIDataPublishLiveInfo": ("POST", city_live),
    "/HourChangesPublish/GetCityRealTimeAqiHistoryByCondition": ("POST", city_hours),
    "/HourChangesPublish/GetCityDayAqiHistoryByCondition": ("POST", city_days),
    "/HourChangesPublish/GetAqiHistoryByCondition": ("POST", station_hours),
    "/CityData/GetAllCityRealTimeAQIModels": ("GET", all_hours),
    "/CityData/GetAllCityDayAQIModels": ("GET", all_days),
}
