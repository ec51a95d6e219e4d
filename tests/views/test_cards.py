"""Pieces of pages."""

import pytest

from views import cards
from views.tokens import AQI_LEVELS, WATER_CLASSES


def luminance(color_hex: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(color_hex[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("color", sorted({*AQI_LEVELS.values(), *WATER_CLASSES.values()}))
def test_a_word_can_be_read_on_every_official_colour(color: str) -> None:
    darker, lighter = sorted((luminance(color), luminance(cards.ink_on(color))))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
