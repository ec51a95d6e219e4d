"""Bars on one scale, whatever their words."""

import re

from tests.checks import not_none
from views.ui import bars
from views.ui.bars import Bar


def test_bars_are_on_one_scale_and_long_words_squeeze_none() -> None:
    drawn = bars.rows(
        [Bar("a", ((12, "red"), (3, "grey")), "responsible 12, supporting 3"), Bar("b", ((5, "red"),), "5")]
    )
    styles = re.findall(r'<i style="([^"]+)"', drawn)
    widths = [float(not_none(re.search(r"width:([\d.]+)%", style))[1]) for style in styles]
    assert widths == [57.6, 14.4, 24.0]  # 72 % × 12/15, 3/15, 5/15
    assert all("flex:none" in style for style in styles)
    assert "nowrap" not in drawn
    assert drawn.count("flex-wrap:wrap") == 2  # the words of each go below it where there is no room beside it


def test_bars_start_after_the_longest_name_whatever_its_length() -> None:
    """One column of names for all rows, as wide as the longest of them."""
    drawn = bars.rows([Bar("2025", ((38, "green"),), "38"), Bar("Ecology", ((5, "red"),), "5")])
    assert drawn.count("grid-template-columns:fit-content(40%) minmax(0,1fr)") == 1
    assert drawn.count('role="listitem" style="display:contents"') == 2
