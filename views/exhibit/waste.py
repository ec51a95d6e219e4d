"""Chapter 3, where a bottle goes: a visitor throws something away, the figures tell its way as far as they go."""

from markupsafe import Markup

from reports import story, waste
from reports.story import Thing
from reports.waste import Flow
from views.drawings import flow
from views.exhibit.pieces import Chapter, Poster, Tile, figure, icon, one_screen, source_note
from views.text import amounts
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards
from views.ui.figure_cards import value as figure_value
from views.visit import Visit


def chapter(v: Visit) -> Chapter:
    """Five things to throw away: what comes from homes, then what comes from factories."""
    w, made, things = v.w, waste.flow(v.today), story.things(v.today)
    buttons = join(
        html(
            '<button type="button" data-thing="{}" aria-pressed="false">{}<span>{}</span></button>',
            one.id,
            icon(one.id),
            w(f"exhibit.waste.{one.id}"),
        )
        for one in things
    )
    told = join(_told(one, v, made) for one in things)
    ask = html('<p class="ask" data-at="">{}</p>', w("exhibit.waste.ask"))
    body = html(
        '<div class="things">{buttons}</div><div class="told" aria-live="polite">{ask}{told}</div>',
        buttons=buttons,
        ask=ask,
        told=told,
    )
    headline = w.html("exhibit.waste.headline_open")
    if made:
        headline = w.html(
            "exhibit.waste.headline", used=f"{made.share_pct(made.used.value):.1f}", period=fmt.period(made.period, w)
        )
    return one_screen("waste", headline, w("exhibit.waste.lead"), body, _poster(things, made, w))


def _told(thing: Thing, v: Visit, made: Flow | None) -> Markup:
    """The way of a thing: each published figure with its source, then what no figure says."""
    w = v.w
    if thing.id == "slag" and made:
        way = html('<div class="flow">{}</div>', _split(made, w))
    else:
        way = join(_step(thing, n, w) for n in range(len(thing.points)))
    home = waste.household(v.today)
    if thing.id == "bag" and home:
        way += cards.line(w("exhibit.waste.per_tonne", kwh=fmt.number(home.kwh_per_t)))
    if not thing.points:
        way = html('<div class="value none">{}</div>', w("site.not_found"))
    title, unknown = w(f"exhibit.waste.way.{thing.id}"), w(f"exhibit.waste.unknown.{thing.id}")
    source_notes = _source_notes(thing, w) if thing.id == "slag" else Markup()
    return html(
        '<section class="panel boxed" data-at="{}"><h2>{title}</h2><div class="way">{way}</div>'
        '{source_notes}<p class="unsaid">{unknown}</p></section>',
        thing.id,
        title=title,
        way=way,
        source_notes=source_notes,
        unknown=unknown,
    )


def _source_notes(thing: Thing, w: Words) -> Markup:
    return source_note(thing.points[0].provenance, w) if thing.points else Markup()


def _step(thing: Thing, n: int, w: Words) -> Markup:
    point = thing.points[n]
    return figure(w(f"exhibit.waste.figure.{point.row.indicator_id}", period=fmt.period(point.period, w)), point, w)


def _split(made: Flow, w: Words) -> Markup:
    shares = (
        ("used", made.used.value or 0.0, "var(--leaf)"),
        ("disposed", made.disposed.value or 0.0, "var(--earth)"),
        ("rest", made.unstated_10kt, "var(--none)"),
    )
    branches = [
        flow.Branch(
            amount,
            w(f"waste.{name}"),
            f"{amounts.amount(amount, '10kt', w)} · {made.share_pct(amount):.1f}%",
            color,
            unknown=name == "rest",
        )
        for name, amount, color in shares
    ]
    whole = w("waste.generated", amount=amounts.amount(made.generated.value or 0, "10kt", w))
    title = w("waste.flow_alt", whole=whole, parts="; ".join(f"{one.name} {one.detail}" for one in branches))
    return flow.split(whole, branches, title=title)


def _poster(things: tuple[Thing, ...], made: Flow | None, w: Words) -> Poster:
    home = [point for thing in things if thing.id != "slag" for point in thing.points]
    tiles = tuple(
        Tile(
            w(f"exhibit.waste.figure.{point.row.indicator_id}", period=fmt.period(point.period, w)),
            figure_value(point, w),
            w.of(point.row.note),
        )
        for point in home
    )
    notes = tuple(w(f"exhibit.waste.unknown.{thing.id}") for thing in things)
    bases = (*((made.provenance,) if made else ()), *(point.provenance for point in home))
    return Poster(w("exhibit.waste.printed"), _split(made, w) if made else Markup(), tiles, notes, bases)
