"""The river across the screen, section by section."""

from reports import provenance, water
from reports.provenance import Provenance
from reports.water import Section
from views.drawings import river
from views.text import answers
from views.ui.layout import by_width
from views.visit import Visit
from views.wall.pieces import Scene, foot


def scene(v: Visit) -> Scene:
    """The river across the screen, section by section."""
    w, report = v.w, water.overview(v.today)
    known = [one for one in report.river.sections if one.latest]
    drawn = by_width(river.screen(report.river, w), river.line(report.river, w, upright=True))
    text = w("wall.river.known", total=len(report.river.sections), known=len(known))
    return Scene(*answers.of_water(v, report), drawn, (foot(text, _classes(known), w),))


def _classes(sections: list[Section]) -> Provenance:
    """What the classes in the picture rest on."""
    latest = [one.latest for one in sections if one.latest]
    last_period = max((one.period for one in latest), default="")
    return provenance.merged((one.provenance for one in latest), "derived", last_period)
