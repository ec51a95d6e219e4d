"""The wrappers of the cache: one computation for many visitors, failures are not cached, no unnamed topic is read."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from reports import cached as reports
from reports.cached import cached_report
from store import database
from store.cache import Cache
from store.database import UnnamedTopicError
from views import cached as renderings
from views.cached import cached_rendering, cached_rendering_of
from views.text.words import Words

KIB = 1024
THREADS = 16
Decorator = Callable[[Callable[..., str]], Callable[..., str]]
WRAPPERS: list[Decorator] = [cached_report("facts"), cached_rendering_of("facts")]


@pytest.fixture(autouse=True)
def marks(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Room for twenty results of 2 KiB, threads that take turns as often as they can, revisions a test can move."""
    marks = {"facts": "1", "water": "1"}
    monkeypatch.setattr(database, "_revisions", lambda: marks)
    monkeypatch.setattr(reports, "results", Cache("reports of a test", 40 * KIB))
    monkeypatch.setattr(renderings, "drawings", Cache("renderings of a test", 40 * KIB))
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield marks
    sys.setswitchinterval(before)


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_one_computation_serves_many_who_wait(wrapper: Decorator) -> None:
    made, together = [], threading.Barrier(THREADS)
    begun = threading.Event()

    @wrapper
    def slow(name: str) -> str:
        made.append(name)
        begun.wait(10)  # … so that the others come while it works
        return name

    def request() -> str:
        together.wait(10)
        if threading.current_thread() is last:
            begun.set()
        return slow("a")

    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(request())) for _ in range(THREADS)]
    last = threads[-1]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert (found, made) == (["a"] * THREADS, ["a"])


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_a_failure_is_not_kept(wrapper: Decorator) -> None:
    tries = []

    @wrapper
    def fails_first(name: str) -> str:
        tries.append(name)
        if len(tries) == 1:
            raise ValueError("no")
        return "yes"

    with pytest.raises(ValueError, match="no"):
        fails_first("a")
    assert [fails_first("a"), fails_first("a")] == ["yes", "yes"]
    assert len(tries) == 2


@pytest.mark.slow
@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_sixteen_threads_and_more_keys_than_space(wrapper: Decorator, marks: dict[str, str]) -> None:
    @wrapper
    def text(key: int, *, wide: bool = False) -> str:
        database.uses("facts")
        return f"{key}{wide}:".ljust(2 * KIB, "x")

    def work(seed: int) -> bool:
        order = np.random.default_rng(seed).integers(0, 60, 200)
        if seed == 0:  # the store changes meanwhile
            for number in range(50):
                marks["facts"] = str(number)
        return all(text(int(key), wide=key % 2 == 0).startswith(f"{key}{key % 2 == 0}:") for key in order)

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(work, range(THREADS)))
    for one in (reports.results, renderings.drawings):
        counts = one.counts()
        assert counts.hits + counts.misses in (0, THREADS * 200)
        assert counts.weight_bytes <= counts.budget_bytes
        assert counts.entries < 60


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_a_result_is_current_until_a_topic_it_names_changes(wrapper: Decorator, marks: dict[str, str]) -> None:
    made = []

    @wrapper
    def count() -> str:
        made.append(1)
        return str(len(made))

    assert [count(), count()] == ["1", "1"]
    marks["water"] = "2"
    assert count() == "1"
    marks["facts"] = "2"
    assert count() == "2"


@pytest.mark.parametrize("wrapper", [*WRAPPERS, cached_rendering, cached_report()])
def test_a_topic_that_is_not_named_is_refused_by_the_first_and_by_every_later_call(wrapper: Decorator) -> None:
    inner = cached_report("water")(lambda: "deep")
    outer = wrapper(lambda: inner())
    for _ in range(2):  # the second time the inner one is cached
        with pytest.raises(UnnamedTopicError, match="water is read"):
            outer()
        assert inner() == "deep"


def test_a_name_that_is_no_topic_is_refused_where_it_is_written() -> None:
    for wrong in (cached_report, cached_rendering_of):
        with pytest.raises(ValueError, match="no topic watr"):
            wrong("watr")


def test_reports_differ_by_the_type_of_their_arguments() -> None:
    named = cached_report()(lambda value: type(value).__name__)
    assert [named(1), named(True), named(1.0)] == ["int", "bool", "float"]


def test_a_frame_built_anew_in_every_run_finds_the_same_rendering() -> None:
    drawn = []

    @cached_rendering
    def table(frame: pd.DataFrame, w: Words, *, title: str) -> str:
        drawn.append(title)
        return f"{title} {w.lang} {frame['a'].sum()}"

    for _ in range(5):
        assert table(pd.DataFrame({"a": [1, 2]}), Words("zh"), title="t") == "t zh 3"
    assert table(pd.DataFrame({"a": [1, 3]}), Words("zh"), title="t") == "t zh 4"
    assert table(pd.DataFrame({"a": [1, 2]}), Words("en"), title="t") == "t en 3"
    assert len(drawn) == renderings.drawings.counts().entries == 3
