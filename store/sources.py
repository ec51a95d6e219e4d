"""The live sources, as ``data/sources.toml`` declares them."""

import os
import tomllib
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct
from msgspec.structs import fields

from store.tracked import DATA, FactError

FILE = "sources.toml"
KINDS = ("archive", "live", "provisional", "published", "verified", "modelled")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Source(Struct, frozen=True):
    """One upstream: where it is, how often it may be requested, how old its newest value may be."""

    id: str
    address: str
    document_id: str
    kind: str
    every_minutes: int
    expected_age_minutes: int
    on: bool
    licence_zh: str
    licence_en: str
    minute_of_hour: tuple[int, int] | None = None

    @property
    def every(self) -> timedelta:
        """Its cadence: the least time between two askings."""
        return timedelta(minutes=self.every_minutes)

    @property
    def expected_age(self) -> timedelta:
        """How old its newest value may be before it counts as stale."""
        return timedelta(minutes=self.expected_age_minutes)

    @property
    def url(self) -> str:
        """Its address: XINING_<SOURCE>_URL or its own address. A replacement without a path keeps the path.

        A replacement that is no address stays as it is: requests to it fail with a message.
        """
        own, replaced = urlsplit(self.address), os.environ.get(f"XINING_{self.id.upper()}_URL", "")
        try:
            other = urlsplit(replaced or self.address)
        except ValueError:
            return replaced
        return urlunsplit((other.scheme, other.netloc, other.path.rstrip("/") or own.path.rstrip("/"), "", ""))

    @property
    def at_home(self) -> bool:
        """Whether its address is on this machine: no outside party to spare."""
        try:
            return urlsplit(self.url).hostname in LOOPBACK
        except ValueError:
            return False


@cache
def declared() -> dict[str, Source]:
    """Every source by its id, in the file's order. Raises FactError with the source and the field that is wrong."""
    content = tomllib.loads((DATA / FILE).read_text(encoding="utf-8"))
    return {name: _source(name, entry) for name, entry in content.items()}


def _source(name: str, entry: dict[str, Any]) -> Source:
    known = {field.name for field in fields(Source)} - {"id"}
    if unknown := entry.keys() - known:
        raise FactError(
            FILE, None, name, f"unknown field {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}"
        )
    if missing := known - entry.keys() - {"minute_of_hour"}:
        raise FactError(FILE, None, name, f"{', '.join(sorted(missing))} missing")
    if entry["kind"] not in KINDS:
        raise FactError(FILE, None, name, f"kind {entry['kind']!r} is unknown; known are {', '.join(KINDS)}")
    span = entry.get("minute_of_hour")
    made = Source(id=name, **{**entry, "minute_of_hour": tuple(span) if span else None})
    if made.every_minutes < 1 or made.expected_age_minutes < made.every_minutes:
        raise FactError(FILE, None, name, "every_minutes must be at least 1 and expected_age_minutes no less than it")
    return made


def get(name: str) -> Source:
    """A source by its id. Raises KeyError naming those there are."""
    try:
        return declared()[name]
    except KeyError:
        raise KeyError(f"no source {name!r}; there are {', '.join(declared())}") from None
