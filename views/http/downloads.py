"""The tables of facts as files to take home: ``/data/<table>.csv``, for these tables and nothing else."""

import csv
import io

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reports import tables
from store import database, live, schema, tracked
from store.cache import MIB, Cache
from store.database import FACTS
from views import addresses
from views.http.conditional import public, respond, tag_of

TABLES = {table.name: table for table in schema.FACT_TABLES}
# Spreadsheet programs take a CSV for UTF-8, and show its Chinese, only where it begins with this mark.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FRESH_S = 60
_files = Cache("files to download", 64 * MIB)


def content(name: str) -> tuple[bytes, str]:
    """A table's bytes with the mark before them, and their tag: the tracked file, or the store's rows where some came by
    a workbook."""
    return _files.get(name, lambda: _held(name) if name in _imported() else _file(name), topics=(FACTS,))


def _file(name: str) -> tuple[bytes, str]:
    return _tagged(tracked.path(TABLES[name]).read_bytes())


def _imported() -> frozenset[str]:
    """Tables with rows that no tracked file holds."""
    return frozenset(row.table_name for row in database.rows(select(live.imported_rows.c.table_name).distinct()))


def _held(name: str) -> tuple[bytes, str]:
    """A table as the store holds it, written as tracked files are: in the order of the key, nothing for what is missing."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    columns, rows = tables.stored(name)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return _tagged(written.getvalue().encode())


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _tagged(body: bytes) -> tuple[bytes, str]:
    marked = BYTE_ORDER_MARK + body
    return marked, tag_of(marked)


def route() -> Route:
    """The route that serves them."""
    return Route(addresses.table("{name}"), serve)


async def serve(request: Request) -> Response:
    """One table; 404 for a name that is none, 304 where the visitor already has these bytes."""
    name = request.path_params["name"]
    if name not in TABLES:
        return PlainTextResponse("no such table", status_code=404)
    body, tag = await run_in_threadpool(content, name)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return respond(request, body, "text/csv", cache_control=public(FRESH_S), headers=headers, tag=tag)
