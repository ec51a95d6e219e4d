"""How green the city is from space: the vegetation index by season and year, of the valley, its mountains, the districts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

import pandas as pd
from msgspec import Struct

from assessment.aqi import rounded
from assessment.comparison import Result, Terms, compare
from assessment.trends import SIGNIFICANT, Annual, annual
from reports import freshness, provenance
from reports.cached import cached_report
from reports.freshness import Freshness
from reports.provenance import Provenance
from store import facts, geo, records
from store import readings as readings_store
from store.city import CITY, HERE
from store.clock import ZONE
from store.records import Both

DOCUMENT = "modis_ndvi"  # and its source
MOUNTAINS, CORE = HERE.green.hills, HERE.green.core
CHARTED = (MOUNTAINS, CORE)
# The year of this plateau: what grows, grows from June to September.
SEASONS = ("spring", "growing", "autumn", "winter")
MONTHS = dict(
    zip(range(1, 13), ("winter",) * 2 + ("spring",) * 3 + ("growing",) * 4 + ("autumn",) * 2 + ("winter",), strict=True)
)
LASTS = timedelta(days=16)
A_YEAR = 23  # composites
ENOUGH = 0.75  # of a season's composites, for its mean to be compared with other years'
# What we call a difference between growing seasons: our own choice, as two decimals are shown and rain and warmth alone
# move the mean by about as much.
NOTABLE = 0.02


class Season(Struct, frozen=True, weakref=True):
    """A season's composites: mean and highest index, mean valid share, how many of how many.

    A composite belongs to the season its middle (the ninth day) lies in; December counts to the winter of the next year.
    """

    year: int
    name: str
    mean: float
    high: float
    valid_pct: float
    n: int
    expected: int

    @property
    def complete(self) -> bool:
        """Whether enough of it is known to be compared with other years."""
        return self.n >= ENOUGH * self.expected

    @property
    def result(self) -> Result:
        """Its mean index, to be compared with another year's."""
        months = [month for month, name in MONTHS.items() if name == self.name]
        period = f"{self.year}-{min(months):02}/{self.year}-{max(months):02}"
        return Result(self.mean, Terms("ndvi", "mean", period, measurer="satellite"))


class Composite(Struct, frozen=True, weakref=True):
    """Sixteen days: mean index (None: too few valid pixels), valid share, and the mean of the same days of earlier years."""

    first_day: date
    value: float | None
    valid_pct: float
    usual: float | None
    earlier: tuple[int, ...]

    @property
    def period(self) -> str:
        """First and last day, ISO."""
        return f"{self.first_day}/{self.first_day + LASTS - timedelta(days=1)}"


class Grown(Struct, frozen=True, weakref=True):
    """The latest complete growing season against the mean of the earlier complete ones."""

    season: Season
    earlier_mean: float
    earlier: tuple[int, ...]

    @property
    def change(self) -> float:
        """Latest less earlier."""
        return self.season.mean - self.earlier_mean

    @property
    def notable(self) -> bool:
        """Whether the change is large enough to mention."""
        return rounded(abs(self.change), 2) >= NOTABLE


class Green(Struct, frozen=True, weakref=True):
    """One area. ``name``, ``note``: of its schematic outline; of the area where its own boundary is known.

    ``short``: its name for a narrow place, of a district without the kind it is.
    """

    area: records.Area
    name: Both
    short: Both
    note: Both | None
    latest: Composite
    seasons: tuple[Season, ...]
    grown: Grown | None
    provenance: Provenance

    def trend_of(self, name: str) -> Annual | None:
        """The slope of a season's complete years and its test; None with fewer than three, or where two are not alike."""
        known = [one for one in self.of(name) if one.complete]
        if not all(compare(one.result, known[-1].result).comparable for one in known):
            return None
        return annual([one.year for one in known], [one.mean for one in known])

    def significant_of(self, name: str) -> bool | None:
        """Whether that trend is more than chance at the 5 % level; None where so few seasons cannot tell, or there is none."""
        trend = self.trend_of(name)
        return None if trend is None or trend.test.p_value is None else trend.test.p_value < SIGNIFICANT

    @property
    def trend(self) -> Annual | None:
        """That of the growing seasons."""
        return self.trend_of("growing")

    @property
    def significant(self) -> bool | None:
        """Whether that of the growing seasons is more than chance."""
        return self.significant_of("growing")

    def of(self, name: str) -> tuple[Season, ...]:
        """One season of every year, the earliest first."""
        return tuple(one for one in self.seasons if one.name == name)


class Trends(Struct, frozen=True, weakref=True):
    """Areas of which the growing seasons are enough to tell a trend: how many it leads ``up``, ``down``, and neither."""

    up: int
    down: int
    unclear: int

    @property
    def areas(self) -> int:
        """How many they are."""
        return self.up + self.down + self.unclear


def trends(areas: Sequence[Green]) -> Trends:
    """How many areas have which trend; those with too few seasons are left out."""
    clear = [one for one in areas if one.significant is not None]
    slopes = [found.slope for one in clear if one.significant and (found := one.trend)]
    up, down = sum(slope > 0 for slope in slopes), sum(slope < 0 for slope in slopes)
    return Trends(up, down, len(clear) - up - down)


class Greenness(Struct, frozen=True, weakref=True):
    """What satellites saw of every area, and how old the newest composite is.

    ``newest``, ``provenance``: of all areas; None where nothing was fetched yet.
    """

    areas: tuple[Green, ...]
    newest: Composite | None
    fresh: Freshness
    provenance: Provenance | None

    @property
    def charted(self) -> tuple[Green, ...]:
        """The areas whose seasons are shown year by year."""
        return tuple(one for one in self.areas if one.area.area_id in CHARTED and one.seasons)


def at(now: datetime) -> Greenness:
    """What is known at a moment."""
    areas = greenness(now.date())
    if not areas:
        return Greenness(areas, None, freshness.of(DOCUMENT, now), None)
    newest = max((one.latest for one in areas), key=lambda latest: latest.first_day)
    fresh = freshness.of(DOCUMENT, now, data_at=datetime.combine(newest.first_day, time(0), ZONE))
    ends = [one.provenance.period.split("/") for one in areas]
    period = f"{min(start for start, _ in ends)}/{max(end for _, end in ends)}"
    return Greenness(areas, newest, fresh, provenance.of("provisional", period, DOCUMENT))


@cached_report("facts", "ndvi")
def greenness(today: date) -> tuple[Green, ...]:
    """Every area with readings on a day: mountains, urban core, districts, the city; none: nothing fetched yet."""
    frame = readings_store.read(
        items=["ndvi", "ndvi_valid_pct"],
        averaging="16d",
        until=datetime.combine(today, time.max, ZONE),
    )
    return of_readings(frame)


def of_readings(frame: pd.DataFrame) -> tuple[Green, ...]:
    """The areas of a frame of readings (place_id, item, at, value)."""
    composites = frame.pivot_table(index=["place_id", "at"], columns="item", values="value", aggfunc="last")
    composites = composites.reindex(columns=["ndvi", "ndvi_valid_pct"]).dropna(subset="ndvi_valid_pct")
    composites = pd.concat([composites, _whole_city(composites)])
    outlines = {one.area_id: one for one in geo.green_areas()}
    seasons = _seasons(composites)
    order = (MOUNTAINS, CORE, *_district_km2(), CITY)
    known = set(composites.index.get_level_values("place_id"))
    return tuple(
        _green(area, composites.loc[area].sort_index(), seasons.get(area, ()), outlines.get(area))
        for area in order
        if area in known
    )


def _district_km2() -> dict[str, float]:
    return {one.area_id: one.area_km2 for one in geo.districts()}


def _whole_city(composites: pd.DataFrame) -> pd.DataFrame:
    """The districts as one: every cell covers the same area, so a district weighs what its valid area does.

    Only composites of which all seven districts are known.
    """
    area_km2 = pd.Series(_district_km2())
    index, share = (composites[item].unstack("place_id").reindex(columns=area_km2.index) for item in composites.columns)
    weight = share.mul(area_km2)[index.notna().all(axis=1)]
    city = pd.DataFrame(
        {
            "ndvi": index.mul(weight).sum(axis=1).div(weight.sum(axis=1)).loc[weight.index],
            "ndvi_valid_pct": weight.sum(axis=1) / area_km2.sum(),
        }
    )
    return city.set_index(pd.MultiIndex.from_product([[CITY], city.index], names=composites.index.names))


def _green(area: str, composites: pd.DataFrame, seasons: tuple[Season, ...], outline: geo.GreenArea | None) -> Green:
    """One area from its composites by first moment: ndvi (NaN: too few valid pixels), ndvi_valid_pct."""
    known, note = facts.by_id(records.Area)[area], outline.note if outline else None
    period = f"{composites.index[0].date()}/{composites.index[-1].date() + LASTS - timedelta(days=1)}"
    name = outline.name if outline else known.name
    short = next((one.short for one in geo.districts() if one.area_id == area), name)
    return Green(
        area=known,
        name=name,
        short=short,
        note=note,
        latest=_latest(composites),
        seasons=seasons,
        grown=_grown(tuple(one for one in seasons if one.name == "growing" and one.complete)),
        provenance=provenance.of("provisional", period, DOCUMENT, **provenance.noted(note)),
    )


def _seasons(composites: pd.DataFrame) -> dict[str, tuple[Season, ...]]:
    """The seasons of each area, the earliest first."""
    known = composites.dropna(subset="ndvi").reset_index()
    middle = known["at"] + LASTS / 2
    known = known.assign(year=middle.dt.year + (middle.dt.month == 12), season=middle.dt.month.map(MONTHS))
    means = known.groupby(["place_id", "year", "season"]).agg(
        mean=("ndvi", "mean"), high=("ndvi", "max"), valid_pct=("ndvi_valid_pct", "mean"), n=("ndvi", "size")
    )
    found: dict[str, list[Season]] = {}
    for (area, year, name), mean, high, valid_pct, n in means.itertuples(name=None):
        found.setdefault(area, []).append(Season(year, name, mean, high, valid_pct, n, _expected(year, name)))
    return {
        area: tuple(sorted(seasons, key=lambda one: (one.year, SEASONS.index(one.name))))
        for area, seasons in found.items()
    }


def _season(first_day: date) -> tuple[int, str]:
    """Year and season of a composite, by its middle."""
    middle = first_day + LASTS / 2
    return middle.year + (middle.month == 12), MONTHS[middle.month]


@cache
def _expected(year: int, name: str) -> int:
    """How many composites a season has: one begins every sixteenth day from 1 January of each year."""
    days = (date(one, 1, 1) + i * LASTS for one in (year - 1, year) for i in range(A_YEAR))
    return sum(_season(day) == (year, name) for day in days)


def _latest(composites: pd.DataFrame) -> Composite:
    """The newest composite, beside the same composites of earlier years: they begin on the same day of the year."""
    at, last = composites.index[-1], composites.iloc[-1]
    same = composites["ndvi"][composites.index.day_of_year == at.day_of_year].iloc[:-1].dropna()
    return Composite(
        first_day=at.date(),
        value=None if pd.isna(last["ndvi"]) else float(last["ndvi"]),
        valid_pct=float(last["ndvi_valid_pct"]),
        usual=float(same.mean()) if len(same) else None,
        earlier=tuple(same.index.year),
    )


def _grown(complete: tuple[Season, ...]) -> Grown | None:
    """The latest against all earlier ones that are alike: the same months, seen by one satellite."""
    if not complete:
        return None
    latest = complete[-1]
    earlier = [one for one in complete[:-1] if compare(one.result, latest.result).comparable]
    if not earlier:
        return None
    mean = sum(one.mean for one in earlier) / len(earlier)
    return Grown(latest, mean, tuple(one.year for one in earlier))
