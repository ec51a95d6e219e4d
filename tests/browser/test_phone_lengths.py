"""On a phone every tab of every page ends within 4,000 px of its first view; what is longer is folded."""

import pytest
from playwright.sync_api import Browser

from tests.browser.records import PLACES, opened, visitor, within
from tests.pictures import PHONE

LONGEST = 4_000  # px, from the top of the page to its end
TALL = "document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().height"


@pytest.mark.parametrize("place", PLACES)
def test_a_tab_is_short_on_a_phone(address: str, chrome: Browser, place: str) -> None:
    context = visitor(chrome, "phone", user_agent=PHONE)
    page, _ = opened(context, f"{address}/{within(place, lang='zh', view='full')}")
    assert page.locator(".pagefail").count() == 0
    assert 0 < page.evaluate(TALL) <= LONGEST
    context.close()
