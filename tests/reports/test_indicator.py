"""One indicator with all that is known of it."""

from datetime import date

import pytest

from reports import figures, indicator
from store import facts, records

TODAY = date(2026, 11, 23)


def test_the_city_comes_first_and_every_figure_is_there() -> None:
    known = indicator.of("good_day_share_pct", TODAY)
    assert known.series[0].area.area_id == "xining"
    table = facts.table("figures")
    mine = table[(table["indicator_id"] == "good_day_share_pct") & (table["kind"] != "planned")]
    assert sum(len(one.points) for one in known.series) == len(mine)
    assert known.latest == figures.series("good_day_share_pct", "xining")[-1]
    assert {one.plan.plan_id for one in known.promises} == {"xn13", "xn14"}


@pytest.mark.slow
def test_every_indicator_can_be_given() -> None:
    for name in facts.by_id(records.Indicator):
        known = indicator.of(name, TODAY)
        assert known.row.indicator_id == name
        assert all(one.points for one in known.series)


def test_an_unknown_one_is_refused() -> None:
    with pytest.raises(KeyError):
        indicator.of("happiness", TODAY)
