"""The air on a phone: this hour and what it means, pollutants, two days, days ahead, the year, stations."""

from markupsafe import Markup

from reports import advice, air, air_now, budget, latest, lookup, model, outlook
from reports.advice import Advice
from reports.air_now import Now, Station
from reports.latest import LatestAir
from store import records
from views.drawings import hours
from views.lite import overview, pieces
from views.lite.frame import Page, href
from views.text import air as air_words
from views.text import answers, marked, past_years
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import budget as budget_pieces
from views.ui import cards, live
from views.ui import outlook as outlook_pieces
from views.ui.air import AirIndex, PollutantRow
from views.ui.forecast import ModelledDay
from views.visit import Visit

HOURS = 24


def page(v: Visit) -> Page:
    """The air page."""
    w, newest, report = v.w, latest.of_air(v.now), air_now.now()
    this = air.year(air.latest_day().day.year)
    headline, lead = answers.of_air(this, air.rule_effect(this.year), w)
    body = [
        html("<h1>{}</h1>", w("lite.air_now" if newest.outside else "lite.air_last")),
        pieces.sky(newest, w),
        _for_me(newest, w),
        _places(report, w) if report else Markup(),
        _pollutants(newest, report, w),
        _hours(report, w) if report else Markup(),
        _same_day(newest.advice, w),
        _ahead(v),
        _year(v, this, headline, lead),
        _stations(report, w) if report else _known_stations(w),
    ]
    title, picture = overview.summary(newest, w), overview.picture(newest, w)
    return Page("air", "air", title, marked.plain(headline), join(body), picture, "air")


def _for_me(newest: LatestAir, w: Words) -> Markup:
    """The answer for each group while the air is this hour's; what each level asks for, always."""
    by_level = advice_pieces.by_level(newest.advice.rule, w)
    if not newest.outside:
        return pieces.block(
            w("lite.for_me"), html('<p class="note">{}</p>{by_level}', w("lite.too_old"), by_level=by_level)
        )
    ours = html('<p class="small muted">{}</p>', w("lite.ours"))
    return pieces.block(
        w("lite.for_me"), advice_pieces.groups(newest.advice.answers[1:], w, why=True) + ours + by_level
    )


def _places(report: Now, w: Words) -> Markup:
    """A district chosen by its stations: each has its own air and what it means there."""
    areas, known = lookup.areas(), lookup.stations()
    by_district: dict[str, list[Station]] = {}
    for one in report.stations:
        if one.hour.level and one.station_id in known:
            by_district.setdefault(known[one.station_id].area_id, []).append(one)
    if not by_district:
        return Markup()
    items = [
        html('<span class="label">{}</span> ', w.of(areas[area].name))
        + join((_to_station(one, w) for one in some), " · ")
        for area, some in by_district.items()
    ]
    near = html('<p><a href="/air?full=1&amp;lang={}">{}</a></p>', w.lang, w("lite.near"))
    return pieces.block(w("lite.by_place"), pieces.rows(items) + near, w("lite.by_place_sub"))


def _to_station(one: Station, w: Words) -> Markup:
    name = air_words.station_name(one, w)
    return html('<a href="{}">{name}</a>', href(w, f"station/{one.station_id}"), name=name)


def _pollutants(newest: LatestAir, report: Now | None, w: Words) -> Markup:
    """Those of the hour; those of the last whole day where the newest air is of a day."""
    if newest.advice.at is not None and report is not None:
        items = [pieces.pollutant(PollutantRow.of_hour(one, w)) for one in report.city.items]
        return pieces.block(w("air.now_items"), pieces.rows(items) + cards.source_note(report.city.provenance, w))
    day = newest.day or air.latest_day()
    items = [air_pieces.pollutant(PollutantRow.of_day(one, w)) for one in day.items]
    return pieces.block(w("air.against_limits"), pieces.rows(items) + cards.source_note(day.provenance, w))


def _hours(report: Now, w: Words) -> Markup:
    worst = air_now.worst_hour(report, HOURS)
    if worst is None:
        return Markup()
    title = w("air.course_day", worst=worst.aqi, when=fmt.hour(worst.at, w), last=report.city.aqi or "—")
    drawn = hours.hours(report.hours, w, title=title, names=air_words.level_names(w), last=HOURS)
    return pieces.block(title, drawn + cards.source_note(report.city.provenance, w))


def _same_day(newest: Advice, w: Words) -> Markup:
    past = advice.past_years(newest.day)
    if past is None:
        return Markup()
    items = [_of_year(one.day.year, AirIndex.of(one.aqi, one.level, w)) for one in past.days]
    drawn = pieces.rows(items, "years") + cards.source_note(past.provenance, w)
    return pieces.block(past_years.title(newest, past, w), drawn, past_years.sub(newest, w))


def _of_year(year: int, index: AirIndex) -> Markup:
    return html(
        '<small class="muted">{year}</small>{}<small>{}</small>',
        cards.chip(index.number, index.color),
        index.level,
        year=year,
    )


def _ahead(v: Visit) -> Markup:
    """The days the models see ahead; empty where they see none."""
    w, report = v.w, model.forecast(v.now)
    if report is None or not report.ranged:
        return Markup()
    items = [_day_ahead(ModelledDay.of(one, w)) for one in report.ranged]
    fresh = model.freshness_of(report, v.now)
    stale = Markup() if fresh.up_to_date else live.line(fresh, w)
    return pieces.block(
        w("air.ahead_title"), stale + pieces.rows(items) + cards.source_note(report.provenance, w), w("lite.ahead_sub")
    )


def _day_ahead(day: ModelledDay) -> Markup:
    chip = air_pieces.level_chip(day.index) if day.index.known else Markup()
    return pieces.row(day.day, html("<span>{chip} {}</span>", pieces.strong(day.hours), chip=chip))


def _year(v: Visit, this: air.Year, headline: Markup, lead: str) -> Markup:
    w, budgets = v.w, budget.both(v.today)
    left = budget_pieces.card(*budgets, w) + outlook_pieces.card(outlook.both(v.today), budgets, w)
    same = join(budget_pieces.same_period(budget.same_period(v.today), w))
    answer = html(
        '<p class="verdict">{headline}</p><p class="lead">{lead}</p>{}',
        cards.source_note(this.provenance, w),
        headline=headline,
        lead=lead,
    )
    return pieces.block(w("air.year_title", year=this.year), answer + left + same)


def _stations(report: Now, w: Words) -> Markup:
    items = [_station(one, w) for one in sorted(report.stations, key=lambda one: -(one.hour.aqi or 0))]
    sub = w("lite.stations_sub", time=fmt.hour(report.city.at, w))
    source = cards.source_note(report.city.provenance, w)
    return pieces.block(w("lite.stations", n=len(items)), pieces.rows(items) + source, sub)


def _station(one: Station, w: Words) -> Markup:
    index = AirIndex.of(one.hour.aqi, one.hour.level, w)
    value = cards.chip(index.text, index.color) if index.known else index.level
    name, to = air_words.station_name(one, w), href(w, f"station/{one.station_id}")
    return pieces.row(name, html("<span>{value}</span>", value=value), to=to)


def _known_stations(w: Words) -> Markup:
    """Where the air is measured, where no station reports an hour."""
    report = air.stations()
    items = [pieces.row(w.of(row.name), _state(row, w), to=href(w, f"station/{row.station_id}")) for row in report.rows]
    return pieces.block(w("lite.known_stations"), pieces.rows(items) + cards.source_note(report.provenance, w))


def _state(row: records.AirStation, w: Words) -> Markup:
    return html('<span class="muted">{}</span>', w(f"air.station_{row.state}"))
