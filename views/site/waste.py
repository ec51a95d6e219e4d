"""Blocks of the waste page."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from reports import provenance
from reports.figures import Measured, Point, compare
from reports.schemes import Scheme
from reports.waste import Cells, Flow, Household, Stream, Waste
from views.charts import published
from views.drawings import course, waste_flow
from views.drawings import model as drawn_model
from views.site import page
from views.site.sheet import Download, columns, drawn_once
from views.text import answers, differences
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import bars, cards, figure_cards, inline, promise, promise_table
from views.ui import conflicts as conflict_cards
from views.ui import waste as waste_pieces
from views.visit import Visit

THEME = "waste"


@drawn_once()
def lead(v: Visit, report: Waste) -> None:
    """The page's answer."""
    page.head(v, THEME, *answers.of_waste(report, v.w))


@drawn_once()
def at_a_glance(v: Visit, report: Waste) -> None:
    """Where factory waste went, as a drawing, beside the share put to use by year."""
    left, right = columns(1, 1)
    with left:
        if report.flow:
            page.show(_factory(v, report.flow), theme=THEME)
    with right:
        _path(v, report)


@drawn_once()
def flows(v: Visit, report: Waste) -> None:
    """Household waste as numbers."""
    if report.household:
        page.section(v.w("waste.household_title"))
        page.show(_household(report.household, v.w), theme=THEME)


def _factory(v: Visit, report: Flow) -> Markup:
    """Where factory waste went: the drawing, and the table behind it."""
    w = v.w
    of_year = waste_pieces.flow(report, w)
    data = pd.DataFrame(
        {
            w("waste.column_where"): [w("waste.generated_short"), *(way.name for way in of_year.ways)],
            w("waste.column_amount"): [of_year.generated, *(way.amount for way in of_year.ways)],
            w("waste.column_share"): ["100%", *(way.share for way in of_year.ways)],
        }
    )
    title, drawn, note = w("waste.factory", period=of_year.period), waste_flow.drawing(of_year, w), w("waste.rest_note")
    table = cards.folded(w("site.show_table"), page.frame_table(data))
    downloads = page.download_links(v, Download("factory-waste", title, note, drawn, report.provenance, data))
    return cards.card(
        title,
        cards.narrow(drawn, 30) + cards.line(note, "muted small"),
        foot=cards.source_note(report.provenance, w) + table + downloads,
    )


def _household(made: Household, w: Words) -> Markup:
    """What is known of household waste, as cards next to the drawing."""
    ovens, food = ((made.capacity,) if made.capacity else ()), ((made.food,) if made.food else ())
    remarks = [w("waste.capacity", amount=figure_cards.value(p, w), period=fmt.period(p.period, w)) for p in ovens]
    shown = [
        figure_cards.card(w("waste.burnt"), (made.burnt,), w, remarks=remarks, also=ovens),
        _power(made, w),
        *(figure_cards.card(w("waste.food"), (point,), w) for point in food),
        cards.card(w("waste.collected"), cards.no_value(w) + cards.line(w("waste.collected_note"))),
    ]
    return cards.grid(shown)


def _power(made: Household, w: Words) -> Markup:
    body = figure_cards.large(made.power, w) + cards.line(w("waste.per_tonne", kwh=fmt.number(made.kwh_per_t)))
    return cards.card(w("waste.power"), body, foot=cards.source_note(made.provenance, w))


@drawn_once()
def streams(v: Visit, found: Sequence[Stream]) -> None:
    """Every other kind of waste: which share of it went where, how much of it, and what is not known."""
    w = v.w
    page.section(w("waste.streams_title"), w("waste.streams_sub"))
    page.show(cards.grid((_stream(one, w) for one in found), "three"), theme=THEME)


def _stream(one: Stream, w: Words) -> Markup:
    """One kind: its share as a bar with the open rest, its amount, and where the rest went."""
    known = [point for point in (one.share, one.amount) if point]
    body, name = Markup(), w(f"waste.stream.{one.kind}")
    if one.share is not None and one.rest_pct is not None:
        share = one.share
        body += cards.line(
            w(f"waste.share.{one.kind}", period=fmt.period(share.period, w), share=figure_cards.value(share, w))
        )
        body += bars.rest(share.value or 0, "var(--leaf)", w("waste.bar_alt", share=figure_cards.value(share, w)))
        body += cards.line(_rest(share, one.rest_pct, w), "muted small")
    if one.amount is not None:
        amount = w(
            f"waste.amount.{one.kind}",
            period=fmt.period(one.amount.period, w),
            amount=figure_cards.value(one.amount, w),
        )
        body += cards.line(amount)
    body += cards.line(w(f"waste.unknown.{one.kind}"), "muted small")
    if not known:
        return cards.card(name, cards.no_value(w) + body)
    sources = provenance.merged((point.provenance for point in known), "published", known[0].period)
    return cards.card(name, body, foot=cards.source_note(sources, w))


def _rest(share: Point, rest: float, w: Words) -> str:
    if not rest:
        return w("waste.rest_none")
    return w("waste.rest_at_most" if share.op == ">=" else "waste.rest_open", rest=fmt.plain(rest))


@drawn_once()
def model(v: Visit, pilot: Scheme, later: Scheme) -> None:
    """The city's own model: the pilot's 134N as a drawing, the three systems named later."""
    w = v.w
    page.section(w("waste.model_title"), w("waste.model_sub"))
    heads = [w(f"waste.head_{name.lower()}") for name, _ in pilot.groups]
    parts = w("waste.list_comma").join(
        f"{head} {w('waste.list_and').join(w.of(one.name) for one in parts)}"
        for head, (_, parts) in zip(heads, pilot.groups, strict=True)
    )
    drawn = drawn_model.drawing(pilot, heads, w, title=w("waste.model_alt", parts=parts))
    data = pd.DataFrame(
        [(head, w.of(one.name)) for head, (_, parts) in zip(heads, pilot.groups, strict=True) for one in parts],
        columns=[w("waste.column_group"), w("waste.column_part")],
    )
    downloads = page.download_links(
        v, Download("waste-model", w("waste.model_134n"), "", drawn, pilot.provenance, data)
    )
    foot = cards.source_note(pilot.provenance, w) + downloads
    left = cards.card(w("waste.model_134n"), cards.narrow(drawn, 30), foot=foot)
    systems = (cards.value(one.group, w.of(one.name)) + cards.line(w.of(one.what)) for one in later.parts)
    body = join(systems) + cards.line(w("waste.later_unknown"), "muted small gap")
    right = cards.card(w("waste.later"), body, foot=cards.source_note(later.provenance, w))
    page.show(cards.grid([left, right], "two"), theme=THEME)


@drawn_once()
def at_home(v: Visit, things: Sequence[tuple[str, Point | None]]) -> None:
    """What a household can do, each with the figure nearest to it."""
    w = v.w
    page.section(w("waste.home_title"), w("waste.home_sub"))
    page.show(cards.grid((_thing(name, nearest, w) for name, nearest in things), "three"), theme=THEME)


def _thing(name: str, nearest: Point | None, w: Words) -> Markup:
    body = cards.line(w(f"waste.home.{name}_do"))
    if nearest is None:
        return cards.card(w(f"waste.home.{name}"), body + cards.line(w("waste.home_no_figure"), "muted small"))
    number = figure_cards.value(nearest, w)
    body += cards.line(
        w(f"waste.home.{name}_figure", period=fmt.period(nearest.period, w), value=number), "muted small"
    )
    return cards.card(w(f"waste.home.{name}"), body, foot=cards.source_note(nearest.provenance, w))


@drawn_once()
def rates(v: Visit, report: Waste) -> None:
    """Rates against the city plan's targets; then what has a rate but no target, and the intensity."""
    w = v.w
    page.section(w("waste.rates_title"), w("waste.rates_sub"))
    own = [promise.card(one, w) for one in report.rated]
    remarks = (w("waste.no_target"),)
    others = [
        figure_cards.card(cards.data_name(one.indicator, w), one.points, w, remarks=remarks)
        for one in report.untargeted
        if one.points
    ]
    page.show(cards.grid([*own, *others, *_intensity(report, w)], "three"), theme=THEME)


def _intensity(report: Waste, w: Words) -> list[Markup]:
    one, change = report.intensity, report.intensity_change_pct
    if len(one.points) < 2:
        return []
    first, last = one.points[0], one.points[-1]
    if change is None:
        return [figure_cards.card(cards.data_name(one.indicator, w), one.points, w)]
    sentence = w(
        "waste.intensity",
        first=figure_cards.value(first, w),
        period=fmt.period(first.period, w),
        change=fmt.number(-change),
    )
    body = figure_cards.large(last, w) + cards.line(sentence)
    body += cards.line(w.of(one.indicator.meaning), "muted small")
    return [cards.card(cards.data_name(one.indicator, w), body, foot=cards.source_note(one.provenance, w))]


def _path(v: Visit, report: Waste) -> None:
    """The share put to use by year beside its target."""
    w, points = v.w, report.utilisation.points
    if len(points) < 2:
        return
    title = _path_title(report.utilisation, w)
    alt = w("waste.path_alt", figures=course.read_aloud(points, w, "%"))
    page.drawing(
        v,
        course.drawing(points, report.utilisation_goal, w, color="var(--earth)", unit="%", title=alt, joined=False),
        download="factory-waste-used",
        title=title,
        sub=fmt.sentences(w, w("waste.path_sub"), w("published.from_not_zero"), w("published.key")),
        provenance=report.utilisation.provenance,
        data=published.frame(points, w, "%"),
    )


def _path_title(one: Measured, w: Words) -> str:
    """How the share moved between its last two figures, where they may be compared."""
    before, last = one.points[-2], one.points[-1]
    found = compare(before, last)
    if found.difference is None:
        return differences.apart(cards.data_name(one.indicator, w), before, last, found, "%", w)
    return w(
        f"waste.path_{'fell' if found.difference < 0 else 'rose'}",
        before=fmt.plain(before.value or 0),
        then=fmt.period(before.period, w),
        last=fmt.plain(last.value or 0),
        now=fmt.period(last.period, w),
    )


@drawn_once()
def cells(v: Visit, made: Cells) -> None:
    """Zero-waste cells: each count in the words it was published with."""
    w = v.w
    page.section(w("waste.cells_title"), w("waste.cells_sub"))
    shown = [_cell_card(point, made.kinds_of(point), w) for point in made.counts]
    shown += [figure_cards.card(w("waste.guides"), made.guides, w)] if made.guides else []
    shown.append(cards.card(w("waste.by_kind"), cards.no_value(w) + cards.line(w("waste.by_kind_note"))))
    page.show(cards.grid(shown), theme=THEME)


def _cell_card(point: Point, kinds: Point | None, w: Words) -> Markup:
    """A count of cells, with the number of kinds where it is known."""
    also = (kinds,) if kinds else ()
    remarks = [w("waste.kinds", n=figure_cards.value(one, w)) for one in also]
    return figure_cards.card(w(f"waste.cells_{point.row.kind}"), (point,), w, remarks=remarks, also=also)


@drawn_once()
def recycling(v: Visit, report: Waste) -> None:
    """Three published rates of household waste that are not one series."""
    w = v.w
    page.section(w("waste.recycling_title"), w("waste.recycling_sub"))
    shown = [figure_cards.card(w.of(one.indicator.name), one.points, w) for one in report.recycling if one.points]
    page.show(cards.grid(shown, "three"), theme=THEME)


@drawn_once()
def yardsticks(v: Visit, report: Waste) -> None:
    """What the city is judged by: the two national lists, the pilot's tasks, and the grade nobody published."""
    w = v.w
    page.section(w("waste.yardsticks_title"))
    lists = report.indicator_lists
    shown = [conflict_cards.card(lists, w, w.of(lists.first.sources[0].document.note))] if lists else []
    if report.pilot:
        done = join(_task_line(point, w) for point in report.pilot)
        shown.append(cards.card(w("waste.pilot"), done + cards.line(w("waste.pilot_note"), "muted small")))
    if report.plan_tasks:
        shown.append(figure_cards.card(w("waste.plan_tasks"), (report.plan_tasks,), w))
    shown.append(cards.card(w("waste.grade"), cards.no_value(w, "site.not_found") + cards.line(w("waste.grade_note"))))
    page.show(cards.grid(shown, "two"), theme=THEME)


def _task_line(point: Point, w: Words) -> Markup:
    sentence = w("waste.tasks_done", n=figure_cards.value(point, w), note=w.of(point.row.note))
    return cards.wrapped("", join([sentence, cards.source_note(point.provenance, w)]))


@drawn_once()
def promises(v: Visit, report: Waste) -> None:
    """Every waste promise of the city plan and of the district plan, row by row."""
    page.section(v.w("waste.promises_title"), v.w("waste.promises_sub"))
    for title, rows in (("waste.promises_city", report.promised), ("waste.promises_district", report.district)):
        if rows:
            page.show(
                inline.heading(v.w(title, plan=v.w.of(rows[0].plan.short)), 3) + promise_table.table(rows, v.w),
                theme=THEME,
            )


@drawn_once()
def contradictions(v: Visit, report: Waste) -> None:
    """Where the documents contradict each other."""
    page.section(v.w("waste.contradictions_title"), v.w("waste.contradictions_sub"))
    folded = cards.folded(v.w("waste.contradictions_list"), conflict_cards.grid(report.contradictions, v.w))
    page.show(folded, theme=THEME)
