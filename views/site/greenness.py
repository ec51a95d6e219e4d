"""Greenness from space on the greening page: this year's seasons compared with other years, and how much was seen."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from reports import ndvi
from reports.figures import Point
from reports.ndvi import Composite, Green, Greenness
from reports.provenance import Provenance
from views.cached import cached_rendering
from views.charts import greening as charts
from views.site import page
from views.site.sheet import columns, drawn_once
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, inline
from views.ui import greenness as greenness_pieces
from views.visit import Visit

THEME = "greening"


@drawn_once()
def space(v: Visit, report: Greenness, study: Point | None) -> None:
    """Greenness from space: mountains and urban core by season and year, every area's latest composite, a study."""
    w, known = v.w, report.provenance
    page.section(w("greening.space"), w("greening.space_sub", notable=fmt.plain(ndvi.NOTABLE)) if known else "")
    page.show(greenness_pieces.age(report, w), theme=THEME)
    if known:
        _charts(v, report.charted)
        page.show(_every_area(report.areas, known, w), theme=THEME)
    if study:
        page.show(_study(study, w), theme=THEME)


def _charts(v: Visit, areas: Sequence[Green]) -> None:
    if not areas:
        return
    w = v.w
    for one, column in zip(areas, columns(*(1 for _ in areas)), strict=True):
        with column:
            page.chart(
                v,
                charts.seasons(one, w, v.dark),
                download=chart_id(one.area.area_id),
                title=greenness_pieces.title(one, w),
                sub=fmt.sentences(w, greenness_pieces.trend(one, w), w.of(one.note)),
                alt=w("greening.ndvi_alt", area=greenness_pieces.name(one, w), figures=_read_aloud(one, w)),
                provenance=one.provenance,
                data=_frame(one, w),
            )


def chart_id(area_id: str) -> str:
    """An area's seasons as they are downloaded."""
    return f"greenness-{area_id}"


def _read_aloud(one: Green, w: Words) -> str:
    values = (f"{_season(season.year, season.name, w)} {fmt.number(season.mean, 2)}" for season in one.seasons)
    return w("published.and").join(values)


def _season(year: int, name: str, w: Words) -> str:
    return w("greening.season_of", year=year, season=w(f"greening.season_{name}"))


@cached_rendering
def _frame(one: Green, w: Words) -> pd.DataFrame:
    """The table behind an area's chart: the latest season first."""
    seasons = one.seasons[::-1]
    return pd.DataFrame(
        {
            w("greening.column_season"): [_season(season.year, season.name, w) for season in seasons],
            w("greening.column_mean"): [fmt.number(season.mean, 2) for season in seasons],
            w("greening.column_high"): [fmt.number(season.high, 2) for season in seasons],
            w("greening.column_valid"): [_percent(season.valid_pct) for season in seasons],
            w("greening.column_composites"): [f"{season.n}/{season.expected}" for season in seasons],
        }
    )


def _percent(value: float) -> str:
    return f"{fmt.number(value)}%"


def _every_area(areas: Sequence[Green], known: Provenance, w: Words) -> Markup:
    """The latest composite of every area, beside the same days of earlier years; days that all share stand once."""
    days = [greenness_pieces.latest_days(one.latest, w) for one in areas]
    shared = days[0] if len(set(days)) == 1 else ""
    header = [w(f"greening.column_{name}") for name in ("area", "latest", "usual", "valid")]
    names = (
        greenness_pieces.name(one, w) if shared else _with_remark(greenness_pieces.name(one, w), when)
        for one, when in zip(areas, days, strict=True)
    )
    rows = [[name, *_values(one.latest, w)] for name, one in zip(names, areas, strict=True)]
    body = cards.line(shared, "muted small") + cards.table(header, rows, numeric=(1, 2, 3))
    body += cards.line(w("greening.areas_note"), "muted small")
    return cards.card(w("greening.areas"), body, foot=cards.source_note(known, w))


def _values(latest: Composite, w: Words) -> tuple[cards.Cell, cards.Cell, cards.Cell]:
    """Cells: index, the usual index with its years, valid share."""
    index = w("greening.too_cloudy") if latest.value is None else fmt.number(latest.value, 2)
    usual = cards.cell(None)
    if latest.usual is not None:
        usual = _with_remark(fmt.number(latest.usual, 2), w("greening.mean_of", n=len(latest.earlier)))
    return cards.cell(index), usual, cards.cell(_percent(latest.valid_pct))


def _with_remark(text: str, remark: str) -> Markup:
    return inline.with_remark(cards.cell(text), cards.cell(remark))


def _study(study: Point, w: Words) -> Markup:
    value = fmt.number(study.value or 0, 4)
    body = cards.line(w("greening.study", period=fmt.period(study.period, w), value=value))
    body += cards.line(w.of(study.row.note), "muted small")
    return cards.card(w("greening.study_title"), body, foot=cards.source_note(study.provenance, w))
