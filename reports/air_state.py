"""Days of before 2018-09-01 as they would read in today's measuring state: an estimate by each day's own weather."""

from typing import Literal

import pandas as pd
from msgspec import Struct

from assessment import aqi, reference_state
from assessment.aqi import round_half_even, rounded
from assessment.editions import DAYS_FOR_A_YEAR, GOOD_UP_TO, STATE_CHANGED
from reports import air, air_days, provenance
from reports.air_days import POLLUTANTS
from reports.cached import cached_report
from reports.provenance import Provenance
from store import facts, standards

# The air a day's particles were in is not known by the hour: its mean temperature makes the estimate, its lowest and
# highest bound it.
Warmth = Literal["mean", "coldest", "warmest"]
TEMPERATURES: dict[Warmth, str] = {"mean": "t_mean_c", "coldest": "t_min_c", "warmest": "t_max_c"}
PARTICLES = ("pm25_ugm3", "pm10_ugm3")


def carried_over(days: pd.DataFrame, weather: pd.DataFrame, warmth: Warmth) -> pd.DataFrame:
    """``days`` (date and :data:`POLLUTANTS`) with the days before 2018-09-01 carried over to the state since then.

    ``weather``: date, t_mean_c, t_min_c, t_max_c, pressure_hpa. Added: factor, what the particles were multiplied by. A day
    before the change whose weather is not known has no factor and no concentration; later days are unchanged, factor 1.
    Raises ValueError on weather the air cannot have.
    """
    that_day = weather.set_index("date").reindex(days["date"])
    factor = reference_state.particle_factor(that_day[TEMPERATURES[warmth]], that_day["pressure_hpa"])
    before = days["date"] < pd.Timestamp(STATE_CHANGED)
    made = days.assign(factor=pd.Series(factor, index=days.index).where(before, 1.0))
    for column in POLLUTANTS:
        there = days[column] * made["factor"] if column in PARTICLES else reference_state.gases(days[column])
        made[column] = days[column].where(~before, pd.Series(there, index=days.index).where(made["factor"].notna()))
    return made


@cached_report("facts", "air_hours", "air_days")
def days(edition: str, warmth: Warmth = "mean") -> pd.DataFrame:
    """Every day in today's measuring state, judged by an edition without ozone.

    Columns: date, :data:`POLLUTANTS`, factor, standard, aqi, level, primary.
    """
    made = carried_over(air_days.known()[["date", *POLLUTANTS]], facts.table("weather_daily"), warmth)
    judged = aqi.judge(made, standards.aqi_editions(), edition=edition, missing_rule="available")
    return judged.assign(level=judged["category_level"])


class Estimate(Struct, frozen=True, weakref=True):
    """A year of before the change in today's measuring state; ``low`` and ``high``: good days had every day been as cold
    as its coldest or as warm as its warmest hour."""

    year: int
    edition: str
    good_days: int
    low: int
    high: int
    known_days: int
    mean_factor: float
    by_level: dict[int, int]
    provenance: Provenance

    @property
    def bad_days(self) -> int:
        """Days above 100."""
        return self.known_days - self.good_days


@cached_report("facts", "air_hours", "air_days")
def year(number: int, edition: str) -> Estimate:
    """A year carried over, ozone left out. Raises ValueError where no day of it is known or its weather is not."""
    mine = {warmth: _of_year(number, edition, warmth) for warmth in TEMPERATURES}
    good = {warmth: int((frame["aqi"] <= GOOD_UP_TO).sum()) for warmth, frame in mine.items()}
    known = mine["mean"].dropna(subset=["aqi"])
    if known.empty:
        raise ValueError(f"no day of {number} has its weather")
    return Estimate(
        number,
        edition,
        good["mean"],
        min(good.values()),
        max(good.values()),
        len(known),
        rounded(known["factor"].mean(), 3),
        {int(level): int(n) for level, n in known["level"].value_counts().sort_index().items()},
        _provenance(air.year(number, edition).provenance),
    )


def _of_year(number: int, edition: str, warmth: Warmth) -> pd.DataFrame:
    frame = days(edition, warmth)
    return frame[frame["date"].dt.year == number]


@cached_report("facts", "air_hours", "air_days")
def annual() -> pd.DataFrame:
    """Annual means up to the year of the change in today's state, of years with at least 324 days carried over.

    Columns: year, days, and for pm25_ugm3 and pm10_ugm3 the estimate and its bounds: pm25_ugm3, pm25_low_ugm3, …
    """
    known = air_days.known()[["date", *POLLUTANTS]]
    weather = facts.table("weather_daily")
    means = {warmth: _means(carried_over(known, weather, warmth)) for warmth in TEMPERATURES}
    found = means["mean"]
    for column in PARTICLES:
        name = column.removesuffix("_ugm3")
        found[f"{name}_low_ugm3"], found[f"{name}_high_ugm3"] = means["warmest"][column], means["coldest"][column]
    found = found[(found.index <= STATE_CHANGED.year) & (found["days"] >= DAYS_FOR_A_YEAR)]
    return found.rename_axis("year").reset_index()


def _means(made: pd.DataFrame) -> pd.DataFrame:
    by_year = made.dropna(subset=["factor"]).groupby(made["date"].dt.year)
    means = by_year[list(PARTICLES)].mean()
    means.loc[:] = round_half_even(means, 1)
    return means.assign(days=by_year.size())


class CarriedOver(Struct, frozen=True, weakref=True):
    """The annual means of before the change in today's state (:func:`annual`), and where they come from."""

    annual: pd.DataFrame
    provenance: Provenance


def bridge() -> CarriedOver:
    """The carried-over years as an answer of their own."""
    return CarriedOver(annual(), _provenance(air.long_run().provenance))


def _provenance(of_days: Provenance) -> Provenance:
    weather = [provenance.source(one) for one in facts.table("weather_daily")["document_id"].unique()]
    return provenance.Provenance(
        "estimated", of_days.period, (*of_days.sources, *weather), standard=of_days.standard, dust=of_days.dust
    )
