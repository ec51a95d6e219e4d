"""The air of an hour or a day: its index, a reading of it and its pollutants, formatted once for every surface."""

from markupsafe import Markup
from msgspec import Struct

from reports import air, air_now
from reports.advice import PastYears, SameDay
from reports.air import GOOD_UP_TO, Day
from reports.air_now import Hour
from reports.freshness import Freshness
from reports.latest import LatestAir
from reports.provenance import Provenance
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards, live
from views.ui.rows import rows

IAQI_SCALE = 200  # the end of a pollutant's line: beyond it every value is heavy
LIMIT_SHARE = 1.25  # the end of a pollutant's line against its daily limit
DASH = "—"


# ── the index ────────────────────────────────────────────────────────────────────────────────────────────────────────
class AirIndex(Struct, frozen=True, weakref=True):
    """An AQI, formatted: its number, its level in a word, the level's official colour.

    Without a level the word says that there is no index, and the colour is empty.
    """

    number: str
    level: str
    color: str

    @classmethod
    def of(cls, aqi: int | None, level: int | None, w: Words) -> "AirIndex":
        """From the AQI and its level (1–6)."""
        number = DASH if aqi is None else str(aqi)
        if level is None:
            return cls(number, w("air.no_index"), "")
        return cls(number, air_words.level_names(w)[level], AQI_LEVELS[level])

    @property
    def known(self) -> bool:
        """Whether there is a level."""
        return bool(self.color)

    @property
    def text(self) -> str:
        """Number and word in one."""
        return f"{self.number} {self.level}"


def index_row(index: AirIndex, beside: str = "", *, large: bool = True) -> Markup:
    """The index with its level on the official colour, and a word beside it."""
    return html(
        '<div class="row{}"><div class="value">{}<small>AQI</small></div>{}{}</div>',
        " big" if large else "",
        index.number,
        level_chip(index),
        html("<span>{beside}</span>", beside=beside) if beside else Markup(),
    )


def level_chip(index: AirIndex) -> Markup:
    """The word of a level on its colour."""
    return cards.chip(index.level, index.color)


def past_years(past: PastYears, w: Words) -> Markup:
    """The same day of past years in a row that wraps, each with its index and the level's word, and their source note."""
    return rows((_of_year(one, w) for one in past.days), "years") + cards.source_note(past.provenance, w)


def _of_year(one: SameDay, w: Words) -> Markup:
    index = AirIndex.of(one.aqi, one.level, w)
    return html(
        '<small class="muted">{year}</small>{}<small>{}</small>',
        cards.chip(index.number, index.color),
        index.level,
        year=one.day.year,
    )


# ── a reading ────────────────────────────────────────────────────────────────────────────────────────────────────────
class AirReading(Struct, frozen=True, weakref=True):
    """The air of an hour or a day, formatted.

    ``when``: the hour or the day. ``advice``: what the standard advises, and ``verdict``: the short answer for going out; empty
    unless this is the newest air and the air outside.
    ``remark``: that the index is computed here, or how it counts ozone; may be empty. ``age``: the line with its age
    and source; empty where the reading was made without its freshness.
    """

    index: AirIndex
    when: str
    primary: str
    effect: str
    advice: str
    remark: str
    age: Markup
    provenance: Provenance
    verdict: str = ""

    @classmethod
    def of_hour(cls, hour: Hour, w: Words, fresh: Freshness | None = None) -> "AirReading":
        """An hour of the city or of a station; ``fresh``: how old it is."""
        words = air_words.levels(w)[hour.level] if hour.level else None
        return cls(
            AirIndex.of(hour.aqi, hour.level, w),
            fmt.hour(hour.at, w),
            air_words.primary(hour, w),
            words.effect if words else "",
            words.advice if words and fresh is not None and fresh.current else "",
            "" if hour.published else w("air.computed_here"),
            live.line(fresh, w) if fresh is not None else Markup(),
            hour.provenance,
        )

    @classmethod
    def of_day(cls, day: Day, w: Words) -> "AirReading":
        """A whole day, which is never the air outside."""
        return cls(
            AirIndex.of(day.aqi, day.level, w),
            fmt.day(day.day, w),
            air_words.primary(day, w),
            air_words.levels(w)[day.level].effect,
            "",
            air_words.ozone(day, w),
            Markup(),
            day.provenance,
        )

    @classmethod
    def of_latest(cls, latest: LatestAir, w: Words, *, brief: bool = False) -> "AirReading":
        """The newest air of the city, be it of an hour or of a day; ``brief``: of a current one the age alone."""
        newest, words = latest.advice, air_words.levels(w)[latest.advice.level]
        return cls(
            AirIndex.of(newest.aqi, newest.level, w),
            fmt.hour(newest.at, w) if newest.at else fmt.day(newest.day, w),
            air_words.primary(latest.day or newest, w),
            words.effect,
            words.advice if latest.outside else "",
            air_words.ozone(latest.day, w) if latest.day else "",
            _age(latest, w, brief=brief),
            newest.provenance,
            w(f"lite.verdict.{newest.everyone.verdict}") if latest.outside else "",
        )


def _age(latest: LatestAir, w: Words, *, brief: bool) -> Markup:
    """How old the newest air is, and whether it came live; a day's age is counted in days."""
    newest, fresh = latest.advice, latest.freshness
    if newest.at is not None:
        return live.brief(fresh, w) if brief else live.line(fresh, w)
    age = fmt.age(newest.day, fresh.now.date(), w)
    return live.aged(fresh, w("overview.as_of", day=fmt.day(newest.day, w), age=age), w)


def city_card(hour: Hour, fresh: Freshness, w: Words, more: Markup = Markup()) -> Markup:
    """The city's hour as a card: index, level, primary pollutants; ``more`` below.

    The air outside says what to do and who should take care; an older one gives no advice.
    """
    reading = AirReading.of_hour(hour, w, fresh)
    label = w("air.city_hour") if fresh.current else w("air.city_last", time=reading.when)
    foot = cards.source_note(reading.provenance, w)
    if not reading.index.known or hour.aqi is None:
        return cards.card(label, cards.no_value(w, "air.no_index"), foot=foot)
    body = (
        index_row(reading.index)
        + cards.line(reading.advice or w("air.too_old"))
        + cards.line(reading.effect, "muted small")
        + cards.line(reading.primary, "muted small")
        + (join(map(cards.line, air_words.care(hour, w))) if fresh.current else Markup())
        + cards.line(reading.remark, "muted small")
        + more
    )
    return cards.card(label, body, foot=foot)


# ── its pollutants ───────────────────────────────────────────────────────────────────────────────────────────────────
class PollutantRow(Struct, frozen=True, weakref=True):
    """A pollutant of an hour or a day, formatted.

    ``value``: as measured, or why there is none, then without ``unit`` and ``mark``. ``against``: what it is set
    against, the individual index of an hour or the limit of a day; may be empty. ``text``: all of it in a phrase.
    ``mark``: a line with a dot for the value and a stroke where the limit is.
    """

    name: str
    value: str
    unit: str
    against: str
    text: str
    mark: Markup

    @classmethod
    def of_hour(cls, item: air_now.Item, w: Words) -> "PollutantRow":
        """On the scale of its index: 100 is where the standard ends."""
        name, value = air_words.pollutant(item.pollutant, w), air_words.measured(item, w)
        if item.value is None:
            return cls(name, value, "", "", value, Markup())
        unit, iaqi = air_words.unit(item.pollutant), "" if item.iaqi is None else fmt.number(item.iaqi)
        text = w("air.item_now", value=value, unit=unit, iaqi=iaqi or DASH)
        title = w("air.item_now_alt", name=name, value=text)
        mark = cards.bullet(0, IAQI_SCALE, baseline=None, latest=item.iaqi, target=GOOD_UP_TO, title=title)
        return cls(name, value, unit, w("lite.iaqi", n=iaqi) if iaqi else "", text, mark)

    @classmethod
    def of_day(cls, item: air.Item, w: Words) -> "PollutantRow":
        """Against its daily limit."""
        name = air_words.pollutant(item.pollutant, w)
        if item.value is None:
            why = w("air.item_missing" if item.pollutant == "O3" else "site.not_published")
            return cls(name, why, "", "", why, Markup())
        decimals = 2 if item.pollutant == "CO" else 1  # as the archive gives it; a mean of hours has more
        value, limit = fmt.plain(round(item.value, decimals)), fmt.plain(item.limit)
        unit, end = air_words.unit(item.pollutant), item.limit * LIMIT_SHARE
        title = w("air.item_alt", name=name, value=value, limit=limit)
        mark = cards.bullet(0, end, baseline=None, latest=item.value, target=item.limit, title=title)
        return cls(name, value, unit, limit, w("air.item_line", value=value, limit=limit, unit=unit), mark)


def pollutant(row: PollutantRow) -> Markup:
    """A pollutant as a row: its name, its value in a phrase, and its line."""
    ends = cards.ends(row.name, row.text)
    return html("<div>{ends}{}</div>", row.mark, ends=ends) if row.mark else ends
