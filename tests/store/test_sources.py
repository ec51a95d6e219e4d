"""The declared sources and their addresses."""

from typing import Any

import pytest

from store import sources, tracked
from store.sources import Source

ENTRY = {
    "address": "https://example.org:18007/rst/v1",
    "document_id": "d",
    "kind": "live",
    "every_minutes": 60,
    "expected_age_minutes": 60,
    "on": True,
    "licence_zh": "",
    "licence_en": "",
}


def one(**changed: object) -> Source:
    return sources._source("some_source", {**ENTRY, **changed})


@pytest.mark.parametrize(
    ("replacement", "url", "at_home"),
    [
        ("", "https://example.org:18007/rst/v1", False),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000/rst/v1", True),
        ("http://127.0.0.1:9000/", "http://127.0.0.1:9000/rst/v1", True),
        ("http://[::1]:9000", "http://[::1]:9000/rst/v1", True),
        ("https://mirror.example/air/", "https://mirror.example/air", False),
        ("http://[::1", "http://[::1", False),
    ],
)
def test_an_environment_variable_replaces_the_address(
    replacement: str, url: str, at_home: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINING_SOME_SOURCE_URL", replacement)
    assert (one().url, one().at_home) == (url, at_home)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"colour": "blue"}, "unknown field colour"),
        ({"kind": "guessed"}, "'guessed' is unknown"),
        ({"every_minutes": 0}, "at least 1"),
        ({"expected_age_minutes": 59}, "no less"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_source(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(tracked.FactError, match=f"some_source.*{message}"):
        one(**changed)


def test_a_missing_field_is_named() -> None:
    entry = {name: value for name, value in ENTRY.items() if name != "licence_en"}
    with pytest.raises(tracked.FactError, match="licence_en missing"):
        sources._source("some_source", entry)


def test_every_source_names_its_document_and_an_unknown_one_is_refused_with_those_there_are() -> None:
    documents = set(tracked.read("documents")["document_id"])
    assert {source.document_id for source in sources.declared().values()} <= documents
    with pytest.raises(KeyError, match="cnemc_air"):
        sources.get("nobody")
