"""The description of the API for programs (OpenAPI 3.1), made from the endpoints themselves: nothing is listed twice."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from apispec import APISpec
from msgspec import NODEFAULT
from msgspec.structs import FieldInfo
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from views.http import choices
from views.http.api import parameters
from views.http.api.endpoint import ANY_SITE, BASE, FRESH_S, Endpoint
from views.http.api.values import encoded
from views.http.conditional import public, respond
from views.http.problem import MEDIA_TYPE, OF_MACHINES
from views.text.words import Words

PATH = f"{BASE}/openapi.json"
VERSION = "1"
REFUSALS = ("400", "404", "414")  # a wrong parameter, an unknown thing, an address that is too long
SCHEMAS = "#/components/schemas/{name}"
PROBLEM = {
    "type": "object",
    "description": "Why there is no answer, in one sentence (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def route(endpoints: Sequence[Endpoint]) -> Route:
    """Where the description is."""

    def described(request: Request) -> Response:
        w = Words(choices.named(request.scope).get("lang", OF_MACHINES))  # as its address says: any cache may have it
        body = encoded(document(tuple(endpoints), w))
        return respond(request, body, "application/json", cache_control=public(FRESH_S), headers=ANY_SITE)

    return Route(PATH, described)


@cache
def document(endpoints: tuple[Endpoint, ...], w: Words) -> dict[str, Any]:
    """The description of these endpoints in a language."""
    spec = APISpec(
        title=w("api.title"),
        version=VERSION,
        openapi_version="3.1.0",
        info={"description": w("api.lead"), "license": {"name": w("api.licence"), "url": "/api"}},
    )
    _, shapes = msgspec.json.schema_components([one.answer for one in endpoints], ref_template=SCHEMAS)
    for name, shape in ({"Problem": PROBLEM} | shapes).items():
        spec.components.schema(name, shape)
    for one in endpoints:
        spec.path(one.address, operations={"get": _operation(one, w)})
    return spec.to_dict()


def shape_of(question: type, field: FieldInfo) -> dict[str, Any]:
    """The schema of a parameter, with what it is where it is not given."""
    shape = msgspec.json.schema(parameters.types(question)[field.name])
    return shape if field.default in (NODEFAULT, None) else shape | {"default": field.default}


def _operation(one: Endpoint, w: Words) -> dict[str, Any]:
    refused = {
        "description": w("api.refused"),
        "content": {MEDIA_TYPE: {"schema": {"$ref": SCHEMAS.format(name="Problem")}}},
    }
    return {
        "operationId": one.key,
        "summary": w(f"api.about.{one.key}"),
        "parameters": [_parameter(one, field, w) for field in one.parameters] + [_language(w)],
        "responses": {
            "200": {
                "description": one.answer.__doc__,
                "headers": _headers(w),
                "content": {"application/json": {"schema": {"$ref": SCHEMAS.format(name=one.answer.__name__)}}},
            },
            "302": {"description": w("api.shorter")},
            "304": {"description": w("api.unchanged")},
            **dict.fromkeys(REFUSALS, refused),
        },
    }


def _parameter(one: Endpoint, field: FieldInfo, w: Words) -> dict[str, Any]:
    name = parameters.public_name(field)
    shown = {"example": one.example[name]} if name in one.example else {}
    return {
        "name": name,
        "in": "path" if one.in_path(name) else "query",
        "required": one.in_path(name),
        "description": w(f"api.parameter.{name}"),
        "schema": shape_of(one.question, field),
    } | shown


def _language(w: Words) -> Mapping[str, Any]:
    return {
        "name": "lang",
        "in": "query",
        "description": w("api.parameter.lang"),
        "schema": {"type": "string", "enum": ["zh", "en"]},
    }


def _headers(w: Words) -> Mapping[str, Any]:
    return {
        name: {"description": w(f"api.header.{key}"), "schema": {"type": "string"}}
        for name, key in (("ETag", "etag"), ("Link", "link"))
    }
