"""Chapter 5, your part: eight questions answered from the data, then up to three pledges to take along on a phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from markupsafe import Markup

from reports import actions, air, quiz, story
from reports.figures import Point
from reports.provenance import Provenance
from reports.quiz import Question
from views.cached import cached_rendering
from views.drawings import qr
from views.exhibit.pieces import Chapter, Poster, Screen, Tile, source_note
from views.text import format as fmt
from views.text import pledges
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, figure_cards
from views.visit import Visit

CODE_SIZE = 220


def chapter(v: Visit) -> Chapter:
    """Question by question, the score, the pledges, the card."""
    w, asked, tips = v.w, quiz.questions(v.today), _tips(v)
    screens = [_question(n, one, len(asked), w) for n, one in enumerate(asked, 1)]
    screens += [_score(len(asked), w), _choice(tips, w), _card(w)]
    tiles = tuple(Tile(w(f"exhibit.part.{name}_title"), tip.number, tip.unit) for name, tip in tips.items())
    poster = Poster(w("exhibit.part.printed"), Markup(), tiles, (), tuple(tip.provenance for tip in tips.values()))
    return Chapter(w.html("exhibit.part.headline"), w("exhibit.part.lead"), tuple(screens), poster)


# ── the quiz ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _question(n: int, one: Question, total: int, w: Words) -> Screen:
    """A question with its choices; touched, it shows which was right, with the number behind and its source."""
    said = _said(one, w)
    choices = join(
        html(
            '<button type="button" data-question="{}" data-choice="{place}"{}>{}</button>',
            one.id,
            " data-right" if place == one.answer else "",
            _choice_words(one, choice, w),
            place=place,
        )
        for place, choice in enumerate(one.choices)
    )
    answer = html(
        '<div class="told" aria-live="polite"><section class="panel boxed" data-answered="{}" hidden>'
        '<h2><span data-when="right">{}</span>'
        '<span data-when="wrong">{}</span></h2>'
        "<p>{}</p>{}</section></div>",
        one.id,
        w("exhibit.quiz.right"),
        w("exhibit.quiz.wrong"),
        w(f"exhibit.quiz.{one.id}.told", **said),
        source_note(one.provenance, w),
    )
    ask = w.html(f"exhibit.quiz.{one.id}.ask", **said)
    lead = w("exhibit.quiz.number", n=n, total=total)
    return Screen(
        f"quiz-{one.id}",
        ask,
        lead,
        html('<div class="choices">{choices}</div>{answer}', choices=choices, answer=answer),
    )


def _said(one: Question, w: Words) -> dict[str, str]:
    """What a question's sentences name: the right choice, and the values beside it, in words."""
    said = {name: _in_words(name, value, w) for name, value in one.values.items()}
    return said | {"right": _choice_words(one, one.right, w)}


def _in_words(name: str, value: float | str, w: Words) -> str:
    if name in ("period", "day"):
        return fmt.period(str(value), w)
    return fmt.plain(value) if isinstance(value, float) else str(value)


def _choice_words(one: Question, choice: float | str, w: Words) -> str:
    if one.id == "worst_month":
        return w(f"site.month_{choice}")
    if one.id == "outflow":
        return fmt.water_class(int(choice), w)
    if one.id == "reported":
        return _kind(str(choice), w)
    return w(f"exhibit.quiz.{one.id}.choice", n=fmt.plain(float(choice)))


def _kind(item: str, w: Words) -> str:
    return next(w.of(count.row.name) for count in actions.complaints().by_kind if count.row.item == item)


def _score(total: int, w: Words) -> Screen:
    lines = join(
        html('<p data-score="{n}" hidden>{}</p>', w("exhibit.quiz.score", n=n, total=total), n=n)
        for n in range(total + 1)
    )
    again = html('<button type="button" data-act="quiz">{}</button>', w("exhibit.quiz.again"))
    body = html('<div class="score">{lines}</div><div class="row">{again}</div>', lines=lines, again=again)
    return Screen("score", w.html("exhibit.quiz.score_headline"), w("exhibit.quiz.score_lead"), body)


# ── the pledges ──────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class _Tip:
    """A pledge with the number it rests on, what the number is, and its basis."""

    number: str
    unit: str
    provenance: Provenance


def _tips(v: Visit) -> Mapping[str, _Tip]:
    """The pledges whose figure is known, in their order."""
    w, report = v.w, story.part(v.today)
    month, since = w(f"site.month_{report.air.worst_month}"), str(air.STATE_CHANGED.year + 1)
    found = {
        "look": _Tip(
            w("exhibit.part.look_n", n=fmt.plain(report.air.worst_month_pm10_ugm3)),
            w("exhibit.part.look_unit", month=month, since=since, years=report.air.whole_years),
            report.air.worst_provenance,
        ),
        "call": _call(report.reported, w),
    }
    for name, point in (("bus", report.buses), ("drain", report.outfalls)):
        found |= {name: _of_point(name, point, w)} if point else {}
    if home := report.household:
        found |= {"food": _of_point("food", home.food, w)} if home.food else {}
        number, period = w("exhibit.part.sort_n", n=fmt.number(home.kwh_per_t)), fmt.period(home.burnt.period, w)
        found["sort"] = _Tip(number, w("exhibit.part.sort_unit", period=period), home.provenance)
    return {name: found[name] for name in pledges.PLEDGES if name in found}


def _of_point(name: str, point: Point, w: Words) -> _Tip:
    period, note = fmt.period(point.period, w), w.of(point.row.note)
    return _Tip(
        figure_cards.value(point, w), w(f"exhibit.part.{name}_unit", period=period, note=note), point.provenance
    )


def _call(batch: actions.Batch, w: Words) -> _Tip:
    first, second = (w.of(count.row.name).lower() for count in batch.by_kind[:2])
    unit = w("exhibit.part.call_unit", day=fmt.day(batch.day, w), first=first, second=second)
    return _Tip(w("exhibit.part.call_n", n=batch.total), unit, batch.provenance)


def _choice(tips: Mapping[str, _Tip], w: Words) -> Screen:
    """Six small things beside the figure each rests on; up to three are chosen."""
    boxes = join(_box(name, tip, w) for name, tip in tips.items())
    lead = w("exhibit.part.lead", most=pledges.MOST_PLEDGES)
    return Screen(
        "pledge", w.html("exhibit.part.headline"), lead, html('<div class="panels six">{boxes}</div>', boxes=boxes)
    )


def _box(name: str, tip: _Tip, w: Words) -> Markup:
    button = html(
        '<button type="button" data-pledge="{name}" aria-pressed="false"><strong>{}</strong></button>',
        w(f"exhibit.part.{name}_title"),
        name=name,
    )
    number = html('<div class="value">{}<small>{}</small></div>', tip.number, tip.unit)
    return html(
        '<section class="panel boxed">{button}{}{number}{}</section>',
        cards.line(w(f"exhibit.part.{name}")),
        source_note(tip.provenance, w),
        button=button,
        number=number,
    )


def _card(w: Words) -> Screen:
    """The pledges chosen and the code that takes them to a phone: one for every choice, since no server may be there."""
    lines = join(
        html('<li data-pledged="{name}" hidden>{}</li>', w(f"exhibit.part.{name}_title"), name=name)
        for name in pledges.PLEDGES
    )
    some = [one for n in range(1, pledges.MOST_PLEDGES + 1) for one in combinations(pledges.PLEDGES, n)]
    named = [",".join(one) for one in some]
    codes = join(html('<div data-code="{names}" hidden>{}</div>', _code(names, w), names=names) for names in named)
    none = html('<div data-code="">{}</div>', w("exhibit.part.none"))
    body = html(
        '<div class="card-to-keep"><div><h2>{}</h2><ul>{lines}</ul>'
        '<p class="muted">{}</p></div><div class="keep">{none}{codes}</div></div>',
        w("exhibit.part.card"),
        w("exhibit.part.card_foot"),
        lines=lines,
        none=none,
        codes=codes,
    )
    return Screen("card", w.html("exhibit.part.card_headline"), w("exhibit.part.card_lead"), body)


@cached_rendering
def _code(names: str, w: Words) -> Markup:
    return qr.svg(qr.public(f"/lite?pledge={names}", w.lang), title=w("exhibit.part.code"), size=CODE_SIZE)
