"""On a phone every tab of these pages ends within 4,000 px of its first view; what is longer is folded."""

import pytest
from playwright.sync_api import Browser

from tests.browser.records import opened, path, visitor
from tests.pictures import PHONE
from views.addresses import TABS

LONGEST = 4_000  # px, from the top of the page to its end
PAGES = ("waste", "greening", "actions")
TALL = "document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().height"


@pytest.mark.parametrize(("name", "tab"), [(name, tab) for name in PAGES for tab in TABS[name]])
def test_a_tab_is_short_on_a_phone(address: str, chrome: Browser, name: str, tab: str) -> None:
    context = visitor(chrome, "phone", user_agent=PHONE)
    page, _ = opened(context, f"{address}/{path(name)}?lang=zh&view=full&tab={tab}")
    assert 0 < page.evaluate(TALL) <= LONGEST
    context.close()
