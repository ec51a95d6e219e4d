"""A figure on a card, after an earlier one and beside another document's."""

from datetime import date

import pytest
from msgspec.structs import replace

from reports import waste
from reports.figures import Point
from views.text.words import Words
from views.ui import figure_cards

EN = Words("en")


@pytest.fixture(scope="module")
def share() -> Point:
    """Hazardous waste used or disposed of, in per cent, of 2020."""
    untargeted = waste.overview(date(2026, 11, 23)).untargeted
    (found,) = [one.points[-1] for one in untargeted if one.indicator.indicator_id.startswith("hazardous")]
    return found


def shown(first: Point, last: Point) -> str:
    return figure_cards.card("share", (first, last), EN)


def test_a_figure_of_another_period_is_marked_as_earlier(share: Point) -> None:
    assert "It was 90% in 2015." in shown(replace(share, period="2015", value=90.0), share)


def test_the_same_period_is_no_earlier_one(share: Point) -> None:
    """Two documents of one period: what both say stands once, what differs is shown as another document's."""
    assert "It was" not in shown(share, share)
    again = shown(replace(share), share)
    assert "It was" not in again
    assert "Another document" not in again
    assert "Another document gives 99% for the same period." in shown(replace(share, value=99.0), share)
