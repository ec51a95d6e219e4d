"""Readings laid out for the checks of ``loaders.plausible``: arrays side by side, by series and time.

Answers of a source are small and come often: on a few rows a frame costs a hundred times what arrays do.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import NDArray

from assessment import detection
from store import facts, records, tracked

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Values = NDArray[np.float64]

SERIES = ["place_id", "item", "averaging"]
SET_BY_LOADERS = frozenset({"unreadable", "unknown_section"})
REPEATS = frozenset({"stuck", "repeated_day", "zeros", "flat_day"})
STORED = -1
HOUR_S = 3600
NEIGHBOUR_WITHIN_S = {"1h": HOUR_S, "instant": 8 * HOUR_S}  # of the water stations' 4-hour slots one may be missing
STEPS_TO_VARY = 10
CITY_PLUS = {"ug/m3": 10.0, "index": 10.0, "mg/m3": 0.5}


class Words(Struct, frozen=True):
    """A column of words of which few are different: what is asked of a word is asked once.

    ``which``: the position of each row's word in ``words``, -1 where there is none.
    """

    words: tuple[str, ...]
    which: NDArray[np.intp]

    def __getitem__(self, rows: Any) -> "Words":
        return Words(self.words, self.which[rows])

    def where(self, test: Callable[[str], bool]) -> Mask:
        """Where a test holds; nowhere where there is no word."""
        holds: Mask = np.array([*map(test, self.words), False], dtype=bool)[self.which]
        return holds

    def among(self, words: Collection[str]) -> Mask:
        """Where the word is one of those."""
        return self.where(words.__contains__)

    def numbers(self, by_word: Mapping[str, float]) -> Values:
        """The number of each row's word, NaN where it has none."""
        found: Values = np.array([*(by_word.get(word, np.nan) for word in self.words), np.nan])[self.which]
        return found


def words(*columns: pd.Series) -> Words:
    """The words of columns one below the other."""
    which, found = pd.factorize(np.concatenate([column.to_numpy(object) for column in columns]))
    return Words(tuple(found), which)


class Arranged(Struct, frozen=True):
    """Readings to check and the stored ones around them, by series and time; of one moment last what the store will hold."""

    place: Words
    item: Words
    averaging: Words
    note: Words
    flags: Words  # of readings to check only those that stand for a loader's
    row: Numbers  # position in the frame; STORED and less: in ``recent``
    at: Numbers  # seconds since 1970
    value: Values
    series: Numbers
    moment: Numbers  # an item, an averaging and a time
    lo: Values  # these six: of the item, NaN where it has none
    hi: Values
    jump: Values
    stuck_n: Values
    floor: Values
    plus: Values
    within: Values  # how far a neighbour may lie, seconds; NaN where none counts
    newest: Values  # the series' last known time
    modelled: Mask
    known: Mask
    latest: Mask  # with stored: used by ``stale``
    stored: Mask
    hourly: Mask
    station: Mask  # of the air in Xining
    below_limit: Mask
    sound: Mask  # serves as a neighbour
    steady: Mask  # sound, or flagged only as a repeat

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, rows: NDArray[Any]) -> "Arranged":
        return Arranged(*(getattr(self, name)[rows] for name in self.__struct_fields__))


def arranged(frame: pd.DataFrame, recent: pd.DataFrame | None) -> Arranged:
    """Arrange readings (``loaders.answer.COLUMNS``) and the stored ones around them (``plausible.around``)."""
    parts = [frame] if recent is None or recent.empty else [recent, frame]
    around = sum(map(len, parts)) - len(frame)
    place, item, averaging, note, flags = (words(*(one[name] for one in parts)) for name in (*SERIES, "note", "flags"))
    row = np.concatenate([STORED - np.arange(around), np.arange(len(frame))])
    value = np.concatenate([one["value"].to_numpy("float64") for one in parts])
    at = np.concatenate([one["at"].dt.as_unit("s").astype("int64").to_numpy() for one in parts])
    known: Mask = ~np.isnan(value)
    series = groups(place.which, item.which, averaging.which)
    modelled, is_live = (
        np.append(np.zeros(around, dtype=bool), words(frame["kind"]).among([kind])) for kind in ("modelled", "live")
    )
    latest = is_live & (np.bincount(series[around:], minlength=series.max() + 1)[series] == 1)
    flags = Words(flags.words, np.where((row < 0) | flags.where(_by_a_loader), flags.which, -1))

    order = np.lexsort((row, known, at, series))
    place, item, averaging, note, flags = (one[order] for one in (place, item, averaging, note, flags))
    row, at, series = row[order], at[order], series[order]
    value, known = value[order], known[order]
    twin = (step(series) == 0) & (step(at) == 0) & (np.append(0, row[:-1]) < 0)
    was_stale = np.append(False, flags.where(lambda text: "stale" in names(text))[:-1])
    return Arranged(
        place,
        item,
        averaging,
        note,
        flags,
        row,
        at,
        value,
        series,
        moment=groups(item.which, averaging.which, at),
        **{name: item.numbers(_of_items(name)) for name in ("lo", "hi", "jump", "stuck_n", "floor", "plus")},
        within=averaging.numbers(NEIGHBOUR_WITHIN_S),
        newest=_newest(series, at, known),
        modelled=modelled[order],
        known=known,
        latest=latest[order],
        stored=twin & ~was_stale & (step(value) == 0),
        hourly=averaging.among(["1h"]),
        station=item.among(air()) & ~place.among(_cities()),
        below_limit=note.where(lambda text: detection.limit(text) is not None),
        sound=known & ~flags.where(bool),
        steady=known & ~flags.where(lambda text: not REPEATS.issuperset(names(text))),
    )


def _by_a_loader(flags: str) -> bool:
    return not SET_BY_LOADERS.isdisjoint(names(flags))


def _newest(series: Numbers, at: Numbers, known: Mask) -> Values:
    newest = np.full(series.max() + 1, -np.inf)
    np.maximum.at(newest, series[known], at[known])
    found: Values = newest[series]
    return found


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def step(column: NDArray[Any]) -> Values:
    """How far each value lies from the one before, NaN for the first."""
    return np.diff(column, prepend=np.nan)


def groups(*columns: NDArray[Any]) -> Numbers:
    """The rows' groups by these columns, numbered as they first appear."""
    number = np.zeros(len(columns[0]), dtype="int64")
    for column in columns:
        which, found = pd.factorize(column)
        number = number * len(found) + which
    return np.asarray(pd.factorize(number)[0], "int64")


def names(flags: str) -> frozenset[str]:
    """Comma-joined flags one by one."""
    return frozenset(flags.split(",")) if flags else frozenset()


# ── what is tracked ──────────────────────────────────────────────────────────────────────────────────────────────────
@cache
def items() -> pd.DataFrame:
    """``data/items.csv`` by item with the floor below which equal readings are nothing strange, and :data:`CITY_PLUS`."""
    items = tracked.read("items").set_index("item")
    items["floor"] = STEPS_TO_VARY * 10.0 ** -items["decimals"].astype(float)
    items["plus"] = items["unit_id"].map(CITY_PLUS).where(items["medium"] == "air")
    return items


@cache
def _of_items(column: str) -> dict[str, float]:
    return {str(item): float(value) for item, value in items()[column].astype(float).items()}


@cache
def air() -> frozenset[str]:
    """The items measured in the air."""
    return frozenset(row.item for row in facts.tracked_rows(records.Item) if row.medium == "air")


@cache
def in_milligrams() -> frozenset[str]:
    """The items given in mg/m³ or mg/L."""
    return frozenset(row.item for row in facts.tracked_rows(records.Item) if row.unit_id in ("mg/m3", "mg/L"))


@cache
def _cities() -> frozenset[str]:
    return frozenset(row.area_id for row in facts.tracked_rows(records.Area) if row.kind == "city")
