from datetime import date

import pytest

from reports import milestones
from tests import boxes
from views.drawings import milestones as drawn
from views.text.words import Words

TODAY = date(2026, 11, 29)
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


def test_what_has_a_day_is_a_dot_and_what_has_only_a_month_or_year_is_a_bar() -> None:
    shown = milestones.milestones(TODAY)
    drawing = drawn.drawing(shown, TODAY, ZH, title="t")
    days = sum(len(one.row.period) == len("2023-03-31") for one in shown)
    assert (drawing.count("<circle"), drawing.count("<rect")) == (days, len(shown) - days)
