"""The data page's table of sources: what failed in part is called so, and when the next value is due."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from store import database, sources, state
from store.clock import ZONE
from store.states import FailureCause
from tests import live_stores
from tests.pages.visits import html_of, visit

NOW = datetime(2026, 11, 29, 6, 40, tzinfo=ZONE)
REASON = "cnemc_air, stations: nothing can be read: row 1, TimePoint: '<b>29</b>' is no time (and 6 more)"


@pytest.fixture
def failed_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The air platform answered at 6:40, one call of it unreadable; its newest hour is 6:00."""
    monkeypatch.setenv("XINING_TODAY", f"{NOW:%Y-%m-%dT%H:%M}")
    source = sources.get("cnemc_air")
    newest = NOW.replace(minute=0)
    with live_stores.filled(tmp_path):
        with database.engine().begin() as c:
            state.succeeded(c, source, now=NOW, next_at=NOW + timedelta(days=1), changed=True, data_at=newest)
            state.partly_failed(c, source, now=NOW, reason=REASON, cause=FailureCause.PROTOCOL)
        yield


@pytest.mark.parametrize(
    ("lang", "words", "due"),
    [("en", "in part: ", "next value due by 08:30, 29 November"), ("zh", "部分失败：", "新值最迟应在11月29日 08:30")],
)
def test_a_failure_in_part_says_so_and_why_and_when_the_next_value_is_due(
    lang: str, words: str, due: str, failed_in_part: None
) -> None:
    page = html_of(visit("method", lang))
    assert words in page
    assert "stations: nothing can be read: row 1" in page
    assert "<b>29</b>" not in page
    assert due in page
    assert ("30 November" if lang == "en" else "11月30日") in page  # the next request is not today's
