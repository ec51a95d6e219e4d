"""What a day and a year say of ozone."""

from typing import Any

import pytest
from msgspec.structs import replace

from reports import air, air_gaps
from views.text import air as air_words
from views.text.words import Words

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("more", "primary", "ozone"),
    [
        ({"ozone": "counted", "aqi_at_most": 39}, "AQI of 50 or less", ""),
        ({"ozone": "counted_from_stations", "aqi_at_most": 39, "ozone_stations": 3}, "AQI of 50 or less", "3 stations"),
        ({"ozone": "proven_not_exceeding", "aqi_at_most": 61}, "Everything counted", "at most 61"),
        ({"ozone": "proven_not_exceeding", "aqi_at_most": 39}, "AQI of 50 or less", "stay the same"),
        ({"ozone": "unknown", "aqi_at_most": 114}, "Everything counted", "perhaps above the limit"),
        ({"ozone": "unknown", "aqi_at_most": None}, "Everything counted", "may be higher"),
        (
            {"ozone": "unknown", "aqi_at_most": None, "aqi": 80, "primary": ("PM10",)},
            "among the pollutants counted",
            "",
        ),
        (
            {"ozone": "proven_not_exceeding", "aqi": 80, "aqi_at_most": 80, "primary": ("PM10",)},
            "Primary pollutant:",
            "",
        ),
    ],
)
def test_a_day_names_what_its_index_counts(more: dict[str, Any], primary: str, ozone: str) -> None:
    day = replace(air.latest_day(), **more)
    assert primary in air_words.primary(day, EN)
    sentence = air_words.ozone(day, EN)
    assert ozone in sentence
    assert bool(sentence) == (day.ozone != "counted")


def test_a_year_names_what_ozone_alone_takes_from_it() -> None:
    sentence = air_words.ozone_year(air.ozone_alone(2026), ZH)
    for words in (
        "101 天有臭氧8小时值（由站点推得）",
        "只因臭氧超标的有 6 天",
        "其中 3 天站点有的高于",
        "171 天",
        "7 天不知道",
    ):
        assert words in sentence
    assert "没有一天有臭氧8小时值；357 天" in air_words.ozone_year(air.ozone_alone(2025), ZH)
    assert "364 天有臭氧8小时值，都没有只因臭氧超标" in air_words.ozone_year(air.ozone_alone(2014), ZH)
    # By the 2012 edition the largest hour is an item of its own: it alone can take a day whose 8-hour value is not known.
    assert "没有一天有臭氧8小时值，只因臭氧超标的有 4 天" in air_words.ozone_year(air.ozone_alone(2022), ZH)


def test_a_year_with_a_gap_names_its_days_and_what_the_same_days_bring_elsewhere() -> None:
    sentence = air_words.missing(air_gaps.of_year(2023), ZH)
    assert "2023年缺 50 天：2月25日—4月15日。" in sentence
    assert "平均有 6.6 天超标" in sentence
    assert air_words.missing(air_gaps.of_year(2018), EN).startswith("2018 lacks 8 days:")
    assert "on average" not in air_words.missing(air_gaps.of_year(2018), EN)
    assert air_words.missing(air_gaps.of_year(2025), ZH) == ""
