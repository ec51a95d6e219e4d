"""Pieces of pages."""

from datetime import date

import pytest
from markupsafe import Markup

from reports import goals
from views import tokens
from views.text.words import Words
from views.tokens import AQI_LEVELS, WATER_CLASSES
from views.ui import cards, promise


def luminance(color_hex: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(color_hex[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("color", sorted({*AQI_LEVELS.values(), *WATER_CLASSES.values()}))
def test_a_word_can_be_read_on_every_official_colour(color: str) -> None:
    darker, lighter = sorted((luminance(color), luminance(tokens.ink_on(color))))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_a_way_is_drawn_only_between_numbers_of_one_kind() -> None:
    """Forest cover moved; PM2.5's dust basis is stated by nobody; one year's work has no place on a sum's scale."""
    board = {one.number: one for one in goals.scoreboard(date(2026, 11, 23))}
    w = Words("zh")
    assert 'class="run"' in promise.line(promise.row(board["xn14-1"], w))
    fine = promise.line(promise.row(board["xn14-6"], w))
    assert 'class="run"' not in fine
    assert 'class="start"' in fine
    assert 'class="now"' in fine
    assert 'class="now"' not in promise.line(promise.row(board["xn14-T18"], w))


def test_what_is_measured_stands_marked_in_the_card_and_leaves_the_official_place_empty() -> None:
    board = {one.number: one for one in goals.scoreboard(date(2026, 11, 23))}
    w = Words("zh")
    share = promise.card(board["xn14-7"], w)
    assert ("96.2" in share, "本站测算" in share, "94.8%" in share) == (True, True, True)
    sections = promise.card(board["xn14-8"], w, whole=True)
    assert '<div class="value none">未查到</div>' in sections
    assert "由公布的数推出" in sections
    assert sections.count("文件没有写出数值") == 1
    assert "90%" in promise.card(board["xn13-8"], w)
    assert "文件矛盾" in promise.card(board["xn13-8"], w)


def test_a_cell_keeps_markup_and_says_what_is_missing() -> None:
    shown = cards.table(["a"], [[cards.cell(one)] for one in (Markup("<b>1</b>"), "<", 0, "", None)])
    assert [one.split("</td>")[0] for one in shown.split("<td>")[1:]] == ["<b>1</b>", "&lt;", "0", "—", "—"]
