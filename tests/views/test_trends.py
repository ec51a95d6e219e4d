"""Trends in words: nothing that interval and test do not support."""

import numpy as np
import pytest
from msgspec.structs import replace

from reports import trends
from views.charts import trends as charts
from views.site import trends as trend_blocks
from views.text.words import LANGUAGES, Words

ZH, EN = Words("zh"), Words("en")


def test_every_pollutant_is_named_once_in_the_sentence() -> None:
    for w in (ZH, EN):
        sentence = trend_blocks.message(trends.six(), w)
        for one in trends.six():
            assert (
                sentence.count(trend_blocks.name(one, w)[1:]) == 1
            )  # English writes the first letter small within a sentence


def test_groups_come_surest_first() -> None:
    sentence = trend_blocks.message(trends.six(), ZH)
    falls, likely, unsure = (sentence.index(words) for words in ("在下降；", "可能在下降；", "看不出升降"))
    assert falls < likely < unsure
    assert sentence.index("PM10") < falls
    assert falls < sentence.index("SO₂") < likely
    assert likely < sentence.index("PM2.5")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_slope_comes_with_its_interval(lang: str) -> None:
    w, one = Words(lang), trends.one("pm10_ugm3")
    assert "1.1" in trend_blocks.title(one, w)
    assert one.trend is not None
    for number in ("−1.07", "93", "−1.90", "−0.15"):
        assert number in trend_blocks.sub(one, w)


def test_without_a_certain_direction_the_title_names_no_number() -> None:
    assert trend_blocks.title(trends.one("pm25_ugm3"), ZH) == "细颗粒物 PM2.5：2018年9月起还看不出确定的升降"


def test_where_too_little_is_known_nothing_is_claimed() -> None:
    one = trends.one("pm10_ugm3")
    short = replace(one, trend=None)
    assert trend_blocks.sub(short, EN) == ""
    assert trend_blocks.title(short, EN) == "Inhalable particles PM10: not enough data since September 2018 to judge"
    assert "too little data to judge: inhalable particles PM10" in trend_blocks.message((short,), EN)
    assert short.percent_a_year is None


def test_the_table_holds_both_sides_of_the_change_and_what_was_left_out() -> None:
    table = trend_blocks._table((*trends.six("after"), *trends.six("before")), ZH)
    assert len(table) == 12
    co = table[table.iloc[:, 0].str.contains("CO")]
    assert co.iloc[0, 3] == "−0.059 mg/m³"
    assert "2023-03（0 天）" in co.iloc[0, 7]
    assert co.iloc[1, 6] == "不够检验（4 年）"
    assert table.iloc[-1, 7] == ZH("trends.days_unsaid")
    assert not table.astype(str).apply(lambda column: column.str.contains("nan")).to_numpy().any()


def test_the_chart_draws_what_the_table_holds() -> None:
    six = trends.six()
    made = charts.six(six, tuple(one.column for one in six), ZH, dark=False)
    dots = {trace.y[0]: trace.x[0] for trace in made.data if trace.mode == "markers+text"}
    for row, one in enumerate(six):
        assert one.percent_a_year is not None
        assert np.isclose(dots[row], one.percent_a_year[0])
