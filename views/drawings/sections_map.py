"""The sections of the river on the map, with the class last known at each."""

from reports.water import River, Section
from views.cached import cached_rendering
from views.drawings import labels, maps
from views.drawings.labels import Box
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.tokens import WATER_CLASSES, tokens


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
    latest = section.latest
    lon, lat = section.point or (0.0, 0.0)
    return maps.Dot(
        lon,
        lat,
        WATER_CLASSES[latest.water_class] if latest else tokens(dark).none,
        name,
        tip=_tip(section, w),
        inside=fmt.ROMAN.get(latest.water_class, "") if latest and section.fresh else "",
        hollow=not section.fresh,
        radius=11 if latest else 7,
    )


def _tip(section: Section, w: Words) -> str:
    latest, state = section.latest, w("site.not_found")
    if latest is not None:
        state = w(
            "water.tip_class",
            water_class=fmt.water_class(latest.water_class, w, latest.op),
            when=water_words.when(latest, w),
            rests=water_words.kind(latest, w),
        )
    name, river = water_words.section_name(section, w), w.of(section.river.name)
    return w("water.tip", name=name, river=river, state=state, km=accuracy_km(section))


def accuracy_km(section: Section) -> str:
    """How far a section's point may lie from the true place, in kilometres."""
    return fmt.plain(section.row.accuracy_km or 0)
