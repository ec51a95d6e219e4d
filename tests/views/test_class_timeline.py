"""The classes of a section over the years: bars as long as their periods, in the lane of their class."""

import re
from datetime import date

import pytest
from msgspec.structs import replace

from reports import water
from reports.water import OUTFLOW, HoursOfMonth, Section
from tests.served import TODAY
from views.drawings.class_timeline import LANE, LEFT, RIGHT, TOP, described, timeline
from views.text.words import Words
from views.tokens import WATER_CLASSES

ZH = Words("zh")
BAR = re.compile(
    r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="22" rx="3" fill="(#\w+)" fill-opacity="([\d.]+)"'
)
SQUARE = re.compile(r'<rect x="([\d.]+)" y="([\d.]+)" width="9" height="9" fill="(#\w+)"')


@pytest.fixture
def outflow() -> Section:
    return water.river(date.fromisoformat(TODAY)).section(OUTFLOW)


def test_a_bar_is_as_long_as_its_period_in_the_lane_of_its_class(outflow: Section) -> None:
    only = replace(outflow, known=tuple(one for one in outflow.known if one.period == "2020"), recorded=(), aim=None)
    ((x, y, wide, color, opacity),) = BAR.findall(timeline(only, (2019, 2022), ZH, width=LEFT + RIGHT + 1461))
    # 1,461 days of four years on as many units: 2020 begins at day 365 and has 366 days
    assert (float(x), float(wide)) == (LEFT + 365, 366)
    assert float(y) + 11 == TOP + 2.5 * LANE
    assert (color, opacity) == (WATER_CLASSES[3], "1")


def test_a_bound_is_pale(outflow: Section) -> None:
    only = replace(outflow, known=tuple(one for one in outflow.known if one.op == "<="))
    assert [bar[4] for bar in BAR.findall(timeline(only, (2018, 2026), ZH))] == ["0.3"]


def test_recorded_hours_are_squares_never_bars(outflow: Section) -> None:
    month = HoursOfMonth("2021-04", {2: 21, 3: 3, 5: 1}, 0, outflow.known[0].provenance)
    drawn = timeline(replace(outflow, known=(), recorded=(month,)), (2021, 2021), ZH)
    assert not BAR.findall(drawn)
    assert [color for _, _, color in SQUARE.findall(drawn)] == [WATER_CLASSES[n] for n in (2, 3, 5)]
    assert "25" in described(replace(outflow, known=(), recorded=(month,)), ZH)


def test_one_lane_more_than_the_worst_class_known(outflow: Section) -> None:
    lanes = re.findall(r'rx="4"', timeline(outflow, (2018, 2026), ZH))
    assert len(lanes) == max(one.water_class for one in outflow.known) + 1
