import re

import pytest

from views import amounts, flow, hill, labels
from views.words import Words

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


def test_a_hill_has_as_many_green_dots_as_percent() -> None:
    assert sum(hill.ROWS) == 100
    drawn = hill.pair([(7.2, "7.2%", "1989"), (79, "79%", "2020")], title="t")
    assert drawn.count("var(--leaf)") == 7 + 79
    assert drawn.count("<circle") == 200


def test_a_name_is_written_only_where_it_finds_room() -> None:
    bounds = (0.0, 0.0, 1.0, 1.0)  # 400 pixels a degree
    alone = [(0.5, 0.8, "park"), (0.5, 0.2, "wood")]
    assert labels.free(alone, bounds, 400) == [True, True]
    crowded = [(0.5, 0.5, "park"), (0.51, 0.5, "wood"), (0.5, 0.45, "lake")]
    assert labels.free(crowded, bounds, 400) == [
        False,
        False,
        True,
    ]  # the lake's dot stands where the others' names would
    assert labels.free([(0.01, 0.5, "a long name")], bounds, 400) == [False]  # it would leave the picture
