"""The air page: what is shown on demand."""

import pytest

from reports import air, air_state, official_shares
from tests.pages.visits import html_of, seen, visit
from views.charts import air as charts
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import Words

ZH = Words("zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_years_before_the_change_are_carried_over_only_when_asked_for(lang: str) -> None:
    run = visit("air", lang, "years")
    assert not run.exception
    assert "273.15/T" not in html_of(run)
    run.toggle(key="carried_over").set_value(True).run()
    assert not run.exception
    assert "273.15/T" in html_of(run)


def test_the_estimate_is_a_line_of_its_own_with_its_range() -> None:
    report, bridge = air.long_run(), air_state.annual()
    plain = charts.annual(report, "pm10_ugm3", ZH, False)
    drawn = charts.annual(report, "pm10_ugm3", ZH, False, bridge)
    assert len(drawn.data) == len(plain.data) + 1
    (line,) = [one for one in drawn.data if one.error_y.array is not None]
    assert list(line.x) == [2014, 2015, 2016, 2017, 2018]
    assert max(line.x) < 2019  # it joins nothing after the change
    assert all(value > 0 for value in (*line.error_y.array[:4], *line.error_y.arrayminus[:4]))


@pytest.mark.parametrize(("lang", "count"), [("zh", "11 对数字里，官方值低于归档的 9 对"), ("en", "Of 11 pairs")])
def test_official_and_archive_shares_are_listed_pair_by_pair(lang: str, count: str) -> None:
    text = html_of(seen("air", lang, "rules"))
    assert count in text
    for one in official_shares.pairs():
        assert fmt.signed(one.points, 1) in text


def test_the_page_notes_at_its_numbers_that_ozone_is_left_out() -> None:
    text = html_of(seen("air", "zh", "year"))
    assert "未计臭氧" in text.split("</h1>")[0]
    assert "只因臭氧超标的有 6 天" in text
    assert "计入后最多" in text  # in the calendar's tips


def test_the_months_of_2018_are_on_both_sides_of_the_change() -> None:
    drawn = charts.months(air.long_run(), ZH, False)
    of_2018 = [one for one in drawn.data if one.hovertemplate.startswith("2018-")]
    assert [list(one.x) for one in of_2018] == [[1, 2, 3, 4, 5, 6, 7, 8], [9, 10, 11]]  # December lacks five days
    assert of_2018[0].line.color != of_2018[1].line.color


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_gives_once_what_is_known_in_the_year_of_its_ozone(lang: str) -> None:
    run, w = visit("air", lang, "year"), Words(lang)
    assert html_of(run).count(air_words.ozone_year(air.ozone_alone(2026), w)) == 1
    more = w("air.calendar_ozone", n=6)
    assert more in html_of(run)
    assert air.year(2026, ozone="best").bad_days - air.year(2026).bad_days == 6
    run.selectbox(key="calendar_year").set_value(2014).run()  # of another year it comes with the calendar
    assert air_words.ozone_year(air.ozone_alone(2014), w) in html_of(run)
    assert more not in html_of(run)


def test_a_line_of_years_is_labelled_at_its_ends_only() -> None:
    """Twelve numbers would touch on a phone; hover and table give the rest."""
    for column in ("pm25_ugm3", "pm10_ugm3"):
        made = charts.annual(air.long_run(), column, ZH, False)
        lines = [one for one in made.data if one.mode == "lines+markers"]
        assert len(lines) == 2
        ends = [(line.x[i], fmt.plain(line.y[i])) for line in lines for i in (0, -1)]
        dots = {dot for line in lines for dot in zip(line.x, line.y, strict=True)}
        written = {(one.x, one.text) for one in made.layout.annotations if (one.x, one.y) in dots}
        assert written == set(ends)


def test_the_series_of_shares_are_named_in_a_key_that_no_line_reaches() -> None:
    """On a phone names at the lines would cover one another: the key is low, on the side of the high shares."""
    drawn = charts.shares(air.shares(), ZH, False)
    assert [one.name for one in drawn.data] == [ZH(f"air.series_{name}") for name in ("in_force", "by_new", "official")]
    low, high = drawn.layout.yaxis.range
    after = [y for one in drawn.data for x, y in zip(one.x, one.y, strict=True) if x > 2018.7 and y is not None]
    assert (min(after) - low) / (high - low) > 0.5
    assert (drawn.layout.legend.xanchor, drawn.layout.legend.yanchor) == ("right", "bottom")


def test_a_new_limit_is_named_below_its_line() -> None:
    """The newest values lie on the line of 2026: its name stays off them."""
    named = [
        one for one in charts.annual(air.long_run(), "pm25_ugm3", ZH, False).layout.annotations if "30" in one.text
    ]
    assert [one.yanchor for one in named] == ["top"]
