"""Two numbers are compared only where they are the same kind of thing: an unequal pair of each kind is refused and named."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from assessment.comparison import (
    Dimension,
    Result,
    Terms,
    alike,
    bounds,
    compare,
    days_needed,
    differing,
    direction,
    season,
    span,
    state_of,
)

SHARE = Terms(
    quantity="good_day_share_pct",
    statistic="share",
    period="2025",
    area="xining",
    edition="HJ 633-2012",
    state="after",
    dust="raw",
    ozone="excluded",
    known_days=365,
    measurer="archive",
)


def test_equal_terms_give_the_difference_whatever_the_year() -> None:
    before = Result(90.1, replace(SHARE, period="2024", known_days=366))
    found = compare(before, Result(94.8, SHARE))
    assert found.comparable
    assert found.difference == pytest.approx(4.7)
    assert found.differs == ()
    assert compare(Result(94.8, SHARE), before).difference == pytest.approx(-4.7)


@pytest.mark.parametrize(
    ("dimension", "change"),
    [
        ("quantity", {"quantity": "good_days_n"}),
        ("area", {"area": "chengbei"}),
        ("statistic", {"statistic": "days"}),
        ("span", {"period": "2024-Q1"}),
        ("span", {"period": "2021/2025"}),
        ("span", {"period": "2024-06"}),
        ("span", {"period": "2024-01-01/2024-10-06", "known_days": 280}),
        ("edition", {"edition": "HJ 633-2026"}),
        ("edition", {"edition": "HJ 633-2012 · HJ 633-2026"}),
        ("state", {"state": "before"}),
        ("state", {"state": "mixed"}),
        ("dust", {"dust": "dust_deducted"}),
        ("dust", {"dust": "unstated"}),
        ("ozone", {"ozone": "counted"}),
        ("ozone", {"ozone": "partly"}),
        ("coverage", {"known_days": 323}),
        ("measurer", {"measurer": "official"}),
        ("measurer", {"measurer": "model"}),
    ],
)
def test_an_unequal_pair_of_each_kind_is_refused_and_named(dimension: Dimension, change: dict[str, Any]) -> None:
    other = Result(90.0, replace(SHARE, **change))
    for pair in ((Result(94.8, SHARE), other), (other, Result(94.8, SHARE))):
        found = compare(*pair)
        assert not found.comparable
        assert found.difference is None
        assert dimension in found.dimensions
    if dimension not in ("span",):  # a span may bring its own needs of days with it
        assert compare(Result(94.8, SHARE), other, named=(dimension,)).difference == pytest.approx(-4.8)


@pytest.mark.parametrize(
    "change",
    [
        {"dust": "unstated"},
        {"ozone": "unstated"},
        {"ozone": "partly"},
        {"state": "mixed"},
        {"edition": "HJ 633-2012 · HJ 633-2026"},
        {"known_days": 300},
    ],
)
def test_two_that_are_equally_unknown_are_not_known_to_be_equal(change: dict[str, Any]) -> None:
    twin = replace(SHARE, **change)
    assert not compare(Result(90.0, twin), Result(91.0, twin)).comparable


def test_seasons_must_be_the_same_part_of_the_year() -> None:
    spring, autumn = replace(SHARE, period="2025-03", known_days=31), replace(SHARE, period="2026-10", known_days=31)
    assert compare(Result(1, spring), Result(2, autumn)).dimensions == ("season",)
    again = replace(spring, period="2026-03")
    assert compare(Result(1, spring), Result(2, again)).comparable
    to_october = replace(SHARE, period="2025-01-01/2025-10-06", known_days=279)
    a_day_longer = replace(SHARE, period="2026-01-01/2026-10-07", known_days=280)
    assert compare(Result(1, to_october), Result(2, a_day_longer)).dimensions == ("season",)


def test_a_snapshot_is_of_its_moment_not_of_a_span() -> None:
    start = Terms("forest_cover_pct", "stock", "2020", "xining")
    latest = replace(start, period="2025-06")
    assert compare(Result(36.0, start), Result(37.8, latest)).difference == pytest.approx(1.8)
    assert compare(Result(1, start), Result(2, replace(latest, statistic="flow"))).dimensions[0] == "statistic"


@pytest.mark.parametrize("op", [">", ">=", "<", "<="])
def test_a_bound_is_compared_with_nothing(op: str) -> None:
    found = compare(Result(65, SHARE, op), Result(100, SHARE))
    assert found.dimensions == ("bound",)
    assert compare(Result(65, SHARE, "~"), Result(100, SHARE)).comparable


def test_one_odd_number_keeps_a_series_from_being_one() -> None:
    years = [replace(SHARE, period=str(year), known_days=365) for year in range(2019, 2026)]
    assert alike(years) == ()
    years[4] = replace(years[4], known_days=315)  # 2023 lacks its dust season
    assert [one.dimension for one in alike(years)] == ["coverage"]
    assert alike(years)[0].second == "315/365"
    assert alike([]) == alike(years[:1]) == ()


@pytest.mark.parametrize(
    ("difference", "better", "expected"),
    [
        (1.0, "up", "better"),
        (-1.0, "up", "worse"),
        (1.0, "down", "worse"),
        (0.0, "down", "same"),
        (1.0, "neither", None),
    ],
)
def test_what_a_difference_means(difference: float, better: str, expected: str | None) -> None:
    found = compare(Result(10, SHARE), Result(10 + difference, replace(SHARE, period="2024")))
    assert direction(found, better) == expected
    refused = compare(Result(10, SHARE), Result(11, replace(SHARE, dust="unstated")))
    assert direction(refused, better) is None


@pytest.mark.parametrize(
    ("period", "named"),
    [
        ("2025", "year"),
        ("2025-01-01/2025-12-31", "year"),
        ("2025-01/2025-12", "year"),
        ("2024-Q1", "quarter"),
        ("2024-06", "month"),
        ("2016/2020", "years"),
        ("2024-12/2025-12", "years"),
        ("2015-01/2015-06", "part_of_year"),
        ("2026-10-06", "day"),
        ("2026-10-06T09", "hour"),
        ("", "unstated"),
    ],
)
def test_spans(period: str, named: str) -> None:
    assert span(period) == named


def test_bounds_and_seasons() -> None:
    assert bounds("2024-Q1") == (date(2024, 1, 1), date(2024, 3, 31))
    assert bounds("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert bounds("2016/2020") == (date(2016, 1, 1), date(2020, 12, 31))
    assert season("2024-02") == season("2023-02") == "02-01/02-28"
    assert season("2024-Q1") == "01-01/03-31"
    assert season("2025") == ""
    with pytest.raises(ValueError, match="no-day"):
        bounds("no-day")


@pytest.mark.parametrize(
    ("period", "needed"),
    [("2025", 324), ("2024", 324), ("2025-01-01/2025-10-06", 248), ("2025-01", 28), ("2025-06-01", 1)],
)
def test_days_needed(period: str, needed: int) -> None:
    assert days_needed(period) == needed
    terms = replace(SHARE, period=period, known_days=needed)
    assert terms.covered
    assert not replace(terms, known_days=needed - 1).covered


@pytest.mark.parametrize(
    ("period", "state"),
    [
        ("2018-08", "before"),
        ("2018-08-31", "before"),
        ("2018-09-01", "after"),
        ("2018-09/2018-12", "after"),
        ("2018", "mixed"),
        ("2016/2020", "mixed"),
    ],
)
def test_measuring_states(period: str, state: str) -> None:
    assert state_of(period) == state


def test_what_is_not_stated_is_distinguished_from_what_differs() -> None:
    (unstated,) = differing(SHARE, replace(SHARE, dust="unstated"))
    (other,) = differing(SHARE, replace(SHARE, dust="dust_deducted"))
    assert unstated.unstated
    assert not other.unstated
