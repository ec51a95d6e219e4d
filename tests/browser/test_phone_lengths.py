"""On a phone every tab of every page ends within 4,000 px of its first view; what is longer is folded."""

import pytest
from playwright.sync_api import Browser

from tests.browser.records import PLACES, Records, visitor
from tests.pictures import PHONE
from views.text.words import LANGUAGES

LONGEST = 4_000  # px, from the top of the page to its end


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_a_tab_is_short_on_a_phone(records: Records, place: str, lang: str) -> None:
    """On a day on which every source has data, which is the longest."""
    found = records.phone(place, lang).found
    assert found["failed"] == 0
    assert 0 < found["tall"] <= LONGEST


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_light_page_is_short_and_in_order(address: str, chrome: Browser, lang: str) -> None:
    """The air, against last year, the map, the trend, the promises."""
    context = visitor(chrome, "phone", user_agent=PHONE)
    page = context.new_page()
    page.goto(f"{address}/lite?lang={lang}")
    assert 0 < page.evaluate("document.documentElement.scrollHeight") <= LONGEST
    parts = (
        "main > .card",
        "main > ul.rows",
        "main > section:nth-of-type(1) svg[role=group]",
        "main > section:nth-of-type(2) svg",
        "main > section:nth-of-type(3) details",
    )
    tops = [page.locator(part).first.bounding_box() for part in parts]
    assert all(tops), tops
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
    context.close()
