"""Blocks of the water page."""

from collections.abc import Container, Sequence

import pandas as pd
from markupsafe import Markup

from reports import provenance
from reports.conflicts import Conflict
from reports.figures import Measured, Point, compare
from reports.freshness import Freshness
from reports.goals import Promise
from reports.water import Known, Oxygen, Reading, River, Section, Water
from reports.water_status import OfRiver, OfSection, Status
from store.city import HERE
from views.cached import cached_rendering, cached_rendering_of
from views.charts import maps as deck_maps
from views.charts import published
from views.charts import water as charts
from views.drawings import city_map, class_timeline, course, maps, sections_map
from views.drawings import river as drawn_river
from views.site import page
from views.site.sheet import columns, drawn_once
from views.text import answers, differences
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.ui import cards, figure_cards, live, places, promise, promise_table, section_matrix
from views.ui import conflicts as conflict_cards
from views.ui import frame as page_frame
from views.ui import layout as page_layout
from views.ui import water as water_pieces
from views.ui.water import SectionState
from views.visit import Visit

THEME = "water"
MAP_WIDTH = 420  # pixels the map of the whole city is laid out for
HOURS = 4  # readings of a section beside each other


# ── the answer ───────────────────────────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def lead(v: Visit, report: Water) -> None:
    """The page's answer."""
    page.head(v, THEME, *answers.of_water(v, report))


# ── the first glance ─────────────────────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def at_a_glance(v: Visit, report: Water, years: Sequence[int]) -> None:
    """The sections of the valley with their classes, beside all classes known where the river leaves the city."""
    w, outflow = v.w, report.outflow
    left, right = columns(1, 1)
    with left:
        layer = places.river(report.river, w)
        drawn = city_map.for_widths(layer, w, phone=v.phone) + places.panels(
            layer, city_map.to_pages(layer, v.address), w, at_home=True
        )
        title = w("water.glance_map")
        page.drawing(
            v,
            city_map.wide(layer, w),
            shown=cards.wrapped("city-map", drawn),
            download="river-sections",
            is_map=True,
            title=title,
            provenance=layer.provenance,
            data=page.places_frame(layer, w),
        )
    with right:
        if not outflow.has_any_class:
            return
        span = (int(outflow.known[0].period[:4]), years[-1])
        page.drawing(
            v,
            class_timeline.timeline(outflow, span, w),
            download="river-outflow",
            title=_of_outflow(outflow, w),
            sub=w("water.timeline_key"),
            provenance=provenance.merged(
                (one.provenance for one in reversed(outflow.known)), "derived", f"{span[0]}/{span[1]}"
            ),
            data=_classes_frame(outflow, w),
        )


def _of_outflow(outflow: Section, w: Words) -> str:
    """The annual classes published of the section, year by year: what was found, not how it developed."""
    annual = [one for one in outflow.known if one.official and one.span == "year"]
    name = water_words.section_name(outflow, w)
    if not annual:
        return w("water.timeline_none", section=name)
    found = (
        w("water.timeline_one", when=fmt.period(one.period, w), water_class=fmt.water_class(one.water_class, w, one.op))
        for one in annual
    )
    return w("water.timeline_title", section=name, known=w("water.list_comma").join(found))


@cached_rendering
def _classes_frame(section: Section, w: Words) -> pd.DataFrame:
    """Every published class, then the recorded hours month by month."""
    rows = [
        (water_words.when(one, w), fmt.water_class(one.water_class, w, one.op), water_words.kind(one, w))
        for one in section.known
    ]
    rows += [
        (fmt.period(one.month, w), fmt.water_class(water_class, w), w("water.hours", n=count))
        for one in section.recorded
        for water_class, count in one.by_class.items()
    ]
    return pd.DataFrame(rows, columns=[w(f"water.column_{name}") for name in ("when", "class", "rests_on")])


# ── the river as a line ──────────────────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def river(v: Visit, report: Water, ends: tuple[Known, Known] | None) -> None:
    """The river from where it enters the city to where it leaves, lying on wide screens, upright on narrow ones.

    ``ends``: its classes where it enters and where it leaves, of one hour.
    """
    w, network = v.w, report.river
    upright = drawn_river.key(w) + drawn_river.line(network, w, upright=True)
    lying = drawn_river.line(network, w)
    both = page_layout.by_width(drawn_river.key(w) + lying, cards.folded(w("water.river_title"), upright))
    page.section(_through_the_city(ends, w), w("water.river_sub"))
    page.drawing(
        v,
        lying,
        shown=both,
        key=drawn_river.colors(w),
        download="river-line",
        title="",
        called=_through_the_city(ends, w),
        provenance=network.provenance,
        data=_sections_frame(network, w),
    )


def _through_the_city(ends: tuple[Known, Known] | None, w: Words) -> str:
    """The class where the river enters and where it leaves in one and the same hour, where one is known of both."""
    if ends is None:
        return w("water.line_plain")
    inflow, outflow = (fmt.water_class(known.water_class, w) for known in ends)
    return w("water.line_message", when=water_words.when(ends[0], w), inflow=inflow, outflow=outflow)


@cached_rendering
def _sections_frame(network: River, w: Words) -> pd.DataFrame:
    names = ("section", "river", "class", "when", "rests_on", "aim")
    columns = [w(f"water.column_{name}") for name in names] + [w("site.note")]
    return pd.DataFrame([_section_row(one, w) for one in network.sections], columns=columns)


def _section_row(section: Section, w: Words) -> tuple[str, ...]:
    state, stream = SectionState.of(section, w), w.of(section.river.name)
    aim, note = water_words.aim(section.aim, w), w.of(section.row.note)
    return state.name, stream, state.water_class, state.period, state.basis, aim, note


# ── the map ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def section_map(v: Visit, report: Water) -> None:
    """All sections on a map to move about in, with how well their places are known."""
    w = v.w
    page.section(w("water.map_title"), w("water.map_sub"))
    title = w("water.map_city")
    scene = sections_map.scene(report.river, w, v.dark, bounds=HERE.maps.whole, width=MAP_WIDTH, title=title)
    page.deck(
        v,
        deck_maps.deck(scene, v.dark),
        download="river-map",
        called=title,
        alt=drawn_river.described(report.river, w),
        provenance=report.river.places,
        still=maps.still(scene, width=MAP_WIDTH),
        data=_places_frame(report.river, w),
        height=470,
    )
    unplaced = [water_words.section_name(s, w) for s in report.river.sections if not s.point]
    if unplaced:
        page.show(cards.line(w("water.not_on_map", names=w("water.list_comma").join(unplaced)), "muted small"))


@cached_rendering
def _places_frame(network: River, w: Words) -> pd.DataFrame:
    rows = [
        (
            water_words.section_name(s, w),
            w.of(s.river.name),
            w.of(s.row.where),
            w("water.off_by", km=sections_map.accuracy_km(s)) if s.point else w("site.not_found"),
        )
        for s in network.sections
    ]
    columns = [w(f"water.column_{name}") for name in ("section", "river", "where", "accuracy")]
    return pd.DataFrame(rows, columns=columns)


# ── every class known, year by year ──────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def matrix(v: Visit, report: Water, years: Sequence[int], disputed: Container[tuple[str, int]]) -> None:
    """Sections and ``years``: every class known, with what it rests on; contradicting values side by side.

    ``disputed``: sections and years for which documents name different classes.
    """
    w, sections = v.w, report.river.sections
    known = [s for s in sections if s.has_any_class]
    unknown = [water_words.section_name(s, w) for s in sections if not s.has_any_class]
    title = w("water.matrix_title", n=len(sections), known=len(known))
    page.section(title, w("water.matrix_sub"))
    if not known:
        return
    latest_first = years[::-1]  # on a phone the rest is a swipe away
    remark = w("water.matrix_unknown", n=len(unknown), names=w("water.list_comma").join(unknown)) if unknown else ""
    sources = provenance.merged(
        (k.provenance for s in known for k in reversed(s.known)), "derived", report.river.provenance.period
    )
    page.show(
        section_matrix.table(section_matrix.of(known, latest_first, disputed, w), w, region=title)
        + cards.line(w("water.matrix_key"), "muted small")
        + cards.line(remark)
        + cards.source_note(sources, w),
        theme=THEME,
    )
    _months(v, [s for s in known if s.recorded])


def _months(v: Visit, sections: Sequence[Section]) -> None:
    """Sections and months: the recorded hours of each, how many of them in which class."""
    if not sections:
        return
    w, months = v.w, sorted({one.month for s in sections for one in s.recorded}, reverse=True)
    by_section = [{one.month: one for one in s.recorded} for s in sections]
    rows = [
        [
            section_matrix.name(water_words.section_name(s, w), w.of(s.river.name)),
            *(water_pieces.hours_of(mine[month], w) if month in mine else "—" for month in months),
        ]
        for s, mine in zip(sections, by_section, strict=True)
    ]
    n = sum(one.hours for s in sections for one in s.recorded)
    out = sum(one.left_out for s in sections for one in s.recorded)
    header = [w("water.column_section"), *(fmt.period(month, w) for month in months)]
    sources = provenance.merged(
        (one.provenance for s in sections for one in s.recorded), "archive", f"{months[-1]}/{months[0]}"
    )
    title = w("water.months_title", n=n)
    body = cards.line(w("water.months_sub", out=out), "muted small")
    body += cards.table(header, rows, region=title, kind="matrix") + cards.source_note(sources, w)
    page.show(cards.folded(title, body), theme=THEME)


@drawn_once()
def status(v: Visit, report: Status) -> None:
    """Sections and rivers by the names of the official rule; a river only where one period knows all its sections."""
    w = v.w
    header = [w(f"water.column_{name}") for name in ("section", "when", "class", "state", "change")]
    rows = [_state(one, w) for one in report.sections]
    rivers = [w.of(one.stream.name) for one in report.rivers]
    sentences = [_of_river(name, one, w) for name, one in zip(rivers, report.rivers, strict=True)]
    page.section(w("water.status_title"), w("water.status_sub"))
    page.show(cards.table(header, rows) + cards.notes(sentences) + cards.source_note(report.provenance, w), theme=THEME)


def _state(one: OfSection, w: Words) -> list[cards.Cell]:
    change = w("water.change_none")
    if one.before is not None:
        key = f"{one.change.direction}_{one.change.size}" if one.change else "disputed"
        change = w(f"water.change_{key}", since=fmt.period(one.before.period, w))
    return [
        water_words.section_name(one.section, w),
        fmt.period(one.known.period, w),
        water_pieces.class_chip(one.known.water_class, w),
        w(f"water.state_{one.grade}"),
        change,
    ]


def _of_river(name: str, one: OfRiver, w: Words) -> str:
    if one.grade is None:
        return w("water.river_not_graded", name=name, n=one.sections, most=one.most)
    state = w(f"water.state_{one.grade}")
    return w("water.river_graded", name=name, n=one.sections, period=fmt.period(one.period, w), state=state)


# ── readings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def readings(v: Visit, report: Water, fresh: Freshness) -> None:
    """Automatic readings by section, each item beside the class Ⅲ limit; what thin air means for oxygen."""
    w = v.w
    page.section(w("water.readings_title"), w("water.readings_sub"))
    page.show(live.line(fresh, w), theme=THEME)
    if not report.readings:
        page.show(cards.no_value(w))
        return
    recent = (_reading_card(report.river, some, v) for some in report.recent(v.now))
    page.show(cards.grid(recent, "two"), theme=THEME)
    if archived := report.archived(v.now):
        older = cards.grid((_reading_card(report.river, some, v) for some in archived), "two")
        page.show(cards.folded(w("water.readings_archived", n=len(archived)), older), theme=THEME)
    if report.oxygen:
        _oxygen(report.oxygen, w)


def _oxygen(thin: Oxygen, w: Words) -> None:
    """What thin air means for oxygen."""
    note = w(
        "water.oxygen_note",
        share=fmt.number(thin.share_of_sea_level_pct),
        pressure=fmt.number(thin.pressure_hpa),
        needed=fmt.plain(thin.needed_mgl),
        warmest=fmt.number(thin.warmest_c),
    )
    body = page_frame.note(note) + cards.source_note(thin.provenance, w)
    page.show(cards.folded(w("water.oxygen_fold"), body), theme=THEME)


def _reading_card(river: River, some: Sequence[Reading], v: Visit) -> Markup:
    """The last reading; earlier ones and the items that decide no class are folded."""
    hours = [_hour(one, v) for one in some[:HOURS]]
    return _drawn_readings(river.section(some[0].section_id), tuple(some[:HOURS]), hours, _decided(some[0], v), v.w)


@cached_rendering_of("facts")
def _drawn_readings(section: Section, some: Sequence[Reading], hours: Sequence[str], decided: str, w: Words) -> Markup:
    last = some[0]
    body = water_pieces.last_reading(last, w) + cards.line(decided)
    body += cards.folded(w("water.readings_more"), water_pieces.readings_table(some, hours, w))
    sources = provenance.merged((one.provenance for one in some), last.provenance.kind, last.provenance.period)
    label = w(
        "water.reading_card",
        section=water_words.section_name(section, w),
        river=w.of(section.river.name),
        when=hours[0],
    )
    return cards.card(label, body, foot=cards.source_note(sources, w))


def _hour(one: Reading, v: Visit) -> str:
    """The hour in few letters, with the year where it is not this one."""
    name = "water.day_short" if one.at.year == v.today.year else "water.day_short_year"
    month = v.w(f"site.month_short_{one.at.month}")
    return v.w("water.at_hour", day=v.w(name, month=month, day=one.at.day, year=one.at.year), hour=one.at.hour)


def _decided(one: Reading, v: Visit) -> str:
    """How old the last reading is and which items decide its class (none of class Ⅰ)."""
    w, age = v.w, fmt.ago(v.now - one.at, v.w)
    names = w("water.list_comma").join(water_words.item_name(i, w) for i in one.judged.deciding)
    return w("water.decided", age=age, items=names) if names else w("water.last_reading", age=age)


# ── results against targets ──────────────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def results(v: Visit, report: Water) -> None:
    """Shares of good sections over time, definitions apart; then the promises with a number."""
    w = v.w
    page.section(w("water.results_title"), w("water.results_sub"))
    left, right = columns(1, 1)
    with left:
        _shares(v, "good-sections-national", *report.national, None)
    with right:
        _shares(v, "good-sections", *report.both, report.goal_of_sections)
    found = [one for one in report.running_numbers if one.latest is not None]
    without = [one for one in report.running_numbers if one.latest is None]
    running = w("water.results_running", **_plan(report.running, w))
    page.show(page_frame.headed(running, w("water.results_running_sub"), _cards(found, w)), theme=THEME)
    folded = cards.folded(w("water.results_without", n=len(without)), _cards(without, w)) if without else Markup()
    ended = cards.line(w("water.results_old_sub"), "muted small") + _cards(report.old_plan, w)
    old = cards.folded(w("water.results_old", **_plan(report.old_plan, w)), ended) if report.old_plan else Markup()
    page.show(folded + old, theme=THEME)


def _plan(promises: Sequence[Promise], w: Words) -> dict[str, object]:
    """The plan that makes promises and the year it ends, for a sentence; none where there are none."""
    plan = promises[0].plan if promises else None
    return {"plan": w.of(plan.short) if plan else "—", "year": plan.end_year if plan else "—"}


def _cards(promises: Sequence[Promise], w: Words) -> Markup:
    return cards.grid((promise.card(one, w) for one in promises), "three")


def _shares(v: Visit, download: str, before: Measured, after: Measured, goal: Promise | None) -> None:
    w, first, second = v.w, before.whole_years, after.after(before)
    if not first:
        return
    start, end = first[0], first[-1]
    title = _share_title(before, start, end, w)
    later = (
        [w("water.share_later", start=fmt.period(second[0].period, w), name=w.of(after.indicator.name))]
        if second
        else []
    )
    every = [*before.points, *after.points]
    page.chart(
        v,
        charts.shares(before, after, goal, w, v.dark),
        download=download,
        title=title,
        sub=fmt.sentences(w, *later, w("published.key")),
        alt=w("water.share_alt", figures=course.read_aloud([*first, *second], w, "%")),
        provenance=provenance.merged(
            (p.provenance for p in reversed(every)), "published", f"{start.period}/{every[-1].end_year}"
        ),
        data=_both_definitions(before, after, w),
    )


def _share_title(one: Measured, start: Point, end: Point, w: Words) -> str:
    """How the share moved from its first to its last figure, where they may be compared."""
    name, comparison = cards.data_name(one.indicator, w), compare(start, end)
    if comparison.difference is None:
        return differences.apart(name, start, end, comparison, "%", w)
    turn = "held" if comparison.difference == 0 else "rose" if comparison.difference > 0 else "fell"
    return w(
        f"water.share_{turn}",
        name=name,
        first=fmt.plain(start.value or 0),
        start=fmt.period(start.period, w),
        last=fmt.plain(end.value or 0),
        end=fmt.period(end.period, w),
    )


@cached_rendering
def _both_definitions(before: Measured, after: Measured, w: Words) -> pd.DataFrame:
    frames = []
    for one in (before, after):
        table = published.frame(one.points, w, "%")  # cached and shared: changed in a copy
        named = {w("water.column_definition"): w.of(one.indicator.name)}
        frames.append(table.assign(**named)[[*named, *table.columns]])
    return pd.concat(frames, ignore_index=True)


# ── what people drink, and what is done ──────────────────────────────────────────────────────────────────────────────
@drawn_once()
def works(v: Visit, report: Water) -> None:
    """Drinking water, water used again, outfalls and drains put right, sewage works."""
    w = v.w
    page.section(w("water.works_title"), w("water.works_sub"))
    shown = [promise.card(one, w) for one in (report.reclaimed, report.misconnections) if one]
    if report.drinking.points:
        name = cards.data_name(report.drinking.indicator, w)
        shown.insert(0, figure_cards.card(name, report.drinking.points, w))
    page.show(cards.grid(shown, "three"), theme=THEME)
    if report.outfalls:
        page.show(
            page_frame.headed(w("water.outfalls_title"), w("water.outfalls_note"), _outfalls(report.outfalls, w)),
            theme=THEME,
        )
    figures = cards.grid(figure_cards.card(w.of(one.indicator.name), one.points, w) for one in report.works)
    page.show(cards.folded(w("water.works_fold", n=len(report.works)), figures), theme=THEME)


def _outfalls(points: Sequence[Point], w: Words) -> Markup:
    """Counts of outfalls by different scopes, each a card with its published wording."""
    return cards.grid((figure_cards.card(w("water.outfalls"), (p,), w) for p in points), "three")


# ── every promise, what is unknown, contradictions ───────────────────────────────────────────────────────────────────
@drawn_once()
def promises(v: Visit, report: Water) -> None:
    """Every water promise of the running plans, row by row."""
    w = v.w
    page.section(w("water.promises_title"), w("water.promises_sub"))
    for title, rows in (("water.promises_city", report.running), ("water.promises_district", report.district)):
        if rows:
            page.show(cards.folded(w(title, n=len(rows), **_plan(rows, w)), promise_table.table(rows, w)), theme=THEME)


@drawn_once()
def unknown(v: Visit, report: Water, conflicts: Sequence[Conflict]) -> None:
    """What was not found, then where documents contradict each other."""
    w = v.w
    page.section(w("water.unknown_title"), w("water.unknown_sub"))
    items = [
        w("water.unknown_sections", n=len(report.river.sections), aimed=report.aimed),
        w("water.unknown_delegated", n=report.delegated, **_plan(report.running, w)),
        w("water.unknown_volumes"),
        w("water.unknown_bulletins"),
    ]
    if report.reclaimed and report.reclaimed.latest is None:
        items.insert(2, w("water.unknown_reclaimed", year=report.reclaimed.target.baseline_year))
    page.show(cards.notes(items), theme=THEME)
    page.section(w("water.contradictions_title"), w("water.contradictions_sub"))
    folded = cards.folded(w("water.contradictions_fold", n=len(conflicts)), conflict_cards.grid(conflicts, w))
    page.show(folded, theme=THEME)
