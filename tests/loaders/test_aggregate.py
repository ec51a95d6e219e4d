"""Days and months updated as readings come in, beside the same computed from all readings at once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, create_engine, delete, insert, select

from loaders import aggregate
from store import live
from store.clock import ZONE
from tests import postgres

DAY = date(2026, 6, 1)
PM, OZONE, WATER, RUNNING, DAILY = 1, 2, 3, 4, 5
SERIES = {  # series_id → (item, averaging)
    PM: ("pm25_ugm3", "1h"),
    OZONE: ("o3_1h_ugm3", "1h"),
    WATER: ("ph", "instant"),
    RUNNING: ("pm25_ugm3", "24h"),
    DAILY: ("pm25_ugm3", "day"),
}


@pytest.fixture(scope="module")
def postgresql(cluster: postgres.Cluster) -> str:
    """The address of a database for this file alone: its tables are made without a migration."""
    return cluster.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def c(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """A transaction on live tables, undone in the end."""
    address = f"sqlite:///{tmp_path / 'live.db'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgresql")
    engine = create_engine(address)
    live.live.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def stamp(day: date, hour: int) -> int:
    """Seconds since 1970 of an hour of a day in Xining; hour 24 is the next day's 00:00."""
    return int((datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(hours=hour)).timestamp())


def days_since_1970(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def put(c: Connection, series_id: int, values: dict[int, float | None], flags: str | None = None) -> None:
    """Write values by their stamp as the store does, and keep the aggregates up."""
    item, averaging = SERIES[series_id]
    table = live.readings
    for at in values:
        c.execute(delete(table).where(table.c.series_id == series_id, table.c.at == at))
    rows = [{"series_id": series_id, "at": at, "value": v, "rank": 2, "flags": flags} for at, v in values.items()]
    c.execute(insert(table), rows)
    closing = 1 if averaging == "1h" else 0
    days = sorted({(at + 8 * 3600 - closing) // 86400 for at in values})
    touched = pd.DataFrame(
        {"series_id": series_id, "item": item, "averaging": averaging, "stream": "observed", "day": days}
    )
    aggregate.update_aggregates(c, touched)


def hours(day: date, value: float, first: int = 1, last: int = 24) -> dict[int, float | None]:
    return {stamp(day, hour): value for hour in range(first, last + 1)}


def day_values(c: Connection, series_id: int) -> dict[int, tuple[Any, ...]]:
    """n, mean, low, high, mda8 by day."""
    table = live.day_values
    return {row.day: tuple(row)[2:] for row in c.execute(select(table).where(table.c.series_id == series_id))}


def month_values(c: Connection, series_id: int) -> dict[int, tuple[Any, ...]]:
    """n, days, mean by month."""
    table = live.month_values
    return {row.month: tuple(row)[2:] for row in c.execute(select(table).where(table.c.series_id == series_id))}


JUNE = 2026 * 12 + 5
FIRST = days_since_1970(DAY)


def test_a_day_is_its_hours_from_one_to_midnight(c: Connection) -> None:
    put(c, PM, hours(DAY, 10, 0, 0) | hours(DAY, 40) | {stamp(DAY, 24): 64.0, stamp(DAY, 25): 500.0})
    assert day_values(c, PM) == {
        FIRST - 1: (1, 10, 10, 10, None),
        FIRST: (24, 41, 40, 64, None),
        FIRST + 1: (1, 500, 500, 500, None),
    }


def test_unknown_and_suspicious_readings_do_not_count(c: Connection) -> None:
    put(c, PM, hours(DAY, 40, 1, 10))
    put(c, PM, hours(DAY, 999, 11, 12), flags="impossible")
    put(c, PM, {stamp(DAY, 13): None})
    assert day_values(c, PM) == {FIRST: (10, 40, 40, 40, None)}
    put(c, PM, hours(DAY, 60, 11, 12), flags="")
    assert day_values(c, PM) == {FIRST: (12, pytest.approx(520 / 12), 40, 60, None)}


def test_a_mean_is_exact_to_the_last_digit(c: Connection) -> None:
    put(c, PM, hours(DAY, 0.1, 1, 10))  # added one after another: 0.9999999999999999
    assert day_values(c, PM) == {FIRST: (10, 0.1, 0.1, 0.1, None)}


def test_a_day_that_loses_its_last_reading_is_gone(c: Connection) -> None:
    put(c, PM, {stamp(DAY, 5): 40.0})
    put(c, PM, {stamp(DAY, 5): 40.0}, flags="jump")
    assert day_values(c, PM) == {}
    assert month_values(c, PM) == {}


def test_a_month_takes_days_of_20_hours(c: Connection) -> None:
    put(c, PM, hours(DAY, 40, 1, 20))
    put(c, PM, hours(DAY + timedelta(1), 60))
    put(c, PM, hours(DAY + timedelta(2), 900, 1, 19))
    assert month_values(c, PM) == {JUNE: (63, 2, 50)}


def test_a_month_without_a_valid_day_has_no_mean(c: Connection) -> None:
    put(c, PM, hours(DAY, 40, 1, 19))
    assert month_values(c, PM) == {JUNE: (19, 0, None)}


def test_midnight_of_the_first_closes_the_month_before(c: Connection) -> None:
    put(c, PM, hours(date(2026, 5, 31), 30))
    assert month_values(c, PM) == {JUNE - 1: (24, 1, 30)}


def test_the_highest_8_hour_mean_is_of_hourly_ozone_only(c: Connection) -> None:
    values = hours(DAY, 40) | hours(DAY, 120, 12, 19)
    put(c, OZONE, values)
    put(c, PM, values)
    assert day_values(c, OZONE)[FIRST] == (24, pytest.approx(1600 / 24), 40, 120, 120)
    assert day_values(c, PM)[FIRST][-1] is None


def test_a_day_of_too_few_8_hour_means_has_none(c: Connection) -> None:
    put(c, OZONE, hours(DAY, 160, 7, 24))  # the means ending 12:00 … 24:00 have six hours: 13 of them
    assert day_values(c, OZONE)[FIRST][-1] is None
    put(c, OZONE, hours(DAY, 160, 6, 6))
    assert day_values(c, OZONE)[FIRST][-1] == 160


def test_momentary_readings_belong_to_the_day_of_their_stamp(c: Connection) -> None:
    put(c, WATER, {stamp(DAY, 0): 8.0, stamp(DAY, 4): 8.4, stamp(DAY, 24): 7.0})
    assert day_values(c, WATER) == {FIRST: (2, pytest.approx(8.2), 8.0, 8.4, None), FIRST + 1: (1, 7, 7, 7, None)}
    assert month_values(c, WATER) == {JUNE: (3, 2, pytest.approx(7.8))}  # of all readings, not of the days


def test_published_days_make_months_of_their_own(c: Connection) -> None:
    put(c, DAILY, {stamp(DAY, 0): 30.0, stamp(DAY + timedelta(1), 0): 50.0})
    assert day_values(c, DAILY) == {FIRST: (1, 30, 30, 30, None), FIRST + 1: (1, 50, 50, 50, None)}
    assert month_values(c, DAILY) == {JUNE: (2, 2, 40)}


def test_running_means_and_directions_are_not_averaged(c: Connection) -> None:
    put(c, RUNNING, hours(DAY, 40))
    assert day_values(c, RUNNING) == {}
    touched = pd.DataFrame(
        {"series_id": [9], "item": ["wind_dir_deg"], "averaging": ["1h"], "stream": ["modelled"], "day": [FIRST]}
    )
    c.execute(insert(live.readings), [{"series_id": 9, "at": stamp(DAY, 3), "value": 350, "rank": 1}])
    aggregate.update_aggregates(c, touched)
    assert day_values(c, 9) == {}


def test_only_what_changed_is_read_again(c: Connection) -> None:
    """Hours put beside the aggregates' back stay unseen until a reading of their day changes."""
    put(c, PM, hours(DAY, 40))
    sly = [{"series_id": PM, "at": stamp(DAY + timedelta(n), 1), "value": 500.0, "rank": 2} for n in range(1, 20)]
    c.execute(insert(live.readings), sly)
    put(c, PM, {stamp(DAY + timedelta(3), 2): 100.0})
    assert day_values(c, PM) == {FIRST: (24, 40, 40, 40, None), FIRST + 3: (2, 300, 100, 500, None)}
    assert month_values(c, PM) == {JUNE: (26, 1, 40)}


def test_a_late_reading_costs_no_years_in_between(c: Connection) -> None:
    keys = aggregate._keys(np.array([PM, OZONE, PM, PM]), np.array([16000, FIRST, FIRST - 31, FIRST + 32]))
    assert aggregate._stretches(keys) == [
        ([PM], 16000, 16000),
        ([PM, OZONE], FIRST - 31, FIRST),
        ([PM], FIRST + 32, FIRST + 32),
    ]


def from_scratch(
    c: Connection,
) -> tuple[dict[tuple[int, int], tuple[Any, ...]], dict[tuple[int, int], tuple[Any, ...]]]:
    """Every day and month by plain loops over every reading."""
    by_day: dict[tuple[int, int], dict[int, float]] = {}
    for row in c.execute(select(live.readings)):
        averaging = SERIES[row.series_id][1]
        if averaging == "24h" or row.value is None or row.flags:
            continue
        moment = datetime.fromtimestamp(row.at - (averaging == "1h"), ZONE)
        by_day.setdefault((row.series_id, days_since_1970(moment.date())), {})[moment.hour] = row.value
    days: dict[tuple[int, int], tuple[Any, ...]] = {}
    by_month: dict[tuple[int, int], list[list[float]]] = {}
    for (series_id, day), values in sorted(by_day.items()):
        known = list(values.values())
        eights = [[values[h] for h in range(end - 8, end) if h in values] for end in range(8, 25)]
        means = [np.mean(some) for some in eights if len(some) >= 6]
        highest = max(means) if len(means) >= 14 or max(means, default=0) > 160 else None
        days[series_id, day] = (
            len(known),
            np.mean(known),
            min(known),
            max(known),
            highest if series_id == OZONE else None,
        )
        on = date(1970, 1, 1) + timedelta(day)
        by_month.setdefault((series_id, on.year * 12 + on.month - 1), []).append(known)
    months = {}
    for (series_id, month), stored in by_month.items():
        hourly = SERIES[series_id][1] == "1h"
        valid = [known for known in stored if len(known) >= 20 or not hourly]
        of = [np.mean(known) for known in valid] if hourly else [value for known in valid for value in known]
        months[series_id, month] = (sum(map(len, stored)), len(valid), np.mean(of) if of else None)
    return days, months


def stored_rows(c: Connection, table: Table) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """A table's rows by their two keys."""
    return {tuple(row)[:2]: tuple(row)[2:] for row in c.execute(select(table))}


STARTS = st.sampled_from([date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 9)])
WRITES = st.lists(
    st.tuples(
        st.sampled_from(list(SERIES)),
        STARTS,
        st.integers(0, 24),  # first hour
        st.integers(1, 30),  # hours
        st.sampled_from([None, 0.0, 40.0, 130.5, 200.0]),
        st.sampled_from([None, None, None, "stuck"]),
    ),
    max_size=8,
)


@pytest.mark.slow
@given(writes=WRITES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_writes_ends_where_one_computation_does(writes: list[tuple[Any, ...]], c: Connection) -> None:
    for table in (live.readings, live.day_values, live.month_values):
        c.execute(delete(table))
    for series_id, day, first, count, value, flags in writes:
        put(c, series_id, {stamp(day, first + n): value and value + n for n in range(count)}, flags)
    days, months = from_scratch(c)
    for table, wanted in ((live.day_values, days), (live.month_values, months)):
        found = stored_rows(c, table)
        assert found.keys() == wanted.keys()
        for key, row in wanted.items():
            assert found[key] == tuple(one if one is None else pytest.approx(one) for one in row), key
