"""How a source's silence is shown."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reports import freshness
from reports.freshness import Freshness
from store import database, sources, state
from store.clock import ZONE
from store.states import FailureCause
from tests import live_stores
from views.text.words import Words, all_words
from views.ui import live

NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)


def test_every_cause_has_words() -> None:
    for lang in ("zh", "en"):
        assert {f"why.{cause}" for cause in FailureCause} <= all_words(lang)["live"].keys()


def _freshness(age: timedelta | None, **more: Any) -> Freshness:
    data_at = None if age is None else NOON - age
    given = {"source_id": "cnemc_air", "source": None, "data_at": data_at, "latest_at": data_at, "now": NOON}
    given |= dict.fromkeys(("asked_at", "answered_at", "next_at", "failing_since")) | {"cause": None}
    return Freshness(**given | {"expected_age": timedelta(minutes=150)} | more)


MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("age", "state", "stale"),
    [
        (None, "never", None),
        (timedelta(0), "live", False),
        (150 * MINUTE, "live", False),
        (150 * MINUTE + SECOND, "stale", True),
        (timedelta(days=54), "stale", True),
        (-5 * MINUTE, "live", False),
    ],
)
def test_a_value_is_never_there_live_or_out_of_date(age: timedelta | None, state: str, stale: bool | None) -> None:
    assert (_freshness(age).state, _freshness(age).stale) == (state, stale)


@pytest.mark.parametrize("age", [timedelta(0), timedelta(days=54)])
def test_a_value_of_a_file_is_neither_live_nor_out_of_date_however_young(age: timedelta) -> None:
    one = _freshness(age, from_file=True)
    assert (one.state, one.stale, one.up_to_date) == ("file", None, False)


def test_a_value_from_the_future_has_no_negative_age_and_none_has_no_age() -> None:
    assert _freshness(-5 * MINUTE).age == timedelta(0)
    assert _freshness(None).age is None


# ── as the store has it ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def empty(tmp_path: Path) -> Iterator[None]:
    with live_stores.filled(tmp_path):
        yield


def answered(data_at: datetime | None) -> None:
    with database.engine().begin() as c:
        source = sources.get("cnemc_water")
        state.succeeded(c, source, now=NOON - 7 * MINUTE, next_at=NOON, changed=False, data_at=data_at)


def failed(minutes: int) -> None:
    with database.engine().begin() as c:
        source, at = sources.get("cnemc_water"), NOON - minutes * MINUTE
        state.failed(c, source, now=at, next_at=NOON, reason="connection refused (3 tries)", cause=FailureCause.REFUSED)


LINES = {
    "not asked": ("从未取得", "还没有问过这个来源"),
    "answered with nothing": ("从未取得", "来源7分钟前有应答，但里面没有西宁的数"),
    "never answered": ("从未取得", "来源7分钟前起没有应答（拒绝连接），从未取得过数据"),
    "answered with nothing, then failing": ("从未取得", "来源3分钟前起没有应答（拒绝连接），从未取得过数据"),
    "failing with a value": ("", "来源3分钟前起没有应答（拒绝连接），保留最后的值"),
}


@pytest.mark.parametrize("case", LINES)
def test_the_line_says_what_is_known_of_a_source_and_no_more(case: str, empty: None) -> None:
    if case == "never answered":
        failed(7)
    if case.startswith("answered"):
        answered(None)
    if case == "failing with a value":
        answered(NOON - 7 * MINUTE)
    if "failing" in case:
        failed(3)
    fresh, (badge, words) = freshness.of("cnemc_water", NOON), LINES[case]
    line = live.line(fresh, Words("zh"))
    assert words in line
    assert (f'<strong class="stale">{badge}</strong>' in line) == bool(badge)
    assert ("保留最后的值" in line) == (fresh.latest_at is not None)
    assert fresh.failing == ("failing" in case or case == "never answered")
    assert fresh.stale is (False if case == "failing with a value" else None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_value_from_a_file_is_marked_and_that_the_source_is_overdue(lang: str, empty: None) -> None:
    failed(7)
    fresh = freshness.of("cnemc_water", NOON, data_at=NOON - timedelta(days=61), kind="archive")
    line, words = live.line(fresh, Words(lang)), all_words(lang)["live"]
    assert fresh.state == "file"
    assert f'<strong class="stale">{words["file"]}</strong>' in line
    assert words["not_live"] in line
    assert words["stale"] not in line
    assert {"zh": "从未取得过数据", "en": "nothing was ever received"}[lang] in line


@pytest.mark.parametrize(
    ("minutes", "kind", "outside"),
    [(0, "live", True), (150, "live", True), (151, "live", False), (0, "archive", False), (None, "live", False)],
)
def test_only_a_live_hour_is_the_air_outside(minutes: int | None, kind: Any, outside: bool, empty: None) -> None:
    at = None if minutes is None else NOON - minutes * MINUTE
    assert freshness.outside_now(at, kind, NOON) is outside
