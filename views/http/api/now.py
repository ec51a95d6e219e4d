"""What is known of this hour: air and its stations, the days a model sees ahead, the river, each source."""

from collections.abc import Mapping
from datetime import datetime

from reports import air_now, model, water
from store import clock
from views.http.api import health
from views.http.api.values import Json, basis

ONLY_OF_THE_CITY = ("basis", "published", "standard")  # a station's are the same


def answer(_parameters: Mapping[str, str]) -> Json:
    """The latest hour of the air with its stations, the modelled days, the latest river readings, each source."""
    at = clock.now()
    forecast = model.forecast(at)
    return {
        "air": _air(air_now.now(), at),
        "forecast": [_day_ahead(one, forecast, at) for one in forecast.days] if forecast else [],
        "water": [_reading(readings[0], at) for readings in water.overview(at.date()).readings],
        "sources": list(health.of_sources(at).values()),
    }


def _air(report: air_now.Now | None, at: datetime) -> Json | None:
    return (
        None
        if report is None
        else _hour(report.city, at) | {"stations": [_station(one, at) for one in report.stations]}
    )


def _hour(hour: air_now.Hour, at: datetime) -> Json:
    return {
        "at": hour.at.isoformat(),
        "state": air_now.hour_freshness(hour, at).state,
        "aqi": hour.aqi,
        "level": hour.level,
        "primary": list(hour.primary),
        "primary_computed": hour.primary_computed,
        "above_100": list(hour.above_100),
        "published": hour.published,
        "standard": hour.standard,
        "items": {one.column: one.value for one in hour.items},
        "basis": basis(hour.provenance),
    }


def _station(one: air_now.Station, at: datetime) -> Json:
    place = {
        "station_id": one.station_id,
        "name_zh": one.name_zh,
        "name_en": one.name_en,
        "lon": one.lon,
        "lat": one.lat,
    }
    return place | {key: value for key, value in _hour(one.hour, at).items() if key not in ONLY_OF_THE_CITY}


def _day_ahead(one: model.Day, forecast: model.Forecast, at: datetime) -> Json:
    return {
        "date": one.date.isoformat(),
        "state": model.freshness_of(forecast, at).state,
        "aqi": one.aqi,
        "level": one.level,
        "hourly_low": one.low,
        "hourly_high": one.high,
        "basis": basis(one.provenance),
    }


def _reading(one: water.Reading, at: datetime) -> Json:
    return {
        "section_id": one.section_id,
        "at": one.at.isoformat(),
        "state": water.reading_freshness(one, at).state,
        "water_class": one.judged.water_class,
        "deciding": list(one.judged.deciding),
        "platform_class": one.site_class,
        "items": {item.column: item.value for item in (*one.items, *one.reference)},
        "basis": basis(one.provenance),
    }
