"""Archives that know the same air, set side by side; the differences reckoned here again, row by row."""

from collections import defaultdict
from datetime import datetime, timedelta
from statistics import mean

import pandas as pd
import pytest

from reports import method, overlaps, trends
from reports.overlaps import Overlap
from store import facts


def by_name(name: str) -> Overlap:
    return next(one for one in overlaps.overlaps() if one.name == name)


def test_the_months_meet_the_days_of_the_same_statistic() -> None:
    found = by_name("air_monthly")
    assert (found.n, found.provenance.period) == (42, "2013-12/2017-05")
    bounds = {"o3_ugm3": 0.3, "pm10_ugm3": 1, "pm25_ugm3": 0.45, "so2_ugm3": 0.5, "no2_ugm3": 0.5, "co_mgm3": 0.01}
    assert set(found.apart) == set(bounds)
    assert {name: found.apart[name] for name, most in bounds.items() if found.apart[name] > most} == {}


def test_the_station_days_meet_the_city_but_their_ozone_is_compared_with_nothing() -> None:
    found = by_name("air_station_days")
    assert (found.n, set(found.apart)) == (101, set(overlaps.WITHOUT_OZONE))
    bounds = {"pm10_ugm3": 2, "pm25_ugm3": 1, "so2_ugm3": 1.3, "no2_ugm3": 1.2, "co_mgm3": 0.06}
    assert {name: found.apart[name] for name, most in bounds.items() if found.apart[name] > most} == {}


def test_five_days_of_station_hours_meet_the_city() -> None:
    """By hand: the hour that ends at midnight is the day before's; the background site takes no part."""
    hours: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in facts.table("air_station_hours").itertuples():
        if row.station_id != "1483A" and pd.notna(row.pm10_ugm3):
            day = (datetime.fromisoformat(row.measured_at) - timedelta(seconds=1)).date().isoformat()
            hours[day][row.measured_at].append(row.pm10_ugm3)
    city = facts.table("air_daily").set_index("date")["pm10_ugm3"]
    whole = {day: mean(mean(one) for one in values.values()) for day, values in hours.items() if len(values) >= 18}
    assert list(whole) == ["2020-03-31", "2020-04-01", "2020-04-02", "2020-04-03", "2020-04-04"]
    found = by_name("air_station_hours")
    apart = mean(abs(value - city[day]) for day, value in whole.items())
    assert found.n == 5
    assert found.apart["pm10_ugm3"] == pytest.approx(apart)
    assert found.apart["o3_ugm3"] < 1.5  # both the largest hour of the day


def test_nothing_is_compared_across_the_change_of_measuring_state() -> None:
    """2018-09-01 lies inside no overlap, and no archive is continued by another."""
    for one in overlaps.overlaps():
        first, last = one.provenance.period.split("/")
        assert last < "2018-09" or first >= "2018-09", one.name
    ozone = trends.six("before")[-1]
    assert [one.document.document_id for one in ozone.provenance.sources] == ["archive_aqistudy_monthly"]


def test_every_published_hourly_aqi_follows_from_the_rule() -> None:
    found = overlaps.recomputed()
    assert (found.n, found.equal, found.provenance.standard) == (621, 621, "HJ 633-2012")


def test_the_months_of_ozone_are_shown_beside_the_days() -> None:
    found = method.breaks().ozone_by_month
    assert found is not None
    assert (found.first, found.last, found.months) == ("2013-12", "2018-04", 53)
    eight = next(one for one in method.breaks().ozone if one.kind == "max_8h")
    months = (2018 - eight.last.year) * 12 + 4 - eight.last.month
    assert months == 11  # further than the days
