"""What this site itself measures or derives of what a plan promises, shown beside the published figures.

Never mixed with them: a measurement of the archive, of automatic stations or of a satellite is another number than an
official one, and its terms state in what.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import pandas as pd
from msgspec import Struct, field
from msgspec.structs import replace

from assessment import water as rules
from assessment.aqi import rounded
from assessment.comparison import Comparison, Terms, compare, state_of
from assessment.editions import OLD
from reports import air, figures, ndvi, provenance
from reports.cached import cached_report
from reports.figures import Point
from reports.provenance import Provenance
from store import facts, records, standards
from store.city import CITY, HERE

How = Literal["archive_mean", "archive_days", "readings", "satellite", "derived"]
AIR: Mapping[str, How] = {"pm25_annual_ugm3": "archive_mean", "good_day_share_pct": "archive_days"}
CLASSES = ("river_class", *(f"{section}_class" for section in (HERE.river.outflow, *HERE.work_district[1:])))
GREEN = ("forest_cover_pct",)
AUTO_ITEMS = ("ph", "do_mgl", "codmn_mgl", "nh3n_mgl", "tp_mgl")  # what the national automatic stations judge by
NOT_MEASURING = ("maintenance", "stopped")  # such a station repeats old values
UNITS: Mapping[str, str] = {"ndvi": "index"}
GROWING = "{year}-06/{year}-09"


class Measured(Struct, frozen=True, weakref=True):
    """A measured or derived value, how it was got, and what its sentence is worded with.

    ``start``: the same measurement of the year the plan starts from, None where there is none. ``point.provenance.terms`` state
    what it is; its quantity differs from the promise's where only something near it can be measured.
    """

    point: Point
    how: How
    start: Point | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def since_start(self) -> Comparison | None:
        """The measured value against the same measurement of the starting year."""
        if self.start is None or self.start.result is None or self.point.result is None:
            return None
        return compare(self.start.result, self.point.result)


@cached_report("facts", "air_hours", "air_days", "ndvi")
def of(indicator_id: str, area_id: str, start_year: int, until: date) -> Measured | None:
    """The latest that is measured or derived after ``start_year`` and not after ``until``; measured before derived."""
    found: Measured | None = None
    if indicator_id in AIR and area_id == CITY:
        found = _air(indicator_id, start_year, until)
    elif indicator_id in CLASSES:
        found = _class(indicator_id, area_id, start_year, until)
    elif indicator_id in GREEN:
        found = _green(area_id, start_year, until)
    return found or _derived(indicator_id, area_id, start_year, until)


# ── air, from the archive's days ─────────────────────────────────────────────────────────────────────────────────────
def _air(indicator_id: str, start_year: int, until: date) -> Measured | None:
    """The last whole year with days enough; both years by the 2012 edition and without ozone, dust days included."""
    last = until.year if until >= date(until.year, 12, 31) else until.year - 1
    years = [one for one in range(start_year + 1, last + 1) if (made := _air_year(indicator_id, one)) and made[1]]
    if not years:
        return None
    point, year = _whole_year(indicator_id, years[-1])
    start = _air_year(indicator_id, start_year)
    values = {"known": year.known_days, "good": year.good_days, "year": year.year}
    return Measured(point, AIR[indicator_id], start[0] if start and start[1] else None, values)


def _air_year(indicator_id: str, number: int) -> tuple[Point, bool] | None:
    """A year and whether its days carry a whole year's statistic; None where the archive holds no day of it."""
    try:
        point, _ = _whole_year(indicator_id, number)
    except ValueError:
        return None
    assert point.provenance.terms is not None
    return point, point.provenance.terms.covered


def _whole_year(indicator_id: str, number: int) -> tuple[Point, air.Year]:
    year = air.year(number, OLD, ozone="excluded")
    by_days = AIR[indicator_id] == "archive_days"
    own_terms = Terms(
        quantity=indicator_id,
        statistic="share" if by_days else "mean",
        period=str(number),
        area=CITY,
        edition=OLD if by_days else "",
        state=state_of(str(number)),
        dust="raw",
        ozone="excluded" if by_days else "",
        known_days=year.known_days,
        measurer="archive",
    )
    value = rounded(100 * year.good_days / year.known_days, 1) if by_days else year.mean_pm25_ugm3
    if value is None:
        raise ValueError(f"the archive holds no PM2.5 of {number}")
    known = replace(year.provenance, period=str(number), terms=own_terms, standard=OLD if by_days else "")
    return _point(str(number), value, known, indicator_id), year


# ── water, from the stored hours of automatic stations ────────────────────────────────────────────────────────
def _class(indicator_id: str, area_id: str, start_year: int, until: date) -> Measured | None:
    """The class of the mean of the stored readings of a section in one year: five items, some hours.

    Of a river the section farthest downstream that has readings. The plan's last year that has any; else what came later.
    """
    for section_id in _sections(area_id):
        readings = facts.table("water_readings")
        working = ~readings["station_state"].isin(NOT_MEASURING)
        mine = readings[(readings["section_id"] == section_id) & working]
        years = mine["measured_at"].str[:4].astype(int)
        known = sorted(year for year in set(years) if year > start_year)
        within = [year for year in known if year <= until.year]
        if known:
            chosen = within[-1] if within else known[0]
            return _mean_class(indicator_id, section_id, mine[years == chosen])
    return None


def _sections(area_id: str) -> list[str]:
    """The section itself, or a river's sections from its mouth upwards."""
    rows = facts.by_id(records.WaterSection)
    if area_id in rows:
        return [area_id]
    mine = [row for row in rows.values() if row.river_id == area_id]
    return [row.section_id for row in sorted(mine, key=lambda row: -row.order_downstream)]


def _mean_class(indicator_id: str, section_id: str, mine: pd.DataFrame) -> Measured | None:
    limits = standards.water_limits()
    items = [name for name in AUTO_ITEMS if name in mine]
    means = mine[items].mean().dropna().to_dict()
    judged = rules.judge_section(means, limits, items="auto5")
    if judged.water_class is None:
        return None
    every = [one.water_class for one in rules.judge_sections(mine[items], limits, items="auto5") if one.water_class]
    days = mine["measured_at"].str[:10]
    first, last = days.min(), days.max()
    period = first if first == last else f"{first}/{last}"
    own_terms = Terms(indicator_id, "class", period, section_id, measurer="stations")
    sources = mine["document_id"].unique()
    known = provenance.of("provisional", period, *sources, standard="GB 3838-2002", terms=own_terms)
    point = _point(period, float(judged.water_class), known, indicator_id)
    values = {"n": len(mine), "items": len(means), "best": min(every), "worst": max(every), "section": section_id}
    return Measured(point, "readings", None, values)


# ── greenness, from satellites ───────────────────────────────────────────────────────────────────────────────────────
def _green(area_id: str, start_year: int, until: date) -> Measured | None:
    """The mean index of the last complete growing season: greenness, which is not the same as forest."""
    area = next((one for one in ndvi.greenness(until) if one.area.area_id == area_id), None)
    seasons = [one for one in area.of("growing") if one.complete] if area else []
    after = [one for one in seasons if one.year > start_year]
    if area is None or not after:
        return None
    start = next((one for one in seasons if one.year == start_year), None)
    return Measured(
        _season(area, after[-1]),
        "satellite",
        _season(area, start) if start else None,
        {"year": after[-1].year},
    )


def _season(area: ndvi.Green, season: ndvi.Season) -> Point:
    period = GROWING.format(year=season.year)
    own_terms = Terms("ndvi", "index", period, area.area.area_id, measurer="satellite")
    known = replace(area.provenance, period=period, terms=own_terms)
    return _point(period, rounded(season.mean, 2), known, "ndvi")


# ── derived from published figures ───────────────────────────────────────────────────────────────────────────────────
def _derived(indicator_id: str, area_id: str, start_year: int, until: date) -> Measured | None:
    """The last figure that follows from published ones (its parents and how: ``derivations``)."""
    known = [
        one
        for one in figures.series(indicator_id, area_id)
        if one.row.kind == "derived" and one.value is not None and date(start_year, 12, 31) < one.end <= until
    ]
    if not known:
        return None
    return Measured(known[-1], "derived", None, {"formula": derivation(known[-1])})


def derivation(point: Point) -> records.Derivation | None:
    """The row of ``derivations`` of a derived figure: its parents, and the formula in words."""
    key = (point.row.indicator_id, point.row.area_id, point.row.period)
    return next(
        (one for one in facts.every(records.Derivation) if (one.indicator_id, one.area_id, one.period) == key), None
    )


def parents(row: records.Derivation) -> tuple[Provenance, ...]:
    """Where the parents of a derivation (a row of ``derivations``) come from."""
    found: list[Provenance] = []
    for parent in row.parents.split():
        kind, _, key = parent.partition(":")
        if kind == "document":
            found.append(provenance.of("published", row.period, key))
        else:
            indicator_id, area_id, period = key.split("/", 2)
            found += [one.provenance for one in figures.series(indicator_id, area_id) if one.period == period]
    return tuple(found)


def _point(period: str, value: float, known: Provenance, indicator_id: str) -> Point:
    unit = UNITS.get(indicator_id) or facts.by_id(records.Indicator)[indicator_id].unit_id
    own_terms, source = known.terms, known.sources[0]
    row = records.Figure(  # as it would be in the table; no document has it
        indicator_id=indicator_id,
        area_id=own_terms.area if own_terms else "",
        period=period,
        period_basis="written",
        document_id=source.document.document_id,
        place=source.place,
        basis=known.dust,
        op="=",
        value=value,
        text=None,
        unit_id=unit,
        kind="derived",
        confidence="secondary",
        note=None,
    )
    return Point(period, figures.period_end(period), value, "=", "", known, row)


# ── what comes near ──────────────────────────────────────────────────────────────────────────────────────────────────
class Relative(Struct, frozen=True, weakref=True):
    """The last figure of something near a promise (``relatives`` states what differs): named, never an answer."""

    row: records.Relative
    point: Point


@cached_report("facts")
def relatives(indicator_id: str, area_id: str) -> tuple[Relative, ...]:
    """Published figures of another name or place that come near what is promised."""
    found = []
    for row in facts.every(records.Relative):
        if (row.indicator_id, row.area_id) == (indicator_id, area_id):
            known = figures.series(row.other_indicator_id, row.other_area_id)
            if known:
                found.append(Relative(row, known[-1]))
    return tuple(found)
