"""Where a year may end, on histories small or regular enough to know the answer."""

from datetime import date
from itertools import pairwise
from math import nan
from types import ModuleType

import numpy as np
import pytest

from assessment import outlook
from assessment.outlook import BLOCK_DAYS, SEASON_DAYS
from tests.checks import not_none


def days(first: str, last: str) -> np.ndarray:
    """The days from the first to the last, both in."""
    return np.arange(np.datetime64(first), np.datetime64(last) + 1)


def known(first: str, last: str, *lost: str) -> outlook.History:
    """Days of which those named were lost."""
    every = days(first, last)
    return outlook.history(every, np.isin(every, np.array(lost, dtype="datetime64[D]")).astype(float))


def every_spring(first: int, last: str) -> outlook.History:
    """The 1st to 10th of every April lost, nothing else."""
    every = days(f"{first}-01-01", last)
    month, day = every.astype("datetime64[M]").astype(int) % 12, (every - every.astype("datetime64[M]")).astype(int)
    return outlook.history(every, ((month == 3) & (day < 10)).astype(float))


def test_a_history_has_no_jumps_and_no_day_twice() -> None:
    found = outlook.history(np.array(["2020-01-04", "2020-01-01"], dtype="datetime64[D]"), np.array([1.0, 0.0]))
    assert np.array_equal(found.lost, [0, nan, nan, 1], equal_nan=True)
    with pytest.raises(ValueError, match="twice"):
        outlook.history(np.array(["2020-01-01", "2020-01-01"], dtype="datetime64[D]"), np.zeros(2))
    with pytest.raises(ValueError, match="no day"):
        outlook.history(np.array([], dtype="datetime64[D]"), np.zeros(0))


def test_a_leap_day_goes_with_the_28th() -> None:
    found = outlook.season_day(days("2024-02-27", "2024-03-01"))
    assert found.tolist() == [57, 58, 58, 59]
    assert outlook.season_day(days("2023-12-31", "2024-01-01")).tolist() == [364, 0]
    assert outlook.season_day(days("2024-12-31", "2024-12-31")).tolist() == [364]


def test_where_no_past_day_was_lost_none_will_be() -> None:
    found = outlook.year_end(known("2019-01-01", "2022-09-30", "2022-03-05", "2022-03-06"), 2022)
    assert found is not None
    assert (found.known_days, found.lost_days, found.open_days) == (273, 2, 92)
    assert found.interval(0.9) == (2, 2)
    assert found.middle == 2
    assert (found.chance_at_most(1), found.chance_at_most(2)) == (0.0, 1.0)
    assert found.as_in == {2019: 2, 2020: 2, 2021: 2}


def test_where_every_past_day_was_lost_every_open_day_will_be() -> None:
    """2024 is a leap year: 366 − 31 open days after January."""
    every = days("2020-01-01", "2024-01-31")
    found = outlook.year_end(outlook.history(every, (every < np.datetime64("2024-01-01")).astype(float)), 2024)
    assert found is not None
    assert found.open_days == 335
    assert set(found.totals) == {335}


def test_days_come_from_their_own_season_alone() -> None:
    """Lost springs lie behind in July; in January they lie ahead, whole or in part as the block's season allows."""
    assert not_none(outlook.year_end(every_spring(2018, "2022-06-30"), 2022)).interval(1) == (10, 10)
    ahead = outlook.year_end(every_spring(2018, "2021-12-31"), 2022)
    assert ahead is not None
    assert ahead.lost_days == 0
    assert 7 <= ahead.totals.mean() <= 13
    assert ahead.totals.max() <= 10 * (2 * SEASON_DAYS // BLOCK_DAYS + 2)  # no block from elsewhere


def test_days_passed_without_data_are_drawn_as_days_to_come_are() -> None:
    every = days("2018-01-01", "2021-12-31")
    lost = np.zeros(len(every))
    lost[every < np.datetime64("2021-01-01")] = 1
    gap = (every >= np.datetime64("2021-05-01")) & (every <= np.datetime64("2021-05-20"))
    lost[gap] = nan
    found = outlook.year_end(outlook.history(every, lost), 2021)
    assert found is not None
    assert (found.known_days, found.open_days, found.lost_days) == (345, 20, 0)
    assert set(found.totals) == {20}  # in two blocks, of 14 and of 6 days


def test_a_block_with_an_unknown_day_is_not_drawn() -> None:
    """Of two past years one lacks the whole season: one year is too little to speak from."""
    whole = known("2019-01-01", "2021-06-30")
    assert outlook.year_end(whole, 2021) is not None
    holed = whole.lost.copy()
    holed[(whole.days >= np.datetime64("2020-08-01")) & (whole.days <= np.datetime64("2020-10-31"))] = nan
    assert outlook.year_end(outlook.history(whole.days, holed), 2021) is None


def test_one_past_year_or_none_is_not_enough() -> None:
    assert outlook.year_end(known("2020-01-01", "2021-06-30"), 2021) is None
    assert outlook.year_end(known("2021-01-01", "2021-06-30"), 2021) is None


def test_the_running_year_is_not_drawn_from() -> None:
    """Everything of the running year was lost, nothing before: what is open stays good."""
    every = days("2018-01-01", "2021-11-30")
    found = outlook.year_end(outlook.history(every, (every >= np.datetime64("2021-01-01")).astype(float)), 2021)
    assert found is not None
    assert set(found.totals) == {334}


def test_a_full_year_has_one_end() -> None:
    found = outlook.year_end(known("2019-01-01", "2021-12-31", "2021-05-05"), 2021)
    assert found is not None
    assert (found.open_days, set(found.totals)) == (0, {1})


def test_the_same_history_gives_the_same_draws() -> None:
    rng = np.random.default_rng(7)
    every = days("2018-09-01", "2024-06-30")
    lost = (rng.random(len(every)) < 0.1).astype(float)
    one, two = (outlook.year_end(outlook.history(every, lost), 2024) for _ in range(2))
    assert one is not None
    assert two is not None
    assert np.array_equal(one.totals, two.totals)


def test_the_range_of_independent_days_is_that_of_the_binomial(stats: ModuleType) -> None:
    """Days lost by chance, about one in ten: 184 open days end where the binomial of the past's own share says."""
    rng = np.random.default_rng(3)
    every = days("1920-01-01", "2020-06-30")
    lost = (rng.random(len(every)) < 0.1).astype(float)
    found = outlook.year_end(outlook.history(every, lost), 2020)
    assert found is not None
    assert found.open_days == 184
    share = lost[outlook.season_day(every) >= 181].mean()  # from 1 July on
    for at in (0.05, 0.1, 0.5, 0.9, 0.95):
        expected = found.lost_days + stats.binom.ppf(at, 184, share)
        assert np.quantile(found.totals, at) == pytest.approx(expected, abs=1)


def test_episodes_stay_whole_and_widen_the_range() -> None:
    """The same number of lost days, once scattered and once in weeks: weeks make years that differ more."""
    every = days("2000-01-01", "2020-06-30")
    rng = np.random.default_rng(5)
    weeks = np.repeat(rng.random(len(every) // 7 + 1) < 0.1, 7)[: len(every)].astype(float)
    scattered = rng.permutation(weeks)
    widths = []
    for lost in (scattered, weeks):
        found = outlook.year_end(outlook.history(every, lost), 2020)
        assert found is not None
        low, high = found.interval(0.8)
        widths.append(high - low)
    assert widths[1] > 1.5 * widths[0]


# ── how it would have held ───────────────────────────────────────────────────────────────────────────────────────────
def test_a_year_that_goes_like_all_before_it_ends_as_foretold() -> None:
    """The same days lost every year: forecast right at every month's start, once two past years are there."""
    every = days("2018-09-01", "2022-12-31")
    summer = (every.astype("datetime64[M]").astype(int) % 12 == 6).astype(float)  # all of July, every year
    found = outlook.backtest(outlook.history(every, summer), range(2019, 2023), "HJ 633-2012")
    assert len(found.issued) + found.too_early == 48
    assert found.unknown == 0
    # 2018 from September and 2019 make two years for 1 September 2020; 2018 makes them for no earlier month.
    assert min(one.day for one in found.issued) == date(2020, 9, 1)
    late = [one for one in found.issued if one.day.month > 8]
    assert all(one.within(0.8) and one.outlook.interval(1) == (31, 31) for one in late)


def test_an_outlook_knows_nothing_of_its_own_day_or_later() -> None:
    every = days("2018-09-01", "2022-12-31")
    lost = (np.random.default_rng(1).random(len(every)) < 0.1).astype(float)
    one = outlook.backtest(outlook.history(every, lost), [2022], "HJ 633-2012")
    other = lost.copy()
    other[every >= np.datetime64("2022-06-01")] = 1.0
    two = outlook.backtest(outlook.history(every, other), [2022], "HJ 633-2012")
    for before, after in zip(one.issued[:6], two.issued[:6], strict=True):
        assert before.day == after.day <= date(2022, 6, 1)
        assert np.array_equal(before.outlook.totals, after.outlook.totals)
    assert one.issued[7].outlook.lost_days < two.issued[7].outlook.lost_days  # 1 August knows June and July


def test_years_that_do_not_compare_give_no_score() -> None:
    """2021 lacks 60 days: it has no outcome, and 2022 may not be set against it. 2018 began in another measuring state."""
    every = days("2018-01-01", "2022-12-31")
    lost = (np.random.default_rng(2).random(len(every)) < 0.1).astype(float)
    lost[(every >= np.datetime64("2021-02-01")) & (every < np.datetime64("2021-04-02"))] = nan
    found = outlook.backtest(outlook.history(every, lost), range(2019, 2023), "HJ 633-2026")
    assert found.unknown == 12
    compared = {one.day.year for one in found.issued if one.lost_days_before is not None}
    assert compared == {2020}
    assert {one.day.year for one in found.issued} == {2020, 2022}
    assert found.brier == pytest.approx(np.mean(found.errors))


def test_the_brier_score_by_hand() -> None:
    """Chances of 0.8 and 0.3 where it came, and 0.5 where it did not: (0.04 + 0.49 + 0.25) ÷ 3 = 0.26."""

    def issued(chance: float, lost: int) -> outlook.Issued:
        totals = np.sort(np.where(np.arange(10) < 10 * chance, 5, 9))
        return outlook.Issued(date(2020, 1, 1), outlook.Outlook(2020, 0, 0, 366, totals, {}), lost, 5)

    found = outlook.Backtest((issued(0.8, 4), issued(0.3, 5), issued(0.5, 6)), 0, 0)
    assert found.brier == pytest.approx(0.26)
    assert outlook.Backtest((), 3, 0).brier is None
    assert [one.within(1.0) for one in found.issued] == [False, True, True]


def test_chances_never_fall_as_more_days_are_allowed() -> None:
    every = days("2015-01-01", "2020-03-31")
    lost = (np.random.default_rng(4).random(len(every)) < 0.15).astype(float)
    found = outlook.year_end(outlook.history(every, lost), 2020)
    assert found is not None
    chances = [found.chance_at_most(n) for n in range(367)]
    assert all(a <= b for a, b in pairwise(chances))
    assert chances[-1] == 1.0
    low, high = found.interval(0.8)
    assert found.chance_at_most(high) - found.chance_at_most(low - 1) >= 0.8


def test_the_course_of_the_draws_counts_what_is_known_and_ends_at_the_years_end() -> None:
    """Every past day was lost and the first two of 2021; 1 to 20 May is open, the rest of the year good."""
    every = days("2018-01-01", "2021-12-31")
    lost = (every < np.datetime64("2021-01-03")).astype(float)
    lost[(every >= np.datetime64("2021-05-01")) & (every <= np.datetime64("2021-05-20"))] = nan
    steps = outlook.course(outlook.history(every, lost), 2021, 0.8)
    assert [(step.day, step.low, step.high) for step in steps] == [
        (date(2021, 5, 14), 2 + 14, 2 + 14),
        (date(2021, 5, 28), 2 + 20, 2 + 20),
    ]


def test_the_last_step_of_a_running_year_is_its_interval() -> None:
    past = every_spring(2018, "2022-03-31")
    steps, found = outlook.course(past, 2022, 0.8), outlook.year_end(past, 2022)
    assert found is not None
    assert steps[-1].day == date(2022, 12, 31)
    assert (steps[-1].low, steps[-1].high) == found.interval(0.8)
    assert all(one.low <= other.low and one.high <= other.high for one, other in pairwise(steps))


def test_without_an_outlook_or_an_open_day_there_is_no_course() -> None:
    assert outlook.course(known("2020-01-01", "2021-06-30"), 2021, 0.8) == ()
    assert outlook.course(known("2019-01-01", "2021-12-31"), 2021, 0.8) == ()
