"""Air quality as modelled: yesterday, today and five days ahead, from the CAMS models that Open-Meteo serves.

The service's own choice of a model (``auto``) is requested first, the global one where that has nothing for Xining. Stored are
concentrations only: its indices are European and American, the Chinese one is computed from the concentrations.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from loaders import open_meteo
from loaders.answer import Answer, AnswerError, Batch
from loaders.open_meteo import FORECAST_DAYS, Variable
from loaders.transport import UpstreamClient
from store.clock import ZONE

SOURCE = "open_meteo_air"
MODELS = ("auto", "cams_global")
FIRST = date(2022, 8, 1)  # of the global model at this service
PAST_DAYS = 2
TOO_MANY = 429

_UGM3 = {"μg/m3": 1.0, "mg/m3": 1000.0}
_MGM3 = {"μg/m3": 0.001, "mg/m3": 1.0}
VARIABLES = {
    "pm10": Variable("pm10_ugm3", _UGM3),
    "pm2_5": Variable("pm25_ugm3", _UGM3),
    "carbon_monoxide": Variable("co_mgm3", _MGM3),
    "nitrogen_dioxide": Variable("no2_ugm3", _UGM3),
    "sulphur_dioxide": Variable("so2_ugm3", _UGM3),
    "ozone": Variable("o3_1h_ugm3", _UGM3),
}


def fetch(
    client: UpstreamClient, *, now: datetime, since: date | None = None, until: date | None = None
) -> Iterator[Answer]:
    """The forecast, or the days of a backfilling; a second answer, of the global model, where the first has no values.

    Raises ValueError for days before :data:`FIRST` or beyond the forecast.
    """
    days: Mapping[str, Any] = {"past_days": PAST_DAYS, "forecast_days": FORECAST_DAYS}
    if since or until:
        days = open_meteo.period(SOURCE, since, until, first=FIRST, today=now.astimezone(ZONE).date())
    return _request(client, open_meteo.params(VARIABLES, days))


def _request(client: UpstreamClient, params: Mapping[str, Any]) -> Iterator[Answer]:
    for model in MODELS:
        answer = client.get(f"forecast {model}", params={**params, "domains": model})
        yield answer
        if not _worth_another(answer):
            return


def _worth_another(answer: Answer) -> bool:
    """Whether another model may know what this one does not: not where the service is away or asks to wait."""
    if not answer.ok:
        return answer.status not in (None, TOO_MANY)
    try:
        return bool(parse(answer).readings.empty)
    except AnswerError:
        return True


def parse(answer: Answer) -> Batch:
    """Hourly concentrations of the city, µg/m³ and CO mg/m³ (:func:`loaders.open_meteo.parse`)."""
    return open_meteo.parse(answer, VARIABLES)
