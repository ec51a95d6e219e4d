"""The one cache: results by function and arguments, current until a topic of the store they name changes.

Safe from many threads, computed once for many who wait, bounded in bytes, counted (:func:`counters`).
"""

import sys
import threading
from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary, ref

import numpy as np
import pandas as pd
from cachetools import LRUCache
from msgspec import Struct, field

from store import database
from store.database import StoreAwayError

R = TypeVar("R")
MIB = 1024 * 1024
DEEPEST = 6  # levels of containers a weight is taken of
SAMPLED = 12  # parts of a container that are weighed one by one
OF_OBJECT_BYTES = 256  # what an entry of an object's takes, about
NO_REFERENCE = (list, dict)  # Python refers to none of them weakly: what follows from one is found anew
LEAST_BYTES = 64  # bytes a result counts for, however small
PLAIN = frozenset({str, bytes, int, float, bool, type(None), date, datetime, timedelta})  # they hold nothing else
OUTDATED = ("outdated",)  # in place of the revisions of a result that rests on an older one: never those of any topic

_thread = threading.local()


class _Entry(Struct, Generic[R], frozen=True):
    """A result with the revisions its topics had before it was computed, and the address of its store."""

    value: R
    revisions: tuple[str, ...]
    address: str
    weight: int


class _Making(Struct):
    """A result on its way: the thread that computes it, whether it has begun, and what others wait for."""

    thread: int
    begun: bool = False
    done: threading.Event = field(default_factory=threading.Event)


class Counts(Struct, frozen=True):
    """Hits and misses so far, and the size of what is cached now."""

    hits: int
    misses: int
    entries: int
    weight_bytes: int
    budget_bytes: int


class Cache:
    """Results by key. A result is current as long as no topic it names has a new revision.

    While one thread computes a result, others that request the same wait for it. A failure is not cached: the next
    request tries again. While the database server is away, a result of before serves. The oldest unused go first where the
    budget is full; one larger than the whole budget is returned and not cached. ``name``: what :func:`counters` calls it.
    """

    def __init__(self, name: str, budget_bytes: int) -> None:
        self._entries: LRUCache[Hashable, _Entry[Any]] = LRUCache(budget_bytes, getsizeof=lambda entry: entry.weight)
        self._making: dict[Hashable, _Making] = {}
        self._lock = threading.Lock()
        self._hits = self._misses = 0
        _caches[name] = self

    def get(
        self,
        key: Hashable,
        make: Callable[[], R],
        *,
        topics: tuple[str, ...] = (),
        weigh: Callable[[R], int] | None = None,
    ) -> R:
        """The result of ``make`` for a key, from before where that is current.

        ``topics``: all that ``make`` reads of the store (names of ``store.live.TOPICS``); without any it is a function of
        its arguments alone. ``weigh``: its bytes, where it knows better than :func:`weight`.

        Raises what ``make`` raises, UnnamedTopicError where it reads another topic, and RuntimeError where it requests
        its own key.
        """
        while True:
            revisions = database.revisions(topics)
            found = self._current_or_making(key, revisions)
            if isinstance(found, _Entry):
                value: R = found.value
                return value
            if found.thread != threading.get_ident():
                found.done.wait()
            elif found.begun:
                raise RuntimeError(f"{key!r} asks for itself")
            else:
                return self._make(key, found, partial(_entry, make, topics, revisions, weigh or weight))

    def ready(self, key: Hashable) -> Any | None:
        """The result cached for a key that names no topics, without making one; None where there is none."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or entry.revisions:
                return None
            self._hits += 1
            return entry.value

    def counts(self) -> Counts:
        """Hits, misses and sizes."""
        with self._lock:
            entries = self._entries
            return Counts(self._hits, self._misses, len(entries), int(entries.currsize), int(entries.maxsize))

    def clear(self) -> None:
        """Drop every cached result."""
        with self._lock:
            self._entries.clear()

    def _current_or_making(self, key: Hashable, revisions: tuple[str, ...]) -> _Entry[Any] | _Making:
        """The cached result where it is current; else its computation, which the caller may have to begin."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and entry.revisions == revisions:
                self._hits += 1
                return entry
            making = self._making.get(key)
            if making is None:
                making = self._making[key] = _Making(threading.get_ident())
                self._misses += 1
            return making

    def _make(self, key: Hashable, making: _Making, compute: Callable[[], _Entry[R]]) -> R:
        """Compute a result that nobody else computes, hold it, and wake those who wait."""
        making.begun = True
        try:
            with self._lock:
                last: _Entry[R] | None = self._entries.get(key)
            entry = _while_away(last, compute)
            if entry is last:
                return entry.value
            with self._lock:
                self._entries.pop(key, None)
                if entry.weight <= self._entries.maxsize:
                    self._entries[key] = entry
            return entry.value
        finally:
            with self._lock:
                del self._making[key]
            making.done.set()


class OfObjects(Generic[R]):
    """What follows from an object that cannot be a key, by its identity: safe from many threads, bounded, counted.

    The oldest unused go first where the budget is full, so those of objects that are gone. ``name``: as a cache's.
    """

    def __init__(self, name: str, budget_bytes: int) -> None:
        self._entries: LRUCache[int, tuple[ref[Any], R]] = LRUCache(budget_bytes, getsizeof=lambda _: OF_OBJECT_BYTES)
        self._lock = threading.Lock()
        self._hits = self._misses = 0
        _caches[name] = self

    def get(self, of: Any, make: Callable[[Any], R]) -> R:
        """What ``make`` says of the object, from before where that is known.

        Raises what ``make`` raises, and TypeError for an object of a class without weak references.
        """
        with self._lock:
            known = self._entries.get(id(of))
            if known is not None and known[0]() is of:  # another object may have its identity once it is gone
                self._hits += 1
                return known[1]
            self._misses += 1
        found = make(of)
        if not isinstance(of, NO_REFERENCE):
            with self._lock:
                self._entries[id(of)] = (ref(of), found)
        return found

    def counts(self) -> Counts:
        """Hits, misses and sizes."""
        with self._lock:
            entries = self._entries
            return Counts(self._hits, self._misses, len(entries), int(entries.currsize), int(entries.maxsize))


def _while_away(last: _Entry[R] | None, compute: Callable[[], _Entry[R]]) -> _Entry[R]:
    """The entry computed anew; the last one where the database server went away before it could be."""
    if last is None or last.address != database.url():
        return compute()
    if database.away() is None:
        try:
            return compute()
        except StoreAwayError:  # since this second: what is requested next need not try as well
            database.ask_again()
    _thread.outdated = True
    return last


def _entry(
    make: Callable[[], R], topics: tuple[str, ...], revisions: tuple[str, ...], weigh: Callable[[R], int]
) -> _Entry[R]:
    """A result as it is held; one that rests on an outdated one is itself outdated, whatever its revisions."""
    outside, _thread.outdated = getattr(_thread, "outdated", False), False
    try:
        with database.reading_only(topics):
            value = make()
        as_of = OUTDATED if _thread.outdated else revisions
        return _Entry(value, as_of, database.url(), max(LEAST_BYTES, weigh(value)))
    finally:
        _thread.outdated |= outside


_caches: WeakValueDictionary[str, Cache | OfObjects[Any]] = WeakValueDictionary()


def counters() -> dict[str, Counts]:
    """Hits, misses and sizes of every cache of this process by its name."""
    return {name: one.counts() for name, one in sorted(_caches.items())}


def weight(value: Any, depth: int = DEEPEST) -> int:
    """About how many bytes a result takes: frames, arrays, text and what structs and containers hold; an estimate."""
    if isinstance(value, pd.DataFrame):
        return int(value.memory_usage(deep=False).sum())
    if isinstance(value, np.ndarray | pd.Series | pd.Index):
        return int(value.nbytes)
    own = sys.getsizeof(value, LEAST_BYTES)
    return own if depth == 0 or type(value) in PLAIN else own + _together(_parts(value), depth - 1)


def _together(parts: Collection[Any], depth: int) -> int:
    """The weight of parts; of very many a sample, evenly drawn: to weigh a result must not cost as much as to make it."""
    apart = max(1, len(parts) // SAMPLED)
    drawn = list(parts)[::apart] if apart > 1 else parts
    found = 0
    for one in drawn:  # most are plain: they need no look at what they hold
        found += sys.getsizeof(one) if type(one) in PLAIN else weight(one, depth)
    return found * len(parts) // max(1, len(drawn))


def _parts(value: Any) -> Collection[Any]:
    if isinstance(value, Struct):
        return [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, tuple | list | set | frozenset) else ()
