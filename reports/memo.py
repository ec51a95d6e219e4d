"""Results are kept while what they rest on does not change: a page run asks again, the work is done once."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from cachetools import LRUCache
from cachetools.keys import hashkey

from store import database

P = ParamSpec("P")
R = TypeVar("R")
KEPT_RESULTS = 512
_results: LRUCache = LRUCache(KEPT_RESULTS)


def memo(report: Callable[P, R]) -> Callable[P, R]:
    """Keep a report's result by its (hashable) arguments. The result is shared: do not change it.

    What a report rests on is noticed, not declared: the topics of the store it asks for while it works, in reports it
    calls as well. The result stands until one of them moves.
    """

    @wraps(report)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        key = hashkey(report.__module__, report.__qualname__, args, tuple(kwargs.items()))
        known = _results.get(key)
        if known is None or not _stands(known[0]):
            with database.watching() as asked:
                known = (asked, report(*args, **kwargs))
            _results[key] = known
        return known[1]

    return kept


def _stands(asked: dict[str, str]) -> bool:
    """Whether no topic has moved. Asking also tells the report that is calling what it rests on."""
    return all(database.revision(topic) == revision for topic, revision in asked.items())
