"""The river across the screen, section by section."""

from collections.abc import Sequence

from reports import provenance, water
from reports.provenance import Provenance
from views.drawings import river as drawn_river
from views.text import answers
from views.text.markup import html
from views.visit import Visit
from views.wall.pieces import Scene, foot


def scene(v: Visit) -> Scene:
    """The river across the screen, section by section."""
    w, report = v.w, water.overview(v.today)
    wide, narrow = drawn_river.screen(report.river, w), drawn_river.line(report.river, w, upright=True)
    drawn, sections = (
        html('<div class="if-wide">{wide}</div><div class="if-narrow">{narrow}</div>', wide=wide, narrow=narrow),
        report.river.sections,
    )
    known = w("wall.river.known", total=len(sections), known=sum(s.latest is not None for s in sections))
    under = (foot(known, _classes(sections), w),)
    return Scene(*answers.of_water(v, report), drawn, under)


def _classes(sections: Sequence[water.Section]) -> Provenance:
    """What the classes in the picture rest on."""
    latest = [section.latest for section in sections if section.latest]
    return provenance.merged(
        (known.provenance for known in latest), "derived", max((known.period for known in latest), default="")
    )
