"""Charts of the water page."""

from itertools import pairwise

import pytest

from reports import water
from tests.views.test_section_matrix import TODAY
from views.charts import water as charts
from views.drawings import labels
from views.text.words import LANGUAGES, Words

NARROWEST, TALL = 270, 230  # px between the axes on a phone
ABOVE = 24  # px from the target's line to the top of its words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_a_target_cover_no_dot(lang: str) -> None:
    """They stand above its line, from its start; no dot lies within them, no line of dots runs there."""
    report = water.overview(TODAY)
    before, after = report.both
    made = charts.shares(before, after, report.goal_of_sections, Words(lang), False)
    (words,) = [
        one for one in made.layout.annotations if one.xanchor == "left" and one.yanchor == "bottom" and one.yshift
    ]
    (x0, x1), (y0, y1) = made.layout.xaxis.range, made.layout.yaxis.range
    ends = words.x + labels.width_of(words.text) * (x1 - x0) / NARROWEST
    top = words.y + ABOVE * (y1 - y0) / TALL
    drawn = [(x, y) for line in made.data for x, y in zip(line.x, line.y, strict=True) if x is not None]
    assert {x for x, _ in drawn} > {2015.0, 2020.0}
    assert [(x, y) for x, y in drawn if words.x <= x <= ends and words.y <= y <= top] == []
    lines = [list(zip(line.x, line.y, strict=True)) for line in made.data if line.mode == "lines"]
    joined = [(a, b) for line in lines for a, b in pairwise(line) if None not in (*a, *b)]
    assert [(a, b) for a, b in joined if a[0] <= ends and b[0] >= words.x and max(a[1], b[1]) >= words.y] == []
