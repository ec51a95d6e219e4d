"""Why two numbers cannot be compared, in words."""

from collections.abc import Iterable

from reports.figures import Point
from reports.terms import Comparison, Differs
from views.text import format as fmt
from views.text.words import Words


def words(terms: Iterable[Differs], w: Words) -> str:
    """The terms that differ or are not stated, joined."""
    return w("compare.list_comma").join(dict.fromkeys(_one(differs, w) for differs in terms))


def _one(differs: Differs, w: Words) -> str:
    if differs.unstated and differs.dimension in ("dust", "ozone"):
        return w(f"compare.{differs.dimension}_unstated")
    return w(f"compare.{differs.dimension}")


def names(dimensions: Iterable[str], w: Words) -> str:
    """Dimensions in which two numbers differ, joined."""
    return w("compare.list_comma").join(w(f"compare.{one}") for one in dimensions)


def apart(name: str, first: Point, last: Point, comparison: Comparison, unit: str, w: Words) -> str:
    """Two figures of one thing that may not be compared: both, and why."""
    return w(
        "compare.apart",
        name=name,
        start=fmt.period(first.period, w),
        first=fmt.plain(first.value or 0) + unit,
        end=fmt.period(last.period, w),
        last=fmt.plain(last.value or 0) + unit,
        why=words(comparison.differs, w),
    )
