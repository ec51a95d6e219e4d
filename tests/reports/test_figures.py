from datetime import date

import pytest
from msgspec.structs import replace

from reports import figures


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2023", date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2025-06-28", date(2025, 6, 28)),
        ("2024-Q1", date(2024, 3, 31)),
        ("2022-Q3", date(2022, 9, 30)),
        ("2016/2020", date(2020, 12, 31)),
        ("2021-09/2022-02", date(2022, 2, 28)),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, end: date) -> None:
    assert figures.period_end(period) == end


def test_a_series_runs_in_time_and_carries_its_basis() -> None:
    points = figures.series("forest_cover_pct", "xining")
    assert [p.end for p in points] == sorted(p.end for p in points)
    in_2020 = next(p for p in points if p.period == "2020")
    assert (in_2020.value, in_2020.confidence, in_2020.end_year) == (36.0, "primary", 2020)
    assert in_2020.provenance.sources[0].document.document_id == "plan14"


def test_an_inferred_period_bears_its_mark_and_ends_where_it_would() -> None:
    start = figures.series("isw_intensity_t_per_10kcny", "xining")[0]
    assert (start.value, start.period, start.provenance.period) == (1.38, "2015?", "2015?")
    assert (start.row.period, start.end) == ("2015", date(2015, 12, 31))
    months = next(p for p in figures.series("good_day_share_pct", "xining") if p.value == 73.9)
    assert (months.period, months.end) == ("2014-01?/2014-09?", date(2014, 9, 30))


def test_the_latest_figure_is_no_later_than_requested() -> None:
    newest = figures.latest("forest_cover_pct", "xining")
    assert newest is not None
    assert (newest.period, newest.value) == ("2025-06", 37.8)
    before = figures.latest("forest_cover_pct", "xining", until=date(2020, 12, 31))
    assert before is not None
    assert before.value == 36.0


def test_of_two_figures_for_one_period_the_more_certain_is_taken() -> None:
    points = [p for p in figures.series("park_green_m2", "xining") if p.period == "2022"]
    newest = figures.latest("park_green_m2", "xining", until=date(2022, 12, 31))
    assert newest is not None
    assert newest.confidence == max((p.confidence for p in points), key=figures.CONFIDENCE.index)


def test_what_nobody_published_is_none_and_a_plan_is_no_figure() -> None:
    assert figures.series("forest_cover_pct", "china") == ()
    assert figures.latest("forest_cover_pct", "china") is None
    assert figures.latest("forest_cover_pct", "xining", until=date(2000, 1, 1)) is None
    assert [p.value for p in figures.series("zero_waste_cells_n", "xining")] == [957]
    assert [p.value for p in figures.series("zero_waste_cells_n", "xining", planned=True)] == [400, 957]


def test_a_derived_figure_is_not_set_against_a_stated_one() -> None:
    """93.4 % of 2020 was stated, 92.1 % of 2022 worked out from published tonnes: who gives the number differs."""
    series = figures.series("isw_utilisation_pct", "xining")
    found = figures.compare(*(next(p for p in series if p.period == year) for year in ("2020", "2022")))
    assert found.dimensions == ("measurer",)


def test_the_ends_of_a_series_are_reported_only_where_they_compare() -> None:
    forest = figures.series("forest_cover_pct", "xining")
    ends = figures.ends(forest)
    assert ends is not None
    assert (ends[0].period, ends[1].period) == ("2014", "2025-06")
    assert figures.ends(forest[:1]) is None
    assert figures.ends(figures.series("sections_good_pct", "xining")) is None  # begins with a bound, ≥ 87.5 %
    assert figures.ends(figures.series("good_day_share_pct", "xining")) is None  # dust basis unstated


def test_one_year_is_not_set_against_a_five_year_sum() -> None:
    greened = figures.series("land_greened_10kmu", "xining")
    five, one = (next(p for p in greened if p.period == period) for period in ("2016/2020", "2023"))
    assert "span" in figures.compare(five, one).dimensions


def test_words_are_compared_with_nothing() -> None:
    worded = next(p for p in figures.series("six_pollutants_met", "xining") if p.value is None)
    assert figures.compare(worded, worded).dimensions == ("statistic",)


def test_whole_years_of_a_later_definition_follow_those_of_the_earlier() -> None:
    before, after = (
        figures.measured(one, "xining") for one in ("household_waste_harmless_pct", "incineration_power_100gwh")
    )
    assert all(len(p.row.period) == 4 and p.value is not None for p in before.whole_years)
    assert after.after(before) == tuple(p for p in after.whole_years if p.end > before.whole_years[-1].end)
    assert after.after(figures.Measured(before.indicator, ())) == after.whole_years


def test_a_line_joins_firm_figures_that_are_near_in_time() -> None:
    """Two years are near, three are not, and a rounded number between them is no bridge."""
    one = figures.series("forest_cover_pct", "xining")[0]
    years = (("=", 2010), ("=", 2012), ("~", 2013), ("=", 2015), ("=", 2016), ("=", 2020))
    points = [replace(one, op=op, end=date(year, 12, 31)) for op, year in years]
    assert [[p.end_year for p in stretch] for stretch in figures.joined(points)] == [[2010, 2012], [2015, 2016], [2020]]
    assert figures.joined([points[2]]) == ()
