"""A pledge card taken home from the exhibit."""

import pytest
from starlette.applications import Starlette

from tests import asgi
from views.http import light
from views.text.pledges import PLEDGES
from views.text.words import Words

APP = Starlette(routes=light.routes())
ZH = Words("zh")


def shown(address: str) -> list[str]:
    """The pledges a page shows."""
    text = asgi.ask(APP, address).content.decode()
    return [name for name in PLEDGES if ZH(f"exhibit.part.{name}_title") in text]


@pytest.mark.parametrize(
    ("pledges", "expected"),
    [
        ("bus,sort", ["bus", "sort"]),
        ("sort,sort,nothing", ["sort"]),
        ("look,bus,drain,food", ["look", "bus", "drain"]),
        ("<script>", []),
        ("", []),
    ],
)
def test_up_to_three_known_pledges_are_on_the_first_light_page(pledges: str, expected: list[str]) -> None:
    assert shown(f"/lite?pledge={pledges}") == expected


def test_pledges_stay_on_the_first_page_and_with_their_visitor() -> None:
    assert shown("/lite?pledge=bus") == ["bus"]
    assert shown("/lite") == []
    assert shown("/lite/air?pledge=bus") == []
