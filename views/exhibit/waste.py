"""Chapter 3, where a bottle goes: a visitor throws something away, the figures tell its way as far as they go."""

from html import escape

from reports import story, waste
from reports.story import Thing
from reports.waste import Flow
from views import amounts, cards, flow
from views import format as fmt
from views.exhibit.pieces import Chapter, Poster, Tile, figure, icon, one_screen, origin
from views.figure_cards import value as figure_value
from views.page import Visit
from views.words import Words


def chapter(v: Visit) -> Chapter:
    """Five things to throw away: what comes from homes, then what comes from factories."""
    w, made, things = v.w, waste.flow(v.today), story.things(v.today)
    buttons = "".join(
        f'<button type="button" data-thing="{one.id}" aria-pressed="false">{icon(one.id)}'
        f"<span>{escape(w(f'exhibit.waste.{one.id}'))}</span></button>"
        for one in things
    )
    told = "".join(_told(one, v, made) for one in things)
    ask = f'<p class="ask" data-at="">{escape(w("exhibit.waste.ask"))}</p>'
    body = f'<div class="things">{buttons}</div><div class="told" aria-live="polite">{ask}{told}</div>'
    headline = escape(w("exhibit.waste.headline_open"))
    if made:
        headline = w(
            "exhibit.waste.headline", used=f"{made.share_pct(made.used.value):.1f}", period=fmt.period(made.period, w)
        )
    return one_screen("waste", headline, w("exhibit.waste.lead"), body, _poster(things, made, w))


def _told(thing: Thing, v: Visit, made: Flow | None) -> str:
    """The way of a thing: each published figure with its source, then what no figure says."""
    w = v.w
    if thing.id == "slag" and made:
        way = f'<div class="flow">{_split(made, w)}</div>'
    else:
        way = "".join(_step(thing, n, w) for n in range(len(thing.points)))
    home = waste.household(v.today)
    if thing.id == "bag" and home:
        way += cards.line(w("exhibit.waste.per_tonne", kwh=fmt.number(home.kwh_per_t)))
    if not thing.points:
        way = f'<div class="value none">{escape(w("site.not_found"))}</div>'
    title, unknown = w(f"exhibit.waste.way.{thing.id}"), w(f"exhibit.waste.unknown.{thing.id}")
    origins = _origins(thing, w) if thing.id == "slag" else ""
    return (
        f'<section class="panel boxed" data-at="{thing.id}"><h2>{escape(title)}</h2><div class="way">{way}</div>'
        f'{origins}<p class="unsaid">{escape(unknown)}</p></section>'
    )


def _origins(thing: Thing, w: Words) -> str:
    return origin(thing.points[0].basis, w) if thing.points else ""


def _step(thing: Thing, n: int, w: Words) -> str:
    point = thing.points[n]
    return figure(w(f"exhibit.waste.figure.{point.row['indicator_id']}", period=fmt.period(point.period, w)), point, w)


def _split(made: Flow, w: Words) -> str:
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
            w(f"exhibit.waste.figure.{point.row['indicator_id']}", period=fmt.period(point.period, w)),
            figure_value(point, w),
            w.of(point.row, "note"),
        )
        for point in home
    )
    notes = tuple(w(f"exhibit.waste.unknown.{thing.id}") for thing in things)
    bases = (*((made.basis,) if made else ()), *(point.basis for point in home))
    return Poster(w("exhibit.waste.printed"), _split(made, w) if made else "", tiles, notes, bases)
