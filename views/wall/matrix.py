"""The section matrix: every section year by year with each class known; what was never published is marked so."""

from reports import provenance, water
from views.ui import section_matrix
from views.visit import Visit
from views.wall.pieces import Scene, foot

YEARS = 5  # the last ones of which anything is known


def scene(v: Visit) -> Scene:
    """Sections down the river, the tributaries after it."""
    w, sections = v.w, water.overview(v.today).river.sections
    known = [one for one in sections if one.has_any_class]
    years = [
        year for year in water.years(v.today) if any(one.in_year(year) or one.recorded_in(year) for one in sections)
    ]
    drawn = section_matrix.brief_table(section_matrix.of(sections, years[-YEARS:], water.disputed(), w), w)
    every = [k.provenance for one in known for k in reversed(one.known)]
    every += [k.provenance for one in known for k in one.recorded]
    rests = provenance.merged(every, "derived", str(v.today.year))
    headline = w.html("wall.matrix.headline", total=len(sections), known=len(known))
    return Scene(headline, w("wall.matrix.sub"), drawn, (foot(w("wall.matrix.key"), rests, w),))
