"""A year's rating in words: rated, partly rated, not rated, and why; never as none attained."""

import pytest
from msgspec.structs import replace

from reports import air
from views.site import air as blocks
from views.text.words import Words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_year_that_is_not_rated_is_not_shown_as_missed(lang: str) -> None:
    w = Words(lang)
    for year, why in ((2026, "method_unknown"), (2023, "too_few_days")):
        title = blocks._rated_title(air.rated(year), w)
        assert title == w(f"air.rated_none_{why}", year=year)
        assert "0" not in title.replace(str(year), "").replace("2026", "")


def test_what_is_rated_is_counted_among_the_rated() -> None:
    w, rated = Words("zh"), air.rated(2025)
    some = replace(rated, items=(replace(rated.items[0], attained=None, why_not="too_few_days"), *rated.items[1:]))
    attained = sum(bool(one.attained) for one in some.judged)
    title = blocks._rated_title(some, w)
    assert title == w("air.rated_message", year=2025, attained=attained, n=4) + w("air.rated_rest", n=2)  # and ozone
