"""What changed, in words: a title, a sentence, and where on the site it stands."""

from msgspec import Struct

from reports import lookup
from reports.air_now import Hour
from reports.alerts import Low
from reports.brief import DayOfMonth
from reports.changes import Change, Edition, MonthOver, Published
from reports.corrections import Correction
from views import addresses
from views.text import amounts, standards
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words

MOST_FIGURES = 12  # of a document named one by one


class Entry(Struct, frozen=True, weakref=True):
    """A change in one language; ``path``: where it stands; ``category``: its kind as a word."""

    title: str
    text: str
    path: str
    category: str


def entry(one: Change, w: Words) -> Entry:
    """The change in words."""
    match one.subject:
        case MonthOver():
            return _month(one.subject, w)
        case Published():
            return _published(one.subject, w)
        case Correction():
            return _correction(one.subject, w)
        case Edition():
            return _edition(one.subject, w)
        case DayOfMonth():
            return _day(one.subject, w)
        case Hour():
            return _hour(one.subject, w)
        case Low():
            return _low(one.subject, w)


def _month(one: MonthOver, w: Words) -> Entry:
    counted = one.counted
    text = w(
        "changes.month_text",
        known=counted.known_days,
        days=counted.days,
        good=counted.good_days,
        lost=counted.lost_days,
    )
    title = w("changes.month", month=fmt.period(one.month, w))
    return Entry(title, text, addresses.brief(one.month), w("changes.kind_month"))


def _published(one: Published, w: Words) -> Entry:
    document, points = one.source.document, one.points
    names = w("brief.semicolon").join(
        w(
            "changes.figure",
            name=w.of(lookup.indicators()[point.row.indicator_id].name),
            area=w.of(lookup.areas()[point.row.area_id].name),
            period=fmt.period(point.period, w),
            value=fmt.OPS[point.op] + amounts.amount(point.value or 0, point.row.unit_id, w),
        )
        for point in points[:MOST_FIGURES]
    )
    more = w("changes.more", n=len(points) - MOST_FIGURES) if len(points) > MOST_FIGURES else ""
    issued = w("changes.issued_on", issuer=w.of(document.issuer), day=fmt.period(document.issued or "", w))
    title = w("changes.published", n=len(points), document=w.of(document.title))
    return Entry(
        title,
        fmt.sentences(w, issued, names + w("brief.stop"), more),
        "/method?tab=documents",
        w("changes.kind_figure"),
    )


def _correction(one: Correction, w: Words) -> Entry:
    names = w("brief.comma").join(w.of(name) for name in one.names) or w(f"method.table.{one.table}")
    values = {"old": one.old or "—", "new": one.new or "—"}
    return Entry(
        w("changes.correction", names=names),
        w("changes.correction_text", why=one.why, **values),
        "/method?tab=documents",
        w("changes.kind_correction"),
    )


def _edition(one: Edition, w: Words) -> Entry:
    row = one.standard
    title = w("changes.in_force" if one.in_force else "changes.issued", name=standards.name(row, w))
    return Entry(title, w.of(row.note) or title, "/method?tab=rules", w("changes.kind_standard"))


def _day(one: DayOfMonth, w: Words) -> Entry:
    day = fmt.day(one.day, w)
    primary = w("brief.comma").join(one.primary)
    text = w("changes.day_text", day=day, aqi=one.aqi, primary=primary)
    if one.by_ozone_alone:
        text = fmt.sentences(w, text, w("changes.by_ozone"))
    return Entry(
        w("changes.day", day=day, aqi=one.aqi), text, addresses.brief(f"{one.day:%Y-%m}"), w("changes.kind_alert")
    )


def _hour(one: Hour, w: Words) -> Entry:
    at = fmt.hour(one.at, w)
    return Entry(
        w("changes.hour", at=at, aqi=one.aqi),
        w("changes.hour_text", at=at, aqi=one.aqi),
        addresses.light("air"),
        w("changes.kind_alert"),
    )


def _low(one: Low, w: Words) -> Entry:
    values = {
        "name": water_words.section_name(one.section, w),
        "at": fmt.hour(one.reading.at, w),
        "water_class": fmt.water_class(one.reading.judged.water_class or 0, w),
        "aim": fmt.water_class(one.aim.water_class, w),
    }
    path = f"{addresses.LIGHT}/section/{one.section.id}"
    return Entry(w("changes.low", **values), w("changes.low_text", **values), path, w("changes.kind_alert"))
