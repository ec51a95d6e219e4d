"""What needs attention now, an alert a row: how severe, what was found, who answers for it; and what was found calm."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from reports.actions import Part
from reports.air_now import Hour
from reports.alerts import Alert, Alerts, Low, Severity, Subject
from reports.freshness import Freshness
from reports.provenance import Provenance
from views.text import air as air_words
from views.text import format as fmt
from views.text import water as water_words
from views.text.actions import Task
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards
from views.ui.air import AirReading
from views.visit import Visit

NAMED = 3  # stations, readings or promises named in a row
SOURCES_NAMED = 2  # their names are long

Sentence = tuple[str, str, Markup | str]  # what was found, who answers for it, when and by whom


class Finding(NamedTuple):
    """An alert in words: its subject (a code too), its severity, what was found, who answers for it, when and by whom."""

    subject: Subject
    severity: Markup
    kind: str
    text: str
    owner: str
    basis: Markup | str


def rows(found: Alerts, v: Visit) -> list[Finding]:
    """Every alert, the most severe first."""
    return [_finding(one, found, v) for one in found.alerts]


def mark(severity: Severity, w: Words) -> Markup:
    """A severity as a word in its colour, which alone the alerts of a list bear."""
    return html('<b class="alert {severity}">{}</b>', w(f"wall.alerts.severity_{severity}"), severity=severity)


def _finding(one: Alert, found: Alerts, v: Visit) -> Finding:
    text, owner, basis = _SENTENCES[one.subject](one, found, v)
    return Finding(one.subject, mark(one.severity, v.w), v.w(f"wall.alerts.{one.subject}"), text, owner, basis)


def _of_sky(_: Alert, found: Alerts, v: Visit) -> Sentence:
    """The air of the hour: the city, and the stations above 100."""
    w, hour = v.w, found.hour
    assert hour is not None
    stations = [f"{air_words.station_name(one, w)} {one.hour.aqi}" for one in found.stations[:NAMED]]
    text = _city(hour, w)
    if stations:
        text += w("wall.alerts.stations", n=len(found.stations), names=w("wall.list_comma").join(stations))
    return text, w("site.not_found"), _hour(hour.at, hour.provenance, v)


def _city(hour: Hour, w: Words) -> str:
    reading = AirReading.of_hour(hour, w)
    return w("wall.alerts.city", aqi=hour.aqi, level=reading.index.level, primary=reading.primary)


def _hour(at: datetime, source: Provenance, v: Visit) -> Markup:
    return join([fmt.hour(at, v.w, v.now), cards.short_sources(source, v.w)], " · ")


def _of_river(alert: Alert, _: Alerts, v: Visit) -> Sentence:
    """An hour of a section and the class aimed at."""
    w, one = v.w, alert.about
    assert isinstance(one, Low)
    now, wanted = (fmt.water_class(n, w) for n in (one.reading.judged.water_class or 0, one.aim.water_class))
    name = water_words.section_name(one.section, w)
    text = w("wall.alerts.section", section=name, now=now, aim=wanted, year=one.aim.year)
    return text, w("site.not_found"), _hour(one.reading.at, one.reading.provenance, v)


def _of_work(alert: Alert, _: Alerts, v: Visit) -> Sentence:
    """A piece of work, who carries it, its last day and how many days are left or gone."""
    part = alert.about
    assert isinstance(part, Part)
    assert part.due is not None
    w, left, task = v.w, part.days_left or 0, Task.of(part, v.w)
    key = "over" if left < 0 else "today" if left == 0 else "left"
    return task.title, task.responsible, w(f"wall.alerts.work_{key}", day=fmt.day(part.due, w), n=abs(left))


def _of_promise(_: Alert, found: Alerts, v: Visit) -> Sentence:
    w, known = v.w, found.missed_provenance
    assert known is not None
    names = w("wall.list_comma").join(cards.data_name(one.indicator, w) for one in found.missed[:NAMED])
    plans = dict.fromkeys(w.of(one.plan.short) for one in found.missed)
    text = w("wall.alerts.missed", n=len(found.missed), names=names)
    return text, w("wall.list_comma").join(plans), cards.short_sources(known, w)


def _of_source(_: Alert, found: Alerts, v: Visit) -> Sentence:
    w = v.w
    names = w("wall.list_comma").join(_overdue(one, w) for one in found.overdue[:SOURCES_NAMED])
    more = w("wall.alerts.more") if len(found.overdue) > SOURCES_NAMED else ""
    text = w("wall.alerts.silent", n=len(found.overdue), total=found.watched, names=names, more=more)
    return text, w("wall.alerts.operator"), fmt.hour(found.moment, w, v.now)


def _overdue(one: Freshness, w: Words) -> str:
    """A source by its title without what follows it in brackets, and how old its newest value is."""
    title = fmt.before_brackets(w.of(one.source.document.title))
    return w("wall.alerts.last", name=title, age=w("wall.alerts.never") if one.age is None else fmt.ago(one.age, w))


def _of_doubt(_: Alert, found: Alerts, v: Visit) -> Sentence:
    w, shown = v.w, found.doubted
    names = dict.fromkeys(f"{w.of(one.place)} {w.of(one.item.name)}" for one in shown)
    text = w("wall.alerts.doubted", n=len(shown), names=w("wall.list_comma").join(list(names)[:NAMED]))
    return text, w("wall.alerts.operator"), fmt.hour(shown[0].at, w, v.now)


_SENTENCES: Mapping[Subject, Callable[[Alert, Alerts, Visit], Sentence]] = {
    "sky": _of_sky,
    "river": _of_river,
    "work": _of_work,
    "promise": _of_promise,
    "source": _of_source,
    "doubt": _of_doubt,
}


# ── what was looked at and is no alert ───────────────────────────────────────────────────────────────────────────────
def checks(found: Alerts, v: Visit) -> list[str]:
    """What was looked at and found calm, or of which nothing is known now; and how many promises have no result."""
    return [*_checked_air(found, v.w), *_checked_river(found, v), *_checked_numbers(found, v.w)]


def _checked_air(found: Alerts, w: Words) -> Iterator[str]:
    if found.hour is None or found.hour.level is None:
        yield w("wall.alerts.sky_none")
    elif not found.city and not found.stations:
        yield _city(found.hour, w) + w("wall.alerts.stations_none")


def _checked_river(found: Alerts, v: Visit) -> Iterator[str]:
    w, last = v.w, found.river_at
    if found.judged and not found.sections:
        yield w("wall.alerts.river_calm", n=found.judged)
    elif not found.judged and last is None:
        yield w("wall.alerts.river_never")
    elif not found.judged and last is not None:
        yield w("wall.alerts.river_none", when=fmt.hour(last, w, v.now), age=fmt.ago(v.now - last, w))


def _checked_numbers(found: Alerts, w: Words) -> Iterator[str]:
    if not found.overdue:
        yield w("wall.alerts.source_calm", n=found.watched)
    if not found.doubted:
        yield w("wall.alerts.doubt_calm")
    if found.without_result:
        yield w("wall.alerts.without_result", n=found.without_result)
