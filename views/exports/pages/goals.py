"""Drawings of the page of promises."""

from collections.abc import Iterator

from reports import goals, lookup
from views.exports.chart import Chart, of
from views.site import goals as blocks
from views.visit import Visit


def charts() -> Iterator[Chart]:
    """The states of each plan's targets."""
    yield from of("goals", "plans", at_a_glance, *map(blocks.tally_id, lookup.plans()))


def at_a_glance(v: Visit) -> None:
    """Each plan as a row of cells."""
    blocks.at_a_glance(v, goals.tallies(v.today))
