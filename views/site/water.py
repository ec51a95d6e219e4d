"""Blocks of the water page."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from reports import conflicts, provenance, water, water_status
from reports.figures import Measured, Point, compare
from reports.goals import Promise
from reports.provenance import Provenance
from reports.water import Item, Reading, River, Section, Water
from reports.water_status import OfRiver, OfSection
from views.cached import cached_rendering
from views.charts import maps as deck_maps
from views.charts import published
from views.charts import water as charts
from views.drawings import labels, maps
from views.drawings import river as drawn_river
from views.site import page
from views.site.refresh import auto_refresh
from views.text import answers, differences
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html
from views.text.words import Words
from views.tokens import WATER_CLASSES, tokens
from views.ui import cards, figure_cards, live, promise, promise_table, section_matrix
from views.ui import conflicts as conflict_cards
from views.ui import water as water_pieces
from views.visit import Visit

THEME = "water"
HOURS = 4  # readings of a section beside each other
DECK_WIDTH, STILL_WIDTH = 700, 420  # pixels the maps are laid out for


# ── the answer ───────────────────────────────────────────────────────────────────────────────────────────────────────
def lead(v: Visit, report: Water) -> None:
    """The page's answer."""
    page.head(v, THEME, *answers.of_water(v, report))


# ── the river as a line ──────────────────────────────────────────────────────────────────────────────────────────────
def river(v: Visit, report: Water) -> None:
    """The river from where it enters the city to where it leaves, lying on wide screens, upright on narrow ones."""
    w, made = v.w, report.river
    both = html(
        '{}<div class="if-wide">{}</div><div class="if-narrow">{}</div>',
        drawn_river.key(w),
        drawn_river.line(made, w),
        drawn_river.line(made, w, upright=True),
    )
    page.section(w("water.river_title"), w("water.river_sub"))
    page.drawing(v, both, title=_through_the_city(v), provenance=made.provenance, data=_sections_frame(made, w))


def _through_the_city(v: Visit) -> str:
    """The class where the river enters and where it leaves in one and the same hour, where one is known of both."""
    w, both = v.w, water.together(v.today)
    if both is None:
        return w("water.line_plain")
    inflow, outflow = (fmt.water_class(known.water_class, w) for known in both)
    return w("water.line_message", when=water_words.when(both[0], w), inflow=inflow, outflow=outflow)


@cached_rendering
def _sections_frame(made: River, w: Words) -> pd.DataFrame:
    def told(section: Section) -> tuple[str, ...]:
        latest = section.latest
        name, stream = water_words.section_name(section, w), w.of(section.river.name)
        goal = water_words.aim(section.aim, w)
        if latest is None:
            return name, stream, w("site.not_found"), "", "", goal, w.of(section.row.note)
        found = fmt.water_class(latest.water_class, w, latest.op)
        rests, at = water_words.kind(latest, w), water_words.when(latest, w)
        return name, stream, found, at, rests, goal, w.of(section.row.note)

    names = ("section", "river", "class", "when", "rests_on", "aim")
    columns = [w(f"water.column_{name}") for name in names] + [w("site.note")]
    return pd.DataFrame([told(s) for s in made.sections], columns=columns)


# ── the map ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def section_map(v: Visit, report: Water) -> None:
    """Sections on the map: the valley to move about in, the whole city beside it."""
    w, sections = v.w, report.river.sections
    page.section(w("water.map_title"), w("water.map_sub"))
    left, right = st.columns([5, 3], gap="large")
    valley = _scene(report.river, w, v.dark, bounds=maps.VALLEY, width=DECK_WIDTH, title=w("water.map_valley"))
    whole = _scene(report.river, w, v.dark, bounds=maps.WHOLE_CITY, width=STILL_WIDTH, title=w("water.map_city"))
    known = provenance.merged((_place_provenance(s) for s in sections if s.point), "estimated", "")
    with left:
        page.deck(
            v,
            deck_maps.deck(valley, v.dark),
            title=valley.title,
            alt=drawn_river.described(report.river, w),
            provenance=known,
            still=maps.still(valley),
            height=470,
        )
    with right:
        page.drawing(v, maps.still(whole, width=STILL_WIDTH), title=whole.title, provenance=known)
        unplaced = [water_words.section_name(s, w) for s in sections if not s.point]
        if unplaced:
            page.show(cards.line(w("water.not_on_map", names=w("water.list_comma").join(unplaced)), "muted small"))
    page.show(cards.folded(w("site.show_table"), page.frame_table(_places_frame(report.river, w))))


@cached_rendering
def _places_frame(made: River, w: Words) -> pd.DataFrame:
    rows = [
        (
            water_words.section_name(s, w),
            w.of(s.river.name),
            w.of(s.row.where),
            w("water.off_by", km=_km(s)) if s.point else w("site.not_found"),
        )
        for s in made.sections
    ]
    columns = [w(f"water.column_{name}") for name in ("section", "river", "where", "accuracy")]
    return pd.DataFrame(rows, columns=columns)


def _place_provenance(section: Section) -> Provenance:
    return provenance.of("estimated", "", (section.row.document_id, section.row.place))


@cached_rendering
def _scene(
    made: River,
    w: Words,
    dark: bool,
    *,
    bounds: tuple[float, float, float, float],
    width: int,
    title: str,
) -> maps.Scene:
    """Sections within bounds, those with a class first: names are written where they cover nothing."""
    west, south, east, north = bounds
    located = [(s, s.point) for s in made.sections]
    inside = [(s, p) for s, p in located if p and west < p[0] < east and south < p[1] < north]
    inside.sort(key=lambda pair: pair[0].latest is None)
    named = labels.free([(*p, water_words.section_name(s, w)) for s, p in inside], bounds, width)
    dots = [_map_dot(s, p, w, dark, named=free) for (s, p), free in zip(inside, named, strict=True)]
    c = tokens(dark)
    return maps.Scene(
        shapes=maps.districts(w, fills={}, default=c.faint),
        lines=maps.rivers(w, color=c.none),
        dots=tuple(dots[::-1]),  # what is known lies on top
        bounds=bounds,
        title=title,
    )


def _map_dot(section: Section, point: tuple[float, float], w: Words, dark: bool, *, named: bool) -> maps.Dot:
    latest, name = section.latest, water_words.section_name(section, w)
    state = w("site.not_found")
    if latest is not None:
        state = w(
            "water.tip_class",
            water_class=fmt.water_class(latest.water_class, w, latest.op),
            when=water_words.when(latest, w),
            rests=water_words.kind(latest, w),
        )
    tip = w("water.tip", name=name, river=w.of(section.river.name), state=state, km=_km(section))
    return maps.Dot(
        *point,
        WATER_CLASSES[latest.water_class] if latest else tokens(dark).none,
        name if named else "",
        tip=tip,
        inside=fmt.ROMAN.get(latest.water_class, "") if latest and section.fresh else "",
        hollow=not section.fresh,
        radius=11 if latest else 7,
    )


def _km(section: Section) -> str:
    return fmt.plain(section.row.accuracy_km or 0)


# ── every class known, year by year ──────────────────────────────────────────────────────────────────────────────────
def matrix(v: Visit, report: Water) -> None:
    """Sections and years: every class known, with what it rests on; contradicting values side by side."""
    w, sections = v.w, report.river.sections
    known = [s for s in sections if s.has_any_class]
    unknown = [water_words.section_name(s, w) for s in sections if not s.has_any_class]
    title = w("water.matrix_title", n=len(sections), known=len(known))
    page.section(title, w("water.matrix_sub"))
    if not known:
        return
    years = water.years(v.today)[::-1]  # the latest first: on a phone the rest is a swipe away
    remark = w("water.matrix_unknown", n=len(unknown), names=w("water.list_comma").join(unknown)) if unknown else ""
    rests = provenance.merged(
        (k.provenance for s in known for k in reversed(s.known)), "derived", report.river.provenance.period
    )
    page.show(
        section_matrix.table(section_matrix.of(known, years, water.disputed(), w), w, region=title)
        + cards.line(w("water.matrix_key"), "muted small")
        + cards.line(remark)
        + cards.source_note(rests, w),
        theme=THEME,
    )
    _months(v, [s for s in known if s.held])


def _months(v: Visit, sections: Sequence[Section]) -> None:
    """Sections and months: the recorded hours of each, how many of them in which class."""
    if not sections:
        return
    w, months = v.w, sorted({one.month for s in sections for one in s.held}, reverse=True)
    by_section = [{one.month: one for one in s.held} for s in sections]
    rows = [
        [_name(s, w), *(water_pieces.hours_of(mine[month], w) if month in mine else "—" for month in months)]
        for s, mine in zip(sections, by_section, strict=True)
    ]
    n = sum(one.hours for s in sections for one in s.held)
    out = sum(one.left_out for s in sections for one in s.held)
    header = [w("water.column_section"), *(fmt.period(month, w) for month in months)]
    told = provenance.merged(
        (one.provenance for s in sections for one in s.held), "archive", f"{months[-1]}/{months[0]}"
    )
    title = w("water.months_title", n=n)
    body = cards.table(header, rows, region=title, kind="matrix") + cards.source_note(told, w)
    page.show(_headed(title, w("water.months_sub", out=out), body), theme=THEME)


def _name(section: Section, w: Words) -> Markup:
    return section_matrix.name(water_words.section_name(section, w), w.of(section.river.name))


def status(v: Visit) -> None:
    """Sections and rivers in the words of the official rule; a river only where one period knows all its sections."""
    w, report = v.w, water_status.status(v.today)
    header = [w(f"water.column_{name}") for name in ("section", "when", "class", "state", "change")]
    rows = [_state(one, w) for one in report.sections]
    rivers = [w.of(one.stream.name) for one in report.rivers]
    said = [_of_river(name, one, w) for name, one in zip(rivers, report.rivers, strict=True)]
    page.section(w("water.status_title"), w("water.status_sub"))
    page.show(cards.table(header, rows) + cards.notes(said) + cards.source_note(report.provenance, w), theme=THEME)


def _state(one: OfSection, w: Words) -> list[str]:
    change = w("water.change_none")
    if one.before is not None:
        words = {"since": fmt.period(one.before.period, w)}
        key = f"{one.change.direction}_{one.change.size}" if one.change else "disputed"
        change = w(f"water.change_{key}", **words)
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
@auto_refresh
def readings(v: Visit) -> None:
    """Automatic readings by section, each item beside the class Ⅲ limit; what thin air means for oxygen."""
    w, report = v.w, water.overview(v.today)
    page.section(w("water.readings_title"), w("water.readings_sub"))
    page.show(live.line(water_pieces.freshness_of(report, v), w), theme=THEME)
    if not report.readings:
        page.show(cards.no_value(w))
        return
    shown = [_reading_card(report.river.section(some[0].section_id), some[:HOURS], v) for some in report.readings]
    page.show(cards.grid(shown, "two"), theme=THEME)
    if thin := report.oxygen:
        said = w(
            "water.oxygen_note",
            share=fmt.number(thin.share_of_sea_level_pct),
            pressure=fmt.number(thin.pressure_hpa),
            needed=fmt.plain(thin.needed_mgl),
            warmest=fmt.number(thin.warmest_c),
        )
        page.show(html('<p class="note">{said}</p>{}', cards.source_note(thin.provenance, w), said=said), theme=THEME)


def _reading_card(section: Section, some: Sequence[Reading], v: Visit) -> Markup:
    w, last = v.w, some[0]
    header = [w("water.column_item"), *(_hour(one, v) for one in some), w("water.column_limit")]
    rows = [[_item_label(last.items[n], w), *(_value(one, n, w) for one in some), water_words.limit(item)]
            for n, item in enumerate(last.items)]  # fmt: skip
    rows += [_reference_row(n, some, w) for n in range(len(last.reference))]
    rows.append([w("water.judged_here"), *(_chip_or_dash(one.judged.water_class, w) for one in some), ""])
    rows.append([w("water.judged_there"), *(_chip_or_dash(one.site_class, w) for one in some), ""])
    body = html('<div class="readings">{}</div>', cards.table(header, rows, numeric=range(1, len(header))))
    body += cards.line(_decided(last, v))
    told = provenance.merged((one.provenance for one in some), last.provenance.kind, last.provenance.period)
    label = w("water.reading_card", section=water_words.section_name(section, w), river=w.of(section.river.name))
    return cards.card(label, body, foot=cards.source_note(told, w))


def _hour(one: Reading, v: Visit) -> str:
    """The hour in few letters, with the year where it is not this one."""
    name = "water.day_short" if one.at.year == v.today.year else "water.day_short_year"
    month = v.w(f"site.month_short_{one.at.month}")
    return v.w("water.at_hour", day=v.w(name, month=month, day=one.at.day, year=one.at.year), hour=one.at.hour)


def _item_label(item: Item, w: Words) -> Markup:
    assert item.limits is not None
    unit = (
        Markup()
        if item.limits.item_unit == "-"
        else html(' <span class="muted small">{}</span>', item.limits.item_unit)
    )
    return w.of(item.limits.name) + unit


def _value(one: Reading, n: int, w: Words) -> str:
    """A value with its class; the items that decide the section's class carry its colour."""
    item = one.items[n]
    if item.value is None or item.water_class is None:
        return _absent(item, w)
    numeral = water_words.numeral(item.water_class, w)
    decides = item.column in one.judged.deciding
    mark = cards.chip(numeral, WATER_CLASSES[item.water_class], square=True) if decides else numeral
    return html('{} <span class="muted mark">{mark}</span>', fmt.plain(item.value), mark=mark)


def _reference_row(n: int, some: Sequence[Reading], w: Words) -> list[str]:
    column = some[0].reference[n].column
    unit = html(' <span class="small">{}</span>', water_words.REFERENCE_UNITS[column])
    return [
        html('<span class="muted">{}{unit}</span>', w(f"water.item_{column}"), unit=unit),
        *(_reference(one.reference[n], w) for one in some),
        html('<span class="muted small">{}</span>', w("water.not_judged")),
    ]


def _reference(item: Item, w: Words) -> str:
    return _absent(item, w) if item.value is None else html('<span class="muted">{}</span>', fmt.plain(item.value))


def _absent(item: Item, w: Words) -> str:
    """A dash, or that quality control withheld the value."""
    return html('<span class="muted small">{}</span>', w("water.withheld")) if item.why_not else "—"


def _chip_or_dash(water_class: int | None, w: Words) -> str:
    return "—" if water_class is None else water_pieces.class_chip(water_class, w, official=False)


def _decided(one: Reading, v: Visit) -> str:
    """How old the last reading is and which items decide its class (none of class Ⅰ)."""
    w, age = v.w, fmt.ago(v.now - one.at, v.w)
    names = w("water.list_comma").join(water_words.item_name(i, w) for i in one.judged.deciding)
    return w("water.decided", age=age, items=names) if names else w("water.last_reading", age=age)


# ── results against targets ──────────────────────────────────────────────────────────────────────────────────────────
def results(v: Visit, report: Water) -> None:
    """Shares of good sections over time, definitions apart; then the promises with a number."""
    w = v.w
    page.section(w("water.results_title"), w("water.results_sub"))
    goal = next((p for p in report.kept if p.indicator.indicator_id == "provincial_sections_good_pct"), None)
    left, right = st.columns(2, gap="large")
    with left:
        _shares(v, *report.national, None)
    with right:
        _shares(v, *report.both, goal)
    told = [p for p in report.running if p.target.target_value is not None or p.latest is not None]
    running = [p for p in told if p.target.tier == "table" and p is not report.reclaimed]
    for name, rows in (("old", report.kept), ("running", running)):
        shown = cards.grid((promise.card(p, w) for p in rows), "three")
        page.show(_headed(w(f"water.results_{name}"), w(f"water.results_{name}_sub"), shown), theme=THEME)


def _shares(v: Visit, before: Measured, after: Measured, goal: Promise | None) -> None:
    w, first, second = v.w, charts.of_years(before), charts.later(before, after)
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
        title=title,
        sub=fmt.sentences(w, *later, w("published.key")),
        alt=w("water.share_alt", figures=published.read_aloud([*first, *second], w, "%")),
        provenance=provenance.merged(
            (p.provenance for p in reversed(every)), "published", f"{start.period}/{every[-1].end_year}"
        ),
        data=_both_definitions(before, after, w),
    )


def _share_title(one: Measured, start: Point, end: Point, w: Words) -> str:
    """How the share moved from its first to its last figure, where they may be compared."""
    name, found = cards.data_name(one.indicator, w), compare(start, end)
    if found.difference is None:
        return differences.apart(name, start, end, found, "%", w)
    turn = "held" if found.difference == 0 else "rose" if found.difference > 0 else "fell"
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
        frame = published.frame(one.points, w, "%")  # itself kept: named in a copy
        named = {w("water.column_definition"): w.of(one.indicator.name)}
        frames.append(frame.assign(**named)[[*named, *frame.columns]])
    return pd.concat(frames, ignore_index=True)


# ── what people drink, and what is done ──────────────────────────────────────────────────────────────────────────────
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
            _headed(w("water.outfalls_title"), w("water.outfalls_note"), _outfalls(report.outfalls, w)), theme=THEME
        )
    page.show(
        cards.grid(figure_cards.card(w.of(one.indicator.name), one.points, w) for one in report.works), theme=THEME
    )


def _outfalls(points: Sequence[Point], w: Words) -> Markup:
    """Counts of outfalls by different scopes, each a card with the words it was published with."""
    return cards.grid((figure_cards.card(w("water.outfalls"), (p,), w) for p in points), "three")


def _headed(title: str, sub: str, body: Markup) -> Markup:
    return html(
        '<h3>{title}</h3><p class="sub" style="margin-bottom:.7rem">{sub}</p>{body}', title=title, sub=sub, body=body
    )


# ── every promise, what is unknown, contradictions ───────────────────────────────────────────────────────────────────
def promises(v: Visit, report: Water) -> None:
    """Every water promise of the running plans, row by row."""
    w = v.w
    page.section(w("water.promises_title"), w("water.promises_sub"))
    for title, rows in (("water.promises_city", report.running), ("water.promises_district", report.district)):
        if rows:
            page.show(cards.folded(w(title, n=len(rows)), promise_table.table(rows, w)), theme=THEME)


def unknown(v: Visit, report: Water) -> None:
    """What was not found, then where documents contradict each other."""
    w, sections = v.w, report.river.sections
    page.section(w("water.unknown_title"), w("water.unknown_sub"))
    aimed = sum(s.aim is not None and not s.aim.of_river for s in sections)
    items = [
        w("water.unknown_sections", n=len(sections), aimed=aimed),
        w("water.unknown_delegated", n=report.delegated),
        w("water.unknown_volumes"),
        w("water.unknown_bulletins"),
    ]
    if report.reclaimed and report.reclaimed.latest is None:
        items.insert(2, w("water.unknown_reclaimed", year=report.reclaimed.target.baseline_year))
    page.show(cards.notes(items), theme=THEME)
    page.section(w("water.contradictions_title"), w("water.contradictions_sub"))
    page.show(conflict_cards.grid(conflicts.of_theme(THEME), w), theme=THEME)
