"""A request that cannot be answered, as JSON in one sentence (RFC 9457)."""

import json
from http import HTTPStatus

from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
LONGEST = 300  # letters of a sentence; what a request quotes is no answer's length


def problem(status: int, detail: str) -> Response:
    """The answer of a status with its sentence, cut where it is too long."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail[:LONGEST]}
    headers = {"access-control-allow-origin": "*", "cache-control": "no-store"}
    return Response(json.dumps(body, ensure_ascii=False), status, headers, MEDIA_TYPE)
