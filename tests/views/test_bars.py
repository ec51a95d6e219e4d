"""Bars on one scale, whatever their words."""

import re

from views.ui import bars
from views.ui.bars import Bar


def test_bars_are_on_one_scale_and_long_words_squeeze_none() -> None:
    drawn = bars.rows(
        [Bar("a", ((12, "red"), (3, "grey")), "responsible 12, supporting 3"), Bar("b", ((5, "red"),), "5")]
    )
    styles = re.findall(r'<i style="([^"]+)"', drawn)
    widths = [float(re.search(r"width:([\d.]+)%", style).group(1)) for style in styles]
    assert widths == [57.6, 14.4, 24.0]  # 72 % × 12/15, 3/15, 5/15
    assert all("flex:none" in style for style in styles)
    assert "nowrap" not in drawn


def test_a_short_name_takes_no_column_from_its_bar() -> None:
    """Years are close to their bars; one longer name and all names have their column."""
    years = [Bar("2025", ((38, "green"),), "38"), Bar("2024", ((46, "green"),), "46")]
    assert bars.rows(years).count("flex:0 0 3rem") == 2
    assert bars.rows([*years, Bar("Ecology", ((5, "red"),), "5")]).count("flex:1 1 11rem") == 3
