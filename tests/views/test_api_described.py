"""The API as it is described: every endpoint answers as its schema says, in pages, in one sentence where it does not."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.middleware import Middleware

import dashboard
from tests import asgi, live_stores
from tests.live_stores import at, hours, write_readings
from views.http.api import page as api_page
from views.http.api.endpoint import Endpoint
from views.http.api.endpoints import ENDPOINTS
from views.http.guard import Guard
from views.text.words import LANGUAGES

APP = Starlette(
    routes=dashboard.routes,
    middleware=[Middleware(Guard, pages=dashboard.PAGES, routes=dashboard.routes, kind=dashboard.kind_of)],
)
BY_PATH = {one.path: one for one in ENDPOINTS}
NAMED = ("now", "indicators", "indicators/{indicator_id}", "figures", "air/daily", "air/hourly", "air/year", "air/budget",
         "air/trends", "water/sections", "water/readings", "waste", "greening", "ndvi", "tasks", "complaints", "sources",
         "standards", "contradictions", "documents")  # fmt: skip
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
          response_schema_conformance]  # fmt: skip
SIX = at("2026-11-23T18:00")


@pytest.fixture(scope="module", autouse=True)
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store with an hour of the city and of a station, and with composites of the vegetation index."""
    with pytest.MonkeyPatch.context() as patch, live_stores.filled(tmp_path_factory.mktemp("api")):
        patch.setenv("XINING_TODAY", "2026-11-23T18:30")
        write_readings(
            "cnemc_air", hours("xining", "aqi", SIX, [84.0, 90.0]) + hours("3055A", "aqi", SIX, [90.0]), now=SIX
        )
        write_readings("modis_ndvi", list(live_stores.composites()), now=SIX)
        yield


def get(address: str, **headers: str) -> asgi.Answer:
    return asgi.ask(APP, address, **headers)


def described() -> dict[str, Any]:
    return dict(get("/api/v1/openapi.json").json())


def test_every_endpoint_of_the_api_is_there() -> None:
    assert tuple(BY_PATH) == NAMED


def test_the_description_is_sound_and_of_every_endpoint() -> None:
    for lang in LANGUAGES:
        document = get(f"/api/v1/openapi.json?lang={lang}").json()
        validate(document)
        assert list(document["paths"]) == [one.address for one in ENDPOINTS]
    kinds = {name for name, shape in document["components"]["schemas"].items() if shape["type"] == "object"}
    assert {"Basis", "Problem", "PromiseOfPlan"} <= kinds


@pytest.mark.parametrize("path", NAMED)
def test_an_example_works_and_is_as_described(path: str) -> None:
    one = BY_PATH[path]
    answer = get(one.tried)
    assert answer.status_code == 200
    assert any(answer.json().values()), "an example with nothing in it"
    shape = {"$ref": f"#/components/schemas/{one.answer.__name__}", "components": described()["components"]}
    jsonschema.validate(answer.json(), shape, format_checker=jsonschema.FormatChecker())
    headers = answer.headers
    assert headers["cache-control"].startswith("public, max-age=")
    assert headers["access-control-allow-origin"] == "*"
    again = get(one.tried, if_none_match=headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def numbers(content: Any, based: bool = False) -> Iterator[tuple[str, bool]]:
    """Every number of an answer by its name, and whether it, or what it stands in, has a basis."""
    if isinstance(content, dict):
        mine = based or any(key.endswith("basis") and isinstance(value, dict) for key, value in content.items())
        for key, value in content.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield key, mine
            elif not key.endswith("basis"):
                yield from numbers(value, mine)
    elif isinstance(content, list):
        for one in content:
            yield from numbers(one, based)


# What is no finding: places and sizes of what is described itself, and a section's own row.
OWN = {"lon", "lat", "accuracy_km", "accuracy_m", "every_minutes", "expected_age_minutes", "figures", "other_rows", "limit",
       "range_low", "range_high"}  # fmt: skip


NO_FINDINGS = ("standards", "documents", "sources", "contradictions")  # what is named there bears its document itself


@pytest.mark.parametrize("path", [path for path in NAMED if path not in NO_FINDINGS])
def test_every_number_stands_beside_its_origin(path: str) -> None:
    found = list(numbers(get(BY_PATH[path].tried).json()))
    assert found
    bare = {name for name, based in found if not based and name not in OWN}
    derived = {"rest_pct", "power_per_waste_kwh_t"} if path == "waste" else set()  # of figures that stand beside them
    assert bare <= derived, bare


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────
PAGED = {"indicators": "indicators", "figures": "figures", "air/daily": "days", "water/readings": "readings", "tasks": "tasks",
         "contradictions": "contradictions", "documents": "documents"}  # fmt: skip


@pytest.mark.parametrize("path", PAGED)
def test_pages_together_are_the_whole_list(path: str) -> None:
    whole = get(f"/api/v1/{path}").json()[PAGED[path]]
    limit = max(1, len(whole) // 3)
    rows: list[dict[str, Any]] = []
    cursor, pages = "", 0
    while cursor is not None:
        answer = get(f"/api/v1/{path}?limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        body = answer.json()
        assert len(body[PAGED[path]]) <= limit
        rows, cursor, pages = rows + body[PAGED[path]], body["next"], pages + 1
        assert ("link" in answer.headers) == (cursor is not None)
    assert rows == whole
    assert pages == -(-len(whole) // limit)


def test_the_next_page_is_named_whole() -> None:
    first = get("/api/v1/figures?theme=water&limit=3")
    address, relation = first.headers["link"].split("; ")
    assert relation == 'rel="next"'
    assert address.startswith("</api/v1/figures?theme=water&limit=3&cursor=")
    second = get(address.strip("<>")).json()["figures"]
    assert second == get("/api/v1/figures?theme=water&limit=6").json()["figures"][3:]


@pytest.mark.parametrize(
    "query", ["theme=air&limit=3&cursor={}", "theme=water&cursor=00", f"theme=water&cursor={'0' * 24}"]
)
def test_a_cursor_of_another_question_is_refused(query: str) -> None:
    cursor = get("/api/v1/figures?theme=water&limit=3").json()["next"]
    answer = get(f"/api/v1/figures?{query.format(cursor)}")
    assert answer.status_code == 400
    assert "first page" in answer.json()["detail"]


@pytest.mark.parametrize("limit", ["0", "501", "-1", "three", "1e3", "２"])
def test_a_page_has_a_bound(limit: str) -> None:
    answer = get(f"/api/v1/figures?limit={limit}")
    assert answer.status_code == 400
    assert answer.json()["detail"].endswith(": a whole number from 1 to 500.")


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("query", "header", "lang", "words"),
    [
        ("", "", "en", "There is no nothing."),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh", "没有 nothing 这一项。"),
        ("", "en;q=0.2, zh;q=0.3", "zh", "没有 nothing 这一项。"),
        ("", "fr", "en", "There is no nothing."),
        ("?lang=zh", "en", "zh", "没有 nothing 这一项。"),
        ("?lang=en", "zh", "en", "There is no nothing."),
    ],
)
def test_an_unknown_id_is_not_there_in_the_language_asked_for(query: str, header: str, lang: str, words: str) -> None:
    answer = get(f"/api/v1/indicators/nothing{query}", **({"accept_language": header} if header else {}))
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.headers["content-language"] == lang
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["detail"] == words


@pytest.mark.parametrize(
    ("address", "zh"),
    [
        ("air/hourly?from=2026-01-01&to=2026-02-01", "1 到 31 天"),
        ("air/hourly?place=lanzhou", "place=lanzhou：可以是"),
        ("figures?indicator=nothing", "indicator=nothing：没有这一项。"),
        ("water/readings?section=nothing", "section=nothing：可以是"),
        ("air/year?year=1999", "year=1999：这一年没有一天有数据。"),
        ("air/budget?year=2026&against=2017", "监测状态不同"),
        ("air/trends?part=now", "可以是 after, before"),
        ("tasks?body=nothing", "body=nothing"),
        ("nothing", "没有这个地址"),
    ],
)
def test_a_wrong_question_is_answered_in_chinese_too(address: str, zh: str) -> None:
    answer = get(f"/api/v1/{address}", accept_language="zh")
    assert answer.status_code in (400, 404)
    assert zh in answer.json()["detail"]


def test_a_page_of_another_site_may_ask() -> None:
    asked = {"origin": "https://school.example", "access_control_request_method": "GET"}
    answer = asgi.ask(APP, "/api/v1/figures", method="OPTIONS", **asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    assert asgi.ask(APP, "/api/v1/nothing", method="OPTIONS", **asked).status_code == 405
    assert asgi.ask(APP, "/lite", method="OPTIONS", **asked).status_code == 405


# ── hours ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_hours_are_the_published_ones_of_the_days_asked_for() -> None:
    body = get("/api/v1/air/hourly?from=2026-11-23&to=2026-11-23").json()
    assert [(one["at"], one["aqi"], one["published"]) for one in body["hours"]] == [
        ("2026-11-23T17:00:00+08:00", 84, True),
        ("2026-11-23T18:00:00+08:00", 90, True),
    ]
    assert body["basis"]["sources"] == [{"document_id": "cnemc_air", "place": None}]
    assert (body["place"], body["basis"]["kind"]) == ("xining", "live")
    station = get("/api/v1/air/hourly?place=3055A").json()["hours"]  # the last day with hours
    assert [one["aqi"] for one in station] == [90]
    assert get("/api/v1/air/hourly?from=2026-11-22&to=2026-11-22").json() == {
        "next": None, "place": "xining", "hours": [], "basis": None}  # fmt: skip


# ── for people ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_every_endpoint_and_its_links_work(lang: str) -> None:
    answer = get(f"/api?lang={lang}")
    text = answer.content.decode()
    assert (answer.status_code, "<script" in text) == (200, False)
    assert f'<link rel="canonical" href="http:///api{"" if lang == "zh" else "?lang=en"}">' in text
    for one in ENDPOINTS:
        assert f'href="{one.tried.replace("&", "&amp;")}"' in text
        assert all(f"<code>{name}</code>" in text for name in shown(one))
    assert "/api/v1/openapi.json" in text


def shown(one: Endpoint) -> list[str]:
    return [field.name.rstrip("_") for field in one.parameters]


def test_units_are_read_from_names() -> None:
    found = dict(api_page._units(BY_PATH["air/hourly"]))
    assert found["mgm3"] == ("co_mgm3",)
    assert set(found["ugm3"]) == {"pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "o3_1h_ugm3"}
    assert "m" not in found  # accuracy_m ends so, pm25_ugm3 does not


# ── whatever is asked ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.slow
@pytest.mark.parametrize("path", NAMED)
@pytest.mark.parametrize("mode", GenerationMode)
def test_no_question_made_of_the_description_ends_in_a_fault(path: str, mode: GenerationMode) -> None:
    """Questions that keep to the description and such that do not: no 500, and every answer is as described."""
    operation = schemathesis.openapi.from_dict(described())[BY_PATH[path].address]["GET"]

    @settings(max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def as_described(case: schemathesis.Case[Any]) -> None:
        request = requests.Request(**case.as_transport_kwargs(base_url="http://api.invalid")).prepare()
        answer = get(request.path_url)
        response = schemathesis.Response(
            answer.status_code,
            {name: [value] for name, value in answer.headers.items()},
            answer.content,
            request,
            elapsed=0.0,
            verify=False,
        )
        case.validate_response(response, checks=CHECKS)

    as_described()
