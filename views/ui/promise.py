"""A promise as it is shown: every value formatted once for all surfaces, which only lay it out; and the site's card of it."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from reports.figures import Point
from reports.goals import Promise
from reports.measured import Measured
from reports.provenance import Provenance
from views.cached import cached_rendering_of
from views.text import amounts
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.tokens import ACCENT_VARIABLES
from views.ui import cards, promise_sentences

MOST_SEARCHES = 4  # the methods page lists all


class Official(Struct, frozen=True, weakref=True):
    """The official result: ``text`` with its unit, or the document's own words; ``number`` is empty where it has none."""

    text: str
    number: str
    unit: str
    period: str
    note: str
    source_name: str
    provenance: Provenance


class MeasuredHere(Struct, frozen=True, weakref=True):
    """What is measured or derived here, never mixed with the official result. ``short``: its period, hours by their number."""

    text: str
    period: str
    short: str
    sentence: str
    how: str
    provenance: Provenance


class Target(Struct, frozen=True, weakref=True):
    """What was promised. ``number`` with its unit, else ``words`` or, set by a higher level without a number, ``set_by``."""

    line: str
    number: str
    words: str
    due: str
    set_by: str


class Scale(Struct, frozen=True, weakref=True):
    """The numbers of the line from start to target, between its ends; what is not known is None.

    ``run``: the way between start and result is drawn, which only numbers of one kind have.
    """

    low: float
    high: float
    start: float | None
    latest: float | None
    target: float | None
    run: bool

    @property
    def points(self) -> int:
        """How many of its numbers are known."""
        return sum(one is not None for one in (self.start, self.latest, self.target))


class Background(Struct, frozen=True, weakref=True):
    """What is written where a result is missing: searches, what the plan leaves out or owes; figures that come near."""

    searches: Sequence[str]
    near: Sequence[str]


class Row(Struct, frozen=True, weakref=True):
    """A promise in one language.

    ``start``: its value with its period; ``start_value``, ``start_period``: both alone, empty where the plan has no year.
    ``state``: the state as a key, ``word`` in a word. ``conflicts``: two values each with their sources, and how they are
    read here. ``background``: None where the result is known.
    """

    indicator_id: str
    name: str
    long_name: str
    plan_row: str
    scope: str
    color: str
    state: str
    word: str
    reason: str
    start: str
    start_value: str
    start_period: str
    target: Target
    official: Official | None
    measured: MeasuredHere | None
    scale: Scale
    conflicts: Sequence[tuple[str, str]]
    background: Background | None
    provenance: Provenance

    @property
    def known(self) -> Provenance:
        """Where the official result comes from; where there is none, the promise."""
        return self.official.provenance if self.official else self.provenance


@cached_rendering_of("facts")
def row(promise: Promise, w: Words) -> Row:
    """All that a surface may show of a promise."""
    target, period = promise.target, promise.baseline_period
    start = amounts.of_promise(promise, target.baseline_value, target.baseline_op, "", w)
    return Row(
        indicator_id=promise.indicator.indicator_id,
        name=w.of(promise.indicator.short),
        long_name=w.of(promise.indicator.name),
        plan_row=promise_sentences.plan_row(promise, w),
        scope=promise_sentences.scope(promise, w),
        color=ACCENT_VARIABLES.get(promise.indicator.theme, "var(--accent)"),
        state=promise.judgement.status,
        word=w(f"site.status.{promise.judgement.status}"),
        reason=promise_sentences.reason(promise, w),
        start=promise_sentences.start(promise, w),
        start_value=start if period else "",
        start_period=fmt.period(period, w) if period else "",
        target=_target(promise, w),
        official=_official(promise, promise.official, w) if promise.official else None,
        measured=_measured(promise, promise.measured, w) if promise.measured else None,
        scale=_scale(promise),
        conflicts=[(promise_sentences.conflict(one, w), w.of(one.row.reading)) for one in promise.contradictions],
        background=None if promise.settled else _background(promise, w),
        provenance=promise.provenance,
    )


def _target(promise: Promise, w: Words) -> Target:
    target, number = promise.target, ""
    if target.target_value is not None:
        number = amounts.of_promise(promise, target.target_value, target.target_op, "", w)
    set_by = w(f"goals.by_{target.delegated_by}") if target.delegated_by else ""
    return Target(
        promise_sentences.aim(promise, w), number, w.of(target.target_text), promise_sentences.due(promise, w), set_by
    )


def _official(promise: Promise, point: Point, w: Words) -> Official:
    number, unit = "", ""
    if point.value is not None and promise.unit.unit_id == amounts.CLASS:
        number = fmt.water_class(point.value, w)
    elif point.value is not None:
        number, unit = amounts.parts(point.value, promise.unit.unit_id, w)
        number = fmt.OPS[point.op] + number
    return Official(
        text=amounts.of_promise(promise, point.value, point.op, w.of(point.row.text), w),
        number=number,
        unit=unit,
        period=fmt.period(point.period, w),
        note=w.of(point.row.note),
        source_name=cards.source_name(point.provenance.sources[0], w),
        provenance=point.provenance,
    )


def _measured(promise: Promise, found: Measured, w: Words) -> MeasuredHere:
    point = found.point
    return MeasuredHere(
        text=promise_sentences.measured_value(promise, found, w),
        period=fmt.period(point.period, w),
        short=_short(found, w),
        sentence=promise_sentences.measured(promise, found, w),
        how=found.how,
        provenance=point.provenance,
    )


def _short(found: Measured, w: Words) -> str:
    """The period as a row has space for it; some hours are never called the year or the month they lie in."""
    period = found.point.period
    if found.how != "readings":
        return fmt.period(period, w)
    first, last = period[:7], period[-10:-3]
    months = fmt.period(first if first == last else f"{first}/{last}", w)
    return w("goals.hours_of", n=found.values["n"], period=months)


def _scale(promise: Promise) -> Scale:
    """The scale runs over what is published, that of a class from 劣Ⅴ to Ⅰ.

    A result that is another kind of number than its target is not drawn.
    """
    target, official = promise.target, promise.official
    latest = official.value if official is not None and promise.on_one_scale else None
    run = promise.since_start is not None and promise.since_start[1] is official
    if promise.unit.unit_id == amounts.CLASS:
        start, now, aimed = (None if p is None else -p for p in (target.baseline_value, latest, target.target_value))
        return Scale(-6.0, -1.0, start, now, aimed, run)
    points = [p for p in (target.baseline_value, latest, target.target_value) if p is not None]
    low, high = (min(points), max(points)) if points else (0.0, 1.0)
    margin = (high - low) * 0.25 or max(abs(high) * 0.05, 1.0)
    return Scale(low - margin, high + margin, target.baseline_value, latest, target.target_value, run)


def _background(promise: Promise, w: Words) -> Background:
    searches = [promise_sentences.search(one, w) for one in promise.searched[:MOST_SEARCHES]]
    if promise.target.kind == "delegated":
        searches.append(w("goals.left_out"))
    searches += [text for text in (promise_sentences.owed(promise, w),) if text]
    return Background(searches, [promise_sentences.relative(one, w) for one in promise.relatives])


# ── pieces every surface lays out ────────────────────────────────────────────────────────────────────────────────────
def line(one: Row) -> Markup:
    """The line from start to target."""
    scale = one.scale
    return cards.bullet(
        scale.low,
        scale.high,
        baseline=scale.start,
        latest=scale.latest,
        target=scale.target,
        title=one.reason,
        color=one.color,
        run=scale.run,
    )


def ends(one: Row, w: Words) -> Markup:
    """Start and target at the two ends of the line."""
    return cards.ends(one.start or w("goals.no_baseline"), one.target.line)


def measured(one: Row, w: Words) -> Markup:
    """The measurement under the official result, marked, with its own source note; empty where there is none."""
    if one.measured is None:
        return Markup()
    return html(
        '<div class="beside"><strong>{}</strong> {}{}</div>',
        w("goals.measured.lead"),
        one.measured.sentence,
        cards.source_note(one.measured.provenance, w),
    )


def conflicts(one: Row, w: Words, *, read: bool = True) -> Markup:
    """Where documents contradict each other about it, folded; empty where none do.

    ``read``: with how they are read here, which a long list leaves to the promise's own page.
    """
    lines = [f"{values} {reading}" if read else values for values, reading in one.conflicts]
    return cards.folded(w("goals.conflict_fold", n=len(lines)), cards.notes(lines)) if lines else Markup()


def background(one: Row, w: Words) -> Markup:
    """Where was searched and until when, what the document leaves out, what its issuer owes: folded; empty where settled."""
    if one.background is None:
        return Markup()
    body, near = cards.notes(one.background.searches), one.background.near
    if near:
        body += cards.line(w("goals.near"), "muted small") + cards.notes(near)
    return cards.folded(w("goals.searched_fold"), body)


def source_notes(one: Row, w: Words) -> Markup:
    """Where the official figure comes from, where there is one, and the promise itself."""
    figure = cards.source_note(one.official.provenance, w) if one.official else Markup()
    return figure + cards.source_note(one.provenance, w)


@cached_rendering_of("facts")
def card(promise: Promise, w: Words, *, whole: bool = False) -> Markup:
    """The promise as a card: the official result and, marked as such, what is measured here.

    ``whole``: with its row in the plan, that row's source note, what contradicts it, and where its result was searched.
    """
    one = row(promise, w)
    if one.official is None or not one.official.text:
        body = cards.no_value(w)
    elif not one.official.number:
        body = cards.value(one.official.text, "", one.official.period)
    else:
        body = cards.value(one.official.number, one.official.unit, one.official.period)
    body += html('<div aria-hidden="true">{}</div>', line(one))  # its words follow
    body += ends(one, w) + cards.line(one.reason) + measured(one, w)
    if whole:
        body += cards.line(one.plan_row, "muted small") + conflicts(one, w) + background(one, w)
        foot = source_notes(one, w)
    else:
        foot = cards.source_note(one.known, w)
    return cards.card(one.name, body, pill=cards.state(one.state, one.word), foot=foot)
