import pytest

from reports import greening, schemes
from tests import boxes
from views.drawings import green_map
from views.drawings import spans as spans_drawing
from views.drawings.green_map import Layout
from views.drawings.spans import Span
from views.text.words import Words


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("layout", [green_map.UPRIGHT, green_map.LYING])
def test_every_green_place_and_ridge_is_named_and_no_name_lies_on_another(layout: Layout, lang: str) -> None:
    w, places = Words(lang), greening.places()
    drawing = green_map.drawing(places, schemes.scheme(schemes.BARRIER), w, title="t", layout=layout)
    written = {one.text for one in boxes.texts(drawing)}
    assert {w.of(one.name) for one in places} <= written
    assert {"zh": {"日月山", "达坂山", "拉脊山"}, "en": {"Riyue Mountain", "Daban Mountains", "Laji Mountains"}}[
        lang
    ] <= written
    assert {"zh": {"湟水", "北川河", "南川河"}, "en": {"Huangshui River", "Beichuan River", "Nanchuan River"}}[
        lang
    ] <= written
    assert boxes.overlapping(drawing) == []
    assert boxes.beyond(drawing) == []


def test_a_block_is_as_wide_as_its_period_and_as_high_as_its_mean_year() -> None:
    drawing = spans_drawing.drawing([Span(2016, 2020, 10, "50"), Span(2021, 2021, 20, "20")], title="t")
    assert 'width="346" height="75"' in drawing
    assert 'width="66" height="150"' in drawing
