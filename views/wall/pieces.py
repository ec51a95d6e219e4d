"""What a scene of the wall is made of."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from reports import figures
from reports.air import Year
from reports.figures import Point
from reports.provenance import Provenance
from views.text import format as fmt
from views.text.air import level_names
from views.text.words import Words
from views.ui import cards, figure_cards, screens


class Scene(Struct, frozen=True, weakref=True):
    """What a scene shows: a sentence with its number in <em>, a line under it, the picture, numbers at the foot."""

    headline: Markup
    sub: str
    picture: Markup
    numbers: tuple[Markup, ...] = ()


def number(label: str, value: str, remark: str, provenance: Provenance, w: Words, kind: str = "") -> Markup:
    """A number at the foot of a scene, a remark beside it, its first source in print."""
    first = replace(provenance, sources=provenance.sources[:1])
    return screens.number(label, value, remark, cards.short_sources(first, w), kind)


def figure(label: str, points: Sequence[Point], w: Words) -> Markup:
    """The last published figure of a series, large; of when it is, and where the series began."""
    if not points:
        return screens.without_number(label, w("site.not_found"))
    last, ends = points[-1], figures.ends(points)
    sub = fmt.period(last.period, w)
    if ends:
        start, first = fmt.period(ends[0].period, w), figure_cards.value(ends[0], w)
        sub = w("wall.since", period=sub, start=start, first=first)
    if last.provenance.kind == "derived":  # its source gives what it was computed of
        sub = " · ".join((sub, w("site.kinds.derived")))
    return number(label, figure_cards.value(last, w), sub, last.provenance, w)


def foot(text: Markup | str, provenance: Provenance, w: Words) -> Markup:
    """One line under a picture: how to read it, and its sources."""
    return screens.foot(text, cards.short_sources(provenance, w))


def levels(w: Words) -> list[tuple[int, str]]:
    """The AQI levels with their words."""
    return list(level_names(w).items())


def so_far(this: Year, w: Words) -> dict[str, object]:
    """A running year in words: until when, days known, good ones, their share."""
    return {
        "year": this.year,
        "until": fmt.day(this.until, w, year=False),
        "known": this.known_days,
        "good": this.good_days,
        "share": fmt.number(this.share_pct, 1),
    }
