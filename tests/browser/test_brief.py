"""The monthly brief in a browser: on one sheet of A4 in print, no wider than a phone on one."""

import re

import pytest
from playwright.sync_api import Browser

from tests.views.test_briefs import MONTHS, get
from views.text.words import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_prints_on_one_sheet_and_fits_a_phone(lang: str, chrome: Browser) -> None:
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    for month in MONTHS:
        page.set_content(get(f"/brief/{month}?lang={lang}").content.decode())
        assert page.evaluate("document.documentElement.scrollWidth") == 390, month
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, month
    page.close()
