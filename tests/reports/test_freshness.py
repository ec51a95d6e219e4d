"""How a source's silence is told."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reports import freshness
from reports.freshness import Freshness
from store.clock import ZONE
from views.words import rooms

NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        ("connection refused (3 tries)", "refused"),
        ("no answer within 15 s", "timeout"),
        ("no whole answer within 20 s (4 kB came)", "timeout"),
        ("no connection within 6 s (3 tries)", "timeout"),
        ("name not found: air.cnemc.cn (3 tries)", "dns"),
        ("certificate not trusted: unable to get local issuer certificate", "tls"),
        ("TLS failed: wrong version number", "tls"),
        ("connection broken after 12 kB (3 tries)", "reset"),
        ("redirects to another host (https://example.org/)", "redirect"),
        ("HTTP 429, asks to wait 3600 s", "busy"),
        ("HTTP 503 (3 tries)", "busy"),
        ("HTTP 404", "http"),
        ("HTTP 502 (3 tries)", "http"),
        ("answers text/html instead of JSON", "type"),
        ("more than 20 MB (100 MB announced)", "size"),
        ("empty answer", "empty"),
        ("compressed bytes that cannot be decompressed", "garbled"),
        ("answers -1: the session was not accepted", "protocol"),
        ("cnemc_air, stations: a list was expected, an object came", "protocol"),
    ],
)
def test_a_failure_has_a_reason_pages_can_say(failure: str, reason: str) -> None:
    assert freshness.reason(failure) == reason


def test_every_reason_has_words() -> None:
    for lang in ("zh", "en"):
        words = rooms(lang)["live"]
        assert {f"why.{reason}" for reason in (*freshness.REASONS, "protocol")} <= words.keys()


def test_every_sentence_of_the_way_out_is_known() -> None:
    """A new sentence in the transport must find its reason: only those of foreign causes may fall to "protocol"."""
    source = (Path(__file__).parents[2] / "loaders" / "transport.py").read_text(encoding="utf-8")
    sentences = re.findall(r'FaultError\(\s*f?"([^"]+)"', source)
    assert len(sentences) > 10
    filled = [re.sub(r"{[^}]*}", "9", sentence) for sentence in sentences]
    unknown = [one for one in filled if freshness.reason(one) == "protocol" and not one.startswith("cannot be asked")]
    assert not unknown


def _told(age: timedelta | None) -> Freshness:
    data_at = None if age is None else NOON - age
    return Freshness("cnemc_air", None, data_at, None, None, None, "", timedelta(minutes=150), NOON)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("age", "stale"), [(timedelta(minutes=150), False), (timedelta(minutes=151), True), (timedelta(0), False)]
)
def test_a_value_is_stale_beyond_its_sources_expected_age(age: timedelta, stale: bool) -> None:
    assert _told(age).stale is stale


def test_a_value_from_the_future_has_no_negative_age_and_none_has_no_age() -> None:
    assert _told(-timedelta(minutes=5)).age == timedelta(0)
    assert _told(None).age is None
    assert not replace(_told(None)).stale
