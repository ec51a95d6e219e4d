"""The parameters of a request, read by their declared types and checked; lists in pages, each with the cursor of the next.

A question is a frozen type: a field is a parameter, its type what may be given (``from_`` is written ``from``).
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields, replace

from views.text import differences
from views.text.words import LANGUAGES, Words

FIRST_YEAR, LAST_YEAR = 1990, 2100
QUOTED = 40  # letters of a value that an answer repeats
MOST = 500  # rows of a page
FEW = 20  # values that a sentence can list
CURSOR, MARK = 24, 8  # letters of a cursor, and those of them that are of the question

Year = Annotated[int, msgspec.Meta(ge=FIRST_YEAR, le=LAST_YEAR)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST)]
Cursor = Annotated[str, msgspec.Meta(pattern=f"^[0-9a-f]{{{CURSOR}}}$")]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
T = TypeVar("T")


class RefusedError(Exception):
    """A request that gets no answer: its status and the sentence why, a key of ``words/*/api.toml`` with its values."""

    status = 400

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason, values)
        self.reason, self.values = reason, values

    def __str__(self) -> str:
        return self.sentence(Words(LANGUAGES[1]))

    def sentence(self, w: Words) -> str:
        """Why, in a language; the names of terms that differ as its words have them."""
        values = {name: self._written(value, w) for name, value in self.values.items()}
        return w(f"api.problem.{self.reason}", **values)

    @staticmethod
    def _written(value: object, w: Words) -> object:
        return differences.names(value, w) if isinstance(value, tuple) else value


class BadParameterError(RefusedError):
    """A parameter that cannot be answered; the sentence names it and what it may be."""


class NotThereError(RefusedError):
    """An address that names something nobody knows."""

    status = 404


class Nothing(Struct, frozen=True, kw_only=True, weakref=True):
    """No parameter."""


class InPages(Struct, frozen=True, kw_only=True, weakref=True):
    """A list in pages of at most ``limit`` rows; ``cursor``: where the page begins, as the page before named it."""

    limit: Limit = MOST
    cursor: Cursor | None = None


def public_name(field: FieldInfo) -> str:
    """The name of a parameter in an address."""
    return field.name.rstrip("_")


@cache
def types(question: type) -> Mapping[str, Any]:
    """What each field of a question may be where it is given."""
    return {name: _given(hint) for name, hint in get_type_hints(question, include_extras=True).items()}


def _given(hint: Any) -> Any:
    """A type without None: the parameter is there or it is not."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    (given,) = (one for one in get_args(hint) if one is not type(None))
    return given


def asked(question: type, given: Mapping[str, str]) -> Any:
    """A request's parameters as their type; others are ignored, empty ones are as not given.

    Raises BadParameterError for a value that is none of the declared type.
    """
    values = {}
    for field in fields(question):
        name = public_name(field)
        if text := given.get(name):
            values[field.name] = _read(name, text, types(question)[field.name])
        elif field.default is NODEFAULT:
            raise BadParameterError("missing", name=name)
    return question(**values)


def _read(name: str, text: str, kind: Any) -> Any:
    shape = msgspec.json.schema(kind)
    try:
        value = msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError:
        raise _refused(name, text, shape) from None
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise _refused(name, text, shape)
    return value


def _refused(name: str, text: str, shape: Mapping[str, Any]) -> BadParameterError:
    """Which sentence says what a parameter may be, by the schema of its type."""
    given = {"name": name, "value": text[:QUOTED]}
    bounds = {"first": shape.get("minimum", FIRST_YEAR), "last": shape.get("maximum", LAST_YEAR)}
    if "enum" in shape:
        return BadParameterError("choice", **given, allowed=", ".join(sorted(map(str, shape["enum"]))))
    if shape.get("type") == "integer":
        return BadParameterError("year" if bounds["first"] == FIRST_YEAR else "whole", **given, **bounds)
    if "pattern" in shape:
        return BadParameterError("cursor")
    if shape.get("format") == "date":
        return BadParameterError("day", **given, **bounds)
    return BadParameterError("unknown", **given)


def check(name: str, value: str | None, allowed: Collection[str]) -> None:
    """Raises BadParameterError for a value that is given and not among those known."""
    if value is not None and value not in allowed:
        given = {"name": name, "value": value[:QUOTED]}
        if len(allowed) > FEW:
            raise BadParameterError("unknown", **given)
        raise BadParameterError("choice", **given, allowed=", ".join(sorted(allowed)))


def span_days(since: date, until: date, most: int) -> None:
    """Raises BadParameterError for a span that is longer than allowed or ends before it begins."""
    if not 0 <= (given := (until - since).days) < most:
        raise BadParameterError("span", most=most, given=given + 1)


def page(rows: Sequence[T], question: InPages, key: Callable[[T], object]) -> tuple[Sequence[T], str | None]:
    """The rows of a page, and the cursor of the next one (None: this is the last). ``key``: what tells a row from all others.

    A cursor names the last row of the page before it and the question, so that a list that grew goes on where it was left.
    Raises BadParameterError for a cursor of another question, or of a row that is gone.
    """
    mark, begin = _digest(replace(question, cursor=None, limit=MOST))[:MARK], 0
    if question.cursor is not None:
        of = question.cursor[:MARK] == mark
        begin = (
            next((n for n, row in enumerate(rows, 1) if mark + _digest(key(row)) == question.cursor), 0) if of else 0
        )
        if not begin:
            raise BadParameterError("cursor")
    end = begin + question.limit
    shown = rows[begin:end]
    return shown, (mark + _digest(key(shown[-1])) if end < len(rows) else None)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[: CURSOR - MARK]
