"""The river across the screen, section by section."""

from collections.abc import Sequence
from html import escape

from reports import basis, water
from reports.basis import Basis
from views import river as river_words
from views import river_wide, water_blocks
from views.page import Visit
from views.wall.pieces import Scene, foot


def scene(v: Visit) -> Scene:
    """The river across the screen, section by section."""
    w, report = v.w, water.overview(v.today)
    wide, narrow = river_wide.line(report.river, w), river_words.line(report.river, w, upright=True)
    drawn, sections = f'<div class="if-wide">{wide}</div><div class="if-narrow">{narrow}</div>', report.river.sections
    known = w("wall.river.known", total=len(sections), known=sum(s.latest is not None for s in sections))
    under = (foot(escape(known), _classes(sections), w),)
    return Scene(*water_blocks.answer(v, report), drawn, under)


def _classes(sections: Sequence[water.Section]) -> Basis:
    """What the classes in the picture rest on."""
    latest = [section.latest for section in sections if section.latest]
    return basis.merged(
        (known.basis for known in latest), "derived", max((known.period for known in latest), default="")
    )
