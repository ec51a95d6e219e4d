"""The matrix of sections and years: one view model behind the water page's table and the wall's."""

import re
from datetime import date

import pytest

from reports import water
from views.text.words import Words
from views.ui import section_matrix

TODAY = date(2026, 11, 23)
YEARS = (2023, 2024)


def matrix(lang: str = "zh") -> section_matrix.Matrix:
    return section_matrix.of(water.river(TODAY).sections, YEARS, water.disputed(), Words(lang))


def row(lang: str = "zh", name: str = "小峡桥") -> section_matrix.Row:
    return next(one for one in matrix(lang).rows if one.section == name)


def test_a_cell_holds_every_entry_and_the_one_that_stands_alone() -> None:
    in_2023, in_2024 = row().cells
    assert [(one.classes[0].name, one.period, one.period_short) for one in in_2023.entries] == [
        ("Ⅲ类", "2023年1月至2023年8月", "1月–8月"),
        ("Ⅲ类", "全年", "全年"),
    ]
    assert in_2023.main == in_2023.entries[1]
    assert in_2024.main is not None
    assert (in_2024.main.classes[0].numeral, in_2024.main.period_short, in_2024.main.square) == ("Ⅱ", "一季度", False)


def test_an_aim_is_the_sections_or_its_rivers_and_a_draft_is_called_one() -> None:
    aims = {one.section: one.aim for one in matrix().rows}
    assert aims["小峡桥"] == section_matrix.Aim("Ⅲ类", "2025年", "")
    assert any(aim and aim.draft for aim in aims.values())
    assert any(aim is None for aim in aims.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_layouts_show_the_same_classes(lang: str) -> None:
    w, made = Words(lang), matrix(lang)
    full, brief = section_matrix.table(made, w), section_matrix.brief_table(made, w)
    for one in (cell.main for line in made.rows for cell in line.cells if cell.main):
        ranged = len(one.classes) > 1
        assert f">{one.classes[0].numeral if ranged else one.classes[0].name}</span>" in full
        assert f">{one.classes[0].numeral}</span>" in brief
        assert (one.period if one.of_hours else one.period_short) in full
        assert one.period_short in brief
    assert len(re.findall("<tr>", brief)) == len(re.findall("<tr>", full)) == len(made.rows) + 1
