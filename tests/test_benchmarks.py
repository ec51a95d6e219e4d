"""The table of benchmarks says which ratio was reached and what could not be measured."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import ModuleType

import pytest
from msgspec.structs import replace

from benchmarks import scale, table
from benchmarks.table import Figure

SLOWER = Figure("a page", 30.0, "ms", "limit", 20, 1)
FASTER = Figure("rows judged", 600_000.0, "per s", "a peer", 200_000, 2, least=True)


@pytest.mark.parametrize(
    ("ours", "aim", "least", "met"),
    [
        (40, 2, False, True),
        (41, 2, False, False),
        (40, 2, True, True),
        (39, 2, True, False),
        (39, None, False, None),
    ],
)
def test_an_aim_is_met_at_its_bound_and_missed_beyond_it(ours: float, aim: float, least: bool, met: bool) -> None:
    figure = Figure("a page", ours, "ms", "limit", 20, aim, least)
    assert figure.ratio == ours / 20
    assert figure.met is met


def test_beside_nothing_a_figure_is_beyond_every_limit() -> None:
    assert Figure("a page", 1, "ms", "limit", 0, 1).met is False


def test_a_row_says_what_is_aimed_at_where_something_is() -> None:
    assert SLOWER.row() == "| a page | 30 ms | limit: 20 ms | 1.50 | ≤ 1 | **no** |"
    assert FASTER.row() == "| rows judged | 600,000 per s | a peer: 200,000 per s | 3.00 | ≥ 2 | yes |"
    assert Figure("bombs", 3, "", "of", 4).row() == "| bombs | 3 | of: 4 | 0.75 | – | – |"


def benchmark(patch: pytest.MonkeyPatch, name: str, figures: Callable[[], Iterator[Figure]]) -> str:
    """A module of that name for the test."""
    made = ModuleType(name)
    vars(made)["figures"] = figures
    patch.setitem(sys.modules, name, made)
    return name


def test_a_module_that_raises_is_named_and_the_others_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[Figure]:
        yield SLOWER
        raise RuntimeError("no Chromium\n  found")

    names = [
        benchmark(monkeypatch, "broken", broken),
        "benchmarks.bench_nowhere",
        benchmark(monkeypatch, "whole", lambda: iter([FASTER])),
    ]
    shown = table.text([table.measured(name) for name in names], load=0.25, now=datetime(2026, 11, 29, 18, tzinfo=UTC))
    lines = shown.splitlines()
    assert lines[-6:] == [
        "|---|---|---|---|---|---|",
        SLOWER.row(),
        FASTER.row(),
        "",
        "- not measured: broken, after “a page”: RuntimeError: no Chromium found",
        "- not measured: benchmarks.bench_nowhere: ModuleNotFoundError: No module named 'benchmarks.bench_nowhere'",
    ]
    (made,) = (line for line in lines if " cores · " in line)
    assert made.startswith("2026-11-30 · ")  # in Xining
    assert "load 0.2" in made


def test_a_whole_table_ends_with_its_last_figure() -> None:
    shown = table.text([table.Measured("whole", [SLOWER, FASTER])], load=0, now=datetime(2026, 11, 29, tzinfo=UTC))
    assert shown.endswith(f"{table.COLUMNS}\n{SLOWER.row()}\n{FASTER.row()}\n")


def test_what_is_not_cached_is_answered_by_dashboards_once_a_minute_for_each_address() -> None:
    m = scale.Measured(runs=50, cached=30_000, uncached=500, refreshing_pct_of_500=5, session_mb=0.1)
    crowd = scale.at_once(m)
    # 40,000 readers open a page every 120 s; 1,000 addresses pass the cache each minute; 10,000 sessions run a page every 60 s.
    assert crowd.light == pytest.approx(40_000 / 120)
    assert crowd.uncached == pytest.approx(1_000 / 60)
    assert crowd.nginx_cores == pytest.approx((40_000 / 120 - 1_000 / 60) / 30_000 / 0.6)
    assert crowd.dashboard_cores == pytest.approx((10_000 / 60 / 50 + 20 * 0.05 + 1_000 / 60 / 500) / 0.6)
    slow = scale.at_once(replace(m, uncached=50))
    assert slow.dashboard_cores - crowd.dashboard_cores == pytest.approx(1_000 / 60 * (1 / 50 - 1 / 500) / 0.6)


def test_no_more_passes_the_cache_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "LIGHT_ADDRESSES", 10**9)
    crowd = scale.at_once(scale.Measured(50, 30_000, 500, 5, 0.1))
    assert (crowd.uncached, crowd.nginx_cores) == (crowd.light, 0)


def test_scale_is_reported_only_for_a_cluster_that_was_measured() -> None:
    names = (scale.RUNS_OF.format("air"), scale.CACHED, scale.UNCACHED, scale.REFRESHING, scale.MEMORY)
    figures = [Figure(name, number, "", "limit", 1) for number, name in enumerate(names, 1)]
    assert scale.measured(figures) == scale.Measured(1, 2, 3, 4, 5)
    assert scale.measured(figures[:-1]) is None
