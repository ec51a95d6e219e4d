"""Blocks of the greening page."""

from collections.abc import Iterable, Sequence

import pandas as pd
from markupsafe import Markup

from reports import figures, greening, lookup, provenance
from reports.conflicts import Conflict
from reports.figures import Measured, Point, compare
from reports.greening import Forest, Greening, Place, Wetlands
from reports.ndvi import SEASONS, Green, Greenness
from reports.provenance import Provenance
from reports.schemes import Scheme
from views.cached import cached_rendering, cached_rendering_of
from views.charts import greening as charts
from views.charts import published
from views.drawings import course, forest_dots, green_map
from views.drawings import spans as spans_drawing
from views.site import page, seasons
from views.site.sheet import Download, columns, drawn_once
from views.text import amounts, answers, differences
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import cards, figure_cards, inline, promise, promise_table
from views.ui import conflicts as conflict_cards
from views.ui import frame as page_frame
from views.ui import greenness as greenness_pieces
from views.ui import layout as page_layout
from views.visit import Visit

THEME = "greening"


@drawn_once()
def lead(v: Visit, report: Forest) -> None:
    """The page's answer."""
    page.head(v, THEME, *answers.of_greening(v, report))


@drawn_once()
def at_a_glance(
    v: Visit, report: Forest, found: tuple[Place, ...], known: Provenance, barrier: Scheme, river: Scheme
) -> None:
    """Parks, forests, wetlands and reserves over the plan's core, screens and corridors, beside the path of forest cover."""
    w = v.w
    left, right = columns(7, 5)
    with left:
        comma = w("greening.map_comma")
        alt = w(
            "greening.map_alt",
            names=comma.join(w.of(one.name) for one in found),
            parts=comma.join(w.of(one.name) for one in barrier.parts),
        )
        upright = green_map.drawing(found, barrier, w, title=alt)
        lying = green_map.drawing(found, barrier, w, title=alt, layout=green_map.LYING)
        kinds = [kind for kind in greening.GREEN_PLACES if any(one.kind == kind for one in found)]
        key = [(w(f"greening.kind_{kind}"), green_map.COLORS[kind]) for kind in kinds]
        page.drawing(
            v,
            lying,
            shown=cards.wrapped("green-map", upright if v.phone else page_layout.by_width(lying, upright))
            + cards.legend(key),
            key=key,
            download="green-map",
            is_map=True,
            title=w("greening.map_title"),
            provenance=provenance.merged(
                (barrier.provenance, known, *(one.area.provenance for one in found if one.area)), "estimated", ""
            ),
            data=_places_frame(found, w),
        )
        page.show(cards.line(fmt.sentences(w, w("greening.map_sub"), _areas(found, w)), "muted small"))
    with right:
        if len(report.points) > 1:
            _path(v, report)
        page.show(cards.line(_of_river(river, w)) + cards.source_note(river.provenance, w), theme=THEME)


def _of_river(scheme: Scheme, w: Words) -> str:
    """One river, three streams and six reaches, by name."""
    comma = w("greening.map_comma")
    names = {group: comma.join(w.of(one.name) for one in parts) for group, parts in scheme.groups}
    return w("greening.river_note", river=names["river"], streams=names["stream"], reaches=names["reach"])


def _path(v: Visit, report: Forest) -> None:
    """The path of forest cover."""
    w, points = v.w, report.points
    alt = w("greening.forest_alt", figures=course.read_aloud(points, w, "%"))
    drawn = course.drawing(points, report.target, w, color="var(--leaf)", unit="%", title=alt)
    page.drawing(
        v,
        drawn,
        shown=cards.wrapped("course", drawn),
        download="forest-cover",
        title=_forest_title(report, w),
        sub=fmt.sentences(
            w, w("greening.forest_sub"), *_rounded(points, w), w("published.from_not_zero"), w("published.key")
        ),
        provenance=provenance.merged(
            (p.provenance for p in reversed(points)), "published", f"{points[0].period}/{points[-1].period}"
        ),
        data=published.frame(points, w, "%"),
    )


@drawn_once()
def beside_satellites(v: Visit, report: Forest, seen: Greenness) -> None:
    """The path of forest cover, beside what satellites saw of every district and the mountains by season."""
    if v.phone or len(report.points) < 2:  # a phone has the path a tab before
        _from_space(v, seen)
        return
    left, right = columns(6, 7)
    with left:
        _path(v, report)
    with right:
        _from_space(v, seen)


def _from_space(v: Visit, seen: Greenness) -> None:
    w = v.w
    if not seen.provenance:
        body = greenness_pieces.age(seen, w) + cards.line(w("greening.seasons_sub"), "muted small")
        page.show(cards.card(w("greening.seasons_title"), body), theme=THEME)
        return
    sub = fmt.sentences(w, w("greening.seasons_sub"), w("greening.seasons_key"))
    behind = cards.folded(w("site.show_table"), page.frame_table(_trends(seen.areas, w)))
    page.show(
        page_frame.title(greenness_pieces.trends(seen.areas, w), sub, level=3)
        + seasons.by_season(seen.areas, w)
        + cards.source_note(seen.provenance, w)
        + behind
    )


@cached_rendering
def _trends(areas: Sequence[Green], w: Words) -> pd.DataFrame:
    """The slopes behind the arrows, and whether they are more than chance."""
    rows = [(one, season, found) for one in areas for season in SEASONS if (found := one.trend_of(season))]
    return pd.DataFrame(
        {
            w("greening.column_area"): [greenness_pieces.name(one, w) for one, _, _ in rows],
            w("greening.column_season"): [w(f"greening.season_{season}") for _, season, _ in rows],
            w("greening.column_slope"): [fmt.signed(found.slope, 3) for _, _, found in rows],
            w("greening.column_years"): [found.test.n for _, _, found in rows],
            w("greening.column_trend"): [
                w(f"greening.trend_is_{one.significant_of(season)}") for one, season, _ in rows
            ],
        }
    )


@drawn_once()
def forest(v: Visit, report: Forest) -> None:
    """The pace of forest cover in plain arithmetic, the promise, and the district's own."""
    w = v.w
    if not report.points:
        return
    page.section(w("greening.forest_section"))
    shown = [promise.card(report.target, w)] if report.target else []
    shown += _pace(report, w)
    shown += [_district(report, w)] if report.district else []
    page.show(cards.grid(shown, "three"), theme=THEME)


def _forest_title(report: Forest, w: Words) -> str:
    if pace := report.pace:
        achieved, needed = fmt.number(pace.achieved_pp_a, 1), fmt.number(pace.needed_pp_a, 1)
        key = f"greening.forest_pace_{pace.against_the_plan}"
        return w(key, start=pace.start.end_year, achieved=achieved, needed=needed)
    first, last = report.points[0], report.points[-1]
    return w(
        "greening.forest_path", start=first.end_year, first=fmt.plain(first.value or 0),
        period=fmt.period(last.period, w), now=fmt.plain(last.value or 0),
    )  # fmt: skip


def _rounded(points: tuple[Point, ...], w: Words) -> list[str]:
    """Sentences about figures that were published only as a whole number."""
    rounded = (p for p in points if p.op == "~")
    return [
        w("greening.forest_rounded", period=fmt.period(p.period, w), value=fmt.plain(p.value or 0)) for p in rounded
    ]


def _pace(report: Forest, w: Words) -> list[Markup]:
    pace, promised = report.pace, report.target
    if pace is None or promised is None or promised.target.due is None:
        return []
    year = promised.target.due.year
    body = cards.value(f"{fmt.OPS['~']}{fmt.number(pace.achieved_pp_a, 1)}", w("greening.pp_a"))
    body += cards.line(
        w("greening.pace_achieved", start=fmt.period(pace.start.period, w), period=fmt.period(pace.latest.period, w))
    )
    body += cards.line(w("greening.pace_needed", needed=fmt.number(pace.needed_pp_a, 1), year=year))
    body += cards.line(w("greening.pace_doubt", doubt=fmt.number(pace.doubt_pp_a, 1)), "muted small")
    if not report.due_published:
        body += cards.line(w("greening.pace_not_found", year=year), "muted small")
    return [cards.card(w("greening.pace"), body, foot=cards.source_note(pace.provenance, w))]


def _district(report: Forest, w: Words) -> Markup:
    one = report.district
    if one is None or one.target.due is None:
        return Markup()
    body = cards.value(promise.row(one, w).target.number or w("site.not_found"))
    body += cards.line(w("greening.district", year=one.target.due.year))
    body += cards.line(w("greening.district_not_found"), "muted small")
    label = w("greening.district_label", name=w.of(one.area.name))
    return cards.card(label, body, pill=cards.pill(one.judgement.status, w), foot=cards.source_note(one.provenance, w))


@drawn_once()
def hills(v: Visit, report: Greening) -> None:
    """The mountains on both sides of the city, then and now; land greened by period."""
    w, points = v.w, report.hills
    page.section(w("greening.hills_title"))
    shown = []
    if ends := figures.ends(points):
        first, last = drawn = [forest_dots.hill(p, w) for p in ends]
        alt = w("greening.hills_alt", figures=course.read_aloud(ends, w, "%"))
        picture, note = forest_dots.pair(drawn, title=alt), w("greening.hills_note")
        title = w("greening.hills_card", since=first.period, first=first.share, now=last.period, last=last.share)
        known = provenance.merged(
            (p.provenance for p in reversed(ends)), "published", f"{ends[0].period}/{ends[1].period}"
        )
        downloads = page.download_links(
            v, Download("mountains", title, note, picture, known, published.frame(points, w, "%"))
        )
        foot = join(cards.source_note(p.provenance, w) for p in ends) + downloads
        shown.append(cards.card(title, picture + cards.line(note, "muted small"), foot=foot))
    if report.land_greened.points:
        shown.append(_land(v, report.land_greened))
    page.show(cards.grid(shown, "two"), theme=THEME)


def _land(v: Visit, one: Measured) -> Markup:
    w = v.w
    header = [w(f"greening.land_{name}") for name in ("period", "area", "mean")]
    rows = [[_land_period(p, w), cards.cell(figure_cards.value(p, w)), _land_mean(p, w)] for p in one.points]
    spans = [
        spans_drawing.Span(
            p.end_year - greening.years_in(p) + 1, p.end_year, greening.mean_of_a_year(p), fmt.plain(p.value or 0)
        )
        for p in one.points
    ]
    figures = course.read_aloud(one.points, w, w("greening.land_unit"))
    drawn = spans_drawing.drawing(spans, title=w("greening.land_alt", figures=figures))
    data = published.frame(one.points, w, w("greening.land_unit"))
    downloads = page.download_links(
        v, Download("land-greened", w("greening.land"), w("greening.land_key"), drawn, one.provenance, data)
    )
    body = cards.narrow(drawn, 34)
    body += cards.line(w("greening.land_key"), "muted small") + cards.line(w("greening.land_sub"), "muted small")
    body += cards.folded(w("site.show_table"), cards.table(header, rows, numeric=(1, 2)))
    return cards.card(w("greening.land"), body, foot=cards.source_note(one.provenance, w) + downloads)


def _land_period(point: Point, w: Words) -> Markup:
    remark = w.of(point.row.note) or w(f"site.confidence_words.{point.confidence}")
    return inline.with_remark(cards.cell(fmt.period(point.period, w)), remark)


def _land_mean(point: Point, w: Words) -> cards.Cell:
    return cards.cell(amounts.amount(greening.mean_of_a_year(point), point.row.unit_id, w))


@drawn_once()
def city(v: Visit, report: Greening) -> None:
    """Green in the built-up city: park green per person, green cover, parks and greenways."""
    w = v.w
    page.section(w("greening.city_title"))
    left, right = columns(1, 1)
    with left:
        _park_green(v, report)
    with right:
        _green_cover(v, report.green_cover)
    counted = [figure_cards.card(w.of(one.indicator.name), one.points, w) for one in report.city_parks if one.points]
    page.show(cards.grid(counted), theme=THEME)


def _park_green(v: Visit, report: Greening) -> None:
    w, points, older = v.w, report.park_green.points, report.public_green.points
    if not points:
        return
    title = _park_title(report.park_green, w)
    both = sorted([*points, *older], key=lambda p: p.end)
    page.chart(
        v,
        charts.dots(points, w, v.dark, axis=w("greening.axis_park"), around=2, beside=older),
        download="park-green",
        title=title,
        sub=fmt.sentences(w, w("greening.park_green_sub"), w("published.from_not_zero")),
        alt=w("greening.park_green_alt", figures=course.read_aloud(both, w, w("greening.m2"))),
        provenance=provenance.merged((p.provenance for p in both), "published", f"{both[0].period}/{both[-1].period}"),
        data=published.frame(both, w, w("greening.m2")),
    )


def _park_title(one: Measured, w: Words) -> str:
    """From the first figure to the last, where they may be compared."""
    first, last = one.points[0], one.points[-1]
    found = compare(first, last)
    if not found.comparable:
        return differences.apart(w.of(one.indicator.name), first, last, found, w("greening.m2"), w)
    return w(
        "greening.park_green",
        first=fmt.plain(first.value or 0),
        start=fmt.period(first.period, w),
        last=fmt.plain(last.value or 0),
        now=fmt.period(last.period, w),
    )


def _green_cover(v: Visit, one: Measured) -> None:
    w, points = v.w, one.points
    if not points:
        return
    flat = greening.unchanged_since(points)
    last = fmt.plain(points[-1].value or 0)
    if flat is not None:
        alike = w("air.list_comma").join(fmt.period(p.period, w) for p in points if p.end >= flat.end)
        title = w("greening.cover_flat", periods=alike, last=last)
    else:
        title = w("greening.cover_now", now=fmt.period(points[-1].period, w), last=last)
    page.chart(
        v,
        charts.dots(points, w, v.dark, axis=w("greening.axis_cover"), around=2),
        download="green-cover",
        title=title,
        sub=fmt.sentences(w, w("greening.cover_sub"), w("published.from_not_zero")),
        alt=w("greening.cover_alt", figures=course.read_aloud(points, w, "%")),
        provenance=one.provenance,
        data=published.frame(points, w, "%"),
    )


@drawn_once()
def wetlands(v: Visit, report: Greening) -> None:
    """Wetlands and grassland."""
    w, wet = v.w, report.wetlands
    page.section(w("greening.wet_title"), w("greening.wet_sub"))
    shown = [promise.card(wet.target, w)] if wet.target else []
    shown += [_wetland_park(wet, w)] if wet.park_ratio else []
    if report.grass.points:
        shown.append(figure_cards.card(w.of(report.grass.indicator.name), report.grass.points, w))
    page.show(cards.grid(shown, "three"), theme=THEME)


def _wetland_park(wet: Wetlands, w: Words) -> Markup:
    sizes = [(name, point) for name, point in (("park_ha", wet.park_ha), ("gained_ha", wet.gained_ha)) if point]
    remarks = [
        w(f"greening.{name}", period=fmt.period(point.period, w), area=figure_cards.value(point, w))
        for name, point in sizes
    ]
    remarks.append(w("greening.not_protection"))
    park = w.of(lookup.areas()[greening.WETLAND_PARK].name)
    return figure_cards.card(w("greening.wetland_park", park=park), wet.park_ratio, w, remarks=remarks)


@cached_rendering_of("facts")
def _places_frame(found: tuple[Place, ...], w: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            w("greening.column_place"): [w.of(p.name) for p in found],
            w("greening.column_kind"): [w(f"greening.kind_{p.kind}") for p in found],
            w("greening.column_area_ha"): [cards.cell(_area(p, w)) for p in found],
            w("greening.column_accuracy"): [_accuracy(p, w) for p in found],
            w("site.confidence"): [w(f"greening.sure_{p.confidence}") for p in found],
        }
    )


def _areas(found: Sequence[Place], w: Words) -> str:
    """The places of which a document gives the area, those of one area together; nothing where there is none."""
    comma, of_area = w("greening.map_comma"), dict[str, list[str]]()
    for one in found:
        if one.area:
            of_area.setdefault(_area(one, w), []).append(w.of(one.name))
    known = [w("greening.map_area", names=comma.join(names), area=area) for area, names in of_area.items()]
    return w("greening.map_areas", known=comma.join(known)) if known else ""


def _area(place: Place, w: Words) -> str:
    """Its area where a document gives one."""
    if place.area is None:
        return w("site.not_found")
    return w("greening.area_of_whole", area=figure_cards.value(place.area, w), period=fmt.period(place.area.period, w))


def _accuracy(place: Place, w: Words) -> str:
    """How far a point may lie from the true place, in metres or kilometres."""
    if place.accuracy_m < 1000:
        return w("greening.accuracy_m", m=fmt.plain(place.accuracy_m))
    return w("greening.accuracy_km", km=fmt.plain(place.accuracy_m / 1000))


@drawn_once()
def promises(v: Visit, report: Greening) -> None:
    """The other promises of green, row by row."""
    if report.promised:
        page.section(
            v.w("greening.promises_title"), v.w("greening.promises_sub", plan=v.w.of(report.promised[0].plan.short))
        )
        page.show(promise_table.table(report.promised, v.w), theme=THEME)


@drawn_once()
def contradictions(v: Visit, found: Iterable[Conflict]) -> None:
    """Where the documents contradict each other."""
    page.section(v.w("greening.contradictions_title"), v.w("greening.contradictions_sub"))
    page.show(conflict_cards.grid(found, v.w), theme=THEME)
