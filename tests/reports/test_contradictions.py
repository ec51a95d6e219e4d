"""Where a contradiction sets an archive's count beside a published one, the count is the one the archive gives today."""

import re
from datetime import date

import pytest

from assessment.editions import GOOD_UP_TO
from reports import air, air_state
from store import tracked

COUNT = re.compile(r"([\d.]+)%（(\d+)÷(\d+)")
BY_OZONE = re.compile(r"臭氧的小时最大值只?会再少(\d)天")
ARCHIVED = [
    row
    for row in tracked.read("contradictions").to_dict("records")
    if row["contradiction_id"].endswith("_archive") or row["contradiction_id"] == "good_share_2025"
]


def test_the_years_of_which_both_are_known_are_there() -> None:
    assert [row["period"] for row in ARCHIVED] == ["2025", "2019", "2020", "2021", "2022", "2023"]


@pytest.mark.parametrize("row", ARCHIVED, ids=lambda row: row["contradiction_id"])
def test_the_archives_share_is_counted_from_its_days(row: dict[str, str]) -> None:
    """On the basis of the promise's card: one edition, ozone left out; what ozone would take beside it, where it is shown."""
    found = COUNT.match(row["value_b_zh"])
    assert found is not None
    year = air.year(int(row["period"]), air.OLD, ozone="excluded")
    assert (int(found[2]), int(found[3])) == (year.good_days, year.known_days)
    assert float(found[1]) == round(year.share_pct, 1)
    assert "2012年版，未计臭氧" in row["value_b_zh"]
    assert f"({year.good_days} of {year.known_days} days, 2012 edition, ozone not counted" in row["value_b_en"]
    by_ozone = year.good_days - air.year(int(row["period"]), air.OLD, ozone="best").good_days
    result = BY_OZONE.search(row["reading_zh"])
    assert (int(result[1]) if result else 0) == by_ozone


def test_the_bad_days_of_2025_that_may_be_dust_are_counted_by_the_hint_the_air_page_names() -> None:
    row = next(one for one in ARCHIVED if one["period"] == "2025")
    days = air.days(air.OLD, "excluded")
    bad = days[(days["date"].dt.year == 2025) & (days["aqi"] > GOOD_UP_TO)]
    coarse = bad[(bad["primary"] == "PM10") & (bad["pm25_ugm3"] < 0.4 * bad["pm10_ugm3"])]
    assert f"{len(bad)}个超标天中，{len(coarse)}天" in row["reading_zh"]
    assert f"on {len(coarse)} of its {len(bad)} bad days" in row["reading_en"]


def test_the_archives_pm25_of_2021_is_the_mean_of_its_days() -> None:
    row = next(r for r in tracked.read("contradictions").to_dict("records") if r["contradiction_id"] == "pm25_2021")
    days = tracked.read("air_daily").set_index("date")["pm25_ugm3"].loc["2021"].dropna()
    assert (len(days), round(days.mean(), 1)) == (365, 35.9)
    assert row["value_b_zh"].startswith("35.9微克/立方米（存档逐日均值，365天")


def test_what_is_stated_of_the_pm25_of_2020_against_the_provinces_number_is_plain_arithmetic() -> None:
    """49 of 2015 in the measuring state since 2018, by the mean factor of that year: 33 is nine tenths of it, 35 is 4% below."""
    row = next(
        r for r in tracked.read("contradictions").to_dict("records") if r["contradiction_id"] == "pm25_target_2020"
    )
    converted = 49 * air_state.year(2015, air.OLD).mean_factor
    assert "约为36" in row["reading_zh"]
    assert round(converted) == 36
    assert 33 / converted == pytest.approx(0.9, abs=0.01)
    assert "约4%" in row["reading_zh"]
    assert 1 - 35 / converted == pytest.approx(0.04, abs=0.005)


def test_a_share_without_dust_names_how_many_days_were_left() -> None:
    row = next(
        r for r in tracked.read("contradictions").to_dict("records") if r["contradiction_id"] == "good_share_2019_dust"
    )
    assert round(302 / 0.969) == 312
    assert "相当于312个有效天，1—11月有334天" in row["reading_zh"]
    assert (date(2019, 12, 1) - date(2019, 1, 1)).days == 334
