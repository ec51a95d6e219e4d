"""The seasons of areas seen from space: one scale, arrows only where a trend is unlike chance."""

import re

from reports import ndvi
from reports.ndvi import Green
from tests.reports.test_ndvi import readings, year
from views.drawings import sparkline
from views.site import seasons
from views.text.words import Words
from views.ui import greenness as greenness_pieces

ZH, EN = Words("zh"), Words("en")
RISING, WAVERING = (0.30, 0.31, 0.32, 0.33, 0.34, 0.35), (0.30, 0.35, 0.31, 0.34, 0.32, 0.33)


def areas(*of: tuple[str, tuple[float, ...]]) -> tuple[Green, ...]:
    """Areas with a mean for each year from 2020 on, the same in all seasons."""
    rows = [row for area, means in of for n, mean in enumerate(means) for row in year(area, 2020 + n, mean)]
    return ndvi.of_readings(readings(*rows))


def cells(drawn: str) -> list[list[str]]:
    """The words of each row's cells."""
    rows = re.findall("<tr>(.*?)</tr>", drawn)[1:]
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall("<td[^>]*>(.*?)</td>", row)] for row in rows]


def test_an_arrow_stands_where_the_exact_test_separates_a_trend_from_chance() -> None:
    """Of six values in order p is 2/720; the wavering ones have 8 of 15 pairs rising. Winter 2020 has but four of six."""
    drawn = cells(seasons.by_season(areas(("huangzhong", RISING), ("datong", WAVERING)), ZH))
    assert drawn[0][0] == "湟中区"
    assert drawn[0][2] == "0.35 ↑"
    assert drawn[1] == ["大通县", "0.33", "0.33", "0.33", drawn[1][4]]
    falling = cells(seasons.by_season(areas(("huangzhong", RISING[::-1])), ZH))
    assert falling[0][2] == "0.30 ↓"


def test_the_message_counts_areas_with_and_without_a_trend() -> None:
    both = areas(("huangzhong", RISING), ("datong", WAVERING))
    assert greenness_pieces.trends(both, ZH) == "卫星看到2处的生长季：1处逐年变绿，0处逐年变少，1处看不出趋势"
    assert greenness_pieces.trends(areas(("datong", WAVERING[:4])), ZH) == "卫星看到1处的四季：年数还太少，看不出趋势"


def test_a_line_stops_at_a_missing_year_and_an_incomplete_one_is_hollow() -> None:
    scale = sparkline.Scale(2020, 2024, 0.2, 0.4)
    known = [(2020, 0.2, True), (2021, 0.3, True), (2023, 0.4, True), (2024, 0.3, False)]
    drawn = sparkline.drawing(known, scale, color="var(--leaf)")
    assert re.findall(' d="(M[^"]+)"', drawn) == ["M4.0 22.0L15.0 13.0"]
    assert re.findall(r'cx="([\d.]+)"[^>]*fill:([^;]+)', drawn) == [("37", "var(--leaf)"), ("48", "var(--card)")]


def test_years_alike_and_one_year_alone_have_a_place() -> None:
    assert sparkline.Scale(2025, 2025, 0.3, 0.3).at(2025, 0.3) == (48.0, 13.0)
