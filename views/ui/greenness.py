"""The greenness of an area by satellite: its name, its message, its age, whether it has a trend."""

from collections.abc import Sequence

from markupsafe import Markup

from reports import ndvi
from reports.ndvi import Composite, Green, Greenness
from views.text import format as fmt
from views.text.words import Words
from views.ui import live


def age(report: Greenness, w: Words) -> Markup:
    """How old the newest composite is."""
    return live.line(report.fresh, w, when=latest_days(report.newest, w) if report.newest else "")


def title(one: Green, w: Words) -> str:
    """The title of an area's chart: the latest complete growing season against earlier ones, as far as they are known."""
    area = name(one, w)
    if one.grown is None:
        known = one.of("growing")
        if not known:
            return w("greening.ndvi_no_season", area=area)
        last = known[-1]
        how = "alone" if last.complete else "partial"
        return w(f"greening.ndvi_{how}", area=area, year=last.year, value=fmt.number(last.mean, 2))
    season, change = one.grown.season, one.grown.change
    how = "same" if not one.grown.notable else "more" if change > 0 else "less"
    return w(
        f"greening.ndvi_{how}", area=area, year=season.year, value=fmt.number(season.mean, 2),
        by=fmt.number(abs(change), 2), before=_before(one.grown.earlier, w),
    )  # fmt: skip


def trend(one: Green, w: Words) -> str:
    """Whether the growing seasons have a trend, in words; that too few are known to tell."""
    found = one.trend
    if found is None or one.significant is None:
        return w("greening.trend_too_few", n=sum(season.complete for season in one.of("growing")))
    if not one.significant:
        return w("greening.trend_none", n=found.test.n)
    return w(
        f"greening.trend_{'up' if found.slope > 0 else 'down'}", n=found.test.n, slope=fmt.number(abs(found.slope), 3)
    )


def trends(areas: Sequence[Green], w: Words) -> str:
    """In how many areas the growing season has a trend; that too few years are known to tell."""
    found = ndvi.trends(areas)
    if not found.areas:
        return w("greening.trends_too_few", n=len(areas))
    return w("greening.trends", n=found.areas, up=found.up, down=found.down, unclear=found.unclear)


def name(one: Green, w: Words) -> str:
    """The area's name; that of a schematic outline is marked as such."""
    return w.of(one.name)


def _before(years: tuple[int, ...], w: Words) -> str:
    """What a season is compared with: one year, or the mean of some; their number where not all of a span are known."""
    if len(years) == 1:
        return w("greening.before_one", year=fmt.period(str(years[0]), w))
    span = fmt.period(f"{years[0]}/{years[-1]}", w)
    unbroken = years[-1] - years[0] == len(years) - 1
    return w("greening.before_all" if unbroken else "greening.before_some", span=span, n=len(years))


def latest_days(latest: Composite, w: Words) -> str:
    """The days of a composite, by their first."""
    return w("greening.days_from", day=fmt.day(latest.first_day, w))
