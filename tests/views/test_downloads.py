"""The tracked tables as files: every byte, only known names, nothing sent twice."""

import asyncio
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette

from store import schema, tracked
from views import downloads

app = Starlette(routes=[downloads.route()])


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: dict[str, str]
    content: bytes


def get(path: str, **headers: str) -> Answer:
    """Ask the route without a network."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": unquote(path), "headers": asked, "query_string": b""}
    asyncio.run(app(scope, receive, send))
    named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], named, b"".join(message.get("body", b"") for message in sent[1:]))


@pytest.mark.parametrize("name", [table.name for table in schema.FACT_TABLES])
def test_a_table_is_sent_as_tracked_with_the_mark_spreadsheets_need(name: str) -> None:
    answer = get(downloads.address(name))
    assert answer.status_code == 200
    assert answer.content == b"\xef\xbb\xbf" + tracked.path(schema.metadata.tables[name]).read_bytes()
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    assert answer.headers["content-type"].startswith("text/csv")


def test_a_table_taken_home_can_be_read_back() -> None:
    table = schema.metadata.tables["complaints"]
    read = tracked.parse(table, get(downloads.address("complaints")).content)
    assert read["n"].sum() == 3 * 24  # by district, by kind, by channel


@pytest.mark.parametrize(
    "path", ["/data/store_files.csv", "/data/nothing.csv", "/data/..%2Fpyproject.csv", "/data/areas.toml"]
)
def test_nothing_else_is_sent(path: str) -> None:
    assert get(path).status_code == 404


def test_what_the_visitor_already_has_is_not_sent_again() -> None:
    first = get(downloads.address("areas"))
    again = get(downloads.address("areas"), if_none_match=f'"other", {first.headers["etag"]}')
    assert (again.status_code, again.content) == (304, b"")
    stale = get(downloads.address("areas"), if_none_match='"other"')
    assert stale.status_code == 200
