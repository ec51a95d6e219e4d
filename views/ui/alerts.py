"""What needs attention now, a row a finding: what was checked, what was found, when and by whom."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from reports.alerts import Alerts
from reports.freshness import Freshness
from views.text import air as air_words
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS, WATER_CLASSES
from views.ui import cards
from views.ui.air import AirReading
from views.visit import Visit

NAMED, AT_MOST = 3, 8  # stations, readings or promises named in a row; rows on the wall
CALM, UNKNOWN, ATTENTION, AHEAD = "var(--leaf)", "var(--none)", "var(--earth)", "var(--sky)"


class Finding(NamedTuple):
    """A row: what was checked, marked by the colour of what was found; what was found; when and by whom."""

    kind: Markup
    text: str
    basis: str


def rows(found: Alerts, v: Visit) -> list[Finding]:
    """Every check with its finding; one that found nothing is muted."""
    w = v.w
    return [
        *_sky(found, v),
        *_river(found, v),
        *_sources(found, v),
        *_doubted(found, v),
        *_promises(found, w),
        *_due(found, w),
    ]


def _finding(name: str, mark: str, text: str, basis: str, w: Words) -> Finding:
    return Finding(html('<b style="--mark:{mark}">{}</b>', w(f"wall.alerts.{name}"), mark=mark), text, basis)


def _calm(name: str, text: str, basis: str, w: Words) -> Finding:
    """A check that found nothing."""
    muted = [html('<span class="muted">{part}</span>', part=part) for part in (text, basis)]
    return _finding(name, CALM, muted[0], muted[1], w)


def _sky(found: Alerts, v: Visit) -> Iterator[Finding]:
    """The air of the hour: the city, and the stations above 100."""
    w, hour, worst = v.w, found.hour, found.worst
    if hour is None or hour.level is None or worst is None:
        yield _finding("sky", UNKNOWN, w("wall.alerts.sky_none"), "", w)
        return
    reading = AirReading.of_hour(hour, w)
    text = w("wall.alerts.city", aqi=hour.aqi, level=reading.index.level, primary=reading.primary)
    basis = join([fmt.hour(hour.at, w, v.now), cards.short_sources(hour.provenance, w)], " · ")
    if not found.city and not found.stations:
        yield _calm("sky", text + w("wall.alerts.stations_none"), basis, w)
        return
    stations = [f"{air_words.station_name(one, w)} {one.hour.aqi}" for one in found.stations[:NAMED]]
    if stations:
        text += w("wall.alerts.stations", n=len(found.stations), names=w("wall.list_comma").join(stations))
    yield _finding("sky", AQI_LEVELS[worst.level or hour.level], text, basis, w)


def _river(found: Alerts, v: Visit) -> Iterator[Finding]:
    """Current hours and the class aimed at; where there are none, how old the last one is."""
    w = v.w
    if not found.judged:
        last = found.river_at
        text = w("wall.alerts.river_never")
        if last is not None:
            text = w("wall.alerts.river_none", when=fmt.hour(last, w, v.now), age=fmt.ago(v.now - last, w))
        yield _finding("river", UNKNOWN, text, "", w)
    elif not found.sections:
        yield _calm("river", w("wall.alerts.river_calm", n=found.judged), "", w)
    for one in found.sections:
        number = one.reading.judged.water_class or 0
        now, wanted = (fmt.water_class(n, w) for n in (number, one.aim.water_class))
        name = water_words.section_name(one.section, w)
        text = w("wall.alerts.section", section=name, now=now, aim=wanted, year=one.aim.year)
        basis = join([fmt.hour(one.reading.at, w, v.now), cards.short_sources(one.reading.provenance, w)], " · ")
        yield _finding("river", WATER_CLASSES[number], text, basis, w)


def _sources(found: Alerts, v: Visit) -> Iterator[Finding]:
    w = v.w
    if not found.overdue:
        yield _calm("source", w("wall.alerts.source_calm", n=found.watched), "", w)
        return
    names = w("wall.list_comma").join(_overdue(one, w) for one in found.overdue[:NAMED])
    more = w("wall.alerts.more") if len(found.overdue) > NAMED else ""
    text = w("wall.alerts.silent", n=len(found.overdue), total=found.watched, names=names, more=more)
    yield _finding("source", ATTENTION, text, "", w)


def _overdue(one: Freshness, w: Words) -> str:
    """A source by its title without what follows it in brackets, and how old its newest value is."""
    title = fmt.before_brackets(w.of(one.source.document.title))
    return w("wall.alerts.last", name=title, age=w("wall.alerts.never") if one.age is None else fmt.ago(one.age, w))


def _doubted(found: Alerts, v: Visit) -> Iterator[Finding]:
    w, shown = v.w, found.doubted
    if not shown:
        yield _calm("doubt", w("wall.alerts.doubt_calm"), "", w)
        return
    names = dict.fromkeys(f"{w.of(one.place)} {w.of(one.item.name)}" for one in shown)
    listed = w("wall.list_comma").join(list(names)[:NAMED])
    text = w("wall.alerts.doubted", n=len(shown), names=listed)
    yield _finding("doubt", ATTENTION, text, fmt.hour(shown[0].at, w, v.now), w)


def _promises(found: Alerts, w: Words) -> Iterator[Finding]:
    if known := found.missed_provenance:
        names = w("wall.list_comma").join(cards.data_name(one.indicator, w) for one in found.missed[:NAMED])
        text = w("wall.alerts.missed", n=len(found.missed), names=names)
        yield _finding("promise", ATTENTION, text, cards.short_sources(known, w), w)
    if found.without_result:
        text = w("wall.alerts.without_result", n=found.without_result)
        yield _finding("promise", UNKNOWN, text, cards.short_sources(found.without_result_provenance, w), w)


def _due(found: Alerts, w: Words) -> Iterator[Finding]:
    if first := found.next_due:
        text = w("wall.alerts.due", n=len(found.due), left=first.days_left)
        yield _finding("work", AHEAD, text, cards.short_sources(first.provenance, w), w)
