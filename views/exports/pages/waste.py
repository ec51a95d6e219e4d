"""Drawings of the waste page."""

from collections.abc import Iterator

from reports import schemes, waste
from views.exports.chart import Chart, of
from views.site import waste as blocks
from views.visit import Visit


def charts() -> Iterator[Chart]:
    """Where factory waste went, the share put to use, the city's model."""
    yield from of("waste", "flows", at_a_glance, "factory-waste", "factory-waste-used")
    yield from of("waste", "model", model, "waste-model")


def at_a_glance(v: Visit) -> None:
    """Factory waste of a year, and the share put to use by year."""
    blocks.at_a_glance(v, waste.overview(v.today))


def model(v: Visit) -> None:
    """The city's model."""
    blocks.model(v, schemes.scheme(schemes.PILOT), schemes.scheme(schemes.LATER))
