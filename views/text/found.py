"""Why there is nothing to show, in words."""

from datetime import date

from reports.found import NothingFoundError
from views.text import differences
from views.text import format as fmt
from views.text.words import Words


def sentence(error: NothingFoundError, w: Words) -> str:
    """What was not found; days are written out, terms that differ named."""
    return w(f"found.{error.what}", **{name: _written(value, w) for name, value in error.values.items()})


def _written(value: object, w: Words) -> object:
    if isinstance(value, date):
        return fmt.day(value, w)
    return differences.names(value, w) if isinstance(value, tuple) else value
