"""Readings in and out: written by rank and traceably, read by short ranges of an index however many there are.

A series is a place, an item, an averaging and a stream (observed or modelled); a reading is found by its series and its
moment. Series are few: each process caches their list. Moments are timezone-aware.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol, TypeAlias

import numpy as np
import pandas as pd
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    cast,
    insert,
    select,
    union_all,
    update,
)

from store import database, facts, live, records
from store.cache import MIB, Cache
from store.clock import AHEAD_OF_UTC_S, DAY_S, ZONE

READINGS, SERIES, PLACES = live.readings, live.series, live.places_seen
IDENTITY = ["place_id", "item", "averaging", "stream"]
GAP_S = 32 * DAY_S  # moments of a series further apart are looked up apart: what lies between is not read
# Series, moment and rank of a reading in one whole number: every column a database returns costs time.
AT_BITS, RANK_BITS = 36, 4
SERIES_TOPIC = "series"  # moves with every new series
PLACES_TOPIC = "sources"
MEDIUM_TOPIC = {"water": "water", "weather": "weather", "greening": "ndvi"}  # air has three

# The kinds at the place of their rank; a model's is that of its stream, at 0.
KINDS = pd.Series(["modelled", *sorted(live.RANK.keys() - {"modelled"}, key=live.RANK.__getitem__)]).array
PACKED = (
    (cast(READINGS.c.series_id, BigInteger) * (1 << AT_BITS) + READINGS.c.at) * (1 << RANK_BITS) + READINGS.c.rank,
    READINGS.c.value,
    READINGS.c.flags,
    READINGS.c.note,
    READINGS.c.raw_id,
    READINGS.c.primary_pollutants,
    READINGS.c.original,
)

_series = Cache("series", 32 * MIB)

Numbers = NDArray[np.int64]
Objects = NDArray[np.object_]
Series: TypeAlias = Mapping[int, database.Record]  # rows of SERIES by series_id


class Written(Struct, frozen=True):
    """What became of the readings of a frame: how many were new, changed the current value, equal to it, outranked by it.

    ``flagged``: how many of the new and changed ones are suspicious. ``touched``: series_id, item, averaging, stream,
    day (days since 1970 in Xining; an hour belongs to the day in which it closes, 00:00 to the day before) of the new
    and changed ones, each once: what aggregates must take in.
    """

    new: int
    changed: int
    same: int
    outranked: int
    flagged: int
    touched: pd.DataFrame


class Place(Protocol):
    """A place as an upstream names it."""

    @property
    def place_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def lat(self) -> float | None: ...


def topic(item: str, averaging: str, stream: str) -> str:
    """The topic whose revision moves with a series. Raises ValueError where no such item is declared."""
    medium = _media().get(item)
    if medium is None:
        raise ValueError(f"item {item!r} is not in items.csv; known are {', '.join(_media())}")
    if medium != "air":
        return MEDIUM_TOPIC[medium]
    if stream == "modelled":
        return "air_modelled"
    return "air_days" if averaging == "day" else "air_hours"


@cache
def _media() -> dict[str, str]:
    return {row.item: row.medium for row in facts.tracked_rows(records.Item)}


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
def write(c: Connection, frame: pd.DataFrame, *, raw_id: int | Objects | None, now: datetime) -> Written:
    """Store readings (columns of ``loaders.answer.COLUMNS``) within the caller's transaction.

    ``raw_id``: the answer they came from, that of each row where several are written at once, None where there is none.

    Which value is current where two are of the same moment: a known value before a missing one – so a missing one never takes
    the place of a known one –, then the higher rank of its kind, then the later answer (none: later than all), within
    an answer the later row. The same value with the same rank, flags, note and original changes nothing. What another
    takes the place of goes to ``replaced``, except in the modelled stream, which every run writes anew. A suspicious
    value never takes the place of a sound one of its rank or a higher: it is stored beside it, in ``replaced``. An index given
    again without its primary pollutants keeps them. Counters of the series and revisions of the topics move
    along.

    Raises ValueError, before anything is written, where a place, an item, an averaging, a kind or a moment is missing,
    unknown or without its timezone.
    """
    series, series_are_new, given = _given(c, frame, raw_id)
    current = _current(c, given)
    given = _with_primary(given, current)
    new, changed, same = _compare(given, current)
    doubted = _doubted(given, current) & _observed(series, given) & ~same & ~new
    changed &= ~doubted
    written = new | changed
    beside = _archive_rejected(c, given.take(doubted), current.raw_id[doubted], now)
    _archive_replaced(c, series, current.take(changed), given.raw_id[changed], now)
    _insert(c, READINGS, given.take(new).columns())
    _overwrite(c, given.take(changed).columns())
    _count(c, series, given.take(written), current.take(written))
    touched = _touched(series, given.take(written))
    topics = {topic(one.item, one.averaging, one.stream) for one in map(series.__getitem__, set(touched["series_id"]))}
    if topics:
        database.bump_revisions(c, *sorted(topics), *([SERIES_TOPIC] if series_are_new else []))
    return Written(
        new=int(new.sum()),
        changed=int(changed.sum()),
        same=int(same.sum()),
        outranked=int((~written & ~same).sum()),
        flagged=int(given.suspicious[written].sum()) + beside,
        touched=touched,
    )


class _Rows(Struct, frozen=True):
    """Rows of ``readings`` as arrays: what is missing is NaN or None."""

    series_id: Numbers
    at: Numbers
    value: NDArray[np.float64]
    rank: Numbers
    flags: Objects
    note: Objects
    raw_id: Objects
    primary_pollutants: Objects
    original: Objects

    def take(self, chosen: NDArray[Any]) -> "_Rows":
        """The rows of a mask or of positions, in their order."""
        return _Rows(*(getattr(self, name)[chosen] for name in self.__struct_fields__))

    @property
    def key(self) -> Numbers:
        """Series and moment as one number."""
        return (self.series_id << AT_BITS) + self.at

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a value."""
        return ~np.isnan(self.value)

    @property
    def suspicious(self) -> NDArray[np.bool_]:
        """Where there are flags."""
        return _there(self.flags)

    def columns(self) -> dict[str, list[Any]]:
        """Columns as a database takes them."""
        found = {name: getattr(self, name).tolist() for name in self.__struct_fields__}
        if not self.known.all():
            found["value"] = [value if known else None for value, known in zip(found["value"], self.known, strict=True)]
        return found


def _given(c: Connection, frame: pd.DataFrame, raw_id: int | Objects | None) -> tuple[Series, bool, _Rows]:
    """The series concerned, whether some are new, and the readings by series and moment, each once."""
    at = _seconds_of(frame["at"])
    groups, group = _groups(frame)
    identities = [(*named, "modelled" if kind == "modelled" else "observed") for *named, kind in groups]
    for _, item, averaging, stream in identities:
        topic(item, averaging, stream)  # refuses an item nobody declared
    series, are_new = _series_of(c, dict.fromkeys(identities))
    rows = _Rows(
        series_id=np.array([series[one].series_id for one in identities], "int64")[group],
        at=at,
        value=frame["value"].to_numpy("float64"),
        rank=np.array([live.RANK[kind] for *_, kind in groups], "int64")[group],
        flags=_texts(frame["flags"]),
        note=_texts(frame["note"]),
        raw_id=np.full(len(frame), raw_id, dtype=object),
        primary_pollutants=_texts(frame["primary_pollutants"]),
        original=_texts(frame["original"]),
    )
    return {one.series_id: one for one in series.values()}, are_new, _once(rows)


def _once(rows: _Rows) -> _Rows:
    """The rows by series and moment, of several at the same moment the one that counts."""
    if (rows.key[1:] > rows.key[:-1]).all():
        return rows
    ordered = rows.take(np.lexsort((_number(rows.raw_id, np.inf), rows.rank, rows.known, rows.key)))
    last = _ends(ordered.key)
    if last.all():
        return ordered
    before = pd.Series(ordered.primary_pollutants).groupby([ordered.key, ordered.value]).ffill().to_numpy(object)
    return _with_primary(ordered, replace(ordered, primary_pollutants=before)).take(last)


def _ends(*columns: Numbers) -> NDArray[np.bool_]:
    """The last row of each stretch of rows that are the same in these columns."""
    ends = np.ones(len(columns[0]), bool)
    ends[:-1] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return ends


def _groups(frame: pd.DataFrame) -> tuple[list[tuple[str, ...]], Numbers]:
    """The few combinations of place, item, averaging and kind in a frame, and for each row which is its own."""
    named = ("place_id", "item", "averaging", "kind")
    code, words = np.zeros(len(frame), "int64"), []
    for name in named:
        codes, known = pd.factorize(frame[name])
        if (codes < 0).any():
            raise ValueError(f"row {int((codes < 0).argmax())} of {len(frame)} readings: no {name}")
        code = code * len(known) + codes
        words.append(known)
    group, combined = pd.factorize(code)
    positions = np.unravel_index(combined, [max(len(known), 1) for known in words])
    groups = list(zip(*(np.asarray(w, object)[p].tolist() for w, p in zip(words, positions, strict=True)), strict=True))
    if unknown := sorted({kind for *_, kind in groups} - live.RANK.keys()):
        raise ValueError(f"a reading of kind {unknown[0]!r}; known are {', '.join(live.RANK)}")
    return groups, group


def _series_of(
    c: Connection, wanted: Collection[tuple[str, ...]]
) -> tuple[dict[tuple[str, ...], database.Record], bool]:
    """The series of these identities with their counters, made where there are none; whether some were."""
    found = _series_at(c, wanted)
    lacking = [one for one in wanted if one not in found]
    if lacking:
        c.execute(insert(SERIES), [dict(zip(IDENTITY, one, strict=True)) for one in lacking])
        found = _series_at(c, wanted)
    return {one: found[one] for one in wanted}, bool(lacking)


def _series_at(c: Connection, wanted: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], database.Record]:
    places = list(dict.fromkeys(place for place, *_ in wanted))
    rows = c.execute(select(SERIES).where(SERIES.c.place_id.in_(places)))
    return {(row.place_id, row.item, row.averaging, row.stream): row for row in rows}


def _observed(series: Series, rows: _Rows) -> NDArray[np.bool_]:
    """Which rows are of an observed series."""
    return np.isin(rows.series_id, [number for number, one in series.items() if one.stream == "observed"])


def _texts(column: pd.Series) -> Objects:
    """Texts with None for what is missing or empty."""
    texts: Objects = np.full(len(column), None, dtype=object)
    there = column.notna().to_numpy()
    if there.any():
        texts[there] = column[there].to_numpy(object)
        texts[texts == ""] = None
    return texts


def _there(texts: Objects) -> NDArray[np.bool_]:
    return np.asarray(pd.notna(texts), bool)


def _seconds_of(at: pd.Series) -> Numbers:
    """Moments as whole seconds since 1970."""
    if at.isna().any():
        raise ValueError(f"row {int(at.isna().to_numpy().argmax())} of {len(at)} readings: no moment")
    if not isinstance(at.dtype, pd.DatetimeTZDtype) and len(at):
        raise ValueError(f"moments of readings must be timezone-aware, not {at.dtype}")
    seconds = at.dt.as_unit("s").astype("int64").to_numpy() if len(at) else np.empty(0, "int64")
    if len(at) and not 0 <= seconds.min() <= seconds.max() < 1 << AT_BITS:
        raise ValueError(f"moments of readings must lie after 1970, not {at.min()} … {at.max()}")
    return seconds


# ── current values ──────────────────────────────────────────────────────────────────────────────────────────────
def _current(c: Connection, given: _Rows) -> _Rows:
    """The current values at the given moments, row by row; rank -1 where there is none."""
    stored = _stored(c, given)
    place = np.searchsorted(stored.key, given.key)
    there = place < len(stored.key)
    there[there] = stored.key[place[there]] == given.key[there]
    found = stored.take(place[there])

    def spread(values: NDArray[Any], otherwise: float | None) -> NDArray[Any]:
        everywhere = np.full(len(there), otherwise, values.dtype)
        everywhere[there] = values
        return everywhere

    return _Rows(
        series_id=given.series_id,
        at=given.at,
        value=spread(found.value, np.nan),
        rank=spread(found.rank, -1),
        flags=spread(found.flags, None),
        note=spread(found.note, None),
        raw_id=spread(found.raw_id, None),
        primary_pollutants=spread(found.primary_pollutants, None),
        original=spread(found.original, None),
    )


def _with_primary(given: _Rows, current: _Rows) -> _Rows:
    """The given rows, with the primary pollutants already stored where the same value comes without any."""
    unnamed = ~_there(given.primary_pollutants) & _there(current.primary_pollutants) & (given.value == current.value)
    return replace(given, primary_pollutants=np.where(unnamed, current.primary_pollutants, given.primary_pollutants))


def _stored(c: Connection, given: _Rows) -> _Rows:
    """All rows stored between the given ones, by series and moment. Series of the same span are queried together."""
    at = given.at
    begins = np.ones(len(at), bool)
    begins[1:] = (given.series_id[1:] != given.series_id[:-1]) | (np.diff(at) > GAP_S)
    ends = np.roll(begins, -1)
    spans: dict[tuple[int, int], list[int]] = {}
    for number, first, last in zip(
        given.series_id[begins].tolist(), at[begins].tolist(), at[ends].tolist(), strict=True
    ):
        spans.setdefault((first, last), []).append(number)
    rows: list[tuple[Any, ...]] = []
    for (first, last), numbers in spans.items():
        rows += database.tuples(c, select(*PACKED).where(_in(READINGS, numbers), READINGS.c.at.between(first, last)))
    found = _unpacked(rows)
    return found.take(np.argsort(found.key))


def _unpacked(rows: list[tuple[Any, ...]]) -> _Rows:
    """Rows selected as PACKED."""
    packed, value, *others = _columns(rows, ("int64", "float64", *["object"] * 5))
    key = packed >> RANK_BITS
    return _Rows(key >> AT_BITS, key & (1 << AT_BITS) - 1, value, packed & (1 << RANK_BITS) - 1, *others)


def _columns(rows: list[tuple[Any, ...]], kinds: Sequence[str]) -> list[NDArray[Any]]:
    """Rows as columns of these kinds."""
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    return [np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]


def _compare(given: _Rows, current: _Rows) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Which given rows are new, which replace the current value, which equal it."""
    new = current.rank < 0
    value = (given.value == current.value) | (~given.known & ~current.known)
    same = ~new & value & (given.rank == current.rank)
    for name in ("flags", "note", "primary_pollutants", "original"):
        same &= np.equal(getattr(given, name), getattr(current, name)).astype(bool)
    later = _number(given.raw_id, np.inf) >= _number(current.raw_id, -1)
    ranks = np.where(given.rank == current.rank, later, given.rank > current.rank)
    better = np.where(given.known == current.known, ranks, given.known)
    return new, ~new & ~same & better, same


def _doubted(given: _Rows, current: _Rows) -> NDArray[np.bool_]:
    """Where a suspicious value contradicts a sound one of its rank or a higher."""
    against: NDArray[np.bool_] = given.suspicious & ~current.suspicious & current.known & (given.value != current.value)
    return against & (given.rank <= current.rank)


def _number(raw_id: Objects, otherwise: float) -> NDArray[np.float64]:
    return np.where(_there(raw_id), raw_id, otherwise).astype("float64")


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _insert(c: Connection, table: Table, columns: dict[str, list[Any]]) -> None:
    """Insert rows."""
    names = ", ".join(columns)
    if c.dialect.name == "sqlite":
        _run(c, f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))})", columns)
        return
    with c.connection.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in zip(*columns.values(), strict=True):
            copy.write_row(row)


def _overwrite(c: Connection, columns: dict[str, list[Any]]) -> None:
    """Put rows in the place of those with their series and moment."""
    key = {name: columns.pop(name) for name in ("series_id", "at")}
    new, where = ", ".join(f"{name} = ?" for name in columns), " AND ".join(f"{name} = ?" for name in key)
    _run(c, f"UPDATE readings SET {new} WHERE {where}", columns | key)


def _run(c: Connection, statement: str, columns: dict[str, list[Any]]) -> None:
    """Run a statement for each row straight by the driver: SQLAlchemy's way takes three times as long."""
    rows = list(zip(*columns.values(), strict=True))
    if rows:
        c.connection.cursor().executemany(statement.replace("?", "?" if c.dialect.name == "sqlite" else "%s"), rows)


def _archive_replaced(c: Connection, series: Series, current: _Rows, by_raw_id: Objects, now: datetime) -> None:
    """Archive what is replaced, except in the modelled stream."""
    observed = _observed(series, current)
    archived = current.take(observed).columns()
    replaced_at = [int(now.timestamp())] * len(archived["at"])
    _insert(c, live.replaced, {**archived, "replaced_at": replaced_at, "by_raw_id": by_raw_id[observed].tolist()})


def _archive_rejected(c: Connection, doubted: _Rows, by_raw_id: Objects, now: datetime) -> int:
    """Archive suspicious values that did not become current, each once; how many are new."""
    old = live.replaced.c
    fresh = [
        c.execute(
            select(old.replaced_id)
            .where(old.series_id == int(row[0]), old.at == int(row[1]), old.flags == row[2])
            .where(old.value.is_(None) if np.isnan(row[3]) else old.value == float(row[3]))
        ).first()
        is None
        for row in zip(doubted.series_id, doubted.at, doubted.flags, doubted.value, strict=True)
    ]
    archived = doubted.take(np.array(fresh, dtype=bool)).columns()
    moment = {"replaced_at": [int(now.timestamp())] * sum(fresh), "by_raw_id": by_raw_id[fresh].tolist()}
    _insert(c, live.replaced, {**archived, **moment})
    return sum(fresh)


def _count(c: Connection, series: Series, given: _Rows, current: _Rows) -> None:
    """Bring the counters of the series up to the written rows."""
    if not len(given.at):
        return
    numbers = given.series_id[_ends(given.series_id)]
    begins = np.searchsorted(given.series_id, numbers)
    known_at = np.where(given.known, given.at, np.nan)
    changes = zip(
        numbers.tolist(),
        np.add.reduceat(given.known.astype("int64") - current.known, begins).tolist(),
        np.add.reduceat(given.suspicious.astype("int64") - current.suspicious, begins).tolist(),
        np.fmin.reduceat(known_at, begins),
        np.fmax.reduceat(known_at, begins),
        strict=True,
    )
    rows = [
        {
            "s": number,
            "readings": series[number].readings + readings,
            "flagged": series[number].flagged + flagged,
            "first_at": _of_both(min, series[number].first_at, first),
            "last_at": _of_both(max, series[number].last_at, last),
        }
        for number, readings, flagged, first, last in changes
    ]
    c.execute(update(SERIES).where(SERIES.c.series_id == bindparam("s")), rows)


def _of_both(chosen: Callable[[int, int], int], stored: int | None, given: float) -> int | None:
    """The smaller or larger of two moments, the one there is, None."""
    if np.isnan(given):
        return stored
    return int(given) if stored is None else chosen(stored, int(given))


def _touched(series: Series, rows: _Rows) -> pd.DataFrame:
    """Series and days of rows, which are in this order, each once."""
    hourly = [number for number, one in series.items() if one.averaging == "1h"]
    days = (rows.at + AHEAD_OF_UTC_S - np.isin(rows.series_id, hourly)) // DAY_S
    ends = _ends(rows.series_id, days)
    numbers = rows.series_id[ends]
    named = {
        name: np.array([getattr(series[number], name) for number in numbers.tolist()], dtype=object)
        for name in ("item", "averaging", "stream")
    }
    return pd.DataFrame({"series_id": numbers, **named, "day": days[ends]})


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
class _Chosen(Struct, frozen=True):
    """Series by place and item: their numbers, and what they are in columns of readings."""

    numbers: pd.Index
    place_id: ExtensionArray
    item: ExtensionArray
    averaging: ExtensionArray


def read(
    *,
    places: Iterable[str] | None = None,
    items: Iterable[str],
    averaging: str,
    since: datetime | None = None,
    until: datetime | None = None,
    stream: str = "observed",
    flagged: bool = False,
) -> pd.DataFrame:
    """Readings from since to until, both included, by place, item and moment; suspicious ones only on request.

    Columns: place_id, item, at (datetime64, Asia/Shanghai), value (NaN: not available), kind, flags, note, raw_id,
    primary_pollutants (comma-joined symbols; None: none named), original (the published digits behind a value that is
    displayed rounded; None).
    """
    chosen = _chosen(places, items, averaging, stream)
    table = READINGS.c
    query = select(*PACKED).where(_in(READINGS, chosen.numbers.tolist()))
    if since:
        query = query.where(table.at >= _seconds(since))
    if until:
        query = query.where(table.at <= _seconds(until))
    if not flagged:
        query = query.where(table.flags.is_(None))
    return _frame(chosen, query, stream)


def latest(
    *,
    places: Iterable[str] | None = None,
    items: Iterable[str],
    averaging: str,
    stream: str = "observed",
    until: datetime | None = None,
) -> pd.DataFrame:
    """The newest reading with a value and without a flag of each series, not after ``until``: the columns of :func:`read`."""
    chosen = _chosen(places, items, averaging, stream)
    own = READINGS.alias()
    newest = select(own.c.at).where(
        own.c.series_id == SERIES.c.series_id, own.c.value.is_not(None), own.c.flags.is_(None)
    )
    if until:
        newest = newest.where(own.c.at <= _seconds(until))
    at = newest.order_by(own.c.at.desc()).limit(1).scalar_subquery()
    found = (SERIES.c.series_id == READINGS.c.series_id) & (READINGS.c.at == at)
    query = select(*PACKED).select_from(SERIES).join(READINGS, found)
    return _frame(chosen, query.where(_in(SERIES, chosen.numbers.tolist())), stream)


def days(
    *,
    places: Iterable[str] | None = None,
    items: Iterable[str],
    since: date | None = None,
    until: date | None = None,
    stream: str = "observed",
) -> pd.DataFrame:
    """Daily values of every averaging: place_id, item, averaging, date (datetime64), n, mean, low, high, mda8."""
    chosen = _chosen(places, items, None, stream)
    table = live.day_values
    query = select(table).where(_in(table, chosen.numbers.tolist()))
    if since:
        query = query.where(table.c.day >= _day(since))
    if until:
        query = query.where(table.c.day <= _day(until))
    of, (day, n, mean, low, high, mda8) = _aggregates(chosen, query, ("int64", *["float64"] * 4))
    midnight = day.astype("datetime64[D]").astype("datetime64[s]")
    return pd.DataFrame(of | {"date": midnight, "n": n, "mean": mean, "low": low, "high": high, "mda8": mda8})


def kinds_of_days(*, places: Iterable[str], items: Iterable[str]) -> pd.DataFrame:
    """Of which kinds the known hours of each day are that no check suspects: date (datetime64), kind, a row for each kind.

    A day is the hours that close in it, as in :func:`days`.
    """
    chosen = _chosen(tuple(places), tuple(items), "1h", "observed")
    table = READINGS.c
    day = (table.at + (AHEAD_OF_UTC_S - 1)) // DAY_S
    query = (
        select(day.label("day"), table.rank)
        .where(_in(READINGS, chosen.numbers.tolist()), table.value.is_not(None), table.flags.is_(None))
        .distinct()
    )
    with database.reading() as c:
        number, rank = _columns(database.tuples(c, query), ("int64", "int64"))
    midnight = number.astype("datetime64[D]").astype("datetime64[s]")
    return pd.DataFrame({"date": midnight, "kind": np.asarray(_kinds(rank, False), object)})


def months(*, places: Iterable[str] | None = None, items: Iterable[str], stream: str = "observed") -> pd.DataFrame:
    """Monthly values of every averaging: place_id, item, averaging, month (YYYY-MM), n, days, mean."""
    chosen = _chosen(places, items, None, stream)
    table = live.month_values
    query = select(table).where(_in(table, chosen.numbers.tolist()))
    of, (month, n, valid, mean) = _aggregates(chosen, query, ("int64", "int64", "float64"))
    name = (month - 1970 * 12).astype("datetime64[M]").astype(str)
    return pd.DataFrame(of | {"month": name, "n": n, "days": valid, "mean": mean})


def suspicious(limit: int = 500) -> pd.DataFrame:
    """The newest readings some check suspects, of all series, newest first: current ones and those beside them.

    Columns: place_id, item, averaging, stream, at, value, kind, flags, note, raw_id, source, call (both None where no
    answer is known).
    """
    database.uses("air_hours", "air_days", "air_modelled", *MEDIUM_TOPIC.values())
    columns = ("series_id", "at", "value", "rank", "flags", "note", "raw_id")
    suspected = [select(*(t.c[n] for n in columns)).where(t.c.flags.is_not(None)) for t in (READINGS, live.replaced)]
    own, of, answer = union_all(*suspected).subquery().c, SERIES.c, live.raw_answers.c
    query = (
        select(*(of[name] for name in IDENTITY), own.at, own.value, own.rank, own.flags, own.note, own.raw_id)
        .add_columns(answer.source, answer.call)
        .join_from(SERIES, own.series_id.table, own.series_id == of.series_id)
        .outerjoin(live.raw_answers, own.raw_id == answer.raw_id)
        .order_by(own.at.desc(), own.series_id)
        .limit(limit)
    )
    frame = database.read(query)
    frame["at"] = _moments(frame["at"].to_numpy("int64"))
    frame.insert(6, "kind", _kinds(frame.pop("rank").to_numpy("int64"), (frame["stream"] == "modelled").to_numpy()))
    return frame


def _frame(chosen: _Chosen, query: database.Query, stream: str) -> pd.DataFrame:
    """Rows of ``readings`` as callers see them, by place, item and moment."""
    with database.reading() as c:
        rows = _unpacked(database.tuples(c, query))
    place = chosen.numbers.get_indexer(rows.series_id)
    order = np.lexsort((rows.at, place))
    rows, place, index = rows.take(order), place[order], pd.RangeIndex(len(order))
    return pd.DataFrame(
        {
            "place_id": chosen.place_id.take(place),
            "item": chosen.item.take(place),
            "at": _moments(rows.at),
            "value": rows.value,
            "kind": _kinds(rows.rank, stream == "modelled"),
            "flags": pd.Series(rows.flags, index, dtype=object),
            "note": pd.Series(rows.note, index, dtype=object),
            "raw_id": pd.Series(rows.raw_id, index, dtype=object),
            "primary_pollutants": pd.Series(rows.primary_pollutants, index, dtype=object),
            "original": pd.Series(rows.original, index, dtype=object),
        },
        index,
    )


def _aggregates(
    chosen: _Chosen, query: database.Query, kinds: Sequence[str]
) -> tuple[dict[str, ExtensionArray], list[NDArray[Any]]]:
    """Rows of ``day_values`` or ``month_values`` by place, item, averaging and period: what they are of, other columns."""
    with database.reading() as c:
        number, period, *others = _columns(database.tuples(c, query), ("int64", "int64", *kinds))
    place = chosen.numbers.get_indexer(number)
    order = np.lexsort((period, place))
    of = {name: getattr(chosen, name).take(place[order]) for name in ("place_id", "item", "averaging")}
    return of, [column[order] for column in (period, *others)]


def _chosen(places: Iterable[str] | None, items: Iterable[str], averaging: str | None, stream: str) -> _Chosen:
    """The series selected, ordered by place and item; uses every topic they belong to."""
    wanted, there = tuple(items), None if places is None else tuple(places)
    database.uses(*(topic(item, one, stream) for item in wanted for one in _averagings(averaging)))
    key = (there, wanted, averaging, stream)
    return _series.get(key, lambda: _series_chosen(*key), topics=(SERIES_TOPIC,))


def _averagings(averaging: str | None) -> tuple[str, ...]:
    return (averaging,) if averaging else ("1h", "day")


def _series_chosen(
    places: tuple[str, ...] | None, items: tuple[str, ...], averaging: str | None, stream: str
) -> _Chosen:
    among = None if places is None else set(places)
    found = [
        one
        for one in _series.get("known", _series_known, topics=(SERIES_TOPIC,))
        if one.item in items
        and one.stream == stream
        and (among is None or one.place_id in among)
        and averaging in (None, one.averaging)
    ]
    place_id, item, averaged = (
        pd.array([getattr(one, name) for one in found], dtype="str") for name in ("place_id", "item", "averaging")
    )
    return _Chosen(pd.Index([one.series_id for one in found], dtype="int64"), place_id, item, averaged)


def _series_known() -> tuple[database.Record, ...]:
    """Every series, ordered by what it is."""
    named = [SERIES.c[name] for name in IDENTITY]
    rows = database.rows(select(SERIES.c.series_id, *named))
    return tuple(sorted(rows, key=lambda row: tuple(row[1:])))


def _in(table: Table, numbers: list[int]) -> ColumnElement[bool]:
    return table.c.series_id.in_(numbers)


def _kinds(ranks: Numbers, modelled: bool | NDArray[np.bool_]) -> ExtensionArray:
    return KINDS.take(np.where(modelled, 0, ranks))


def _moments(seconds: Numbers) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(seconds.astype("datetime64[s]")).tz_localize("UTC").tz_convert(ZONE)


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no timezone")
    return int(moment.timestamp())


def _day(day: date) -> int:
    return (day - date(1970, 1, 1)).days


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def upsert_places(c: Connection, source: str, places: Sequence[Place], now: datetime) -> None:
    """Remember the places a source names as it names them, since when and until when."""
    at = int(now.timestamp())
    query = select(PLACES.c.place_id, PLACES.c.name, PLACES.c.lon, PLACES.c.lat).where(PLACES.c.source == source)
    known = {row.place_id: tuple(row[1:]) for row in c.execute(query)}
    given = {place.place_id: (place.name, place.lon, place.lat) for place in places}
    rows = [{"p": one, "name": n, "lon": lon, "lat": lat, "last_at": at} for one, (n, lon, lat) in given.items()]
    if new := [row for row in rows if row["p"] not in known]:
        places_in = [{**row, "place_id": row["p"], "source": source, "first_at": at} for row in new]
        c.execute(insert(PLACES), [{k: v for k, v in row.items() if k != "p"} for row in places_in])
    if old := [row for row in rows if row["p"] in known]:
        c.execute(update(PLACES).where(PLACES.c.place_id == bindparam("p"), PLACES.c.source == source), old)
    if any(known.get(one) != fields_given for one, fields_given in given.items()):
        database.bump_revisions(c, PLACES_TOPIC)


def places_seen() -> pd.DataFrame:
    """Places as upstreams named them: place_id, source, name, lon, lat, first_at, last_at (moments)."""
    database.uses(PLACES_TOPIC)
    frame = database.read(select(PLACES).order_by(PLACES.c.place_id, PLACES.c.source))
    for name in ("first_at", "last_at"):
        frame[name] = _moments(frame[name].to_numpy("int64"))
    return frame
