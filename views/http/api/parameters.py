"""The parameters of a request, read and checked."""

import re
from collections.abc import Iterable
from datetime import date


class BadParameterError(ValueError):
    """A request that cannot be answered; the message names the parameter and what it may be."""


def check(name: str, value: str | None, allowed: Iterable[str]) -> None:
    """Raises BadParameterError for a value that is given and not allowed."""
    if value is not None and value not in allowed:
        raise BadParameterError(f"{name}={value}: there are {', '.join(sorted(allowed))}")


def day(name: str, text: str | None) -> date | None:
    """A day written YYYY-MM-DD; None where none is given. Raises BadParameterError for another text."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadParameterError(f"{name}={text}: a day is written YYYY-MM-DD") from None


def year(name: str, text: str | None, default: int) -> int:
    """A year written YYYY. Raises BadParameterError for another text."""
    if text is None:
        return default
    if not re.fullmatch(r"\d{4}", text):
        raise BadParameterError(f"{name}={text}: a year is written YYYY")
    return int(text)
