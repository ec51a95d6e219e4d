"""Charts of the water page."""

import pytest

from reports import water
from tests.views.test_section_matrix import TODAY
from views.charts import water as charts
from views.drawings import labels
from views.text.words import LANGUAGES, Words

NARROWEST, TALL = 270, 230  # px between the axes on a phone
ABOVE = 24  # px from the target's line to the top of its words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_a_target_end_before_the_dots_line_rises_to_them(lang: str) -> None:
    """The target's words stand above its line, from its start; the line of dots crosses the target later."""
    report = water.overview(TODAY)
    before, after = report.both
    made = charts.shares(before, after, report.goal_of_sections, Words(lang), False)
    (words,) = [
        one for one in made.layout.annotations if one.xanchor == "left" and one.yanchor == "bottom" and one.yshift
    ]
    dots = next(line for line in made.data if line.mode == "lines")
    (x0, x1), (y0, y1) = made.layout.xaxis.range, made.layout.yaxis.range
    ends = words.x + labels.width_of(words.text) * (x1 - x0) / NARROWEST
    top = words.y + ABOVE * (y1 - y0) / TALL
    (left, right), (low, high) = (dots.x[0], dots.x[-1]), (dots.y[0], dots.y[-1])
    reached = left + (right - left) * (words.y - low) / (high - low)
    assert low < words.y < top < high
    assert ends < reached
