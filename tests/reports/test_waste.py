from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from reports import conflicts, waste
from reports.figures import Measured

TODAY = date(2026, 11, 23)


def test_the_flow_of_2022_leaves_a_rest_nobody_states() -> None:
    flow = waste.flow(TODAY)
    assert flow is not None
    assert (flow.period, flow.generated.value, flow.used.value, flow.disposed.value) == ("2022", 434.34, 400.08, 10.24)
    assert flow.unstated_10kt == 24.02  # 434.34 − 400.08 − 10.24
    shares = [flow.share_pct(amount) for amount in (flow.used.value, flow.disposed.value, flow.unstated_10kt)]
    assert shares == pytest.approx([92.112, 2.358, 5.530], abs=0.001)
    assert sum(shares) == pytest.approx(100)
    assert flow.provenance.kind == "derived"
    assert {source.document.document_id for source in flow.provenance.sources} == {"bulletin2022"}


def test_without_a_complete_year_there_is_no_flow() -> None:
    assert waste.flow(date(2021, 12, 31)) is None  # 2009 has only what was generated


def test_a_tonne_of_household_waste_gives_about_472_kwh() -> None:
    household = waste.household(TODAY)
    assert household is not None
    assert (household.burnt.value, household.power.value) == (89.2, 4.21)
    assert household.kwh_per_t == pytest.approx(471.97, abs=0.01)  # 421,000,000 kWh ÷ 892,000 t
    assert household.capacity is not None
    assert household.capacity.value == 3000
    assert waste.household(date(2025, 12, 30)) is None


def test_cells_keep_what_was_planned_apart_from_what_was_built() -> None:
    cells = waste.overview(TODAY).cells
    assert [(p.value, p.row.kind) for p in cells.counts] == [(400, "planned"), (957, "stated")]
    assert cells.kinds is not None
    assert cells.kinds.value == 21
    assert [p.value for p in cells.guides] == [8, 13]


def test_three_rates_of_use_are_three_indicators() -> None:
    recycling = waste.overview(TODAY).recycling
    assert [(m.indicator.indicator_id, [p.value for p in m.points]) for m in recycling] == [
        ("waste_resource_use_2019_pct", [25]),
        ("waste_recycling_pct", [38.7]),
        ("waste_resource_use_pct", [88]),
    ]


def test_the_share_put_to_use_lies_below_start_and_target() -> None:
    report = waste.overview(TODAY)
    assert [(p.period, p.value) for p in report.utilisation.points] == [("2009", 91.9), ("2020", 93.4), ("2022", 92.1)]
    assert report.utilisation.points[-1].provenance.kind == "derived"
    promise = next(p for p in report.promised if p.indicator.indicator_id == "isw_utilisation_pct")
    assert (promise.target.target_op, promise.target.target_value) == (">", 93.4)
    assert promise.latest is not None
    assert promise.latest.value == 92.1


def test_city_and_district_promises_stay_apart() -> None:
    report = waste.overview(TODAY)
    assert {p.area.area_id for p in report.promised} == {"xining"}
    assert {p.area.area_id for p in report.district} == {"chengzhong"}
    district = next(p for p in report.district if p.indicator.indicator_id == "isw_utilisation_pct")
    assert district.target.target_value == 60
    assert district.latest is None  # the city's figures say nothing of the district


def test_pilot_tasks_and_intensity() -> None:
    report = waste.overview(TODAY)
    assert sorted(p.value or 0 for p in report.pilot) == [4, 8]
    assert [(p.period, p.value) for p in report.intensity.points] == [("2015?", 1.38), ("2020", 0.87)]
    assert report.plan_tasks is not None
    assert report.plan_tasks.value == 25


def test_the_change_of_the_intensity_is_in_percent_of_its_first_figure() -> None:
    report = waste.overview(TODAY)
    assert report.intensity_change_pct == pytest.approx(-36.96, abs=0.01)  # 0.87 after 1.38
    alone = Measured(report.intensity.indicator, report.intensity.points[:1])
    assert replace(report, intensity=alone).intensity_change_pct is None


def test_kinds_of_cells_belong_to_the_count_of_the_same_time() -> None:
    cells = waste.overview(TODAY).cells
    assert [cells.kinds_of(count) is not None for count in cells.counts] == [False, True]


def test_the_two_national_lists_are_shown_apart_from_the_other_contradictions() -> None:
    report = waste.overview(TODAY)
    assert report.indicator_lists not in report.contradictions
    assert {report.indicator_lists, *report.contradictions} == set(conflicts.of_theme("waste"))


def test_the_share_put_to_use_has_the_citys_promise() -> None:
    goal = waste.overview(TODAY).utilisation_goal
    assert goal is not None
    assert goal.number == "xn14-17"


def test_a_rate_the_plans_text_gives_a_number_for_is_not_called_untargeted() -> None:
    """Chapter 8 and box 6 want all medical waste collected and treated, though table 2 has no row for it."""
    report = waste.overview(TODAY)
    rated = {p.indicator.indicator_id: p.target for p in report.rated}
    assert rated["medical_waste_disposal_pct"].target_value == 100
    assert rated["medical_waste_disposal_pct"].baseline_value == 100
    assert [one.indicator.indicator_id for one in report.untargeted] == [
        "hazardous_waste_disposal_pct",
        "solid_waste_safe_pct",
    ]


def test_the_tasks_of_a_plan_are_planned_not_done() -> None:
    report = waste.overview(TODAY)
    assert report.plan_tasks is not None
    assert (report.plan_tasks.value, report.plan_tasks.row.kind, report.plan_tasks.provenance.kind) == (
        25,
        "planned",
        "planned",
    )
    assert all(point.row.kind != "planned" for point in report.pilot)


def test_built_cells_are_counts_stated_up_to_the_day_and_no_plan() -> None:
    cells = waste.overview(TODAY).cells
    assert {one.row.kind for one in cells.counts} > {"stated"}
    assert cells.built
    assert all(one.row.kind == "stated" for one in cells.built)
    first = cells.built[0]
    assert first in waste.overview(first.end).cells.built
    assert first not in waste.overview(first.end - timedelta(days=1)).cells.built


def test_a_kind_of_waste_without_a_figure_stays_unknown_and_a_district_does_not_stand_in_for_the_city() -> None:
    found = {one.kind: one for one in waste.streams(TODAY)}
    assert (found["construction"].share, found["construction"].amount, found["construction"].rest_pct) == (
        None,
        None,
        None,
    )
    assert found["manure"].share is None
    assert found["hazardous"].rest_pct == 0.65
    assert {point.row.area_id for one in found.values() for point in (one.share, one.amount) if point} == {"xining"}
