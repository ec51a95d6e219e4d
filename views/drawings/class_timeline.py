"""Every class known of a section over the years: a lane a class, the best on top.

A bar is a published class as long as its period, pale where it is only a bound ("or better"); a square is what the recorded hours
of a month were by the five automatic items, which is never the month's class.
"""

from datetime import date

from markupsafe import Markup

from reports.water import Aim, Known, Section
from views.cached import cached_rendering
from views.drawings import svg
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES, ink_on

WORST, LEAST_LANES = 6, 4
LEFT, RIGHT, TOP, LANE, FOOT = 58.0, 12.0, 8.0, 46.0, 30.0
BAR, SQUARE = 22.0, 9.0
LEAST_BAR = 7.0  # a quarter is still to be seen
LETTERS = 13.0


@cached_rendering
def timeline(section: Section, years: tuple[int, int], w: Words, *, width: float = 400.0) -> Markup:
    """The section's classes from the first to the last of ``years`` (both whole) as SVG, ``width`` units wide."""
    lanes = _lanes_of(section)
    height = TOP + lanes * LANE + FOOT
    scale = _Scale(years, width)
    marks = [_hours(month, n, scale) for one in section.recorded for month, n in ((one.month, n) for n in one.by_class)]
    bars = [_bar(known, scale) for known in section.known if known.official]
    aim = _aim(section.aim, scale, w) if section.aim else Markup()
    body = (
        join(_lane(n, width, w) for n in range(1, lanes + 1)) + _years(scale, height) + aim + join(bars) + join(marks)
    )
    return svg.frame(width, height, body, title=described(section, w))


def described(section: Section, w: Words) -> str:
    """All classes of the drawing as a sentence for a screen reader, the oldest first."""
    published = [
        w("water.timeline_one", when=water_words.when(one, w), water_class=fmt.water_class(one.water_class, w, one.op))
        for one in section.known
        if one.official
    ]
    hours = sum(one.hours for one in section.recorded)
    return w(
        "water.timeline_alt",
        section=water_words.section_name(section, w),
        known=w("water.list_comma").join(published),
        n=hours,
    )


class _Scale:
    """Days to x."""

    def __init__(self, years: tuple[int, int], width: float) -> None:
        self.first, self.last = years
        self.start = date(self.first, 1, 1).toordinal()
        self.days = date(self.last + 1, 1, 1).toordinal() - self.start
        self.wide = width - LEFT - RIGHT

    def x(self, day: date, *, after: bool = False) -> float:
        """The beginning of a day, or its end."""
        return LEFT + self.wide * (day.toordinal() + after - self.start) / self.days


def _y(water_class: int) -> float:
    """The middle of a class's lane."""
    return TOP + (water_class - 0.5) * LANE


def _lanes_of(section: Section) -> int:
    """One class more than the worst known or aimed at, so that what stayed away is seen."""
    classes = [known.water_class for known in section.known] + [n for one in section.recorded for n in one.by_class]
    classes += [section.aim.water_class] if section.aim else []
    return min(max([LEAST_LANES, *(n + 1 for n in classes)]), WORST)


def _lane(n: int, width: float, w: Words) -> Markup:
    """A class's name on its colour and its line."""
    color = WATER_CLASSES[n]
    chip = html(
        '<rect x="4" y="{:g}" width="44" height="22" rx="4" fill="{color}"/>'
        '<line x1="{:g}" x2="{:g}" y1="{y:g}" y2="{y:g}" style="stroke:var(--line)"/>',
        _y(n) - 11,
        LEFT,
        width - RIGHT,
        color=color,
        y=_y(n),
    )
    name = w("site.worse_than_v") if n == WORST else fmt.ROMAN[n]
    return chip + svg.words(26, _y(n) + 4.5, name, size=LETTERS, fill=ink_on(color), anchor="middle", weight=650)


def _years(scale: _Scale, height: float) -> Markup:
    """Every other year where they would touch."""
    each = 1 if scale.wide / (scale.last - scale.first + 1) >= 44 else 2
    return join(
        svg.words(scale.x(date(year, 7, 1)), height - 9, str(year), size=LETTERS, anchor="middle")
        for year in range(scale.last, scale.first - 1, -each)
    )


def _bar(known: Known, scale: _Scale) -> Markup:
    left, exact = max(scale.x(known.begin), LEFT), known.op == "="
    wide = max(scale.x(known.end, after=True) - left, LEAST_BAR)
    return html(
        '<rect x="{left:.1f}" y="{:g}" width="{wide:.1f}" height="{:g}" rx="3" fill="{}" fill-opacity="{:g}" '
        'style="stroke:var(--ink)" stroke-width="{:g}"/>',
        _y(known.water_class) - BAR / 2,
        BAR,
        WATER_CLASSES[known.water_class],
        1.0 if exact else 0.3,
        1.0 if exact else 0.6,
        left=left,
        wide=wide,
    )


def _hours(month: str, water_class: int, scale: _Scale) -> Markup:
    x = scale.x(date.fromisoformat(f"{month}-15"))
    return html(
        '<rect x="{:.1f}" y="{:g}" width="{size:g}" height="{size:g}" fill="{}" style="stroke:var(--ink)"/>',
        x - SQUARE / 2,
        _y(water_class) - SQUARE / 2,
        WATER_CLASSES[water_class],
        size=SQUARE,
    )


def _aim(aim: Aim, scale: _Scale, w: Words) -> Markup:
    """The class to reach, over the year it is to be reached in."""
    left, right, y = scale.x(date(aim.year, 1, 1)), scale.x(date(aim.year, 12, 31), after=True), _y(aim.water_class)
    line = html(
        '<path d="M{left:.1f} {:g}V{:g}H{right:.1f}V{:g}" fill="none" style="stroke:var(--ink)" stroke-width="2"/>',
        y + 8,
        y + 15,
        y + 8,
        left=left,
        right=right,
    )
    return line + svg.words(
        (left + right) / 2, y + 30, w("water.timeline_aim"), size=LETTERS, fill="var(--ink)", anchor="middle"
    )
