"""A district's report: what lies nearest to it, and what of the facts is its own."""

from datetime import date

import pytest

from reports import actions, water
from reports import district as districts
from reports.found import NothingFoundError

TODAY = date(2026, 11, 23)
SEVEN = ("chengdong", "chengzhong", "chengxi", "chengbei", "huangzhong", "datong", "huangyuan")


def test_the_seven_are_known_in_the_order_of_their_codes() -> None:
    assert tuple(one.area_id for one in districts.districts()) == SEVEN


def test_a_station_in_the_district_goes_before_others_and_one_outside_is_named_as_such() -> None:
    found = {one: districts.district(one, TODAY).station for one in SEVEN}
    assert {one for one, near in found.items() if near and near.inside} == {"chengdong", "chengbei"}
    for one, near in found.items():
        assert near is not None
        assert near.inside == (near.row.area_id == one)


def test_the_nearest_section_has_a_class_and_none_with_a_class_is_nearer() -> None:
    near = districts.district("datong", TODAY).section
    assert near is not None
    assert near.section.id == "taer"  # of the three on the upper Beichuan the only one with a class
    assert near.section.latest is not None
    assert near.provenance == near.section.latest.provenance
    silent = {one.id for one in water.river(TODAY).sections if one.latest is None}
    assert {"heiquan", "xiamen_bridge"} <= silent


def test_reports_by_district_add_up_to_the_batch() -> None:
    found = [districts.district(one, TODAY) for one in SEVEN]
    assert sum(one.reports_n or 0 for one in found) == actions.complaints().total
    assert found[1].reports_n == 6


def test_without_a_batch_no_number_of_reports_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> actions.Batch:
        raise NothingFoundError("complaints")

    monkeypatch.setattr(actions, "complaints", none)
    found = districts.district("chengzhong", TODAY)
    assert (found.batch, found.reports_n) == (None, None)


def test_only_the_district_the_plan_is_for_has_one() -> None:
    assert [one for one in SEVEN if districts.district(one, TODAY).plan] == ["chengzhong"]


def test_parks_are_those_of_the_district() -> None:
    names = [one.name.zh for one in districts.district("chengxi", TODAY).parks]
    assert "人民公园" in names
    assert "南山公园" not in names


def test_there_is_no_eighth() -> None:
    with pytest.raises(KeyError):
        districts.district("haidong", TODAY)


def test_two_of_the_seven_are_counties() -> None:
    assert {one for one in SEVEN if districts.district(one, TODAY).county} == {"datong", "huangyuan"}
