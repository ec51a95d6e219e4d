"""Open-Meteo: what is asked of its two services, and modelled hours out of their lists."""

import json
import math
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import open_meteo_air, registry
from loaders import open_meteo_weather as weather
from loaders.answer import COLUMNS, Answer, AnswerError, Batch
from loaders.transport import UpstreamClient
from store import sources
from store.clock import ZONE
from store.states import FailureCause
from tests.clients import Asked, StubClient
from tests.upstream import Upstream, upstream

PAYLOADS = Path(__file__).resolve().parent.parent / "payloads" / "open_meteo"
NOW = datetime(2026, 10, 9, 18, 30, tzinfo=ZONE)
LOADERS = {"air": open_meteo_air, "weather": weather}


def payload(name: str) -> dict[str, Any]:
    return dict(json.loads((PAYLOADS / f"schematic_{name}.json").read_bytes()))


def answer(content: Any, source: str = "open_meteo_air", **more: Any) -> Answer:
    body = json.dumps(content).encode()
    fields = {"status": 200, "content_type": "application/json", "body": body, **more}
    return Answer(source=source, call="forecast", address="http://127.0.0.1/", asked_at=NOW, **fields)


def parse(name: str, content: Any) -> Batch:
    source = LOADERS[name].SOURCE
    return registry.loader(source).parse(answer(content, source))


def with_hourly(name: str, **lists: Any) -> dict[str, Any]:
    """A payload with lists replaced; ``...`` takes one out."""
    content = payload(name)
    content["hourly"] = {key: value for key, value in (content["hourly"] | lists).items() if value is not ...}
    return content


def values(batch: Batch, item: str) -> list[float]:
    return list(batch.readings[batch.readings["item"] == item]["value"])


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Upstream]:
    with upstream(NOW) as server:
        for name, address in server.environment().items():
            monkeypatch.setenv(name, address)
        yield server


def ask(loader: ModuleType, **period: date | None) -> list[Answer]:
    with UpstreamClient(sources.get(loader.SOURCE), now=lambda: NOW, tries=1) as client:
        return list(loader.fetch(client, now=NOW, **period))


def test_the_air_of_two_days_back_and_five_ahead(service: Upstream) -> None:
    (result,) = ask(open_meteo_air)
    assert (result.call, result.problem) == ("forecast auto", "")
    (requests,) = service.asked
    assert (requests.verb, requests.path) == ("GET", "/v1/air-quality")
    assert requests.query.params == {
        "latitude": "36.62",
        "longitude": "101.77",
        "hourly": "pm10,pm2_5,carbon_monoxide,nitrogen_dioxide,sulphur_dioxide,ozone",
        "timezone": "Asia/Shanghai",
        "past_days": "2",
        "forecast_days": "6",
        "domains": "auto",
    }
    frame = open_meteo_air.parse(result).readings
    assert frame["at"].min() == pd.Timestamp("2026-10-07", tz="Asia/Shanghai")
    assert frame["at"].max() == pd.Timestamp("2026-10-14 18:00", tz="Asia/Shanghai")  # null beyond the model's reach
    assert frame.groupby("item").size().nunique() == 1


def test_the_weather_in_metres_a_second(service: Upstream) -> None:
    (result,) = ask(weather)
    (requests,) = service.asked
    assert requests.path == "/v1/forecast"
    assert requests.query.params == {
        "latitude": "36.62",
        "longitude": "101.77",
        "hourly": "temperature_2m,relative_humidity_2m,precipitation,wind_speed_10m,wind_direction_10m",
        "timezone": "Asia/Shanghai",
        "past_days": "1",
        "forecast_days": "6",
        "wind_speed_unit": "ms",
    }
    frame = weather.parse(result).readings
    assert len(frame) == 5 * 7 * 24
    assert set(frame["kind"]) == {"modelled"}


@pytest.mark.parametrize("loader", [open_meteo_air, weather])
def test_the_days_of_a_backfilling(service: Upstream, loader: ModuleType) -> None:
    (result,) = ask(loader, since=date(2026, 9, 1), until=date(2026, 9, 3))
    params = service.asked[0].query.params
    assert (params["start_date"], params["end_date"]) == ("2026-09-01", "2026-09-03")
    assert not params.keys() & {"past_days", "forecast_days"}
    frame = loader.parse(result).readings
    assert set(frame["at"].dt.date) == {date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)}


@pytest.mark.parametrize(
    ("loader", "since", "until"),
    [
        (open_meteo_air, date(2022, 7, 31), None),
        (open_meteo_air, date(2026, 10, 1), date(2026, 10, 15)),
        (open_meteo_air, date(2026, 10, 2), date(2026, 10, 1)),
        (weather, date(2026, 7, 8), None),
        (weather, date(2026, 10, 1), date(2026, 10, 15)),
    ],
)
def test_days_it_cannot_give_are_refused_before_anything_is_requested(
    service: Upstream, loader: ModuleType, since: date, until: date | None
) -> None:
    with pytest.raises(ValueError, match=f"{loader.SOURCE} gives 202"):
        ask(loader, since=since, until=until)
    assert service.asked == []


def test_days_at_the_edge_are_requested(service: Upstream) -> None:
    ask(open_meteo_air, since=date(2022, 8, 1), until=date(2022, 8, 1))
    ask(weather, since=date(2026, 7, 9), until=date(2026, 10, 14))
    # the model had nothing yet on its first days: the other one is asked as well
    starts = [(one.query.params["start_date"], one.query.params.get("domains")) for one in service.asked]
    assert starts == [("2022-08-01", "auto"), ("2022-08-01", "cams_global"), ("2026-07-09", None)]


class Models(StubClient):
    """An answer for each model, in the order asked."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__("open_meteo_air")
        self.answers = list(answers)

    def answer(self, asked: Asked) -> Answer:
        return self.answers.pop(0)


NULLS = with_hourly("air", **{name: [None] * 4 for name in open_meteo_air.VARIABLES})


@pytest.mark.parametrize(
    "first",
    [
        answer(NULLS),
        answer({"error": True, "reason": "No data is available for this location"}),
        answer({}, status=400).failed(FailureCause.HTTP, "HTTP 400"),
        answer({}, status=500).failed(FailureCause.HTTP, "HTTP 500"),
    ],
)
def test_where_one_model_has_nothing_the_global_one_is_requested(first: Answer) -> None:
    client = Models(first, answer(payload("air")))
    answers = list(open_meteo_air.fetch(client, now=NOW))
    asked = [(one.call, one.params["domains"]) for one in client.asked]
    assert asked == [("forecast auto", "auto"), ("forecast cams_global", "cams_global")]
    assert answers[0] == first
    assert len(open_meteo_air.parse(answers[1]).readings) == 18


@pytest.mark.parametrize(
    "first",
    [
        answer(payload("air")),
        answer({}, status=None).failed(FailureCause.HTTP, "connection refused"),
        answer({}, status=429).failed(FailureCause.HTTP, "HTTP 429, asks to wait 3600 s"),
    ],
)
def test_a_service_that_answered_or_is_away_is_not_requested_again(first: Answer) -> None:
    client = Models(first)
    assert list(open_meteo_air.fetch(client, now=NOW)) == [first]


def test_when_both_models_fail_both_answers_say_so() -> None:
    failed = answer({}, status=502).failed(FailureCause.HTTP, "HTTP 502")
    assert list(open_meteo_air.fetch(Models(failed, failed), now=NOW)) == [failed, failed]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_hours_of_the_air() -> None:
    batch = parse("air", payload("air"))
    frame = batch.readings
    assert batch.problems == ()
    assert list(frame.columns) == list(COLUMNS)
    assert [set(frame[name]) for name in ("place_id", "averaging", "kind")] == [{"xining"}, {"1h"}, {"modelled"}]
    assert values(batch, "pm10_ugm3") == [61.2, 60.4, 58.9]  # the fourth hour is null
    assert values(batch, "o3_1h_ugm3") == [74, 73, 75]
    assert values(batch, "co_mgm3") == pytest.approx([0.412, 0.4055, 0.398])
    assert frame["at"].min() == pd.Timestamp("2026-10-09 00:00", tz="Asia/Shanghai")


def test_hours_of_the_weather() -> None:
    batch = parse("weather", payload("weather"))
    assert values(batch, "temp_c") == [-1.4, -2.0, -2.3, -2.7]
    assert values(batch, "rh_pct") == [61, 63, 66, 68]
    assert values(batch, "precip_mm") == [0, 0.2, 0.1, 0]
    assert values(batch, "wind_ms") == [1.8, 1.2, 0.1, 2.6]
    assert values(batch, "wind_dir_deg") == [135, 140, 0, 359]


@pytest.mark.parametrize(
    ("offset", "utc"),
    [(28800, "2026-10-08 16:00"), ("28800", "2026-10-08 16:00"), (0, "2026-10-09 00:00"), (-3600, "2026-10-09 01:00")],
)
def test_stamps_are_local_to_the_offset_given(offset: Any, utc: str) -> None:
    first = parse("air", {**payload("air"), "utc_offset_seconds": offset}).readings["at"].min()
    assert first == pd.Timestamp(utc, tz="UTC")
    assert str(first.tz) == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("name", "variable", "unit", "item", "first"),
    [
        ("air", "pm2_5", "mg/m³", "pm25_ugm3", 24100),
        ("air", "pm2_5", "\u00b5g/m³", "pm25_ugm3", 24.1),  # the micro sign instead of the Greek letter
        ("air", "pm2_5", "μg/m3", "pm25_ugm3", 24.1),
        ("air", "carbon_monoxide", "mg/m³", "co_mgm3", 412),
        ("weather", "wind_speed_10m", "km/h", "wind_ms", 0.5),
        ("weather", "temperature_2m", "℃", "temp_c", -1.4),
    ],
)
def test_units_are_read_and_not_assumed(name: str, variable: str, unit: str, item: str, first: float) -> None:
    content = payload(name)
    content["hourly_units"][variable] = unit
    assert values(parse(name, content), item)[0] == pytest.approx(first)


@pytest.mark.parametrize(
    ("name", "variable", "unit"),
    [
        ("air", "ozone", "ppb"),
        ("air", "carbon_monoxide", None),
        ("air", "pm10", ""),
        ("weather", "temperature_2m", "°F"),
        ("weather", "precipitation", "inch"),
        ("weather", "wind_speed_10m", "mp/h"),
        ("air", "sulphur_dioxide", "undefined"),
        ("air", "nitrogen_dioxide", ["μg/m³"]),
    ],
)
def test_a_variable_in_an_unknown_unit_is_left_out_and_named_and_the_others_are_read(
    name: str, variable: str, unit: Any
) -> None:
    content = payload(name)
    content["hourly_units"][variable] = unit
    batch, item = parse(name, content), LOADERS[name].VARIABLES[variable].item
    assert batch.left_out == 1
    assert batch.problems[0].startswith(f"{variable} is in {unit!r}, expected ")
    assert set(batch.readings["item"]) == {one.item for one in LOADERS[name].VARIABLES.values()} - {item}


@pytest.mark.parametrize(
    ("ozone", "sentence"),
    [
        ([1, 2, 3], "ozone: 3 values for 4 times"),
        (7, "ozone: no list for 4 times"),
        ({"0": 1}, "ozone: no list for 4 times"),
        ("undefined", "ozone: no list for 4 times"),
    ],
)
def test_a_list_that_does_not_fit_the_times_is_left_out_and_named(ozone: Any, sentence: str) -> None:
    batch = parse("air", with_hourly("air", ozone=ozone))
    assert (batch.problems, batch.left_out) == ((sentence,), 1)
    assert batch.readings["item"].nunique() == 5


def test_where_no_variable_can_be_read_each_is_named() -> None:
    batch = parse("air", {**payload("air"), "hourly_units": {}})
    assert batch.readings.empty
    assert (len(batch.problems), batch.left_out) == (6, 6)


def test_a_variable_that_is_missing_is_reported_and_another_that_is_new_is_not_read() -> None:
    batch = parse("air", with_hourly("air", ozone=..., us_aqi=[50] * 4))
    assert batch.problems == ("ozone: not in the answer",)
    assert set(batch.readings["item"]) == {"pm10_ugm3", "pm25_ugm3", "co_mgm3", "no2_ugm3", "so2_ugm3"}


def test_nothing_but_nulls_is_no_reading() -> None:
    batch = parse("air", NULLS)
    assert batch.readings.empty
    assert batch.problems == ("every value is null",)


def test_numbers_in_strings_are_read_and_words_stay() -> None:
    batch = parse("air", with_hourly("air", pm10=["61.2", "dust", None, 58]))
    assert values(batch, "pm10_ugm3")[0] == 61.2
    row = batch.readings[batch.readings["note"].notna()].iloc[0]
    assert math.isnan(row["value"])
    assert (row["item"], row["note"], row["flags"]) == ("pm10_ugm3", "dust", "unreadable")
    assert len(values(batch, "pm10_ugm3")) == 3


def test_a_stamp_that_is_no_time_leaves_its_hour_out() -> None:
    times = ["2026-10-09T00:00", None, "soon", "0001-01-01T00:00"]
    batch = parse("air", with_hourly("air", time=times))
    assert len(batch.readings) == 6
    assert batch.problems == tuple(
        f"time {n}: {stamp!r} is no time such as 2026-10-09T18:00" for n, stamp in enumerate(times) if n
    )


def test_of_a_repeated_hour_the_last_counts() -> None:
    times = ["2026-10-09T00:00"] * 2 + ["2026-10-09T01:00"] * 2
    batch = parse("air", with_hourly("air", time=times, pm10=[1, 2, 3, None]))
    assert values(batch, "pm10_ugm3") == [2, 3]


def test_an_offset_is_needed() -> None:
    for offset in (None, "+08:00", 1e9):
        with pytest.raises(AnswerError, match=r"utc_offset_seconds is .*, expected seconds such as 28800"):
            parse("air", {**payload("air"), "utc_offset_seconds": offset})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"error": True, "reason": "Daily API request limit exceeded"}, r"no hourly part .*limit exceeded"),
        ({**payload("air"), "hourly": None}, "no hourly part"),
        ({**payload("air"), "hourly_units": None}, "no hourly part"),
        ({**payload("air"), "hourly": {"time": []}}, "none of pm10, pm2_5"),
        (with_hourly("air", time=None), "time: no list"),
        (None, "no hourly part"),
        ([payload("air")], "no hourly part"),
    ],
)
def test_what_is_not_the_protocol_is_refused(content: Any, message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        parse("air", content)


VALUE = st.one_of(st.none(), st.floats(), st.text(max_size=8), st.booleans())


@given(st.lists(st.tuples(st.one_of(st.text(max_size=16), st.datetimes().map(datetime.isoformat)), VALUE), max_size=5))
@settings(max_examples=60)
def test_whatever_is_in_the_lists_the_batch_is_whole(hours: list[tuple[str, Any]]) -> None:
    stamps, result = [stamp for stamp, _ in hours], [value for _, value in hours]
    frame = parse("air", with_hourly("air", time=stamps, **dict.fromkeys(open_meteo_air.VARIABLES, result))).readings
    assert frame[frame["value"].isna()]["flags"].eq("unreadable").all()
    assert not frame.duplicated(["item", "at"]).any()
