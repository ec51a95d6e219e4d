"""Eight questions for the festival; every answer is computed from the data, wrong choices follow from them by rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assessment.editions import STATE_CHANGED
from reports import actions, air, figures, greening, story, waste
from reports.cached import cached_report
from reports.provenance import Provenance
from store.city import CITY

CHOICES = 4
WORST_CLASS = 6
MONTHS = 12


@dataclass(frozen=True)
class Question:
    """A question with four choices in rising order or in the data's own; ``answer``: the place of the right one.

    ``choices`` are in the question's own unit (days, sections, %, kWh, the number of a month or class, a kind of report);
    ``values`` are the numbers and periods that question and explanation name beside them.
    """

    id: str
    choices: tuple[float | str, ...]
    answer: int
    provenance: Provenance
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def right(self) -> float | str:
        """The right choice."""
        return self.choices[self.answer]


@cached_report("facts", "air_hours", "air_days", "water", "ndvi")
def questions(today: date) -> tuple[Question, ...]:
    """The questions whose figures are known on a day, in the order of the story: sky, water, waste, green."""
    questions = (*_sky(), *_water(today), *_waste(today), *_green(today), _reported(today))
    return tuple(one for one in questions if one)


def steps(right: float, step: float, place: int, *, most: float = float("inf")) -> tuple[tuple[float, ...], int]:
    """Four numbers ``step`` apart with the right one at ``place``, moved to lie between 0 and ``most``; and its place.

    Raises ValueError where four of them do not fit.
    """
    fits = [n for n in range(CHOICES) if right - n * step >= 0 and right + (CHOICES - 1 - n) * step <= most]
    if not fits:
        raise ValueError(f"four choices {step} apart around {right} have no room between 0 and {most}")
    at = min(fits, key=lambda n: abs(n - place))
    return tuple(round(right + (n - at) * step, 6) for n in range(CHOICES)), at


def _rising(name: str, right: float, wrong: Iterable[float], provenance: Provenance, **values: float | str) -> Question:
    """The right number among other numbers of the data, in rising order."""
    some = sorted({right, *wrong})
    if len(some) != CHOICES:
        raise ValueError(f"question {name} has {len(some)} different choices")
    return Question(name, tuple(some), some.index(right), provenance, values)


def _sky() -> tuple[Question, ...]:
    """How many more good days once two years are measured alike, and the month with the most coarse dust."""
    sky, run = story.sky(), air.long_run()
    alike = sky.steps[-1]
    days, place = steps(alike.more, 45, 1, most=sky.now.known_days)
    days_values = {"year": sky.now.year, "then": sky.then.year, "before": alike.then, "after": alike.now}
    days_values |= {"unlike": sky.steps[1].more, "rule": sky.by_rule}
    worst = run.worst_month
    months = tuple(sorted((worst + n * MONTHS // CHOICES - 1) % MONTHS + 1 for n in range(CHOICES)))
    values = {"n": run.worst_month_pm10_ugm3, "worst": run.worst_in_years, "of": run.whole_years}
    values |= {"since": STATE_CHANGED.year + 1}
    return (
        Question("good_days", days, place, sky.provenance, days_values),
        Question("worst_month", months, months.index(worst), run.worst_provenance, values),
    )


def _water(today: date) -> tuple[Question | None, ...]:
    """Of how many sections a class is known, and the last annual class the river left the city with."""
    journey = story.journey(today)
    counts, place = steps(journey.known, 3, 1, most=journey.total)
    known = Question("sections", counts, place, journey.river.provenance, {"total": journey.total})
    end = journey.stops[-1].section
    last = end.annual if end else None
    if last is None:
        return (known, None)
    classes, at = steps(last.water_class, 1, 0, most=WORST_CLASS)
    return known, Question("outflow", classes, at, last.provenance, {"period": last.period})


def _waste(today: date) -> tuple[Question | None, ...]:
    """The share of industrial waste put to use, and the power from a tonne of household waste."""
    made, home = waste.flow(today), waste.household(today)
    used = burnt = None
    if made:
        share = round(made.share_pct(made.used.value), 1)
        shares, place = steps(share, 20, 2, most=100)
        used = Question("used", shares, place, made.provenance, {"period": made.period})
    if home:
        power, place = steps(round(home.kwh_per_t), 150, 1)
        burnt = Question("kwh", power, place, home.provenance, {"period": home.burnt.period})
    return used, burnt


def _green(today: date) -> tuple[Question | None, ...]:
    """How much of the North and South Mountains is wooded, among the other shares of forest published."""
    hills = figures.ends([p for p in greening.overview(today).hills if p.end <= today])
    forest = figures.latest("forest_cover_pct", CITY, today)
    if hills is None or forest is None or forest.value is None:
        return ()
    first, last = (p.value or 0.0 for p in hills)
    wrong = (first, forest.value, round((forest.value + last) / 2))
    return (
        _rising(
            "hills", last, wrong, hills[1].provenance, first=first, since=hills[0].end_year, period=hills[1].period
        ),
    )


def _reported(today: date) -> Question | None:
    """What residents reported most in the last batch published, among the four kinds they named most."""
    batch = actions.complaints()
    if batch.day > today:
        return None
    most = batch.by_kind[:CHOICES]
    kinds = tuple(sorted(str(count.row.item) for count in most))
    values = {"day": batch.day.isoformat(), "n": most[0].n, "total": batch.total}
    return Question("reported", kinds, kinds.index(str(most[0].row.item)), batch.provenance, values)
