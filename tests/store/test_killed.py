"""The process killed at any moment leaves a store that opens and lacks nothing that was confirmed."""

import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Integer, cast, func, select, text

from store import database, live, migrate
from tests.store import writer

pytestmark = pytest.mark.slow
TIMES = 100
AT_MOST_S = 0.05  # after the child was there or had confirmed its first batch: two or three more


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    address = f"sqlite:///{tmp_path / 'live.db'}"
    monkeypatch.setenv("XINING_DATABASE_URL", address)
    # A child begins with what the main module is: that of pytest or, once a page has been run, that page.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    migrate.upgrade()
    yield address
    database.engine().dispose()


def confirmed_before_death(address: str, first: int, life_s: float, *, young: bool) -> list[int]:
    """The batches a child confirmed before it was killed, young: at its beginning, else after its first batch."""
    database.engine().dispose()  # nobody else holds the file: what the child leaves is opened anew
    context = multiprocessing.get_context("forkserver")  # has imported all and written: a child lives at once
    context.set_forkserver_preload(["tests.store.warm_writer", __name__])
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=writer.live_and_write, args=(address, first, theirs))
    child.start()
    theirs.close()
    assert ours.recv() is None
    confirmed = [] if young else [ours.recv()]
    time.sleep(life_s)  # any moment will do: nothing is waited for
    child.kill()
    child.join()
    assert child.exitcode == -9  # it did not end by itself, by an error
    try:
        while True:
            confirmed.append(ours.recv())
    except EOFError:
        return confirmed
    finally:
        ours.close()


def stored() -> int:
    """How many batches the store holds, each of them whole and counted."""
    answers, rows, series = live.raw_answers.c, live.readings.c, live.series.c
    with database.reading() as c:
        assert c.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        n, last = c.execute(select(func.count(), func.max(cast(answers.call, Integer)))).one()
        assert n == 0 or last == n - 1
        assert c.scalar(select(func.count()).select_from(live.readings)) == n * writer.SERIES * writer.HOURS
        assert c.scalar(select(func.count()).select_from(live.replaced)) == max(n - 1, 0) * writer.SERIES * writer.HOURS
        expected = select(func.sum(rows.value)).scalar_subquery()  # each batch stands in the hours before its own
        assert (c.scalar(select(expected)) or 0) == writer.SERIES * writer.HOURS * (sum(range(1, n)) + max(n - 1, 0))
        counted = c.execute(select(series.series_id, series.readings, series.first_at, series.last_at)).all()
        by_series = select(rows.series_id, func.count(rows.value), func.min(rows.at), func.max(rows.at))
        assert sorted(counted) == sorted(c.execute(by_series.group_by(rows.series_id)).all())
        assert (c.scalar(select(live.source_state.c.readings)) or 0) == n * writer.SERIES * writer.HOURS
    return n


def test_killed_a_hundred_times_nothing_confirmed_is_lacking(address: str) -> None:
    drawn = random.Random(20261009)
    there = 0
    for turn in range(TIMES):
        confirmed = confirmed_before_death(address, there, drawn.uniform(0, AT_MOST_S), young=turn % 5 == 0)
        assert confirmed == list(range(there, there + len(confirmed)))
        now = stored()
        assert there + len(confirmed) <= now <= there + len(confirmed) + 1
        there = now
    assert there >= TIMES * 4 // 5  # all but the young ones wrote something
