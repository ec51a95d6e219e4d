"""The drawing of what is known: a cell a year with its count, an outline where nothing is known."""

from datetime import date

from msgspec.structs import replace

from reports import method
from tests.served import TODAY
from views.drawings import by_year
from views.text.words import Words

ZH = Words("zh")


def test_a_cell_is_fuller_where_more_is_known() -> None:
    days = method.known_by_year(date.fromisoformat(TODAY))[0]
    row = replace(days, by_year={2024: 366, 2025: 0, 2026: 183}, possible={2024: 366, 2025: 365, 2026: 366})
    drawn = by_year.drawing((row,), ZH, width=300)
    assert drawn.count("<rect") == 3
    assert drawn.count("stroke-dasharray") == 1
    assert "var(--accent) 55%" in drawn  # all of 2024
    assert "var(--accent) 28%" in drawn  # half of 2026
    assert ">366<" in drawn
    assert ">—<" in drawn


def test_its_description_leaves_out_years_without_anything() -> None:
    days = method.known_by_year(date.fromisoformat(TODAY))[0]
    row = replace(days, by_year={2024: 366, 2025: 0}, possible=None)
    assert "2024 366" in by_year.described((row,), ZH)
    assert "2025" not in by_year.described((row,), ZH)
