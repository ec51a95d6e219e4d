"""Which module implements a source's protocol: the one with the source's name."""

from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from typing import Protocol, cast

from loaders.answer import Answer, Batch
from loaders.transport import UpstreamClient
from store import sources


class Loader(Protocol):
    """What a loader module holds."""

    def fetch(
        self, client: UpstreamClient, *, now: datetime, since: date | None = None, until: date | None = None
    ) -> Iterator[Answer]:
        """Every answer of one fetch run, failed ones too. since, until: for backfilling; ValueError where impossible."""

    def parse(self, answer: Answer) -> Batch:
        """An answer's readings. Raises AnswerError where it breaks the protocol."""


def loader(source_id: str) -> Loader:
    """The loader of a declared source. Raises KeyError naming the sources there are."""
    return cast(Loader, import_module(f"loaders.{sources.get(source_id).id}"))
