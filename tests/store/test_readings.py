"""What is written, what stands, what is read: on both databases, by hand and against a slow model."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import event, insert, select

from store import database, live, migrate, raw
from store import readings as readings_store
from store.clock import ZONE
from store.readings import Written

NOW = datetime(2026, 10, 9, 12, 30, tzinfo=ZONE)
NOON = datetime(2026, 10, 9, 12, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MISSING = float("nan")


def row(value: float, at: datetime = NOON, **other: Any) -> dict[str, Any]:
    """A reading of one series unless stated otherwise."""
    usual = {"place_id": "1001A", "item": "pm25_ugm3", "averaging": "1h", "kind": "live"}
    blank = dict.fromkeys(("note", "flags", "primary_pollutants", "original"))
    return {**usual, **blank, "at": at, "value": value, **other}


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows as loaders give them."""
    made = pd.DataFrame(list(rows))
    made["at"] = pd.to_datetime(made["at"], utc=True).dt.tz_convert(ZONE)
    return made


def write(*rows: dict[str, Any], raw_id: int | None = 1, now: datetime = NOW) -> Written:
    with database.engine().begin() as c:
        return readings_store.write(c, frame(*rows), raw_id=raw_id, now=now)


def counts(written: Written) -> tuple[int, int, int, int]:
    return written.new, written.changed, written.same, written.outranked


def current() -> list[tuple[Any, ...]]:
    """Value, kind, note and answer of every observed reading of the usual series."""
    result = readings_store.read(items=["pm25_ugm3"], averaging="1h", flagged=True)
    return [
        (None if pd.isna(one.value) else one.value, one.kind, one.note, one.raw_id)
        for one in result.itertuples(index=False)
    ]


def replaced() -> list[tuple[Any, ...]]:
    table = live.replaced.c
    query = select(table.value, table.rank, table.raw_id, table.replaced_at, table.by_raw_id)
    return [tuple(one) for one in database.rows(query.order_by(table.replaced_id))]


# ── written and read ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_reading_comes_back_as_it_was_written(store: str) -> None:
    written = write(
        row(35.0),
        row(MISSING, NOON - HOUR, note="—"),
        row(9999.0, NOON - 2 * HOUR, flags="impossible,jump"),
        row(40.5, kind="archive", place_id="xining"),
        raw_id=7,
    )
    assert counts(written) == (4, 0, 0, 0)
    assert written.flagged == 1
    result = readings_store.read(items=["pm25_ugm3"], averaging="1h", flagged=True)
    assert list(result.columns) == [
        "place_id",
        "item",
        "at",
        "value",
        "kind",
        "flags",
        "note",
        "raw_id",
        "primary_pollutants",
        "original",
    ]
    assert str(result["at"].dtype) == "datetime64[s, Asia/Shanghai]"
    assert result["place_id"].tolist() == ["1001A", "1001A", "1001A", "xining"]
    assert result["at"].tolist() == [NOON - 2 * HOUR, NOON - HOUR, NOON, NOON]
    assert result["value"].fillna(-1).tolist() == [9999.0, -1, 35.0, 40.5]
    assert result["kind"].tolist() == ["live", "live", "live", "archive"]
    assert result["flags"].tolist() == ["impossible,jump", None, None, None]
    assert result["note"].tolist() == [None, "—", None, None]
    assert result["raw_id"].tolist() == [7, 7, 7, 7]


@pytest.mark.parametrize("kind", sorted(live.RANK))
def test_every_kind_comes_back(store: str, kind: str) -> None:
    write(row(1.0, kind=kind))
    stream = "modelled" if kind == "modelled" else "observed"
    assert readings_store.read(items=["pm25_ugm3"], averaging="1h", stream=stream)["kind"].tolist() == [kind]
    other = "observed" if kind == "modelled" else "modelled"
    assert readings_store.read(items=["pm25_ugm3"], averaging="1h", stream=other).empty


def test_moments_are_taken_from_any_timezone(store: str) -> None:
    given = frame(row(1.0, NOON))
    given["at"] = given["at"].dt.tz_convert("UTC")
    with database.engine().begin() as c:
        readings_store.write(c, given, raw_id=None, now=NOW)
    assert readings_store.read(items=["pm25_ugm3"], averaging="1h")["at"].tolist() == [NOON]
    assert database.rows(select(live.readings.c.at))[0].at == 1791518400  # 2026-10-09 04:00 UTC


def test_the_same_again_changes_nothing(store: str) -> None:
    given = [row(35.0), row(MISSING, NOON - HOUR, note="—"), row(9.0, NOON - 2 * HOUR, flags="stuck")]
    write(*given, raw_id=1)
    with database.reading() as c:
        before = [c.execute(select(table)).all() for table in live.live.sorted_tables]
    written = write(*given, raw_id=2, now=NOW + HOUR)
    assert counts(written) == (0, 0, 3, 0)
    assert written.touched.empty
    with database.reading() as c:  # not even the answer it came from, nor a revision
        assert [c.execute(select(table)).all() for table in live.live.sorted_tables] == before


CURRENT = {
    "a higher rank": (row(10, kind="archive"), 1, row(12), 2, (12, "live", None, 2)),
    "a lower rank": (row(12), 1, row(10, kind="archive"), 2, (12, "live", None, 1)),
    "the later answer": (row(12), 1, row(13), 2, (13, "live", None, 2)),
    "an earlier answer read again": (row(12), 5, row(13), 4, (12, "live", None, 5)),
    "the same answer read better": (row(12), 5, row(13), 5, (13, "live", None, 5)),
    "no answer is the latest": (row(12), 5, row(13), None, (13, "live", None, None)),
    "an answer after none": (row(12), None, row(13), 5, (13, "live", None, 5)),
    "missing after known": (row(12), 1, row(MISSING, note="—"), 2, (12, "live", None, 1)),
    "missing of a higher rank": (row(12), 1, row(MISSING, kind="verified"), 2, (12, "live", None, 1)),
    "known after missing": (row(MISSING, note="—"), 1, row(12), 2, (12, "live", None, 2)),
    "known of a lower rank": (row(MISSING), 1, row(12, kind="archive"), 2, (12, "archive", None, 2)),
    "known from an earlier answer": (row(MISSING), 2, row(12), 1, (12, "live", None, 1)),
    "another reason": (row(MISSING, note="—"), 1, row(MISSING, note="NA"), 2, (None, "live", "NA", 2)),
    "a reason of lower rank": (row(MISSING), 1, row(MISSING, kind="archive"), 2, (None, "live", None, 1)),
    "the same value confirmed": (row(12), 1, row(12, kind="verified"), 2, (12, "verified", None, 2)),
    "the same value with a note": (row(12), 1, row(12, note="<15"), 2, (12, "live", "<15", 2)),
    "an empty note is none": (row(12), 1, row(12, note=""), 2, (12, "live", None, 1)),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CURRENT)
def test_the_current_value(store: str, case: str) -> None:
    first, first_raw, then, then_raw, expected = CURRENT[case]
    write(first, raw_id=first_raw)
    before = current()
    written = write(then, raw_id=then_raw)
    assert current() == [expected]
    assert counts(written)[0] == 0
    if current() == before:
        assert replaced() == []
    else:  # what stood there can be found
        at = int(NOW.timestamp())
        value = None if pd.isna(first["value"]) else first["value"]
        assert replaced() == [(value, live.RANK[first["kind"]], first_raw, at, then_raw)]
        assert counts(written) == (0, 1, 0, 0)


@pytest.mark.parametrize("case", [case for case in CURRENT if "earlier answer" not in case])  # a frame is of one answer
def test_of_two_rows_in_one_frame_the_same_counts(store: str, case: str) -> None:
    first, _, then, _, (value, kind, note, _) = CURRENT[case]
    written = write(first, then, raw_id=3)
    assert current() == [(value, kind, note, 3)]
    assert counts(written) == (1, 0, 0, 0)


@pytest.mark.parametrize("together", [True, False])
def test_an_index_given_again_without_its_primary_pollutants_retains_them(store: str, together: bool) -> None:
    first, again = row(57.0, item="aqi", primary_pollutants="PM10"), row(57.0, item="aqi")
    if together:
        write(first, again)
    else:
        write(first)
        assert counts(write(again, raw_id=2)) == (0, 0, 1, 0)
    assert readings_store.read(items=["aqi"], averaging="1h")["primary_pollutants"].tolist() == ["PM10"]
    write(row(58.0, item="aqi"), raw_id=3)
    assert readings_store.read(items=["aqi"], averaging="1h")["primary_pollutants"].tolist() == [None]


def test_a_note_goes_with_its_value(store: str) -> None:
    write(row(1.5, note="<3"))
    write(row(1.5), raw_id=2)
    assert current() == [(1.5, "live", None, 2)]


def test_an_original_goes_with_its_value(store: str) -> None:
    write(row(0.5, original="0.50045"))
    assert counts(write(row(0.5, original="0.50045"), raw_id=2)) == (0, 0, 1, 0)
    assert counts(write(row(0.5, original="0.49996"), raw_id=3)) == (0, 1, 0, 0)
    assert readings_store.read(items=["pm25_ugm3"], averaging="1h")["original"].tolist() == ["0.49996"]


def test_models_overwrite_themselves_without_a_trace(store: str) -> None:
    write(row(10, kind="modelled"), raw_id=1)
    assert counts(write(row(11, kind="modelled"), row(20), raw_id=2)) == (1, 1, 0, 0)
    result = readings_store.read(items=["pm25_ugm3"], averaging="1h", stream="modelled")
    assert (result["value"].tolist(), result["raw_id"].tolist()) == ([11], [2])
    assert current() == [(20, "live", None, 2)]  # an observation of the same hour is another series
    assert replaced() == []


def test_writing_nothing_does_nothing(store: str) -> None:
    given = frame(row(1.0)).iloc[:0]
    with database.engine().begin() as c:
        written = readings_store.write(c, given, raw_id=1, now=NOW)
    assert counts(written) == (0, 0, 0, 0)
    assert list(written.touched.columns) == ["series_id", "item", "averaging", "stream", "day"]
    assert database.rows(select(live.revisions)) == []


def test_a_suspicious_value_is_shown_beside_a_sound_one_once_and_is_listed(store: str) -> None:
    write(row(40.0), raw_id=1)
    doubtful = row(-7.0, flags="negative")
    assert counts(write(doubtful, raw_id=2)) == (0, 0, 0, 1)
    assert counts(write(doubtful, raw_id=3)) == (0, 0, 0, 1)
    assert len(replaced()) == 1
    assert readings_store.suspicious()[["value", "flags", "raw_id"]].values.tolist() == [[-7.0, "negative", 2]]
    assert readings_store.latest(items=["pm25_ugm3"], averaging="1h")["value"].tolist() == [40.0]


def test_a_value_may_itself_become_suspicious_or_sound_again(store: str) -> None:
    write(row(40.0), raw_id=1)
    assert counts(write(row(40.0, flags="stuck"), raw_id=2)) == (0, 1, 0, 0)
    assert counts(write(row(40.0), raw_id=3)) == (0, 1, 0, 0)


def test_a_higher_rank_takes_the_place_even_where_it_is_doubted(store: str) -> None:
    write(row(40.0), raw_id=1)
    assert counts(write(row(44.0, kind="verified", flags="jump"), raw_id=2)) == (0, 1, 0, 0)


# ── counted ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def model_write(
    held: dict[tuple[Any, ...], Any], beside: set[Any], given: list[dict[str, Any]], raw_id: int
) -> Counter[Any]:
    """The rules of :func:`readings.write`, row by row and slowly."""
    counted: Counter[Any] = Counter()
    touched = set()
    best: dict[tuple[Any, ...], Any] = {}
    for one in given:
        stream = "modelled" if one["kind"] == "modelled" else "observed"
        key = (one["place_id"], one["item"], one["averaging"], stream, one["at"])
        known = not pd.isna(one["value"])
        now = (known, live.RANK[one["kind"]], raw_id)
        if key not in best or best[key][0] <= now:
            best[key] = (now, (one["value"] if known else None, one["flags"], one["note"]))
    for key, (order, content) in best.items():
        stood = held.get(key)
        if stood is None:
            counted["new"] += 1
        elif stood[1] == content and stood[0][1] == order[1]:
            counted["same"] += 1
            continue
        elif _contradicts_a_sound_one(order, content, stood) and key[3] == "observed":
            counted["outranked"] += 1
            if (key, content[:2]) not in beside:
                beside.add((key, content[:2]))
                counted["flagged"] += 1
                counted["replaced"] += 1
            continue
        elif order >= stood[0]:
            counted["changed"] += 1
            if stood[1][1] is not None and key[3] == "observed":
                beside.add((key, stood[1][:2]))
            counted["replaced"] += key[3] == "observed"
        else:
            counted["outranked"] += 1
            continue
        held[key] = (order, content)
        touched.add(key[:4])
        counted["flagged"] += content[1] is not None
    return counted


def _contradicts_a_sound_one(order: tuple[Any, ...], content: tuple[Any, ...], stood: tuple[Any, ...]) -> bool:
    (known, rank, _), (value, flags, _) = stood
    return content[1] is not None and flags is None and known and content[0] != value and order[1] <= rank


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_rows_and_counters_follow_the_rules_whatever_comes(store: str, seed: int) -> None:
    drawn = random.Random(seed)
    current: dict[tuple[Any, ...], Any] = {}
    beside: set[Any] = set()
    stored = 0
    for step in range(12):
        given = [
            row(
                drawn.choice([1.0, 2.0, 3.0, MISSING]),
                NOON + drawn.choice([0, 1, 2, 3, 5000]) * HOUR,
                place_id=drawn.choice(["1001A", "xining"]),
                item=drawn.choice(["pm25_ugm3", "no2_ugm3"]),
                averaging=drawn.choice(["1h", "day"]),
                kind=drawn.choice(["archive", "live", "verified", "modelled"]),
                note=drawn.choice([None, "—"]),
                flags=drawn.choice([None, None, "jump"]),
            )
            for _ in range(drawn.randint(1, 60))
        ]
        raw_id = drawn.randint(1, 9)
        written = write(*given, raw_id=raw_id, now=NOW + step * HOUR)
        counted = model_write(current, beside, given, raw_id)
        stored += counted["replaced"]
        expected = tuple(counted[name] for name in ("new", "changed", "same", "outranked", "flagged"))
        assert (*counts(written), written.flagged) == expected
        assert everything_stored() == {key: (*order[1:], *content) for key, (order, content) in current.items()}
        assert stored_counters() == counters_of(current)
        assert len(replaced()) == stored


def everything_stored() -> dict[tuple[Any, ...], Any]:
    own, of = live.readings.c, live.series.c
    query = select(of.place_id, of.item, of.averaging, of.stream, own.at, own.rank, own.raw_id).add_columns(
        own.value, own.flags, own.note
    )
    rows = database.rows(query.join_from(live.readings, live.series, own.series_id == of.series_id))
    return {(*r[:4], datetime.fromtimestamp(r.at, ZONE)): tuple(r[5:]) for r in rows}


def stored_counters() -> dict[tuple[Any, ...], Any]:
    return {tuple(r[1:5]): tuple(r[5:]) for r in database.rows(select(live.series))}


def counters_of(held: dict[tuple[Any, ...], Any]) -> dict[tuple[Any, ...], Any]:
    found: dict[tuple[Any, ...], Any] = {}
    for key, (_, (value, flags, _note)) in held.items():
        known, flagged = found.setdefault(key[:4], ([], []))
        known += [int(key[4].timestamp())] if value is not None else []
        flagged += [1] if flags else []
    return {
        series: (len(known), len(flagged), min(known, default=None), max(known, default=None))
        for series, (known, flagged) in found.items()
    }


# ── what a write touched ─────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("at", "averaging", "expected"),
    [
        (datetime(2026, 10, 9, 0, tzinfo=ZONE), "1h", date(2026, 10, 8)),  # the hour that closes the day
        (datetime(2026, 10, 9, 1, tzinfo=ZONE), "1h", date(2026, 10, 9)),
        (datetime(2026, 10, 9, 23, tzinfo=ZONE), "1h", date(2026, 10, 9)),
        (datetime(2026, 10, 9, 0, tzinfo=ZONE), "day", date(2026, 10, 9)),
        (datetime(2026, 10, 9, 0, tzinfo=ZONE), "instant", date(2026, 10, 9)),
        (datetime(2026, 10, 9, 23, 59, tzinfo=ZONE), "instant", date(2026, 10, 9)),
    ],
)
def test_a_reading_touches_its_day(store: str, at: datetime, averaging: str, expected: date) -> None:
    touched = write(row(1.0, at, averaging=averaging)).touched
    assert touched["day"].tolist() == [(expected - date(1970, 1, 1)).days]
    assert touched[["item", "averaging", "stream"]].to_numpy().tolist() == [["pm25_ugm3", averaging, "observed"]]
    assert touched["series_id"].tolist() == [r.series_id for r in database.rows(select(live.series))]


def test_only_what_changed_is_touched_and_each_day_once(store: str) -> None:
    write(row(1.0), row(2.0, NOON + HOUR), row(3.0, NOON + DAY), row(4.0, NOON + 2 * DAY))
    touched = write(row(5.0), row(6.0, NOON + HOUR), row(3.0, NOON + DAY), row(7.0, NOON + 2 * DAY), raw_id=2).touched
    first = (NOON.date() - date(1970, 1, 1)).days
    assert touched["day"].tolist() == [first, first + 2]


@pytest.mark.parametrize(
    ("reading", "topic"),
    [
        (row(1.0), "air_hours"),
        (row(1.0, averaging="24h"), "air_hours"),
        (row(1.0, averaging="day"), "air_days"),
        (row(1.0, kind="modelled"), "air_modelled"),
        (row(1.0, item="ph", averaging="instant"), "water"),
        (row(1.0, item="temp_c", kind="modelled"), "weather"),
        (row(1.0, item="ndvi", averaging="16d"), "ndvi"),
    ],
)
def test_the_topic_moves_with_every_change(store: str, reading: dict[str, Any], topic: str) -> None:
    first = {name: database.revision(name) for name in TOPICS}
    write(reading)
    second = {name: database.revision(name) for name in TOPICS}
    assert {name for name in TOPICS if second[name] != first[name]} == {topic, "series"}
    write({**reading, "value": 2.0}, raw_id=2)
    third = {name: database.revision(name) for name in TOPICS}
    assert {name for name in TOPICS if third[name] != second[name]} == {topic}


TOPICS = live.TOPICS


# ── refused ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (row(1.0, place_id=None), "row 1 of 2 readings: no place_id"),
        (row(1.0, averaging=None), "row 1 of 2 readings: no averaging"),
        (row(1.0, item="pm25"), "item 'pm25' is not in items.csv; known are aqi, pm25_ugm3"),
        (row(1.0, kind="guessed"), "kind 'guessed'; known are archive, live"),
        (row(1.0, pd.NaT), "row 1 of 2 readings: no moment"),
        (row(1.0, datetime(1969, 12, 31, tzinfo=ZONE)), "must lie after 1970"),
    ],
)
def test_what_cannot_be_stored_is_refused_before_anything_is_written(
    store: str, bad: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        write(row(2.0), bad)
    assert database.rows(select(live.series)) == database.rows(select(live.readings)) == []


def test_moments_without_a_timezone_are_refused(store: str) -> None:
    given = frame(row(1.0))
    given["at"] = given["at"].dt.tz_localize(None)
    with database.engine().begin() as c, pytest.raises(ValueError, match="timezone-aware, not datetime64"):
        readings_store.write(c, given, raw_id=1, now=NOW)
    with pytest.raises(ValueError, match="no timezone"):
        readings_store.read(items=["pm25_ugm3"], averaging="1h", since=datetime(2026, 1, 1))  # noqa: DTZ001


def test_what_is_rolled_back_was_never_there(store: str) -> None:
    with database.engine().connect() as c:
        assert readings_store.write(c, frame(row(1.0, place_id="gone")), raw_id=1, now=NOW).new == 1
        c.rollback()
    write(row(2.0))
    assert [(r.place_id, r.readings) for r in database.rows(select(live.series))] == [("1001A", 1)]
    assert readings_store.read(items=["pm25_ugm3"], averaging="1h")["value"].tolist() == [2.0]


def test_an_empty_database_says_what_to_run(empty: str) -> None:
    with pytest.raises(database.StoreError, match="python -m loaders fill"):
        readings_store.latest(items=["pm25_ugm3"], averaging="1h")


# ── read ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_range_includes_its_ends(store: str) -> None:
    write(*(row(float(hour), NOON + hour * HOUR) for hour in range(5)))
    result = readings_store.read(items=["pm25_ugm3"], averaging="1h", since=NOON + HOUR, until=NOON + 3 * HOUR)
    assert result["value"].tolist() == [1, 2, 3]


def test_only_the_places_items_and_averaging_requested(store: str) -> None:
    write(
        row(1.0),
        row(2.0, place_id="xining"),
        row(3.0, item="no2_ugm3"),
        row(4.0, averaging="24h"),
        row(5.0, flags="jump", place_id="1002A"),
    )
    items = ["pm25_ugm3", "no2_ugm3"]
    assert readings_store.read(items=items, averaging="1h")["value"].tolist() == [3, 1, 2]  # by place, then item
    assert readings_store.read(places=["1001A"], items=items, averaging="1h")["value"].tolist() == [3, 1]
    assert readings_store.read(places=(one for one in ["xining"]), items=items, averaging="1h")["value"].tolist() == [2]
    assert readings_store.read(items=["pm25_ugm3"], averaging="24h")["value"].tolist() == [4]
    assert readings_store.read(items=["pm25_ugm3"], averaging="1h", flagged=True)["value"].tolist() == [1, 5, 2]


def test_what_is_not_there_is_an_empty_frame_of_the_same_columns(store: str) -> None:
    nothing = readings_store.read(items=["pm25_ugm3"], averaging="1h")
    write(row(1.0))
    something = readings_store.read(items=["pm25_ugm3"], averaging="1h")
    assert nothing.empty
    assert nothing.dtypes.equals(something.dtypes)
    assert readings_store.read(places=[], items=["pm25_ugm3"], averaging="1h").empty
    days, months = readings_store.days(items=["pm25_ugm3"]), readings_store.months(items=["pm25_ugm3"])
    assert (len(days), list(days.columns)) == (0, DAY_COLUMNS)
    assert (len(months), list(months.columns)) == (0, MONTH_COLUMNS)


def test_the_latest_is_the_newest_that_is_known_and_sound(store: str) -> None:
    write(
        row(1.0, NOON - 3 * HOUR),
        row(2.0, NOON - 2 * HOUR),
        row(3.0, NOON - HOUR, flags="jump"),
        row(MISSING, NOON),
        row(7.0, NOON - 9 * HOUR, place_id="1002A"),
        row(MISSING, NOON, place_id="1003A"),
    )
    result = readings_store.latest(items=["pm25_ugm3"], averaging="1h")
    assert result[["place_id", "value"]].to_numpy().tolist() == [["1001A", 2.0], ["1002A", 7.0]]
    earlier = readings_store.latest(items=["pm25_ugm3"], averaging="1h", until=NOON - 3 * HOUR)
    assert earlier["value"].tolist() == [1.0, 7.0]
    assert readings_store.latest(items=["pm25_ugm3"], averaging="1h", until=NOON - 10 * HOUR).empty


def test_a_series_that_another_process_made_is_seen(store: str) -> None:
    assert readings_store.read(items=["pm25_ugm3"], averaging="1h").empty
    with database.engine().begin() as c:
        readings_store.write(c, frame(row(1.0)), raw_id=1, now=NOW)
        c.info.pop("bumped")  # another process notifies this one of nothing
    database._known.clear()  # … but a second later it looks by itself
    assert readings_store.read(items=["pm25_ugm3"], averaging="1h")["value"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("read", "topics"),
    [
        (lambda: readings_store.read(items=["pm25_ugm3"], averaging="1h"), {"air_hours"}),
        (lambda: readings_store.latest(items=["ph"], averaging="instant"), {"water"}),
        (lambda: readings_store.days(items=["pm25_ugm3"]), {"air_hours", "air_days"}),
        (lambda: readings_store.months(items=["pm25_ugm3"]), {"air_hours", "air_days"}),
        (lambda: readings_store.suspicious(), {"air_hours", "air_days", "air_modelled", "water", "weather", "ndvi"}),
        (lambda: readings_store.places_seen(), {"sources"}),
    ],
)
def test_reading_is_refused_where_a_topic_of_it_is_not_named(
    store: str, read: Callable[[], object], topics: set[str]
) -> None:
    with database.reading_only(topics):
        read()
    for missing in topics:
        with database.reading_only(set(TOPICS) - {missing}), pytest.raises(database.UnnamedTopicError, match=missing):
            read()


DAY_COLUMNS = ["place_id", "item", "averaging", "date", "n", "mean", "low", "high", "mda8"]
MONTH_COLUMNS = ["place_id", "item", "averaging", "month", "n", "days", "mean"]


def test_days_and_months_are_reported_as_such(store: str) -> None:
    number = int(write(row(1.0)).touched["series_id"].iloc[0])
    first = (date(2025, 12, 31) - date(1970, 1, 1)).days
    with database.engine().begin() as c:
        for day, mda8 in ((first + 1, None), (first, 88.5)):
            values = {"series_id": number, "day": day, "n": 24, "mean": 10.5, "low": 1, "high": 20, "mda8": mda8}
            c.execute(insert(live.day_values).values(values))
        for month, n in ((2026 * 12, 700), (2025 * 12 + 11, 744)):
            values = {"series_id": number, "month": month, "n": n, "days": 30, "mean": 9.25}
            c.execute(insert(live.month_values).values(values))
    days = readings_store.days(items=["pm25_ugm3"])
    assert list(days.columns) == DAY_COLUMNS
    assert days["date"].tolist() == [pd.Timestamp("2025-12-31"), pd.Timestamp("2026-01-01")]
    assert days.iloc[0][["n", "mean", "low", "high", "mda8"]].tolist() == [24, 10.5, 1, 20, 88.5]
    assert pd.isna(days["mda8"].iloc[1])
    assert len(readings_store.days(items=["pm25_ugm3"], since=date(2026, 1, 1))) == 1
    assert len(readings_store.days(items=["pm25_ugm3"], until=date(2025, 12, 31))) == 1
    assert readings_store.days(places=["xining"], items=["pm25_ugm3"]).empty
    months = readings_store.months(items=["pm25_ugm3"])
    assert list(months.columns) == MONTH_COLUMNS
    assert months[["month", "n", "days", "mean"]].to_numpy().tolist() == [
        ["2025-12", 744, 30, 9.25],
        ["2026-01", 700, 30, 9.25],
    ]


def test_the_suspicious_are_listed_newest_first_with_their_answer(store: str) -> None:
    with database.engine().begin() as c:
        answer = raw.save(
            c,
            source="cnemc_air",
            call="stations",
            address="https://air.cnemc.cn:18007/x",
            asked_at=NOW,
            status=200,
            content_type="application/json",
            body=b"[]",
            problem="",
        )
    write(
        row(1.0),
        row(9999.0, NOON - HOUR, flags="impossible"),
        row(MISSING, NOON, place_id="xining", flags="unreadable", note="abc"),
        raw_id=answer,
    )
    write(row(5.0, NOON + HOUR, kind="modelled", flags="negative"), raw_id=None)
    result = readings_store.suspicious()
    assert list(result.columns) == [
        *("place_id", "item", "averaging", "stream", "at", "value"),
        *("kind", "flags", "note", "raw_id", "source", "call"),
    ]
    assert result["flags"].tolist() == ["negative", "unreadable", "impossible"]
    assert result["kind"].tolist() == ["modelled", "live", "live"]
    assert result["at"].tolist() == [NOON + HOUR, NOON, NOON - HOUR]
    assert result["call"].fillna("").tolist() == ["", "stations", "stations"]
    assert len(readings_store.suspicious(limit=2)) == 2


# ── cheap ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_two_moments_far_apart_read_nothing_in_between(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(*(row(1.0, NOON + hour * HOUR) for hour in range(-3000, 3000)))
    fetched = []
    honest = database.tuples

    def counting(*asked: Any) -> list[tuple[Any, ...]]:
        fetched.extend(honest(*asked))
        return fetched[-10:]

    monkeypatch.setattr(database, "tuples", counting)
    assert write(row(2.0, NOON - 3000 * HOUR), row(2.0, NOON + 2999 * HOUR), raw_id=2).changed == 2
    assert len(fetched) == 2


def test_no_read_looks_at_every_row(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path / 'live.db'}")
    migrate.upgrade()
    write(row(1.0, flags="jump"))
    requests: list[tuple[str, Any]] = []
    engine = database.engine()

    @event.listens_for(engine, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        requests.append((statement, parameters))

    readings_store.read(items=["pm25_ugm3"], averaging="1h", since=NOON)
    readings_store.latest(items=["pm25_ugm3"], averaging="1h")
    readings_store.days(items=["pm25_ugm3"], since=NOON.date())
    readings_store.months(items=["pm25_ugm3"])
    readings_store.suspicious()
    with engine.connect() as c:
        plans = [
            " ".join(step[3] for step in c.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
            for statement, parameters in list(requests)
            if "readings" in statement or "_values" in statement
        ]
    engine.dispose()
    assert len(plans) == 5
    for plan in plans:
        assert "SCAN readings" not in plan.replace("SCAN readings USING INDEX readings_flagged", ""), plan
        assert "SCAN day_values" not in plan
        assert "SCAN month_values" not in plan


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def place(place_id: str, name: str, lon: float | None = 101.7, lat: float | None = 36.6) -> SimpleNamespace:
    return SimpleNamespace(place_id=place_id, name=name, lon=lon, lat=lat)


def test_places_are_remembered_as_they_are_named(store: str) -> None:
    before = database.revision("sources")
    with database.engine().begin() as c:
        readings_store.upsert_places(
            c, "cnemc_air", [place("2911A", "新站"), place("2912A", "另一站", None, None)], NOW
        )
    first = database.revision("sources")
    assert first != before
    with database.engine().begin() as c:
        readings_store.upsert_places(c, "cnemc_air", [place("2911A", "新站")], NOW + HOUR)
    assert database.revision("sources") == first  # seen again as it was: nothing a page would say otherwise
    with database.engine().begin() as c:
        readings_store.upsert_places(
            c, "cnemc_air", [place("2911A", "改名站"), place("2911A", "改名站")], NOW + 2 * HOUR
        )
        readings_store.upsert_places(c, "air_archive", [place("2911A", "旧名")], NOW)
    assert database.revision("sources") != first
    result = readings_store.places_seen()
    assert result[["place_id", "source", "name"]].to_numpy().tolist() == [
        ["2911A", "air_archive", "旧名"],
        ["2911A", "cnemc_air", "改名站"],
        ["2912A", "cnemc_air", "另一站"],
    ]
    assert result["first_at"].tolist() == [NOW, NOW, NOW]
    assert result["last_at"].tolist() == [NOW, NOW + 2 * HOUR, NOW]
    assert result["lon"].isna().tolist() == [False, False, True]
