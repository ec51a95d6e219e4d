"""An address of a document has the arguments that say something, each once; every other leads to that one, kept by no cache."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware

import dashboard
from tests.asgi import Answer, ask
from views.http import arguments
from views.http.guard import Guard

app = Starlette(
    routes=dashboard.routes,
    middleware=[Middleware(Guard, pages=dashboard.PAGES, routes=dashboard.routes, kind=dashboard.kind_of)],
)


def get(address: str) -> Answer:
    return ask(app, address, host="sky.example")


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/lite?x=1", "/lite"),
        ("/lite?from=singlemessage&isappinstalled=0&lang=en", "/lite?lang=en"),  # as an app for messages shares it
        ("/lite/air?lang=zh&lang=en", "/lite/air?lang=en"),
        ("/lite/air?lang=en&", "/lite/air?lang=en"),
        ("/lite/air?l%61ng=en", "/lite/air?lang=en"),
        ("/lite/air?lang=xx&theme=dark", "/lite/air?theme=dark"),
        ("/lite/air?keep=2&theme=dark", "/lite/air?theme=dark"),
        ("/lite?pledge=sort,sort,nothing", "/lite?pledge=sort"),
        ("/lite/%E4%BD%A0%3Fa?x=1", "/lite/%E4%BD%A0%3Fa"),
        ("/account/2025.xlsx?z=7", "/account/2025.xlsx"),
        ("/api/v1/air/daily?from=2026-05-01&z=7", "/api/v1/air/daily?from=2026-05-01"),
        ("/api/v1/air/daily?from=2026-05-01&from=2026-05-02", "/api/v1/air/daily?from=2026-05-02"),
        ("/og/air.png?", None),
        ("/og/air.png?lang=en&v=3", "/og/air.png?lang=en"),
    ],
)
def test_what_says_nothing_is_left_out(address: str, leads: str | None) -> None:
    answer = get(address)
    assert (answer.status_code, answer.headers.get("location")) == ((302, leads) if leads else (200, None))
    assert not leads or answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    ["/lite?pledge=bus,sort", "/lite?pledge=bus%2Csort", "/api/v1/air/hourly?limit=24", "/healthz?x=1",
     "/wall/scene/river?lang=en", "/lite/water?lang=en&theme=dark&text=140&contrast=more"],
)  # fmt: skip
def test_what_says_something_is_answered_at_once(address: str) -> None:
    assert get(address).status_code == 200


@given(query=st.text(st.characters(codec="ascii", exclude_characters=" #"), max_size=60), own=st.booleans())
def test_one_step_is_enough(query: str, own: bool) -> None:
    """Whatever an address says: where it is led to, it is not led on."""
    names = ["from", "a"] if own else []
    answer = arguments.fewer({"path": "/lite", "query_string": query.encode()}, names)
    if answer:
        reached = answer.headers["location"].partition("?")[2]
        assert arguments.fewer({"path": "/lite", "query_string": reached.encode()}, names) is None
