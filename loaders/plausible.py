"""What is suspicious about readings, before they are stored: a flagged one is stored, listed and left out of judgements.

A check is a function from readings (:class:`~loaders.arranged.Arranged`) and the time to a mask. Those in
:data:`SINGLE_CHECKS` test a reading by itself; those in :data:`CONTEXT_CHECKS` test it beside others, for which only
sound readings serve: known and without any flag. Models are tested by themselves: a model has no sensor that sticks.
Bounds by item (possible range, jump, equal readings) are in ``data/items.csv``, their reasons in
``docs/decisions/0007-what-is-plausible.md``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from loaders.arranged import (
    HOUR_S,
    REPEATS,
    SET_BY_LOADERS,
    STEPS_TO_VARY,
    STORED,
    Arranged,
    Mask,
    Numbers,
    Values,
    arranged,
    groups,
    in_milligrams,
    items,
    names,
    step,
    words,
)
from store import database, live
from store.city import CITY
from store.clock import ZONE

KIND_OF_RANK = {rank: kind for kind, rank in live.RANK.items() if kind != "modelled"}
CLOCKS_DIFFER_S = 600
LATEST_IS_WITHIN_S = 24 * HOUR_S
MICRO_IN_MILLI = 1000
PM_IN_MG_BELOW = 0.5
GAP_S = 24 * HOUR_S
HOURS_IN_A_DAY, COMPARABLE_HOURS, CHANGES_IN_A_DAY = 24, 20, 6
OTHERS = 2
# Zero where no day and no water is: the least day of the tracked series has PM2.5 6.8, SO2 1, CO 0.1.
ZEROS_IN_A_ROW = {"pm25_ugm3": 6, "pm10_ugm3": 6, "so2_ugm3": 12, "no2_ugm3": 12, "co_mgm3": 12, "o3_1h_ugm3": 12}
WHOLE_DAYS = ("24h", "day", "8h_24h")
NEVER_ZERO = ("ph", "do_mgl", "conductivity_uscm")
VARIABLE = ("pm25_ugm3", "pm10_ugm3", "no2_ugm3", "o3_1h_ugm3")  # sulfur dioxide and carbon monoxide have quiet days
FLAT_STEPS, VARYING_STEPS, VARYING_SHARE = 2, 10, 0.5
PM_TIMES, PM_PLUS = 1.1, 5.0
STATIONS, CITY_SHARE = 3, 0.3
LOOKS = {"1h": timedelta(hours=49), "instant": timedelta(hours=100)}  # two days and an hour; 24 slots of 4 hours
SPANS_APART_S = 32 * 24 * HOUR_S  # more than a check reaches back and ahead together


# ── by itself ────────────────────────────────────────────────────────────────────────────────────────────────────────
def future(r: Arranged, now_s: float) -> Mask:
    """Stamped more than 10 minutes after now: no measurement is; clocks may differ that much. A forecast may be."""
    return (r.at > now_s + CLOCKS_DIFFER_S) & ~r.modelled


def stale(r: Arranged, now_s: float) -> Mask:
    """More than 24 hours old where the latest is published: the service is stuck and repeats old numbers as new.

    A live answer with one moment of a series gives its latest. A value the store already has from when it was new
    stays what it is: it is only repeated.
    """
    return r.latest & ~r.stored & r.known & (r.at < now_s - LATEST_IS_WITHIN_S)


def negative(r: Arranged, now_s: float) -> Mask:
    """Below zero where zero is the least there is: concentrations, counts, indices."""
    return (r.value < 0) & (r.lo >= 0)


def impossible(r: Arranged, now_s: float) -> Mask:
    """Outside lo … hi of items.csv: what the instruments cannot show or nature does not do."""
    return (r.value < r.lo) | (r.value > r.hi)


def unit_slip(r: Arranged, now_s: float) -> Mask:
    """The right number in another unit, by a factor of 1000.

    Milligrams (CO, nutrients): above hi, but possible as micrograms. Particles in mg/m³: between 0 and 0.5, where an
    instrument's least is 1 µg/m³; half a limit of detection ("<1") is no slip, and a model may go that low.
    """
    milli = r.item.among(in_milligrams()) & (r.value > r.hi) & (r.value / MICRO_IN_MILLI <= r.hi)
    particles = r.item.among(("pm25_ugm3", "pm10_ugm3")) & (r.value > 0) & (r.value < PM_IN_MG_BELOW)
    return milli | (particles & ~r.modelled & ~r.below_limit)


# ── among others ─────────────────────────────────────────────────────────────────────────────────────────────────────
def stuck(r: Arranged, now_s: float) -> Mask:
    """One of stuck_n or more equal readings in a row: a sensor or a line that hangs. The whole run is flagged.

    Missing readings do not end a run, a day without readings does. Not tested where equal readings are nothing strange: below
    ten steps of the item's resolution (CO 0.3 stays 0.3 for days), below the limit of detection, in running means.
    """
    rows = np.flatnonzero(r.steady & ~np.isnan(r.within))
    s = r[rows]
    long = _run_lengths(s, s.value) >= s.stuck_n
    return _at(r, rows[long & (np.abs(s.value) >= s.floor) & ~s.below_limit])


def _run_lengths(s: Arranged, what: NDArray[Any]) -> NDArray[np.intp]:
    """How many readings of one series in a row, no day without any between, are the same in something, for each reading."""
    run = np.cumsum((step(s.series) != 0) | (step(what) != 0) | (step(s.at) > GAP_S))
    lengths: NDArray[np.intp] = np.bincount(run, minlength=1)[run]
    return lengths


def repeated_day(r: Arranged, now_s: float) -> Mask:
    """One of 24 hours that equal the 24 hours before, hour by hour: yesterday repeated.

    At least 20 hours must be comparable and all of those equal; the value must change at least six times among them,
    or two quiet days would pass for one. For instruments' hours; flagged are the hours that equal their yesterday.
    """
    rows = np.flatnonzero(r.steady & r.hourly & ~np.isnan(r.stuck_n))
    s, value = r[rows], r.value[rows]
    if not len(s):
        return np.zeros(len(r), dtype=bool)
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
    return _at(r, rows[_covered(first, last, again) & equal])


def _days_up_to(s: Arranged) -> tuple[Numbers, NDArray[np.intp], NDArray[np.intp]]:
    """Of each hourly reading its hour (rising through all series), and the first and last row of the 24 hours it ends.

    Last rows are exclusive, hours of one series are never within a day of another's.
    """
    hour: Numbers = s.series * 2**22 + s.at // HOUR_S  # hours since 1970 take 20 bits
    return hour, np.searchsorted(hour, hour - HOURS_IN_A_DAY + 1), np.arange(len(s)) + 1


def _covered(first: NDArray[np.intp], last: NDArray[np.intp], chosen: Mask) -> Mask:
    """Rows that lie in the day of some chosen row."""
    steps = np.zeros(len(first) + 1, dtype=int)
    np.add.at(steps, first[chosen], 1)
    np.add.at(steps, last[chosen], -1)
    covered: Mask = np.cumsum(steps)[:-1] > 0
    return covered


def zeros(r: Arranged, now_s: float) -> Mask:
    """Zero where nothing is zero: an instrument that is off, or a line that fills in what it lacks.

    Concentrations in air: a mean of 8 or 24 hours or of a day, or :data:`ZEROS_IN_A_ROW` hours in a row; a single hour may be
    rounded to zero. In a river: acidity, oxygen and conductivity, at any time.
    """
    zero = r.steady & (r.value == 0) & ~r.below_limit
    air = r.item.among(ZEROS_IN_A_ROW.keys() | {"o3_8h_ugm3"})
    found: Mask = zero & (r.item.among(NEVER_ZERO) | (air & r.averaging.among(WHOLE_DAYS)))
    rows = np.flatnonzero(r.steady & r.hourly & r.item.among(ZEROS_IN_A_ROW))
    s = r[rows]
    long = _run_lengths(s, s.value == 0) >= s.item.numbers(ZEROS_IN_A_ROW)
    found |= _at(r, rows[long & zero[rows]])
    return found


def flat_day(r: Arranged, now_s: float) -> Mask:
    """One of 24 hours within two steps of the item's resolution while others vary: a mean repeated, a sensor that drifts.

    At least 20 hours must be known. Others vary over ten steps and half their mean in the same hours: two other places of
    Xining in the same item (then any level counts where the hours are all equal, ten steps and more where not), or two
    other items at the place itself (for :data:`VARIABLE` within one step only). A quiet day is quiet everywhere.
    """
    rows = np.flatnonzero(r.steady & r.hourly & ~np.isnan(r.stuck_n) & ~r.below_limit)
    s = r[rows]
    if not len(s):
        return np.zeros(len(r), dtype=bool)
    _, first, last = _days_up_to(s)
    low, high, total = (_over(how, s.value, first, last) for how in (np.minimum, np.maximum, np.add))
    mean = total / (last - first)
    steps = np.round((high - low) / (s.floor / STEPS_TO_VARY), 6)
    whole = last - first >= COMPARABLE_HOURS
    varying = whole & (steps >= VARYING_STEPS) & (high - low >= VARYING_SHARE * mean)
    mine = s.station | s.place.among([CITY])
    elsewhere = _counted(s.moment, varying & mine) >= OTHERS
    here = _counted(groups(s.place.which, s.at), varying) >= OTHERS
    level = low >= s.floor
    beside_places = mine & elsewhere & (((steps == 0) & (low > 0)) | ((steps <= FLAT_STEPS) & level))
    beside_items = here & level & (steps < FLAT_STEPS) & s.item.among(VARIABLE)
    flat = whole & (beside_places | beside_items)
    return _at(r, rows[_covered(first, last, flat)])


def _over(how: np.ufunc, values: Values, first: NDArray[np.intp], last: NDArray[np.intp]) -> Values:
    """The least, the greatest or the sum of the values from each first row to its last, exclusive."""
    bounds = np.column_stack([first, last]).ravel()
    found: Values = how.reduceat(np.append(values, 0.0), bounds)[::2]  # the value added: a last row may lie behind all
    return found


def _counted(group: Numbers, what: Mask) -> Values:
    """In how many rows of its group something holds, for each row."""
    return np.asarray(np.bincount(group, weights=what, minlength=1)[group], "float64")


def jump(r: Arranged, now_s: float) -> Mask:
    """A lone spike or dip: beyond the item's jump from the neighbour before and back again beyond it.

    The newest reading has no neighbour after it: it is flagged where at least two other stations can be compared and
    it jumps alone. Nothing is flagged where two other stations of the city move likewise, at least half the jump the
    same way in the same hour: dust comes over a city. A reading that stays up is a level and no spike: the one after a
    flagged one has no sound neighbour before it and passes. The city's value is tested beside its stations; sections
    of rivers know no others.
    """
    rows = np.flatnonzero(r.sound & ~np.isnan(r.within) & ~np.isnan(r.jump))
    s = r[rows]
    near = (step(s.series) == 0) & (step(s.at) > 0) & (step(s.at) <= s.within)
    rise = np.where(near, step(s.value), np.nan)
    fall = -np.append(rise[1:], np.nan)  # above the neighbour after it
    way = np.sign(rise)
    likewise, others = _others(s, rise)
    newest = (s.at == s.newest) & (others >= OTHERS)
    lone = (np.abs(rise) > s.jump) & (likewise < OTHERS) & ((way * fall > s.jump) | newest)
    return _at(r, rows[lone])


def _others(s: Arranged, rise: Values) -> tuple[Values, Values]:
    """How many other stations move at least half a jump the way each reading does, and how many can be compared."""
    beside = s.station | s.place.among([CITY])

    def at_others(what: Mask) -> Values:
        return np.where(beside, _counted(s.moment, what & s.station) - (what & s.station), 0)

    half = s.jump / 2
    up, down = at_others(rise >= half), at_others(rise <= -half)
    return np.where(rise > 0, up, down), at_others(~np.isnan(rise))


def pm25_above_pm10(r: Arranged, now_s: float) -> Mask:
    """PM2.5 above PM10 × 1.1 + 5 µg/m³ at the same place and time: a part above its whole.

    The tolerance is what rounding and two instruments differ by. Both are flagged: the pair does not show which is
    wrong, and neither may be judged.
    """
    fine, coarse = (np.flatnonzero(r.sound & r.item.among([item])) for item in ("pm25_ugm3", "pm10_ugm3"))
    pair = groups(r.place.which, r.averaging.which, r.at)
    beside = np.full(len(r), -1)  # of a pair the row of its coarse particles
    beside[pair[coarse]] = coarse
    fine = fine[beside[pair[fine]] >= 0]
    coarse = beside[pair[fine]]
    wrong = r.value[fine] > r.value[coarse] * PM_TIMES + PM_PLUS
    return _at(r, np.concatenate([fine[wrong], coarse[wrong]]))


def city_far_from_stations(r: Arranged, now_s: float) -> Mask:
    """The city's hour outside the range of its stations, widened by 30 % and by 10 µg/m³ (AQI 10, CO 0.5 mg/m³).

    Tested where at least three stations have the hour. The published value is not their mean, so the range counts.
    """
    hours = r.sound & r.hourly & ~np.isnan(r.plus)
    of = np.flatnonzero(hours & r.station)
    low, high = np.full(len(r), np.inf), np.full(len(r), -np.inf)  # by moment
    np.minimum.at(low, r.moment[of], r.value[of])
    np.maximum.at(high, r.moment[of], r.value[of])
    compared = hours & r.place.among([CITY]) & (np.bincount(r.moment[of], minlength=len(r))[r.moment] >= STATIONS)
    city = np.flatnonzero(compared)
    value, plus, moment = r.value[city], r.plus[city], r.moment[city]
    far = (value < low[moment] * (1 - CITY_SHARE) - plus) | (value > high[moment] * (1 + CITY_SHARE) + plus)
    return _at(r, city[far])


def _at(r: Arranged, rows: NDArray[np.intp]) -> Mask:
    mask = np.zeros(len(r), dtype=bool)
    mask[rows] = True
    return mask


Check = Callable[[Arranged, float], Mask]
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
class Checked(Struct, frozen=True):
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
    r = arranged(frame, recent)
    found = {one.__name__: one(r, now.timestamp()) for one in SINGLE_CHECKS}
    alone = np.logical_or.reduce(list(found.values()))
    r = replace(r, sound=r.sound & ~alone, steady=r.steady & ~alone)
    once = np.append((np.diff(r.series) != 0) | (np.diff(r.at) != 0), True)  # the last of a moment
    each, of_each = r[once], np.cumsum(once) - once
    checked = r.known & ~r.modelled
    found |= {one.__name__: one(each, now.timestamp())[of_each] & checked for one in CONTEXT_CHECKS}
    own = r.row >= 0
    masks = {name: np.zeros(len(frame), dtype=bool) for name in live.FLAGS}
    for name, mask in found.items():
        masks[name][r.row[own]] = mask[own]
    given = words(frame["flags"])
    for name in SET_BY_LOADERS:
        masks[name] = given.where(partial(_has, name))
    flags = pd.Series(_joined(masks), index=frame.index, dtype=object)
    return Checked(frame.assign(flags=flags), _since(r, once & ~own, found, recent))


def _since(r: Arranged, stored: Mask, found: dict[str, Mask], recent: pd.DataFrame | None) -> pd.DataFrame | None:
    """The stored readings that are now seen to be repeats, with the flags they had and that one."""
    if recent is None or recent.empty:
        return None
    had = {name: r.flags.where(partial(_has, name)) for name in live.FLAGS}
    has = had | {name: had[name] | found[name] for name in REPEATS}
    seen = stored & np.logical_or.reduce([has[name] & ~had[name] for name in REPEATS])
    if not seen.any():
        return None
    flags = _joined({name: mask[seen] for name, mask in has.items()})
    return recent.iloc[STORED - r.row[seen]].assign(flags=flags)


def around(c: Connection, frame: pd.DataFrame) -> pd.DataFrame | None:
    """Stored observations beside readings to check: of all places, as far back and ahead as a check reaches.

    Columns: place_id, item, averaging, at, value, kind, note, flags,
    primary_pollutants, original, raw_id. None where the readings are a model's.
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
        readings.original,
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
        row
        for first_s, last_s in _spans(observed)
        for row in database.tuples(c, query.where(readings.at.between(first_s, last_s)))
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
    if unknown := set(words(frame["item"]).words) - set(items().index):
        raise ValueError(f"{source}: item {', '.join(sorted(unknown))} does not stand in items.csv")
    given = frozenset[str]().union(*map(names, words(frame["flags"]).words))
    if odd := given.difference(live.FLAGS):
        raise ValueError(f"{source}: flag {', '.join(sorted(odd))} is unknown; known are {', '.join(live.FLAGS)}")


def _has(name: str, flags: str) -> bool:
    return name in names(flags)


def _joined(masks: dict[str, Mask]) -> NDArray[np.object_]:
    """Names of the masks that hold, for each reading; few combinations occur, each is joined once."""
    names = sorted(masks)
    bits = sum(masks[name].astype("int64") << place for place, name in enumerate(names))
    kinds, which = np.unique(np.asarray(bits), return_inverse=True)
    texts = [",".join(name for place, name in enumerate(names) if kind >> place & 1) or None for kind in kinds.tolist()]
    return np.array(texts, dtype=object)[which]
