"""The greenness of an area by satellite: its name, its message, its age."""

from datetime import datetime, time

from markupsafe import Markup

from reports import freshness, ndvi, provenance
from reports.ndvi import Composite, Green
from reports.provenance import Provenance
from store.clock import ZONE
from views.text import format as fmt
from views.text.words import Words
from views.ui import live
from views.visit import Visit

SOURCE = "modis_ndvi"
CHARTED = (ndvi.MOUNTAINS, ndvi.CORE)


def age(v: Visit, areas: tuple[Green, ...]) -> Markup:
    """How old the newest composite is."""
    if not areas:
        return live.line(freshness.of(SOURCE, v.now), v.w)
    newest = max((one.latest for one in areas), key=lambda latest: latest.first_day)
    at = datetime.combine(newest.first_day, time(0), ZONE)
    return live.line(freshness.of(SOURCE, v.now, data_at=at), v.w, when=latest_days(newest, v.w))


def charted(areas: tuple[Green, ...]) -> list[Green]:
    """The areas whose seasons are told year by year."""
    return [one for one in areas if one.area.area_id in CHARTED and one.seasons]


def areas_provenance(areas: tuple[Green, ...]) -> Provenance:
    """Where all areas' composites come from."""
    ends = [one.provenance.period.split("/") for one in areas]
    period = f"{min(start for start, _ in ends)}/{max(end for _, end in ends)}"
    return provenance.of("provisional", period, ndvi.DOCUMENT)


def title(one: Green, w: Words) -> str:
    """What an area's chart says: the latest complete growing season against earlier ones, as far as they are known."""
    area = name(one, w)
    if one.grown is None:
        known = one.of("growing")
        if not known:
            return w("greening.ndvi_no_season", area=area)
        last = known[-1]
        said = "alone" if last.complete else "partial"
        return w(f"greening.ndvi_{said}", area=area, year=last.year, value=fmt.number(last.mean, 2))
    season, change = one.grown.season, one.grown.change
    how = "same" if not one.grown.notable else "more" if change > 0 else "less"
    return w(
        f"greening.ndvi_{how}", area=area, year=season.year, value=fmt.number(season.mean, 2),
        by=fmt.number(abs(change), 2), before=_before(one.grown.earlier, w),
    )  # fmt: skip


def name(one: Green, w: Words) -> str:
    """The area's name; that of a schematic outline says so."""
    return w.of(one.name)


def _before(years: tuple[int, ...], w: Words) -> str:
    """What a season is compared with: one year, or the mean of some; their number where not all of a span are known."""
    if len(years) == 1:
        return w("greening.before_one", year=fmt.period(str(years[0]), w))
    span = fmt.period(f"{years[0]}/{years[-1]}", w)
    unbroken = years[-1] - years[0] == len(years) - 1
    return w("greening.before_all" if unbroken else "greening.before_some", span=span, n=len(years))


def latest_days(latest: Composite, w: Words) -> str:
    return w("greening.days_from", day=fmt.day(latest.first_day, w))
