"""Promises as rows: the state most of them share is written once, the age of each figure in words."""

from datetime import date

import pytest
from msgspec.structs import replace

from reports import goals
from reports.goals import Promise
from tests.served import TODAY
from views.text.words import Words
from views.ui import glance, promise, promise_list

ZH, DAY = Words("zh"), date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def table() -> tuple[Promise, ...]:
    return tuple(one for one in goals.scoreboard(DAY) if one.plan.plan_id == "xn14" and one.target.tier == "table")


def test_the_state_most_share_is_written_once(table: tuple[Promise, ...]) -> None:
    """25 of the 26 targets of the 14th plan are due without a result found; the share of good days cannot be computed."""
    drawn = promise_list.rows(table, DAY, ZH)
    above, rows = drawn.split('<div class="promises">')
    assert "25 项" in above
    assert ZH("site.status.due_not_found") in above
    heads = [row.split("</summary>")[0] for row in rows.split("<summary>")[1:]]
    heads = [head for head in heads if '"what"' in head]
    assert len(heads) == 26
    assert [head.count('class="pill') for head in heads].count(1) == 1


def test_a_class_of_some_hours_is_not_called_that_of_the_year(table: tuple[Promise, ...]) -> None:
    """The stations' class at Xiaoxia bridge rests on five hours of November 2025; the share of good days on the year."""
    by_id = {one.indicator.indicator_id: one for one in table}
    hours, year = (promise.row(by_id[name], ZH).measured for name in ("xiaoxia_class", "good_day_share_pct"))
    assert hours is not None
    assert year is not None
    assert (hours.short, year.short) == ("2025年11月 5 个时次", "2025年")
    of_english = promise.row(by_id["xiaoxia_class"], Words("en")).measured
    assert of_english is not None
    assert of_english.short == "5 h, November 2025"
    drawn = glance.tiles([by_id["xiaoxia_class"]], {"xiaoxia_class": "/water"}, ZH)
    assert "5 个时次" in drawn
    assert "（2025年）" not in drawn


def test_states_that_none_shares_are_all_written(table: tuple[Promise, ...]) -> None:
    two = (table[0], next(one for one in table if one.judgement.status != table[0].judgement.status))
    drawn = promise_list.rows(two, DAY, ZH)
    assert not drawn.startswith("<p")
    assert drawn.count('</strong> <span class="pill') == 2


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (date(2026, 11, 28), "age_new"),
        (date(2026, 10, 29), "age_months:1"),
        (date(2025, 12, 31), "age_months:10"),
        (date(2024, 11, 30), "age_months:23"),
        (date(2024, 11, 29), "age_years:2"),
        (date(2023, 12, 31), "age_years:2"),
    ],
)
def test_age_is_counted_from_the_end_of_the_period(table: tuple[Promise, ...], end: date, words: str) -> None:
    known = next(one for one in table if one.official)
    assert known.official is not None
    name, _, n = words.partition(":")
    text = promise_list.age(replace(known, official=replace(known.official, end=end)), date(2026, 11, 29), ZH)
    assert text == (ZH(f"goals.{name}", n=n) if n else ZH(f"goals.{name}"))


def test_orders(table: tuple[Promise, ...]) -> None:
    ends = [one.latest.end if one.latest else None for one in goals.ordered(table, "newest")]
    known = [end for end in ends if end]
    assert known == sorted(known, reverse=True)
    assert ends[: len(known)] == known
    assert [one.target.no for one in goals.ordered(table, "plan")] == [one.target.no for one in table]
    with pytest.raises(KeyError):
        goals.ordered(table, "luck")
