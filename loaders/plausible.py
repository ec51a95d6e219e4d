"""What is suspicious about readings, before they are stored: a flagged one is stored, listed and left out of judgements.

A check is a function from readings (columns as of :func:`_arranged`) and the time to a mask. Those in
:data:`SINGLE_CHECKS` test a reading by itself; those in :data:`CONTEXT_CHECKS` test it beside others, for which only
sound readings serve: known and without any flag. Models are tested by themselves: a model has no sensor that sticks.
Bounds by item (possible range, jump, equal readings) are in ``data/items.csv``, their reasons in
``docs/decisions/0007-what-is-plausible.md``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.indexers import BaseIndexer
from sqlalchemy import Connection, select

from assessment import detection
from store import live, tracked
from store.city import CITY
from store.clock import ZONE

Mask = NDArray[np.bool_]

SERIES = ["place_id", "item", "averaging"]
SET_BY_LOADERS = frozenset({"unreadable", "unknown_section"})
REPEATS = frozenset({"stuck", "repeated_day", "zeros", "flat_day"})
STORED = -1
KIND_OF_RANK = {rank: kind for kind, rank in live.RANK.items() if kind != "modelled"}
HOUR_S = 3600
CLOCKS_DIFFER_S = 600
LATEST_IS_WITHIN_S = 24 * HOUR_S
MICRO_IN_MILLI = 1000
PM_IN_MG_BELOW = 0.5
STEPS_TO_VARY = 10
GAP_S = 24 * HOUR_S
HOURS_IN_A_DAY, COMPARABLE_HOURS, CHANGES_IN_A_DAY = 24, 20, 6
NEIGHBOUR_WITHIN_S = {"1h": HOUR_S, "instant": 8 * HOUR_S}  # of the water stations' 4-hour slots one may be missing
OTHERS = 2
# Zero where no day and no water is: the least day of the tracked series has PM2.5 6.8, SO2 1, CO 0.1.
ZEROS_IN_A_ROW = {"pm25_ugm3": 6, "pm10_ugm3": 6, "so2_ugm3": 12, "no2_ugm3": 12, "co_mgm3": 12, "o3_1h_ugm3": 12}
WHOLE_DAYS = ("24h", "day", "8h_24h")
NEVER_ZERO = ("ph", "do_mgl", "conductivity_uscm")
VARIABLE = ("pm25_ugm3", "pm10_ugm3", "no2_ugm3", "o3_1h_ugm3")  # sulfur dioxide and carbon monoxide have quiet days
FLAT_STEPS, VARYING_STEPS, VARYING_SHARE = 2, 10, 0.5
PM_TIMES, PM_PLUS = 1.1, 5.0
STATIONS, CITY_SHARE = 3, 0.3
CITY_PLUS = {"ug/m3": 10.0, "index": 10.0, "mg/m3": 0.5}
LOOKS = {"1h": timedelta(hours=49), "instant": timedelta(hours=100)}  # two days and an hour; 24 slots of 4 hours
SPANS_APART_S = 32 * 24 * HOUR_S  # more than a check reaches back and ahead together


# ── by itself ────────────────────────────────────────────────────────────────────────────────────────────────────────
def future(r: pd.DataFrame, now_s: float) -> Mask:
    """Stamped more than 10 minutes after now: no measurement is; clocks may differ that much. A forecast may be."""
    return _mask((r["at"] > now_s + CLOCKS_DIFFER_S) & ~r["modelled"])


def stale(r: pd.DataFrame, now_s: float) -> Mask:
    """More than 24 hours old where the latest is published: the service is stuck and repeats old numbers as new.

    A live answer with one moment of a series gives its latest. A value the store already has from when it was new
    stays what it is: it is only repeated.
    """
    return _mask(r["latest"] & ~r["stored"] & r["known"] & (r["at"] < now_s - LATEST_IS_WITHIN_S))


def negative(r: pd.DataFrame, now_s: float) -> Mask:
    """Below zero where zero is the least there is: concentrations, counts, indices."""
    return _mask((r["value"] < 0) & (r["lo"] >= 0))


def impossible(r: pd.DataFrame, now_s: float) -> Mask:
    """Outside lo … hi of items.csv: what the instruments cannot show or nature does not do."""
    return _mask((r["value"] < r["lo"]) | (r["value"] > r["hi"]))


def unit_slip(r: pd.DataFrame, now_s: float) -> Mask:
    """The right number in another unit, by a factor of 1000.

    Milligrams (CO, nutrients): above hi, but possible as micrograms. Particles in mg/m³: between 0 and 0.5, where an
    instrument's least is 1 µg/m³; half a limit of detection ("<1") is no slip, and a model may go that low.
    """
    milli = r["unit_id"].isin(("mg/m3", "mg/L")) & (r["value"] > r["hi"]) & (r["value"] / MICRO_IN_MILLI <= r["hi"])
    particles = r["item"].isin(("pm25_ugm3", "pm10_ugm3")) & (r["value"] > 0) & (r["value"] < PM_IN_MG_BELOW)
    return _mask(milli | (particles & ~r["modelled"] & ~r["below_limit"]))


def _mask(rows: pd.Series) -> Mask:
    return np.asarray(rows, bool)


# ── among others ─────────────────────────────────────────────────────────────────────────────────────────────────────
def stuck(r: pd.DataFrame, now_s: float) -> Mask:
    """One of stuck_n or more equal readings in a row: a sensor or a line that hangs. The whole run is flagged.

    Missing readings do not end a run, a day without readings does. Not tested where equal readings are nothing strange: below
    ten steps of the item's resolution (CO 0.3 stays 0.3 for days), below the limit of detection, in running means.
    """
    s = r[r["steady"] & r["within"].notna()]
    begins = (s["series"].diff() != 0) | (s["value"].diff() != 0) | (s["at"].diff() > GAP_S)
    run = begins.cumsum()
    varies = (s["value"].abs() >= s["floor"]) & ~s["below_limit"]
    return _at(r, s.index[(run.map(run.value_counts()) >= s["stuck_n"]) & varies])


def repeated_day(r: pd.DataFrame, now_s: float) -> Mask:
    """One of 24 hours that equal the 24 hours before, hour by hour: yesterday repeated.

    At least 20 hours must be comparable and all of those equal; the value must change at least six times among them,
    or two quiet days would pass for one. For instruments' hours; flagged are the hours that equal their yesterday.
    """
    s = r[r["steady"] & r["hourly"] & r["stuck_n"].notna()]
    if s.empty:
        return np.zeros(len(r), dtype=bool)
    value = s["value"].to_numpy()
    hour, first, last = _days_up_to(s)
    before = np.searchsorted(hour, hour - HOURS_IN_A_DAY)  # always at or before the reading itself
    comparable = hour[before] == hour - HOURS_IN_A_DAY
    equal = comparable & (value[before] == value)
    changed = np.append(0.0, np.diff(value)) != 0

    def count(what: Mask, since: NDArray[np.intp]) -> NDArray[np.intp]:
        total = np.append(0, np.cumsum(what))
        counted: NDArray[np.intp] = total[last] - total[since]
        return counted

    comparing = count(comparable, first)
    again = (comparing >= COMPARABLE_HOURS) & (comparing == count(equal, first))
    again &= count(changed, np.minimum(first + 1, last)) >= CHANGES_IN_A_DAY
    return _at(r, s.index[_covered(first, last, again) & equal])


def _days_up_to(s: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.intp]]:
    """Of each hourly reading its hour (rising through all series), and the first and last row of the 24 hours it ends.

    Last rows are exclusive, hours of one series are never within a day of another's.
    """
    hour: NDArray[np.int64] = (
        s["series"].to_numpy() * 2**22 + s["at"].to_numpy() // HOUR_S
    )  # hours since 1970 take 20 bits
    return hour, np.searchsorted(hour, hour - HOURS_IN_A_DAY + 1), np.arange(len(s)) + 1


def _covered(first: NDArray[np.intp], last: NDArray[np.intp], chosen: Mask) -> Mask:
    """Rows that lie in the day of some chosen row."""
    steps = np.zeros(len(first) + 1, dtype=int)
    np.add.at(steps, first[chosen], 1)
    np.add.at(steps, last[chosen], -1)
    covered: Mask = np.cumsum(steps)[:-1] > 0
    return covered


def zeros(r: pd.DataFrame, now_s: float) -> Mask:
    """Zero where nothing is zero: an instrument that is off, or a line that fills in what it lacks.

    Concentrations in air: a mean of 8 or 24 hours or of a day, or :data:`ZEROS_IN_A_ROW` hours in a row; a single hour may be
    rounded to zero. In a river: acidity, oxygen and conductivity, at any time.
    """
    zero = r["steady"] & (r["value"] == 0) & ~r["below_limit"]
    air = r["item"].isin(ZEROS_IN_A_ROW.keys() | {"o3_8h_ugm3"})
    found = zero & (r["item"].isin(NEVER_ZERO) | (air & r["averaging"].isin(WHOLE_DAYS)))
    s = r[r["steady"] & r["hourly"] & r["item"].isin(ZEROS_IN_A_ROW.keys())]
    run = (
        (s["series"].diff() != 0) | ((s["value"] == 0) != (s["value"].shift() == 0)) | (s["at"].diff() > GAP_S)
    ).cumsum()
    long = run.map(run.value_counts()) >= s["item"].map(ZEROS_IN_A_ROW)
    return _mask(found | _at(r, s.index[long & zero[s.index]]))


def flat_day(r: pd.DataFrame, now_s: float) -> Mask:
    """One of 24 hours within two steps of the item's resolution while others vary: a mean repeated, a sensor that drifts.

    At least 20 hours must be known. Others vary over ten steps and half their mean in the same hours: two other places of
    Xining in the same item (then any level counts where the hours are all equal, ten steps and more where not), or two
    other items at the place itself (for :data:`VARIABLE` within one step only). A quiet day is quiet everywhere.
    """
    s = r[r["steady"] & r["hourly"] & r["stuck_n"].notna() & ~r["below_limit"]]
    if s.empty:
        return np.zeros(len(r), dtype=bool)
    _, first, last = _days_up_to(s)
    day = s["value"].rolling(_Windows(first, last), min_periods=1)
    low, high, mean = (one.to_numpy() for one in (day.min(), day.max(), day.mean()))
    steps = np.round((high - low) / (s["floor"].to_numpy() / STEPS_TO_VARY), 6)
    whole = last - first >= COMPARABLE_HOURS
    varying = whole & (steps >= VARYING_STEPS) & (high - low >= VARYING_SHARE * mean)
    mine = (s["station"] | (s["place_id"] == CITY)).to_numpy()
    elsewhere = _counted(s["moment"].to_numpy(), varying & mine) >= OTHERS
    here = _counted(s.groupby(["place_id", "at"], sort=False).ngroup().to_numpy(), varying) >= OTHERS
    level = low >= s["floor"].to_numpy()
    beside_places = mine & elsewhere & (((steps == 0) & (low > 0)) | ((steps <= FLAT_STEPS) & level))
    beside_items = here & level & (steps < FLAT_STEPS) & s["item"].isin(VARIABLE).to_numpy()
    flat = whole & (beside_places | beside_items)
    return _at(r, s.index[_covered(first, last, flat)])


class _Windows(BaseIndexer):  # type: ignore[misc]  # pandas types no indexer
    """Windows of a rolling computation from their first rows to their last, exclusive."""

    def __init__(self, first: NDArray[np.intp], last: NDArray[np.intp]) -> None:
        super().__init__()
        self.first, self.last = first.astype("int64"), last.astype("int64")

    def get_window_bounds(
        self,
        num_values: int = 0,
        min_periods: int | None = None,
        center: bool | None = None,
        closed: str | None = None,
        step: int | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self.first, self.last


def _counted(group: NDArray[np.intp], what: Mask) -> NDArray[np.float64]:
    """In how many rows of its group something holds, for each row."""
    return np.asarray(np.bincount(group, weights=what, minlength=1)[group], "float64")


def jump(r: pd.DataFrame, now_s: float) -> Mask:
    """A lone spike or dip: beyond the item's jump from the neighbour before and back again beyond it.

    The newest reading has no neighbour after it: it is flagged where at least two other stations can be compared and
    it jumps alone. Nothing is flagged where two other stations of the city move likewise, at least half the jump the
    same way in the same hour: dust comes over a city. A reading that stays up is a level and no spike: the one after a
    flagged one has no sound neighbour before it and passes. The city's value is tested beside its stations; sections
    of rivers know no others.
    """
    s = r[r["sound"] & r["within"].notna() & r["jump"].notna()]
    near = (s["series"].diff() == 0) & (s["at"].diff() > 0) & (s["at"].diff() <= s["within"])
    rise = s["value"].diff().where(near).to_numpy()
    fall = -np.append(rise[1:], np.nan)  # above the neighbour after it
    way = np.sign(rise)
    bound = s["jump"].to_numpy()
    likewise, others = _others(s, rise)
    newest = (s["at"] == s["newest"]).to_numpy() & (others >= OTHERS)
    lone = (np.abs(rise) > bound) & (likewise < OTHERS) & ((way * fall > bound) | newest)
    return _at(r, s.index[lone])


def _others(s: pd.DataFrame, rise: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How many other stations move at least half a jump the way each reading does, and how many can be compared."""
    station, moment = s["station"].to_numpy(), s["moment"].to_numpy()
    beside = station | (s["place_id"] == CITY).to_numpy()

    def at_others(what: Mask) -> NDArray[np.float64]:
        counted = np.bincount(moment, weights=what & station, minlength=1)
        return np.where(beside, counted[moment] - (what & station), 0)

    half = s["jump"].to_numpy() / 2
    up, down = at_others(rise >= half), at_others(rise <= -half)
    return np.where(rise > 0, up, down), at_others(~np.isnan(rise))


def pm25_above_pm10(r: pd.DataFrame, now_s: float) -> Mask:
    """PM2.5 above PM10 × 1.1 + 5 µg/m³ at the same place and time: a part above its whole.

    The tolerance is what rounding and two instruments differ by. Both are flagged: the pair does not show which is
    wrong, and neither may be judged.
    """
    s = r[r["sound"]]
    pair = [*SERIES[::2], "at"]
    fine, coarse = (s[s["item"] == item].reset_index() for item in ("pm25_ugm3", "pm10_ugm3"))
    both = fine.merge(coarse, on=pair, suffixes=("", "_10"))
    wrong = both[both["value"] > both["value_10"] * PM_TIMES + PM_PLUS]
    return _at(r, np.concatenate([wrong["index"], wrong["index_10"]]))


def city_far_from_stations(r: pd.DataFrame, now_s: float) -> Mask:
    """The city's hour outside the range of its stations, widened by 30 % and by 10 µg/m³ (AQI 10, CO 0.5 mg/m³).

    Tested where at least three stations have the hour. The published value is not their mean, so the range counts.
    """
    s = r[r["sound"] & r["hourly"] & r["plus"].notna()]
    of = s[s["station"]].groupby("moment")["value"].agg(["min", "max", "size"])
    city = s[s["place_id"] == CITY].join(of[of["size"] >= STATIONS], on="moment", how="inner")
    low = city["min"] * (1 - CITY_SHARE) - city["plus"]
    high = city["max"] * (1 + CITY_SHARE) + city["plus"]
    return _at(r, city.index[(city["value"] < low) | (city["value"] > high)])


def _at(r: pd.DataFrame, positions: NDArray[np.intp] | pd.Index) -> Mask:
    mask = np.zeros(len(r), dtype=bool)
    mask[np.asarray(positions, dtype=int)] = True
    return mask


Check = Callable[[pd.DataFrame, float], Mask]
SINGLE_CHECKS: tuple[Check, ...] = (future, stale, negative, impossible, unit_slip)
CONTEXT_CHECKS: tuple[Check, ...] = (
    stuck,
    repeated_day,
    zeros,
    flat_day,
    jump,
    pm25_above_pm10,
    city_far_from_stations,
)


# ── all of them ──────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Checked:
    """The readings of an answer with their flags: comma-joined, sorted, None for none.

    ``since``: stored readings that passed when they were new and that these show to be repeats – the first hours of
    a sensor that hangs –, with their flags; their columns are those of :func:`around`. None: none.
    """

    readings: pd.DataFrame
    since: pd.DataFrame | None = None


def check(frame: pd.DataFrame, *, now: datetime, source: str, recent: pd.DataFrame | None = None) -> Checked:
    """The readings of one source (``loaders.answer.COLUMNS``), each tested by every check.

    ``now``: when the source was requested. ``recent``: stored readings around them as :func:`around` gives them. Flags the
    loader set remain, those set here are found anew, so that checking twice is checking once. Raises ValueError
    naming an item or a flag nobody declared.
    """
    if frame.empty:
        return Checked(frame.copy())
    _refuse_unknown(frame, source)
    r = _arranged(frame, recent)
    found = {one.__name__: one(r, now.timestamp()) for one in SINGLE_CHECKS}
    alone = np.logical_or.reduce(list(found.values()))
    r["sound"] &= ~alone
    r["steady"] &= ~alone
    once = ~r.duplicated(["series", "at"], keep="last").to_numpy()
    each, of_each = r[once].reset_index(drop=True), np.cumsum(once) - once
    checked = (r["known"] & ~r["modelled"]).to_numpy()
    found |= {one.__name__: one(each, now.timestamp())[of_each] & checked for one in CONTEXT_CHECKS}
    own = r["row"].to_numpy() >= 0
    masks = {name: np.zeros(len(frame), dtype=bool) for name in live.FLAGS}
    for name, mask in found.items():
        masks[name][r["row"].to_numpy()[own]] = mask[own]
    for name in SET_BY_LOADERS:
        masks[name] = _where(frame["flags"], partial(_has, name)).to_numpy()
    flags = pd.Series(_joined(masks), index=frame.index, dtype=object)
    return Checked(frame.assign(flags=flags), _since(r, once & ~own, found, recent))


def _since(r: pd.DataFrame, stored: Mask, found: dict[str, Mask], recent: pd.DataFrame | None) -> pd.DataFrame | None:
    """The stored readings that are now seen to be repeats, with the flags they had and that one."""
    had = {name: _where(r["flags"], partial(_has, name)).to_numpy() for name in live.FLAGS}
    has = had | {name: had[name] | found[name] for name in REPEATS}
    seen = stored & np.logical_or.reduce([has[name] & ~had[name] for name in REPEATS])
    if recent is None or not seen.any():
        return None
    flags = _joined({name: mask[seen] for name, mask in has.items()})
    return recent.iloc[STORED - r["row"].to_numpy()[seen]].assign(flags=flags)


def around(c: Connection, frame: pd.DataFrame) -> pd.DataFrame | None:
    """Stored observations beside readings to check: of all places, as far back and ahead as a check reaches.

    Columns: place_id, item, averaging, at, value, kind, note, flags,
    primary_pollutants, raw_id. None where the readings are a model's.
    """
    observed = frame[frame["kind"] != "modelled"]
    if observed.empty:
        return None
    series, readings = live.series.c, live.readings.c
    columns = (
        series.place_id,
        series.item,
        series.averaging,
        readings.at,
        readings.value,
        readings.rank.label("kind"),
        readings.note,
        readings.flags,
        readings.primary_pollutants,
        readings.raw_id,
    )
    query = (
        select(*columns)
        .join_from(live.series, live.readings, series.series_id == readings.series_id)
        .where(
            series.stream == "observed",
            series.item.in_(observed["item"].unique().tolist()),
            series.averaging.in_(observed["averaging"].unique().tolist()),
        )
    )
    rows = [
        tuple(row)  # pandas would ask each Row for attributes it does not have
        for first_s, last_s in _spans(observed)
        for row in c.execute(query.where(readings.at.between(first_s, last_s)))
    ]
    found = pd.DataFrame(rows, columns=[column.name for column in columns])
    found["at"] = pd.to_datetime(found["at"], unit="s", utc=True).dt.tz_convert(ZONE)
    found["kind"] = found["kind"].map(KIND_OF_RANK)
    found["raw_id"] = pd.Series([row[-1] for row in rows], dtype=object)  # whole numbers stay whole beside None
    return found


def _spans(observed: pd.DataFrame) -> list[tuple[int, int]]:
    """From when to when checks reach, seconds: moments far apart apart, so that one odd stamp calls up no years between."""
    back = max(LOOKS.get(averaging, timedelta()) for averaging in observed["averaging"].unique())
    at = np.unique(observed["at"].dt.as_unit("s").astype("int64"))
    apart = np.flatnonzero(np.diff(at) > SPANS_APART_S) + 1
    far_s = int(back.total_seconds())
    return [(int(span[0]) - far_s, int(span[-1]) + far_s) for span in np.split(at, apart)]


def _refuse_unknown(frame: pd.DataFrame, source: str) -> None:
    if unknown := set(frame["item"].unique()) - set(_items().index):
        raise ValueError(f"{source}: item {', '.join(sorted(unknown))} does not stand in items.csv")
    given = frozenset[str]().union(*map(_names, frame["flags"].dropna().unique()))
    if odd := given.difference(live.FLAGS):
        raise ValueError(f"{source}: flag {', '.join(sorted(odd))} is unknown; known are {', '.join(live.FLAGS)}")


@cache
def _items() -> pd.DataFrame:
    items = tracked.read("items").set_index("item")
    items["floor"] = STEPS_TO_VARY * 10.0 ** -items["decimals"].astype(float)
    items["plus"] = items["unit_id"].map(CITY_PLUS).where(items["medium"] == "air")
    return items[["medium", "unit_id", "lo", "hi", "jump", "stuck_n", "floor", "plus"]]


@cache
def _cities() -> frozenset[str]:
    areas = tracked.read("areas")
    return frozenset(areas["area_id"][areas["kind"] == "city"])


def _has(name: str, flags: str) -> bool:
    return name in _names(flags)


def _names(flags: str) -> frozenset[str]:
    return frozenset(flags.split(",")) if flags else frozenset()


def _where(texts: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    """Where a test holds; few texts are different, each is tested once."""
    return texts.isin([text for text in texts.dropna().unique() if test(text)])


def _arranged(frame: pd.DataFrame, recent: pd.DataFrame | None) -> pd.DataFrame:
    """Readings to check and the stored ones around them, by series and time; of one moment last what the store will hold.

    Columns: those of a reading (``at`` in seconds since 1970) and of its item; row (position in the frame; STORED and
    less: in ``recent``), series and moment (numbers; a moment is an item, an averaging and a time), hourly, within (how
    far a neighbour may lie, seconds; NaN where none counts), station (of the air in Xining), known, modelled, latest and
    stored (used by :func:`stale`), below_limit, newest (the series' last known time), sound (serves as a neighbour), steady
    (sound, or flagged only as a repeat).
    """
    columns = [*SERIES, "at", "value", "note", "flags"]
    r = frame[columns].assign(row=range(len(frame)), modelled=frame["kind"] == "modelled")
    r["flags"] = r["flags"].where(_where(r["flags"], lambda flags: not SET_BY_LOADERS.isdisjoint(_names(flags))))
    r["latest"] = (frame["kind"] == "live") & ~frame.duplicated(SERIES, keep=False)
    if recent is not None and len(recent):
        r = pd.concat(
            [recent[columns].assign(row=STORED - np.arange(len(recent)), modelled=False, latest=False), r],
            ignore_index=True,
        )
    r["at"] = r["at"].dt.as_unit("s").astype("int64")
    r["series"] = r.groupby(SERIES, sort=False).ngroup()
    r["known"] = r["value"].notna()
    r = r.sort_values(["series", "at", "known", "row"], ignore_index=True)
    twin = (r["series"].diff() == 0) & (r["at"].diff() == 0) & (r["row"].shift() < 0)
    was_stale = _where(r["flags"], partial(_has, "stale")).shift(fill_value=False)
    r["stored"] = twin & ~was_stale & (r["value"].diff() == 0)
    r["moment"] = r.groupby(["item", "averaging", "at"], sort=False).ngroup()
    r = r.join(_items(), on="item")
    r["hourly"] = r["averaging"] == "1h"
    r["within"] = r["averaging"].map(NEIGHBOUR_WITHIN_S)
    r["station"] = (r["medium"] == "air") & ~r["place_id"].isin(_cities())
    r["below_limit"] = _where(r["note"], lambda note: detection.limit(note) is not None)
    r["newest"] = r["at"].where(r["known"]).groupby(r["series"]).transform("max")
    r["sound"] = r["known"] & ~_where(r["flags"], bool)
    r["steady"] = r["known"] & ~_where(r["flags"], lambda flags: not REPEATS.issuperset(_names(flags)))
    return r


def _joined(masks: dict[str, Mask]) -> NDArray[np.object_]:
    """Names of the masks that hold, for each reading; few combinations occur, each is joined once."""
    names = sorted(masks)
    bits = sum(masks[name].astype("int64") << place for place, name in enumerate(names))
    kinds, which = np.unique(np.asarray(bits), return_inverse=True)
    texts = [",".join(name for place, name in enumerate(names) if kind >> place & 1) or None for kind in kinds.tolist()]
    return np.array(texts, dtype=object)[which]
