"""Satellite greenness by season and year, worked by hand."""

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from reports import ndvi
from store.clock import ZONE

DISTRICTS_KM2 = {
    "chengdong": 111.4,
    "chengzhong": 156.4,
    "chengxi": 52.5,
    "chengbei": 133.3,
    "huangzhong": 2444.6,
    "datong": 3162.8,
    "huangyuan": 1548.7,
}


def readings(*rows: tuple[str, date, float | None, float]) -> pd.DataFrame:
    """A frame from (area, first day, index or None, valid share)."""
    made: list[dict[str, Any]] = []
    for area, day, index, share in rows:
        at = datetime(day.year, day.month, day.day, tzinfo=ZONE)
        made.append({"place_id": area, "item": "ndvi_valid_pct", "at": at, "value": share})
        if index is not None:
            made.append({"place_id": area, "item": "ndvi", "at": at, "value": index})
    frame = pd.DataFrame(made, columns=["place_id", "item", "at", "value"])
    frame["at"] = pd.to_datetime(frame["at"], utc=True).dt.tz_convert("Asia/Shanghai")
    return frame


def year(area: str, of: int, index: float, n: int = 23, start: int = 0) -> list[tuple[str, date, float, float]]:
    """Composites of a year, all with the same index: every sixteenth day from 1 January."""
    return [(area, date(of, 1, 1) + timedelta(16 * i), index, 90.0) for i in range(start, start + n)]


def test_nothing_stored_gives_nothing() -> None:
    assert ndvi.of_readings(readings()) == ()


@pytest.mark.parametrize(
    ("first_day", "season"),
    [
        (date(2026, 2, 18), (2026, "winter")),  # its middle is 26 February
        (date(2026, 3, 6), (2026, "spring")),
        (date(2026, 5, 25), (2026, "growing")),  # 2 June
        (date(2026, 9, 14), (2026, "growing")),  # 22 September
        (date(2026, 9, 30), (2026, "autumn")),  # 8 October
        (date(2026, 11, 17), (2026, "autumn")),  # 25 November
        (date(2026, 12, 3), (2027, "winter")),  # 11 December counts to the winter that follows
        (date(2026, 12, 19), (2027, "winter")),
    ],
)
def test_a_composite_belongs_to_the_season_of_its_middle(first_day: date, season: tuple[int, str]) -> None:
    assert ndvi._season(first_day) == season


def test_every_composite_of_a_year_is_expected_once() -> None:
    assert {name: ndvi._expected(2026, name) for name in ndvi.SEASONS} == {
        "spring": 5,  # 6 and 22 March, 7 and 23 April, 9 May
        "growing": 8,  # from 25 May to 14 September
        "autumn": 4,  # 30 September, 16 October, 1 and 17 November
        "winter": 6,  # 3 and 19 December, 1 and 17 January, 2 and 18 February
    }


def test_a_season_has_mean_highest_value_and_share() -> None:
    days = [date(2026, 5, 25) + timedelta(16 * i) for i in range(8)]
    indices = [0.3, 0.4, 0.5, 0.6, 0.6, 0.5, 0.4, None]
    shares = [100, 90, 80, 70, 60, 50, 40, 10]
    (area,) = ndvi.of_readings(readings(*(("nanbeishan", *row) for row in zip(days, indices, shares, strict=True))))
    (season,) = area.seasons
    assert (season.year, season.name, season.n, season.expected, season.complete) == (2026, "growing", 7, 8, True)
    assert season.mean == pytest.approx(3.3 / 7)
    assert season.high == 0.6
    assert season.valid_pct == pytest.approx(70)  # (100 + 90 + 80 + 70 + 60 + 50 + 40) ÷ 7
    assert area.latest.value is None  # the last composite was nearly all cloud
    assert area.latest.valid_pct == 10


@pytest.mark.parametrize(("n", "complete"), [(6, True), (5, False)])
def test_a_season_is_complete_with_three_quarters_of_its_composites(n: int, complete: bool) -> None:
    (area,) = ndvi.of_readings(readings(*year("urban_core", 2026, 0.3, n, start=9)))
    (season,) = area.of("growing")
    assert (season.n, season.complete) == (n, complete)


def test_the_latest_composite_is_shown_beside_the_same_days_of_earlier_years() -> None:
    rows = [*year("urban_core", 2023, 0.2), *year("urban_core", 2024, 0.3), *year("urban_core", 2026, 0.4, 17)]
    (area,) = ndvi.of_readings(readings(*rows))
    latest = area.latest
    assert latest.period == "2026-09-14/2026-09-29"
    assert latest.value == 0.4
    assert latest.usual == pytest.approx(0.25)  # 2024 was a leap year: its 257th day is 13 September
    assert latest.earlier == (2023, 2024)
    assert area.provenance.period == "2023-01-01/2026-09-29"


def test_growing_seasons_are_compared_only_where_complete() -> None:
    rows = [*year("urban_core", 2023, 0.2), *year("urban_core", 2024, 0.3), *year("urban_core", 2025, 0.32)]
    (area,) = ndvi.of_readings(readings(*rows, *year("urban_core", 2026, 0.9, 12)))  # three of 2026's eight
    assert area.grown is not None
    assert (area.grown.season.year, area.grown.earlier) == (2025, (2023, 2024))
    assert area.grown.change == pytest.approx(0.07)  # 0.32 − (0.2 + 0.3) ÷ 2
    assert area.grown.notable
    (alone,) = ndvi.of_readings(readings(*year("urban_core", 2025, 0.32)))
    assert alone.grown is None


@pytest.mark.parametrize(("index", "notable"), [(0.316, True), (0.284, True), (0.314, False), (0.286, False)])
def test_a_difference_counts_from_two_hundredths_on(index: float, notable: bool) -> None:
    rows = [*year("urban_core", 2024, 0.3), *year("urban_core", 2025, index)]
    (area,) = ndvi.of_readings(readings(*rows))
    assert area.grown is not None
    assert area.grown.notable is notable


def test_the_city_is_its_seven_districts_each_by_its_valid_area() -> None:
    day, next_day = date(2026, 7, 12), date(2026, 7, 28)
    rows: list[tuple[str, date, float | None, float]] = [
        (area, on, 0.5, 100.0) for on in (day, next_day) for area in DISTRICTS_KM2
    ]
    rows[5] = ("datong", day, 0.8, 50.0)
    rows[9] = ("chengxi", next_day, None, 20.0)
    found = {one.area.area_id: one for one in ndvi.of_readings(readings(*rows))}
    assert list(found) == [*DISTRICTS_KM2, "xining"]
    (season,) = found["xining"].seasons
    assert season.n == 1  # of the second composite one district is not known
    whole, datong = sum(DISTRICTS_KM2.values()), DISTRICTS_KM2["datong"]
    assert season.mean == pytest.approx((0.5 * (whole - datong) + 0.8 * datong / 2) / (whole - datong / 2))
    assert season.valid_pct == pytest.approx(100 * (whole - datong / 2) / whole)


def test_mountains_come_first_and_schematic_outlines_say_so() -> None:
    rows = [(area, date(2026, 7, 12), 0.4, 90.0) for area in ("chengxi", "urban_core", "nanbeishan")]
    areas = ndvi.of_readings(readings(*rows))
    assert [one.area.area_id for one in areas] == ["nanbeishan", "urban_core", "chengxi"]
    assert [one.note is not None for one in areas] == [True, True, False]
    assert "not the published outline" in areas[0].provenance.note_en
    assert {one.provenance.kind for one in areas} == {"provisional"}
    assert {one.provenance.sources[0].document.document_id for one in areas} == {"modis_ndvi"}


def grown(*means: float) -> ndvi.Green:
    """The mountains with these growing seasons from 2018 on, each complete."""
    (found,) = ndvi.of_readings(
        readings(*(row for n, mean in enumerate(means) for row in year("nanbeishan", 2018 + n, mean)))
    )
    return found


@pytest.mark.parametrize(
    ("means", "significant"),
    [((0.3, 0.31), None), ((0.3, 0.31, 0.32, 0.33), None), ((0.3, 0.31, 0.32, 0.33, 0.34), True),
     ((0.3, 0.34, 0.31, 0.33, 0.32), False)],
)  # fmt: skip
def test_a_trend_is_called_one_only_where_the_exact_test_separates_it_from_chance(
    means: tuple[float, ...], significant: bool | None
) -> None:
    """Of four values in order the smallest two-sided p is 2/24, of five 2/120 (Kendall 1970)."""
    assert grown(*means).significant is significant
