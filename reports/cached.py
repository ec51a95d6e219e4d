"""Cached reports: requested by every page run, computed once until a topic of the store a report names changes."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from cachetools.keys import typedkey

from store import database
from store.cache import MIB, Cache

P = ParamSpec("P")
R = TypeVar("R")
results = Cache("reports", 256 * MIB)


def cached_report(*topics: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Cache a report by its (hashable) arguments until one of these topics of the store changes.

    The result is shared: do not modify it.

    ``topics`` (``store.live.TOPICS``): all that the report reads, the reports it calls included; one that reads another
    topic is refused (``store.database.UnnamedTopicError``). Without topics the result follows from the arguments alone.
    """
    database.known(topics)

    def decorate(report: Callable[P, R]) -> Callable[P, R]:
        @wraps(report)
        def cached(*args: P.args, **kwargs: P.kwargs) -> R:
            database.uses(*topics)
            key = typedkey(report, *args, **kwargs)  # type: ignore[arg-type]
            return results.get(key, lambda: report(*args, **kwargs), topics=topics)

        return cached

    return decorate
