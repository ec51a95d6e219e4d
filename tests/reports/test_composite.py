"""The composite index: published and computed values side by side, each only where its numbers carry it."""

import pytest

from reports import air, composite


def test_a_month_and_its_published_value_stand_side_by_side() -> None:
    """March 2015 by hand: SO2 22/60, NO2 26/40, PM10 151/70, PM2.5 53/35, CO 1.6/4 (P95), O3 99/160 (P90) = 5.71."""
    (march,) = (one for one in composite.indices() if one.period == "2015-03")
    assert march.published is not None
    assert march.computed is not None
    assert (march.published.value, march.computed.value) == (5.89, 5.71)
    assert (march.computed.provenance.kind, march.computed.provenance.dust) == ("derived", "raw")
    assert not march.computed.confirmed  # the circular is known second-hand


def test_years_are_computed_only_where_all_six_have_their_days() -> None:
    computed = {one.period for one in composite.indices() if one.computed}
    assert {"2014", "2015", "2016"} <= computed
    frame = air.days()
    for period in computed:
        mine = frame[frame["date"].dt.strftime("%Y-%m").str.startswith(period)]
        assert mine["o3_8h_ugm3"].notna().sum() >= (324 if len(period) == 4 else 27)
    assert not computed & {"2013", "2017", "2018", "2025", "2026"}


@pytest.mark.parametrize("period", ["2026", "2025-Q1", "2013-07", "2026-05"])
def test_nothing_is_computed_where_profile_or_days_are_missing(period: str) -> None:
    assert composite.computed(period) is None


def test_every_published_index_is_shown_latest_first() -> None:
    periods = [one.period for one in composite.indices()]
    assert {"2013-07", "2015-03", "2020-06", "2021", "2022"} <= set(periods)
    assert periods[0] == "2022"
