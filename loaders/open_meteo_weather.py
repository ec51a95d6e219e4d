"""Weather as modelled: yesterday, today and five days ahead, from the models that Open-Meteo serves."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from loaders import open_meteo
from loaders.answer import Answer, Batch
from loaders.open_meteo import FORECAST_DAYS, Variable
from loaders.transport import UpstreamClient
from store.clock import ZONE

SOURCE = "open_meteo_weather"
PAST_DAYS = 1
REACH = timedelta(days=92)  # how far back the service's forecasts reach

VARIABLES = {
    "temperature_2m": Variable("temp_c", {"°C": 1.0}),
    "relative_humidity_2m": Variable("rh_pct", {"%": 1.0}),
    "precipitation": Variable("precip_mm", {"mm": 1.0}),
    "wind_speed_10m": Variable("wind_ms", {"m/s": 1.0, "km/h": 1 / 3.6}),
    "wind_direction_10m": Variable("wind_dir_deg", {"°": 1.0}),
}


def fetch(
    client: UpstreamClient, *, now: datetime, since: date | None = None, until: date | None = None
) -> Iterator[Answer]:
    """The forecast, or the days of a backfilling. Raises ValueError for days more than 92 back or beyond the forecast."""
    days: Mapping[str, Any] = {"past_days": PAST_DAYS, "forecast_days": FORECAST_DAYS}
    if since or until:
        today = now.astimezone(ZONE).date()
        days = open_meteo.period(SOURCE, since, until, first=today - REACH, today=today)
    return iter([client.get("forecast", params={**open_meteo.params(VARIABLES, days), "wind_speed_unit": "ms"})])


def parse(answer: Answer) -> Batch:
    """Hourly weather of the city (:func:`loaders.open_meteo.parse`)."""
    return open_meteo.parse(answer, VARIABLES)
