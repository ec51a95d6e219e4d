"""The sections of the river on the map, with the class last known at each."""

from reports.water import River, Section
from views.cached import cached_rendering
from views.drawings import labels, maps
from views.drawings.labels import Box
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.tokens import tokens
from views.ui.water import SectionState


@cached_rendering
def scene(river: River, w: Words, dark: bool, *, bounds: Box, width: int, title: str) -> maps.Scene:
    """Sections within bounds (west, south, east, north), those with a class above the others.

    A name is written where it covers nothing on a map ``width`` px wide; the others show at a touch.
    """
    sections = sorted(river.sections, key=lambda one: one.latest is None)
    located = [(one, *one.point, water_words.section_name(one, w)) for one in sections if one.point]
    dots = [_dot(one, name, w, dark) for one, name in labels.within(located, bounds, width)]
    c = tokens(dark)
    shapes, lines = maps.districts(w, fills={}, default=c.faint), maps.rivers(w, color=c.none)
    return maps.Scene(shapes, lines, tuple(dots[::-1]), bounds, title)


def _dot(section: Section, name: str, w: Words, dark: bool) -> maps.Dot:
    state, latest = SectionState.of(section, w), section.latest
    lon, lat = section.point or (0.0, 0.0)
    return maps.Dot(
        lon,
        lat,
        state.color or tokens(dark).none,
        name,
        tip=_tip(section, state, w),
        inside=fmt.ROMAN.get(latest.water_class, "") if latest and section.fresh else "",
        hollow=not section.fresh,
        radius=11 if state.known else 7,
    )


def _tip(section: Section, state: SectionState, w: Words) -> str:
    text = state.water_class
    if state.known:
        text = w("water.tip_class", water_class=text, when=state.period, rests=state.basis)
    return w("water.tip", name=state.name, river=w.of(section.river.name), state=text, km=accuracy_km(section))


def accuracy_km(section: Section) -> str:
    """How far a section's point may lie from the true place, in kilometres."""
    return fmt.plain(section.row.accuracy_km or 0)
