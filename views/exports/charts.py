"""Every drawing that can be downloaded, by its id.

The picture is the page's own: the block is run with the same reports, and what it announces (``views.site.sheet``) is kept.
A page's drawings stand in ``views/exports/pages/<page>.py``, as its blocks do in ``views/site``.
"""

from collections.abc import Mapping
from importlib import import_module

from views.exports.chart import Chart

PAGES = ("air", "water", "waste", "greening", "goals", "actions", "method")


def registry() -> Mapping[str, Chart]:
    """Every drawing by its id, in the order of the pages; those of the overview are those of the pages it leads to.

    The blocks of all pages are imported with the first that is wanted: the server starts without them.
    """
    pages = [import_module(f"views.exports.pages.{name}") for name in PAGES]
    return {one.id: one for page in pages for one in page.charts()}
