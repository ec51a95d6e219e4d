"""Conditional responses: a tag for each body, and 304 where the browser has it cached."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

# How long an answer may stand in for a newer one: while that is made, and while no dashboard answers. Pages say how old
# their readings are; after an hour even that would be read as today's.
WHILE_MADE_S, WHILE_AWAY_S = 60, 3600


def public(fresh_s: int) -> str:
    """Cache-Control (RFC 9111, RFC 5861) of an answer that is the same for everybody who requests the same."""
    return f"public, max-age={fresh_s}, stale-while-revalidate={WHILE_MADE_S}, stale-if-error={WHILE_AWAY_S}"


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
