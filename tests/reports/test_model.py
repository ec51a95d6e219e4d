"""What the models say: days and hours judged by hand, and what is not known left out."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from msgspec.structs import astuple

from loaders.answer import readings as frame_of
from reports import model
from reports.model import Item
from store import database, migrate, raw
from store import readings as readings_store
from store.clock import ZONE

NOW = datetime(2026, 10, 9, 18, 30, tzinfo=ZONE)
RUN = datetime(2026, 10, 9, 17, 5, tzinfo=ZONE)
MIDNIGHT = datetime(2026, 10, 9, tzinfo=ZONE)
HOUR = timedelta(hours=1)
# by HJ 633-2026: PM2.5 35 → 50, every other item lower
CLEAN = {"pm25_ugm3": 35, "pm10_ugm3": 40, "so2_ugm3": 5, "no2_ugm3": 20, "co_mgm3": 0.4, "o3_1h_ugm3": 60}


@pytest.fixture
def store(filled_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store with the facts and no reading."""
    file = tmp_path / "store.db"
    with sqlite3.connect(filled_store) as known, sqlite3.connect(file) as copy:
        known.backup(copy)
    known.close()
    copy.close()
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{file}")
    migrate.upgrade()
    yield file
    database.engine().dispose()


def write_readings(
    series: Mapping[str, Mapping[datetime, float]], *, asked_at: datetime = RUN, kind: str = "modelled"
) -> None:
    """Store values by item and moment, as an answer asked for at a time."""
    rows = [
        {"place_id": "xining", "item": item, "averaging": "1h", "at": at, "value": value, "kind": kind}
        for item, values in series.items()
        for at, value in values.items()
    ]
    with database.engine().begin() as c:
        raw_id = raw.save(
            c,
            source="open_meteo_air",
            call="forecast auto",
            address="http://127.0.0.1/",
            asked_at=asked_at,
            status=200,
            content_type="application/json",
            body=asked_at.isoformat().encode(),
            problem="",
        )
        readings_store.write(c, frame_of(rows), raw_id=raw_id, now=asked_at)


def hours(first: int, last: int, value: float) -> dict[datetime, float]:
    """The same value for hours counted from the midnight before NOW, both ends included."""
    return {MIDNIGHT + n * HOUR: value for n in range(first, last + 1)}


def clean(first: int, last: int) -> dict[str, dict[datetime, float]]:
    return {item: hours(first, last, value) for item, value in CLEAN.items()}


def forecast(now: datetime = NOW) -> model.Forecast:
    report = model.forecast(now)
    assert report is not None
    return report


# ── air ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_nothing_modelled_is_no_forecast(store: Path) -> None:
    assert model.forecast(NOW) is None
    assert model.weather(NOW) is None


def test_what_was_modelled_for_hours_gone_is_no_forecast(store: Path) -> None:
    write_readings(clean(-24, 17))
    assert model.forecast(NOW) is None


def test_observations_are_no_forecast(store: Path) -> None:
    write_readings(clean(1, 60), kind="live")
    assert model.forecast(NOW) is None


def test_today_and_the_next_five_days(store: Path) -> None:
    write_readings(clean(-48, 6 * 24 + 12))
    report = forecast()
    assert [day.date for day in report.days] == [date(2026, 10, 9) + timedelta(days=n) for n in range(6)]
    assert {day.hours for day in report.days} == {24}
    assert report.provenance.kind == report.days[0].provenance.kind == "modelled"
    assert report.provenance.period == "2026-10-09/2026-10-14"
    assert (report.days[2].provenance.period, report.days[2].provenance.standard) == ("2026-10-11", "HJ 633-2026")
    assert [source.document.document_id for source in report.provenance.sources] == ["open_meteo_air"]


def test_a_day_by_hand(store: Path) -> None:
    """10 October: PM2.5 (23 × 60 + 115) ÷ 24 = 62.3 → 62 → ⌈100 + 50 × 2 ÷ 55⌉ = 102. Its hours: 60 → 100, 115 → 150."""
    tomorrow = hours(25, 48, 60) | hours(36, 36, 115)
    write_readings(clean(1, 48) | {"pm25_ugm3": hours(1, 24, 35) | tomorrow})
    today, day = forecast().days
    assert (today.aqi, today.level, today.primary, today.low, today.high) == (50, 1, (), 50, 50)
    assert (day.aqi, day.level, day.primary, day.low, day.high) == (102, 3, ("PM2.5",), 100, 150)
    assert day.missing == ()
    found = {item.column: item for item in day.items}
    assert astuple(found["pm25_ugm3"]) == pytest.approx(("PM2.5", "pm25_ugm3", 1495 / 24, 102))
    assert astuple(found["co_mgm3"]) == pytest.approx(("CO", "co_mgm3", 0.4, 10))


def test_ozone_is_the_largest_eight_hours(store: Path) -> None:
    """Eight hours of 160 among 60s: the largest 8-hour mean is 160 → 100; an hour of 160 is 50 by its own table."""
    write_readings(clean(1, 24) | {"o3_1h_ugm3": hours(1, 24, 60) | hours(12, 19, 160)})
    (day,) = forecast().days
    assert next(item for item in day.items if item.pollutant == "O3") == Item("O3", "o3_8h_ugm3", 160, 100)
    assert (day.aqi, day.primary, day.high) == (100, ("O3",), 50)


def test_midnight_closes_the_day_before(store: Path) -> None:
    write_readings(clean(1, 48) | {"pm25_ugm3": hours(1, 48, 35) | hours(24, 24, 115)})
    today, tomorrow = forecast().days
    assert (today.high, tomorrow.high) == (150, 50)


@pytest.mark.parametrize(("known", "aqi"), [(20, 50), (19, None)])
def test_a_day_needs_twenty_hours(store: Path, known: int, aqi: int | None) -> None:
    write_readings(clean(1, 24 + known))
    day = forecast().days[1]
    assert (day.hours, day.aqi) == (known, aqi)
    assert (day.low, day.high) == (50, 50)


def test_a_pollutant_without_hours_is_named_and_the_rest_judged(store: Path) -> None:
    write_readings({item: values for item, values in clean(1, 24).items() if item != "o3_1h_ugm3"})
    (day,) = forecast().days
    assert (day.aqi, day.missing) == (50, ("O3",))
    assert "o3_8h_ugm3" not in {item.column for item in day.items}


def test_hours_from_the_last_full_one_on(store: Path) -> None:
    write_readings(clean(1, 30) | {"pm25_ugm3": hours(1, 20, 35) | hours(21, 30, 60)})
    shown = forecast().hours
    assert list(shown.columns) == ["at", "aqi", "level"]
    assert shown["at"].tolist() == [pd.Timestamp(MIDNIGHT + n * HOUR) for n in range(18, 31)]
    assert shown["aqi"].tolist() == [50] * 3 + [100] * 10
    assert shown["level"].tolist() == [1] * 3 + [2] * 10


def test_a_suspicious_hour_is_left_out(store: Path) -> None:
    write_readings(clean(1, 48))
    at = MIDNIGHT + 20 * HOUR
    row = {"place_id": "xining", "item": "pm25_ugm3", "averaging": "1h", "at": at, "value": 9000.0, "kind": "modelled"}
    with database.engine().begin() as c:
        readings_store.write(c, frame_of([{**row, "flags": "impossible"}]), raw_id=None, now=NOW)
    assert forecast().days[0].high == 50


def test_days_before_the_new_rule_are_judged_by_the_old(store: Path) -> None:
    """PM2.5 75 is AQI 100 until 28 February 2026, and ⌈100 + 50 × 15 ÷ 55⌉ = 114 from 1 March on."""
    start = datetime(2026, 2, 28, tzinfo=ZONE)
    values = {item: {start + n * HOUR: float(value) for n in range(1, 49)} for item, value in CLEAN.items()}
    write_readings(values | {"pm25_ugm3": {start + n * HOUR: 75.0 for n in range(1, 49)}})
    february, march = forecast(start + 9 * HOUR).days
    assert (february.aqi, february.provenance.standard) == (100, "HJ 633-2012")
    assert (march.aqi, march.provenance.standard) == (114, "HJ 633-2026")


def test_the_run_is_that_of_the_newest_answer_and_a_new_one_is_seen(store: Path) -> None:
    write_readings(clean(1, 48))
    assert forecast().run_at == RUN
    write_readings(clean(10, 50) | {"pm25_ugm3": hours(10, 50, 60)}, asked_at=RUN + 3 * HOUR)
    report = forecast()
    assert report.run_at == RUN + 3 * HOUR
    assert report.days[1].aqi == 100


def test_within_an_hour_the_forecast_is_made_once(store: Path) -> None:
    write_readings(clean(1, 48))
    assert forecast() is forecast(NOW + timedelta(minutes=29))
    assert forecast(NOW + timedelta(minutes=30)).hours["at"].min() == pd.Timestamp(MIDNIGHT + 19 * HOUR)


# ── weather ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def weather(now: datetime = NOW) -> model.Weather:
    report = model.weather(now)
    assert report is not None
    return report


def test_the_weather_of_the_hour(store: Path) -> None:
    values = {"temp_c": -2.4, "rh_pct": 63, "wind_ms": 3.1, "wind_dir_deg": 135}
    result = {item: hours(17, 17, 9) | hours(18, 18, value) | hours(19, 19, 8) for item, value in values.items()}
    # the sum of the hour before each stamp: 18:00 is over, 18:00 of tomorrow ends the 24 hours
    rain = hours(18, 18, 50) | hours(19, 41, 0.1) | hours(42, 42, 1.2) | hours(43, 43, 50)
    write_readings({**result, "precip_mm": rain})
    report = weather()
    assert report.at == datetime(2026, 10, 9, 18, tzinfo=ZONE)
    assert (report.temp_c, report.rh_pct, report.wind_ms) == (-2.4, 63, 3.1)
    assert report.wind_from == "se"
    assert report.precip_24h_mm == pytest.approx(23 * 0.1 + 1.2)
    assert (report.run_at, report.provenance.kind, report.provenance.period) == (RUN, "modelled", "2026-10-09T18")
    assert [source.document.document_id for source in report.provenance.sources] == ["open_meteo_weather"]


@pytest.mark.parametrize(
    ("degrees", "name"),
    [
        (0, "n"),
        (22, "n"),
        (23, "ne"),
        (90, "e"),
        (180, "s"),
        (225, "sw"),
        (270, "w"),
        (337, "nw"),
        (338, "n"),
        (360, "n"),
    ],
)
def test_where_the_wind_comes_from(store: Path, degrees: float, name: str) -> None:
    write_readings({"wind_ms": hours(18, 18, 0.3), "wind_dir_deg": hours(18, 18, degrees)})
    assert weather().wind_from == name


def test_a_calm_has_no_direction(store: Path) -> None:
    write_readings({"wind_ms": hours(18, 18, 0.2), "wind_dir_deg": hours(18, 18, 90)})
    assert weather().wind_from == "calm"


def test_what_the_model_does_not_say_stays_unknown(store: Path) -> None:
    write_readings({"temp_c": hours(18, 18, 4), "wind_ms": hours(18, 18, 2), "precip_mm": hours(19, 41, 0.5)})
    report = weather()
    assert (report.temp_c, report.rh_pct, report.wind_from) == (4, None, "")
    assert report.precip_24h_mm is None  # 23 of 24 hours


def test_weather_of_another_hour_is_not_this_hours(store: Path) -> None:
    write_readings({"temp_c": hours(16, 17, 4)})
    assert model.weather(NOW) is None


def test_before_march_2026_hours_are_judged_by_means_of_24(store: Path) -> None:
    """HJ 633-2012 table 4: at noon of 28 February PM2.5 is 23 hours of 40 and one of 160: 45 → IAQI 63, not 211 by the hour."""
    noon = datetime(2026, 2, 28, 12, tzinfo=ZONE)
    fine = {noon + n * HOUR: 40.0 for n in range(-30, 20)} | {noon: 160.0}
    write_readings({"pm25_ugm3": fine}, asked_at=noon)
    found = model.forecast(noon)
    assert found is not None
    aqi = found.hours.set_index("at")["aqi"]
    assert aqi[pd.Timestamp(noon)] == 63
    last, first = (pd.Timestamp(2026, 3, 1, hour, tz=ZONE) for hour in (0, 1))
    assert aqi[last] == 63  # the hour that ends with February still has the 160 among its 24
    assert aqi[first] == 60  # by the 2026 edition the hour alone: 40 → 50 + 50/25 × 5
