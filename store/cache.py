"""Results computed from the store, kept while it stands: one lock, made once for many who wait, bounded in bytes, counted."""

import sys
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd
from cachetools import LRUCache

from store import database

R = TypeVar("R")
MIB = 1024 * 1024
DEEPEST = 6  # levels of containers a weight is taken of
LEAST_BYTES = 64  # bytes a result counts for, however small


@dataclass(frozen=True)
class _Entry(Generic[R]):
    """A result with the topics of the store it asked for while it was made, and their revisions then."""

    value: R
    revisions: Mapping[str, str]
    weight: int


@dataclass
class _Making:
    """A result on its way: the thread that makes it, and what others wait for."""

    thread: int
    done: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Counts:
    """What became of the questions so far, and what is held now."""

    hits: int
    misses: int
    entries: int
    weight_bytes: int
    budget_bytes: int


class Cache:
    """Results by key. A result is current as long as no topic it asked the store for has a new revision.

    Safe from many threads: while one makes a result, others that ask for the same wait for it. A result that fails is not
    kept, and the next who asks tries again. The oldest unused go first where the budget is full; one larger than the
    whole budget is returned and not kept.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._entries: LRUCache[Hashable, _Entry] = LRUCache(budget_bytes, getsizeof=lambda entry: entry.weight)
        self._making: dict[Hashable, _Making] = {}
        self._lock = threading.Lock()
        self._hits = self._misses = 0

    def get(self, key: Hashable, make: Callable[[], R], weigh: Callable[[R], int] | None = None) -> R:
        """The result of ``make`` for a key, from before where that is current. ``weigh``: its bytes, where it knows better.

        Raises what ``make`` raises, and RuntimeError where ``make`` asks for its own key.
        """
        while True:
            entry, making, mine = self._look(key)
            if entry is not None:
                if _current(entry.revisions):
                    return entry.value
                self._drop(key, entry)
            elif mine:
                return self._make(key, making, make, weigh or weight)
            else:
                if making.thread == threading.get_ident():
                    raise RuntimeError(f"{key!r} asks for itself")
                making.done.wait()

    def counts(self) -> Counts:
        """Hits, misses and what is held."""
        with self._lock:
            held = self._entries
            return Counts(self._hits, self._misses, len(held), int(held.currsize), int(held.maxsize))

    def clear(self) -> None:
        """Forget every result that is held."""
        with self._lock:
            self._entries.clear()

    def _look(self, key: Hashable) -> tuple[_Entry | None, _Making, bool]:
        """What is held; else who makes it, and whether that is the one who asks."""
        fresh = _Making(threading.get_ident())
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._hits += 1
                return entry, fresh, False
            making = self._making.setdefault(key, fresh)
            self._misses += making is fresh
            return None, making, making is fresh

    def _make(self, key: Hashable, making: _Making, make: Callable[[], R], weigh: Callable[[R], int]) -> R:
        try:
            with database.watching() as asked:
                value = make()
            entry = _Entry(value, asked, max(LEAST_BYTES, weigh(value)))
            with self._lock:
                if entry.weight <= self._entries.maxsize:
                    self._entries[key] = entry
            return value
        finally:
            with self._lock:
                del self._making[key]
            making.done.set()

    def _drop(self, key: Hashable, entry: _Entry) -> None:
        """Forget a result that is out of date, unless somebody has put a newer one in its place."""
        with self._lock:
            if self._entries.get(key) is entry:
                del self._entries[key]
            self._hits -= 1


def _current(revisions: Mapping[str, str]) -> bool:
    """Whether no topic has moved. Asking also tells whoever is making something of it what that rests on."""
    return all(database.revision(topic) == revision for topic, revision in revisions.items())


def weight(value: Any, depth: int = DEEPEST) -> int:
    """About how many bytes a result takes: frames, arrays, text and what dataclasses and containers hold; an estimate."""
    if isinstance(value, pd.DataFrame):
        return int(value.memory_usage(deep=False).sum())
    if isinstance(value, np.ndarray | pd.Series | pd.Index):
        return int(value.nbytes)
    own = sys.getsizeof(value, LEAST_BYTES)
    return own if depth == 0 else own + sum(weight(one, depth - 1) for one in _parts(value))


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, str | bytes | int | float | type(None)):
        return ()
    if is_dataclass(value) and not isinstance(value, type):
        return (getattr(value, one.name) for one in fields(value))
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, tuple | list | set | frozenset) else ()
