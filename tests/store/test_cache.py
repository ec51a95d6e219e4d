"""One cache for what is computed from the store: safe from many threads, made once for many, current, bounded, counted."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from msgspec import Struct

import views.http.light  # noqa: F401  # its cache, and those it stands on
from store import cache, database
from store.cache import Cache, weight
from store.database import StoreAwayError, UnnamedTopicError

KIB = 1024
THREADS = 16


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Revisions of the store that a test can move."""
    found = {"facts": "1", "water": "1"}
    monkeypatch.setattr(database, "_revisions", lambda: found)
    return found


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_a_result_is_made_once_until_a_topic_it_names_moves(marks: dict[str, str]) -> None:
    stored, made = Cache("a", KIB), []

    def make() -> str:
        database.uses("facts")
        made.append(1)
        return f"made {len(made)}"

    def ask() -> str:
        return stored.get("a", make, topics=("facts",))

    assert [ask() for _ in range(3)] == ["made 1"] * 3
    marks["water"] = "2"
    assert ask() == "made 1"
    marks["facts"] = "2"
    assert ask() == "made 2"
    counts = stored.counts()
    assert (counts.hits, counts.misses, counts.entries) == (3, 2, 1)


def test_a_topic_that_is_read_and_not_named_is_refused(marks: dict[str, str]) -> None:
    stored = Cache("a", KIB)
    with pytest.raises(UnnamedTopicError, match="water is read, and only these are named: facts"):
        stored.get("a", lambda: database.uses("facts", "water"), topics=("facts",))
    with pytest.raises(UnnamedTopicError, match="named: none"):
        stored.get("a", lambda: database.uses("facts"))
    assert stored.counts().entries == 0
    database.uses("facts", "water")  # nobody caches what is read here


def test_what_moves_while_a_result_is_made_makes_it_out_of_date(marks: dict[str, str]) -> None:
    """What was read before a change and after it rests on the revision before: it must be made anew."""
    stored = Cache("a", KIB)

    def moves(to: str) -> str:
        marks["facts"] = to
        return to

    assert stored.get("a", lambda: moves("2"), topics=("facts",)) == "2"
    assert stored.get("a", lambda: moves("3"), topics=("facts",)) == "3"
    assert stored.get("a", lambda: "4", topics=("facts",)) == "4"
    assert stored.get("a", lambda: "5", topics=("facts",)) == "4"


def test_what_is_ready_is_given_without_making_it(marks: dict[str, str]) -> None:
    """Only what follows from its key alone: what names a topic may be out of date."""
    stored = Cache("a", KIB)
    assert stored.ready("a") is None
    stored.get("a", lambda: "x")
    stored.get("b", lambda: "y", topics=("facts",))
    assert (stored.ready("a"), stored.ready("b")) == ("x", None)
    assert (stored.counts().hits, stored.counts().misses) == (1, 2)


def test_the_counters_of_every_cache_stand_in_one_place() -> None:
    first, second = Cache("first", KIB), Cache("second", 2 * KIB)
    for key in "aab":
        first.get(key, lambda: "x")
    result = cache.counters()
    assert (result["first"].hits, result["first"].misses, result["first"].entries) == (1, 2, 2)
    assert (result["second"].misses, result["second"].budget_bytes) == (0, second.counts().budget_bytes)
    assert {"reports", "renderings", "tables of facts", "light pages"} <= result.keys()


def test_a_failure_is_not_cached_and_wakes_those_who_wait(marks: dict[str, str]) -> None:
    stored, tries = Cache("a", KIB), []
    entered, go_on = threading.Event(), threading.Event()

    def fails_first() -> str:
        tries.append(1)
        if len(tries) == 1:
            entered.set()
            go_on.wait(10)
            raise ValueError("no")
        return "yes"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(stored.get, "a", fails_first)
        assert entered.wait(10)
        second = pool.submit(stored.get, "a", fails_first)
        go_on.set()
        with pytest.raises(ValueError, match="no"):
            first.result(10)
        assert second.result(10) == "yes"


def test_what_rests_on_a_result_of_before_is_made_anew_when_the_server_is_back(marks: dict[str, str]) -> None:
    """The outer result has no predecessor: it is made of the inner one of before, and must not outlive the outage."""
    inner, outer, there = Cache("inner", KIB), Cache("outer", KIB), [True]

    def read() -> str:
        if not there[0]:
            raise StoreAwayError("away")
        return f"of {marks['water']}"

    def ask_inner() -> str:
        return inner.get("i", read, topics=("water",))

    def ask_outer() -> str:
        return outer.get("o", lambda: f"made {ask_inner()}", topics=("water",))

    assert ask_inner() == "of 1"
    marks["water"], there[0] = "2", False
    assert [ask_outer(), ask_outer()] == ["made of 1"] * 2
    assert outer.get("other", lambda: "of nothing", topics=("water",)) == "of nothing"
    there[0] = True
    assert [ask_outer(), ask_inner()] == ["made of 2", "of 2"]
    assert outer.get("other", lambda: "again", topics=("water",)) == "of nothing"


def test_many_who_ask_at_once_wait_for_one(marks: dict[str, str], hurried: None) -> None:
    stored = Cache("a", KIB)
    made: list[str] = []
    together = threading.Barrier(THREADS)

    def make() -> str:
        made.append("one")
        return "one"

    def ask() -> str:
        together.wait(10)
        return stored.get("a", make)

    with ThreadPoolExecutor(THREADS) as pool:
        found = [job.result(10) for job in [pool.submit(ask) for _ in range(THREADS)]]
    assert (found, made) == (["one"] * THREADS, ["one"])


@pytest.mark.slow
def test_sixteen_threads_and_more_keys_than_space(marks: dict[str, str], hurried: None) -> None:
    stored = Cache("a", 20 * 2 * KIB)

    def work(seed: int) -> bool:
        order = np.random.default_rng(seed).integers(0, 60, 400)
        if seed == 0:  # the store changes meanwhile
            for number in range(50):
                marks["facts"] = str(number)
        return all(stored.get(int(key), _text(int(key)), topics=("facts",)).startswith(f"{key}:") for key in order)

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(work, range(THREADS)))
    counts = stored.counts()
    assert counts.hits + counts.misses == THREADS * 400
    assert counts.weight_bytes <= counts.budget_bytes
    assert 0 < counts.entries < 60


def _text(key: int) -> Callable[[], str]:
    def make() -> str:
        database.uses("facts")
        return f"{key}:".ljust(2 * KIB, "x")

    return make


def test_what_is_larger_than_the_whole_budget_is_made_and_not_cached(marks: dict[str, str]) -> None:
    stored = Cache("a", KIB)
    assert len(stored.get("a", lambda: "x" * 5000)) == 5000
    assert stored.counts().entries == 0
    stored.get("b", lambda: "y")
    stored.clear()
    assert stored.counts().weight_bytes == 0


def test_a_result_that_asks_for_itself_is_refused(marks: dict[str, str]) -> None:
    stored = Cache("a", KIB)
    with pytest.raises(RuntimeError, match="asks for itself"):
        stored.get("a", lambda: stored.get("a", lambda: 1))
    assert stored.get("a", lambda: 2) == 2


class Payload(Struct):
    """What a report may look like."""

    frame: pd.DataFrame
    words: tuple[str, ...]


def test_weights_follow_what_is_stored() -> None:
    frame = pd.DataFrame({"a": np.zeros(10_000)})
    assert 80_000 <= weight(frame) < 81_000
    assert 80_000 <= weight(Payload(frame, ("x" * 1000,) * 3)) < 90_000
    assert weight({"a": "x" * 5000}) > 5000
    assert weight(np.zeros(1000)) == 8000
    assert weight([[[[[[[["x" * 10_000]]]]]]]]) < 10_000  # deeper than is looked
    assert cache.MIB == 1024 * KIB
