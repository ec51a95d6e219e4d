"""Files that take a core for about a second to make: one at a time, whichever they are, each cached with its tag."""

from collections.abc import Callable, Hashable
from threading import Lock

from store.cache import Cache
from views.http.conditional import tag_of

_one_at_a_time = Lock()  # pages keep the other core


class LargeFiles:
    """Files by key with their entity tags. ``name``: what ``store.cache.counters`` calls them."""

    def __init__(self, name: str, budget_bytes: int) -> None:
        self._cache = Cache(name, budget_bytes)

    def get(self, key: Hashable, make: Callable[[], bytes], topics: tuple[str, ...]) -> tuple[bytes, str]:
        """A file and its tag, made where none is current; ``topics``: of the store, as :meth:`Cache.get`."""

        def tagged() -> tuple[bytes, str]:
            with _one_at_a_time:
                body = make()
            return body, tag_of(body)

        return self._cache.get(key, tagged, topics=topics, weigh=lambda made: len(made[0]))
