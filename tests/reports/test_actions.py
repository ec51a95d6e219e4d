"""Tasks, reports and measures against the plan, the newspaper page and the published figures, typed by hand."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import delete

from reports import actions
from reports.found import NothingFoundError
from store import database, schema
from tests import live_stores
from tests.imports import own_store

TODAY = date(2026, 11, 23)


def by_number(today: date = TODAY) -> dict[str, actions.Part]:
    return {part.number: part for part in actions.tasks(today).parts}


def test_nineteen_tasks_are_twenty_three_pieces_of_work() -> None:
    report = actions.tasks(TODAY)
    assert (report.tasks_n, len(report.parts), len(report.dated), len(report.past)) == (19, 23, 15, 4)
    assert report.plan.status == "draft"


def test_the_deadlines_stand_in_order_and_work_without_one_comes_last() -> None:
    found = [(one.due, len(one.parts)) for one in actions.tasks(TODAY).deadlines]
    assert found == [(date(2024, 12, 31), 1), (date(2025, 12, 31), 3), (date(2026, 12, 31), 11), (None, 8)]


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (date(2025, 12, 30), "ahead", 1),
        (date(2025, 12, 31), "ahead", 0),  # the day itself still counts
        (date(2026, 1, 1), "past", -1),
    ],
)
def test_a_deadline_is_over_the_day_after(today: date, state: str, left: int) -> None:
    outfalls = by_number(today)["7.3"]
    assert (outfalls.state, outfalls.days_left) == (state, left)


def test_work_without_a_date_is_carried_on() -> None:
    misconnections = by_number()["10"]
    assert (misconnections.state, misconnections.days_left, misconnections.due) == ("ongoing", None, None)


def test_no_result_was_published_for_what_is_due() -> None:
    assert {part.number for part in actions.tasks(TODAY).past} == {"5", "6", "7.3", "16"}
    assert [part.number for part in actions.tasks(TODAY).past if part.result] == []


def test_the_next_date_is_none_once_all_are_over() -> None:
    following = actions.tasks(TODAY).following
    assert following is not None
    assert (following.due, len(following.parts)) == (date(2026, 12, 31), 11)
    over = actions.tasks(date(2027, 1, 1))
    assert over.following is None
    assert len(over.past) == 15


def test_open_work_is_what_passed_its_end_unreported_then_what_ends_next() -> None:
    report = actions.tasks(TODAY)
    unreported = [part for part in report.past if part.result is None and part.status is None]
    assert report.following is not None
    assert [part.number for part in report.open_parts] == [
        part.number for part in (*unreported, *report.following.parts)
    ]
    over = actions.tasks(date(2027, 6, 1))
    assert over.open_parts == tuple(part for part in over.past if part.result is None and part.status is None)


# Responsible and supporting bodies in the order in which the draft names them.
NAMED = {
    "2": (("publicity",), ("cyberspace", "social_work", "youth_league", "development", "education", "forestry", "environment")),
    "7.1": (("forestry", "environment"), ("river_towns",)),
    "7.2": (("forestry", "environment"), ("river_towns",)),
    "7.3": (("environment",), ("housing", "agriculture", "river_towns")),
    "8": (("environment", "housing"), ("market", "development")),
    "11.2": (("environment", "agriculture", "utilities"), ()),
    "12": (
        ("city_management", "agriculture", "market", "development", "housing", "utilities"),
        ("zongzhai", "subdistricts"),
    ),
    "16": (("environment", "court", "procuratorate", "police"), ()),
}  # fmt: skip


@pytest.mark.parametrize("number", list(NAMED))
def test_bodies_stand_in_the_order_of_the_plan(number: str) -> None:
    part = by_number()[number]
    responsible, support = (tuple(body.body_id for body in role) for role in (part.responsible, part.support))
    assert (responsible, support) == NAMED[number]
    assert part.bodies == responsible + support


def test_every_body_and_every_role_is_counted() -> None:
    report = actions.tasks(TODAY)
    first = report.loads[0]
    assert (first.body.body_id, first.responsible, first.support) == ("environment", 12, 3)
    assert sum(load.responsible for load in report.loads) == sum(len(part.responsible) for part in report.parts)
    assert sum(load.support for load in report.loads) == sum(len(part.support) for part in report.parts)
    assert all(part.responsible for part in report.parts)


def test_each_piece_of_work_names_where_it_is_in_the_plan() -> None:
    part = by_number()["7.3"]
    assert part.provenance.sources[0].document.document_id == "action2426"
    assert part.provenance.sources[0].place == "三、（三）7（3）"


MEASURES = {
    ("air", "coal_to_gas_households_n"): [("=", 8018, "2024-06")],
    ("air", "low_nox_boiler_tph"): [(">", 600, "2024-06")],
    ("air", "diesel_trucks_retired_n"): [("=", 657, "2024-06")],
    ("air", "obd_trucks_n"): [("=", 2400, "2024-06")],
    ("air", "coal_to_gas_boilers_n"): [("=", 205, "2016/2020")],
    ("air", "coal_to_gas_boiler_tph"): [("=", 1083, "2016/2020")],
    ("air", "old_vehicles_retired_10k"): [("=", 3.73, "2016/2020")],
    ("air", "vapour_stations_n"): [("=", 104, "2016/2020")],
    ("water", "outfalls_fixed_n"): [("=", 668, "2016"), ("=", 743, "2016/2020"), ("=", 1515, "2025")],
    ("greening", "greenway_km"): [("=", 465, "2020")],
}


@pytest.mark.parametrize(("theme", "indicator"), list(MEASURES))
def test_measures_are_as_published(theme: str, indicator: str) -> None:
    done = next(one for one in actions.measures() if one.theme == theme)
    series = next(one for one in done.measured if one.indicator.indicator_id == indicator)
    assert [(p.op, p.value, p.period) for p in series.points] == MEASURES[theme, indicator]
    assert all(p.provenance.sources[0] in done.provenance.sources for p in series.points)


def test_measures_hold_no_rates_no_plans_and_nothing_of_other_places() -> None:
    for done in actions.measures():
        for series in done.measured:
            assert series.indicator.unit_id != "%"
            for point in series.points:
                assert point.row.kind != "planned"
                assert point.row.area_id not in ("qinghai", "china")
    assert "industry" not in {done.theme for done in actions.measures()}


def test_the_network_of_2020() -> None:
    values = {
        series.indicator.indicator_id: series.points[-1].value for done in actions.network() for series in done.measured
    }
    assert (values["air_stations_n"], values["water_points_n"], values["noise_points_n"]) == (24, 83, 299)
    assert (values["online_firms_n"], values["online_devices_n"]) == (78, 493)


def test_the_zone_uses_less_energy_for_the_same_value() -> None:
    report = actions.industry(TODAY)
    assert [(p.period, p.value) for p in report.energy] == [("2021", -5.6), ("2022", -18.8), ("2023-Q1/2023-Q3", -12.8)]
    assert report.city_energy is not None
    assert (report.city_energy.period, report.city_energy.value) == ("2025", -7.1)
    titles = {one.indicator.indicator_id: one.points[-1].value for one in report.titles.measured}
    assert titles == {
        "green_parks_n": 4,
        "green_factories_n": 36,
        "green_factories_national_n": 24,
        "green_products_n": 45,
    }
    assert not set(titles) & {one.indicator.indicator_id for one in report.works.measured}


@pytest.mark.parametrize("missing", ["works", "capacity", "titles"])
def test_green_industry_of_which_a_part_is_missing_is_not_found(missing: str, tmp_path: Path) -> None:
    gone = {one.indicator.indicator_id for one in getattr(actions.industry(TODAY), missing).measured}
    with live_stores.filled(tmp_path), own_store(tmp_path / "live.db", tmp_path):
        with database.engine().begin() as connection:
            connection.execute(delete(schema.figures).where(schema.figures.c.indicator_id.in_(gone)))
        with pytest.raises(NothingFoundError) as error:
            actions.industry(TODAY)
    assert error.value.what == "industry"


def test_the_batch_of_reports() -> None:
    batch = actions.complaints()
    assert (batch.number, batch.day, batch.total) == ("17", date(2023, 12, 9), 24)
    assert {one.row.item: one.n for one in batch.by_district} == {
        "chengzhong": 6, "huangzhong": 5, "chengxi": 4, "chengbei": 3, "datong": 3, "chengdong": 2, "huangyuan": 1,
    }  # fmt: skip
    assert [one.n for one in batch.by_kind] == [9, 7, 3, 2, 1, 2]  # most first, «other» at the end
    assert batch.by_kind[-1].row.item == "other"
    for counts in (batch.by_district, batch.by_kind, batch.by_channel):
        assert sum(one.n for one in counts) == 24


def test_the_hotlines_come_from_the_plan() -> None:
    assert [number for number, _ in actions.hotlines()] == ["12369", "12345"]
    assert {provenance.sources[0].document.document_id for _, provenance in actions.hotlines()} == {"plan14"}


def test_what_was_published_of_the_district_is_older_than_its_plan() -> None:
    found = {(p.row.indicator_id, p.period): p.value for p in actions.of_the_district(TODAY)}
    assert found["good_day_share_pct", "2023-01/2023-09"] == 91.1
    assert found["liuyi_class", "2023-01/2023-09"] == 3
    assert found["pm25_period_ugm3", "2023-01/2023-09"] == 26.4
    ends = [point.end for point in actions.of_the_district(TODAY)]
    assert ends == sorted(ends, reverse=True)
    assert all(end < date(2024, 1, 1) for end in ends)  # so none of them answers a target of 2026
    assert not actions.of_the_district(date(2015, 1, 1))


def test_the_two_leading_kinds_of_reports_leave_out_what_was_put_together() -> None:
    batch = actions.complaints()
    assert [(one.row.item, one.n) for one in batch.leading_kinds] == [("air", 9), ("noise", 7)]
    few = replace(batch, by_kind=(batch.by_kind[-1], batch.by_kind[0]))
    assert [one.row.item for one in few.leading_kinds] == ["air"]


def test_work_past_its_end_of_which_nothing_was_published() -> None:
    report = actions.tasks(TODAY)
    assert [part.number for part in report.past_unpublished] == ["5", "6", "7.3", "16"]
    assert report.open_parts[: len(report.past_unpublished)] == report.past_unpublished


def test_published_amounts_of_a_theme_run_from_the_latest() -> None:
    for one in actions.measures():
        ends = [point.end for _, point in one.latest_first]
        assert ends == sorted(ends, reverse=True)
        assert one.end_year == ends[0].year
    assert max(one.end_year for one in actions.network()) == 2024


def test_energy_fell_only_where_every_year_did() -> None:
    report = actions.industry(TODAY)
    assert report.energy_fell
    last = replace(report.energy[-1], value=0.1)
    assert not replace(report, energy=(*report.energy[:-1], last)).energy_fell
