"""The tracked tables as files to take home: ``/data/<table>.csv``, for the tables of facts and nothing else."""

import hashlib
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from store import schema, tracked

TABLES = {table.name: table for table in schema.FACT_TABLES}
# Spreadsheet programs take a CSV for UTF-8, and show its Chinese, only where it begins with this mark.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FRESH_S = 3600


def address(name: str) -> str:
    """Where a table is to be had."""
    return f"/data/{name}.csv"


@lru_cache(maxsize=len(TABLES))
def content(name: str) -> tuple[bytes, str]:
    """A tracked file's bytes with the mark before them, and their tag. The files change only with the code."""
    body = BYTE_ORDER_MARK + tracked.path(TABLES[name]).read_bytes()
    return body, f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'


def route() -> Route:
    """The route that serves them."""
    return Route(address("{name}"), serve)


async def serve(request: Request) -> Response:
    """One table; 404 for a name that is none, 304 where the visitor already has these bytes."""
    name = request.path_params["name"]
    if name not in TABLES:
        return PlainTextResponse("no such table", status_code=404)
    body, tag = content(name)
    headers = {"etag": tag, "cache-control": f"public, max-age={FRESH_S}"}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'attachment; filename="{name}.csv"'
    return Response(body, media_type="text/csv", headers=headers)
