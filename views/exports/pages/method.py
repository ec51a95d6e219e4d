"""Drawings of the page of data and methods."""

from collections.abc import Iterator

from reports import method
from views.exports.chart import Chart, of
from views.site import method as blocks


def charts() -> Iterator[Chart]:
    """How much is known of which year."""
    yield from of("method", "sources", lambda v: blocks.known(v, method.known_by_year(v.today)), "known-by-year")
