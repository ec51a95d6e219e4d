"""Addresses: parameters are added to the query an address already has."""

import pytest

from views.addresses import in_language, with_query
from views.text.words import Words
from views.visit import canonical


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/lite", "/lite?lang=en"),
        ("./?view=wall", "./?view=wall&lang=en"),
        ("/lite?pledge=a,b", "/lite?pledge=a,b&lang=en"),
        ("", "?lang=en"),
    ],
)
def test_a_language_is_added_to_a_query(address: str, expected: str) -> None:
    assert in_language(address, "en") == expected


def test_values_of_a_query_are_encoded_but_for_commas() -> None:
    assert with_query("/x", pledge="a,b", note="1&2") == "/x?pledge=a,b&note=1%262"
    assert with_query("/x?view=wall") == "/x?view=wall"


def test_an_address_to_cite_names_its_language_where_that_is_not_the_first() -> None:
    assert canonical("/?view=wall", Words("zh")) == "/?view=wall"
    assert canonical("/?view=wall", Words("en"), tab="now") == "/?view=wall&lang=en&tab=now"
