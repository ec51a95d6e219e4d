"""Chapter 5, your part: the quiz, then up to three pledges to take along on a phone."""

from collections.abc import Mapping
from itertools import combinations

from markupsafe import Markup
from msgspec import Struct

from reports import actions, air, story
from reports import quiz as quiz_report
from reports.figures import Point
from reports.provenance import Provenance
from reports.story import Part
from views.drawings import qr
from views.exhibit import quiz
from views.exhibit.pieces import Chapter, Poster, Screen, Tile, source_note
from views.templates import render
from views.text import format as fmt
from views.text import pledges
from views.text.words import Words
from views.ui import figure_cards
from views.visit import Visit

CODE_SIZE = 260


class Tip(Struct, frozen=True, weakref=True):
    """A pledge with the number it rests on, what the number is, and where it comes from."""

    number: str
    unit: str
    provenance: Provenance
    source_note: Markup


def chapter(v: Visit) -> Chapter:
    """Question by question, the pledges, the card with the score."""
    w = v.w
    tips = _tips(story.part(v.today), w)
    screens = (*quiz.screens(quiz_report.questions(v.today), w), _choice(tips, w), _card(w))
    tiles = tuple(Tile(w(f"exhibit.part.{name}_title"), tip.number, tip.unit) for name, tip in tips.items())
    poster = Poster(w("exhibit.part.printed"), Markup(), tiles, (), tuple(tip.provenance for tip in tips.values()))
    lead = w("exhibit.part.lead", most=pledges.MOST_PLEDGES)
    return Chapter(w.html("exhibit.part.headline"), lead, screens, poster)


def _tips(report: Part, w: Words) -> Mapping[str, Tip]:
    """The pledges whose figure is known, in their order."""
    tips = {"look": _look(report.air, w)} if report.air else {}
    if report.reported:
        tips["call"] = _call(report.reported, w)
    home = report.household
    figures = {"bus": report.buses, "drain": report.outfalls, "food": home.food if home else None}
    tips |= {name: _of_point(name, point, w) for name, point in figures.items() if point}
    if home:
        number, period = w("exhibit.part.sort_n", n=fmt.number(home.kwh_per_t)), fmt.period(home.burnt.period, w)
        tips["sort"] = _tip(number, w("exhibit.part.sort_unit", period=period), home.provenance, w)
    return {name: tips[name] for name in pledges.PLEDGES if name in tips}


def _tip(number: str, unit: str, provenance: Provenance, w: Words) -> Tip:
    return Tip(number, unit, provenance, source_note(provenance, w))


def _look(report: air.LongRun, w: Words) -> Tip:
    """How bad the worst month is."""
    number = w("exhibit.part.look_n", n=fmt.plain(report.worst_month_pm10_ugm3))
    month, since = w(f"site.month_{report.worst_month}"), str(air.FIRST_YEAR_SINCE_CHANGE)
    unit = w("exhibit.part.look_unit", month=month, since=since, years=report.whole_years)
    return _tip(number, unit, report.worst_provenance, w)


def _call(batch: actions.Batch, w: Words) -> Tip:
    """How many complaints inspectors received, and of what most were."""
    first, second = (w.of(count.row.name).lower() for count in batch.by_kind[:2])
    unit = w("exhibit.part.call_unit", day=fmt.day(batch.day, w), first=first, second=second)
    return _tip(w("exhibit.part.call_n", n=batch.total), unit, batch.provenance, w)


def _of_point(name: str, point: Point, w: Words) -> Tip:
    unit = w(f"exhibit.part.{name}_unit", period=fmt.period(point.period, w), note=w.of(point.row.note))
    return _tip(figure_cards.value(point, w), unit, point.provenance, w)


def _choice(tips: Mapping[str, Tip], w: Words) -> Screen:
    """Six small things beside the figure each rests on; up to three are pinned to the wall."""
    lead = w("exhibit.part.lead", most=pledges.MOST_PLEDGES)
    stage = render("exhibit/pledges", w=w, tips=tips)
    body = render("exhibit/vows", w=w, pledges=tips, empty=True)
    return Screen("pledge", w.html("exhibit.part.headline"), lead, "wall", stage, body)


def _card(w: Words) -> Screen:
    """The score as a badge with the pledges chosen, and the code that takes them to a phone.

    One code for every choice, since no server may be there; none where phones do not reach this site.
    """
    counts = range(1, pledges.MOST_PLEDGES + 1) if qr.reachable() else ()
    names = [",".join(chosen) for n in counts for chosen in combinations(pledges.PLEDGES, n)]
    codes = {one: _code(one, w) for one in names}
    stage = render("exhibit/card", w=w, pledges=pledges.PLEDGES, codes=codes, drawn=quiz.DRAWN)
    kind = "card" if codes else "card_here"
    headline, lead = w.html(f"exhibit.part.{kind}_headline"), w(f"exhibit.part.{kind}_lead")
    body = render("exhibit/vows", w=w, pledges=pledges.PLEDGES, empty=False)
    return Screen("card", headline, lead, "wall", stage, body)


def _code(names: str, w: Words) -> Markup:
    return qr.code(f"/lite?pledge={names}", w.lang, title=w("exhibit.part.code"), size=CODE_SIZE)
