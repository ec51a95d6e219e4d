"""The air on a phone: this hour and what it means, pollutants, two days, days ahead, the year, stations."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from reports import advice, air, air_now, budget, latest, lookup, model
from reports import outlook as outlooks
from reports.advice import Advice, PastYears
from reports.air import Day, Stations
from reports.air_now import Now, Station
from reports.budget import Budget, SamePeriod
from reports.found import NothingFoundError, or_why
from reports.freshness import Freshness
from reports.model import Forecast
from reports.outlook import YearEnd
from views.drawings import hours
from views.lite import frame, number, overview, pieces
from views.lite.frame import Page, href
from views.text import air as air_words
from views.text import answers, found, marked, past_years
from views.text import format as fmt
from views.text.words import Words
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import budget as budget_pieces
from views.ui import cards, live
from views.ui import frame as page_frame
from views.ui import number as numbers
from views.ui import outlook as outlook_pieces
from views.ui.air import AirIndex, PollutantRow
from views.ui.forecast import ModelledDay
from views.ui.rows import block, bold, muted, row, rows, together
from views.visit import Visit

HOURS = 24


def page(v: Visit) -> Page:
    """The air page."""
    w, newest, report = v.w, latest.of_air(v.now), air_now.now()
    this = air.year(air.latest_day().day.year)
    past, forecast = advice.past_years(newest.advice.day), model.forecast(v.now)
    budgets, same = or_why(lambda: budget.both(v.today)), or_why(lambda: budget.same_period(v.today))
    headline, lead = answers.of_air(this, air.rule_effect(this.year), w)
    body = frame.body(
        "air",
        v,
        title=w("lite.air_now" if newest.outside else "lite.air_last"),
        sky=pieces.sky(newest, w),
        number=number.way(numbers.AQI, v),
        groups=advice_pieces.groups(newest.advice.answers[1:], w, why=True) if newest.outside else "",
        by_level=advice_pieces.by_level(newest.advice.rule, w),
        districts=_districts(air_now.by_district(report), v) if report else [],
        pollutants=_of_hour(report, w) if newest.advice.at and report else _of_day(newest.day or air.latest_day(), w),
        hours=_hours(report, w) if report else "",
        same_day=_same_day(past, newest.advice, w) if past else "",
        ahead=_ahead(forecast, model.freshness_of(forecast, v.now), w) if forecast and forecast.ranged else "",
        headline=headline,
        lead=lead,
        year_title=w("air.year_title", year=this.year),
        year_source=cards.source_note(this.provenance, w),
        year_cards=_year_cards(budgets, outlooks.both(v.today), same, w),
        stations=_stations(report, v) if report else _known_stations(air.stations(), v),
    )
    title, picture = overview.summary(newest, w), overview.picture(newest, w)
    return Page("air", "air", title, marked.plain(headline), body, picture, "air")


def _year_cards(
    budgets: tuple[Budget, Budget] | NothingFoundError,
    ends: tuple[YearEnd, ...],
    same: SamePeriod | NothingFoundError,
    w: Words,
) -> Iterable[Markup]:
    """The days the year may still lose, where it may end, the same days of the year before; once why there are none."""
    none = [page_frame.note(found.sentence(one, w)) for one in (budgets, same) if isinstance(one, NothingFoundError)]
    yield from dict.fromkeys(none)
    if not isinstance(budgets, NothingFoundError):
        yield from (budget_pieces.card(*budgets, w), outlook_pieces.card(ends, budgets, w))
    if not isinstance(same, NothingFoundError):
        yield from budget_pieces.same_period(same, w)


class District(Struct, frozen=True, weakref=True):
    """A district, and the names of its stations with their addresses."""

    name: str
    stations: list[tuple[str, str]]


def _districts(stations: Mapping[str, Sequence[Station]], v: Visit) -> list[District]:
    """Districts to be chosen by their stations: each has its own air and what it means there."""
    names = {area_id: v.w.of(lookup.areas()[area_id].name) for area_id in stations}
    return [
        District(names[area_id], [(air_words.station_name(one, v.w), _to(one, v)) for one in some])
        for area_id, some in stations.items()
    ]


def _to(one: Station, v: Visit) -> str:
    return href(v, f"station/{one.station_id}")


def _of_hour(report: Now, w: Words) -> Markup:
    """The pollutants of the hour."""
    items = rows(pieces.pollutant(PollutantRow.of_hour(one, w)) for one in report.city.items)
    return block(w("air.now_items"), items + cards.source_note(report.city.provenance, w))


def _of_day(day: Day, w: Words) -> Markup:
    """The pollutants of the last whole day."""
    items = rows(air_pieces.pollutant(PollutantRow.of_day(one, w)) for one in day.items)
    return block(w("air.against_limits"), items + cards.source_note(day.provenance, w))


def _hours(report: Now, w: Words) -> Markup:
    """The last day hour by hour; empty where too few hours are known."""
    worst = air_now.worst_hour(report, HOURS)
    if worst is None:
        return Markup()
    title = air_words.course_title(report, worst, w)
    drawn = hours.hours(report.hours, w, title=title, names=air_words.level_names(w), last=HOURS)
    return block(title, drawn + cards.source_note(report.city.provenance, w))


def _same_day(past: PastYears, newest: Advice, w: Words) -> Markup:
    drawn, sub = air_pieces.past_years(past, w), past_years.sub(newest, w)
    return block(past_years.title(newest, past, w), drawn, sub)


def _ahead(forecast: Forecast, fresh: Freshness, w: Words) -> Markup:
    """The days the models see ahead."""
    stale = Markup() if fresh.up_to_date else live.line(fresh, w)
    items = rows(_day_ahead(ModelledDay.of(one, w)) for one in forecast.ranged)
    return block(w("air.ahead_title"), stale + items + cards.source_note(forecast.provenance, w), w("lite.ahead_sub"))


def _day_ahead(day: ModelledDay) -> Markup:
    chip = air_pieces.level_chip(day.index) if day.index.known else Markup()
    return row(day.day, together(chip, bold(day.hours)))


def _stations(report: Now, v: Visit) -> Markup:
    """The stations of the hour, the worst first."""
    w, items = v.w, rows(_station(one, v) for one in report.by_index)
    sub = w("lite.stations_sub", time=fmt.hour(report.city.at, w))
    source = cards.source_note(report.city.provenance, w)
    return block(w("lite.stations", n=len(report.stations)), items + source, sub)


def _station(one: Station, v: Visit) -> Markup:
    w, index = v.w, AirIndex.of(one.hour.aqi, one.hour.level, v.w)
    value = cards.chip(index.text, index.color) if index.known else index.level
    return row(air_words.station_name(one, w), together(value), to=_to(one, v))


def _known_stations(report: Stations, v: Visit) -> Markup:
    """Where the air is measured, where no station reports an hour."""
    w = v.w
    items = rows(
        row(w.of(one.name), muted(w(f"air.station_{one.state}")), to=href(v, f"station/{one.station_id}"))
        for one in report.rows
    )
    return block(w("lite.known_stations"), items + cards.source_note(report.provenance, w))
