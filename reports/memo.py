"""Results are kept while the store does not change: a page run asks again, the work is done once."""

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
    """Keep a report's result by its (hashable) arguments and the store's revision. The result is shared: do not change it."""

    @wraps(report)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        key = hashkey(report.__module__, report.__qualname__, database.revision(), args, tuple(kwargs.items()))
        if key not in _results:
            _results[key] = report(*args, **kwargs)
        return _results[key]

    return kept
