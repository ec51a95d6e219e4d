"""The parameters of a request, read and checked."""

import re
from collections.abc import Iterable
from datetime import date


class BadParameterError(ValueError):
    """A request that cannot be answered; the message names the parameter and what it may be."""


FIRST_YEAR, LAST_YEAR = 1990, 2100
QUOTED = 40  # letters of a value that an answer repeats


def check(name: str, value: str | None, allowed: Iterable[str]) -> None:
    """Raises BadParameterError for a value that is given and not allowed."""
    if value is not None and value not in allowed:
        raise BadParameterError(f"{name}={value[:QUOTED]}: there are {', '.join(sorted(allowed))}")


def day(name: str, text: str | None) -> date | None:
    """A day of this century written YYYY-MM-DD; None where none is given. Raises BadParameterError for another text."""
    if not text:
        return None
    try:
        given = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        given = None
    if given is None or not FIRST_YEAR <= given.year <= LAST_YEAR:
        why = f"a day is written YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}"
        raise BadParameterError(f"{name}={text[:QUOTED]}: {why}")
    return given


def year(name: str, text: str | None, default: int) -> int:
    """A year of this century written YYYY. Raises BadParameterError for another text."""
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise BadParameterError(f"{name}={text[:QUOTED]}: a year is written YYYY, from {FIRST_YEAR} to {LAST_YEAR}")
    return int(text)
