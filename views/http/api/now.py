"""What is known of this hour: air and its stations, the days a model sees ahead, the river, each source."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from reports import air_now, freshness, model, water
from store import clock
from views.http.api import health
from views.http.api.health import SourceState
from views.http.api.parameters import Nothing
from views.http.api.values import Basis, Moment, basis
from views.http.api.water import Reading, reading


class HourOfAir(Struct, frozen=True, kw_only=True, weakref=True):
    """An hour of the air, by its end. items: hourly values by column, units in their names.

    primary_computed: worked out here, where the platform names none. above_100: every pollutant whose own index is.
    """

    at: Moment
    state: freshness.State
    aqi: int | None
    level: int | None
    primary: list[str]
    primary_computed: bool
    above_100: list[str]
    items: dict[str, float | None]


class StationNow(HourOfAir, frozen=True, kw_only=True):
    """A station's latest hour, judged by the city's standard and from the city's source."""

    station_id: str
    name_zh: str
    name_en: str
    lon: float | None
    lat: float | None


class AirNow(HourOfAir, frozen=True, kw_only=True):
    """The city's latest hour with its stations. published: whether the AQI is the platform's, else computed here."""

    published: bool
    standard: str
    basis: Basis
    stations: list[StationNow]


class DayAhead(Struct, frozen=True, kw_only=True, weakref=True):
    """A day as a model sees it: no observation."""

    date: date
    state: freshness.State
    aqi: int | None
    level: int | None
    hourly_low: int | None
    hourly_high: int | None
    basis: Basis


class Now(Struct, frozen=True, kw_only=True, weakref=True):
    """The newest hour of the air (null where there never was one), days ahead, the newest reading of each section, sources."""

    air: AirNow | None
    forecast: list[DayAhead]
    water: list[Reading]
    sources: list[SourceState]


def answer(_asked: Nothing) -> Now:
    """The latest hour of the air with its stations, the modelled days, the latest river readings, each source."""
    at = clock.now()
    forecast = model.forecast(at)
    return Now(
        air=_air(air_now.now(), at),
        forecast=[_day_ahead(one, forecast, at) for one in forecast.days] if forecast else [],
        water=[reading(readings[0], at) for readings in water.overview(at.date()).readings],
        sources=health.of_sources(at),
    )


def _air(report: air_now.Now | None, at: datetime) -> AirNow | None:
    if report is None:
        return None
    city = report.city
    return AirNow(
        **_hour(city, at),
        published=city.published,
        standard=city.standard,
        basis=basis(city.provenance),
        stations=[_station(one, at) for one in report.stations],
    )


def _hour(hour: air_now.Hour, at: datetime) -> dict[str, Any]:
    """The fields of :class:`HourOfAir`."""
    return {
        "at": hour.at,
        "state": air_now.hour_freshness(hour, at).state,
        "aqi": hour.aqi,
        "level": hour.level,
        "primary": list(hour.primary),
        "primary_computed": hour.primary_computed,
        "above_100": list(hour.above_100),
        "items": {one.column: one.value for one in hour.items},
    }


def _station(one: air_now.Station, at: datetime) -> StationNow:
    return StationNow(
        station_id=one.station_id,
        name_zh=one.name_zh,
        name_en=one.name_en,
        lon=one.lon,
        lat=one.lat,
        **_hour(one.hour, at),
    )


def _day_ahead(one: model.Day, forecast: model.Forecast, at: datetime) -> DayAhead:
    return DayAhead(
        date=one.date,
        state=model.freshness_of(forecast, at).state,
        aqi=one.aqi,
        level=one.level,
        hourly_low=one.low,
        hourly_high=one.high,
        basis=basis(one.provenance),
    )
