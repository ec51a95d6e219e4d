"""Conditional responses: a tag for each body, and 304 where the browser has it cached."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response


def tag_of(body: bytes) -> str:
    """The entity tag of a body (RFC 9110, 8.8.3): weak, since it may be compressed on its way."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'


def respond(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    cache_control: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    tag: str = "",
) -> Response:
    """A body with its tag; 304 without a body where the visitor has it cached. ``tag``: where it is known already."""
    tag = tag or tag_of(body)
    sent = {"etag": tag, "cache-control": cache_control, **(headers or {})}
    cached = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and tag in cached:
        return Response(status_code=304, headers=sent)
    return Response(body, status, sent, media_type)
