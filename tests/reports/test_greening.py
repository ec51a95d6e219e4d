from datetime import date

import pytest
from msgspec.structs import replace

from reports import figures, greening

TODAY = date(2026, 11, 23)


def test_forest_cover_runs_from_32_to_37_8_with_the_rounded_figure_in_sight() -> None:
    points = greening.forest(TODAY).points
    assert [(p.period, p.op, p.value) for p in points] == [
        ("2014", "=", 32),
        ("2016", "=", 32),
        ("2018", "=", 34.1),
        ("2020", "=", 36),
        ("2021", "=", 36.5),
        ("2022", "=", 37),
        ("2023", "=", 37.4),
        ("2024", "=", 37.8),
        ("2025-05", "~", 37),
        ("2025-06", "=", 37.8),
    ]


def test_the_pace_is_plain_arithmetic() -> None:
    forest = greening.forest(TODAY)
    pace = forest.pace
    assert pace is not None
    assert (pace.start.value, pace.latest.value, pace.left_pp) == (36, 37.8, 0.2)
    assert pace.needed_pp_a == pytest.approx(2 / 5, abs=0.001)  # 36 → 38 in five years
    assert pace.achieved_pp_a == pytest.approx(1.8 / 4.496, abs=0.001)  # 36 → 37.8 in 1,642 days
    assert pace.provenance.kind == "derived"
    assert not forest.due_published


def test_a_start_published_as_a_whole_number_leaves_the_pace_open() -> None:
    """36 may be 35.5 to 36.5: between 0.28 and 0.52 points a year, on both sides of the 0.4 needed."""
    pace = greening.forest(TODAY).pace
    assert pace is not None
    assert pace.doubt_pp_a == pytest.approx((0.5 + 0.05) / 4.496, abs=0.001)
    assert pace.against_the_plan == "same"
    slow = replace(pace, achieved_pp_a=pace.needed_pp_a - pace.doubt_pp_a - 0.01)
    assert (slow.against_the_plan, replace(slow, achieved_pp_a=1).against_the_plan) == ("slower", "faster")


def test_on_an_earlier_day_only_what_was_known_counts() -> None:
    forest = greening.forest(date(2024, 6, 1))
    assert forest.points[-1].value == 37.4
    assert forest.pace is not None
    assert forest.pace.left_pp == 0.6
    assert forest.pace.achieved_pp_a == pytest.approx(1.4 / 3, abs=0.001)


def test_without_a_figure_after_the_start_there_is_no_pace() -> None:
    assert greening.forest(date(2020, 12, 31)).pace is None


def test_the_hills_then_and_now_and_the_district() -> None:
    report = greening.overview(TODAY)
    assert [(p.period, p.value) for p in report.hills] == [("1989", 7.2), ("2020", 79)]
    district = report.forest.district
    assert district is not None
    assert (district.target.target_value, district.latest) == (31.48, None)


def test_nothing_was_published_of_wetlands_protected_since_the_start() -> None:
    wetlands = greening.overview(TODAY).wetlands
    assert wetlands.target is not None
    assert (wetlands.target.target.baseline_value, wetlands.target.target.target_value) == (73, 80)
    assert wetlands.target.judgement.status == "due_not_found"
    assert [p.value for p in wetlands.park_ratio] == [47.5, 64.67]
    assert wetlands.park_ha is not None
    assert wetlands.park_ha.value == 508.7


def test_green_cover_has_not_moved_since_2016() -> None:
    flat = greening.unchanged_since(greening.overview(TODAY).green_cover.points)
    assert flat is not None
    assert (flat.period, flat.value) == ("2016", 40.5)
    assert greening.unchanged_since(figures.series("grass_cover_pct", "xining")) is None  # 61.2, then 62.3


def test_land_greened_by_period_and_the_years_it_spans() -> None:
    points = greening.overview(TODAY).land_greened.points
    assert [(p.period, p.value, greening.years_in(p)) for p in points] == [
        ("2016/2020", 284.5, 5),
        ("2021", 81, 1),
        ("2022", 75.15, 1),
        ("2023", 28.7, 1),
    ]
    assert [greening.mean_of_a_year(p) for p in points] == pytest.approx([56.9, 81, 75.15, 28.7])


def test_the_promises_with_blocks_of_their_own_are_not_given_twice() -> None:
    result = {p.indicator.indicator_id for p in greening.overview(TODAY).promised}
    assert {"soil_conservation_pct", "eqi", "redline_area_10k_km2", "soil_erosion_new_km2"} <= result
    assert not result & {"forest_cover_pct", "wetland_protection_pct"}


def test_green_places_come_surest_first_and_name_their_sources() -> None:
    places = greening.places()
    assert {p.kind for p in places} == {"park", "forest", "wetland", "reserve"}
    assert [p.accuracy_m for p in places] == sorted(p.accuracy_m for p in places)
    assert "places.osm" in {source.document.document_id for source in greening.places_provenance().sources}
