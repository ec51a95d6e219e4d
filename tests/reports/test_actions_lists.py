"""Days of the year, milestones, works of the plan's boxes, schemes."""

from datetime import date

import pytest

from reports import milestones, observances, projects, schemes

TODAY = date(2026, 11, 29)


def test_the_next_environment_day_is_the_nearest_one_ahead() -> None:
    found = observances.coming(TODAY)
    assert [(one.row.observance_id, one.date, one.days_left) for one in found] == [
        ("zero_waste_day", date(2027, 3, 30), 121),
        ("biodiversity_day", date(2027, 5, 22), 174),
        ("environment_day", date(2027, 6, 5), 188),
        ("ecology_day", date(2027, 8, 15), 259),
    ]
    (environment,) = (one for one in found if one.row.observance_id == "environment_day")
    assert environment.last is not None
    assert environment.last.event_id == "environment_day_2026"


def test_a_day_that_is_today_comes_with_no_day_left() -> None:
    first = observances.coming(date(2026, 6, 5))[0]
    assert (first.row.observance_id, first.days_left) == ("environment_day", 0)
    assert observances.coming(date(2026, 6, 6))[0].row.observance_id == "ecology_day"


def test_milestones_lead_from_2015_to_2026_in_order() -> None:
    found = milestones.milestones(TODAY)
    starts = [one.start for one in found]
    assert starts == sorted(starts)
    assert (starts[0].year, starts[-1].year) == (2015, 2026)
    assert all(one.start <= date(2023, 12, 31) for one in milestones.milestones(date(2023, 12, 31)))


def test_works_come_from_all_seven_boxes_and_those_with_a_target_are_followed() -> None:
    found = projects.projects(TODAY)
    assert found.boxes == (1, 2, 3, 4, 5, 6, 7)
    by_id = {one.row.project_id: one for one in found.every}
    incinerator = next(one for one in found.every if one.row.target_no == "T60")
    assert incinerator.promise is not None
    assert incinerator.promise.judgement.status == "met"
    ants = by_id["b1-04"]
    assert ants.area is not None
    assert (ants.area.area_id, ants.promise) == ("chengbei", None)
    assert all(one.row.target_no is None or one.promise for one in found.every)


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        (schemes.PILOT, {"1": 1, "3": 3, "4": 4, "N": 1}),
        (schemes.LATER, {"1+N": 1, "2+N": 1, "3+N": 1}),
        (schemes.BARRIER, {"core": 1, "inner": 1, "outer": 3, "corridor": 3}),
        (schemes.RIVER, {"river": 1, "stream": 3, "reach": 6}),
    ],
)
def test_a_scheme_has_as_many_parts_as_its_short_form_says(name: str, sizes: dict[str, int]) -> None:
    assert {group: len(parts) for group, parts in schemes.scheme(name).groups} == sizes


def test_a_scheme_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="no scheme"):
        schemes.scheme("nonsense")
