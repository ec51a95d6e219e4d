import re
from datetime import date

import pytest

from reports import milestones
from tests import boxes
from views.drawings import milestones as drawn
from views.text.words import Words

TODAY = date(2026, 11, 29)
STROKE = re.compile(r'd="M([\d.]+) ([\d.]+)V([\d.]+)" style="stroke:[^"]+" stroke-opacity')
ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize("w", [ZH, EN], ids=["zh", "en"])
def test_every_milestone_is_named_and_no_name_lies_on_another(w: Words) -> None:
    shown = milestones.milestones(TODAY)
    drawing = drawn.drawing(shown, TODAY, w, title="t")
    written = {one.text for one in boxes.texts(drawing)}
    assert {w.of(one.row.short) for one in shown} <= written
    assert {str(year) for year in range(2015, 2027)} <= written
    assert boxes.overlapping(drawing) == []
    assert boxes.beyond(drawing) == []


@pytest.mark.parametrize("w", [ZH, EN], ids=["zh", "en"])
def test_no_stroke_to_a_name_crosses_another_name(w: Words) -> None:
    drawing = drawn.drawing(milestones.milestones(TODAY), TODAY, w, title="t")
    strokes = [tuple(map(float, found)) for found in STROKE.findall(drawing)]
    assert len(strokes) == 16
    for x, *ends in strokes:
        for name in boxes.texts(drawing):
            left, top, right, bottom = name.box
            beside = max(ends) <= top + 1 or min(ends) >= bottom - 1
            assert beside or not left < x < right or name.text.isdigit(), (x, name)  # years have a halo


def test_names_without_space_stand_each_in_a_row_of_its_own() -> None:
    """Forty on one day: no two in a row."""
    one = milestones.milestones(TODAY)[-1]
    drawing = drawn.drawing([one] * 40, TODAY, ZH, title="t")
    assert boxes.overlapping(drawing) == []
    assert boxes.beyond(drawing) == []


def test_what_has_a_day_is_a_dot_and_what_has_only_a_month_or_year_is_a_bar() -> None:
    shown = milestones.milestones(TODAY)
    drawing = drawn.drawing(shown, TODAY, ZH, title="t")
    days = sum(len(one.row.period) == len("2023-03-31") for one in shown)
    assert (drawing.count("<circle"), drawing.count("<rect")) == (days, len(shown) - days)
