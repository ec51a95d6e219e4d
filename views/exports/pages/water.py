"""Drawings of the water page."""

from collections.abc import Iterator

from reports import water
from views.exports.chart import Chart, of
from views.site import water as blocks
from views.visit import Visit


def charts() -> Iterator[Chart]:
    """Sections, the outflow's classes, the river as a line, shares of good sections."""
    yield from of("water", "now", at_a_glance, "river-sections", "river-outflow")
    yield from of("water", "now", river, "river-line")
    yield from of("water", "sections", lambda v: blocks.section_map(v, water.overview(v.today)), "river-map")
    yield from of("water", "goals", results, "good-sections-national", "good-sections")


def at_a_glance(v: Visit) -> None:
    """The map of the valley and the outflow's classes."""
    blocks.at_a_glance(v, water.overview(v.today), water.years(v.today))


def river(v: Visit) -> None:
    """The river as a line."""
    blocks.river(v, water.overview(v.today), water.together(v.today))


def results(v: Visit) -> None:
    """Shares of good sections."""
    blocks.results(v, water.overview(v.today))
