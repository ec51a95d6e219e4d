"""Where a contradiction sets an archive's count beside a published one, the count is the one the archive gives today."""

import re

import pytest

from reports import air
from store import tracked

COUNT = re.compile(r"([\d.]+)%（(\d+)÷(\d+)")
ARCHIVED = [
    row for row in tracked.read("contradictions").to_dict("records") if row["contradiction_id"].endswith("_archive")
]


def test_the_years_of_which_both_are_known_are_there() -> None:
    assert [row["period"] for row in ARCHIVED] == ["2019", "2020", "2021", "2022", "2023"]


@pytest.mark.parametrize("row", ARCHIVED, ids=lambda row: row["contradiction_id"])
def test_the_archives_share_is_counted_from_its_days(row: dict[str, str]) -> None:
    found = COUNT.match(row["value_b_zh"])
    assert found is not None
    days = air.days(air.OLD)
    index = days.loc[days["date"].dt.year == int(row["period"]), "aqi"].dropna()
    good, known = int((index <= 100).sum()), len(index)
    assert (int(found[2]), int(found[3])) == (good, known)
    assert float(found[1]) == round(100 * good / known, 1)
    assert f"({good} of {known} days" in row["value_b_en"]


def test_the_archives_pm25_of_2021_is_the_mean_of_its_days() -> None:
    row = next(r for r in tracked.read("contradictions").to_dict("records") if r["contradiction_id"] == "pm25_2021")
    days = tracked.read("air_daily").set_index("date")["pm25_ugm3"].loc["2021"].dropna()
    assert (len(days), round(days.mean(), 1)) == (365, 35.9)
    assert row["value_b_zh"].startswith("35.9微克/立方米（存档逐日均值，365天")
