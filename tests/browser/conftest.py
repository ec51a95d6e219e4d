"""One dashboard and one Chromium for all journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.served import browser, dashboard


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Address of a running dashboard."""
    with dashboard() as url:
        yield url


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Chromium without a window."""
    with browser() as opened:
        yield opened
