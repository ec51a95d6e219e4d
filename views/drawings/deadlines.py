"""The days on which work of a plan ends, on one line of years: a dot a piece with its number, those of one day in a cluster.

Full: its day lies ahead; a ring: its day is over; green: a result was published, or that it was done.
"""

import math
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from reports.actions import Deadline, Part, Tasks
from views.cached import cached_rendering
from views.drawings import svg
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words


class Layout(Struct, frozen=True, weakref=True):
    """Width of the drawing, size of its letters, of the numbers in its dots and their radius, in its own units."""

    width: float
    letters: float
    number: float
    dot: float

    @property
    def step(self) -> float:
        """From a dot to the next."""
        return 2 * self.dot + 5


WALL = Layout(1808, 25, 22, 25)
TALL = Layout(1016, 30, 26, 29)


@cached_rendering
def drawing(report: Tasks, today: date, w: Words, *, layout: Layout = WALL) -> Markup:
    """SVG of the dated work of a plan (one piece at least) with its last days, the years and today."""
    dated = [one for one in report.deadlines if one.due]
    years = range(report.plan.start_year, max(one.due.year for one in dated if one.due) + 1)
    columns = max(1, int(layout.width / len(years) * 0.96 / layout.step))
    rows = max(math.ceil(len(one.parts) / columns) for one in dated)
    line = layout.letters * 1.5 + rows * layout.step + 8
    body = _axis(years, today, line, layout)
    if today.year in years:
        body += _today(today, years, line, w, layout)
    body += join(_cluster(one, years, line, columns, w, layout) for one in dated)
    return svg.frame(layout.width, line + layout.letters * 1.7, body, title=described(report, w))


def described(report: Tasks, w: Words) -> str:
    """Every last day with the numbers of the work that ends on it, for a screen reader."""
    days = (
        w("wall.tasks.day_alt", day=fmt.day(one.due, w), numbers=w("wall.list_comma").join(p.number for p in one.parts))
        for one in report.deadlines
        if one.due
    )
    return fmt.sentences(w, *days)


def _x(day: date, years: range, layout: Layout) -> float:
    """Where the end of a day lies."""
    length = date(day.year + 1, 1, 1).toordinal() - date(day.year, 1, 1).toordinal()
    share = (day.year - years[0] + day.timetuple().tm_yday / length) / len(years)
    return round(layout.width * share, 1)


def _axis(years: range, today: date, line: float, layout: Layout) -> Markup:
    """The years, the running one's name on the side of its middle on which today is not."""
    each = layout.width / len(years)
    aside = 0.25 if today.timetuple().tm_yday > 183 else 0.8
    base = html('<path d="M0 {line:g}H{:g}" style="stroke:var(--none)" stroke-width="3"/>', layout.width, line=line)
    names = join(
        svg.words((n + share) * each, line + layout.letters * 1.3, str(year), size=layout.letters, anchor="middle")
        for n, year in enumerate(years)
        for share in (aside if year == today.year else 0.5,)
    )
    return base + names


def _today(today: date, years: range, line: float, w: Words, layout: Layout) -> Markup:
    x, tall = _x(today, years, layout), layout.letters
    x = min(x, layout.width - tall * 0.35)
    at = {"x": x, "foot": line + tall * 0.55, "left": x - tall * 0.35, "right": x + tall * 0.35, "line": line + 2}
    mark = html('<path d="M{x:g} {line:g}L{right:g} {foot:g}H{left:g}Z" style="fill:var(--ink)"/>', **at)
    anchor = "end" if x > layout.width / 2 else "start"
    text_x = x - tall * 0.6 if anchor == "end" else x + tall * 0.6
    text = svg.words(
        text_x, line + tall * 1.3, w("actions.today"), size=tall, fill="var(--ink)", anchor=anchor, weight=650
    )
    return mark + text


def _cluster(one: Deadline, years: range, line: float, columns: int, w: Words, layout: Layout) -> Markup:
    """The dots of a day to the left of it, over them how many there are and when."""
    assert one.due is not None
    right, tall = _x(one.due, years, layout), layout.letters
    label = w("wall.tasks.on_day", n=len(one.parts), day=fmt.day(one.due, w, year=False))
    rows = math.ceil(len(one.parts) / columns)
    top = line - 8 - rows * layout.step
    dots = join(
        _dot(
            part,
            right - layout.dot - 2 - (min(columns, len(one.parts)) - 1 - n % columns) * layout.step,
            top + layout.dot + (n // columns) * layout.step,
            layout,
        )
        for n, part in enumerate(one.parts)
    )
    stroke = html('<path d="M{:g} {:g}V{line:g}" style="stroke:var(--none)"/>', right - 1, top, line=line)
    return stroke + dots + svg.words(right - 2, top - tall * 0.4, label, size=tall, fill="var(--ink)", anchor="end")


def _dot(part: Part, x: float, y: float, layout: Layout) -> Markup:
    fill, edge, ink = "var(--sky)", "var(--sky)", "var(--ground)"
    if part.settled:
        fill, edge = "var(--leaf)", "var(--leaf)"
    elif part.state == "past":
        fill, edge, ink = "var(--ground)", "var(--earth)", "var(--ink)"
    circle = html(
        '<circle cx="{x:.1f}" cy="{y:.1f}" r="{:g}" style="fill:{fill};stroke:{edge}" stroke-width="3"/>',
        layout.dot - 1.5,
        x=x,
        y=y,
        fill=fill,
        edge=edge,
    )
    number = svg.words(
        x, y + layout.number * 0.36, part.number, size=layout.number, fill=ink, anchor="middle", weight=700
    )
    return circle + number
