"""What needs attention now, a row a finding: of what, what, and when on whose word."""

from collections.abc import Iterable

from markupsafe import Markup

from reports import provenance
from reports.alerts import Alerts
from reports.freshness import Freshness
from reports.provenance import Provenance
from views.text import air as air_words
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html
from views.text.words import Words
from views.tokens import AQI_LEVELS, WATER_CLASSES
from views.ui.air import AirReading
from views.ui.cards import short_sources as source
from views.visit import Visit

NAMED, AT_MOST = 3, 8  # stations, readings or promises named in a row; rows on the wall


def rows(found: Alerts, v: Visit) -> list[list[str]]:
    """Of what, what, and when on whose word: HTML, a row a finding."""
    w = v.w
    return [
        *_sky(found, v),
        *_river(found, v),
        *_sources(found, v),
        *_doubted(found, v),
        *_promises(found, w),
        *_due(found, w),
    ]


def _kind(name: str, mark: str, w: Words) -> Markup:
    return html('<b style="--mark:{mark}">{}</b>', w(f"wall.alerts.{name}"), mark=mark)


def _calm(name: str, said: str, when: str, w: Words) -> list[str]:
    """A check that found nothing."""
    return [
        _kind(name, "var(--leaf)", w),
        html('<span class="muted">{said}</span>', said=said),
        html('<span class="muted">{when}</span>', when=when),
    ]


def _sky(found: Alerts, v: Visit) -> Iterable[list[str]]:
    """The air of the hour: the city, and the stations above 100."""
    w, hour = v.w, found.hour
    if hour is None or hour.level is None:
        yield [_kind("sky", "var(--none)", w), w("wall.alerts.sky_none"), ""]
        return
    reading = AirReading.of_hour(hour, w)
    said = w("wall.alerts.city", aqi=hour.aqi, level=reading.index.level, primary=reading.primary)
    when = html("{} · {}", fmt.hour(hour.at, w, v.now), source(hour.provenance, w))
    if not found.city and not found.stations:
        yield _calm("sky", f"{said}{w('wall.alerts.stations_none')}", when, w)
        return
    at = [f"{air_words.station_name(one, w)} {one.hour.aqi}" for one in found.stations[:NAMED]]
    if at:
        said += w("wall.alerts.stations", n=len(found.stations), names=w("wall.list_comma").join(at))
    worst = max([hour, *(one.hour for one in found.stations)], key=lambda one: one.aqi or 0)
    yield [_kind("sky", AQI_LEVELS[worst.level or hour.level], w), said, when]


def _river(found: Alerts, v: Visit) -> Iterable[list[str]]:
    """Hours of now beside the class aimed at; where there are none, how old the last one is."""
    w = v.w
    if not found.judged:
        last = found.river_at
        said = w("wall.alerts.river_never")
        if last is not None:
            said = w("wall.alerts.river_none", when=fmt.hour(last, w, v.now), age=fmt.ago(v.now - last, w))
        yield [_kind("river", "var(--none)", w), said, ""]
    elif not found.sections:
        yield _calm("river", w("wall.alerts.river_calm", n=found.judged), "", w)
    for one in found.sections:
        number = one.reading.judged.water_class or 0
        now, wanted = (fmt.water_class(n, w) for n in (number, one.aim.water_class))
        name = water_words.section_name(one.section, w)
        what = w("wall.alerts.section", section=name, now=now, aim=wanted, year=one.aim.year)
        when = html("{} · {}", fmt.hour(one.reading.at, w, v.now), source(one.reading.provenance, w))
        yield [_kind("river", WATER_CLASSES[number], w), what, when]


def _sources(found: Alerts, v: Visit) -> Iterable[list[str]]:
    w = v.w
    if not found.silent:
        yield _calm("source", w("wall.alerts.source_calm", n=found.watched), "", w)
        return
    named = w("wall.list_comma").join(_silent(one, w) for one in found.silent[:NAMED])
    more = w("wall.alerts.more") if len(found.silent) > NAMED else ""
    what = w("wall.alerts.silent", n=len(found.silent), total=found.watched, names=named, more=more)
    yield [_kind("source", "var(--earth)", w), what, ""]


def _silent(one: Freshness, w: Words) -> str:
    """A source by its title without what stands in brackets, and how long ago it told of something."""
    title = fmt.before_brackets(w.of(one.source.document.title))
    return w("wall.alerts.last", name=title, age=w("wall.alerts.never") if one.age is None else fmt.ago(one.age, w))


def _doubted(found: Alerts, v: Visit) -> Iterable[list[str]]:
    w, shown = v.w, found.doubted
    if not shown:
        yield _calm("doubt", w("wall.alerts.doubt_calm"), "", w)
        return
    names = dict.fromkeys(f"{w.of(one.place)} {w.of(one.item.name)}" for one in shown)
    listed = w("wall.list_comma").join(list(names)[:NAMED])
    what = w("wall.alerts.doubted", n=len(shown), names=listed)
    yield [_kind("doubt", "var(--earth)", w), what, fmt.hour(shown[0].at, w, v.now)]


def _promises(found: Alerts, w: Words) -> Iterable[list[str]]:
    shown = found.missed
    if shown:
        names = w("wall.list_comma").join(
            w.of(one.indicator.short) or w.of(one.indicator.name) for one in shown[:NAMED]
        )
        told: list[Provenance] = [one.latest.provenance if one.latest else one.provenance for one in shown]
        merged = provenance.merged(told, "published", shown[0].provenance.period)
        what = w("wall.alerts.missed", n=len(shown), names=names)
        yield [_kind("promise", "var(--earth)", w), what, source(merged, w)]
    if found.without_result:
        what = w("wall.alerts.without_result", n=found.without_result)
        yield [_kind("promise", "var(--none)", w), what, source(found.asked, w)]


def _due(found: Alerts, w: Words) -> Iterable[list[str]]:
    if found.due:
        first = min(found.due, key=lambda part: part.days_left or 0)
        what = w("wall.alerts.due", n=len(found.due), left=first.days_left)
        yield [_kind("work", "var(--sky)", w), what, source(first.provenance, w)]
