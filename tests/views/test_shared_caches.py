"""What a shared cache may keep is a function of its address; a cookie only leads to an address that says what it chooses."""

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette

import dashboard
from tests.asgi import Answer, ask
from views.http.shell import Shell

# An address of each route that has braces.
EXAMPLES = {
    "/lite/{path:path}": "/lite/air",
    "/data/{name}.{form}": "/data/targets.xlsx",
    "/chart/{name}.{form}": "/chart/forest-cover.svg",
    "/chart/{name}": "/chart/forest-cover",
    "/embed/{name}": "/embed/forest-cover",
    "/embed/number/{name}": "/embed/number/good_day_share_pct",
    "/number/{name}": "/number/good_day_share_pct",
    "/api/v1/indicators/{indicator_id}": "/api/v1/indicators/good_day_share_pct",
    "/og/{path:path}.png": "/og/air.png",
    "/wall/scene/{name}": "/wall/scene/river",
    "/poster/{chapter}.pdf": "/poster/sky.pdf",
    "/brief/{month}.pdf": "/brief/2025-03.pdf",
    "/brief/{month}.docx": "/brief/2025-03.docx",
    "/brief/{month}": "/brief/2025-03",
    "/account/{year}.pdf": "/account/2025.pdf",
    "/account/{year}.xlsx": "/account/2025.xlsx",
    "/account/{year}": "/account/2025",
}
# Pages whose address says language, theme, text size and contrast.
READ = ("/api", "/data", "/lite", "/lite/air", "/chart/forest-cover", "/number/good_day_share_pct", "/brief/2025-03",
        "/account/2025")  # fmt: skip
ADDRESSES = sorted({EXAMPLES.get(route.path, route.path) for route in dashboard.routes} - {"/"})
ALL = "lang=en; theme=dark; text=140; contrast=more; view=full; district=huangyuan"
app = Shell(Starlette(routes=dashboard.routes))


def get(address: str, **headers: str) -> Answer:
    return ask(app, address, host="sky.example", **headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_public_is_the_same_whatever_else_is_sent(address: str) -> None:
    assert "{" not in address, "a new route: name an address of it in EXAMPLES"
    plain, chosen = get(address), get(address, cookie=ALL, accept_language="zh, en;q=0.5", user_agent="iPhone")
    assert (chosen.status_code == 302) == (address in (*READ, "/account", "/brief"))
    public = plain.status_code == chosen.status_code == 200 and "public" in chosen.headers["cache-control"]
    assert not public or (plain.content == chosen.content and "cookie" not in chosen.headers.get("vary", "").lower())
    assert public or address in (*READ, "/data/", "/account", "/brief", "/healthz", "/metrics")


@pytest.mark.parametrize("page", READ)
@pytest.mark.parametrize(
    "query",
    ["lang=xx", "lang=EN", "lang=zh-CN", "theme=x", "lang=", "lang=xx&lang=yy", "lang=xx&theme=dark&text=9",
     "contrast=%20more", "district=nowhere", "lang=xx&keep=1", "keep=1", "view=full", "full=1"],
)  # fmt: skip
def test_every_way_to_what_a_cookie_chooses_ends(page: str, query: str) -> None:
    """At an address that says it, after one step, whatever else the address says."""
    first = get(f"{page}?{query}", cookie="lang=en; theme=dark")
    assert first.status_code == 302
    reached = get(first.headers["location"], cookie="lang=en; theme=dark")
    arguments = parse_qs(urlsplit(first.headers["location"]).query)
    assert (reached.status_code, arguments["lang"], arguments["theme"]) == (200, ["en"], ["dark"])


@pytest.mark.parametrize("page", READ)
def test_an_unknown_choice_without_a_cookie_is_answered_at_once(page: str) -> None:
    assert get(f"{page}?lang=xx").status_code == 200
