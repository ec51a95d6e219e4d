from datetime import date

import pytest

from reports import story
from tests.checks import not_none

TODAY = date(2026, 11, 23)


def test_the_sky_is_reported_by_the_first_and_the_last_whole_year() -> None:
    sky = story.sky()
    assert (sky.then.year, sky.now.year) == (2014, 2025)  # 2013 begins in October, 2026 ends in October
    assert (sky.then.good_days, sky.then.known_days) == (264, 365)
    assert (sky.now.good_days, sky.now.known_days) == (346, 365)
    assert (sky.provenance.period, sky.provenance.standard) == ("2014/2025", "HJ 633-2026")


def test_by_the_stricter_rule_both_years_have_fewer_good_days() -> None:
    sky = story.sky()
    assert {sky.then_by_new.edition, sky.now_by_new.edition} == {"HJ 633-2026"}
    assert (sky.then_by_new.good_days, sky.now_by_new.good_days) == (177, 334)
    assert sky.then_by_new.good_days < sky.then.good_days
    assert sky.now_by_new.good_days < sky.now.good_days


def test_three_steps_make_the_two_years_alike() -> None:
    """264 → 346 as judged then; 177 → 334 by the same limits; 271 → 334 in the same state: 94 of the 157 are the rule."""
    sky = story.sky()
    assert [(one.name, one.then, one.now, one.more) for one in sky.steps] == [
        ("of_their_time", 264, 346, 82),
        ("same_limits", 177, 334, 157),
        ("same_state", 271, 334, 63),
    ]
    assert [one.left for one in sky.steps] == [("state",), ("state",), ()]
    assert sky.by_rule == 94
    assert (sky.then_alike.low, sky.then_alike.high) == (266, 282)
    assert sky.provenance.kind == "estimated"


def test_on_how_many_days_ozone_is_known_in_each_year() -> None:
    sky = story.sky()
    assert (sky.then.ozone_known_days, sky.now.ozone_known_days) == (364, 0)
    assert sky.now.ozone_days["proven_not_exceeding"] == 357
    assert {one.ozone for one in (sky.then, sky.now, sky.then_by_new, sky.now_by_new)} == {"excluded"}


def test_the_drop_of_water_passes_every_section_and_every_mouth() -> None:
    journey = story.journey(TODAY)
    kinds = [stop.kind for stop in journey.stops]
    assert kinds == ["inflow", "joins", "passes", "passes", "joins", "joins", "passes", "joins", "outflow"]
    stem = [stop.section.id for stop in journey.stops if stop.kind != "joins" and stop.section]
    assert stem == [section.id for section in journey.river.main.sections]
    assert (journey.known, journey.total) == (5, 13)


def test_a_river_shows_its_lowest_section_with_a_class() -> None:
    xinachuan, beichuan, nanchuan, shatangchuan = (s for s in story.journey(TODAY).stops if s.kind == "joins")
    assert beichuan.section is not None
    assert beichuan.section.id == "runze"  # below it lies Chaoyang, of which no class is known
    assert nanchuan.section is not None
    assert (nanchuan.section.id, not_none(nanchuan.known).period) == ("liuyi", "2023-01/2023-09")
    assert nanchuan.section is nanchuan.stream.sections[-1]
    assert (xinachuan.section, xinachuan.known) == (None, None)  # no section of these two is in the plans
    assert (shatangchuan.section, shatangchuan.known) == (None, None)


def test_before_the_first_reading_no_class_is_known_of_a_river_that_joins() -> None:
    early = story.journey(date(2019, 1, 1))
    assert all(stop.known is None for stop in early.stops if stop.kind == "joins")
    assert early.known <= 1


def test_a_thing_thrown_away_is_followed_by_the_figures_of_its_kind() -> None:
    result = {thing.id: [point.value for point in thing.points] for thing in story.things(TODAY)}
    assert result == {
        "bag": [89.2, 4.21, 100],
        "bottle": [38.7],
        "food": [9],
        "battery": [],  # nothing was published of batteries from homes
        "slag": [434.34, 400.08, 10.24],
    }
    assert [thing.points for thing in story.things(date(2008, 1, 1))] == [()] * 5


def test_the_advice_rests_on_what_was_known_on_the_day() -> None:
    part = story.part(TODAY)
    assert part.buses is not None
    assert part.outfalls is not None
    assert part.household is not None
    assert (part.buses.value, part.outfalls.value) == (33, 1515)
    assert part.household.kwh_per_t == pytest.approx(471.97, abs=0.01)
    assert not_none(part.reported).total == 24
    early = story.part(date(2016, 6, 30))
    assert (early.buses, early.household) == (None, None)
