"""One dashboard and one Chromium for the journeys of a file.

Not for the whole session: Playwright's event loop runs as long as its browser, and other tests need their own.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.served import browser, dashboard


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Address of a running dashboard."""
    with dashboard() as url:
        yield url


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """Chromium without a window."""
    with browser() as opened:
        yield opened
