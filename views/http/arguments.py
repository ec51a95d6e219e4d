"""Which arguments an address of a document may have: known ones, each once.

Every other address is another one to a shared cache, and would be answered and stored anew (``?x=1``, ``?x=2`` …).
"""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.responses import RedirectResponse, Response

from views.http.choices import KEEP
from views.text.pledges import PLEDGES
from views.visit import CHOICES


def fewer(scope: Mapping[str, Any], own: Collection[str] = ()) -> Response | None:
    """The way to the same address without the arguments that say nothing; None where it has none of them.

    ``own``: arguments of the route itself, whose values it judges. Of a repeated one the last is taken, as everywhere.
    """
    query = scope.get("query_string", b"").decode("latin-1")
    if not query:
        return None
    named = {name: value if name in own else _bounded(name, value) for name, value in parse_qsl(query)}
    stated = {name: value for name, value in named.items() if value}
    written = {form for name, value in stated.items() for form in (f"{name}={value}", urlencode({name: value}))}
    parts = query.split("&")
    if len(parts) == len(stated) and written.issuperset(parts):
        return None
    headers = {"cache-control": "no-store", "access-control-allow-origin": "*"}
    return RedirectResponse(f"{quote(scope['path'])}?{urlencode(stated)}".rstrip("?"), 302, headers)


def _bounded(name: str, value: str) -> str:
    """What an argument of any document says: a choice, that it is to be remembered, pledges; empty for nothing."""
    if name == "pledge":
        return ",".join(dict.fromkeys(one for one in value.split(",") if one in PLEDGES))
    return value if value in CHOICES.get(name, ()) or (name, value) == (KEEP, "1") else ""
