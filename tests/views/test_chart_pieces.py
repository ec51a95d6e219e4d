"""Pieces of a picture to take along: its size, lines of words, a Plotly chart drawn on the server."""

from xml.etree import ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest
from markupsafe import Markup

from views.charts import plain
from views.exports import made, picture
from views.text import wrapping
from views.tokens import LIGHT, tokens


def test_a_drawing_says_its_size() -> None:
    assert picture.size_of(Markup('<svg viewBox="0 0 20 10"><svg viewBox="0 0 1 1"/></svg>')) == (20, 10)
    with pytest.raises(ValueError, match="without a view box"):
        picture.size_of(Markup("<svg/>"))


@pytest.mark.parametrize("wide", range(1, 30))
@pytest.mark.parametrize(
    "text",
    [
        "浓度为126.9 μg/m³；其中三年也是，最高的一年。",
        "map approval no. GS（2024）0650号 (to be confirmed); rivers",
        "见《“无废城市”实施方案》（试行）！",
        "（《",
    ],
)
def test_lines_break_between_words_or_hanzi_and_never_before_a_stop(text: str, wide: int) -> None:
    lines = wrapping.wrapped(text, lambda line: len(line) <= wide)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")  # nothing is lost
    assert not [line for line in lines if line[0] in "，。；：、！？）》”" or line[-1] in "（《“"] or text == "（《"


def test_a_line_is_as_full_as_it_can_be() -> None:
    assert wrapping.wrapped("one two three", lambda line: len(line) <= 7) == ["one two", "three"]
    assert wrapping.wrapped("no. GS（2024）0650号", lambda line: len(line) <= 7) == ["no. GS", "（2024）", "0650号"]
    assert wrapping.wrapped("", bool) == []


def test_a_frame_is_a_table_of_plain_values() -> None:
    frame = pd.DataFrame({"a": ["x", None], "n": pd.array([1, None], dtype="Int64"), "v": [1.5, float("nan")]})
    assert made.table(frame) == (["a", "n", "v"], [["x", 1, 1.5], [None, None, None]])


def test_a_chart_is_drawn_where_its_values_are() -> None:
    """Axis of y from 0 to 100 over 300 px of a plane; a gap is not bridged; a limit is a line."""
    figure = go.Figure(
        data=[go.Scatter(x=[2000, 2001, 2002, 2003], y=[0, 50, None, 100], mode="lines+markers", marker={"size": 8})],
        layout={
            "height": 400,
            "xaxis": {"range": [2000, 2004], "dtick": 2},
            "yaxis": {"range": [0, 100], "tickvals": [0, 100]},
        },
    )
    drawn = ElementTree.fromstring(plain.drawing(figure, LIGHT, title="t"))
    space = "{http://www.w3.org/2000/svg}"
    dots = [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in drawn.iter(f"{space}circle")]
    assert len(dots) == 3
    (x0, y0), (x1, y1), (x3, y3) = dots
    assert y1 == pytest.approx((y0 + y3) / 2, abs=0.1)
    assert x1 - x0 == pytest.approx((x3 - x0) / 3, abs=0.1)
    paths = [one.get("d", "") for one in drawn.iter(f"{space}path")]
    assert [path.count("L") for path in paths] == [1, 0]  # from the first to the second; the last one stands alone
    words = ["".join(one.itertext()) for one in drawn.iter(f"{space}text")]
    assert words == ["0", "100", "2000", "2002", "2004"]


def test_another_kind_of_trace_is_refused() -> None:
    with pytest.raises(plain.UnknownTraceError, match="pie"):
        plain.drawing(go.Figure(data=[go.Pie(values=[1])]), tokens(False), title="t")
