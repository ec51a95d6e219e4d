import re
from collections.abc import Callable
from datetime import date

import pytest

from reports import water
from tests.boxes import texts
from views.drawings import river as drawn_river
from views.drawings import river_layouts
from views.text.words import Words

ZH, EN = Words("zh"), Words("en")
TODAY = date(2026, 11, 23)
CIRCLE = re.compile(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" style="([^"]*)"')
Box = tuple[float, float, float, float, str]


LAYOUTS: dict[str, Callable[[water.River, Words], str]] = {
    "lying": drawn_river.line,
    "upright": lambda report, w: drawn_river.line(report, w, upright=True),
    "screen": drawn_river.screen,
    "beside": lambda report, w: drawn_river.screen(report, w, layout=river_layouts.BESIDE),
    "upright screen": lambda report, w: drawn_river.screen(report, w, layout=river_layouts.UPRIGHT),
}


@pytest.fixture(params=[(w, layout) for w in (ZH, EN) for layout in LAYOUTS], ids=str)
def drawn(request: pytest.FixtureRequest) -> str:
    w, layout = request.param
    return LAYOUTS[layout](water.river(TODAY), w)


def size(drawing: str) -> tuple[float, float]:
    width, height = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)[0]
    return float(width), float(height)


def boxes(drawing: str) -> list[Box]:
    """Where each text is: left, top, right, bottom, and what it says."""
    found = [(*one.box, one.text) for one in texts(drawing) if one.text]
    assert found
    return found


def test_no_label_covers_another(drawn: str) -> None:
    placed = boxes(drawn)
    for n, one in enumerate(placed):
        for other in placed[n + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, f"{one[4]} covers {other[4]}"


def test_no_label_covers_a_dot(drawn: str) -> None:
    inside = {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"}
    for x, y, r, _ in CIRCLE.findall(drawn):
        cx, cy, radius = float(x), float(y), float(r)
        for left, top, right, bottom, text in boxes(drawn):
            nearest_x, nearest_y = min(max(cx, left), right), min(max(cy, top), bottom)
            far = (nearest_x - cx) ** 2 + (nearest_y - cy) ** 2 > radius**2
            assert far or text in inside, f"{text} covers the dot at {x}, {y}"


def test_nothing_leaves_the_drawing(drawn: str) -> None:
    width, height = size(drawn)
    for left, top, right, bottom, text in boxes(drawn):
        assert left >= 0, text
        assert top >= 0, text
        assert right <= width, text
        assert bottom <= height, text


UPRIGHT_STROKE = re.compile(r'<path d="M([\d.]+) ([\d.-]+) L\1 ([\d.-]+)')


@pytest.mark.parametrize("w", [ZH, EN], ids=str)
def test_no_label_crosses_a_tributary(w: Words) -> None:
    drawing = drawn_river.line(water.river(TODAY), w)
    strokes = [tuple(map(float, one)) for one in UPRIGHT_STROKE.findall(drawing)]
    assert len(strokes) == 4
    for x, *ends in strokes:
        for left, top, right, bottom, text in boxes(drawing):
            across = left < x + 3 and x - 3 < right and top < max(ends) and min(ends) < bottom
            assert not across or text in {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"}, f"{text} crosses the stroke at {x}"


def test_a_dot_for_each_section_and_a_numeral_only_where_a_class_is_known(drawn: str) -> None:
    dots = CIRCLE.findall(drawn)
    assert len(dots) == 13
    assert sum("var(--none)" in style for *_, style in dots) == 8
    assert sum(text == "Ⅱ" for *_, text in boxes(drawn)) == 3


def test_an_old_class_is_a_ring() -> None:
    styles = [style for *_, style in CIRCLE.findall(drawn_river.line(water.river(TODAY), ZH))]
    # 扎马隆 and 塔尔桥, 18 November 2025; 六一桥, 2023
    assert sum(style.startswith("fill:var(--card);stroke:#") for style in styles) == 3
    later = [style for *_, style in CIRCLE.findall(drawn_river.line(water.river(date(2027, 11, 23)), ZH))]
    assert sum(style.startswith("fill:var(--card);stroke:#") for style in later) == 5


def test_the_river_runs_from_west_to_east_and_from_top_to_bottom() -> None:
    def places(*, upright: bool) -> dict[str, tuple[float, float]]:
        drawing = drawn_river.line(water.river(TODAY), EN, upright=upright)
        return {text: ((left + right) / 2, bottom) for left, _, right, bottom, text in boxes(drawing)}

    stops = ("Zhamalong", "Xigang Bridge", "Xinning Bridge", "Baoshe Bridge", "Xiaoxia Bridge")
    lying, upright = places(upright=False), places(upright=True)
    assert [lying[s][0] for s in stops] == sorted(lying[s][0] for s in stops)
    assert [upright[s][1] for s in stops] == sorted(upright[s][1] for s in stops)
    assert lying["Runze Bridge"][1] < lying["Xinning Bridge"][1] < lying["Liuyi Bridge"][1]  # north, main stem, south
    assert upright["Xinning Bridge"][1] < upright["Chaoyang Bridge"][1] < upright["Baoshe Bridge"][1]


def test_the_drawing_is_described_in_words() -> None:
    assert "Xiaoxia Bridge: Class Ⅱ" in drawn_river.described(water.river(TODAY), EN)
    assert "报社桥未查到" in drawn_river.described(water.river(TODAY), ZH)
