"""What keeps two numbers from being compared, in words."""

from collections.abc import Iterable

from reports.terms import Differs
from views.words import Words


def words(found: Iterable[Differs], w: Words) -> str:
    """The terms that differ or are not stated, joined."""
    return w("compare.list_comma").join(dict.fromkeys(_one(differs, w) for differs in found))


def _one(differs: Differs, w: Words) -> str:
    if differs.unstated and differs.dimension in ("dust", "ozone"):
        return w(f"compare.{differs.dimension}_unstated")
    return w(f"compare.{differs.dimension}")
