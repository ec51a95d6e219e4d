"""A request that cannot be answered, as JSON in one sentence (RFC 9457), in the language the request asks for."""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from views.http import choices
from views.text.words import LANGUAGES, Words

MEDIA_TYPE = "application/problem+json"
LONGEST = 300  # letters of a sentence; what a request quotes is no answer's length
OF_MACHINES = "en"  # what a program that names no language is answered in
QUALITY = re.compile(r";\s*q=([01](?:\.[0-9]{0,3})?)")


def problem(status: int, detail: str, lang: str = OF_MACHINES) -> Response:
    """The answer of a status with its sentence, cut where it is too long."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail[:LONGEST]}
    headers = {"access-control-allow-origin": "*", "cache-control": "no-store", "content-language": lang}
    return Response(json.dumps(body, ensure_ascii=False), status, headers, MEDIA_TYPE)


def in_words(scope: Mapping[str, Any], status: int, key: str, **values: object) -> Response:
    """The answer of a status with a sentence of the site's words, in the request's language."""
    w = language(scope)
    return problem(status, w(key, **values), w.lang)


def language(scope: Mapping[str, Any]) -> Words:
    """The language of a problem: as ``lang`` names it, else the one Accept-Language (RFC 9110, 12.5.4) likes best."""
    if (named := choices.query_of(scope).get("lang", [""])[-1]) in LANGUAGES:
        return Words(named)
    header = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1").lower()
    liked = {lang: _liked(header, lang) for lang in (OF_MACHINES, *LANGUAGES)}
    return Words(max(liked, key=lambda lang: liked[lang]))  # of equal ones the first


def _liked(header: str, lang: str) -> float:
    """How much a header likes a language, 0–1."""
    ranges = [one.strip() for one in header.split(",")]
    mine = [one for one in ranges if one.partition(";")[0].strip().partition("-")[0] == lang]
    return max((float(found[1]) if (found := QUALITY.search(one)) else 1.0 for one in mine), default=0.0)
