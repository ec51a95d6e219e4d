"""The latest hour of the air in reports."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from reports import air, air_days, air_now, freshness, lookup
from tests import live_stores
from tests.checks import not_none
from tests.live_stores import at, hours, write_readings

NOW = at("2026-11-23T18:30")
SIX = at("2026-11-23T18:00")
ITEMS = {"pm25_ugm3": 40.0, "pm10_ugm3": 130.0, "so2_ugm3": 12.0, "no2_ugm3": 50.0, "co_mgm3": 0.9, "o3_1h_ugm3": 60.0}


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path) -> Iterator[None]:
    with live_stores.filled(tmp_path):
        yield


def city(index: float | None = 113.0, named: str | None = "PM10", until: datetime = SIX) -> None:
    rows = [row for item, value in ITEMS.items() for row in hours("xining", item, until, [value])]
    if index is not None:
        rows += hours("xining", "aqi", until, [index], primary_pollutants=named)
    write_readings("cnemc_air", rows, now=NOW)


def latest() -> air_now.Now:
    """The latest hour, which is there."""
    return not_none(air_now.now())


def test_without_a_single_hour_there_is_none() -> None:
    assert air_now.now() is None
    assert air_now.remaining_hours() == ()


def test_the_published_index_comes_with_its_primary_pollutant() -> None:
    city()
    hour = latest().city
    assert (hour.aqi, hour.level, hour.primary, hour.published) == (113, 3, ("PM10",), True)
    assert (hour.at, hour.standard, hour.provenance.kind, hour.provenance.period) == (
        SIX,
        "HJ 633-2026",
        "live",
        "2026-11-23T18",
    )


def test_without_a_published_index_it_is_computed_by_the_hourly_rule() -> None:
    """PM10 130 by the 2026 table: 120 is 100, 250 is 150: 100 + 50 × 10 ÷ 130 = 103.8, rounded up 104."""
    city(index=None)
    hour = latest().city
    assert (hour.aqi, hour.level, hour.primary, hour.published) == (104, 3, ("PM10",), False)


def test_an_item_carries_its_index_and_the_hourly_limit_where_there_is_one() -> None:
    city()
    items = {one.pollutant: one for one in latest().city.items}
    assert (items["PM10"].value, items["PM10"].iaqi, items["PM10"].limit) == (130.0, 104.0, None)
    assert items["O3"].limit == 200.0


def test_a_flagged_value_is_no_part_of_the_hour() -> None:
    city()
    write_readings("cnemc_air", hours("xining", "pm10_ugm3", at("2026-11-23T19:00"), [5900.0], flags="jump"), now=NOW)
    assert latest().city.at == SIX


def test_stations_without_new_values_are_not_shown_with_the_hour() -> None:
    city()
    write_readings(
        "cnemc_air", hours("3055A", "aqi", SIX, [90.0]) + hours("3629A", "aqi", at("2026-11-23T15:00"), [50.0]), now=NOW
    )
    assert [one.station_id for one in latest().stations] == ["3055A"]


def test_capitals_are_in_their_order_and_late_ones_are_left_out() -> None:
    city()
    write_readings(
        "cnemc_air",
        hours("xian", "aqi", SIX, [70.0]) + hours("lanzhou", "aqi", at("2026-11-23T14:00"), [60.0]),
        now=NOW,
    )
    assert [one.place_id for one in latest().capitals] == ["xining", "xian"]


def test_the_hours_keep_unknown_hours_empty() -> None:
    write_readings("cnemc_air", hours("xining", "aqi", SIX, [80.0, None, 120.0]), now=NOW)
    frame = latest().hours
    assert len(frame) == 48
    assert frame["aqi"].tail(3).fillna(-1).tolist() == [80.0, -1.0, 120.0]
    assert frame["level"].tail(1).item() == 3


def test_remaining_hours_give_what_the_rest_of_the_day_may_bring() -> None:
    """Ten hours of PM2.5 at 50 and eight at 80 by 18:00: 1140. Six hours left: (60.5 × 24 − 1140) ÷ 6 = 52 keeps 100."""
    write_readings("cnemc_air", hours("xining", "pm25_ugm3", SIX, [50.0] * 10 + [80.0] * 8), now=NOW)
    (left,) = air_now.remaining_hours()
    one = next(one for one in left.means if one.iaqi == 100)
    assert (left.hours, left.day.isoformat(), one.highest_mean) == (18, "2026-11-23", 52.0)
    assert left.to_come == 6
    assert [(one.level, one.iaqi, one.possible) for one in left.rests] == [
        (1, 50, False),
        (2, 100, True),
        (3, 150, True),
    ]
    assert [one.highest_mean for one in left.rests][:2] == [0, 52]


def test_hours_left_are_given_while_the_hour_is_the_air_outside() -> None:
    write_readings("cnemc_air", hours("xining", "pm25_ugm3", SIX, [50.0] * 10 + [80.0] * 8), now=NOW)
    assert air_now.remaining_today(at("2026-11-23T18:30")) == air_now.remaining_hours()
    assert air_now.remaining_today(at("2026-11-23T23:30")) == ()  # hours later it is no longer
    assert air_now.remaining_today(at("2026-11-24T00:10")) == ()


def test_the_worst_hour_is_one_of_hours_that_make_a_course() -> None:
    write_readings("cnemc_air", hours("xining", "aqi", SIX, [80.0]), now=NOW)
    assert air_now.worst_hour(latest()) is None
    write_readings("cnemc_air", hours("xining", "aqi", at("2026-11-23T17:00"), [150.0, 96.0]), now=NOW)
    assert air_now.worst_hour(latest()) == air_now.WorstHour(at("2026-11-23T16:00"), 150, True)
    write_readings("cnemc_air", hours("xining", "aqi", at("2026-11-22T12:00"), [200.0]), now=NOW)
    assert air_now.worst_hour(latest()) == air_now.WorstHour(at("2026-11-22T12:00"), 200, False)
    assert not_none(air_now.worst_hour(latest(), 24)).aqi == 150


def test_an_hour_is_current_where_it_is_the_air_outside() -> None:
    city()
    for moment in ("2026-11-23T18:30", "2026-11-23T20:31", "2026-11-24T18:30"):
        hour, now = latest().city, at(moment)
        outside = freshness.outside_now(hour.at, hour.provenance.kind, now)
        assert air_now.hour_freshness(hour, now).current == outside
        assert air_now.freshness_of(air_now.now(), now).current == outside
    assert air_now.freshness_of(None, now).source_id == "cnemc_air"


def test_an_unknown_hour_has_passed_all_the_same() -> None:
    values = [50.0] * 10 + [None] + [80.0] * 7
    write_readings("cnemc_air", hours("xining", "pm25_ugm3", SIX, values), now=NOW)
    (left,) = air_now.remaining_hours()
    assert (left.hours, left.to_come) == (17, 6)


# ── primary pollutants ───────────────────────────────────────────────────────────────────────────────────────────────
def test_where_the_platform_names_none_above_50_the_computed_one_is_marked() -> None:
    city(57.0, named=None)  # PM10 130 → 110 leads, whatever the index is
    found = latest().city
    assert (found.aqi, found.level, found.primary, found.primary_computed) == (57, 2, ("PM10",), True)


@pytest.mark.parametrize(("index", "named", "primary", "computed"), [
    (113.0, "PM10", ("PM10",), False),
    (113.0, "PM2.5", ("PM2.5",), False),  # a name is never replaced by ours
    (50.0, None, (), False),
    (51.0, "—", ("PM10",), True),
])  # fmt: skip
def test_a_name_stays_and_none_is_sought_up_to_50(
    index: float, named: str | None, primary: tuple[str, ...], computed: bool
) -> None:
    city(index, named)
    found = latest().city
    assert (found.primary, found.primary_computed) == (primary, computed)


def test_with_items_missing_nobody_is_named_who_may_not_lead() -> None:
    """PM2.5 40 is 60 by itself; the index of 70 is another's, which nobody published."""
    write_readings(
        "cnemc_air", hours("xining", "pm25_ugm3", SIX, [40.0]) + hours("xining", "aqi", SIX, [70.0]), now=NOW
    )
    found = latest().city
    assert (found.primary, found.primary_computed) == ((), False)


def test_a_dash_published_later_takes_no_name_back() -> None:
    city(113.0, named="PM10")
    city(113.0, named=None)
    assert (latest().city.primary, latest().city.primary_computed) == (("PM10",), False)
    city(108.0, named=None)  # another index is another matter
    assert latest().city.primary_computed


# ── whom it touches ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_every_pollutant_above_100_touches_its_groups() -> None:
    """By hand (2026): NO2 220 → 100 + 10/50 … above 100; PM10 150 → 130; PM2.5 80 → 119; O3 175 → above 100; CO 1 not."""
    items = {
        "no2_ugm3": 220.0,
        "pm10_ugm3": 150.0,
        "pm25_ugm3": 80.0,
        "o3_1h_ugm3": 175.0,
        "so2_ugm3": 9.0,
        "co_mgm3": 1.0,
    }
    rows = [row for item, value in items.items() for row in hours("xining", item, SIX, [value])]
    write_readings("cnemc_air", rows, now=NOW)
    found = latest().city
    parts = {one.pollutant: one.iaqi for one in found.items}
    assert found.above_100 == tuple(
        name for name in ("SO2", "NO2", "PM10", "PM2.5", "CO", "O3") if not_none(parts[name]) > 100
    )
    assert set(found.above_100) >= {"NO2", "PM10", "PM2.5"}
    named = {row.pollutant for row in lookup.groups(found.above_100, found.standard)}
    assert named == set(found.above_100)
    assert len(found.primary) < len(found.above_100)


# ── the 2012 edition's hour ──────────────────────────────────────────────────────────────────────────────────────────
def archived(until: str, pm25: Sequence[float | None], **hour: float) -> None:
    end = at(until)
    rows = hours("xining", "pm25_ugm3", end, pm25, kind="archive")
    rows += [row for item, value in hour.items() for row in hours("xining", item, end, [value], kind="archive")]
    write_readings("cnemc_air", rows, now=NOW)


def test_before_march_2026_hourly_particles_are_means_of_24_hours() -> None:
    """HJ 633-2012 table 4: 23 hours at 40 and one at 160 are 45 → IAQI 63 (50 + 50/40 × 10 = 62.5); the hour alone: 211."""
    archived("2026-02-20T12:00", [40.0] * 23 + [160.0])
    found = latest().city
    assert found.standard == "HJ 633-2012"
    (fine,) = (one for one in found.items if one.column == "pm25_ugm3")
    assert (fine.value, fine.iaqi, found.aqi, found.primary) == (160.0, 63, 63, ("PM2.5",))


def test_too_few_hours_make_no_mean_of_24() -> None:
    archived("2026-02-20T12:00", [40.0] * 19, no2_ugm3=20.0)
    found = latest().city
    (fine,) = (one for one in found.items if one.column == "pm25_ugm3")
    assert (fine.value, fine.iaqi, found.aqi) == (40.0, None, 10)  # NO2 20 → 10 by the hour


@pytest.mark.parametrize(("end", "edition"), [("2026-03-01T00:00", "HJ 633-2012"), ("2026-03-01T01:00", "HJ 633-2026")])
def test_the_hour_that_ends_with_february_is_februarys(end: str, edition: str) -> None:
    archived(end, [40.0] * 24)
    found = latest().city
    assert (found.standard, found.day.isoformat()) == (
        edition,
        "2026-02-28" if end.endswith("00:00") and "T00" in end else "2026-03-01",
    )


def test_midnight_closes_the_day_before() -> None:
    write_readings(
        "cnemc_air", hours("xining", "pm25_ugm3", at("2026-11-24T00:00"), [50.0] * 24), now=at("2026-11-24T00:30")
    )
    assert air_now.remaining_hours() == ()


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def published(day: str, **values: float) -> list[dict[str, Any]]:
    stamp = at(f"{day}T00:00")
    return [
        {"place_id": "xining", "item": item, "averaging": "day", "at": stamp, "value": value, "kind": "provisional"}
        for item, value in values.items()
    ]


@pytest.mark.slow
def test_the_platforms_days_go_on_where_the_archive_ends_and_bring_their_ozone() -> None:
    write_readings(
        "cnemc_air",
        published("2026-11-22", pm25_ugm3=60, pm10_ugm3=100, so2_ugm3=10, no2_ugm3=40, co_mgm3=1, o3_8h_ugm3=110),
        now=NOW,
    )
    day = air.latest_day()
    assert (day.day.isoformat(), day.aqi, day.ozone, day.provenance.kind) == (
        "2026-11-22",
        100,
        "counted",
        "provisional",
    )
    assert air.year(2026).until.isoformat() == "2026-11-22"


def test_hours_make_a_day_only_with_twenty_of_them_and_where_nobody_published_one() -> None:
    full = hours("xining", "pm25_ugm3", at("2026-11-21T00:00"), [40.0] * 20)
    short = hours("xining", "pm25_ugm3", at("2026-11-23T00:00"), [40.0] * 19)
    write_readings("cnemc_air", full + short, now=NOW)
    days = air_days.known().set_index("date")["pm25_ugm3"]
    assert days.get("2026-11-20") == 40.0
    assert "2026-11-22" not in days.index
    write_readings("cnemc_air", published("2026-11-20", pm25_ugm3=44), now=NOW)
    assert air_days.known().set_index("date")["pm25_ugm3"].get("2026-11-20") == 44.0


@pytest.mark.slow
def test_a_day_that_still_runs_is_no_day() -> None:
    for item in air_now.ITEMS:
        write_readings("cnemc_air", hours("xining", item, at("2026-11-22T23:00"), [40.0] * 23), now=NOW)
    before = air.latest_day().day
    write_readings("cnemc_air", hours("xining", "pm25_ugm3", at("2026-11-23T00:00"), [40.0]), now=NOW)
    assert (before.isoformat(), air.latest_day().day.isoformat()) == ("2026-10-06", "2026-11-22")


def test_a_new_hour_is_seen_at_once_and_moves_no_year() -> None:
    city()
    before, year = latest(), air.year(2026)
    city(index=90.0, until=at("2026-11-23T19:00"))
    assert latest().city.aqi == 90
    assert before.city.aqi == 113
    assert air.year(2026) is not None
    assert air.year(2026).known_days == year.known_days


def test_only_capitals_of_the_same_hour_are_ranked() -> None:
    """Lanzhou published its index two hours earlier: it is listed nowhere in the ranking of this hour."""
    city()
    write_readings(
        "cnemc_air",
        hours("xian", "aqi", SIX, [70.0]) + hours("lanzhou", "aqi", at("2026-11-23T16:00"), [10.0]),
        now=NOW,
    )
    report = latest()
    assert {one.place_id for one in report.capitals} == {"xining", "xian", "lanzhou"}
    ranking = not_none(air_now.ranking(report))
    assert [one.place_id for one in ranking.hours] == ["xian", "xining"]
    assert ranking.place == 2


def test_capitals_with_the_same_index_share_their_place() -> None:
    city()
    own = float(not_none(latest().city.aqi))
    write_readings("cnemc_air", hours("xian", "aqi", SIX, [own]) + hours("lanzhou", "aqi", SIX, [own - 5.0]), now=NOW)
    assert not_none(air_now.ranking(latest())).place == 2
    write_readings("cnemc_air", hours("lanzhou", "aqi", SIX, [own + 5.0]), now=NOW)
    assert not_none(air_now.ranking(latest())).place == 1


def test_one_capital_alone_is_not_ranked() -> None:
    city()
    assert air_now.ranking(latest()) is None


# ── stations ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_stations_are_ordered_and_grouped_by_those_that_have_an_index() -> None:
    city()
    for code, index in (("3055A", 91.0), ("3629A", 213.0)):
        write_readings("cnemc_air", hours(code, "aqi", SIX, [index]), now=NOW)
    write_readings("cnemc_air", hours("1480A", "pm10_ugm3", SIX, [80.0]), now=NOW)  # too little for an index
    report = latest()
    assert report is not None
    assert [one.station_id for one in report.by_index] == ["3629A", "3055A", "1480A"]
    assert report.extremes is not None
    low, high = report.extremes
    assert (low.station_id, high.station_id) == ("3055A", "3629A")
    districts = air_now.by_district(report)
    assert {area: [one.station_id for one in some] for area, some in districts.items()} == {
        "chengbei": ["3055A"],
        "chengdong": ["3629A"],
    }


def test_without_an_index_at_any_station_there_are_no_extremes() -> None:
    city()
    report = latest()
    assert report is not None
    assert report.extremes is None
    assert report.judged == 0
    assert air_now.by_district(report) == {}
