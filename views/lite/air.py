"""The air on a phone: this hour and what it means, pollutants, two days, days ahead, the year, stations."""

from markupsafe import Markup

from reports import advice, air, air_now, budget, freshness, lookup, model
from reports.advice import Advice
from reports.air_now import Item, Now, Station
from reports.model import Forecast
from store import records
from views.drawings import hours
from views.lite import overview, pieces
from views.lite.frame import Page, href
from views.text import air as air_words
from views.text import answers, marked, past_years
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import budget as budget_pieces
from views.ui import cards, live
from views.ui import outlook as outlook_pieces
from views.visit import Visit

HOURS = 24


def page(v: Visit) -> Page:
    """The air page."""
    w, told, report = v.w, advice.now(), air_now.now()
    title = w("lite.air_now" if advice.holds(told, v.now) else "lite.air_last")
    this = air.year(air.latest_day().day.year)
    headline, lead = answers.of_air(this, air.rule_effect(this.year), w)
    body = [
        html("<h1>{title}</h1>", title=title),
        pieces.sky(v, told),
        _for_me(v, told),
    ]
    body += [_places(report, w)] if report else []
    body.append(_pollutants(told, report, w))
    body += [_hours(report, w)] if report else []
    body.append(_same_day(told, w))
    body.append(_ahead(v))
    body.append(_year(v, this, headline, lead))
    body += [_stations(report, w)] if report else [_known_stations(w)]
    said = overview.said(told, w)
    return Page("air", "air", said, marked.plain(headline), join(body), overview.picture(v, told), "air")


def _for_me(v: Visit, told: Advice) -> Markup:
    """The answer for each group while the air is this hour's; what each level asks for, always."""
    w, by_level = v.w, advice_pieces.by_level(told, v.w)
    if not advice.holds(told, v.now):
        return pieces.block(
            w("lite.for_me"), html('<p class="note">{}</p>{by_level}', w("lite.too_old"), by_level=by_level)
        )
    ours = html('<p class="small muted">{}</p>', w("lite.ours"))
    return pieces.block(w("lite.for_me"), advice_pieces.groups(told.answers[1:], w, why=True) + ours + by_level)


def _places(report: Now, w: Words) -> Markup:
    """A district chosen by its stations: each tells its own air and what it means there."""
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


def _pollutants(told: Advice, report: Now | None, w: Words) -> Markup:
    if told.at is not None and report is not None:
        items = [item(one, w) for one in report.city.items]
        return pieces.block(w("air.now_items"), pieces.rows(items) + cards.source_note(report.city.provenance, w))
    day = air.latest_day()
    items = [air_pieces.day_item(one, w) for one in day.items]
    return pieces.block(w("air.against_limits"), pieces.rows(items) + cards.source_note(day.provenance, w))


def item(one: Item, w: Words) -> Markup:
    """A pollutant of an hour: its concentration and its share of the index."""
    name = air_words.pollutant(one.pollutant, w)
    said = air_words.measured(one, w)
    if one.value is None:
        return pieces.row(name, html('<span class="muted">{said}</span>', said=said))
    iaqi = "" if one.iaqi is None else w("lite.iaqi", n=fmt.number(one.iaqi))
    return pieces.row(name, pieces.strong(said, f"{air_words.unit(one.pollutant)} {iaqi}".strip()))


def _hours(report: Now, w: Words) -> Markup:
    known = report.hours.tail(HOURS).dropna(subset=["aqi"])
    if len(known) < 2:
        return Markup()
    worst = known.loc[known["aqi"].idxmax()]
    title = w("air.course_day", worst=int(worst["aqi"]), when=fmt.hour(worst["at"], w), last=report.city.aqi or "—")
    drawn = hours.hours(report.hours, w, title=title, names=air_words.level_names(w), last=HOURS)
    return pieces.block(title, drawn + cards.source_note(report.city.provenance, w))


def _same_day(told: Advice, w: Words) -> Markup:
    past = past_years.of(told)
    if not past:
        return Markup()
    names = air_words.level_names(w)
    items = [
        html(
            '<small class="muted">{}</small>{}<small>{}</small>',
            one.day.year,
            cards.chip(str(one.aqi), AQI_LEVELS[one.level]),
            names[one.level],
        )
        for one in past
    ]
    drawn = pieces.rows(items, "years") + cards.source_note(
        advice.same_day_provenance(tuple(one.day for one in past)), w
    )
    return pieces.block(past_years.title(told, past, w), drawn, past_years.sub(told, w))


def _ahead(v: Visit) -> Markup:
    w, report = v.w, model.forecast(v.now)
    days = [one for one in report.days if one.high is not None] if report else []
    if report is None or not days:
        return Markup()
    names = air_words.level_names(w)
    items = [
        pieces.row(
            fmt.day(one.date, w, year=False),
            html(
                "<span>{} {}</span>",
                cards.chip(names.get(one.level or 0, "—"), AQI_LEVELS[one.level]) if one.level else Markup(),
                pieces.strong(f"{one.low}–{one.high}"),
            ),
        )
        for one in days
    ]
    stale = _stale(report, v)
    return pieces.block(
        w("air.ahead_title"), stale + pieces.rows(items) + cards.source_note(report.provenance, w), w("lite.ahead_sub")
    )


def _stale(report: Forecast, v: Visit) -> Markup:
    fresh = freshness.of(model.AIR, v.now, data_at=report.run_at)
    return Markup() if fresh.speaks else live.line(fresh, v.w)


def _year(v: Visit, this: air.Year, headline: str, lead: str) -> Markup:
    w = v.w
    left = budget_pieces.card(*budget.both(v.today), w) + outlook_pieces.card(v)
    same = join(budget_pieces.same_period(budget.same_period(v.today), w))
    said = html(
        '<p class="verdict">{headline}</p><p class="lead">{lead}</p>{}',
        cards.source_note(this.provenance, w),
        headline=headline,
        lead=lead,
    )
    return pieces.block(w("air.year_title", year=this.year), said + left + same)


def _stations(report: Now, w: Words) -> Markup:
    names = air_words.level_names(w)
    items = []
    for one in sorted(report.stations, key=lambda one: -(one.hour.aqi or 0)):
        hour = one.hour
        value = (
            cards.chip(f"{hour.aqi} {names[hour.level]}", AQI_LEVELS[hour.level]) if hour.level else w("air.no_index")
        )
        name = air_words.station_name(one, w)
        items.append(
            pieces.row(name, html("<span>{value}</span>", value=value), to=href(w, f"station/{one.station_id}"))
        )
    sub = w("lite.stations_sub", time=fmt.hour(report.city.at, w))
    told = cards.source_note(report.city.provenance, w)
    return pieces.block(w("lite.stations", n=len(items)), pieces.rows(items) + told, sub)


def _known_stations(w: Words) -> Markup:
    """Where the air is measured, where no station speaks."""
    report = air.stations()
    items = [pieces.row(w.of(row.name), _state(row, w), to=href(w, f"station/{row.station_id}")) for row in report.rows]
    return pieces.block(w("lite.known_stations"), pieces.rows(items) + cards.source_note(report.provenance, w))


def _state(row: records.AirStation, w: Words) -> Markup:
    return html('<span class="muted">{}</span>', w(f"air.station_{row.state}"))
