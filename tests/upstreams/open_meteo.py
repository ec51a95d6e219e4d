"""Open-Meteo's two services, air and weather: any hourly list over any days they hold."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.upstreams.reply import Query, Reply
from tests.upstreams.world import HOUR, WEATHER, ZONE, World, aqi

AIR, WEATHER_PATH = "/v1/air-quality", "/v1/forecast"
# Open-Meteo's name: the world's, the factor to its unit, the unit
GASES = {
    "pm10": ("PM10", 1, "μg/m³"),
    "pm2_5": ("PM2_5", 1, "μg/m³"),
    "carbon_monoxide": ("CO", 1000, "μg/m³"),
    "nitrogen_dioxide": ("NO2", 1, "μg/m³"),
    "sulphur_dioxide": ("SO2", 1, "μg/m³"),
    "ozone": ("O3", 1, "μg/m³"),
    "dust": ("PM10", 0.3, "μg/m³"),
}
UNITS = {"temperature_2m": "°C", "relative_humidity_2m": "%", "precipitation": "mm", "rain": "mm", "snowfall": "cm"}
UNITS |= {"wind_direction_10m": "°", "surface_pressure": "hPa", "weather_code": "wmo code", "cloud_cover": "%"}
SPEEDS = {"kmh": ("km/h", 3.6), "ms": ("m/s", 1.0), "mph": ("mp/h", 2.2369), "kn": ("kn", 1.9438)}
DAYS_AHEAD = {AIR: (5, 7), WEATHER_PATH: (7, 16)}  # given unless asked otherwise, at most
AIR_HORIZON = timedelta(days=5)  # the model's; later hours are null


def answer(world: World, query: Query) -> Reply | None:
    """The service's answer, None where the path is not its own."""
    if query.path not in DAYS_AHEAD:
        return None
    if query.verb != "GET":
        return Reply({"error": True, "reason": "Not Found"}, status=404)
    try:
        return Reply(_answer(world, query), data=True)
    except ValueError as error:
        return Reply({"error": True, "reason": str(error)}, status=400)


def _answer(world: World, query: Query) -> Any:
    params = query.params
    lats, lons = (params.get(name, "").split(",") for name in ("latitude", "longitude"))
    if len(lats) != len(lons) or not all((*lats, *lons)):
        raise ValueError("Parameter 'latitude' and 'longitude' must have the same number of elements")
    points = [_point(world, query, float(lat), float(lon)) for lat, lon in zip(lats, lons, strict=True)]
    return points if len(points) > 1 else points[0]


def _point(world: World, query: Query, lat: float, lon: float) -> dict[str, Any]:
    params, is_air = query.params, query.path == AIR
    zone = {"": UTC, "GMT": UTC, "UTC": UTC}.get(params.get("timezone", ""), ZONE)
    offset = 0 if zone is UTC else 28800
    if params.get("domains", "auto") not in ("auto", "cams_global", "cams_europe"):
        raise ValueError(f"Cannot initialize CamsQuery.Domain from invalid String value {params['domains']}")
    step = 0.4 if is_air else 0.125
    place = f"{query.path} {round(lat / step)} {round(lon / step)}"
    head = {
        "latitude": round(round(lat / step) * step, 4),
        "longitude": round(round(lon / step) * step, 4),
        "generationtime_ms": 0.2,
        "utc_offset_seconds": offset,
        "timezone": "GMT" if zone is UTC else params["timezone"],
        "timezone_abbreviation": "GMT" if zone is UTC else "GMT+8",
        "elevation": 2262.0,
    }
    first, last = _days(world, query, zone)
    count = 24 * ((last - first).days + 1)
    times = [datetime.combine(first, time(), zone) + n * HOUR for n in range(count)]
    for block in ("hourly", "current"):
        if params.get(block):
            names = params[block].split(",")
            moments = times if block == "hourly" else [world.now.astimezone(zone).replace(minute=0, second=0)]
            columns = {name: [_value(world, query, place, name, at) for at in moments] for name in names}
            stamps = [at.replace(tzinfo=None).isoformat(timespec="minutes") for at in moments]
            head[f"{block}_units"] = {"time": "iso8601", **{name: _unit(name, params) for name in names}}
            table: dict[str, list[Any]] = {"time": stamps, **columns}
            head[block] = table if block == "hourly" else {name: values[0] for name, values in table.items()}
    return head


def _days(world: World, query: Query, zone: Any) -> tuple[date, date]:
    """First and last day asked for."""
    params, today = query.params, world.now.astimezone(zone).date()
    usual, most = DAYS_AHEAD[query.path]
    if "start_date" in params:
        if "past_days" in params or "forecast_days" in params:
            raise ValueError("Parameter 'past_days' is mutually exclusive with 'start_date' and 'end_date'")
        first, last = (date.fromisoformat(params[name]) for name in ("start_date", "end_date"))
        if last < first or last > today + timedelta(days=most) or first < date(2013, 1, 1):
            raise ValueError(f"Parameter 'start_date' is out of allowed range from 2013-01-01 to {today}")
        return first, last
    past, ahead = int(params.get("past_days", "0")), int(params.get("forecast_days", str(usual)))
    if not 0 <= past <= 92:
        raise ValueError(f"Past days is invalid. Allowed range 0 to 92. Given {past}.")
    if not 0 <= ahead <= most:
        raise ValueError(f"Forecast days is invalid. Allowed range 0 to {most}. Given {ahead}.")
    return today - timedelta(days=past), today + timedelta(days=ahead - 1)


def _value(world: World, query: Query, place: str, name: str, at: datetime) -> float | None:
    if query.path == WEATHER_PATH:
        if name not in WEATHER:
            raise ValueError(f"Data corrupted at path ''. Cannot initialize from invalid String value {name}.")
        factor = (
            SPEEDS[query.params.get("wind_speed_unit", "kmh")][1] if name in ("wind_speed_10m", "wind_gusts_10m") else 1
        )
        return round(world.forecast(place, world.weather, name, at) * factor, 1)
    if at.date() < date(2022, 8, 4) or at > world.now + AIR_HORIZON:
        return None
    if name in ("us_aqi", "european_aqi"):
        return aqi({key: world.air(place, key, at) for key in ("PM10", "PM2_5", "O3")})[0]
    if name not in GASES:
        raise ValueError(f"Data corrupted at path ''. Cannot initialize from invalid String value {name}.")
    own, factor, _ = GASES[name]
    return round(world.forecast(place, world.air, own, at) * factor, 1)


def _unit(name: str, params: dict[str, str]) -> str:
    if name in GASES:
        return GASES[name][2]
    if name.startswith("wind_") and name != "wind_direction_10m":
        return SPEEDS[params.get("wind_speed_unit", "kmh")][0]
    return UNITS.get(name, "")
