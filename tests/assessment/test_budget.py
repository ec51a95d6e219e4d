"""Days left to lose and the split of a change, worked by hand."""

import pytest

from assessment.air_year import Share
from assessment.budget import Left, Split, allowed_as_before, allowed_by_share


@pytest.mark.parametrize(
    ("days", "lost", "known", "allowed"),
    [
        (365, 19, 365, 19),
        (366, 19, 365, 19),  # 19.05
        (365, 19, 366, 18),  # 18.95
        (365, 31, 360, 31),  # 31.43
        (365, 0, 365, 0),
        (365, 365, 365, 365),
    ],
)
def test_allowed_as_before_is_counted_from_days(days: int, lost: int, known: int, allowed: int) -> None:
    assert allowed_as_before(days_in_year=days, lost_days_before=lost, known_days_before=known) == allowed


def test_a_rounded_share_would_give_another_count() -> None:
    """19 of 365 is 94.8 % rounded, which would allow floor(18.98) = 18 days; the counts allow 19."""
    assert allowed_by_share(days_in_year=365, share_pct=94.8) == 18
    assert allowed_as_before(days_in_year=365, lost_days_before=19, known_days_before=365) == 19


@pytest.mark.parametrize(
    ("share", "allowed"),
    [(95, 18), (90, 36), (100, 0), (0, 365), (99.9, 0), (80.0, 73), (92.6, 27), (96.2, 13)],
)
def test_allowed_by_a_chosen_share(share: float, allowed: int) -> None:
    """365 × 20 % is 73 exactly: no binary rounding may turn it into 72."""
    assert allowed_by_share(days_in_year=365, share_pct=share) == allowed


@pytest.mark.parametrize(("lost", "known"), [(0, 0), (2, 1), (-1, 3)])
def test_counts_that_are_none_are_refused(lost: int, known: int) -> None:
    with pytest.raises(ValueError, match="is no count"):
        allowed_as_before(days_in_year=365, lost_days_before=lost, known_days_before=known)


@pytest.mark.parametrize("share", [-0.1, 100.1])
def test_a_share_outside_its_bounds_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="outside 0 to 100"):
        allowed_by_share(days_in_year=365, share_pct=share)


def test_what_is_left_with_days_unknown() -> None:
    left = Left(allowed_days=19, lost_days=14, known_days=279, unknown_days=53, days_to_come=33)
    assert (left.days, left.if_unknown_good, left.if_unknown_lost) == (5, 5, -48)
    assert Left(19, 25, 279, 53, 33).days == -6


@pytest.mark.parametrize(("lost", "free", "over"), [(14, 5, 0), (19, 0, 0), (25, 0, 6)])
def test_days_are_free_within_the_budget_and_over_beyond_it(lost: int, free: int, over: int) -> None:
    left = Left(allowed_days=19, lost_days=lost, known_days=279, unknown_days=53, days_to_come=33)
    assert (left.free_days, left.over_days) == (free, over)
    assert left.lost_days - left.over_days + left.free_days == left.allowed_days


def test_days_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Left(allowed_days=19, lost_days=300, known_days=279, unknown_days=53, days_to_come=33)
    with pytest.raises(ValueError, match="do not add up"):
        Left(allowed_days=19, lost_days=14, known_days=279, unknown_days=-1, days_to_come=33)


def test_a_change_splits_into_air_and_rule_in_both_orders() -> None:
    """Of 100 days 90 were good by the old rule and 80 by the new; now 95 by the old and 82 by the new."""
    split = Split(Share(90, 100, 90.0), Share(80, 100, 80.0), Share(95, 100, 95.0), Share(82, 100, 82.0))
    assert (split.air_first.air, split.air_first.rule) == pytest.approx((5, -13))
    assert (split.rule_first.rule, split.rule_first.air) == pytest.approx((-10, 2))
    for step in (split.air_first, split.rule_first):
        assert step.air + step.rule == pytest.approx(split.total) == pytest.approx(-8)


def test_a_share_without_days_has_no_points() -> None:
    none = Share(0, 0, None)
    with pytest.raises(ValueError, match="without a valid day"):
        _ = Split(none, none, none, none).total
