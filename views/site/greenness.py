"""The greening page's block of greenness from space: what grew this year, beside other years, and how much was seen."""

from datetime import datetime, time

import pandas as pd
import streamlit as st
from markupsafe import Markup

from reports import basis, freshness, ndvi
from reports.basis import Basis
from reports.figures import Point
from reports.ndvi import Composite, Green
from store.clock import ZONE
from views.cached import kept
from views.charts import greening as charts
from views.site import page
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards, live
from views.visit import Visit

ROOM = "greening"
SOURCE = "modis_ndvi"
CHARTED = (ndvi.MOUNTAINS, ndvi.CORE)


def space(v: Visit, study: Point | None) -> None:
    """Greenness from space: mountains and urban core by season and year, every area's latest composite, a study."""
    w, areas = v.w, ndvi.greenness(v.today)
    page.section(w("greening.space"), w("greening.space_sub", notable=fmt.plain(ndvi.NOTABLE)) if areas else "")
    page.show(age(v, areas), theme=ROOM)
    if areas:
        _charts(v, charted(areas))
        page.show(_every_area(areas, w), theme=ROOM)
    if study:
        page.show(_study(study, w), theme=ROOM)


def age(v: Visit, areas: tuple[Green, ...]) -> Markup:
    """How old the newest composite is."""
    if not areas:
        return live.line(freshness.of(SOURCE, v.now), v.w)
    newest = max((one.latest for one in areas), key=lambda latest: latest.first_day)
    at = datetime.combine(newest.first_day, time(0), ZONE)
    return live.line(freshness.of(SOURCE, v.now, data_at=at), v.w, when=_days(newest, v.w))


def charted(areas: tuple[Green, ...]) -> list[Green]:
    """The areas whose seasons are told year by year."""
    return [one for one in areas if one.area.area_id in CHARTED and one.seasons]


def areas_basis(areas: tuple[Green, ...]) -> Basis:
    """Where all areas' composites come from."""
    ends = [one.basis.period.split("/") for one in areas]
    period = f"{min(start for start, _ in ends)}/{max(end for _, end in ends)}"
    return basis.of("provisional", period, ndvi.DOCUMENT)


def _charts(v: Visit, areas: list[Green]) -> None:
    if not areas:
        return
    w = v.w
    for one, column in zip(areas, st.columns(len(areas), gap="large"), strict=True):
        with column:
            page.chart(
                v,
                charts.seasons(one, w, v.dark),
                title=title(one, w),
                sub=w.of(one.note),
                alt=w("greening.ndvi_alt", area=name(one, w), figures=_read_aloud(one, w)),
                basis=one.basis,
                data=_frame(one, w),
            )


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


def _read_aloud(one: Green, w: Words) -> str:
    said = (f"{_season(season.year, season.name, w)} {fmt.number(season.mean, 2)}" for season in one.seasons)
    return w("published.and").join(said)


def _season(year: int, name: str, w: Words) -> str:
    return w("greening.season_of", year=year, season=w(f"greening.season_{name}"))


@kept
def _frame(one: Green, w: Words) -> pd.DataFrame:
    """The table behind an area's chart: the latest season first."""
    told = one.seasons[::-1]
    return pd.DataFrame(
        {
            w("greening.column_season"): [_season(season.year, season.name, w) for season in told],
            w("greening.column_mean"): [fmt.number(season.mean, 2) for season in told],
            w("greening.column_high"): [fmt.number(season.high, 2) for season in told],
            w("greening.column_valid"): [_percent(season.valid_pct) for season in told],
            w("greening.column_composites"): [f"{season.n}/{season.expected}" for season in told],
        }
    )


def _percent(value: float) -> str:
    return f"{fmt.number(value)}%"


def _every_area(areas: tuple[Green, ...], w: Words) -> Markup:
    """The latest composite of every area, beside the same days of earlier years."""
    header = [w(f"greening.column_{name}") for name in ("area", "latest", "usual", "valid")]
    rows = [[_with_remark(name(one, w), _days(one.latest, w)), *_values(one.latest, w)] for one in areas]
    body = cards.table(header, rows, numeric=(1, 2, 3)) + cards.line(w("greening.areas_note"), "muted small")
    return cards.card(w("greening.areas"), body, foot=cards.origin(areas_basis(areas), w))


def _days(latest: Composite, w: Words) -> str:
    return w("greening.days_from", day=fmt.day(latest.first_day, w))


def _values(latest: Composite, w: Words) -> tuple[str, str, str]:
    """Cells: index, the usual index with its years, valid share."""
    index = w("greening.too_cloudy") if latest.value is None else fmt.number(latest.value, 2)
    usual = cards.cell(None)
    if latest.usual is not None:
        usual = _with_remark(fmt.number(latest.usual, 2), w("greening.mean_of", n=len(latest.earlier)))
    return cards.cell(index), usual, cards.cell(_percent(latest.valid_pct))


def _with_remark(text: str, remark: str) -> Markup:
    return html('{}<br><span class="muted small">{}</span>', cards.cell(text), cards.cell(remark))


def _study(study: Point, w: Words) -> Markup:
    value = fmt.number(study.value or 0, 4)
    body = cards.line(w("greening.study", period=fmt.period(study.period, w), value=value))
    body += cards.line(w.of(study.row.note), "muted small")
    return cards.card(w("greening.study_title"), body, foot=cards.origin(study.basis, w))
