"""Results are kept while what they rest on does not change: a page run asks again, the work is done once."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from cachetools.keys import hashkey

from store.cache import MIB, Cache

P = ParamSpec("P")
R = TypeVar("R")
results = Cache(256 * MIB)


def memo(report: Callable[P, R]) -> Callable[P, R]:
    """Keep a report's result by its (hashable) arguments. The result is shared: do not change it.

    What a report rests on is noticed, not declared: the topics of the store it asks for while it works, in reports it
    calls as well. The result stands until one of them moves.
    """

    @wraps(report)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        key = hashkey(report.__module__, report.__qualname__, args, tuple(kwargs.items()))
        return results.get(key, lambda: report(*args, **kwargs))

    return kept
