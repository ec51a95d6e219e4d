"""Promises one under the other, a row each: target, official result, what is measured here, direction, age of the figure.

A row opens to the promise's card, by touch or key. On a phone a row folds into three lines.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from reports import goals, overview
from reports.goals import Promise
from views.cached import cached_rendering_of
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, inline, promise
from views.ui.promise import Row

COLUMNS = ("what", "way", "official", "measured", "direction", "age")
ARROWS = {"better": "↗", "worse": "↘", "same": "→"}
USUAL = 0.5  # a state of more than this share of the rows is written once above them


@cached_rendering_of("facts")
def rows(promises: Sequence[Promise], today: date, w: Words) -> Markup:
    """The promises as rows; the state that most of them share stands above, a row's own state only where it is another."""
    usual = _usual(promises)
    above = cards.line(_shared(usual, promises, w), "muted") if usual else Markup()
    head = join(html("<span>{}</span>", w(f"goals.list_{name}")) for name in COLUMNS)
    items = join(_item(one, usual, today, w) for one in promises)
    return above + html(
        '<div class="promises"><div class="head" aria-hidden="true">{head}</div><ul>{items}</ul></div>',
        head=head,
        items=items,
    )


@cached_rendering_of("facts")
def on_paper(promises: Sequence[Promise], w: Words) -> Markup:
    """By whom and when the documents behind the rows were issued, each once: rows fold theirs, and paper cannot be opened."""
    names = dict.fromkeys(cards.source_name(source, w) for source in goals.provenance_of(promises).sources)
    return inline.paragraph(w("goals.list_sources", names=w("compare.list_comma").join(names)), "on-paper small")


def _usual(promises: Sequence[Promise]) -> str:
    """The state of most of the promises; empty where none is shared by so many."""
    status, n = Counter(one.judgement.status for one in promises).most_common(1)[0]
    return status if n > USUAL * len(promises) and n > 1 else ""


def _shared(status: str, promises: Iterable[Promise], w: Words) -> str:
    n = sum(one.judgement.status == status for one in promises)
    return w("goals.list_usual", n=n, status=w(f"site.status.{status}"))


def _item(one: Promise, usual: str, today: date, w: Words) -> Markup:
    row = promise.row(one, w)
    pill = cards.state(row.state, row.word) if row.state != usual else Markup()
    cells = (
        html('<span class="what"><strong>{}</strong> {pill}</span>', row.long_name, pill=pill),
        html('<span class="way"><span aria-hidden="true">{}</span>{}</span>', promise.line(row), promise.ends(row, w)),
        _official(row, w),
        _measured(row, w),
        _directions(one, w),
        html('<span class="age">{}</span>', age(one, today, w)),
    )
    return html(
        "<li{}><details><summary>{}</summary>{card}</details></li>",
        Markup(' class="without"') if one.latest is None else Markup(),
        join(cells),
        card=promise.card(one, w, whole=True),
    )


def _official(row: Row, w: Words) -> Markup:
    name = w("goals.list_official")
    return _result(name, row.official.text, row.official.period) if row.official else _none(name, w("site.not_found"))


def _measured(row: Row, w: Words) -> Markup:
    name = w("goals.list_measured")
    return (
        _result(name, row.measured.text, row.measured.short) if row.measured else _none(name, w("goals.not_measured"))
    )


def _result(name: str, value: str, period: str) -> Markup:
    """A result with its period; its column's name is read, and shown where the columns have no head."""
    return html(
        '<span class="result"><i>{name}</i> {value} <small>{period}</small></span>',
        name=name,
        value=value,
        period=period,
    )


def _none(name: str, why: str) -> Markup:
    return html('<span class="result none"><i>{name}</i> {why}</span>', name=name, why=why)


def _directions(one: Promise, w: Words) -> Markup:
    """Where the official figure went since the start, else the measured one, which is named; a dash where neither tells."""
    official, beside = overview.direction(one), overview.measured_direction(one)
    found = official or beside
    if found is None:
        return html('<span class="direction none">{}</span>', w("goals.direction_unknown"))
    name = "goals.direction" if official else "goals.direction_measured"
    words = w(name, direction=w(f"goals.direction_{found}"))
    return html(
        '<span class="direction {found}"><b aria-hidden="true">{}</b> {words}</span>',
        ARROWS[found],
        found=found,
        words=words,
    )


def age(one: Promise, today: date, w: Words) -> str:
    """How long ago the period of the last figure ended, in months up to two years, then in years."""
    if one.latest is None:
        return w("goals.age_none")
    months = max((today - one.latest.end).days, 0) * 12 // 365
    if months < 1:
        return w("goals.age_new")
    return w("goals.age_months", n=months) if months < 24 else w("goals.age_years", n=fmt.plain(months // 12))
