"""The API for people: each endpoint with what may be asked, the units of its numbers, and an address to try."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from views import addresses
from views.http.api import openapi, parameters
from views.http.api.endpoint import Endpoint
from views.http.api.endpoints import ENDPOINTS
from views.lite import frame, number
from views.lite.frame import Page, Picture
from views.text.words import Words
from views.visit import Visit

# The last parts of names that say a unit; each has its symbol or word in words/*/api.toml.
UNITS = (
    "ugm3", "mgm3", "mgl", "pct_a_year", "pct", "pp_a", "pp", "10kt", "kwh_t", "days", "hours", "minutes", "months", "n",
    "km", "m", "ndvi_a",
)  # fmt: skip


class Parameter(Struct, frozen=True, weakref=True):
    """A parameter as it is shown: its name, what it is, what may be given, and what is taken where it is not."""

    name: str
    what: str
    may_be: str
    otherwise: str


class Shown(Struct, frozen=True, weakref=True):
    """An endpoint as it is shown. ``units``: the names of its numbers by unit."""

    address: str
    tried: str
    about: str
    parameters: tuple[Parameter, ...]
    units: tuple[tuple[str, tuple[str, ...]], ...]


def page(v: Visit) -> Page:
    """The page: the same list the routes and the description are made of."""
    w = v.w
    shown = [_shown(one, w) for one in ENDPOINTS]
    title, lead = w("api.title"), w("api.lead")
    body = frame.body(
        "api",
        v,
        title=title,
        lead=lead,
        endpoints=shown,
        described=openapi.PATH,
        most=parameters.MOST,
        number=number.how(w),
    )
    return Page(addresses.API, "overview", title, lead, body, Picture(title), "method")


def _shown(one: Endpoint, w: Words) -> Shown:
    return Shown(
        address=one.address,
        tried=one.tried,
        about=w(f"api.about.{one.key}"),
        parameters=tuple(_parameter(one, field, w) for field in one.parameters),
        units=tuple((w(f"api.unit.{unit}"), names) for unit, names in _units(one)),
    )


def _parameter(one: Endpoint, field: FieldInfo, w: Words) -> Parameter:
    name, shape = parameters.public_name(field), openapi.shape_of(one.question, field)
    default = "" if field.default in (NODEFAULT, None) else str(field.default)
    return Parameter(name, w(f"api.parameter.{name}"), _may_be(shape, w), default)


def _may_be(shape: dict[str, Any], w: Words) -> str:
    """What may be given, by the schema of the parameter's type."""
    if "enum" in shape:
        return w("api.or").join(map(str, shape["enum"]))
    if shape.get("type") == "integer":
        return f"{shape['minimum']}–{shape['maximum']}"
    return w("api.kind.date") if shape.get("format") == "date" else w("api.kind.text")


@cache
def _units(one: Endpoint) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of an answer's numbers by their unit, in the order of :data:`UNITS`."""
    _, shapes = msgspec.json.schema_components([one.answer], ref_template="{name}")
    names = sorted(set(_names(shapes)))
    found = {unit: tuple(name for name in names if _unit_of(name) == unit) for unit in UNITS}
    return tuple((unit, some) for unit, some in found.items() if some)


def _names(shapes: dict[str, Any]) -> Iterator[str]:
    for shape in shapes.values():
        yield from shape.get("properties", ())


def _unit_of(name: str) -> str | None:
    return next((unit for unit in UNITS if name.endswith(f"_{unit}")), None)
