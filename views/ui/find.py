"""What a search found, kind by kind: what it is called, what it says, where it stands."""

from collections.abc import Sequence

from markupsafe import Markup

from reports import lookup
from reports.figures import Point
from reports.finder import Found, Hit
from reports.provenance import Source
from reports.searches import Search
from store.records import Indicator, Term
from views import addresses
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import HTML_LANG, Words
from views.ui import cards, figure_cards, inline

AT_SIGHT = 8  # of a kind; so many more are folded
MOST = 60


def results(found: Found, w: Words) -> Markup:
    """All kinds of which something was found, each with its number."""
    counts = w("find.count", n=found.total)
    return cards.line(counts, "muted small") + join(
        _kind(kind, hits, w) for kind, hits in found.by_kind.items() if hits
    )


def _kind(kind: str, hits: Sequence[Hit], w: Words) -> Markup:
    """The nearest at sight, the rest folded; beyond that only counted."""
    body = join(_hit(one, w) for one in hits[:AT_SIGHT])
    rest = hits[AT_SIGHT:MOST]
    if rest:
        body += cards.folded(w("find.more", n=len(rest)), join(_hit(one, w) for one in rest))
    if len(hits) > MOST:
        body += cards.line(w("find.narrow", n=len(hits) - MOST), "muted small")
    return cards.card(w(f"find.kind_{kind}", n=len(hits)), body)


def _hit(hit: Hit, w: Words) -> Markup:
    match hit.subject:
        case Indicator():
            return _line(_indicator(hit.subject, w), w.of(hit.subject.meaning))
        case Point():
            return _figure(hit.subject, w)
        case Source():
            return html("<div>{}</div>", cards.source_line(hit.subject, w))
        case Term():
            return _term(hit.subject, w)
        case Search():
            return _search(hit.subject, w)


def _line(name: Markup, text: str) -> Markup:
    return html("<div>{}{}</div>", name, inline.below(text))


def _indicator(row: Indicator, w: Words) -> Markup:
    unit = fmt.unit(lookup.units()[row.unit_id], w).strip()
    return html("{} <small>{}</small>", _way(row, w), unit)


def _way(row: Indicator, w: Words) -> Markup:
    return inline.link(addresses.in_language(addresses.light(f"indicator/{row.indicator_id}"), w.lang), w.of(row.name))


def _figure(one: Point, w: Words) -> Markup:
    row = lookup.indicators()[one.row.indicator_id]
    area = w.of(lookup.areas()[one.row.area_id].name)
    about = f" {area} · {fmt.period(one.period, w)} · "
    source = cards.source_line(one.provenance.sources[0], w)
    return html(
        '<div>{}{}<strong>{}</strong><div class="muted small">{}</div></div>',
        _way(row, w),
        about,
        figure_cards.value(one, w),
        source,
    )


def _term(row: Term, w: Words) -> Markup:
    mine, other, lang = (row.en, row.zh, "zh") if w.lang == "en" else (row.zh, row.en, "en")
    name = html("{} {}", inline.strong(mine), inline.of_language(other, HTML_LANG[lang]))
    return _line(name, w.of(row.definition))


def _search(one: Search, w: Words) -> Markup:
    text = w(
        "find.searched", where=w.of(one.row.where), day=fmt.day(one.on, w), result=w(f"goals.searched_{one.row.result}")
    )
    return _line(html("{}", w.of(one.row.what)), text)
