import re

import pandas as pd
import pytest

from assessment import editions
from reports import air, greening, lookup
from store import clock
from tests import boxes
from views.drawings import calendar, course, flow, forest_dots, labels
from views.drawings.forest_dots import Hill
from views.text import amounts
from views.text.words import Words
from views.wall import green

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (434.34, "10kt", "434.34万吨", "4,343,400 t"),
        (4.21, "100gwh", "4.21亿千瓦时", "421 GWh"),
        (60, "10kt/d", "60万吨/日", "600,000 t a day"),
        (284.5, "10kmu", "284.5万亩", "2,845,000 mu"),
        (93.4, "%", "93.4%", "93.4%"),
    ],
)
def test_an_amount_is_counted_as_each_language_counts(value: float, unit: str, zh: str, en: str) -> None:
    assert (amounts.amount(value, unit, ZH), amounts.amount(value, unit, EN)) == (zh, en)


def test_branches_are_as_thick_as_their_share() -> None:
    drawn = flow.split("100", [flow.Branch(75, "a", "", "red"), flow.Branch(25, "b", "", "red", True)], title="t")
    bars = [float(h) for h in re.findall(r'<rect [^>]*height="([\d.]+)"', drawn)]
    assert bars == [flow.TALL, pytest.approx(0.75 * flow.TALL, abs=0.1), pytest.approx(0.25 * flow.TALL, abs=0.1)]
    assert drawn.count("stroke-dasharray") == 2  # ribbon and bar of what is unknown


@pytest.mark.parametrize("layout", [forest_dots.CARD, forest_dots.WALL])
def test_a_hill_has_as_many_green_dots_as_percent(layout: forest_dots.Layout) -> None:
    assert sum(layout.rows) == 100
    drawn = forest_dots.pair([Hill(7.2, "7.2%", "1989"), Hill(79, "79%", "2020")], title="t", layout=layout)
    assert drawn.count("var(--leaf)") == 7 + 79
    assert drawn.count("<circle") == 200


def test_a_name_is_written_only_where_there_is_space() -> None:
    bounds = (0.0, 0.0, 1.0, 1.0)  # 400 pixels a degree
    alone = [(0.5, 0.8, "park"), (0.5, 0.2, "wood")]
    assert labels.free(alone, bounds, 400) == [True, True]
    crowded = [(0.5, 0.5, "park"), (0.51, 0.5, "wood"), (0.5, 0.45, "lake")]
    assert labels.free(crowded, bounds, 400) == [
        False,
        False,
        True,
    ]  # the lake's dot is where the others' names would be
    assert labels.free([(0.01, 0.5, "a long name")], bounds, 400) == [False]  # it would leave the picture


def test_things_outside_a_map_are_left_out_and_names_without_space_are_empty() -> None:
    located = [(1, 0.5, 0.5, "park"), (2, 0.51, 0.5, "wood"), (3, 0.5, 0.2, "lake"), (4, 1.5, 0.5, "far away")]
    assert labels.within(located, (0.0, 0.0, 1.0, 1.0), 400) == [(1, ""), (2, ""), (3, "lake")]


def test_a_calendar_shows_of_each_day_whether_its_index_counts_ozone() -> None:
    """2026: stations' mean on 101 days; a largest hour that proves what the index is at most; five that may be bad."""
    shown = air.calendar(2026).days
    drawn = calendar.year(shown, 2026, ZH, title="t", names=dict(enumerate("零优良轻中重严")))
    assert drawn.count("臭氧取站点平均") == 101
    assert "7月25日 指数 39 优，未计臭氧，计入后最多 114" in drawn
    frame = air.days()
    higher = (frame["level_at_most"] > frame["level"]) | frame["level_at_most"].isna()
    mine = frame[(frame["date"].dt.year == 2026) & higher]
    assert drawn.count("<circle") == len(mine) > 5
    assert "<circle" not in calendar.year(shown, 2026, ZH, title="t", names=dict.fromkeys(range(7), ""), large=True)


def test_a_calendar_marks_every_level_that_nothing_bounds_and_none_that_is_certain() -> None:
    days = pd.DataFrame(
        [
            {"ozone": "counted", "ozone_judged": True, "aqi_at_most": 80.0, "level_at_most": 2.0},
            {"ozone": "counted", "ozone_judged": False, "aqi_at_most": 101.0, "level_at_most": 3.0},  # left out
            {"ozone": "proven_not_exceeding", "ozone_judged": False, "aqi_at_most": 80.0, "level_at_most": 2.0},
            {"ozone": "unknown", "ozone_judged": False, "aqi_at_most": None, "level_at_most": None},
        ]
    ).assign(date=pd.date_range("2026-05-01", periods=4), aqi=80.0, level=2)
    drawn = calendar.year(air.calendar_days(days), 2026, EN, title="t", names=dict.fromkeys(range(7), "x"))
    tips = re.findall(r"<title>(\d/5 [^<]*)</title></rect>(<circle)?", drawn)
    assert tips == [
        ("1/5 AQI 80 x", ""),
        ("2/5 AQI 80 x, ozone not counted, at most 101 with it", "<circle"),
        ("3/5 AQI 80 x, ozone not counted, the same with it", ""),
        ("4/5 AQI 80 x, ozone not counted", "<circle"),
    ]


def test_hours_are_drawn_between_the_standards_levels() -> None:
    """The last level has no upper end in the standard; 500 is where the index ends."""
    assert [*(level.aqi_high for level in lookup.categories()[:-1]), 500] == list(editions.LEVEL_ENDS)


def test_labels_under_one_another_are_moved_apart_and_stay_in_order() -> None:
    assert labels.spread([10, 50, 90], 15, 0, 100) == [10, 50, 90]
    assert labels.spread([50, 52, 48], 10, 0, 100) == [58, 68, 48]
    assert labels.spread([95, 96], 10, 0, 100) == [90, 100]
    assert labels.spread([5, 5, 5], 60, 0, 100) == [0, 50, 100]  # too little space: as far apart as it allows


def test_points_on_each_other_are_moved_apart_and_others_stay() -> None:
    moved = labels.apart([(10, 10), (10, 10), (90, 90)], 20)
    assert moved[2] == (90, 90)
    assert abs(moved[0][0] - moved[1][0]) == pytest.approx(20, abs=0.2)


def test_a_name_goes_where_it_covers_nothing() -> None:
    frame = (0, 0, 200, 100)
    alone = labels.around([(100, 50, 10, "park")], frame, 13)
    assert alone[0].x == 100  # below its point
    assert alone[0].y > 60
    at_the_foot = labels.around([(100, 90, 10, "park")], frame, 13)
    assert at_the_foot[0].y < 80
    beside = labels.around([(100, 50, 10, "park"), (100, 74, 10, "wood")], frame, 13)
    assert abs(beside[0].y - 50) < 21  # not on the other's dot, though below would be nearest
    assert beside[0].y < 60


@pytest.mark.parametrize("layout", [course.CARD, green.TREND], ids=["card", "wall"])
def test_the_last_figure_on_the_way_to_a_target_has_its_number_and_no_number_lies_on_another(
    layout: course.Layout,
) -> None:
    known = greening.forest(clock.now().date())
    drawn = course.drawing(known.points, known.target, ZH, color="red", unit="%", title="t", layout=layout)
    assert f">{known.points[-1].value:g}%</text>" in drawn
    assert boxes.overlapping(drawn) == []
    assert boxes.beyond(drawn) == []
