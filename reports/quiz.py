"""Eight questions for the festival; every answer is computed from the data, the scale to estimate it on follows by rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from assessment.aqi import rounded
from assessment.editions import FIRST_YEAR_SINCE_CHANGE
from reports import actions, air, figures, greening, story, waste
from reports.cached import cached_report
from reports.found import or_none
from reports.provenance import Provenance

WORST_CLASS = 6
MONTHS = 12
PERCENT = 100
NEAR = 0.1  # of the scale: an estimate no farther off counts as near


class Question(Struct, frozen=True, weakref=True):
    """A number to estimate on a scale from ``low`` to ``high`` in whole steps.

    All in the question's own unit: days, sections, reports, %, t, kWh, the number of a month or class. ``near``: how far
    off an estimate may be; ``values``: the numbers, names and periods that question and explanation name beside it.
    """

    id: str
    right: float
    low: float
    high: float
    near: float
    provenance: Provenance
    values: Mapping[str, Any] = field(default_factory=dict)


@cached_report("facts", "air_hours", "air_days", "water", "ndvi")
def questions(today: date) -> tuple[Question, ...]:
    """The questions whose figures are known on a day, in the order of the story: sky, water, waste, green."""
    questions = (*_sky(), *_water(today), *_waste(today), *_green(today), _reported(today))
    return tuple(one for one in questions if one)


def scale(right: float) -> float:
    """The end of a scale without a natural one: the first of 1, 2, 5, 10, 20 … that is at least twice the right number."""
    tens = 1.0
    while True:
        for step in (1, 2, 5):
            if step * tens >= 2 * right:
                return step * tens
        tens *= 10


def _on(name: str, right: float, high: float, provenance: Provenance, **values: Any) -> Question:
    """A number on a scale from nought."""
    return Question(name, right, 0, high, NEAR * high, provenance, values)


def _exact(name: str, right: int, high: int, provenance: Provenance, **values: Any) -> Question:
    """One of numbered things from the first to the last: only the right one is near."""
    return Question(name, right, 1, high, 0, provenance, values)


def _sky() -> tuple[Question, ...]:
    """How many more good days once two years are measured alike, and the month with the most coarse dust."""
    sky, run = or_none(story.sky), or_none(air.long_run)
    if sky is None or run is None:
        return ()
    alike = sky.steps[-1]
    days = {"year": sky.now.year, "then": sky.then.year, "before": alike.then, "after": alike.now}
    days |= {"unlike": sky.steps[1].more, "rule": sky.by_rule}
    month = {"n": run.worst_month_pm10_ugm3, "worst": run.worst_in_years, "of": run.whole_years}
    month |= {"since": FIRST_YEAR_SINCE_CHANGE}
    return (
        _on("good_days", alike.more, scale(alike.more), sky.provenance, **days),
        _exact("worst_month", run.worst_month, MONTHS, run.worst_provenance, **month),
    )


def _water(today: date) -> tuple[Question | None, ...]:
    """Of how many sections a class is known, and the last annual class the river left the city with."""
    journey = story.journey(today)
    known = _on("sections", journey.known, journey.total, journey.river.provenance, total=journey.total)
    end = journey.stops[-1].section
    last = end.annual if end else None
    if last is None:
        return (known, None)
    return known, _exact("outflow", last.water_class, WORST_CLASS, last.provenance, period=last.period)


def _waste(today: date) -> tuple[Question | None, ...]:
    """The share of industrial waste put to use, and the power from a tonne of household waste."""
    made, home = waste.flow(today), waste.household(today)
    used = burnt = None
    if made:
        share = rounded(made.share_pct(made.used.value), 1)
        used = _on("used", share, PERCENT, made.provenance, period=made.period)
    if home:
        power = round(home.kwh_per_t)
        burnt = _on("kwh", power, scale(power), home.provenance, period=home.burnt.period)
    return used, burnt


def _green(today: date) -> tuple[Question | None, ...]:
    """How much of the North and South Mountains is wooded."""
    hills = figures.ends([p for p in greening.overview(today).hills if p.end <= today])
    if hills is None:
        return ()
    first, last = hills
    named = {"first": first.value or 0.0, "since": first.end_year, "period": last.period}
    return (_on("hills", last.value or 0.0, PERCENT, last.provenance, **named),)


def _reported(today: date) -> Question | None:
    """How many reports of the last batch published were of the kind residents named most."""
    batch = or_none(actions.complaints)
    if batch is None or batch.day > today:
        return None
    most = batch.by_kind[0]
    named = {"day": batch.day.isoformat(), "kind": most.row.name, "total": batch.total}
    return _on("reported", most.n, batch.total, batch.provenance, **named)
