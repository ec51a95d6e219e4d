"""Charts of the air: numbers beside dots keep off lines, names at the ends of lines keep apart, each in its own ink."""

from itertools import pairwise

import pytest

from reports import air
from views.charts import air as charts
from views.drawings import calendar
from views.text.words import Words


@pytest.mark.parametrize(
    ("marks", "above", "way"),
    [
        ([], True, 16),
        ([], False, -16),
        ([-10.0], False, -24),  # a limit right below: under it
        ([8.0], True, 24),  # another dot right above: over it
        ([-16.0, -28.0], False, 16),  # no space below
    ],
)
def test_a_number_stands_where_no_line_is(marks: list[float], above: bool, way: int) -> None:
    assert charts.clear(marks, above=above) == way


@pytest.mark.parametrize("measure", air.MEASURES)
def test_names_of_the_capitals_keep_apart_each_in_its_ink_and_stroke(measure: str) -> None:
    report, w = air.capitals(), Words("zh")
    made = charts.capitals(report, measure, w, False)
    names = {w.of(row.name) for row in report.names.values()}
    ends = [one for one in made.layout.annotations if one.text in names]
    assert {one.text for one in ends} == names
    low, high = charts.SHARE_AXIS if measure.endswith("pct") else (0.0, float(report.annual[measure].max()))
    line = (high - low) * charts.LINE_PX / charts.PLOT_PX
    heights = sorted(one.y for one in ends)
    assert all(upper - lower >= line * 0.99 for lower, upper in pairwise(heights))
    assert len({one.font.color for one in ends}) == len(names)
    assert len({(trace.line.color, trace.line.dash) for trace in made.data}) == len(names)


def test_the_key_of_the_calendar_shows_its_strokes() -> None:
    drawn = str(calendar.key({1: "优", 2: "良", 3: "轻度污染", 6: "严重污染"}))
    assert [part.count("<path") for part in drawn.split("</span>")] == [0, 0, 1, 1, 0]
    assert drawn.count("M") == 1 + 4  # one stroke more a level
