"""Blocks of the actions page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from reports import actions
from reports.actions import Batch, Count, Done, Industry, Load, Part, Status, Tasks
from reports.conflicts import Conflict
from reports.figures import Measured, Point
from reports.provenance import Provenance
from store import geo, records
from store.records import both
from views.cached import cached_rendering, cached_rendering_of
from views.charts import actions as charts
from views.charts import maps as deck_maps
from views.drawings import maps
from views.site import page
from views.text import actions as action_words
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.tokens import rgb, tokens
from views.ui import bars, cards, figure_cards, figure_table, inline
from views.ui import conflicts as conflict_cards
from views.ui.bars import Bar
from views.visit import Visit

THEME = "actions"
MOST_LOADED, AT_SIGHT = 12, 5
INNER_CITY = (101.6, 36.49, 101.94, 36.75)
LARGE_KM2 = 1000  # on the map of the whole city only such districts are named: elsewhere names would cover each other
PILLS = {"past": "due_not_found", "ahead": "on_the_way", "ongoing": ""}
STATUS_PILLS = {"not_started": "", "running": "on_the_way", "done": "met", "delayed": "behind"}
DEEPEST = 0.6  # how far the map's darkest shade goes from the ground to grey


def lead(v: Visit, report: Tasks) -> None:
    """How many pieces of work are due, and what is known of them; that the plan is only a draft."""
    w, past, unknown = v.w, len(report.past), len(report.past_unpublished)
    numbers = {"tasks": report.tasks_n, "parts": len(report.parts), "dated": len(report.dated)}
    if past:
        kind = "none" if unknown == past else "some"
        headline = w.html(f"actions.headline_due_{kind}", **numbers, past=past, unknown=unknown)
    else:
        headline = w.html("actions.headline_ahead", **numbers)
    reported = len(report.reported)
    known = w("actions.lead_reported", n=reported) if reported else w("actions.lead_unreported")
    sentences = [w("actions.lead", plan=w.of(report.plan.name)), known]
    if following := report.following:
        part = following.parts[0]
        sentences.append(w("actions.lead_next", n=len(following.parts), day=_day(part, w), days=part.days_left))
    page.head(v, THEME, headline, fmt.sentences(w, *sentences))


def _comma(w: Words, items: Iterable[str]) -> str:
    return w("actions.comma").join(items)


def _day(part: Part, w: Words) -> str:
    return fmt.day(part.due, w) if part.due else w("actions.day_none")


def timeline(v: Visit, report: Tasks) -> None:
    """When the work is due."""
    w = v.w
    page.section(w("actions.timeline_title"), w("actions.timeline_sub"))
    ahead = report.following
    title = (
        w("actions.timeline_message", past=len(report.past), next=len(ahead.parts), day=_day(ahead.parts[0], w))
        if ahead
        else w("actions.timeline_over", past=len(report.past))
    )
    data = pd.DataFrame(
        {
            w("actions.column_day"): [_day(part, w) for one in report.deadlines for part in one.parts],
            w("actions.column_no"): [part.number for one in report.deadlines for part in one.parts],
            w("actions.column_task"): [w.of(part.row.title) for one in report.deadlines for part in one.parts],
            w("actions.column_state"): [action_words.state(part, w) for one in report.deadlines for part in one.parts],
        }
    )
    counts = _comma(w, (f"{_day(one.parts[0], w)} {w('actions.pieces', n=len(one.parts))}" for one in report.deadlines))
    made = charts.deadlines(report, v.today, w, v.dark)
    page.chart(
        v, made, title=title, alt=w("actions.timeline_alt", counts=counts), provenance=report.provenance, data=data
    )


def board(v: Visit, report: Tasks, draft: Conflict, known: tuple[Point, ...]) -> None:
    """Every piece of work with the bodies responsible, by chapter of the plan, filtered as the visitor likes.

    ``draft``: what is known of the plan's text; ``known``: what was published of the district it is for.
    """
    w = v.w
    page.section(w("actions.board_title"), w("actions.board_sub"))
    shown = _filtered(report, w)
    page.show(cards.line(w("actions.shown", n=len(shown)) if shown else w("actions.none_shown"), "muted"))
    for group in dict.fromkeys(w.of(part.row.group) for part in shown):
        mine = [part for part in shown if w.of(part.row.group) == group]
        page.show(inline.heading(group, 3) + cards.grid((_task(part, w) for part in mine), "two"))
    page.show(cards.folded(w("actions.draft_known"), conflict_cards.grid([draft], w)))
    table = figure_table.table(known, w, home=actions.DISTRICT[0])
    page.show(cards.folded(w("actions.district_known", n=len(known)), cards.line(w("actions.district_note")) + table))


def _filtered(report: Tasks, w: Words) -> list[Part]:
    parts = report.parts
    themes = list(dict.fromkeys(part.row.theme for part in parts))
    theme = st.pills(
        w("actions.by_theme"), themes, format_func=lambda one: w(f"site.themes.{one}"), key="actions_theme"
    )
    left, right = st.columns(2)
    with left:
        body = _body(report.loads, w)
    with right:
        states = [one for one in actions.STATES if any(part.state == one for part in parts)]
        due = st.segmented_control(
            w("actions.by_state"), states, format_func=lambda one: w(f"actions.state_{one}"), key="actions_state"
        )
    return [
        part
        for part in parts
        if theme in (None, part.row.theme) and due in (None, part.state) and (body is None or body in part.bodies)
    ]


def _body(loads: Sequence[Load], w: Words) -> str | None:
    names = {load.body.body_id: w.of(load.body.name) for load in loads}
    return st.selectbox(
        w("actions.by_body"),
        list(names),
        index=None,
        format_func=lambda one: names.get(one, ""),
        key="actions_body",
        placeholder=w("actions.all_bodies"),
        filter_mode=None,
    )


@cached_rendering_of("facts")
def _task(part: Part, w: Words) -> Markup:
    """One piece of work: its title, its state and the responsible bodies at sight, the rest one click away."""
    kind = "behind" if part.late else STATUS_PILLS[part.status.word] if part.status else PILLS[part.state]
    title = inline.strong(f"{part.number} {w.of(part.row.title)}")
    pill = cards.state(kind, action_words.state(part, w))
    responsible = inline.below(w("actions.responsible", names=_names(part.responsible, w)))
    return cards.opening(title + " \N{NO-BREAK SPACE}" + pill + responsible, _more(part, w))


def _more(part: Part, w: Words) -> Markup:
    body = cards.line(w.of(part.row.action))
    if part.support:
        body += cards.line(w("actions.supporting", names=_names(part.support, w)), "muted small")
    theme = w(f"site.themes.{part.row.theme}")
    body += cards.line(f"{theme} · {_day(part, w)}", "muted small")
    if part.status:
        body += cards.line(w("actions.status_of", state=action_words.state(part, w), text=_progress(part.status, w)))
        body += cards.source_note(part.status.provenance, w)
    if part.result:
        body += cards.line(
            w("actions.result", value=figure_cards.value(part.result, w), period=fmt.period(part.result.period, w))
        )
        body += cards.source_note(part.result.provenance, w)
    return body + cards.source_note(part.provenance, w)


def _progress(status: Status, w: Words) -> str:
    """What was reported, in the visitor's language where it has words for it."""
    text = status.row.text
    report = (w.of(text) or text.zh) if text else ""
    return w("actions.status_text", text=report) if report else ""


def _names(bodies: Iterable[records.Body], w: Words) -> str:
    return _comma(w, (w.of(body.name) for body in bodies))


def load(v: Visit, report: Tasks) -> None:
    """Whom the plan names most often, as responsible or as supporting body."""
    w, first = v.w, report.loads[0]
    page.section(
        w("actions.load_title", name=w.of(first.body.name), n=first.responsible, support=first.support),
        w("actions.load_sub"),
    )
    shown = [
        Bar(
            w.of(one.body.name),
            ((one.responsible, "var(--accent)"), (one.support, "var(--none)")),
            _carried(one, w),
        )
        for one in report.loads
    ]
    rest = cards.folded(w("actions.load_rest", n=len(shown) - MOST_LOADED), bars.rows(shown[MOST_LOADED:]))
    page.show(cards.card("", bars.rows(shown[:MOST_LOADED]) + rest, foot=cards.source_note(report.provenance, w)))


def _carried(one: Load, w: Words) -> str:
    kind = "both" if one.responsible and one.support else "responsible" if one.responsible else "support"
    return w(f"actions.load_{kind}", n=one.responsible, support=one.support)


def done(v: Visit, measures: tuple[Done, ...]) -> None:
    """What was done, by theme, as published."""
    page.section(v.w("actions.done_title"), v.w("actions.done_sub"))
    page.show(cards.grid((_list(one, v.w) for one in measures), "two"))


def watched(v: Visit, network: tuple[Done, ...]) -> None:
    """What is measured and watched, and where the numbers stop."""
    last = max(one.end_year for one in network)
    page.section(v.w("actions.network_title"), v.w("actions.network_sub", year=last))
    page.show(cards.grid((_list(one, v.w) for one in network), "three"))


def _list(one: Done, w: Words, title: str = "") -> Markup:
    rows = [_figure(series, point, w) for series, point in one.latest_first]
    body = join(rows[:AT_SIGHT])
    if len(rows) > AT_SIGHT:
        body += cards.folded(w("actions.more_figures", n=len(rows) - AT_SIGHT), join(rows[AT_SIGHT:]))
    sources = cards.source_note(one.provenance, w, summary=_sources(one, w))
    return cards.card(title or w(f"site.themes.{one.theme}"), body, foot=sources)


def _sources(one: Done, w: Words) -> str:
    return w("actions.documents", n=len({source.document.document_id for source in one.provenance.sources}))


def _figure(series: Measured, point: Point, w: Words) -> Markup:
    """One published amount: what, how much, of when; what the source adds to it."""
    note = w.of(point.row.note)
    small = " · ".join(text for text in (fmt.period(point.period, w), note) if text)
    return cards.pair(w.of(series.indicator.name), small, figure_cards.value(point, w))


def green_industry(v: Visit, report: Industry) -> None:
    """The development zone: less energy for the same value, green titles, what its factories make."""
    w = v.w
    page.section(w("actions.industry_title"), w("actions.industry_sub"))
    fell = report.energy_fell
    shown = [
        Bar(fmt.period(p.period, w), ((abs(p.value or 0), "var(--accent)"),), f"{fmt.signed(p.value or 0, 1)}%")
        for p in report.energy
    ]
    body = bars.rows(shown) + cards.line(
        w("actions.energy_note" if fell else "actions.energy_note_moved"), "muted small"
    )
    if city := report.city_energy:
        of_city = w("actions.energy_city", period=fmt.period(city.period, w), value=fmt.signed(city.value or 0, 1))
        body += cards.line(of_city) + cards.source_note(city.provenance, w)
    title = w("actions.energy_fell" if fell else "actions.energy_moved", n=len(report.energy))
    energy = cards.card(title, body, foot=cards.source_note(report.provenance, w))
    won = _list(report.titles, w, w("actions.titles"))
    page.show(cards.grid([energy, won], "two"))
    more = cards.grid(
        [_list(report.works, w, w("actions.works")), _list(report.capacity, w, w("actions.capacity"))], "two"
    )
    page.show(cards.folded(w("actions.industry_more"), more))


def complaints(v: Visit, batch: Batch, every: Measured) -> None:
    """One day's batch of residents' reports: where, about what, by which way; and how many were in the other batches."""
    w, c = v.w, tokens(v.dark)
    day = fmt.day(batch.day, w)
    page.section(
        w("actions.complaints_title"), w("actions.complaints_sub", day=day, number=batch.number, total=batch.total)
    )
    page.note(w("actions.complaints_note"), warn=True)
    left, right = st.columns([3, 2])
    with left:
        _map(v, batch)
    first, second = batch.leading_kinds
    names = {"first": w.of(first.row.name), "second": w.of(second.row.name).lower()}
    message = w("actions.kinds_message", **names, n=first.n + second.n, total=batch.total)
    source_note = cards.source_note(batch.provenance, w)
    with right:
        kinds = cards.card(message, _bars(batch.by_kind, w, c.none), foot=source_note)
        channels = cards.card(w("actions.channels"), _bars(batch.by_channel, w, c.none), foot=source_note)
        page.show(cards.grid([kinds, channels, _batches(every, w, c.none)]))
    inner = maps.still(_scene(batch, w, v.dark, inner=True), width=380)
    inset = cards.card(w("actions.inner_city"), cards.narrow(inner, 24), foot=source_note)
    districts = cards.card(w("actions.districts"), _bars(batch.by_district, w, c.none), foot=source_note)
    page.show(cards.grid([inset, districts], "two"))


def _batches(every: Measured, w: Words, color: str) -> Markup:
    """What was found of the batches, each with its day; those not found are not guessed."""
    shown = [
        Bar(
            fmt.period(point.period, w),
            ((point.value or 0, color),),
            w("actions.reports", n=fmt.plain(point.value or 0)),
        )
        for point in every.points
    ]
    note = cards.line(w("actions.batches_note"), "muted small")
    return cards.card(
        w("actions.batches", n=len(shown)), bars.rows(shown) + note, foot=cards.source_note(every.provenance, w)
    )


def _map(v: Visit, batch: Batch) -> None:
    w, most = v.w, batch.by_district[0]
    scene = _scene(batch, w, v.dark)
    title = w("actions.map_title", name=w.of(most.row.name), n=most.n)
    made, still = deck_maps.deck(scene, v.dark), maps.still(scene)
    page.deck(v, made, title=title, alt=scene.title, provenance=batch.provenance, still=still, height=430)


def _bars(counts: Sequence[Count], w: Words, color: str) -> Markup:
    return bars.rows([Bar(w.of(one.row.name), ((one.n, color),), w("actions.reports", n=one.n)) for one in counts])


def _counted(counts: Sequence[Count], w: Words) -> str:
    return _comma(w, (f"{w.of(one.row.name)} {one.n}" for one in counts))


@cached_rendering
def _scene(batch: Batch, w: Words, dark: bool, *, inner: bool = False) -> maps.Scene:
    """Districts in shades of one grey by their count; each is labelled with it, and named where names do not collide."""
    c = tokens(dark)
    most = batch.by_district[0].n
    counts = {one.row.area_id: one.n for one in batch.by_district if one.row.area_id}
    fills = {area: mix(c.faint, c.none, DEEPEST * n / most) for area, n in counts.items()}
    tips = {
        one.row.area_id: f"{w.of(one.row.name)} {w('actions.reports', n=one.n)}"
        for one in batch.by_district
        if one.row.area_id
    }
    shapes = maps.districts(w, fills=fills, default=c.faint, tips=tips)
    places = [feature["properties"] for feature in geo.features("districts")]
    dots = tuple(
        _numbered(place, counts[place["area_id"]], named=inner or place["area_km2"] > LARGE_KM2, color=c.ink, w=w)
        for place in places
        if place["area_id"] in counts and not (inner and place["area_km2"] > LARGE_KM2)
    )
    bounds = INNER_CITY if inner else maps.WHOLE_CITY
    return maps.Scene(shapes, (), dots, bounds, _counted(batch.by_district, w))


def _numbered(district: Mapping[str, Any], count: int, *, named: bool, color: str, w: Words) -> maps.Dot:
    lon, lat = district["label_point"]
    label = f"{w.of(both(district, 'short'))} {count}" if named else str(count)
    return maps.Dot(lon, lat, color, label, radius=2)


def mix(start: str, end: str, share: float) -> str:
    """A colour between two."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(start), rgb(end), strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


def hotlines(v: Visit, numbers: tuple[tuple[str, Provenance], ...]) -> None:
    """Whom to call for what."""
    w = v.w
    page.section(w("actions.hotlines_title"), w("actions.hotlines_sub"))
    page.show(cards.grid((_hotline(number, provenance, w) for number, provenance in numbers), "two"))


def _hotline(number: str, provenance: Provenance, w: Words) -> Markup:
    body = cards.call(number) + cards.line(w(f"actions.hotline_{number}"))
    return cards.card(w(f"actions.hotline_name_{number}"), body, foot=cards.source_note(provenance, w))
